//! The catalogue: everything that can be played, checked. The shipped content with layers over it.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use super::{
    Bench, Campaign, Diagnostics, Key, Layer, LayerError, Looks, Rules, Scenario, Sources,
    diagnostic::allow,
    draft::Draft,
    kind, line_column,
    pile::Pile,
    stack::{Read, Stack},
    validate::{self, Check, RuleNames},
};

/// A mod that was found, whether or not it could be used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
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
    /// Mods that it cannot be used with.
    pub excludes: Vec<String>,
    /// The first problem that kept it from being used; `None`: it is in use.
    pub problem: Option<String>,
    /// All that is wrong with it, for people, each with its place; empty, if nothing is.
    pub report: String,
    /// What it has a say in that mods below it have a say in, too: it has the last word.
    pub overlaps: Vec<Overlap>,
}

/// A thing that two mods have a say in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overlap {
    /// The mod below.
    pub over: String,
    /// What, as a path: `classes/battleship`.
    pub what: String,
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
    /// How the chart looks.
    pub looks: Looks,
    /// Mods in the order of their layers, broken ones too.
    pub mods: Vec<ModStatus>,
}

impl Catalog {
    /// Campaigns with their ids, as they stand in lists.
    pub fn campaigns_in_order(&self) -> impl Iterator<Item = (&str, &Campaign)> {
        let mut all: Vec<_> = self.campaigns.iter().collect();
        all.sort_by_key(|(id, campaign)| (campaign.place, *id));
        all.into_iter().map(|(id, c)| (id.as_str(), c))
    }

    /// What came with the game, without any mod.
    pub fn shipped() -> Self {
        let mut out = Diagnostics::new();
        Self::load(&[], &mut Sources::default(), &mut out)
    }

    /// The rules that came with the game, without any mod: what is made to stand by itself is made of these.
    pub fn shipped_rules() -> &'static Rules {
        static RULES: LazyLock<Rules> = LazyLock::new(|| Catalog::shipped().rules);
        &RULES
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

    /// The shipped content with these mods over it, later ones over earlier ones, as far as what they ask for allows. A
    /// broken mod is listed with its problem and left out; `out` has all problems.
    pub fn load(layers: &[Layer], sources: &mut Sources, out: &mut Diagnostics) -> Self {
        let mut shipped = Diagnostics::new();
        let read = Read::of(&Layer::shipped(), sources, kind::is_content);
        let mut stack = Stack::default();
        stack.lay(0, &read, sources, &mut shipped);
        let catalog = match layers {
            [] => build(&stack.draft, &mut shipped)
                .expect("invariant: a test proves that the shipped content has no errors"),
            _ => Pile::new(stack, layers, sources).settled(sources, out),
        };
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
            place: check.number_or(&file.place, 0..=1000, "place", 500),
            links: validate::links(&mut check, &names, draft, &catalog.scenarios, file),
        };
        catalog.campaigns.insert(id.into(), campaign);
    }
    for (_, ranked) in draft.forces.iter() {
        validate::listed(&mut check, &names, &rules, &ranked.listed);
    }
    validate::lone_maps(&mut check, &names, draft);
    catalog.looks = validate::looks(&mut check, draft, &draft.terrain.known("terrain"));
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

/// `file:line:column: message` of the first error.
pub(super) fn first_problem(sources: &Sources, found: &Diagnostics) -> Option<String> {
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
            ("lost", true),
            ("locked", true),
        ];
        assert_eq!(problems, expected);
        assert!(
            said.contains("missing-mod") && said.contains("missing-field"),
            "{said}"
        );
        assert_eq!(catalog.rules.stocks["ice"].name, "Ice");
    }
}
