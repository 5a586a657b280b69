//! Screens of the record: its battles, one that is watched, what it tells, and a war that was entered.

use super::{Screen, screen};
use crate::{
    chart::Tag,
    gui::{
        Page, UiAction,
        around::{Act, Leaf},
        checks::stage::{From, Stage},
        film,
        history::{
            book::{self, Subject, Topic},
            watch,
        },
    },
};

/// How far down is scrolled, points.
const DOWN: f32 = 560.0;

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("battles of the record", From::Recorded, |stage| {
        stage.act(UiAction::Around(Act::Open(Leaf::Battles)));
    }),
    screen("battles of the record, none", From::Menu, |stage| {
        stage.act(UiAction::Around(Act::Open(Leaf::Battles)));
    })
    .alike(),
    screen("the record", From::Recorded, |stage| {
        stage.act(UiAction::Around(Act::Open(Leaf::Chronicle)));
    }),
    screen("the record, a chapter", From::Recorded, |stage| {
        browse(stage, book::Act::Turn(Topic::Persons));
    })
    .alike(),
    screen("the record, found", From::Recorded, |stage| {
        browse(stage, book::Act::Type("anvil".into()));
    }),
    screen("the record, nothing found", From::Recorded, |stage| {
        browse(stage, book::Act::Type("no such thing".into()));
    })
    .alike(),
    screen("the record, an entry", From::Recorded, |stage| {
        visit(stage, Topic::Entries, "visit");
    }),
    screen(
        "the record, an entry further down",
        From::Recorded,
        |stage| {
            visit(stage, Topic::Entries, "visit");
        },
    )
    .then(|stage| stage.scroll(0.6, DOWN)),
    screen("the record, the end of an entry", From::Recorded, |stage| {
        visit(stage, Topic::Entries, "visit");
    })
    .then(|stage| stage.scroll(0.6, 100.0 * DOWN)),
    screen("the record, a place", From::Recorded, |stage| {
        visit(stage, Topic::Places, "heavy-world");
    })
    .alike(),
    screen("the record, a person", From::Recorded, |stage| {
        visit(stage, Topic::Persons, "mara-voss");
    })
    .alike(),
    screen("the record, a power", From::Recorded, |stage| {
        visit(stage, Topic::Powers, "harbour");
    })
    .alike(),
    screen("the record, a contradiction", From::Recorded, |stage| {
        visit(stage, Topic::Doubts, "two-first-shots");
    })
    .alike(),
    screen("a record watched", From::Watched, |_| {}),
    screen("a record watched, further down", From::Watched, |_| {})
        .then(|stage| stage.scroll(0.9, DOWN)),
    screen("a record watched from a seat", From::Watched, |stage| {
        stage.act(UiAction::Watch(watch::Act::From(1)));
    }),
    screen("a record watched at its end", From::Watched, |stage| {
        stage.act(UiAction::Watch(watch::Act::Last));
    })
    .alike(),
    screen(
        "a record watched, the pointer on its line",
        From::Watched,
        |_| {},
    )
    .then(|stage| stage.rest_on("line:2")),
    screen("a record watched, a force", From::Watched, |stage| {
        let forces = stage.view().forces.keys();
        let force = forces.max().cloned().expect("somebody is there");
        stage.select(Tag::Force(force));
    })
    .alike(),
    screen("a record watched, report", From::Watched, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    })
    .alike(),
    screen("a record watched, film", From::Watched, |stage| {
        stage.act(UiAction::Film(film::Act::Watch));
        stage.act(UiAction::Film(film::Act::Pause));
    })
    .alike(),
    screen("a record watched, taking command", From::Watched, |stage| {
        stage.act(UiAction::Turn(Page::Take));
    }),
    screen(
        "a record watched, nothing to command",
        From::Watched,
        |stage| {
            stage.act(UiAction::Watch(watch::Act::Last));
            stage.act(UiAction::Turn(Page::Take));
        },
    )
    .alike(),
    screen("a war that was entered", From::Entered, |_| {}),
    screen(
        "a contact that follows the record",
        From::Entered,
        |stage| {
            let session = stage.game.session.as_ref().expect("a war is on the table");
            let contact = session.following.contacts.iter().next().cloned();
            let contact = contact.or_else(|| stage.contact()).expect("a contact");
            stage.select(Tag::Contact(contact));
        },
    )
    .alike(),
    screen("a war against the record", From::Entered, |stage| {
        stage.act(UiAction::Around(Act::Open(Leaf::Against)));
        let session = stage.game.session.as_ref().expect("a war is on the table");
        let promise = session.against.clone().expect("it was asked for");
        assert!(promise.wait().is_ok());
    }),
    screen(
        "a war against the record, further down",
        From::Entered,
        |stage| {
            stage.act(UiAction::Around(Act::Open(Leaf::Against)));
            let session = stage.game.session.as_ref().expect("a war is on the table");
            let promise = session.against.clone().expect("it was asked for");
            assert!(promise.wait().is_ok());
        },
    )
    .then(|stage| stage.scroll(0.3, DOWN)),
];

fn browse(stage: &mut Stage, act: book::Act) {
    stage.act(UiAction::Around(Act::Browse(act)));
}

fn visit(stage: &mut Stage, topic: Topic, id: &str) {
    let library = stage.game.around.history.now().cloned();
    let library = library.expect("the record is read");
    let told = library.chronicle("900").expect("it has a record of this");
    browse(stage, book::Act::Visit(Subject::new(told, topic, id)));
}
