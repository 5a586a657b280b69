//! What comes of deeds and of meters that pass a threshold: the one place where outcomes become changes of the state.

use std::collections::BTreeMap;

use super::{
    casualty::Ledger,
    fire::damage::{self, Aimed},
    ground,
    journal::{Cause, Subject, What, Witnesses},
    roster::Units,
    state::{Holding, Knowledge, Studied},
    supply,
    theatre::Theatre,
    values::{Controls, Holdings, Tallies},
};
use crate::content::{
    Force, Key, Meter, MeterOn, Outcome, Seat, Sector, Side, Site, Stock, Trait, Who,
};

/// The state as outcomes change it, gathered once and put back once.
pub struct Stage {
    /// Forces.
    pub units: Units,
    /// Sectors.
    pub control: Controls,
    /// Sites.
    pub holdings: Holdings,
    /// Sides.
    pub tallies: Tallies,
    /// Seats.
    pub knowledge: BTreeMap<Key<Seat>, Knowledge>,
}

/// Of what something comes.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Who did it; none: a meter.
    pub actor: Option<&'a Key<Force>>,
    /// His side, or that of what carries the meter.
    pub side: &'a Key<Side>,
    /// What it was done to, or what carries the meter.
    pub target: Option<&'a Subject>,
    /// Where it happens.
    pub here: &'a Key<Sector>,
    /// What to write as the cause of losses.
    pub cause: &'a Cause,
}

impl Stage {
    /// As the state stands.
    pub fn of(t: &Theatre) -> Self {
        Self {
            units: t.roster.gather(),
            control: t.control(),
            holdings: t.holdings(),
            tallies: t.tallies(),
            knowledge: BTreeMap::new(),
        }
    }

    /// Puts everything back.
    pub fn apply(self, t: &mut Theatre) {
        t.put_control(self.control);
        t.put_holdings(self.holdings);
        t.put_tallies(self.tallies);
        t.put_knowledge(self.knowledge);
        t.roster.apply(self.units);
    }

    /// The side something is of; of a sector its owner.
    pub fn side_of(&self, subject: &Subject) -> Option<Key<Side>> {
        match subject {
            Subject::Force(force) => self.units.get(force).map(|u| u.side().clone()),
            Subject::Site(site) => self.holdings.get(site).map(|h| h.owner.clone()),
            Subject::Sector(sector) => self.control.get(sector).and_then(|c| c.owner.clone()),
            Subject::Side(side) => Some(side.clone()),
        }
    }

    fn whom(&self, t: &Theatre, scene: &Scene, who: Who) -> Vec<Subject> {
        if who == Who::Foes {
            let sides = self.tallies.keys();
            let foes = sides.filter(|s| t.field.hostile(scene.side, s));
            return foes.cloned().map(Subject::Side).collect();
        }
        self.just(scene, who).into_iter().collect()
    }

    /// The one it befalls; none if there is none, or if it is not one.
    fn just(&self, scene: &Scene, who: Who) -> Option<Subject> {
        match who {
            Who::Actor => scene.actor.map(|f| Subject::Force(f.clone())),
            Who::Target => scene.target.cloned(),
            Who::Side => Some(Subject::Side(scene.side.clone())),
            Who::TargetSide => self.side_of(scene.target?).map(Subject::Side),
            Who::Here => Some(Subject::Sector(scene.here.clone())),
            Who::Foes => None,
        }
    }

    /// Carries out what comes of something, one after the other.
    pub fn carry_out(&mut self, t: &mut Theatre, scene: &Scene, outcomes: &[Outcome]) {
        for outcome in outcomes {
            self.one(t, scene, outcome);
        }
    }

    fn one(&mut self, t: &mut Theatre, scene: &Scene, outcome: &Outcome) {
        match outcome {
            Outcome::Meter(who, meter, by) => {
                for subject in self.whom(t, scene, *who) {
                    self.meter(t, scene.side, &subject, meter, *by);
                }
            }
            Outcome::Clear(meter, by) => {
                let here = Subject::Sector(scene.here.clone());
                let works = self.control.get(scene.here).map(|c| &c.works);
                let foes = works.into_iter().flatten().map(|(side, _)| side);
                let foes = foes.filter(|s| t.field.hostile(scene.side, s)).cloned();
                for side in foes.collect::<Vec<_>>() {
                    self.meter(t, &side, &here, meter, -by);
                }
            }
            Outcome::Stock(who, stock, by) => {
                if let Some(subject) = self.just(scene, *who) {
                    self.stock(t, &subject, stock, *by);
                }
            }
            Outcome::Harm(who, permille) => {
                if let Some(Subject::Force(force)) = self.just(scene, *who) {
                    self.harm(t, scene, &force, *permille);
                }
            }
            Outcome::Mend(who, permille) => {
                if let Some(Subject::Force(force)) = self.just(scene, *who) {
                    self.mend(t, &force, *permille);
                }
            }
            Outcome::Readiness(who, by) => {
                if let Some(Subject::Force(force)) = self.just(scene, *who)
                    && let Some(unit) = self.units.get_mut(&force)
                {
                    unit.crew.readiness = (unit.crew.readiness + by).clamp(0, 1000);
                }
            }
            Outcome::Garrison(who, permille) => {
                if let Some(Subject::Site(site)) = self.just(scene, *who) {
                    self.garrison(t, &site, *permille);
                }
            }
            Outcome::Shields(who, layers) => {
                if let Some(Subject::Site(site)) = self.just(scene, *who)
                    && let Some(holding) = self.holdings.get_mut(&site)
                {
                    let most = ground::kind(&t.field, &site).map_or(0, |k| k.shields);
                    holding.shields_down = (holding.shields_down + layers).min(most);
                    // They count in the next turn's siege, too.
                    *t.scratch.opened.entry(site).or_default() += layers;
                }
            }
            Outcome::Damage(who, hp) => {
                if let Some(Subject::Site(site)) = self.just(scene, *who)
                    && let Some(holding) = self.holdings.get_mut(&site)
                {
                    holding.damage += hp;
                    ground::collapse(t, &site, holding, &mut self.tallies, false);
                }
            }
            Outcome::Learn(who) => {
                if let Some(subject) = self.just(scene, *who) {
                    self.learn(t, scene, &subject);
                }
            }
            Outcome::Call { pool, least, most } => self.call(t, scene, pool, *least, *most),
            Outcome::Gain(who, quality) => {
                if let Some(Subject::Force(force)) = self.just(scene, *who) {
                    self.change(t, &force, quality, true);
                }
            }
            Outcome::Lose(who, quality) => {
                if let Some(Subject::Force(force)) = self.just(scene, *who) {
                    self.change(t, &force, quality, false);
                }
            }
            Outcome::Win => {
                let by = scene.side.clone();
                self.turn(t, scene, &by, false);
            }
            Outcome::Revolt => {
                let loyal = self.site(scene).and_then(|(_, h)| h.loyal.clone());
                if let Some(to) = loyal {
                    self.turn(t, scene, &to, true);
                }
            }
            Outcome::Yield => {
                let over = self.site(scene).and_then(|(_, h)| {
                    let owner = self.control.get(&h.sector)?.owner.clone()?;
                    t.field.hostile(&owner, &h.owner).then_some(owner)
                });
                if let Some(to) = over {
                    self.turn(t, scene, &to, false);
                }
            }
            Outcome::Raze => {
                if let Some(Subject::Site(site)) = scene.target
                    && let Some(holding) = self.holdings.get_mut(site)
                {
                    ground::collapse(t, site, holding, &mut self.tallies, true);
                }
            }
            Outcome::Set(flag) => {
                if t.story.flags.insert(flag.clone()) {
                    t.tell_sides([scene.side], What::FlagSet { flag: flag.clone() });
                }
            }
        }
    }

    fn site<'a>(&'a self, scene: &Scene<'a>) -> Option<(&'a Key<Site>, &'a Holding)> {
        match scene.target {
            Some(Subject::Site(site)) => self.holdings.get_key_value(site),
            _ => None,
        }
    }

    /// Changes a meter of whatever carries it, within its range; on a sector it is `by_side`'s.
    pub fn meter(
        &mut self,
        t: &Theatre,
        by_side: &Key<Side>,
        subject: &Subject,
        meter: &Key<Meter>,
        by: i32,
    ) {
        let Some(definition) = t.field.rules.meters.get(meter) else {
            return;
        };
        let (least, most) = definition.range;
        let changed = |value: i32| value.saturating_add(by).clamp(least, most);
        match (definition.on, subject) {
            (MeterOn::Side, Subject::Side(side)) => {
                if let Some(tally) = self.tallies.get_mut(side) {
                    let value = tally
                        .meters
                        .entry(meter.clone())
                        .or_insert(definition.start);
                    *value = changed(*value);
                }
            }
            (MeterOn::Force, Subject::Force(force)) => {
                if let Some(unit) = self.units.get_mut(force) {
                    set(&mut unit.crew.meters, meter, definition.start, changed);
                }
            }
            (MeterOn::Site, Subject::Site(site)) => {
                let holding = self.holdings.get_mut(site);
                // What its kind does not carry it cannot have.
                if let Some(value) = holding.and_then(|h| h.meters.get_mut(meter)) {
                    *value = changed(*value);
                }
            }
            (MeterOn::Sector, Subject::Sector(sector)) => {
                if let Some(control) = self.control.get_mut(sector) {
                    let works = control.works.entry(by_side.clone()).or_default();
                    set(works, meter, definition.start, changed);
                    if works.is_empty() {
                        control.works.remove(by_side);
                    }
                }
            }
            _ => {}
        }
    }

    /// Stocks come to be, as far as there is room for them, or are lost.
    pub fn stock(&mut self, t: &mut Theatre, subject: &Subject, stock: &Key<Stock>, by: i32) {
        let (side, have, room) = match subject {
            Subject::Force(force) => {
                let Some(unit) = self.units.get_mut(force) else {
                    return;
                };
                let room = supply::room(&t.field.rules, unit, stock).max(0);
                let side = unit.side().clone();
                (
                    side,
                    unit.magazine.0.entry(stock.clone()).or_default(),
                    room,
                )
            }
            Subject::Site(site) => {
                let Some(holding) = self.holdings.get_mut(site).filter(|h| !h.razed) else {
                    return;
                };
                let side = holding.owner.clone();
                (
                    side,
                    holding.stocks.entry(stock.clone()).or_default(),
                    i32::MAX,
                )
            }
            Subject::Sector(_) | Subject::Side(_) => return,
        };
        let by = by.min(room).max(-*have).min(1_000_000 - *have);
        if by == 0 {
            return;
        }
        *have += by;
        if let Some(tally) = self.tallies.get_mut(&side) {
            let booked = if by > 0 {
                &mut tally.stocks_raised
            } else {
                &mut tally.stocks_lost
            };
            *booked.entry(stock.clone()).or_default() += by.abs();
        }
        let what = What::Stocked {
            at: subject.clone(),
            stock: stock.clone(),
            amount: by,
        };
        t.tell_sides([&side], what);
    }

    fn harm(&mut self, t: &mut Theatre, scene: &Scene, force: &Key<Force>, permille: i32) {
        let field = t.field.clone();
        let Some(unit) = self.units.get_mut(force) else {
            return;
        };
        let mut dice = field.dice(
            t.clock.turn,
            "outcome.harm",
            &format!("{force}/{:?}", scene.actor),
        );
        let hp = dice.share(unit.strength(&field.rules), i64::from(permille), 1000);
        let losses = damage::spread(
            &field.rules,
            &mut unit.ships.0,
            hp,
            Aimed::ANYWHERE,
            &mut dice,
        );
        let place = unit.place.clone();
        let mut ledger = Ledger {
            field: &field,
            journal: &mut t.journal,
            story: &mut t.story,
            tallies: &mut self.tallies,
        };
        ledger.book(
            unit,
            &losses,
            scene.cause,
            &place,
            &Witnesses::default(),
            &mut dice,
        );
    }

    fn mend(&mut self, t: &mut Theatre, force: &Key<Force>, permille: i32) {
        let field = t.field.clone();
        let Some(unit) = self.units.get_mut(force) else {
            return;
        };
        let budget = unit.belongs.full * i64::from(permille) / 1000;
        let hp = supply::mend(&field.rules, &mut unit.ships.0, budget);
        let side = unit.side().clone();
        if let Some(tally) = self.tallies.get_mut(&side) {
            tally.lost -= hp;
        }
        if hp > 0 {
            let force = force.clone();
            t.tell_sides([&side], What::Repaired { force, hp });
        }
    }

    fn garrison(&mut self, t: &mut Theatre, site: &Key<Site>, permille: i32) {
        let field = t.field.clone();
        let Some(holding) = self.holdings.get_mut(site) else {
            return;
        };
        let owner = holding.owner.clone();
        let mut dice = field.dice(t.clock.turn, "outcome.garrison", site.as_str());
        for (stock, amount) in &mut holding.stocks {
            if field
                .rules
                .stocks
                .get(stock)
                .is_none_or(|s| s.troops.is_none())
            {
                continue;
            }
            let gone = dice.share(i64::from(*amount), i64::from(permille), 1000);
            let gone = i32::try_from(gone).unwrap_or(0).min(*amount);
            *amount -= gone;
            if let Some(tally) = self.tallies.get_mut(&owner) {
                *tally.stocks_lost.entry(stock.clone()).or_default() += gone;
            }
            if gone > 0 {
                let what = What::Stocked {
                    at: Subject::Site(site.clone()),
                    stock: stock.clone(),
                    amount: -gone,
                };
                t.tell_sides([&owner], what);
            }
        }
    }

    fn learn(&mut self, t: &mut Theatre, scene: &Scene, subject: &Subject) {
        let seats = t.field.watchers(scene.side);
        for seat in seats.iter() {
            // Few seats learn anything: only theirs is taken out of the state.
            if !self.knowledge.contains_key(seat)
                && let Some(known) = t.known(seat)
            {
                self.knowledge.insert(seat.clone(), known.clone());
            }
            let Some(known) = self.knowledge.get_mut(seat) else {
                continue;
            };
            match subject {
                Subject::Site(site) => {
                    let Some(holding) = self.holdings.get(site) else {
                        continue;
                    };
                    let studied = Studied {
                        turn: t.clock.turn,
                        meters: holding.meters.clone(),
                        stocks: holding.stocks.clone(),
                    };
                    known.studied.insert(site.clone(), studied);
                }
                Subject::Force(force) => {
                    // Seen by the sweep that follows, as if it had given itself away.
                    let revealed = t.scratch.revealed.entry(force.clone()).or_default();
                    revealed.1.insert(scene.side.clone());
                }
                Subject::Sector(_) | Subject::Side(_) => {}
            }
        }
        let at = subject.clone();
        t.tell_sides([scene.side], What::Learnt { at });
    }

    fn call(&mut self, t: &mut Theatre, scene: &Scene, pool: &str, least: u32, most: u32) {
        let field = t.field.clone();
        let next = t.story.awaited.iter().find(|(force, when)| {
            let waits = field.scenario.forces.get(*force);
            when.is_none()
                && waits.is_some_and(|f| f.pool.as_deref() == Some(pool))
                && field.side_of_force(force).as_ref() == Some(scene.side)
        });
        let Some(force) = next.map(|(force, _)| force.clone()) else {
            let pool = pool.to_owned();
            t.tell_sides([scene.side], What::NobodyCalled { pool });
            return;
        };
        let mut dice = field.dice(t.clock.turn, "outcome.call", force.as_str());
        let wait = dice.between(i64::from(least), i64::from(most));
        let turn = t.clock.turn + 1 + u32::try_from(wait).unwrap_or(0);
        let sector = field.scenario.forces.get(&force).map(|f| f.at.clone());
        t.story.awaited.insert(force.clone(), Some(turn));
        if let Some(sector) = sector {
            t.tell_sides(
                [scene.side],
                What::Called {
                    force,
                    sector,
                    turn,
                },
            );
        }
    }

    fn change(&mut self, t: &mut Theatre, force: &Key<Force>, quality: &Key<Trait>, gained: bool) {
        let Some(unit) = self.units.get_mut(force) else {
            return;
        };
        let traits = &mut unit.command.traits;
        if traits.contains(quality) == gained {
            return;
        }
        if gained {
            traits.push(quality.clone());
            traits.sort();
        } else {
            traits.retain(|t| t != quality);
        }
        let side = unit.side().clone();
        let what = What::Changed {
            force: force.clone(),
            quality: quality.clone(),
            gained,
        };
        t.tell_sides([&side], what);
    }

    /// A site goes over to a side without a fight; its garrison is no more.
    fn turn(&mut self, t: &mut Theatre, scene: &Scene, to: &Key<Side>, rose: bool) {
        let Some(Subject::Site(site)) = scene.target else {
            return;
        };
        let Some(holding) = self.holdings.get_mut(site).filter(|h| !h.razed) else {
            return;
        };
        if holding.owner == *to {
            // Won over: it works for its holder from now on.
            holding.loyal = None;
            return;
        }
        if ground::is_guarded(&t.field, site, &self.holdings) {
            return;
        }
        let Some(holding) = self.holdings.get_mut(site) else {
            return;
        };
        let from = ground::hand_over(t, site, holding, to, &mut self.tallies);
        holding.loyal = None;
        let what = What::SiteTurned {
            site: site.clone(),
            by: to.clone(),
            from: from.clone(),
            rose,
        };
        t.tell_sides([to, &from], what);
    }
}

/// Sets a meter that is kept only where it stands elsewhere than at its start.
fn set(
    meters: &mut BTreeMap<Key<Meter>, i32>,
    meter: &Key<Meter>,
    start: i32,
    changed: impl Fn(i32) -> i32,
) {
    let value = changed(meters.get(meter).copied().unwrap_or(start));
    if value == start {
        meters.remove(meter);
    } else {
        meters.insert(meter.clone(), value);
    }
}
