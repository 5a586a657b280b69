//! Figures: numbers that a war tells, from its journal and from its state.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    content::{Figure, Force, Key, Outlook, Scenario, Side, Tally},
    sim::{
        Sim,
        journal::{Entry, What},
        order::Order,
        view::SeatView,
    },
    war::{
        outlook::{self, Assumes},
        stream,
    },
};

/// Fights that a forecast of a trial is made of.
const SAMPLES: u32 = 200;

/// A happening as plain values.
pub(super) struct Told {
    /// On which turn.
    pub(super) turn: u32,
    /// The happening itself.
    pub(super) entry: Entry,
    kind: String,
    fields: Value,
    /// The side of the force it is about, where it has no side of its own.
    side: Option<Key<Side>>,
}

/// Whose each force is, detachments too.
pub(super) type Sides = BTreeMap<Key<Force>, Key<Side>>;

/// Whose the forces of a scenario are.
pub(super) fn sides(scenario: &Scenario) -> Sides {
    let side = |force: &Force| {
        let faction = scenario.factions.get(&force.faction)?;
        Some(scenario.seats.get(&faction.seat)?.side.clone())
    };
    let forces = scenario.forces.iter();
    forces
        .filter_map(|(id, force)| Some((id.clone(), side(force)?)))
        .collect()
}

impl Told {
    /// A happening of this turn. A detachment is its parent's side's from here on.
    pub(super) fn of(turn: u32, entry: &Entry, sides: &mut Sides) -> Self {
        if let What::Split { force, from } = &entry.what
            && let Some(side) = sides.get(from).cloned()
        {
            sides.insert(force.clone(), side);
        }
        let value = serde_json::to_value(&entry.what).unwrap_or_default();
        let (kind, fields) = match value {
            Value::String(kind) => (kind, Value::Null),
            Value::Object(map) => map.into_iter().next().unwrap_or_default(),
            _ => Default::default(),
        };
        let about = ["force", "firer"];
        let force = about.iter().find_map(|name| fields.get(name)?.as_str());
        Self {
            turn,
            entry: entry.clone(),
            kind,
            side: force.and_then(|force| sides.get(force).cloned()),
            fields,
        }
    }

    /// Whether it counts.
    pub(super) fn counts(&self, tally: &Tally, last: u32) -> bool {
        let (from, to) = tally.turns.unwrap_or((1, u32::MAX));
        let within = self.turn >= from && self.turn <= to.min(last);
        within
            && self.is(tally)
            && tally.of.iter().all(|(name, any)| {
                let (Some(name), Some(any)) = (name.get(), any.get()) else {
                    return false;
                };
                any.iter().any(|wanted| self.matches(name, wanted))
            })
    }

    /// Whether it names this thing anywhere.
    pub(super) fn names(&self, id: &str) -> bool {
        let side = self.side.as_ref().is_some_and(|side| side.as_str() == id);
        side || holds(&self.fields, id)
    }

    /// Whether it is of this kind.
    pub(super) fn is(&self, tally: &Tally) -> bool {
        tally.kind.get().is_some_and(|kind| *kind == self.kind)
    }

    fn matches(&self, name: &str, wanted: &str) -> bool {
        if let Some(value) = at(&self.fields, name) {
            return holds(value, wanted);
        }
        match name {
            "phase" => self.entry.phase.name() == wanted,
            "seat" => self
                .entry
                .witnesses
                .iter()
                .any(|seat| seat.as_str() == wanted),
            "side" => self
                .side
                .as_ref()
                .is_some_and(|side| side.as_str() == wanted),
            _ => false,
        }
    }

    fn number(&self, field: &str) -> i64 {
        at(&self.fields, field).map_or(0, sum)
    }
}

/// The value at a path of field names and numbers.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('/').try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })
}

/// A number; of a list or map, the sum of its numbers; yes counts 1.
fn sum(value: &Value) -> i64 {
    match value {
        Value::Number(number) => number.as_i64().unwrap_or(0),
        Value::Bool(yes) => i64::from(*yes),
        Value::Array(items) => items.iter().map(sum).sum(),
        Value::Object(map) => map.values().map(sum).sum(),
        _ => 0,
    }
}

/// Whether a value is this word or number, or has it anywhere within; a star at the end stands for any ending.
fn holds(value: &Value, wanted: &str) -> bool {
    let same = |text: &str| match wanted.strip_suffix('*') {
        Some(head) => text.starts_with(head),
        None => text == wanted,
    };
    match value {
        Value::Null => wanted == "none",
        Value::Bool(yes) => same(if *yes { "true" } else { "false" }),
        Value::Number(number) => same(&number.to_string()),
        Value::String(text) => same(text),
        Value::Array(items) => items.iter().any(|item| holds(item, wanted)),
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| same(key) || holds(value, wanted)),
    }
}

/// What figures are taken from at the end of a turn.
pub(super) struct Moment<'a> {
    pub(super) sim: &'a mut Sim,
    pub(super) told: &'a [Told],
    /// The turn that has ended; 0: none yet.
    pub(super) turn: u32,
    pub(super) seed: u64,
    /// Orders for the turn that begins, by seat.
    pub(super) orders: &'a BTreeMap<Key<crate::content::Seat>, Vec<Order>>,
    truth: Option<SeatView>,
}

impl<'a> Moment<'a> {
    pub(super) fn new(
        sim: &'a mut Sim,
        told: &'a [Told],
        turn: u32,
        seed: u64,
        orders: &'a BTreeMap<Key<crate::content::Seat>, Vec<Order>>,
    ) -> Self {
        Self {
            sim,
            told,
            turn,
            seed,
            orders,
            truth: None,
        }
    }

    /// The number.
    pub(super) fn value(&mut self, figure: &Figure) -> i64 {
        match figure {
            Figure::Number(number) => *number,
            Figure::Count(tally) => {
                let counted = self.told.iter().filter(|t| t.counts(tally, self.turn));
                i64::try_from(counted.count()).unwrap_or(i64::MAX)
            }
            Figure::Sum(tally, field) => {
                let field = field.get().map_or("", String::as_str);
                let counted = self.told.iter().filter(|t| t.counts(tally, self.turn));
                counted.map(|told| told.number(field)).sum()
            }
            Figure::Strength(side) => {
                let forces = self.truth().forces.values();
                forces.filter(|f| f.side == *side).map(|f| f.strength).sum()
            }
            Figure::Lost(side) => self.total(side, |t| t.lost * 1000 / t.raised.max(1)),
            Figure::Stock(side, stock) => {
                self.total(side, |t| t.stocks.get(stock).map_or(0, |s| s.held.into()))
            }
            Figure::Fired(side, stock) => {
                self.total(side, |t| t.stocks.get(stock).map_or(0, |s| s.fired.into()))
            }
            Figure::Sectors(side) => self.total(side, |t| t.sectors.into()),
            Figure::Meter(side, meter) => {
                self.row("tally", side.as_str(), &format!("meters/{meter}"))
            }
            Figure::Score => self.sim.score(),
            Figure::ScoreOf(side) => self.sim.scores().get(side).copied().unwrap_or(0),
            Figure::Won(side) => {
                let ended = self.sim.ended();
                i64::from(ended.is_some_and(|ending| ending.winner.as_ref() == Some(side)))
            }
            Figure::Hull(force) => {
                let parts = format!("{force}.");
                let forces = self.truth().forces.iter();
                forces
                    .filter(|(key, _)| *key == force || key.as_str().starts_with(&parts))
                    .map(|(_, f)| f.strength)
                    .sum()
            }
            Figure::Readiness(force) => self.force(force, |f| f.readiness.into()),
            Figure::Supply(force) => self.force(force, |f| f.supply.into()),
            Figure::Aboard(force, stock) => {
                self.force(force, |f| f.stocks.get(stock).copied().unwrap_or(0).into())
            }
            Figure::At(force, sector) => {
                self.force(force, |f| i64::from(f.place.in_sector() == Some(sector)))
            }
            Figure::If(condition) => i64::from(self.sim.holds(condition)),
            Figure::Row(table, row, field) => {
                let text =
                    |at: &crate::content::ron::At<String>| at.get().cloned().unwrap_or_default();
                self.row(&text(table), &text(row), &text(field))
            }
            Figure::Forecast(seat, sector, of) => self.forecast(seat, sector, *of),
            Figure::Plus(parts) => parts.iter().map(|part| self.value(part)).sum(),
            Figure::Times(by, figure) => self.value(figure).saturating_mul(*by),
            Figure::Minus(one, other) => self.value(one) - self.value(other),
            Figure::Share(one, other) => match (self.value(one), self.value(other)) {
                (_, 0) => 0,
                (one, other) => one.saturating_mul(1000) / other,
            },
        }
    }

    fn truth(&mut self) -> &SeatView {
        let sim = &*self.sim;
        self.truth.get_or_insert_with(|| sim.referee_view())
    }

    fn force(
        &mut self,
        force: &Key<Force>,
        of: impl Fn(&crate::sim::view::OwnForce) -> i64,
    ) -> i64 {
        self.truth().forces.get(force).map_or(0, of)
    }

    fn total(&mut self, side: &Key<Side>, of: impl Fn(&crate::sim::Totals) -> i64) -> i64 {
        self.sim.totals().get(side).map_or(0, of)
    }

    /// A number in the state as it is written down.
    fn row(&mut self, table: &str, row: &str, field: &str) -> i64 {
        let snapshot = self.sim.snapshot();
        let text = snapshot.0.get(table).and_then(|rows| rows.get(row));
        let value = text.and_then(|text| ron::from_str::<ron::Value>(text).ok());
        let value = value.and_then(|value| serde_json::to_value(value).ok());
        let value = value.as_ref();
        value.and_then(|value| at(value, field)).map_or(0, sum)
    }

    fn forecast(
        &mut self,
        seat: &Key<crate::content::Seat>,
        sector: &Key<crate::content::Sector>,
        of: Outlook,
    ) -> i64 {
        let Ok(view) = self.sim.view(seat) else {
            return 0;
        };
        let orders = self.orders.get(seat).map_or(&[][..], Vec::as_slice);
        let musing = stream(self.seed, seat, view.turn);
        let seen = outlook::expected(&view, orders, sector, SAMPLES, musing);
        // Fights that would take others to come are not what was ordered.
        let Some(seen) = seen.filter(|seen| seen.assumes == Assumes::Known) else {
            return 0;
        };
        let middle = |spread: &crate::sim::forecast::Spread| spread.quantiles[2];
        match of {
            Outlook::Own => middle(&seen.forecast.own),
            Outlook::Hostile => middle(&seen.forecast.hostile),
            Outlook::Holds => seen.forecast.holds.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_holds_a_word_anywhere_within() {
        let cause = json!({"answer": ["long-guns", "hub"]});
        for word in ["answer", "long-guns", "hub", "long-*"] {
            assert!(holds(&cause, word), "{word}");
        }
        assert!(!holds(&cause, "salvo") && !holds(&cause, "long"));
        assert!(holds(&json!(7), "7") && holds(&json!(null), "none"));
    }

    #[test]
    fn numbers_are_found_by_path_and_summed() {
        let bout = json!({"dealt": {"red": 4, "blue": 5}, "list": [1, [2, 3]], "yes": true});
        assert_eq!(at(&bout, "dealt/red").map(sum), Some(4));
        assert_eq!(at(&bout, "dealt").map(sum), Some(9));
        assert_eq!(at(&bout, "list/1/0").map(sum), Some(2));
        assert_eq!(at(&bout, "yes").map(sum), Some(1));
        assert_eq!(at(&bout, "none"), None);
    }
}
