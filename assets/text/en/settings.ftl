# Settings, keys, help.
key-film-watch = Watch the film of the last turn
key-film-play = Play the film, or pause it
key-film-step = Film: next beat
key-film-back = Film: beat back
key-film-phase = Film: next phase
key-film-mine = Film: on to what concerns me
key-film-end = Film: to the end
key-film-faster = Films play faster
key-film-slower = Films play slower
key-outlook = Fights to expect
key-reserves = The clock of the reserves
key-sums = Open all sums as lines
key-next-short = Next force that wants supply

settings-title = Settings
settings-window = The window
settings-scale = Size of text and symbols
settings-look = Colours
look-normal = normal
look-colour-blind = colour-blind
look-high-contrast = high contrast
settings-frames = Frames a second at most
settings-frames-none = no limit
settings-language = Language
settings-english = English
settings-language-about = Other languages are folders of .ftl files in { $folder }; what they lack is said in English.
settings-turn = The turn
settings-films = Film after a turn
settings-film-speed = Speed of films
switch-reduced-motion = Reduced motion
switch-about-reduced-motion = every movement becomes a cut
switch-ask-before-ending = Ask before a turn ends
switch-about-ask-before-ending = if something may have been forgotten
switch-guide = Show the guide
switch-about-guide = where a war has one
answer-yes = yes
answer-no = no

settings-keys = Keys
settings-keys-about = Change gives a command another key, Add one more. A key that another command has can be swapped.
settings-keys-reset = All keys as shipped
settings-change = Change
settings-add = Add
settings-as-shipped = As shipped
settings-no-key = no key
settings-press = Press the key; Escape leaves it as it is.
settings-press-none = Leave it as it is
settings-clash = { $chord } is the key of: { $other }.
settings-swap = Swap
settings-leave = Leave it

settings-not-written = The settings could not be kept and hold until the game is closed: { $why }
settings-unreadable = The settings could not be read, all is as shipped: { $why }
settings-too-large = The file of settings is too large to be one; all is as shipped.
settings-broken = settings.ron:{ $what }{ $more ->
    [0] {""}
   *[other] , and { $more } more
    }; this is as shipped now, and the file is kept as settings.ron.broken.
settings-broken-lost = settings.ron:{ $what }{ $more ->
    [0] {""}
   *[other] , and { $more } more
    }; this is as shipped now.
settings-scale-range = the size of text is { $n } %, outside 75 to 250
settings-frames-range = the frame limit is outside 10 to 1000
settings-no-language = There are no texts of the language `{ $name }`: { $why }
settings-no-language-name = this is no name of a language like `de` or `pt-BR`
settings-language-too-large = it is larger than 1 MiB
settings-language-empty = there is no .ftl file in its folder

keys-table = Orders and the turn
keys-map = The map
keys-panels = Panels
keys-around = Around the war

key-end-turn = End the turn
key-next-idle = Next force without orders
key-back = One step back
key-undo = Undo
key-redo = Redo
key-save = Save under a name
key-load-latest = Open the newest other save
key-pan-left = Look further left
key-pan-right = Look further right
key-pan-up = Look further up
key-pan-down = Look further down
key-zoom-in = Closer
key-zoom-out = Further away
key-whole-map = Whole map
key-overlay-supply = Supply over the map
key-overlay-reach = Reach over the map
key-overlay-knowledge = Knowledge over the map
key-overlay-control = Control over the map
key-overlay-objectives = Objectives over the map
key-overlay-none = Nothing over the map
key-fold-left = Fold the order of battle
key-fold-right = Fold the inspector
key-fold-bottom = Fold orders and journal
key-report = Report of the last turn
key-score = Objectives and score
key-council = What may be agreed to
key-briefing = Briefing
key-guide = Guide of the war: show it or put it away
key-walk = Move the keyboard into the panels
key-saves = Saved wars
key-mods = Mods
key-settings = Settings
key-help = Help
key-menu = Back to the menu
key-quit = Leave the game

help-title = Help
help-turn = How a turn goes
help-turn-about = All seats plan at once. When the turn ends, it runs through eleven phases, each for everybody at the same time.
help-phase-muster = Muster
help-phase-about-muster = Reinforcements come in where no enemy alone holds the place.
help-phase-command = Command
help-phase-about-command = Orders reach the forces; what cannot be done is said in the report.
help-phase-fire = Fire
help-phase-about-fire = Far guns fire by order, then by policy. Whoever fires gives himself away, and organised guns answer.
help-phase-move = Move
help-phase-about-move = Everybody marches at once, in four watches. Enemies who meet on the way stop.
help-phase-battle = Battle
help-phase-about-battle = Hostile forces in one place fight. Stances decide who stands, who yields and who is lured.
help-phase-ground = Ground
help-phase-about-ground = Places go to whoever holds them alone; besieged sites fall in time.
help-phase-supply = Supply
help-phase-about-supply = Days of supply flow from depots along open lanes; ships are mended, magazines filled.
help-phase-statecraft = Statecraft
help-phase-about-statecraft = What a side learns and how it bears the war grows or wanes.
help-phase-events = Events
help-phase-about-events = What the history of the war has in store happens.
help-phase-detect = Detect
help-phase-about-detect = Sensors, fire and encounters become contacts; old ones fade into rumours.
help-phase-verdict = Verdict
help-phase-about-verdict = Objectives and score are counted; the war may end.

help-signs = Signs on the map
help-sign-own = Solid: your own force
help-sign-seen = Outlined: a foreign force in sight
help-sign-rumour = Dashed: plotted or said to be there, paler with age
help-sign-reach = White-gold: what Angelfire can reach, and the reserve that is not replaced
help-sign-cut = Red and broken: supply that is cut, and what was lost
help-sign-attention = Amber: wants your attention
help-sign-front = The hard line between two tints: the front
help-sign-follows = A contact, or a friend, that still does what it did in the record that was entered

help-keys = Keys
help-keys-about = They can be changed in the settings. F6 moves the keyboard into the panels: there arrows and Tab walk, Enter presses, Escape goes back to the map.

# What stands on keys that bear no single sign.
cap-ctrl = Ctrl
cap-alt = Alt
cap-shift = Shift
cap-down = Down arrow
cap-left = Left arrow
cap-right = Right arrow
cap-up = Up arrow
cap-backspace = Backspace
cap-delete = Del
cap-end = End
cap-enter = Enter
cap-escape = Esc
cap-home = Home
cap-insert = Ins
cap-page-down = Page Down
cap-page-up = Page Up
cap-space = Space
cap-tab = Tab
# Between two keys that do the same.
cap-or = or
