//! What only those know who know orders, opponents and journals: the words of a trial's orders, the levels of its
//! players, the happenings that its figures count. Everything else is checked with the content.

use crate::{
    ai::Level,
    content::{
        Bench, Course, Deed, DeedTarget, Diagnostics, Expected, Figure, Gauge, Key, Layer, Portion,
        Rules, Scenario, Sources, Span, Tally, Trial, ron::At, suggest,
    },
    sim::{
        order::{self, Action, Mark, Target},
        turn::Phase,
    },
};

use super::{kinds, share};
use crate::war::script::seat_of;

/// Most seeds of a trial, as content has it.
const MOST_SEEDS: usize = 1_000;

/// Checks one layer over the shipped content, the trials in it with all that they say.
pub fn check_layer(layer: &Layer) -> (Sources, Diagnostics) {
    check_layers(std::slice::from_ref(layer))
}

/// Checks the last of these layers over those before it, the trials in it with all that they say.
pub fn check_layers(layers: &[Layer]) -> (Sources, Diagnostics) {
    let mut bench = Bench::open(layers);
    check(&mut bench);
    (bench.sources, bench.found)
}

/// Checks what content alone cannot know of its trials; problems are added to those found.
pub fn check(bench: &mut Bench) {
    let mut found = Diagnostics::new();
    for trial in bench.trials() {
        let mut it = Reading {
            rules: bench.rules(),
            scenario: &trial.scenario,
            found: &mut found,
        };
        it.trial(trial);
    }
    for course in bench.courses() {
        let mut it = Reading {
            rules: bench.rules(),
            scenario: &course.scenario,
            found: &mut found,
        };
        it.course(course);
    }
    if !bench.found.has_errors() && !found.has_errors() {
        edits(bench, &mut found);
    }
    for problem in found.iter() {
        bench.found.push(problem.clone());
    }
}

/// What is taken away must be there, and leave sound content behind.
fn edits(bench: &mut Bench, found: &mut Diagnostics) {
    let edited = bench.trials().filter(|trial| !trial.neutral.is_empty());
    let edited: Vec<_> = edited
        .map(|trial| (trial.id.clone(), trial.neutral.clone()))
        .collect();
    for (id, edits) in edited {
        if let Err(problems) = bench.played(&id, &edits) {
            for problem in problems.iter() {
                found.push(problem.clone());
            }
        }
    }
}

struct Reading<'a> {
    rules: &'a Rules,
    scenario: &'a Scenario,
    found: &'a mut Diagnostics,
}

impl Reading<'_> {
    fn trial(&mut self, trial: &Trial) {
        for level in trial.players.values() {
            let text = level.get().map_or("", String::as_str);
            if text.parse::<Level>().is_err() {
                let known = Level::ALL.map(Level::name);
                self.unknown(level.span, "level", text, known);
            }
        }
        let options = trial.decision.iter().flat_map(|d| d.options.values());
        for words in trial.orders.values().chain(options).flatten() {
            self.order(words);
        }
        if let Some(decision) = &trial.decision {
            self.figure(&decision.figure);
            self.choosers(decision);
        }
        if let Some(moves) = &trial.moves {
            self.figure(&moves.figure);
        }
        for expect in &trial.expect {
            match &expect.what {
                Expected::Refused(words) => self.order(words),
                Expected::Figure { figure, .. } => self.figure(figure),
                Expected::Holds(_) => {}
            }
            if let Some(portion) = &expect.share {
                self.portion(expect.span, portion, trial.wars());
            }
        }
    }

    /// A share of the wars that so many can show.
    fn portion(&mut self, span: Span, portion: &Portion, wars: u64) {
        let played = usize::try_from(wars).unwrap_or(usize::MAX);
        if share::can_show(portion, played) {
            return;
        }
        let help = match share::fewest(portion, MOST_SEEDS) {
            Some(need) => format!("play {need} seeds at least, or ask for less"),
            None => format!("ask for less: not even {MOST_SEEDS} seeds can show it"),
        };
        self.found
            .error(
                "too-few-seeds",
                span,
                format!("{wars} wars can never show this share so surely"),
            )
            .help(help);
    }

    fn course(&mut self, course: &Course) {
        for words in course.orders.values().flatten() {
            self.order(words);
        }
        let measures = course.battles.iter().flat_map(|battle| &battle.measures);
        for measure in measures {
            for figure in measure.losses.values() {
                self.figure(figure);
            }
            for gauge in measure.flags.values() {
                if let Gauge::AtLeast(figure, _) | Gauge::AtMost(figure, _) = gauge {
                    self.figure(figure);
                }
            }
        }
    }

    /// All that a seat chooses between is its own to order.
    fn choosers(&mut self, decision: &crate::content::Decision) {
        for words in decision.options.values().flatten() {
            let text = words.get().map_or("", String::as_str);
            let who = text.split_whitespace().next().unwrap_or_default();
            if seat_of(self.scenario, who).is_some_and(|seat| *seat != decision.seat) {
                let seat = &decision.seat;
                self.found
                    .error(
                        "not-yours",
                        words.span,
                        format!("`{who}` takes no orders from `{seat}`"),
                    )
                    .help("name a force of the seat that decides");
            }
        }
    }

    fn unknown<'k>(
        &mut self,
        span: Span,
        kind: &str,
        text: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let help = match suggest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", some_of(&known)),
        };
        self.found
            .error("unknown-id", span, format!("there is no {kind} `{text}`"))
            .help(help);
    }

    fn order(&mut self, at: &At<String>) {
        let Some(text) = at.get() else { return };
        let order = match order::parse(text) {
            Ok(order) => order,
            Err(error) => {
                self.found.error("bad-order", at.span, error.to_string());
                return;
            }
        };
        let scenario = self.scenario;
        self.force(at.span, order.force.as_str());
        let sector = |it: &mut Self, id: &str| {
            if !scenario.map.sectors.contains_key(id) {
                let known = scenario.map.sectors.keys().map(|k| k.as_str());
                it.unknown(at.span, "sector", id, known);
            }
        };
        match &order.action {
            Action::Go { stops, .. }
            | Action::Then { stops, .. }
            | Action::FallBack { along: stops, .. } => {
                for stop in stops {
                    sector(self, stop.as_str());
                }
            }
            Action::Fire {
                weapon, at: target, ..
            } => {
                if !self.rules.weapons.contains_key(weapon) {
                    let known = self.rules.weapons.keys().map(|k| k.as_str());
                    let known: Vec<String> = known.map(str::to_owned).collect();
                    let known = known.iter().map(String::as_str);
                    self.unknown(at.span, "weapon", weapon.as_str(), known);
                }
                match target {
                    Target::Sector(id) => sector(self, id.as_str()),
                    Target::Contact(contact) => self.contact(at.span, contact.as_str()),
                    Target::Site(site) => self.site(at.span, site.as_str()),
                }
            }
            Action::Follow { contact, .. } => self.contact(at.span, contact.as_str()),
            Action::Stance(stance) if !self.rules.stances.contains_key(stance) => {
                let known: Vec<String> =
                    self.rules.stances.keys().map(ToString::to_string).collect();
                self.unknown(
                    at.span,
                    "stance",
                    stance.as_str(),
                    known.iter().map(String::as_str),
                );
            }
            Action::Posture(Some(posture)) if !self.rules.postures.contains_key(posture) => {
                let known: Vec<String> = self
                    .rules
                    .postures
                    .keys()
                    .map(ToString::to_string)
                    .collect();
                self.unknown(
                    at.span,
                    "posture",
                    posture.as_str(),
                    known.iter().map(String::as_str),
                );
            }
            Action::Merge { into } => self.force(at.span, into.as_str()),
            Action::Deploy { sector: id } => sector(self, id.as_str()),
            Action::Land { stock, site, .. } | Action::Lift { stock, site, .. } => {
                self.site(at.span, site.as_str());
                if !self.rules.stocks.contains_key(stock) {
                    let known: Vec<String> =
                        self.rules.stocks.keys().map(ToString::to_string).collect();
                    let known = known.iter().map(String::as_str);
                    self.unknown(at.span, "stock", stock.as_str(), known);
                }
            }
            Action::Do { deed, at: target } => self.deed(at.span, deed, target.as_ref()),
            _ => {}
        }
    }

    fn force(&mut self, span: Span, id: &str) {
        if seat_of(self.scenario, id).is_none() {
            let scenario = self.scenario;
            self.unknown(
                span,
                "force",
                id,
                scenario.forces.keys().map(|k| k.as_str()),
            );
        }
    }

    fn site(&mut self, span: Span, id: &str) {
        let scenario = self.scenario;
        if !scenario.map.sites.contains_key(id) {
            let known = scenario.map.sites.keys().map(|k| k.as_str());
            self.unknown(span, "site", id, known);
        }
    }

    /// A deed, and what it is done at, as the deed says what that is.
    fn deed(&mut self, span: Span, deed: &Key<Deed>, at: Option<&Key<Mark>>) {
        let Some(known) = self.rules.deeds.get(deed) else {
            let known: Vec<String> = self.rules.deeds.keys().map(ToString::to_string).collect();
            let known = known.iter().map(String::as_str);
            return self.unknown(span, "deed", deed.as_str(), known);
        };
        let Some(at) = at else { return };
        let scenario = self.scenario;
        match known.target {
            DeedTarget::Site => self.site(span, at.as_str()),
            DeedTarget::Force => self.force(span, at.as_str()),
            DeedTarget::Contact => self.contact(span, at.as_str()),
            DeedTarget::Sector if !scenario.map.sectors.contains_key(at.as_str()) => {
                let known = scenario.map.sectors.keys().map(|k| k.as_str());
                self.unknown(span, "sector", at.as_str(), known);
            }
            DeedTarget::Sector | DeedTarget::Itself => {}
        }
    }

    /// A contact is called by its force's id, or by the seat's own name for it.
    fn contact(&mut self, span: Span, id: &str) {
        let own_name = id
            .strip_prefix('k')
            .is_some_and(|n| n.parse::<u32>().is_ok());
        if !own_name {
            self.force(span, id);
        }
    }

    fn figure(&mut self, figure: &Figure) {
        for (tally, field) in tallies(figure) {
            self.tally(tally, field);
        }
    }

    fn tally(&mut self, tally: &Tally, field: Option<&At<String>>) {
        let Some(kind) = tally.kind.get() else { return };
        let Some(fields) = kinds::fields(kind) else {
            let known = kinds::kinds().iter().copied();
            return self.unknown(tally.kind.span, "kind of happening", kind, known);
        };
        let head = |at: &At<String>| {
            let text = at.get().cloned().unwrap_or_default();
            text.split('/').next().unwrap_or_default().to_owned()
        };
        if let Some(at) = field.filter(|at| !fields.contains(&head(at).as_str())) {
            self.unknown(at.span, "field", &head(at), fields.iter().copied());
        }
        for (name, any) in &tally.of {
            let word = head(name);
            if !fields.contains(&word.as_str()) && !BESIDE.contains(&word.as_str()) {
                let known = fields.iter().copied().chain(BESIDE);
                self.unknown(name.span, "field", &word, known);
                continue;
            }
            let whole = name.get().is_some_and(|name| *name == word);
            for wanted in any.get().into_iter().flatten().filter(|_| whole) {
                self.wanted(any.span, &word, wanted);
            }
        }
    }

    /// Names of things in filters are known, where it is plain what they name.
    fn wanted(&mut self, span: Span, name: &str, wanted: &str) {
        let scenario = self.scenario;
        if wanted.ends_with('*') || wanted == "none" {
            return;
        }
        match name {
            "force" | "firer" | "into" | "target" => self.force(span, wanted),
            "side" if !scenario.sides.contains_key(wanted) => {
                self.unknown(
                    span,
                    "side",
                    wanted,
                    scenario.sides.keys().map(|k| k.as_str()),
                );
            }
            "seat" if !scenario.seats.contains_key(wanted) => {
                self.unknown(
                    span,
                    "seat",
                    wanted,
                    scenario.seats.keys().map(|k| k.as_str()),
                );
            }
            "sector" if !scenario.map.sectors.contains_key(wanted) => {
                let known = scenario.map.sectors.keys().map(|k| k.as_str());
                self.unknown(span, "sector", wanted, known);
            }
            "phase" if !Phase::ALL.iter().any(|phase| phase.name() == wanted) => {
                self.unknown(span, "phase", wanted, Phase::ALL.map(Phase::name));
            }
            _ => {}
        }
    }
}

/// What a filter may ask for beside a happening's own fields: its phase, who was told of it, and the side of its force.
const BESIDE: [&str; 3] = ["phase", "seat", "side"];

/// All that a figure counts, each with the field that is summed.
pub(super) fn tallies(figure: &Figure) -> Vec<(&Tally, Option<&At<String>>)> {
    match figure {
        Figure::Count(tally) => vec![(tally, None)],
        Figure::Sum(tally, field) => vec![(tally, Some(field))],
        Figure::Times(_, figure) => tallies(figure),
        Figure::Plus(parts) => parts.iter().flat_map(tallies).collect(),
        Figure::Minus(one, other) | Figure::Share(one, other) => {
            let mut all = tallies(one);
            all.extend(tallies(other));
            all
        }
        _ => Vec::new(),
    }
}

fn some_of(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let mut text = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    text
}
