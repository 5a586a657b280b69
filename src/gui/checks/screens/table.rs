//! Screens of the table: what is selected, the pages of the right dock, what is laid over the map, sums.

use bevy_egui::egui::{Key as KeyName, Modifiers};

use super::{Screen, orders::list, screen};
use crate::{
    chart::{Overlay, Tag},
    gui::{
        Dock, Page, UiAction,
        around::Act as Around,
        checks::stage::{From, Stage},
        command::{Act, list::Verb},
        minimap,
        reading::Act as Read,
    },
    sim::order::{Action, Order, Pace},
};

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("first turn", From::Begun, |_| {}),
    screen("later turn", From::Later, |_| {}),
    screen("later turn, figures and all", From::Later, |stage| {
        stage.act(UiAction::Read(Read::Lines));
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    }),
    screen("fleet", From::Begun, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    }),
    screen("fleet, later", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    })
    .alike(),
    screen("fleet with a march", From::Later, march),
    screen("fleet with a march, further down", From::Later, march)
        .then(|stage| stage.scroll(0.9, 400.0)),
    screen("fleet with a fight to expect", From::Later, |stage| {
        fight(stage);
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        stage.think();
    })
    .then(|stage| stage.scroll(0.9, 400.0)),
    screen("force of somebody else", From::Later, |stage| {
        let others = stage.view().forces.iter().filter(|(_, f)| !f.mine);
        if let Some(other) = others.map(|(key, _)| key.clone()).next() {
            stage.select(Tag::Force(other));
        }
    }),
    screen("contact", From::Later, |stage| {
        if let Some(contact) = stage.contact() {
            stage.select(Tag::Contact(contact));
        }
    }),
    screen("contact before a fleet", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        if let Some(contact) = stage.contact() {
            stage.select(Tag::Contact(contact));
        }
    })
    .alike(),
    screen("contact before several", From::Later, |stage| {
        stage.act(UiAction::Command(Act::All));
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
    screen("lane", From::Later, |stage| {
        let lane = stage.view().map.lanes.keys().next().cloned();
        stage.select(Tag::Lane(lane.expect("the map has lanes")));
    }),
    screen("map from near", From::Later, |stage| near(stage, 6.0)).alike(),
    screen("map from nearest", From::Later, |stage| near(stage, 12.0)),
    screen("map from far", From::Later, |stage| near(stage, -8.0)),
    screen("lane under the pointer", From::Later, |stage| {
        let lane = stage.view().map.lanes.keys().next().cloned();
        stage.act(UiAction::Hover(lane.map(Tag::Lane)));
    })
    .alike(),
    screen("sector under the pointer", From::Later, |stage| {
        let sector = stage.sector();
        stage.act(UiAction::Hover(Some(Tag::Sector(sector))));
    })
    .alike(),
    screen("site under the pointer", From::Later, |stage| {
        let site = stage.site();
        stage.act(UiAction::Hover(Some(Tag::Site(site))));
    })
    .alike(),
    screen("stack under the pointer", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.act(UiAction::Hover(Some(Tag::Force(fleet))));
    }),
    screen("contact under the pointer", From::Later, |stage| {
        let contact = stage.contact();
        stage.act(UiAction::Hover(contact.map(Tag::Contact)));
    })
    .alike(),
    screen("docks folded", From::Begun, |stage| {
        for key in [KeyName::F1, KeyName::F2, KeyName::F3] {
            stage.key(key, Modifiers::NONE);
        }
    }),
    screen("docks unfolded", From::Later, |_| {}).then(|stage| {
        stage.game.folded.clear();
        stage.settle();
        for dock in [Dock::Left, Dock::Right, Dock::Bottom] {
            if stage.game.is_folded(dock) {
                stage.act(UiAction::Fold(dock));
            }
        }
        stage.settle();
    }),
    screen("small map folded", From::Later, |stage| {
        stage.act(UiAction::SmallMap(minimap::Act::Fold));
    })
    .alike(),
    screen("turn being resolved", From::Begun, |stage| {
        stage.game.settings.ask_before_ending = false;
        stage.act(UiAction::EndTurn);
    }),
    screen("two people at one table", From::Shared, |stage| {
        stage.act(UiAction::Around(Around::SitDown));
        stage.act(UiAction::Around(Around::Close));
    }),
    screen("outlook before it is worked out", From::Begun, |stage| {
        stage.act(UiAction::Turn(Page::Outlook));
    }),
    screen("outlook, nothing to expect", From::Begun, |stage| {
        stage.act(UiAction::Turn(Page::Outlook));
        stage.think();
    })
    .alike(),
    screen("outlook", From::Later, fight),
    screen("outlook, further down", From::Later, fight).then(|stage| stage.scroll(0.9, 500.0)),
    screen("outlook with orders", From::Later, |stage| {
        fight(stage);
        let force = stage.fleet();
        let action = Action::LossLimit(250);
        stage.act(UiAction::Give(Order { force, action }));
        stage.think();
    })
    .then(|stage| stage.scroll(0.9, 300.0)),
    screen("reserves", From::Begun, |stage| {
        stage.act(UiAction::Turn(Page::Reserves));
    }),
    screen("reserves that run dry", From::Later, burned),
    screen("reserves that run dry, further down", From::Later, burned)
        .then(|stage| stage.scroll(0.9, 400.0)),
    screen("score", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Score))
    }),
    screen("score, further down", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Score))
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("score with its sums", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Score));
        stage.act(UiAction::Read(Read::Lines));
    }),
    screen("supply", From::Later, |stage| lay(stage, Overlay::Supply)),
    screen("supply at the beginning", From::Begun, |stage| {
        lay(stage, Overlay::Supply)
    })
    .alike(),
    screen("supply, its map alone", From::Later, |stage| {
        lay(stage, Overlay::Supply);
        stage.act(UiAction::Turn(Page::Selection));
    })
    .alike(),
    screen("supply, further down", From::Later, |stage| {
        lay(stage, Overlay::Supply)
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("reach", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        lay(stage, Overlay::Reach);
    }),
    screen("reach of everybody", From::Later, |stage| {
        lay(stage, Overlay::Reach)
    })
    .alike(),
    screen("knowledge", From::Later, |stage| {
        lay(stage, Overlay::Knowledge)
    }),
    screen("knowledge, further down", From::Later, |stage| {
        lay(stage, Overlay::Knowledge)
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("control", From::Later, |stage| lay(stage, Overlay::Control)),
    screen("objectives", From::Later, |stage| {
        lay(stage, Overlay::Objectives)
    }),
    screen("sum of a figure", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    })
    .then(|stage| stage.rest_on("figure strength")),
    screen("sum of the readiness", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    })
    .then(|stage| stage.rest_on("figure readiness")),
    screen("sum of the reserves", From::Later, burned).then(|stage| {
        let clock = stage
            .view()
            .reserves
            .keys()
            .map(|key| format!("clock {key}"));
        for clock in clock.collect::<Vec<_>>() {
            stage.rest_on(&clock);
        }
    }),
    screen("sum of the days", From::Later, |_| {}).then(|stage| stage.rest_on("turn 3")),
    screen("sum of what is short", From::Later, |_| {})
        .then(|stage| stage.rest_on("short of supply")),
    screen("sum of a line of supply", From::Later, |stage| {
        lay(stage, Overlay::Supply)
    })
    .then(|stage| {
        let fleet = &stage.view().forces[&stage.fleet()];
        let name = fleet.name.clone();
        stage.rest_on(&name);
    }),
    screen("what an order means", From::Later, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
    })
    .then(|stage| stage.rest_on("Fall back ...")),
    screen("message over a full list of orders", From::Later, |stage| {
        list(stage, Verb::Halt);
        stage.game.message = Some("one\ntwo is a line that is so long that there is no room for all of it beside the journal, however wide the dock may be\nthree".into());
    }),
];

fn lay(stage: &mut Stage, overlay: Overlay) {
    stage.act(UiAction::Overlay(overlay));
}

fn near(stage: &mut Stage, steps: f32) {
    stage.settle();
    let sector = stage.sector();
    stage.act(UiAction::Centre(sector));
    stage.act(UiAction::Zoom(steps, None));
}

/// A fleet on its way, with more ways to go.
fn march(stage: &mut Stage) {
    let here = stage.sector();
    let force = stage.fleet();
    let ends = stage.view().map.lanes.values().map(|lane| &lane.ends);
    let next = ends.filter_map(|(a, b)| match () {
        () if *a == here => Some(b.clone()),
        () if *b == here => Some(a.clone()),
        () => None,
    });
    let stops: Vec<_> = next.take(1).collect();
    for action in [
        Action::Go {
            stops: stops.clone(),
            pace: Pace::Forced,
        },
        Action::Then {
            stops: vec![here.clone()],
            pace: Pace::Cruise,
            cue: crate::sim::order::Cue::Ready(800),
        },
    ] {
        let force = force.clone();
        stage.act(UiAction::Give(Order { force, action }));
    }
    stage.select(Tag::Force(force));
}

/// The fight that is first to be expected, with its distribution.
fn fight(stage: &mut Stage) {
    let fleet = stage.fleet();
    stage.select(Tag::Force(fleet));
    stage.think();
    let fights = stage.game.reading.fights().map(|answer| &answer.fights);
    let place = fights.and_then(|fights| Some(fights.first()?.place.clone()));
    let place = place.expect("a fight is to be expected");
    stage.act(UiAction::Read(Read::Fight(place)));
    stage.think();
}

/// Reserves that were used and will not last.
fn burned(stage: &mut Stage) {
    stage.change(|view| {
        let dry = view.turn + 4;
        for reserve in view.reserves.values_mut() {
            reserve.by_turn = (1..view.turn)
                .map(|turn| i32::try_from(turn).unwrap_or(1) * 3)
                .collect();
            reserve.used = 6;
            reserve.dry_on = Some(dry);
        }
    });
    stage.act(UiAction::Turn(Page::Reserves));
}
