//! The one modifier rule. Terrain, stances, traits, commanders, supply states and meters all change
//! the game in the same way: they contribute modifiers to named statistics, under a condition.
//!
//! `value = clamp((base + sum of additions) x product, over the kinds of source, of
//! (1000 + that kind's sum of permille) / 1000)`, in wide integers, rounded once, half up.
//! Modifiers of one kind add up, kinds multiply; so two traits of +500 make x2, a trait and a
//! terrain of +500 make x2.25. The parts are kept, so that any number on a screen can be opened.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Key, Meter, Posture, Role, SiteKind, Stance, Stock, Terrain, Trait};

/// A statistic that modifiers may change. Units are those of its base.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stat {
    /// Chance to hit of a salvo fired *by* the force, permille.
    Aim,
    /// Chance to hit of a salvo fired *at* the force, permille.
    Exposure,
    /// Chance to hit of answering fire by the force, permille (beside `Aim`).
    AnswerAim,
    /// Answering shots for each salvo that gave its firer away, permille of one shot.
    AnswerShots,
    /// Share of a salvo's missiles shot down on the way to the force, permille.
    Intercept,
    /// Strength dealt in a bout, permille of the table's rate.
    BoutFire,
    /// Strength lost in a bout, permille of what is dealt.
    BoutHarm,
    /// Strength that may fight at once in a place, in strength points.
    Frontage,
    /// Movement a turn, chart units.
    Speed,
    /// Readiness gained at rest, points a turn.
    Rest,
    /// Readiness that a day in its stance costs, points (as a cost, so negative permille helps).
    Strain,
    /// Readiness that a bout of a battle costs, points (as a cost, so negative permille helps).
    BoutStrain,
    /// Distance at which the force's sensors hold a track, chart units.
    Track,
    /// Distance at which the force's sensors hold a plot, chart units.
    Plot,
    /// Distance at which the force itself is seen, permille of the seer's sensor range.
    Signature,
    /// Chance that the force follows a feint, permille.
    Bait,
    /// Strength lost on entering a place or lane, permille of the force.
    Attrition,
    /// Share of convoys that gets through a lane, permille.
    Convoy,
    /// How much of its fire a force aims at capitals, permille of their share; of a weapon, of its salvos.
    Seek,
    /// Share of the fire meant for capitals that finds them while a screen shelters them, permille.
    Shelter,
    /// Harm that a force does to those who flee from it, permille of the rate.
    Pursuit,
    /// Harm that a force suffers when it flees, permille of what the pursuer deals.
    Pursued,
    /// Chance that a deed succeeds, permille.
    Deed,
    /// What a besieging force deals to a site, permille of the rate.
    Siege,
    /// Share of bombardment that gets through to those who hold a site, permille.
    Bombardment,
    /// Strength that troops deal on the ground, permille.
    GroundFire,
    /// Strength that troops lose on the ground, permille of what is dealt.
    GroundHarm,
    /// Share of its losses that a party gets back after each turn of a ground fight, permille.
    Recovery,
    /// What a site makes, permille.
    Output,
    /// Error of what others estimate of a force, permille of the usual.
    Estimate,
    /// How much of the orders of foreign forces a side reads, permille; from 1000 on it knows where those that it tracks
    /// are bound. Asked of the side: what a single force is or does adds nothing.
    Insight,
}

/// Where a modifier comes from. Within a kind permille add, between kinds they multiply.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// What the ships of a class are.
    Class,
    /// The sector or lane something stands on.
    Terrain,
    /// The chosen stance.
    Stance,
    /// A modifier of the stance (shadow, silent, ...).
    Posture,
    /// A trait of the force or its faction.
    Trait,
    /// The commander's nature.
    Commander,
    /// Supply aboard.
    Supply,
    /// How fresh and organised the crews are.
    Readiness,
    /// A meter's threshold that has been reached.
    Meter,
    /// How well the target is known.
    Knowledge,
    /// How the target behaved: crowded, baited, standing still.
    Situation,
    /// A special order (overcharge, forced march).
    Order,
    /// A site in the place.
    Site,
    /// What a side has put into the place: mines, trenches, bands.
    Works,
    /// What the troops are.
    Troops,
    /// The weapon itself.
    Weapon,
}

impl SourceKind {
    /// How many kinds there are.
    const ALL: usize = Self::Weapon as usize + 1;
}

/// When a modifier counts. Everything it asks is known to the force it is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// At all times.
    #[default]
    Always,
    /// Days of supply aboard are at most this.
    SupplyAtMost(i32),
    /// Readiness is below this.
    ReadinessBelow(i32),
    /// The force stands in this terrain.
    In(Key<Terrain>),
    /// The force is in this stance.
    Stance(Key<Stance>),
    /// The force has ships of this role.
    Has(Role),
    /// A meter of the side, the force, the site or the place it is in stands at this or more.
    MeterAtLeast(Key<Meter>, i32),
    /// Capitals in this place, counted over the whole side, exceed this many strength points.
    CrowdAbove(i32),
    /// The force is in this posture.
    Posture(Key<Posture>),
    /// The force, its faction or its commander has this trait.
    Trait(Key<Trait>),
    /// A force with this trait, of its own or a side that shares supply, is in the same place (it may be itself).
    Company(Key<Trait>),
    /// At least this many units of a stock are aboard, or stand on the site.
    Carries(Key<Stock>, i32),
    /// It fought last turn.
    Fought,
    /// From this turn on.
    FromTurn(u32),
    /// It stands in a home sector of its seat.
    Home,
    /// Its side came into the battle from at least this many sectors.
    Prongs(i32),
    /// Its party attacks.
    Attacking,
    /// The site is of this kind.
    Kind(Key<SiteKind>),
    /// The site has shields that stand.
    Shielded,
    /// The site has not surrendered to its holder.
    Unsurrendered,
    /// Some force or party on the other side is like this.
    Against(Box<When>),
    /// All of these.
    All(Vec<When>),
    /// Any of these.
    Any(Vec<When>),
    /// Not this.
    Not(Box<When>),
}

impl fmt::Display for When {
    /// In words, with ids: `in storm and not stance column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let several = |f: &mut fmt::Formatter<'_>, parts: &[When], word: &str| {
            for (i, part) in parts.iter().enumerate() {
                if i > 0 {
                    write!(f, " {word} ")?;
                }
                match part {
                    When::All(_) | When::Any(_) => write!(f, "({part})")?,
                    _ => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        match self {
            When::Always => write!(f, "always"),
            When::SupplyAtMost(days) => write!(f, "supply for at most {days} days"),
            When::ReadinessBelow(n) => write!(f, "readiness below {n}"),
            When::In(terrain) => write!(f, "in {terrain}"),
            When::Stance(stance) => write!(f, "stance {stance}"),
            When::Has(role) => write!(f, "with ships for the role {role:?}"),
            When::MeterAtLeast(meter, n) => write!(f, "{meter} at {n} or more"),
            When::CrowdAbove(n) => write!(f, "more than {n} points of capitals in the place"),
            When::Posture(posture) => write!(f, "posture {posture}"),
            When::Trait(quality) => write!(f, "trait {quality}"),
            When::Company(quality) => write!(f, "in company of the trait {quality}"),
            When::Carries(stock, n) => write!(f, "{n} or more of {stock}"),
            When::Fought => write!(f, "fought last turn"),
            When::FromTurn(turn) => write!(f, "from turn {turn}"),
            When::Home => write!(f, "at home"),
            When::Prongs(n) => write!(f, "came from {n} sectors or more"),
            When::Attacking => write!(f, "attacking"),
            When::Kind(kind) => write!(f, "kind {kind}"),
            When::Shielded => write!(f, "under shields"),
            When::Unsurrendered => write!(f, "not surrendered to its holder"),
            When::Against(when) => write!(f, "against one who is: {when}"),
            When::All(parts) => several(f, parts, "and"),
            When::Any(parts) => several(f, parts, "or"),
            When::Not(when) => match **when {
                When::All(_) | When::Any(_) => write!(f, "not ({when})"),
                _ => write!(f, "not {when}"),
            },
        }
    }
}

/// A change to one statistic under a condition.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Modifier {
    /// What is changed.
    pub stat: Stat,
    /// Added to the base, in the unit of the statistic. -1,000,000 to 1,000,000.
    pub add: i32,
    /// Added to the factor of its kind, permille; -600 makes x0.4. -1,000 to 9,000.
    pub permille: i32,
    /// When it counts.
    pub when: When,
}

/// One part of a sum, as a player can read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// What kind of thing contributes.
    pub kind: SourceKind,
    /// The id of the thing: a terrain, stance, trait, ...
    pub name: String,
    /// Added to the base.
    pub add: i32,
    /// Added to the factor of its kind, permille.
    pub permille: i32,
}

/// Whatever modifiers can be added to: a sum that keeps its parts, or their bare total.
pub trait Adds {
    /// Adds one part.
    fn add_part(&mut self, kind: SourceKind, name: &str, add: i32, permille: i32);
}

impl Adds for Sum {
    fn add_part(&mut self, kind: SourceKind, name: &str, add: i32, permille: i32) {
        if add != 0 || permille != 0 {
            self.part(kind, name, add, permille);
        }
    }
}

/// Modifiers added up without their names: gives the value of the sum that has the same parts, at a fraction of the cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Total {
    add: i64,
    permille: [i64; SourceKind::ALL],
}

impl Adds for Total {
    fn add_part(&mut self, kind: SourceKind, _: &str, add: i32, permille: i32) {
        self.add += i64::from(add);
        self.permille[kind as usize] += i64::from(permille);
    }
}

impl Total {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.add += other.add;
        for (sum, other) in self.permille.iter_mut().zip(&other.permille) {
            *sum += other;
        }
        self
    }

    /// The value from this base, between these bounds: that of a [`Sum`] with the same parts.
    pub fn value(&self, base: i64, min: i64, max: i64) -> i64 {
        let factors = || self.permille.iter().filter(|p| **p != 0);
        // In half the width wherever it fits: by far the more often, and by far the faster.
        let narrow = || {
            let mut numerator = base.checked_add(self.add)?;
            let mut denominator = 1_i64;
            for permille in factors() {
                numerator = numerator.checked_mul((1000 + permille).max(0))?;
                denominator = denominator.checked_mul(1000)?;
            }
            if denominator == 1 {
                return Some(numerator);
            }
            let top = numerator.checked_mul(2)?.checked_add(denominator)?;
            Some(top.div_euclid(denominator.checked_mul(2)?))
        };
        if let Some(value) = narrow() {
            return value.clamp(min, max);
        }
        let mut numerator = i128::from(base) + i128::from(self.add);
        let mut denominator = 1_i128;
        for permille in factors() {
            numerator *= i128::from(1000 + permille).max(0);
            denominator *= 1000;
        }
        rounded(numerator, denominator, min, max)
    }
}

/// Half up, also below zero: floor((2n + d) / 2d), kept within the bounds.
fn rounded(numerator: i128, denominator: i128, min: i64, max: i64) -> i64 {
    let (top, bottom) = (2 * numerator + denominator, 2 * denominator);
    // The same in half the width wherever both fit: by far the more often, and by far the faster.
    let rounded = match (i64::try_from(top), i64::try_from(bottom)) {
        (Ok(top), Ok(bottom)) => i128::from(top.div_euclid(bottom)),
        _ => top.div_euclid(bottom),
    };
    let clamped = rounded.clamp(i128::from(min), i128::from(max));
    i64::try_from(clamped).expect("invariant: a clamped value lies between two i64")
}

/// A number with the parts that made it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sum {
    /// Before anything changed it.
    pub base: i64,
    /// What changed it, in the order it was gathered.
    pub parts: Vec<Part>,
    /// The smallest value allowed.
    pub min: i64,
    /// The largest value allowed.
    pub max: i64,
}

impl Sum {
    /// A sum with nothing but its base, kept within `min..=max`.
    pub fn new(base: i64, min: i64, max: i64) -> Self {
        Self {
            base,
            parts: Vec::new(),
            min,
            max,
        }
    }

    /// Adds one part; parts that change nothing are left out.
    pub fn part(
        &mut self,
        kind: SourceKind,
        name: impl Into<String>,
        add: i32,
        permille: i32,
    ) -> &mut Self {
        if add != 0 || permille != 0 {
            self.parts.push(Part {
                kind,
                name: name.into(),
                add,
                permille,
            });
        }
        self
    }

    /// What each part makes of the value, one after the other in the order they were gathered; what the bounds take
    /// away or give comes last, under no part. With the base they add up to [`value`](Self::value).
    pub fn steps(&self) -> Vec<(Option<&Part>, i64)> {
        let mut so_far = Self::new(self.base, i64::MIN, i64::MAX);
        let mut before = self.base;
        let mut steps = Vec::new();
        for part in &self.parts {
            so_far.parts.push(part.clone());
            let after = so_far.value();
            steps.push((Some(part), after.saturating_sub(before)));
            before = after;
        }
        let bound = self.value().saturating_sub(before);
        if bound != 0 {
            steps.push((None, bound));
        }
        steps
    }

    /// The value: see the module's rule. Factors below zero count as zero.
    pub fn value(&self) -> i64 {
        let mut numerator = i128::from(self.base);
        for part in &self.parts {
            numerator += i128::from(part.add);
        }
        let mut kinds: Vec<SourceKind> = self
            .parts
            .iter()
            .filter(|p| p.permille != 0)
            .map(|p| p.kind)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut denominator = 1_i128;
        for kind in kinds {
            let factor: i128 = self
                .parts
                .iter()
                .filter(|p| p.kind == kind)
                .map(|p| i128::from(p.permille))
                .sum();
            numerator *= (1000 + factor).max(0);
            denominator *= 1000;
        }
        rounded(numerator, denominator, self.min, self.max)
    }
}

impl fmt::Display for Sum {
    /// `412 = (800 -182) x0.65 terrain x1.25 situation`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.value(), self.base)?;
        for part in &self.parts {
            if part.add != 0 {
                write!(f, " {:+} {}", part.add, part.name)?;
            }
            if part.permille != 0 {
                let factor = (1000 + part.permille).max(0);
                write!(f, " x{}.{:03} {}", factor / 1000, factor % 1000, part.name)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_multiply_and_within_a_kind_they_add() {
        let mut sum = Sum::new(100, 0, 10_000);
        sum.part(SourceKind::Trait, "a", 0, 500)
            .part(SourceKind::Trait, "b", 0, 500);
        assert_eq!(sum.value(), 200);
        let mut sum = Sum::new(100, 0, 10_000);
        sum.part(SourceKind::Trait, "a", 0, 500)
            .part(SourceKind::Terrain, "b", 0, 500);
        assert_eq!(sum.value(), 225);
    }

    #[test]
    fn a_total_is_worth_its_sum() {
        let parts = [
            (SourceKind::Trait, 17, -1200),
            (SourceKind::Terrain, -250, 0),
            (SourceKind::Trait, 0, 500),
            (SourceKind::Order, 3, 333),
            (SourceKind::Class, 0, -1),
            (SourceKind::Meter, 1, 8999),
        ];
        for mask in 0..1_u32 << parts.len() {
            for base in [-777, 0, 5, 812] {
                let mut sum = Sum::new(base, -5_000, 5_000);
                let (mut one, mut other) = (Total::default(), Total::default());
                for (i, (kind, add, permille)) in parts.iter().enumerate() {
                    if mask >> i & 1 == 1 {
                        sum.part(*kind, "x", *add, *permille);
                        let total = if i % 2 == 0 { &mut one } else { &mut other };
                        total.add_part(*kind, "x", *add, *permille);
                    }
                }
                let total = one.and(&other);
                assert_eq!(
                    total.value(base, -5_000, 5_000),
                    sum.value(),
                    "{mask} {base}"
                );
            }
        }
    }

    #[test]
    fn the_steps_add_up_to_the_value() {
        let mut sum = Sum::new(333, 0, 800);
        sum.part(SourceKind::Trait, "a", 0, 500)
            .part(SourceKind::Terrain, "b", -17, -333)
            .part(SourceKind::Trait, "c", 250, 777);
        let steps: i64 = sum.steps().iter().map(|(_, change)| change).sum();
        assert_eq!(sum.base + steps, sum.value());
        assert_eq!(sum.value(), 800);
        assert!(sum.steps().last().is_some_and(|(part, _)| part.is_none()));
    }

    #[test]
    fn rounds_once_half_up_and_clamps() {
        let mut sum = Sum::new(5, -100, 900);
        sum.part(SourceKind::Trait, "half", 0, -500);
        assert_eq!(sum.value(), 3);
        sum.base = -5;
        assert_eq!(sum.value(), -2);
        sum.base = 5_000;
        assert_eq!(sum.value(), 900);
        let mut sum = Sum::new(100, 0, 900);
        sum.part(SourceKind::Trait, "gone", 0, -3000);
        assert_eq!(sum.value(), 0);
    }
}
