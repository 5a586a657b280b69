# English: map.

# The map's strip and its corner.
map-plain = Plain
map-whole = Whole map
map-name = The map
map-small = Small map
map-small-about = The whole map; click or drag to look there
map-lane = { $from } to { $to }

# Work on other threads.
job-open = the war is being opened, { $seconds } s
job-content = changed content is being taken over, { $seconds } s
job-turn = the turn is being resolved, { $seconds } s; the map can be looked at
job-broke = something in this war broke the game; the save before this turn is good
job-cut-short = the work on this war was cut short

# Why the window was lost.
lost-kept = ; the war and its orders are kept
lost-display = the display went away
lost-no-answer = the display does not answer
lost-no-graphics = no graphics adapter was found
lost-no-drawing = the display cannot be drawn on
lost-broke = it broke
