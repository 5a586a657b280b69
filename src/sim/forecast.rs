//! How a fight would go: the rule that fights battles, fed with what a seat believes and dice of its own.

use serde::{Deserialize, Serialize};

use super::{
    battle::fight::{Fight, Party, power, resolve},
    dice::{Dice, Domain},
    journal::GroundResult,
    roster::Unit,
    state::{Bearing, Belongs, Command, Crew, Line, Magazine, Place, Ships, Standing, strength},
    stats::Temper,
    view::{Confidence, Contact, OwnForce, SeatView, Squadron},
};
use crate::content::{Class, Family, Key, Role, Rules, Sector, Side, Stance};

/// Losses of one side over all samples, hit points, and shares of what it brings, permille.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Spread {
    /// Brings into the fight, as far as known: the middle of what the samples assumed.
    pub strength: i64,
    /// A twentieth of the samples lost this or less ... 5, 25, 50, 75, 95 percent.
    pub quantiles: [i64; 5],
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

/// What the seat assumes of a fight in a sector: own forces that stand there or are on their way to it, against the
/// contacts placed there. None if one of the two is missing.
pub fn forecast(
    view: &SeatView,
    sector: &Key<Sector>,
    samples: u32,
    stream: u64,
) -> Option<Forecast> {
    let own: Vec<(&Key<_>, &OwnForce, bool)> = view
        .forces
        .iter()
        .filter_map(|(k, f)| {
            let here = f.place.sector() == sector;
            let coming = f.queue.first().is_some_and(|leg| leg.to == *sector);
            (here || coming).then_some((k, f, !here))
        })
        .collect();
    let entering = own.iter().any(|(_, _, coming)| *coming);
    let units: Vec<Unit> = own.iter().map(|(k, f, _)| own_unit(view, k, f)).collect();
    let foes: Vec<&Contact> = view
        .contacts
        .values()
        .filter(|c| view.hostile.contains(&c.side) && c.place.sector() == sector)
        .collect();
    against(view, sector, units, entering, &foes, 0, samples, stream)
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
    let foe_side = foes.first().map(|c| c.side.clone())?;
    let mut lost_own = Vec::new();
    let mut lost_foe = Vec::new();
    let mut brought = Vec::new();
    let (mut holds, mut breaks) = (0, 0);
    let before: i64 = own.iter().map(|u| u.strength(rules)).sum();
    for n in 0..samples {
        let mut dice = Dice::new(
            Domain::Thought,
            stream,
            view.turn,
            "forecast",
            &format!("{sector}/{n}"),
        );
        let mood = Mood::roll(&mut dice);
        let enemies: Vec<Unit> = foes
            .iter()
            .enumerate()
            .map(|(i, c)| guess(view, c, i, entering, &mood, &mut dice))
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
                },
                Party {
                    side: foe_side.clone(),
                    units: enemies,
                    entered: !entering,
                    fire_loss,
                    temper: Temper::default(),
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
            breaks += u32::from(matches!(
                pair.ground,
                GroundResult::Broken | GroundResult::BrokenOff
            ));
        }
    }
    let permille = |n: u32| i32::try_from(u64::from(n) * 1000 / u64::from(samples)).unwrap_or(0);
    brought.sort_unstable();
    Some(Forecast {
        samples,
        own: Spread {
            strength: before,
            quantiles: quantiles(lost_own),
        },
        hostile: Spread {
            strength: brought[brought.len() / 2],
            quantiles: quantiles(lost_foe),
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
        },
        place: force.place.clone(),
        ships: Ships(force.ships.clone()),
        magazine: Magazine(force.stocks.clone()),
        crew: Crew {
            readiness: force.readiness,
            supply: force.supply,
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
        },
        command: Command {
            commander: force.commander.clone(),
            traits: force.traits.clone(),
        },
        line: Line::default(),
    }
}

fn bearing(
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

/// What the samples assume of all hostile forces of a fight together: they move as one, so their stances and their
/// crews do not average out.
struct Mood {
    /// They meet as they were last seen to, if this is below the chance for it, permille.
    keeps: u64,
    /// Otherwise, which of the likely stances.
    turn: usize,
    /// Their crews' readiness.
    readiness: i32,
    /// How much more is there than was seen, permille of what was: ships behind the ships, crews at their best.
    more: i64,
}

impl Mood {
    fn roll(dice: &mut Dice) -> Self {
        Self {
            keeps: dice.below(1000),
            turn: dice.below(2520) as usize,
            readiness: i32::try_from(dice.between(620, 1000)).unwrap_or(800),
            more: if dice.chance(250) {
                dice.between(1100, 1900)
            } else {
                1000
            },
        }
    }
}

/// How likely a stance is kept for another day, permille: one time in two, but what took a day to form is not given up
/// lightly.
fn kept(rules: &Rules, stance: &Key<Stance>) -> u64 {
    if rules.stances.get(stance).is_some_and(|s| s.prepares) {
        850
    } else {
        500
    }
}

/// One world in which a contact may be: strength within the estimate, stance as last seen or a likely one, crews
/// neither fresh nor spent.
fn guess(
    view: &SeatView,
    contact: &Contact,
    n: usize,
    entering: bool,
    mood: &Mood,
    dice: &mut Dice,
) -> Unit {
    let rules = &view.rules;
    let hp = dice.between(contact.strength.0, contact.strength.2) * mood.more / 1000;
    let family = if entering {
        Family::Defend
    } else {
        Family::Attack
    };
    let known = contact
        .stance
        .as_ref()
        .filter(|s| rules.stances.get(*s).is_some_and(|s| s.family == family));
    let stance = match known {
        Some(stance) if mood.keeps < kept(rules, stance) => stance.clone(),
        _ => {
            let likely: Vec<&Key<Stance>> = rules
                .stances
                .iter()
                .filter(|(_, s)| s.family == family && !s.prepares)
                // Few stand: it is dear.
                .flat_map(|(k, s)| std::iter::repeat_n(k, if s.fixed { 1 } else { 5 }))
                .collect();
            likely
                .get(mood.turn % likely.len().max(1))
                .map_or_else(|| Key::new(""), |k| (*k).clone())
        }
    };
    let ships = fleet_of(rules, hp);
    Unit {
        id: Key::new(format!("contact-{n}")),
        belongs: Belongs {
            name: String::new(),
            faction: Key::new(""),
            seat: Key::new(""),
            side: contact.side.clone(),
            children: 0,
            full: strength(rules, &ships),
        },
        place: Place::Sector(contact.place.sector().clone()),
        ships: Ships(ships),
        magazine: Magazine::default(),
        crew: Crew {
            readiness: (mood.readiness + i32::try_from(dice.between(-80, 80)).unwrap_or(0))
                .clamp(0, 1000),
            supply: rules.constants.supply_days * 10,
        },
        bearing: bearing(stance, None, 0, contact.fixed),
        standing: Standing {
            loss_limit: rules.constants.loss_limit,
            ..Standing::default()
        },
        command: Command::default(),
        line: Line::default(),
    }
}

/// A likely fleet of so many hit points: two parts capitals, three parts screens, of the most common hulls.
fn fleet_of(rules: &Rules, hp: i64) -> Vec<Squadron> {
    let class = |role: Role| -> Option<(&Key<Class>, i64)> {
        rules
            .classes
            .iter()
            .find(|(_, c)| c.role == role)
            .map(|(k, c)| (k, i64::from(c.hull.max(1))))
    };
    let parts = [
        (class(Role::Capital), hp * 2 / 5),
        (class(Role::Screen), hp - hp * 2 / 5),
    ];
    let mut ships: Vec<Squadron> = parts
        .into_iter()
        .filter_map(|(class, part)| class.map(|(k, hull)| (k, part.max(0) / hull)))
        .filter(|(_, n)| *n > 0)
        .map(|(k, n)| Squadron {
            class: k.clone(),
            fit: i32::try_from(n).unwrap_or(i32::MAX),
            crippled: 0,
            wounds: 0,
        })
        .collect();
    if ships.is_empty()
        && let Some((k, _)) = class(Role::Screen).or_else(|| class(Role::Capital))
    {
        ships.push(Squadron {
            class: k.clone(),
            fit: 1,
            crippled: 0,
            wounds: 0,
        });
    }
    ships
}

/// The side a forecast speaks of, for texts.
pub fn side_name<'a>(view: &'a SeatView, side: &Key<Side>) -> &'a str {
    view.sides.get(side).map_or("?", String::as_str)
}
