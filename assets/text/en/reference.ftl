# The reference in the game.
menu-reference = Reference
key-reference = Reference
reference-title = Reference
reference-search = Search names and texts
reference-about = What the rules know, in words and numbers. Choose a chapter, or type what you look for (Ctrl+F). What is underlined leads on, Escape leads back.
reference-nothing = Nothing answers to that. Try fewer letters.
reference-found = { $n ->
    [one] 1 answer
   *[other] { $n } answers
}
reference-return = One page back
reference-leave = All pages
reference-absent = { $name } (not in this war)
reference-absent-about = This war does without it.

topic-orders = Orders
topic-classes = Classes of ship
topic-weapons = Weapons
topic-stocks = Stocks and troops
topic-stances = Stances
topic-postures = Postures
topic-terrain = Terrain
topic-traits = Traits
topic-sites = Kinds of site
topic-meters = Meters
topic-deeds = Deeds
topic-about-orders = What a force can be told, by which key, and what may stand in its way.
topic-about-classes = Hulls: how much they bear, how fast they are, what they carry.
topic-about-weapons = What fires across the chart: how far, how well, and what it gives away.
topic-about-stocks = What is used up, what cannot be replaced, and who fights on the ground.
topic-about-stances = How to meet an enemy, and what comes of it against each other stance.
topic-about-postures = How a force holds itself on top of its stance.
topic-about-terrain = What sectors and lanes do to whoever is in them.
topic-about-traits = What forces, factions and those who command them are like.
topic-about-sites = What stands in sectors: what protects it, what it makes, what it does to whoever comes.
topic-about-meters = What is counted of sides, forces, sites and sectors, what moves it and what comes of it.
topic-about-deeds = Orders beside marching and fighting: who may, at what, for how much, with what chance.
topic-one-orders = order
topic-one-classes = class
topic-one-weapons = weapon
topic-one-stocks = stock
topic-one-stances = stance
topic-one-postures = posture
topic-one-terrain = terrain
topic-one-traits = trait
topic-one-sites = kind of site
topic-one-meters = meter
topic-one-deeds = deed

modifier-points = { $what } { $n } points
article-figures = In numbers
article-modifiers = What it changes
article-see = See also
article-named-by = Named by
article-where = Where it is in play
article-special = Only in wars that name it:
article-special-nowhere = Only in wars that name it; none of those here does.

unit-sp = { $n } SP
unit-units = { $n } units
unit-salvos = { $n } salvos

# Ships, weapons, stocks.
role-about-capital = A capital ship: carries the guns, few and dear.
role-about-screen = A screen: goes between the enemy and the capitals.
role-about-raider = A raider: fast, made to be elsewhere.
role-about-transport = A transport: carries stocks, troops and supply.
role-about-engineer = An engineer: builds, mends, clears.
role-about-base = A base: it does not move.
class-hull = Strength of one hull
class-speed = Movement a turn
class-intercept = Missiles shot down a turn
class-weapons = Weapons
class-mounts = { $n ->
    [one] 1 mount
   *[other] { $n } mounts
}
class-magazine = What one hull holds
class-holds = up to { $n }
trigger-salvo = Fires on order or by fire policy, at what is in range.
trigger-answer = Fires by itself at whoever gave himself away by firing this turn; it is never answered.
trigger-bombard = Fires by itself at whoever stood in one place through last turn's battle.
trigger-orbit = Of sites and bases: fires at hostile forces in the same sector, every turn.
weapon-range = Furthest target
weapon-chance = Chance of a hit, side by side
weapon-falloff = Chance lost each 100 units
weapon-cap = Highest chance, whatever helps
weapon-damage = Damage of a hit
weapon-damage-of = { $least } to { $most } SP
weapon-tempo = Salvos a turn from each mount
weapon-scatter = Misses that fall on others there
weapon-reveals = Gives the firer away within
weapon-shakes = Readiness each salvo takes
weapon-interceptable = Screens may shoot it down on the way.
weapon-stock = What it fires
weapon-each-salvo = 1 each salvo
weapon-never-dry = It never runs dry.
stock-troops = Troops: units that hold the ground of sites and take it.
stock-reserve = A reserve that nobody can replace: it stands in the clock at the top of the screen.
stock-plain = What magazines and depots hold.
stock-strength = Strength of a unit on the ground
stock-boards = They storm crippled ships after a battle that was won: a unit for each hull.
stock-commanders = Whose capture brings one

# Ways to meet the enemy, places, natures.
stance-family = Which side of the meeting table
stance-needs = Readiness it takes
stance-upkeep = Readiness lost each turn it is kept
stance-slowed = Movement with an enemy in the way
stance-prepares = It begins next turn only: it has to form.
stance-passes = Hostile forces on the way do not end its march.
stance-fixed = Fire at range finds it where it stood last turn.
stance-lures = It may draw an attacker after it.
stance-holds = It keeps its sector up to { $days } days in a row, if there is cover or fire has cost the attacker { $sp } SP that turn, and readiness is { $readiness } or more.
stance-meets = When it meets
stance-met = deals { $own }, takes { $other }, { $bouts ->
    [one] 1 bout
   *[other] { $bouts } bouts
}; { $ground }
stance-otherwise = When it must take the other part
stance-otherwise-about = it counts as this
ground-defender = the defender keeps the ground
ground-yields = { $n ->
    [one] the defender gives a lane
   *[other] the defender gives { $n } lanes
}
ground-contested = the defender gives a lane, unless he holds
ground-stands = the defender stands until he breaks
posture-readiness = Readiness each turn, beside rest
posture-stands = The force may not move in it.
posture-shelters = Screens take the fire meant for capitals, as long as any lives.
posture-interdicts = It cuts supply through its sector and the lanes beside it.
posture-evades = It keeps off battles it is not forced into.
posture-besieges = It shells hostile sites in its sector.
posture-supports = It joins battles of its side in the sectors next door.
posture-stays = It never leaves the field: it stays until one of the two is gone.
terrain-cover = Cover: a contesting force holds here without having hurt the attacker by fire.
terrain-stops = Whoever enters ends his march here.
trait-until = Until when
trait-lesson = It ends for good once the side has lost { $loss } of its strength, or turn { $turn } has come.
trait-commanders = Commanders of this nature

# Sites, meters, deeds.
site-depot = Holds and hands out stocks and supply.
site-shield-each = Fire in a turn that brings a layer down
site-makes-each = Makes each turn
site-starts = starts at { $n }
meter-on = Sits on
meter-on-side = each side
meter-on-force = each force
meter-on-site = sites whose kind carries it
meter-on-sector = sectors, for each side that put it there
meter-range = Goes
meter-range-of = from { $least } to { $most }
meter-start = Starts at
meter-grows = What changes it
deed-target = Done to
deed-target-itself = nothing but the force itself
deed-target-sector = a sector
deed-target-site = a site
deed-target-contact = a contact
deed-target-force = another force of the seat
deed-whose = Whose that must be
deed-reach = How far away
deed-reach-here = in the same sector
deed-chance = Chance
deed-turns = Takes
deed-turns-of = { $n ->
    [one] a turn, without march or fight
   *[other] { $n } turns, without march or fight
}
deed-asks = What it asks for
deed-cost = What it costs
deed-cost-of = { $n } of it
deed-odds = What changes the chance
deed-success = If it succeeds
deed-failure = If it fails
who-actor = the force
who-target = the target
who-side = its side
who-target-side = the target's side
who-foes = every hostile side
who-here = the sector
outcome-meter = { $meter } { $n }: { $who }
outcome-clear = up to { $n } of { $meter } that foes put into the sector is cleared
outcome-stock = { $what } made: { $who }
outcome-stock-lost = { $what } lost: { $who }
outcome-harm = { $share } of its strength lost: { $who }
outcome-mend = { $share } of its whole strength mended: { $who }
outcome-readiness = readiness { $n }: { $who }
outcome-garrison = { $share } of the garrison lost: { $who }
outcome-shields = { $n ->
    [one] a layer of shields falls for the turn: { $who }
   *[other] { $n } layers of shields fall for the turn: { $who }
}
outcome-damage = { $sp } SP of damage to the structure: { $who }
outcome-learn = all there is to see is learned: { $who }
outcome-call = the next reserve that waits is called; it comes after { $least } to { $most } turns
outcome-gain = has this nature from now on, { $quality }: { $who }
outcome-lose = no longer has this nature, { $quality }: { $who }
outcome-win = the site comes over to the side of the force, and is loyal to it
outcome-revolt = the site rises, and goes back to the side it is loyal to
outcome-yield = the site yields to the hostile side that holds its sector
outcome-raze = the site is destroyed
outcome-set = something is noted that the scenario asks for later

# Orders.
order-key = Key
order-refused = What may stand in its way
order-choices = What may be chosen
refusal-immobile = The force cannot move: its ships are bases, or none floats.
refusal-no-way = No lanes lead there.
refusal-not-ready = The force is too tired: readiness is short of what it takes.
refusal-no-weapon = None of its fit ships carries a weapon that fires on order.
refusal-not-by-order = The weapon fires only by itself; set the fire policy instead.
refusal-out-of-range = The target is too far away.
refusal-no-stock = Not enough is left aboard, or stands there.
refusal-too-many-salvos = Its tubes have fewer salvos ready this turn.
refusal-no-such-contact = The contact has been lost.
refusal-no-such-site = The site is destroyed.
refusal-no-leash = No leash is left this turn: a side has so many.
refusal-not-that-many = It has not so many ships, or would have none left.
refusal-committed = Its guns have their orders for this turn: detach first, then fire.
refusal-apart = The two forces stand in different sectors.
refusal-strangers = The two forces are of different factions or seats.
refusal-lacks = The force is not as the deed asks.
refusal-lacks-target = The target is not as the deed asks.
refusal-short = The side has too little of a meter that it costs.
refusal-not-theirs = The target is not whose it must be.
refusal-done = It has been done, and can be done once only.
refusal-not-troops = They are no troops, or none that may be landed on an enemy.
refusal-shielded = Shields stand over the site.
refusal-no-room = There is no room aboard.
refusal-proof = Fire does nothing to the site.
refusal-not-staging = The war has begun, or the sector is none of the seat's.
