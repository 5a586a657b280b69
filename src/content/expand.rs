//! A trial's field written out as a scenario. The short forms are replaced here; all else is taken over as it is, so
//! that whatever a scenario file may say, a field may say too, and every mistake is told where somebody made it.
//!
//! ```text
//! (
//!     places: ["a", ("b", well), ("c", storm, (200, 50)), (id: "d", terrain: "shoal", name: "Deep")],
//!     lanes: [("a", "b"), ("b", "c", 250), ("c", "d", 100, storm), (ends: ("a", "d"), capacity: 5)],
//!     sides: ["red", "blue"],              // left out: as forces name them
//!     homes: {"red": "a", "blue": "d"},    // left out: the first place that a side holds
//!     owners: {"red": ["a", "b"]},         // beside these, a place belongs to whoever stands there first
//!     traits: {"red": ["bait-prone"]},     // of each side's faction
//!     forces: [(id: "guns", side: "red", at: "a", ships: {"battleship": 4})],
//!     sites: [(id: "yard", kind: "yard", at: "a", owner: "red")],
//! )
//! ```
//!
//! Places stand in a row, 100 apart, each joined to the next by a lane, unless `at` and `lanes` say otherwise. Each
//! side has a seat and a faction of the same id.

mod known;

use self::known::{Known, Spot, distance};
use super::{
    Diagnostics, Span,
    made::Made,
    ron::{NodeId, Shape, Tree},
    suggest,
};

/// The short forms that a field has beyond a scenario.
const SHORT: [&str; 8] = [
    "places", "lanes", "sides", "homes", "owners", "traits", "forces", "sites",
];
/// How far places of a row are apart, chart units.
const STEP: i64 = 100;
/// Strength points that a lane supplies a turn unless it says otherwise.
const CAPACITY: i64 = 40;
/// Most things of one kind in a field.
const MAX_PARTS: usize = 1_000;
/// Terrain of places and lanes that name none.
const TERRAIN: &str = "open";
/// Stance of forces that name none.
const STANCE: &str = "slip";

/// What a scenario needs and a field need not say.
pub(crate) struct Head<'a> {
    /// Id and place of the trial's id.
    pub(crate) id: (&'a str, Span),
    /// One line.
    pub(crate) what: (&'a str, Span),
    /// Turns.
    pub(crate) turns: (i64, Span),
}

struct Expansion<'a> {
    known: Known<'a>,
    out: Made,
}

/// The field as the text of a scenario; `None` if it is no struct or holds too much, which is told.
pub(crate) fn expand(
    tree: &Tree,
    field: NodeId,
    head: &Head<'_>,
    found: &mut Diagnostics,
) -> Option<Made> {
    let Shape::Struct { fields, .. } = tree.shape(field) else {
        found
            .error(
                "wrong-type",
                tree.opening(field),
                "a field is a struct `(name: ...)`",
            )
            .help("write `field: (places: [...], forces: [...])`");
        return None;
    };
    for name in SHORT {
        let parts = match tree.field(field, name).map(|node| tree.shape(node)) {
            Some(Shape::List(items)) => items.len(),
            Some(Shape::Map(pairs)) => pairs.len(),
            _ => 0,
        };
        if parts > MAX_PARTS {
            found
                .error(
                    "too-many",
                    tree.opening(field),
                    format!("more than {MAX_PARTS} `{name}` in a field"),
                )
                .help("a trial is a small war: play a scenario for a great one");
            return None;
        }
    }
    let mut it = Expansion {
        known: Known::of(tree, field),
        out: Made::default(),
    };
    let top = tree.opening(field);
    it.out.word("(", top);
    it.default("id", &quoted(head.id.0), head.id.1);
    it.default("title", &quoted(head.what.0), head.what.1);
    it.default("summary", &quoted(head.what.0), head.what.1);
    it.default("turns", &head.turns.0.to_string(), head.turns.1);
    it.default("calendar", "(start: (2802, 4, 5))", top);
    it.default_verdict(top);
    it.map(top);
    it.seats(top);
    it.owners(top);
    it.list("sites", &[("at", "sector")], &["name"], &[]);
    it.list(
        "forces",
        &[("side", "faction")],
        &["name"],
        &[("stance", quoted(STANCE)), ("source", quoted("a trial"))],
    );
    // Whatever else a scenario may say.
    for part in fields {
        let name = tree.name(part.name);
        if SHORT.contains(&name) {
            continue;
        }
        if let Some(near) = suggest(name, SHORT).filter(|_| suggest(name, LONG).is_none()) {
            found
                .error(
                    "unknown-field",
                    tree.name_span(part.name),
                    format!("there is no field `{name}` here"),
                )
                .help(format!("did you mean `{near}`?"));
            continue;
        }
        it.out.copy(tree, tree.name_span(part.name));
        it.out.word(": ", tree.span(part.value));
        it.out.copy(tree, tree.span(part.value));
        it.out.word(", ", tree.span(part.value));
    }
    it.out.word(")", top);
    Some(it.out)
}

/// Fields that only a scenario has: one letter off is meant for these.
const LONG: [&str; 12] = [
    "id", "title", "summary", "briefing", "calendar", "turns", "map", "own_map", "seats",
    "factions", "events", "verdict",
];

impl Expansion<'_> {
    /// Writes a field unless the field of the trial says it itself.
    fn default(&mut self, name: &str, value: &str, place: Span) {
        if self.known.part(name).is_none() {
            self.out.word(&format!("{name}: {value}, "), place);
        }
    }

    fn map(&mut self, top: Span) {
        let Some(places) = self.known.part("places") else {
            // The lanes of a map of its own stand in the map.
            if let Some(lanes) = self.known.part("lanes") {
                self.out.word("lanes: ", self.known.tree.span(lanes));
                self.out.copy(self.known.tree, self.known.tree.span(lanes));
                self.out.word(", ", top);
            }
            return;
        };
        let place = self.known.tree.opening(places);
        self.out.word(
            "own_map: (regions: [(id: \"field\", name: \"Field\")], sectors: [",
            place,
        );
        for (node, index) in self.known.items("places").into_iter().zip(0_i64..) {
            self.sector(node, index);
        }
        self.out.word("], lanes: [", place);
        match self.known.part("lanes") {
            Some(_) => {
                for node in self.known.items("lanes") {
                    self.lane(node);
                }
            }
            None => {
                for index in 1..self.known.spots.len() {
                    let (one, other) = (&self.known.spots[index - 1], &self.known.spots[index]);
                    let text = lane_text(one, other, None, &quoted(TERRAIN));
                    let span = other.span;
                    self.out.word(&text, span);
                }
            }
        }
        self.out.word("]), ", place);
    }

    fn sector(&mut self, node: NodeId, index: i64) {
        let at = format!("({}, 0)", index * STEP);
        let tree = self.known.tree;
        let id_text = |id: NodeId| tree.text_of(id).to_owned();
        match tree.shape(node) {
            Shape::Struct { .. } => {
                let name = tree.field(node, "id").map(id_text).unwrap_or_default();
                let defaults = [
                    ("name", name),
                    ("at", at),
                    ("region", quoted("field")),
                    ("terrain", quoted(TERRAIN)),
                ];
                self.structure(node, &[], &defaults);
            }
            Shape::Tuple { items, .. } if !items.is_empty() => {
                let (mut terrain, mut spot) = (None, None);
                for item in items.iter().skip(1) {
                    match tree.shape(*item) {
                        Shape::Tuple { .. } => spot = Some(*item),
                        _ => terrain = Some(*item),
                    }
                }
                let id = tree.span(items[0]);
                self.out.word("(id: ", id);
                self.out.copy(tree, id);
                self.out
                    .word(&format!(", name: {}, ", id_text(items[0])), id);
                self.out.word("region: \"field\", terrain: ", id);
                self.terrain(terrain, id);
                self.out.word(", at: ", id);
                match spot {
                    Some(spot) => self.out.copy(tree, tree.span(spot)),
                    None => self.out.word(&at, id),
                }
                self.out.word("), ", id);
            }
            Shape::Text(_) => {
                let id = tree.span(node);
                self.out.word("(id: ", id);
                self.out.copy(tree, id);
                let text = id_text(node);
                let rest = format!(
                    ", name: {text}, region: \"field\", terrain: {}, at: {at}), ",
                    quoted(TERRAIN)
                );
                self.out.word(&rest, id);
            }
            _ => {
                self.out.copy(tree, tree.span(node));
                self.out.word(", ", tree.span(node));
            }
        }
    }

    /// Terrain with or without quotes.
    fn terrain(&mut self, node: Option<NodeId>, place: Span) {
        let tree = self.known.tree;
        match node {
            Some(node) => match tree.shape(node) {
                Shape::Name(name) => {
                    let text = quoted(tree.name(*name));
                    self.out.word(&text, tree.span(node));
                }
                _ => self.out.copy(tree, tree.span(node)),
            },
            None => self.out.word(&quoted(TERRAIN), place),
        }
    }

    fn lane(&mut self, node: NodeId) {
        let tree = self.known.tree;
        match tree.shape(node) {
            Shape::Tuple { items, .. } if items.len() >= 2 => {
                let ends = (items[0], items[1]);
                let (mut length, mut terrain) = (None, None);
                for item in &items[2..] {
                    match tree.shape(*item) {
                        Shape::Number => length = Some(*item),
                        _ => terrain = Some(*item),
                    }
                }
                let place = tree.span(node);
                self.out.word("(ends: (", place);
                self.out.copy(tree, tree.span(ends.0));
                self.out.word(", ", place);
                self.out.copy(tree, tree.span(ends.1));
                self.out.word("), kind: Route, length: ", place);
                match length {
                    Some(length) => self.out.copy(tree, tree.span(length)),
                    None => {
                        let straight = self.known.straight(ends).to_string();
                        self.out.word(&straight, place);
                    }
                }
                self.out
                    .word(&format!(", capacity: {CAPACITY}, terrain: "), place);
                self.terrain(terrain, place);
                self.out.word("), ", place);
            }
            Shape::Struct { .. } => {
                let ends = tree
                    .field(node, "ends")
                    .and_then(|ends| match tree.shape(ends) {
                        Shape::Tuple { items, .. } if items.len() == 2 => {
                            Some((items[0], items[1]))
                        }
                        _ => None,
                    });
                let length = ends.map_or(STEP, |ends| self.known.straight(ends));
                let defaults = [
                    ("kind", String::from("Route")),
                    ("length", length.to_string()),
                    ("capacity", CAPACITY.to_string()),
                    ("terrain", quoted(TERRAIN)),
                ];
                self.structure(node, &[], &defaults);
            }
            _ => {
                self.out.copy(tree, tree.span(node));
                self.out.word(", ", tree.span(node));
            }
        }
    }

    fn seats(&mut self, top: Span) {
        let tree = self.known.tree;
        self.out.word("sides: [", top);
        let written: Vec<NodeId> = self.known.items("sides");
        for (id, span) in self.known.sides.clone() {
            let own = written.iter().find(|node| {
                tree.field(**node, "id")
                    .and_then(|id| self.known.text(id))
                    .as_ref()
                    == Some(&id)
            });
            match own {
                Some(node) => {
                    let defaults = [("name", quoted(&id)), ("short", quoted(&id))];
                    self.structure(*node, &[], &defaults);
                }
                None => self.named("id", span, &format!("name: {0}, short: {0}", quoted(&id))),
            }
        }
        self.out.word("], ", top);
        if self.known.part("seats").is_none() {
            self.out.word("seats: [", top);
            for (id, span) in self.known.sides.clone() {
                self.out
                    .word(&format!("(id: {0}, name: {0}, side: ", quoted(&id)), span);
                self.out.copy(tree, span);
                self.out.word(", home: [", span);
                match self.known.home(&id) {
                    Some(homes) => {
                        for (home, place) in homes {
                            self.out.word(&quoted(&home), place);
                            self.out.word(", ", place);
                        }
                    }
                    None => {
                        let spots = &self.known.spots;
                        let held = spots.iter().find(|spot| {
                            let said = self.known.said(&spot.id);
                            let holder = said.or_else(|| self.known.holds.get(&spot.id).cloned());
                            holder.is_some_and(|(side, _)| side == id)
                        });
                        // Of a side that holds nothing it is told that it has no such home.
                        let home = held.or(spots.first());
                        let text = home.map_or_else(String::new, |spot| quoted(&spot.id));
                        self.out.word(&text, span);
                    }
                }
                self.out.word("]), ", span);
            }
            self.out.word("], ", top);
        }
        if self.known.part("factions").is_none() {
            self.out.word("factions: [", top);
            for (id, span) in self.known.sides.clone() {
                let text = format!("(id: {0}, name: {0}, seat: {0}, traits: ", quoted(&id));
                self.out.word(&text, span);
                match self.known.of_side("traits", &id) {
                    Some(traits) => self.out.copy(tree, tree.span(traits)),
                    None => self.out.word("[]", span),
                }
                self.out.word("), ", span);
            }
            self.out.word("], ", top);
        }
    }

    fn owners(&mut self, top: Span) {
        let tree = self.known.tree;
        self.out.word("owners: [", top);
        match self
            .known
            .part("owners")
            .map(|node| (node, tree.shape(node)))
        {
            Some((_, Shape::Map(pairs))) => {
                for (side, places) in pairs {
                    let span = tree.span(*side);
                    self.out.word("(side: ", span);
                    self.out.copy(tree, span);
                    self.out.word(", sectors: ", span);
                    let alone = matches!(tree.shape(*places), Shape::Text(_));
                    self.out.word(if alone { "[" } else { "" }, span);
                    self.out.copy(tree, tree.span(*places));
                    self.out.word(if alone { "]), " } else { "), " }, span);
                }
            }
            Some((_, Shape::List(items))) => {
                for item in items {
                    self.out.copy(tree, tree.span(*item));
                    self.out.word(", ", tree.span(*item));
                }
            }
            _ => {}
        }
        let implied: Vec<(String, (String, Span))> = self
            .known
            .holds
            .iter()
            .filter(|(place, _)| self.known.said(place).is_none())
            .map(|(place, holder)| (place.clone(), holder.clone()))
            .collect();
        for (place, (side, span)) in implied {
            let text = format!("(side: {}, sectors: [{}]), ", quoted(&side), quoted(&place));
            self.out.word(&text, span);
        }
        self.out.word("], ", top);
    }

    fn default_verdict(&mut self, top: Span) {
        let side = |index: usize| self.known.sides.get(index).or(self.known.sides.first());
        let (Some((one, _)), Some((other, _))) = (side(0), side(1)) else {
            return;
        };
        let text = format!(
            "(side: {}, against: {}, terms: [], levels: [(name: \"Over\")])",
            quoted(one),
            quoted(other)
        );
        self.default("verdict", &text, top);
    }

    /// A list of structs with fields renamed and filled in; `own`: fields that are the id if left out.
    fn list(
        &mut self,
        name: &str,
        renamed: &[(&str, &str)],
        own: &[&str],
        defaults: &[(&str, String)],
    ) {
        let tree = self.known.tree;
        let Some(node) = self.known.part(name) else {
            return;
        };
        let place = tree.span(node);
        self.out.word(&format!("{name}: "), place);
        let Shape::List(items) = tree.shape(node) else {
            self.out.copy(tree, place);
            self.out.word(", ", place);
            return;
        };
        self.out.word("[", tree.opening(node));
        for item in items {
            let id = tree
                .field(*item, "id")
                .map(|id| tree.text_of(id).to_owned());
            let named = own.iter().filter_map(|n| Some((*n, id.clone()?)));
            let all: Vec<(&str, String)> = named.chain(defaults.iter().cloned()).collect();
            self.structure(*item, renamed, &all);
        }
        self.out.word("], ", tree.opening(node));
    }

    /// A struct with fields renamed and filled in; all else as it stands.
    fn structure(&mut self, node: NodeId, renamed: &[(&str, &str)], defaults: &[(&str, String)]) {
        let tree = self.known.tree;
        let Shape::Struct { fields, .. } = tree.shape(node) else {
            self.out.copy(tree, tree.span(node));
            self.out.word(", ", tree.span(node));
            return;
        };
        self.out.copy(tree, tree.opening(node));
        for field in fields {
            let (name, span) = (tree.name(field.name), tree.name_span(field.name));
            match renamed.iter().find(|(short, _)| *short == name) {
                Some((_, long)) => self.out.word(long, span),
                None => self.out.copy(tree, span),
            }
            self.out.word(": ", span);
            self.out.copy(tree, tree.span(field.value));
            self.out.word(", ", span);
        }
        for (name, value) in defaults {
            if tree.field(node, name).is_none() {
                self.out
                    .word(&format!("{name}: {value}, "), tree.opening(node));
            }
        }
        self.out.word("), ", tree.opening(node));
    }

    /// A struct made of one word of the file and more of ours.
    fn named(&mut self, name: &str, word: Span, more: &str) {
        self.out.word(&format!("({name}: "), word);
        self.out.copy(self.known.tree, word);
        self.out.word(&format!(", {more}), "), word);
    }
}

fn lane_text(one: &Spot, other: &Spot, length: Option<i64>, terrain: &str) -> String {
    let length = length.unwrap_or_else(|| distance(one.at, other.at));
    let (one, other) = (quoted(&one.id), quoted(&other.id));
    format!(
        "(ends: ({one}, {other}), kind: Route, length: {length}, capacity: {CAPACITY}, terrain: {terrain}), "
    )
}

/// A text as RON writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
