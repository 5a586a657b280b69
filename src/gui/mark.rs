//! The mark of a war on the table: a small file that is there as long as one is, locked by whoever plays it. One that
//! is there and locked by nobody tells that a war was cut short.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// What the file is called.
const FILE: &str = "on-the-table.ron";
/// Most that is read of it, bytes.
const LIMIT: u64 = 8 * 1024;

/// A war that was on the table when the game ended without being left.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutShort {
    /// Where it is kept.
    pub war: PathBuf,
    /// The turn that was being planned.
    pub turn: u32,
}

impl CutShort {
    /// The war that was cut short, if one was and is still there. A mark that says nothing of use is passed over.
    pub fn find(folder: &Path) -> Option<Self> {
        let file = File::options()
            .read(true)
            .write(true)
            .open(folder.join(FILE))
            .ok()?;
        // Somebody else plays it just now.
        file.try_lock().ok()?;
        let mut text = String::new();
        (&file).take(LIMIT).read_to_string(&mut text).ok()?;
        let found: Self = ron::from_str(&text).ok()?;
        found.war.is_file().then_some(found)
    }
}

/// The mark of this game.
pub struct Mark {
    file: File,
    path: PathBuf,
}

impl Mark {
    /// Sets the mark; none if it cannot be set, or another game has set it.
    pub fn set(folder: &Path) -> Option<Self> {
        let path = folder.join(FILE);
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .ok()?;
        file.try_lock().ok()?;
        Some(Self { file, path })
    }

    /// Says which war is on the table. A mark that cannot be written does no harm.
    pub fn note(&mut self, war: &Path, turn: u32) {
        let left = CutShort {
            war: war.to_owned(),
            turn,
        };
        if let Ok(text) = ron::to_string(&left) {
            let _ = self.file.set_len(0);
            let _ = self.file.seek(SeekFrom::Start(0));
            let _ = self.file.write_all(text.as_bytes());
        }
    }

    /// The war is left as it should be.
    pub fn clear(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes away the mark of a war that was cut short, if nobody plays it.
pub fn forget(folder: &Path) {
    if let Some(mark) = Mark::set(folder) {
        mark.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn a_war_left_on_the_table_is_found() {
        let folder = env::temp_dir().join(format!("angelfire-mark-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let war = folder.join("war");
        fs::write(&war, "a war").expect("it is written");
        assert_eq!(CutShort::find(&folder), None);
        let mut mark = Mark::set(&folder).expect("it is set");
        mark.note(&folder.join("another war with a longer name"), 3);
        mark.note(&war, 7);
        assert_eq!(CutShort::find(&folder), None, "it is being played");
        assert!(Mark::set(&folder).is_none());
        // The game ends without a word.
        drop(mark);
        let found = CutShort::find(&folder).map(|found| found.turn);
        assert_eq!(found, Some(7));
        Mark::set(&folder).expect("it is set").clear();
        assert_eq!(CutShort::find(&folder), None);
        for text in ["", "(", "(war: \"/nowhere\", turn: 1)", "(war: 1)"] {
            fs::write(folder.join(FILE), text).expect("it is written");
            assert_eq!(CutShort::find(&folder), None, "{text:?}");
        }
        let _ = fs::remove_dir_all(&folder);
    }
}
