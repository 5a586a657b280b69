//! Screens of the wider war: deeds and their targets, troops, sites with shields and garrisons, works, what the report and
//! the film tell of them.

use super::{Screen, screen};
use crate::{
    chart::Tag,
    content::Key,
    gui::{
        Page, UiAction,
        checks::stage::{From, Stage},
        command::{Act, list::Verb},
        film,
    },
    sim::order,
};

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("where to begin", From::Siege, |stage| {
        list(stage, "engineers", Verb::Deploy);
    }),
    screen("orders of a transport", From::Siege, |stage| {
        force(stage, "transports");
    })
    .then(|stage| stage.scroll(0.9, 400.0)),
    screen("deeds", From::Siege, |stage| {
        list(stage, "engineers", Verb::Deed)
    }),
    screen("deeds, one that is refused", From::Sieged, |stage| {
        list(stage, "siege-fleet", Verb::Deed);
        stage.act(UiAction::Command(Act::Walk(-1)));
    })
    .alike(),
    screen("targets of a deed", From::Siege, |stage| {
        targets(stage, "siege-fleet", "Call for surrender");
    }),
    screen("targets of a deed with a chance", From::Sieged, |stage| {
        targets(stage, "trader", "Ship arms");
    }),
    screen("land", From::Sieged, |stage| {
        list(stage, "transports", Verb::Land)
    }),
    screen("land, nothing aboard", From::Sieged, |stage| {
        list(stage, "engineers", Verb::Land)
    })
    .alike(),
    screen("lift", From::Sieged, |stage| {
        list(stage, "transports", Verb::Lift)
    }),
    screen("fire at sites", From::Sieged, |stage| {
        list(stage, "siege-fleet", Verb::Fire)
    }),
    screen("force at work", From::Sieged, |stage| {
        force(stage, "engineers")
    }),
    screen("march that breaks a deed off", From::Sieged, |stage| {
        give(stage, "engineers go roads");
        give(stage, "transports do scout-site at karst-world");
        stage.act(UiAction::EndTurn);
    }),
    screen("world under siege", From::Sieged, |stage| {
        site(stage, "karst-world")
    }),
    screen("world under siege, further down", From::Sieged, |stage| {
        site(stage, "karst-world")
    })
    .then(|stage| stage.scroll(0.9, 400.0)),
    screen("ground that is fought over", From::Sieged, |stage| {
        site(stage, "karst-colony");
    })
    .alike(),
    screen("world that is not known", From::Siege, |stage| {
        site(stage, "great-ring")
    }),
    screen("world that is held and not loyal", From::Sieged, |stage| {
        site(stage, "vale-world");
    }),
    screen("station, damaged", From::Sieged, |stage| {
        stage.change(|view| {
            if let Some(site) = view.sites.get_mut("ring-station") {
                (site.damage, site.shields_down) = (1_500, Some(2));
            }
        });
        site(stage, "ring-station");
    })
    .alike(),
    screen("site that is destroyed", From::Sieged, |stage| {
        stage.change(|view| {
            if let Some(site) = view.sites.get_mut("free-quay") {
                site.razed = true;
            }
        });
        site(stage, "free-quay");
    }),
    screen("sector with works", From::Sieged, |stage| {
        sector(stage, "anchorage")
    }),
    screen("sector of a siege", From::Sieged, |stage| {
        sector(stage, "karst")
    }),
    screen("report of a siege", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    }),
    screen("report of a siege, further down", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("report of a siege, large", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Report));
        stage.act(UiAction::Film(film::Act::Large(true)));
    })
    .alike(),
    screen("score of a siege", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Score));
    }),
    screen("score of a siege, further down", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Score));
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
];

/// Selects a force.
fn force(stage: &mut Stage, key: &str) {
    stage.select(Tag::Force(Key::new(key)));
}

fn site(stage: &mut Stage, key: &str) {
    stage.select(Tag::Site(Key::new(key)));
}

fn sector(stage: &mut Stage, key: &str) {
    stage.select(Tag::Sector(Key::new(key)));
}

/// Opens a list for a force.
fn list(stage: &mut Stage, key: &str, verb: Verb) {
    force(stage, key);
    stage.act(UiAction::Command(Act::Open(verb)));
}

/// Opens the targets of the deed that is called so.
fn targets(stage: &mut Stage, key: &str, deed: &str) {
    list(stage, key, Verb::Deed);
    stage.act(UiAction::Command(Act::Type(deed.into())));
    stage.act(UiAction::Command(Act::Take));
}

/// Gives an order in words.
fn give(stage: &mut Stage, words: &str) {
    stage.act(UiAction::Give(order::parse(words).expect("words")));
}
