//! The clock of the reserves: what is left and with whom, what each turn has burned, and the day it runs dry.

use bevy_egui::egui::{
    CornerRadius, Rect, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2,
};

use super::{long, sums};
use crate::{
    chart::Tag,
    content::{Key, Stock},
    gui::{
        Table, UiAction,
        sums::{self as account, Holder},
        theme,
        words::say,
    },
    sim::{calendar::date_text, view::Reserve},
};

/// How high the picture of what was burned is, points.
const HEIGHT: f32 = 56.0;

/// The page of the reserves.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    ScrollArea::vertical()
        .id_salt("reserves")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            let is_reserve =
                |key: &Key<Stock>| view.rules.stocks.get(key).is_some_and(|s| s.reserve);
            let mut all: Vec<_> = view.reserves.iter().collect();
            all.sort_by_key(|(key, _)| !is_reserve(key));
            if all.is_empty() {
                theme::note(ui, say!("clock-none"));
            }
            for (key, reserve) in all {
                stock(ui, table, key, reserve, &mut actions);
                ui.add_space(12.0);
            }
        });
    actions
}

fn stock(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Stock>,
    reserve: &Reserve,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let known = view.rules.stocks.get(key);
    let name = known.map_or(key.as_str(), |s| &s.name);
    let hue = if known.is_some_and(|s| s.reserve) {
        theme::gold()
    } else {
        theme::text()
    };
    ui.label(RichText::new(name).heading());
    let left = RichText::new(reserve.left.to_string())
        .font(theme::medium(theme::HEADING))
        .color(hue);
    let left = sums::Figure::new(format!("left {key}"), say!("clock-left"), left, || {
        account::reserve(view, key)
    });
    sums::figure(ui, table, left, actions);
    theme::figure(ui, &say!("clock-last"), reserve.used.to_string());
    let recent = recent(reserve);
    let mean: i32 = recent.iter().sum();
    let rate = format!("{}.{}", mean / 3, mean % 3 * 10 / 3);
    theme::figure(ui, &say!("clock-rate"), rate);
    let dry = match reserve.dry_on {
        _ if reserve.left == 0 => RichText::new(say!("clock-empty")).color(theme::attention()),
        Some(turn) if turn <= view.turns => {
            RichText::new(date_text(&view.calendar, turn)).color(theme::attention())
        }
        _ => RichText::new(say!("clock-outlasts")),
    };
    theme::figure(ui, &say!("clock-dry"), dry);
    if reserve.by_turn.iter().any(|n| *n > 0) {
        burned(ui, table, reserve, hue);
    } else {
        theme::note(ui, say!("clock-unused"));
    }
    let holders = account::holders(view, key);
    theme::heading(ui, &say!("clock-holders", n = holders.len()));
    long::show(ui, key.as_str(), holders.len(), |ui, number| {
        let (holder, name, left) = &holders[number];
        let dim = matches!(holder, Holder::Site(_));
        let name = RichText::new(name);
        let name = if dim { name.color(theme::dim()) } else { name };
        let value = RichText::new(left.to_string()).color(hue);
        if sums::entry(ui, name, value).clicked() {
            let tag = match holder {
                Holder::Force(key) => Tag::Force(key.clone()),
                Holder::Site(key) => Tag::Site(key.clone()),
            };
            actions.push(UiAction::Select(Some(tag)));
        }
    });
}

/// What the last three turns used, fewer at the start of a war.
fn recent(reserve: &Reserve) -> Vec<i32> {
    reserve.by_turn.iter().rev().take(3).copied().collect()
}

/// A bar for each turn of the war, those to come empty.
fn burned(ui: &mut Ui, table: &Table, reserve: &Reserve, hue: bevy_egui::egui::Color32) {
    let view = table.view;
    ui.add_space(4.0);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    let painter = ui.painter();
    let ground = theme::colour(theme::palette().ground);
    painter.rect_filled(rect, CornerRadius::same(2), ground);
    let turns = view.turns.max(1) as f32;
    let step = rect.width() / turns;
    let most = reserve.by_turn.iter().copied().max().unwrap_or(0).max(1);
    let floor = rect.bottom() - 1.0;
    for (index, used) in reserve.by_turn.iter().enumerate().filter(|(_, n)| **n > 0) {
        let height = (rect.height() - 6.0) * (*used as f32 / most as f32);
        let left = rect.left() + step * index as f32;
        let right = left + (step - 2.0).max(1.0);
        let bar = Rect::from_min_max(pos2(left, floor - height.max(1.0)), pos2(right, floor));
        painter.rect_filled(bar, CornerRadius::ZERO, hue);
    }
    let now = rect.left() + step * reserve.by_turn.len() as f32;
    painter.vline(now, rect.y_range(), (1.0, theme::dim()));
    if let Some(turn) = reserve.dry_on.filter(|turn| *turn <= view.turns) {
        let dry = rect.left() + step * (turn.saturating_sub(1)) as f32;
        painter.vline(dry, rect.y_range(), (2.0, theme::attention()));
    }
    let all: Vec<String> = reserve.by_turn.iter().map(ToString::to_string).collect();
    let said = say!("clock-burned", turns = all.join(", "));
    let words = said.clone();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, words.clone()));
    if let Some(at) = response.hover_pos() {
        let index = ((at.x - rect.left()) / step).max(0.0) as usize;
        let used = reserve.by_turn.get(index).copied();
        let turn = u32::try_from(index).unwrap_or(0) + 1;
        let date = date_text(&view.calendar, turn);
        let words = match used {
            Some(used) => say!("clock-turn", turn = turn, date = date, used = used),
            None => say!("clock-turn-to-come", turn = turn, date = date),
        };
        theme::note(ui, words);
    } else {
        let peak = reserve.by_turn.iter().position(|n| *n == most).unwrap_or(0) + 1;
        theme::note(ui, say!("clock-most", most = most, turn = peak));
    }
}
