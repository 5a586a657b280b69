# The table: the bar at the top, the docks, what is asked before leaving.

table-menu = Menu
table-save = Save
table-next-seat = Next seat
table-turn = turn { $n } of { $of }
table-turn-short = { $n }/{ $of }
table-clock = { $name } { $left } [-{ $used }/turn, dry { $date }]
table-clock-lasts = { $name } { $left } [-{ $used }/turn]
table-clock-dry = { $name } { $left } [dry { $date }]
table-cut = { $n } cut off
table-short = { $n } short of supply
table-supply = supply { $n }!
table-resolving = resolving ...
table-end-turn = END TURN
table-verdict = VERDICT
table-turns = Turns of the war
table-turns-done = Fought
table-turns-left = To come
table-last-day = The last one is { $date }.
table-strength-points = Strength points in being.
table-wanting = Forces that want supply
table-cut-at = cut at { $place }
table-wanting-click = Click: to the next of them, with the lines on the map.

# What is read out of a dock that is folded.
unfold-left = F1: fold the order of battle out
unfold-right = F2: fold the inspector out
unfold-bottom = F3: fold orders and journal out
