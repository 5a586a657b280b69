//! From chart units to pixels and back.

use super::scene::Pos;
use crate::content::Map;

/// Steps of zoom that double the scale.
const STEPS: f32 = 4.0;
/// Least and most pixels a chart unit.
const ZOOM: (f32, f32) = (0.02, 24.0);
/// How far one may zoom out beyond the view of the whole map.
const BEYOND: f32 = 0.8;
/// Longest edge of a picture, pixels.
const EDGE: f32 = 16_384.0;

/// Which part of the chart a picture shows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Camera {
    /// Width and height of the picture, pixels; 1 to 16,384.
    pub size: (f32, f32),
    /// What lies in its middle, chart units.
    pub centre: (f32, f32),
    /// Pixels a chart unit; 0.02 to 24.
    pub zoom: f32,
}

impl Camera {
    /// Whether its picture is more than a point: before its size is known there is nothing to draw on.
    pub fn has_room(&self) -> bool {
        self.size.0 > 1.0 && self.size.1 > 1.0
    }

    /// The whole map in a picture of this size, with margins as a share of the shorter edge (0.08, say).
    pub fn fit(map: &Map, size: (f32, f32), margin: f32) -> Self {
        let edge = |e: f32| {
            if e.is_finite() {
                e.clamp(1.0, EDGE)
            } else {
                1.0
            }
        };
        let size = (edge(size.0), edge(size.1));
        let mut low = (f32::MAX, f32::MAX);
        let mut high = (f32::MIN, f32::MIN);
        for sector in map.sectors.values() {
            let (x, y) = (sector.at.0 as f32, sector.at.1 as f32);
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        if map.sectors.is_empty() {
            (low, high) = ((-100.0, -100.0), (100.0, 100.0));
        }
        let margin = 2.0 * margin.clamp(0.0, 0.45) * size.0.min(size.1);
        let span = ((high.0 - low.0).max(40.0), (high.1 - low.1).max(40.0));
        let zoom = ((size.0 - margin) / span.0).min((size.1 - margin) / span.1);
        // A single place fills no picture; a very wide map is still shown whole.
        let zoom = zoom.clamp(1e-7, 4.0);
        Self {
            size,
            centre: ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0),
            zoom,
        }
    }

    /// Where a point of the chart lies in the picture.
    pub fn to_screen(&self, at: (f32, f32)) -> Pos {
        Pos::new(
            (at.0 - self.centre.0) * self.zoom + self.size.0 / 2.0,
            (at.1 - self.centre.1) * self.zoom + self.size.1 / 2.0,
        )
    }

    /// Which point of the chart lies there in the picture.
    pub fn to_chart(&self, at: Pos) -> (f32, f32) {
        (
            (at.x - self.size.0 / 2.0) / self.zoom + self.centre.0,
            (at.y - self.size.1 / 2.0) / self.zoom + self.centre.1,
        )
    }

    /// Drags the chart by so many pixels.
    pub fn pan(&mut self, dx: f32, dy: f32) {
        self.centre.0 -= dx / self.zoom;
        self.centre.1 -= dy / self.zoom;
    }

    /// Zooms by steps, in if above zero; four steps double the scale. The point of the chart under `at` stays there.
    pub fn zoom_by(&mut self, steps: f32, at: Pos) {
        self.zoom_within(steps, at, ZOOM.0);
    }

    /// The same, out as far as a little beyond a view of the whole map and no further; the last step shows it whole.
    pub fn zoom_over(&mut self, whole: &Self, steps: f32, at: Pos) {
        let least = whole.zoom * BEYOND;
        // Who is farther out already, in a window that has grown since, is not thrown in.
        self.zoom_within(steps, at, least.min(self.zoom));
        if steps < 0.0 && self.zoom <= whole.zoom {
            // Out so far there is nothing to be seen beside the map: it comes to the middle.
            self.centre = whole.centre;
        }
    }

    fn zoom_within(&mut self, steps: f32, at: Pos, least: f32) {
        let held = self.to_chart(at);
        self.zoom = (self.zoom * 2.0_f32.powf(steps / STEPS)).clamp(least.min(ZOOM.1), ZOOM.1);
        let now = self.to_chart(at);
        self.centre.0 += held.0 - now.0;
        self.centre.1 += held.1 - now.1;
    }

    /// The same view in a picture of another size.
    pub fn resize(&mut self, size: (f32, f32)) {
        self.size = (size.0.clamp(1.0, EDGE), size.1.clamp(1.0, EDGE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_holds_the_point_under_the_pointer() {
        let mut camera = Camera {
            size: (800.0, 600.0),
            centre: (10.0, -20.0),
            zoom: 1.0,
        };
        let at = Pos::new(200.0, 450.0);
        let before = camera.to_chart(at);
        camera.zoom_by(4.0, at);
        let after = camera.to_chart(at);
        assert_eq!(camera.zoom, 2.0);
        assert!((before.0 - after.0).abs() < 0.01 && (before.1 - after.1).abs() < 0.01);
        camera.pan(10.0, 0.0);
        let there = camera.to_screen(before);
        assert!((there.x - 210.0).abs() < 0.01 && (there.y - 450.0).abs() < 0.01);
    }

    #[test]
    fn out_it_goes_no_further_than_a_little_beyond_the_whole_map() {
        let whole = Camera {
            size: (800.0, 600.0),
            centre: (0.0, 0.0),
            zoom: 1.0,
        };
        let mut camera = Camera {
            centre: (300.0, 50.0),
            zoom: 4.0,
            ..whole
        };
        let at = Pos::new(100.0, 100.0);
        for _ in 0..60 {
            camera.zoom_over(&whole, -1.0, at);
        }
        assert_eq!((camera.zoom, camera.centre), (BEYOND, whole.centre));
        camera.zoom_over(&whole, 4.0, at);
        assert_eq!(camera.zoom, 2.0 * BEYOND);
    }

    #[test]
    fn an_empty_map_has_a_view() {
        let camera = Camera::fit(&Map::default(), (f32::NAN, 0.0), 0.1);
        assert!(camera.zoom > 0.0 && camera.size == (1.0, 1.0));
    }
}
