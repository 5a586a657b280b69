//! Mods: where they lie, which of them are on and in which order, and what of them is in use. The command line and the
//! window read content through here and nowhere else.

mod choice;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use self::choice::{Choice, FILE};
use crate::content::{
    About, Catalog, Diagnostics, Layer, LayerError, ModStatus, Overlap, Severity, Sources,
    line_column, render_text,
};

/// What is wrong with something, told in place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// On one line: `file:line:column: message`.
    pub line: String,
    /// With the line of the file, a caret below it, and what helps.
    pub text: String,
}

impl Problem {
    /// The errors among what was found; none if there are none.
    fn of(sources: &Sources, found: &Diagnostics) -> Option<Self> {
        let mut errors = Diagnostics::new();
        for error in found.iter().filter(|d| d.severity == Severity::Error) {
            errors.push(error.clone());
        }
        let first = *errors.sorted(sources).first()?;
        let line = match sources.get(sources.origin(first.span).source) {
            Some(source) => {
                let (line, column) = line_column(sources, first.span);
                format!("{}:{line}:{column}: {}", source.name, first.message)
            }
            None => first.message.clone(),
        };
        let text = render_text(sources, &errors, false);
        Some(Self { line, text })
    }
}

/// Where a mod comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// It came with the game.
    Game,
    /// It lies in the player's folder.
    Player,
    /// It was named when the game was started: it is on, and over all others.
    Named,
}

impl Origin {
    /// In lower case, for scripts and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Game => "game",
            Self::Player => "player",
            Self::Named => "named",
        }
    }
}

/// Where mods are looked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Places {
    /// Whether those that came with the game count.
    pub bundled: bool,
    /// The player's folder, with `mods` and [`FILE`] in it.
    pub home: Option<PathBuf>,
    /// Mods, and folders of mods, that were named.
    pub named: Vec<PathBuf>,
}

impl Places {
    /// Files and folders in which anything may change.
    pub fn watched(&self) -> Vec<PathBuf> {
        let home = self.home.iter();
        let mut paths: Vec<PathBuf> = home
            .flat_map(|home| [home.join("mods"), home.join(FILE)])
            .collect();
        paths.extend(self.named.iter().cloned());
        paths
    }

    /// All mods that lie there, in their order.
    ///
    /// # Errors
    /// If a folder of mods cannot be read. A mod that cannot be read is among them with its problem.
    pub fn gather(&self) -> Result<Gathered, LayerError> {
        let (choice, problem) = match &self.home {
            Some(home) => Choice::read(home),
            None => (Choice::default(), None),
        };
        let mut own = Vec::new();
        if self.bundled {
            own.extend(Layer::bundled().into_iter().map(|l| (l, Origin::Game)));
        }
        let folder = self.home.as_ref().map(|home| home.join("mods"));
        if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
            let installed = read_mods(&folder)?.into_iter();
            own.extend(installed.map(|layer| (layer, Origin::Player)));
        }
        let about = |(layer, origin): (Layer, Origin)| Found {
            about: layer.about(),
            layer,
            origin,
        };
        let mut own: Vec<Found> = own.into_iter().map(about).collect();
        let mut named: Vec<Found> = Vec::new();
        for path in &self.named {
            let read = read_mods(path)?.into_iter();
            named.extend(read.map(|layer| about((layer, Origin::Named))));
        }
        // Whoever has a mod of the game's own as a copy plays with the copy.
        let others = own.iter().filter(|found| found.origin == Origin::Player);
        let ids: BTreeSet<String> = others.chain(&named).map(|f| f.about.id.clone()).collect();
        own.retain(|found| found.origin != Origin::Game || !ids.contains(&found.about.id));
        let mut mods = choice.sort(own, |found: &Found| &found.about.id);
        mods.extend(named);
        Ok(Gathered {
            mods,
            choice,
            problem,
        })
    }

    /// All that lies there, read and checked.
    ///
    /// # Errors
    /// As [`Places::gather`].
    pub fn load(&self) -> Result<Loaded, LayerError> {
        Ok(self.gather()?.load())
    }
}

/// A mod that lies somewhere.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its files.
    pub layer: Layer,
    /// What it says of itself.
    pub about: About,
    /// Where it comes from.
    pub origin: Origin,
}

/// The mods that lie somewhere, and what is chosen of them.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// All of them, in their order.
    pub mods: Vec<Found>,
    /// What is chosen.
    pub choice: Choice,
    /// Why the file of what is chosen cannot be read, if so.
    pub problem: Option<Problem>,
}

/// A mod in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What it says of itself.
    pub about: About,
    /// The folder that it lies in, by its name.
    pub folder: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is on.
    pub is_on: bool,
    /// Why it is not in use although it is on, if so.
    pub problem: Option<Problem>,
    /// What it has the last word in, over mods below it.
    pub overlaps: Vec<Overlap>,
}

impl Row {
    /// Whether what it holds is played with.
    pub fn is_in_use(&self) -> bool {
        self.is_on && self.problem.is_none()
    }
}

/// Content as it was read and checked.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What can be played.
    pub catalog: Arc<Catalog>,
    /// The mods in use, in their order.
    pub layers: Arc<Vec<Layer>>,
    /// All mods, in the order in which they lie over one another.
    pub mods: Vec<Row>,
    /// Why the file of what is chosen cannot be read, if so.
    pub problem: Option<Problem>,
}

impl Loaded {
    /// Content that was read otherwise, made of these mods; no list of mods goes with it.
    pub fn of(catalog: Arc<Catalog>, layers: Vec<Layer>) -> Self {
        Self {
            catalog,
            layers: Arc::new(layers),
            ..Self::default()
        }
    }
}

impl Gathered {
    fn is_on(&self, found: &Found) -> bool {
        found.origin == Origin::Named || self.choice.is_on(&found.about.id)
    }

    /// What is on, in its order.
    pub fn layers(&self) -> Vec<Layer> {
        let on = self.mods.iter().filter(|found| self.is_on(found));
        on.map(|found| found.layer.clone()).collect()
    }

    /// What of it is in use in a catalogue that was made of it.
    pub fn in_use(&self, catalog: &Catalog) -> Vec<Layer> {
        let statuses = self.statuses(catalog);
        let mut used: Vec<(usize, Layer)> = Vec::new();
        for (found, status) in self.mods.iter().zip(statuses) {
            let known = status.and_then(|at| Some((at, catalog.mods.get(at)?)));
            if let Some((at, _)) = known.filter(|(_, status)| status.problem.is_none()) {
                used.push((at, found.layer.clone()));
            }
        }
        used.sort_by_key(|(at, _)| *at);
        used.into_iter().map(|(_, layer)| layer).collect()
    }

    /// Reads and checks it.
    pub fn load(self) -> Loaded {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        let catalog = Catalog::load(&self.layers(), &mut sources, &mut out);
        let statuses = self.statuses(&catalog);
        let layers = self.in_use(&catalog);
        let rows = self.mods.iter().zip(statuses).map(|(found, at)| {
            let status = at.and_then(|at| catalog.mods.get(at));
            let row = Row {
                about: found.about.clone(),
                folder: found.layer.name.clone(),
                origin: found.origin,
                is_on: self.is_on(found),
                problem: status.and_then(problem),
                overlaps: status.map_or_else(Vec::new, |status| status.overlaps.clone()),
            };
            (at, row)
        });
        Loaded {
            mods: over_one_another(rows.collect()),
            layers: Arc::new(layers),
            catalog: Arc::new(catalog),
            problem: self.problem,
        }
    }

    /// The number of each mod's status in a catalogue that was made of these; none of those that are off.
    fn statuses(&self, catalog: &Catalog) -> Vec<Option<usize>> {
        let mut taken = vec![false; catalog.mods.len()];
        let mut of = |found: &Found| {
            let is_its =
                |status: &ModStatus| status.id == found.about.id || status.id == found.layer.name;
            let mut all = catalog.mods.iter().zip(&mut taken).enumerate();
            let (at, (_, taken)) = all.find(|(_, (status, taken))| !**taken && is_its(status))?;
            *taken = true;
            Some(at)
        };
        let all = self.mods.iter();
        all.map(|found| self.is_on(found).then(|| of(found)).flatten())
            .collect()
    }
}

/// What the catalogue says of a mod that it could not use. The one place where that is read.
fn problem(status: &ModStatus) -> Option<Problem> {
    let line = status.problem.clone()?;
    let text = match status.report.is_empty() {
        true => line.clone(),
        false => status.report.clone(),
    };
    Some(Problem { line, text })
}

/// Rows in the order in which their mods lie over one another; each that is off as soon as all are there that stood
/// before it.
fn over_one_another(rows: Vec<(Option<usize>, Row)>) -> Vec<Row> {
    let mut sorted: Vec<(usize, Option<usize>, Row)> = Vec::new();
    let (on, off): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .enumerate()
        .map(|(at, (order, row))| (at, order, row))
        .partition(|(_, order, _)| order.is_some());
    sorted.extend(on);
    sorted.sort_by_key(|(_, order, _)| *order);
    for (at, order, row) in off {
        let last = sorted.iter().rposition(|(before, ..)| *before < at);
        sorted.insert(last.map_or(0, |last| last + 1), (at, order, row));
    }
    sorted.into_iter().map(|(.., row)| row).collect()
}

/// A folder with a `mod.ron` is a mod; any other is a folder of mods.
///
/// # Errors
/// If it is a folder of mods that cannot be read.
pub fn read_mods(path: &Path) -> Result<Vec<Layer>, LayerError> {
    if path.join("mod.ron").exists() {
        Ok(vec![Layer::of_mod(path)])
    } else {
        Layer::mods(path)
    }
}
