//! The chance of a salvo, and what becomes of several. Pure: the turn feeds it the truth, screens and opponents
//! what their seat knows.

use crate::{
    content::{Adds, Rules, SourceKind, Stat, Sum, Total, Weapon},
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
    let cap = i64::from(shot.weapon.accuracy_cap);
    let mut sum = Sum::new(shot.base(), 0, cap);
    shot.knowledge(rules, &mut sum);
    shot.firer(firer, &mut sum);
    shot.target(rules, target, &mut sum);
    shot.order(rules, &mut sum);
    sum
}

/// What it brings to a chance that the firer's seat knows the target so well.
pub fn knowledge<A: Adds>(rules: &Rules, confidence: Confidence, sum: &mut A) {
    let (knowledge, name) = match confidence {
        Confidence::Fix => (0, "fix"),
        Confidence::Track => (1, "track"),
        Confidence::Plot => (2, "plot"),
        Confidence::Rumour => (3, "rumour"),
    };
    let permille = rules.constants.knowledge[knowledge] - 1000;
    sum.add_part(SourceKind::Knowledge, name, 0, permille);
}

impl Shot<'_> {
    /// The value of [`chance`] from what the firer's part of it and all the rest come to.
    pub fn chance_of(&self, firer: &Total, rest: &Total) -> i64 {
        let cap = i64::from(self.weapon.accuracy_cap);
        rest.and(firer).value(self.base(), 0, cap)
    }

    /// What neither firer nor target brings: how well the firer's seat knows, and how it was ordered.
    pub fn rest(&self, rules: &Rules) -> Total {
        let mut rest = Total::default();
        self.knowledge(rules, &mut rest);
        self.order(rules, &mut rest);
        rest
    }

    /// Accuracy less what the distance takes.
    fn base(&self) -> i64 {
        let fall = i64::from(self.weapon.falloff) * i64::from(self.distance) / 1000;
        i64::from(self.weapon.accuracy) - fall
    }

    fn knowledge<A: Adds>(&self, rules: &Rules, sum: &mut A) {
        knowledge(rules, self.confidence, sum);
    }

    /// What the firer brings.
    pub fn firer<A: Adds>(&self, firer: &Bearer, sum: &mut A) {
        weapon_part(self.weapon, Stat::Aim, firer, sum);
        firer.contribute(Stat::Aim, sum);
        if self.answer {
            firer.contribute(Stat::AnswerAim, sum);
        }
    }

    /// What the target brings.
    pub fn target<A: Adds>(&self, rules: &Rules, target: &Bearer, sum: &mut A) {
        target.contribute(Stat::Exposure, sum);
        if target.crowd > rules.constants.crowd {
            let permille = rules.constants.crowd_exposure;
            sum.add_part(SourceKind::Situation, "crowd", 0, permille);
        }
        if self.lured {
            let permille = rules.constants.bait_exposure;
            sum.add_part(SourceKind::Situation, "lured", 0, permille);
        }
    }

    fn order<A: Adds>(&self, rules: &Rules, sum: &mut A) {
        if self.overcharge {
            let permille = rules.constants.overcharge_aim - 1000;
            sum.add_part(SourceKind::Order, "overcharge", 0, permille);
        }
    }
}

/// How much of what a weapon fires goes to capitals, permille of their share.
pub fn seek(weapon: &Weapon, firer: &Bearer) -> i64 {
    let mut total = firer.total(Stat::Seek);
    weapon_part(weapon, Stat::Seek, firer, &mut total);
    total.value(1000, 0, 10_000)
}

/// What the weapon itself does to a statistic of whoever fires it.
fn weapon_part<A: Adds>(weapon: &Weapon, stat: Stat, firer: &Bearer, sum: &mut A) {
    let modifiers = weapon.modifiers.iter();
    for modifier in modifiers.filter(|m| m.stat == stat && firer.holds(&m.when)) {
        let (add, permille) = (modifier.add, modifier.permille);
        sum.add_part(SourceKind::Weapon, weapon.name.as_str(), add, permille);
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
