//! Forces that the scenario calls away on a date.

use super::*;
use crate::{
    content::Effect,
    gui::command::{
        checklist::{Item, Matter, items},
        tree::Line,
    },
    war::mods::{Loaded, Places},
};

/// A war in which the scenario takes forces away on a date, as a seat sees it that has such forces.
fn bench(folder: &Folder) -> Bench {
    let catalog = Arc::new(Catalog::shipped());
    let leaves = |effect: &Effect| matches!(effect, Effect::Leave(_));
    let found = catalog.scenarios.iter().find_map(|(key, scenario)| {
        let mut events = scenario.events.values();
        let event = events.find(|e| e.when.dated().is_some() && e.effects.iter().any(leaves))?;
        Some((key.clone(), event.tells.first().cloned()))
    });
    let (scenario, seat) = found.expect("one is shipped");
    let options = Options {
        content: Loaded::of(catalog, Vec::new()),
        places: Places::default(),
        start: Start::Scenario(scenario),
        seat,
        folder: Some(folder.0.clone()),
    };
    Bench::with(Game::open(options).expect("it opens"))
}

#[test]
fn who_is_called_away_carries_the_date_and_goes_on_it() {
    let folder = Folder::new("leaving");
    let mut bench = bench(&folder);
    let view = |bench: &Bench| bench.game.session.as_ref().expect("a war").view.clone();
    let before = view(&bench);
    let mut leaving: Vec<_> = before.leaving.iter().collect();
    leaving.sort_by_key(|(_, turn)| **turn);
    let (force, last) = leaving.first().expect("somebody leaves");
    assert!(**last > 1, "not before the first order");

    let tag = Tag::Force((*force).clone());
    bench.game.apply(UiAction::Select(Some(tag)));
    assert!(bench.says("Called away at the end of"));
    let lines = bench.game.command.lines.iter();
    let goes = format!("after turn {last}");
    let mut lines = lines.filter_map(|line| match line {
        Line::Expected { words } => Some(words),
        _ => None,
    });
    assert!(lines.any(|words| words.ends_with(&goes)));
    while view(&bench).turn < **last {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    let items = items(&view(&bench), &[], &Default::default());
    let told = |item: &&Item| item.force == **force;
    assert!(
        items
            .iter()
            .filter(told)
            .any(|i| i.matter == Matter::Leaves)
    );
    assert!(view(&bench).forces.contains_key(*force));
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    assert!(!view(&bench).forces.contains_key(*force));
    assert!(!view(&bench).leaving.contains_key(*force));
}
