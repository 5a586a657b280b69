//! Which part of the map is seen: dragged, zoomed, brought to a place, fitted into the room that there is.

use super::Game;
use crate::{
    chart::{Camera, Pos},
    content::{Key, Sector},
};

/// Share of the shorter edge left free around the whole map.
const MARGIN: f32 = 0.13;

impl Game {
    /// The view of the whole map in the room that it has.
    fn whole(&self) -> Option<Camera> {
        let session = self.session.as_ref()?;
        Some(Camera::fit(&session.view.map, self.room, MARGIN))
    }

    pub(super) fn make_room(&mut self, width: f32, height: f32) {
        let before = self.whole();
        self.room = (width, height);
        let now = self.whole();
        let Some(session) = &mut self.session else {
            return;
        };
        // Who looks at the whole map goes on looking at the whole map.
        match &mut session.camera {
            Some(camera) if Some(*camera) != before => camera.resize((width, height)),
            camera => *camera = now,
        }
    }

    pub(super) fn fit(&mut self) {
        let whole = self.whole();
        if let Some(session) = &mut self.session {
            session.camera = whole;
        }
    }

    pub(super) fn zoom(&mut self, steps: f32, at: Option<Pos>) {
        let Some(whole) = self.whole() else { return };
        self.move_camera(|camera| {
            let middle = Pos::new(camera.size.0 / 2.0, camera.size.1 / 2.0);
            camera.zoom_over(&whole, steps, at.unwrap_or(middle));
        });
    }

    pub(super) fn move_camera(&mut self, change: impl FnOnce(&mut Camera)) {
        if let Some(camera) = self.session.as_mut().and_then(|s| s.camera.as_mut()) {
            change(camera);
        }
    }

    pub(super) fn centre(&mut self, sector: &Key<Sector>) {
        let Some(session) = &mut self.session else {
            return;
        };
        if let (Some(place), Some(camera)) =
            (session.view.map.sectors.get(sector), &mut session.camera)
        {
            camera.centre = (place.at.0 as f32, place.at.1 as f32);
        }
    }
}
