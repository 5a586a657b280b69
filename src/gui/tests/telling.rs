//! What is told of a turn and of fights in few words: lines that fold, reasons for a place that is not held.

use super::*;
use crate::{
    gui::panels::volleys,
    sim::{
        journal::{Entry, What},
        turn::Phase,
    },
};

#[test]
fn convoys_of_many_forces_are_one_line_that_opens() {
    let folder = Folder::new("convoys");
    let mut bench = Bench::new(&folder);
    let session = bench.game.session.as_mut().expect("a war");
    let mut view = (*session.view).clone();
    let forces: Vec<_> = view.forces.keys().take(3).cloned().collect();
    let at = view.map.sectors.keys().next().expect("a place").clone();
    let entry = |what| Entry {
        phase: Phase::Supply,
        what,
        witnesses: Default::default(),
    };
    let lost = |force: &Key<_>| What::ConvoysLost {
        force: force.clone(),
        at: at.clone(),
        permille: 400,
    };
    let mut all: Vec<Entry> = forces.iter().map(|f| entry(lost(f))).collect();
    let starving = What::Starving {
        force: forces[0].clone(),
    };
    all.insert(1, entry(starving));
    view.report = all;
    let lines = volleys::fold(&view.report);
    let counts: Vec<usize> = lines.iter().map(|line| line.entries.len()).collect();
    assert_eq!(counts, [3, 1]);
    let names: Vec<String> = forces.iter().map(|f| view.forces[f].name.clone()).collect();
    session.view = Arc::new(view);
    bench.frame(Vec::new());
    assert!(bench.says("Convoys of 3 forces are lost"));
    let second = format!("Convoys of {} are lost at", names[1]);
    assert!(!bench.says(&second), "it is folded");
}
