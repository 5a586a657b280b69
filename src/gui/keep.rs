//! Keeping wars: by themselves, under names of the user's, and nothing lost on the way out.

use std::path::PathBuf;

use super::{
    Asking, Game, Way,
    job::Kind,
    mark,
    session::{self, Session, load},
    shelf,
    words::say,
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
        let Some(session) = &self.session else { return };
        let Some(war) = &session.war else { return };
        if taken && !over {
            return;
        }
        let saved = self.path_of(&name).and_then(|path| {
            // Somebody else may have taken the name in the meantime.
            if path.exists() && !over {
                return Err(say!("keep-name-taken-now"));
            }
            store::save(&path, war.record()).map_err(|error| error.to_string())?;
            session.draw_picture(&path);
            Ok(())
        });
        match saved {
            Ok(()) => {
                self.asking = None;
                self.message = Some(say!("keep-saved-as", name = name.trim()));
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
        let kept = self.keep().and_then(|()| match way {
            Way::Quit => self.keep_settings(),
            Way::Menu | Way::Load(_) | Way::Watch(_) | Way::Reenact(..) => Ok(()),
        });
        match kept {
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

    /// The newest saved war that has not ended and can be opened; at the table, the newest that is not the one on it.
    pub(super) fn load_latest(&mut self) {
        self.look_for_saves();
        let own = self.session.as_ref().and_then(|s| s.war.as_ref());
        let own = own.and_then(|war| war.autosave.as_ref());
        let shelf = self.around.shelf.wars();
        let known = |path: &PathBuf| shelf.iter().find(|saved| saved.path == *path);
        // What the list has not read yet is read here.
        let goes_on = |path: &PathBuf| match known(path) {
            Some(saved) => saved.goes_on(),
            None => store::head(path).is_ok_and(|(head, _)| head.sound && !head.over),
        };
        let is_over = |path: &PathBuf| match known(path).map(|saved| &saved.head) {
            Some(head) => head.as_ref().is_ok_and(|head| head.over),
            None => store::head(path).is_ok_and(|(head, _)| head.over),
        };
        let others = || self.saves.iter().filter(|path| Some(*path) != own);
        let newest = others().find(|path| goes_on(path)).cloned();
        // If nothing else is there, one that is broken says itself why.
        match newest.or_else(|| others().find(|path| !is_over(path)).cloned()) {
            Some(path) => self.go(Way::Load(path)),
            None if others().next().is_some() => self.message = Some(say!("keep-all-over")),
            None => self.message = Some(say!("keep-no-other")),
        }
    }

    pub(super) fn look_for_saves(&mut self) {
        let found = self
            .folder
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|folder| store::saves(folder).map_err(|error| error.to_string()));
        match found {
            Ok(saves) => {
                self.saves = saves;
                self.around
                    .shelf
                    .look(self.catalog.clone(), self.saves.clone());
            }
            Err(problem) => self.message = Some(problem),
        }
    }

    /// Moves a saved war to the folder of deleted ones.
    pub(super) fn put_away(&mut self, path: &std::path::Path) {
        let own = self.session.as_ref().and_then(|s| s.war.as_ref());
        if own.is_some_and(|war| war.autosave.as_deref() == Some(path)) {
            self.message = Some(say!("saves-on-the-table"));
            return;
        }
        match shelf::PutAway::now(path) {
            Ok(away) => {
                self.around.put_away.push(away);
                self.message = None;
            }
            Err(why) => self.message = Some(say!("saves-not-deleted", why = why)),
        }
        self.look_for_saves();
    }

    /// Moves the last one back.
    pub(super) fn take_back(&mut self) {
        if let Some(away) = self.around.put_away.pop() {
            match away.back() {
                Ok(()) => self.message = None,
                Err(why) => {
                    self.around.put_away.push(away);
                    self.message = Some(say!("saves-not-taken-back", why = why));
                }
            }
        }
        self.look_for_saves();
    }

    fn gone(&mut self, way: Way) {
        self.asking = None;
        self.around.leave();
        match way {
            Way::Quit => {
                self.clear_mark();
                self.quit = true;
            }
            Way::Menu => {
                self.clear_mark();
                self.session = None;
                self.selection = super::Selection::default();
                self.look_for_saves();
            }
            Way::Watch(path) => {
                self.leave_mark();
                self.watch_saved(path);
            }
            Way::Reenact(course, battle) => {
                self.leave_mark();
                self.reenact(&course, &battle);
            }
            Way::Load(path) => {
                let (catalog, folder) = (self.catalog.clone(), self.folder.clone().ok());
                self.start(Kind::Open, move || load(catalog, folder, &path));
            }
        }
    }

    /// What is watched is on no file: the war that was on the table was left as it should be.
    fn leave_mark(&mut self) {
        if self.session.is_some() {
            self.clear_mark();
        }
    }

    /// The war was left as it should be: nothing was cut short.
    pub(super) fn clear_mark(&mut self) {
        self.around.cut_short = None;
        match (self.around.mark.take(), &self.around.home) {
            (Some(mark), _) => mark.clear(),
            (None, Ok(home)) => mark::forget(home),
            (None, Err(_)) => {}
        }
    }

    /// Marks which war is on the table, and which turn.
    pub(super) fn set_mark(&mut self) {
        let Some(session) = &self.session else { return };
        let turn = session.view.turn;
        let path = session.war.as_ref().and_then(|war| war.autosave.clone());
        let around = &mut self.around;
        let (Some(path), Ok(home)) = (path, &around.home) else {
            return;
        };
        around.cut_short = None;
        if around.mark.is_none() {
            around.mark = mark::Mark::set(home);
        }
        if let Some(mark) = &mut around.mark {
            mark.note(&path, turn);
        }
    }

    /// Saves what was planned since the last save: the record holds pending orders as well.
    fn keep(&mut self) -> Result<(), String> {
        let Some(session) = self.session.as_mut().filter(|s| s.unsaved) else {
            return Ok(());
        };
        let Some(war) = &session.war else {
            return Ok(());
        };
        let Some(path) = &war.autosave else {
            return Err(say!("keep-no-folder"));
        };
        self.around.plans.forget();
        store::save(path, war.record()).map_err(|error| error.to_string())?;
        if !shelf::picture_of(path).exists() {
            session.draw_picture(path);
        }
        session.unsaved = false;
        Ok(())
    }

    /// Keeps what was planned just now, a moment later and elsewhere.
    pub(super) fn keep_plans(&mut self) {
        let session = self.session.as_ref().filter(|session| session.unsaved);
        if let Some(war) = session.and_then(|session| session.war.as_ref())
            && let Some(path) = &war.autosave
        {
            self.around.plans.keep(path.clone(), war.record().clone());
        }
    }

    fn path_of(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.folder.as_ref().map_err(Clone::clone)?;
        store::named_path(folder, name).map_err(|error| error.to_string())
    }
}

impl Session {
    /// Notes what of the war is on disk after a turn was resolved; saving may have failed.
    pub(super) fn note_saved(&mut self, problem: Option<&String>) {
        let path = self.war.as_ref().and_then(|war| war.autosave.clone());
        self.unsaved = problem.is_some() || path.is_none();
        if let Some(path) = path.filter(|_| problem.is_none()) {
            self.draw_picture(&path);
        }
    }

    /// Draws the picture that stands beside a record.
    pub(super) fn draw_picture(&self, path: &std::path::Path) {
        shelf::draw(path, self.view.clone(), session::is_shared(self));
    }
}
