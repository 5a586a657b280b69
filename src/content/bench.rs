//! Content with its trials, kept so that parts of it can be changed and loaded again: what `check`, `test` and
//! `systems` stand on, and the record with the courses of its battles. A war is played with the catalogue alone, which
//! knows nothing of these.

mod field;
mod history;
mod sense;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    rc::Rc,
    sync::{Arc, OnceLock},
};

use super::{
    Course, Diagnostics, Edit, Key, Layer, LayerError, ModStatus, Rules, SourceId, Sources, System,
    Trial, catalog,
    chronicle::Chronicle,
    draft::{Draft, Placed, Written},
    edit,
    expand::{Head, expand},
    kind::{self, Kind},
    made::Made,
    pile,
    ron::{self, At, NodeId, Shape, Tree},
    schema::scenario as file,
    settle,
    stack::{self, Read, Stack, Text},
    validate::{self, Check, RuleNames},
};

/// Content with its trials and everything that is wrong with them.
pub struct Bench {
    /// What was read.
    pub sources: Sources,
    /// What is wrong with it.
    pub found: Diagnostics,
    stack: Stack,
    layers: usize,
    /// The sources of the layer that is looked at.
    own: BTreeSet<SourceId>,
    /// Mods in the order of their layers.
    below: Vec<ModStatus>,
    rules: Arc<Rules>,
    trials: BTreeMap<Key<Trial>, Trial>,
    systems: Vec<System>,
    chronicles: Vec<Chronicle>,
    courses: BTreeMap<Key<Course>, Course>,
}

/// Whose courses of battles are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Courses {
    /// Those of the layer whose trials are read.
    Own,
    /// Those of all layers.
    All,
}

/// What a trial is played with.
#[derive(Clone)]
pub struct Played {
    /// All the rules there are.
    pub rules: Arc<Rules>,
    /// The trial, its scenario among it.
    pub trial: Trial,
    reach: OnceLock<Arc<Rules>>,
}

impl Played {
    fn new(rules: Arc<Rules>, trial: Trial) -> Self {
        Self {
            rules,
            trial,
            reach: OnceLock::new(),
        }
    }

    /// What its wars are played with: what they can come to. Worked out when it is first asked for.
    pub fn within_reach(&self) -> Arc<Rules> {
        let of = || Arc::new(self.rules.within_reach(&self.trial.scenario));
        self.reach.get_or_init(of).clone()
    }
}

impl Bench {
    /// The shipped content with layers over it, and the trials of the last layer; of the shipped content, if there is
    /// no layer with files. The same with courses of battles; the record is that of all layers. Problems are in `found`.
    pub fn open(layers: &[Layer]) -> Self {
        Self::with(layers, Courses::Own)
    }

    /// The shipped content with layers over it, and the courses of battles of all of these.
    pub fn of_history(layers: &[Layer]) -> Self {
        Self::with(layers, Courses::All)
    }

    fn with(layers: &[Layer], courses: Courses) -> Self {
        let mut bench = Self {
            sources: Sources::default(),
            found: Diagnostics::new(),
            stack: Stack::default(),
            layers: layers.len(),
            own: BTreeSet::new(),
            below: Vec::new(),
            rules: Arc::default(),
            trials: BTreeMap::new(),
            systems: Vec::new(),
            chronicles: Vec::new(),
            courses: BTreeMap::new(),
        };
        let own = layers.iter().rposition(|layer| !layer.files.is_empty());
        bench.put(0, &Layer::shipped(), own.is_none(), courses);
        for (index, layer) in layers.iter().enumerate() {
            bench.put(index + 1, layer, own == Some(index), courses);
        }
        let mut errors = Diagnostics::new();
        let sound = catalog::build(&bench.stack.draft, &mut errors);
        for error in errors.iter() {
            bench.found.push(error.clone());
        }
        let whole = !bench.found.has_errors();
        let mut scenarios = BTreeMap::new();
        // Without rules everything that a trial names would be unknown.
        if let Some(catalog) = sound {
            bench.rules = Arc::new(catalog.rules);
            scenarios = catalog.scenarios;
            bench.read_trials();
        }
        bench.read_history(whole);
        bench.look_over(&scenarios, own.is_none(), courses == Courses::Own);
        bench
    }

    /// One layer over the shipped content, made of these files and folders.
    ///
    /// # Errors
    /// [`LayerError`] when a path cannot be read at all.
    pub fn of_paths(paths: &[PathBuf]) -> Result<Self, LayerError> {
        let mut layer = Layer {
            name: "check".into(),
            ..Layer::default()
        };
        for path in paths {
            layer.add(path)?;
        }
        Ok(Self::open(&[layer]))
    }

    fn put(&mut self, index: usize, layer: &Layer, own: bool, courses: Courses) {
        let first = self.sources.next();
        let read = Read::of(layer, &mut self.sources, |path| match kind::aside(path) {
            Some(Kind::Chronicle) => true,
            Some(Kind::Course) => own || courses == Courses::All,
            Some(_) => own,
            None => kind::is_content(path),
        });
        if own {
            let sources = self.sources.iter().map(|(id, _)| id);
            self.own.extend(sources.filter(|id| *id >= first));
        }
        for problem in read.found.iter() {
            self.found.push(problem.clone());
        }
        if let Some(says) = &read.says {
            settle::described(says, &mut self.found);
            settle::fits(says, &self.below, &mut self.found);
            self.below.push(pile::described(layer, says));
        }
        self.stack
            .lay(index, &read, &mut self.sources, &mut self.found);
    }

    fn read_trials(&mut self) {
        let written: Vec<Rc<Written>> = self.stack.draft.trials.all();
        let names = RuleNames::of(&self.stack.draft);
        let rules = self.rules.clone();
        for written in &written {
            let Some(field) = self.field_of(written) else {
                continue;
            };
            let mut found = Diagnostics::new();
            let draft = self.stack.draft.clone();
            let trial = self.trial(&draft, &names, &rules, written, field, &mut found);
            for problem in found.iter() {
                self.found.push(problem.clone());
            }
            if let Some(trial) = trial {
                self.trials.insert(trial.id.clone(), trial);
            }
        }
        let known = self.stack.draft.trials.known("trial");
        let draft = self.stack.draft.clone();
        let mut found = Diagnostics::new();
        let mut check = Check::new(&mut found);
        self.systems = draft
            .systems
            .iter()
            .map(|(_, row)| validate::system(&mut check, row, &known, |key| self.has(key)))
            .collect();
        // As they stand in the file, which is the order of the record.
        self.systems
            .sort_by_key(|row| (row.span.source, row.span.start));
        for problem in found.iter() {
            self.found.push(problem.clone());
        }
    }

    /// The trials by id, those that are sound.
    pub fn trials(&self) -> impl Iterator<Item = &Trial> {
        self.trials.values()
    }

    /// A trial.
    pub fn trial_named(&self, id: &str) -> Option<&Trial> {
        self.trials.get(id)
    }

    /// The table of systems in its own order.
    pub fn systems(&self) -> &[System] {
        &self.systems
    }

    /// The record, a chronicle for each document.
    pub fn chronicles(&self) -> &[Chronicle] {
        &self.chronicles
    }

    /// The courses of battles by id.
    pub fn courses(&self) -> impl Iterator<Item = &Course> {
        self.courses.values()
    }

    /// What counts, without any edit.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// What a trial is played with after these edits.
    ///
    /// # Errors
    /// If there is no such trial, or an edit names nothing, or what it makes is not sound; then every problem is in
    /// the list, each at its place in `sources`.
    pub fn played(&mut self, id: &Key<Trial>, edits: &[Edit]) -> Result<Played, Diagnostics> {
        let mut found = Diagnostics::new();
        let Some(written) = self.stack.draft.trials.shared(id.as_str()) else {
            found.error(
                "unknown-id",
                super::Span::NOWHERE,
                format!("there is no trial `{id}`"),
            );
            return Err(found);
        };
        if edits.is_empty()
            && let Some(trial) = self.trials.get(id)
        {
            return Ok(Played::new(self.rules.clone(), trial.clone()));
        }
        let mut draft = self.stack.draft.clone();
        let mut texts: Vec<Text> = Vec::new();
        let mut field = self.field_of(&written).unwrap_or(None);
        for (index, edit) in edits.iter().enumerate() {
            let thing = edit.thing.get().map_or("", String::as_str);
            let path = edit.path.get().map_or("", String::as_str);
            let steps = thing.split('/').chain(path.split('/'));
            let steps: Vec<&str> = steps.filter(|step| !step.is_empty()).collect();
            match steps.split_first() {
                Some((&"field", rest)) => {
                    field = self.edited_field(field, rest, edit, &mut found);
                }
                Some((word, rest)) => {
                    let layer = 2 * (self.layers + 1) + index;
                    let text = self.edited(&texts, word, rest, edit, &mut found);
                    if let Some(text) = text {
                        kind::put(&mut draft, layer, &text.path, &text.tree, &mut found);
                        texts.push(text);
                    }
                }
                None => {
                    found
                        .error("no-such-place", edit.thing.span, "this names nothing")
                        .help("write `kind/id`, or `field`");
                }
            }
        }
        if found.has_errors() {
            return Err(found);
        }
        let names = RuleNames::of(&draft);
        let rules = if texts.is_empty() {
            self.rules.clone()
        } else {
            Arc::new(validate::rules(&mut Check::new(&mut found), &names, &draft))
        };
        let trial = self.trial(&draft, &names, &rules, &written, field, &mut found);
        match trial {
            Some(trial) if !found.has_errors() => Ok(Played::new(rules, trial)),
            _ => {
                if !found.has_errors() {
                    found.error(
                        "unknown-id",
                        written.trial.id.span,
                        "this trial has nothing to play",
                    );
                }
                Err(found)
            }
        }
    }

    /// The field of a trial where it is written; none if it plays a scenario. Nothing if that is broken, which is told.
    fn field_of(&self, written: &Written) -> Option<Option<(Rc<Tree>, NodeId)>> {
        match written.trial.field {
            None => Some(None),
            Some(_) => written
                .tree
                .field(written.node, "field")
                .filter(|_| written.tree.is_sound())
                .map(|node| Some((written.tree.clone(), node))),
        }
    }

    /// A trial with what it plays.
    fn trial(
        &mut self,
        draft: &Draft,
        names: &RuleNames,
        rules: &Rules,
        written: &Written,
        field: Option<(Rc<Tree>, NodeId)>,
        found: &mut Diagnostics,
    ) -> Option<Trial> {
        let trial = &written.trial;
        match (field, &trial.scenario) {
            (Some(_), Some(scenario)) => {
                found
                    .error(
                        "two-fields",
                        scenario.span,
                        "this trial has a scenario and a field of its own",
                    )
                    .help("remove one of them");
                None
            }
            (None, None) => {
                found
                    .error(
                        "no-field",
                        trial.id.span,
                        "this trial has nothing to be played",
                    )
                    .help("add `scenario: \"...\"` or `field: (...)`");
                None
            }
            (None, Some(id)) => {
                let known = draft.scenarios.known("scenario");
                Check::new(found).known::<super::Scenario>(id, &known);
                let placed = draft.scenarios.get(id.get()?)?;
                // What is wrong with the scenario itself is told where it stands.
                let mut unheard = Diagnostics::new();
                let mut made = None;
                validate::scenario_and(
                    &mut Check::new(&mut unheard),
                    names,
                    rules,
                    draft,
                    placed,
                    |scene, scenario| {
                        made = validate::trial(&mut Check::new(found), scene, scenario, trial);
                    },
                )?;
                made
            }
            (Some((tree, node)), None) => {
                let placed = self.written_out(&tree, node, written, found)?;
                let mut heard = Diagnostics::new();
                let mut made = None;
                let scenario = validate::scenario_and(
                    &mut Check::new(found),
                    names,
                    rules,
                    draft,
                    &placed,
                    |scene, scenario| {
                        made = validate::trial(&mut Check::new(&mut heard), scene, scenario, trial);
                    },
                );
                for problem in heard.iter() {
                    found.push(problem.clone());
                }
                made.filter(|_| scenario.is_some())
            }
        }
    }

    /// A field as a scenario.
    fn written_out(
        &mut self,
        tree: &Tree,
        node: NodeId,
        written: &Written,
        found: &mut Diagnostics,
    ) -> Option<Placed> {
        let head = field::head(&written.trial)?;
        let id = head.id.0;
        let made = expand(tree, node, &head, found)?;
        let tree = self.made(&format!("the field of `{id}`"), made, found);
        let scenario = ron::read::<At<file::Scenario>>(&tree, found)?.into_inner()?;
        Some(Placed {
            campaign: None,
            scenario,
        })
    }

    /// A made text as a tree whose problems are told where its pieces come from.
    fn made(&mut self, name: &str, made: Made, found: &mut Diagnostics) -> Tree {
        stack::remade(&mut self.sources, name, made, found)
    }

    fn edited_field(
        &mut self,
        field: Option<(Rc<Tree>, NodeId)>,
        path: &[&str],
        edit: &Edit,
        found: &mut Diagnostics,
    ) -> Option<(Rc<Tree>, NodeId)> {
        let Some((tree, node)) = field else {
            found
                .error(
                    "no-such-place",
                    edit.thing.span,
                    "this trial has no field of its own",
                )
                .help("name what is edited as `kind/id`");
            return None;
        };
        let mut out = Made::default();
        if !edit::write(&mut out, &tree, node, path, edit, found) {
            return Some((tree, node));
        }
        let tree = self.made("an edited field", out, found);
        let root = tree.root()?;
        Some((Rc::new(tree), root))
    }

    /// A thing of the content with an edit carried out, as a file of its own.
    fn edited(
        &mut self,
        newer: &[Text],
        word: &str,
        steps: &[&str],
        edit: &Edit,
        found: &mut Diagnostics,
    ) -> Option<Text> {
        let place = edit.thing.span;
        if kind::named(word).is_none() {
            let help = match super::suggest(word, kind::names().chain(["field"])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "known: field, {}",
                    kind::names().collect::<Vec<_>>().join(", ")
                ),
            };
            found
                .error(
                    "unknown-kind",
                    place,
                    format!("there is no kind of content `{word}`"),
                )
                .help(help);
            return None;
        }
        let Some((text, node, rest)) = self.thing(newer, word, steps) else {
            let id = steps.first().copied().unwrap_or_default();
            found
                .error(
                    "unknown-id",
                    place,
                    format!("there is no `{id}` among `{word}`"),
                )
                .help("write `kind/id` of something that the content has");
            return None;
        };
        let (around, rest) = match text.kind {
            Some(Kind::Constants) => {
                let name = steps.first().copied().unwrap_or_default().replace('-', "_");
                ((format!("({name}: "), ")"), rest)
            }
            Some(Kind::Campaign | Kind::Map | Kind::Scenario) => ((String::new(), ""), rest),
            _ => ((String::from("["), "]"), rest),
        };
        let mut out = Made::default();
        out.word(&around.0, place);
        if !edit::write(&mut out, &text.tree, node, &rest, edit, found) {
            return None;
        }
        out.word(around.1, place);
        let tree = self.made(&format!("{}, edited", text.path), out, found);
        Some(Text {
            kind: text.kind,
            path: text.path,
            tree: Rc::new(tree),
        })
    }

    /// The newest text of a thing, the thing in it, and what is left of the path.
    fn thing<'p>(
        &self,
        newer: &[Text],
        word: &str,
        steps: &[&'p str],
    ) -> Option<(Text, NodeId, Vec<&'p str>)> {
        stack::thing(self.stack.texts.iter().chain(newer).rev(), word, steps)
    }

    /// Whether a key of a system's data names something: `kind/id`, `kind/id/field`, a kind alone, or a thing within
    /// any scenario or map (`terms/...`, `sites/...`).
    pub fn has(&self, key: &str) -> bool {
        let steps: Vec<&str> = key.split('/').collect();
        let Some((word, rest)) = steps.split_first() else {
            return false;
        };
        if kind::named(word).is_some() {
            if rest.is_empty() {
                return true;
            }
            return self
                .thing(&[], word, rest)
                .is_some_and(|(text, node, path)| edit::at(&text.tree, node, &path).is_some());
        }
        let inner = |text: &Text| {
            let tree = &text.tree;
            tree.root()
                .is_some_and(|root| within(tree, root, word, rest))
        };
        let wars = [Some(Kind::Scenario), Some(Kind::Map)];
        let mut texts = self
            .stack
            .texts
            .iter()
            .filter(|text| wars.contains(&text.kind));
        !rest.is_empty() && texts.any(inner)
    }
}

/// Whether a field of this name somewhere in the value has such a member.
fn within(tree: &Tree, node: NodeId, word: &str, rest: &[&str]) -> bool {
    match tree.shape(node) {
        Shape::Struct { fields, .. } => fields.iter().any(|field| {
            let named = tree.name(field.name) == word;
            named && edit::at(tree, field.value, rest).is_some()
                || within(tree, field.value, word, rest)
        }),
        _ => false,
    }
}
