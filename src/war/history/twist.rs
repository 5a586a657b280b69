//! A war turned around: the same orders with other strengths or stances, to see what of a result was an echo of these.

use std::sync::Arc;

use serde::Serialize;

use super::Source;
use crate::{
    content::{Battle, Catalog, Key, Rules, Scenario, Side},
    sim::order::{Action, Order},
};

/// How a war is turned around.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Twist {
    /// All but the winner are twice as strong.
    LosersTwice(Key<Side>),
    /// The winner is half as strong.
    WinnerHalf(Key<Side>),
    /// A side is twice as strong, where nobody won.
    OneTwice(Key<Side>),
    /// Every force takes the stance that its own gives way to in the other role.
    StancesSwapped,
}

impl Twist {
    /// In words.
    pub fn name(&self) -> &'static str {
        match self {
            Twist::LosersTwice(_) => "losers twice as strong",
            Twist::WinnerHalf(_) => "winner half as strong",
            Twist::OneTwice(_) => "one side twice as strong",
            Twist::StancesSwapped => "stances swapped",
        }
    }

    /// Those of a battle. Where the record has no winner each side in turn is twice as strong.
    pub(super) fn all(source: Source<'_>, battle: &Battle) -> Vec<Self> {
        let entry = source.chronicle.entry(battle.id.as_str());
        let outcome = entry.and_then(|entry| entry.outcome.as_ref());
        let winner = outcome.and_then(|outcome| outcome.winner.as_ref());
        let side = winner.and_then(|power| source.course.sides.get(power));
        let mut all = vec![Twist::StancesSwapped];
        match side {
            Some(side) => {
                all.push(Twist::LosersTwice(side.clone()));
                all.push(Twist::WinnerHalf(side.clone()));
            }
            None => all.extend(
                source
                    .course
                    .scenario
                    .sides
                    .keys()
                    .cloned()
                    .map(Twist::OneTwice),
            ),
        }
        all
    }

    /// The content with the scenario turned around.
    pub(super) fn content(&self, source: Source<'_>) -> Arc<Catalog> {
        let mut scenario = source.course.scenario.as_ref().clone();
        match self {
            Twist::LosersTwice(winner) => scale(&mut scenario, |side| side != winner, |n| n * 2),
            Twist::WinnerHalf(winner) => {
                scale(&mut scenario, |side| side == winner, |n| (n + 1) / 2);
            }
            Twist::OneTwice(one) => scale(&mut scenario, |side| side == one, |n| n * 2),
            Twist::StancesSwapped => {
                for force in scenario.forces.values_mut() {
                    if let Some(stance) = source.catalog.rules.stances.get(&force.stance) {
                        force.stance = stance.otherwise.clone();
                    }
                }
            }
        }
        let mut catalog = source.catalog.as_ref().clone();
        catalog
            .scenarios
            .insert(scenario.id.clone(), Arc::new(scenario));
        Arc::new(catalog)
    }

    /// An order of the course as this war gives it.
    pub(super) fn turn_around(&self, rules: &Rules, order: &mut Order) {
        if *self == Twist::StancesSwapped
            && let Action::Stance(stance) = &mut order.action
            && let Some(known) = rules.stances.get(stance)
        {
            *stance = known.otherwise.clone();
        }
    }
}

/// Ships and what they carry, of sides that are meant, and what such sides' sites hold.
fn scale(scenario: &mut Scenario, meant: impl Fn(&Key<Side>) -> bool, times: impl Fn(i32) -> i32) {
    let (factions, seats) = (&scenario.factions, &scenario.seats);
    let side = |force: &crate::content::Force| {
        let faction = factions.get(&force.faction)?;
        Some(&seats.get(&faction.seat)?.side)
    };
    for force in scenario.forces.values_mut() {
        if side(force).is_some_and(&meant) {
            force.ships.values_mut().for_each(|n| *n = times(*n));
            force.stocks.values_mut().for_each(|n| *n = times(*n));
        }
    }
    for site in scenario.map.sites.values_mut() {
        if meant(&site.owner) {
            site.stocks.values_mut().for_each(|n| *n = times(*n));
        }
    }
}
