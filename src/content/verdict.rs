//! Who wins, and by how much: terms that bring points, and levels that name what the points come to.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, HP_PER_SP, Key, Meter, Sector, Side, Stock};

/// Who wins, and by how much.
///
/// Either one score is counted for one side against another, or each side has a score of its own and the highest wins
/// ([`Verdict::is_race`]).
#[derive(Default, Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// The side whose score is counted; none: each side has a score of its own.
    pub side: Option<Key<Side>>,
    /// The side that wins when it does not; none: each side has a score of its own.
    pub against: Option<Key<Side>>,
    /// What counts.
    pub terms: BTreeMap<Key<Term>, Term>,
    /// The terms in the order in which the scenario lists them: for show, so it is not part of the fingerprint.
    #[serde(skip)]
    pub order: Vec<Key<Term>>,
    /// From the lowest score up, or from the smallest lead.
    pub levels: Vec<Level>,
    /// Other questions, answered by name: who holds these sectors (all of them), else "contested".
    pub results: BTreeMap<String, Vec<Key<Sector>>>,
}

impl Verdict {
    /// Whether each side has a score of its own.
    pub fn is_race(&self) -> bool {
        self.side.is_none()
    }

    /// The sides with a score of their own, if each has one.
    pub fn runners(&self) -> BTreeSet<&Key<Side>> {
        self.terms
            .values()
            .filter_map(|term| term.to.as_ref())
            .collect()
    }

    /// What terms are worth to a side.
    pub fn seen_by(&self, side: &Key<Side>) -> Eyes {
        let others = self.runners().into_iter().filter(|other| *other != side);
        Eyes {
            side: side.clone(),
            sign: match &self.side {
                Some(counted) if counted == side => 1,
                _ => -1,
            },
            others: i64::try_from(others.count()).unwrap_or(1).max(1),
        }
    }

    /// The scores that these points of terms make, tenths of a point: of the side that is counted, or of each that has its
    /// own.
    pub fn scores(&self, points: &BTreeMap<Key<Term>, i64>) -> BTreeMap<Key<Side>, i64> {
        let mut scores: BTreeMap<Key<Side>, i64> = match &self.side {
            Some(side) => BTreeMap::from([(side.clone(), 0)]),
            None => self.runners().into_iter().map(|s| (s.clone(), 0)).collect(),
        };
        for (key, term) in &self.terms {
            let points = points.get(key).copied().unwrap_or(0);
            if let Some(side) = term.to.as_ref().or(self.side.as_ref()) {
                *scores.entry(side.clone()).or_default() += points;
            }
        }
        scores
    }

    /// What these points of terms come to.
    pub fn judge(&self, points: &BTreeMap<Key<Term>, i64>) -> Judged<'_> {
        let scores = self.scores(points);
        let (leader, score) = match &self.side {
            Some(side) => (None, scores.get(side).copied().unwrap_or(0)),
            None => lead(&scores),
        };
        let fits = |level: &&Level| {
            let for_him = !self.is_race() || level.winner.is_none() || level.winner == leader;
            score >= level.from && for_him
        };
        let level = self.levels.iter().rposition(|level| fits(&level));
        let level = self.levels.get(level.unwrap_or(0));
        let winner = match level {
            // The lowest level of a race is for leads that win nothing.
            Some(level) if self.is_race() => leader.filter(|_| self.levels.first() != Some(level)),
            Some(level) => level.winner.clone(),
            None => None,
        };
        Judged {
            winner,
            level: level.map_or("draw", |level| &level.name),
            score,
        }
    }

    /// The terms in the order in which the scenario lists them; any that the order does not name come last.
    pub fn in_order(&self) -> impl Iterator<Item = (&Key<Term>, &Term)> {
        let named = self
            .order
            .iter()
            .filter_map(|key| self.terms.get_key_value(key));
        let others = self
            .terms
            .iter()
            .filter(|(key, _)| !self.order.contains(key));
        named.chain(others)
    }
}

/// What a verdict has come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged<'a> {
    /// Who wins; none: a draw.
    pub winner: Option<Key<Side>>,
    /// What the level is called.
    pub level: &'a str,
    /// The score, or the leader's lead over the next in a race, tenths of a point.
    pub score: i64,
}

/// Whose score is the highest, and by how much; nobody's if two are even.
fn lead(scores: &BTreeMap<Key<Side>, i64>) -> (Option<Key<Side>>, i64) {
    let mut order: Vec<(i64, &Key<Side>)> = scores.iter().map(|(side, n)| (*n, side)).collect();
    order.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match order.as_slice() {
        [] => (None, 0),
        [(_, side)] => (Some((*side).clone()), 0),
        [(best, _), (next, _), ..] if best == next => (None, 0),
        [(best, side), (next, _), ..] => (Some((*side).clone()), best - next),
    }
}

/// What terms of a verdict are worth to one side. With one score it is worth what it brings its side, and as much less to all
/// others. Where each side has its own, another's gain costs a side its share: one part for each rival there is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Eyes {
    side: Key<Side>,
    sign: i64,
    others: i64,
}

impl Eyes {
    /// What a term that brings so much is worth to the side, tenths of a point.
    pub fn points(&self, term: &Term, points: i64) -> i64 {
        match &term.to {
            None => self.sign * points,
            Some(side) if *side == self.side => points,
            Some(_) => -points / self.others,
        }
    }

    /// Whether the term is counted for the side itself.
    pub fn is_own(&self, term: &Term) -> bool {
        match &term.to {
            None => self.sign > 0,
            Some(side) => *side == self.side,
        }
    }
}

/// A grade of the verdict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Level {
    /// From this score on, tenths of a point; in a race from this lead over the next side on.
    pub from: i64,
    /// Who wins; none: a draw. In a race for whom alone it is called so; none: whoever leads, and nobody in the lowest.
    pub winner: Option<Key<Side>>,
    /// What it is called.
    pub name: String,
}

/// One thing that counts in the score. Points are tenths of a point.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// Shown name.
    pub name: String,
    /// How it is counted.
    pub kind: TermKind,
    /// Into whose score it is paid, where each side has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Key<Side>>,
}

/// One piece of what a term brings. Points are tenths of a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Of what is counted: turns, hit points, units of a stock or a meter, or one for a condition that holds.
    pub amount: i64,
    /// Each turn, strength point or unit brings this.
    pub each: i64,
    /// All of it brings this.
    pub points: i64,
}

impl TermKind {
    /// What must hold for it to count, if it asks for anything.
    pub fn when(&self) -> Option<&Condition> {
        match self {
            TermKind::Days { when, .. } | TermKind::If { when, .. } => Some(when),
            TermKind::Strength { .. }
            | TermKind::Losses { .. }
            | TermKind::Stock { .. }
            | TermKind::Meter { .. } => None,
        }
    }

    /// What so much of what it counts brings, in pieces; their points are the term's. `measure`: turns that counted, hit
    /// points, units of the stock or the meter, or one if the condition holds.
    pub fn pieces(&self, measure: i64) -> Vec<Piece> {
        let piece = |amount: i64, each: i64, points: i64| Piece {
            amount,
            each,
            points,
        };
        match self {
            TermKind::Days { points, .. }
            | TermKind::Stock { points, .. }
            | TermKind::Meter { points, .. }
            | TermKind::If { points, .. } => vec![piece(measure, *points, measure * points)],
            TermKind::Losses { points, .. } => {
                vec![piece(measure, *points, measure * points / HP_PER_SP)]
            }
            TermKind::Strength {
                points,
                knee,
                above,
                ..
            } => {
                let knee = i64::from(*knee) * HP_PER_SP;
                let (low, high) = (measure.min(knee), (measure - knee).max(0));
                let all = (low * points + high * above) / HP_PER_SP;
                let first = low * points / HP_PER_SP;
                let mut pieces = vec![piece(low, *points, first)];
                if high > 0 {
                    pieces.push(piece(high, *above, all - first));
                }
                pieces
            }
        }
    }
}

/// How a term is counted. Points are tenths of a point.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TermKind {
    /// Each turn from..=to that ends with the condition true.
    Days {
        /// First turn.
        from: u32,
        /// Last turn.
        to: u32,
        /// What must hold at the end of the turn.
        when: Condition,
        /// Each.
        points: i64,
    },
    /// The side's strength in being at the end: so much each strength point up to the knee, so much above it.
    Strength {
        /// Whose.
        side: Key<Side>,
        /// Each strength point up to the knee.
        points: i64,
        /// Strength points.
        knee: i32,
        /// Each strength point above it.
        above: i64,
    },
    /// Each strength point the side has lost.
    Losses {
        /// Whose.
        side: Key<Side>,
        /// Each.
        points: i64,
    },
    /// Each unit of a stock the side's forces and depots still hold.
    Stock {
        /// Whose.
        side: Key<Side>,
        /// Which.
        stock: Key<Stock>,
        /// Each.
        points: i64,
    },
    /// Each unit at which the side's meter stands at the end.
    Meter {
        /// Whose.
        side: Key<Side>,
        /// Which: a meter on sides.
        meter: Key<Meter>,
        /// Each.
        points: i64,
    },
    /// Once, if the condition holds at the end.
    If {
        /// What must hold.
        when: Condition,
        /// Then.
        points: i64,
    },
}
