//! The chart of a scenario's opening as one picture, drawn on another thread: what the menu, the briefing and the page of
//! new theatres show.

use std::{
    sync::{Arc, OnceLock},
    thread,
};

use bevy_egui::egui::{
    Align2, Color32, ColorImage, FontId, Id, Rect, Sense, TextureHandle, TextureOptions, Ui, Vec2,
    WidgetInfo, WidgetType, pos2,
};

use super::{Game, UiAction, around::Act, theme, wake, words::say};
use crate::{
    chart::{self, Camera, Look},
    content::{
        Catalog, Diagnostics, Key, Layer, Scenario, Seat, Sources,
        generate::{Wish, generate},
    },
    war::{Player, Setup, War},
};

/// Share of the shorter edge left free around the map.
const MARGIN: f32 = 0.1;

/// Of what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Of {
    /// A scenario, as a seat knows it.
    Scenario(Key<Scenario>, Key<Seat>),
    /// A theatre that has not been made yet, as its first seat would know it.
    Wish(Wish),
}

impl Of {
    /// Whether both have the same map.
    fn has_map_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scenario(one, _), Self::Scenario(other, _)) => one == other,
            (one, other) => one == other,
        }
    }
}

/// What is to be drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spec {
    /// Of what.
    pub of: Of,
    /// Width and height, pixels.
    pub size: (u32, u32),
    /// In which colours.
    pub look: Look,
    /// Size of type and symbols, percent.
    pub scale: u32,
    /// How often content had changed by then.
    pub edition: u32,
}

/// A picture that is drawn or being drawn.
pub struct Plate {
    /// What it shows.
    pub spec: Spec,
    drawn: Arc<OnceLock<Option<Drawn>>>,
}

/// A picture with what it is called.
#[derive(Clone)]
struct Drawn {
    image: Arc<ColorImage>,
    title: String,
    sectors: usize,
}

impl Plate {
    /// Begins to draw it.
    pub fn draw(catalog: Arc<Catalog>, spec: Spec) -> Self {
        let drawn = Arc::new(OnceLock::new());
        let (cell, wanted) = (drawn.clone(), spec.clone());
        thread::spawn(move || {
            let _ = cell.set(paint(catalog, &wanted));
            wake::now();
        });
        Self { spec, drawn }
    }

    /// Whether it is still being drawn.
    pub fn is_wet(&self) -> bool {
        self.drawn.get().is_none()
    }
}

fn paint(catalog: Arc<Catalog>, spec: &Spec) -> Option<Drawn> {
    let (catalog, scenario, seat) = match &spec.of {
        Of::Scenario(scenario, seat) => (catalog, scenario.clone(), seat.clone()),
        Of::Wish(wish) => {
            let theatre = generate(Catalog::shipped_rules(), wish).ok()?;
            let layer = Layer::of_files(&theatre.id, theatre.files());
            let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
            let catalog = Catalog::load(&[layer], &mut sources, &mut found);
            let scenario = catalog.scenarios.get_key_value(theatre.id.as_str())?;
            let seat = scenario.1.seats.keys().next()?.clone();
            let scenario = scenario.0.clone();
            (Arc::new(catalog), scenario, seat)
        }
    };
    let setup = Setup::new(scenario.as_str(), 1).with(seat.as_str(), Player::Person);
    let war = War::begin(catalog, setup).ok()?;
    let view = war.view(&seat).ok()?;
    let size = (spec.size.0 as f32, spec.size.1 as f32);
    let options = chart::Options {
        scale: spec.scale as f32 / 100.0,
        look: spec.look,
        ..chart::Options::default()
    };
    let scene = chart::scene(&view, &Camera::fit(&view.map, size, MARGIN), &options);
    let pixels = chart::pixels(&scene).ok()?;
    Some(Drawn {
        image: Arc::new(image(&pixels)),
        title: war.scenario().title.clone(),
        sectors: view.map.sectors.len(),
    })
}

/// Pixels as egui takes them.
pub fn image(pixels: &chart::Pixels) -> ColorImage {
    let size = [pixels.width as usize, pixels.height as usize];
    ColorImage::from_rgba_premultiplied(size, &pixels.rgba)
}

/// Shows the opening of a scenario in all the room there is; asks for it if it is not drawn yet.
pub fn show(
    ui: &mut Ui,
    game: &Game,
    scenario: &Key<Scenario>,
    seat: &Key<Seat>,
) -> Option<UiAction> {
    let title = game
        .catalog
        .scenarios
        .get(scenario)
        .map_or("", |scenario| &scenario.title);
    let words = say!("menu-map", title = title);
    let of = Of::Scenario(scenario.clone(), seat.clone());
    lay(ui, game, of, words, ui.available_size())
}

/// Shows the theatre that a wish would make in so much room, and what it would be called; asks for it if it is not drawn
/// yet.
pub fn wished(ui: &mut Ui, game: &Game, wish: Wish, size: Vec2) -> Option<UiAction> {
    let of = Of::Wish(wish);
    let plate = game.around.plate.as_ref();
    let own = plate.filter(|plate| plate.spec.of == of);
    let drawn = own.and_then(|plate| plate.drawn.get()?.clone());
    let asked = lay(ui, game, of, say!("theatre-map"), size);
    if let Some(drawn) = drawn {
        let (title, n) = (drawn.title.as_str(), drawn.sectors);
        theme::note(ui, say!("theatre-would-be", title = title, n = n));
    }
    asked
}

fn lay(ui: &mut Ui, game: &Game, of: Of, words: String, size: Vec2) -> Option<UiAction> {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, words.as_str()));
    let scale = ui.ctx().pixels_per_point();
    let edge = |points: f32| ((points * scale).round() as u32).clamp(1, 8192);
    let spec = Spec {
        of,
        size: (edge(rect.width()), edge(rect.height())),
        look: game.settings.look,
        scale: ((scale * 100.0).round() as u32).clamp(50, 400),
        edition: game.live.edition,
    };
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::colour(theme::palette().ground));
    let plate = game.around.plate.as_ref();
    let own = plate.filter(|plate| plate.spec.of.has_map_of(&spec.of));
    if let Some(texture) = own.and_then(|plate| texture(ui, plate)) {
        // One that is being drawn anew may have another size: it stays in the middle.
        let size = texture.size_vec2() / scale;
        let at = Rect::from_center_size(rect.center(), size);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture.id(), at, whole, Color32::WHITE);
    } else {
        let font = FontId::proportional(theme::BODY);
        let words = say!("menu-map-drawing");
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            words,
            font,
            theme::dim(),
        );
    }
    match plate {
        Some(plate) if plate.is_wet() || plate.spec == spec => None,
        _ => Some(UiAction::Around(Act::Plate(spec))),
    }
}

/// The picture on the graphics card: the last one that was drawn, as long as the next is not.
fn texture(ui: &Ui, plate: &Plate) -> Option<TextureHandle> {
    let slot = Id::new("plate");
    let held: Option<(Spec, TextureHandle)> = ui.data(|data| data.get_temp(slot));
    match (plate.drawn.get(), held) {
        (Some(Some(_)), Some((spec, texture))) if spec == plate.spec => Some(texture),
        (Some(Some(drawn)), _) => {
            let texture =
                ui.ctx()
                    .load_texture("plate", drawn.image.clone(), TextureOptions::LINEAR);
            ui.data_mut(|data| data.insert_temp(slot, (plate.spec.clone(), texture.clone())));
            Some(texture)
        }
        (Some(None), _) => None,
        // The same map in another size stands in for it; another war's would mislead.
        (None, held) => held
            .filter(|(spec, _)| spec.of.has_map_of(&plate.spec.of))
            .map(|(_, texture)| texture),
    }
}

/// Room for a picture of the chart beside a saved war, with the picture if there is one.
pub fn saved(ui: &mut Ui, path: &std::path::Path, when: std::time::SystemTime, size: Vec2) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, say!("saves-picture")));
    ui.painter()
        .rect_filled(rect, 4.0, theme::colour(theme::palette().ground));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let slot = Id::new(("saved", path, when));
    let held: Option<TextureHandle> = ui.data(|data| data.get_temp(slot));
    // One that is not there may be there soon: pictures are written after their records.
    let texture = held.or_else(|| {
        let pixels = super::shelf::picture(path)?;
        let texture = ui
            .ctx()
            .load_texture("saved", image(&pixels), TextureOptions::LINEAR);
        ui.data_mut(|data| data.insert_temp(slot, texture.clone()));
        Some(texture)
    });
    if let Some(texture) = texture {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter()
            .image(texture.id(), rect, whole, Color32::WHITE);
    } else {
        let font = FontId::proportional(theme::CAPTION);
        let words = say!("saves-no-picture");
        let centre = Align2::CENTER_CENTER;
        ui.painter()
            .text(rect.center(), centre, words, font, theme::dim());
    }
    ui.painter().rect_stroke(
        rect,
        4.0,
        theme::hairline(),
        bevy_egui::egui::StrokeKind::Inside,
    );
}
