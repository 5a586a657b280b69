//! The chance of a salvo, and what becomes of several. Pure: the turn feeds it the truth, screens and opponents
//! what their seat knows.

use crate::{
    content::{Rules, SourceKind, Stat, Sum, Weapon},
    sim::{dice::Dice, stats::Bearer, view::Confidence},
};

/// One weapon of one force at one target.
#[derive(Clone, Copy)]
pub struct Shot<'a> {
    /// With what.
    pub weapon: &'a Weapon,
    /// Straight across, chart units.
    pub distance: i32,
    /// How well the firer's seat knows the target.
    pub confidence: Confidence,
    /// All tubes at once.
    pub overcharge: bool,
    /// Whether it answers fire.
    pub answer: bool,
    /// The target ran after a feint and is still in disorder.
    pub lured: bool,
}

/// Chance of one salvo to hit, permille, with all that made it.
pub fn chance(rules: &Rules, shot: &Shot, firer: &Bearer, target: &Bearer) -> Sum {
    let weapon = shot.weapon;
    let fall = i64::from(weapon.falloff) * i64::from(shot.distance) / 1000;
    let mut sum = Sum::new(
        i64::from(weapon.accuracy) - fall,
        0,
        i64::from(weapon.accuracy_cap),
    );
    let (knowledge, name) = match shot.confidence {
        Confidence::Fix => (0, "fix"),
        Confidence::Track => (1, "track"),
        Confidence::Plot => (2, "plot"),
        Confidence::Rumour => (3, "rumour"),
    };
    sum.part(
        SourceKind::Knowledge,
        name,
        0,
        rules.constants.knowledge[knowledge] - 1000,
    );
    weapon_part(weapon, Stat::Aim, firer, &mut sum);
    firer.contribute(Stat::Aim, &mut sum);
    if shot.answer {
        firer.contribute(Stat::AnswerAim, &mut sum);
    }
    target.contribute(Stat::Exposure, &mut sum);
    if target.crowd > rules.constants.crowd {
        sum.part(
            SourceKind::Situation,
            "crowd",
            0,
            rules.constants.crowd_exposure,
        );
    }
    if shot.lured {
        sum.part(
            SourceKind::Situation,
            "lured",
            0,
            rules.constants.bait_exposure,
        );
    }
    if shot.overcharge {
        sum.part(
            SourceKind::Order,
            "overcharge",
            0,
            rules.constants.overcharge_aim - 1000,
        );
    }
    sum
}

/// How much of what a weapon fires goes to capitals, permille of their share.
pub fn seek(weapon: &Weapon, firer: &Bearer) -> i64 {
    let mut sum = firer.stat(Stat::Seek, 1000, 0, 10_000);
    weapon_part(weapon, Stat::Seek, firer, &mut sum);
    sum.value()
}

/// What the weapon itself does to a statistic of whoever fires it.
fn weapon_part(weapon: &Weapon, stat: Stat, firer: &Bearer, sum: &mut Sum) {
    for modifier in weapon
        .modifiers
        .iter()
        .filter(|m| m.stat == stat && firer.holds(&m.when))
    {
        sum.part(
            SourceKind::Weapon,
            weapon.name.as_str(),
            modifier.add,
            modifier.permille,
        );
    }
}

/// What became of some salvos.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Flight {
    /// Shot down on the way.
    pub shot_down: i32,
    /// Damage of each hit, hit points.
    pub hits: Vec<i64>,
    /// Damage of each stray that fell on something else.
    pub strays: Vec<i64>,
}

/// Rolls each salvo: interception, hit, damage, stray. `intercept` is the chance of one salvo to be shot down, permille.
pub fn fly(weapon: &Weapon, salvos: i32, chance: i64, intercept: i64, dice: &mut Dice) -> Flight {
    let mut flight = Flight::default();
    for _ in 0..salvos {
        if weapon.interceptable && dice.chance(intercept) {
            flight.shot_down += 1;
            continue;
        }
        let hit = dice.chance(chance);
        let damage = dice.between(i64::from(weapon.damage.0), i64::from(weapon.damage.1));
        if hit {
            flight.hits.push(damage);
        } else if dice.chance(i64::from(weapon.scatter)) {
            flight.strays.push(damage);
        }
    }
    flight
}
