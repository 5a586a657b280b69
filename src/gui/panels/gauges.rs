//! Meters of forces, sites and sectors as figures: the value, what it has reached, and under the pointer what fills it
//! and what it does.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, Ui};

use super::sums::{self, Figure};
use crate::{
    content::{Key, Meter},
    gui::{Table, UiAction, names, sums as account, table::sentence, theme, words::say},
    sim::view::SeatView,
};

/// Whether any of these has something to show.
pub fn any(view: &SeatView, meters: &BTreeMap<Key<Meter>, i32>) -> bool {
    shown(view, meters).next().is_some()
}

/// Those that are in play and stand above nothing, or have reached something.
fn shown<'a>(
    view: &'a SeatView,
    meters: &'a BTreeMap<Key<Meter>, i32>,
) -> impl Iterator<Item = (&'a Key<Meter>, &'a crate::content::Meter, i32)> {
    meters.iter().filter_map(|(key, value)| {
        let meter = view.rules.meters.get(key)?;
        let reached = meter.thresholds.iter().any(|t| t.is_reached(*value));
        (*value != meter.range.0 || reached).then_some((key, meter, *value))
    })
}

/// Shows them. `id` tells whose they are.
pub fn show(
    ui: &mut Ui,
    table: &Table,
    id: &str,
    meters: &BTreeMap<Key<Meter>, i32>,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    for (key, meter, value) in shown(view, meters) {
        let mut reached = meter.thresholds.iter().filter(|t| t.is_reached(value));
        let last = reached.next_back();
        let figure = say!("gauge", n = value, most = meter.range.1);
        let figure = RichText::new(figure);
        let figure = match last {
            Some(_) => figure.color(theme::attention()),
            None => figure,
        };
        let name = sentence(&names::meter(view, key));
        let figure = Figure::new(format!("gauge {id} {key}"), name, figure, || {
            account::gauge(view, key, value)
        });
        sums::figure(ui, table, figure, actions);
        if let Some(threshold) = last {
            theme::note(ui, &threshold.name);
        }
    }
}
