//! Long lists: of thousands of rows only those in sight are laid out.

use std::ops::Range;

use bevy_egui::egui::{Id, Rect, ScrollArea, Ui, UiBuilder, Vec2};

/// A part of a list whose rows are all as high as one another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Part {
    /// How many rows.
    pub count: usize,
    /// How high each is, points.
    pub height: f32,
}

/// Shows a list of parts: `row` is asked for each row in sight, by part and number in it.
pub fn show(ui: &mut Ui, salt: &str, parts: &[Part], mut row: impl FnMut(&mut Ui, usize, usize)) {
    let area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
    area.show_viewport(ui, |ui, seen| {
        let whole: f32 = parts
            .iter()
            .map(|part| part.height * part.count as f32)
            .sum();
        let width = ui.available_width();
        let corner = ui.max_rect().min;
        ui.allocate_space(Vec2::new(width, whole));
        let mut top = 0.0;
        for (number, part) in parts.iter().enumerate() {
            for index in in_sight(*part, top, seen.min.y, seen.max.y) {
                let at = corner + Vec2::new(0.0, top + part.height * index as f32);
                let place = Rect::from_min_size(at, Vec2::new(width, part.height));
                let id = Id::new((salt, number, index));
                ui.scope_builder(UiBuilder::new().max_rect(place).id_salt(id), |ui| {
                    row(ui, number, index);
                });
            }
            top += part.height * part.count as f32;
        }
    });
}

/// Which rows of a part that begins there lie between these heights.
fn in_sight(part: Part, top: f32, from: f32, to: f32) -> Range<usize> {
    if part.height <= 0.0 || to <= top {
        return 0..0;
    }
    let first = ((from - top) / part.height).floor().max(0.0) as usize;
    let end = ((to - top) / part.height).ceil().max(0.0) as usize;
    first.min(part.count)..end.min(part.count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_in_sight_are_asked_for() {
        let part = Part {
            count: 10_000,
            height: 20.0,
        };
        assert_eq!(in_sight(part, 0.0, 0.0, 100.0), 0..5);
        assert_eq!(in_sight(part, 40.0, 0.0, 100.0), 0..3);
        assert_eq!(in_sight(part, 0.0, 199_990.0, 200_100.0), 9_999..10_000);
        assert_eq!(in_sight(part, 500.0, 0.0, 100.0), 0..0);
    }
}
