//! Figures that open into the sums that made them: beside them under the pointer, below them as lines when asked for by
//! key or click; a screen reader is told the same.

use bevy_egui::egui::{
    Align, Button, CursorIcon, FontId, Label, Layout, Rect, RectAlign, Response, RichText, Sense,
    Tooltip, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType,
};

use crate::{
    chart::Tag,
    gui::{
        Table, UiAction,
        reading::Act,
        sums::{Sum, Unit},
        theme,
    },
};

/// How wide an opened sum is, points.
const WIDTH: f32 = 288.0;

/// What a figure says, and how to open it.
pub struct Figure<'a> {
    /// Its name among all figures: where it is opened again next turn.
    pub id: String,
    /// What it is, in a word or two.
    pub word: String,
    /// The figure as it is shown.
    pub value: RichText,
    /// The sum that made it.
    pub sum: Box<dyn Fn() -> Sum + 'a>,
}

impl<'a> Figure<'a> {
    /// A figure with its sum.
    pub fn new(
        id: impl Into<String>,
        word: impl Into<String>,
        value: impl Into<RichText>,
        sum: impl Fn() -> Sum + 'a,
    ) -> Self {
        Self {
            id: id.into(),
            word: word.into(),
            value: value.into(),
            sum: Box::new(sum),
        }
    }
}

/// Figures side by side in so many columns; the sums that lie open are below their row.
pub fn figures(
    ui: &mut Ui,
    table: &Table,
    columns: usize,
    figures: &[Figure],
    actions: &mut Vec<UiAction>,
) {
    let columns = columns.max(1);
    let gap = if columns > 1 { 16.0 } else { 0.0 };
    let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32;
    let size = Vec2::new(width, theme::BODY + 3.0);
    for row in figures.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for figure in row {
                let response = cell(ui, size, figure);
                beside(ui, &response, || (figure.sum)());
                if response.clicked() {
                    actions.push(UiAction::Read(Act::Open(figure.id.clone())));
                }
            }
        });
        for figure in row.iter().filter(|f| table.reading.is_open(&f.id)) {
            lines(ui, &(figure.sum)());
        }
    }
}

/// One figure in a line of its own.
pub fn figure(ui: &mut Ui, table: &Table, one: Figure, actions: &mut Vec<UiAction>) {
    figures(ui, table, 1, &[one], actions);
}

fn cell(ui: &mut Ui, size: Vec2, figure: &Figure) -> Response {
    let builder = UiBuilder::new()
        .id_salt(("figure", &figure.id))
        .sense(Sense::click())
        .layout(Layout::right_to_left(Align::Center));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = ui
        .scope_builder(builder.max_rect(rect), |ui| {
            ui.set_min_size(size);
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add(Label::new(figure.value.clone()).selectable(false));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let word = RichText::new(&figure.word).color(theme::dim());
                ui.add(
                    Label::new(word.size(theme::CAPTION))
                        .truncate()
                        .selectable(false),
                );
            });
        })
        .response
        .on_hover_cursor(CursorIcon::PointingHand);
    underline(ui, &response);
    theme::spot(ui, &format!("figure {}", figure.id), &response);
    response.widget_info(|| {
        let words = format!("{} {}. ", figure.word, figure.value.text());
        let sum = (figure.sum)().lines().join("; ");
        WidgetInfo::labeled(WidgetType::Button, true, words + &sum)
    });
    response
}

/// Marks what can be pressed while the pointer or the keyboard is on it.
fn underline(ui: &Ui, response: &Response) {
    if response.hovered() || response.has_focus() {
        let rect = response.rect;
        let line = theme::hairline();
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            (line.width, theme::dim()),
        );
    }
}

/// Opens a sum beside a figure of a dock while the pointer rests on it.
pub fn beside(ui: &Ui, response: &Response, sum: impl Fn() -> Sum) {
    tip(ui, response).show(|ui| opened(ui, &sum()));
}

/// Says something beside a line of a dock while the pointer rests on it.
pub fn hint(ui: &Ui, response: &Response, words: &str) {
    tip(ui, response).show(|ui| ui.label(words));
}

/// What stands beside the dock at the height of one of its lines.
fn tip(ui: &Ui, response: &Response) -> Tooltip<'static> {
    let dock = Rect::from_x_y_ranges(ui.clip_rect().x_range(), response.rect.y_range());
    let mut tip = Tooltip::for_enabled(response).gap(8.0).width(WIDTH);
    tip.popup = tip
        .popup
        .anchor(dock)
        .align(RectAlign::LEFT_START)
        .align_alternatives(&[
            RectAlign::RIGHT_START,
            RectAlign::LEFT_END,
            RectAlign::RIGHT_END,
        ]);
    tip
}

/// The same below a figure of the bar at the top, which says these words.
pub fn below(response: &Response, words: &str, sum: impl Fn() -> Sum) {
    response.widget_info(|| {
        let lines = sum().lines().join("; ");
        WidgetInfo::labeled(WidgetType::Button, true, format!("{words}. {lines}"))
    });
    let mut tip = Tooltip::for_enabled(response).gap(8.0).width(WIDTH);
    tip.popup = tip
        .popup
        .align(RectAlign::BOTTOM_START)
        .align_alternatives(&[RectAlign::BOTTOM_END]);
    tip.show(|ui| opened(ui, &sum()));
}

/// A sum as it stands under the pointer.
pub fn opened(ui: &mut Ui, sum: &Sum) {
    ui.set_width(WIDTH);
    ui.spacing_mut().item_spacing.y = 2.0;
    let title = ui.label(RichText::new(&sum.title).font(theme::medium(theme::BODY)));
    theme::spot(ui, "sum", &title);
    rows(ui, sum);
}

/// A sum as lines of a panel.
fn lines(ui: &mut Ui, sum: &Sum) {
    let frame = bevy_egui::egui::Frame::new()
        .fill(ui.visuals().faint_bg_color)
        .corner_radius(4)
        .inner_margin(bevy_egui::egui::Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 1.0;
        rows(ui, sum);
    });
}

fn rows(ui: &mut Ui, sum: &Sum) {
    // A sum of one row says nothing that the figure does not say.
    let (rows, rest) = sum.shown();
    for row in rows.iter().chain(&rest) {
        let loss = row.value < 0;
        line(ui, &row.name, &row.source, sum.unit, row.value, loss);
    }
    theme::rule(ui);
    line(ui, &sum.title, "", sum.unit, sum.total, false);
    for note in &sum.notes {
        theme::note(ui, note);
    }
}

fn line(ui: &mut Ui, name: &str, source: &str, unit: Unit, value: i64, less: bool) {
    ui.allocate_ui_with_layout(
        Vec2::new(ui.available_width(), theme::CAPTION + 4.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            let value = RichText::new(unit.words(value)).size(theme::CAPTION);
            let value = if less {
                value.color(theme::attention())
            } else {
                value
            };
            ui.add(Label::new(value).selectable(false));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let mut words = bevy_egui::egui::text::LayoutJob::default();
                let part = |colour| bevy_egui::egui::TextFormat {
                    font_id: bevy_egui::egui::FontId::proportional(theme::CAPTION),
                    color: colour,
                    ..Default::default()
                };
                words.append(name, 0.0, part(theme::text()));
                if !source.is_empty() {
                    words.append(source, 8.0, part(theme::dim()));
                }
                ui.add(Label::new(words).truncate().selectable(false));
            });
        },
    );
}

/// Words that can be pressed, in as many lines as they need.
pub fn words(ui: &mut Ui, words: impl Into<RichText>) -> Response {
    let words = theme::pressed(words);
    let name = words.text().to_owned();
    let label = Label::new(words).wrap().selectable(false);
    let response = ui
        .add(label.sense(Sense::click()))
        .on_hover_cursor(CursorIcon::PointingHand);
    underline(ui, &response);
    theme::spot(ui, &name, &response);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name.clone()));
    response
}

/// A name that selects what it names.
pub fn link(ui: &mut Ui, name: &str, tag: Tag, actions: &mut Vec<UiAction>) {
    let small = RichText::new(name).size(theme::CAPTION + 1.0);
    let button = Button::new(small).frame(false);
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = Vec2::ZERO;
            ui.add(button.wrap().min_size(Vec2::splat(theme::LINE)))
        })
        .inner
        .on_hover_cursor(CursorIcon::PointingHand);
    let line = (theme::hairline().width, theme::dim());
    let bottom = response.rect.bottom() - 1.0;
    ui.painter().hline(response.rect.x_range(), bottom, line);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, name));
    if response.clicked() {
        actions.push(UiAction::Select(Some(tag)));
    }
}

/// Names that select what they name, after a word, in as many rows as they need. A name goes to the next row as a whole;
/// one that is longer than a row is cut short.
pub fn links(ui: &mut Ui, words: String, all: Vec<(String, Tag)>, actions: &mut Vec<UiAction>) {
    const GAP: f32 = 4.0;
    let room = ui.available_width();
    let font = FontId::proportional(theme::CAPTION + 1.0);
    let width = |ui: &Ui, name: &str| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(name.to_owned(), font.clone(), theme::text());
        galley.size().x.ceil() + GAP
    };
    let last = all.len().saturating_sub(1);
    let named = all.into_iter().enumerate().map(|(index, (name, tag))| {
        let comma = if index < last { "," } else { "" };
        (format!("{name}{comma}"), tag)
    });
    let mut rows: Vec<Vec<(String, Tag)>> = vec![Vec::new()];
    let mut left = room - width(ui, &words);
    for (name, tag) in named {
        let wide = width(ui, &name);
        if wide > left {
            rows.push(Vec::new());
            left = room;
        }
        left -= wide;
        if let Some(row) = rows.last_mut() {
            row.push((name, tag));
        }
    }
    for (index, row) in rows.into_iter().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            if index == 0 {
                theme::note(ui, words.as_str());
            }
            for (name, tag) in row {
                link(ui, &name, tag, actions);
            }
        });
    }
}

/// A line of a list: a name that selects or goes somewhere, and a figure at the right. True when it was pressed.
pub fn entry(ui: &mut Ui, name: RichText, value: RichText) -> Response {
    entry_of(ui, "", name, value)
}

/// The same where another line may say the same: read out, it says first what it belongs to.
pub fn entry_of(ui: &mut Ui, of: &str, name: RichText, value: RichText) -> Response {
    let size = Vec2::new(ui.available_width(), theme::BODY + 3.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let back = ui.painter().add(bevy_egui::egui::Shape::Noop);
    let said = format!("{of}{} {}", name.text(), value.text());
    let spot = format!("{of}{}", name.text());
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.add(Label::new(value).selectable(false));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(name).truncate().selectable(false));
        });
    });
    if response.hovered() || response.has_focus() {
        let fill = ui.visuals().widgets.hovered.weak_bg_fill;
        let shape =
            bevy_egui::egui::Shape::rect_filled(rect.expand2(Vec2::new(4.0, 0.0)), 4.0, fill);
        ui.painter().set(back, shape);
    }
    theme::spot(ui, &spot, &response);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, said.clone()));
    response.on_hover_cursor(CursorIcon::PointingHand)
}
