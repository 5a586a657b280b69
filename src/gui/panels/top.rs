//! The bar at the top: date, seat, the reserves' clock, warnings, and the end of the turn. What there is no room for is
//! said shorter, in a fixed order; nothing is ever cut off at the edge.

use bevy_egui::egui::{Align, Button, FontId, Label, Layout, Response, RichText, Sense, Ui};

use super::{sums, supply};
use crate::{
    content::{Key, Stock},
    gui::{
        Page, Table, UiAction, command,
        digest::{Digest, Wanting},
        reading::Act,
        sums::{self as account, Row, Sum, Unit},
        theme,
        words::say,
    },
    sim::{
        calendar::date_text,
        view::{Reserve, SeatView},
    },
};

/// How short everything can be said at most.
const SHORTEST: u32 = 6;
/// Room for a line between two things.
const SPACE: f32 = 8.0;
/// Padding of a thing that can be pressed.
const PAD: f32 = 6.0;
/// The least that is left of the seat's name.
const NAME: f32 = 48.0;

/// Shows the bar.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let room = ui.available_width();
    let brevity = (0..SHORTEST)
        .find(|brevity| Bar::new(table, *brevity).width(ui) <= room)
        .unwrap_or(SHORTEST);
    let bar = Bar::new(table, brevity);
    ui.spacing_mut().item_spacing.x = SPACE;
    ui.spacing_mut().button_padding.x = PAD;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let refused = table.busy.then(|| bar.busy.clone());
        if table.film.reel.is_running() {
            // Whoever means to skip a film must not end a turn: that is done elsewhere, and nothing is done here.
            ui.add_enabled(false, Button::new(&bar.end))
                .on_disabled_hover_text(say!("film-is-on"));
        } else if theme::choice(ui, &bar.end, true, refused) {
            actions.push(match table.command.checklist {
                // Pressed twice by accident, it ends nothing: the list has a button of its own for that.
                Some(_) => UiAction::Command(command::Act::ShutChecklist),
                None => UiAction::EndTurn,
            });
        }
        if table.busy {
            theme::note(ui, &bar.busy);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            bar.left(ui, table, &mut actions);
        });
    });
    actions
}

/// The bar in words, so long or so short.
struct Bar<'a> {
    buttons: Vec<(String, UiAction)>,
    date: String,
    turn: String,
    seat: &'a str,
    next: Option<(String, UiAction)>,
    reserves: Vec<(&'a Key<Stock>, String)>,
    supply: Vec<(String, bool)>,
    busy: String,
    end: String,
}

impl<'a> Bar<'a> {
    fn new(table: &Table<'a>, brevity: u32) -> Self {
        let view = table.view;
        let mut buttons = Vec::new();
        if brevity < 6 {
            buttons.push((say!("table-menu"), UiAction::Menu));
        }
        if brevity < 5 {
            buttons.push((say!("table-save"), UiAction::Save));
        }
        let date = if brevity < 3 {
            view.date.clone()
        } else {
            supply::short_date(view, view.turn)
        };
        let turn = if brevity < 2 {
            say!("table-turn", n = view.turn, of = view.turns)
        } else {
            say!("table-turn-short", n = view.turn, of = view.turns)
        };
        let stocks = view.reserves.iter();
        let reserves = stocks
            .filter(|(key, _)| view.rules.stocks.get(*key).is_some_and(|s| s.reserve))
            .map(|(key, reserve)| (key, clock(view, key, reserve, brevity)))
            .collect();
        let next = (table.people.len() > 1).then(|| {
            let now = table.people.iter().position(|seat| *seat == view.seat);
            let next = (now.unwrap_or(0) + 1) % table.people.len();
            let seat = table.people.get(next).unwrap_or(&view.seat).clone();
            (say!("table-next-seat"), UiAction::Sit(seat))
        });
        Self {
            buttons,
            date,
            turn,
            seat: table.seat,
            next,
            reserves,
            supply: warnings(table.digest.wanting(), brevity),
            busy: say!("table-resolving"),
            end: if view.ended.is_some() && !table.film.reel.is_running() {
                say!("table-verdict")
            } else {
                say!("table-end-turn")
            },
        }
    }

    /// How much room it takes with the seat's name in full, points.
    fn width(&self, ui: &Ui) -> f32 {
        let medium = theme::medium(theme::BODY);
        let plain = FontId::proportional(theme::CAPTION + 1.0);
        let text = |words: &str, font: &FontId| {
            let galley = ui
                .painter()
                .layout_no_wrap(words.to_owned(), font.clone(), theme::text());
            galley.size().x + SPACE
        };
        let button = |words: &str, font: &FontId| text(words, font) + 2.0 * PAD;
        let mut width = button(&self.end, &plain) + text(&self.busy, &plain);
        for (words, _) in self.buttons.iter().chain(&self.next) {
            width += button(words, &plain);
        }
        width += button(&self.date, &medium) + button(&self.turn, &plain);
        width += button(self.seat, &medium) + line();
        for (_, words) in &self.reserves {
            width += button(words, &medium) + line();
        }
        for (words, _) in &self.supply {
            width += button(words, &plain) + line();
        }
        width
    }

    fn left(&self, ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
        let view = table.view;
        let busy = table.busy.then(|| self.busy.clone());
        for (words, action) in &self.buttons {
            if theme::button(ui, words, busy.clone()) {
                actions.push(action.clone());
            }
        }
        let medium = |words: &str| RichText::new(words).font(theme::medium(theme::BODY));
        let date = link(ui, medium(&self.date));
        let turn = link(ui, RichText::new(&self.turn).color(theme::dim()));
        theme::spot(ui, &format!("turn {}", view.turn), &turn);
        for (response, words) in [(&date, &self.date), (&turn, &self.turn)] {
            sums::below(response, words, || days(view));
        }
        if date.clicked() || turn.clicked() {
            actions.push(UiAction::Turn(Page::Report));
        }
        ui.separator();
        // Whatever else there is comes first; the seat's name has what room is left.
        let after: f32 = self.after(ui);
        let room = (ui.available_width() - after).max(NAME);
        let hue = theme::side(table.rank(&view.side));
        let name = Label::new(theme::pressed(medium(self.seat)).color(hue))
            .truncate()
            .selectable(false)
            .sense(Sense::click());
        let seat = ui
            .scope(|ui| {
                ui.set_max_width(room);
                ui.add(name)
            })
            .inner;
        sums::below(&seat, self.seat, || forces(view, self.seat));
        if seat.clicked() {
            actions.push(UiAction::Turn(Page::Score));
        }
        if let Some((words, action)) = &self.next
            && theme::button(ui, words, busy)
        {
            actions.push(action.clone());
        }
        for (key, words) in &self.reserves {
            ui.separator();
            let response = link(ui, medium(words).color(theme::gold()));
            theme::spot(ui, &format!("clock {key}"), &response);
            sums::below(&response, words, || account::reserve(view, key));
            if response.clicked() {
                actions.push(UiAction::Turn(Page::Reserves));
            }
        }
        for (words, is_cut) in &self.supply {
            ui.separator();
            let colour = if *is_cut {
                theme::loss()
            } else {
                theme::attention()
            };
            let response = link(ui, RichText::new(words).color(colour));
            theme::spot(ui, "short of supply", &response);
            sums::below(&response, words, || wanting(view, &table.digest));
            if response.clicked() {
                actions.push(UiAction::Read(Act::NextShort));
            }
        }
    }

    /// How much room everything after the seat's name takes, points.
    fn after(&self, ui: &Ui) -> f32 {
        let nothing = Self {
            buttons: Vec::new(),
            date: String::new(),
            turn: String::new(),
            seat: "",
            next: self.next.clone(),
            reserves: self.reserves.clone(),
            supply: self.supply.clone(),
            busy: String::new(),
            end: String::new(),
        };
        let unused = 5.0 * SPACE + 8.0 * PAD + line();
        nothing.width(ui) - unused + SPACE
    }
}

/// A line between two things, with the room around it.
fn line() -> f32 {
    6.0 + SPACE
}

fn link(ui: &mut Ui, words: RichText) -> Response {
    let button = Button::new(words).frame_when_inactive(false);
    let response = ui.add(button.wrap_mode(bevy_egui::egui::TextWrapMode::Extend));
    response.on_hover_cursor(bevy_egui::egui::CursorIcon::PointingHand)
}

/// A reserve with its burn rate and the day it runs dry.
fn clock(view: &SeatView, key: &Key<Stock>, reserve: &Reserve, brevity: u32) -> String {
    let name = view.rules.stocks.get(key).map_or(key.as_str(), |s| &s.name);
    let short = name.split_whitespace().next().unwrap_or(name);
    let dry = reserve.dry_on.filter(|turn| *turn <= view.turns);
    let date = dry.map(|turn| supply::short_date(view, turn));
    // What is gone is neither used nor runs dry, and what nobody uses has no rate.
    let date = date.filter(|_| reserve.left > 0);
    match (brevity, date) {
        (0, Some(date)) if reserve.used > 0 => {
            say!(
                "table-clock",
                name = short,
                left = reserve.left,
                used = reserve.used,
                date = date
            )
        }
        (0, None) if reserve.used > 0 && reserve.left > 0 => {
            say!(
                "table-clock-lasts",
                name = short,
                left = reserve.left,
                used = reserve.used
            )
        }
        (0..=2, Some(date)) => {
            say!(
                "table-clock-dry",
                name = short,
                left = reserve.left,
                date = date
            )
        }
        _ => format!("{short} {}", reserve.left),
    }
}

/// What wants supply: how many are cut off, how many short.
fn warnings(wanting: Wanting, brevity: u32) -> Vec<(String, bool)> {
    let Wanting { cut, short } = wanting;
    if cut + short == 0 {
        Vec::new()
    } else if brevity >= 4 || (cut > 0 && short > 0 && brevity >= 1) {
        vec![(say!("table-supply", n = cut + short), cut > 0)]
    } else {
        let both = [
            (cut, say!("table-cut", n = cut), true),
            (short, say!("table-short", n = short), false),
        ];
        let some = both.into_iter().filter(|(n, ..)| *n > 0);
        some.map(|(_, words, is_cut)| (words, is_cut)).collect()
    }
}

/// The days of the war.
fn days(view: &SeatView) -> Sum {
    let row = |name: String, value: u32| Row {
        name,
        source: String::new(),
        value: i64::from(value),
    };
    let done = view.turn.min(view.turns).saturating_sub(1);
    Sum {
        title: say!("table-turns"),
        unit: Unit::Plain,
        rows: vec![
            row(say!("table-turns-done"), done),
            row(say!("table-turns-left"), view.turns - done),
        ],
        total: i64::from(view.turns),
        notes: vec![say!(
            "table-last-day",
            date = date_text(&view.calendar, view.turns)
        )],
    }
}

/// The seat's forces.
fn forces(view: &SeatView, seat: &str) -> Sum {
    let own = || view.forces.values().filter(|f| f.mine);
    Sum {
        title: seat.to_owned(),
        unit: Unit::Strength,
        rows: own()
            .map(|f| Row {
                name: f.name.clone(),
                source: String::new(),
                value: f.strength,
            })
            .collect(),
        total: own().map(|f| f.strength).sum(),
        notes: vec![say!("table-strength-points")],
    }
}

/// Forces that want supply, with the days they have aboard.
fn wanting(view: &SeatView, digest: &Digest) -> Sum {
    let all = supply::short(view, digest);
    let row = |(_, f): &(&Key<crate::content::Force>, &crate::sim::view::OwnForce)| Row {
        name: f.name.clone(),
        source: match &f.line.cut {
            Some(cut) => say!(
                "table-cut-at",
                place = crate::war::tell::sector(view, cut.as_str())
            ),
            None => String::new(),
        },
        value: 1,
    };
    Sum {
        title: say!("table-wanting"),
        unit: Unit::Plain,
        rows: all.iter().map(row).collect(),
        total: i64::try_from(all.len()).unwrap_or(i64::MAX),
        notes: vec![say!("table-wanting-click")],
    }
}
