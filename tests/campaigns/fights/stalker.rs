//! A seat that hides: steady for a day, then out of the enemy's sight into a lair, silent, for a day or two, then by
//! forced march at whichever of his fleets is nearest.

use angelfire::{
    ai::Level,
    content::{Family, Key, Posture, Sector, Stance, Stat},
    sim::{
        map::{Graph, range},
        order::{Action, Order, Pace, check},
        view::{OwnForce, SeatView},
    },
};

use super::{FIGHT, steady};

enum Day {
    AsSteady,
    ToTheLair,
    InTheLair,
    OfTheBlow,
}

/// Orders of a turn.
pub fn plan(view: &SeatView, seed: u64) -> Vec<Order> {
    let hides = seed % 2;
    let day = match (u64::from(view.turn) + seed) % (3 + hides) {
        0 => Day::AsSteady,
        1 => Day::ToTheLair,
        n if n == 2 + hides => Day::OfTheBlow,
        _ => Day::InTheLair,
    };
    let stalker = Stalker {
        view,
        graph: Graph::new(&view.map),
        silent: silent(view),
        press: press(view),
    };
    let mut orders = steady(Level::Steady, view, seed);
    for (id, force) in view
        .forces
        .iter()
        .filter(|(_, f)| f.mine && f.strength >= FIGHT)
    {
        for action in stalker.day(&day, force) {
            let order = Order {
                force: id.clone(),
                action,
            };
            if check(view, &order).is_ok() {
                orders.push(order);
            }
        }
    }
    orders
}

/// The posture that hides.
fn silent(view: &SeatView) -> Key<Posture> {
    let mut postures = view.rules.postures.iter();
    let hides = |p: &Posture| {
        p.modifiers
            .iter()
            .any(|m| m.stat == Stat::Signature && m.permille < 0)
    };
    let found = postures.find(|(_, p)| p.moves && !p.evades && !p.interdicts && hides(p));
    found.expect("a posture that hides").0.clone()
}

/// The stance that goes at him with everything.
fn press(view: &SeatView) -> Key<Stance> {
    let stances = view.rules.stances.iter();
    let attacks = stances.filter(|(_, s)| s.family == Family::Attack && !s.prepares);
    let found = attacks.max_by_key(|(_, s)| s.needs_readiness);
    found.expect("a stance that attacks").0.clone()
}

struct Stalker<'a> {
    view: &'a SeatView,
    graph: Graph,
    silent: Key<Posture>,
    press: Key<Stance>,
}

impl Stalker<'_> {
    fn day(&self, day: &Day, force: &OwnForce) -> Vec<Action> {
        let hide = Action::Posture(Some(self.silent.clone()));
        let go = |to: Key<Sector>, pace| Action::Go {
            stops: vec![to],
            pace,
        };
        match day {
            Day::AsSteady if force.posture.is_none() => vec![hide],
            Day::AsSteady => Vec::new(),
            Day::ToTheLair => {
                let lair = self.lair(force);
                let lair = lair.filter(|s| s != force.place.sector());
                let goes = lair.map(|lair| go(lair, Pace::Cruise));
                [hide].into_iter().chain(goes).collect()
            }
            Day::InTheLair => vec![hide, Action::Halt],
            Day::OfTheBlow => self.prey(force).map_or_else(Vec::new, |prey| {
                vec![
                    hide,
                    Action::Stance(self.press.clone()),
                    go(prey, Pace::Forced),
                ]
            }),
        }
    }

    /// Sectors so far away or nearer, with their distance, by name.
    fn reach(&self, from: &Key<Sector>, length: i32) -> Vec<(Key<Sector>, i32)> {
        let all = self.graph.distances([from], |_, e| Some(e.length));
        all.into_iter()
            .filter(|(_, away)| *away <= length)
            .collect()
    }

    /// How far the force strikes in a turn.
    fn blow(&self, force: &OwnForce) -> i32 {
        force.speed + self.view.rules.constants.forced_march.0
    }

    /// Whether one of his fleets is believed to be there.
    fn fleet(&self, sector: &Key<Sector>) -> bool {
        let there = self.view.contacts_at(sector);
        let hostile = there.filter(|(_, c)| self.view.hostile.contains(&c.side));
        hostile.map(|(_, c)| c.strength.1).sum::<i64>() >= FIGHT
    }

    /// Out of sight of all that is known of him, within a blow of one of his fleets.
    fn lair(&self, force: &OwnForce) -> Option<Key<Sector>> {
        // Whoever is silent is seen less than half as far.
        let sight = self.view.rules.constants.sensors.1 / 2;
        let hidden = |s: &Key<Sector>| {
            let eyes = self.view.contacts.values();
            let nearest = eyes
                .map(|c| range(&self.view.map, s, c.place.sector()))
                .min();
            nearest.unwrap_or(sight).min(sight)
        };
        let strikes = |s: &Key<Sector>| {
            self.reach(s, self.blow(force))
                .iter()
                .any(|(at, _)| self.fleet(at))
        };
        let within = self.reach(force.place.sector(), force.speed);
        let best = within
            .into_iter()
            .max_by_key(|(s, away)| (hidden(s), strikes(s), -away));
        best.map(|(s, _)| s)
    }

    /// The nearest of his fleets.
    fn prey(&self, force: &OwnForce) -> Option<Key<Sector>> {
        let within = self.reach(force.place.sector(), self.blow(force));
        let fleets = within.into_iter().filter(|(s, _)| self.fleet(s));
        fleets.min_by_key(|(_, away)| *away).map(|(s, _)| s)
    }
}
