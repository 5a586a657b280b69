//! What leads a seat through a scenario: steps that can be taken, in an order in which they can.

use super::{
    Check, Known, MAX_TURNS,
    conditions::Scene,
    map::{at_most, names},
};
use crate::content::{
    Condition, Errand, Force, Guide, GuideStep, Key, Scenario, Sector, Side, Sight, Site, Task,
    diagnostic::Span,
    ron::At,
    schema::{List, Name, Text, guide as file, scenario},
};

/// Most steps of a guide.
const MAX_STEPS: usize = 60;
/// Most parts of a task, all told.
const MAX_PARTS: usize = 50;
/// Most words of a step's text: it is read beside the map.
const MAX_WORDS: usize = 60;
/// Most words of its title and of its hint.
const MAX_SHORT: (usize, usize) = (8, 40);

/// What a guide may name.
struct Led<'a> {
    scene: &'a Scene<'a>,
    /// The forces that obey the seat.
    forces: Known,
    /// The seat's side, if it could be read.
    side: Option<Key<Side>>,
}

/// The guide of a scenario, which is otherwise known.
pub(super) fn guide(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    file: &scenario::Scenario,
    known: &Scenario,
) -> Option<Guide> {
    let file = file.guide.as_ref()?.get()?;
    let seat = check.known(&file.seat, &scene.names.seats);
    let obeys = |force: &crate::content::Force| {
        let faction = known.factions.get(&force.faction);
        faction.is_some_and(|faction| faction.seat == seat)
    };
    let own = known.forces.iter().filter(|(_, force)| obeys(force));
    let led = Led {
        scene,
        forces: Known::new(
            "force of this seat",
            own.map(|(key, _)| key.as_str()),
            known.seats.contains_key(&seat),
        ),
        side: known.seats.get(&seat).map(|seat| seat.side.clone()),
    };
    if file.steps.is_empty() {
        check.error(
            "no-steps",
            file.seat.span,
            "this guide leads nowhere".into(),
            "add `steps: [(id: \"look\", ...)]`, or remove the guide",
        );
    }
    at_most(check, &file.steps, MAX_STEPS, "steps of a guide");
    names(check, "step", &file.steps, |step| Some(&step.id));
    let mut steps = Vec::new();
    let mut latest = 0;
    for step in file.steps.iter().filter_map(At::get) {
        let by = step.by.as_ref().map(|at| {
            let by: u32 = check.number(at, 1..=MAX_TURNS, "by");
            if by > known.turns {
                let turns = known.turns;
                check.error(
                    "past-the-end",
                    at.span,
                    format!("turn {by} lies past the end of the war, turn {turns}"),
                    "leave it out, or name an earlier turn",
                );
            } else if by < latest {
                check.error(
                    "wrong-order",
                    at.span,
                    format!("an earlier step is asked for until turn {latest}"),
                    "steps are taken in their order: name that turn or a later one",
                );
            }
            latest = latest.max(by);
            by
        });
        let made = GuideStep {
            id: step.id.get().cloned().unwrap_or_default(),
            title: short(check, &step.title, "title", MAX_SHORT.0),
            text: short(check, &step.text, "text", MAX_WORDS),
            hint: short(check, &step.hint, "hint", MAX_SHORT.1),
            by,
            until: led.task(check, &step.until),
        };
        if made.until.size() > MAX_PARTS {
            check.error(
                "too-many",
                step.until.span,
                format!("this step asks for more than {MAX_PARTS} things"),
                "make several steps of it",
            );
        }
        steps.push(made);
    }
    Some(Guide { seat, steps })
}

/// Text of at most so many words.
fn short(check: &mut Check<'_>, at: &Text, what: &str, most: usize) -> String {
    let text = check.text(at, what);
    let words = text.split_whitespace().count();
    if words > most {
        check.error(
            "text-too-long",
            at.span,
            format!("`{what}` has {words} words, and room for {most}"),
            "shorten it, or make two steps of it",
        );
    }
    text
}

impl Led<'_> {
    fn task(&self, check: &mut Check<'_>, at: &At<file::Task>) -> Task {
        let stand_in = Task::Is(Condition::Always);
        let Some(task) = at.get() else {
            return stand_in;
        };
        match task {
            file::Task::Is(when) => {
                let condition = self.scene.when(check, when);
                if let Some(reason) = self.unknowable(&condition) {
                    check.error(
                        "unknowable",
                        when.span,
                        format!("the seat that is led cannot know this: {reason}"),
                        "ask for something that it sees",
                    );
                }
                Task::Is(condition)
            }
            file::Task::Looked(sight) => sight
                .get()
                .map_or(stand_in, |sight| Task::Looked(self.sight(check, sight))),
            file::Task::LookedWhile(sight, task) => {
                let task = Box::new(self.task(check, task));
                match sight.get() {
                    Some(sight) => Task::LookedWhile(self.sight(check, sight), task),
                    None => stand_in,
                }
            }
            file::Task::Ordered(force, errand) => match errand.get() {
                Some(errand) => {
                    Task::Ordered(check.known(force, &self.forces), Errand::from(*errand))
                }
                None => stand_in,
            },
            file::Task::Bound(force, sector) => {
                let (force, sector) = self.way(check, force, sector);
                Task::Bound(force, sector)
            }
            file::Task::At(force, sector) => {
                let (force, sector) = self.way(check, force, sector);
                Task::At(force, sector)
            }
            file::Task::All(parts) => Task::All(self.parts(check, at.span, parts)),
            file::Task::Any(parts) => Task::Any(self.parts(check, at.span, parts)),
        }
    }

    fn parts(&self, check: &mut Check<'_>, span: Span, parts: &List<file::Task>) -> Vec<Task> {
        if parts.is_empty() {
            check.error(
                "empty-condition",
                span,
                "this asks for nothing".into(),
                "name at least one thing to do",
            );
        }
        at_most(check, parts, MAX_PARTS, "parts of one step");
        let some = parts.iter().take(MAX_PARTS);
        some.map(|part| self.task(check, part)).collect()
    }

    fn way(&self, check: &mut Check<'_>, force: &Name, sector: &Name) -> (Key<Force>, Key<Sector>) {
        (
            check.known(force, &self.forces),
            check.known(sector, &self.scene.map.sectors),
        )
    }

    fn sight(&self, check: &mut Check<'_>, sight: &file::Sight) -> Sight {
        match sight {
            file::Sight::Force(force) => Sight::Force(check.known(force, &self.forces)),
            file::Sight::Sector(sector) => {
                Sight::Sector(check.known(sector, &self.scene.map.sectors))
            }
            file::Sight::Site(site) => {
                Sight::Site(check.known::<Site>(site, &self.scene.names.sites))
            }
            file::Sight::Foe => Sight::Foe,
            file::Sight::Supply => Sight::Supply,
            file::Sight::Reach => Sight::Reach,
            file::Sight::Knowledge => Sight::Knowledge,
            file::Sight::Control => Sight::Control,
            file::Sight::Objectives => Sight::Objectives,
            file::Sight::Report => Sight::Report,
            file::Sight::Outlook => Sight::Outlook,
            file::Sight::Reserves => Sight::Reserves,
            file::Sight::Score => Sight::Score,
            file::Sight::Verdict => Sight::Verdict,
        }
    }

    /// Why the seat can never tell whether a condition holds, if so.
    fn unknowable(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Flag(flag) => Some(format!("nobody is shown the flag `{flag}`")),
            Condition::Destroyed(force) => {
                Some(format!("what became of `{force}` is told in reports alone"))
            }
            Condition::Meter(side, ..) if self.side.as_ref().is_some_and(|own| own != side) => {
                Some(format!("`{side}` keeps its own meters to itself"))
            }
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().find_map(|part| self.unknowable(part))
            }
            Condition::Not(inner) => self.unknowable(inner),
            _ => None,
        }
    }
}
