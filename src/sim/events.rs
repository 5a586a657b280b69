//! Phase 9: the scenario's triggers. Conditions are asked of the truth; effects may bring forces, speak, set flags,
//! change meters or end the war. None can set an owner, a loss or a winner.

use std::collections::BTreeMap;

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    journal::What,
    roster::{Unit, Units},
    state::{Control, Holding, Story, Tally},
    theatre::Theatre,
    turn::{Phase, Turn},
};
use crate::content::{Condition, Effect, HP_PER_SP, Key, Rules, Sector, Side, Site};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (trigger,).chain().in_set(Phase::Events));
}

/// What conditions are asked of: the truth, or what a seat knows put in the same form.
pub struct Facts<'a> {
    /// The turn that ends.
    pub turn: u32,
    /// What counts.
    pub rules: &'a Rules,
    /// Forces.
    pub units: &'a Units,
    /// Who holds what.
    pub control: &'a BTreeMap<Key<Sector>, Control>,
    /// Whose sites are.
    pub holdings: &'a BTreeMap<Key<Site>, Holding>,
    /// Losses and meters.
    pub tallies: &'a BTreeMap<Key<Side>, Tally>,
    /// Flags and the fallen.
    pub story: &'a Story,
    /// Hit points a side is believed to have beside `units` (a seat's guess at what it knows only as contacts).
    pub believed: BTreeMap<Key<Side>, i64>,
}

impl Facts<'_> {
    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always => true,
            Condition::From(turn) => self.turn >= *turn,
            Condition::Until(turn) => self.turn <= *turn,
            Condition::Holds(side, sector) => {
                self.control.get(sector).and_then(|c| c.owner.as_ref()) == Some(side)
            }
            Condition::Owns(side, site) => {
                self.holdings.get(site).is_some_and(|h| h.owner == *side)
            }
            Condition::Present(side, sector, sp) => {
                let here = |u: &Unit| u.side() == side && u.place.in_sector() == Some(sector);
                let there = self.units.strength(self.rules, here);
                there >= i64::from(*sp) * HP_PER_SP && there > 0
            }
            Condition::Lost(side, permille) => self
                .tallies
                .get(side)
                .is_some_and(|t| t.lost * 1000 / t.raised.max(1) >= i64::from(*permille)),
            Condition::Strength(side, sp) => self.strength(side) >= i64::from(*sp) * HP_PER_SP,
            Condition::Destroyed(force) => self.story.destroyed.contains(force),
            Condition::Meter(side, meter, value) => self
                .tallies
                .get(side)
                .and_then(|t| t.meters.get(meter))
                .is_some_and(|v| v >= value),
            Condition::Flag(flag) => self.story.flags.contains(flag),
            Condition::All(all) => all.iter().all(|c| self.holds(c)),
            Condition::Any(any) => any.iter().any(|c| self.holds(c)),
            Condition::Not(not) => !self.holds(not),
        }
    }

    /// Hit points of a side on the map.
    pub fn strength(&self, side: &Key<Side>) -> i64 {
        let seen = self.units.strength(self.rules, |u| u.side() == side);
        seen + self.believed.get(side).copied().unwrap_or(0)
    }
}

fn trigger(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let (control, holdings) = (t.control(), t.holdings());
    let mut tallies = t.tallies();
    let facts = Facts {
        turn: t.clock.turn,
        rules: &field.rules,
        units: &units,
        control: &control,
        holdings: &holdings,
        tallies: &tallies,
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
    let turn = t.clock.turn;
    for (key, event) in due {
        t.story.fired.insert(key.to_string());
        let told = if event.tells.is_empty() {
            field.everybody()
        } else {
            event.tells.iter().cloned().collect()
        };
        for effect in &event.effects {
            match effect {
                Effect::Arrive(force) => {
                    if let Some(when) = t.story.awaited.get_mut(force) {
                        *when = Some(turn + 1);
                    }
                }
                Effect::Say(text) => t.journal.tell(&told, What::Said { text: text.clone() }),
                Effect::Set(flag) => {
                    if t.story.flags.insert(flag.clone()) {
                        t.journal.tell(&told, What::FlagSet { flag: flag.clone() });
                    }
                }
                Effect::Change(side, meter, add) => {
                    let Some(range) = field.rules.meters.get(meter).map(|m| m.range) else {
                        continue;
                    };
                    if let Some(value) = tallies.get_mut(side).and_then(|t| t.meters.get_mut(meter))
                    {
                        *value = value.saturating_add(*add).clamp(range.0, range.1);
                    }
                }
                Effect::End => t.clock.ending = true,
            }
        }
    }
    t.put_tallies(tallies);
}
