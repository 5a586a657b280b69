//! How well forecasts hold what they say: how many of the losses fell into their bands, and how wide these were.

use rayon::prelude::*;

use super::Case;

/// Fights fought for each forecast.
const SAMPLES: u32 = 200;

/// What somebody lost, and what was forecast.
pub struct Loss {
    /// Of the case: see there.
    pub stale: bool,
    /// The seat that asked attacked.
    attacks: bool,
    /// Its own loss, else the enemy's.
    own: bool,
    lost: i64,
    quantiles: [i64; 5],
}

/// Forecasts all cases; two losses each.
pub fn losses(cases: &[Case]) -> Vec<Loss> {
    let forecasts = cases.par_iter().map(|case| (case, case.forecast(SAMPLES)));
    let losses = forecasts.flat_map_iter(|(case, forecast)| {
        forecast.into_iter().flat_map(|f| {
            let (own, foe) = case.lost;
            [
                (true, own, f.own.quantiles),
                (false, foe, f.hostile.quantiles),
            ]
            .map(|(own, lost, quantiles)| Loss {
                stale: case.stale,
                attacks: case.attacks,
                own,
                lost,
                quantiles,
            })
        })
    });
    losses.collect()
}

/// Figures over some losses.
pub struct Coverage {
    /// How many.
    pub losses: usize,
    /// Of them within the middle band, which should hold 50 percent; permille.
    pub half: usize,
    /// ... within the wide one, which should hold 90.
    pub most: usize,
    /// Mean width of the wide band, permille of the spread of all these losses from 5 to 95 percent.
    pub width: i64,
}

impl Coverage {
    /// Of these losses; there must be some.
    pub fn of<'a>(losses: impl Iterator<Item = &'a Loss>) -> Self {
        let all: Vec<&Loss> = losses.collect();
        let within = |low: usize, high: usize| {
            let inside = all
                .iter()
                .filter(|l| (l.quantiles[low]..=l.quantiles[high]).contains(&l.lost));
            inside.count() * 1000 / all.len().max(1)
        };
        let mut sorted: Vec<i64> = all.iter().map(|l| l.lost).collect();
        sorted.sort_unstable();
        let at = |percent: usize| {
            sorted
                .get(sorted.len() * percent / 100)
                .copied()
                .unwrap_or(0)
        };
        let width: i64 = all.iter().map(|l| l.quantiles[4] - l.quantiles[0]).sum();
        Self {
            losses: all.len(),
            half: within(1, 3),
            most: within(0, 4),
            width: width * 1000 / (all.len().max(1) as i64 * (at(95) - at(5)).max(1)),
        }
    }
}

impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            losses,
            half,
            most,
            width,
        } = self;
        let tenths = |n: &usize| format!("{}.{}", n / 10, n % 10);
        write!(
            f,
            "{losses:5} losses: {:>5} percent in the middle band, {:>5} in the wide one; width {}.{:03} of the spread",
            tenths(half),
            tenths(most),
            width / 1000,
            width % 1000,
        )
    }
}

/// Figures for fresh and for stale contacts, and of each by whose loss it was in which role.
pub fn table(losses: &[Loss]) -> String {
    let mut lines = Vec::new();
    for (stale, knowledge) in [(false, "fresh"), (true, "stale")] {
        let all = || losses.iter().filter(move |l| l.stale == stale);
        lines.push(format!("{knowledge:27}{}", Coverage::of(all())));
        for (own, whose) in [(true, "own loss"), (false, "foe's loss")] {
            for (attacks, role) in [(true, "attacking"), (false, "defending")] {
                let some = all().filter(|l| l.own == own && l.attacks == attacks);
                let name = format!("  {whose}, {role}");
                lines.push(format!("{name:27}{}", Coverage::of(some)));
            }
        }
    }
    lines.join("\n")
}
