//! The catalogue: everything that can be played, checked. The shipped content with layers over it.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::{
    Bench, Campaign, Diagnostics, Key, Layer, LayerError, Rules, Scenario, Sources, Span,
    diagnostic::allow,
    draft::Draft,
    kind, line_column, ron,
    schema::Mod,
    validate::{self, Check, RuleNames},
};

/// A mod that was found, whether or not it could be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModStatus {
    /// Its id; the folder's name where its `mod.ron` could not be read.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the game that it was made for.
    pub game: String,
    /// Mods that must stand before it.
    pub requires: Vec<String>,
    /// The first problem that kept it from being used; `None`: it is in use.
    pub problem: Option<String>,
}

/// Everything that can be played.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// What counts in every war.
    pub rules: Rules,
    /// Campaigns by the name of their folder.
    pub campaigns: BTreeMap<String, Campaign>,
    /// Scenarios by id; a war that is fought shares its own.
    pub scenarios: BTreeMap<Key<Scenario>, Arc<Scenario>>,
    /// Mods in the order of their layers, broken ones too.
    pub mods: Vec<ModStatus>,
}

impl Catalog {
    /// What came with the game, without any mod.
    pub fn shipped() -> Self {
        let mut out = Diagnostics::new();
        Self::load(&[], &mut Sources::default(), &mut out)
    }

    /// The scenario to begin with, and its id: the longest war of two seats, which is what a person came for; lessons are
    /// beside it, and wars of many seats are for later. If none has two seats the longest of all.
    pub fn first(&self) -> Option<(&Key<Scenario>, &Arc<Scenario>)> {
        let all = self.scenarios.iter();
        all.max_by_key(|(_, s)| (s.seats.len() == 2, s.turns))
    }

    /// The guided scenario for whoever begins, and its id: of those that have a guide the first by date.
    pub fn guided(&self) -> Option<(&Key<Scenario>, &Arc<Scenario>)> {
        let all = self.scenarios.iter();
        all.filter(|(_, s)| s.guide.is_some())
            .min_by_key(|(key, s)| (s.calendar.start, *key))
    }

    /// The shipped content with these mods over it, later ones over earlier ones. A broken mod is
    /// listed with its problem and left out; `out` has all problems.
    pub fn load(layers: &[Layer], sources: &mut Sources, out: &mut Diagnostics) -> Self {
        let mut draft = Draft::default();
        let mut shipped = Diagnostics::new();
        put(&mut draft, 0, &Layer::shipped(), sources, &mut shipped);
        let built = build(&draft, &mut shipped);
        let mut catalog =
            built.expect("invariant: a test proves that the shipped content has no errors");
        for (index, layer) in in_order(layers).into_iter().enumerate() {
            let mut found = Diagnostics::new();
            let mut over = draft.clone();
            let says = put(&mut over, index + 1, layer, sources, &mut found);
            let mut status = status(layer, says.as_ref(), &catalog.mods, &mut found);
            match build(&over, &mut found) {
                Some(built) => {
                    let mods = std::mem::take(&mut catalog.mods);
                    catalog = Self { mods, ..built };
                    draft = over;
                }
                None => status.problem = first_problem(sources, &found),
            }
            catalog.mods.push(status);
            for problem in found.iter() {
                out.push(problem.clone());
            }
        }
        // What is wrong with allowing comments is told by `check`, which makes all checks.
        allow(sources, out, &[], |_| false);
        catalog
    }
}

/// Checks files and folders as one layer over the shipped content, with the trials among them; without a path, the
/// shipped content itself.
///
/// # Errors
/// [`LayerError`] when a path cannot be read at all; everything wrong inside files is in the
/// diagnostics.
pub fn check(paths: &[PathBuf]) -> Result<(Sources, Diagnostics), LayerError> {
    let bench = Bench::of_paths(paths)?;
    Ok((bench.sources, bench.found))
}

/// Checks one layer over the shipped content, with the trials in it.
pub fn check_layer(layer: &Layer) -> (Sources, Diagnostics) {
    let bench = Bench::open(std::slice::from_ref(layer));
    (bench.sources, bench.found)
}

/// Puts the files of a layer into the draft, and its own problem into `out`; gives back what its `mod.ron` says.
fn put(
    draft: &mut Draft,
    index: usize,
    layer: &Layer,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Mod> {
    let mut says = None;
    if let Some(problem) = &layer.problem {
        out.error("unreadable", Span::NOWHERE, problem.clone());
    }
    for file in layer
        .files
        .iter()
        .filter(|file| kind::is_content(&file.path))
    {
        let Some(id) = sources.add_bytes(&file.shown, &file.bytes, out) else {
            continue;
        };
        let Some(text) = sources.get(id).map(|source| source.text.clone()) else {
            continue;
        };
        let tree = ron::parse(id, &text, out);
        if let Some(found) = kind::put(draft, index, &file.path, &tree, out) {
            says = Some(found);
        }
    }
    says
}

/// Layers so that each comes after those that it requires, otherwise as they are; what can never be
/// satisfied comes last.
fn in_order(layers: &[Layer]) -> Vec<&Layer> {
    let mut waiting: Vec<(&Layer, Option<Mod>)> =
        layers.iter().map(|layer| (layer, says(layer))).collect();
    let mut ordered = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    loop {
        let ready = |(_, says): &(&Layer, Option<Mod>)| {
            let needed = says.iter().flat_map(|says| &says.requires);
            needed.filter_map(|at| at.get()).all(|id| ids.contains(id))
        };
        let Some(next) = waiting.iter().position(ready) else {
            break;
        };
        let (layer, says) = waiting.remove(next);
        ids.extend(says.and_then(|says| says.id.into_inner()));
        ordered.push(layer);
    }
    ordered.extend(waiting.into_iter().map(|(layer, _)| layer));
    ordered
}

/// What the `mod.ron` of a layer says, if it can be read; its problems are told when it is put in.
fn says(layer: &Layer) -> Option<Mod> {
    let file = layer.files.iter().find(|file| file.path == "mod.ron")?;
    let (mut sources, mut unheard) = (Sources::default(), Diagnostics::new());
    let id = sources.add_bytes(&file.shown, &file.bytes, &mut unheard)?;
    let text = sources.get(id)?.text.clone();
    ron::read(&ron::parse(id, &text, &mut unheard), &mut unheard)
}

/// The catalogue of a draft; `None` if it has errors, which are then in `out`.
pub(super) fn build(draft: &Draft, out: &mut Diagnostics) -> Option<Catalog> {
    let mut found = Diagnostics::new();
    let mut check = Check::new(&mut found);
    let names = RuleNames::of(draft);
    let rules = validate::rules(&mut check, &names, draft);
    let mut catalog = Catalog::default();
    let campaigns = draft.campaigns.known("campaign");
    for (id, placed) in draft.scenarios.iter() {
        if let Some(campaign) = placed.campaign.as_deref().filter(|c| !campaigns.has(c)) {
            check.error(
                "no-campaign",
                placed.scenario.id.span,
                format!("the folder `{campaign}` has no campaign of that id"),
                &format!("add scenarios/{campaign}/campaign.ron with `id: \"{campaign}\"`"),
            );
        }
        if let Some(scenario) = validate::scenario(&mut check, &names, &rules, draft, placed) {
            catalog.scenarios.insert(Key::new(id), Arc::new(scenario));
        }
    }
    for (id, file) in draft.campaigns.iter() {
        let campaign = Campaign {
            title: check.text(&file.title, "title"),
            summary: check.text(&file.summary, "summary"),
            links: validate::links(&mut check, &names, draft, &catalog.scenarios, file),
        };
        catalog.campaigns.insert(id.into(), campaign);
    }
    for (_, ranked) in draft.forces.iter() {
        validate::listed(&mut check, &names, &rules, &ranked.listed);
    }
    validate::lone_maps(&mut check, &names, draft);
    catalog.rules = rules;
    // Two scenarios on one map tell its problems twice.
    let mut told = std::collections::BTreeSet::new();
    for problem in found.iter() {
        if told.insert((problem.span, problem.code, problem.message.clone())) {
            out.push(problem.clone());
        }
    }
    (!out.has_errors()).then_some(catalog)
}

/// What is known of a mod; problems with its `mod.ron` go to `out`.
fn status(
    layer: &Layer,
    says: Option<&Mod>,
    before: &[ModStatus],
    out: &mut Diagnostics,
) -> ModStatus {
    let said = |text: Option<&String>| text.cloned().unwrap_or_default();
    let Some(says) = says else {
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
            version: String::new(),
            game: String::new(),
            requires: Vec::new(),
            problem: None,
        };
    };
    described(says, out);
    for needed in &says.requires {
        let Some(id) = needed.get() else { continue };
        if !before
            .iter()
            .any(|other| other.id == *id && other.problem.is_none())
        {
            out.error(
                "missing-mod",
                needed.span,
                format!("this needs the mod `{id}`, which is not in use before it"),
            )
            .help(format!("install `{id}`, or repair it"));
        }
    }
    let id = says.id.get().cloned().unwrap_or_else(|| layer.name.clone());
    if before.iter().any(|other| other.id == id) {
        out.error(
            "duplicate-id",
            says.id.span,
            format!("another mod is called `{id}`"),
        )
        .help("remove one of them");
    }
    ModStatus {
        name: says
            .name
            .as_ref()
            .and_then(|n| n.get())
            .unwrap_or(&id)
            .clone(),
        version: said(says.version.get()),
        game: said(says.game.get()),
        requires: says
            .requires
            .iter()
            .filter_map(|at| at.get().cloned())
            .collect(),
        id,
        problem: None,
    }
}

/// Checks what a `mod.ron` says by itself.
pub(super) fn described(says: &Mod, out: &mut Diagnostics) {
    let mut check = Check::new(out);
    check.id::<ModStatus>(&says.id);
    check.text(&says.version, "version");
    check.text(&says.game, "game");
    let ours = env!("CARGO_PKG_VERSION");
    let series = |version: &str| version.split('.').take(2).collect::<Vec<_>>().join(".");
    if let Some(game) = says.game.get().filter(|game| series(game) != series(ours)) {
        check.warning(
            "other-version",
            says.game.span,
            format!("made for version {game} of the game; this is {ours}"),
            "try it, and raise the number if all is well",
        );
    }
}

/// `file:line:column: message` of the first error.
fn first_problem(sources: &Sources, found: &Diagnostics) -> Option<String> {
    let first = found
        .sorted(sources)
        .into_iter()
        .find(|d| d.severity == super::Severity::Error)?;
    let message = &first.message;
    Some(match sources.get(sources.origin(first.span).source) {
        Some(source) => {
            let (line, column) = line_column(sources, first.span);
            format!("{}:{line}:{column}: {message}", source.name)
        }
        None => message.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{LayerFile, render_text};

    fn mod_of(id: &str, requires: &str, rule: &str) -> Layer {
        let about =
            format!("(id: \"{id}\", version: \"1\", game: \"0.1\", requires: [{requires}])");
        let file = |path: &str, text: &str| LayerFile {
            path: path.into(),
            shown: format!("{id}/{path}"),
            bytes: text.into(),
        };
        Layer {
            name: id.into(),
            files: vec![file("mod.ron", &about), file("rules/stocks.ron", rule)],
            problem: None,
        }
    }

    fn load(layers: &[Layer]) -> (Catalog, String) {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        let catalog = Catalog::load(layers, &mut sources, &mut out);
        (catalog, render_text(&sources, &out, false))
    }

    const STOCK: &str = "[(id: \"ice\", name: \"Ice\")]";

    #[test]
    fn shipped_content_checks_clean() {
        let (sources, found) = check(&[]).expect("nothing is read from disk");
        assert!(found.is_empty(), "{}", render_text(&sources, &found, false));
        assert!(!Catalog::shipped().scenarios.is_empty());
    }

    #[test]
    fn mods_stand_over_one_another_in_the_order_of_their_needs() {
        let first = mod_of("a-first", "\"z-last\"", "[(id: \"ice\", name: \"Frost\")]");
        let (catalog, said) = load(&[first, mod_of("z-last", "", STOCK)]);
        assert_eq!(said, "");
        let order: Vec<_> = catalog.mods.iter().map(|m| m.id.as_str()).collect();
        assert_eq!(order, ["z-last", "a-first"]);
        assert_eq!(catalog.rules.stocks["ice"].name, "Frost");
    }

    #[test]
    fn a_broken_mod_stays_listed_and_takes_only_itself_and_what_needs_it_along() {
        let layers = [
            mod_of("bad", "", "[(id: \"ice\")]"),
            mod_of("good", "", STOCK),
            mod_of("needy", "\"bad\"", STOCK),
            mod_of("lost", "\"nowhere\"", STOCK),
            Layer {
                name: "locked".into(),
                problem: Some("cannot read locked".into()),
                ..Layer::default()
            },
        ];
        let (catalog, said) = load(&layers);
        let problems: Vec<_> = catalog
            .mods
            .iter()
            .map(|m| (m.id.as_str(), m.problem.is_some()))
            .collect();
        let expected = [
            ("bad", true),
            ("good", false),
            ("needy", true),
            ("locked", true),
            ("lost", true),
        ];
        assert_eq!(problems, expected);
        assert!(
            said.contains("missing-mod") && said.contains("missing-field"),
            "{said}"
        );
        assert_eq!(catalog.rules.stocks["ice"].name, "Ice");
    }
}
