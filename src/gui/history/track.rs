//! What stands on the line of a record that is watched: the entries of the record as windows of time, and what happened
//! in this war turn by turn, as far as a point of view knows it. Counted once, so that scrubbing counts nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    chart::Tag,
    content::{
        Calendar, Course, Key, Sector, Side,
        chronicle::{Basis, Chronicle, Entry, Window},
    },
    sim::calendar,
    war::{
        Reel,
        annals::{self, Annals, Event, Stand},
        tell,
    },
};

/// What happened on one turn.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Day {
    /// What changed hands.
    pub taken: Vec<Taking>,
    /// What was fought.
    pub fights: Vec<Fight>,
    /// Strength lost on it, hit points, by side, as far as known.
    pub lost: BTreeMap<Key<Side>, i64>,
}

/// A sector or site that changed hands.
#[derive(Clone, PartialEq, Debug)]
pub struct Taking {
    /// Its name.
    pub name: String,
    /// What it is on the map.
    pub tag: Tag,
    /// Who has it now; none: nobody.
    pub by: Option<Key<Side>>,
}

/// A battle, all pairs in one place together.
#[derive(Clone, PartialEq, Debug)]
pub struct Fight {
    /// Where.
    pub at: Key<Sector>,
    /// What the place is called.
    pub place: String,
    /// Hit points lost by side.
    pub lost: BTreeMap<Key<Side>, i64>,
}

/// A war from one point of view, as the line shows it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Track {
    /// Each turn, the first one first.
    pub days: Vec<Day>,
    /// How each side stands, before the first turn and after each.
    pub stands: Vec<BTreeMap<Key<Side>, Stand>>,
    /// The most that was lost on one turn by one side, hit points.
    pub worst: i64,
}

impl Track {
    /// Counts a reel.
    pub fn of(reel: &Reel) -> Self {
        let annals = Annals::of(reel);
        let mut track = Self {
            days: annals.days.iter().skip(1).map(day).collect(),
            stands: annals.days.into_iter().map(|day| day.sides).collect(),
            worst: 0,
        };
        for (turn, day) in track.days.iter_mut().enumerate() {
            let (Some(before), Some(after)) = (track.stands.get(turn), track.stands.get(turn + 1))
            else {
                continue;
            };
            for (side, stand) in after {
                let lost = stand.lost - before.get(side).map_or(0, |before| before.lost);
                if lost > 0 {
                    day.lost.insert(side.clone(), lost);
                    track.worst = track.worst.max(lost);
                }
            }
        }
        track
    }
}

fn day(counted: &annals::Day) -> Day {
    let view = &*counted.view;
    let mut day = Day::default();
    for event in &counted.events {
        match event {
            Event::Sector(sector, by) => day.taken.push(Taking {
                name: tell::sector(view, sector.as_str()),
                tag: Tag::Sector(sector.clone()),
                by: by.clone(),
            }),
            Event::Site(site, by) => day.taken.push(Taking {
                name: tell::site(view, site.as_str()),
                tag: Tag::Site(site.clone()),
                by: Some(by.clone()),
            }),
            Event::Fight(at, lost) => day.fights.push(Fight {
                at: at.clone(),
                place: tell::sector(view, at.as_str()),
                lost: lost.clone(),
            }),
        }
    }
    day
}

/// An entry of the record as a bar over the turns.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Which.
    pub entry: Key<Entry>,
    /// Its name.
    pub name: String,
    /// Where it begins and ends, in turns from the start of the first.
    pub span: (f32, f32),
    /// Whether it begins before the war that is shown, and ends after it.
    pub beyond: (bool, bool),
    /// How sure its dates are.
    pub basis: Basis,
    /// Whether this war is held against it.
    pub own: bool,
}

/// The entries of the record that lie on the line of a war: those that its course follows and what belongs to these, in
/// its places or as a part; without a course all. In the order in which they begin.
pub fn bars(
    told: &Chronicle,
    course: Option<&Course>,
    calendar: &Calendar,
    turns: usize,
) -> Vec<Bar> {
    let measured = course.map(measured);
    let concerns = |entry: &Entry| match (course, &measured) {
        (Some(course), Some(measured)) => {
            is_part(told, entry, measured)
                || (entry.places.iter()).any(|place| course.places.contains_key(&place.id))
        }
        _ => true,
    };
    let mut bars: Vec<Bar> = (told.entries.iter())
        .filter(|entry| concerns(entry))
        .filter_map(|entry| {
            let when = entry.when.as_ref()?;
            let (from, to) = span(told, when, calendar);
            let end = turns as f32;
            let from_in = from.unwrap_or(f32::MIN);
            let to_in = to.unwrap_or(f32::MAX);
            let is_here = from_in < end && to_in > 0.0 && (from.is_some() || to.is_some());
            is_here.then(|| Bar {
                entry: entry.id.clone(),
                name: entry.name.clone(),
                span: (from_in.max(0.0), to_in.min(end)),
                beyond: (from_in < 0.0, to_in > end),
                basis: when.basis,
                own: measured.as_ref().is_some_and(|all| all.contains(&entry.id)),
            })
        })
        .collect();
    bars.sort_by(|a, b| {
        let key = |bar: &Bar| (!bar.own, bar.span.0, -bar.span.1);
        let ((x, a, c), (y, b, d)) = (key(a), key(b));
        x.cmp(&y).then(a.total_cmp(&b)).then(c.total_cmp(&d))
    });
    bars
}

/// What a course is held against.
pub fn measured(course: &Course) -> BTreeSet<Key<Entry>> {
    let battles = course.battles.iter();
    let all = battles.flat_map(|battle| {
        let measures = battle.measures.iter().map(|measure| measure.entry.clone());
        measures.chain([battle.id.clone()])
    });
    all.collect()
}

/// Whether an entry is one of these, or a part of one.
fn is_part(told: &Chronicle, entry: &Entry, of: &BTreeSet<Key<Entry>>) -> bool {
    let mut now = Some(entry);
    // A circle of parts is refused when the record is read; this ends all the same.
    for _ in 0..8 {
        match now {
            Some(entry) if of.contains(&entry.id) => return true,
            Some(entry) => {
                now = (entry.part_of.as_ref()).and_then(|whole| told.entry(whole.as_str()));
            }
            None => return false,
        }
    }
    false
}

/// A window in turns from the start of a war; ends that are not known are left out.
pub fn span(told: &Chronicle, when: &Window, calendar: &Calendar) -> (Option<f32>, Option<f32>) {
    let first = told.day(calendar::date(calendar, 1));
    let each = calendar.days_per_turn.max(1) as f32;
    let at = |day: i64| (day - first) as f32 / each;
    (
        when.from.map(|date| at(told.day(date))),
        when.to.map(|date| at(told.day(date) + 1)),
    )
}

/// Whether a window covers a part of this turn, counted from 1.
pub fn covers(told: &Chronicle, when: &Window, calendar: &Calendar, turn: u32) -> bool {
    let (from, to) = span(told, when, calendar);
    let start = turn.saturating_sub(1) as f32;
    (from.is_some() || to.is_some())
        && from.is_none_or(|from| from < start + 1.0)
        && to.is_none_or(|to| to > start)
}
