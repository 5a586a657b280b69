//! When what can be dated was in the record and in a war that was entered from it: what the course measures, what changed
//! hands, what was fought first and worst. All of it as far as the seat knows, there and here.

use std::collections::{BTreeMap, BTreeSet};

use super::{against::Account, book};
use crate::{
    content::{
        Condition, Course, Key, Sector, Side, Site,
        chronicle::{Chronicle, Entry},
    },
    gui::{table::sentence, words::say},
    sim::{calendar::date_text, view::SeatView},
    war::{
        annals::{Annals, Change, Event},
        table::citation,
        tell,
    },
};

/// Something that can be dated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dating {
    /// What.
    pub what: String,
    /// The turn on which it was in the record; none: it never was, or the seat never knew.
    pub there: Option<u32>,
    /// The turn on which it was here.
    pub here: Option<u32>,
    /// What the record itself says of it, and where.
    pub source: Option<String>,
}

/// A date that a course measures.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// Of which entry.
    pub entry: &'a Key<Entry>,
    /// Whether it is its end rather than its beginning.
    pub is_end: bool,
    /// The first turn on which it is asked.
    pub first: u32,
    /// What has to hold.
    pub when: &'a Condition,
}

/// All dates that a course measures, each once.
pub fn measured(course: &Course) -> Vec<Measured<'_>> {
    let mut known: BTreeSet<(&Key<Entry>, bool)> = BTreeSet::new();
    let measures = course.battles.iter().flat_map(|battle| &battle.measures);
    let both = measures.flat_map(|measure| {
        [(false, &measure.begins), (true, &measure.ends)]
            .into_iter()
            .filter_map(move |(is_end, when)| {
                Some(Measured {
                    entry: &measure.entry,
                    is_end,
                    first: measure.turns.0,
                    when: when.as_ref()?,
                })
            })
    });
    both.filter(|one| known.insert((one.entry, one.is_end)))
        .collect()
}

/// What a course measures, with the turns in the record and here.
pub fn entries<'a>(
    told: Option<&Chronicle>,
    all: impl Iterator<Item = (&'a Measured<'a>, (Option<u32>, Option<u32>))>,
) -> Vec<Dating> {
    let dated = all.filter_map(|(one, (there, here))| {
        let told = told?;
        let entry = told.entry(one.entry.as_str())?;
        let what = match one.is_end {
            true => say!("entered-ends", name = entry.name.as_str()),
            false => say!("entered-begins", name = entry.name.as_str()),
        };
        let source = entry.when.as_ref().map(|when| {
            let note = when.note.as_deref().unwrap_or_default();
            let place = citation(told, one.entry.as_str(), note);
            say!(
                "entered-source",
                dates = sentence(&book::dates(told, when)),
                title = told.title.as_str(),
                place = place
            )
        });
        let is_dated = there.is_some() || here.is_some();
        is_dated.then_some(Dating {
            what,
            there,
            here,
            source,
        })
    });
    dated.collect()
}

/// What happened in both lines, dated by the seat's own reports: firsts, the worst day, what changed hands, the end.
pub fn happened(there: &Annals, here: &Annals) -> Vec<Dating> {
    let Some(view) = here.days.first().map(|day| &*day.view) else {
        return Vec::new();
    };
    let dated = |what: String, of: &dyn Fn(&Annals) -> Option<u32>| {
        let dating = Dating {
            what,
            there: of(there),
            here: of(here),
            source: None,
        };
        (dating.there.is_some() || dating.here.is_some()).then_some(dating)
    };
    let own = Some(&view.side);
    let first_change = |annals: &Annals, is_it: &dyn Fn(&Change) -> bool| {
        let change = annals.changes().into_iter().find(is_it);
        change.map(|change| change.turn)
    };
    let first_fight = |annals: &Annals| {
        let is_fight = |event: &Event| matches!(event, Event::Fight(..));
        let mut days = (0..).zip(&annals.days);
        days.find(|(_, day)| day.events.iter().any(is_fight))
            .map(|(turn, _)| turn)
    };
    let mut all = vec![
        dated(say!("entered-first-fight"), &first_fight),
        dated(say!("entered-first-lost"), &|annals| {
            first_change(annals, &|change| change.from.as_ref() == own)
        }),
        dated(say!("entered-first-won"), &|annals| {
            first_change(annals, &|change| change.by.as_ref() == own)
        }),
        dated(say!("entered-worst"), &worst),
    ];
    let hands: BTreeSet<Hand> = [there, here]
        .iter()
        .flat_map(|one| firsts(one).into_keys())
        .collect();
    let mut taken: Vec<Option<Dating>> = hands
        .iter()
        .map(|hand| {
            dated(hand.words(view), &|annals| {
                firsts(annals).get(hand).copied()
            })
        })
        .collect();
    taken.sort_by_key(|one| {
        let one = one.as_ref()?;
        Some((
            one.there.into_iter().chain(one.here).min(),
            one.what.clone(),
        ))
    });
    all.extend(taken);
    all.push(dated(say!("entered-over"), &|annals| {
        let is_over = annals.days.last()?.view.ended.is_some();
        is_over.then(|| annals.length())
    }));
    all.into_iter().flatten().collect()
}

/// What came into whose hands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Hand {
    Sector(Key<Sector>, Option<Key<Side>>),
    Site(Key<Site>, Key<Side>),
}

impl Hand {
    fn words(&self, view: &SeatView) -> String {
        let (place, side) = match self {
            Hand::Sector(sector, by) => (tell::sector(view, sector.as_str()), by.as_ref()),
            Hand::Site(site, by) => (tell::site(view, site.as_str()), Some(by)),
        };
        let side = tell::side(view, side.map(Key::as_str));
        say!("entered-taken", place = place, side = side)
    }
}

/// The first turn on which each came into these hands.
fn firsts(annals: &Annals) -> BTreeMap<Hand, u32> {
    let mut all = BTreeMap::new();
    for Change {
        turn, sector, by, ..
    } in annals.changes()
    {
        all.entry(Hand::Sector(sector, by)).or_insert(turn);
    }
    for (turn, day) in (0..).zip(&annals.days) {
        for event in &day.events {
            if let Event::Site(site, by) = event {
                all.entry(Hand::Site(site.clone(), by.clone()))
                    .or_insert(turn);
            }
        }
    }
    all
}

/// The turn on which the seat's own side lost most; none if it has lost nothing.
fn worst(annals: &Annals) -> Option<u32> {
    let lost = super::against::own(annals, |stand| stand.lost);
    let by_turn = (1..)
        .zip(lost.windows(2))
        .filter_map(|(turn, pair)| match pair {
            [before, after] => Some((after - before, std::cmp::Reverse(turn))),
            _ => None,
        });
    let (most, turn) = by_turn.max()?;
    (most > 0).then_some(turn.0)
}

/// Both dates and their difference, in words.
pub fn words(view: &SeatView, dating: &Dating) -> String {
    let date = |turn| date_text(&view.calendar, turn);
    let (there, here) = match (dating.there, dating.here) {
        (Some(there), Some(here)) => (there, here),
        (Some(there), None) => return say!("entered-not-here", there = date(there)),
        (None, Some(here)) => return say!("entered-not-there", here = date(here)),
        (None, None) => return say!("entered-nothing"),
    };
    let turns = i64::from(here) - i64::from(there);
    let days = turns.saturating_mul(i64::from(view.calendar.days_per_turn));
    let later = match days {
        0 => say!("entered-same-day"),
        1.. => say!("entered-days-later", n = days),
        _ => say!("entered-days-earlier", n = days.unsigned_abs()),
    };
    let (there, here) = (date(there), date(here));
    say!("entered-dated", there = there, here = here, later = later)
}

/// What the page says, as a text with where the record says it.
pub fn text(title: &str, view: &SeatView, account: &Account) -> String {
    let mut lines = vec![format!("{}: {title}", say!("entered-title")), String::new()];
    lines.push(say!("entered-shared", n = account.shared));
    if let Some(first) = &account.first {
        lines.push(format!(
            "{}: {}",
            say!("entered-first"),
            date_text(&view.calendar, first.turn)
        ));
        for (heading, orders) in [
            (say!("entered-recorded"), &first.recorded),
            (say!("entered-given"), &first.given),
        ] {
            lines.push(format!("  {heading}"));
            lines.extend(orders.iter().map(|order| format!("    {order}")));
        }
    }
    lines.push(String::new());
    lines.push(say!("entered-map"));
    for (sector, here, there) in account.apart(false) {
        lines.push(format!(
            "  {}",
            otherwise(view, sector.as_str(), here.as_ref(), there.as_ref())
        ));
    }
    lines.push(String::new());
    lines.push(say!("entered-dates"));
    for dating in &account.dates {
        lines.push(format!("  {}: {}", dating.what, words(view, dating)));
        lines.extend(dating.source.iter().map(|source| format!("      {source}")));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A sector that other hands hold here than in the record, in words.
pub fn otherwise(
    view: &SeatView,
    sector: &str,
    here: Option<&Key<Side>>,
    there: Option<&Key<Side>>,
) -> String {
    let side = |side: Option<&Key<_>>| tell::side(view, side.map(Key::as_str));
    say!(
        "entered-otherwise",
        place = tell::sector(view, sector),
        here = side(here),
        there = side(there)
    )
}
