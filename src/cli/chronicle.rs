//! `chronicle`: the record of a war as the documents tell it, each fact with how sure it is and where it stands.

use serde::Serialize;

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{
        Bench,
        chronicle::{
            Basis, Chronicle, Conduct, Contingent, Contradiction, Date, Entry, Fact, Fate, Locale,
            Person, Power, Window,
        },
        render_text, suggest,
    },
    sim::calendar,
};

/// Show the record: what happened, by whom, where, and how sure that is
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Without a NAME all that happened is listed in its order, with the days of the war. A NAME is the id of an entry, a place,
a person, a faction or a contradiction, or a name that the record gives one of them. Every fact bears its basis: stated
by the text, inferred from it, open where the text is vague or silent, or invented where the game had to set it.")]
pub struct Args {
    /// What to tell in full
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only the record of this document
    #[arg(long, value_name = "ID")]
    document: Option<String>,
}

/// A thing of the record.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Thing<'a> {
    Entry(&'a Entry),
    Place(&'a Locale),
    Person(&'a Person),
    Faction(&'a Power),
    Contradiction(&'a Contradiction),
}

impl Thing<'_> {
    fn id(&self) -> &str {
        match self {
            Thing::Entry(entry) => entry.id.as_str(),
            Thing::Place(place) => place.id.as_str(),
            Thing::Person(person) => person.id.as_str(),
            Thing::Faction(power) => power.id.as_str(),
            Thing::Contradiction(contradiction) => contradiction.id.as_str(),
        }
    }

    /// The names by which it is found beside its id.
    fn names(&self) -> Vec<&str> {
        let (name, also): (&str, &[String]) = match self {
            Thing::Entry(entry) => (&entry.name, &[]),
            Thing::Place(place) => (&place.name, &place.also),
            Thing::Person(person) => (&person.name, &person.also),
            Thing::Faction(power) => (&power.name, &power.also),
            Thing::Contradiction(contradiction) => (contradiction.id.as_str(), &[]),
        };
        let also = also.iter().map(String::as_str);
        also.chain([name]).collect()
    }
}

fn things(chronicle: &Chronicle) -> Vec<Thing<'_>> {
    let entries = chronicle.entries.iter().map(Thing::Entry);
    let places = chronicle.places.iter().map(Thing::Place);
    let persons = chronicle.persons.iter().map(Thing::Person);
    let factions = chronicle.factions.iter().map(Thing::Faction);
    let contradictions = chronicle.contradictions.iter().map(Thing::Contradiction);
    let things = entries.chain(places).chain(persons).chain(factions);
    things.chain(contradictions).collect()
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let mut bench = Bench::open(&open::stacked(common, open::named(common)?, &[])?);
    // With a mod the record is still the game's own, unless the mod brings one.
    if bench.chronicles().is_empty() {
        bench = Bench::open(&[]);
    }
    if bench.found.has_errors() {
        let text = render_text(&bench.sources, &bench.found, false);
        return Err(Failure::Failed(format!(
            "the record cannot be used:\n{text}"
        )));
    }
    let meant = |c: &&Chronicle| args.document.as_ref().is_none_or(|d| c.document == *d);
    let chronicles: Vec<&Chronicle> = bench.chronicles().iter().filter(meant).collect();
    if let (Some(document), true) = (&args.document, chronicles.is_empty()) {
        let known: Vec<&str> = bench
            .chronicles()
            .iter()
            .map(|c| c.document.as_str())
            .collect();
        return Err(Failure::Usage(format!(
            "there is no record of a document `{document}`; there is {}",
            known.join(", ")
        )));
    }
    if args.names.is_empty() {
        if out.json {
            out.document(&chronicles)?;
        } else {
            for chronicle in chronicles {
                list(out, chronicle)?;
            }
            out.aside("\n`angelfire chronicle NAME` tells all of one.")?;
        }
        return Ok(Done::Good);
    }
    let mut found = Vec::new();
    for name in &args.names {
        found.push(named(&chronicles, name)?);
    }
    if out.json {
        let things: Vec<&Thing> = found.iter().map(|(_, thing)| thing).collect();
        out.document(&things)?;
        return Ok(Done::Good);
    }
    for (chronicle, thing) in &found {
        match thing {
            Thing::Entry(entry) => tell_entry(out, chronicle, entry)?,
            Thing::Place(place) => {
                let told = (&place.what, place.basis, &place.source);
                tell_thing(out, &place.name, &place.also, told)?;
                if let Some(holder) = &place.holder {
                    out.line(format!(
                        "Held before the war by {}",
                        power(chronicle, holder.as_str())
                    ))?;
                }
            }
            Thing::Person(person) => {
                let told = (&person.what, person.basis, &person.source);
                tell_thing(out, &person.name, &person.also, told)?;
                let rank = person.rank.clone();
                let serves = person.faction.as_ref();
                let serves = serves.map(|f| power(chronicle, f.as_str()).to_owned());
                let line: Vec<String> = rank.into_iter().chain(serves).collect();
                if !line.is_empty() {
                    out.line(line.join(", "))?;
                }
            }
            Thing::Faction(power) => {
                let told = (&power.what, power.basis, &power.source);
                tell_thing(out, &power.name, &power.also, told)?;
            }
            Thing::Contradiction(contradiction) => tell_contradiction(out, contradiction)?,
        }
        mentions(out, chronicle, thing)?;
    }
    Ok(Done::Good)
}

/// The thing of this id or name.
fn named<'a>(
    chronicles: &[&'a Chronicle],
    name: &str,
) -> Result<(&'a Chronicle, Thing<'a>), Failure> {
    let all = || {
        let all = chronicles.iter();
        all.flat_map(|c| things(c).into_iter().map(|thing| (*c, thing)))
    };
    let folded = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    let wanted = folded(name);
    let by_id = all().find(|(_, thing)| folded(thing.id()) == wanted);
    let by_name =
        || all().find(|(_, thing)| thing.names().iter().any(|name| folded(name) == wanted));
    by_id.or_else(by_name).ok_or_else(|| {
        let every: Vec<(&Chronicle, Thing)> = all().collect();
        let words = every.iter().flat_map(|(_, thing)| {
            let names = thing.names().into_iter();
            names.chain([thing.id()])
        });
        let near = suggest(name, words);
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Failure::Usage(format!("the record names no `{name}`{hint}"))
    })
}

fn list(out: &mut Out, chronicle: &Chronicle) -> Result<(), Failure> {
    out.heading(&format!("{} ({})", chronicle.title, chronicle.document))?;
    for entry in &chronicle.entries {
        let days = entry
            .when
            .as_ref()
            .map_or_else(String::new, |w| days(chronicle, w));
        let step = if entry.part_of.is_some() { "  " } else { "" };
        let name = format!("{step}{}", entry.name);
        out.line(format!("{days:<14} {name:<48} {}", entry.id))?;
    }
    Ok(())
}

/// The days of a window: `6 to 39`, `17`; its years if it ends before the war; a question mark where it is not stated.
fn days(chronicle: &Chronicle, when: &Window) -> String {
    let before = is_before_the_war(chronicle, when);
    let day = |date: Date| match before {
        true => date.0.to_string(),
        false => chronicle.day(date).to_string(),
    };
    let days = match (when.from, when.to) {
        (Some(from), Some(to)) if day(from) == day(to) => day(from),
        (Some(from), Some(to)) => format!("{} to {}", day(from), day(to)),
        (Some(from), None) => format!("from {}", day(from)),
        (None, Some(to)) => format!("until {}", day(to)),
        (None, None) => return "?".into(),
    };
    let sure = when.basis == Basis::Stated;
    format!("{days}{}", if sure { "" } else { " ?" })
}

fn is_before_the_war(chronicle: &Chronicle, when: &Window) -> bool {
    when.to.is_some_and(|to| chronicle.day(to) < 1)
}

fn dates(chronicle: &Chronicle, when: &Window) -> String {
    let (from, to) = (
        when.from.map(|date| calendar::of_record(chronicle, date)),
        when.to.map(|date| calendar::of_record(chronicle, date)),
    );
    match (from, to) {
        (Some(from), Some(to)) if from == to => from,
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::from("nobody can say when"),
    }
}

fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Inferred => "inferred",
        Basis::Open => "open",
        Basis::Invented => "invented",
    }
}

fn power<'a>(chronicle: &'a Chronicle, id: &'a str) -> &'a str {
    let found = chronicle.factions.iter().find(|f| f.id.as_str() == id);
    found.map_or(id, |f| &f.name)
}

fn place<'a>(chronicle: &'a Chronicle, id: &'a str) -> &'a str {
    let found = chronicle.places.iter().find(|p| p.id.as_str() == id);
    found.map_or(id, |p| &p.name)
}

fn person<'a>(chronicle: &'a Chronicle, id: &'a str) -> &'a str {
    let found = chronicle.persons.iter().find(|p| p.id.as_str() == id);
    found.map_or(id, |p| &p.name)
}

fn entry<'a>(chronicle: &'a Chronicle, id: &'a str) -> &'a str {
    chronicle.entry(id).map_or(id, |e| &e.name)
}

type Claim<'a> = (&'a String, Basis, &'a String);

fn tell_thing(
    out: &mut Out,
    name: &str,
    also: &[String],
    (what, basis, source): Claim,
) -> Result<(), Failure> {
    out.heading(name)?;
    if !also.is_empty() {
        out.line(format!("Also: {}", also.join(", ")))?;
    }
    out.line(what)?;
    out.line(format!("    {}; {source}", word(basis)))
}

fn tell_contradiction(out: &mut Out, contradiction: &Contradiction) -> Result<(), Failure> {
    out.heading(contradiction.id.as_str())?;
    out.line(&contradiction.what)?;
    out.line(format!("Read as: {}", contradiction.chosen))?;
    out.line(format!("Because: {}", contradiction.why))?;
    out.line(format!("    {}", contradiction.source))
}

fn tell_entry(out: &mut Out, chronicle: &Chronicle, told: &Entry) -> Result<(), Failure> {
    out.heading(&told.name)?;
    if let Some(whole) = &told.part_of {
        out.line(format!("A part of: {}", entry(chronicle, whole.as_str())))?;
    }
    if let Some(when) = &told.when {
        let days = match is_before_the_war(chronicle, when) {
            true => String::new(),
            false if chronicle.counted.is_some() => String::new(),
            false => format!(", day {}", days(chronicle, when).trim_end_matches(" ?")),
        };
        out.line(format!(
            "{}{days} ({})",
            dates(chronicle, when),
            word(when.basis)
        ))?;
        if let Some(note) = &when.note {
            out.line(format!("    {note}"))?;
        }
    }
    let places = told.places.iter();
    let places = places.map(|p| {
        let name = place(chronicle, p.id.as_str());
        format!("{name} ({})", word(p.basis))
    });
    let places: Vec<String> = places.collect();
    if !places.is_empty() {
        out.line(format!("At {}", places.join(", ")))?;
    }
    for contingent in &told.parties {
        tell_party(out, chronicle, contingent)?;
    }
    if !told.story.is_empty() {
        out.line("")?;
    }
    for told in &told.story {
        out.line(&told.text)?;
        out.line(format!("    {}; {}", word(told.basis), told.source))?;
    }
    if let Some(upshot) = &told.outcome {
        let winner = upshot.winner.as_ref();
        let winner = winner.map(|w| power(chronicle, w.as_str()));
        out.line("")?;
        out.line(match winner {
            Some(winner) => format!("Won by {winner}. {}", upshot.text),
            None => upshot.text.clone(),
        })?;
        out.line(format!("    {}; {}", word(upshot.basis), upshot.source))?;
    }
    if !told.after.is_empty() {
        out.line("")?;
        out.line("Afterwards")?;
    }
    for after in &told.after {
        let fact = match &after.what {
            Fact::Owner(at, by) => format!(
                "{} is held by {}",
                place(chronicle, at.as_str()),
                power(chronicle, by.as_str())
            ),
            Fact::Fate(who, fate) => {
                format!("{}: {}", person(chronicle, who.as_str()), fate_word(*fate))
            }
            Fact::Flag(name, true) => name.replace('-', " "),
            Fact::Flag(name, false) => format!("no {}", name.replace('-', " ")),
            Fact::Leads(to) => format!("led to: {}", entry(chronicle, to.as_str())),
        };
        out.line(format!(
            "  {fact} ({}; {})",
            word(after.basis),
            after.source
        ))?;
    }
    if !told.open.is_empty() {
        out.line("")?;
        out.line("Left open")?;
    }
    told.open
        .iter()
        .try_for_each(|open| out.line(format!("  {open}")))
}

fn tell_party(out: &mut Out, chronicle: &Chronicle, told: &Contingent) -> Result<(), Failure> {
    let does = match told.part {
        Conduct::Attacks => "attacks",
        Conduct::Defends => "defends",
        Conduct::Fights => "fights",
        Conduct::Supports => "supports",
        Conduct::Suffers => "suffers",
        Conduct::Decides => "decides",
    };
    let leaders = told.commanders.iter();
    let leaders =
        leaders.map(|c| format!("{} ({})", person(chronicle, c.id.as_str()), word(c.basis)));
    let leaders: Vec<String> = leaders.collect();
    let under = if leaders.is_empty() {
        String::new()
    } else {
        format!(", under {}", leaders.join(" and "))
    };
    let name = power(chronicle, told.faction.as_str());
    out.line(format!("{name} {does}{under}"))?;
    for force in &told.forces {
        out.line(format!("    with {} ({})", force.what, word(force.basis)))?;
    }
    if let Some(toll) = &told.losses {
        let (least, most) = toll.band;
        out.line(format!(
            "    losses \"{}\": we take it for {} to {} in a hundred ({}; {})",
            toll.word,
            least / 10,
            most / 10,
            word(toll.basis),
            toll.source
        ))?;
    }
    Ok(())
}

fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Alive => "alive and free",
        Fate::Dead => "dead",
        Fate::Captured => "a prisoner",
        Fate::Turned => "in the service of the other side",
        Fate::Unknown => "nobody says what became of that person",
    }
}

/// Where else the record names a thing.
fn mentions(out: &mut Out, chronicle: &Chronicle, thing: &Thing) -> Result<(), Failure> {
    let id = thing.id();
    let names = |e: &Entry| match thing {
        Thing::Entry(_) => e.part_of.as_ref().is_some_and(|whole| whole.as_str() == id),
        Thing::Place(_) => e.places.iter().any(|p| p.id.as_str() == id),
        Thing::Person(_) => {
            let mut leaders = e.parties.iter().flat_map(|p| &p.commanders);
            leaders.any(|c| c.id.as_str() == id)
        }
        Thing::Faction(_) => e.parties.iter().any(|p| p.faction.as_str() == id),
        Thing::Contradiction(c) => c.entries.contains(&e.id),
    };
    let all: Vec<&Entry> = chronicle.entries.iter().filter(|e| names(e)).collect();
    if !all.is_empty() {
        out.line("")?;
        out.line(match thing {
            Thing::Entry(_) => "Its parts",
            _ => "Where it is met",
        })?;
    }
    all.iter()
        .try_for_each(|e| out.line(format!("  {} ({})", e.name, e.id)))?;
    let doubts = chronicle.contradictions.iter();
    let doubts = doubts.filter(|c| c.entries.iter().any(|e| e.as_str() == id));
    for doubt in doubts.filter(|_| matches!(thing, Thing::Entry(_))) {
        out.line(format!(
            "\nThe text speaks against itself here: {}",
            doubt.what
        ))?;
        out.line(format!("    read as: {} ({})", doubt.chosen, doubt.id))?;
    }
    Ok(())
}
