//! Where two records, or two states, first part ways.

use std::{collections::BTreeSet, sync::Arc};

use ron::Value;
use serde::Serialize;

use super::{Given, Record};
use crate::{
    content::Catalog,
    sim::tables::{Snapshot, TABLES},
    war::{
        Reel,
        annals::{Annals, Apart},
        resume::replay,
    },
};

/// The first thing in which two states differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Spot {
    /// Table.
    pub table: String,
    /// Row: the id of the thing.
    pub entity: String,
    /// Field within the row, as `ships.2.fit`; none if one of the two has no such row.
    pub field: Option<String>,
    /// What stands there in the first state.
    pub first: Option<String>,
    /// ... and in the second.
    pub second: Option<String>,
}

/// Where two records first part ways.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Difference {
    /// Fields of the header that differ: name, first, second.
    pub header: Vec<(String, String, String)>,
    /// The first turn whose orders differ, the seat, and the order's place in its list (from 0).
    pub order: Option<(u32, String, usize)>,
    /// That order in the first record, and in the second.
    pub orders: (Option<String>, Option<String>),
    /// The first turn, phase and table that came out differently.
    pub state: Option<(u32, String, String)>,
    /// The first row and field that differ after that turn, if both states are at hand.
    pub spot: Option<Spot>,
    /// Turns of both.
    pub turns: (u32, u32),
    /// What was held and lost in each; none: one of them cannot be played again here, or they are of two scenarios.
    pub apart: Option<Apart>,
}

impl Difference {
    /// Whether the two tell the same war.
    pub fn is_none(&self) -> bool {
        self.header.is_empty()
            && self.order.is_none()
            && self.state.is_none()
            && self.turns.0 == self.turns.1
    }
}

/// Compares two records: headers, then orders, then how the turns came out. With the content at hand both are
/// played up to the turn in which they part, so that row and field can be named.
pub fn diff(catalog: Option<&Arc<Catalog>>, a: &Record, b: &Record) -> Difference {
    let mut found = Difference {
        turns: (a.length(), b.length()),
        ..Difference::default()
    };
    let mut header = |name: &str, first: String, second: String| {
        if first != second {
            found.header.push((name.to_owned(), first, second));
        }
    };
    header("scenario", a.scenario.to_string(), b.scenario.to_string());
    header("seed", a.seed.to_string(), b.seed.to_string());
    header("revision", a.revision.to_string(), b.revision.to_string());
    header("content", a.content.clone(), b.content.clone());
    header("mods", format!("{:?}", a.mods), format!("{:?}", b.mods));
    let seats: BTreeSet<_> = a.players.keys().chain(b.players.keys()).collect();
    let player = |record: &Record, seat| {
        record
            .players
            .get(seat)
            .map_or(String::new(), ToString::to_string)
    };
    for seat in seats {
        header(&format!("player {seat}"), player(a, seat), player(b, seat));
    }
    for (first, second) in a.turns.iter().zip(&b.turns) {
        let seats: BTreeSet<_> = first.orders.keys().chain(second.orders.keys()).collect();
        for seat in seats {
            let none: Vec<Given> = Vec::new();
            let (x, y) = (
                first.orders.get(seat).unwrap_or(&none),
                second.orders.get(seat).unwrap_or(&none),
            );
            let place = (0..x.len().max(y.len()))
                .find(|n| x.get(*n).map(|g| &g.order) != y.get(*n).map(|g| &g.order));
            if let Some(place) = place
                && found.order.is_none()
            {
                let words = |list: &[Given]| list.get(place).map(|g| g.order.to_string());
                found.order = Some((first.turn, seat.to_string(), place));
                found.orders = (words(x), words(y));
            }
        }
        if let Some((phase, table)) = first.hashes.first_difference(&second.hashes) {
            found.spot = spot_after(catalog, a, b, first.turn);
            found.state = Some((first.turn, phase.name().to_owned(), table));
            break;
        }
    }
    if a.scenario == b.scenario {
        let annals = |record| Some(Annals::of(&Reel::new(catalog?, record, None).ok()?));
        found.apart = annals(a).zip(annals(b)).map(|(a, b)| Apart::of(&a, &b));
    }
    found
}

fn spot_after(catalog: Option<&Arc<Catalog>>, a: &Record, b: &Record, turn: u32) -> Option<Spot> {
    let state = |record: &Record| match record.snapshots.get(&turn) {
        Some(snapshot) => Some(snapshot.clone()),
        None => replay(catalog?, record, turn)
            .ok()
            .map(|sim| sim.snapshot()),
    };
    state_spot(&state(a)?, &state(b)?)
}

/// The first row and field in which two states differ, tables in the order of the simulation.
pub fn state_spot(first: &Snapshot, second: &Snapshot) -> Option<Spot> {
    let stray = first.0.keys().chain(second.0.keys()).map(String::as_str);
    let none = Default::default();
    for table in TABLES.iter().map(|t| t.name).chain(stray) {
        let (a, b) = (
            first.0.get(table).unwrap_or(&none),
            second.0.get(table).unwrap_or(&none),
        );
        let rows: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
        for row in rows {
            let (x, y) = (a.get(row), b.get(row));
            if x == y {
                continue;
            }
            let (field, x, y) = match (x, y) {
                (Some(x), Some(y)) => row_spot(x, y),
                _ => (None, x.cloned(), y.cloned()),
            };
            return Some(Spot {
                table: table.to_owned(),
                entity: row.clone(),
                field,
                first: x,
                second: y,
            });
        }
    }
    None
}

/// The first field in which two rows differ, and what stands there.
fn row_spot(x: &str, y: &str) -> (Option<String>, Option<String>, Option<String>) {
    let whole = (
        Some(String::from("row")),
        Some(x.to_owned()),
        Some(y.to_owned()),
    );
    let (Ok(a), Ok(b)) = (ron::from_str::<Value>(x), ron::from_str::<Value>(y)) else {
        return whole;
    };
    let mut path = Vec::new();
    match value_spot(&a, &b, &mut path) {
        Some((a, b)) => {
            let field = if path.is_empty() {
                String::from("value")
            } else {
                path.join(".")
            };
            (Some(field), a, b)
        }
        None => whole,
    }
}

fn value_spot(
    a: &Value,
    b: &Value,
    path: &mut Vec<String>,
) -> Option<(Option<String>, Option<String>)> {
    if a == b {
        return None;
    }
    let show = |v: &Value| Some(ron::to_string(v).unwrap_or_default());
    match (a, b) {
        (Value::Map(x), Value::Map(y)) => {
            for (key, value) in x.iter() {
                path.push(name(key));
                match y.iter().find(|(k, _)| *k == key) {
                    Some((_, other)) => {
                        if let Some(found) = value_spot(value, other, path) {
                            return Some(found);
                        }
                    }
                    None => return Some((show(value), None)),
                }
                path.pop();
            }
            let (key, value) = y
                .iter()
                .find(|(k, _)| x.iter().all(|(other, _)| other != *k))?;
            path.push(name(key));
            Some((None, show(value)))
        }
        (Value::Seq(x), Value::Seq(y)) => {
            for n in 0..x.len().max(y.len()) {
                path.push(n.to_string());
                match (x.get(n), y.get(n)) {
                    (Some(p), Some(q)) => {
                        if let Some(found) = value_spot(p, q, path) {
                            return Some(found);
                        }
                    }
                    (p, q) => return Some((p.and_then(show), q.and_then(show))),
                }
                path.pop();
            }
            None
        }
        (Value::Option(Some(x)), Value::Option(Some(y))) => value_spot(x, y, path),
        _ => Some((show(a), show(b))),
    }
}

fn name(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        other => ron::to_string(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn state(ships: &str) -> Snapshot {
        let row = BTreeMap::from([(String::from("f-1"), ships.to_owned())]);
        Snapshot(BTreeMap::from([(String::from("ships"), row)]))
    }

    #[test]
    fn the_field_is_named() {
        let a = state("[(class:\"x\",fit:3),(class:\"y\",fit:4)]");
        let b = state("[(class:\"x\",fit:3),(class:\"y\",fit:5)]");
        let spot = state_spot(&a, &b).expect("they differ");
        assert_eq!(
            (spot.table.as_str(), spot.entity.as_str()),
            ("ships", "f-1")
        );
        assert_eq!(spot.field.as_deref(), Some("1.fit"));
        assert_eq!(
            (spot.first.as_deref(), spot.second.as_deref()),
            (Some("4"), Some("5"))
        );
        assert_eq!(state_spot(&a, &a), None);
    }
}
