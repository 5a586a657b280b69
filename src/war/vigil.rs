//! Files and folders that are asked again and again whether anything of them has changed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

/// How long files are left alone between two looks at when they changed.
pub const PAUSE: Duration = Duration::from_millis(250);
/// How often files may go on changing before they are read all the same: whoever saves many does so within seconds.
pub const PATIENCE: u32 = 20;
/// Most files and folders that are looked at, and how deep they may nest: as much as a layer may hold, and a little more.
const MOST: usize = 10_000;
const DEEPEST: usize = 10;

/// When each file was changed last, and how long it is.
type Snapshot = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// What is watched, and how it lay when it was last looked at.
#[derive(Debug)]
pub struct Vigil {
    paths: Vec<PathBuf>,
    seen: Snapshot,
}

impl Vigil {
    /// Files, and all `.ron` files below folders, as they lie now. What is not there may come.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        let seen = snapshot(&paths);
        Self { paths, seen }
    }

    /// Whether anything has changed since the last look.
    pub fn has_changed(&mut self) -> bool {
        let now = snapshot(&self.paths);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }

    /// Waits until nothing changes any more: whoever saves several files is given the time for it.
    pub fn settle(&mut self) {
        for _ in 0..PATIENCE {
            thread::sleep(PAUSE);
            if !self.has_changed() {
                break;
            }
        }
    }

    /// Waits until something has changed, and then until nothing changes any more.
    pub fn wait(&mut self) {
        while !self.has_changed() {
            thread::sleep(PAUSE);
        }
        self.settle();
    }
}

/// What lies below the paths now; what cannot be looked at is not there.
fn snapshot(paths: &[PathBuf]) -> Snapshot {
    let (mut all, mut looked) = (Snapshot::new(), 0);
    for path in paths {
        add(&mut all, &mut looked, path, 0, true);
    }
    all
}

fn add(all: &mut Snapshot, looked: &mut usize, path: &Path, depth: usize, named: bool) {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    // Links may lead back into what was looked at already: folders count as files do.
    *looked += 1;
    if *looked > MOST || depth > DEEPEST || hidden && !named {
        return;
    }
    let Ok(meta) = fs::metadata(path) else {
        return;
    };
    if meta.is_dir() {
        let inside = fs::read_dir(path).into_iter().flatten().flatten();
        inside.for_each(|entry| add(all, looked, &entry.path(), depth + 1, false));
    } else if named || path.extension().is_some_and(|kind| kind == "ron") {
        all.insert(path.to_owned(), (meta.modified().ok(), meta.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = format!("angelfire-vigil-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(folder);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("rules")).expect("writable");
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_that_come_go_and_change_are_noticed() {
        let folder = Folder::new("files");
        let file = folder.0.join("rules/stocks.ron");
        let mut vigil = Vigil::new(vec![folder.0.clone()]);
        assert!(!vigil.has_changed());
        fs::write(&file, "[").expect("writable");
        fs::write(folder.0.join("notes.txt"), "no content").expect("writable");
        assert!(vigil.has_changed() && !vigil.has_changed());
        assert_eq!(vigil.seen.len(), 1);
        fs::write(&file, "[]").expect("writable");
        vigil.wait();
        assert!(!vigil.has_changed());
        fs::remove_file(&file).expect("writable");
        assert!(vigil.has_changed());
        assert_eq!(vigil.seen, Snapshot::new());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_are_not_followed_for_ever() {
        let folder = Folder::new("links");
        for n in 0..20 {
            let link = folder.0.join(format!("rules/again-{n}"));
            std::os::unix::fs::symlink(&folder.0, link).expect("a link");
        }
        fs::write(folder.0.join("mod.ron"), "(").expect("writable");
        let vigil = Vigil::new(vec![folder.0.clone()]);
        assert!(vigil.seen.len() <= MOST);
    }
}
