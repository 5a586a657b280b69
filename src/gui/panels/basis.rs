//! How sure the record is of a fact, as a sign and a word beside it: a full disc for what is stated, half of one for what
//! is inferred, a ring for what is open, a diamond for what is invented.

use bevy_egui::egui::{Color32, Label, Pos2, RichText, Sense, Shape, Stroke, Ui, Vec2};

use crate::{
    content::chronicle::Basis,
    gui::{
        theme,
        words::{self, say},
    },
};

/// Edge of a sign, points.
const SIGN: f32 = 11.0;

/// All of them, the surest first.
pub const ALL: [Basis; 4] = [Basis::Stated, Basis::Inferred, Basis::Open, Basis::Invented];

/// Its word.
pub fn word(basis: Basis) -> String {
    words::of("basis", id(basis))
}

/// What it means.
pub fn about(basis: Basis) -> String {
    words::of("basis-about", id(basis))
}

fn id(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Inferred => "inferred",
        Basis::Open => "open",
        Basis::Invented => "invented",
    }
}

/// Draws its sign around a point.
pub fn sign(painter: &bevy_egui::egui::Painter, at: Pos2, basis: Basis, colour: Color32) {
    let radius = SIGN / 2.0 - 1.0;
    let line = Stroke::new(1.4, colour);
    match basis {
        Basis::Stated => _ = painter.circle_filled(at, radius, colour),
        Basis::Open => _ = painter.circle_stroke(at, radius, line),
        Basis::Inferred => {
            painter.circle_stroke(at, radius, line);
            let steps = 12_u8;
            let half = (0..=steps).map(|step| {
                let turn = std::f32::consts::PI * (0.5 + f32::from(step) / f32::from(steps));
                at + radius * Vec2::angled(turn)
            });
            painter.add(Shape::convex_polygon(half.collect(), colour, Stroke::NONE));
        }
        Basis::Invented => {
            let corners = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)];
            let corners = corners.map(|(x, y)| at + (radius + 0.5) * Vec2::new(x, y));
            painter.add(Shape::closed_line(corners.to_vec(), line));
        }
    }
}

/// Sign, word and source in a line.
pub fn line(ui: &mut Ui, basis: Basis, source: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, response) = ui.allocate_exact_size(Vec2::new(SIGN, 16.0), Sense::hover());
        sign(ui.painter(), rect.center(), basis, theme::text());
        response.on_hover_text(about(basis));
        let words = match source {
            "" => word(basis),
            source => say!("basis-source", basis = word(basis), source = source),
        };
        let words = RichText::new(words)
            .size(theme::CAPTION)
            .color(theme::dim());
        ui.add(Label::new(words).wrap());
    });
}

/// What is told, and below it how sure that is and where it stands.
pub fn claim(ui: &mut Ui, words: impl Into<RichText>, basis: Basis, source: &str) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(words.into()).wrap());
        line(ui, basis, source);
    });
}

/// Sign and word behind something, in its line.
pub fn behind(ui: &mut Ui, basis: Basis) {
    ui.spacing_mut().item_spacing.x = 6.0;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(SIGN, theme::LINE), Sense::hover());
    sign(ui.painter(), rect.center(), basis, theme::text());
    response.on_hover_text(about(basis));
    let word = RichText::new(word(basis)).size(theme::CAPTION);
    ui.add(Label::new(word.color(theme::dim())).extend());
}

/// Sign, word and what it means in a line.
pub fn meaning(ui: &mut Ui, basis: Basis) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(Vec2::new(SIGN, 16.0), Sense::hover());
        sign(ui.painter(), rect.center(), basis, theme::text());
        let words = say!("basis-meaning", basis = word(basis), about = about(basis));
        ui.add(Label::new(RichText::new(words).size(theme::CAPTION)).wrap());
    });
}

/// What the signs mean.
pub fn legend(ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for basis in ALL {
            let (rect, _) = ui.allocate_exact_size(Vec2::new(SIGN, 16.0), Sense::hover());
            sign(ui.painter(), rect.center(), basis, theme::text());
            let words = RichText::new(word(basis)).size(theme::CAPTION);
            ui.add(Label::new(words.color(theme::dim())).extend())
                .on_hover_text(about(basis));
            ui.add_space(4.0);
        }
    });
}
