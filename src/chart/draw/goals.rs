//! Objectives laid over the map: where what is asked of the side is to be done, and what scores where.

use std::collections::{BTreeMap, BTreeSet};

use super::{Note, Rank, Sheet, symbols};
use crate::{
    chart::scene::{Area, Colour, Stroke, Tag, Weight},
    content::{Key, Sector, Term, TermKind},
    sim::view::SeatView,
};

/// What matters about one place.
#[derive(Default)]
struct Stake {
    /// What is asked there of this side, and whether it is done.
    asked: Vec<(String, bool)>,
    /// What scores there.
    scores: Vec<String>,
}

/// A ring around each place that matters; what is asked stands out from what only scores.
pub fn rings(sheet: &mut Sheet) {
    sheet.ringed = stakes(sheet.view).into_keys().collect();
    let scale = sheet.scale;
    for (sector, stake) in stakes(sheet.view) {
        let Some(at) = sheet.at.get(sector).copied() else {
            continue;
        };
        let colour = colour(sheet, &stake);
        let rim = Stroke::new(colour, 1.8 * scale);
        sheet.circle(at, 17.0 * scale, colour.faint(0.10), Some(rim));
        if !stake.scores.is_empty() {
            let outer = Stroke::new(colour.faint(0.8), 1.1 * scale);
            sheet.circle(at, 22.0 * scale, Colour::CLEAR, Some(outer));
        }
    }
}

/// Pennants over the places, and under the name of each what is asked and scores there.
pub fn names(sheet: &mut Sheet) {
    let scale = sheet.scale;
    for (sector, stake) in stakes(sheet.view) {
        let Some(at) = sheet.at.get(sector).copied() else {
            continue;
        };
        if !sheet.sees(at, 40.0) {
            continue;
        }
        let colour = colour(sheet, &stake);
        let ground = sheet.palette.ground;
        let done = !stake.asked.is_empty() && stake.asked.iter().all(|(_, met)| *met);
        if !stake.asked.is_empty() {
            symbols::pennant(sheet, at, 8.0 * scale, colour, ground, done);
        }
        let name = sheet.view.map.sectors.get(sector).map(|s| s.name.as_str());
        sheet.notes.push(Note {
            rank: Rank::Chosen,
            around: Area::around(at, 46.0 * scale, 46.0 * scale),
            size: 13.0,
            weight: Weight::Medium,
            colour,
            text: stake.words(name.unwrap_or_default()).join("\n"),
            tag: Some(Tag::Sector(sector.clone())),
        });
    }
}

/// The places of which something is asked.
pub fn asked(view: &SeatView) -> BTreeSet<&Key<Sector>> {
    let objectives = view.objectives.values();
    objectives.flat_map(|o| view.places(&o.when)).collect()
}

impl Stake {
    /// The name of its place, and what is asked and scores there. An objective that is called after the place names it.
    fn words(&self, place: &str) -> Vec<String> {
        let asked = self.asked.iter().flat_map(|(name, met)| {
            let state = if *met { "met" } else { "not met" };
            [name.clone(), state.to_owned()]
        });
        let mut words: Vec<String> = asked.chain(self.scores.iter().cloned()).collect();
        if !words.first().is_some_and(|first| first.contains(place)) {
            words.retain(|word| word != place);
            words.insert(0, place.to_owned());
        }
        words
    }
}

fn colour(sheet: &Sheet, stake: &Stake) -> Colour {
    if stake.asked.iter().any(|(_, met)| !*met) {
        sheet.palette.attention
    } else {
        sheet.palette.text
    }
}

/// Places that matter, by name.
fn stakes(view: &SeatView) -> BTreeMap<&Key<Sector>, Stake> {
    let mut stakes: BTreeMap<&Key<Sector>, Stake> = BTreeMap::new();
    for objective in view.objectives.values() {
        for sector in view.places(&objective.when) {
            let asked = (objective.name.clone(), objective.met);
            stakes.entry(sector).or_default().asked.push(asked);
        }
    }
    // Of several terms that count the days of a place, the one that counts now or next says enough.
    let mut days: BTreeMap<&Key<Sector>, (u32, &Term)> = BTreeMap::new();
    for (_, term) in view.verdict.in_order() {
        match &term.kind {
            TermKind::Days { from, to, when, .. } if *to >= view.turn => {
                for sector in view.places(when) {
                    let first = days.entry(sector).or_insert((*from, term));
                    if *from < first.0 {
                        *first = (*from, term);
                    }
                }
            }
            TermKind::If { when, points } => {
                for sector in view.places(when) {
                    let words = format!("{}: {}", term.name, points_of(*points));
                    stakes.entry(sector).or_default().scores.push(words);
                }
            }
            _ => {}
        }
    }
    for (sector, (_, term)) in days {
        if let TermKind::Days { from, points, .. } = &term.kind {
            let stake = stakes.entry(sector).or_default();
            stake.scores.push(term.name.clone());
            stake.scores.push(if *from > view.turn {
                format!("{} a turn, from turn {from}", points_of(*points))
            } else {
                format!("{} a turn, now", points_of(*points))
            });
        }
    }
    stakes
}

/// Tenths of a point with their sign.
fn points_of(tenths: i64) -> String {
    let sign = if tenths < 0 { "\u{2212}" } else { "+" };
    let whole = tenths.unsigned_abs();
    match whole % 10 {
        0 => format!("{sign}{}", whole / 10),
        rest => format!("{sign}{}.{rest}", whole / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_carry_their_sign() {
        assert_eq!(points_of(100), "+10");
        assert_eq!(points_of(-305), "\u{2212}30.5");
    }
}
