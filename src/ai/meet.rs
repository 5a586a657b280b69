//! Which stance to take: fights each possible meeting out on what is believed, and prices the outcome as the verdict does.

use std::collections::BTreeSet;

use super::{brief::Brief, guns::turns};
use crate::{
    content::{Family, Force, HP_PER_SP, Key, Sector, Stance, Stat},
    sim::{
        forecast::{Forecast, against, own_unit},
        view::{Contact, OwnForce},
    },
};

/// A stance with what it is expected to bring.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Which.
    pub stance: Key<Stance>,
    /// Tenths of a point.
    pub worth: i64,
    /// What it was judged by.
    pub forecast: Forecast,
}

/// Turns that the last of these forces needs to a sector in a stance, beyond the first.
fn late(
    brief: &Brief,
    stance: &Stance,
    forces: &[(&Key<Force>, &OwnForce)],
    to: &Key<Sector>,
) -> i64 {
    let slower: i64 = stance
        .modifiers
        .iter()
        .filter(|m| m.stat == Stat::Speed)
        .map(|m| i64::from(m.permille))
        .sum();
    let away = brief.graph.distances([to], |_, e| Some(e.length));
    forces
        .iter()
        .map(|(_, f)| {
            let way = away.get(f.place.sector()).copied().unwrap_or(0);
            let speed = i64::from(f.speed) * (1000 + slower).clamp(0, 1000) / 1000;
            (i64::from(way) - 1).max(0) / speed.max(1)
        })
        .max()
        .unwrap_or(0)
}

impl Choice {
    /// `, press rather than probe (17 v 4): expects 1 SP lost for 2`.
    pub fn reason(&self, second: Option<&Choice>) -> String {
        let other = second.map_or_else(String::new, |s| {
            format!(
                ", {} rather than {} ({} v {})",
                self.stance,
                s.stance,
                self.worth / 10,
                s.worth / 10
            )
        });
        format!(
            "up to {} old{other}; expects {} SP lost for {}, the ground in {} of 1000",
            turns(self.forecast.age),
            self.forecast.own.quantiles[2] / HP_PER_SP,
            self.forecast.hostile.quantiles[2] / HP_PER_SP,
            self.forecast.holds
        )
    }
}

/// The stances of a family that these forces could take, best first, against these contacts in a sector.
/// `leashed` will not run after a feint. `day` is what holding (or taking) the ground is worth; `lure` the chance that a feint draws the enemy, permille; `fire_loss` what the
/// contacts are expected to lose to fire before they come, hit points.
pub fn choose(
    brief: &Brief,
    family: Family,
    sector: &Key<Sector>,
    forces: &[(&Key<Force>, &OwnForce)],
    leashed: &BTreeSet<Key<Force>>,
    foes: &[&Contact],
    day: i64,
    lure: i64,
    fire_loss: i64,
    stream: u64,
) -> Vec<Choice> {
    let rules = &brief.view.rules;
    let readiness = forces.iter().map(|(_, f)| f.readiness).min().unwrap_or(0);
    let mut choices: Vec<Choice> = rules
        .stances
        .iter()
        .filter(|(_, s)| s.family == family && readiness >= s.needs_readiness)
        .filter_map(|(stance, definition)| {
            let units = forces
                .iter()
                .map(|(k, f)| {
                    let mut unit = own_unit(brief.view, k, f);
                    unit.bearing.stance = stance.clone();
                    unit.bearing.leashed = leashed.contains(*k);
                    unit
                })
                .collect();
            let entering = family == Family::Attack;
            let forecast = against(
                brief.view,
                sector,
                units,
                entering,
                foes,
                fire_loss,
                brief.manner.samples,
                stream,
            )?;
            let price = |hp: i64, sp: i64| hp * sp / HP_PER_SP;
            let dear = |hp: i64| price(hp, brief.prices.own) * 1000 / brief.manner.boldness.max(1);
            // Who comes a day late has lost the day, whoever has the ground then.
            let late = if entering {
                late(brief, definition, forces, sector)
            } else {
                0
            };
            let mut worth = day * (i64::from(forecast.holds) - 1000 * late) / 1000
                + price(forecast.hostile.quantiles[2], brief.prices.foe)
                - dear(forecast.own.quantiles[2]);
            // Whoever is seen to come carefully will not be lured.
            let lurable = foes.iter().filter(|f| {
                f.stance.as_ref().is_none_or(|foe| {
                    rules
                        .meetings
                        .get(&(foe.clone(), stance.clone()))
                        .is_none_or(|m| m.lures)
                })
            });
            if definition.lures && lurable.count() * 2 > foes.len() {
                worth += day * lure / 1000;
            }
            if definition.fixed {
                // Guns in reach find whoever stood: a bombardment's worth of the enemy's strength.
                worth -= dear(forecast.hostile.strength / 20);
            }
            if family == Family::Attack && definition.prepares {
                worth -= day / 4;
            }
            Some(Choice {
                stance: stance.clone(),
                worth,
                forecast,
            })
        })
        .collect();
    choices.sort_by(|a, b| b.worth.cmp(&a.worth).then_with(|| a.stance.cmp(&b.stance)));
    choices
}
