//! The list to choose from, in the right dock: its figures, its rows, and what there is to say about the row one is
//! on. What is refused says why, and what would make it possible.

use bevy_egui::egui::{
    Align2, Button, Color32, Id, Label, Rect, Response, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, text::LayoutJob,
};

use super::{long, sums};
use crate::{
    gui::{
        Table, UiAction,
        command::{
            Act,
            list::{Kind, Knob, List, Row, Verb},
            names,
            rows::{CUES, gun, loads},
            tree::{Filter, Grouping},
        },
        names as names_of, theme,
        words::{self, say},
    },
    sim::view::SeatView,
    war::tell,
};

/// Height of a row, points.
const ROW: f32 = 40.0;
/// Height kept for what there is to say about a row.
const ABOUT: f32 = 112.0;
/// Rows that are seen at least; where there is no room for them and the rest, all of it scrolls.
const LEAST: f32 = 3.0;

/// Shows the list.
pub fn show(ui: &mut Ui, table: &Table, list: &List) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let mut act = |act| actions.push(UiAction::Command(act));
    ui.horizontal(|ui| {
        let title = match &list.deed {
            Some(deed) => names_of::deed(table.view, deed),
            None => words::of("list", list.verb.name()),
        };
        ui.with_layout(
            bevy_egui::egui::Layout::right_to_left(bevy_egui::egui::Align::Center),
            |ui| {
                if theme::button(ui, say!("list-shut"), None) {
                    act(Act::Shut);
                }
                let left = bevy_egui::egui::Layout::left_to_right(bevy_egui::egui::Align::Center);
                ui.with_layout(left, |ui| {
                    ui.add(Label::new(RichText::new(title).heading()).truncate());
                });
            },
        );
    });
    // The words of those who are to obey, the figures and what to type stand above the rows.
    let overcharge = list.knobs.iter().any(|knob| knob.kind == Kind::Overcharge);
    let told = if overcharge { 36.0 } else { 0.0 };
    let above = 72.0 + list.knobs.len() as f32 * 28.0 + told;
    if ui.available_height() >= above + LEAST * ROW + ABOUT {
        body(ui, table, list, false, &mut act);
    } else {
        ScrollArea::vertical()
            .id_salt("whole list")
            .auto_shrink(false)
            .show(ui, |ui| body(ui, table, list, true, &mut act));
    }
    actions
}

/// Everything below the title.
fn body(ui: &mut Ui, table: &Table, list: &List, is_low: bool, act: &mut impl FnMut(Act)) {
    let chosen = table.chosen();
    if !matches!(list.verb, Verb::Find | Verb::Forces) {
        theme::note(ui, names(table.view, &chosen));
    }
    for (n, knob) in list.knobs.iter().enumerate() {
        if let Some(by) = turned(ui, table.view, list, knob, n == list.knob) {
            act(Act::TurnKnob(n, by));
        }
        if let Some(about) = overcharge(table, list, knob) {
            theme::note(ui, about);
        }
    }
    let typed = if list.typed.is_empty() {
        say!("list-type")
    } else {
        say!("list-typed", letters = list.typed.as_str())
    };
    let typed = RichText::new(typed).size(theme::CAPTION);
    ui.label(if list.typed.is_empty() {
        typed.color(theme::dim())
    } else {
        typed
    });
    theme::rule(ui);
    if list.shown.is_empty() {
        let none = if list.verb == Verb::Fire && list.knobs.is_empty() {
            say!("none-unarmed")
        } else if list.verb == Verb::Land && list.knobs.is_empty() {
            say!("none-no-troops")
        } else if list.verb == Verb::Lift && list.knobs.is_empty() {
            say!("none-nobody-to-lift")
        } else if list.typed.is_empty() {
            words::of("none", list.verb.name())
        } else {
            say!("list-not-found")
        };
        ui.add(Label::new(RichText::new(none).color(theme::dim())).wrap());
        return;
    }
    if is_low {
        if let Some(row) = list.current() {
            about(ui, row);
            theme::rule(ui);
        }
        if let Some(number) = all_rows(ui, list) {
            act(Act::TakeRow(number));
        }
        return;
    }
    let height = (ui.available_height() - ABOUT).max(LEAST * ROW);
    if let Some(number) = rows(ui, list, height) {
        act(Act::TakeRow(number));
    }
    theme::rule(ui);
    if let Some(row) = list.current() {
        ScrollArea::vertical()
            .id_salt("about the row")
            .auto_shrink(false)
            .show(ui, |ui| about(ui, row));
    }
}

/// Whether one is on another row than in the frame before.
fn has_moved(ui: &Ui, list: &List) -> bool {
    let seen = Id::new("list row seen");
    let key = (list.verb, list.at, list.shown.len());
    let moved = ui.data(|data| data.get_temp::<(Verb, usize, usize)>(seen)) != Some(key);
    ui.data_mut(|data| data.insert_temp(seen, key));
    moved
}

/// The rows in an area of this height; the number of the one that was pressed.
fn rows(ui: &mut Ui, list: &List, height: f32) -> Option<usize> {
    let mut pressed = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical()
        .id_salt(("list", list.verb.name()))
        .max_height(height)
        .auto_shrink([false, true]);
    if has_moved(ui, list) {
        // The row one is on stays in sight, a little above the middle.
        let offset = (list.at as f32 + 0.5) * ROW - height * 0.45;
        area = area.vertical_scroll_offset(offset.max(0.0));
    }
    area.show_rows(ui, ROW, list.shown.len(), |ui, range| {
        for number in range {
            pressed = pressed.or(one(ui, list, number));
        }
    });
    pressed
}

/// The rows as a part of what is scrolled as a whole.
fn all_rows(ui: &mut Ui, list: &List) -> Option<usize> {
    let mut pressed = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let size = Vec2::new(ui.available_width(), ROW);
    let top = ui.cursor().min;
    if has_moved(ui, list) && list.at > 0 {
        let at = Rect::from_min_size(top + Vec2::new(0.0, list.at as f32 * ROW), size);
        ui.scroll_to_rect(at, None);
    }
    long::show(ui, "rows", list.shown.len(), |ui, number| {
        pressed = pressed.or(one(ui, list, number));
    });
    pressed
}

/// One row; its number if it was pressed.
fn one(ui: &mut Ui, list: &List, number: usize) -> Option<usize> {
    let row = list.row(number)?;
    let number_shown = (!list.verb.takes_figures() && number < 9).then_some(number + 1);
    let response = line(ui, row, number_shown, number == list.at);
    theme::spot(ui, &row.title, &response);
    theme::spot(ui, &format!("row {}", number + 1), &response);
    response.clicked().then_some(number)
}

fn line(ui: &mut Ui, row: &Row, number: Option<usize>, current: bool) -> Response {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, ROW), Sense::click());
    let words = spoken(row, number);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, current, &words));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let visuals = ui.visuals();
    let fill = if current {
        visuals.selection.bg_fill
    } else if response.hovered() {
        visuals.faint_bg_color
    } else {
        Color32::TRANSPARENT
    };
    let rim = if current {
        Stroke::new(1.0, theme::text())
    } else {
        Stroke::NONE
    };
    ui.painter()
        .rect(rect.shrink(1.0), 4.0, fill, rim, StrokeKind::Inside);
    let inner = rect.shrink2(Vec2::new(6.0, 3.0));
    let left = inner.min.x + 18.0;
    let top = inner.min.y + 8.0;
    let painter = ui.painter_at(rect);
    let caption = bevy_egui::egui::FontId::proportional(theme::CAPTION);
    let second = if current { theme::text() } else { theme::dim() };
    if let Some(number) = number {
        painter.text(
            bevy_egui::egui::pos2(inner.min.x, top),
            Align2::LEFT_CENTER,
            number.to_string(),
            caption.clone(),
            second,
        );
    }
    let ink = if row.refused.is_some() {
        second
    } else {
        theme::text()
    };
    let right = painter.text(
        bevy_egui::egui::pos2(inner.max.x, top),
        Align2::RIGHT_CENTER,
        &row.right,
        caption.clone(),
        ink,
    );
    let title = if row.is_so {
        say!("list-is-so", what = row.title.as_str())
    } else {
        row.title.clone()
    };
    let body = bevy_egui::egui::FontId::proportional(theme::CAPTION + 1.0);
    let room = |from: f32, to: f32| (to - from - 8.0).max(24.0);
    let is_cut = cut(
        ui,
        inner,
        (left, top),
        &title,
        body,
        ink,
        room(left, right.min.x),
    );
    let (words, colour) = match &row.refused {
        Some((reason, _)) => (reason.as_str(), theme::attention()),
        None => (row.about.lines().next().unwrap_or(""), second),
    };
    let below = inner.max.y - 8.0;
    let is_cut = is_cut
        | cut(
            ui,
            inner,
            (left, below),
            words,
            caption,
            colour,
            room(left, inner.max.x),
        );
    if is_cut {
        sums::hint(ui, &response, &format!("{title}\n{words}"));
    }
    response
}

/// One line of words, cut off where the room ends; whether it was.
fn cut(
    ui: &Ui,
    clip: Rect,
    at: (f32, f32),
    words: &str,
    font: bevy_egui::egui::FontId,
    colour: Color32,
    width: f32,
) -> bool {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, colour);
    job.wrap = bevy_egui::egui::text::TextWrapping::truncate_at_width(width);
    let galley = ui.painter().layout_job(job);
    let pos = bevy_egui::egui::pos2(at.0, at.1 - galley.size().y / 2.0);
    let is_cut = galley.elided;
    ui.painter_at(clip.expand(2.0)).galley(pos, galley, colour);
    is_cut
}

/// A row in words, for whoever hears it.
fn spoken(row: &Row, number: Option<usize>) -> String {
    let number = number.map_or(String::new(), |n| format!("{n} "));
    let refused = row
        .refused
        .as_ref()
        .map_or(String::new(), |(reason, hint)| {
            format!(", {reason}; {hint}")
        });
    format!("{number}{} {}{refused}", row.title, row.right)
}

/// What there is to say about a row.
fn about(ui: &mut Ui, row: &Row) {
    if let Some((reason, hint)) = &row.refused {
        let reason = RichText::new(super::super::table::sentence(reason));
        ui.add(Label::new(reason.color(theme::attention()).size(theme::CAPTION)).wrap());
        ui.add(Label::new(RichText::new(hint).size(theme::CAPTION)).wrap());
    }
    for words in row.about.lines() {
        let words = RichText::new(words)
            .size(theme::CAPTION)
            .color(theme::dim());
        ui.add(Label::new(words).wrap());
    }
}

/// A figure with what makes it less and more; by how much it was changed.
fn turned(ui: &mut Ui, view: &SeatView, list: &List, knob: &Knob, current: bool) -> Option<i32> {
    let (name, value) = knob_words(view, list, knob)?;
    let mut by = None;
    let inner = ui.horizontal(|ui| {
        theme::note(ui, &name);
        ui.with_layout(
            bevy_egui::egui::Layout::right_to_left(bevy_egui::egui::Align::Center),
            |ui| {
                let mut press = |ui: &mut Ui, sign: &str, what: String, step: i32| {
                    let able = knob.is_words()
                        || (step < 0 && knob.value > knob.low)
                        || (step > 0 && knob.value < knob.high);
                    let button = Button::new(sign).min_size(Vec2::splat(22.0));
                    let response = ui.add_enabled(able, button);
                    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, able, &what));
                    theme::spot(ui, &what, &response);
                    if response.clicked() {
                        let large = ui.input(|input| input.modifiers.shift);
                        by = Some(if large { step * 10 } else { step });
                    }
                };
                press(ui, ">", say!("knob-more", name = name.as_str()), 1);
                ui.label(&value);
                press(ui, "<", say!("knob-less", name = name.as_str()), -1);
            },
        );
    });
    if current {
        let rect = inner.response.rect.expand2(Vec2::new(4.0, 1.0));
        let line = Stroke::new(1.0, theme::text());
        ui.painter()
            .rect_stroke(rect, 4.0, line, StrokeKind::Inside);
    }
    by
}

/// What overcharge gives and takes, by the rules and by the gun that is chosen.
fn overcharge(table: &Table, list: &List, knob: &Knob) -> Option<String> {
    let view = table.view;
    let (_, force) = table.acting().filter(|_| knob.kind == Kind::Overcharge)?;
    let gun = gun(view, force, list)?;
    let salvos = |over| loads(view, force, &gun, over);
    let aim = tell::share(i64::from(view.rules.constants.overcharge_aim));
    Some(match salvos(true) > salvos(false) {
        true => say!(
            "overcharge-about",
            all = salvos(true),
            usual = salvos(false),
            aim = aim
        ),
        false => say!("overcharge-idle", all = salvos(true), aim = aim),
    })
}

/// What a figure is called and what it is set to; none if it does not count now.
fn knob_words(view: &SeatView, list: &List, knob: &Knob) -> Option<(String, String)> {
    let at = usize::try_from(knob.value).unwrap_or(0);
    let cue = usize::try_from(list.value(&Kind::Cue)).unwrap_or(0);
    let cue = CUES.get(cue).copied().unwrap_or("none");
    Some(match &knob.kind {
        Kind::Pace => (
            say!("knob-pace"),
            words::of("pace", if knob.value == 1 { "forced" } else { "cruise" }),
        ),
        Kind::Cue => (say!("knob-cue"), words::of("cue", cue)),
        Kind::CueFigure if cue == "none" => return None,
        Kind::CueFigure => (words::of("cue-figure", cue), knob.value.to_string()),
        Kind::Distance => (say!("knob-distance"), say!("knob-lanes", n = knob.value)),
        Kind::Strength => (say!("knob-strength"), say!("knob-sp", n = knob.value)),
        Kind::Gun(guns) => {
            let gun = guns.get(at)?;
            let known = view.rules.weapons.get(gun);
            let name = known.map_or(gun.as_str(), |w| &w.name);
            (say!("knob-gun"), name.to_owned())
        }
        Kind::Salvos => (
            say!("knob-salvos"),
            say!("knob-of", n = knob.value, most = knob.high),
        ),
        Kind::Overcharge => (
            say!("knob-overcharge"),
            words::of("switch", if knob.value == 1 { "on" } else { "off" }),
        ),
        Kind::Blind => (
            say!("knob-aim"),
            words::of("aim", if knob.value == 1 { "blind" } else { "contacts" }),
        ),
        Kind::Cargo(stocks) => (say!("knob-cargo"), names_of::stock(view, stocks.get(at)?)),
        Kind::Units => (
            say!("knob-units"),
            say!("knob-of", n = knob.value, most = knob.high),
        ),
        Kind::Hulls(class) => {
            let known = view.rules.classes.get(class);
            let name = known.map_or(class.as_str(), |c| &c.name);
            (
                name.to_owned(),
                say!("knob-of", n = knob.value, most = knob.high),
            )
        }
        Kind::Filter => {
            let filter = Filter::ALL.get(at).copied().unwrap_or_default();
            (say!("knob-filter"), words::of("filter", filter.name()))
        }
        Kind::Grouping => {
            let grouping = Grouping::ALL.get(at).copied().unwrap_or_default();
            (
                say!("knob-grouping"),
                words::of("grouping", grouping.name()),
            )
        }
    })
}
