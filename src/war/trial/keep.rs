//! Wars of trials as records: what did not hold can be looked at, turn by turn, with all that the game has for records.

use std::{collections::BTreeMap, sync::Arc};

use super::{Proof, run::Course};
use crate::{
    content::{Bench, Catalog, ModStatus, Played, Trial, fingerprint},
    war::{Player, Record, Setup, War, WarError},
};

/// Why a war of a trial cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The catalogue is not what the trial was played with.
    #[error(
        "no record can be kept: the game plays this with other content than the trial; only a mod can be laid over it, a folder with a mod.ron"
    )]
    Other,
    /// The war cannot be played.
    #[error(transparent)]
    War(#[from] WarError),
}

/// A war in which something of a trial did not hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Exhibit {
    /// Its seed.
    pub seed: u64,
    /// At the end of which turns something that did not hold was asked: the first and the last.
    pub turns: (u32, u32),
}

/// The wars that show what did not hold of a trial, each seed once.
pub fn exhibits(proof: &Proof, trial: &Trial) -> Vec<Exhibit> {
    let mut seeds: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
    let answers = proof.outcome.iter().flat_map(|o| &o.expectations);
    for answer in answers.filter(|answer| !answer.held) {
        let Some(seed) = answer.seed else { continue };
        let turns = seeds.entry(seed).or_insert((answer.at, answer.at));
        *turns = (turns.0.min(answer.at), turns.1.max(answer.at));
    }
    // What differs, or is read, is no war's own: the first shows it as well as any.
    if seeds.is_empty() && !proof.held && proof.outcome.is_some() {
        seeds.insert(trial.seeds.0, (trial.turns, trial.turns));
    }
    let each = seeds.into_iter();
    each.map(|(seed, turns)| Exhibit { seed, turns }).collect()
}

/// A catalogue in which the field of a trial is a scenario, as the mod that [`Bench::field`] makes has it.
pub fn with_field(catalog: &Catalog, played: &Played) -> Arc<Catalog> {
    let (id, version) = Bench::FIELD;
    let mut catalog = catalog.clone();
    catalog.mods.push(ModStatus {
        id: id.into(),
        name: id.into(),
        version: version.into(),
        game: env!("CARGO_PKG_VERSION").into(),
        ..ModStatus::default()
    });
    let scenario = &played.trial.scenario;
    catalog
        .scenarios
        .insert(scenario.id.clone(), scenario.clone());
    Arc::new(catalog)
}

/// A war of a trial, played again up to the end of a turn, as a record. The trial's own orders are a script's, whoever
/// plays the seat beside them.
///
/// # Errors
/// If the catalogue has not the trial's content, or the war cannot be played.
pub fn record(
    catalog: &Arc<Catalog>,
    played: &Played,
    seed: u64,
    turns: u32,
) -> Result<Record, KeepError> {
    let trial = &played.trial;
    let mut setup = Setup::new(trial.scenario.id.as_str(), seed);
    let course = Course::new(trial, seed, None);
    for seat in trial.scenario.seats.keys() {
        let player = course.level(seat).map_or(Player::Script, Player::Computer);
        setup = setup.with(seat.as_str(), player);
    }
    let mut war = War::begin(catalog.clone(), setup)?;
    if war.record().content != fingerprint(&played.rules, &trial.scenario) {
        return Err(KeepError::Other);
    }
    while war.record().length() < turns && war.ended().is_none() {
        let turn = war.turn();
        let given = course.given(&war.sim, turn);
        let orders = course.orders(&war.sim, turn, &given);
        war.carry_out(orders)?;
    }
    // A name that is too long is left out: the file has it as well.
    let _ = war.rename(&format!("Trial {}, seed {seed}", trial.id));
    Ok(war.record().clone())
}
