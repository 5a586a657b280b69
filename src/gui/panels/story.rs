//! The story of a war: in sentences, then in figures: lines by turn, and losses by cause over its length.

use std::collections::BTreeMap;

use bevy_egui::egui::{self, Color32, Pos2, Rect, RichText, Sense, Shape, Stroke, Ui, Vec2};

use crate::{
    gui::{
        table::sentence,
        theme,
        words::{self, say},
    },
    sim::view::SeatView,
    war::{
        chronicle::{Page, Told},
        story::Story,
        tell,
    },
};

/// Height of one picture of lines, points.
const HEIGHT: f32 = 56.0;

/// One line of a picture: its name, its colour, a figure for each turn, and how a figure is written.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) colour: Color32,
    pub(super) values: Vec<i64>,
    pub(super) write: fn(i64) -> String,
    /// Whether it is broken, to be told from another without its colour.
    pub(super) dashed: bool,
}

/// Shows it.
pub fn show(ui: &mut Ui, view: &SeatView, told: &Told) {
    sentences(ui, &told.story);
    figures(ui, view, &told.pages);
}

/// The story in sentences: the days that weighed most, each under its date.
fn sentences(ui: &mut Ui, story: &Story) {
    theme::heading(ui, &say!("film-story"));
    ui.label(&story.opening);
    for day in &story.days {
        ui.add_space(4.0);
        if day.passed_over {
            theme::note(ui, &day.text);
        } else {
            ui.label(RichText::new(&day.date).font(theme::medium(theme::BODY)));
            ui.label(&day.text);
        }
    }
    ui.add_space(4.0);
    ui.label(&story.close);
}

fn figures(ui: &mut Ui, view: &SeatView, pages: &[Page]) {
    let values = |of: fn(&Page) -> i64| pages.iter().map(of).collect::<Vec<i64>>();
    theme::heading(ui, &say!("film-story-score"));
    let score = Line {
        name: say!("film-score"),
        colour: theme::text(),
        values: values(|page| page.score),
        write: tell::tenths_text,
        dashed: false,
    };
    lines(ui, &[score]);
    theme::heading(ui, &say!("film-story-strength"));
    let rank = |side| view.sides.keys().position(|s| *s == side).unwrap_or(0);
    let own = Line {
        name: say!("film-story-own"),
        colour: theme::side(rank(view.side.clone())),
        values: values(|page| page.own),
        write: tell::strength,
        dashed: false,
    };
    let destroyed = Line {
        name: say!("film-story-destroyed"),
        colour: theme::loss(),
        values: values(|page| page.destroyed),
        write: tell::strength,
        dashed: false,
    };
    lines(ui, &[own, destroyed]);
    let stocks: Vec<_> = pages.iter().flat_map(|page| page.reserves.keys()).collect();
    if let Some(stock) = stocks.first() {
        let name = view
            .rules
            .stocks
            .get(*stock)
            .map_or(stock.as_str(), |s| &s.name);
        theme::heading(ui, &say!("film-story-reserves"));
        let left = pages
            .iter()
            .map(|page| page.reserves.get(*stock).copied().unwrap_or(0));
        let line = Line {
            name: sentence(name),
            colour: theme::gold(),
            values: left.map(i64::from).collect(),
            write: |n| n.to_string(),
            dashed: false,
        };
        lines(ui, &[line]);
    }
    causes(ui, pages);
}

/// Own losses of the whole war by cause, and the turn that cost most.
fn causes(ui: &mut Ui, pages: &[Page]) {
    theme::heading(ui, &say!("film-own-losses"));
    let mut all: BTreeMap<&str, i64> = BTreeMap::new();
    for (cause, hp) in pages.iter().flat_map(|page| &page.lost) {
        *all.entry(*cause).or_default() += hp;
    }
    if all.is_empty() {
        theme::note(ui, say!("film-no-losses"));
        return;
    }
    for (cause, hp) in &all {
        let name = sentence(&words::of("film-cause", cause));
        theme::figure(ui, &name, say!("film-sp", sp = tell::strength(*hp)));
    }
    let sum = tell::strength(all.values().sum());
    theme::figure(ui, &say!("film-in-all"), say!("film-sp", sp = sum));
    theme::note(ui, say!("film-story-counted"));
    let cost = |page: &Page| page.lost.values().sum::<i64>();
    if let Some(worst) = pages.iter().max_by_key(|page| cost(page)) {
        let sp = tell::strength(cost(worst));
        theme::note(ui, say!("film-story-worst", turn = worst.turn, sp = sp));
    }
}

/// Lines over the turns, with their last figures at their names. The pointer reads the turn below it.
pub(super) fn lines(ui: &mut Ui, all: &[Line]) {
    for line in all {
        let last = line.values.last().copied().unwrap_or(0);
        let value = RichText::new((line.write)(last)).color(line.colour);
        theme::figure(ui, &line.name, value);
    }
    let size = Vec2::new(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let inner = rect.shrink(6.0);
    let figures = || all.iter().flat_map(|line| line.values.iter().copied());
    let low = figures().min().unwrap_or(0).min(0);
    let high = figures().max().unwrap_or(0).max(low + 1);
    let turns = all.iter().map(|line| line.values.len()).max().unwrap_or(0);
    let last = turns.saturating_sub(1).max(1) as f32;
    let at = |turn: usize, value: i64| {
        let up = (value - low) as f32 / (high - low) as f32;
        Pos2::new(
            inner.left() + inner.width() * turn as f32 / last,
            inner.bottom() - inner.height() * up,
        )
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 4.0, theme::colour(theme::palette().ground));
    painter.hline(inner.x_range(), at(0, 0).y, theme::hairline());
    for line in all {
        let points: Vec<Pos2> = line
            .values
            .iter()
            .enumerate()
            .map(|(i, v)| at(i, *v))
            .collect();
        let stroke = Stroke::new(2.0, line.colour);
        match line.dashed {
            true => painter.extend(Shape::dashed_line(&points, stroke, 5.0, 4.0)),
            false => _ = painter.add(Shape::line(points, stroke)),
        }
    }
    let about = all.iter().map(|line| {
        let (first, last) = (line.values.first(), line.values.last());
        let write = |v: Option<&i64>| (line.write)(v.copied().unwrap_or(0));
        say!(
            "film-story-line",
            name = line.name.clone(),
            first = write(first),
            last = write(last)
        )
    });
    let about = about.collect::<Vec<_>>().join("; ");
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, about.as_str()));
    if let Some(pointer) = response.hover_pos() {
        let share = ((pointer.x - inner.left()) / inner.width().max(1.0)).clamp(0.0, 1.0);
        let turn = (share * last).round() as usize;
        read(ui, rect, at(turn, low).x);
        let told = all.iter().filter_map(|line| {
            let value = line.values.get(turn)?;
            Some(format!("{}: {}", line.name, (line.write)(*value)))
        });
        let mut words = vec![say!("film-story-after", turn = turn)];
        words.extend(told);
        response.on_hover_text(words.join("\n"));
    }
}

/// A line where the pointer reads.
fn read(ui: &Ui, rect: Rect, x: f32) {
    ui.painter().vline(x, rect.y_range(), theme::hairline());
}
