//! Definitions that nothing uses: no text of any file names them, neither as a value of its own nor as a word of an
//! order. What is in play wherever it is defined (stances, deeds that are not special, and the like) is always used.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Whole};
use crate::content::{
    Outcome, Rules,
    diagnostic::Span,
    draft::Ranked,
    kind::Kind,
    ron::{At, NodeId, Shape, Tree},
};

/// A definition and what it is called.
struct Defined<'a> {
    what: &'static str,
    id: &'a str,
    span: Span,
}

/// Tells what is defined and used by nothing.
pub(super) fn unused(check: &mut Check<'_>, whole: &Whole<'_>) {
    let mut open: BTreeMap<&str, Vec<Defined<'_>>> = BTreeMap::new();
    for (kind, tree) in &whole.texts {
        for defined in kind.map_or_else(Vec::new, |kind| definitions(kind, tree)) {
            open.entry(defined.id).or_default().push(defined);
        }
    }
    for (_, tree) in &whole.texts {
        let ids = ids(tree);
        for node in tree.nodes() {
            let Shape::Text(text) = tree.shape(node) else {
                continue;
            };
            if ids.contains(&node) {
                continue;
            }
            open.remove(&**text);
            // Orders and paths are written small; a sentence that happens to speak of it uses nothing.
            if text.chars().any(char::is_uppercase) {
                continue;
            }
            for word in text
                .split([' ', '/'])
                .filter(|word| word.len() < text.len())
            {
                open.remove(word);
            }
        }
    }
    for defined in open.values().flatten() {
        let Defined { what, id, span } = defined;
        check.warning(
            "unused-definition",
            *span,
            format!("nothing uses the {what} `{id}`"),
            "use it, or remove it",
        );
    }
    listed(check, whole);
    pools(check, whole);
}

/// What a file of this kind defines that has to be named to be in play.
fn definitions(kind: Kind, tree: &Tree) -> Vec<Defined<'_>> {
    let (what, special_alone) = match kind {
        Kind::Stocks => ("stock", false),
        Kind::Weapons => ("weapon", false),
        Kind::Classes => ("class", false),
        Kind::Terrain => ("terrain", false),
        Kind::Traits => ("trait", false),
        Kind::Commanders => ("commander", false),
        Kind::SiteKinds => ("kind of site", false),
        Kind::Postures => ("posture", true),
        Kind::Meters => ("meter", true),
        Kind::Deeds => ("deed", true),
        Kind::Map => ("map", false),
        _ => return Vec::new(),
    };
    let Some(root) = tree.root() else {
        return Vec::new();
    };
    let things = match tree.shape(root) {
        Shape::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&root),
    };
    let defined = |thing: &NodeId| {
        let special = tree.field(*thing, "special");
        let special = special.is_some_and(|at| *tree.shape(at) == Shape::Bool(true));
        let node = tree
            .field(*thing, "id")
            .filter(|_| special || !special_alone)?;
        match tree.shape(node) {
            Shape::Text(id) => Some(Defined {
                what,
                id,
                span: tree.span(node),
            }),
            _ => None,
        }
    };
    things.iter().filter_map(defined).collect()
}

/// Texts that say what a thing is called, and so use nothing.
fn ids(tree: &Tree) -> BTreeSet<NodeId> {
    tree.nodes()
        .filter_map(|node| tree.field(node, "id"))
        .collect()
}

/// Forces of an order of battle that no scenario of the campaign has.
fn listed(check: &mut Check<'_>, whole: &Whole<'_>) {
    let scenarios = whole.draft.scenarios.iter();
    let named: BTreeSet<String> = scenarios
        .flat_map(|(_, placed)| {
            let forces = placed.scenario.forces.iter().filter_map(At::get);
            forces.filter_map(|force| {
                Some(Ranked::place(placed.campaign.as_deref(), force.id.get()?))
            })
        })
        .collect();
    for (place, ranked) in whole.draft.forces.iter() {
        if !named.contains(place) {
            let id = ranked.listed.id.get().map_or("", String::as_str);
            check.warning(
                "unused-definition",
                ranked.listed.id.span,
                format!("no scenario of the campaign has the force `{id}`"),
                "name it among the forces of a scenario, or remove it",
            );
        }
    }
}

/// Forces that wait in a pool which nothing calls.
fn pools(check: &mut Check<'_>, whole: &Whole<'_>) {
    let called = called(whole.rules);
    for (_, placed) in whole.draft.scenarios.iter() {
        for force in placed.scenario.forces.iter().filter_map(At::get) {
            let Some(at) = &force.pool else { continue };
            if let Some(pool) = at.get().filter(|pool| !called.contains(pool.as_str())) {
                check.warning(
                    "unused-definition",
                    at.span,
                    format!("no deed and no meter calls the pool `{pool}`, so that this force never comes"),
                    "let an outcome `Call` it, or give `arrives`",
                );
            }
        }
    }
}

/// Pools that outcomes call.
fn called(rules: &Rules) -> BTreeSet<&str> {
    let deeds = rules.deeds.values();
    let deeds = deeds.flat_map(|deed| deed.success.iter().chain(&deed.failure));
    let meters = rules.meters.values().flat_map(|meter| &meter.thresholds);
    deeds
        .chain(meters.flat_map(|threshold| &threshold.outcomes))
        .filter_map(|outcome| match outcome {
            Outcome::Call { pool, .. } => Some(pool.as_str()),
            _ => None,
        })
        .collect()
}
