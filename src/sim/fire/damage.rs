//! What a hit does to ships. Damage is conserved: the hit points a force loses are those that were dealt, until
//! nothing is left to hit.

use crate::{
    content::{Class, Key, Role, Rules},
    sim::{dice::Dice, state::squadron_strength, view::Squadron},
};

/// What one class lost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClassLoss {
    /// Which.
    pub class: Key<Class>,
    /// Hulls destroyed.
    pub lost: i32,
    /// Hulls newly crippled.
    pub crippled: i32,
    /// Hit points lost.
    pub hp: i64,
}

/// Share of the fire meant for capitals that finds them behind their screens, permille: the base of `Stat::Shelter`.
pub const SHELTERED: i64 = 400;

/// At whom fire is aimed within a force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aimed {
    /// Weight of capitals beside their strength, permille (`Stat::Seek` of whoever fires).
    pub seek: i64,
    /// What screens let through to capitals, permille (`Stat::Shelter` of who is fired at); none: nobody screens.
    pub shelter: Option<i64>,
}

impl Aimed {
    /// At whatever is there.
    pub const ANYWHERE: Self = Self {
        seek: 1000,
        shelter: None,
    };
}

/// What each squadron has to expect of so much fire, hit points: the exact mean of [`spread`] and [`strike`] as long as
/// no squadron is overwhelmed. In the order of the squadrons; the remainder of the division is left out.
pub fn expected(rules: &Rules, ships: &[Squadron], hp: i64, aimed: Aimed) -> Vec<i64> {
    let weights = weights(rules, ships, aimed);
    let total: i64 = weights.iter().sum();
    weights.iter().map(|w| hp * w / total.max(1)).collect()
}

/// Deals `hp` to a force, spread over its squadrons by their strength and by where it is aimed; capitals behind screens
/// take less. Remainders fall by the dice.
pub fn spread(
    rules: &Rules,
    ships: &mut Vec<Squadron>,
    hp: i64,
    aimed: Aimed,
    dice: &mut Dice,
) -> Vec<ClassLoss> {
    let mut losses = Vec::new();
    let mut left = hp.min(crate::sim::state::strength(rules, ships));
    // What a squadron cannot take goes on to the others: at most one round for each squadron.
    for _ in 0..=ships.len() {
        if left <= 0 {
            break;
        }
        let weights = weights(rules, ships, aimed);
        let total: i64 = weights.iter().sum();
        if total <= 0 {
            break;
        }
        let (mut rest, mut rest_weight) = (left, total);
        for (i, weight) in weights.into_iter().enumerate() {
            if weight == 0 || rest <= 0 {
                continue;
            }
            let part = if weight == rest_weight {
                rest
            } else {
                dice.share(rest, weight, rest_weight)
            }
            .min(rest);
            rest -= part;
            rest_weight -= weight;
            if part > 0 {
                let loss = wound(rules, &mut ships[i], part);
                left -= loss.hp;
                losses.push(loss);
            }
        }
    }
    tidy(ships);
    gather(losses)
}

/// Deals one hit of `hp` to one squadron, chosen by strength.
pub fn strike(
    rules: &Rules,
    ships: &mut Vec<Squadron>,
    hp: i64,
    aimed: Aimed,
    dice: &mut Dice,
) -> Vec<ClassLoss> {
    let mut left = hp;
    let mut losses = Vec::new();
    while left > 0 {
        let weights = weights(rules, ships, aimed);
        let total: i64 = weights.iter().sum();
        if total <= 0 {
            break;
        }
        let mut roll = dice.below(total.unsigned_abs()) as i64;
        let Some(i) = weights.iter().position(|w| {
            roll -= w;
            roll < 0
        }) else {
            break;
        };
        let loss = wound(rules, &mut ships[i], left);
        if loss.hp == 0 {
            break;
        }
        left -= loss.hp;
        losses.push(loss);
        tidy(ships);
    }
    gather(losses)
}

fn weights(rules: &Rules, ships: &[Squadron], aimed: Aimed) -> Vec<i64> {
    let screened = aimed.shelter.filter(|_| {
        ships.iter().any(|s| {
            s.fit > 0
                && rules
                    .classes
                    .get(&s.class)
                    .is_some_and(|c| c.role == Role::Screen)
        })
    });
    ships
        .iter()
        .map(|s| {
            let strength = squadron_strength(rules, s);
            let capital = rules
                .classes
                .get(&s.class)
                .is_some_and(|c| c.role == Role::Capital);
            if capital {
                let behind = screened.unwrap_or(1000).clamp(0, 1000);
                // A capital that floats can always be hit.
                (strength * aimed.seek.max(1) / 1000 * behind / 1000).max(i64::from(strength > 0))
            } else {
                strength
            }
        })
        .collect()
}

/// Deals at most what the squadron has; hulls turn from fit to crippled to lost as wounds add up.
fn wound(rules: &Rules, squadron: &mut Squadron, hp: i64) -> ClassLoss {
    let before = squadron_strength(rules, squadron);
    let dealt = hp.min(before);
    let mut loss = ClassLoss {
        class: squadron.class.clone(),
        lost: 0,
        crippled: 0,
        hp: dealt,
    };
    let hull = rules
        .classes
        .get(&squadron.class)
        .map_or(1, |c| i64::from(c.hull))
        .max(2);
    let (to_cripple, to_lose) = (hull - hull / 2, hull / 2);
    if dealt == before {
        loss.lost = squadron.fit + squadron.crippled;
        (squadron.fit, squadron.crippled, squadron.wounds) = (0, 0, 0);
        return loss;
    }
    squadron.wounds += dealt;
    loop {
        let afloat = i64::from(squadron.fit + squadron.crippled);
        let share = i64::from(rules.constants.cripple_share);
        let full_of_cripples = i64::from(squadron.crippled) * 1000 >= share * afloat;
        if squadron.crippled > 0 && (full_of_cripples || squadron.fit == 0) {
            if squadron.wounds < to_lose {
                break;
            }
            squadron.wounds -= to_lose;
            squadron.crippled -= 1;
            loss.lost += 1;
        } else if squadron.fit > 0 {
            if squadron.wounds < to_cripple {
                break;
            }
            squadron.wounds -= to_cripple;
            squadron.fit -= 1;
            squadron.crippled += 1;
            loss.crippled += 1;
        } else {
            break;
        }
    }
    // A ship crippled and then lost in the same blow is lost.
    let both = loss.lost.min(loss.crippled);
    loss.crippled -= both;
    loss
}

fn tidy(ships: &mut Vec<Squadron>) {
    ships.retain(|s| s.fit + s.crippled > 0);
}

fn gather(losses: Vec<ClassLoss>) -> Vec<ClassLoss> {
    let mut all: Vec<ClassLoss> = Vec::new();
    for loss in losses {
        match all.iter_mut().find(|l| l.class == loss.class) {
            Some(known) => {
                known.lost += loss.lost;
                known.crippled += loss.crippled;
                known.hp += loss.hp;
            }
            None => all.push(loss),
        }
    }
    all.sort_by(|a, b| a.class.cmp(&b.class));
    all
}
