//! Docks: which are there, and which make way where there is little room.

use super::{Dock, Game};

/// Width of a window in which the map has room between the docks at both sides, points.
const WIDE: f32 = 800.0;

impl Game {
    /// Has a dock there, for what is asked for lies in it.
    pub(super) fn unfold(&mut self, dock: Dock) {
        if self.is_folded(dock) {
            self.folded.insert(dock, false);
            self.make_way(dock);
        }
    }

    /// Folds a dock away or out.
    pub(super) fn fold(&mut self, dock: Dock) {
        if self.is_folded(dock) {
            self.unfold(dock);
        } else {
            self.folded.insert(dock, true);
        }
    }

    /// In a small window, or with large letters, there is room for one dock at the side only, or the map would be left
    /// with nothing: the other goes.
    fn make_way(&mut self, dock: Dock) {
        let other = match dock {
            Dock::Left => Dock::Right,
            Dock::Right => Dock::Left,
            Dock::Bottom => return,
        };
        if self.window.0 < WIDE && !self.is_folded(other) {
            self.folded.insert(other, true);
        }
    }

    /// Whether a dock is folded away: as somebody chose, else as the window has room. In a small window, or with large
    /// letters, the map would be left with nothing.
    pub fn is_folded(&self, dock: Dock) -> bool {
        let (width, height) = self.window;
        let by_room = match dock {
            Dock::Left => width < 1000.0,
            Dock::Right => width < 560.0,
            Dock::Bottom => height < 520.0,
        };
        self.folded.get(&dock).copied().unwrap_or(by_room)
    }
}
