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
    sync::Arc,
};

use super::{
    Course, Diagnostics, Edit, Key, Layer, LayerError, Rules, Source, SourceId, Sources, System,
    Trial, catalog,
    chronicle::Chronicle,
    draft::{Draft, Placed, Written},
    edit,
    expand::{Head, expand},
    kind::{self, Kind},
    made::Made,
    ron::{self, At, NodeId, Shape, Tree},
    schema::scenario as file,
    validate::{self, Check, RuleNames},
};

/// Content with its trials and everything that is wrong with them.
pub struct Bench {
    /// What was read.
    pub sources: Sources,
    /// What is wrong with it.
    pub found: Diagnostics,
    draft: Draft,
    texts: Vec<Text>,
    layers: usize,
    /// The sources of the layer that is looked at.
    own: BTreeSet<SourceId>,
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

/// A file that was read.
#[derive(Clone)]
pub(crate) struct Text {
    kind: Option<Kind>,
    path: String,
    tree: Rc<Tree>,
}

/// What a trial is played with.
#[derive(Clone)]
pub struct Played {
    /// What counts.
    pub rules: Arc<Rules>,
    /// The trial, its scenario among it.
    pub trial: Trial,
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
            draft: Draft::default(),
            texts: Vec::new(),
            layers: layers.len(),
            own: BTreeSet::new(),
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
        let sound = catalog::build(&bench.draft, &mut bench.found);
        let whole = sound.is_some();
        let mut scenarios = BTreeMap::new();
        if let Some(catalog) = sound {
            bench.rules = Arc::new(catalog.rules);
            scenarios = catalog.scenarios;
        }
        bench.read_trials();
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
        if let Some(problem) = &layer.problem {
            let span = super::Span::NOWHERE;
            self.found.error("unreadable", span, problem.clone());
        }
        for file in &layer.files {
            let read = match kind::aside(&file.path) {
                Some(Kind::Chronicle) => true,
                Some(Kind::Course) => own || courses == Courses::All,
                Some(_) => own,
                None => kind::is_content(&file.path),
            };
            if !read {
                continue;
            }
            let Some(id) = self
                .sources
                .add_bytes(&file.shown, &file.bytes, &mut self.found)
            else {
                continue;
            };
            let Some(text) = self.sources.get(id).map(|source| source.text.clone()) else {
                continue;
            };
            if own {
                self.own.insert(id);
            }
            let tree = ron::parse(id, &text, &mut self.found);
            let says = kind::put(&mut self.draft, index, &file.path, &tree, &mut self.found);
            if let Some(says) = says {
                catalog::described(&says, &mut self.found);
            }
            self.texts.push(Text {
                kind: kind::of(&file.path, &tree),
                path: file.path.clone(),
                tree: Rc::new(tree),
            });
        }
    }

    fn read_trials(&mut self) {
        let written: Vec<Rc<Written>> = self.draft.trials.all();
        let names = RuleNames::of(&self.draft);
        let rules = self.rules.clone();
        for written in &written {
            let Some(field) = self.field_of(written) else {
                continue;
            };
            let mut found = Diagnostics::new();
            let draft = self.draft.clone();
            let trial = self.trial(&draft, &names, &rules, written, field, &mut found);
            for problem in found.iter() {
                self.found.push(problem.clone());
            }
            if let Some(trial) = trial {
                self.trials.insert(trial.id.clone(), trial);
            }
        }
        let known = self.draft.trials.known("trial");
        let draft = self.draft.clone();
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
        let Some(written) = self.draft.trials.shared(id.as_str()) else {
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
            return Ok(Played {
                rules: self.rules.clone(),
                trial: trial.clone(),
            });
        }
        let mut draft = self.draft.clone();
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
                    let layer = self.layers + 1 + index;
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
            Some(trial) if !found.has_errors() => Ok(Played { rules, trial }),
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
        let id = self.sources.add(Source::made(name, made));
        let text = self.sources.get(id).map(|source| source.text.clone());
        ron::parse(id, text.as_deref().unwrap_or_default(), found)
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
        let kind = kind::named(word)?;
        let (id, rest) = steps.split_first()?;
        let all = self.texts.iter().chain(newer).rev();
        for text in all.filter(|text| text.kind == Some(kind)) {
            let Some(root) = text.tree.root() else {
                continue;
            };
            let found = match text.tree.shape(root) {
                Shape::List(items) => items
                    .iter()
                    .copied()
                    .rfind(|item| edit::answers_to(&text.tree, *item, id)),
                _ if kind == Kind::Constants => edit::named(&text.tree, root, id),
                _ => Some(root).filter(|root| edit::answers_to(&text.tree, *root, id)),
            };
            if let Some(node) = found {
                return Some((text.clone(), node, rest.to_vec()));
            }
        }
        None
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
        let mut texts = self.texts.iter().filter(|text| wars.contains(&text.kind));
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
