//! How the window looks: colours, type, spacing and the few widgets that every panel shares. Colours come from the
//! chart's palette, so that panels and map are of one piece. Gold is for the irreplaceable reserve alone, red for
//! loss and cut supply, amber for what wants attention.

use std::{cell::Cell, sync::Arc};

use bevy_egui::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Frame, Margin,
    Response, RichText, Sense, Stroke, TextStyle, Ui, Vec2, WidgetText, style::WidgetVisuals,
};

use super::settings::{SCALE, Settings};
use crate::chart::{Colour, Look, Palette, font};

/// Sizes of type, points.
pub const CAPTION: f32 = 13.0;
/// For reading.
pub const BODY: f32 = 15.0;
/// For names.
pub const HEADING: f32 = 19.0;
/// For titles.
pub const TITLE: f32 = 26.0;
/// Least height of a line that can be pressed, points.
pub const LINE: f32 = 18.0;
/// The family of the heavier weight.
pub const MEDIUM: &str = "medium";

/// A colour of the chart as egui takes it.
pub fn colour(c: Colour) -> Color32 {
    Color32::from_rgba_unmultiplied(c.r, c.g, c.b, c.a)
}

thread_local! {
    /// Which colours this thread draws with: the window draws on whatever thread is free.
    static LOOK: Cell<Look> = const { Cell::new(Look::Normal) };
}

/// Draws with these colours from now on, on this thread.
pub fn look(look: Look) {
    LOOK.set(look);
}

/// The colours in use.
pub fn palette() -> &'static Palette {
    LOOK.get().palette()
}

/// Warm off-white.
pub fn text() -> Color32 {
    colour(palette().text)
}
/// What is said second.
pub fn dim() -> Color32 {
    colour(palette().dim)
}
/// The reserve.
pub fn gold() -> Color32 {
    colour(palette().gold)
}
/// Loss.
pub fn loss() -> Color32 {
    colour(palette().loss)
}
/// What wants attention.
pub fn attention() -> Color32 {
    colour(palette().attention)
}
/// Borders.
pub fn hairline() -> Stroke {
    Stroke::new(1.0, colour(palette().hairline.faint(0.55)))
}
/// The hue of a side by its place in the order of names.
pub fn side(rank: usize) -> Color32 {
    colour(palette().side(rank))
}

/// Letters of the heavier weight.
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(MEDIUM.into()))
}

/// Puts type, colours and spacing in place, as they are set.
pub fn apply(ctx: &egui::Context, settings: &Settings) {
    look(settings.look);
    ctx.all_styles_mut(style);
    ctx.set_zoom_factor(settings.scale.clamp(SCALE.0, SCALE.1) as f32 / 100.0);
}

/// Puts what no setting changes in place: type, and how the pointer is understood.
pub fn prepare(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    fonts.font_data.insert(
        "roboto".into(),
        Arc::new(FontData::from_static(font::REGULAR)),
    );
    fonts.font_data.insert(
        "roboto-medium".into(),
        Arc::new(FontData::from_static(font::MEDIUM)),
    );
    let mut fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    fonts
        .families
        .entry(FontFamily::Proportional)
        .or_default()
        .insert(0, "roboto".into());
    fallback.insert(0, "roboto-medium".into());
    fonts
        .families
        .insert(FontFamily::Name(MEDIUM.into()), fallback);
    ctx.set_fonts(fonts);
    ctx.set_theme(egui::Theme::Dark);
    // Drawing without a graphics card is slow; a click is still a click.
    ctx.options_mut(|options| options.input_options.max_click_duration = 3.0);
}

fn style(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(CAPTION)),
        (TextStyle::Body, FontId::proportional(CAPTION + 1.0)),
        (TextStyle::Button, FontId::proportional(CAPTION + 1.0)),
        (TextStyle::Monospace, FontId::monospace(CAPTION)),
        (TextStyle::Heading, medium(HEADING)),
    ]
    .into();
    style.animation_time = 0.0;
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 4.0);
    spacing.button_padding = Vec2::new(8.0, 3.0);
    spacing.interact_size = Vec2::new(24.0, 22.0);
    spacing.combo_width = 96.0;
    spacing.scroll = egui::style::ScrollStyle::thin();
    let palette = palette();
    let panel = colour(palette.panel);
    let raised = colour(palette.panel.toward(palette.glow, 0.45));
    let lifted = colour(palette.panel.toward(palette.glow, 0.9));
    let line = hairline();
    let widget = |fill: Color32, stroke: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(4),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let bright = Stroke::new(1.0, colour(palette.lane));
    let visuals = &mut style.visuals;
    visuals.widgets.noninteractive = widget(panel, line, text());
    visuals.widgets.inactive = widget(raised, line, text());
    visuals.widgets.hovered = widget(lifted, bright, text());
    visuals.widgets.active = widget(lifted, Stroke::new(1.0, text()), text());
    visuals.widgets.open = widget(lifted, bright, text());
    visuals.selection.bg_fill = colour(palette.glow.toward(palette.lane, 0.04));
    visuals.selection.stroke = Stroke::new(1.0, text());
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(dim());
    visuals.hyperlink_color = text();
    visuals.faint_bg_color = colour(palette.panel.toward(palette.glow, 0.2));
    visuals.extreme_bg_color = colour(palette.ground);
    visuals.text_edit_bg_color = Some(colour(palette.ground));
    visuals.warn_fg_color = attention();
    visuals.error_fg_color = loss();
    visuals.panel_fill = panel;
    visuals.window_fill = panel;
    visuals.window_stroke = bright;
    visuals.window_corner_radius = CornerRadius::same(4);
    visuals.menu_corner_radius = CornerRadius::same(4);
    visuals.window_shadow = egui::Shadow::NONE;
    visuals.popup_shadow = egui::Shadow::NONE;
    visuals.disabled_alpha = 0.55;
}

/// The frame of a docked panel.
pub fn panel_frame() -> Frame {
    Frame::new()
        .fill(colour(palette().panel))
        .stroke(hairline())
        .inner_margin(Margin::symmetric(12, 8))
}

/// The frame of a page that fills the window.
pub fn page_frame() -> Frame {
    Frame::new()
        .fill(colour(palette().ground))
        .inner_margin(Margin::same(0))
}

/// A card: one thing among several.
pub fn card() -> Frame {
    Frame::new()
        .fill(colour(palette().panel))
        .stroke(hairline())
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::same(16))
}

/// Small capitals over a part of a panel.
pub fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(ui.spacing().item_spacing.y + 2.0);
    let mut job = egui::text::LayoutJob::default();
    let format = egui::TextFormat {
        font_id: medium(CAPTION),
        extra_letter_spacing: 1.0,
        color: dim(),
        ..Default::default()
    };
    job.append(&words.to_uppercase(), 0.0, format);
    ui.label(job);
}

/// A thin line across.
pub fn rule(ui: &mut Ui) {
    ui.add_space(4.0);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 1.0), Sense::hover());
    ui.painter()
        .hline(rect.x_range(), rect.center().y, hairline());
    ui.add_space(2.0);
}

/// What is said second.
pub fn note(ui: &mut Ui, words: impl Into<String>) -> Response {
    ui.label(RichText::new(words).color(dim()).size(CAPTION))
}

/// A word and its figure, at both ends of a line.
pub fn figure(ui: &mut Ui, word: &str, value: impl Into<WidgetText>) -> Response {
    ui.horizontal(|ui| {
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            let value = ui.label(value);
            // The figure comes first: where both have no room, the word is cut short.
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.with_layout(left, |ui| {
                let word = RichText::new(word).color(dim()).size(CAPTION);
                ui.add(egui::Label::new(word).truncate());
            });
            value
        })
        .inner
    })
    .inner
}

/// Lines closer to each other, for a panel that has much to show.
pub fn tight(ui: &mut Ui) {
    let spacing = ui.spacing_mut();
    spacing.item_spacing = Vec2::new(6.0, 3.0);
    spacing.button_padding = Vec2::new(6.0, 1.0);
    spacing.interact_size.y = 19.0;
}

/// A button that may be greyed, with the reason under the pointer; true when it was pressed.
pub fn button(ui: &mut Ui, words: impl Into<String>, refused: Option<String>) -> bool {
    choice(ui, words, false, refused)
}

/// A button that shows whether it is what is so now.
pub fn choice(ui: &mut Ui, words: impl Into<String>, is_so: bool, refused: Option<String>) -> bool {
    choice_about(ui, words, is_so, refused, "")
}

/// The same, with what it means under the pointer.
pub fn choice_about(
    ui: &mut Ui,
    words: impl Into<String>,
    is_so: bool,
    refused: Option<String>,
    about: &str,
) -> bool {
    let words: String = words.into();
    let mut response = ui.add_enabled(
        refused.is_none(),
        egui::Button::new(words.as_str()).selected(is_so),
    );
    spot(ui, &words, &response);
    ring(ui, &response);
    if !about.is_empty() {
        response = response.on_hover_text(about);
    }
    match refused {
        Some(reason) => {
            let whole = if about.is_empty() {
                reason
            } else {
                format!("{about}\nNot now: {reason}")
            };
            response.on_disabled_hover_text(whole);
            false
        }
        None => response.clicked(),
    }
}

/// A choice whose words alone would not say of what: read out, it names that.
pub fn choice_of(ui: &mut Ui, of: &str, words: &str, is_so: bool) -> bool {
    let button = ui.add(egui::Button::new(words).selected(is_so));
    let whole = format!("{of}: {words}");
    spot(ui, words, &button);
    spot(ui, &whole, &button);
    button.widget_info(|| {
        egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, is_so, &whole)
    });
    ring(ui, &button);
    button.clicked()
}

/// A button whose short words are read out whole.
pub fn button_for(ui: &mut Ui, short: &str, whole: &str, refused: Option<String>) -> bool {
    let is_free = refused.is_none();
    let button = ui.add_enabled(is_free, egui::Button::new(short));
    spot(ui, short, &button);
    spot(ui, whole, &button);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, is_free, whole));
    ring(ui, &button);
    let clicked = button.clicked();
    if let Some(refused) = refused {
        button.on_disabled_hover_text(refused);
    }
    clicked
}

/// Words that can be pressed, in lines high enough to be hit.
pub fn pressed(words: impl Into<RichText>) -> RichText {
    words.into().line_height(Some(LINE))
}

/// Says a line under the pointer, if there is no room for all of it.
pub fn in_full(ui: &Ui, response: &Response, words: &str, size: f32) {
    let whole = || {
        let painter = ui.painter();
        let font = FontId::proportional(size);
        painter
            .layout_no_wrap(words.to_owned(), font, text())
            .size()
            .x
    };
    let room = response.rect.width() - 2.0 * ui.spacing().button_padding.x;
    if response.hovered() && whole() > room {
        response.clone().on_hover_text(words);
    }
}

/// Names a thing for a screen reader that cannot name itself: a field, a figure to be set, a row that can be pressed.
pub fn named(response: Response, words: impl Into<String>) -> Response {
    let words = words.into();
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(words));
    response
}

/// A ring around what the keyboard is on: whoever walks over a page sees where he is, and it comes into sight.
pub fn ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, text());
        let (rect, round) = (response.rect.expand(1.0), CornerRadius::same(4));
        ui.painter()
            .rect_stroke(rect, round, stroke, egui::StrokeKind::Outside);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// Notes where a named thing is on the screen, for tests that move the pointer.
pub fn spot(ui: &Ui, name: &str, response: &Response) {
    let seen = response.rect.intersect(ui.clip_rect());
    if seen.height() >= 4.0 && seen.width() >= 4.0 {
        let spot = (seen.center(), ui.ctx().cumulative_pass_nr());
        ui.data_mut(|data| data.insert_temp(spot_id(name), spot));
    }
    if response.has_focus() {
        let walked = (name.to_owned(), ui.ctx().cumulative_pass_nr());
        ui.data_mut(|data| data.insert_temp(walked_id(), walked));
    }
}

/// Where [`spot`] notes what has the keyboard.
pub fn walked_id() -> egui::Id {
    egui::Id::new("spot walked to")
}

/// Where [`spot`] notes it: the point, and the pass in which it was drawn.
pub fn spot_id(name: &str) -> egui::Id {
    egui::Id::new(("spot", name))
}

/// A bar filled to so many permille.
pub fn bar(ui: &mut Ui, width: f32, permille: i64, fill: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 6.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(2), colour(palette().ground));
    let share = permille.clamp(0, 1000) as f32 / 1000.0;
    let filled =
        egui::Rect::from_min_size(rect.min, Vec2::new(rect.width() * share, rect.height()));
    painter.rect_filled(filled, CornerRadius::same(2), fill);
    response
}
