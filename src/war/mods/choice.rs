//! Which mods are off and how they are ordered: `mods.ron` in the user's folder.
//!
//! A file that cannot be read counts as empty and is told. It is never written over: whoever changes something keeps it
//! beside, as `mods.ron.broken`.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::Problem;
use crate::{
    content::{
        Diagnostics, Sources,
        ron::{self, At},
    },
    war::store::{self, Held, StoreError},
};

/// What the file is called.
pub const FILE: &str = "mods.ron";
/// Largest file that is read, bytes.
const LIMIT: u64 = 256 * 1024;
/// How many broken files are kept beside one another.
const KEPT: u32 = 100;

/// Which mods are off, and the order of those that somebody has ordered, by their ids. What is named and not there does
/// no harm: it may come back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// Those that are off.
    pub off: Vec<String>,
    /// Those that somebody has put in order, the lowest first.
    pub order: Vec<String>,
}

/// The file as it may be written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    off: Vec<At<String>>,
    #[serde(default)]
    order: Vec<At<String>>,
}

impl Choice {
    /// Reads the file of a folder; nothing is chosen where there is none, or where it cannot be read.
    pub fn read(folder: &Path) -> (Self, Option<Problem>) {
        let path = folder.join(FILE);
        let mut bytes = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes));
        let unreadable = |why: String| {
            let line = format!("{}: {why}", path.display());
            let text = line.clone();
            (Self::default(), Some(Problem { line, text }))
        };
        match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return (Self::default(), None);
            }
            Err(error) => return unreadable(error.to_string()),
            Ok(_) if bytes.len() as u64 > LIMIT => {
                return unreadable(format!("it has more than the {LIMIT} bytes that are read"));
            }
            Ok(_) => {}
        }
        Self::parse(&path.display().to_string(), &bytes)
    }

    fn parse(shown: &str, bytes: &[u8]) -> (Self, Option<Problem>) {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        let source = sources.add_bytes(shown, bytes, &mut out);
        let text = source.and_then(|id| Some((id, sources.get(id)?.text.clone())));
        let written = text.and_then(|(id, text)| {
            ron::read::<Written>(&ron::parse(id, &text, &mut out), &mut out)
        });
        let choice = written.map(|written| Self {
            off: once_each(written.off, "off", &mut out),
            order: once_each(written.order, "order", &mut out),
        });
        match choice {
            Some(choice) if !out.has_errors() => (choice, None),
            _ => (Self::default(), Problem::of(&sources, &out)),
        }
    }

    /// The choice as text, as it is kept.
    fn text(&self) -> String {
        let list = |ids: &[String]| {
            ::ron::to_string(ids).expect("invariant: texts in a list can be written")
        };
        format!(
            "// Which mods are off, and the order of those that were put in order, the lowest first.\n\
             // Written by the game; may be written by hand.\n(\n    off: {},\n    order: {},\n)\n",
            list(&self.off),
            list(&self.order),
        )
    }

    /// Changes the file of a folder, as it is now. One that cannot be read is kept beside, and its new name given back.
    ///
    /// # Errors
    /// If it cannot be written, or what is broken not be kept; the file is as it was.
    pub fn change(
        folder: &Path,
        change: impl FnOnce(&mut Self),
    ) -> Result<Option<PathBuf>, StoreError> {
        let path = folder.join(FILE);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| StoreError::Write { path, error }
        };
        fs::create_dir_all(folder).map_err(failed(folder))?;
        let _held = Held::take(&path)?;
        let (mut choice, problem) = Self::read(folder);
        let kept = match problem {
            Some(_) => Some(set_aside(&path).map_err(failed(&path))?),
            None => None,
        };
        change(&mut choice);
        store::write_whole(&path, choice.text().as_bytes())?;
        Ok(kept)
    }

    /// Whether a mod is on.
    pub fn is_on(&self, id: &str) -> bool {
        !self.off.iter().any(|off| off == id)
    }

    /// Turns mods on or off.
    pub fn turn(&mut self, ids: &[String], on: bool) {
        self.off.retain(|off| !ids.contains(off));
        if !on {
            let mut ids = ids.to_vec();
            ids.sort();
            ids.dedup();
            self.off.extend(ids);
        }
    }

    /// Puts mods into this order; each counts where it stands first.
    pub fn put(&mut self, order: Vec<String>) {
        self.order.clear();
        for id in order {
            if !self.order.contains(&id) {
                self.order.push(id);
            }
        }
    }

    /// These things in their order: those that somebody has ordered so, each of the others as soon as all are there that
    /// stood before it.
    pub(super) fn sort<T>(&self, things: Vec<T>, id: impl Fn(&T) -> &str) -> Vec<T> {
        let place = |thing: &T| self.order.iter().position(|ordered| ordered == id(thing));
        let mut sorted: Vec<(usize, T)> = Vec::new();
        let mut others = Vec::new();
        for (at, thing) in things.into_iter().enumerate() {
            match place(&thing) {
                Some(_) => sorted.push((at, thing)),
                None => others.push((at, thing)),
            }
        }
        sorted.sort_by_key(|(at, thing)| (place(thing), *at));
        for (at, thing) in others {
            let last = sorted.iter().rposition(|(before, _)| *before < at);
            sorted.insert(last.map_or(0, |last| last + 1), (at, thing));
        }
        sorted.into_iter().map(|(_, thing)| thing).collect()
    }
}

/// The ids of a list, each of which may stand in it once.
fn once_each(list: Vec<At<String>>, name: &str, out: &mut Diagnostics) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for at in list {
        let span = at.span;
        let Some(id) = at.into_inner() else { continue };
        if ids.contains(&id) {
            let words = format!("`{id}` stands twice in `{name}`");
            out.error("duplicate-id", span, words)
                .help("remove one of them");
        }
        ids.push(id);
    }
    ids
}

/// Keeps a copy of a broken file beside it, under a name that nothing has yet.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let bytes = fs::read(path)?;
    for n in 1..=KEPT {
        let name = match n {
            1 => format!("{FILE}.broken"),
            n => format!("{FILE}.broken-{n}"),
        };
        let beside = path.with_file_name(name);
        match File::create_new(&beside) {
            Ok(mut file) => {
                file.write_all(&bytes)?;
                return Ok(beside);
            }
            // The same mistake need not be kept twice.
            Err(_) if fs::read(&beside).is_ok_and(|kept| kept == bytes) => return Ok(beside),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(format!(
        "it is broken, and {KEPT} broken ones are kept beside it already"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(chosen: &[&str], found: &[&str]) -> String {
        let choice = Choice {
            order: chosen.iter().map(|id| (*id).to_owned()).collect(),
            ..Choice::default()
        };
        choice.sort(found.to_vec(), |id| id).concat()
    }

    #[test]
    fn what_nobody_ordered_keeps_its_place_after_those_before_it() {
        assert_eq!(order(&[], &["a", "b", "c"]), "abc");
        assert_eq!(order(&["c", "a"], &["a", "b", "c", "d"]), "cabd");
        assert_eq!(order(&["z", "a"], &["a", "m", "z"]), "zam");
        assert_eq!(order(&["c", "b", "a"], &["a", "b", "c"]), "cba");
        // What is not there does no harm.
        assert_eq!(order(&["b", "gone", "a"], &["a", "b"]), "ba");
    }

    #[test]
    fn a_broken_file_is_told_in_place_and_counts_as_empty() {
        let told = |text: &str| {
            let (choice, problem) = Choice::parse("mods.ron", text.as_bytes());
            let problem = problem.expect("a problem");
            assert_eq!(choice, Choice::default());
            assert!(problem.line.starts_with("mods.ron:1:"), "{}", problem.line);
            problem.text
        };
        let misspelt = told("(of: [\"x\"])");
        assert!(misspelt.contains("unknown-field") && misspelt.contains("`off`"));
        assert!(told("(off: [\"x\", \"x\"])").contains("stands twice"));
        assert!(told("(off: [1])").contains("error["));
        assert!(told("(off: [\"x\"").contains("error["));
    }

    #[test]
    fn what_is_written_is_read() {
        let choice = Choice {
            off: vec!["x".into(), "a \"b\"".into()],
            order: vec!["b".into(), "a".into()],
        };
        let read = Choice::parse("mods.ron", choice.text().as_bytes());
        assert_eq!(read, (choice, None));
        assert_eq!(Choice::parse("mods.ron", b"()").1, None);
    }

    #[test]
    fn a_broken_file_is_kept_beside_what_takes_its_place() {
        let folder = format!("angelfire-choice-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&folder);
        let path = folder.join(FILE);
        let off = |id: &str| Choice::change(&folder, |choice| choice.turn(&[id.into()], false));
        assert_eq!(off("a").expect("it is written"), None);
        fs::write(&path, "(off: [\"mine\"").expect("writable");
        let kept = off("b").expect("it is written").expect("it was broken");
        let read = |path: &Path| fs::read_to_string(path).expect("it is there");
        assert_eq!(read(&kept), "(off: [\"mine\"");
        fs::write(&path, "another").expect("writable");
        let other = off("c").expect("it is written").expect("it was broken");
        assert_ne!(other, kept);
        assert_eq!(read(&kept), "(off: [\"mine\"");
        assert_eq!(Choice::read(&folder).0.off, ["c"]);
        fs::remove_dir_all(&folder).expect("writable");
    }
}
