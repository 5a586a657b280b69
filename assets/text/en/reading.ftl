# Reading the war: sums behind figures, fights looked ahead, supply, reserves, score.

page-selection = Selection
page-outlook = Outlook
page-reserves = Reserves
page-report = Report
page-score = Score
page-council = Council
council-table = On the table
council-none = There is nothing to agree to now.
council-comes = If all agree: { $what }
council-agrees = agrees
council-silent = has not agreed
council-agree = Agree
council-agree-to = Agree: { $name }
council-refuse = Take my word back
council-refuse-of = Take my word back: { $name }
council-take-back = Take the order back
council-take-back-of = Take the order back: { $name }

# The inspector.
inspect-nothing = Nothing is selected. Click a force, a contact or a sector.
inspect-forces = Forces
inspect-contacts = Contacts
inspect-keys = Keys
inspect-not-mine = It takes its orders from another seat.
inspect-strength = { $now } of { $whole }
inspect-supply = Supply
inspect-days = { $n } days
inspect-units = { $n } units
inspect-ships =
    { $crippled ->
        [0] { $n } x { $class }
       *[other] { $n } x { $class } (+{ $crippled } crippled)
    }
inspect-from = From { $site }
inspect-dry = Supply aboard ends
inspect-will = What it will do
inspect-fire = fire: { $policy }
inspect-limit = until { $share } lost
inspect-limit-about = Then it breaks off.
inspect-forming = Forms for next turn
inspect-marches = Marches to { $way }
inspect-follows =
    { $n ->
        [one] Follows { $force } at a lane
       *[other] Follows { $force } at { $n } lanes
    }
inspect-falls-back = Falls back at { $sp } SP by { $way }
inspect-take-back = x
inspect-known = Known by
inspect-by = Seen by
inspect-source-contact = own forces there
inspect-source-sensors = sensors
inspect-source-relay = a relay
inspect-source-fire = its fire
inspect-source-memory = memory
inspect-estimate = The likeliest, and least and most it may be.
inspect-stance-seen = Stance seen
inspect-fixed = Fixed by the last battle: guns find it.
inspect-drift = May have gone
inspect-bound = Its orders are read: it marches to { $way }.
inspect-chances = Chance of a salvo
inspect-gun = { $weapon }, { $force }
inspect-against = Against it

place-terrain = Terrain
place-room = Room to fight
place-room-about = So much of each side can fight here at once.
place-held = Held by
place-unknown = Nobody knows
place-seen = Seen
place-seen-ago =
    { $n ->
        [0] now
        [one] a turn ago
       *[other] { $n } turns ago
    }
place-here = Here
place-empty = Nothing that is known.
place-ways = Ways
place-sp = { $n } SP
place-lane = { $n } units, carries { $sp } SP
place-blockaded =
    { $n ->
        [one] Blockaded for a turn
       *[other] Blockaded for { $n } turns
    }
place-supplies = Keeps supplied, SP
place-tracks = Holds a track within, units
place-endures = Holds out alone, turns
place-follows = Moves up a lane each, turns
place-mends = Mends a turn, SP
place-holds = It holds
place-feeds =
    { $n ->
        [one] It feeds a force
       *[other] It feeds { $n } forces
    }
place-between = { $a } to { $b }
place-kind-route = A trunk way for fleets
place-kind-hyperlane = A plain way through hyperspace
place-kind-wormhole = A gate: short whatever the distance
place-kind-descent = A descent from orbit to a surface
place-length = Length
place-carries = Carries
place-carries-about = Supply that can pass in a turn.
place-load = Carried for us last turn
place-ends = Its ends

# Sums.
sum-strength = Strength
sum-crippled = { $class }, crippled
sum-wounds = { $class }, damage
sum-strength-whole = { $whole } when it was whole.
sum-speed = Speed
sum-slowest = Slowest ship
sum-speed-flight = Whoever is beaten off a place leaves by whole lanes within the fight, however long they are: that is no march.
sum-speed-forced = A forced march adds { $gain } units and costs { $cost } readiness.
sum-bounded = Kept within bounds
sum-others = { $n ->
    [one] one other
   *[other] { $n } others
}
sum-readiness = Readiness
sum-turn-ago = A turn ago
sum-start = At the start of the war
sum-till-now = Up to now
sum-readiness-strain = Fights, marches and orders
sum-readiness-next = After a turn of rest: { $next }.
sum-readiness-fire = Its crews deal { $share } of what fresh ones would.
sum-wear-rest = Rest
sum-wear-posture = Posture
sum-wear-stance = Keeping the stance
sum-wear-overreach = Too far from its depot
sum-wear-starving = No supply aboard
sum-aboard = Supply aboard, days
sum-aboard-came = Came
sum-aboard-used = Used
sum-aboard-rest = No more can be carried, or ships changed
sum-aboard-most = At most { $days } days can be carried.
sum-aboard-empty = It ends on { $date } if nothing changes.
sum-delivered = Came through, SP
sum-wanted = Wanted
sum-weak = Weak link at { $place }
sum-weak-share = passes { $share }
sum-shared = Too little for all
sum-distance =
    { $lanes ->
        [one] Distance: a lane
       *[other] Distance: { $lanes } lanes
    }
sum-distance-worth = { $share } is left
sum-cut = Cut at { $place }
sum-convoys = Convoys lost at { $place }
sum-no-line = No line
sum-drew = Drawn
sum-fired = Fired, joined or lost
sum-stock-all = The side has { $n } in all.
sum-hit = Chance to hit
sum-hit-accuracy = at no distance
sum-hit-distance = { $units } units away
sum-hit-cap = Never more than { $share }.
sum-hit-voided = { $meter } make nothing of it as long as they work, as far as is known.
sum-odds = Chance that it succeeds
sum-days =
    { $n ->
        [one] 1 day
       *[other] { $n } days
    }
sum-sp = { $sp } SP
sum-sp-above = { $sp } SP above that
sum-sp-lost = { $sp } SP lost
sum-is-so = It is so
sum-is-not-so = It is not so
sum-each = { $points } each
sum-unseen = Not seen
sum-score = Score
sum-losses = Lost so far, SP
sum-losses-earlier = Before, less what was mended
sum-losses-mended = Mended
sum-losses-of = { $share } of the { $raised } SP that came into the war.
sum-last-turn = last turn
sum-cause-salvo = Salvos
sum-cause-answer = Answering fire
sum-cause-bombard = Bombardment
sum-cause-bout = Battle
sum-cause-pursuit = Pursuit
sum-cause-cut-off = No way out
sum-cause-passage = Storms, shoals and mines
sum-cause-battery = Batteries of sites
sum-cause-deed = Deeds
sum-cause-meter = What had come to a head
sum-cause-capture = Captured
sum-meter-since = Last turn
sum-grows-turn = { $add } each turn.
sum-grows-salvo = { $add } for each hostile salvo heard within { $within } units.
sum-grows-posture = { $add } if the whole side spends a turn in { $posture }.
sum-grows-posture-force = { $add } for a turn in { $posture }.
sum-grows-toward = { $step } each turn towards { $value }.
sum-grows-lost = { $add } for each permille of the side's strength lost in the turn.
sum-grows-destroyed = { $add } for each strength point of others' ships destroyed or captured in the turn.
sum-grows-with = { $add } each turn if it is so: { $quality }.
sum-grows-still = { $add } for a turn without a march.
sum-grows-moved = { $add } for a turn with a march.
sum-grows-fought = { $add } for a turn of fighting.
sum-grows-starving = { $add } for a turn without supply.
sum-grows-in = { $add } for a turn in { $terrain }.
sum-grows-blockaded = { $add } for a turn under blockade.
sum-grows-relieved = { $add } for a turn without a blockade.
sum-grows-shelled = { $add } for a turn under fire.
sum-grows-occupied = { $add } for a turn held by a side it has not surrendered to.
sum-grows-neighbour = { $add } when a neighbouring place of its side is taken.
sum-grows-garrison = { $add } each turn for each unit that its holder has there.
sum-grows-from = { $share } of { $meter } each turn.
sum-threshold = From { $at } on: { $name }.
sum-threshold-falling = At { $at } and below: { $name }.
sum-kind-class = ships
sum-kind-terrain = terrain
sum-kind-stance = stance
sum-kind-posture = posture
sum-kind-trait = trait
sum-kind-commander = commander
sum-kind-supply = supply
sum-kind-readiness = readiness
sum-kind-meter = meter
sum-kind-knowledge = knowledge
sum-kind-situation = situation
sum-kind-order = order
sum-kind-site = site
sum-kind-works = works in the place
sum-kind-troops = troops
sum-kind-weapon = weapon
sum-part-odds = What the target is
sum-part-no-supply = No supply aboard
sum-part-fix = It is fixed
sum-part-track = It is tracked
sum-part-plot = It is only plotted
sum-part-rumour = It is a rumour
sum-part-crowd = A crowd
sum-part-lured = In disorder after a feint
sum-part-overcharge = Overcharge

# Fights looked ahead.
forecast-list = Fights to expect
forecast-list-of =
    { $n ->
        [0] Fights to expect
        [one] A fight to expect
       *[other] { $n } fights to expect
    }
forecast-thinking = Being worked out ...
forecast-choose = Press a fight to see how far its losses may lie apart, how it would go without this turn's orders, and in each stance.
forecast-none = No fight can be seen coming this turn.
forecast-at = A fight at { $place }
forecast-fight-at = Fight at { $place }
forecast-assumes-known = hold, if they meet
forecast-assumes-caught = hold, if we are caught
forecast-assumes-they-come = hold, if they come
forecast-assumes-we-go = hold, if we go
forecast-assumes-long-known = Who stays there or is on the way; of the enemy also whose orders are read.
forecast-assumes-long-caught = All of ours are ordered away: so it goes if they are caught before they are gone.
forecast-assumes-long-they-come = If the hostile forces one lane away come.
forecast-assumes-long-we-go = If the own forces one lane away go there.
forecast-holds = We have the place after it
forecast-held = { $n } of { $samples } fights
forecast-breaks = In { $share } the defender is broken or breaks off.
forecast-lose-own = We lose in the fight, SP
forecast-lose-hostile = They lose in the fight, SP
forecast-driven-own = We are driven off
forecast-driven-hostile = They are driven off
forecast-driven-off = { $share }, then { $sp } more
forecast-on-top = Whoever is driven off loses more on the way: overtaken as he runs, and cripples left behind. What fire does comes on top.
forecast-joined =
    { $n ->
        [one] One hostile force a lane away may come as well: we lose { $own } then, they { $foe }, and hold in { $share }.
       *[other] { $n } hostile forces a lane away may come as well: we lose { $own } then, they { $foe }, and hold in { $share }.
    }
forecast-bad-day-own = Our loss on a bad day
forecast-bad-day-hostile = Their loss on a bad day
ground-kept = { $stance } keeps the place against { $others }.
ground-given = { $stance } gives the place up to { $others }, whatever the losses.
ground-day = { $stance } gives the place up to { $others }, unless it keeps it for the day.
ground-stood = { $stance } keeps the place against { $others } until it breaks: by its losses, its readiness, or the days.
ground-not-taken = { $stance } does not take the place from { $others }.
ground-taken = { $stance } takes the place from { $others }.
ground-taken-later = { $stance } takes the place from { $others }, unless they keep it for the day.
ground-to-break = { $stance } takes the place from { $others } only if it breaks them.
ground-hold-over = It has kept this place for { $n ->
    [one] its day
   *[other] its { $n } days
 }: it gives way now.
ground-hold-cover = The terrain covers: it may keep the place for { $n ->
    [one] one day
   *[other] { $n } days
 }.
ground-hold-fire = No cover here: it keeps the place for the day only if fire costs the attackers { $sp } SP this turn.
forecast-losses = We lose { $own }, they { $foe }
forecast-more = Opens the whole forecast.
forecast-range = { $middle } ({ $low } to { $high })
forecast-brings = { $sp } SP are brought.
forecast-quantile = { $share } of 100 lose { $loss } or less
forecast-known =
    { $age ->
        [0] { $samples } fights with what is known; at worst by a { $known }, seen now.
        [one] { $samples } fights with what is known; at worst by a { $known }, a turn old.
       *[other] { $samples } fights with what is known; at worst by a { $known }, { $age } turns old.
    }
forecast-confidence-fix = fix
forecast-confidence-track = track
forecast-confidence-plot = plot
forecast-confidence-rumour = rumour
forecast-with = Ours:
forecast-against = Theirs:
forecast-no-orders = No orders are pending: it goes as things stand.
forecast-orders =
    { $n ->
        [0] No order bears on it
        [one] 1 order is counted
       *[other] { $n } orders are counted
    }
forecast-without = Without this turn's orders: { $share } hold, we lose { $own }, they { $foe }.
forecast-without-none = Without this turn's orders there would be no fight here.
forecast-stances = { $force } by stance
forecast-stances-all = All of ours there by stance
forecast-stances-why = Alone it changes nothing: the stance of most strength there counts.
forecast-row = { $name }: we lose { $own }, they lose { $foe }, hold { $share }
forecast-axis = to { $end } SP, of { $brings } brought
forecast-column-own = we lose
forecast-column-foe = they lose
forecast-column-hold = hold
forecast-stance-take = Click to take it up.
forecast-stance-forms = It takes a turn to form: this turn is fought as now. Click to form it.
forecast-counts = The place itself counts: for an objective, the score or a depot.

# Reserves.
clock-none = This side has no reserves to count.
clock-left = Left
clock-last = Burned last turn
clock-rate = A turn, mean of three
clock-dry = Runs dry
clock-empty = it is used up
clock-outlasts = outlasts the war
clock-unused = None has been used so far.
clock-holders =
    { $n ->
        [one] With one holder
       *[other] With { $n } holders
    }
clock-burned = Burned turn by turn: { $turns }
clock-turn = Turn { $turn }, { $date }: { $used }
clock-turn-to-come = Turn { $turn }, { $date }: to come
clock-most = Most: { $most } on turn { $turn }

# Supply.
supply-none-yet = No convoy has run yet.
supply-no-depot = No depot reaches it.
supply-all = All lines, SP
supply-of = { $came } of { $wanted } SP
supply-lines = Lines, worst first
supply-cut = cut off
supply-full = all of it
supply-aboard = { $days } days aboard
supply-dry = dry { $date }
supply-cut-at = Cut at { $place }: { $why }
supply-weak = Weak link at { $place }: passes { $share }
supply-lost = Convoys lost at { $place }: { $lost } SP
supply-why-force = { $force } stands there
supply-why-held = held by { $side }
supply-why-unseen = by somebody unseen

# What is laid over the map.
overlay-title-none = Plain
overlay-title-supply = Supply
overlay-title-reach = Reach
overlay-title-knowledge = Knowledge
overlay-title-control = Control
overlay-title-objectives = Objectives
overlay-about-none = Nothing is laid over the map.
overlay-about-supply = Lines run from depots to forces, as wide as what they carry. Red and broken: cut. A warning: the weak link of a line.
overlay-about-reach = Rings are how far guns reach, straight across the chart: the selected force's, or all own ones. Dashed: what the enemy may reach at most.
overlay-about-knowledge = Light lies on what is in sight; the longer a place was not seen, the darker it is.
overlay-about-control = The tint is who holds a place, as far as known; the line is the front.
overlay-about-objectives = Places that objectives and score name, and how far they have come.
overlay-brief = { $name }: what there is
overlay-brief-supply = { $cut } cut, { $short } short
overlay-brief-knowledge =
    { $n ->
        [one] 1 contact
       *[other] { $n } contacts
    }, { $blind ->
        [one] 1 place unseen
       *[other] { $blind } places unseen
    }
overlay-guns = Own guns
overlay-units = { $n } units
overlay-reveals = Fires by order. Whoever has eyes within { $within } units of it then knows where it stands.
overlay-reveals-nothing = Fires by order, and gives nothing away.
overlay-answers = Answers whoever gave himself away by firing.
overlay-orbit = Fires every turn at hostile forces in its own place.
overlay-bombards = Shells whoever stood through last turn's battle.
overlay-in-reach = Whom they reach
overlay-reaches =
    { $n ->
        [0] nobody
        [one] 1 contact
       *[other] { $n } contacts
    }
overlay-no-guns = No own force carries a gun that fires by order.
overlay-theirs = Who may reach us
overlay-theirs-most = No gun of theirs that is known reaches farther than { $n } units.
overlay-under =
    { $n ->
        [one] 1 force
       *[other] { $n } forces
    }
overlay-contacts =
    { $n ->
        [one] 1 contact
       *[other] { $n } contacts, oldest first
    }
overlay-known =
    { $age ->
        [0] { $how }, now
        [one] { $how }, a turn old
       *[other] { $how }, { $age } turns old
    }
overlay-blind =
    { $n ->
        [one] 1 place unseen
       *[other] { $n } places unseen
    }
overlay-never = never seen
overlay-ago =
    { $n ->
        [one] a turn ago
       *[other] { $n } turns ago
    }
overlay-more = and { $n } more
overlay-held = Places held, as far as known
overlay-front = Own places on the front
overlay-no-front = No own place borders on a hostile one.

# Objectives and score.
score-objectives = Objectives
score-none = This seat was given none.
score-met = met
score-not-met = not met
score-points = Score of { $side }
score-total = If the war ended now
score-grade = { $grade }
score-grade-next = { $grade }; { $next } is { $points } away
score-grade-low = { $grade }; { $next } if it falls by { $points }
score-turned = The score of { $side } counts against you: the lower it is, the better.
score-grades = What it would be called
score-play-out = Let the computer play it out
score-now = now
score-more = +{ $points }
score-less = -{ $points }
score-known = Foreign losses and strength count as far as they were seen.
score-losses = Losses
score-own-losses = Own, SP
score-meters = Standing
score-days-over = No more days count.
score-days = { $each } a turn, { $n } to come: { $more } at most
score-each-sp = { $each } a strength point up to { $knee }, { $above } above
score-each-lost = { $each } for each strength point sunk
score-each-stock = { $each } for each that is left
score-each-meter = { $each } for each at the end
score-if = { $points } if it is so at the end
score-always = At all times
score-from =
    { $not ->
        [yes] Before { $date }
       *[no] From { $date } on
    }
score-until =
    { $not ->
        [yes] After { $date }
       *[no] Up to { $date }
    }
score-holds =
    { $not ->
        [yes] { $side } does not hold { $place } (held by { $now })
       *[no] { $side } holds { $place } (held by { $now })
    }
score-owns =
    { $not ->
        [yes] { $side } does not own { $site }
       *[no] { $side } owns { $site }
    }
score-present =
    { $not ->
        [yes] { $side } has less than { $sp } SP at { $place }: { $now }
       *[no] { $side } has { $sp } SP at { $place }: { $now }
    }
score-lost =
    { $not ->
        [yes] { $side } has lost less than { $share }: { $now }
       *[no] { $side } has lost { $share }: { $now }
    }
score-strength =
    { $not ->
        [yes] { $side } below { $sp } SP: { $now }
       *[no] { $side } at { $sp } SP: { $now }
    }
score-destroyed =
    { $not ->
        [yes] { $force } is in being
       *[no] { $force } is no more
    }
score-meter =
    { $not ->
        [yes] { $meter } of { $side } below { $value }: { $now }
       *[no] { $meter } of { $side } at { $value }: { $now }
    }
score-site-meter =
    { $not ->
        [yes] { $meter } of { $site } below { $value }: { $now }
       *[no] { $meter } of { $site } at { $value }: { $now }
    }
score-loyal =
    { $not ->
        [yes] { $site } is not loyal to { $side }
       *[no] { $site } is loyal to { $side }
    }
score-razed =
    { $not ->
        [yes] { $site } stands
       *[no] { $site } is destroyed
    }
inspect-driven = Beaten off { $from }, it left to { $to }: a flight goes by whole lanes.
inspect-spent = Of the guns that reach it none has a charge.
inspect-leaves-now = Called away: this turn is its last here.
inspect-leaves = Called away at the end of { $date }, turn { $turn }.
race-title = How it ended
race-now = If the war ended now
race-about = Each side has a score of its own, and the highest wins.
race-side = { $rank }. { $side }
race-own = { $rank }. { $side } (you)
pays-nothing = Brings no points by itself.
pays-other = { $side }, { $name }
pays-days = { $name }: { $points } a turn, { $from } to { $to }
pays-once = { $name }: { $points }
score-unknown = not known
score-flag =
    { $not ->
        [yes] Not: { $flag }
       *[no] { $flag }
    }
