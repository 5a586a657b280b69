//! What is sound and likely not meant so, and what comments allow of it.

use std::{collections::BTreeMap, sync::Arc};

use super::Bench;
use crate::content::{
    Diagnostic, Diagnostics, Key, Scenario,
    diagnostic::allow,
    kind::Kind,
    validate::{self, Whole},
};

impl Bench {
    /// Looks everything over once it has been read: `shipped` if no layer lies over the game, `all` where everything is
    /// to be told that may be wrong, and not only what keeps it from being used.
    pub(super) fn look_over(
        &mut self,
        scenarios: &BTreeMap<Key<Scenario>, Arc<Scenario>>,
        shipped: bool,
        all: bool,
    ) {
        let unsaid = match all && !self.found.has_errors() {
            true => self.sense(scenarios, shipped),
            false => Vec::new(),
        };
        let own = &self.own;
        let tells = |id| all && own.contains(&id);
        allow(&self.sources, &mut self.found, &unsaid, tells);
    }

    /// What is sound and likely not meant so, in the layer that is looked at. What is not told of it, but may be allowed
    /// for those who see it in other company, is given back.
    fn sense(
        &mut self,
        scenarios: &BTreeMap<Key<Scenario>, Arc<Scenario>>,
        shipped: bool,
    ) -> Vec<Diagnostic> {
        let mut found = Diagnostics::new();
        let texts = self.stack.texts.iter().map(|text| (text.kind, &*text.tree));
        let whole = Whole {
            draft: &self.stack.draft,
            rules: &self.rules,
            scenarios,
            texts: texts.collect(),
        };
        validate::sense(&whole, &mut found);
        // A mod of rules alone may be meant for others.
        let wars = self.stack.texts.iter().any(|text| {
            text.kind == Some(Kind::Scenario) && self.own.contains(&text.tree.source())
        });
        let mut unsaid = Vec::new();
        for problem in found.iter() {
            if !self.own.contains(&problem.span.source) {
                continue;
            }
            match problem.code == "unused-definition" && !shipped && !wars {
                true => unsaid.push(problem.clone()),
                false => {
                    self.found.push(problem.clone());
                }
            }
        }
        unsaid
    }
}
