//! How a fight would go: the rule that fights battles, fed with what a seat believes and dice of its own.

pub(super) mod foe;

use serde::{Deserialize, Serialize};

use self::foe::Expectation;
use super::{
    around::Around,
    battle::{
        fight::{Fight, Party, power, resolve},
        retreat,
    },
    dice::{Dice, Domain},
    journal::GroundResult,
    order::{Action, Cue, Order, Pace},
    roster::Unit,
    state::{Bearing, Belongs, Command, Crew, Magazine, Ships, Standing},
    stats::Temper,
    view::{Confidence, Contact, Leg, OwnForce, SeatView},
};
use crate::content::{Force, Key, Sector, Side, Stance};

/// Losses of one side over all samples, hit points, and shares of what it brings, permille.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Spread {
    /// Brings into the fight, as far as known: the middle of what the samples assumed.
    pub strength: i64,
    /// A twentieth of the samples lost this or less ... 5, 25, 50, 75, 95 percent.
    pub quantiles: [i64; 5],
    /// How many samples lost how much.
    #[serde(default)]
    pub bins: Bins,
    /// Share of samples in which it is driven off the field, permille.
    #[serde(default)]
    pub driven: i32,
    /// What it loses then beyond what it lost in the fight, hit points on the mean of those samples: overtaken as it runs,
    /// and cripples left behind.
    #[serde(default)]
    pub after: i64,
}

/// Samples sorted by loss into bins of one width, hit points: the first begins at `from`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Bins {
    /// Where the first begins: the least loss of all samples.
    pub from: i64,
    /// How wide each is, at least 1.
    pub width: i64,
    /// How many samples fell into each.
    pub counts: [u32; Self::COUNT],
}

impl Bins {
    /// How many bins there are.
    pub const COUNT: usize = 24;

    /// Sorts samples into bins.
    pub fn of(samples: &[i64]) -> Self {
        let from = samples.iter().copied().min().unwrap_or(0);
        let most = samples.iter().copied().max().unwrap_or(0);
        let width = (most - from) / Self::COUNT as i64 + 1;
        let mut counts = [0; Self::COUNT];
        for sample in samples {
            let bin = usize::try_from((sample - from) / width).unwrap_or(0);
            if let Some(count) = counts.get_mut(bin) {
                *count += 1;
            }
        }
        Self {
            from,
            width,
            counts,
        }
    }
}

/// The forecast of one fight.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Forecast {
    /// How many fights were fought.
    pub samples: u32,
    /// Own side's losses.
    pub own: Spread,
    /// Hostile losses.
    pub hostile: Spread,
    /// Share of samples in which the own side has the place afterwards, permille.
    pub holds: i32,
    /// Share of samples in which the defender is broken or breaks off, permille.
    pub breaks: i32,
    /// How well the hostile forces are known at worst.
    pub confidence: Confidence,
    /// Turns since they were seen, at most.
    pub age: u32,
}

/// What the seat assumes of a fight in a sector: own forces that stay there or are on their way to it, against the
/// contacts placed there or known to be bound for it. None if one of the two is missing.
pub fn forecast(
    view: &SeatView,
    sector: &Key<Sector>,
    samples: u32,
    stream: u64,
) -> Option<Forecast> {
    let own = coming(view, sector);
    let units: Vec<Unit> = own
        .forces
        .iter()
        .map(|(k, f)| own_unit(view, k, f))
        .collect();
    let foes: Vec<&Contact> = view
        .contacts
        .values()
        .filter(|c| view.hostile.contains(&c.side) && meets(c, sector))
        .collect();
    against(view, sector, units, own.entering, &foes, 0, samples, stream)
}

/// Whether a contact is in a sector, or its orders are read and take it there next.
pub fn meets(contact: &Contact, sector: &Key<Sector>) -> bool {
    let bound = contact.bound.first().is_some_and(|leg| leg.to == *sector);
    bound || contact.place.sector() == sector
}

/// Own forces that a fight in a sector would find.
#[derive(Clone, PartialEq, Debug)]
pub struct Coming<'a> {
    /// Who they are.
    pub forces: Vec<(&'a Key<Force>, &'a OwnForce)>,
    /// Whether any of them is still to come.
    pub entering: bool,
    /// Whether all of them are under orders to leave: they fight only if they are caught.
    pub leaving: bool,
}

/// Own forces that stay in a sector or are on their way to it; if there are none, those that are about to leave it.
pub fn coming<'a>(view: &'a SeatView, sector: &Key<Sector>) -> Coming<'a> {
    let is_here = |f: &OwnForce| f.place.sector() == sector;
    let marches = |f: &OwnForce| {
        let posture = f.posture.as_ref().and_then(|p| view.rules.postures.get(p));
        f.speed > 0 && posture.is_none_or(|p| p.moves)
    };
    let next = |f: &OwnForce| {
        let leg = f.queue.first().filter(|leg| leg.cue == Cue::None)?;
        marches(f).then(|| leg.to.clone())
    };
    let (mut stay, mut leave) = (Vec::new(), Vec::new());
    let mut entering = false;
    for (key, force) in &view.forces {
        match (is_here(force), next(force)) {
            (true, Some(to)) if to != *sector => leave.push((key, force)),
            (true, _) => stay.push((key, force)),
            (false, Some(to)) if to == *sector => {
                entering = true;
                stay.push((key, force));
            }
            _ => {}
        }
    }
    let leaving = stay.is_empty() && !leave.is_empty();
    Coming {
        forces: if leaving { leave } else { stay },
        entering,
        leaving,
    }
}

/// A forecast of these forces against these contacts in a sector. `fire_loss`: hit points the contacts are expected
/// to lose to fire before they come, which is what lets a delay hold.
pub fn against(
    view: &SeatView,
    sector: &Key<Sector>,
    own: Vec<Unit>,
    entering: bool,
    foes: &[&Contact],
    fire_loss: i64,
    samples: u32,
    stream: u64,
) -> Option<Forecast> {
    if own.is_empty() || foes.is_empty() || samples == 0 {
        return None;
    }
    let rules = &view.rules;
    let terrain = view.map.sectors.get(sector).map(|s| s.terrain.clone());
    let temper = Temper {
        meters: view.meters.clone(),
        ..Temper::default()
    };
    let around = around(view, sector, &own);
    let foe_side = foes.first().map(|c| c.side.clone())?;
    let expectation = Expectation::of(view, sector, &own, entering, foes);
    let mut lost_own = Vec::new();
    let mut lost_foe = Vec::new();
    let mut brought = Vec::new();
    let (mut holds, mut breaks) = (0, 0);
    // How often each is driven off, and what that costs it in all.
    let mut driven = [(0, 0), (0, 0)];
    let tempers = [Some(&temper), None];
    let before: i64 = own.iter().map(|u| u.strength(rules)).sum();
    for n in 0..samples {
        let mut dice = Dice::new(
            Domain::Thought,
            stream,
            view.turn,
            "forecast",
            &format!("{sector}/{n}"),
        );
        let world = expectation.roll(&mut dice);
        let enemies: Vec<Unit> = foes
            .iter()
            .enumerate()
            .map(|(i, c)| expectation.unit(c, i, &world, &mut dice))
            .collect();
        let against: i64 = enemies.iter().map(|u| u.strength(rules)).sum();
        let fight = Fight {
            terrain: terrain.clone(),
            parties: vec![
                Party {
                    side: view.side.clone(),
                    units: own.clone(),
                    entered: entering,
                    fire_loss: 0,
                    temper: temper.clone(),
                    around: around.clone(),
                },
                Party {
                    side: foe_side.clone(),
                    units: enemies,
                    entered: expectation.enters(&world),
                    fire_loss,
                    temper: Temper::default(),
                    around: Around {
                        turn: view.turn,
                        ..Around::default()
                    },
                },
            ],
            hostile: vec![(0, 1)],
        };
        let outcome = resolve(rules, fight, &mut dice);
        lost_own.push(before - power(rules, &outcome.parties[0]));
        lost_foe.push(against - power(rules, &outcome.parties[1]));
        brought.push(against);
        if let Some(pair) = outcome.pairs.first() {
            let attacker_wins = pair.yields > 0;
            holds += u32::from((pair.attacker == 0) == attacker_wins);
            let broken = matches!(pair.ground, GroundResult::Broken | GroundResult::BrokenOff);
            breaks += u32::from(broken);
            if attacker_wins {
                let of = |party: usize| outcome.parties[party].units.as_slice();
                let toll = retreat::toll(
                    rules,
                    of(pair.attacker),
                    of(pair.defender),
                    broken,
                    terrain.as_ref(),
                    (tempers[pair.attacker], tempers[pair.defender]),
                );
                let (times, sum) = &mut driven[pair.defender];
                (*times, *sum) = (*times + 1, *sum + toll);
            }
        }
    }
    let permille = |n: u32| i32::try_from(u64::from(n) * 1000 / u64::from(samples)).unwrap_or(0);
    brought.sort_unstable();
    Some(Forecast {
        samples,
        own: Spread {
            strength: before,
            bins: Bins::of(&lost_own),
            quantiles: quantiles(lost_own),
            driven: permille(driven[0].0),
            after: driven[0].1 / i64::from(driven[0].0.max(1)),
        },
        hostile: Spread {
            strength: brought[brought.len() / 2],
            bins: Bins::of(&lost_foe),
            quantiles: quantiles(lost_foe),
            driven: permille(driven[1].0),
            after: driven[1].1 / i64::from(driven[1].0.max(1)),
        },
        holds: permille(holds),
        breaks: permille(breaks),
        confidence: foes
            .iter()
            .map(|c| c.confidence)
            .max()
            .unwrap_or(Confidence::Rumour),
        age: foes.iter().map(|c| c.age).max().unwrap_or(0),
    })
}

/// What will bear on one's own forces in the fight: what bears on those already there, and from where the others come.
fn around(view: &SeatView, sector: &Key<Sector>, own: &[Unit]) -> Around {
    let there = own.iter().find(|u| u.place.in_sector() == Some(sector));
    let there = there.and_then(|u| view.forces.get(&u.id));
    let from: std::collections::BTreeSet<&Key<Sector>> = own
        .iter()
        .map(|u| u.place.sector())
        .filter(|s| *s != sector)
        .collect();
    let known = there.map(|f| f.around.clone()).unwrap_or_default();
    Around {
        turn: view.turn,
        prongs: i32::try_from(from.len()).unwrap_or(i32::MAX),
        ..known
    }
}

/// 5, 25, 50, 75 and 95 percent of sorted samples, by nearest rank.
fn quantiles(mut samples: Vec<i64>) -> [i64; 5] {
    samples.sort_unstable();
    [5, 25, 50, 75, 95].map(|percent| {
        let rank = (samples.len() * percent)
            .div_ceil(100)
            .clamp(1, samples.len());
        samples[rank - 1]
    })
}

/// The view as phase 2 will make it by these orders, as far as a fight of this turn is concerned: stances and what
/// changing them costs the crews, postures, loss limits, marches.
pub fn ordered(view: &SeatView, orders: &[Order]) -> SeatView {
    let mut view = view.clone();
    let rules = view.rules.clone();
    let leg = |to: &Key<Sector>, pace: Pace| Leg {
        to: to.clone(),
        pace,
        cue: Cue::None,
    };
    for force in view.forces.values_mut() {
        if let Some(stance) = force.forming.take() {
            force.stance = stance;
            force.held = 0;
        }
    }
    for order in orders {
        let Some(force) = view.forces.get_mut(&order.force) else {
            continue;
        };
        match &order.action {
            Action::Go { stops, pace } => {
                force.queue = stops.iter().map(|to| leg(to, *pace)).collect();
            }
            Action::Halt => force.queue.clear(),
            Action::Stance(stance) if *stance == force.stance => force.forming = None,
            Action::Stance(stance) => {
                let (Some(old), Some(new)) =
                    (rules.stances.get(&force.stance), rules.stances.get(stance))
                else {
                    continue;
                };
                if old.family != new.family {
                    force.readiness = (force.readiness - rules.constants.stance_change).max(0);
                }
                if new.prepares {
                    force.forming = Some(stance.clone());
                } else {
                    force.forming = None;
                    force.stance = stance.clone();
                    force.held = 0;
                }
            }
            Action::Posture(posture) => force.posture = posture.clone(),
            Action::LossLimit(limit) => force.loss_limit = *limit,
            _ => {}
        }
    }
    for force in view.forces.values_mut() {
        let Some(next) = force.queue.first().filter(|leg| leg.cue == Cue::None) else {
            continue;
        };
        if next.to != *force.place.sector() {
            force.held = 0;
            if next.pace == Pace::Forced {
                force.readiness = (force.readiness - rules.constants.forced_march.1).max(0);
            }
        }
    }
    view
}

/// One's own force as the fight takes it.
pub fn own_unit(view: &SeatView, key: &Key<crate::content::Force>, force: &OwnForce) -> Unit {
    Unit {
        id: key.clone(),
        belongs: Belongs {
            name: force.name.clone(),
            faction: force.faction.clone(),
            seat: view.seat.clone(),
            side: view.side.clone(),
            children: 0,
            full: force.full_strength,
        }
        .into(),
        place: force.place.clone(),
        ships: Ships(force.ships.clone()).into(),
        magazine: Magazine(force.stocks.clone()).into(),
        crew: Crew {
            readiness: force.readiness,
            supply: force.supply,
            meters: force.meters.clone(),
        },
        bearing: bearing(
            force.stance.clone(),
            force.posture.clone(),
            force.held,
            force.fixed,
        ),
        standing: Standing {
            loss_limit: force.loss_limit,
            ..Standing::default()
        }
        .into(),
        command: Command {
            // What a view shows of a force's nature is its commander's as well, less what was learned.
            commander: None,
            traits: force.traits.clone(),
        }
        .into(),
        line: Default::default(),
    }
}

pub(super) fn bearing(
    stance: Key<Stance>,
    posture: Option<Key<crate::content::Posture>>,
    held: i32,
    fixed: bool,
) -> Bearing {
    Bearing {
        stance,
        forming: None,
        posture,
        held,
        fixed,
        lured: false,
        leashed: false,
        fought: false,
        came_from: None,
    }
}

/// The side a forecast speaks of, for texts.
pub fn side_name<'a>(view: &'a SeatView, side: &Key<Side>) -> &'a str {
    view.sides.get(side).map_or("?", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_falls_into_a_bin() {
        for samples in [
            vec![0],
            vec![5, 5, 5],
            vec![-3, 0, 7, 1_000],
            (0..977).collect(),
        ] {
            let bins = Bins::of(&samples);
            let sum: u32 = bins.counts.iter().sum();
            assert_eq!(sum as usize, samples.len(), "{bins:?}");
            assert!(bins.counts[0] > 0 && bins.width > 0, "{bins:?}");
        }
    }
}
