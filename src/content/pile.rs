//! Mods over the shipped content: which of them can be used together. A broken one is left out with all that need it, and
//! takes nobody else along.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Catalog, Diagnostics, Layer, Severity, Sources, Span,
    catalog::{ModStatus, Overlap, build, first_problem},
    kind, render_text,
    schema::Mod,
    settle,
    stack::{Owners, Read, Stack, overlaps},
};

/// Most bytes of all mods together.
const MOST_BYTES: usize = 12 << 20;
/// How often all content is checked to find who breaks it.
const MOST_BUILDS: usize = 40;

/// Mods in the order in which they lie over one another, and what they came to.
pub(super) struct Pile<'a> {
    /// The shipped content, then one with each mod laid over the one before.
    stacks: Vec<Stack>,
    layers: Vec<(&'a Layer, Read)>,
    /// Why some cannot be used.
    broken: BTreeMap<usize, Diagnostics>,
    /// What is to be said of those that can.
    said: Vec<Diagnostics>,
    statuses: Vec<ModStatus>,
    owners: Owners,
}

impl<'a> Pile<'a> {
    /// Reads these layers and puts them in order.
    pub(super) fn new(shipped: Stack, layers: &'a [Layer], sources: &mut Sources) -> Self {
        let mut owners = Owners::default();
        let (mut bytes, mut read) = (0, Vec::new());
        for (index, layer) in layers.iter().enumerate() {
            owners.begin(sources, index);
            bytes += layer
                .files
                .iter()
                .map(|file| file.bytes.len())
                .sum::<usize>();
            read.push(if bytes <= MOST_BYTES {
                Read::of(layer, sources, kind::is_content)
            } else {
                let problem =
                    format!("with this mod there are more than {MOST_BYTES} bytes of mods");
                let rest = Layer {
                    name: layer.name.clone(),
                    problem: Some(problem),
                    ..Layer::default()
                };
                Read::of(&rest, sources, kind::is_content)
            });
        }
        let says: Vec<_> = read.iter().map(|read| read.says.as_ref()).collect();
        let (order, circles) = settle::in_order(&says);
        let mut broken = BTreeMap::new();
        // From here on mods go by their place in the order.
        for (place, index) in order.iter().enumerate() {
            if let (Some(circle), Some(says)) = (circles.get(index), says[*index]) {
                let mut found = Diagnostics::new();
                found
                    .error(
                        "mod-circle",
                        says.id.span,
                        format!("these mods wait for one another: {}", circle.join(", ")),
                    )
                    .help("one of them has to do without the others");
                broken.insert(place, found);
            }
        }
        let mut places = vec![0; order.len()];
        for (place, index) in order.iter().enumerate() {
            places[*index] = place;
        }
        owners.renamed(|index| places.get(index).copied().unwrap_or(index));
        let mut read: Vec<_> = read.into_iter().map(Some).collect();
        let ordered = order
            .iter()
            .filter_map(|index| Some((*index, read.get_mut(*index)?.take()?)));
        Self {
            stacks: vec![shipped],
            layers: ordered
                .map(|(index, read)| (&layers[index], read))
                .collect(),
            broken,
            said: Vec::new(),
            statuses: Vec::new(),
            owners,
        }
    }

    /// The catalogue of all that can be used, and what is wrong with the rest.
    pub(super) fn settled(mut self, sources: &mut Sources, out: &mut Diagnostics) -> Catalog {
        let mut builds = 0;
        let built = loop {
            self.lay(sources);
            let mut errors = Diagnostics::new();
            builds += 1;
            let top = self.stacks.last().map(|stack| &stack.draft);
            match top.and_then(|draft| build(draft, &mut errors)) {
                Some(built) => {
                    let place = self.layers.len();
                    self.said.resize_with(place, Diagnostics::new);
                    self.warn(&errors);
                    break built;
                }
                None if builds < MOST_BUILDS => self.blame(&errors, &mut builds, sources),
                None => {
                    for place in 0..self.layers.len() {
                        self.broken.entry(place).or_insert_with(|| {
                            unknown(
                                "too many mods are broken to find out whether this one is sound",
                            )
                        });
                    }
                    self.stacks.truncate(1);
                }
            }
        };
        self.finish(built, sources, out)
    }

    /// Lays all mods that are not known to be broken over one another, from the first that changed on.
    fn lay(&mut self, sources: &mut Sources) {
        let from = self.stacks.len() - 1;
        self.statuses.truncate(from);
        self.said.truncate(from);
        for place in from..self.layers.len() {
            let mut top = self.stacks.last().cloned().unwrap_or_default();
            let (layer, read) = &self.layers[place];
            let mut found = read.found.clone();
            let mut status = status(layer, read, &self.statuses, &mut found);
            if !self.broken.contains_key(&place) && !found.has_errors() {
                self.owners.begin(sources, place);
                top.lay(place + 1, read, sources, &mut found);
            }
            if found.has_errors() {
                self.broken.entry(place).or_insert_with(|| found.clone());
            }
            if let Some(found) = self.broken.get(&place) {
                status.problem = first_problem(sources, found);
                top = self.stacks.last().cloned().unwrap_or_default();
            }
            self.said.push(found);
            self.statuses.push(status);
            self.stacks.push(top);
        }
    }

    /// Finds who is to blame for these errors: in whose text they lie, or whose text they speak of; else who is the first
    /// with whom there are any.
    fn blame(&mut self, errors: &Diagnostics, builds: &mut usize, sources: &Sources) {
        let mut blamed: BTreeMap<usize, Diagnostics> = BTreeMap::new();
        // Of a thing that several have changed the last one's text is wrong, whoever it was.
        let mut unsure = BTreeSet::new();
        for error in errors.iter().filter(|e| e.severity == Severity::Error) {
            let places = [Some(error.span), error.see.map(|(place, _)| place)];
            let owners = places.into_iter().flatten();
            let owners = owners.filter_map(|place| self.owners.of(place.source));
            let Some(owner) = owners
                .max()
                .filter(|owner| !self.broken.contains_key(owner))
            else {
                continue;
            };
            blamed.entry(owner).or_default().push(error.clone());
            if sources.is_changed(error.span.source) {
                unsure.insert(owner);
            }
        }
        let (mut good, mut bad) = (0, self.layers.len());
        let mut told = errors.clone();
        if let Some(first) = blamed.keys().next().copied() {
            let mut below = Diagnostics::new();
            *builds += 1;
            match build(&self.stacks[first].draft, &mut below) {
                Some(_) => blamed.retain(|owner, _| *owner == first || !unsure.contains(owner)),
                None => {
                    blamed.clear();
                    (bad, told) = (first, below);
                }
            }
        }
        if blamed.is_empty() {
            while bad - good > 1 {
                let middle = good + (bad - good) / 2;
                let mut errors = Diagnostics::new();
                *builds += 1;
                match build(&self.stacks[middle].draft, &mut errors) {
                    Some(_) => good = middle,
                    None => (bad, told) = (middle, errors),
                }
            }
            blamed.insert(bad - 1, told);
        }
        let first = blamed.keys().next().copied().unwrap_or_default();
        self.broken.extend(blamed);
        self.stacks.truncate(first + 1);
    }

    /// Keeps warnings with whom they are about.
    fn warn(&mut self, found: &Diagnostics) {
        for problem in found.iter() {
            let owner = self.owners.of(problem.span.source);
            if let Some(said) = owner.and_then(|owner| self.said.get_mut(owner)) {
                said.push(problem.clone());
            }
        }
    }

    fn finish(self, built: Catalog, sources: &Sources, out: &mut Diagnostics) -> Catalog {
        let mut mods = self.statuses;
        let touched = self.stacks.last().map(|stack| stack.touched.as_slice());
        let over = overlaps(touched.unwrap_or_default(), mods.len());
        let ids: Vec<String> = mods.iter().map(|status| status.id.clone()).collect();
        for (place, status) in mods.iter_mut().enumerate() {
            let found = match self.broken.get(&place) {
                Some(errors) => errors,
                None => &self.said[place],
            };
            status.report = render_text(sources, found, false);
            let over = over.get(place).into_iter().flatten();
            status.overlaps = over
                .filter_map(|(layer, what)| {
                    let over = ids.get(layer.checked_sub(1)?)?.clone();
                    let what = (*what).to_owned();
                    Some(Overlap { over, what })
                })
                .collect();
            for problem in found.iter() {
                out.push(problem.clone());
            }
        }
        Catalog { mods, ..built }
    }
}

fn unknown(why: &str) -> Diagnostics {
    let mut found = Diagnostics::new();
    found.error("unreadable", Span::NOWHERE, why);
    found
}

/// What is known of a mod; problems with its `mod.ron` go to `out`.
fn status(layer: &Layer, read: &Read, below: &[ModStatus], out: &mut Diagnostics) -> ModStatus {
    let Some(says) = &read.says else {
        if !out.has_errors() {
            out.error(
                "no-mod-file",
                Span::NOWHERE,
                format!("`{}` has no mod.ron", layer.name),
            )
            .help("add mod.ron with `(id: \"...\", version: \"...\", game: \"...\")`");
        }
        return ModStatus {
            id: layer.name.clone(),
            name: layer.name.clone(),
            ..ModStatus::default()
        };
    };
    settle::described(says, out);
    settle::fits(says, below, out);
    described(layer, says)
}

/// What a mod says of itself.
pub(super) fn described(layer: &Layer, says: &Mod) -> ModStatus {
    let said = |text: Option<&String>| text.cloned().unwrap_or_default();
    let id = says.id.get().unwrap_or(&layer.name).clone();
    let name = says.name.as_ref().and_then(|name| name.get());
    let excludes = says.excludes.iter().filter_map(|at| at.get().cloned());
    ModStatus {
        name: name.unwrap_or(&id).clone(),
        id,
        version: said(says.version.get()),
        game: said(says.game.get()),
        requires: settle::required(says),
        excludes: excludes.collect(),
        ..ModStatus::default()
    }
}
