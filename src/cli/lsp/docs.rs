//! What editors have open, and the mods that these files belong to.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use lsp_types::Uri;

use super::{
    check::Kept,
    place::{Columns, Lines, path_of},
    wire::{Wrong, code},
};
use crate::content::{
    Layer, LayerFile, MAX_FILE_BYTES,
    assist::{Assist, Page},
};

/// Most open files.
const MOST: usize = 2_000;
/// How far up it is looked for the folder of a mod.
const UP: usize = 16;

/// A file that is open.
pub(super) struct Doc {
    pub address: Uri,
    pub path: Option<PathBuf>,
    /// The folder of the mod that it belongs to.
    pub folder: Option<PathBuf>,
    pub text: String,
    pub version: i32,
    page: Option<Arc<Page>>,
    /// What is wrong with it, if it belongs to no mod.
    pub kept: Vec<Kept>,
}

/// A mod of which a file is open.
#[derive(Default)]
pub(super) struct Mod {
    /// Its files as they are on the disk, those that are open as they are there.
    pub layer: Layer,
    pub pages: Vec<Arc<Page>>,
    /// Its pages with those of mods below it.
    pub around: Vec<Arc<Page>>,
    /// What is wrong with it.
    pub kept: Vec<Kept>,
    /// Addresses of files of which something was told.
    pub told: BTreeSet<String>,
}

/// All that is open.
#[derive(Default)]
pub(super) struct Docs {
    all: BTreeMap<String, Doc>,
    pub mods: BTreeMap<PathBuf, Mod>,
}

impl Docs {
    pub fn open(&mut self, address: Uri, text: String, version: i32) -> Result<(), Wrong> {
        if self.all.len() >= MOST && !self.all.contains_key(address.as_str()) {
            return Err(Wrong::new(code::REQUEST, "too many files are open"));
        }
        let path = path_of(&address);
        let doc = Doc {
            folder: None,
            path,
            text,
            version,
            page: None,
            kept: Vec::new(),
            address,
        };
        let key = doc.address.as_str().to_owned();
        self.all.insert(key, doc);
        self.settle();
        Ok(())
    }

    pub fn close(&mut self, address: &Uri) -> Option<Doc> {
        let doc = self.all.remove(address.as_str())?;
        self.settle();
        Some(doc)
    }

    pub fn get(&self, address: &Uri) -> Result<&Doc, Wrong> {
        let doc = self.all.get(address.as_str());
        doc.ok_or_else(|| {
            let message = format!("{} is not open", address.as_str());
            Wrong::new(code::PARAMS, message)
        })
    }

    pub fn get_mut(&mut self, address: &Uri) -> Option<&mut Doc> {
        self.all.get_mut(address.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = &Doc> {
        self.all.values()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Doc> {
        self.all.values_mut()
    }

    /// The open file of this path.
    pub fn of_path(&self, path: &Path) -> Option<&Doc> {
        self.iter().find(|doc| doc.path.as_deref() == Some(path))
    }

    /// Finds out anew which file belongs to which mod.
    pub fn settle(&mut self) {
        let open: BTreeSet<PathBuf> = self.iter().filter_map(|doc| doc.path.clone()).collect();
        let is_mod = |folder: &&Path| {
            let about = folder.join("mod.ron");
            open.contains(&about) || about.is_file()
        };
        for doc in self.iter_mut() {
            let folders = doc.path.iter().flat_map(|path| path.ancestors().skip(1));
            let folder = folders.take(UP).find(is_mod);
            let folder = folder.map(Path::to_owned);
            if doc.folder != folder {
                doc.page = None;
            }
            doc.folder = folder;
        }
        let used: BTreeSet<PathBuf> = self.iter().filter_map(|doc| doc.folder.clone()).collect();
        for folder in used {
            self.mods.entry(folder).or_default();
        }
    }

    /// A mod as it is on the disk, with what is open of it as it is there.
    pub fn layer(&self, folder: &Path) -> Layer {
        let mut layer = Layer::of_mod(folder);
        for doc in self
            .iter()
            .filter(|doc| doc.folder.as_deref() == Some(folder))
        {
            let inner = doc
                .path
                .as_deref()
                .and_then(|path| path.strip_prefix(folder).ok());
            let parts = inner.into_iter().flat_map(Path::components);
            let parts: Vec<String> = parts
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            let path = parts.join("/");
            if !path.ends_with(".ron") || parts.iter().any(|part| part.starts_with('.')) {
                continue;
            }
            // As of a file on the disk: one byte too many tells that it is too large.
            let end = doc.text.len().min(MAX_FILE_BYTES + 1);
            let bytes = doc.text.as_bytes()[..end].to_vec();
            match layer.files.iter_mut().find(|file| file.path == path) {
                Some(file) => file.bytes = bytes,
                None => layer.files.push(LayerFile {
                    shown: format!("{}/{path}", folder.display()),
                    path,
                    bytes,
                }),
            }
        }
        layer.files.sort_by(|a, b| a.shown.cmp(&b.shown));
        layer
    }

    /// The page of an open file, and what stands around it.
    pub fn page(&mut self, assist: &Assist, address: &Uri) -> Result<Arc<Page>, Wrong> {
        self.get(address)?;
        let doc = self.all.get_mut(address.as_str());
        let doc = doc.expect("invariant: it was there a line before");
        if let Some(page) = &doc.page {
            return Ok(page.clone());
        }
        let (path, shown) = match (&doc.path, &doc.folder) {
            (Some(path), Some(folder)) => {
                let inner = path.strip_prefix(folder).unwrap_or(path);
                let inner = inner.to_string_lossy().replace('\\', "/");
                let shown = format!("{}/{inner}", folder.display());
                (inner, Some(shown))
            }
            (Some(path), None) => {
                let shown = path.to_string_lossy().into_owned();
                (shown.replace('\\', "/"), Some(shown))
            }
            _ => (String::from("untitled.ron"), None),
        };
        let page = Arc::new(assist.page(&path, shown, &doc.text));
        doc.page = Some(page.clone());
        Ok(page)
    }

    /// What stands around an open file.
    pub fn around(&self, address: &Uri) -> &[Arc<Page>] {
        let folder = self
            .all
            .get(address.as_str())
            .and_then(|doc| doc.folder.as_ref());
        let own = folder.and_then(|folder| self.mods.get(folder));
        own.map_or(&[], |own| &own.around)
    }
}

impl Doc {
    /// Puts in what has changed.
    pub fn change(
        &mut self,
        changes: Vec<lsp_types::TextDocumentContentChangeEvent>,
        version: i32,
        columns: Columns,
    ) {
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let lines = Lines::new(&self.text, columns);
                    let (start, end) = (lines.byte(range.start), lines.byte(range.end));
                    self.text.replace_range(start..end.max(start), &change.text);
                }
            }
        }
        self.version = version;
        self.page = None;
    }

    /// It has another page from now on.
    pub fn forget(&mut self) {
        self.page = None;
    }
}
