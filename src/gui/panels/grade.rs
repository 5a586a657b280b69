//! Grades of a verdict as the seat sees them: which one a score is, and how far the next better and the next worse are. For
//! whoever the score counts against, better is lower.

use bevy_egui::egui::{Align, Label, Layout, RichText, Ui};

use crate::{
    content::Level,
    gui::{Table, theme, words::say},
    sim::view::SeatView,
    war::tell,
};

/// Whether the seat wants the score low.
pub fn wants_low(view: &SeatView) -> bool {
    view.verdict.against.as_ref() == Some(&view.side)
}

/// Where a score stands among the grades.
struct Standing<'a> {
    /// The grade it is.
    now: Option<&'a Level>,
    /// The next better one for the seat, and by how much the score must change for it, tenths of a point.
    better: Option<(&'a Level, i64)>,
}

fn place(levels: &[Level], total: i64) -> usize {
    levels.iter().rposition(|l| total >= l.from).unwrap_or(0)
}

/// By how much a score must change to be of this grade, tenths of a point: below zero, it must fall.
fn way(levels: &[Level], total: i64, index: usize) -> i64 {
    let now = place(levels, total);
    let from = |index: usize| levels.get(index).map_or(total, |level| level.from);
    match index.cmp(&now) {
        std::cmp::Ordering::Less => from(index + 1) - 1 - total,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => from(index) - total,
    }
}

fn standing(levels: &[Level], total: i64, low: bool) -> Standing<'_> {
    let now = place(levels, total);
    let next = match low {
        true => now.checked_sub(1),
        false => Some(now + 1),
    };
    let better = next.and_then(|index| Some((levels.get(index)?, way(levels, total, index))));
    Standing {
        now: levels.get(now),
        better,
    }
}

/// What a score is called now, and how far the next better grade is.
pub fn words(view: &SeatView, total: i64) -> String {
    let low = wants_low(view);
    let Standing { now, better } = standing(&view.verdict.levels, total, low);
    let grade = now.map_or("", |level| level.name.as_str());
    let Some((next, way)) = better else {
        return say!("score-grade", grade = grade);
    };
    let (next, points) = (next.name.as_str(), tell::tenths_text(way.abs()));
    match low {
        true => say!(
            "score-grade-low",
            grade = grade,
            next = next,
            points = points
        ),
        false => say!(
            "score-grade-next",
            grade = grade,
            next = next,
            points = points
        ),
    }
}

/// The same once the war is over; none if there was no better grade.
pub fn missed(view: &SeatView, total: i64) -> Option<String> {
    let low = wants_low(view);
    let (next, way) = standing(&view.verdict.levels, total, low).better?;
    let (next, points) = (next.name.as_str(), tell::tenths_text(way.abs()));
    Some(match low {
        true => say!("verdict-missed-low", next = next, points = points),
        false => say!("verdict-missed", next = next, points = points),
    })
}

/// All grades, the best one for the seat first, with what the score would have to change by.
pub fn ladder(ui: &mut Ui, table: &Table, total: i64) {
    let view = table.view;
    let levels = &view.verdict.levels;
    let now = place(levels, total);
    let mut order: Vec<usize> = (0..levels.len()).collect();
    if !wants_low(view) {
        order.reverse();
    }
    for index in order {
        let level = &levels[index];
        let hue = match &level.winner {
            Some(side) => theme::side(table.rank(side)),
            None => theme::text(),
        };
        let name = RichText::new(&level.name).size(theme::CAPTION).color(hue);
        let way = way(levels, total, index);
        let points = tell::tenths_text(way.abs());
        let value = if index == now {
            RichText::new(say!("score-now")).strong()
        } else if way > 0 {
            RichText::new(say!("score-more", points = points)).color(theme::dim())
        } else {
            RichText::new(say!("score-less", points = points)).color(theme::dim())
        };
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(value.size(theme::CAPTION));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(name).truncate())
                });
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels() -> Vec<Level> {
        let level = |from, name: &str| Level {
            from,
            winner: None,
            name: name.into(),
        };
        vec![
            level(i64::MIN, "lost"),
            level(2400, "held"),
            level(4400, "won"),
        ]
    }

    #[test]
    fn each_seat_has_its_own_next_grade() {
        let levels = levels();
        let next = |total, low| {
            let better = standing(&levels, total, low).better;
            better.map(|(level, way)| (level.name.as_str(), way))
        };
        assert_eq!(next(4322, false), Some(("won", 78)));
        assert_eq!(next(4322, true), Some(("lost", -1923)));
        assert_eq!(next(2520, true), Some(("lost", -121)));
        assert_eq!((next(2399, true), next(4400, false)), (None, None));
        assert_eq!(
            way(&levels, 2520 - 121, 0),
            0,
            "so far and it is that grade"
        );
        assert_eq!(way(&levels, 4322 + 78, 2), 0);
    }
}
