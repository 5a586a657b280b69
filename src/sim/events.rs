//! Phase 9: the scenario's triggers. Conditions are asked of the truth; effects may bring forces, speak, set flags,
//! change meters or end the war. None can set an owner, a loss or a winner.

use std::{borrow::Cow, collections::BTreeMap};

use bevy::{
    app::App,
    ecs::prelude::{IntoScheduleConfigs, World},
};

use super::{
    council,
    field::{Changes, Field},
    journal::{Subject, What, Witnesses},
    outcome::Stage,
    roster::{Unit, Units},
    spawn,
    state::{Holding, Story},
    theatre::Theatre,
    turn::{Phase, Turn},
    values::{Controls, Holdings, Tallies},
};
use crate::content::{
    Condition, Effect, Faction, HP_PER_SP, Key, Meter, Rules, Seat, Sector, Side, Site, Stock,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (council::conclude, trigger, council::lay, realign)
            .chain()
            .in_set(Phase::Events),
    );
}

/// What conditions are asked of: the truth, or what a seat knows put in the same form.
pub struct Facts<'a> {
    /// The turn that ends.
    pub turn: u32,
    /// What counts.
    pub rules: &'a Rules,
    /// Forces.
    pub units: &'a Units,
    /// Places and sides.
    pub account: &'a dyn Account,
    /// Flags and the fallen.
    pub story: &'a Story,
    /// Hit points a side is believed to have beside `units` (a seat's guess at what it knows only as contacts).
    pub believed: BTreeMap<Key<Side>, i64>,
}

/// How things stand with places and sides: in truth, or as a seat has it.
pub trait Account {
    /// Who holds a sector.
    fn owner(&self, sector: &Key<Sector>) -> Option<&Key<Side>>;
    /// A site.
    fn site(&self, site: &Key<Site>) -> Option<Cow<'_, Holding>>;
    /// Hit points a side has lost, and has had in all.
    fn toll(&self, side: &Key<Side>) -> Option<(i64, i64)>;
    /// A side's meter.
    fn meter(&self, side: &Key<Side>, meter: &Key<Meter>) -> Option<i32>;
    /// What of a stock lies on a side's sites, or has been landed by it on others.
    fn stored(&self, side: &Key<Side>, stock: &Key<Stock>) -> i64;
}

/// The truth.
pub struct Truth {
    /// Who holds what.
    pub control: Controls,
    /// Whose sites are.
    pub holdings: Holdings,
    /// Losses and meters.
    pub tallies: Tallies,
}

impl Account for Truth {
    fn owner(&self, sector: &Key<Sector>) -> Option<&Key<Side>> {
        self.control.get(sector)?.owner.as_ref()
    }
    fn site(&self, site: &Key<Site>) -> Option<Cow<'_, Holding>> {
        self.holdings.get(site).map(Cow::Borrowed)
    }
    fn toll(&self, side: &Key<Side>) -> Option<(i64, i64)> {
        self.tallies.get(side).map(|t| (t.lost, t.raised))
    }
    fn meter(&self, side: &Key<Side>, meter: &Key<Meter>) -> Option<i32> {
        self.tallies.get(side)?.meters.get(meter).copied()
    }
    fn stored(&self, side: &Key<Side>, stock: &Key<Stock>) -> i64 {
        self.holdings.values().map(|h| stored(h, side, stock)).sum()
    }
}

/// What of a stock lies on a site for a side: in its depot, or landed by it.
pub(super) fn stored(holding: &Holding, side: &Key<Side>, stock: &Key<Stock>) -> i64 {
    let own = (holding.owner == *side).then_some(&holding.stocks);
    let there = own.into_iter().chain(holding.ashore.get(side));
    there
        .filter_map(|stocks| stocks.get(stock))
        .map(|n| i64::from(*n))
        .sum()
}

impl Facts<'_> {
    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always => true,
            Condition::From(turn) => self.turn >= *turn,
            Condition::Until(turn) => self.turn <= *turn,
            Condition::Holds(side, sector) => self.account.owner(sector) == Some(side),
            Condition::Owns(side, site) => self
                .account
                .site(site)
                .is_some_and(|h| h.owner == *side && !h.razed),
            Condition::Present(side, sector, sp) => {
                let here = |u: &Unit| u.side() == side && u.place.in_sector() == Some(sector);
                let there = self.units.strength(self.rules, here);
                there >= i64::from(*sp) * HP_PER_SP && there > 0
            }
            Condition::Lost(side, permille) => self
                .account
                .toll(side)
                .is_some_and(|(lost, of)| lost * 1000 / of.max(1) >= i64::from(*permille)),
            Condition::Strength(side, sp) => self.strength(side) >= i64::from(*sp) * HP_PER_SP,
            Condition::Destroyed(force) => self.story.destroyed.contains(force),
            Condition::Meter(side, meter, value) => {
                self.account.meter(side, meter).is_some_and(|v| v >= *value)
            }
            Condition::SiteMeter(site, meter, value) => self
                .account
                .site(site)
                .and_then(|h| h.meters.get(meter).copied())
                .is_some_and(|v| v >= *value),
            Condition::Loyal(side, site) => self.account.site(site).is_some_and(|h| {
                let loyal = h.loyal.as_ref().unwrap_or(&h.owner);
                loyal == side && !h.razed
            }),
            Condition::Razed(site) => self.account.site(site).is_some_and(|h| h.razed),
            Condition::Flag(flag) => self.story.flags.contains(flag),
            Condition::All(all) => all.iter().all(|c| self.holds(c)),
            Condition::Any(any) => any.iter().any(|c| self.holds(c)),
            Condition::Not(not) => !self.holds(not),
        }
    }

    /// Hit points of a side on the map.
    pub fn strength(&self, side: &Key<Side>) -> i64 {
        let seen = self.units.strength_of(self.rules, side);
        seen + self.believed.get(side).copied().unwrap_or(0)
    }
}

/// Relations and allegiances as the story has them are made known to all that asks the field.
pub(super) fn realign(world: &mut World) {
    let story = world.resource::<Story>();
    let changes = Changes {
        relations: story.relations.clone(),
        allegiance: story.allegiance.clone(),
    };
    if *world.resource::<Field>().changes != changes {
        world.resource_mut::<Field>().change(changes);
    }
}

fn trigger(mut t: Theatre) {
    let field = t.field.clone();
    let mut stage = Stage::of(&t);
    let truth = Truth {
        control: stage.control.clone(),
        holdings: stage.holdings.clone(),
        tallies: stage.tallies.clone(),
    };
    let facts = Facts {
        turn: t.clock.turn,
        rules: &field.rules,
        units: &stage.units,
        account: &truth,
        story: &t.story,
        believed: BTreeMap::new(),
    };
    // All conditions are asked before any effect: events of one turn do not see one another.
    let due: Vec<_> = field
        .scenario
        .events
        .iter()
        .filter(|(key, e)| {
            (e.repeats || !t.story.fired.contains(key.as_str())) && facts.holds(&e.when)
        })
        .collect();
    if due.is_empty() {
        return;
    }
    for (key, event) in due {
        t.story.fired.insert(key.to_string());
        let told = if event.tells.is_empty() {
            field.everybody()
        } else {
            event.tells.iter().cloned().collect()
        };
        for effect in &event.effects {
            happen(&mut t, &mut stage, effect, &told);
        }
    }
    stage.apply(&mut t);
}

/// One effect of one event, or of a pact.
pub(super) fn happen(t: &mut Theatre, stage: &mut Stage, effect: &Effect, told: &Witnesses) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    match effect {
        Effect::Arrive(force) => {
            if let Some(when) = t.story.awaited.get_mut(force) {
                *when = Some(turn + 1);
            }
        }
        Effect::Say(text) => t.journal.tell(told, What::Said { text: text.clone() }),
        Effect::Set(flag) => {
            if t.story.flags.insert(flag.clone()) {
                t.journal.tell(told, What::FlagSet { flag: flag.clone() });
            }
        }
        Effect::Change(side, meter, add) => {
            stage.meter(t, side, &Subject::Side(side.clone()), meter, *add);
        }
        Effect::ChangeSite(site, meter, add) => {
            if let Some(owner) = stage.side_of(&Subject::Site(site.clone())) {
                stage.meter(t, &owner, &Subject::Site(site.clone()), meter, *add);
            }
        }
        Effect::ChangeForce(force, meter, add) => {
            if let Some(side) = stage.units.get(force).map(|unit| unit.side().clone()) {
                stage.meter(t, &side, &Subject::Force(force.clone()), meter, *add);
            }
        }
        Effect::Stock(site, stock, add) => {
            stage.stock(t, &Subject::Site(site.clone()), stock, *add);
        }
        Effect::Leave(force) => {
            if let Some(unit) = stage.units.remove(force) {
                let strength = unit.strength(&field.rules);
                if let Some(tally) = stage.tallies.get_mut(unit.side()) {
                    spawn::dismiss(tally, &unit, strength);
                }
                let side = unit.side().clone();
                let what = What::Left {
                    force: force.clone(),
                };
                t.tell_sides([&side], what);
            }
        }
        Effect::Relate(one, other, relation) => {
            let of = t.story.relations.entry(one.clone()).or_default();
            of.insert(other.clone(), relation.clone());
            let of = t.story.relations.entry(other.clone()).or_default();
            of.insert(one.clone(), relation.clone());
            let what = What::Related {
                one: one.clone(),
                other: other.clone(),
                hostile: relation.hostile,
                allied: relation.shares_supply || relation.shares_sensors,
            };
            let everybody = field.everybody();
            t.journal.tell(&everybody, what);
        }
        Effect::Join(faction, seat) => join(t, stage, faction, seat),
        Effect::End => t.clock.ending = true,
    }
}

/// A faction with all its forces obeys another seat; what it had is from now on the other side's to account for.
fn join(t: &mut Theatre, stage: &mut Stage, faction: &Key<Faction>, seat: &Key<Seat>) {
    let field = t.field.clone();
    let Some(side) = field.side_of(seat).cloned() else {
        return;
    };
    t.story.allegiance.insert(faction.clone(), seat.clone());
    for n in 0..stage.units.len() {
        if stage.units.nth(n).belongs.faction != *faction {
            continue;
        }
        let unit = stage.units.nth_mut(n);
        let strength = unit.strength(&field.rules);
        if *unit.side() != side {
            if let Some(tally) = stage.tallies.get_mut(unit.side()) {
                spawn::dismiss(tally, unit, strength);
            }
            if let Some(tally) = stage.tallies.get_mut(&side) {
                spawn::raise(tally, unit, strength);
            }
        }
        unit.belongs.seat = seat.clone();
        unit.belongs.side = side.clone();
        // Names of contacts were the other seat's.
        unit.standing.follow = None;
        unit.standing.deed = None;
    }
    let what = What::Joined {
        faction: faction.clone(),
        seat: seat.clone(),
    };
    let everybody = field.everybody();
    t.journal.tell(&everybody, what);
}
