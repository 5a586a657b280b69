//! Events, objectives and the conditions they ask. A condition is followed through every turn with three
//! answers (never, perhaps, always), so that one which provably never holds is told.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Check, MAX_STRENGTH, MAX_TURNS, RuleNames,
    map::{MapNames, at_most},
    not_kebab,
    scenario::Names,
    yes,
};
use crate::content::{
    Condition, Effect, Event, Faction, Force, HP_PER_SP, Key, Objective, Outcome, Relation, Rules,
    Seat,
    diagnostic::Span,
    ron::At,
    schema::{List, Name, scenario as file},
};

/// Most events, and most objectives.
const MAX_EVENTS: usize = 2_000;
/// Most parts of one condition.
const MAX_PARTS: usize = 100;
/// Most effects of one event, or of one pact.
pub(super) const MAX_EFFECTS: usize = 100;

/// What conditions may speak of.
pub(crate) struct Scene<'a> {
    pub(super) rules: &'a RuleNames,
    /// The rules themselves.
    pub(super) all: &'a Rules,
    pub(super) names: &'a Names,
    pub(super) map: &'a MapNames,
    pub(super) turns: u32,
    meters: BTreeMap<&'a str, (i32, i32)>,
    /// Strength points that a side can ever have.
    strength: BTreeMap<Key<crate::content::Side>, i64>,
    /// Flags that events set, each with the first place.
    flags: BTreeMap<String, Span>,
    /// Flags that deeds and meters set.
    elsewhere: BTreeSet<String>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(
        rule_names: &'a RuleNames,
        rules: &'a Rules,
        names: &'a Names,
        map: &'a MapNames,
        file: &file::Scenario,
        turns: u32,
        forces: &BTreeMap<Key<Force>, Force>,
        factions: &BTreeMap<Key<Faction>, Faction>,
        seats: &BTreeMap<Key<Seat>, Seat>,
    ) -> Self {
        let mut strength = BTreeMap::new();
        for force in forces.values() {
            let seat = factions.get(&force.faction).map(|faction| &faction.seat);
            let Some(seat) = seat.and_then(|seat| seats.get(seat)) else {
                continue;
            };
            let points: i64 = force
                .ships
                .iter()
                .map(|(class, hulls)| {
                    let hull = rules.classes.get(class).map_or(0, |class| class.hull);
                    i64::from(*hulls) * i64::from(hull)
                })
                .sum();
            *strength.entry(seat.side.clone()).or_default() += points;
        }
        for points in strength.values_mut() {
            *points = (*points + HP_PER_SP - 1) / HP_PER_SP;
        }
        let mut flags = BTreeMap::new();
        let events = file.events.iter().filter_map(At::get).map(|e| &e.effects);
        let pacts = file.pacts.iter().filter_map(At::get).map(|p| &p.effects);
        for effects in events.chain(pacts) {
            for effect in effects.iter().filter_map(At::get) {
                if let file::Effect::Set(flag) = effect
                    && let Some(text) = flag.get()
                {
                    flags.entry(text.clone()).or_insert(flag.span);
                }
            }
        }
        Self {
            rules: rule_names,
            all: rules,
            names,
            map,
            turns,
            meters: rules
                .meters
                .iter()
                .map(|(id, m)| (id.as_str(), m.range))
                .collect(),
            strength,
            flags,
            elsewhere: set_by_rules(rules),
            asked: RefCell::default(),
        }
    }

    /// Flags that nothing asks for.
    pub(super) fn unused_flags(&self, check: &mut Check<'_>) {
        let asked = self.asked.borrow();
        for (flag, span) in self.flags.iter().filter(|(flag, _)| !asked.contains(*flag)) {
            check.warning(
                "unused-flag",
                *span,
                format!("nothing asks for the flag `{flag}`"),
                "remove it, or ask for it with `Flag(...)`",
            );
        }
    }

    /// A condition that must be able to hold on some turn.
    pub(super) fn when(&self, check: &mut Check<'_>, at: &At<file::Condition>) -> Condition {
        self.when_within(check, at, 1, self.turns)
    }

    /// A condition that must be able to hold on some turn of these.
    pub(super) fn when_within(
        &self,
        check: &mut Check<'_>,
        at: &At<file::Condition>,
        first: u32,
        last: u32,
    ) -> Condition {
        let seen = self.follow(check, at);
        let asked = seen.may.iter().enumerate().any(|(index, may)| {
            let turn = u32::try_from(index + 1).unwrap_or(u32::MAX);
            *may && (first..=last).contains(&turn)
        });
        if !asked && !seen.told {
            never(
                check,
                at.span,
                "this never holds on any turn on which it is asked",
            );
        }
        seen.condition
    }

    fn follow(&self, check: &mut Check<'_>, at: &At<file::Condition>) -> Followed {
        let Some(file) = at.get() else {
            return Followed::told(Condition::Always, self.turns);
        };
        let perhaps = |condition| Followed::perhaps(condition, self.turns);
        match file {
            file::Condition::Always => Followed::on(Condition::Always, self.turns, |_| true),
            file::Condition::From(turn) => {
                let from: u32 = check.number(turn, 1..=MAX_TURNS, "turn");
                let mut seen = Followed::on(Condition::From(from), self.turns, |t| t >= from);
                if from > self.turns {
                    let turns = self.turns;
                    never(
                        check,
                        turn.span,
                        &format!("turn {from} lies past the end of the war, turn {turns}"),
                    );
                    seen.told = true;
                }
                seen
            }
            file::Condition::Until(turn) => {
                let until: u32 = check.number(turn, 1..=MAX_TURNS, "turn");
                if until > self.turns {
                    let turns = self.turns;
                    check.warning(
                        "past-the-end",
                        turn.span,
                        format!("turn {until} lies past the end of the war, turn {turns}: this always holds"),
                        "leave it out, or name an earlier turn",
                    );
                }
                Followed::on(Condition::Until(until), self.turns, |t| t <= until)
            }
            file::Condition::Holds(side, sector) => perhaps(Condition::Holds(
                check.known(side, &self.names.sides),
                check.known(sector, &self.map.sectors),
            )),
            file::Condition::Owns(side, site) => perhaps(Condition::Owns(
                check.known(side, &self.names.sides),
                check.known(site, &self.names.sites),
            )),
            file::Condition::Present(side, sector, strength) => {
                let (side, told) = (check.known(side, &self.names.sides), strength.span);
                let sector = check.known(sector, &self.map.sectors);
                let points: i32 = check.number(strength, 1..=MAX_STRENGTH, "strength");
                let told = self.beyond(check, &side, points, told);
                perhaps(Condition::Present(side, sector, points)).or_told(told)
            }
            file::Condition::Lost(side, share) => perhaps(Condition::Lost(
                check.known(side, &self.names.sides),
                check.number(share, 1..=1_000, "share"),
            )),
            file::Condition::Strength(side, strength) => {
                let side = check.known(side, &self.names.sides);
                let points: i32 = check.number(strength, 1..=MAX_STRENGTH, "strength");
                let told = self.beyond(check, &side, points, strength.span);
                perhaps(Condition::Strength(side, points)).or_told(told)
            }
            file::Condition::Destroyed(force) => {
                perhaps(Condition::Destroyed(check.known(force, &self.names.forces)))
            }
            file::Condition::Meter(side, meter, value) => {
                let side = check.known(side, &self.names.sides);
                let at = value.span;
                let range = meter.get().and_then(|m| self.meters.get(m.as_str()));
                let meter = check.known(meter, &self.rules.meters);
                let value: i32 = check.number(value, -1_000_000..=1_000_000, "value");
                let mut seen = perhaps(Condition::Meter(side, meter, value));
                if let Some((_, most)) = range.filter(|(_, most)| value > *most) {
                    never(check, at, &format!("this meter never exceeds {most}"));
                    seen.told = true;
                }
                seen
            }
            file::Condition::SiteMeter(site, meter, value) => {
                let site = check.known(site, &self.names.sites);
                let meter = check.known(meter, &self.rules.meters);
                let value = check.number(value, -1_000_000..=1_000_000, "value");
                perhaps(Condition::SiteMeter(site, meter, value))
            }
            file::Condition::Loyal(side, site) => perhaps(Condition::Loyal(
                check.known(side, &self.names.sides),
                check.known(site, &self.names.sites),
            )),
            file::Condition::Razed(site) => {
                perhaps(Condition::Razed(check.known(site, &self.names.sites)))
            }
            file::Condition::Flag(flag) => {
                let told = self.flag(check, flag);
                let text = flag.get().cloned().unwrap_or_default();
                perhaps(Condition::Flag(text)).or_told(told)
            }
            file::Condition::All(list) => self.several(check, at.span, list, true),
            file::Condition::Any(list) => self.several(check, at.span, list, false),
            file::Condition::Not(inner) => {
                let seen = self.follow(check, inner);
                Followed {
                    condition: Condition::Not(Box::new(seen.condition)),
                    may: seen.must.iter().map(|must| !must).collect(),
                    must: seen.may.iter().map(|may| !may).collect(),
                    told: seen.told,
                }
            }
        }
    }

    fn several(
        &self,
        check: &mut Check<'_>,
        span: Span,
        list: &List<file::Condition>,
        all: bool,
    ) -> Followed {
        if list.is_empty() {
            check.error(
                "empty-condition",
                span,
                "this condition has no parts".into(),
                "name at least one part",
            );
            return Followed::told(Condition::Always, self.turns);
        }
        at_most(check, list, MAX_PARTS, "parts of one condition");
        let mut whole = Followed::on(Condition::Always, self.turns, |_| all);
        let mut parts = Vec::new();
        for at in list.iter().take(MAX_PARTS) {
            let part = self.follow(check, at);
            for (one, other) in [(&mut whole.may, &part.may), (&mut whole.must, &part.must)] {
                for (one, other) in one.iter_mut().zip(other) {
                    *one = if all { *one && *other } else { *one || *other };
                }
            }
            whole.told |= part.told;
            parts.push(part.condition);
        }
        if all && !whole.told {
            if let Some(reason) = contradiction(&parts) {
                never(check, span, &reason);
                whole.told = true;
            } else if !whole.may.contains(&true) {
                never(check, span, "there is no turn on which all of this holds");
                whole.told = true;
            }
        }
        whole.condition = if all {
            Condition::All(parts)
        } else {
            Condition::Any(parts)
        };
        whole
    }

    /// Tells when a side can never have so much; true if it did.
    fn beyond(
        &self,
        check: &mut Check<'_>,
        side: &Key<crate::content::Side>,
        points: i32,
        span: Span,
    ) -> bool {
        let most = self.strength.get(side).copied().unwrap_or(0);
        let beyond = self.names.sides.has(side.as_str()) && i64::from(points) > most;
        if beyond {
            never(
                check,
                span,
                &format!("all forces of `{side}` together make {most} strength points"),
            );
        }
        beyond
    }

    /// A flag that some event sets; true if a problem was told.
    fn flag(&self, check: &mut Check<'_>, flag: &Name) -> bool {
        let Some(text) = flag.get() else { return true };
        self.asked.borrow_mut().insert(text.clone());
        if self.flags.contains_key(text) || self.elsewhere.contains(text) {
            return false;
        }
        let near = check.near(text, self.flags.keys().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{}`?", near.word),
            None => format!("add an event with `Set(\"{text}\")`"),
        };
        let error = check.error(
            "unset-flag",
            flag.span,
            format!("no event sets the flag `{text}`"),
            &help,
        );
        if let Some(near) = near.filter(|near| near.alone) {
            error.fix_here(format!("\"{}\"", near.word));
        }
        true
    }
}

/// Flags that deeds and thresholds of meters set.
fn set_by_rules(rules: &Rules) -> BTreeSet<String> {
    let deeds = rules.deeds.values();
    let deeds = deeds.flat_map(|deed| deed.success.iter().chain(&deed.failure));
    let meters = rules.meters.values().flat_map(|meter| &meter.thresholds);
    deeds
        .chain(meters.flat_map(|threshold| &threshold.outcomes))
        .filter_map(|outcome| match outcome {
            Outcome::Set(flag) => Some(flag.clone()),
            _ => None,
        })
        .collect()
}

/// A condition with the turns on which it may and must hold.
struct Followed {
    condition: Condition,
    may: Vec<bool>,
    must: Vec<bool>,
    /// What is wrong with it has been told.
    told: bool,
}

impl Followed {
    /// Decided by the turn alone.
    fn on(condition: Condition, turns: u32, holds: impl Fn(u32) -> bool) -> Self {
        let may: Vec<bool> = (1..=turns).map(holds).collect();
        Self {
            condition,
            must: may.clone(),
            may,
            told: false,
        }
    }
    /// May hold or not on every turn.
    fn perhaps(condition: Condition, turns: u32) -> Self {
        let mut seen = Self::on(condition, turns, |_| true);
        seen.must.fill(false);
        seen
    }
    fn told(condition: Condition, turns: u32) -> Self {
        Self::perhaps(condition, turns).or_told(true)
    }
    fn or_told(mut self, told: bool) -> Self {
        self.told |= told;
        self
    }
}

fn never(check: &mut Check<'_>, span: Span, reason: &str) {
    check.error(
        "impossible-condition",
        span,
        reason.into(),
        "change it to something that can happen, or remove it",
    );
}

/// Why these cannot hold together, whatever the turn.
fn contradiction(parts: &[Condition]) -> Option<String> {
    let mut flat = Vec::new();
    flatten(parts, &mut flat);
    flat.truncate(MAX_PARTS);
    for (index, one) in flat.iter().enumerate() {
        for other in &flat[index + 1..] {
            match (one, other) {
                (Condition::Not(inner), whole) | (whole, Condition::Not(inner))
                    if **inner == **whole =>
                {
                    return Some("this asks for something and for its contrary".into());
                }
                (Condition::Holds(a, here), Condition::Holds(b, there))
                    if here == there && a != b =>
                {
                    return Some(format!("`{here}` cannot be held by `{a}` and by `{b}`"));
                }
                (Condition::Owns(a, here), Condition::Owns(b, there))
                    if here == there && a != b =>
                {
                    return Some(format!("`{here}` cannot be owned by `{a}` and by `{b}`"));
                }
                _ => {}
            }
        }
    }
    None
}

fn flatten<'a>(parts: &'a [Condition], flat: &mut Vec<&'a Condition>) {
    for part in parts {
        match part {
            Condition::All(inner) => flatten(inner, flat),
            other => flat.push(other),
        }
    }
}

pub(super) fn events(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    file: &file::Scenario,
) -> BTreeMap<Key<Event>, Event> {
    at_most(check, &file.events, MAX_EVENTS, "events");
    super::map::names(check, "event", &file.events, |event| Some(&event.id));
    let mut events = BTreeMap::new();
    for event in file.events.iter().filter_map(At::get) {
        at_most(check, &event.effects, MAX_EFFECTS, "effects of one event");
        if event.effects.is_empty() {
            check.error(
                "no-effect",
                event.id.span,
                "this event does nothing".into(),
                "add `effects: [Say(\"...\")]`",
            );
        }
        let made = Event {
            when: scene.when(check, &event.when),
            effects: event
                .effects
                .iter()
                .filter_map(At::get)
                .map(|effect| effect_of(check, scene, effect))
                .collect(),
            repeats: yes(&event.repeats),
            tells: check.all_known(&event.tells, &scene.names.seats),
        };
        if let Some(id) = event.id.get() {
            events.insert(Key::new(id), made);
        }
    }
    events
}

pub(super) fn effect_of(check: &mut Check<'_>, scene: &Scene<'_>, file: &file::Effect) -> Effect {
    match file {
        file::Effect::Arrive(force) => Effect::Arrive(check.known(force, &scene.names.forces)),
        file::Effect::Say(text) => Effect::Say(check.text(text, "Say")),
        file::Effect::Set(flag) => {
            let text = flag.get().cloned().unwrap_or_default();
            if let Some(better) = not_kebab(&text).filter(|_| flag.get().is_some()) {
                check.error(
                    "bad-id",
                    flag.span,
                    format!("`{text}` is no name of a flag: it is kebab-case"),
                    &better,
                );
            }
            Effect::Set(text)
        }
        file::Effect::Change(side, meter, by) => Effect::Change(
            check.known(side, &scene.names.sides),
            check.known(meter, &scene.rules.meters),
            check.number(by, -1_000_000..=1_000_000, "change"),
        ),
        file::Effect::ChangeSite(site, meter, by) => Effect::ChangeSite(
            check.known(site, &scene.names.sites),
            check.known(meter, &scene.rules.meters),
            check.number(by, -1_000_000..=1_000_000, "change"),
        ),
        file::Effect::ChangeForce(force, meter, by) => Effect::ChangeForce(
            check.known(force, &scene.names.forces),
            check.known(meter, &scene.rules.meters),
            check.number(by, -1_000_000..=1_000_000, "change"),
        ),
        file::Effect::Stock(site, stock, by) => Effect::Stock(
            check.known(site, &scene.names.sites),
            check.known(stock, &scene.rules.stocks),
            check.number(by, -1_000_000..=1_000_000, "change"),
        ),
        file::Effect::Leave(force) => Effect::Leave(check.known(force, &scene.names.forces)),
        file::Effect::Relate(one, other, at) => {
            let standing = at.get();
            let said = |field: fn(&file::Standing) -> &Option<At<bool>>| {
                standing.is_some_and(|s| yes(field(s)))
            };
            let relation = Relation {
                hostile: said(|s| &s.hostile),
                shares_sensors: said(|s| &s.shares_sensors),
                shares_supply: said(|s| &s.shares_supply),
            };
            if relation.hostile && (relation.shares_sensors || relation.shares_supply) {
                check.error(
                    "hostile-and-sharing",
                    at.span,
                    "they fight on sight, and yet share".into(),
                    "leave out `hostile`, or what they share",
                );
            }
            Effect::Relate(
                check.known(one, &scene.names.sides),
                check.known(other, &scene.names.sides),
                relation,
            )
        }
        file::Effect::Join(faction, seat) => Effect::Join(
            check.known(faction, &scene.names.factions),
            check.known(seat, &scene.names.seats),
        ),
        file::Effect::End => Effect::End,
    }
}

pub(super) fn objectives(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    file: &file::Scenario,
) -> BTreeMap<Key<Objective>, Objective> {
    at_most(check, &file.objectives, MAX_EVENTS, "objectives");
    super::map::names(check, "objective", &file.objectives, |o| Some(&o.id));
    let mut objectives = BTreeMap::new();
    for objective in file.objectives.iter().filter_map(At::get) {
        let made = Objective {
            name: check.text(&objective.name, "name"),
            side: check.known(&objective.side, &scene.names.sides),
            when: scene.when(check, &objective.when),
            lasting: yes(&objective.lasting),
        };
        if let Some(id) = objective.id.get() {
            objectives.insert(Key::new(id), made);
        }
    }
    objectives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contraries_and_two_holders_contradict() {
        let holds = |side: &str| Condition::Holds(side.into(), "x".into());
        let not = |c| Condition::Not(Box::new(c));
        assert!(contradiction(&[holds("a"), not(holds("a"))]).is_some());
        assert!(contradiction(&[holds("a"), Condition::All(vec![holds("b")])]).is_some());
        assert_eq!(contradiction(&[holds("a"), not(holds("b"))]), None);
        assert_eq!(
            contradiction(&[holds("a"), Condition::Any(vec![holds("b")])]),
            None
        );
    }
}
