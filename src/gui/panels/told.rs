//! One page of what the record tells: an entry with parties, story, outcome and what stood after it; a place, a person, a
//! power, a contradiction. What is underlined leads on.

use bevy_egui::egui::{Label, RichText, ScrollArea, Stroke, Ui, Vec2, WidgetInfo, WidgetType};

use super::{basis, page, sums};
use crate::{
    content::chronicle::{
        Aftermath, Basis, Chronicle, Conduct, Contingent, Contradiction, Entry, Fact, Fate,
    },
    gui::{
        history::book::{self, Act, Subject, Thing, Topic, dates, doubts, named_by},
        theme,
        words::{self, say},
    },
};

/// Shows a page.
pub fn page(
    ui: &mut Ui,
    told: &Chronicle,
    subject: &Subject,
    thing: Thing,
    act: &mut impl FnMut(Act),
) {
    ui.horizontal_wrapped(|ui| {
        if theme::button(ui, say!("reference-return"), None) {
            act(Act::Return);
        }
        if theme::button(ui, say!("reference-leave"), None) {
            act(Act::Leave);
        }
    });
    ScrollArea::vertical()
        .id_salt(("told page", subject))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 6.0);
            ui.add(Label::new(RichText::new(thing.name()).heading()).wrap());
            match thing {
                Thing::Entry(entry) => self::entry(ui, told, entry, act),
                Thing::Place(place) => {
                    kind(ui, subject, &place.also);
                    prose(ui, &place.what, place.basis, &place.source);
                    if let Some(holder) = &place.holder {
                        word(ui, &say!("told-held-before"));
                        link(ui, told, Topic::Powers, holder.as_str(), None, act);
                    }
                }
                Thing::Person(person) => {
                    kind(ui, subject, &person.also);
                    if let Some(rank) = &person.rank {
                        ui.add(Label::new(rank.as_str()).wrap());
                    }
                    prose(ui, &person.what, person.basis, &person.source);
                    if let Some(power) = &person.faction {
                        word(ui, &say!("told-serves"));
                        link(ui, told, Topic::Powers, power.as_str(), None, act);
                    }
                }
                Thing::Power(power) => {
                    kind(ui, subject, &power.also);
                    prose(ui, &power.what, power.basis, &power.source);
                }
                Thing::Doubt(doubt) => {
                    kind(ui, subject, &[]);
                    contradiction(ui, doubt);
                }
            }
            let named = named_by(told, thing);
            if !named.is_empty() {
                let heading = match thing {
                    Thing::Entry(_) => say!("told-parts"),
                    Thing::Doubt(_) => say!("told-bears-on"),
                    _ => say!("told-met"),
                };
                theme::heading(ui, &heading);
                for entry in named {
                    link(ui, told, Topic::Entries, entry.id.as_str(), None, act);
                }
            }
            ui.add_space(24.0);
        });
}

/// What it is, and its other names.
fn kind(ui: &mut Ui, subject: &Subject, also: &[String]) {
    let kind = words::of("told-one", subject.topic.name());
    theme::note(
        ui,
        match also {
            [] => kind,
            also => say!("told-also", kind = kind, names = also.join(", ")),
        },
    );
}

fn word(ui: &mut Ui, word: &str) {
    theme::heading(ui, word);
}

/// A paragraph in lines that can be read, with how sure it is.
fn prose(ui: &mut Ui, text: &str, sure: Basis, source: &str) {
    ui.scope(|ui| {
        ui.set_max_width(page::PROSE.min(ui.available_width()));
        basis::claim(ui, RichText::new(text).size(theme::BODY), sure, source);
    });
}

fn entry(ui: &mut Ui, told: &Chronicle, entry: &Entry, act: &mut impl FnMut(Act)) {
    if let Some(when) = &entry.when {
        let note = when.note.as_deref().unwrap_or_default();
        ui.label(RichText::new(when_words(told, entry)).size(theme::BODY));
        ui.scope(|ui| {
            ui.set_max_width(page::PROSE.min(ui.available_width()));
            basis::line(ui, when.basis, note);
        });
    }
    if let Some(whole) = &entry.part_of {
        word(ui, &say!("told-part-of"));
        link(ui, told, Topic::Entries, whole.as_str(), None, act);
    }
    if !entry.places.is_empty() {
        word(ui, &say!("told-places"));
        for place in &entry.places {
            link(
                ui,
                told,
                Topic::Places,
                place.id.as_str(),
                Some(place.basis),
                act,
            );
        }
    }
    if !entry.parties.is_empty() {
        word(ui, &say!("told-parties"));
    }
    for contingent in &entry.parties {
        party(ui, told, contingent, act);
    }
    if !entry.story.is_empty() {
        word(ui, &say!("told-story"));
    }
    for told in &entry.story {
        prose(ui, &told.text, told.basis, &told.source);
    }
    if let Some(outcome) = &entry.outcome {
        word(ui, &say!("told-outcome"));
        if let Some(winner) = &outcome.winner {
            ui.horizontal_wrapped(|ui| {
                theme::note(ui, say!("told-won-by"));
                link(ui, told, Topic::Powers, winner.as_str(), None, act);
            });
        }
        prose(ui, &outcome.text, outcome.basis, &outcome.source);
    }
    if !entry.after.is_empty() {
        word(ui, &say!("told-after"));
    }
    for after in &entry.after {
        fact(ui, told, after, act);
    }
    if !entry.open.is_empty() {
        word(ui, &say!("told-open"));
    }
    for open in &entry.open {
        page::prose(ui, &format!("\u{2013} {open}"));
    }
    for doubt in doubts(told, &entry.id) {
        word(ui, &say!("told-against-itself"));
        page::prose(ui, &doubt.what);
        page::prose(ui, &say!("told-read-as", chosen = doubt.chosen.as_str()));
        link(ui, told, Topic::Doubts, doubt.id.as_str(), None, act);
    }
}

/// Dates, and the days of the war if they lie in it.
pub fn when_words(told: &Chronicle, entry: &Entry) -> String {
    let Some(when) = &entry.when else {
        return say!("told-undated");
    };
    let day = |date: Option<_>| date.map(|date| told.day(date));
    let dates = dates(told, when);
    if told.counted.is_some() {
        return dates;
    }
    match (day(when.from), day(when.to)) {
        (Some(from), Some(to)) if from == to && from > 0 => {
            say!("told-day", dates = dates, day = from)
        }
        (Some(from), Some(to)) if from > 0 => {
            say!("told-days", dates = dates, from = from, to = to)
        }
        _ => dates,
    }
}

fn party(ui: &mut Ui, told: &Chronicle, party: &Contingent, act: &mut impl FnMut(Act)) {
    let does = match party.part {
        Conduct::Attacks => "attacks",
        Conduct::Defends => "defends",
        Conduct::Fights => "fights",
        Conduct::Supports => "supports",
        Conduct::Suffers => "suffers",
        Conduct::Decides => "decides",
    };
    ui.horizontal_wrapped(|ui| {
        link(ui, told, Topic::Powers, party.faction.as_str(), None, act);
        theme::note(ui, words::of("told-part", does));
    });
    ui.indent(("party", &party.faction), |ui| {
        for leader in &party.commanders {
            ui.horizontal_wrapped(|ui| {
                theme::note(ui, say!("told-under"));
                let (id, sure) = (leader.id.as_str(), Some(leader.basis));
                link(ui, told, Topic::Persons, id, sure, act);
            });
        }
        for force in &party.forces {
            prose(ui, &force.what, force.basis, "");
        }
        if let Some(toll) = &party.losses {
            let (least, most) = toll.band;
            let words = say!(
                "told-losses",
                word = toll.word.as_str(),
                least = least / 10,
                most = most / 10
            );
            prose(ui, &words, toll.basis, &toll.source);
        }
    });
}

fn fact(ui: &mut Ui, told: &Chronicle, after: &Aftermath, act: &mut impl FnMut(Act)) {
    ui.horizontal_wrapped(|ui| match &after.what {
        Fact::Owner(place, power) => {
            link(ui, told, Topic::Places, place.as_str(), None, act);
            theme::note(ui, say!("told-is-held-by"));
            link(ui, told, Topic::Powers, power.as_str(), None, act);
        }
        Fact::Fate(person, fate) => {
            link(ui, told, Topic::Persons, person.as_str(), None, act);
            let fate = match fate {
                Fate::Alive => "alive",
                Fate::Dead => "dead",
                Fate::Captured => "captured",
                Fate::Turned => "turned",
                Fate::Unknown => "unknown",
            };
            theme::note(ui, words::of("told-fate", fate));
        }
        Fact::Flag(name, so) => {
            let name = name.replace('-', " ");
            let words = match so {
                true => crate::gui::table::sentence(&name),
                false => say!("told-not-so", flag = name),
            };
            ui.add(Label::new(words).wrap());
        }
        Fact::Leads(to) => {
            theme::note(ui, say!("told-leads-to"));
            link(ui, told, Topic::Entries, to.as_str(), None, act);
        }
    });
    basis::line(ui, after.basis, &after.source);
}

fn contradiction(ui: &mut Ui, doubt: &Contradiction) {
    page::prose(ui, &doubt.what);
    word(ui, &say!("told-chosen"));
    page::prose(ui, &doubt.chosen);
    word(ui, &say!("told-why"));
    page::prose(ui, &doubt.why);
    theme::note(ui, &doubt.source);
}

/// Words that lead to another page, with how sure it is that the thing belongs here.
pub fn link(
    ui: &mut Ui,
    told: &Chronicle,
    topic: Topic,
    id: &str,
    sure: Option<Basis>,
    act: &mut impl FnMut(Act),
) {
    let subject = Subject::new(told, topic, id);
    let name = Thing::of(told, &subject).map_or_else(|| id.to_owned(), Thing::name);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = theme::LINE;
        let link = sums::words(ui, name.as_str());
        link.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &name));
        theme::spot(ui, &name, &link);
        theme::ring(ui, &link);
        let under = Stroke::new(theme::hairline().width, theme::dim());
        let bottom = link.rect.bottom() - 1.0;
        ui.painter().hline(link.rect.x_range(), bottom, under);
        if link.clicked() {
            act(book::Act::Visit(subject));
        }
        if let Some(sure) = sure {
            basis::behind(ui, sure);
        }
    });
}
