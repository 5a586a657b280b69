//! Orders of the wider war by keyboard and on the map, in the siege that the screens show.

use bevy_egui::egui::{Event, Key, Modifiers};

use super::stage::{From, Stage};
use crate::{
    chart::Tag,
    gui::{
        UiAction,
        command::{Act, list::Kind},
    },
    sim::order::Order,
};

fn press(stage: &mut Stage, keys: &[Key]) {
    for key in keys {
        stage.key(*key, Modifiers::NONE);
    }
}

/// The siege before anything has moved, with this force selected.
fn siege(force: &str) -> Stage {
    let mut stage = Stage::new(From::Siege);
    stage.select(Tag::Force(force.into()));
    stage.settle();
    stage
}

/// The last order in words.
fn last(stage: &Stage) -> Option<String> {
    let session = stage.game.session.as_ref()?;
    session.pending.last().map(Order::to_string)
}

#[test]
fn of_deeds_it_is_said_which_and_then_at_what() {
    let mut stage = siege("siege-fleet");
    press(&mut stage, &[Key::D]);
    assert!(!stage.game.command.wants_target(), "first: which");
    stage.frame(vec![Event::Text("call for".into())]);
    press(&mut stage, &[Key::Enter]);
    assert!(stage.game.command.wants_target(), "then: at what");
    press(&mut stage, &[Key::Backspace]);
    let list = stage.game.command.list.as_ref().expect("the deeds");
    let row = list.current().expect("a row");
    assert!(list.deed.is_none() && row.title.starts_with("Call for"));
    press(&mut stage, &[Key::Enter]);
    let site = Tag::Site("karst-colony".into());
    stage.act(UiAction::Command(Act::At(vec![site])));
    let given = "siege-fleet do call-for-surrender at karst-colony";
    assert_eq!(last(&stage).as_deref(), Some(given));
    assert!(stage.game.command.list.is_none());
}

#[test]
fn what_a_force_is_not_fit_for_says_why_and_what_would_help() {
    let mut stage = siege("siege-fleet");
    press(&mut stage, &[Key::D]);
    let list = stage.game.command.list.as_ref().expect("the deeds");
    let row = list.rows.iter().find(|row| row.title == "Lay mines");
    let refused = row
        .and_then(|row| row.refused.as_ref())
        .expect("no engineers");
    assert!(refused.0.contains("engineers") && refused.1.contains("engineers"));
}

#[test]
fn troops_go_down_all_of_them_or_fewer() {
    let mut stage = siege("transports");
    press(&mut stage, &[Key::A]);
    let list = stage.game.command.list.as_ref().expect("the sites");
    assert_eq!(list.value(&Kind::Units), 36, "all of the most at first");
    press(&mut stage, &[Key::ArrowLeft]);
    stage.frame(vec![Event::Text("lower".into())]);
    press(&mut stage, &[Key::Enter]);
    let given = "transports land line-regiments 35 at karst-colony";
    assert_eq!(last(&stage).as_deref(), Some(given));
}

#[test]
fn guns_take_sites_in_reach_as_targets() {
    let mut stage = siege("siege-fleet");
    press(&mut stage, &[Key::F]);
    stage.frame(vec![Event::Text("lower".into())]);
    press(&mut stage, &[Key::Enter]);
    let given = last(&stage).expect("an order");
    assert!(given.ends_with("against karst-colony"), "{given}");
}
