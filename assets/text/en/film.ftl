# English: film, report, journal, verdict.

film-skip = SKIP FILM
film-is-on = The film of the turn is on its way.
film-play = Play
film-pause = Pause
film-back = Beat back
film-step = Next beat
film-next-phase = Next phase
film-to-mine = To what is mine
film-end = To the end
film-watch = Watch the film
film-none = There is no film of the last turn here: it is made when a turn ends at this table.
film-length = { $n ->
    [one] one beat
   *[other] { $n } beats
  }, about { $seconds } s at normal speed.
film-after-a-turn = After a turn
film-which-all = All
film-which-mine = Only what concerns me
film-which-none = None
film-speed = Speed
film-strip-button = The film over the map: { $what }

film-phase-muster = Muster
film-phase-command = Command
film-phase-fire = Fire
film-phase-move = Move
film-phase-battle = Battle
film-phase-ground = Ground
film-phase-supply = Supply
film-phase-statecraft = Statecraft
film-phase-events = Events
film-phase-detect = Detect
film-phase-verdict = Verdict

# Captions and words on the map.
film-arrival-barred = cannot come in
film-not-done = { $order }: not carried out, { $why }
film-refused = order refused
film-split = detached
film-merged = joined
film-gave-away = given away by fire
film-force-lost = { $force } is no more
film-barred = way barred
film-lured = runs after a feint
film-captured = { $n ->
    [one] one cripple taken
   *[other] { $n } cripples taken
  }
film-flagship = flagship lost
film-site-taken = { $site }: to { $side }
film-blockaded = { $site } blockaded
film-short = short of supply
film-starving = no supply left
film-repaired = { $sp } SP mended
film-marches-seen = Marches of others, as far as they were seen
film-marches = { $n } forces march
film-retreats = { $n } forces leave the field
film-and-more = { $first } (and { $n } more)
film-somebody = Somebody unseen
film-forces = { $n } forces
film-salvos = { $who }: { $n ->
    [one] one salvo
   *[other] { $n } salvos
  } of { $weapon } at { $place }, { $hits ->
    [0] no hit
    [one] one hit
   *[other] { $hits } hits
  }

# Sums under the pointer.
film-chance = { $weapon }: chance { $chance } a salvo; of { $n } that came through { $expected } hits were to be expected, { $hits } hit
film-in-the-dark = Fired in the dark: whether anybody was there is not known.
film-objective-met = Fulfilled as far as is known here.
film-objective-open = Not fulfilled as far as is known here.
film-supply = Supply wanted { $wanted }, came through { $delivered }
film-supply-way = by way of { $way }
film-supply-lost = lost at { $place }: { $lost }
film-supply-weak = weakest at { $place }: { $share } of what was wanted could pass
film-supply-cut = cut at { $place }

# Journal.
film-journal = Journal
film-journal-every = Every phase
film-journal-phases = Phases of the journal
film-journal-all = All news
film-journal-mine = Mine
film-journal-before = The war has not begun.
film-journal-nothing = Nothing was seen to happen.
film-journal-filtered = Nothing of this kind was seen to happen.

# Fire in one line.
volley = { $who } fires { $n ->
    [one] 1 salvo
   *[other] { $n } salvos
  } of { $weapon } at { $goal }: { $came }
volley-at = { $target } in { $place }
volley-hits = { $n ->
    [0] no hit
    [one] 1 hit
   *[other] { $n } hits
  }
volley-shot-down = { $n } shot down
volley-strays = { $n ->
    [one] 1 stray
   *[other] { $n } strays
  }
volley-convoys = Convoys of { $n ->
    [one] one force
   *[other] { $n } forces
 } are lost: { $who }
volley-short = Less supply than wanted comes to { $n ->
    [one] one force
   *[other] { $n } forces
 }: { $who }
volley-starving = No supply is left to { $n ->
    [one] one force
   *[other] { $n } forces
 }: { $who }
volley-open = - { $what }
volley-shut = + { $what } ({ $n } lines)

# Report.
film-no-turn = No turn has been fought yet.
film-report-of = Report of turn { $turn }
film-report-large = Large
film-report-is-large = The report lies over the map.
film-own-losses = Own losses
film-their-losses = Seen of the enemy's losses
film-no-losses = none
film-in-all = in all
film-scars = harm that has cost no ship yet: { $sp } SP
film-sp = { $sp } SP
film-lost-sp = { $sp } SP lost
film-lost = lost
film-crippled = crippled
film-taken = taken
film-cause-salvo = salvos
film-cause-answer = answering fire
film-cause-bombard = bombardment
film-cause-bout = battle
film-cause-pursuit = pursuit
film-cause-cut-off = cut off
film-cause-passage = storms, shoals and mines on the way
film-cause-battery = batteries of sites
film-cause-deed = deeds
film-cause-meter = what had come to a head
film-cause-capture = captured
film-toll-at = at { $place }
film-toll-from = from { $place } ({ $weapon })
film-toll-bout = in bout { $n }
film-battles = Battles
film-attacks = attacks:
film-defends = defends:
film-bout = bout { $n }
film-ready = { $force } { $percent }% ready
film-lost-of = { $lost } of { $sp } SP lost
film-side-lost = { $side } lost { $sp } SP in this bout
film-supply-head = Supply
film-seen-head = Fire and what was seen
film-ground-head = Ground and objectives
film-orders-head = Marches and orders
film-own-share = own losses of all that came
film-seen-destroyed = { $side }, seen destroyed

# Forecast against result.
film-luck = Forecast against result
film-luck-sum = luck of the turn
film-luck-about = Strength by which the turn went better than the middle of what was expected: own losses below it, hostile losses above it, hits more or fewer than their chances.
film-unforeseen = { $place }: nobody saw this fight coming.
film-fight-at = Battle at { $place }
film-samples = { $n } fights were fought ahead with what was known before the turn; { $assumed }
film-assumed-known = who stayed there or was on the way
film-assumed-caught = those who were ordered away were assumed to be caught
film-assumed-come = hostile forces one lane away were assumed to come
film-assumed-go = own forces one lane away were assumed to go
film-own = own
film-theirs = hostile
film-theirs-weapon = hostile { $weapon }
film-worse = worse for us than { $n } of 10
film-better = better for us than { $n } of 10
film-usual = as was to be expected
film-bands = Expected: { $low } / { $quarter } / { $middle } / { $most } / { $high } SP lost at 5, 25, 50, 75 and 95 of a hundred fights. Lost: { $lost } SP.
film-fire = { $hits } of { $n } hit, { $expected } expected
film-fire-none = none came through
film-fire-worth = { $sp }: the difference, at { $worth } SP a hit in the mean

# Verdict.
film-won-by = Won by { $side }
film-a-draw = A draw
film-account-of = The account of { $side }
film-score = score
verdict-missed = { $next } was { $points } away.
verdict-missed-low = { $next } was { $points } away: so much lower the score had to be.
film-beside = Beside it
film-price = The price
film-look-at-map = Look at the map
film-watch-last = Watch the last turn
film-go-on = Go on: { $title }
film-to-menu = Back to the menu
film-story = The story of the war
film-story-none = It is told when the war has been played again from its record.
film-story-score = Score, as it could be counted
film-story-strength = Strength
film-story-own = own, SP
film-story-destroyed = hostile seen destroyed, SP
film-story-reserves = Reserves
film-story-counted = As the reports counted it: with harm that cost no ship, before repairs.
film-story-worst = Turn { $turn } cost most: { $sp } SP.
film-story-line = { $name }: from { $first } to { $last }
film-story-after = After turn { $turn }
