//! The story of a war as one seat came to know it: the days that weighed most in sentences, and how it ended. Told from
//! the journal as the seat was told it, so that nothing is in it that the seat does not know.

mod moments;

use serde::Serialize;
use serde_json::json;

use self::moments::Moment;
use super::{Reel, tell};
use crate::{
    content::Term,
    sim::{
        calendar::date_text,
        view::{Ending, SeatView},
    },
};

/// Days that are told at most, and at least if there were so many.
const DAYS: (usize, usize) = (12, 4);
/// One day is told for so many turns.
const EACH: usize = 2;
/// Sentences that a day has at most.
const SENTENCES: usize = 4;
/// A tenth of a point of the score weighs as much as so many hit points.
const TENTH: i64 = 2;
/// A change of the score is told from this on, permille of all that it ever went up and down between.
const SWING: i64 = 80;

/// A day that is told, or days that are passed over in a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Paragraph {
    /// The first and the last turn.
    pub turns: (u32, u32),
    /// The first turn as a date.
    pub date: String,
    /// In sentences.
    pub text: String,
    /// Whether it is passed over.
    pub passed_over: bool,
}

/// A war in words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Story {
    /// What there was at the beginning.
    pub opening: String,
    /// The days in their order.
    pub days: Vec<Paragraph>,
    /// How it ended, at what price, and what decided it; how it stands, if it has not ended.
    pub close: String,
}

impl Story {
    /// Of a reel that is some seat's.
    pub fn of(reel: &Reel) -> Self {
        let mut views = reel.frames.iter().map(|frame| &*frame.view);
        let Some(mut before) = views.next() else {
            return Self::default();
        };
        let mut teller = Teller::new(before);
        for after in views {
            teller.hear(before, after);
            before = after;
        }
        teller.tell(before)
    }
}

/// A turn as it may be told.
struct Day {
    turn: u32,
    date: String,
    moments: Vec<Moment>,
    /// The score before and after it, tenths of a point.
    score: (i64, i64),
    /// Own strength lost on it and hostile seen destroyed, hit points.
    toll: (i64, i64),
}

impl Day {
    fn weight(&self) -> i64 {
        let told: i64 = self.moments.iter().map(|m| m.weight).sum();
        told + self.swing() * TENTH
    }

    fn swing(&self) -> i64 {
        (self.score.1 - self.score.0).abs()
    }
}

/// Hears of a war turn by turn and tells of it at the end.
pub struct Teller {
    opening: String,
    days: Vec<Day>,
}

impl Teller {
    /// Before the first turn.
    pub fn new(view: &SeatView) -> Self {
        let own = view.forces.values().filter(|f| f.side == view.side);
        let seen = view.contacts.values();
        let seen = seen.filter(|c| view.hostile.contains(&c.side));
        let reserve = view.reserves.iter().find(|(stock, _)| {
            let known = view.rules.stocks.get(*stock);
            known.is_some_and(|s| s.reserve)
        });
        let fields = json!({
            "side": view.side,
            "own": own.clone().map(|f| f.strength).sum::<i64>(),
            "forces": own.count(),
            "seen": seen.map(|c| c.strength.1).sum::<i64>(),
            "stock": reserve.map(|(stock, _)| stock),
            "rounds": reserve.map(|(_, it)| it.left),
        });
        Self {
            opening: tell::sentence(view, "opening", &fields),
            days: Vec::new(),
        }
    }

    /// A turn: what was known before it, and after it.
    pub fn hear(&mut self, before: &SeatView, after: &SeatView) {
        // The turn counter stands still once a war has ended.
        let turn = self.days.last().map_or(before.turn, |day| day.turn + 1);
        let destroyed = |view: &SeatView| view.destroyed.values().sum::<i64>();
        self.days.push(Day {
            turn,
            date: date_text(&before.calendar, turn),
            moments: moments::of(before, after),
            score: (score(before), score(after)),
            toll: (
                after.toll.0 - before.toll.0,
                destroyed(after) - destroyed(before),
            ),
        });
    }

    /// The story, told to whoever knows this at the end.
    pub fn tell(self, view: &SeatView) -> Story {
        let scores = || self.days.iter().flat_map(|d| [d.score.0, d.score.1]);
        let range = scores().max().unwrap_or(0) - scores().min().unwrap_or(0);
        let most = (self.days.len() / EACH).clamp(DAYS.1, DAYS.0);
        let mut heaviest: Vec<(i64, u32)> = self
            .days
            .iter()
            .filter(|day| !day.moments.is_empty())
            .map(|day| (day.weight(), day.turn))
            .collect();
        heaviest.sort_by_key(|(weight, turn)| (std::cmp::Reverse(*weight), *turn));
        heaviest.truncate(most);
        let mut days = Vec::new();
        let mut passed: Vec<&Day> = Vec::new();
        for day in &self.days {
            if heaviest.iter().any(|(_, turn)| *turn == day.turn) {
                days.extend(quiet(view, &passed));
                passed.clear();
                days.push(told(view, day, range));
            } else {
                passed.push(day);
            }
        }
        days.extend(quiet(view, &passed));
        let turning = heaviest.first().map(|(_, turn)| *turn);
        Story {
            close: close(view, &self.days, turning),
            opening: self.opening,
            days,
        }
    }
}

/// The score as far as the seat can count it, that of the verdict at the end; its own, where each side has one. Tenths of a
/// point.
pub fn score(view: &SeatView) -> i64 {
    let points = match &view.ended {
        Some(ending) => ending.terms.clone(),
        None => {
            let lines = view.ledger.iter();
            lines.map(|l| (l.term.clone(), l.points)).collect()
        }
    };
    let scores = view.verdict.scores(&points);
    let whose = view.verdict.side.as_ref().unwrap_or(&view.side);
    scores.get(whose).copied().unwrap_or(0)
}

/// A day in its weightiest sentences, in the order in which things happened.
fn told(view: &SeatView, day: &Day, range: i64) -> Paragraph {
    let mut by_weight: Vec<usize> = (0..day.moments.len()).collect();
    by_weight.sort_by_key(|n| std::cmp::Reverse(day.moments.get(*n).map(|m| m.weight)));
    by_weight.truncate(SENTENCES);
    let chosen = day.moments.iter().enumerate();
    let chosen = chosen.filter(|(n, _)| by_weight.contains(n));
    let mut sentences: Vec<String> = chosen.map(|(_, m)| m.text.clone()).collect();
    if day.swing() * 1000 >= range * SWING && day.swing() >= 10 {
        let fields =
            json!({ "from": tell::tenths_text(day.score.0), "to": tell::tenths_text(day.score.1) });
        sentences.push(tell::sentence(view, "swing", &fields));
    }
    Paragraph {
        turns: (day.turn, day.turn),
        date: day.date.clone(),
        text: sentences.join(" "),
        passed_over: false,
    }
}

/// Days that are passed over; a single one is not even named.
fn quiet(view: &SeatView, days: &[&Day]) -> Option<Paragraph> {
    let (first, last) = (days.first()?, days.last()?);
    if first.turn == last.turn {
        return None;
    }
    let fields = json!({
        "date": last.date,
        "lost": days.iter().map(|d| d.toll.0).sum::<i64>(),
        "destroyed": days.iter().map(|d| d.toll.1).sum::<i64>(),
    });
    Some(Paragraph {
        turns: (first.turn, last.turn),
        date: first.date.clone(),
        text: tell::sentence(view, "quiet", &fields),
        passed_over: true,
    })
}

/// How it ended.
fn close(view: &SeatView, days: &[Day], turning: Option<u32>) -> String {
    let last = days.last().map_or("", |day| day.date.as_str());
    let mut sentences = Vec::new();
    if let Some(ending) = &view.ended {
        let how = match &ending.winner {
            None => "end-draw",
            Some(side) if *side == view.side || view.friends.contains(side) => "end-won",
            Some(_) => "end-lost",
        };
        let fields = json!({
            "date": last, "level": ending.level, "score": tell::tenths_text(score(view)),
        });
        sentences.push(tell::sentence(view, how, &fields));
    } else {
        let fields = json!({ "date": last, "score": tell::tenths_text(score(view)) });
        sentences.push(tell::sentence(view, "goes-on", &fields));
    }
    let fields = json!({
        "raised": view.toll.1,
        "lost": tell::strength(view.toll.0),
        "destroyed": tell::strength(view.destroyed.values().sum()),
    });
    sentences.push(tell::sentence(view, "price", &fields));
    if let Some(ending) = &view.ended {
        sentences.extend(decided(view, ending));
    }
    if let Some(day) = days.iter().find(|day| Some(day.turn) == turning) {
        let fields = json!({ "date": day.date });
        sentences.push(tell::sentence(view, "turning", &fields));
    }
    sentences.join(" ")
}

/// What of the score spoke most for the seat, and what most against it.
fn decided(view: &SeatView, ending: &Ending) -> Option<String> {
    let eyes = view.verdict.seen_by(&view.side);
    let for_us: Vec<(&Term, i64)> = view
        .verdict
        .terms
        .iter()
        .map(|(key, term)| {
            let points = ending.terms.get(key).copied().unwrap_or(0);
            (term, eyes.points(term, points))
        })
        .collect();
    let most = for_us.iter().max_by_key(|(_, points)| *points);
    let best = most.filter(|(_, points)| *points > 0);
    let least = for_us.iter().min_by_key(|(_, points)| *points);
    let worst = least.filter(|(_, points)| *points < 0);
    if best.is_none() && worst.is_none() {
        return None;
    }
    let fields = json!({
        "best": best.map(|(term, _)| &term.name),
        "gained": best.map(|(_, points)| tell::tenths_text(*points)),
        "worst": worst.map(|(term, _)| &term.name),
        "missed": worst.map(|(_, points)| tell::tenths_text(*points)),
    });
    Some(tell::sentence(view, "decided", &fields))
}
