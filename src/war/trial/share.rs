//! How sure so many wars of so many make one of a share: one-sided, by the exact binomial distribution.

/// Whether so many of so many show a share of at least this, so sure; both permille. It is shown if fewer wars than
/// `1 - sure` in one would do as well, were the share just short of it.
pub(super) fn shown(held: usize, wars: usize, share: i32, sure: i32) -> bool {
    tail(held, wars, rate(share)) <= 1.0 - rate(sure) + 1e-12
}

/// The fewest wars that can show a share at all: those in which it holds without exception.
pub(super) fn fewest(share: i32, sure: i32) -> u64 {
    let wars = ((1.0 - rate(sure)).ln() / rate(share).ln()).ceil();
    if wars.is_finite() && wars >= 1.0 {
        wars as u64
    } else {
        u64::MAX
    }
}

/// The greatest share, permille, that these wars show, so sure.
pub(super) fn lower_bound(held: usize, wars: usize, sure: i32) -> i32 {
    (1..1000)
        .take_while(|share| shown(held, wars, *share, sure))
        .last()
        .unwrap_or(0)
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

    #[test]
    fn shares_are_shown_as_clopper_and_pearson_have_it() {
        // 20 of 20 at 95 percent: the lower limit is 0.05^(1/20) = 0.861.
        assert_eq!(lower_bound(20, 20, 950), 860);
        assert!(shown(20, 20, 860, 950) && !shown(20, 20, 862, 950));
        // 15 of 20: 0.544, by the tables.
        assert_eq!(lower_bound(15, 20, 950), 544);
        assert_eq!(lower_bound(0, 20, 950), 0);
        assert_eq!(fewest(700, 950), 9);
        assert_eq!(fewest(500, 950), 5);
    }
}
