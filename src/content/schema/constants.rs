//! `assets/rules/constants.ron`: one struct. A layer over it names only what it changes.

use std::rc::Rc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Int, Permille};
use crate::content::{
    diagnostic::Span,
    validate::{Check, Narrow},
};

/// The constants with their ranges, once: the schema, what layers make of it, and the check.
macro_rules! constants {
    ($($name:ident: $shape:ty, $least:literal ..= $most:literal;)+) => {
        /// Constants as one file gives them.
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Constants {
            $(#[serde(default)] pub(crate) $name: Option<$shape>,)+
        }

        /// The constants of all layers, the last one winning field by field.
        pub(crate) fn narrowed(
            layers: &[(Span, Rc<Constants>)],
            check: &mut Check<'_>,
        ) -> crate::content::Constants {
            let mut constants = crate::content::Constants::default();
            $(
                match layers.iter().rev().find_map(|(_, layer)| layer.$name.as_ref()) {
                    Some(value) => constants.$name = value.narrow(check, $least..=$most, stringify!($name)),
                    None => missing(layers, check, stringify!($name)),
                }
            )+
            constants
        }
    };
}

constants! {
    bout_rate: Permille, 1..=1000;
    bout_luck: (Permille, Permille), 0..=10_000;
    bout_strain: Int, 0..=1000;
    unready_fire: Permille, 0..=1000;
    cripple_share: Permille, 0..=1000;
    flagship_risk: Permille, 0..=1000;
    flagship_shock: Int, 0..=1000;
    bait_strain: Int, 0..=1000;
    bait_exposure: Permille, -1000..=9000;
    bait_follow: Int, 0..=8;
    crowd: Int, 1..=1_000_000;
    crowd_exposure: Permille, -1000..=9000;
    knowledge: (Permille, Permille, Permille, Permille), 0..=10_000;
    estimate_error: (Permille, Permille, Permille, Permille), 0..=1000;
    contact_life: Int, 1..=1000;
    drift: Int, 0..=100_000;
    sensors: (Int, Int), 0..=100_000;
    overcharge_aim: Permille, 0..=10_000;
    break_even: Permille, 0..=1000;
    readiness_start: Int, 0..=1000;
    rest: Int, 0..=1000;
    stance_change: Int, 0..=1000;
    forced_march: (Int, Int), 0..=100_000;
    supply_days: Int, 1..=1000;
    supply_reach: (Int, Int), 0..=1000;
    overreach: Int, 0..=1000;
    starving: Int, 0..=1000;
    starving_fire: Permille, 0..=1000;
    interdiction: Permille, 0..=1000;
    loss_limit: Permille, 1..=1000;
    leashes: Int, 0..=1000;
    field_repair: Int, 0..=100_000;
    pursuit: Permille, 0..=10_000;
    siege_rate: Permille, 0..=10_000;
    ground_rate: Permille, 0..=1000;
    ground_rounds: Int, 1..=20;
    landing_loss: Permille, 0..=1000;
}

fn missing(layers: &[(Span, Rc<Constants>)], check: &mut Check<'_>, name: &str) {
    let span = layers.first().map_or(Span::NOWHERE, |(span, _)| *span);
    check
        .out
        .error(
            "missing-constant",
            span,
            format!("the constant `{name}` is given nowhere"),
        )
        .help(format!("add `{name}: ...` to constants.ron"));
}
