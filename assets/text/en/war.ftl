# The wider war: deeds, troops, sites and what stands on them, meters, conditions.

# What statistics are called.
stat-aim = chance to hit
stat-exposure = chance to be hit
stat-answer-aim = chance of answering fire
stat-answer-shots = answering shots
stat-intercept = missiles shot down
stat-bout-fire = strength dealt in battle
stat-bout-harm = strength lost in battle
stat-frontage = room to fight
stat-speed = movement
stat-rest = rest
stat-strain = strain of a day in its stance
stat-bout-strain = strain of a bout
stat-track = sensors, track
stat-plot = sensors, plot
stat-signature = how far it is seen
stat-bait = runs after feints
stat-attrition = strength lost on entering, permille
stat-convoy = convoys that get through
stat-seek = fire aimed at capitals
stat-shelter = fire that finds sheltered capitals
stat-pursuit = harm to those who flee
stat-pursued = harm when fleeing
stat-deed = chance of deeds
stat-siege = fire of a siege
stat-bombardment = bombardment that gets through
stat-ground-fire = strength dealt on the ground
stat-ground-harm = strength lost on the ground
stat-recovery = troops that recover, permille
stat-output = what is made
stat-estimate = error of others' estimates
stat-insight = orders of others that are read, permille
modifier-when = { $what } ({ $when })
role-capital = capitals
role-screen = screens
role-raider = raiders
role-transport = transports
role-engineer = engineers
role-base = bases
whose-any = anybody's
whose-own = your side's
whose-foe = an enemy's
whose-neutral = a neutral side's

# Conditions.
when-always = always
when-supply = { $n ->
    [one] supply for a day at most
   *[other] supply for { $n } days at most
}
when-readiness = readiness below { $n }
when-in = in { $terrain }
when-stance = in the stance { $stance }
when-has = with { $role }
when-meter = { $meter } at { $n } or more
when-meter-below = { $meter } below { $n }
when-crowd = more than { $n } SP of capitals in the place
when-posture = in the posture { $posture }
when-trait = { $quality }
when-company = in company of: { $quality }
when-carries = with { $n } { $stock } or more
when-fought = after a fight last turn
when-from = from turn { $turn } on
when-home = at home
when-prongs = coming from { $n } sectors or more
when-attacking = attacking
when-not-attacking = not attacking
when-kind = { $kind }
when-shielded = under shields
when-not-shielded = without shields
when-unsurrendered = not surrendered to its holder
when-against = against one who is: { $when }
when-and = {" and "}
when-or = {" or "}
when-not = not { $when }

# Why an order is refused, in names, and what would make it possible.
refused-lacks = the force must be so: { $when }
refused-lacks-target = the target must be so: { $when }
refused-short = costs { $wanted } of { $meter }, the side has { $has }
refused-no-site = { $site } is not there, or is destroyed
refused-proof = fire does nothing to { $site }: no shields, nobody known in it, nothing to destroy
refused-no-way = no lanes lead from { $from } to { $to }
refused-not-yours = { $force } takes its orders from another seat
refused-reach = it is { $distance } units away and can be done within { $range }
refused-here = it is { $distance } units away: this is done in the same sector
hint-no-such-site = Choose a site that stands.
hint-aimless = Choose a target from the list.
hint-lacks-ships = Order it of a force that has { $role }, or join one that does.
hint-lacks-posture = Order the posture { $posture } first.
hint-lacks-stock = Take { $stock } aboard first: they are lifted, or drawn, where they stand.
hint-lacks-shields = Bring its shields down first: by fire at it or a siege, enough within one turn.
hint-lacks = Choose a force that is so, or wait until this one is.
hint-lacks-target = Choose a target that is so, or make this one so.
hint-short = Wait until the side has { $wanted } of { $meter }.
hint-not-theirs = Choose one that is { $whose }.
hint-not-your-word = Every seat speaks for itself: this one is { $seat }.
hint-said = Nothing needs to be said.
hint-done = Nothing more can come of it.
hint-not-troops = Choose other troops: these hold their own places only.
hint-shielded = Fire at it, or besiege it: enough within one turn brings a layer down.
hint-no-room = Land something else first, or bring more transports.
hint-little-room = { $n ->
    [one] Take 1 at most, or bring more transports.
   *[other] Take { $n } at most, or bring more transports.
}
hint-not-staging = March there instead.
hint-proof = Hold its sector: it falls by itself.

# Words of the film.
film-deployed = placed
film-begins = begins: { $deed }
film-done = { $deed }
film-failed = fails: { $deed }
film-comes-to-nothing = comes to nothing: { $deed }
film-battery = { $site } fires
film-shields = { $site }: { $down } of { $layers } layers down
film-shelled = { $site } shelled
film-killed = { $n ->
    [one] 1 unit killed
   *[other] { $n } units killed
}
film-razed = { $site } is destroyed
film-turned = { $site }: over to { $side }
film-rose = { $site } rises: to { $side }
film-lands = { $n } { $stock } land
film-lifts = { $n } { $stock } aboard
film-ground-fight = fighting on { $site }
film-called = called
film-no-longer = no longer { $quality }
film-learnt = looked into
film-boarded = { $n ->
    [one] a hull stormed
   *[other] { $n } hulls stormed
}
film-leaves = leaves the theatre

# Orders in words.
order-deploy = begin at { $sector }
order-do = { $deed }
order-do-at = { $deed }: { $at }
order-land = land { $n } { $stock } at { $site }
order-agree = agree: { $name }
order-refuse = agree no longer: { $name }
order-lift = lift { $n } { $stock } from { $site }

# Sites and what stands in places.
gauge = { $n } of { $most }
place-works = Put here by { $side }
place-works-theirs = What others have put into a place shows itself to whoever is there.
site-razed = destroyed
site-was-held = Was held by
site-fought-over = { $side }, fought over
site-besieged = { $side }, besieged
site-loyal = Loyal to
site-loyal-about = It has not surrendered to its holder: it works for nobody until it is won over, and may rise.
site-shields = Shields
site-shields-of = { $n } of { $layers } layers stand
site-shields-unknown = { $layers ->
    [one] 1 layer; state unknown from here
   *[other] { $layers } layers; state unknown from here
}
site-shields-about = { $layers ->
    [one] { $each } SP of fire within one turn bring it down; with less it grows back.
   *[other] { $each } SP of fire within one turn bring a layer down, { $all } all of them; with less they grow back.
}
site-structure = Structure, SP
site-structure-of = { $left } of { $whole }
site-structure-about = Only what salvos and deeds do below its shields destroys it. Damage is known as it was last seen from there.
site-garrison = Garrison
site-garrison-unknown = Who stands on its ground is not known. To look closer, scout it.
site-ashore = Landed: { $side }
site-units = { $n }, { $sp } SP
site-learned = { $n ->
    [one] Its garrison and stores as they were a turn ago.
   *[other] Its garrison and stores as they were { $n } turns ago.
}
site-meters = What it is like
site-meters-unknown = Not known. To look closer, scout it.
site-does = What it does
site-mounts = { $n } x, every turn
site-makes = Makes { $stock } a turn
site-guards-sector = While it stands, nothing else of its holder falls in its sector.
site-guards-region = While it stands, nothing else of its holder falls in its region.
site-voids = Missiles do nothing here, as long as it has { $meter }.
site-grid = Feeds places of its side that hang on a grid.
site-fed = Wants for nothing while a grid of its side stands: no blockade wears it down.
site-defiant = Does not surrender when it is taken: it works for nobody until it is won over.
site-bears-own = To its own side here
site-bears-foes = To hostile forces here
site-bears-all = To everybody here
site-bears = { $whom }: { $what }
troops-land = May be landed on an enemy.
troops-hold-only = Hold their own places only.

# Troops in the report.
report-troops-own = Own troops lost
report-troops-theirs = Seen of the enemy's troops lost
report-troops-fight = on the ground
report-troops-down = on the way down
report-troops-shelled = under fire
report-units = { $n ->
    [one] 1 unit
   *[other] { $n } units
}
report-deeds-head = Deeds and what came of them
report-among = among { $what }
report-of-site = of { $site }
report-by-deed = { $deed }
volley-site = { $site } in { $place }
