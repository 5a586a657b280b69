//! The line of a record that is watched: a cell for each turn with its date, what the record tells of these days above
//! it, what happened in this war below it. A click or a drag goes to a turn.

use bevy_egui::egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind,
    Ui, Vec2, WidgetInfo, WidgetType,
};

use super::{basis, supply, watch};
use crate::{
    content::Scenario,
    gui::{
        Table, UiAction,
        history::{
            track::{Bar, Day},
            watch::{Act, Watch},
        },
        keys::Command,
        theme,
        words::{self, say},
    },
    war::tell,
};

/// Width of the words at the left of the line, points.
const GUTTER: f32 = 84.0;
/// Height of one bar of the record, points.
const LANE: f32 = 18.0;
/// Height of the row of dates.
const DATES: f32 = 20.0;
/// Height of what happened.
const EVENTS: f32 = 40.0;

/// Shows it.
pub fn show(ui: &mut Ui, table: &Table, scenario: &Scenario, watch: &Watch) -> Vec<UiAction> {
    let mut actions = Vec::new();
    if watch.plays() {
        // The window's own time; frames are asked for only while it plays.
        actions.push(UiAction::Watch(Act::Tick(ui.input(|input| input.time))));
        ui.ctx()
            .request_repaint_after(std::time::Duration::from_millis(100));
    }
    head(ui, scenario, watch, &mut actions);
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let line = Line::of(rect, watch.last());
    response.widget_info(|| {
        let value = f64::from(watch.at);
        let name = say!(
            "watch-line",
            turn = watch.at + 1,
            date = table.view.date.as_str()
        );
        let mut info = WidgetInfo::slider(true, value, &name);
        info.typ = WidgetType::Slider;
        info
    });
    theme::ring(ui, &response);
    draw(ui, table, watch, &line);
    note_cells(ui, &line);
    if let Some(pos) = response.interact_pointer_pos() {
        let at = line.cell_at(pos.x);
        if at != watch.at && (response.clicked() || response.dragged()) {
            actions.push(UiAction::Watch(Act::To(at)));
        }
    } else if let Some(pos) = response.hover_pos() {
        let words = about(table, watch, line.cell_at(pos.x));
        response.on_hover_text(words);
    }
    actions
}

/// What moves it, and from where it is seen.
fn head(ui: &mut Ui, scenario: &Scenario, watched: &Watch, actions: &mut Vec<UiAction>) {
    ui.horizontal_wrapped(|ui| {
        theme::tight(ui);
        let play = match watched.plays() {
            true => say!("watch-rest"),
            false => say!("watch-play"),
        };
        for (words, act, command) in [
            (play, Act::Play, Command::WatchPlay),
            (say!("watch-first"), Act::First, Command::WatchFirst),
            (say!("watch-back"), Act::Step(-1), Command::WatchBack),
            (say!("watch-forth"), Act::Step(1), Command::WatchForth),
            (say!("watch-last"), Act::Last, Command::WatchLast),
        ] {
            // Their keys do it too; with many seats there is no room for them.
            let is_spare = matches!(act, Act::First | Act::Last);
            if is_spare && watched.reels.len() > 3 {
                continue;
            }
            let about = words::of("key", command.name());
            let is_so = command == Command::WatchPlay && watched.plays();
            if theme::choice_about(ui, words, is_so, None, &about) {
                actions.push(UiAction::Watch(act));
            }
        }
        ui.add_space(8.0);
        watch::points(ui, watched, scenario, actions);
    });
}

/// Where everything lies.
struct Line {
    /// What is drawn on.
    rect: Rect,
    /// Where the cells lie.
    cells: Rect,
    /// How many there are: one for each turn, and one for what stands after the last.
    count: u32,
}

impl Line {
    fn of(rect: Rect, last: u32) -> Self {
        let mut cells = rect;
        cells.min.x += GUTTER.min(rect.width() * 0.2);
        cells.max.x -= 2.0;
        Self {
            rect,
            cells,
            count: last + 1,
        }
    }

    fn width(&self) -> f32 {
        self.cells.width() / self.count as f32
    }

    /// Where so many turns are over.
    fn x(&self, turns: f32) -> f32 {
        self.cells.left() + self.width() * turns
    }

    fn cell(&self, at: u32) -> Rect {
        let left = self.x(at as f32);
        Rect::from_x_y_ranges(left..=left + self.width(), self.rect.y_range())
    }

    fn cell_at(&self, x: f32) -> u32 {
        let share = (x - self.cells.left()) / self.width().max(0.1);
        (share.floor().max(0.0) as u32).min(self.count.saturating_sub(1))
    }

    /// Upper edge of the row of dates.
    fn axis(&self) -> f32 {
        self.rect.bottom() - EVENTS - DATES
    }
}

fn caption() -> FontId {
    FontId::proportional(theme::CAPTION)
}

fn draw(ui: &Ui, table: &Table, watch: &Watch, line: &Line) {
    let painter = ui.painter_at(line.rect);
    let palette = theme::palette();
    painter.rect_filled(line.cells, 4.0, theme::colour(palette.ground));
    let now = line.cell(watch.at);
    let lit = theme::colour(palette.panel.toward(palette.glow, 0.45));
    painter.rect_filled(now, 2.0, lit);
    for (y, words) in [
        (line.rect.top() + 10.0, say!("watch-told")),
        (line.rect.bottom() - EVENTS / 2.0, say!("watch-here")),
    ] {
        let at = Pos2::new(line.rect.left(), y);
        let font = theme::medium(theme::CAPTION);
        painter.text(at, Align2::LEFT_CENTER, words, font, theme::dim());
    }
    dates(&painter, table, watch, line);
    record(&painter, watch, line);
    if let Some(track) = watch.track() {
        for (turn, day) in (0_u32..).zip(&track.days) {
            events(&painter, table, line.cell(turn), day, track.worst);
        }
    }
    let edge = Stroke::new(1.5, theme::text());
    // Names of the record may lie across the turn: above its date it is only lit.
    let mut framed = now.shrink(0.5);
    let date = painter.layout_no_wrap(date_of(table, watch, watch.at), caption(), theme::text());
    let is_wide = date.size().x + 6.0 <= now.width();
    framed.min.y = line.axis() + if is_wide { 0.0 } else { DATES };
    painter.rect_stroke(framed, 2.0, edge, StrokeKind::Inside);
    let top = Pos2::new(now.center().x, line.axis());
    let mark = [top + Vec2::new(-4.0, -5.0), top + Vec2::new(4.0, -5.0), top];
    painter.add(Shape::convex_polygon(
        mark.to_vec(),
        theme::text(),
        Stroke::NONE,
    ));
}

/// What stands at a cell.
fn date_of(table: &Table, watch: &Watch, at: u32) -> String {
    match at < watch.last() {
        true => supply::short_date(table.view, at + 1),
        false => say!("watch-end"),
    }
}

/// A tick a turn; dates as far as they do not touch.
fn dates(painter: &Painter, table: &Table, watch: &Watch, line: &Line) {
    let (top, bottom) = (line.axis(), line.axis() + DATES);
    for y in [top, bottom] {
        painter.hline(line.cells.x_range(), y, theme::hairline());
    }
    let words = |at: u32| date_of(table, watch, at);
    let wide = |words: &str| {
        let galley = painter.layout_no_wrap(words.to_owned(), caption(), theme::text());
        galley.size().x + 8.0
    };
    let widest = (0..line.count)
        .map(|at| wide(&words(at)))
        .fold(1.0, f32::max);
    let every = (widest / line.width()).ceil().max(1.0) as u32;
    let mut free = line.cells.left();
    // The turn that is shown bears its date; the others make room for it.
    let shown = line.cell(watch.at);
    for at in 0..line.count {
        let cell = line.cell(at);
        painter.vline(cell.left(), top..=top + 5.0, theme::hairline());
        let is_now = at == watch.at;
        if !is_now && !at.is_multiple_of(every) {
            continue;
        }
        let words = words(at);
        let half = wide(&words) / 2.0;
        let within = line.cells.left() + half..=line.cells.right() - half;
        let x = cell
            .center()
            .x
            .clamp(*within.start(), within.end().max(*within.start()));
        let close = (x - shown.center().x).abs() < half + widest / 2.0;
        if !is_now && (close || x - half < free) {
            continue;
        }
        free = x + half;
        let colour = if is_now { theme::text() } else { theme::dim() };
        let at = Pos2::new(x, (top + bottom) / 2.0 + 1.0);
        painter.text(at, Align2::CENTER_CENTER, words, caption(), colour);
    }
}

/// A bar with its name, where both lie.
struct Placed<'a> {
    bar: &'a Bar,
    lane: usize,
    span: (f32, f32),
    label: Rect,
}

/// The record's entries in as many lanes as there are; no label touches another.
fn place<'a>(painter: &Painter, watch: &'a Watch, line: &Line) -> (Vec<Placed<'a>>, usize) {
    let top = line.rect.top() + 2.0;
    let lanes = ((line.axis() - 6.0 - top) / LANE).floor().max(0.0) as usize;
    let mut taken: Vec<Vec<(f32, f32)>> = vec![Vec::new(); lanes];
    let mut placed = Vec::new();
    let mut left_out = 0;
    for bar in &watch.bars {
        let galley = painter.layout_no_wrap(bar.name.clone(), caption(), theme::text());
        let wide = galley.size().x + 22.0;
        let (from, to) = (line.x(bar.span.0) + 1.0, line.x(bar.span.1) - 1.0);
        let to = to.max(from + 6.0);
        // Within the bar, else at its right, else at its left.
        let start = if to - from >= wide {
            from
        } else if to + wide <= line.cells.right() {
            to + 2.0
        } else {
            from - wide - 2.0
        };
        let whole = (from.min(start), to.max(start + wide));
        let is_free = |row: &Vec<(f32, f32)>| {
            let mut others = row.iter();
            whole.0 >= line.cells.left() - 1.0
                && others.all(|other| whole.1 + 6.0 <= other.0 || whole.0 >= other.1 + 6.0)
        };
        let Some(lane) = taken.iter().position(is_free) else {
            left_out += 1;
            continue;
        };
        if let Some(row) = taken.get_mut(lane) {
            row.push(whole);
        }
        let y = top + LANE * lane as f32;
        placed.push(Placed {
            bar,
            lane,
            span: (from, to),
            label: Rect::from_min_size(Pos2::new(start, y), Vec2::new(wide, LANE - 2.0)),
        });
    }
    (placed, left_out)
}

fn record(painter: &Painter, watch: &Watch, line: &Line) {
    let palette = theme::palette();
    let (placed, left_out) = place(painter, watch, line);
    for Placed {
        bar,
        lane,
        span,
        label,
    } in &placed
    {
        let y = line.rect.top() + 2.0 + LANE * *lane as f32;
        let rect = Rect::from_min_max(Pos2::new(span.0, y), Pos2::new(span.1, y + LANE - 2.0));
        let now = watch.at as f32;
        let is_now = bar.span.0 < now + 1.0 && bar.span.1 > now;
        let share = if bar.own { 0.9 } else { 0.45 };
        let fill = theme::colour(palette.panel.toward(palette.glow, share));
        let edge = match is_now {
            true => Stroke::new(1.2, theme::colour(palette.lane)),
            false => theme::hairline(),
        };
        // What begins before or ends after this war has no end here.
        let round = |open: bool| if open { 0 } else { 4 };
        let corners = CornerRadius {
            nw: round(bar.beyond.0),
            sw: round(bar.beyond.0),
            ne: round(bar.beyond.1),
            se: round(bar.beyond.1),
        };
        painter.rect_filled(rect, corners, fill);
        painter.rect_stroke(rect, corners, edge, StrokeKind::Inside);
        let colour = if is_now || bar.own {
            theme::text()
        } else {
            theme::dim()
        };
        let at = Pos2::new(label.left() + 10.0, label.center().y);
        basis::sign(painter, at, bar.basis, colour);
        let at = Pos2::new(label.left() + 18.0, label.center().y);
        painter.text(at, Align2::LEFT_CENTER, &bar.name, caption(), colour);
    }
    if left_out > 0 {
        let at = Pos2::new(line.rect.left(), line.axis() - 12.0);
        let words = say!("watch-more", n = left_out);
        painter.text(at, Align2::LEFT_CENTER, words, caption(), theme::dim());
    }
    if watch.bars.is_empty() {
        let at = Pos2::new(line.cells.left() + 8.0, line.rect.top() + 12.0);
        let words = say!("watch-untold");
        painter.text(at, Align2::LEFT_CENTER, words, caption(), theme::dim());
    }
}

/// What happened on a turn: losses as bars by side, a cross for a battle, a square for what changed hands.
fn events(painter: &Painter, table: &Table, cell: Rect, day: &Day, worst: i64) {
    let base = cell.bottom() - 15.0;
    let middle = cell.center().x;
    let wide = (cell.width() / 6.0).clamp(2.0, 8.0);
    let sides = table.view.sides.keys();
    let count = sides.len() as f32;
    for (rank, side) in sides.enumerate() {
        let lost = day.lost.get(side).copied().unwrap_or(0);
        if lost <= 0 || worst <= 0 {
            continue;
        }
        let high = (20.0 * lost as f32 / worst as f32).max(2.0);
        let left = middle + (rank as f32 - count / 2.0) * (wide + 1.0);
        let bar = Rect::from_min_max(Pos2::new(left, base - high), Pos2::new(left + wide, base));
        painter.rect_filled(bar, 1.0, theme::side(rank));
    }
    let mut x = cell.left() + 8.0;
    let y = cell.bottom() - 7.0;
    let room = cell.right() - 4.0;
    if !day.fights.is_empty() {
        let x_mark = if cell.width() < 20.0 { middle } else { x };
        cross(painter, Pos2::new(x_mark, y), theme::text());
        x += 11.0;
    }
    for taking in &day.taken {
        if x > room || cell.width() < 20.0 && !day.fights.is_empty() {
            break;
        }
        let rank = taking.by.as_ref().map(|by| table.rank(by));
        let x_mark = if cell.width() < 20.0 { middle } else { x };
        let mark = Rect::from_center_size(Pos2::new(x_mark, y), Vec2::splat(8.0));
        match rank {
            Some(rank) => _ = painter.rect_filled(mark, 1.0, theme::side(rank)),
            None => {
                let edge = Stroke::new(1.2, theme::dim());
                painter.rect_stroke(mark, 1.0, edge, StrokeKind::Inside);
            }
        }
        x += 11.0;
    }
}

fn cross(painter: &Painter, at: Pos2, colour: Color32) {
    let line = Stroke::new(1.6, colour);
    for (dx, dy) in [(4.0, 4.0), (4.0, -4.0)] {
        let by = Vec2::new(dx, dy);
        painter.line_segment([at - by, at + by], line);
    }
}

/// What is told of a cell under the pointer.
fn about(table: &Table, watch: &Watch, at: u32) -> String {
    let mut words = Vec::new();
    if at >= watch.last() {
        return say!("watch-after-last");
    }
    words.push(say!(
        "watch-turn-about",
        turn = at + 1,
        date = supply::short_date(table.view, at + 1)
    ));
    let now = at as f32;
    let told = watch.bars.iter();
    let told = told.filter(|bar| bar.span.0 < now + 1.0 && bar.span.1 > now);
    words.extend(told.map(|bar| say!("watch-bar-about", name = bar.name.as_str())));
    let day = watch.track().and_then(|track| track.days.get(at as usize));
    if let Some(day) = day {
        words.extend(happened(table, day));
    }
    words.join("\n")
}

/// What happened on a turn, in lines.
pub fn happened(table: &Table, day: &Day) -> Vec<String> {
    let mut lines = Vec::new();
    let side = |key: &crate::content::Key<crate::content::Side>| {
        tell::side(table.view, Some(key.as_str()))
    };
    for fight in &day.fights {
        let lost: Vec<String> = (fight.lost.iter())
            .map(|(key, hp)| {
                say!(
                    "watch-lost",
                    side = side(key),
                    sp = tell::fine_strength(*hp)
                )
            })
            .collect();
        lines.push(say!(
            "watch-battle",
            place = fight.place.as_str(),
            lost = lost.join("; ")
        ));
    }
    for taking in &day.taken {
        lines.push(match &taking.by {
            Some(by) => say!("watch-taken", place = taking.name.as_str(), side = side(by)),
            None => say!("watch-left", place = taking.name.as_str()),
        });
    }
    lines
}

/// Notes where the cells are, for tests that move the pointer.
fn note_cells(ui: &Ui, line: &Line) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        for at in 0..line.count {
            let pos = Pos2::new(line.cell(at).center().x, line.axis() + DATES / 2.0);
            data.insert_temp(theme::spot_id(&format!("line:{at}")), (pos, pass));
        }
    });
}
