//! The guided war, played as its guide says.

use std::{path::PathBuf, sync::OnceLock};

use super::stage::{CATALOG, folder};
use crate::{
    content::Key,
    sim::order,
    war::{Player, Setup, War, store},
};

/// Turns of it.
pub const TURNS: usize = 8;

/// What the guide asks to be ordered, turn by turn.
const ORDERS: [&[&str]; TURNS] = [
    &["yachts go crossing", "column go crossing"],
    &["yachts go reach-east", "column go reach-east"],
    &["column go lantern", "guns go crossing"],
    &[
        "guns fire angelfire 2 at k1",
        "column land line-regiments 40 at lantern-colony",
    ],
    &["column stance stand"],
    &["yachts go reach-west"],
    &[],
    &[],
];

/// The war after so many turns.
pub fn war(turns: usize) -> &'static PathBuf {
    static WARS: [OnceLock<PathBuf>; TURNS + 1] = [const { OnceLock::new() }; TURNS + 1];
    WARS[turns].get_or_init(|| {
        let (key, scenario) = CATALOG.guided().expect("a guided scenario is shipped");
        let guide = scenario.guide.as_ref().expect("it has a guide");
        let setup = Setup::new(key.as_str(), 1).with(guide.seat.as_str(), Player::Person);
        let mut war = War::begin(CATALOG.clone(), setup).expect("it begins");
        for orders in &ORDERS[..turns] {
            let given = orders
                .iter()
                .map(|words| order::parse(words).expect("words"));
            let refused = war.give_all(&Key::new("wardens"), given.collect());
            assert!(refused.is_ok(), "{refused:?}");
            war.end_turn().expect("it is not saved");
        }
        let path = folder(&format!("guided-{turns}")).join(format!("guided{}", store::SUFFIX));
        store::save(&path, war.record()).expect("it is saved");
        path
    })
}
