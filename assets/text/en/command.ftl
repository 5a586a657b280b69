# Command: selecting, ordering, finding, and what wants attention before the turn ends.

# The orders as their buttons say them, and what each does.
verb-go = Go ...
verb-then = Then ...
verb-halt = Halt
verb-follow = Follow ...
verb-fall-back = Fall back ...
verb-stance = Stance ...
verb-posture = Posture ...
verb-fire = Fire ...
verb-fire-best = Fire at best
verb-policy = Policy ...
verb-loss-limit = Break off
verb-leash = Leash
verb-split = Detach ...
verb-merge = Join ...
verb-deed = Do ...
verb-land = Land ...
verb-lift = Lift ...
verb-deploy = Begin at ...
about-verb-go = March to a sector by the shortest way. Replaces what is queued.
about-verb-then = March on after what is queued, at once or when its cue has come.
about-verb-halt = Stay here: empties the queue and ends following.
about-verb-follow = Keep so many lanes from a contact wherever it goes; 0 hunts it down.
about-verb-fall-back = Go back along named sectors as soon as so much hostile strength is near.
about-verb-stance = How it meets the enemy. Another family costs readiness; some take a turn to form.
about-verb-posture = How it holds itself on top of its stance.
about-verb-fire = Salvos at a contact, or blind at a sector, this turn.
about-verb-fire-best = Up to four salvos at the target in reach at which they are expected to do the most; pressed again, the rest.
about-verb-policy = When it fires without being told.
about-verb-loss-limit = How much it may lose in a battle before it breaks off.
about-verb-leash = Its commander follows no feint this turn.
about-verb-split = Detach ships as a force of their own, with their share of stocks.
about-verb-merge = Join another force of the same faction in the same sector.
about-verb-deed = What this war knows beside marching and fighting: works, sabotage, supply, talks. Some of it takes turns.
about-verb-land = Troops go down on a site in the same sector, after this turn's battle: as its garrison, or to take it.
about-verb-lift = Troops come aboard from a site in the same sector, after this turn's battle.
about-verb-deploy = Before the first turn: begins the war in another of these sectors.

# The lists.
list-go = Go
list-then = Then
list-halt = Halt
list-follow = Follow
list-fall-back = Fall back
list-stance = Stance
list-posture = Posture
list-fire = Fire
list-fire-best = Fire at best
list-policy = Fire policy
list-loss-limit = Break off
list-leash = Leash
list-split = Detach
list-merge = Join
list-deed = Do
list-land = Land troops
list-lift = Take troops aboard
list-deploy = Begin at
list-forces = Forces
list-find = Find
list-shut = Leave (Esc)
list-type = Type to search; arrows, Enter and 1-9 choose
list-typed = Search: { $letters }_
list-is-so = { $what } (now)
list-not-found = Nothing is called that. Backspace takes letters back.
go-is-there = it is there already
go-is-there-hint = Choose another place.
none-go = There is nowhere to go.
none-then = There is nowhere to go.
none-follow = No hostile contact is known.
none-fall-back = There is nowhere to fall back to.
none-stance = There are no stances.
none-posture = There are no postures.
none-fire = No hostile contact is known. Blind fire needs none: turn the aim to sectors.
none-unarmed = None of its ships carries a gun that fires by order beyond its sector. Order it of a force that does, or join one.
none-policy = There are no fire policies.
none-loss-limit = There is no limit to choose.
none-split = It has no ships to detach.
none-merge = There is no other force.
none-deed = Nothing of this kind can be done here. Backspace goes back.
none-land = No site stands in this sector.
none-no-troops = No troops are aboard. Take some aboard where they stand.
none-lift = No site stands in this sector.
none-nobody-to-lift = No own troops stand on a site in this sector, or there is no room for them aboard.
none-deploy = There is nowhere else to begin.
none-forces = No force is like that. Left and right change what is shown.
none-find = Nothing has a name here.
target-go = Click the sector to march to; Esc leaves it
target-then = Click the sector to march on to; Esc leaves it
target-follow = Click the contact to follow; Esc leaves it
target-fall-back = Click the sectors to fall back by, one after the other; then Set
target-stance = Choose a stance at the right; Esc leaves it
target-posture = Choose a posture at the right; Esc leaves it
target-fire = Click the contact or site to fire at; Esc leaves it
target-policy = Choose a fire policy at the right; Esc leaves it
target-loss-limit = Choose a limit at the right; Esc leaves it
target-split = Set the hulls at the right; Esc leaves it
target-merge = Click the force to join; Esc leaves it
target-deed = Click what it is to be done at; Esc leaves it
target-land = Click the site to land at; Esc leaves it
target-lift = Click the site to lift from; Esc leaves it
target-deploy = Click the sector to begin in; Esc leaves it
target-forces = Enter selects, Space adds to the selection; Esc leaves it
target-find = Type a name; Enter goes there; Esc leaves it

# The figures of a list.
knob-less = less { $name }
knob-more = more { $name }
knob-of = { $n } of { $most }
knob-pace = pace
knob-cue = when
knob-distance = distance
knob-lanes = { $n ->
    [0] hunt it down
    [one] 1 lane
   *[other] { $n } lanes
}
knob-strength = when so much is near
knob-sp = { $n } SP
knob-gun = gun
knob-salvos = salvos
knob-overcharge = overcharge
overcharge-about = All mounts at once: { $all } salvos at most, { $usual } without. Each has { $aim } of its usual chance and hits no harder.
overcharge-idle = It would give no more than { $all } salvos, each with { $aim } of its usual chance.
knob-cargo = troops
knob-units = units
knob-aim = aim
knob-filter = show
knob-grouping = tree by
pace-cruise = cruise
pace-forced = forced march
cue-none = at once
cue-turn = on a turn
cue-ready = once it is ready
cue-supply = once supply is low
cue-enemy = once the enemy is near
cue-figure-turn = turn
cue-figure-ready = readiness
cue-figure-supply = days left
cue-figure-enemy = hostile SP
switch-on = on
switch-off = off
aim-contacts = at contacts
aim-blind = blind at sectors

# What a row says.
arrives-now = this turn
arrives-on = turn { $turn }
arrives-after = after its cue
arrives-held = waits: { $posture }
sector-through = leads through hostile forces at { $places }
sector-hostile = { $n ->
    [one] 1 hostile contact
   *[other] { $n } hostile contacts
} (~{ $strength } SP)
sector-held = held by { $side }
contact-about = { $place }, ~{ $strength } SP, { $known }
known-since = { $n ->
    [0] { $how }, now
    [one] { $how }, a turn old
   *[other] { $how }, { $n } turns old
}
known-fix = fix
known-track = track
known-plot = plot
known-rumour = rumour
follow-lanes = { $n ->
    [0] here
    [one] 1 lane off
   *[other] { $n } lanes off
}
fire-off = { $units } off
chance-base = { $share } for the distance
fall-back-hostile = hostile, { $turn }
fall-back-set = { $n ->
    [one] Set (1)
   *[other] Set ({ $n })
}
fall-back-by = back by { $way }; name more, or set it
fall-back-off = No more falling back
fall-back-at = at { $n } SP
family-attack = attack
family-defend = defend
posture-none = none
posture-none-about = Nothing on top of the stance.
policy-free = At the best target in reach, whatever the chance.
policy-conserve = Only if a hit is likelier than not worth the salvo.
policy-hold = Never.
policy-counterbattery = Only at whoever fired this turn.
limit-row = { $share } lost
limit-now = at { $share }
limit-first = at the first losses
limit-early = early
limit-due = when it hurts
limit-late = late
limit-stubborn = stubbornly
limit-never = never: to the last ship
leash-left = { $n } left
deed-targets = { $n ->
    [one] 1 target
   *[other] { $n } targets
}
deed-no-target = there is nothing to do it at
deed-no-target-hint = Scout, or march to where there is.
deed-promise = { $chance }, { $turn }
deed-site = { $place }, held by { $side }
deed-cost-readiness = { $n } readiness
deed-cost-stock =
    { $n ->
        [one] one of the { $stock }
       *[other] { $n } { $stock }
    }
deed-costs = Costs { $what }.
deed-takes = Takes { $n } turns; marching or fighting breaks it off.
deed-once = Once in a war.
deed-secret = They are not told who did it.
deed-until = { $what }: done on turn { $turn }
deed-until-now = { $what }: done this turn
troops-nobody = held by { $side }, no troops there
troops-held = held by { $side }: { $units }
troops-unknown = held by { $side }; who stands there is not known
troops-there = { $n } there
troops-garrison = as its garrison
troops-assault = to take it
split-set = Detach what is set
split-half = Detach half
split-all = Detach all { $class }
split-about = { $ships }, with their share of stocks
split-nothing = Left and right set the hulls of a class; Tab goes to the next class.
forces-idle = { $place }, without orders
find-force = force
find-commander = commander
find-commands = commands { $force }, { $place }
find-contact = contact
find-sector = sector
find-site = site

# The orders of one force, or of several.
orders-heading = Orders
orders-key = { $command } ({ $chord })
queue-heading = Queue
queue-held = It does not march in the posture { $posture }, which stays until another is ordered.
queue-release = March: no posture
queue-release-of = take off the posture { $posture }, so that it marches this turn
drag-nowhere = Draw to a place: the force marches there.
drag-no-way = No way leads to { $place }.
drag-march = { $place }: { $turn }
drag-meets = { $place }: { $turn }; hostile forces at { $places }
road-through = The way leads through { $place }: { $who }, about { $sp } SP, { $odds }. It would be stopped there and fight.
road-past = The way leads through { $place }: { $who }, about { $sp } SP, { $odds }. In its stance it slips by unless it is caught.
road-goal = At { $place }: { $who }, about { $sp } SP, { $odds }. Coming in means a fight.
road-odds-weak = less than half of this force
road-odds-less = weaker than this force
road-odds-even = about as strong as this force
road-odds-more = stronger than this force
road-odds-far = more than twice this force: it may be lost
road-reach = Comes into reach of guns that may be with { $who }.
road-no-way-round = No way leads round them.
road-go-round = Go round them
road-round = Round them by { $way }: { $turn }
queue-take-out = out
queue-take-out-of = take out of the queue: { $leg }
queue-leg-out = takes this leg out of the queue
queue-append = Append a leg
queue-toll = Coming into { $place } takes about { $share } of its ships.
queue-leg = { $place }, { $pace }, { $turn }
queue-waits-turn = waits for turn { $turn }
queue-waits-ready = waits for readiness { $n }
queue-waits-supply = waits until supply is down to { $n } days
queue-waits-enemy = waits for { $n } SP at { $place }
group-title = { $n ->
    [one] 1 force
   *[other] { $n } forces
}
group-strength = strength together
group-sp = { $n } SP
group-about = Each order goes to all of them; who may not says why.
group-forces = Selected
group-drop = drop
group-drop-of = drop { $force }
group-force = { $force }, { $place }
march-here = Go here
march-forced = Go forced
march-then = Then here
against-off = { $force }, { $units } off
against-fire = { $n } { $weapon } at { $chance }
against-follow = Follow
against-follow-of = { $force }: follow
against-more = and { $n } more out of reach
against-none = None of your forces has it in reach.
command-nobody = Nobody is selected: Tab selects the next force without orders, B lists all.
command-refused = { $what }: { $reason }. { $hint }
command-some = { $given } given, { $refused } refused:
command-no-target = That is no target of this order; those that are have rings.
fire-best-what = { $force }: fire at the best target
fire-best-unarmed = none of its ships carries a gun that fires by order
fire-best-spent = every salvo it has is ordered already
fire-best-spent-hint = Take one of its orders to fire back, or overcharge by Fire.
fire-best-nobody = no hostile contact is known
fire-best-nobody-hint = Scout, or fire blind at a sector by Fire.
fire-best-no-chance = no salvo would hit anybody in reach
fire-best-no-chance-hint = Come nearer, or wait for a better fix.
command-none-idle = Every force has something to do.
step-and-more = { $n ->
    [one] { $first } and 1 more
   *[other] { $first } and { $n } more
}
step-takes = take back { $orders }
step-gives = give again { $orders }
step-changes = { $given } instead of { $taken }
step-nothing = change only the order of orders

# The orders given this turn.
pending-title = { $n ->
    [one] 1 ORDER
   *[other] { $n } ORDERS
}
pending-clear = Clear
pending-undo = Undo
pending-redo = Redo
pending-none = no order has been given
pending-no-undo = nothing has been planned this turn
pending-no-redo = nothing has been undone
pending-would = Undo: { $step }
pending-how = Select a force, then right-click a sector to march there, or press G. Tab goes to the next force without orders.
pending-take-back = take back
pending-take-back-of = take back: { $order }

# What wants attention.
check-title = { $n ->
    [one] 1 WANTS ATTENTION
   *[other] { $n } WANT ATTENTION
}
check-end = End turn all the same
check-hand-over = Hand over all the same
check-back = Back
check-never = Do not ask
check-never-about = Ends turns without this list from now on; the settings bring it back.
check-how = Up, Down, Enter
check-line = { $force }: { $what }
check-doubt = will probably not { $order }: { $why }. { $hint }
check-march = marches to { $place }: { $share } to have it afterwards, would lose { $loss } SP
check-retreat = falls back to { $place } when pressed, where { $strength } SP of theirs are known
check-retreat-ends = its way of retreat ends where it stands
check-under-fire = stands where hostile guns have it fixed
check-cut = its supply is cut at { $place }
check-cut-until = its supply is cut at { $place }, its holds are empty on turn { $turn }
check-starves = its holds are empty on turn { $turn }
check-held = is told to march and stays: { $posture }
check-leaves-now = is called away at the end of this turn
check-leaves-next = is called away at the end of next turn
check-loaded = { $weapon } could fire at { $target } at { $chance }, and has no orders to
check-breaks-off = marches, which breaks off what it does: { $deed }
check-idle = has no orders
check-called-refused = an order of it was refused
check-called-hit = has lost strength since it was told to halt
check-called-supply = is short of supply since it was told to halt
check-called-near = { $strength } SP of theirs came near since it was told to halt
check-called-moved = stands elsewhere than where it was told to halt
check-halt = Halt the idle
check-halt-about = Tells every force without orders to stay where it is: they ask for nothing more until something happens to them.

# The order of battle.
filter-all = All
filter-idle = Idle
filter-contact = Contact
filter-supply = Short
about-filter-all = every force
about-filter-idle = only forces that have nothing to do
about-filter-contact = only forces with somebody hostile in their sector or one lane away
about-filter-supply = only forces that are cut off or have less than a day of supply
grouping-faction = faction
grouping-commander = commander
grouping-region = region
grouping-task = orders
tree-by = By { $grouping }
tree-by-about = groups the tree by faction, commander, region or whether they have orders
tree-search = name or place
tree-nobody = No force is like that.
tree-expected = expected
tree-comes = { $force }: turn { $turn }, { $place }
tree-leaving = called away
tree-goes = { $force }: after turn { $turn }
tree-contacts = contacts
tree-no-commander = no commander
tree-no-region = between regions
tree-idle = without orders
tree-ordered = under orders
tree-open = - { $group } { $n }
tree-shut = + { $group } { $n }
tree-force = { $force }, { $place }, { $strength } SP
tree-about = ~{ $strength }
tree-cut = cut off
tree-short = no supply
tree-waits = no orders
tree-leaves = leaves { $date }
tree-busy = at work, turn { $turn }

# What would make a refused order possible.
hint-war-over = No order is taken any more; the war can be looked at, or begun anew.
hint-no-such-force = Take back what makes it go: it was lost, or joins another force this turn.
hint-not-yours = { $force } is another seat's: ask whoever sits there.
hint-no-such-sector = Choose a sector that is on the map.
hint-did-you-mean = Did you mean { $id }?
hint-no-such-thing = Choose one that the list offers.
hint-no-such-contact = Choose a contact that is still known, or fire blind at the sector.
hint-nothing = Choose something first: a place, or hulls above nothing.
hint-immobile = Only ships that can move march: detach those, or have them mended at a base.
hint-no-way = Choose a sector that lanes lead to.
hint-not-ready = { $turns ->
    [one] A turn of rest would make it ready: no march, no battle.
   *[other] { $turns } turns of rest would make it ready: no march, no battle.
}
hint-no-weapon = Order it of a force that carries the weapon, or join one that does.
hint-not-by-order = It fires by itself: the fire policy says when.
hint-out-of-range = It must come { $units } units nearer: march, or choose a nearer target.
hint-no-stock = Fill its magazines: let it stand where a depot supplies it.
hint-little-stock = { $n ->
    [one] Fire 1 salvo at most, or fill its magazines at a depot.
   *[other] Fire { $n } salvos at most, or fill its magazines at a depot.
}
hint-no-tube = Its tubes are not ready this turn: wait a turn, or overcharge.
hint-too-many-salvos = { $n ->
    [one] Fire 1 salvo at most, or overcharge.
   *[other] Fire { $n } salvos at most, or overcharge.
}
hint-bound = Choose a figure from { $low } to { $high }.
hint-no-leash = Take back the leash of another force, or wait for the next turn.
hint-no-need = It needs none.
hint-not-that-many = Choose fewer: at least one ship stays behind.
hint-committed = Take back its fire, or give the fire after detaching.
hint-apart = March one to the other first; they can join once both are there.
hint-strangers = Choose a force of the same faction that you order.

# The commands of the keyboard, as the page of keys names them.
key-previous-idle = Previous force without orders
key-find = Find by name
key-forces = List of own forces
key-all-forces = Select all forces shown
key-order-go = Order: go
key-order-then = Order: then go on
key-order-halt = Order: halt
key-order-follow = Order: follow
key-order-fall-back = Order: fall back
key-order-stance = Order: stance
key-order-posture = Order: posture
key-order-fire = Order: fire
key-order-fire-best = Order: fire at the best target
key-order-policy = Order: fire policy
key-order-loss-limit = Order: break off
key-order-leash = Order: leash
key-order-split = Order: detach
key-order-merge = Order: join
key-order-deed = Order: do a deed
key-order-land = Order: land troops
key-order-lift = Order: take troops aboard
key-order-deploy = Order: begin elsewhere
