//! Screens of command: every list to choose from, by pointer and by key; orders given; what wants attention.

use bevy_egui::egui::{Event, Key as KeyName, Modifiers};

use super::{Screen, screen};
use crate::{
    chart::Tag,
    content::Key,
    gui::{
        UiAction,
        checks::stage::{From, Stage},
        command::{
            Act, Checklist,
            checklist::{Item, Matter},
            list::{Kind, Verb},
            tree::{Filter, Grouping},
        },
    },
    sim::order::{Action, Order, Pace},
};

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("orders", From::Begun, orders),
    screen(
        "orders of one that cannot all be seen",
        From::Later,
        |stage| {
            orders(stage);
            orders(stage);
        },
    )
    .then(|stage| stage.scroll(0.9, 400.0)),
    screen("halted and leashed", From::Begun, |stage| {
        for verb in [Verb::Halt, Verb::Leash] {
            list(stage, verb);
        }
    }),
    screen("go", From::Begun, |stage| list(stage, Verb::Go)),
    screen("go, later", From::Later, |stage| {
        list(stage, Verb::Go);
        turn(stage, &Kind::Pace);
    })
    .alike(),
    screen("then", From::Begun, |stage| list(stage, Verb::Then)),
    screen("then, once an enemy is there", From::Later, |stage| {
        list(stage, Verb::Then);
        for _ in 0..4 {
            turn(stage, &Kind::Cue);
        }
    }),
    screen("follow", From::Later, |stage| list(stage, Verb::Follow)),
    screen("fall back", From::Begun, |stage| {
        list(stage, Verb::FallBack)
    }),
    screen("fall back, two places named", From::Later, |stage| {
        list(stage, Verb::FallBack);
        for _ in 0..2 {
            stage.act(UiAction::Command(Act::TakeRow(1)));
        }
    })
    .alike(),
    screen("stance", From::Later, |stage| list(stage, Verb::Stance)),
    screen("posture", From::Later, |stage| list(stage, Verb::Posture)),
    screen("fire", From::Later, |stage| list(stage, Verb::Fire)),
    screen("fire, blind and overcharged", From::Later, |stage| {
        list(stage, Verb::Fire);
        for kind in [Kind::Blind, Kind::Overcharge, Kind::Salvos] {
            turn(stage, &kind);
        }
    }),
    screen("fire, nobody known", From::Begun, |stage| {
        list(stage, Verb::Fire)
    })
    .alike(),
    screen("fire of all at the best", From::Later, |stage| {
        stage.act(UiAction::Command(Act::All));
        stage.act(UiAction::Command(Act::Open(Verb::FireBest)));
    }),
    screen("policy", From::Later, |stage| list(stage, Verb::Policy)),
    screen("loss limit", From::Later, |stage| {
        list(stage, Verb::LossLimit)
    }),
    screen("split", From::Later, |stage| list(stage, Verb::Split)),
    screen("merge", From::Begun, |stage| list(stage, Verb::Merge)),
    screen("merge, later", From::Later, |stage| {
        list(stage, Verb::Merge)
    })
    .alike(),
    screen("stance of several", From::Later, |stage| {
        stage.act(UiAction::Command(Act::All));
        stage.act(UiAction::Command(Act::Open(Verb::Stance)));
    }),
    screen("fire of several", From::Later, |stage| {
        stage.act(UiAction::Command(Act::All));
        stage.act(UiAction::Command(Act::Open(Verb::Fire)));
    })
    .alike(),
    screen("forces", From::Later, |stage| {
        stage.act(UiAction::Command(Act::Open(Verb::Forces)));
    }),
    screen("find", From::Later, |stage| {
        stage.act(UiAction::Command(Act::Open(Verb::Find)));
    }),
    screen("find by key", From::Later, |stage| {
        typed(stage, Verb::Find, "re");
        stage.key(KeyName::ArrowDown, Modifiers::NONE);
    }),
    screen("find, nothing", From::Later, |stage| {
        typed(stage, Verb::Find, "qxqx")
    })
    .alike(),
    screen("go by key", From::Begun, |stage| {
        let fleet = stage.fleet();
        stage.select(Tag::Force(fleet));
        typed(stage, Verb::Go, "ga");
        for key in [KeyName::Tab, KeyName::ArrowDown, KeyName::ArrowDown] {
            stage.key(key, Modifiers::NONE);
        }
    }),
    screen("order refused", From::Begun, |stage| {
        let force = stage.fleet();
        let stops = vec![Key::new("nowhere")];
        let action = Action::Go {
            stops,
            pace: Pace::Cruise,
        };
        stage.act(UiAction::Give(Order { force, action }));
    }),
    screen("several selected", From::Later, |stage| {
        stage.act(UiAction::Command(Act::All));
    }),
    screen("several selected, some refuse", From::Later, |stage| {
        stage.act(UiAction::Command(Act::All));
        stage.act(UiAction::Command(Act::Open(Verb::Leash)));
    })
    .alike(),
    screen("box over the map", From::Begun, |_| {}).then(|stage| {
        stage.drag((0.45, 0.3), (0.6, 0.55), Modifiers::SHIFT);
    }),
    screen(
        "order of battle by commander, sought in",
        From::Later,
        |stage| {
            stage.act(UiAction::Command(Act::Group(Grouping::Commander)));
            stage.act(UiAction::Command(Act::Search("first".into())));
        },
    ),
    screen(
        "order of battle by region, those who touch",
        From::Later,
        |stage| {
            stage.act(UiAction::Command(Act::Group(Grouping::Region)));
            stage.act(UiAction::Command(Act::Filter(Filter::Contact)));
        },
    )
    .alike(),
    screen(
        "order of battle by task, those who wait",
        From::Later,
        |stage| {
            stage.act(UiAction::Command(Act::Group(Grouping::Task)));
            stage.act(UiAction::Command(Act::Filter(Filter::Idle)));
        },
    )
    .alike(),
    screen("order of battle, nobody short", From::Begun, |stage| {
        stage.act(UiAction::Command(Act::Filter(Filter::Supply)));
    })
    .alike(),
    screen("order of battle, further down", From::Later, |_| {})
        .then(|stage| stage.scroll(0.1, 600.0)),
    screen("checklist", From::Later, |stage| {
        stage.act(UiAction::EndTurn)
    }),
    screen("checklist of every kind", From::Later, |stage| {
        let force = stage.fleet();
        let matters = [
            Matter::Doubt,
            Matter::March,
            Matter::Held,
            Matter::BreaksOff,
            Matter::Retreat,
            Matter::UnderFire,
            Matter::Leaves,
            Matter::Starves,
            Matter::Loaded,
            Matter::Idle,
        ];
        let item = |matter| Item {
            matter,
            force: force.clone(),
            words: format!("{matter:?} ").repeat(12),
        };
        stage.game.command.checklist = Some(Checklist {
            items: matters.map(item).to_vec(),
            at: Some(1),
        });
    }),
];

/// The list of an order for the strongest fleet.
pub fn list(stage: &mut Stage, verb: Verb) {
    let fleet = stage.fleet();
    stage.select(Tag::Force(fleet));
    stage.act(UiAction::Command(Act::Open(verb)));
}

/// Turns a figure of the list by one.
fn turn(stage: &mut Stage, kind: &Kind) {
    let knobs = stage.game.command.list.as_ref().map(|list| &list.knobs);
    let at = knobs.and_then(|knobs| knobs.iter().position(|knob| knob.kind == *kind));
    if let Some(at) = at {
        stage.act(UiAction::Command(Act::TurnKnob(at, 1)));
    }
}

/// A list with letters typed at the keyboard.
fn typed(stage: &mut Stage, verb: Verb, letters: &str) {
    stage.act(UiAction::Command(Act::Open(verb)));
    stage.settle();
    stage.frame(vec![Event::Text(letters.into())]);
}

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
