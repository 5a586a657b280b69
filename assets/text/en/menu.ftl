# The menu, the briefing, the curtain between two people, saved wars.

page-back = Back

menu-title = Menu
menu-motto = Hyperspatial war, turn by turn: what cannot be replaced is what wins.
menu-continue = Continue
menu-cut-short = The last war was cut short on turn { $turn }; everything planned until then is kept.
menu-nothing-saved = No war is saved yet; each turn is saved by itself.
menu-all-over = No war is under way: those that have ended are among the saved wars.
menu-saved-war = { $title }, turn { $turn }, { $date }; saved { $when }
menu-saved-war-elsewhere = { $title }, turn { $turn }; saved { $when }
menu-opening = a war is being opened
menu-scenarios = Begin a war
menu-dates = { $first } to { $last }, { $n ->
    [one] 1 turn
   *[other] { $n } turns
    }
menu-temper = In character: { $temper }.
menu-after =
    After { $before }: { $forces ->
        [one] one force comes as it left
       *[other] { $forces } forces come as they left
    }{ $gone ->
        [0] { "" }
       *[other] , { $gone } lost
    }{ $lost ->
        [0] { "" }
        [one] , one commander dead or taken
       *[other] , { $lost } commanders dead or taken
    }.
menu-after-not = As recorded instead
menu-seats = Who plays
menu-seat-about = You alone play this seat, the computer the others
menu-player-person = a person
menu-player-computer = the computer
menu-player-of = { $seat }: { $who }
menu-hot-seat = { $n } people take turns at this screen; a curtain hides the map between them.
menu-opponents = How the computer plays
menu-guide-level = The guide speaks of a green opponent; others may not do what it tells of.
menu-seed = Seed of the dice
menu-seed-about = The same seed and the same orders give the same war
menu-begin = Begin
menu-no-scenario = Choose a scenario first.
menu-nobody = somebody has to play: give a seat to a person
menu-no-seed = `{ $seed }` is no seed: a whole number from 0 up
menu-saves = { $n ->
    [0] Saved wars
   *[other] Saved wars ({ $n })
    }
menu-theatre = New theatre …
menu-settings = Settings
menu-help = Help
menu-quit = Quit
menu-mod = with { $name } { $version }
menu-mods = { $n ->
    [0] Mods
   *[other] Mods ({ $n }{ $broken ->
        [0] { "" }
       *[other] , { $broken } broken
    })
    }
menu-map-drawing = The map is being drawn …
menu-map = The map of { $title } at the start

theatre-title = New theatre
theatre-about = A war that nobody wrote, on a map that nobody drew. Every seat has the same: one part, turned about the middle. The same choices and the same seed make the same theatre, here and elsewhere.
theatre-shape = Shape
theatre-seats = Seats
theatre-size = Sectors at most
theatre-turns = Turns
theatre-seed = Seed of the map
theatre-seed-about = The same seed makes the same theatre
theatre-roll = Roll a seed
theatre-make = Make it
theatre-map = Map of the theatre that these choices make
theatre-would-be = { $title }: { $n } sectors
theatre-crowded = { $seats } seats need { $least } sectors at least
theatre-broken = The theatre cannot be used: { $why }
shape-ring = ring
shape-spiral = spiral
shape-line = line
shape-cluster = cluster
shape-bridge = bridge
shape-about-ring = Two neighbours each, around a hollow middle.
shape-about-spiral = Arms wound out of the middle, with jumps from arm to arm.
shape-about-line = Fronts that face one another across a few gaps.
shape-about-cluster = Knots of sectors, few long lanes between them.
shape-about-bridge = Homes far apart, a rich middle where the roads meet.

level-green = green
level-steady = steady
level-veteran = veteran
level-master = master
level-passive = passive
level-rush = rush
level-hoard = hoard
level-about-green = each fleet goes straight for what is nearest: for a first war
level-about-steady = weighs fire, stance and supply, day by day
level-about-veteran = plays several plans days ahead before it chooses; it takes a moment
level-about-master = looks further, into more of what may be, and thinks each fleet over; a second or two a turn
level-about-passive = gives no orders: for finding out how everything works
level-about-rush = throws all it has at the goal at once
level-about-hoard = keeps its charges and its ships, and waits

ago-now = just now
ago-minutes = { $n ->
    [one] a minute
   *[other] { $n } minutes
    } ago
ago-hours = { $n ->
    [one] an hour
   *[other] { $n } hours
    } ago
ago-days = { $n ->
    [one] a day
   *[other] { $n } days
    } ago
moment-utc = { $moment } UTC

briefing-title = Briefing
briefing-to-the-table = To the table
briefing-turn = { $date }, turn { $turn } of { $of }
briefing-objectives = What is asked of you
briefing-forces = What you have
briefing-strength = { $n ->
    [one] One force
   *[other] { $n } forces
    } of { $points } strength points together.
briefing-expected = { $name } joins you at { $place } on { $date }.
briefing-leaving = { $name } is called away at the end of { $date }.
briefing-reserve = { $name }: { $n }, and no more will come
briefing-situation = The situation

curtain-title = The seat changes
curtain-pass = Pass the seat to
curtain-nobody = Nobody else looks.
curtain-sit = I am { $seat }
curtain-back = Back to { $seat }
curtain-menu = Leave to the menu

saves-title = Saved wars
saves-none = None yet; each turn is saved by itself.
saves-reading = { $n ->
    [one] One saved war is
   *[other] { $n } saved wars are
    } being read.
saves-picture = The map of this war
saves-no-picture = no picture
saves-stands = { $title }, turn { $turn } of { $of }, { $date }
saves-stands-elsewhere = Scenario { $title }, turn { $turn }
saves-over = { $title }, ended after turn { $turn }
saves-seats = { $planned ->
    [0] { $seats }
    [one] { $seats }, one order planned
   *[other] { $seats }, { $planned } orders planned
    }
saves-when = saved { $when } · { $size } KB
saves-load-short = Load
saves-load = Load { $name }
saves-delete-short = Delete
saves-delete = Delete { $name }
saves-deleted = { $name } was moved to the folder of deleted wars.
saves-take-back = Take it back
saves-name-taken = another war has this name by now
saves-cannot = it cannot be opened, as said beside it
saves-on-the-table = This is the war on the table; it cannot be deleted now.
saves-not-deleted = It could not be deleted and is where it was: { $why }
saves-not-taken-back = It could not be taken back and is in the folder of deleted wars: { $why }
saves-no-scenario = Its scenario `{ $scenario }` is not here: it cannot be opened.
saves-no-mod = It needs the mod { $id } { $version }, which is not in use.
saves-other-rules = Played under other rules or with other content: it goes on from its last snapshot, and turns before cannot be proved again.
saves-changed = Its file was changed after it was written: it cannot be opened.

keep-name-taken-now = there is a war of this name by now
keep-saved-as = Saved as { $name }.
keep-no-other = There is no other saved war.
keep-all-over = Every other saved war has ended; the saved wars have them.
keep-no-folder = there is no folder for saved wars
keep-not-saved = Turns are not saved: { $why }

ask-save-as = Save as
ask-overwrite = Overwrite
ask-write = Write
ask-cancel = Cancel
ask-taken = There is a war of this name.
ask-try-again = Try again
ask-leave = Leave all the same
ask-stay = Stay
ask-play-out = Play it out
ask-rest = The computer plays your seat to the end. Any turn can be played anew from the record.
ask-lost = What was done since the last save would be lost: { $problem }

mods-title = Mods
mods-about = Each mod lies over the game's content and over the mods above it in this list: where two say the same thing, the lower one counts. What is saved in a mod while the game is open is taken over by itself.
mods-folder = Your own mods, each in a folder of its own, are in { $folder }.
mods-none = There are none yet.
mods-on = On
mods-off = Off
mods-up = Up
mods-down = Down
mods-move-up = one place up
mods-move-down = one place down
mods-made-for = made for { $game }
mods-origin-game = comes with the game
mods-origin-player = in your folder
mods-origin-named = named when the game was started
mods-requires = needs { $what }
mods-overlap = has the last word over { $over } in { $what }
mods-lowest = it is the lowest already
mods-topmost = nothing of yours lies over it
mods-named-stay = it was named when the game was started: it is on, and over all others
mods-needs = it needs { $name }, which has to stand before it
mods-needed = { $name } needs it, and has to stand behind it
mods-wrong = What is wrong with content
mods-broken = { $name } cannot be used as it is saved.
mods-choice-broken = Which mods are on cannot be read.
mods-unread = The mods cannot be read.
mods-refused = This war goes on with the content it has; new wars have the changed one.
mods-stay = The last good content stays until that is mended.
mods-more = and { $n } more
mods-unfold = Show it in place
mods-fold = Fold
mods-put-away = Put away
mods-open = All mods …
mods-taken-over = Content changed: taken over.
mods-with-next-turn = Content changed: it will be taken over with turn { $turn }.
mods-taken-over-with = Content changed: taken over with turn { $turn }.
mods-dropped = { $n ->
    [one] One order can no longer be given
   *[other] { $n } orders can no longer be given
    }: { $what }
mods-choice-kept = { $file } could not be read; it is kept as { $kept }.
mods-not-chosen = It could not be written down, and holds until the game is closed: { $why }
mods-job-broke = something broke while they were read
