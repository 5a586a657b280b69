//! Laws that hold whatever anybody does: on random theatres with two to five seats and everything in play, by random
//! legal orders; and laws of expectation, on the exact mean of the pure rule.

mod theatre;

use std::{collections::BTreeSet, sync::Arc};

use angelfire::{
    content::{Catalog, Class, Key, Role, Trigger},
    sim::{
        Sim,
        dice::{Dice, Domain},
        fire::{
            damage::{Aimed, expected},
            salvo::{Shot, chance},
        },
        journal::What,
        laws,
        order::{self, Order},
        stats::Bearer,
        view::{Confidence, SeatView, Squadron},
    },
};

/// Random legal orders of one seat.
fn orders(view: &SeatView, stream: u64) -> Vec<Order> {
    let mut dice = Dice::new(
        Domain::Thought,
        stream,
        view.turn,
        "orders",
        view.seat.as_str(),
    );
    let mut all = Vec::new();
    for (key, _) in view.forces.iter().filter(|(_, f)| f.mine) {
        let choices = order::legal(view, key);
        let open: Vec<&Order> = choices
            .iter()
            .filter(|c| c.refusal.is_none())
            .map(|c| &c.order)
            .collect();
        // Half of them deeds and landings, where there are any: the rest has its own tests.
        let rare: Vec<&&Order> = open
            .iter()
            .filter(|o| {
                use order::Action::{Deploy, Do, Fire, Land, Lift, Posture};
                matches!(
                    o.action,
                    Do { .. }
                        | Land { .. }
                        | Lift { .. }
                        | Deploy { .. }
                        | Fire { .. }
                        | Posture(_)
                )
            })
            .collect();
        for _ in 0..3 {
            let order = if dice.below(2) == 0 && !rare.is_empty() {
                (*rare[dice.below(rare.len() as u64) as usize]).clone()
            } else if !open.is_empty() {
                open[dice.below(open.len() as u64) as usize].clone()
            } else {
                continue;
            };
            all.push(order);
        }
    }
    all
}

fn play(sim: &mut Sim, stream: u64, turns: u32, mut after: impl FnMut(&Sim, &[What])) {
    for _ in 0..turns {
        let seats: Vec<_> = sim.field().scenario.seats.keys().cloned().collect();
        for seat in seats {
            let view = sim.view(&seat).expect("a seat");
            sim.submit(&seat, orders(&view, stream)).expect("a seat");
        }
        let report = sim.resolve_turn();
        let told: Vec<What> = report.journal.iter().map(|e| e.what.clone()).collect();
        after(sim, &told);
    }
}

#[test]
fn ships_and_stocks_are_conserved_and_nothing_is_beyond_what_it_can_be() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for number in 1..=12 {
        let mut sim = theatre::war(number);
        play(&mut sim, number, 12, |sim, told| {
            let turn = sim.turn();
            assert_eq!(
                laws::broken(sim),
                Vec::<String>::new(),
                "theatre {number}, before turn {turn}"
            );
            for what in told {
                let value = serde_json::to_value(what).expect("plain values");
                if let Some((kind, _)) = value.as_object().and_then(|o| o.iter().next()) {
                    seen.insert(kind.clone());
                }
            }
        });
        let state = sim.snapshot();
        let field = sim.field().clone();
        let back = Sim::restore(field.rules, field.scenario, number, &state).expect("a snapshot");
        assert_eq!(back.hash(), sim.hash(), "theatre {number}");
    }
    for kind in [
        "battle",
        "salvos",
        "deed-done",
        "landed",
        "lifted",
        "site-shelled",
        "site-fired",
        "deployed",
        "site-taken",
        "reached",
        "stocked",
    ] {
        assert!(
            seen.contains(kind),
            "nobody did anything like {kind}: {seen:?}"
        );
    }
}

#[test]
fn a_seat_is_shown_nothing_of_what_others_alone_know() {
    for number in 1..=4 {
        let mut sim = theatre::war(number);
        play(&mut sim, number, 6, |sim, _| {
            let field = sim.field();
            for (seat, definition) in &field.scenario.seats {
                let view = sim.view(seat).expect("a seat");
                let shares = |side| field.relation(&definition.side, side).shares_sensors;
                for (id, force) in &view.forces {
                    assert!(shares(&force.side), "{seat} is shown {id}");
                }
                for (id, site) in &view.sites {
                    let own = sim.field().scenario.map.sites.contains_key(id);
                    assert!(own);
                    let learned = site.learned > 0 || shares(&site.owner);
                    assert!(
                        site.meters.is_none() || learned || view.turn <= 2 || site.learned == 0,
                        "{seat} knows what is in {id}"
                    );
                }
                for (sector, shown) in &view.sectors {
                    let there = view.forces.values();
                    let mut there = there.filter(|f| f.place.in_sector() == Some(sector));
                    let stands = there.next().is_some();
                    for side in shown.works.keys() {
                        assert!(stands || shares(side), "{seat} sees works of {side}");
                    }
                }
            }
        });
    }
}

#[test]
fn a_screen_never_raises_the_losses_of_capitals() {
    let rules = Arc::new(Catalog::shipped().rules);
    let of = |role: Role| -> Vec<Key<Class>> {
        let all = rules.classes.iter().filter(|(_, c)| c.role == role);
        all.map(|(k, _)| k.clone()).collect()
    };
    let (capitals, screens) = (of(Role::Capital), of(Role::Screen));
    let mut dice = Dice::new(Domain::Thought, 1, 0, "screens", "tests");
    let squadron = |class: &Key<Class>, fit: i64| Squadron {
        class: class.clone(),
        fit: fit as i32,
        crippled: 0,
        wounds: 0,
    };
    for _ in 0..500 {
        let capital = &capitals[dice.below(capitals.len() as u64) as usize];
        let mut ships = vec![squadron(capital, dice.between(1, 20))];
        let aimed = Aimed {
            seek: dice.between(200, 4000),
            shelter: (dice.below(2) == 0).then(|| dice.between(0, 1000)),
        };
        let hp = dice.between(1, 5_000);
        let mut before = expected(&rules, &ships, hp, aimed)[0];
        for _ in 0..4 {
            let screen = &screens[dice.below(screens.len() as u64) as usize];
            ships.push(squadron(screen, dice.between(1, 20)));
            let now = expected(&rules, &ships, hp, aimed)[0];
            assert!(now <= before, "{ships:?} {aimed:?}: {now} > {before}");
            before = now;
        }
    }
}

#[test]
fn to_know_better_never_makes_aim_worse() {
    let rules = Arc::new(Catalog::shipped().rules);
    let order = [
        Confidence::Rumour,
        Confidence::Plot,
        Confidence::Track,
        Confidence::Fix,
    ];
    let mut compared = 0;
    for weapon in rules
        .weapons
        .values()
        .filter(|w| w.trigger == Trigger::Salvo)
    {
        for distance in (0..=weapon.range).step_by(25) {
            for terrain in rules.terrain.keys() {
                for stance in rules.stances.keys() {
                    let firer = Bearer::stranger(&rules, None, Some(terrain));
                    let target = Bearer::stranger(&rules, Some(stance), Some(terrain));
                    let at = |confidence| {
                        let shot = Shot {
                            weapon,
                            distance,
                            confidence,
                            overcharge: false,
                            answer: false,
                            lured: false,
                        };
                        chance(&rules, &shot, &firer, &target).value()
                    };
                    let chances = order.map(at);
                    assert!(chances.is_sorted(), "{}: {chances:?}", weapon.name);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 100);
}
