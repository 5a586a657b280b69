//! Recorded courses: every fact of the entries they follow has its measure, every power a side, and what forces have
//! lost before is what the record says of the battles before. What orders say is checked where that is known
//! (`war::trial`).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, Known, Scene,
    map::at_most,
    trial::{MAX_BOUND, Reading},
    yes,
};
use crate::content::{
    Battle, Course, Extent, Gauge, Key, Measure, Rules, Scenario, Side,
    chronicle::{Chronicle, Entry, Fact, Fate, Locale, Power},
    ron::At,
    schema::{Name, course as file, scenario as scenario_file},
};

use std::sync::Arc;

/// Most battles, measures and flags.
const MAX_PARTS: usize = 100;

/// What a course is read with.
struct Reader<'a> {
    scene: &'a Scene<'a>,
    scenario: &'a Scenario,
    chronicle: &'a Chronicle,
    reading: Reading<'a>,
    powers: Known,
    locales: Known,
    persons: Known,
    entries: Known,
}

/// A checked course over this scenario; `None` if its id could not be read.
pub(crate) fn course(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    scenario: &Scenario,
    written: &scenario_file::Scenario,
    chronicle: &Chronicle,
    file: &file::Course,
) -> Option<Course> {
    let ids = |kind, ids: Vec<&str>| Known::new(kind, ids, true);
    let it = Reader {
        scene,
        scenario,
        chronicle,
        reading: Reading {
            scene,
            turns: scene.turns,
        },
        powers: ids(
            "faction of the record",
            names(&chronicle.factions, |f| f.id.as_str()),
        ),
        locales: ids(
            "place of the record",
            names(&chronicle.places, |p| p.id.as_str()),
        ),
        persons: ids(
            "person of the record",
            names(&chronicle.persons, |p| p.id.as_str()),
        ),
        entries: ids(
            "entry of the record",
            names(&chronicle.entries, |e| e.id.as_str()),
        ),
    };
    scripts_no_outcome(check, scene.all, written);
    let sides = it.sides(check, file);
    let places = it.places(check, file);
    let before = check.all_known(&file.before, &it.entries);
    it.worn(check, written, &before);
    at_most(check, &file.battles, MAX_PARTS, "battles");
    let mut seen = BTreeSet::new();
    let battles = file.battles.iter().filter_map(At::get);
    let battles: Vec<Battle> = battles
        .filter_map(|battle| it.battle(check, battle, &sides, &places))
        .collect();
    for battle in file.battles.iter().filter_map(At::get) {
        if let Some(id) = battle.id.get()
            && !seen.insert(id)
        {
            check.error(
                "repeated-id",
                battle.id.span,
                format!("`{id}` is held against the record twice"),
                "remove one of them",
            );
        }
    }
    Some(Course {
        id: check.id(&file.id)?,
        span: file.id.span,
        document: chronicle.document.clone(),
        scenario: Arc::new(scenario.clone()),
        sides,
        places,
        before,
        orders: it.reading.orders(check, &file.orders),
        battles,
    })
}

fn names<'t, T>(things: &'t [T], id: impl Fn(&'t T) -> &'t str) -> Vec<&'t str> {
    things.iter().map(id).collect()
}

/// A scenario of history brings and calls away forces, tells, counts, and changes who stands with whom; what comes of it is
/// left to the rules.
fn scripts_no_outcome(check: &mut Check<'_>, rules: &Rules, written: &scenario_file::Scenario) {
    use scenario_file::Effect;
    for event in written.events.iter().filter_map(At::get) {
        for at in &event.effects {
            let Some(effect) = at.get() else { continue };
            let scripts = match effect {
                // A count that bears on nothing decides nothing.
                Effect::Change(_, meter, _) => {
                    meter.get().is_none_or(|m| !rules.only_counts(&Key::new(m)))
                }
                Effect::ChangeSite(..)
                | Effect::ChangeForce(..)
                | Effect::Stock(..)
                | Effect::End => true,
                _ => false,
            };
            if scripts {
                check.error(
                    "scripted-outcome",
                    at.span,
                    "a scenario of history scripts orders and arrivals, never an outcome".into(),
                    "leave it to the rules, or to an order; forces may arrive and leave, and meters that bear on nothing may count",
                );
            }
        }
    }
}

impl Reader<'_> {
    fn sides(&self, check: &mut Check<'_>, file: &file::Course) -> BTreeMap<Key<Power>, Key<Side>> {
        let mut sides = BTreeMap::new();
        for (power, side) in &file.sides.0 {
            let power = check.known(power, &self.powers);
            sides.insert(power, check.known(side, &self.scene.names.sides));
        }
        sides
    }

    fn places(&self, check: &mut Check<'_>, file: &file::Course) -> BTreeMap<Key<Locale>, Extent> {
        let mut places: BTreeMap<Key<Locale>, Extent> = BTreeMap::new();
        for place in &self.chronicle.places {
            let mut extent = Extent::default();
            if self.cover(place.id.as_str(), &mut extent) {
                places.insert(place.id.clone(), extent);
            }
        }
        for (place, parts) in &file.places.0 {
            let key = check.known(place, &self.locales);
            let mut extent = Extent::default();
            for part in parts.get().into_iter().flatten() {
                let Some(id) = part.get() else { continue };
                if !self.cover(id, &mut extent) {
                    let map = &self.scenario.map;
                    let known = (map.regions.keys().map(Key::as_str))
                        .chain(map.sectors.keys().map(Key::as_str))
                        .chain(map.sites.keys().map(Key::as_str));
                    let help = match check.suggest(id, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "name a region, a sector or a site of the map".into(),
                    };
                    check.error(
                        "unknown-id",
                        part.span,
                        format!("the map has no region, sector or site `{id}`"),
                        &help,
                    );
                }
            }
            places.insert(key, extent);
        }
        places
    }

    /// Adds what this id names on the map; whether it names anything.
    fn cover(&self, id: &str, extent: &mut Extent) -> bool {
        let map = &self.scenario.map;
        if map.regions.contains_key(id) {
            let within = |sector: &crate::content::Sector| {
                let mut region = Some(&sector.region);
                while let Some(key) = region {
                    if key.as_str() == id {
                        return true;
                    }
                    region = map.regions.get(key).and_then(|r| r.within.as_ref());
                }
                false
            };
            let all = map.sectors.iter().filter(|(_, sector)| within(sector));
            extent.sectors.extend(all.map(|(key, _)| key.clone()));
            return true;
        }
        if let Some((key, _)) = map.sectors.get_key_value(id) {
            extent.sectors.push(key.clone());
            return true;
        }
        if let Some((key, _)) = map.sites.get_key_value(id) {
            extent.sites.push(key.clone());
            return true;
        }
        false
    }

    /// What a force has lost before is the middle of what the record says its faction lost in each battle before.
    fn worn(
        &self,
        check: &mut Check<'_>,
        written: &scenario_file::Scenario,
        before: &[Key<Entry>],
    ) {
        for force in written.forces.iter().filter_map(At::get) {
            let (Some(at), Some(id)) = (&force.worn, force.id.get()) else {
                continue;
            };
            let Some(worn) = at.get().map(|rate| i64::from(rate.0)) else {
                continue;
            };
            let Some(made) = self.scenario.forces.get(id.as_str()) else {
                continue;
            };
            let each = before.iter().filter_map(|entry| {
                let entry = self.chronicle.entry(entry.as_str())?;
                let mut parties = entry.parties.iter();
                let party = parties.find(|p| p.faction.as_str() == made.faction.as_str())?;
                let (least, most) = party.losses.as_ref()?.band;
                Some(i64::from(least + most) / 2)
            });
            // Not every force of a faction was in every battle.
            let mut may = BTreeSet::from([1000]);
            for middle in each {
                let less: Vec<i64> = may
                    .iter()
                    .map(|left| left * (1000 - middle) / 1000)
                    .collect();
                may.extend(less);
            }
            let near = |left: &i64| (1000 - left - worn).abs() <= 1;
            if !may.iter().any(near) {
                let known: Vec<String> = may
                    .iter()
                    .rev()
                    .map(|left| (1000 - left).to_string())
                    .collect();
                check.error(
                    "worn-otherwise",
                    at.span,
                    format!("`{id}` has lost {worn} permille, which no earlier battle explains"),
                    &format!(
                        "name the battles in `before` of the course, or write one of {}",
                        known.join(", ")
                    ),
                );
            }
        }
    }

    fn battle(
        &self,
        check: &mut Check<'_>,
        file: &file::Battle,
        sides: &BTreeMap<Key<Power>, Key<Side>>,
        places: &BTreeMap<Key<Locale>, Extent>,
    ) -> Option<Battle> {
        let id: Key<Entry> = check.known(&file.id, &self.entries);
        at_most(check, &file.measures, MAX_PARTS, "measures");
        let measures = file.measures.iter().filter_map(At::get);
        let measures: Vec<Measure> = measures
            .filter_map(|measure| self.measure(check, measure, sides, places))
            .collect();
        let own = measures.first().is_some_and(|measure| measure.entry == id);
        if !own && self.entries.resolves(&file.id) {
            check.error(
                "not-measured",
                file.id.span,
                format!("nothing measures `{id}` itself"),
                "let the first of `measures` be of the battle's own entry",
            );
        }
        file.id.get().map(|_| Battle {
            id,
            tuned: yes(&file.tuned),
            measures,
        })
    }

    fn measure(
        &self,
        check: &mut Check<'_>,
        file: &file::Measure,
        sides: &BTreeMap<Key<Power>, Key<Side>>,
        places: &BTreeMap<Key<Locale>, Extent>,
    ) -> Option<Measure> {
        let key = check.known(&file.entry, &self.entries);
        let most = i64::from(self.scene.turns);
        let turns: (u32, u32) = check.ascending(&file.turns, 1..=most, "turns");
        let won = file.won.0.iter().map(|(side, when)| {
            let side = check.known(side, &self.scene.names.sides);
            (side, self.scene.when(check, when))
        });
        let won = won.collect();
        let mut when = |at: &Option<At<scenario_file::Condition>>| {
            at.as_ref().map(|at| self.scene.when(check, at))
        };
        let (begins, ends) = (when(&file.begins), when(&file.ends));
        let mut losses = BTreeMap::new();
        for (power, figure) in &file.losses.0 {
            let power = check.known(power, &self.powers);
            if let Some(figure) = self.reading.figure(check, figure) {
                losses.insert(power, figure);
            }
        }
        let mut fates = BTreeMap::new();
        for (person, fate) in &file.fates.0 {
            let person = check.known(person, &self.persons);
            if let Some((what, when)) = fate.get() {
                let what = what.get().copied().unwrap_or(Fate::Unknown);
                fates.insert(person, (what, self.scene.when(check, when)));
            }
        }
        let mut flags = BTreeMap::new();
        for (name, gauge) in &file.flags.0 {
            if let (Some(name), Some(gauge)) = (name.get(), self.gauge(check, gauge)) {
                flags.insert(name.clone(), gauge);
            }
        }
        let entry = self.chronicle.entry(key.as_str())?;
        self.complete(check, file, entry, &flags, sides, places);
        Some(Measure {
            entry: key,
            turns,
            won,
            begins,
            ends,
            losses,
            fates,
            flags,
        })
    }

    fn gauge(&self, check: &mut Check<'_>, at: &At<file::Gauge>) -> Option<Gauge> {
        let mut bounded = |figure: &At<_>, bound: &At<i64>| {
            let bound = check.number(bound, -MAX_BOUND..=MAX_BOUND, "bound");
            Some((self.reading.figure(check, figure)?, bound))
        };
        Some(match at.get()? {
            file::Gauge::AtLeast(figure, bound) => {
                let (figure, bound) = bounded(figure, bound)?;
                Gauge::AtLeast(figure, bound)
            }
            file::Gauge::AtMost(figure, bound) => {
                let (figure, bound) = bounded(figure, bound)?;
                Gauge::AtMost(figure, bound)
            }
            file::Gauge::Holds(when) => Gauge::Holds(self.scene.when(check, when)),
            file::Gauge::Ever(when) => Gauge::Ever(self.scene.when(check, when)),
            file::Gauge::Told => Gauge::Told,
            file::Gauge::Beyond(why) => Gauge::Beyond(check.text(why, "reason")),
        })
    }

    /// Every fact of the entry can be held against the war.
    fn complete(
        &self,
        check: &mut Check<'_>,
        file: &file::Measure,
        entry: &Entry,
        flags: &BTreeMap<String, Gauge>,
        sides: &BTreeMap<Key<Power>, Key<Side>>,
        places: &BTreeMap<Key<Locale>, Extent>,
    ) {
        let at = &file.entry;
        let missing = |check: &mut Check<'_>, at: &Name, what: String, help: String| {
            check.error("not-measured", at.span, what, &help);
        };
        let mut powers: BTreeSet<&Key<Power>> = BTreeSet::new();
        let of_parties = entry.parties.iter().filter(|party| party.losses.is_some());
        powers.extend(of_parties.map(|party| &party.faction));
        let mut known = BTreeSet::new();
        for after in &entry.after {
            match &after.what {
                Fact::Owner(place, owner) => {
                    powers.insert(owner);
                    if !places.contains_key(place) {
                        missing(
                            check,
                            at,
                            format!(
                                "the record says who held `{place}`, which is nowhere on the map"
                            ),
                            format!("add it to `places`: \"{place}\": [\"...\"]"),
                        );
                    }
                }
                Fact::Flag(name, _) => {
                    known.insert(name.as_str());
                    if !flags.contains_key(name) {
                        missing(
                            check,
                            at,
                            format!("the record says `{name}` of this, and nothing measures it"),
                            format!(
                                "add `\"{name}\": Holds(...)` to `flags`, or `Beyond(\"why\")`"
                            ),
                        );
                    }
                }
                Fact::Fate(..) | Fact::Leads(_) => {}
            }
        }
        let winner = entry.outcome.as_ref().and_then(|o| o.winner.as_ref());
        powers.extend(winner);
        if winner.is_some() && file.won.0.is_empty() {
            missing(
                check,
                at,
                "the record says who won, and nothing measures it".into(),
                "add `won: {\"side\": condition}`".into(),
            );
        }
        for power in powers
            .into_iter()
            .filter(|power| !sides.contains_key(*power))
        {
            missing(
                check,
                at,
                format!("the record speaks of `{power}`, which is on no side"),
                format!("add `\"{power}\": \"...\"` to `sides`"),
            );
        }
        for (name, _) in &file.flags.0 {
            let Some(text) = name.get() else { continue };
            if !known.contains(text.as_str()) {
                let help = match check.suggest(text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "measure what the record says".into(),
                };
                check.error(
                    "unknown-id",
                    name.span,
                    format!("the record says nothing of `{text}` here"),
                    &help,
                );
            }
        }
    }
}
