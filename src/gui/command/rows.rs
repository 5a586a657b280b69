//! What a list offers: the choices of each order with what counts about them, from what the seat knows.

mod back;
mod deeds;
pub(super) mod guns;
mod ships;
mod troops;

use std::collections::BTreeMap;

use guns::guns;
pub use guns::{gun, loads};
pub use troops::{carries, is_troops};

use super::{
    hint::{hint, reason},
    list::{Kind, Knob, List, Row, Verb, What},
    posts::Told,
    tree::{self, Filter, Grouping, Sieve},
};
use crate::{
    chart::Tag,
    content::{Family, Force, Key, Sector},
    gui::{
        panels::{guns::nearest, roster::known},
        words::{self, say},
    },
    sim::{
        map::Graph,
        order::{self, Action, Cue, Order, Pace, Refusal, check_on},
        state::Place,
        view::{Leg, OwnForce, SeatView},
    },
    war::tell,
};

/// Salvos a weapon is set to at first, if it has so many.
pub const SALVOS: i32 = 4;
/// Loss limits to choose from, permille.
const LIMITS: [i32; 10] = [50, 100, 150, 200, 250, 300, 400, 500, 750, 1000];
/// What a march may wait for, as the figure of its knob names it in texts (`cue-NAME`).
pub const CUES: [&str; 5] = ["none", "turn", "ready", "supply", "enemy"];

/// What a list is made from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// What the seat knows.
    pub view: &'a SeatView,
    /// Orders given and not carried out.
    pub pending: &'a [Order],
    /// The force that acts; its figures are shown for all that are selected.
    pub acting: Option<(&'a Key<Force>, &'a OwnForce)>,
    /// Forces that were told to halt.
    pub told: &'a Told,
    /// How the order of battle is shown.
    pub sieve: &'a Sieve,
    /// The chart as a graph.
    pub graph: &'a Graph,
}

/// An empty list for an order, with its figures as they are set at first.
pub fn open(ground: &Ground, verb: Verb) -> List {
    List::new(verb, knobs(ground, verb).unwrap_or_default())
}

fn knobs(ground: &Ground, verb: Verb) -> Option<Vec<Knob>> {
    let turn = i32::try_from(ground.view.turn).unwrap_or(i32::MAX - 1);
    let pace = Knob::new(Kind::Pace, 0, 0, 1);
    Some(match verb {
        Verb::Go => vec![pace],
        Verb::Then => {
            let last = i32::try_from(CUES.len()).unwrap_or(1) - 1;
            vec![
                pace,
                Knob::new(Kind::Cue, 0, 0, last),
                Knob::new(Kind::CueFigure, turn + 1, 0, 1000),
            ]
        }
        Verb::Follow => vec![Knob::new(Kind::Distance, 1, 0, 9)],
        Verb::FallBack => {
            let (_, force) = ground.acting?;
            let now = force.fall_back.as_ref().map_or(10, |(_, when)| *when);
            vec![Knob::new(Kind::Strength, now, 1, 10_000).by(5)]
        }
        Verb::Fire => {
            let guns = guns(ground.view, ground.acting?.1);
            if guns.is_empty() {
                return None;
            }
            let last = i32::try_from(guns.len()).unwrap_or(1) - 1;
            let force = ground.acting?.1;
            let load = |gun| loads(ground.view, force, gun, false);
            // The first that is loaded, if one is.
            let first = guns.iter().position(|gun| load(gun) > 0).unwrap_or(0);
            let salvos = guns.get(first).map_or(1, load);
            let first = i32::try_from(first).unwrap_or(0);
            let mut knobs = vec![
                Knob::new(Kind::Salvos, SALVOS.min(salvos), 1, salvos.max(1)),
                Knob::new(Kind::Overcharge, 0, 0, 1),
                Knob::new(Kind::Blind, 0, 0, 1),
            ];
            if guns.len() > 1 {
                knobs.push(Knob::new(Kind::Gun(guns), first, 0, last));
            }
            knobs
        }
        Verb::Land | Verb::Lift => troops::knobs(ground.view, ground.acting?.1, verb)?,
        Verb::Split => {
            let (_, force) = ground.acting?;
            let fit = force.ships.iter().filter(|s| s.fit > 0);
            fit.map(|s| Knob::new(Kind::Hulls(s.class.clone()), 0, 0, s.fit))
                .collect()
        }
        Verb::Forces => {
            let place = |at: Option<usize>| i32::try_from(at.unwrap_or(0)).unwrap_or(0);
            let sieve = ground.sieve;
            vec![
                Knob::new(
                    Kind::Filter,
                    place(Filter::ALL.iter().position(|f| *f == sieve.filter)),
                    0,
                    3,
                ),
                Knob::new(
                    Kind::Grouping,
                    place(Grouping::ALL.iter().position(|g| *g == sieve.grouping)),
                    0,
                    3,
                ),
            ]
        }
        _ => Vec::new(),
    })
}

/// Puts the figure of a cue where it makes sense at first: next turn, well rested, a day of supply, a fleet.
pub fn begin_cue(list: &mut List, turn: u32) {
    let cue = usize::try_from(list.value(&Kind::Cue)).unwrap_or(0);
    let (value, step) = match CUES.get(cue).copied() {
        Some("ready") => (800, 50),
        Some("supply") => (1, 1),
        Some("enemy") => (10, 5),
        _ => (i32::try_from(turn).unwrap_or(0).saturating_add(1), 1),
    };
    for knob in list.knobs.iter_mut().filter(|k| k.kind == Kind::CueFigure) {
        (knob.value, knob.step) = (value.clamp(knob.low, knob.high), step);
    }
}

/// Keeps the bounds of figures to what others allow, and makes the rows anew.
pub fn fill(ground: &Ground, list: &mut List) {
    if let (Verb::Fire, Some((_, force))) = (list.verb, ground.acting)
        && let Some(gun) = gun(ground.view, force, list)
    {
        let over = list.value(&Kind::Overcharge) == 1;
        let most = loads(ground.view, force, &gun, over).max(1);
        for knob in list.knobs.iter_mut().filter(|k| k.kind == Kind::Salvos) {
            // Who fires all that it has goes on firing all, when overcharge makes it more.
            let all = knob.value == knob.high;
            knob.high = most;
            knob.value = if all { most } else { knob.value.min(most) };
        }
    }
    if let (Verb::Land | Verb::Lift, Some((_, force))) = (list.verb, ground.acting) {
        troops::bound(ground.view, force, list);
    }
    let rows = match list.verb {
        Verb::Find => super::find::rows(ground.view),
        Verb::Forces => forces(ground),
        verb => match ground.acting {
            Some((key, force)) => Chooser {
                ground: *ground,
                key,
                force,
            }
            .rows(verb, list),
            None => Vec::new(),
        },
    };
    list.fill(rows);
}

/// When a march is done, in words.
pub fn arrival(view: &SeatView, turn: Option<u32>) -> String {
    match turn {
        Some(turn) if turn <= view.turn => say!("arrives-now"),
        Some(turn) => say!("arrives-on", turn = turn),
        None => say!("arrives-after"),
    }
}

/// What breaking off at this loss means, in words.
pub fn limit_words(permille: i32) -> String {
    let how = match permille {
        ..=50 => "first",
        51..=150 => "early",
        151..=300 => "due",
        301..=500 => "late",
        501..=999 => "stubborn",
        _ => "never",
    };
    words::of("limit", how)
}

fn forces(ground: &Ground) -> Vec<Row> {
    let view = ground.view;
    let idle = tree::idle(view, ground.pending, ground.told);
    let mut all = tree::sifted(view, ground.pending, ground.told, ground.sieve);
    all.retain(|(_, force)| force.mine);
    all.sort_by_key(|(key, force)| (!idle.contains(*key), -force.strength, (*key).clone()));
    let row = |(key, force): (&Key<Force>, &OwnForce)| {
        let tag = Tag::Force(key.clone());
        let place = tell::place(view, &force.place);
        Row {
            right: tell::strength(force.strength),
            about: if idle.contains(key) {
                say!("forces-idle", place = place)
            } else {
                place
            },
            tag: Some(tag.clone()),
            ..Row::new(&force.name, What::Visit(tag))
        }
    };
    all.into_iter().map(row).collect()
}

/// Makes the rows of one force's orders.
struct Chooser<'a> {
    ground: Ground<'a>,
    key: &'a Key<Force>,
    force: &'a OwnForce,
}

impl Chooser<'_> {
    fn rows(&self, verb: Verb, list: &List) -> Vec<Row> {
        match verb {
            Verb::Go | Verb::Then => self.marches(verb, list),
            Verb::Follow => self.contacts(list.value(&Kind::Distance)),
            Verb::FallBack => self.ways_back(list),
            Verb::Stance => self.stances(),
            Verb::Posture => self.postures(),
            Verb::Fire => self.targets(list),
            Verb::Policy => self.policies(),
            Verb::LossLimit => self.limits(),
            Verb::Split => self.parts(list),
            Verb::Merge => self.others(),
            Verb::Deed => self.deeds(list),
            Verb::Land | Verb::Lift => self.troops(list),
            Verb::Deploy => self.stagings(),
            Verb::Halt | Verb::FireBest | Verb::Leash | Verb::Forces | Verb::Find => Vec::new(),
        }
    }

    /// A row that gives an order, with its refusal if it has one.
    fn give(&self, title: impl Into<String>, action: Action) -> Row {
        let refused = self.refused(&action);
        Row {
            refused,
            ..Row::new(title, What::Give(action))
        }
    }

    fn refusal(&self, action: &Action) -> Option<Refusal> {
        let order = self.order(action);
        check_on(self.ground.view, Some(self.ground.graph), &order).err()
    }

    fn order(&self, action: &Action) -> Order {
        Order {
            force: self.key.clone(),
            action: action.clone(),
        }
    }

    fn refused(&self, action: &Action) -> Option<(String, String)> {
        let refusal = self.refusal(action)?;
        let order = self.order(action);
        let view = self.ground.view;
        Some((reason(view, &order, &refusal), hint(view, &refusal)))
    }

    /// The last pending order of a kind.
    fn ordered<T>(&self, of: impl Fn(&Action) -> Option<T>) -> Option<T> {
        let own = self.ground.pending.iter().filter(|o| o.force == *self.key);
        own.filter_map(|o| of(&o.action)).last()
    }

    fn marches(&self, verb: Verb, list: &List) -> Vec<Row> {
        let view = self.ground.view;
        let pace = if list.value(&Kind::Pace) == 1 {
            Pace::Forced
        } else {
            Pace::Cruise
        };
        let queue = match verb {
            Verb::Then => order::queue(view, self.key, self.ground.pending),
            _ => Vec::new(),
        };
        let cue = self.cue(list);
        let action = |sector: &Key<Sector>| {
            let stops = vec![sector.clone()];
            match verb {
                Verb::Then => Action::Then {
                    stops,
                    pace,
                    cue: cue.clone(),
                },
                _ => Action::Go { stops, pace },
            }
        };
        self.sectors(&queue, pace, &cue, &action, |sector| {
            What::Give(action(sector))
        })
    }

    fn cue(&self, list: &List) -> Cue {
        let figure = list.value(&Kind::CueFigure);
        let cue = usize::try_from(list.value(&Kind::Cue)).unwrap_or(0);
        match CUES.get(cue).copied() {
            Some("turn") => Cue::Turn(u32::try_from(figure).unwrap_or(0)),
            Some("ready") => Cue::Ready(figure),
            Some("supply") => Cue::Supply(figure),
            Some("enemy") => Cue::Enemy(self.force.place.sector().clone(), figure),
            _ => Cue::None,
        }
    }

    /// Every sector, by when it is reached from the end of a queue; those no way leads to, last and with the reason, and
    /// after them that where the queue ends.
    fn sectors(
        &self,
        queue: &[Leg],
        pace: Pace,
        cue: &Cue,
        march: &dyn Fn(&Key<Sector>) -> Action,
        what: impl Fn(&Key<Sector>) -> What,
    ) -> Vec<Row> {
        let view = self.ground.view;
        let here = queue
            .last()
            .map(|leg| &leg.to)
            .or(self.force.place.in_sector());
        let reached = order::goals(view, self.ground.graph, self.force, queue, pace, cue);
        let held = order::held_by(view, self.key, self.ground.pending);
        let held = held.map(|posture| {
            let known = view.rules.postures.get(&posture);
            let name = known.map_or(posture.as_str(), |p| p.name.as_str());
            say!("arrives-held", posture = name.to_lowercase())
        });
        let when = |turn: &Option<u32>| held.clone().unwrap_or_else(|| arrival(view, *turn));
        let strangers = strangers(view);
        let mut rows: Vec<(bool, u32, Row)> = Vec::new();
        for (key, sector) in view
            .map
            .sectors
            .iter()
            .filter(|(key, _)| Some(*key) != here)
        {
            let turn = reached.get(key);
            let mut row = Row {
                right: turn.map_or(String::new(), &when),
                about: self.by_way_of(queue, key, about(view, key, &strangers), &strangers),
                tag: Some(Tag::Sector(key.clone())),
                ..Row::new(&sector.name, what(key))
            };
            if turn.is_none() {
                row.refused = self.refused(&march(key));
            }
            let turn = turn.copied().flatten().unwrap_or(u32::MAX);
            rows.push((row.refused.is_some(), turn, row));
        }
        rows.sort_by(|a, b| (a.0, a.1, &a.2.title).cmp(&(b.0, b.1, &b.2.title)));
        let mut rows: Vec<Row> = rows.into_iter().map(|(_, _, row)| row).collect();
        // A force that cannot move needs no list of where it cannot go.
        if reached.is_empty() {
            rows.truncate(1);
        }
        // Whoever types the name of the place where it is already is told so.
        rows.extend(here.and_then(|key| {
            let sector = view.map.sectors.get(key)?;
            Some(Row {
                refused: Some((say!("go-is-there"), say!("go-is-there-hint"))),
                about: about(view, key, &strangers),
                tag: Some(Tag::Sector(key.clone())),
                ..Row::new(&sector.name, what(key))
            })
        }));
        rows
    }

    /// What is known of a sector, and of hostile forces in those through which the way there leads.
    fn by_way_of(
        &self,
        queue: &[Leg],
        to: &Key<Sector>,
        about: String,
        strangers: &BTreeMap<&Key<Sector>, (i32, i64)>,
    ) -> String {
        let start = queue.last().map(|leg| &leg.to);
        let start = start.unwrap_or_else(|| self.force.place.sector());
        if strangers.is_empty() {
            return about;
        }
        let way = self.ground.graph.shortest(start, to).unwrap_or_default();
        let between = way.iter().skip(1).filter(|sector| *sector != to);
        let met: Vec<String> = between
            .filter(|sector| strangers.contains_key(sector))
            .map(|sector| tell::sector(self.ground.view, sector.as_str()))
            .collect();
        match met.is_empty() {
            true => about,
            false => format!(
                "{}, {about}",
                say!("sector-through", places = met.join(", "))
            ),
        }
    }

    fn contacts(&self, distance: i32) -> Vec<Row> {
        let view = self.ground.view;
        let graph = self.ground.graph;
        let here = self.force.place.sector();
        let hops = graph.distances([here], |_, _| Some(1));
        let row = |(contact, seen, _): (&Key<_>, &crate::sim::view::Contact, i32)| {
            let lanes = hops.get(seen.place.sector()).copied().unwrap_or(0);
            let action = Action::Follow {
                contact: Key::clone(contact),
                distance,
            };
            Row {
                right: say!("follow-lanes", n = lanes),
                about: sighting(view, seen),
                tag: Some(Tag::Contact(contact.clone())),
                is_so: self
                    .force
                    .follow
                    .as_ref()
                    .is_some_and(|(c, _)| c == contact),
                ..self.give(tell::force(view, contact.as_str()), action)
            }
        };
        nearest(view, self.force).into_iter().map(row).collect()
    }

    fn stances(&self) -> Vec<Row> {
        let rules = &self.ground.view.rules;
        let ordered = self.ordered(|action| match action {
            Action::Stance(stance) => Some(stance.clone()),
            _ => None,
        });
        let now = ordered.unwrap_or_else(|| self.force.stance.clone());
        let mut rows = Vec::new();
        for family in [Family::Attack, Family::Defend] {
            let name = match family {
                Family::Attack => say!("family-attack"),
                Family::Defend => say!("family-defend"),
            };
            for (key, stance) in rules.stances.iter().filter(|(_, s)| s.family == family) {
                rows.push(Row {
                    right: name.clone(),
                    about: stance.summary.clone(),
                    is_so: *key == now,
                    ..self.give(&stance.name, Action::Stance(key.clone()))
                });
            }
        }
        rows
    }

    fn postures(&self) -> Vec<Row> {
        let rules = &self.ground.view.rules;
        let ordered = self.ordered(|action| match action {
            Action::Posture(posture) => Some(posture.clone()),
            _ => None,
        });
        let now = ordered.unwrap_or_else(|| self.force.posture.clone());
        let none = Row {
            is_so: now.is_none(),
            about: say!("posture-none-about"),
            ..self.give(say!("posture-none"), Action::Posture(None))
        };
        let mut rows = vec![none];
        for (key, posture) in &rules.postures {
            rows.push(Row {
                about: posture.summary.clone(),
                is_so: now.as_ref() == Some(key),
                ..self.give(&posture.name, Action::Posture(Some(key.clone())))
            });
        }
        rows
    }

    fn limits(&self) -> Vec<Row> {
        let ordered = self.ordered(|action| match action {
            Action::LossLimit(permille) => Some(*permille),
            _ => None,
        });
        let now = ordered.unwrap_or(self.force.loss_limit);
        let mut all = LIMITS.to_vec();
        if !all.contains(&now) {
            all.push(now);
            all.sort_unstable();
        }
        let row = |permille: i32| Row {
            about: limit_words(permille),
            is_so: permille == now,
            ..self.give(
                say!("limit-row", share = tell::share(i64::from(permille))),
                Action::LossLimit(permille),
            )
        };
        all.into_iter().map(row).collect()
    }
}

/// Hostile contacts by where they are: how many, and how strong together.
fn strangers(view: &SeatView) -> BTreeMap<&Key<Sector>, (i32, i64)> {
    let mut all: BTreeMap<&Key<Sector>, (i32, i64)> = BTreeMap::new();
    let hostile = view.contacts.values();
    for contact in hostile.filter(|c| view.hostile.contains(&c.side)) {
        let here = all.entry(contact.place.sector()).or_default();
        here.0 += 1;
        here.1 += contact.strength.1;
    }
    all
}

/// What is known of a sector that counts for a march.
fn about(
    view: &SeatView,
    sector: &Key<Sector>,
    strangers: &BTreeMap<&Key<Sector>, (i32, i64)>,
) -> String {
    let mut out = Vec::new();
    if let Some((n, strength)) = strangers.get(sector) {
        out.push(say!(
            "sector-hostile",
            n = *n,
            strength = tell::strength(*strength)
        ));
    }
    if let Some(seen) = view.sectors.get(sector) {
        let owner = tell::side(view, seen.owner.as_ref().map(Key::as_str));
        out.push(say!("sector-held", side = owner));
    }
    let terrain = view.map.sectors.get(sector).map(|s| &s.terrain);
    if let Some(terrain) = terrain.and_then(|t| view.rules.terrain.get(t)) {
        out.push(terrain.name.to_lowercase());
    }
    out.join(", ")
}

fn sighting(view: &SeatView, seen: &crate::sim::view::Contact) -> String {
    let place = match &seen.place {
        Place::Sector(sector) => tell::sector(view, sector.as_str()),
        lane @ Place::Lane { .. } => tell::place(view, lane),
    };
    say!(
        "contact-about",
        place = place,
        strength = tell::strength(seen.strength.1),
        known = known(seen)
    )
}
