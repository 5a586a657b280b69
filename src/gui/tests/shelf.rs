//! Saved wars: which of them is gone on with.

use std::path::PathBuf;

use super::*;
use crate::{
    sim::{state::Clock, view::Ending},
    war::{
        Player, Setup, War,
        mods::{Loaded, Places},
    },
};

/// A saved war after one turn, played by a person; if so said, one that has ended.
fn saved(folder: &Folder, name: &str, is_over: bool) -> PathBuf {
    let catalog = Arc::new(Catalog::shipped());
    let (key, scenario) = catalog.first().expect("one is shipped");
    let mut setup = Setup::new(key.as_str(), 3);
    let seats = scenario.seats.keys();
    setup.players = seats.map(|seat| (seat.clone(), Player::Person)).collect();
    let mut war = War::begin(catalog.clone(), setup).expect("it begins");
    war.end_turn().expect("nothing is saved");
    let mut record = war.record().clone();
    if is_over {
        let state = record.snapshots.values_mut().last().expect("a state");
        let clock = state.0.get_mut("clock").expect("a clock");
        for row in clock.values_mut() {
            let mut clock: Clock = ron::from_str(row).expect("a clock");
            clock.ended = Some(Ending {
                winner: None,
                level: "a draw".into(),
                score: 0,
                terms: [].into(),
                results: [].into(),
            });
            *row = ron::to_string(&clock).expect("it is written");
        }
    }
    let path = folder.0.join(format!("{name}{}", store::SUFFIX));
    store::save(&path, &record).expect("it is saved");
    // The next one is the newer one.
    std::thread::park_timeout(Duration::from_millis(20));
    path
}

fn menu(folder: &Folder) -> Game {
    Game::open(Options {
        content: Loaded::of(Arc::new(Catalog::shipped()), Vec::new()),
        places: Places::default(),
        start: Start::Menu,
        seat: None,
        folder: Some(folder.0.clone()),
    })
    .expect("it opens")
}

#[test]
fn gone_on_with_is_the_newest_war_that_has_not_ended() {
    let folder = Folder::new("goes-on");
    let going = saved(&folder, "going", false);
    let over = saved(&folder, "over", true);
    let game = menu(&folder);
    game.around.shelf.wait();
    let shelf = game.around.shelf.wars();
    assert_eq!(shelf[0].path, over, "the newest comes first");
    let goes_on: Vec<_> = shelf.iter().filter(|s| s.goes_on()).collect();
    assert_eq!((shelf.len(), goes_on.len()), (2, 1));
    assert_eq!(goes_on[0].path, going);

    let mut bench = Bench::with(game);
    bench.game.apply(UiAction::LoadLatest);
    bench.wait();
    let war = bench.game.session.as_ref().and_then(|s| s.war.as_ref());
    assert!(war.is_some_and(|war| war.ended().is_none()));
    for path in [going, over] {
        let _ = fs::remove_file(path);
    }
}

#[test]
fn where_every_war_has_ended_none_is_offered() {
    let folder = Folder::new("all-over");
    let over = saved(&folder, "over", true);
    let mut game = menu(&folder);
    game.apply(UiAction::LoadLatest);
    assert!(game.session.is_none() && !game.is_busy());
    assert_eq!(
        game.message,
        Some(crate::gui::words::text("keep-all-over", &[]))
    );
    let _ = fs::remove_file(over);
}
