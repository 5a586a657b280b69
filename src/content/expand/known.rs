//! What is known of a field before it is written out: its places, its sides, and who holds what.

use std::collections::BTreeMap;

use super::STEP;
use crate::content::{
    Span,
    ron::{NodeId, Shape, Tree},
};

/// A place of the row, as far as it is known before it is checked.
pub(super) struct Spot {
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) at: (i64, i64),
}

/// A field as it is written, and what is known of it.
pub(super) struct Known<'a> {
    pub(super) tree: &'a Tree,
    field: NodeId,
    pub(super) spots: Vec<Spot>,
    /// Sides in the order of their use, each with the place of the first.
    pub(super) sides: Vec<(String, Span)>,
    /// Who holds what by standing there, and where that is said.
    pub(super) holds: BTreeMap<String, (String, Span)>,
    said: BTreeMap<String, (String, Span)>,
}

impl<'a> Known<'a> {
    pub(super) fn of(tree: &'a Tree, field: NodeId) -> Self {
        let mut known = Self {
            tree,
            field,
            spots: Vec::new(),
            sides: Vec::new(),
            holds: BTreeMap::new(),
            said: BTreeMap::new(),
        };
        known.places();
        known.sides();
        known.holders();
        known.owners();
        known
    }

    pub(super) fn part(&self, name: &str) -> Option<NodeId> {
        self.tree.field(self.field, name)
    }

    /// The text of a string or a bare name.
    pub(super) fn text(&self, node: NodeId) -> Option<String> {
        match self.tree.shape(node) {
            Shape::Text(text) => Some(text.to_string()),
            Shape::Name(name) => Some(self.tree.name(*name).to_owned()),
            _ => None,
        }
    }

    /// The texts of a list, or the one text that stands alone.
    pub(super) fn texts(&self, node: NodeId) -> Vec<(String, Span)> {
        let one = |node: &NodeId| Some((self.text(*node)?, self.tree.span(*node)));
        match self.tree.shape(node) {
            Shape::List(items) => items.iter().filter_map(one).collect(),
            _ => one(&node).into_iter().collect(),
        }
    }

    pub(super) fn items(&self, name: &str) -> Vec<NodeId> {
        match self.part(name).map(|node| self.tree.shape(node)) {
            Some(Shape::List(items)) => items.clone(),
            _ => Vec::new(),
        }
    }

    fn pair(&self, node: NodeId) -> Option<(i64, i64)> {
        let (Shape::Tuple { items, .. } | Shape::List(items)) = self.tree.shape(node) else {
            return None;
        };
        let [x, y] = items[..] else { return None };
        Some((self.number(x)?, self.number(y)?))
    }

    fn number(&self, node: NodeId) -> Option<i64> {
        self.tree.text_of(node).replace('_', "").parse().ok()
    }

    /// How far two places are apart.
    pub(super) fn straight(&self, ends: (NodeId, NodeId)) -> i64 {
        let at = |node| {
            let id = self.text(node)?;
            self.spots.iter().find(|spot| spot.id == id).map(|s| s.at)
        };
        match (at(ends.0), at(ends.1)) {
            (Some(one), Some(other)) => distance(one, other),
            _ => STEP,
        }
    }

    /// What a map by sides says of this one.
    pub(super) fn of_side(&self, part: &str, side: &str) -> Option<NodeId> {
        let Shape::Map(pairs) = self.tree.shape(self.part(part)?) else {
            return None;
        };
        let found = pairs
            .iter()
            .find(|(key, _)| self.text(*key).as_deref() == Some(side));
        found.map(|(_, value)| *value)
    }

    pub(super) fn home(&self, side: &str) -> Option<Vec<(String, Span)>> {
        self.of_side("homes", side).map(|node| self.texts(node))
    }

    /// Who holds a place because the field says so.
    pub(super) fn said(&self, place: &str) -> Option<(String, Span)> {
        self.said.get(place).cloned()
    }

    /// All that the field says of who holds what.
    fn owners(&mut self) {
        let Some(owners) = self.part("owners") else {
            return;
        };
        let pairs: Vec<(NodeId, NodeId)> = match self.tree.shape(owners) {
            Shape::Map(pairs) => pairs.clone(),
            Shape::List(items) => {
                let field = |item: NodeId, name| self.tree.field(item, name);
                let each = items.iter().copied();
                each.filter_map(|item| Some((field(item, "side")?, field(item, "sectors")?)))
                    .collect()
            }
            _ => Vec::new(),
        };
        for (side, places) in pairs {
            let Some(side) = self.text(side) else {
                continue;
            };
            for (place, span) in self.texts(places) {
                self.said.entry(place).or_insert((side.clone(), span));
            }
        }
    }

    fn places(&mut self) {
        for (index, node) in self.items("places").into_iter().enumerate() {
            let mut at = (i64::try_from(index).unwrap_or(0) * STEP, 0);
            let id = match self.tree.shape(node) {
                Shape::Tuple { items, .. } => {
                    for item in items.iter().skip(1) {
                        at = self.pair(*item).unwrap_or(at);
                    }
                    items.first().copied()
                }
                Shape::Struct { .. } => {
                    let said = self.tree.field(node, "at").and_then(|at| self.pair(at));
                    at = said.unwrap_or(at);
                    self.tree.field(node, "id")
                }
                _ => Some(node),
            };
            if let Some((text, node)) = id.and_then(|id| Some((self.text(id)?, id))) {
                self.spots.push(Spot {
                    id: text,
                    span: self.tree.span(node),
                    at,
                });
            }
        }
    }

    fn sides(&mut self) {
        let mut used: Vec<(String, Span)> = Vec::new();
        if self.part("sides").is_some() {
            for node in self.items("sides") {
                let id = match self.tree.shape(node) {
                    Shape::Struct { .. } => self.tree.field(node, "id"),
                    _ => Some(node),
                };
                used.extend(id.and_then(|id| Some((self.text(id)?, self.tree.span(id)))));
            }
        } else {
            for (list, names) in [
                ("forces", ["side", "faction"]),
                ("sites", ["owner", "owner"]),
            ] {
                for node in self.items(list) {
                    let named = names.iter().find_map(|n| self.tree.field(node, n));
                    used.extend(named.and_then(|id| Some((self.text(id)?, self.tree.span(id)))));
                }
            }
        }
        for (id, span) in used {
            if !self.sides.iter().any(|(known, _)| *known == id) {
                self.sides.push((id, span));
            }
        }
    }

    /// Who holds what by standing there: forces that are there from the start, then sites.
    fn holders(&mut self) {
        let mut there = Vec::new();
        for (list, at, owner) in [
            ("forces", ["at", "at"], ["side", "faction"]),
            ("sites", ["at", "sector"], ["owner", "owner"]),
        ] {
            for node in self.items(list) {
                let later = ["arrives", "by_event"];
                if later.iter().any(|n| self.tree.field(node, n).is_some()) {
                    continue;
                }
                let field = |names: [&str; 2]| names.iter().find_map(|n| self.tree.field(node, n));
                let (Some(at), Some(owner)) = (field(at), field(owner)) else {
                    continue;
                };
                let (Some(place), Some(side)) = (self.text(at), self.text(owner)) else {
                    continue;
                };
                let known = self.spots.iter().any(|spot| spot.id == place)
                    && self.sides.iter().any(|(id, _)| *id == side);
                if known {
                    there.push((place, (side, self.tree.span(at))));
                }
            }
        }
        for (place, holder) in there {
            self.holds.entry(place).or_insert(holder);
        }
    }
}

/// Straight across the chart, 1 at least.
pub(super) fn distance(one: (i64, i64), other: (i64, i64)) -> i64 {
    let square = |a: i64, b: i64| a.saturating_sub(b).saturating_pow(2);
    square(one.0, other.0)
        .saturating_add(square(one.1, other.1))
        .isqrt()
        .max(1)
}
