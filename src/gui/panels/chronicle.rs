//! The pages of what the record tells: chapters and what was found at the left, a page at the right; where there is no
//! room for both, one at a time. Every fact bears how sure it is and where it stands.

use bevy_egui::egui::{
    Align, Button, Id, Key, Label, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui,
    UiBuilder, Vec2,
    style::ScrollAnimation,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use super::{basis, page, told};
use crate::gui::{
    Game, UiAction,
    around::Act,
    history::{
        Library,
        book::{self, Subject, Thing, Topic, brief, subjects},
    },
    theme,
    words::{self, say},
};

/// Width of the list, points.
const LIST: f32 = 384.0;
/// Width of the dates in it.
const DATES: f32 = 112.0;
/// Both are shown where there is this much room, points.
const BOTH: f32 = 800.0;
/// Widest page, points.
const PAGE: f32 = 620.0;

/// Shows the page.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::sheet(ui, game, &say!("told-title"), |ui, actions| {
        let Some(library) = game.around.history.now() else {
            theme::note(ui, say!("history-reading"));
            return;
        };
        let mut act = |act| actions.push(UiAction::Around(Act::Browse(act)));
        let open = game.around.book.open();
        let thing = open.and_then(|subject| {
            let told = library.chronicle(&subject.document)?;
            Some((told, subject, Thing::of(told, subject)?))
        });
        let room = ui.available_rect_before_wrap();
        if room.width() < BOTH {
            match thing {
                Some((told, subject, thing)) => told::page(ui, told, subject, thing, &mut act),
                None => list(ui, game, library, &mut act),
            }
            return;
        }
        let mut left = room;
        left.set_width(LIST);
        let mut right = room;
        right.min.x = left.max.x + 32.0;
        right.max.x = right.max.x.min(right.min.x + PAGE);
        let builder = UiBuilder::new().max_rect(left).id_salt("told list");
        ui.scope_builder(builder, |ui| list(ui, game, library, &mut act));
        let builder = UiBuilder::new().max_rect(right).id_salt("told page");
        ui.scope_builder(builder, |ui| match thing {
            Some((told, subject, thing)) => told::page(ui, told, subject, thing, &mut act),
            None => about(ui, library),
        });
    })
}

/// The search, and chapters or what was found.
fn list(ui: &mut Ui, game: &Game, library: &Library, act: &mut impl FnMut(book::Act)) {
    let place = &game.around.book;
    let mut typed = place.typed.clone();
    let field = ui.add(
        TextEdit::singleline(&mut typed)
            .id_salt("told search")
            .hint_text(say!("told-search"))
            .char_limit(60)
            .desired_width(ui.available_width() - 8.0),
    );
    let field = theme::named(field, say!("told-search"));
    theme::spot(ui, "told search", &field);
    theme::ring(ui, &field);
    if typed != place.typed {
        act(book::Act::Type(typed));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        field.request_focus();
        // What stood there is taken for what is to be replaced.
        let mut state = TextEditState::load(ui.ctx(), field.id).unwrap_or_default();
        let whole = CCursorRange::two(CCursor::new(0), CCursor::new(place.typed.chars().count()));
        state.cursor.set_char_range(Some(whole));
        state.store(ui.ctx(), field.id);
    }
    // Enter opens the best answer.
    if field.lost_focus()
        && ui.input(|input| input.key_pressed(Key::Enter))
        && let Some(first) = place.found.first()
    {
        act(book::Act::Visit(first.clone()));
    }
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt("told chapters")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 4.0);
            if place.typed.trim().is_empty() {
                chapters(ui, game, library, act);
            } else if place.found.is_empty() {
                theme::note(ui, say!("reference-nothing"));
            } else {
                theme::note(ui, say!("reference-found", n = place.found.len()));
                for subject in &place.found {
                    one(ui, game, library, subject, true, act);
                }
            }
            ui.add_space(16.0);
        });
}

fn chapters(ui: &mut Ui, game: &Game, library: &Library, act: &mut impl FnMut(book::Act)) {
    for topic in Topic::ALL {
        let all = || library.chronicles.iter();
        let count: usize = all().map(|told| subjects(told, topic).len()).sum();
        let is_open = game.around.book.topic == Some(topic);
        ui.horizontal(|ui| {
            if theme::choice(ui, words::of("told", topic.name()), is_open, None) {
                act(book::Act::Turn(topic));
            }
            theme::note(ui, count.to_string());
        });
        if !is_open {
            continue;
        }
        ui.indent(topic.name(), |ui| {
            for told in all() {
                if library.chronicles.len() > 1 {
                    theme::note(ui, &told.title);
                }
                for subject in &subjects(told, topic) {
                    one(ui, game, library, subject, false, act);
                }
            }
        });
    }
}

/// A line of the list: what happened bears its dates.
fn one(
    ui: &mut Ui,
    game: &Game,
    library: &Library,
    subject: &Subject,
    with_kind: bool,
    act: &mut impl FnMut(book::Act),
) {
    let told = library.chronicle(&subject.document);
    let Some(thing) = told.and_then(|told| Thing::of(told, subject)) else {
        return;
    };
    let is_open = game.around.book.open() == Some(subject);
    ui.horizontal_top(|ui| {
        if let (Thing::Entry(entry), Some(told)) = (thing, told) {
            let when = entry.when.as_ref();
            let date = when.map_or_else(String::new, |when| brief(told, when));
            let step = if entry.part_of.is_some() && !with_kind {
                12.0
            } else {
                0.0
            };
            date_column(ui, &date);
            ui.add_space(step);
        }
        let name = thing.name();
        let button = ui.add(Button::selectable(is_open, &name).wrap());
        theme::spot(ui, &name, &button);
        theme::ring(ui, &button);
        // Whoever came by a link sees where he is.
        if is_open && is_new(ui, subject) {
            button.scroll_to_me_animation(None, ScrollAnimation::none());
        }
        if button.clicked() {
            act(book::Act::Visit(subject.clone()));
        }
        let is_entry = matches!(thing, Thing::Entry(_));
        if with_kind && !is_entry {
            let kind = words::of("told-one", subject.topic.name());
            let kind = RichText::new(kind).color(theme::dim()).size(theme::CAPTION);
            ui.add(Label::new(kind).wrap());
        }
    });
}

/// Dates at the left of what happened.
fn date_column(ui: &mut Ui, date: &str) {
    let size = Vec2::new(DATES.min(ui.available_width() * 0.4), 20.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        let date = RichText::new(date).color(theme::dim()).size(theme::CAPTION);
        ui.add(Label::new(date).wrap());
    });
}

/// Whether another page was open in the frame before.
fn is_new(ui: &Ui, subject: &Subject) -> bool {
    let id = Id::new("told seen");
    let is_new = ui.data(|data| data.get_temp::<Subject>(id)).as_ref() != Some(subject);
    if is_new {
        ui.data_mut(|data| data.insert_temp(id, subject.clone()));
    }
    is_new
}

/// What this is, before a page is opened.
fn about(ui: &mut Ui, library: &Library) {
    ui.spacing_mut().item_spacing = Vec2::new(8.0, 6.0);
    if let Some(problem) = &library.problem {
        ui.add(Label::new(RichText::new(problem).color(theme::attention())).wrap());
    }
    for told in &library.chronicles {
        let title = say!(
            "told-document",
            title = told.title.as_str(),
            id = told.document.as_str()
        );
        ui.add(Label::new(RichText::new(title).heading()).wrap());
    }
    if library.chronicles.is_empty() {
        theme::note(ui, say!("told-none"));
    }
    page::prose(ui, &say!("told-about"));
    theme::heading(ui, &say!("told-signs"));
    for sure in basis::ALL {
        basis::meaning(ui, sure);
    }
}
