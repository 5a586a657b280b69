//! The script of a film: what the seat knows of a turn as a list of beats, from its report and its views before and
//! after. Pure; equal views give equal films.

use std::collections::BTreeMap;

use super::{
    showing::{Positions, Showing, concerns, showing},
    stage::{Part, Stage, Walk, cast, who},
};
use crate::{
    chart::{
        Tag,
        film::{Frame, Mark, Shown},
    },
    content::{Force, Key, Sector},
    gui::{table::happened, words::say},
    sim::{journal::What, state::Place, turn::Phase, view::SeatView},
    war::tell,
};

/// Least and most that a beat takes at normal speed, milliseconds.
pub const BEAT: (u32, u32) = (200, 600);
/// Least and most that a film takes at normal speed, milliseconds.
pub const LENGTH: (u32, u32) = (5_000, 15_000);
/// More beats than this are drawn together.
const MOST: usize = 60;

/// One moment of the film.
#[derive(Clone, PartialEq, Debug)]
pub struct Beat {
    /// In which phase.
    pub phase: Phase,
    /// What is said.
    pub caption: String,
    /// What is shown on the chart.
    pub marks: Vec<Mark>,
    /// How long it takes at normal speed, milliseconds.
    pub length: u32,
    /// Whether it concerns the seat itself.
    pub concerns: bool,
    /// The happenings it shows, by their places in the report.
    pub entries: Vec<usize>,
    /// Where a battle is fought in it.
    pub battle: Option<Place>,
}

/// The film of a turn.
#[derive(Clone, PartialEq, Debug)]
pub struct Film {
    /// In order.
    pub beats: Vec<Beat>,
    /// Who moves and who stands.
    pub stage: Stage,
}

/// The film of the turn between two views of a seat.
pub fn script(before: &SeatView, after: &SeatView) -> Film {
    let cast = cast(before, after);
    let mut groups = groups(&cast);
    let mut walk = Walk::new(before, &cast);
    let came = arrivals(&cast, &walk);
    let glides = glides(before, after, &cast);
    let marches = groups.iter().position(|g| {
        g.phase == Phase::Move && matches!(cast.report[g.entries[0]].what, What::Moved { .. })
    });
    let marches = match marches {
        None if !(came.is_empty() && glides.is_empty()) => {
            let at = groups
                .iter()
                .position(|g| g.phase > Phase::Command && g.phase != Phase::Fire)
                .unwrap_or(groups.len());
            groups.insert(
                at,
                Group {
                    phase: Phase::Move,
                    entries: Vec::new(),
                },
            );
            Some(at)
        }
        known => known,
    };
    let mut parts: BTreeMap<Tag, Part> = BTreeMap::new();
    let mut beats = Vec::with_capacity(groups.len());
    for (index, group) in groups.into_iter().enumerate() {
        let mut marks = Vec::new();
        for entry in &group.entries {
            let what = &cast.report[*entry].what;
            if let Showing::Chart(more) = showing(&cast, &walk, what) {
                marks.extend(more);
            }
            for name in what.clone().forces_mut() {
                if let Some(tag) = who(&cast, name) {
                    enter(&mut parts, &walk, tag, index);
                }
            }
            follow(&mut parts, &mut walk, what, index);
        }
        if Some(index) == marches {
            for (tag, to) in came.iter().chain(&glides) {
                enter(&mut parts, &walk, tag.clone(), index);
                let Some(from) = walk.here.get(tag).cloned() else {
                    place_first(&mut parts, &mut walk, tag, to.clone());
                    continue;
                };
                let way = walk.way(&from, to);
                marks.push(Mark::March {
                    way: way.clone(),
                    side: side_of(&cast, tag),
                });
                walked(&mut parts, &mut walk, tag, index, way);
            }
        }
        marks.dedup();
        beats.push(Beat {
            phase: group.phase,
            caption: caption(&cast, &group),
            marks,
            length: 0,
            concerns: group
                .entries
                .iter()
                .any(|e| concerns(&cast, &cast.report[*e].what)),
            battle: battle(&cast, &group),
            entries: group.entries,
        });
    }
    // Who leaves the field, or is taken, belongs to the battle before.
    for index in 1..beats.len() {
        if beats[index].battle.is_none() && beats[index].phase == beats[index - 1].phase {
            beats[index].battle = beats[index - 1].battle.clone();
        }
    }
    entrances(before, after, &cast, &mut parts, &beats);
    pace(&cast, &mut beats);
    Film {
        beats,
        stage: Stage::new(before, after, cast, parts),
    }
}

impl Film {
    /// The picture of this beat when it is done to this share, 0.0 to 1.0.
    pub fn frame(&self, index: usize, done: f32) -> Frame {
        let phase = self.beats.get(index).map_or(Phase::Verdict, |b| b.phase);
        let mut marks = Vec::new();
        for (i, beat) in self.beats.iter().enumerate().take(index + 1) {
            let past = i < index;
            let lasting = |mark: &&Mark| {
                !past
                    || matches!(mark, Mark::Taken { .. })
                    || (beat.phase == phase && !matches!(mark, Mark::Word { .. }))
            };
            marks.extend(beat.marks.iter().filter(lasting).map(|mark| Shown {
                mark: mark.clone(),
                done: if past { 1.0 } else { done },
                past,
            }));
        }
        Frame {
            marks,
            actors: self.stage.actors(index, phase, done),
        }
    }

    /// How long it takes at normal speed, milliseconds.
    pub fn length(&self) -> u32 {
        self.beats.iter().map(|b| b.length).sum()
    }
}

/// Happenings that are shown together.
struct Group {
    phase: Phase,
    entries: Vec<usize>,
}

fn groups(cast: &SeatView) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, entry) in cast.report.iter().enumerate() {
        let last = groups.last_mut().filter(|g| g.phase == entry.phase);
        let together = last.filter(|group| {
            let first = &cast.report[group.entries[0]].what;
            joins(first, &entry.what)
        });
        match together {
            Some(group) => group.entries.push(index),
            None => groups.push(Group {
                phase: entry.phase,
                entries: vec![index],
            }),
        }
    }
    if groups.len() > MOST {
        let mut fewer: Vec<Group> = Vec::new();
        for group in groups {
            match fewer.last_mut().filter(|g| {
                let kind = |g: &Group| std::mem::discriminant(&cast.report[g.entries[0]].what);
                g.phase == group.phase && kind(g) == kind(&group)
            }) {
                Some(last) => last.entries.extend(group.entries),
                None => fewer.push(group),
            }
        }
        groups = fewer;
    }
    groups
}

/// Whether a happening belongs to the beat that began with another of the same phase.
fn joins(first: &What, next: &What) -> bool {
    use What as W;
    let is_loss = |what: &W| {
        matches!(
            what,
            W::ShipsLost { .. } | W::ForceLost { .. } | W::FlagshipLost { .. }
        )
    };
    let place = |what: &W| match what {
        W::ShipsLost { place, .. } | W::ForceLost { place, .. } | W::Bout { place, .. } => {
            Some(place.clone())
        }
        _ => None,
    };
    match (first, next) {
        (
            W::Salvos { at, cause, .. },
            W::Salvos {
                at: then,
                cause: of,
                ..
            },
        ) => at == then && cause.name() == of.name(),
        (W::Moved { .. } | W::Barred { .. }, W::Moved { .. } | W::Barred { .. }) => true,
        (W::SiteFired { target, .. }, W::SiteFired { target: then, .. }) => target == then,
        (W::SiteFired { target, .. }, W::ShipsLost { force, .. }) => target == force,
        (
            W::Landed { site, .. } | W::Lifted { site, .. },
            W::Landed { site: then, .. } | W::Lifted { site: then, .. },
        ) => site == then,
        (W::Bout { .. }, loss) if is_loss(loss) => {
            place(loss).is_none() || place(loss) == place(first)
        }
        (one, other) if is_loss(one) && is_loss(other) => {
            place(other).is_none() || place(one) == place(other)
        }
        (W::Lured { place, .. }, W::Lured { place: at, .. })
        | (W::Captured { place, .. }, W::Captured { place: at, .. }) => place == at,
        (
            W::Short { force, .. } | W::ConvoysLost { force, .. } | W::Starving { force },
            W::Short { force: who, .. }
            | W::ConvoysLost { force: who, .. }
            | W::Starving { force: who },
        ) => force == who,
        (W::Retreated { .. }, W::Retreated { .. })
        | (W::FellBack { .. }, W::FellBack { .. })
        | (W::StanceTaken { .. }, W::StanceTaken { .. })
        | (W::Refused { .. }, W::Refused { .. })
        | (W::Drew { .. }, W::Drew { .. })
        | (W::Repaired { .. }, W::Repaired { .. })
        | (W::Sighted { .. }, W::Sighted { .. })
        | (W::SectorTaken { .. }, W::SectorTaken { .. })
        | (W::GaveAway { .. }, W::GaveAway { .. })
        | (W::FlagSet { .. }, W::FlagSet { .. })
        | (W::Deployed { .. }, W::Deployed { .. })
        | (W::DeedBegun { .. }, W::DeedBegun { .. })
        | (W::Made { .. }, W::Made { .. })
        | (W::Stocked { .. }, W::Stocked { .. })
        | (W::Reached { .. }, W::Reached { .. })
        | (W::MeterReached { .. }, W::MeterReached { .. }) => true,
        _ => false,
    }
}

/// Foreign forces that fought elsewhere than they were known to be: they came there by a march nobody told of.
fn arrivals(cast: &SeatView, walk: &Walk) -> BTreeMap<Tag, Place> {
    let mut came = BTreeMap::new();
    for entry in &cast.report {
        let What::Battle {
            place,
            attacker,
            defender,
            ..
        } = &entry.what
        else {
            continue;
        };
        for name in attacker.forces.iter().chain(&defender.forces) {
            let Some(tag @ Tag::Contact(_)) = who(cast, name) else {
                continue;
            };
            let there = walk
                .here
                .get(&tag)
                .is_some_and(|p| p.sector() == place.sector());
            if !there {
                came.insert(tag, place.clone());
            }
        }
    }
    came
}

/// Contacts that were seen to go from one place to another, and of whose ways the journal tells nothing.
fn glides(before: &SeatView, after: &SeatView, cast: &SeatView) -> BTreeMap<Tag, Place> {
    let named = |tag: &Tag| {
        cast.report.iter().any(|e| match &e.what {
            What::Battle {
                attacker, defender, ..
            } => {
                let mut all = attacker.forces.iter().chain(&defender.forces);
                all.any(|f| who(cast, f).as_ref() == Some(tag))
            }
            What::Moved { force, .. }
            | What::FellBack { force, .. }
            | What::Retreated { force, .. } => who(cast, force).as_ref() == Some(tag),
            _ => false,
        })
    };
    let moved = after.contacts.iter().filter_map(|(key, now)| {
        let then = before.contacts.get(key)?;
        let tag = Tag::Contact(key.clone());
        (now.age == 0 && now.place != then.place && !named(&tag)).then(|| (tag, now.place.clone()))
    });
    moved.collect()
}

fn enter(parts: &mut BTreeMap<Tag, Part>, walk: &Walk, tag: Tag, beat: usize) {
    if let std::collections::btree_map::Entry::Vacant(entry) = parts.entry(tag) {
        let start = walk.here.get(entry.key()).cloned();
        let enters = start.is_none().then_some(beat);
        entry.insert(Part {
            start,
            enters,
            ..Part::default()
        });
    }
}

fn walked(
    parts: &mut BTreeMap<Tag, Part>,
    walk: &mut Walk,
    tag: &Tag,
    beat: usize,
    way: Vec<Place>,
) {
    if let Some(end) = way.last() {
        walk.here.insert(tag.clone(), end.clone());
    }
    if let Some(part) = parts.get_mut(tag) {
        part.legs.push((beat, way));
    }
}

/// Takes up what a happening says of places.
fn follow(parts: &mut BTreeMap<Tag, Part>, walk: &mut Walk, what: &What, beat: usize) {
    let sector = |key: &Key<Sector>| Place::Sector(key.clone());
    let told: Option<(&Key<Force>, Option<Place>, Place)> = match what {
        What::Moved { force, from, to } => Some((force, Some(from.clone()), to.clone())),
        What::FellBack { force, from, to } => Some((force, Some(sector(from)), sector(to))),
        What::Retreated { force, from, to } => Some((force, Some(from.clone()), sector(to))),
        What::Arrived { force, sector: at } => Some((force, None, sector(at))),
        What::ShipsLost { force, place, .. }
        | What::Sighted { force, place }
        | What::Lured { force, place }
        | What::Captured { force, place, .. } => Some((force, None, place.clone())),
        What::Salvos { firer, from, .. } => Some((firer, None, sector(from))),
        What::Deployed { force, sector: to } => Some((force, walk.place(force), sector(to))),
        _ => None,
    };
    if let What::Split { force, from } = what
        && let (Some(part), Some(place)) = (walk.who(force), walk.place(from))
    {
        place_first(parts, walk, &part, place);
    }
    let Some((name, from, to)) = told else { return };
    let Some(tag) = walk.who(name) else { return };
    match from {
        Some(from) => {
            place_first(parts, walk, &tag, from.clone());
            let way = walk.way(&from, &to);
            walked(parts, walk, &tag, beat, way);
        }
        None => place_first(parts, walk, &tag, to),
    }
}

/// Puts somebody where he is first heard of, if nothing is known of him yet.
fn place_first(parts: &mut BTreeMap<Tag, Part>, walk: &mut Walk, tag: &Tag, place: Place) {
    if !walk.here.contains_key(tag) {
        walk.here.insert(tag.clone(), place.clone());
    }
    if let Some(part) = parts.get_mut(tag)
        && part.start.is_none()
    {
        part.start = Some(place);
    }
}

/// Who comes into sight, who goes out of it, and with which beat.
fn entrances(
    before: &SeatView,
    after: &SeatView,
    cast: &SeatView,
    parts: &mut BTreeMap<Tag, Part>,
    beats: &[Beat],
) {
    let last = beats.len().saturating_sub(1);
    let detect = beats
        .iter()
        .position(|b| b.phase >= Phase::Detect)
        .unwrap_or(last);
    let named_last = |tag: &Tag| {
        let names = |what: &What| match what {
            What::ForceLost { force, .. } | What::Merged { force, .. } => {
                who(cast, force).as_ref() == Some(tag)
            }
            _ => false,
        };
        let mut all = beats.iter();
        all.position(|b| b.entries.iter().any(|e| names(&cast.report[*e].what)))
    };
    let places = |view: &SeatView| Walk::new(view, view).here;
    let (then, now) = (places(before), places(after));
    for (tag, place) in &now {
        if !then.contains_key(tag) {
            let part = parts.entry(tag.clone()).or_insert_with(|| Part {
                enters: Some(detect),
                ..Part::default()
            });
            part.start.get_or_insert_with(|| place.clone());
        }
    }
    for (tag, place) in &then {
        if !now.contains_key(tag) {
            let part = parts.entry(tag.clone()).or_insert_with(|| Part {
                start: Some(place.clone()),
                ..Part::default()
            });
            part.leaves = Some(named_last(tag).unwrap_or(detect));
        }
    }
}

fn side_of(cast: &SeatView, tag: &Tag) -> Key<crate::content::Side> {
    let known = match tag {
        Tag::Force(key) => cast.forces.get(key).map(|f| &f.side),
        Tag::Contact(key) => cast.contacts.get(key).map(|c| &c.side),
        Tag::Lane(_) | Tag::Sector(_) | Tag::Site(_) => None,
    };
    known.unwrap_or(&cast.side).clone()
}

/// What is said: the first happening in words, and how many more there are.
fn caption(cast: &SeatView, group: &Group) -> String {
    let Some(first) = group.entries.first().map(|e| &cast.report[*e].what) else {
        return say!("film-marches-seen");
    };
    let of_kind = |what: &What| std::mem::discriminant(what) == std::mem::discriminant(first);
    let alike = group
        .entries
        .iter()
        .filter(|e| of_kind(&cast.report[**e].what));
    let n = alike.count();
    match first {
        What::Moved { .. } if n > 1 => say!("film-marches", n = n),
        What::Salvos { .. } => salvos(cast, group),
        What::Retreated { .. } if n > 1 => say!("film-retreats", n = n),
        _ => {
            let words = happened(cast, first);
            if n > 1 {
                say!("film-and-more", first = words, n = n - 1)
            } else {
                words
            }
        }
    }
}

fn salvos(cast: &SeatView, group: &Group) -> String {
    let (mut fired, mut hit, mut firers) = (0, 0, Vec::new());
    let (mut with, mut place) = (String::new(), String::new());
    for entry in &group.entries {
        if let What::Salvos {
            firer,
            weapon,
            at,
            salvos,
            hits,
            ..
        } = &cast.report[*entry].what
        {
            fired += salvos;
            hit += hits;
            if !firers.contains(&firer) {
                firers.push(firer);
            }
            let name = cast
                .rules
                .weapons
                .get(weapon)
                .map_or(weapon.as_str(), |w| &w.name);
            (with, place) = (name.to_owned(), tell::sector(cast, at.as_str()));
        }
    }
    let who = match firers[..] {
        [one] if who(cast, one).is_none() => say!("film-somebody"),
        [one] => tell::force(cast, one.as_str()),
        _ => say!("film-forces", n = firers.len()),
    };
    say!(
        "film-salvos",
        who = who,
        weapon = with,
        place = place,
        n = fired,
        hits = hit
    )
}

fn battle(cast: &SeatView, group: &Group) -> Option<Place> {
    group
        .entries
        .iter()
        .find_map(|e| match &cast.report[*e].what {
            What::Met { place, .. } | What::Bout { place, .. } | What::Battle { place, .. } => {
                Some(place.clone())
            }
            _ => None,
        })
}

/// Gives each beat its time: by what it shows, drawn together or apart until the whole has a good length.
fn pace(cast: &SeatView, beats: &mut [Beat]) {
    let wish = |beat: &Beat| -> u32 {
        let first = beat.entries.first().map(|e| &cast.report[*e].what);
        match first {
            None => 500,
            Some(
                What::Salvos { .. }
                | What::Moved { .. }
                | What::Battle { .. }
                | What::GroundFight { .. }
                | What::SiteShelled { .. }
                | What::SiteTurned { .. }
                | What::SiteRazed { .. }
                | What::DeedDone { .. }
                | What::Said { .. }
                | What::Agreed { .. }
                | What::Ended { .. },
            ) => 600,
            Some(What::Met { .. } | What::Bout { .. } | What::SectorTaken { .. }) => 500,
            Some(What::Short { .. } | What::ConvoysLost { .. } | What::Drew { .. }) => 300,
            Some(_) => 400,
        }
    };
    let whole: u32 = beats.iter().map(wish).sum();
    let aim = whole.clamp(LENGTH.0, LENGTH.1);
    for beat in beats {
        let length = u64::from(wish(beat)) * u64::from(aim) / u64::from(whole.max(1));
        beat.length = (length as u32).clamp(BEAT.0, BEAT.1);
    }
}
