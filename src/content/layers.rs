//! Layers of content: the shipped one, and folders over it. Reading from disk lives here alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{MAX_FILE_BYTES, embed::SHIPPED};

/// Most files of one layer.
pub const MAX_FILES: usize = 2_000;
/// Most bytes of one layer.
pub const MAX_BYTES: usize = 8 << 20;
/// Most mods of one folder that are read, the first by name.
pub const MAX_MODS: usize = 200;
/// Most folders among which they are looked for.
const MAX_FOLDER: usize = 20_000;
/// How deep folders may nest in a layer.
pub const MAX_FOLDERS: usize = 8;

/// Where the mods that come with the game lie.
const MODS: &str = "assets/mods/";
/// Where the recipes of the cookbook lie.
const RECIPES: &str = "assets/cookbook/";

/// Files that are laid over what is there: a mod, or single files to be checked.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// What it is called until its `mod.ron` says so.
    pub name: String,
    /// Its files, by path.
    pub files: Vec<LayerFile>,
    /// Why its folder could not be read, if so.
    pub problem: Option<String>,
}

/// A file of a layer.
#[derive(Clone, Debug)]
pub struct LayerFile {
    /// Path from the top of the layer, with `/`: tells what kind of file it is.
    pub path: String,
    /// The name shown to people.
    pub shown: String,
    /// What it holds; at most one byte more than [`MAX_FILE_BYTES`].
    pub bytes: Vec<u8>,
}

/// Why something on disk could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    /// The path is not there, or may not be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder leads back into itself, or into one that was read already.
    #[error("{path}: this link leads back to a folder that was read already")]
    Loop {
        /// The path.
        path: PathBuf,
    },
    /// A link leads out of the folder that is read: what is in a mod lies within its folder.
    #[error("{path}: this link leads out of the mod; put the file itself in its place")]
    Outside {
        /// The path.
        path: PathBuf,
    },
    /// Two files whose paths differ by case alone: some systems take them for one.
    #[error(
        "{path}: another file here is called the same but for case ({other}); rename one of them"
    )]
    Case {
        /// The path.
        path: String,
        /// The other one.
        other: String,
    },
    /// More than what is read.
    #[error("{path}: more than {limit}")]
    TooMuch {
        /// Where the limit was passed.
        path: PathBuf,
        /// What the limit is.
        limit: String,
    },
}

impl Layer {
    /// What came with the game, without the mods and recipes that came with it.
    pub fn shipped() -> Self {
        let inner = |path: &str| {
            path.ends_with(".ron") && ![MODS, RECIPES].iter().any(|top| path.starts_with(top))
        };
        let files = SHIPPED.iter().filter(|(path, _)| inner(path));
        Self {
            name: "angelfire".into(),
            files: files
                .map(|(path, bytes)| embedded(path, path, bytes))
                .collect(),
            problem: None,
        }
    }

    /// The mods that came with the game, in the order of their names.
    pub fn bundled() -> Vec<Self> {
        Self::embedded_in(MODS)
    }

    /// The recipes of the cookbook, each a mod, in the order of their names.
    pub fn recipes() -> Vec<Self> {
        Self::embedded_in(RECIPES)
    }

    /// The mods that are embedded in a folder: one for each folder in it.
    fn embedded_in(top: &str) -> Vec<Self> {
        let mut mods: BTreeMap<&str, Vec<LayerFile>> = BTreeMap::new();
        for (path, bytes) in SHIPPED {
            let within = path.strip_prefix(top).and_then(|rest| rest.split_once('/'));
            if let Some((name, rest)) = within.filter(|_| path.ends_with(".ron")) {
                mods.entry(name)
                    .or_default()
                    .push(embedded(rest, path, bytes));
            }
        }
        let layers = mods.into_iter().map(|(name, files)| Self {
            name: name.into(),
            files,
            problem: None,
        });
        layers.collect()
    }

    /// Files that nobody has written to a disk: their paths from the top of the layer, and what they hold.
    pub fn of_files(name: &str, files: impl IntoIterator<Item = (String, String)>) -> Self {
        let files = files.into_iter().map(|(path, text)| LayerFile {
            shown: path.clone(),
            path,
            bytes: text.into_bytes(),
        });
        Self {
            name: name.into(),
            files: files.collect(),
            problem: None,
        }
    }

    /// All `.ron` files of a folder, or one file, in the order of their paths.
    ///
    /// # Errors
    /// [`LayerError`] when the path cannot be read, loops, or holds more than is read.
    pub fn read(path: &Path) -> Result<Self, LayerError> {
        let mut layer = Self {
            name: name_of(path),
            ..Self::default()
        };
        layer.add(path)?;
        Ok(layer)
    }

    /// The mods of a folder: one for each folder in it, in the order of their names. A mod that cannot
    /// be read is among them with its problem.
    ///
    /// # Errors
    /// [`LayerError`] when the folder itself cannot be read.
    pub fn mods(folder: &Path) -> Result<Vec<Self>, LayerError> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
            let path = entry.map_err(unreadable(folder))?.path();
            if path.is_dir() && !name_of(&path).starts_with('.') {
                paths.push(path);
            }
            if paths.len() == MAX_FOLDER {
                break;
            }
        }
        paths.sort();
        let beyond = paths.get(MAX_MODS).map(|first| Self {
            name: name_of(first),
            files: Vec::new(),
            problem: Some(format!(
                "{}: there are more than {MAX_MODS} mods in this folder; this one and those after it are not read",
                folder.display()
            )),
        });
        let read = paths.iter().take(MAX_MODS).map(|path| Self::of_mod(path));
        Ok(read.chain(beyond).collect())
    }

    /// A mod's folder; if it cannot be read, a layer without files that tells why.
    pub fn of_mod(path: &Path) -> Self {
        Self::read(path).unwrap_or_else(|error| Self {
            name: name_of(path),
            files: Vec::new(),
            problem: Some(error.to_string()),
        })
    }

    /// Adds a folder's `.ron` files, or one file. The folder itself may be a link; links within it lead to what lies within
    /// it, too.
    ///
    /// # Errors
    /// As [`Layer::read`].
    pub fn add(&mut self, path: &Path) -> Result<(), LayerError> {
        let meta = fs::metadata(path).map_err(unreadable(path))?;
        if meta.is_dir() {
            let shown = path.display().to_string();
            let shown = shown.trim_end_matches('/');
            let mut walk = Walk {
                top: fs::canonicalize(path).map_err(unreadable(path))?,
                seen: BTreeSet::new(),
            };
            let first = self.files.len();
            self.folder(path, "", shown, 0, &mut walk)?;
            self.one_by_case(first)?;
        } else if !meta.is_file() {
            let kind = io::Error::new(io::ErrorKind::InvalidInput, "neither a file nor a folder");
            return Err(unreadable(path)(kind));
        } else {
            self.file(path, context_of(path), path.display().to_string())?;
        }
        self.files.sort_by(|a, b| a.shown.cmp(&b.shown));
        Ok(())
    }

    fn folder(
        &mut self,
        path: &Path,
        within: &str,
        shown: &str,
        depth: usize,
        walk: &mut Walk,
    ) -> Result<(), LayerError> {
        if depth > MAX_FOLDERS {
            return Err(too_much(
                path,
                format!("{MAX_FOLDERS} folders within one another"),
            ));
        }
        let real = fs::canonicalize(path).map_err(unreadable(path))?;
        if !walk.seen.insert(real) {
            return Err(LayerError::Loop { path: path.into() });
        }
        for entry in fs::read_dir(path).map_err(unreadable(path))? {
            let entry = entry.map_err(unreadable(path))?;
            let (name, inner) = (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            );
            if name.starts_with('.') {
                continue;
            }
            let local = if within.is_empty() {
                name.clone()
            } else {
                format!("{within}/{name}")
            };
            let shown = format!("{shown}/{name}");
            let kind = entry.file_type().map_err(unreadable(&inner))?;
            if kind.is_symlink() {
                let real = fs::canonicalize(&inner).map_err(unreadable(&inner))?;
                if !real.starts_with(&walk.top) {
                    return Err(LayerError::Outside { path: inner });
                }
            }
            let meta = fs::metadata(&inner).map_err(unreadable(&inner))?;
            if meta.is_dir() {
                self.folder(&inner, &local, &shown, depth + 1, walk)?;
            } else if meta.is_file() && name.ends_with(".ron") {
                self.file(&inner, local, shown)?;
            }
        }
        Ok(())
    }

    /// Of the files from this one on, no two may have paths that differ by case alone.
    fn one_by_case(&self, first: usize) -> Result<(), LayerError> {
        let mut by_case: BTreeMap<String, &LayerFile> = BTreeMap::new();
        let mut files: Vec<&LayerFile> = self.files[first..].iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for file in files {
            if let Some(other) = by_case.insert(file.path.to_lowercase(), file) {
                return Err(LayerError::Case {
                    path: file.shown.clone(),
                    other: other.path.clone(),
                });
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, local: String, shown: String) -> Result<(), LayerError> {
        if self.files.len() == MAX_FILES {
            return Err(too_much(path, format!("{MAX_FILES} files")));
        }
        let mut bytes = Vec::new();
        // One byte too many is enough to tell that a file is too large.
        let most = u64::try_from(MAX_FILE_BYTES)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        File::open(path)
            .and_then(|file| file.take(most).read_to_end(&mut bytes))
            .map_err(unreadable(path))?;
        let held: usize = self.files.iter().map(|file| file.bytes.len()).sum();
        if held + bytes.len() > MAX_BYTES {
            return Err(too_much(path, format!("{MAX_BYTES} bytes")));
        }
        self.files.push(LayerFile {
            path: local,
            shown,
            bytes,
        });
        Ok(())
    }
}

/// A walk through a folder.
struct Walk {
    /// The folder, without links.
    top: PathBuf,
    /// The folders that were read, without links.
    seen: BTreeSet<PathBuf>,
}

/// A file of the binary: its path within its layer, and the one under which it is shown.
fn embedded(path: &str, shown: &str, bytes: &[u8]) -> LayerFile {
    LayerFile {
        path: path.into(),
        shown: shown.into(),
        bytes: bytes.to_vec(),
    }
}

/// The part of a lone file's path that tells what it is: from `rules`, `scenarios`, `tests`, `proofs` or
/// `battles` on.
fn context_of(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let start = parts
        .iter()
        .rposition(|part| {
            matches!(
                part.as_str(),
                "rules" | "scenarios" | "tests" | "proofs" | "battles"
            )
        })
        .unwrap_or(parts.len().saturating_sub(1));
    parts[start..].join("/")
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> LayerError {
    let path = path.to_path_buf();
    move |source| LayerError::Unreadable { path, source }
}

fn too_much(path: &Path, limit: String) -> LayerError {
    LayerError::TooMuch {
        path: path.into(),
        limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_file_is_known_by_its_folders() {
        let context = |path: &str| context_of(Path::new(path));
        assert_eq!(context("/home/x/m/rules/stocks.ron"), "rules/stocks.ron");
        assert_eq!(
            context("scenarios/west/maps/a.ron"),
            "scenarios/west/maps/a.ron"
        );
        assert_eq!(context("/elsewhere/stocks.ron"), "stocks.ron");
    }
}
