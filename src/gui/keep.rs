//! Keeping wars: by themselves, under names of the user's, and nothing lost on the way out.

use std::path::PathBuf;

use super::{
    Asking, Game, Way,
    job::Kind,
    keeper,
    session::{Session, load},
};
use crate::war::store;

impl Game {
    /// Asks under which name to save; asked again, it stops asking.
    pub(super) fn ask_name(&mut self) {
        if self.asking.take().is_some() {
            return;
        }
        let Some(war) = self.session.as_ref().and_then(|s| s.war.as_ref()) else {
            return;
        };
        let record = war.record();
        self.named(format!(
            "{}-{}-turn-{:02}",
            record.scenario,
            record.seed,
            war.turn()
        ));
    }

    /// Takes up the name as typed so far.
    pub(super) fn named(&mut self, name: String) {
        let path = self.path_of(&name);
        self.asking = Some(Asking::Name {
            taken: path.as_ref().is_ok_and(|path| path.exists()),
            problem: path.err(),
            name,
        });
    }

    /// Saves under the name typed; over another war only if that was said.
    pub(super) fn write(&mut self, over: bool) {
        let Some(Asking::Name { name, taken, .. }) = self.asking.clone() else {
            return;
        };
        let Some(war) = self.session.as_ref().and_then(|s| s.war.as_ref()) else {
            return;
        };
        if taken && !over {
            return;
        }
        let saved = self.path_of(&name).and_then(|path| {
            // Somebody else may have taken the name in the meantime.
            if path.exists() && !over {
                return Err("there is a war of this name by now".to_owned());
            }
            store::save(&path, war.record()).map_err(|error| error.to_string())
        });
        match saved {
            Ok(()) => {
                self.asking = None;
                self.message = Some(format!("saved as {}", name.trim()));
            }
            Err(why) => {
                self.named(name);
                if let Some(Asking::Name { problem, .. }) = &mut self.asking {
                    *problem = Some(why);
                }
            }
        }
    }

    /// Leaves the table, once the war on it is kept; if it cannot be kept, asks first.
    pub(super) fn go(&mut self, way: Way) {
        if self.is_busy() {
            self.closing |= way == Way::Quit;
            return;
        }
        match self.keep() {
            Ok(()) => self.gone(way),
            Err(problem) => self.asking = Some(Asking::Leave { way, problem }),
        }
    }

    /// Leaves the table without keeping the war, after being asked.
    pub(super) fn go_all_the_same(&mut self) {
        if let Some(Asking::Leave { way, .. }) = self.asking.take() {
            self.gone(way);
        }
    }

    /// Goes the way it was asked about, if the war can be kept by now.
    pub(super) fn try_again(&mut self) {
        if let Some(Asking::Leave { way, .. }) = self.asking.take() {
            self.go(way);
        }
    }

    /// The newest saved war; at the table, the newest that is not the one on it.
    pub(super) fn load_latest(&mut self) {
        self.look_for_saves();
        let own = self.session.as_ref().and_then(|s| s.war.as_ref());
        let own = own.and_then(|war| war.autosave.as_ref());
        match self.saves.iter().find(|path| Some(*path) != own).cloned() {
            Some(path) => self.go(Way::Load(path)),
            None => self.message = Some("there is no other saved war".into()),
        }
    }

    pub(super) fn look_for_saves(&mut self) {
        let found = self
            .folder
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|folder| store::saves(folder).map_err(|error| error.to_string()));
        match found {
            Ok(saves) => self.saves = saves,
            Err(problem) => self.message = Some(problem),
        }
    }

    fn gone(&mut self, way: Way) {
        self.asking = None;
        match way {
            Way::Quit => self.quit = true,
            Way::Menu => {
                self.session = None;
                self.selection = super::Selection::default();
                self.look_for_saves();
            }
            Way::Load(path) => {
                let (catalog, folder) = (self.catalog.clone(), self.folder.clone().ok());
                self.start(Kind::Open, move || load(catalog, folder, &path));
            }
        }
    }

    /// Saves what was planned since the last save: the record holds pending orders as well.
    fn keep(&mut self) -> Result<(), String> {
        keeper::flush();
        let Some(session) = self.session.as_mut().filter(|s| s.unsaved) else {
            return Ok(());
        };
        let Some(war) = &session.war else {
            return Ok(());
        };
        let Some(path) = &war.autosave else {
            return Err("there is no folder for saved wars".into());
        };
        store::save(path, war.record()).map_err(|error| error.to_string())?;
        session.unsaved = false;
        Ok(())
    }

    fn path_of(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.folder.as_ref().map_err(Clone::clone)?;
        store::named_path(folder, name).map_err(|error| error.to_string())
    }
}

impl Session {
    /// Notes what of the war is on disk after a turn was resolved; saving may have failed.
    pub(super) fn note_saved(&mut self, problem: Option<&String>) {
        let has_file = self.war.as_ref().is_some_and(|war| war.autosave.is_some());
        self.unsaved = problem.is_some() || !has_file;
    }
}
