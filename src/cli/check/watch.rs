//! `check --watch`: looked at again whenever a file below the paths has changed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::json;

use super::{Common, Done, Failure, Out, layers, look};
use crate::war::store;

/// How long files are left alone between two looks at when they changed.
const PAUSE: Duration = Duration::from_millis(250);
/// How often files may go on changing before they are read all the same: whoever saves many does so within seconds.
const PATIENCE: u32 = 20;
/// Most files that are watched, and how deep folders may nest: as much as a layer may hold, and a little more.
const MOST: usize = 10_000;
const DEEPEST: usize = 10;

/// When each file was changed last, and how long it is.
type Snapshot = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

pub(super) fn watch(out: &mut Out, common: &Common, paths: &[PathBuf]) -> Result<Done, Failure> {
    let mut watched = paths.to_vec();
    watched.extend(common.mods.iter().cloned());
    if paths.is_empty() {
        watched.extend(store::data_dir().ok().map(|folder| folder.join("mods")));
    }
    // What is not there at all is an error as ever; what goes missing later may come back.
    let mut seen = snapshot(&watched);
    layers(common, paths)?;
    loop {
        told(out, common, paths)?;
        out.finish()?;
        // What changed while it was read is not as it was before, and is read again.
        seen = changed(&watched, seen);
    }
}

/// One look, with the time.
fn told(out: &mut Out, common: &Common, paths: &[PathBuf]) -> Result<(), Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    let looked = match layers(common, paths) {
        Ok(layers) => look(common, paths, &layers)?,
        Err(Failure::Load(text)) => {
            if out.json {
                return out.document(&json!({ "time": seconds, "problem": text }));
            }
            return out.line(format!("[{}] {text}", clock(seconds)));
        }
        Err(failure) => return Err(failure),
    };
    if out.json {
        return out.document(&json!({ "time": seconds, "problems": looked.documents() }));
    }
    out.heading(&format!("[{}]", clock(seconds)))?;
    looked.tell(out)
}

/// Waits until something has changed, and then until nothing changes any more.
fn changed(watched: &[PathBuf], before: Snapshot) -> Snapshot {
    let mut now = snapshot(watched);
    while now == before {
        thread::sleep(PAUSE);
        now = snapshot(watched);
    }
    for _ in 0..PATIENCE {
        thread::sleep(PAUSE);
        let next = snapshot(watched);
        if next == now {
            break;
        }
        now = next;
    }
    now
}

/// The time of day, by the clock of Greenwich.
fn clock(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02} UTC", seconds % 60)
}

/// What lies below the paths now; what cannot be looked at is not there.
fn snapshot(paths: &[PathBuf]) -> Snapshot {
    let mut all = Snapshot::new();
    for path in paths {
        add(&mut all, path, 0, true);
    }
    all
}

fn add(all: &mut Snapshot, path: &Path, depth: usize, named: bool) {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    if all.len() >= MOST || depth > DEEPEST || hidden && !named {
        return;
    }
    let Ok(meta) = fs::metadata(path) else {
        return;
    };
    if meta.is_dir() {
        let inside = fs::read_dir(path).into_iter().flatten().flatten();
        inside.for_each(|entry| add(all, &entry.path(), depth + 1, false));
    } else if named || path.extension().is_some_and(|kind| kind == "ron") {
        all.insert(path.to_owned(), (meta.modified().ok(), meta.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_has_two_digits_each() {
        assert_eq!(clock(0), "00:00:00 UTC");
        assert_eq!(clock(86_400 + 3_600 * 23 + 61), "23:01:01 UTC");
    }

    #[test]
    fn files_that_come_go_and_change_are_noticed() {
        let folder = std::env::temp_dir().join(format!("angelfire-watch-{}", std::process::id()));
        let file = folder.join("rules/stocks.ron");
        fs::create_dir_all(folder.join("rules")).expect("writable");
        let paths = [folder.clone()];
        let empty = snapshot(&paths);
        fs::write(&file, "[").expect("writable");
        fs::write(folder.join("notes.txt"), "no content").expect("writable");
        let one = snapshot(&paths);
        assert_ne!(one, empty);
        assert_eq!(one.len(), 1);
        fs::write(&file, "[]").expect("writable");
        let other = changed(&paths, one.clone());
        assert_ne!(other, one);
        fs::remove_dir_all(&folder).expect("writable");
        assert_eq!(snapshot(&paths), Snapshot::new());
    }
}
