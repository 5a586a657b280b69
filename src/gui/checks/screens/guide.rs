//! Screens of the guided war: the card, what it points at, and what it says of the verdict.

use super::{Screen, screen};
use crate::{
    chart::{Overlay, Tag},
    content::Key,
    gui::{
        Page, UiAction,
        checks::{
            guided::TURNS,
            stage::{From, Stage},
        },
        command::{Act, list::Verb},
        guide,
    },
};

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("guide, first step", From::Guided(0), |_| {}),
    screen("guide, further down", From::Guided(0), |_| {}).then(|stage| stage.scroll(0.1, 500.0)),
    screen("guide, a march is wanted", From::Guided(0), |stage| {
        stage.select(Tag::Force(Key::new("guns")));
        stage.select(Tag::Sector(Key::new("lantern")));
        stage.select(Tag::Force(Key::new("yachts")));
    }),
    screen("guide, a target is chosen", From::Guided(1), |stage| {
        stage.select(Tag::Contact(Key::new("k1")));
        stage.select(Tag::Force(Key::new("yachts")));
        stage.act(UiAction::Command(Act::Open(Verb::Go)));
    })
    .alike(),
    screen("guide, over an overlay", From::Guided(2), |stage| {
        stage.act(UiAction::Overlay(Overlay::Knowledge));
    }),
    screen("guide, a fight looked ahead", From::Guided(3), |stage| {
        stage.act(UiAction::Turn(Page::Outlook));
        stage.think();
    }),
    screen("guide, a line that is cut", From::Guided(5), |stage| {
        stage.act(UiAction::Overlay(Overlay::Supply));
    }),
    screen("guide put away", From::Guided(0), |stage| {
        stage.act(UiAction::Guide(guide::Act::Turn));
    })
    .alike(),
    screen(
        "guide brought back where there is little room",
        From::Guided(0),
        |_| {},
    )
    .then(|stage: &mut Stage| {
        stage.game.settings.guide = false;
        stage.game.folded.clear();
        stage.act(UiAction::Guide(guide::Act::Turn));
    }),
    screen("guide of the verdict", From::Guided(TURNS), |_| {}),
    screen("guide that is over", From::Guided(TURNS), |stage| {
        stage.act(UiAction::CloseVerdict);
    }),
];
