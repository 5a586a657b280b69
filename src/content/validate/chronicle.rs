//! The chronicle of a document: every id it names is its own, every date there is, nothing leads back to itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Known, map::at_most, scenario::date};
use crate::content::{
    Key,
    chronicle::{
        Aftermath, Basis, Chronicle, Conduct, Contingent, Contradiction, Date, Detail, Entry, Fact,
        Fate, Locale, Mention, Paragraph, Person, Power, Toll, Upshot, Window,
    },
    diagnostic::Span,
    ron::At,
    schema::{List, Name, Text, chronicle as file},
};

/// Most things of one kind in a chronicle.
const MAX_THINGS: usize = 2_000;
/// Most parts of an entry: places, parties, paragraphs, facts.
const MAX_PARTS: usize = 100;

/// The ids of a chronicle.
struct Names {
    factions: Known,
    places: Known,
    persons: Known,
    entries: Known,
}

/// A checked chronicle.
pub(crate) fn chronicle(check: &mut Check<'_>, file: &file::Chronicle) -> Chronicle {
    let names = Names {
        factions: ids(check, "faction", &file.factions, |f| &f.id),
        places: ids(check, "place", &file.places, |p| &p.id),
        persons: ids(check, "person", &file.persons, |p| &p.id),
        entries: ids(check, "entry", &file.entries, |e| &e.id),
    };
    ids(check, "contradiction", &file.contradictions, |c| &c.id);
    nested(check, file);
    let entries = file.entries.iter().filter_map(At::get);
    Chronicle {
        document: said(&file.document),
        title: check.text(&file.title, "title"),
        first_day: match file.first_day.get() {
            Some(first) => date(check, first),
            None => (1, 1, 1),
        },
        counted: file.counted.as_ref().map(|at| check.text(at, "counted")),
        seed: check.number(&file.seed, 0..=i64::MAX, "seed"),
        factions: (file.factions.iter().filter_map(At::get))
            .map(|f| Power {
                id: Key::new(said(&f.id)),
                name: check.text(&f.name, "name"),
                also: check.texts(&f.also, "also"),
                what: check.text(&f.what, "what"),
                basis: basis(&f.basis),
                source: check.text(&f.source, "source"),
            })
            .collect(),
        places: (file.places.iter().filter_map(At::get))
            .map(|p| Locale {
                id: Key::new(said(&p.id)),
                name: check.text(&p.name, "name"),
                also: check.texts(&p.also, "also"),
                holder: check.maybe_known(&p.holder, &names.factions),
                what: check.text(&p.what, "what"),
                basis: basis(&p.basis),
                source: check.text(&p.source, "source"),
            })
            .collect(),
        persons: (file.persons.iter().filter_map(At::get))
            .map(|p| Person {
                id: Key::new(said(&p.id)),
                name: check.text(&p.name, "name"),
                also: check.texts(&p.also, "also"),
                rank: p.rank.as_ref().map(|rank| check.text(rank, "rank")),
                faction: check.maybe_known(&p.faction, &names.factions),
                what: check.text(&p.what, "what"),
                basis: basis(&p.basis),
                source: check.text(&p.source, "source"),
            })
            .collect(),
        entries: entries.map(|e| entry(check, &names, e)).collect(),
        contradictions: (file.contradictions.iter().filter_map(At::get))
            .map(|c| Contradiction {
                id: Key::new(said(&c.id)),
                what: check.text(&c.what, "what"),
                chosen: check.text(&c.chosen, "chosen"),
                why: check.text(&c.why, "why"),
                entries: check.all_known(&c.entries, &names.entries),
                source: check.text(&c.source, "source"),
            })
            .collect(),
    }
}

/// The ids of a list, each well-formed and once.
fn ids<T>(
    check: &mut Check<'_>,
    kind: &'static str,
    list: &List<T>,
    id: impl Fn(&T) -> &Name,
) -> Known {
    at_most(check, list, MAX_THINGS, kind);
    let mut known = BTreeSet::new();
    for at in list.iter().filter_map(At::get).map(&id) {
        check.id::<T>(at);
        let Some(text) = at.get() else { continue };
        if !known.insert(text.clone()) {
            check.error(
                "duplicate-id",
                at.span,
                format!("`{text}` is defined twice"),
                "rename or remove one of them",
            );
        }
    }
    let whole = |at: &At<T>| at.get().is_some_and(|thing| id(thing).get().is_some());
    Known::new(kind, known, list.iter().all(whole))
}

/// Nothing is a part of itself.
fn nested(check: &mut Check<'_>, file: &file::Chronicle) {
    let entries = file.entries.iter().filter_map(At::get);
    let part_of: BTreeMap<&str, &Name> = entries
        .filter_map(|e| Some((e.id.get()?.as_str(), e.part_of.as_ref()?)))
        .collect();
    for (id, whole) in &part_of {
        let mut seen = BTreeSet::from([*id]);
        let mut at = Some(*whole);
        while let Some(name) = at.and_then(At::get) {
            if !seen.insert(name) {
                if name == id {
                    check.error(
                        "circle",
                        whole.span,
                        format!("`{id}` is a part of itself"),
                        "name what it is really a part of, or nothing",
                    );
                }
                break;
            }
            at = part_of.get(name.as_str()).copied();
        }
    }
}

fn entry(check: &mut Check<'_>, names: &Names, file: &file::Entry) -> Entry {
    at_most(check, &file.places, MAX_PARTS, "places");
    at_most(check, &file.parties, MAX_PARTS, "parties");
    at_most(check, &file.story, MAX_PARTS, "paragraphs");
    at_most(check, &file.after, MAX_PARTS, "facts");
    let outcome = file.outcome.as_ref().and_then(At::get);
    Entry {
        id: Key::new(said(&file.id)),
        name: check.text(&file.name, "name"),
        part_of: check.maybe_known(&file.part_of, &names.entries),
        when: (file.when.as_ref().and_then(At::get)).map(|when| window(check, when)),
        places: named(check, &file.places, &names.places),
        parties: (file.parties.iter().filter_map(At::get))
            .map(|p| party(check, names, p))
            .collect(),
        story: (file.story.iter().filter_map(At::get))
            .map(|told| Paragraph {
                text: check.text(&told.text, "text"),
                basis: basis(&told.basis),
                source: check.text(&told.source, "source"),
            })
            .collect(),
        outcome: outcome.map(|o| Upshot {
            winner: check.maybe_known(&o.winner, &names.factions),
            text: check.text(&o.text, "text"),
            basis: basis(&o.basis),
            source: check.text(&o.source, "source"),
        }),
        after: (file.after.iter().filter_map(At::get))
            .filter_map(|after| {
                Some(Aftermath {
                    what: fact(check, names, &after.what)?,
                    basis: basis(&after.basis),
                    source: check.text(&after.source, "source"),
                })
            })
            .collect(),
        open: check.texts(&file.open, "open"),
    }
}

fn window(check: &mut Check<'_>, file: &file::Window) -> Window {
    let mut end = |at: &Option<At<file::Date>>| -> Option<(Date, Span)> {
        let at = at.as_ref()?;
        Some((date(check, at.get()?), at.span))
    };
    let (from, to) = (end(&file.from), end(&file.to));
    if let (Some((first, _)), Some((last, span))) = (from, to)
        && last < first
    {
        check.error(
            "wrong-order",
            span,
            "it ends before it begins".into(),
            "write the earlier date as `from`",
        );
    }
    Window {
        from: from.map(|(date, _)| date),
        to: to.map(|(date, _)| date),
        basis: basis(&file.basis),
        note: file.note.as_ref().map(|note| check.text(note, "note")),
    }
}

fn party(check: &mut Check<'_>, names: &Names, file: &file::Contingent) -> Contingent {
    let losses = file.losses.as_ref().and_then(At::get);
    Contingent {
        faction: check.known(&file.faction, &names.factions),
        part: file.part.get().copied().unwrap_or(Conduct::Fights),
        commanders: named(check, &file.commanders, &names.persons),
        forces: (file.forces.iter().filter_map(At::get))
            .map(|force| Detail {
                what: check.text(&force.what, "what"),
                basis: basis(&force.basis),
            })
            .collect(),
        losses: losses.map(|losses| Toll {
            word: check.text(&losses.word, "word"),
            band: check.ascending(&losses.band, 0..=1000, "band"),
            basis: basis(&losses.basis),
            source: check.text(&losses.source, "source"),
        }),
    }
}

fn fact(check: &mut Check<'_>, names: &Names, at: &At<file::Fact>) -> Option<Fact> {
    Some(match at.get()? {
        file::Fact::Owner(place, owner) => Fact::Owner(
            check.known(place, &names.places),
            check.known(owner, &names.factions),
        ),
        file::Fact::Fate(person, fate) => Fact::Fate(
            check.known(person, &names.persons),
            fate.get().copied().unwrap_or(Fate::Unknown),
        ),
        file::Fact::Flag(name, yes) => {
            check.id::<Fact>(name);
            Fact::Flag(said(name), yes.get().copied().unwrap_or(false))
        }
        file::Fact::Leads(to) => Fact::Leads(check.known(to, &names.entries)),
    })
}

/// References, each once, with their basis.
fn named<T>(check: &mut Check<'_>, list: &List<file::Mention>, known: &Known) -> Vec<Mention<T>> {
    let list: Vec<&file::Mention> = list.iter().filter_map(At::get).collect();
    let mut seen = BTreeSet::new();
    for at in &list {
        if let Some(id) = at.id.get()
            && !seen.insert(id)
        {
            check.error(
                "repeated-id",
                at.id.span,
                format!("`{id}` is listed twice"),
                "remove one of them",
            );
        }
    }
    let named = list.iter().map(|at| Mention {
        id: check.known(&at.id, known),
        basis: basis(&at.basis),
    });
    named.collect()
}

fn basis(at: &At<Basis>) -> Basis {
    at.get().copied().unwrap_or(Basis::Open)
}

fn said(at: &Text) -> String {
    at.get().cloned().unwrap_or_default()
}
