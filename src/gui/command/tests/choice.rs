//! Who is selected and what wants attention: several forces, the box, names, idle forces, the tree, the checklist.

use std::collections::BTreeSet;

use bevy_egui::egui::{self, Event, Modifiers, PointerButton, Pos2, Vec2};

use super::super::{
    Act, checklist,
    list::Verb,
    tree::{Filter, Grouping, Line},
};
use super::{fought, without_films};
use crate::{
    chart::Tag,
    content::{Force, Key, Sector},
    gui::tests::{Bench, Folder},
    sim::order::{Action, Target},
};

#[test]
fn several_forces_take_one_order_and_each_refusal_is_told() {
    let (_folder, mut bench) = fought("several");
    bench.key("Ctrl+A");
    let chosen = bench.game.chosen();
    assert!(chosen.len() > 2, "{chosen:?}");
    assert!(bench.is_shown("drop"), "the dock lists them");
    bench.keys("Y 1");
    assert_eq!(bench.pending().len(), chosen.len());
    bench.key("Ctrl+Z");
    assert!(bench.pending().is_empty(), "one step of planning");

    // By keyboard alone, two of them; then by the tree.
    bench.keys("Escape Escape B Space Down Space");
    assert_eq!(
        bench.game.command.chosen.len(),
        2,
        "{:?}",
        bench.game.command.chosen
    );
    bench.key("Enter");
    assert_eq!(bench.game.chosen().len(), 2);
    let all: Vec<Key<Force>> = bench.view().forces.keys().cloned().collect();
    bench.act(Act::These(all));
    let contact = bench
        .view()
        .contacts
        .keys()
        .next()
        .cloned()
        .expect("a contact");
    let weapon = bench
        .view()
        .rules
        .weapons
        .keys()
        .next()
        .cloned()
        .expect("a weapon");
    bench.game.give_chosen(Action::Fire {
        weapon,
        at: Target::Contact(contact),
        salvos: 1,
        overcharge: false,
    });
    let said = bench.game.message.clone().unwrap_or_default();
    let given = bench.pending().len();
    let chosen = bench.game.chosen().len();
    assert!(
        said.starts_with(&format!("{given} given, {} refused", chosen - given)),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1 + chosen - given);
}

#[test]
fn a_box_on_the_map_selects() {
    let folder = Folder::new("box");
    let mut bench = without_films(&folder);
    bench
        .ctx
        .data_mut(|data| data.insert_temp(egui::Id::new("note places"), true));
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    let key = bench.strongest(|f| f.speed > 0);
    let place = bench.view().forces[&key].place.sector().clone();
    let there: BTreeSet<Key<Force>> = bench
        .view()
        .forces_at(&place)
        .filter(|(_, f)| f.mine)
        .map(|(k, _)| k.clone())
        .collect();
    let at = bench.spot(&format!("map:{place}"));
    let held = Modifiers::SHIFT;
    let press = |pos: Pos2, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: held,
    };
    let (from, to) = (at - Vec2::splat(24.0), at + Vec2::splat(24.0));
    let camera = bench.game.session.as_ref().and_then(|s| s.camera);
    bench.frame(vec![Event::ModifiersChanged(held)]);
    bench.frame(vec![Event::PointerMoved(from)]);
    bench.frame(vec![press(from, true)]);
    bench.frame(vec![Event::PointerMoved(at)]);
    bench.frame(vec![Event::PointerMoved(to)]);
    bench.frame(vec![press(to, false)]);
    bench.frame(vec![Event::ModifiersChanged(Modifiers::NONE)]);
    let chosen = bench.game.command.chosen.clone();
    assert!(there.is_subset(&chosen), "{there:?} {chosen:?}");
    let moved = bench.game.session.as_ref().and_then(|s| s.camera);
    assert_eq!(camera, moved, "the map stays");
}

#[test]
fn the_checklist_is_shown_once_and_then_the_turn_ends() {
    let folder = Folder::new("checklist");
    let mut bench = without_films(&folder);
    bench.game.settings.ask_before_ending = true;
    bench.key("Space");
    let items = bench
        .game
        .command
        .checklist
        .clone()
        .expect("forces are idle")
        .items;
    assert!(!bench.game.is_busy() && bench.is_shown("End turn all the same"));
    bench.keys("Down Down");
    let force = bench.game.selection.force.clone();
    assert_eq!(
        force.as_ref(),
        Some(&items[1].force),
        "a line is a way to its force"
    );
    bench.key("H");
    let left = bench.game.command.checklist.clone().map(|c| c.items.len());
    assert_eq!(left, Some(items.len() - 1), "an order is seen at once");
    bench.key("Escape");
    assert!(bench.game.command.checklist.is_none());
    // The button that asked for it takes it back; only the list itself ends the turn.
    bench.click_on("END TURN");
    assert!(bench.game.command.checklist.is_some());
    bench.click_on("END TURN");
    assert!(bench.game.command.checklist.is_none() && !bench.game.is_busy());
    bench.keys("Enter Enter");
    bench.wait();
    assert_eq!(bench.view().turn, 2);

    // Who wants no list gets none.
    bench.frame(Vec::new());
    bench.key("Space");
    bench.click_on("Do not ask");
    assert!(!bench.game.settings.ask_before_ending);
    bench.key("Space");
    bench.wait();
    assert_eq!(bench.view().turn, 3);
}

#[test]
fn nothing_wants_attention_once_all_have_orders() {
    let folder = Folder::new("nothing");
    let mut bench = without_films(&folder);
    bench.game.settings.ask_before_ending = true;
    bench.key("Space");
    assert!(bench.is_shown("End turn all the same"));
    bench.act(Act::All);
    bench.key("H");
    let left = bench.game.command.checklist.clone();
    assert!(left.is_none(), "nothing is left in it: {left:?}");
    bench.key("Space");
    let items = bench.game.command.checklist.clone();
    assert!(items.is_none(), "{items:?}");
    bench.wait();
    assert_eq!(bench.view().turn, 2);
}

#[test]
fn a_way_of_retreat_into_the_enemy_wants_attention() {
    let (_folder, bench) = fought("retreat");
    let mut view = bench.view().clone();
    let enemy = view.contacts.values().find(|c| c.strength.1 > 0);
    let enemy = enemy.expect("somebody is known").place.sector().clone();
    let key = bench.strongest(|f| f.speed > 0);
    let mut said = |along: Vec<Key<Sector>>| {
        view.forces.get_mut(&key).expect("it is there").fall_back = Some((along, 10));
        let items = checklist::items(&view, &[], &Default::default());
        let about = |item: &&checklist::Item| item.matter == checklist::Matter::Retreat;
        let words: Vec<String> = items
            .iter()
            .filter(about)
            .map(|i| i.words.clone())
            .collect();
        words
    };
    let here = bench.view().forces[&key].place.sector().clone();
    let name = bench.sector_name(enemy.as_str());
    assert!(said(vec![enemy])[0].contains(&name));
    assert_eq!(said(vec![here]).len(), 1, "it ends here");
    let free = bench.view().map.sectors.keys().find(|s| {
        let at = bench.view().contacts_at(s).next();
        at.is_none() && bench.view().forces[&key].place.sector() != *s
    });
    assert!(said(vec![free.expect("an empty place").clone()]).is_empty());
}

#[test]
fn names_are_found_and_gone_to() {
    let folder = Folder::new("find");
    let mut bench = without_films(&folder);
    bench.key("Ctrl+F");
    assert_eq!(bench.open_verb(), Some(Verb::Find));
    let sector = bench
        .view()
        .map
        .sectors
        .keys()
        .last()
        .cloned()
        .expect("a sector");
    let name = bench.sector_name(sector.as_str());
    bench.frame(vec![Event::Text(name.clone())]);
    bench.frame(Vec::new());
    assert_eq!(bench.title(0), name);
    bench.key("Enter");
    assert_eq!(bench.game.selection.what, Some(Tag::Sector(sector.clone())));
    let at = bench.view().map.sectors[&sector].at;
    let camera = bench
        .game
        .session
        .as_ref()
        .and_then(|s| s.camera)
        .expect("a camera");
    assert_eq!(camera.centre, (at.0 as f32, at.1 as f32));
}

#[test]
fn who_is_told_to_go_where_he_is_says_that_he_is_there() {
    let folder = Folder::new("there");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    let here = bench.view().forces[&key].place.sector().clone();
    let name = bench.sector_name(here.as_str());
    for verb in ["G", "K"] {
        bench.key(verb);
        bench.frame(vec![Event::Text(name.clone())]);
        bench.frame(Vec::new());
        let list = bench.game.command.list.clone().expect("it is open");
        let row = list.current().expect("it is found").clone();
        let (reason, _) = row.refused.expect("it cannot go there");
        assert_eq!(
            (row.title, reason),
            (name.clone(), "it is there already".into())
        );
        bench.key("Enter");
        assert!(bench.pending().is_empty());
        let said = bench.game.message.clone().unwrap_or_default();
        assert!(said.contains("it is there already"), "{said}");
        bench.key("Escape");
    }
    // It is the last of the list: nobody chooses it by chance.
    bench.key("G");
    let list = bench.game.command.list.clone().expect("it is open");
    let last = list.row(list.shown.len() - 1).expect("a row");
    assert_eq!(last.tag, Some(Tag::Sector(here)));
}

#[test]
fn against_a_contact_stand_those_who_can_do_something_the_surest_first() {
    let (_folder, mut bench) = fought("against");
    let view = bench.view().clone();
    let tender = view.forces.iter().filter(|(_, f)| f.mine && f.speed > 0);
    let tender = tender.min_by_key(|(_, f)| f.strength).expect("a force").0;
    bench.select_force(&tender.clone());
    let mut in_reach = 0;
    for (contact, seen) in view.contacts.iter() {
        let table = bench.game.table().expect("a war is on the table");
        let able = crate::gui::panels::guns::able(&table, seen);
        let best = |shots: &[crate::gui::panels::guns::Shot]| shots.iter().map(|s| s.chance).max();
        let sure: Vec<_> = able.iter().map(|a| best(&a.shots)).collect();
        assert!(sure.windows(2).all(|pair| pair[0] >= pair[1]), "{sure:?}");
        for one in &able {
            assert!(!one.shots.is_empty() || one.key == tender, "{}", one.key);
            for shot in &one.shots {
                let order = crate::sim::order::Order {
                    force: one.key.clone(),
                    action: Action::Fire {
                        weapon: shot.weapon.clone(),
                        at: Target::Contact(contact.clone()),
                        salvos: shot.salvos,
                        overcharge: false,
                    },
                };
                let answer = crate::sim::order::check(&view, &order);
                assert!(shot.chance > 0 && answer.is_ok(), "{order:?} {answer:?}");
                in_reach += 1;
            }
        }
        let keys: BTreeSet<_> = able.iter().map(|a| a.key).collect();
        assert_eq!(keys.len(), able.len());
        assert!(keys.contains(tender) && able.len() < bench.view().forces.len());
    }
    assert!(in_reach > 0, "somebody is in reach");
}

#[test]
fn idle_forces_are_walked_both_ways() {
    let folder = Folder::new("idle");
    let mut bench = without_films(&folder);
    bench.keys("Tab Tab");
    let second = bench.game.selection.force.clone();
    bench.key("Shift+Tab");
    let first = bench.game.selection.force.clone();
    assert!(first.is_some() && first != second);
    bench.keys("Shift+Tab Tab");
    assert_eq!(bench.game.selection.force, first, "round the ends");
}

#[test]
fn the_tree_is_sifted_grouped_and_folded() {
    let folder = Folder::new("tree");
    let mut bench = without_films(&folder);
    let forces = |bench: &Bench| {
        let lines = bench.game.command.lines.iter();
        lines.filter(|l| matches!(l, Line::Force { .. })).count()
    };
    let all = forces(&bench);
    assert_eq!(all, bench.view().forces.len());
    for grouping in Grouping::ALL {
        bench.act(Act::Group(grouping));
        assert_eq!(forces(&bench), all, "{}", grouping.name());
    }
    bench.act(Act::Filter(Filter::Supply));
    assert!(forces(&bench) < all);
    bench.act(Act::Filter(Filter::All));
    let name = bench.view().forces[&bench.strongest(|_| true)].name.clone();
    bench.act(Act::Search(name));
    assert_eq!(forces(&bench), 1);
    bench.act(Act::Search(String::new()));
    let groups: Vec<String> = bench
        .game
        .command
        .lines
        .iter()
        .filter_map(|line| match line {
            Line::Group { id, .. } => Some(id.clone()),
            _ => None,
        })
        .collect();
    for group in groups {
        bench.act(Act::Fold(group));
    }
    assert_eq!(forces(&bench), 0);
}

#[test]
fn whose_a_contact_is_goes_without_saying_where_there_is_one_enemy() {
    let (_folder, bench) = fought("whose");
    let mut view = bench.view().clone();
    let (key, contact) = view.contacts.iter().next().expect("somebody is known");
    let (key, side) = (key.clone(), contact.side.clone());
    let name = |view: &crate::sim::view::SeatView| crate::war::tell::force(view, key.as_str());
    assert_eq!(name(&view), key.as_str());
    let short = view.shorts[&side].clone();
    assert!(short.len() < view.sides[&side].len());
    view.hostile.insert(Key::new("others"));
    assert_eq!(name(&view), format!("{key} ({short})"), "among several");
    view.hostile.remove(&side);
    assert_eq!(name(&view), format!("{key} ({short})"), "no enemy");
}
