//! A war that the computer plays to its end in the seat of whoever has nothing left to decide.

use super::{Bench, Folder};
use crate::{
    gui::{Asking, UiAction},
    war::Player,
};

#[test]
fn the_rest_of_a_war_is_played_out_once_that_was_asked_about() {
    let folder = Folder::new("rest");
    let mut bench = Bench::new(&folder);
    bench.game.apply(UiAction::PlayOut);
    assert_eq!(bench.game.asking, Some(Asking::Rest));
    bench.game.apply(UiAction::Stay);
    assert!(!bench.game.is_busy(), "who stays plays on");
    bench.game.apply(UiAction::PlayOut);
    bench.game.apply(UiAction::PlayOut);
    assert_eq!(bench.game.asking, None);
    bench.wait();
    let session = bench.game.session.as_ref().expect("a war is on the table");
    assert!(session.view.ended.is_some(), "it has a verdict");
    let war = session.war.as_ref().expect("the war is back");
    let players = war.record().players.values();
    assert!(players.into_iter().all(|p| *p != Player::Person));
    let told = bench.game.film.story().expect("its story is told");
    assert!(told.story.days.iter().any(|day| !day.passed_over));
    // Nothing is left to be played.
    bench.game.apply(UiAction::PlayOut);
    assert_eq!(bench.game.asking, None);
}
