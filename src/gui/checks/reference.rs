//! The reference by mouse and keyboard: from a fleet to its ships, from there on, and back.

use bevy_egui::egui::{Event, Key, Modifiers};

use super::stage::{From, Stage};
use crate::{
    chart::Tag,
    gui::{
        UiAction,
        around::{Act, Leaf},
        reference::{self, Subject, Topic},
    },
};

fn open(stage: &Stage) -> Option<Subject> {
    let around = &stage.game.around;
    (around.leaf == Some(Leaf::Reference))
        .then(|| around.reference.open().cloned())
        .flatten()
}

#[test]
fn a_class_named_in_the_panel_of_a_fleet_leads_to_its_article() {
    let mut stage = Stage::new(From::Begun);
    let fleet = stage.fleet();
    let view = stage.view();
    let squadron = view.forces[&fleet].ships[0].clone();
    let name = view.rules.classes[&squadron.class].name.to_lowercase();
    stage.select(Tag::Force(fleet));
    stage.settle();
    stage.click(&format!("{} x {name}", squadron.fit));
    let class = Subject::new(Topic::Classes, &squadron.class);
    assert_eq!(open(&stage), Some(class));
    stage.key(Key::Escape, Modifiers::NONE);
    assert_eq!(open(&stage), None);
    assert_eq!(stage.game.around.leaf, Some(Leaf::Reference));
    stage.key(Key::Escape, Modifiers::NONE);
    assert_eq!(stage.game.around.leaf, None);
}

#[test]
fn what_is_typed_is_found_and_enter_opens_it() {
    let mut stage = Stage::new(From::Menu);
    stage.key(Key::F7, Modifiers::NONE);
    stage.settle();
    stage.key(Key::F, Modifiers::COMMAND);
    stage.settle();
    stage.frame(vec![Event::Text("fient".into())]);
    stage.settle();
    stage.key(Key::Enter, Modifiers::NONE);
    stage.settle();
    let found = open(&stage).expect("an article");
    assert_eq!(found, Subject::new(Topic::Stances, "feint"));
    stage.key(Key::F7, Modifiers::NONE);
    assert_eq!(stage.game.around.leaf, None);
    // Where one was is still open the next time.
    stage.key(Key::F7, Modifiers::NONE);
    assert_eq!(open(&stage), Some(found));
}

#[test]
fn links_are_gone_through_and_back_by_mouse() {
    let mut stage = Stage::new(From::Menu);
    let one = Subject::new(Topic::Stances, "feint");
    let visit = reference::Act::Visit(one.clone());
    stage.act(UiAction::Around(Act::Look(visit)));
    stage.settle();
    stage.click("Master of the feint");
    assert_eq!(open(&stage).map(|s| s.topic), Some(Topic::Traits));
    stage.settle();
    stage.click("One page back");
    assert_eq!(open(&stage), Some(one));
    stage.settle();
    stage.click("All pages");
    assert_eq!(open(&stage), None);
}
