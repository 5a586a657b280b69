//! What is wrong with a mod, as `angelfire check` says it, for each of its files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, PublishDiagnosticsParams, Uri,
};
use serde_json::Value;

use super::{
    docs::Docs,
    place::{Columns, Lines, address_of},
    wire::notice,
};
use crate::{
    cli::{Common, open},
    content::{
        Diagnostic, Diagnostics, Severity, Source, SourceId, Sources, Span,
        assist::{Assist, Page},
        ron,
    },
    war::trial,
};

/// A problem that was told.
pub(super) struct Kept {
    /// Where it was told.
    pub address: Uri,
    pub shown: Shown,
    /// The text in which it was found.
    pub text: Arc<str>,
    pub place: (usize, usize),
    pub code: &'static str,
    pub help: Option<String>,
    /// Where something is to be written, what stands there, and what is to be.
    pub fix: Option<Fix>,
}

/// A change that mends a problem.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Fix {
    pub address: Uri,
    pub text: Arc<str>,
    pub place: (usize, usize),
    pub write: String,
}

/// A look at what is wrong.
pub(super) struct Look<'a> {
    pub docs: &'a mut Docs,
    pub common: &'a Common,
    pub assist: &'a Assist,
    pub columns: Columns,
}

impl Look<'_> {
    /// Looks at a mod; what there is to be told of all its files.
    ///
    /// # Errors
    /// Why it cannot be looked at.
    pub fn at_mod(&mut self, folder: &Path) -> Result<Vec<Value>, String> {
        let layer = self.docs.layer(folder);
        let own = vec![layer.clone()];
        let stack = open::stacked(self.common, own, &[folder])
            .map_err(|failure| format!("mods cannot be read: {failure:?}"))?;
        let (sources, found) = trial::check_layers(&stack);
        let files = layer.files.iter();
        let files = Files::Of {
            paths: files
                .map(|file| (file.shown.as_str(), folder.join(&file.path)))
                .collect(),
            about: folder.join("mod.ron"),
        };
        let kept = self.kept(&sources, &found, &files);
        let mut by_file: BTreeMap<String, (Uri, Vec<Shown>)> = BTreeMap::new();
        for kept in &kept {
            let key = kept.address.as_str().to_owned();
            let row = by_file.entry(key);
            let row = row.or_insert_with(|| (kept.address.clone(), Vec::new()));
            row.1.push(kept.shown.clone());
        }
        let open = self
            .docs
            .iter()
            .filter(|doc| doc.folder.as_deref() == Some(folder));
        let open: Vec<Uri> = open.map(|doc| doc.address.clone()).collect();
        let below = stack.split_last().map_or(&[][..], |(_, below)| below);
        let Some(of) = self.docs.mods.get_mut(folder) else {
            return Ok(Vec::new());
        };
        let now: BTreeSet<String> = by_file.keys().cloned().collect();
        let gone = std::mem::replace(&mut of.told, now);
        of.kept = kept;
        let pages = of.pages.drain(..);
        let before: BTreeMap<String, Arc<Page>> = pages.map(|p| (p.path.clone(), p)).collect();
        let same = |path: &str, bytes: &[u8]| {
            let page = before.get(path)?;
            (page.text().as_bytes() == bytes).then(|| page.clone())
        };
        for file in &layer.files {
            let page = same(&file.path, &file.bytes).or_else(|| {
                let text = std::str::from_utf8(&file.bytes).ok()?;
                let shown = Some(file.shown.clone());
                Some(Arc::new(self.assist.page(&file.path, shown, text)))
            });
            of.pages.extend(page);
        }
        of.around.clone_from(&of.pages);
        for layer in below.iter().rev() {
            let on_disk = layer
                .files
                .iter()
                .any(|file| Path::new(&file.shown).is_file());
            of.around.extend(self.assist.pages(layer, on_disk));
        }
        of.layer = layer;
        // What is open is told of even if all is well, and what was told is taken back.
        let gone = gone
            .iter()
            .filter_map(|address| address.parse::<Uri>().ok());
        for address in open.into_iter().chain(gone) {
            let key = address.as_str().to_owned();
            by_file.entry(key).or_insert((address, Vec::new()));
        }
        let all = by_file.into_values();
        Ok(all
            .map(|(address, list)| self.told(address, list))
            .collect())
    }

    /// Looks at a file of no mod: whether it can be read.
    pub fn at_file(&mut self, address: &Uri) -> Option<Value> {
        let doc = self.docs.get(address).ok()?;
        let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
        let name = address.as_str();
        let id = sources.add_bytes(name, doc.text.as_bytes(), &mut found);
        if let Some(source) = id.and_then(|id| sources.get(id)) {
            ron::parse(SourceId(0), &source.text.clone(), &mut found);
        }
        let kept = self.kept(&sources, &found, &Files::One(name, address));
        let list = kept.iter().map(|kept| kept.shown.clone()).collect();
        self.docs.get_mut(address)?.kept = kept;
        Some(self.told(address.clone(), list))
    }

    fn told(&self, address: Uri, diagnostics: Vec<Shown>) -> Value {
        let version = self.docs.get(&address).ok().map(|doc| doc.version);
        let params = PublishDiagnosticsParams {
            uri: address,
            diagnostics,
            version,
        };
        let params = serde_json::to_value(params).unwrap_or_default();
        notice("textDocument/publishDiagnostics", params)
    }

    /// What was found, each problem at its file.
    fn kept(&self, sources: &Sources, found: &Diagnostics, files: &Files<'_>) -> Vec<Kept> {
        let all = Places {
            look: self,
            sources,
            files,
            lines: found
                .iter()
                .map(|d| sources.origin(d.span).source)
                .chain(found.iter().filter_map(|d| Some(sources.see(d)?.0.source)))
                .filter_map(|id| Some((id, Lines::new(&sources.get(id)?.text, self.columns))))
                .collect(),
        };
        let each = found.sorted(sources).into_iter();
        each.filter_map(|d| all.kept(d)).collect()
    }
}

/// The files whose problems are told.
enum Files<'a> {
    /// Those of a mod, by what they are called; what lies in none of them is told of `about`.
    Of {
        paths: BTreeMap<&'a str, PathBuf>,
        about: PathBuf,
    },
    /// One that is open.
    One(&'a str, &'a Uri),
}

/// What is needed to tell places.
struct Places<'a> {
    look: &'a Look<'a>,
    sources: &'a Sources,
    files: &'a Files<'a>,
    lines: BTreeMap<SourceId, Lines<'a>>,
}

impl Places<'_> {
    fn kept(&self, found: &Diagnostic) -> Option<Kept> {
        let span = self.sources.origin(found.span);
        let source = self.sources.get(span.source);
        let own = source.and_then(|source| self.address(source));
        let mut message = found.message.clone();
        if let Some(help) = &found.help {
            message.push_str(&format!("\nhelp: {help}"));
        }
        let (address, range) = match (&own, self.lines.get(&span.source)) {
            (Some(address), Some(lines)) => (address.clone(), lines.range(bytes(span))),
            _ => {
                if let Some(source) = source {
                    message = format!("in {}: {message}", source.name);
                }
                (self.elsewhere()?, lsp_types::Range::default())
            }
        };
        let related = self.sources.see(found).and_then(|(place, how)| {
            let place = self.sources.origin(place);
            let source = self.sources.get(place.source)?;
            let lines = Lines::new(&source.text, self.look.columns);
            Some(DiagnosticRelatedInformation {
                location: Location::new(self.address(source)?, lines.range(bytes(place))),
                message: how.to_owned(),
            })
        });
        let fix = self.sources.replacement(found).and_then(|(place, write)| {
            let source = self.sources.get(place.source)?;
            Some(Fix {
                address: self.address(source)?,
                text: source.text.clone(),
                place: bytes(place),
                write: write.to_owned(),
            })
        });
        let shown = Shown {
            range,
            severity: Some(match found.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(found.code.to_owned())),
            source: Some(String::from("angelfire")),
            message,
            related_information: related.map(|one| vec![one]),
            ..Shown::default()
        };
        Some(Kept {
            address,
            shown,
            text: source.map_or_else(|| Arc::from(""), |source| source.text.clone()),
            place: bytes(span),
            code: found.code,
            help: found.help.clone(),
            fix,
        })
    }

    /// The address of a file that is looked at.
    fn address(&self, source: &Source) -> Option<Uri> {
        match self.files {
            Files::Of { paths, .. } => self.address_of(paths.get(source.name.as_str())?),
            Files::One(name, address) => (source.name == *name).then(|| (*address).clone()),
        }
    }

    /// Where is told what lies in none of the files.
    fn elsewhere(&self) -> Option<Uri> {
        match self.files {
            Files::Of { about, .. } => self.address_of(about),
            Files::One(_, address) => Some((*address).clone()),
        }
    }

    /// As the editor calls it, if it has it open.
    fn address_of(&self, path: &Path) -> Option<Uri> {
        let open = self.look.docs.of_path(path);
        open.map_or_else(|| address_of(path), |doc| Some(doc.address.clone()))
    }
}

fn bytes(span: Span) -> (usize, usize) {
    (span.start as usize, span.end as usize)
}
