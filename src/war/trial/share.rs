//! How sure so many wars of so many make one of a share: by the exact binomial distribution, each bound by itself.

use serde::Serialize;

use crate::content::Portion;

/// In how many wars something held, and what that shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Shown {
    /// In so many of a thousand it held.
    pub share: i32,
    /// The greatest share that is shown to be reached, permille.
    pub low: i32,
    /// The least share that is shown not to be passed, permille.
    pub high: i32,
    /// How sure each of the two bounds is, permille.
    pub sure: i32,
}

impl Shown {
    /// What so many wars of so many show, so sure.
    pub(super) fn of(held: usize, wars: usize, sure: i32) -> Self {
        let share = (held * 1000 + wars / 2).checked_div(wars).unwrap_or(0);
        Self {
            share: i32::try_from(share).unwrap_or(1000),
            low: lower_bound(held, wars, sure),
            high: 1000 - lower_bound(wars - held.min(wars), wars, sure),
            sure,
        }
    }

    /// Whether the share that is asked for may yet be the true one: it is neither shown nor shown to be wrong.
    pub(super) fn leaves_open(&self, portion: &Portion) -> bool {
        portion.least.is_none_or(|least| self.high >= least)
            && portion.most.is_none_or(|most| self.low <= most)
    }
}

/// Whether so many of so many show the share that is asked for.
pub(super) fn holds(portion: &Portion, held: usize, wars: usize) -> bool {
    let sure = portion.sure;
    portion
        .least
        .is_none_or(|least| shown(held, wars, least, sure))
        && portion
            .most
            .is_none_or(|most| shown(wars - held.min(wars), wars, 1000 - most, sure))
}

/// Whether so many wars can show this share at all, however they come out.
pub(super) fn can_show(portion: &Portion, wars: usize) -> bool {
    // More wars in which it holds show a least share the better: the fewest that do are those that show a greatest one
    // best.
    let least = portion.least.map_or(0, |least| {
        first(wars + 1, |held| shown(held, wars, least, portion.sure))
    });
    least <= wars && holds(portion, least, wars)
}

/// The fewest wars that can show this share; none if more are needed than these.
pub(super) fn fewest(portion: &Portion, most: usize) -> Option<usize> {
    (1..=most).find(|wars| can_show(portion, *wars))
}

/// Whether so many of so many show a share of at least this, so sure; both permille. It is shown if fewer wars than
/// `1 - sure` in one would do as well, were the share just short of it.
fn shown(held: usize, wars: usize, share: i32, sure: i32) -> bool {
    tail(held, wars, rate(share)) <= 1.0 - rate(sure) + 1e-12
}

/// The greatest share, permille, that these wars show, so sure.
fn lower_bound(held: usize, wars: usize, sure: i32) -> i32 {
    let not_shown = first(999, |index| {
        let share = i32::try_from(index).unwrap_or(999) + 1;
        !shown(held, wars, share, sure)
    });
    i32::try_from(not_shown).unwrap_or(999)
}

/// The first number below this for which something holds that holds for all after it; this, if there is none.
fn first(end: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

fn rate(permille: i32) -> f64 {
    f64::from(permille) / 1000.0
}

/// Chance of at least `least` of `wars`, each with this chance.
fn tail(least: usize, wars: usize, chance: f64) -> f64 {
    let mut sum = 0.0;
    // The logarithm of the chance of exactly n, from n = 0 up.
    let mut log = wars as f64 * (1.0 - chance).ln();
    for n in 0..=wars {
        if n >= least {
            sum += log.exp();
        }
        if n < wars {
            log += ((wars - n) as f64).ln() - ((n + 1) as f64).ln() + chance.ln()
                - (1.0 - chance).ln();
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portion(least: Option<i32>, most: Option<i32>) -> Portion {
        Portion {
            least,
            most,
            sure: 950,
        }
    }

    #[test]
    fn shares_are_shown_as_clopper_and_pearson_have_it() {
        // 20 of 20 at 95 percent: the lower limit is 0.05^(1/20) = 0.861.
        assert_eq!(lower_bound(20, 20, 950), 860);
        assert!(shown(20, 20, 860, 950) && !shown(20, 20, 862, 950));
        // 15 of 20: 0.544, by the tables.
        assert_eq!(lower_bound(15, 20, 950), 544);
        assert_eq!(lower_bound(0, 20, 950), 0);
        assert_eq!(fewest(&portion(Some(700), None), 1000), Some(9));
        assert_eq!(fewest(&portion(Some(500), None), 1000), Some(5));
    }

    #[test]
    fn a_bound_from_above_is_one_from_below_of_the_other_wars() {
        let many = Shown::of(100, 200, 950);
        assert_eq!((many.share, many.low + many.high), (500, 1000));
        assert!(many.low > 430 && many.low < 450, "{many:?}");
        assert_eq!(Shown::of(20, 20, 950).high, 1000);
        assert_eq!(Shown::of(0, 20, 950).high, 140);
        let between = portion(Some(400), Some(600));
        assert!(holds(&between, 100, 200) && !holds(&between, 115, 200));
        assert!(Shown::of(115, 200, 950).leaves_open(&between));
        assert!(!Shown::of(150, 200, 950).leaves_open(&between));
    }

    #[test]
    fn two_bounds_need_more_wars_than_one() {
        let between = portion(Some(400), Some(600));
        assert!(!can_show(&between, 20) && can_show(&between, 200));
        let need = fewest(&between, 1000).expect("some number will do");
        assert!((50..100).contains(&need), "{need}");
        assert_eq!(fewest(&portion(Some(500), Some(501)), 300), None);
    }
}
