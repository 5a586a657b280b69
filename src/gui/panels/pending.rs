//! The orders given this turn, each to be taken back; and what wants attention, once the end of the turn was asked
//! for.

use bevy_egui::egui::{
    Align, Button, FontId, Label, Layout, RichText, ScrollArea, Sense, Ui, WidgetInfo, WidgetType,
};

use super::{long, orders};
use crate::{
    chart::Tag,
    gui::{
        Page, Table, UiAction,
        command::{
            Act, Checklist,
            checklist::{Item, Matter},
            rows::arrival,
        },
        table::{action_words, sentence, words},
        theme,
        words::say,
    },
    sim::order::{Action, Order, arrivals, queue},
    war::tell,
};

/// Height of a line, points.
const LINE: f32 = 20.0;

/// Shows them.
pub fn show(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    if let Some(checklist) = &table.command.checklist {
        return checks(ui, table, checklist, actions);
    }
    head(ui, table, actions);
    if let Some(undo) = &table.command.undo {
        let words = say!("pending-would", step = undo.as_str());
        let words = RichText::new(words)
            .size(theme::CAPTION)
            .color(theme::dim());
        ui.add(Label::new(words).truncate());
    }
    // However much there is to be said, the dock stays as high as it is.
    ScrollArea::vertical()
        .id_salt("pending")
        .auto_shrink(false)
        .stick_to_bottom(table.message.is_none())
        .show(ui, |ui| {
            for line in table.message.iter().flat_map(|words| words.lines()) {
                let line = RichText::new(sentence(line))
                    .color(theme::attention())
                    .size(theme::CAPTION);
                ui.add(Label::new(line).wrap());
            }
            if table.pending.is_empty() {
                theme::note(ui, say!("pending-how"));
                return;
            }
            ui.spacing_mut().item_spacing.y = 1.0;
            long::show(ui, "orders", table.pending.len(), |ui, index| {
                line(ui, table, index, &table.pending[index], actions);
            });
        });
}

fn head(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(say!("pending-title", n = table.pending.len()))
                .font(theme::medium(theme::CAPTION))
                .color(theme::dim()),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let none = |is: bool, why: String| is.then_some(why);
            let state = table.command;
            let clear = none(table.pending.is_empty(), say!("pending-none"));
            if theme::button(ui, say!("pending-clear"), clear) {
                actions.push(UiAction::RetractAll);
            }
            for (name, step, why, action) in [
                (
                    say!("pending-redo"),
                    &state.redo,
                    say!("pending-no-redo"),
                    UiAction::Redo,
                ),
                (
                    say!("pending-undo"),
                    &state.undo,
                    say!("pending-no-undo"),
                    UiAction::Undo,
                ),
            ] {
                let about = step.as_deref().unwrap_or("");
                let refused = none(step.is_none(), why);
                if theme::choice_about(ui, name, false, refused, about) {
                    actions.push(action);
                }
            }
        });
    });
}

fn line(ui: &mut Ui, table: &Table, index: usize, order: &Order, actions: &mut Vec<UiAction>) {
    ui.horizontal(|ui| {
        let take = say!("pending-take-back");
        let take = theme::pressed(take).size(theme::CAPTION);
        let button = Button::new(take.color(theme::dim()));
        let back = ui.add(button.frame(false));
        theme::spot(ui, &format!("take back {index}"), &back);
        let whole = say!("pending-take-back-of", order = words(table.view, order));
        back.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &whole));
        if back.clicked() {
            actions.push(UiAction::Retract(index));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(turn) = when(table, order) {
                theme::note(ui, turn);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let whole = words(table.view, order);
                let shown = shortened(ui, table, order);
                let told = theme::pressed(&shown).size(theme::CAPTION);
                let mut label = ui.add(Label::new(told).truncate().sense(Sense::click()));
                label.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &whole));
                theme::spot(ui, &shown, &label);
                if shown != whole {
                    label = label.on_hover_text(&whole);
                }
                if label.clicked() {
                    actions.push(match order.action.word() {
                        Some(_) => UiAction::Turn(Page::Council),
                        None => UiAction::Command(Act::Visit(Tag::Force(order.force.clone()))),
                    });
                }
            });
        });
    });
}

/// An order in words that fit into the line: what is ordered is said whole, the name of the force as far as there is
/// room.
fn shortened(ui: &Ui, table: &Table, order: &Order) -> String {
    let font = FontId::proportional(theme::CAPTION);
    let width = |words: &str| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(words.to_owned(), font.clone(), theme::text());
        galley.size().x
    };
    let force = tell::actor(table.view, order);
    let does = action_words(table.view, order);
    fitted(&force, &does, ui.available_width() - 2.0, &width)
}

/// A name and what is said of it in so much room: of the name at least a few letters.
fn fitted(name: &str, does: &str, room: f32, width: &dyn Fn(&str) -> f32) -> String {
    const LEAST: usize = 4;
    let letters: Vec<char> = name.chars().collect();
    let said = |n: usize| -> String {
        if n >= letters.len() {
            return format!("{name}: {does}");
        }
        let kept: String = letters[..n].iter().collect();
        format!("{}\u{2026}: {does}", kept.trim_end())
    };
    // As many letters as fit: halving what is not known yet.
    let (mut fits, mut over) = (LEAST.min(letters.len()), letters.len() + 1);
    if width(&said(letters.len())) <= room {
        return said(letters.len());
    }
    while over - fits > 1 {
        let middle = (fits + over) / 2;
        if width(&said(middle)) <= room {
            fits = middle;
        } else {
            over = middle;
        }
    }
    said(fits)
}

/// When a march or a deed that is ordered is done, in words.
fn when(table: &Table, order: &Order) -> Option<String> {
    let stops = match &order.action {
        Action::Go { stops, .. } | Action::Then { stops, .. } => stops,
        Action::Do { deed, .. } => {
            let takes = table.view.rules.deeds.get(deed)?.takes;
            let turn = table.view.turn + u32::try_from(takes).unwrap_or(0);
            return Some(arrival(table.view, Some(turn)));
        }
        _ => return None,
    };
    if let Some(waits) = orders::waits(table, &order.force) {
        return Some(waits);
    }
    let force = table.view.forces.get(&order.force)?;
    let queue = queue(table.view, &order.force, table.pending);
    let at = queue
        .iter()
        .rposition(|leg| Some(&leg.to) == stops.last())?;
    let done = arrivals(table.view, &table.command.graph, force, &queue[..=at]);
    Some(arrival(table.view, done.last().copied().flatten()))
}

/// What wants attention, and how to go on.
fn checks(ui: &mut Ui, table: &Table, checklist: &Checklist, actions: &mut Vec<UiAction>) {
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(say!("check-title", n = checklist.items.len()))
                .font(theme::medium(theme::CAPTION))
                .color(theme::attention()),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (people, seat) = (table.people, &table.view.seat);
            let is_last = people.last().is_none_or(|last| last == seat) || !people.contains(seat);
            let words = match is_last {
                true => say!("check-end"),
                false => say!("check-hand-over"),
            };
            if theme::choice(ui, words, true, None) {
                actions.push(UiAction::EndTurn);
            }
        });
    });
    ui.horizontal(|ui| {
        if theme::button(ui, say!("check-back"), None) {
            actions.push(UiAction::Command(Act::ShutChecklist));
        }
        let idle = checklist.items.iter().any(|i| i.matter == Matter::Idle);
        let about = say!("check-halt-about");
        if idle && theme::choice_about(ui, say!("check-halt"), false, None, &about) {
            actions.push(UiAction::Command(Act::HaltIdle));
        }
        let about = say!("check-never-about");
        if theme::choice_about(ui, say!("check-never"), false, None, &about) {
            actions.push(UiAction::Command(Act::AskBeforeEnding(false)));
        }
        let how = RichText::new(say!("check-how"))
            .size(theme::CAPTION)
            .color(theme::dim());
        ui.add(Label::new(how).truncate());
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let moved = bevy_egui::egui::Id::new("check seen");
    let was = ui
        .data(|data| data.get_temp::<Option<usize>>(moved))
        .flatten();
    ui.data_mut(|data| data.insert_temp(moved, checklist.at));
    let mut area = ScrollArea::vertical().id_salt("checks").auto_shrink(false);
    if let Some(at) = checklist.at.filter(|at| Some(*at) != was) {
        area = area.vertical_scroll_offset((at as f32 - 1.0).max(0.0) * LINE);
    }
    area.show_rows(ui, LINE, checklist.items.len(), |ui, range| {
        for index in range {
            if let Some(item) = checklist.items.get(index) {
                check(ui, table, item, checklist.at == Some(index), actions);
            }
        }
    });
}

fn check(ui: &mut Ui, table: &Table, item: &Item, current: bool, actions: &mut Vec<UiAction>) {
    let force = tell::force(table.view, item.force.as_str());
    let words = say!(
        "check-line",
        force = force.as_str(),
        what = item.words.as_str()
    );
    let colour = match item.matter {
        Matter::Idle => theme::text(),
        Matter::Starves => theme::loss(),
        _ => theme::attention(),
    };
    let text = RichText::new(&words).size(theme::CAPTION).color(colour);
    let text = Button::new(text)
        .selected(current)
        .frame(current)
        .truncate();
    let size = [ui.available_width(), LINE];
    let response = ui
        .allocate_ui_with_layout(size.into(), Layout::left_to_right(Align::Center), |ui| {
            ui.add(text)
        })
        .inner;
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, current, &words));
    theme::spot(ui, &format!("check {force}"), &response);
    theme::in_full(ui, &response, &words, theme::CAPTION);
    if response.clicked() {
        let tag = Tag::Force(item.force.clone());
        actions.push(UiAction::Command(Act::Visit(tag)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_shortened_before_what_is_ordered() {
        let width = |words: &str| words.chars().count() as f32;
        let (name, does) = ("First Northern Battlefleet", "fire 2 Angelfire at k1");
        let whole = format!("{name}: {does}");
        assert_eq!(fitted(name, does, 50.0, &width), whole);
        assert_eq!(
            fitted(name, does, 40.0, &width),
            "First Northern\u{2026}: fire 2 Angelfire at k1"
        );
        assert_eq!(
            fitted(name, does, 10.0, &width),
            "Firs\u{2026}: fire 2 Angelfire at k1"
        );
        assert_eq!(fitted("Ada", does, 3.0, &width), format!("Ada: {does}"));
    }
}
