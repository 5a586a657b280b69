//! What kind of content a file holds: told by its folder and name, else by its fields.

use super::{
    diagnostic::{Diagnostics, Span, suggest},
    draft::{Changes, Draft, Placed, Ranked, Shelf, Shelved, Written},
    ron::{At, Shape, Tree, read},
    schema::{Mod, change::Change, constants, scenario, trial},
    validate::Check,
};

use std::rc::Rc;

use serde::de::DeserializeOwned;

/// A kind of content file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Mod,
    /// What a mod changes of things that it does not write anew.
    Changes,
    /// Colours of the chart.
    Palettes,
    /// How terrain is drawn.
    Textures,
    Constants,
    Stocks,
    Weapons,
    Classes,
    Terrain,
    Stances,
    Postures,
    Meetings,
    Meters,
    Traits,
    Commanders,
    SiteKinds,
    Deeds,
    Campaign,
    /// The order of battle of a campaign.
    Forces,
    Map,
    Scenario,
    /// Trials: a mod's own, and the proofs of the game.
    Trials,
    /// The table of systems.
    Systems,
    /// The record of a document.
    Chronicle,
    /// The recorded course of a scenario.
    Course,
}

/// Names of the files under `rules`, and the fields by which a lone file of this kind is known.
const RULES: [(Kind, &str, &str); 13] = [
    (
        Kind::Constants,
        "constants",
        "bout_rate bout_luck bout_strain knowledge sensors crowd rest drift leashes supply_days",
    ),
    (Kind::Stocks, "stocks", "id name reserve troops"),
    (
        Kind::Weapons,
        "weapons",
        "id name trigger stock range accuracy falloff accuracy_cap damage tempo interceptable scatter reveals shakes modifiers",
    ),
    (
        Kind::Classes,
        "classes",
        "id name role hull speed weapons magazine intercept modifiers special",
    ),
    (
        Kind::Terrain,
        "terrain",
        "id name summary frontage cover stops modifiers",
    ),
    (
        Kind::Stances,
        "stances",
        "id name summary family otherwise prepares passes slowed_to fixed lures holds needs_readiness upkeep modifiers",
    ),
    (
        Kind::Postures,
        "postures",
        "id name summary special moves shelters interdicts evades besieges supports stays readiness modifiers",
    ),
    (
        Kind::Meetings,
        "meetings",
        "attack defend attacker defender bouts lures ground",
    ),
    (
        Kind::Meters,
        "meters",
        "id name summary special on range start bears growth thresholds",
    ),
    (Kind::Traits, "traits", "id name summary modifiers until"),
    (
        Kind::Commanders,
        "commanders",
        "id name summary traits captive source",
    ),
    (
        Kind::SiteKinds,
        "site-kinds",
        "id name summary depot supply track repair follows endurance shields shield structure weapons makes meters voids grid fed defiant guards modifiers bears",
    ),
    (
        Kind::Deeds,
        "deeds",
        "id name summary target whose reach when at cost takes chance modifiers special once secret success failure",
    ),
];

/// Fields by which other lone files are known.
const OTHERS: [(Kind, &str); 6] = [
    (
        Kind::Chronicle,
        "document title first_day counted factions places persons entries contradictions",
    ),
    (
        Kind::Course,
        "id document scenario sides places before orders battles",
    ),
    (
        Kind::Mod,
        "id name version game schema requires after excludes",
    ),
    (Kind::Campaign, "id title summary place links"),
    (Kind::Map, "id regions sectors lanes worlds"),
    (
        Kind::Scenario,
        "id title summary briefing calendar turns map own_map sides seats factions relations staging owners sites forces events pacts objectives verdict with guide",
    ),
];

/// Lists by whose fields lone files are known beside the rules.
const LISTS: [(Kind, &str); 3] = [
    (Kind::Forces, "id name faction ships stocks traits source"),
    (
        Kind::Trials,
        "id what field players orders turns seeds expect neutral moves decision reads",
    ),
    (
        Kind::Systems,
        "id document section name what source mechanism kind data proofs",
    ),
];

/// Whether a file of this path is played with: the record is read elsewhere, trials where they are asked for.
pub(crate) fn is_content(path: &str) -> bool {
    let path = path.strip_prefix("assets/").unwrap_or(path);
    !["battles/", "seeds/", "text/", "tests/"]
        .iter()
        .any(|folder| path.starts_with(folder))
}

/// The kind of a file of this path that no war is played with: trials, the table of systems, a chronicle, a course.
pub(crate) fn aside(path: &str) -> Option<Kind> {
    by_path(path).filter(|kind| {
        matches!(
            kind,
            Kind::Trials | Kind::Systems | Kind::Chronicle | Kind::Course
        )
    })
}

/// The kind by its name in keys: `weapons`, `scenarios`.
pub(crate) fn named(word: &str) -> Option<Kind> {
    keyed()
        .find(|(_, name)| *name == word)
        .map(|(kind, _)| kind)
}

/// Its name in keys; none, if it has no keys.
pub(crate) fn word(kind: Kind) -> Option<&'static str> {
    keyed()
        .find(|(other, _)| *other == kind)
        .map(|(_, name)| name)
}

/// Names of all kinds in keys.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    keyed().map(|(_, name)| name)
}

/// The kinds whose things have keys, and what they are called in these.
fn keyed() -> impl Iterator<Item = (Kind, &'static str)> {
    let others = [
        (Kind::Campaign, "campaigns"),
        (Kind::Forces, "forces"),
        (Kind::Map, "maps"),
        (Kind::Scenario, "scenarios"),
    ];
    let rules = RULES.iter().map(|(kind, name, _)| (*kind, *name));
    rules.chain(others)
}

/// The kind that the path tells.
fn by_path(path: &str) -> Option<Kind> {
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let stem = name.strip_suffix(".ron").unwrap_or(name);
    if let Some(top) = folders.iter().rposition(|folder| *folder == "scenarios") {
        return match folders.len() - top {
            2 if stem == "campaign" => Some(Kind::Campaign),
            2 if stem == "forces" => Some(Kind::Forces),
            2 => Some(Kind::Scenario),
            3 if folders[top + 2] == "maps" => Some(Kind::Map),
            _ => None,
        };
    }
    if folders.is_empty() && stem == "mod" {
        return Some(Kind::Mod);
    }
    if folders.last() == Some(&"looks") {
        return match stem {
            "palettes" => Some(Kind::Palettes),
            "terrain" => Some(Kind::Textures),
            _ => None,
        };
    }
    if stem == "changes" || folders.last() == Some(&"changes") {
        return Some(Kind::Changes);
    }
    if folders
        .last()
        .is_some_and(|f| matches!(*f, "tests" | "proofs"))
    {
        return Some(Kind::Trials);
    }
    if folders.last() == Some(&"battles") {
        return Some(Kind::Course);
    }
    if stem == "systems" {
        return Some(Kind::Systems);
    }
    if folders.last() == Some(&"seeds") {
        return Some(Kind::Chronicle);
    }
    let named = |word: &str| {
        RULES
            .iter()
            .find(|(_, name, _)| *name == word)
            .map(|(kind, ..)| *kind)
    };
    named(stem).or_else(|| folders.last().and_then(|folder| named(folder)))
}

/// The campaign whose folder holds this file.
pub(crate) fn campaign_of(path: &str) -> Option<String> {
    let mut parts = path
        .split('/')
        .skip_while(|part| *part != "scenarios")
        .skip(1);
    let campaign = parts.next()?;
    parts.next().map(|_| campaign.to_owned())
}

/// The kind whose fields these are, as far as one fits better than the others.
fn by_fields(tree: &Tree) -> Option<Kind> {
    let root = tree.root()?;
    let (thing, list) = match tree.shape(root) {
        Shape::List(items) => (*items.first()?, true),
        _ => (root, false),
    };
    let Shape::Struct { fields, .. } = tree.shape(thing) else {
        return None;
    };
    let score = |known: &str| {
        let known: Vec<&str> = known.split(' ').collect();
        let hits = fields.iter().filter(|f| known.contains(&tree.name(f.name)));
        // Of two kinds with as many hits, the one with fewer fields fits better.
        (hits.count(), usize::MAX - known.len())
    };
    let rules = RULES
        .iter()
        .filter(|(kind, ..)| !list || *kind != Kind::Constants)
        .map(|(kind, _, known)| (*kind, *known));
    let others = OTHERS.iter().filter(|_| !list).copied();
    rules
        .chain(others)
        .chain(LISTS)
        .max_by_key(|(_, known)| score(known))
        .filter(|(_, known)| score(known).0 > 0)
        .map(|(kind, _)| kind)
}

/// The kind of a file, by its path or else by its fields.
pub(crate) fn of(path: &str, tree: &Tree) -> Option<Kind> {
    by_path(path).or_else(|| by_fields(tree))
}

/// What a file of rules may be called.
fn rule_names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(_, name, _)| *name)
}

/// Puts what one file says into the draft; a `mod.ron` is given back.
pub(crate) fn put(
    draft: &mut Draft,
    layer: usize,
    path: &str,
    tree: &Tree,
    out: &mut Diagnostics,
) -> Option<Mod> {
    let Some(kind) = of(path, tree) else {
        unknown_kind(path, tree, out);
        return None;
    };
    match kind {
        Kind::Mod => return read(tree, out),
        Kind::Changes => draft.changes.extend(changes(tree, out)),
        Kind::Palettes => draft.palettes.extend(read(tree, out).map(Rc::new)),
        Kind::Textures => draft.textures.extend(read(tree, out).map(Rc::new)),
        Kind::Constants => {
            if let Some(at) = read::<At<constants::Constants>>(tree, out) {
                let span = at.span;
                draft
                    .constants
                    .extend(at.into_inner().map(|c| (span, c.into())));
            }
        }
        Kind::Stocks => things(&mut draft.stocks, layer, tree, out),
        Kind::Weapons => things(&mut draft.weapons, layer, tree, out),
        Kind::Classes => things(&mut draft.classes, layer, tree, out),
        Kind::Terrain => things(&mut draft.terrain, layer, tree, out),
        Kind::Stances => things(&mut draft.stances, layer, tree, out),
        Kind::Postures => things(&mut draft.postures, layer, tree, out),
        Kind::Meetings => things(&mut draft.meetings, layer, tree, out),
        Kind::Meters => things(&mut draft.meters, layer, tree, out),
        Kind::Traits => things(&mut draft.traits, layer, tree, out),
        Kind::Commanders => things(&mut draft.commanders, layer, tree, out),
        Kind::SiteKinds => things(&mut draft.site_kinds, layer, tree, out),
        Kind::Deeds => things(&mut draft.deeds, layer, tree, out),
        Kind::Campaign => one(&mut draft.campaigns, layer, tree, out),
        Kind::Forces => {
            let list = read::<Vec<At<scenario::Listed>>>(tree, out);
            let placed = list.map(|list| {
                let each = list.into_iter().map(|at| {
                    at.map(|listed| Ranked {
                        campaign: campaign_of(path),
                        listed,
                    })
                });
                each.collect()
            });
            keep_all(&mut draft.forces, layer, placed, out);
        }
        Kind::Map => map(draft, layer, tree, out),
        Kind::Scenario => {
            let placed = read::<At<scenario::Scenario>>(tree, out).map(|at| {
                at.map(|scenario| Placed {
                    campaign: campaign_of(path),
                    scenario,
                })
            });
            keep(&mut draft.scenarios, layer, placed, out);
        }
        Kind::Trials => trials(draft, layer, tree, out),
        Kind::Systems => things(&mut draft.systems, layer, tree, out),
        Kind::Chronicle => one(&mut draft.chronicles, layer, tree, out),
        Kind::Course => one(&mut draft.courses, layer, tree, out),
    }
    None
}

fn unknown_kind(path: &str, tree: &Tree, out: &mut Diagnostics) {
    if tree.root().is_none() || !tree.is_sound() {
        return; // told by the reader
    }
    let stem = path
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .trim_end_matches(".ron");
    let help = match suggest(stem, rule_names()) {
        Some(near) => format!("did you mean `{near}.ron`?"),
        None => format!(
            "rules stand in {}; scenarios in scenarios/<campaign>/",
            rule_names()
                .map(|name| format!("{name}.ron"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    let span = tree.root().map_or(Span::NOWHERE, |root| {
        let whole = tree.span(root);
        Span::new(whole.source, whole.start, whole.start + 1)
    });
    out.error(
        "unknown-kind",
        span,
        "neither its name nor its fields tell what this file is",
    )
    .help(help);
}

fn things<F: Shelved + DeserializeOwned>(
    shelf: &mut Shelf<F>,
    layer: usize,
    tree: &Tree,
    out: &mut Diagnostics,
) {
    let list = read::<Vec<At<F>>>(tree, out);
    keep_all(shelf, layer, list, out);
}

fn keep_all<F: Shelved>(
    shelf: &mut Shelf<F>,
    layer: usize,
    list: Option<Vec<At<F>>>,
    out: &mut Diagnostics,
) {
    match list {
        Some(list) => shelf.put_all(&mut Check::new(out), layer, list),
        None => shelf.lost(),
    }
}

fn changes(tree: &Tree, out: &mut Diagnostics) -> Option<Changes> {
    let list = read::<Vec<At<Change>>>(tree, out)?;
    Some(Changes {
        tree: Rc::new(tree.clone()),
        list: Rc::new(list),
    })
}

/// A trial, or a list of them.
fn trials(draft: &mut Draft, layer: usize, tree: &Tree, out: &mut Diagnostics) {
    let Some(root) = tree.root() else {
        return draft.trials.lost();
    };
    let (read, nodes) = match tree.shape(root) {
        Shape::List(items) => (read::<Vec<At<trial::Trial>>>(tree, out), items.clone()),
        _ => (
            read::<At<trial::Trial>>(tree, out).map(|one| vec![one]),
            vec![root],
        ),
    };
    let Some(read) = read else {
        return draft.trials.lost();
    };
    let whole = Rc::new(tree.clone());
    for (trial, node) in read.into_iter().zip(nodes) {
        let written = trial.map(|trial| Written {
            trial,
            tree: whole.clone(),
            node,
        });
        draft.trials.put(&mut Check::new(out), layer, written);
    }
}

fn one<F: Shelved + DeserializeOwned>(
    shelf: &mut Shelf<F>,
    layer: usize,
    tree: &Tree,
    out: &mut Diagnostics,
) {
    let thing = read::<At<F>>(tree, out);
    keep(shelf, layer, thing, out);
}

fn keep<F: Shelved>(
    shelf: &mut Shelf<F>,
    layer: usize,
    thing: Option<At<F>>,
    out: &mut Diagnostics,
) {
    match thing {
        Some(thing) => shelf.put(&mut Check::new(out), layer, thing),
        None => shelf.lost(),
    }
}

fn map(draft: &mut Draft, layer: usize, tree: &Tree, out: &mut Diagnostics) {
    let map = read::<At<scenario::Map>>(tree, out);
    if let Some(at) = map
        .as_ref()
        .filter(|at| at.get().is_some_and(|map| map.id.is_none()))
    {
        out.error("missing-field", at.span, "this map has no `id`")
            .help("add `id: \"...\"`, by which scenarios name it");
    }
    keep(&mut draft.maps, layer, map, out);
}
