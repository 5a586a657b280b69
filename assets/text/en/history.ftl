# The record: its battles, watching them, what it tells, and a war that was entered against it.

menu-battles = { $n ->
    [0] Battles of the record
   *[other] Battles of the record ({ $n })
    }
menu-chronicle = The record
saves-watch-short = Watch
saves-watch = Watch { $name } turn by turn
key-chronicle = What the record tells
key-battles = Battles of the record
key-against = An entered war against the record
key-watch-back = A turn back
key-watch-forth = A turn forth
key-watch-first = To the first turn
key-watch-last = To the end
key-watch-play = Play on, or rest
keys-watching = While a record is watched
history-reading = The record is being read …
history-broken = Battles cannot be played: { $what }
map-follow-short = { $n } follow
map-follow = { $n ->
    [0] Nobody follows the record any more
    [one] One force follows the record
   *[other] { $n } forces follow the record
    }
inspect-follows-record = Still does what it did in the record.

# The list of battles.
battles-title = Battles of the record
battles-about = Fought again by the orders that the record gives, under the rules of the game: what comes of them is not written down anywhere. Watch them, and take command on any day.
battles-none = There is no battle of the record here. Mods can bring some.
battles-scenario = { $title }, turns { $first } to { $last }
battles-tuned = the rules' numbers were tuned on it
battles-untuned = the rules were not tuned on it
battles-watch = Watch
battles-watch-of = Watch { $name }
battles-read = Read about it
battles-read-of = Read about { $name } in the record
battles-no-outcome = The record tells no outcome of its own.

# Watching.
watch-cannot = This war cannot be played again from its beginning: { $why }
watch-no-orders = This war is watched; take command to give orders.
watch-take = TAKE COMMAND
watch-watched = { $title }, watched
watch-seen-by = Seen by
watch-referee = Referee
watch-play = Play on
watch-rest = Rest
watch-first = First
watch-back = Back
watch-forth = Forth
watch-last = End
watch-end = the end
watch-told = The record
watch-here = This war
watch-more = and { $n } more
watch-untold = The record tells nothing of these days.
watch-line = The line of the war: turn { $turn }, { $date }
watch-after-last = After the last turn
watch-turn-about = Turn { $turn }, { $date }
watch-bar-about = The record: { $name }
watch-lost = { $side } lost { $sp } SP
watch-battle = Battle at { $place }: { $lost }
watch-taken = { $place } passes to { $side }
watch-left = { $place } is nobody's any more
watch-stands = How the war stands
watch-standing = { $sectors ->
    [one] one sector
   *[other] { $sectors } sectors
    }, { $strength } SP afloat, { $lost } SP lost
watch-as-known = As far as this seat knows; others' strength is an estimate.
watch-turn-before = On turn { $turn }
watch-nothing = No battle, and nothing changed hands.
watch-all = All { $n } in the report
watch-of-the-day = The record on this day
watch-no-word = Nothing that bears on this war.
watch-elsewhere = Elsewhere
watch-take-from = From { $date } on.
watch-take-about = The other seats follow the record, each force as long as what it answered still holds; then the computer orders it.
watch-take-here = Take command
watch-take-seat = Take command of { $seat }
watch-take-over = The war is over here: go back to a day before its end.
watch-take-level = How those play who leave the record
page-record = Record
page-take = Command
watch-take-title = Take command

# What the record tells.
told-title = What the record tells
told-search = Search names and texts
told-about = Choose a chapter, or type what you look for (Ctrl+F). What is underlined leads on, Escape leads back. Every fact bears a sign for how sure it is, and where it stands in the document.
told-document = { $title } (document { $id })
told-none = There is no record here.
told-signs = How sure it is
basis-stated = stated
basis-inferred = inferred
basis-open = open
basis-invented = invented
basis-about-stated = The text says it.
basis-about-inferred = It follows from the text.
basis-about-open = The text is vague, silent or of two minds.
basis-about-invented = It is ours: something that a game needs and the text does not give.
basis-meaning = { $basis }: { $about }
basis-source = { $basis }; { $source }
told-entries = What happened
told-places = Places
told-persons = Persons
told-powers = Powers
told-doubts = Where it speaks against itself
told-one-entries = something that happened
told-one-places = place
told-one-persons = person
told-one-powers = power
told-one-doubts = contradiction
told-also = { $kind }; also { $names }
told-from-to = { $from } to { $to }
told-brief = { $from } – { $to }
told-brief-from = { $from } –
told-brief-until = – { $to }
told-from = from { $date }
told-until = until { $date }
told-undated = nobody can say when
told-day = { $dates }, day { $day } of the war
told-days = { $dates }, days { $from } to { $to } of the war
told-held-before = Held before the war by
told-serves = Serves
told-part-of = A part of
told-parts = Its parts
told-met = Where it is met
told-bears-on = Bears on
told-parties = Who
told-part-attacks = attacks
told-part-defends = defends
told-part-fights = fights
told-part-supports = supports
told-part-suffers = suffers
told-part-decides = decides
told-under = under
told-losses = Losses: “{ $word }”; we take it for { $least } to { $most } in a hundred.
told-story = What was done
told-outcome = How it ended
told-won-by = Won by
told-after = What stood afterwards
told-is-held-by = is held by
told-fate-alive = alive and free
told-fate-dead = dead
told-fate-captured = a prisoner
told-fate-turned = in the service of the other side
told-fate-unknown = nobody says what became of that person
told-not-so = Not so: { $flag }
told-leads-to = Led to
told-open = Left open
told-against-itself = The text speaks against itself
told-read-as = Read as: { $chosen }
told-chosen = How it is read
told-why = Why

# An entered war against the record.
entered-title = Against the record
entered-follow = { $still ->
    [0] No force of the other seats follows the record any more
    [one] One force of the other seats still follows the record
   *[other] { $still } forces of the other seats still follow the record
    }; { $left ->
    [0] none has
    [one] one has
   *[other] { $left } have
    } left it.
entered-coming = Both are being played again …
entered-cannot = They cannot be played again: { $why }
entered-first = The first order that differs
entered-shared = { $n ->
    [0] Entered at the beginning.
    [one] The first turn is that of the record.
   *[other] The first { $n } turns are those of the record.
    }
entered-same = You have ordered nothing else than the record so far.
entered-turn = Turn { $turn }, { $date }
entered-recorded = Ordered in the record, and not here
entered-given = Ordered here, and not in the record
entered-nothing = Nothing.
entered-more = and { $n } more
entered-sectors = Sectors held
entered-lost = Strength lost, SP
entered-left = Left: { $stock }
entered-here = this war
entered-there = the record
entered-there-now = the record: { $value } by this turn, at its end
entered-branches = Branches of saved wars
entered-write-table = Write both lines as a table
entered-write-text = Write this page as a text
entered-written = Written: { $path }
entered-not-written = It could not be written: { $why }
entered-map = Held otherwise than in the record
entered-at-same = As old as this war
entered-at-end = At its end
entered-apart = { $n ->
    [0] As far as you know, every sector is in the same hands.
    [one] As far as you know, one sector is in other hands.
   *[other] As far as you know, { $n } sectors are in other hands.
    }
entered-legend-here = Held here:
entered-legend-there = In the record:
entered-legend-same = What is in the same hands is faint; a thin grey outline: nobody held it in the record.
entered-otherwise = { $place }: here { $here }, in the record { $there }
entered-dates = Dates, in the record and here
entered-no-dates = Nothing has happened yet that could be dated.
entered-as-known = As far as you know; the record goes on to its end.
entered-dated = { $there } in the record, { $here } here: { $later }
entered-begins = { $name }: beginning
entered-ends = { $name }: end
entered-source = { $dates } ({ $title }: { $place })
entered-first-fight = The first battle you heard of
entered-first-lost = Your first sector lost
entered-first-won = Your first sector won
entered-worst = Your heaviest losses on one turn
entered-taken = { $place } goes to { $side }
entered-over = The war ends
entered-same-day = the same day
entered-days-later = { $n ->
    [one] a day later
   *[other] { $n } days later
    }
entered-days-earlier = { $n ->
    [one] a day earlier
   *[other] { $n } days earlier
    }
entered-not-here = { $there } in the record; not here so far
entered-not-there = { $here } here; not in the record

# Saved wars as a tree of which was taken from which.
kin-list = As a list
kin-tree = As a tree
kin-coming = Saved wars are being read …
kin-battle = A battle as the record has it
kin-missing = A record that is not at hand any more
kin-earlier = an earlier save of it
kin-leaves = leaves on turn { $turn }, { $date }
kin-nobody = nobody commands
kin-length = { $n ->
    [0] no turn yet
    [one] one turn
   *[other] { $n } turns
    }
kin-won = won by { $side }: { $level }
kin-drawn = a draw: { $level }
saves-called = Called { $name }
watch-take-name = Name of the line that begins here
watch-take-named = battle, seat, { $date }
watch-no-name = It cannot be called so: { $why }
