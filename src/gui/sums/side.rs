//! Sums of a whole side: its reserves, its score, its meters, its losses.

use super::{Sum, Unit};
use crate::{
    content::{Force, Key, Meter, Site, Stock, TermKind},
    gui::{
        panels::account,
        words::{self, say},
    },
    sim::{
        progress,
        view::{LedgerLine, SeatView},
    },
    war::tell,
};

/// What the side has of a stock, by who carries and what stores it.
pub fn reserve(view: &SeatView, stock: &Key<Stock>) -> Sum {
    let name = view
        .rules
        .stocks
        .get(stock)
        .map_or(stock.as_str(), |s| &s.name);
    let mut sum = Sum::new(name, Unit::Plain, progress::held(view, &view.side, stock));
    for (_, holder, left) in holders(view, stock) {
        sum.row(holder, "", i64::from(left));
    }
    sum
}

/// A force or site that has some of a stock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holder {
    /// Aboard a force.
    Force(Key<Force>),
    /// In a depot.
    Site(Key<Site>),
}

/// Who of the own side has how much of a stock: forces first, most first.
pub fn holders(view: &SeatView, stock: &Key<Stock>) -> Vec<(Holder, String, i32)> {
    let forces = view.forces.iter().filter(|(_, f)| f.side == view.side);
    let mut aboard: Vec<_> = forces
        .filter_map(|(key, f)| {
            let left = f.stocks.get(stock).copied().filter(|n| *n != 0)?;
            Some((Holder::Force(key.clone()), f.name.clone(), left))
        })
        .collect();
    let sites = view.sites.iter().filter(|(_, s)| s.owner == view.side);
    let mut stored: Vec<_> = sites
        .filter_map(|(key, s)| {
            let left = s.stocks.as_ref()?.get(stock).copied().filter(|n| *n != 0)?;
            let name = view.map.sites.get(key).map_or(key.as_str(), |s| &s.name);
            Some((Holder::Site(key.clone()), name.to_owned(), left))
        })
        .collect();
    aboard.sort_by_key(|(_, _, left)| -left);
    stored.sort_by_key(|(_, _, left)| -left);
    aboard.append(&mut stored);
    aboard
}

/// One term of the score as it would count now.
pub fn term(view: &SeatView, line: &LedgerLine) -> Sum {
    let mut sum = Sum::new(&line.name, Unit::Tenths, line.points);
    let Some(term) = view.verdict.terms.get(&line.term) else {
        sum.rest(say!("sum-till-now"));
        return sum;
    };
    let measure = measure(view, line, &term.kind);
    let pieces = term.kind.pieces(measure);
    for (index, piece) in pieces.iter().enumerate() {
        let each = tell::tenths_text(piece.each);
        let (name, of) = match &term.kind {
            TermKind::Days { .. } => (say!("sum-days", n = piece.amount), each),
            TermKind::Strength { .. } | TermKind::Losses { .. } => {
                let sp = tell::strength(piece.amount);
                let name = match (&term.kind, index) {
                    (TermKind::Losses { .. }, _) => say!("sum-sp-lost", sp = sp),
                    (_, 0) => say!("sum-sp", sp = sp),
                    _ => say!("sum-sp-above", sp = sp),
                };
                (name, each)
            }
            TermKind::Stock { stock, .. } => {
                let name = view.rules.stocks.get(stock);
                let name = name.map_or(stock.as_str(), |s| &s.name);
                (format!("{} {name}", piece.amount), each)
            }
            TermKind::Meter { meter, .. } => {
                let name = view.rules.meters.get(meter);
                let name = name.map_or(meter.as_str(), |m| &m.name);
                (format!("{} {name}", piece.amount), each)
            }
            TermKind::If { .. } if piece.amount > 0 => (say!("sum-is-so"), String::new()),
            TermKind::If { .. } => (say!("sum-is-not-so"), String::new()),
        };
        let source = if of.is_empty() {
            of
        } else {
            say!("sum-each", points = of)
        };
        sum.row(name, source, piece.points);
    }
    sum.rest(say!("sum-unseen"));
    sum
}

/// What of a term has been counted by what the seat knows.
fn measure(view: &SeatView, line: &LedgerLine, kind: &TermKind) -> i64 {
    match kind {
        // The days themselves are not shown to a seat: its points tell how many they were.
        TermKind::Days { points, .. } => line.points.checked_div(*points).unwrap_or(0),
        TermKind::If { points, .. } | TermKind::Meter { points, .. } => {
            line.points.checked_div(*points).unwrap_or(0)
        }
        TermKind::Strength { side, .. } => progress::strength(view, side),
        TermKind::Losses { side, .. } => progress::toll(view, side).0,
        TermKind::Stock { side, stock, .. } => progress::held(view, side, stock),
    }
}

/// The lines that make the seat's score: all of one score, of several its own side's.
pub fn ledger(view: &SeatView) -> impl Iterator<Item = &LedgerLine> {
    view.ledger.iter().filter(|line| {
        let term = view.verdict.terms.get(&line.term);
        let to = term.and_then(|term| term.to.as_ref());
        to.is_none_or(|side| *side == view.side)
    })
}

/// All terms of the score.
pub fn score(view: &SeatView) -> Sum {
    let total = ledger(view).map(|line| line.points).sum();
    let mut sum = Sum::new(say!("sum-score"), Unit::Tenths, total);
    for line in ledger(view) {
        sum.row(&line.name, "", line.points);
    }
    sum
}

/// A meter: what it was a turn ago, what has changed it, and what it does from which value on.
pub fn meter(view: &SeatView, meter: &Key<Meter>, before: Option<&SeatView>) -> Sum {
    let value = view.meters.get(meter).copied().unwrap_or(0);
    let known = view.rules.meters.get(meter);
    let name = known.map_or(meter.as_str(), |m| &m.name);
    let mut sum = Sum::new(name, Unit::Plain, i64::from(value));
    match before.and_then(|v| v.meters.get(meter)) {
        Some(before) => {
            sum.row(say!("sum-turn-ago"), "", i64::from(*before));
            sum.rest(say!("sum-meter-since"));
        }
        None => sum.rest(say!("sum-till-now")),
    }
    if let Some(known) = known {
        super::gauges::rules_of(view, known, i64::from(value), &mut sum);
    }
    sum
}

/// Own losses so far, hit points: those of the last turn by cause, and the rest.
pub fn losses(view: &SeatView) -> Sum {
    let mut sum = Sum::new(say!("sum-losses"), Unit::Strength, view.toll.0);
    let last = account::losses(view, true);
    let mended = account::mended(view);
    let now: i64 = last.values().map(|loss| loss.hp).sum();
    let earlier = view.toll.0 - now + mended;
    if earlier != 0 {
        sum.row(say!("sum-losses-earlier"), "", earlier);
    }
    for (cause, loss) in last {
        sum.row(
            words::of("sum-cause", cause),
            say!("sum-last-turn"),
            loss.hp,
        );
    }
    if mended != 0 {
        sum.row(say!("sum-losses-mended"), say!("sum-last-turn"), -mended);
    }
    sum.notes.push(say!(
        "sum-losses-of",
        raised = tell::strength(view.toll.1),
        share = tell::share(i64::from(view.losses))
    ));
    sum
}
