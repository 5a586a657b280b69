//! Every screen of the window by name. Whoever adds a screen adds a line: what it begins with, and what is done to
//! bring it about. All checks, the walk by the tree and the pictures go over this list.

use std::sync::Arc;

use bevy_egui::egui::{Key as KeyName, Modifiers};

use super::stage::{From, Stage};
use crate::{
    chart::{Overlay, Tag},
    content::Key,
    gui::{
        Asking, Page, UiAction, Way,
        command::{Act, list::Verb},
    },
    sim::{
        order::{Action, Order, Pace},
        view::Ending,
    },
};

/// A screen.
pub struct Screen {
    /// What it is called in a finding.
    pub name: &'static str,
    /// What it begins with.
    pub from: From,
    /// What brings it about.
    pub put: fn(&mut Stage),
}

const fn screen(name: &'static str, from: From, put: fn(&mut Stage)) -> Screen {
    Screen { name, from, put }
}

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("menu", From::Menu, |_| {}),
    screen("menu with saved wars", From::MenuWithWars, |_| {}),
    screen("menu with a message", From::Menu, |stage| {
        stage.act(UiAction::LoadLatest);
        stage.game.message = Some("the war in this file is from a later version of the game: get that one to go on with it".into());
    }),
    screen("first turn", From::Begun, |_| {}),
    screen("later turn", From::Later, |_| {}),
    screen("fleet", From::Begun, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    }),
    screen("fleet, later", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    }),
    screen("contact", From::Later, |stage| {
        if let Some(contact) = stage.contact() {
            stage.select(Tag::Contact(contact));
        }
    }),
    screen("sector", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        let sector = stage.sector();
        stage.select(Tag::Sector(sector));
    }),
    screen("site", From::Later, |stage| {
        let site = stage.site();
        stage.select(Tag::Site(site));
    }),
    screen("orders", From::Begun, orders),
    screen("place asked for", From::Begun, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        stage.act(UiAction::Command(Act::Open(Verb::Go)));
    }),
    screen("report", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Report))
    }),
    screen("report before any turn", From::Begun, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    }),
    screen("score", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Score))
    }),
    screen("supply", From::Later, |stage| {
        stage.act(UiAction::Overlay(Overlay::Supply))
    }),
    screen("reach", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        stage.act(UiAction::Overlay(Overlay::Reach));
    }),
    screen("knowledge", From::Later, |stage| {
        stage.act(UiAction::Overlay(Overlay::Knowledge));
    }),
    screen("control", From::Later, |stage| {
        stage.act(UiAction::Overlay(Overlay::Control))
    }),
    screen("docks folded", From::Begun, |stage| {
        for key in [KeyName::F1, KeyName::F2, KeyName::F3] {
            stage.key(key, Modifiers::NONE);
        }
    }),
    screen("refusal", From::Begun, |stage| {
        let force = stage.fleet();
        let stops = vec![Key::new("nowhere")];
        let action = Action::Go {
            stops,
            pace: Pace::Cruise,
        };
        stage.act(UiAction::Give(Order { force, action }));
    }),
    screen("name asked", From::Begun, |stage| stage.click("Save")),
    screen("name taken", From::Later, |stage| {
        stage.act(UiAction::Save);
        if let Some(Asking::Name { taken, .. }) = &mut stage.game.asking {
            *taken = true;
        }
    }),
    screen("name that cannot be", From::Begun, |stage| {
        stage.act(UiAction::Save);
        stage.act(UiAction::Named("../elsewhere".into()));
        stage.act(UiAction::Write(false));
    }),
    screen("war that cannot be kept", From::Begun, |stage| {
        stage.game.asking = Some(Asking::Leave {
            way: Way::Menu,
            problem: "there is no room left on the disk".into(),
        });
    }),
    screen("verdict", From::Later, end),
    screen("map after the verdict", From::Later, |stage| {
        end(stage);
        stage.act(UiAction::CloseVerdict);
    }),
];

/// Orders of several kinds.
fn orders(stage: &mut Stage) {
    let sectors: Vec<_> = stage.view().map.sectors.keys().take(6).cloned().collect();
    let forces: Vec<_> = stage
        .view()
        .forces
        .iter()
        .filter(|(_, f)| f.mine)
        .map(|(key, _)| key.clone())
        .collect();
    for (index, force) in forces.into_iter().enumerate() {
        let action = match index % 3 {
            0 => Action::FallBack {
                along: sectors.clone(),
                when: 10,
            },
            1 => Action::Halt,
            _ => Action::LossLimit(250),
        };
        stage.act(UiAction::Give(Order {
            force: force.clone(),
            action,
        }));
    }
    let fleet = stage.fleet();
    stage.select(Tag::Force(fleet));
}

/// The war ended here, as it stands.
fn end(stage: &mut Stage) {
    let Some(session) = &mut stage.game.session else {
        return;
    };
    let terms = session
        .view
        .ledger
        .iter()
        .map(|line| (line.term.clone(), line.points))
        .collect();
    let winner = session.scenario.sides.keys().next().cloned();
    let view = Arc::make_mut(&mut session.view);
    view.ended = Some(Ending {
        winner,
        level: "A decision".into(),
        score: view.ledger.iter().map(|line| line.points).sum(),
        terms,
        results: [("who-holds-the-gate".to_owned(), "contested".to_owned())].into(),
    });
    session.verdict_closed = false;
}
