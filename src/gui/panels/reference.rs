//! The page of the reference: chapters and what was found at the left, an article at the right; where there is no room
//! for both, one at a time.

use bevy_egui::egui::{
    Align, Button, Id, Key, Label, Layout, Modifiers, Response, RichText, ScrollArea, Stroke,
    TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use super::{page, sums};
use crate::gui::{
    Game, UiAction,
    around::Act,
    reference::{self, Article, Book, Line, Subject, Topic},
    theme,
    words::{self, say},
};

/// Width of the list, points.
const LIST: f32 = 300.0;
/// Both are shown where there is this much room, points.
const BOTH: f32 = 760.0;
/// Widest article, points.
const ARTICLE: f32 = 620.0;

/// Shows the page.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    let title = say!("reference-title");
    page::sheet(ui, game, &title, |ui, actions| {
        let mut act = |act| actions.push(UiAction::Around(Act::Look(act)));
        let book = game.book();
        let open = game.around.reference.open();
        let article = open.and_then(|subject| Some((subject, book.article(subject)?)));
        let room = ui.available_rect_before_wrap();
        match article {
            Some((subject, article)) if room.width() < BOTH => {
                read(ui, &book, subject, &article, &mut act);
            }
            None if room.width() < BOTH => list(ui, game, &book, &mut act),
            article => {
                let mut left = room;
                left.set_width(LIST);
                let mut right = room;
                right.min.x = left.max.x + 32.0;
                right.max.x = right.max.x.min(right.min.x + ARTICLE);
                let builder = UiBuilder::new().max_rect(left).id_salt("reference list");
                ui.scope_builder(builder, |ui| list(ui, game, &book, &mut act));
                let builder = UiBuilder::new()
                    .max_rect(right)
                    .id_salt("reference article");
                ui.scope_builder(builder, |ui| match &article {
                    Some((subject, article)) => read(ui, &book, subject, article, &mut act),
                    None => about(ui),
                });
            }
        }
    })
}

/// Words of another panel that lead to an article.
pub fn link(
    ui: &mut Ui,
    words: RichText,
    (topic, id): (Topic, &str),
    actions: &mut Vec<UiAction>,
) -> Response {
    let response = sums::words(ui, words);
    if response.clicked() {
        let visit = reference::Act::Visit(Subject::new(topic, id));
        actions.push(UiAction::Around(Act::Look(visit)));
    }
    response
}

/// The search, and chapters or what was found.
fn list(ui: &mut Ui, game: &Game, book: &Book<'_>, act: &mut impl FnMut(reference::Act)) {
    let place = &game.around.reference;
    let mut typed = place.typed.clone();
    let field = ui.add(
        TextEdit::singleline(&mut typed)
            .id_salt("reference search")
            .hint_text(say!("reference-search"))
            .char_limit(60)
            .desired_width(ui.available_width() - 8.0),
    );
    let field = theme::named(field, say!("reference-search"));
    theme::spot(ui, "reference search", &field);
    theme::ring(ui, &field);
    if typed != place.typed {
        act(reference::Act::Type(typed));
    }
    let find = Modifiers::COMMAND;
    if ui.input_mut(|input| input.consume_key(find, Key::F)) {
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
        act(reference::Act::Visit(first.clone()));
    }
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt("reference chapters")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 4.0);
            if place.typed.trim().is_empty() {
                chapters(ui, game, book, act);
            } else if place.found.is_empty() {
                theme::note(ui, say!("reference-nothing"));
            } else {
                theme::note(ui, say!("reference-found", n = place.found.len()));
                for subject in &place.found {
                    one(ui, game, book, subject, true, act);
                }
            }
            ui.add_space(16.0);
        });
}

fn chapters(ui: &mut Ui, game: &Game, book: &Book<'_>, act: &mut impl FnMut(reference::Act)) {
    let place = &game.around.reference;
    for topic in Topic::ALL {
        let subjects = book.subjects(topic);
        let is_open = place.topic == Some(topic);
        ui.horizontal(|ui| {
            if theme::choice(ui, words::of("topic", topic.name()), is_open, None) {
                act(reference::Act::Turn(topic));
            }
            theme::note(ui, subjects.len().to_string());
        });
        if is_open {
            ui.indent(topic.name(), |ui| {
                for subject in &subjects {
                    one(ui, game, book, subject, false, act);
                }
            });
        }
    }
}

/// A line of the list.
fn one(
    ui: &mut Ui,
    game: &Game,
    book: &Book<'_>,
    subject: &Subject,
    with_kind: bool,
    act: &mut impl FnMut(reference::Act),
) {
    let is_open = game.around.reference.open() == Some(subject);
    let name = name(book, subject);
    ui.horizontal_wrapped(|ui| {
        let button = ui.add(Button::selectable(is_open, &name).wrap());
        theme::spot(ui, &name, &button);
        theme::ring(ui, &button);
        // Whoever came by a link sees where he is.
        if is_open && is_new(ui, subject) {
            button.scroll_to_me(None);
        }
        if button.clicked() {
            act(reference::Act::Visit(subject.clone()));
        }
        if with_kind {
            // It goes to the next line as a whole.
            let kind = RichText::new(words::of("topic-one", subject.topic.name()));
            let kind = kind.color(theme::dim()).size(theme::CAPTION);
            ui.add(Label::new(kind).extend());
        }
    });
}

/// Whether another article was open in the frame before.
fn is_new(ui: &Ui, subject: &Subject) -> bool {
    let id = Id::new("reference seen");
    let is_new = ui.data(|data| data.get_temp::<Subject>(id)).as_ref() != Some(subject);
    if is_new {
        ui.data_mut(|data| data.insert_temp(id, subject.clone()));
    }
    is_new
}

/// The name of a thing; what the war on the table does without says so.
fn name(book: &Book<'_>, subject: &Subject) -> String {
    let name = book.title(subject);
    match book.is_absent(subject) {
        true => say!("reference-absent", name = name),
        false => name,
    }
}

/// What stands in which chapter.
fn about(ui: &mut Ui) {
    ScrollArea::vertical()
        .id_salt("about the reference")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 4.0);
            page::prose(ui, &say!("reference-about"));
            for topic in Topic::ALL {
                theme::heading(ui, &words::of("topic", topic.name()));
                page::prose(ui, &words::of("topic-about", topic.name()));
            }
        });
}

/// An article.
fn read(
    ui: &mut Ui,
    book: &Book<'_>,
    subject: &Subject,
    article: &Article,
    act: &mut impl FnMut(reference::Act),
) {
    ui.horizontal_wrapped(|ui| {
        if theme::button(ui, say!("reference-return"), None) {
            act(reference::Act::Return);
        }
        if theme::button(ui, say!("reference-leave"), None) {
            act(reference::Act::Leave);
        }
    });
    ScrollArea::vertical()
        .id_salt(("reference article", &subject.id, subject.topic))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 4.0);
            ui.add(Label::new(RichText::new(&article.title).heading()).wrap());
            theme::note(ui, &article.kind);
            if book.is_absent(subject) {
                let words = RichText::new(say!("reference-absent-about"));
                ui.label(words.color(theme::attention()));
            }
            if !article.summary.is_empty() {
                page::prose(ui, &article.summary);
            }
            for part in &article.parts {
                theme::heading(ui, &part.heading);
                for line in &part.lines {
                    tell(ui, book, line, act);
                }
            }
            ui.add_space(24.0);
        });
}

fn tell(ui: &mut Ui, book: &Book<'_>, line: &Line, act: &mut impl FnMut(reference::Act)) {
    match line {
        Line::Figure(word, value) => figure(ui, word, value),
        Line::Words(words) => page::prose(ui, words),
        Line::Link(to, about) => {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().interact_size.y = theme::LINE;
                let link = sums::words(ui, name(book, to));
                // A thing may be linked more than once: read out, it is said for what.
                let said = match about.as_str() {
                    "" => name(book, to),
                    about => format!("{}: {about}", name(book, to)),
                };
                link.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &said));
                theme::ring(ui, &link);
                let under = Stroke::new(theme::hairline().width, theme::dim());
                let bottom = link.rect.bottom() - 1.0;
                ui.painter().hline(link.rect.x_range(), bottom, under);
                if link.clicked() {
                    act(reference::Act::Visit(to.clone()));
                }
                if !about.is_empty() {
                    theme::note(ui, about);
                }
            });
        }
    }
}

/// A word and its figure in two columns, each in as many lines as it needs.
fn figure(ui: &mut Ui, word: &str, value: &str) {
    let half = (ui.available_width().min(page::PROSE) / 2.0).max(120.0);
    ui.horizontal_top(|ui| {
        let column = Layout::left_to_right(Align::Min);
        ui.allocate_ui_with_layout(Vec2::new(half, theme::LINE), column, |ui| {
            ui.set_min_width(half);
            let word = RichText::new(word).color(theme::dim());
            ui.add(Label::new(word).wrap());
        });
        ui.add(Label::new(value).wrap());
    });
}
