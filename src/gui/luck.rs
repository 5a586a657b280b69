//! Forecast against result: what was expected of each fight and of each salvo with what the seat knew and had ordered,
//! where the outcome lies in it, and the sum of the difference. Whole numbers; strength in hit points.

use crate::{
    content::{Force, Key, Sector, Weapon},
    sim::{forecast::ordered, journal::What, order::Order, view::SeatView},
    war::{self, Outlook, chronicle::is_contact_name},
};

/// Fights fought for each forecast; as many as before the turn, so that the same bands come out.
const SAMPLES: u32 = 200;
/// Of more battles than this in one turn, the first ones are accounted for.
const MOST: usize = 24;

/// The account of a turn's luck.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Luck {
    /// Battles, in the order of the journal.
    pub fights: Vec<Fight>,
    /// Fire, by weapon and firer.
    pub fire: Vec<Fire>,
}

/// A battle held against its forecast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fight {
    /// Where.
    pub sector: Key<Sector>,
    /// What the own side lost, hit points.
    pub own: i64,
    /// What its enemies lost, hit points.
    pub hostile: i64,
    /// What was expected; none: nobody saw it coming.
    pub outlook: Option<Outlook>,
}

/// Salvos of one weapon, own or hostile, held against their chances.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fire {
    /// Which.
    pub weapon: Key<Weapon>,
    /// Whether the seat's side fired.
    pub own: bool,
    /// Salvos that came through, as far as their chance is known.
    pub salvos: i32,
    /// Hits expected of them, thousandths.
    pub expected: i64,
    /// Hits.
    pub hits: i32,
    /// Hit points that a hit costs in the mean.
    pub worth: i64,
}

impl Luck {
    /// The account of a turn: what was known and ordered before it, what is known after it.
    pub fn of(before: &SeatView, orders: &[Order], after: &SeatView) -> Self {
        let planned = ordered(before, orders);
        Self {
            fights: fights(&planned, after),
            fire: fire(before, after),
        }
    }

    /// Hit points by which the turn went better than expected; below zero: worse.
    pub fn sum(&self) -> i64 {
        let fights: i64 = self.fights.iter().filter_map(Fight::luck).sum();
        let fire: i64 = self.fire.iter().map(Fire::luck).sum();
        fights + fire
    }

    /// Whether there is anything to account for.
    pub fn is_empty(&self) -> bool {
        self.fights.is_empty() && self.fire.is_empty()
    }
}

impl Fight {
    /// Hit points by which it went better than the middle of the forecast.
    pub fn luck(&self) -> Option<i64> {
        let forecast = &self.outlook.as_ref()?.forecast;
        let (own, hostile) = (forecast.own.quantiles[2], forecast.hostile.quantiles[2]);
        Some((own - self.own) + (self.hostile - hostile))
    }
}

impl Fire {
    /// Hit points by which it went better for the seat than expected, rounded toward zero.
    pub fn luck(&self) -> i64 {
        let better = (i64::from(self.hits) * 1000 - self.expected) * self.worth / 1000;
        if self.own { better } else { -better }
    }
}

/// Shares of the samples, permille, at which a forecast's bands lie.
const KNOTS: [i64; 5] = [50, 250, 500, 750, 950];

/// The share of the samples that lost less than this, permille: the middle of it where many lost the same.
pub fn rank(quantiles: &[i64; 5], lost: i64) -> i64 {
    let at = |low: usize, high: usize| {
        let span = quantiles[high] - quantiles[low];
        KNOTS[low] + (KNOTS[high] - KNOTS[low]) * (lost - quantiles[low]) / span.max(1)
    };
    let left = match quantiles.iter().position(|q| *q >= lost) {
        None => KNOTS[4],
        Some(0) => 0,
        Some(i) => at(i - 1, i),
    };
    let right = match quantiles.iter().rposition(|q| *q <= lost) {
        None => KNOTS[0],
        Some(4) => 1000,
        Some(i) => at(i, i + 1),
    };
    i64::midpoint(left, right)
}

/// Where an outcome lies among what was expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Worse than so many of ten.
    Worse(i64),
    /// Better than so many of ten.
    Better(i64),
    /// In the middle.
    Usual,
}

/// Where a loss stands among those forecast, for the seat whose own it is or whose enemy's.
pub fn standing(quantiles: &[i64; 5], lost: i64, own: bool) -> Standing {
    if lost == quantiles[2] {
        return Standing::Usual;
    }
    let rank = rank(quantiles, lost);
    let worse = if own { rank } else { 1000 - rank };
    match worse {
        600.. => Standing::Worse((worse / 100).min(9)),
        ..=400 => Standing::Better(((1000 - worse) / 100).min(9)),
        _ => Standing::Usual,
    }
}

fn fights(planned: &SeatView, after: &SeatView) -> Vec<Fight> {
    let mut fights: Vec<Fight> = Vec::new();
    for entry in &after.report {
        let What::Battle {
            place,
            attacker,
            defender,
            ..
        } = &entry.what
        else {
            continue;
        };
        let (own, foe) = if attacker.side == after.side {
            (attacker, defender)
        } else if defender.side == after.side {
            (defender, attacker)
        } else {
            continue;
        };
        let sector = place.sector();
        // A party that fought several is named with its whole loss each time.
        if let Some(known) = fights.iter_mut().find(|f| f.sector == *sector) {
            known.own = known.own.max(own.lost);
            known.hostile += foe.lost;
            continue;
        }
        let foreseen = fights.len() < MOST;
        fights.push(Fight {
            sector: sector.clone(),
            own: own.lost,
            hostile: foe.lost,
            outlook: foreseen
                .then(|| war::expected(planned, &[], sector, SAMPLES, 0))
                .flatten(),
        });
    }
    fights
}

/// Whether the seat's side fired. Whoever was called away or has died on the turn is no longer among the forces, and was
/// among them before it.
fn is_own(before: &SeatView, after: &SeatView, firer: &Key<Force>) -> bool {
    let known = after
        .forces
        .get(firer)
        .or_else(|| before.forces.get(firer))
        .map(|force| force.side == after.side);
    // A part that was detached and lost on one turn was in neither; foreign forces go by names of the seat's own.
    known.unwrap_or(!is_contact_name(firer.as_str()))
}

fn fire(before: &SeatView, after: &SeatView) -> Vec<Fire> {
    let mut all: Vec<Fire> = Vec::new();
    for entry in &after.report {
        let What::Salvos {
            firer,
            weapon,
            chance,
            salvos,
            shot_down,
            hits,
            target: Some(_),
            ..
        } = &entry.what
        else {
            continue;
        };
        if *chance == 0 {
            continue;
        }
        let own = is_own(before, after, firer);
        let through = (salvos - shot_down).max(0);
        let expected = i64::from(through) * i64::from(*chance);
        if let Some(known) = all.iter_mut().find(|f| f.weapon == *weapon && f.own == own) {
            known.salvos += through;
            known.expected += expected;
            known.hits += hits;
            continue;
        }
        let damage = after.rules.weapons.get(weapon).map_or((0, 0), |w| w.damage);
        all.push(Fire {
            weapon: weapon.clone(),
            own,
            salvos: through,
            expected,
            hits: *hits,
            worth: (i64::from(damage.0) + i64::from(damage.1)) / 2,
        });
    }
    all.sort_by(|a, b| b.own.cmp(&a.own).then_with(|| a.weapon.cmp(&b.weapon)));
    all
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        content::Catalog,
        sim::{
            forecast::{Forecast, Spread},
            journal::{Cause, Entry, Witnesses},
            turn::Phase,
            view::Confidence,
        },
        war::{Assumes, Setup, War},
    };

    const BANDS: [i64; 5] = [10, 20, 30, 50, 100];

    #[test]
    fn an_outcome_has_its_place_in_the_bands() {
        assert_eq!(rank(&BANDS, 30), 500);
        assert_eq!(rank(&BANDS, 40), 625);
        assert_eq!(rank(&BANDS, 20), 250);
        assert_eq!((rank(&BANDS, 5), rank(&BANDS, 500)), (25, 975));
        assert_eq!(rank(&[0; 5], 0), 500, "as all others");
        assert_eq!(rank(&[0, 0, 0, 5, 9], 0), 250, "with the better half");
    }

    #[test]
    fn worse_for_us_is_better_for_them() {
        assert_eq!(standing(&BANDS, 500, true), Standing::Worse(9));
        assert_eq!(standing(&BANDS, 500, false), Standing::Better(9));
        assert_eq!(standing(&BANDS, 20, true), Standing::Better(7));
        assert_eq!(standing(&BANDS, 30, true), Standing::Usual);
        let alike = [34, 40, 40, 40, 40];
        assert_eq!(standing(&alike, 40, true), Standing::Usual, "as most");
    }

    #[test]
    fn whoever_fired_and_left_fired_for_his_side() {
        let catalog = Arc::new(Catalog::shipped());
        let (scenario, _) = catalog.first().expect("one is shipped");
        let setup = Setup::new(scenario.as_str(), 1);
        let war = War::begin(catalog.clone(), setup).expect("it begins");
        let seat = war.scenario().seats.keys().next().expect("a seat").clone();
        let before = war.view(&seat).expect("the seat");
        let own = before.forces.values().next().expect("a force").clone();
        let firer = before.forces.keys().next().expect("a force").clone();
        let weapon = before
            .rules
            .weapons
            .keys()
            .next()
            .expect("a weapon")
            .clone();
        let mut after = (*before).clone();
        after.forces.remove(&firer);
        let salvos = |firer: &str| Entry {
            phase: Phase::Fire,
            what: What::Salvos {
                firer: Key::new(firer),
                weapon: weapon.clone(),
                from: own.place.sector().clone(),
                at: own.place.sector().clone(),
                target: Some(Key::new("k1")),
                site: None,
                cause: Cause::Pursuit,
                chance: 400,
                sum: String::new(),
                salvos: 3,
                shot_down: 0,
                hits: 2,
                strays: 0,
                hp: 0,
            },
            witnesses: Witnesses::default(),
        };
        after.report = vec![salvos(firer.as_str()), salvos("k7")];
        let told = fire(&before, &after);
        let whose: Vec<(bool, i32)> = told.iter().map(|f| (f.own, f.hits)).collect();
        assert_eq!(whose, [(true, 2), (false, 2)]);
        assert!(told[0].luck() >= 0 && told[1].luck() <= 0);
    }

    #[test]
    fn luck_is_what_went_better_than_the_middle() {
        let spread = |quantiles| Spread {
            strength: 1000,
            quantiles,
            ..Spread::default()
        };
        let fight = Fight {
            sector: Key::new("gate"),
            own: 90,
            hostile: 40,
            outlook: Some(Outlook {
                with: Vec::new(),
                against: Vec::new(),
                joined: None,
                assumes: Assumes::Known,
                forecast: Forecast {
                    samples: 200,
                    own: spread(BANDS),
                    hostile: spread(BANDS),
                    holds: 500,
                    breaks: 0,
                    confidence: Confidence::Fix,
                    age: 0,
                },
            }),
        };
        assert_eq!(fight.luck(), Some(-50));
        let fire = |own| Fire {
            weapon: Key::new("guns"),
            own,
            salvos: 4,
            expected: 2000,
            hits: 3,
            worth: 40,
        };
        assert_eq!((fire(true).luck(), fire(false).luck()), (40, -40));
        let luck = Luck {
            fights: vec![fight],
            fire: vec![fire(true)],
        };
        assert_eq!(luck.sum(), -10);
    }
}
