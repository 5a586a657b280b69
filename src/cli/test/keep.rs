//! Wars of trials that did not hold, written down as records, and the words that open each.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Serialize;

use crate::{
    cli::out::Failure,
    content::{Bench, Catalog, Diagnostics, Layer, Played, Sources},
    war::{
        store::{self, StoreError},
        trial::{self, Exhibit, Proof},
    },
};

/// A war that was written down.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Kept {
    /// Its seed.
    pub seed: u64,
    /// The record.
    pub file: String,
    /// What to type to look at it.
    pub view: String,
}

/// Where records go, and what they are opened with.
pub struct Keeper<'a> {
    folder: &'a Path,
    catalog: Arc<Catalog>,
    mods: Vec<&'a Path>,
}

impl<'a> Keeper<'a> {
    /// Into this folder, which is made, for trials of these layers; `mods` are those layers as `--mods` takes them.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn new(folder: &'a Path, layers: &[Layer], mods: Vec<&'a Path>) -> Result<Self, Failure> {
        make(folder)?;
        let mut unheard = Diagnostics::new();
        let catalog = Catalog::load(layers, &mut Sources::default(), &mut unheard);
        Ok(Self {
            folder,
            catalog: Arc::new(catalog),
            mods,
        })
    }

    /// Writes down the wars that show what did not hold of a trial.
    ///
    /// # Errors
    /// If one cannot be written, or cannot be played as it was.
    pub fn keep(&self, bench: &mut Bench, proof: &Proof) -> Result<Vec<Kept>, Failure> {
        let Some(trial) = bench.trial_named(&proof.id) else {
            return Ok(Vec::new());
        };
        let (id, all) = (trial.id.clone(), trial::exhibits(proof, trial));
        let Ok(played) = bench.played(&id, &[]) else {
            return Ok(Vec::new());
        };
        let mut mods: Vec<PathBuf> = self.mods.iter().map(|path| path.to_path_buf()).collect();
        let mut catalog = self.catalog.clone();
        if let Some(files) = bench.field(&id) {
            let folder = self.folder.join(format!("{id}.field"));
            write_field(&folder, &files)?;
            mods.push(folder);
            catalog = trial::with_field(&catalog, &played);
        }
        let one = |exhibit: &Exhibit| self.war(&catalog, &played, *exhibit, &mods);
        all.iter().map(one).collect()
    }

    fn war(
        &self,
        catalog: &Arc<Catalog>,
        played: &Played,
        exhibit: Exhibit,
        mods: &[PathBuf],
    ) -> Result<Kept, Failure> {
        let (id, seed) = (&played.trial.id, exhibit.seed);
        let (first, last) = exhibit.turns;
        let record = trial::record(catalog, played, seed, last)
            .map_err(|error| Failure::Failed(format!("{id}, seed {seed}: {error}")))?;
        let path = self.folder.join(format!("{id}.{seed}{}", store::SUFFIX));
        store::save(&path, &record)?;
        let mut view = format!("angelfire view {}", word(&path));
        // As it stood after the first turn that did not come out as it was to; without it, as it stood at the end.
        if first < record.length() {
            view.push_str(&format!(" --turn {}", first + 1));
        }
        for path in mods {
            view.push_str(&format!(" --mods {}", word(path)));
        }
        Ok(Kept {
            seed,
            file: path.display().to_string(),
            view,
        })
    }
}

fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| {
        let path = folder.to_owned();
        Failure::from(StoreError::Write { path, error })
    })
}

/// Writes a field into its folder: nothing of anybody else's is written over.
fn write_field(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let manifest = files.iter().find(|(name, _)| name == "mod.ron");
    let there = fs::read_to_string(folder.join("mod.ron")).ok();
    if there.is_none() || there.as_ref() != manifest.map(|(_, text)| text) {
        return Ok(store::write_mod(folder, files)?);
    }
    for (name, text) in files {
        let path = name
            .split('/')
            .fold(folder.to_owned(), |at, part| at.join(part));
        if let Some(parent) = path.parent() {
            make(parent)?;
        }
        store::write_whole(&path, text.as_bytes())?;
    }
    Ok(())
}

/// A path as one word of a command line.
fn word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_one_word_each() {
        assert_eq!(
            word(Path::new("out/a-1.angelfire.ron")),
            "out/a-1.angelfire.ron"
        );
        assert_eq!(word(Path::new("my mods/it's")), "'my mods/it'\\''s'");
    }
}
