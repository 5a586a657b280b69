//! The briefing: what a seat is told before the war, what it has and what it is asked for, beside the map as it was at
//! the start.

use bevy_egui::egui::{CentralPanel, Frame, Id, Margin, Panel, RichText, ScrollArea, Ui, Vec2};

use super::page;
use crate::{
    content::Scenario,
    gui::{
        Game, UiAction,
        around::{self, Act},
        plate,
        session::Session,
        table::sentence,
        theme,
        words::say,
    },
    sim::{calendar::date_text, view::SeatView},
    war::tell,
};

/// Width of the text beside the map, points.
const COLUMN: f32 = 560.0;
/// The map is shown in windows from this width on, points.
const WIDE: f32 = 960.0;

/// Shows the briefing of whoever sits at the table.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let Some(session) = &game.session else {
        return actions;
    };
    if ui.available_width() < WIDE {
        text(ui, session, &mut actions);
        return actions;
    }
    let frame = Frame::new().fill(theme::colour(theme::palette().panel));
    let left = Panel::left("briefing").exact_size(COLUMN).resizable(false);
    left.frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| text(ui, session, &mut actions));
    let chart = CentralPanel::default().frame(theme::page_frame());
    chart.show(ui, |ui| {
        let scenario = &session.scenario.id;
        actions.extend(plate::show(ui, game, scenario, &session.seat));
    });
    actions
}

fn text(ui: &mut Ui, session: &Session, actions: &mut Vec<UiAction>) {
    let scenario = &session.scenario;
    let view = &*session.view;
    around::region(ui, &say!("briefing-title"));
    let frame = Frame::new().inner_margin(Margin::symmetric(32, 20));
    frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            if theme::choice(ui, say!("briefing-to-the-table"), true, None) {
                actions.push(UiAction::Around(Act::Close));
            }
            let turn = say!(
                "briefing-turn",
                date = view.date.as_str(),
                turn = view.turn,
                of = view.turns
            );
            theme::note(ui, turn);
        });
        let mut area = ScrollArea::vertical()
            .id_salt("briefing")
            .auto_shrink(false);
        if is_opened(ui) {
            area = area.vertical_scroll_offset(0.0);
        }
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 8.0);
            ui.label(RichText::new(&scenario.title).font(theme::medium(theme::TITLE)));
            heads(ui, session);
            let seat = scenario.seats.get(&session.seat);
            for words in seat.iter().flat_map(|seat| &seat.briefing) {
                page::prose(ui, words);
            }
            objectives(ui, view, scenario);
            forces(ui, view, scenario);
            if !scenario.briefing.is_empty() {
                theme::heading(ui, &say!("briefing-situation"));
            }
            for words in &scenario.briefing {
                page::prose(ui, words);
            }
            ui.add_space(16.0);
        });
    });
}

/// Whether the briefing was not on the screen a moment ago: it begins at its beginning, wherever another was left.
fn is_opened(ui: &Ui) -> bool {
    let id = Id::new("briefing seen");
    let now = ui.ctx().cumulative_pass_nr();
    let seen = ui.data_mut(|data| {
        let seen = data.get_temp::<u64>(id);
        data.insert_temp(id, now);
        seen
    });
    seen.is_none_or(|pass| pass + 2 < now)
}

/// Who is spoken to.
fn heads(ui: &mut Ui, session: &Session) {
    let view = &session.view;
    let rank = view.sides.keys().position(|side| *side == view.side);
    let seat = session.scenario.seats.get(&session.seat);
    ui.label(
        RichText::new(seat.map_or(session.seat.as_str(), |seat| &seat.name))
            .font(theme::medium(theme::HEADING))
            .color(theme::side(rank.unwrap_or(0))),
    );
}

fn objectives(ui: &mut Ui, view: &SeatView, scenario: &Scenario) {
    let asked = view.objectives.iter();
    let named: Vec<&str> = asked
        .filter_map(|(key, _)| scenario.objectives.get(key))
        .map(|objective| objective.name.as_str())
        .collect();
    if named.is_empty() {
        return;
    }
    theme::heading(ui, &say!("briefing-objectives"));
    for name in named {
        page::prose(ui, &format!("\u{2013} {}", sentence(name)));
    }
}

fn forces(ui: &mut Ui, view: &SeatView, scenario: &Scenario) {
    theme::heading(ui, &say!("briefing-forces"));
    let mine = || view.forces.values().filter(|force| force.mine);
    let strength: i64 = mine().map(|force| force.strength).sum();
    let points = tell::strength(strength);
    page::prose(
        ui,
        &say!("briefing-strength", n = mine().count(), points = points),
    );
    for (key, (turn, place)) in &view.expected {
        let words = say!(
            "briefing-expected",
            name = scenario
                .forces
                .get(key)
                .map_or(key.as_str(), |force| &force.name),
            place = tell::sector(view, place.as_str()),
            date = date_text(&view.calendar, *turn),
        );
        page::prose(ui, &words);
    }
    for (key, turn) in &view.leaving {
        let words = say!(
            "briefing-leaving",
            name = tell::force(view, key.as_str()),
            date = date_text(&view.calendar, *turn),
        );
        page::prose(ui, &words);
    }
    for (key, reserve) in &view.reserves {
        let stock = view.rules.stocks.get(key);
        if let Some(stock) = stock.filter(|stock| stock.reserve) {
            let words = say!(
                "briefing-reserve",
                name = stock.name.as_str(),
                n = reserve.left
            );
            ui.label(RichText::new(words).size(theme::BODY).color(theme::gold()));
        }
    }
}
