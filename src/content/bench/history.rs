//! The record, and the courses of its battles.

use super::{Bench, Check, Diagnostics, RuleNames, validate};
use crate::content::{Course, chronicle::Chronicle, schema::course as file};

impl Bench {
    /// Reads chronicles, then the courses that follow them. Courses over broken content would be told of things that are
    /// only missing because of that: they wait until it is whole.
    pub(super) fn read_history(&mut self, whole: bool) {
        let draft = self.stack.draft.clone();
        let mut found = Diagnostics::new();
        let mut check = Check::new(&mut found);
        let chronicles = draft.chronicles.iter();
        self.chronicles = chronicles
            .map(|(_, file)| validate::chronicle(&mut check, file))
            .collect();
        let names = RuleNames::of(&draft);
        for (_, course) in draft.courses.iter().filter(|_| whole) {
            if let Some(course) = self.course(&names, course, &mut found) {
                self.courses.insert(course.id.clone(), course);
            }
        }
        for problem in found.iter() {
            self.found.push(problem.clone());
        }
    }

    /// A course with what it plays and follows.
    fn course(
        &self,
        names: &RuleNames,
        file: &file::Course,
        found: &mut Diagnostics,
    ) -> Option<Course> {
        let draft = &self.stack.draft;
        let mut check = Check::new(found);
        check.known::<Chronicle>(&file.document, &draft.chronicles.known("document"));
        check.known::<crate::content::Scenario>(&file.scenario, &draft.scenarios.known("scenario"));
        let document = file.document.get()?;
        let chronicle = self.chronicles.iter().find(|c| c.document == *document)?;
        let placed = draft.scenarios.get(file.scenario.get()?)?;
        // What is wrong with the scenario itself is told where it stands.
        let mut unheard = Diagnostics::new();
        let mut made = None;
        validate::scenario_and(
            &mut Check::new(&mut unheard),
            names,
            &self.rules,
            draft,
            placed,
            |scene, scenario| {
                let written = &placed.scenario;
                made = validate::course(&mut check, scene, scenario, written, chronicle, file);
            },
        )?;
        made
    }
}
