//! Each order by mouse and by keyboard alone, refusals with what would help, the box, and what wants attention.

mod choice;
mod marches;
mod posts;

use std::collections::BTreeSet;

use super::{
    Act, hint,
    list::Verb,
    tree::{self, Filter, Grouping, Line},
};
use crate::{
    chart::Tag,
    content::{Force, Key, Sector},
    gui::{
        UiAction,
        film::Which,
        tests::{Bench, Folder},
    },
    sim::{
        journal::What,
        order::{Action, Cue, Order, Pace, Policy, Refusal, Target, doubts, goals, queue},
        view::{OwnForce, SeatView},
    },
};

impl Bench {
    fn view(&self) -> &SeatView {
        &self
            .game
            .session
            .as_ref()
            .expect("a war is on the table")
            .view
    }

    /// The strongest own force of which this is so.
    fn strongest(&self, is_so: impl Fn(&OwnForce) -> bool) -> Key<Force> {
        let forces = self
            .view()
            .forces
            .iter()
            .filter(|(_, f)| f.mine && is_so(f));
        let force = forces.max_by_key(|(_, f)| f.strength);
        force.expect("the seat has such a force").0.clone()
    }

    fn select_force(&mut self, key: &Key<Force>) {
        let tag = Tag::Force(key.clone());
        self.game.apply(UiAction::Select(Some(tag)));
        for _ in 0..3 {
            self.frame(Vec::new());
        }
    }

    fn click_on(&mut self, name: &str) {
        self.click(name);
        self.frame(Vec::new());
    }

    fn act(&mut self, act: Act) {
        self.game.apply(UiAction::Command(act));
        self.frame(Vec::new());
        self.frame(Vec::new());
    }

    fn sector_name(&self, key: &str) -> String {
        self.view().map.sectors[key].name.clone()
    }

    fn last(&self) -> Option<Action> {
        self.pending().pop().map(|o| o.action)
    }

    fn open_verb(&self) -> Option<Verb> {
        self.game.command.list.as_ref().map(|l| l.verb)
    }

    fn title(&self, row: usize) -> String {
        let list = self.game.command.list.as_ref().expect("a list is open");
        list.row(row).expect("it has so many rows").title.clone()
    }
}

/// Keys go to the table at once, not to the film of the turn before.
fn without_films(folder: &Folder) -> Bench {
    let mut bench = Bench::new(folder);
    bench.game.settings.film = Which::None;
    bench
}

/// A war in its third turn, in which the enemy is known.
fn fought(name: &str) -> (Folder, Bench) {
    let folder = Folder::new(name);
    let mut bench = without_films(&folder);
    for _ in 0..2 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    (folder, bench)
}

#[test]
fn every_order_by_keyboard_alone() {
    let (_folder, mut bench) = fought("by-keys");
    let key = bench.strongest(|f| f.speed > 0);
    bench.key("Tab");
    assert!(bench.game.selection.force.is_some(), "Tab selects");
    bench.select_force(&key);

    bench.key("G");
    assert_eq!(bench.open_verb(), Some(Verb::Go));
    let first = bench.title(0);
    bench.key("1");
    let Some(Action::Go { stops, pace }) = bench.last() else {
        panic!("{:?}", bench.pending())
    };
    assert_eq!(
        (bench.sector_name(stops[0].as_str()), pace),
        (first, Pace::Cruise)
    );

    // A cue and its figure are set by arrows; the row is found by its letters.
    let name = bench.sector_name("a1");
    let letters: Vec<String> = name
        .chars()
        .take(4)
        .map(|c| c.to_uppercase().to_string())
        .collect();
    bench.keys("T Right Tab Right Tab Right");
    bench.keys(&letters.join(" "));
    bench.key("Enter");
    let turn = bench.view().turn;
    let last = bench.last();
    assert!(
        matches!(&last, Some(Action::Then { stops, pace: Pace::Forced, cue: Cue::Turn(n) })
            if bench.sector_name(stops[0].as_str()).starts_with(&name[..4]) && *n == turn + 2),
        "{last:?}"
    );

    bench.key("H");
    assert_eq!(bench.last(), Some(Action::Halt));
    bench.keys("W Right Right 1");
    assert!(matches!(
        bench.last(),
        Some(Action::Follow { distance: 3, .. })
    ));
    bench.keys("K 1 2 1");
    assert!(matches!(bench.last(), Some(Action::FallBack { along, .. }) if along.len() == 2));
    bench.keys("S Down Enter");
    assert!(matches!(bench.last(), Some(Action::Stance(_))));
    bench.keys("P 2");
    assert!(matches!(bench.last(), Some(Action::Posture(Some(_)))));
    bench.keys("Y 3");
    assert_eq!(bench.last(), Some(Action::Policy(Policy::Hold)));
    bench.keys("L 2");
    assert_eq!(bench.last(), Some(Action::LossLimit(100)));
    bench.key("E");
    assert_eq!(bench.last(), Some(Action::Leash));
    bench.keys("X Right Right 1");
    assert!(
        matches!(bench.last(), Some(Action::Split { ships }) if ships.values().sum::<i32>() == 2)
    );
    let before = bench.pending().len();
    bench.keys("Ctrl+Z Ctrl+Z Ctrl+Y");
    assert_eq!(bench.pending().len(), before - 1);
}

#[test]
fn fire_is_given_by_keyboard_and_by_a_click_on_the_map() {
    let (_folder, mut bench) = fought("fire");
    let armed = |bench: &Bench, key: &Key<Force>| {
        let choices = crate::sim::order::legal(bench.view(), key);
        choices
            .iter()
            .any(|c| matches!(c.order.action, Action::Fire { .. }) && c.refusal.is_none())
    };
    let forces: Vec<_> = bench.view().forces.keys().cloned().collect();
    let key = forces
        .into_iter()
        .find(|key| bench.view().forces[key].mine && armed(&bench, key))
        .expect("somebody can fire at somebody");
    bench.select_force(&key);
    bench.keys("F Left Enter");
    let Some(Action::Fire {
        at: Target::Contact(contact),
        salvos,
        ..
    }) = bench.last()
    else {
        panic!("{:?}", bench.pending())
    };
    assert!(salvos >= 1);
    bench.game.apply(UiAction::RetractAll);
    bench.frame(Vec::new());

    bench.click_on("Fire ...");
    let place = bench.view().contacts[&contact].place.sector().clone();
    bench.act(Act::At(vec![
        Tag::Sector(place.clone()),
        Tag::Contact(contact.clone()),
    ]));
    let last = bench.last();
    assert!(
        matches!(&last, Some(Action::Fire { at: Target::Contact(c), .. }) if *c == contact),
        "{contact} {last:?} {:?}",
        bench.game.message
    );

    // Or the order of battle names him.
    bench.game.apply(UiAction::RetractAll);
    bench.act(Act::Filter(Filter::Contact));
    bench.act(Act::Group(Grouping::Faction));
    bench.key("F");
    bench
        .game
        .command
        .lines
        .retain(|l| matches!(l, Line::Contact { .. }));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    let name = crate::war::tell::force(bench.view(), contact.as_str());
    bench.click_on(&name);
    assert!(matches!(
        bench.last(),
        Some(Action::Fire { at: Target::Contact(c), .. }) if c == contact
    ));

    // Blind: the aim is turned to sectors.
    bench.game.apply(UiAction::RetractAll);
    bench.keys("F Tab Tab Right Enter");
    assert!(matches!(
        bench.last(),
        Some(Action::Fire {
            at: Target::Sector(_),
            ..
        })
    ));
}

#[test]
fn the_best_target_is_fired_at_by_one_key() {
    let (_folder, mut bench) = fought("best");
    let view = bench.view().clone();
    let armed = |key: &Key<Force>| {
        let all = crate::sim::order::legal(&view, key).into_iter();
        all.filter(|c| matches!(c.order.action, Action::Fire { .. }) && c.refusal.is_none())
            .map(|c| c.order.action)
            .collect::<Vec<_>>()
    };
    let mine = |(key, f): (&Key<Force>, &OwnForce)| f.mine.then(|| key.clone());
    let all: Vec<Key<Force>> = view.forces.iter().filter_map(mine).collect();
    let (able, unable): (Vec<_>, Vec<_>) = all.iter().partition(|key| !armed(key).is_empty());
    let key = able.first().expect("somebody can fire at somebody");
    bench.select_force(key);
    bench.key("Shift+F");
    let Some(Action::Fire {
        at, salvos, weapon, ..
    }) = bench.last()
    else {
        panic!("{:?}", bench.game.message)
    };
    assert!((1..=4).contains(&salvos));
    // Nobody in reach is hit more surely and has as much to lose.
    let force = &view.forces[*key];
    let value = |contact: &Key<crate::sim::view::Contact>| {
        let seen = &view.contacts[contact];
        let far = crate::sim::map::range(&view.map, force.place.sector(), seen.place.sector());
        let chance = crate::gui::panels::guns::chance(&view, force, &weapon, seen, far, false).0;
        (chance, seen.strength.1)
    };
    let Target::Contact(taken) = &at else {
        panic!("{at:?}")
    };
    for action in armed(key) {
        if let Action::Fire {
            at: Target::Contact(other),
            weapon: w,
            ..
        } = action
            && w == weapon
        {
            let (a, b) = (value(taken), value(&other));
            assert!(!(b.0 > a.0 && b.1 > a.1), "{taken} {a:?}, {other} {b:?}");
        }
    }
    // Again and again: no more than is loaded.
    for _ in 0..20 {
        bench.key("Shift+F");
    }
    assert!(doubts(bench.view(), &bench.pending()).is_empty());
    let said = bench.game.message.clone().unwrap_or_default();
    assert!(said.contains("ordered already"), "{said}");

    // A group: each at its own; who cannot is told why, all in one step.
    bench.game.apply(UiAction::RetractAll);
    bench.key("Ctrl+A");
    bench.click_on("Fire at best");
    let given = bench.pending().len();
    assert_eq!(given, able.len());
    let said = bench.game.message.clone().unwrap_or_default();
    assert_eq!(said.lines().count(), 1 + unable.len(), "{said}");
    bench.key("Ctrl+Z");
    assert!(bench.pending().is_empty());
    if let Some(one) = unable.first() {
        bench.select_force(one);
        bench.key("Shift+F");
        assert!(bench.pending().is_empty() && bench.game.message.is_some());
    }
}

#[test]
fn orders_by_mouse() {
    let (_folder, mut bench) = fought("by-mouse");
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    bench.click_on("Halt");
    assert_eq!(bench.last(), Some(Action::Halt));
    for verb in Verb::ORDERS.into_iter().filter(|v| !v.is_plain()) {
        let words = crate::gui::words::of("verb", verb.name());
        bench.click_on(&words);
        bench.frame(Vec::new());
        assert_eq!(bench.open_verb(), Some(verb), "{words}");
        bench.click_on("Leave (Esc)");
        assert_eq!(bench.open_verb(), None);
    }
    bench.click_on("Stance ...");
    bench.frame(Vec::new());
    bench.click_on("row 2");
    assert!(matches!(bench.last(), Some(Action::Stance(_))));
    bench.click_on("Detach ...");
    bench.frame(Vec::new());
    let class = bench.view().forces[&key].ships[0].class.clone();
    let class = bench.view().rules.classes[&class].name.clone();
    bench.click_on(&format!("more {class}"));
    bench.click_on("row 1");
    assert!(matches!(bench.last(), Some(Action::Split { .. })));
    // The map names the sector.
    bench.click_on("Go ...");
    let targets = bench.game.chart_options().targets;
    let sector = targets.iter().find_map(|t| match &t.tag {
        Tag::Sector(sector) => Some(sector.clone()),
        _ => None,
    });
    let sector = sector.expect("the goals have rings");
    bench.act(Act::At(vec![Tag::Sector(sector.clone())]));
    assert!(matches!(bench.last(), Some(Action::Go { stops, .. }) if stops == [sector]));
}

#[test]
fn a_later_order_takes_the_place_of_an_earlier_one() {
    let (_folder, mut bench) = fought("renewed");
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    bench.keys("G 1 T 2 G 2");
    assert_eq!(bench.pending().len(), 1, "{:?}", bench.pending());
    assert!(matches!(bench.last(), Some(Action::Go { .. })));
    bench.key("Ctrl+Z");
    assert_eq!(bench.pending().len(), 2, "one step of planning");
    bench.key("Ctrl+Y");
    bench.keys("G 2");
    assert_eq!(bench.pending().len(), 1, "said twice, it is done once");
    bench.keys("Y 3 L 2 Y 2 L 3");
    assert_eq!(bench.pending().len(), 3, "{:?}", bench.pending());
    bench.keys("H G 1");
    let marches = |o: &Order| matches!(o.action, Action::Go { .. } | Action::Halt);
    assert_eq!(bench.pending().into_iter().filter(marches).count(), 1);
    // What a part was given with its ships stays with it, and salvos add up.
    bench.keys("X Right 1 G 2");
    assert_eq!(bench.pending().into_iter().filter(marches).count(), 2);
}

#[test]
fn whoever_gets_an_order_stays_where_he_is_in_the_order_of_battle() {
    let (_folder, mut bench) = fought("places");
    let lines = |bench: &Bench| -> Vec<Key<Force>> {
        let lines = bench.game.command.lines.iter();
        lines
            .filter_map(|line| match line {
                Line::Force { key, .. } => Some(key.clone()),
                _ => None,
            })
            .collect()
    };
    let before = lines(&bench);
    let idle = |bench: &Bench| tree::idle(bench.view(), &bench.pending(), &Default::default());
    let first = before.iter().find(|key| idle(&bench).contains(*key));
    let first = first.cloned().expect("somebody is idle");
    bench.select_force(&first);
    bench.key("H");
    assert!(!idle(&bench).contains(&first));
    assert_eq!(lines(&bench), before);
}

#[test]
fn detachments_join_again() {
    let folder = Folder::new("join");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    bench.keys("X 2");
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    bench.select_force(&key);
    bench.keys("M 1");
    let Some(Action::Merge { into }) = bench.last() else {
        panic!("{:?}", bench.pending())
    };
    assert!(into.as_str().starts_with(key.as_str()));
    let depth = |key: &Key<Force>| {
        bench.game.command.lines.iter().find_map(|line| match line {
            Line::Force { key: k, depth, .. } if k == key => Some(*depth),
            _ => None,
        })
    };
    assert_eq!((depth(&key), depth(&into)), (Some(0), Some(1)));
}

#[test]
fn what_is_refused_says_why_and_what_would_help() {
    let (_folder, mut bench) = fought("hints");
    let base = bench
        .view()
        .forces
        .iter()
        .find(|(_, f)| f.mine && f.speed == 0);
    if let Some(base) = base.map(|(key, _)| key.clone()) {
        bench.select_force(&base);
        bench.keys("G Enter");
        let said = bench.game.message.clone().unwrap_or_default();
        assert!(
            said.contains("cannot move") && said.contains("Only ships that can move"),
            "{said}"
        );
        bench.key("Escape");
    }
    let view = bench.view();
    let key = |id: &str| Key::new(id);
    let all = [
        Refusal::WarOver,
        Refusal::NoSuchForce(Key::new("f")),
        Refusal::NotYours(Key::new("f")),
        Refusal::NoSuchSector(Key::new("s")),
        Refusal::NoSuchThing {
            kind: "stance".into(),
            id: "s".into(),
            suggestion: None,
        },
        Refusal::NoSuchThing {
            kind: "stance".into(),
            id: "s".into(),
            suggestion: Some("t".into()),
        },
        Refusal::NoSuchContact("k1".into()),
        Refusal::Nothing,
        Refusal::Immobile,
        Refusal::NoWay {
            from: key("a"),
            to: key("b"),
        },
        Refusal::NotReady {
            needs: 500,
            has: 100,
        },
        Refusal::NoWeapon,
        Refusal::NotByOrder,
        Refusal::OutOfRange {
            distance: 9,
            range: 4,
        },
        Refusal::NoStock { wanted: 4, has: 0 },
        Refusal::NoStock { wanted: 4, has: 1 },
        Refusal::TooManySalvos { wanted: 4, most: 0 },
        Refusal::TooManySalvos { wanted: 4, most: 2 },
        Refusal::Bound {
            what: "x".into(),
            low: 0,
            high: 9,
        },
        Refusal::NoLeash,
        Refusal::NoNeed,
        Refusal::NotThatMany,
        Refusal::Committed,
        Refusal::Apart,
        Refusal::Strangers,
    ];
    // Reasons name things as the player knows them.
    let (site, known) = view.map.sites.first_key_value().expect("a site");
    let order = Order {
        force: Key::new("f"),
        action: Action::Halt,
    };
    let proof = Refusal::Proof(site.clone());
    let said = hint::reason(view, &order, &proof);
    assert!(said.contains(&known.name) && !said.contains('`'), "{said}");
    let what = What::Refused {
        order: order.clone(),
        refusal: proof,
    };
    let said = crate::gui::table::happened(view, &what);
    assert!(said.contains(&known.name) && !said.contains('`'), "{said}");
    let (sector, known) = view.map.sectors.first_key_value().expect("a sector");
    let no_way = Refusal::NoWay {
        from: sector.clone(),
        to: sector.clone(),
    };
    let said = hint::reason(view, &order, &no_way);
    assert!(said.contains(&known.name), "{said}");
    let said: BTreeSet<String> = all.iter().map(|r| hint::hint(view, r)).collect();
    assert_eq!(said.len(), all.len(), "each has its own");
    assert!(said.iter().all(|s| !s.starts_with("hint-")), "{said:?}");
}

#[test]
fn orders_that_take_from_each_other_are_doubted() {
    let folder = Folder::new("doubts");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    let order = |action| Order {
        force: key.clone(),
        action,
    };
    let class = bench.view().forces[&key].ships[0].class.clone();
    let fit = bench.view().forces[&key].ships[0].fit;
    let split = || {
        order(Action::Split {
            ships: [(class.clone(), fit)].into(),
        })
    };
    let doubted = doubts(bench.view(), &[split(), split()]);
    assert_eq!(doubted, [(1, Refusal::NotThatMany)]);
    bench.game.apply(UiAction::Give(split()));
    bench.game.apply(UiAction::Give(split()));
    bench.game.settings.ask_before_ending = true;
    bench.game.apply(UiAction::EndTurn);
    let items = bench.game.command.checklist.clone().expect("a doubt").items;
    assert!(items[0].words.contains("probably"), "{items:?}");
}

#[test]
fn a_leg_is_taken_out_of_a_queue() {
    let folder = Folder::new("legs");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    bench.keys("G 1 T 3 T 5");
    let legs = |bench: &Bench| -> Vec<Key<Sector>> {
        let queue = queue(bench.view(), &key, &bench.pending());
        queue.into_iter().map(|leg| leg.to).collect()
    };
    let before = legs(&bench);
    assert_eq!(before.len(), 3);
    bench.frame(Vec::new());
    bench.act(Act::WithoutLeg(key.clone(), 1));
    assert_eq!(legs(&bench), [before[0].clone(), before[2].clone()]);
    bench.key("Ctrl+Z");
    assert_eq!(legs(&bench), before, "one step");
    bench.act(Act::WithoutLeg(key.clone(), 0));
    assert_eq!(legs(&bench), before[1..]);
    let undo = bench.game.command.undo.clone().unwrap_or_default();
    assert!(undo.contains(&bench.view().forces[&key].name), "{undo}");
}

#[test]
fn marches_end_when_they_were_said_to() {
    let folder = Folder::new("arrivals");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    let graph = bench.game.command.graph.clone();
    let goals = goals(
        bench.view(),
        &graph,
        &bench.view().forces[&key],
        &[],
        Pace::Cruise,
        &Cue::None,
    );
    let home = bench.view().home[0].clone();
    let turn = goals[&home].expect("it can go home");
    bench.game.apply(UiAction::Give(Order {
        force: key.clone(),
        action: Action::Go {
            stops: vec![home.clone()],
            pace: Pace::Cruise,
        },
    }));
    while bench.view().turn <= turn {
        let there = bench.view().forces[&key].place.in_sector() == Some(&home);
        assert!(!there || bench.view().turn == 1, "not before its turn");
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    assert_eq!(bench.view().forces[&key].place.in_sector(), Some(&home));
}
