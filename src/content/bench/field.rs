//! Fields of trials as mods: each a scenario that can be begun, watched and saved like any other.

use super::{Bench, Head};
use crate::content::{
    Diagnostics, Key, Trial, expand::expand, generate::manifest, schema::trial as file,
};

/// The campaign in which fields stand, and the id of the mod of each: no two of them are laid over one another.
const CAMPAIGN: &str = "trial-field";

/// What a scenario needs and a field need not say; none if the trial has no id.
pub(super) fn head(trial: &file::Trial) -> Option<Head<'_>> {
    let turns = trial.turns.get().copied().unwrap_or(1);
    Some(Head {
        id: (trial.id.get()?, trial.id.span),
        what: (trial.what.get().map_or("", String::as_str), trial.what.span),
        turns: (turns, trial.turns.span),
    })
}

impl Bench {
    /// The id of every mod that [`Bench::field`] makes, and its version.
    pub const FIELD: (&'static str, &'static str) = (CAMPAIGN, "1.0.0");

    /// The field of a trial as the files of a mod, by their paths within it: its scenario has the trial's id. None if
    /// there is no such trial, or it plays a scenario that is there anyway.
    pub fn field(&self, id: &Key<Trial>) -> Option<Vec<(String, String)>> {
        let written = self.stack.draft.trials.shared(id.as_str())?;
        let (tree, node) = self.field_of(&written)??;
        let made = expand(&tree, node, &head(&written.trial)?, &mut Diagnostics::new())?;
        let campaign = format!(
            "(\n    id: \"{CAMPAIGN}\",\n    title: \"Fields of trials\",\n    \
             summary: \"Small wars in which something was tested.\",\n)\n"
        );
        let scenario = format!(
            "// The field of the trial `{id}`, written out by `angelfire test --records`.\n{}\n",
            made.text
        );
        let folder = format!("scenarios/{CAMPAIGN}");
        Some(vec![
            ("mod.ron".into(), manifest(CAMPAIGN, "Field of a trial")),
            (format!("{folder}/campaign.ron"), campaign),
            (format!("{folder}/field.ron"), scenario),
        ])
    }
}
