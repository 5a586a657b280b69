//! Screens of the wider war: deeds and their targets, troops, sites with shields and garrisons, works, what the report and
//! the film tell of them.

use super::{Screen, screen};
use crate::{
    chart::Tag,
    content::{Condition, Effect, Force, Key, Pact, Relation, Seat, Side, Site},
    gui::{
        Page, UiAction,
        checks::stage::{From, Stage},
        command::{Act, list::Verb},
        film,
    },
    sim::{
        journal::{Camp, Entry, Subject, What},
        order,
        turn::Phase,
        view::PactView,
    },
};

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("where to begin", From::Siege, |stage| {
        list(stage, "engineers", Verb::Deploy);
    }),
    screen("orders of a transport", From::Siege, |stage| {
        force(stage, "transports");
    })
    .then(|stage| stage.scroll(0.9, 400.0)),
    screen("deeds", From::Siege, |stage| {
        list(stage, "engineers", Verb::Deed)
    }),
    screen("deeds, one that is refused", From::Sieged, |stage| {
        list(stage, "siege-fleet", Verb::Deed);
        stage.act(UiAction::Command(Act::Walk(-1)));
    })
    .alike(),
    screen("targets of a deed", From::Siege, |stage| {
        targets(stage, "siege-fleet", "Call for surrender");
    }),
    screen("targets of a deed with a chance", From::Sieged, |stage| {
        targets(stage, "trader", "Ship arms");
    }),
    screen("land", From::Sieged, |stage| {
        list(stage, "transports", Verb::Land)
    }),
    screen("land, nothing aboard", From::Sieged, |stage| {
        list(stage, "engineers", Verb::Land)
    })
    .alike(),
    screen("lift", From::Sieged, |stage| {
        list(stage, "transports", Verb::Lift)
    }),
    screen("fire at sites", From::Sieged, |stage| {
        list(stage, "siege-fleet", Verb::Fire)
    }),
    screen("force at work", From::Sieged, |stage| {
        force(stage, "engineers")
    }),
    screen("march that breaks a deed off", From::Sieged, |stage| {
        give(stage, "engineers go roads");
        give(stage, "transports do scout-site at karst-world");
        stage.act(UiAction::EndTurn);
    }),
    screen("world under siege", From::Sieged, |stage| {
        site(stage, "karst-world")
    }),
    screen("world under siege, further down", From::Sieged, |stage| {
        site(stage, "karst-world")
    })
    .then(|stage| stage.scroll(0.9, 400.0)),
    screen("ground that is fought over", From::Sieged, |stage| {
        site(stage, "karst-colony");
    })
    .alike(),
    screen("world that is not known", From::Siege, |stage| {
        site(stage, "great-ring")
    }),
    screen("world that is held and not loyal", From::Sieged, |stage| {
        site(stage, "vale-world");
    }),
    screen("station, damaged", From::Sieged, |stage| {
        stage.change(|view| {
            if let Some(site) = view.sites.get_mut("ring-station") {
                (site.damage, site.shields_down) = (1_500, Some(2));
            }
        });
        site(stage, "ring-station");
    })
    .alike(),
    screen("site that is destroyed", From::Sieged, |stage| {
        stage.change(|view| {
            if let Some(site) = view.sites.get_mut("free-quay") {
                site.razed = true;
            }
        });
        site(stage, "free-quay");
    }),
    screen("sector with works", From::Sieged, |stage| {
        sector(stage, "anchorage")
    }),
    screen("sector of a siege", From::Sieged, |stage| {
        sector(stage, "karst")
    }),
    screen("report of a siege", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    }),
    screen("report of a siege, further down", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("report of a siege, large", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Report));
        stage.act(UiAction::Film(film::Act::Large(true)));
    })
    .alike(),
    screen("report with all that can happen", From::Sieged, everything),
    screen(
        "report with all that can happen, further down",
        From::Sieged,
        everything,
    )
    .then(|stage| stage.scroll(0.9, 700.0)),
    screen("film of a siege, shells", From::Sieged, |stage| {
        until(stage, |what| matches!(what, What::SiteShelled { .. }));
    }),
    screen("film of a siege, on the ground", From::Sieged, |stage| {
        until(stage, |what| matches!(what, What::GroundFight { .. }));
    })
    .alike(),
    screen("film of a siege, a deed", From::Sieged, |stage| {
        until(stage, |what| matches!(what, What::DeedDone { .. }));
    })
    .alike(),
    screen("score of a siege", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Score));
    }),
    screen("score of a siege, further down", From::Sieged, |stage| {
        stage.act(UiAction::Turn(Page::Score));
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("council", From::Later, council),
    screen("council, nothing on the table", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Council));
    }),
];

/// Three pacts on the table: one that nobody has spoken about, one that the other has agreed to, and one with a name that is
/// longer than the dock is wide, to which the seat has given its word.
fn council(stage: &mut Stage) {
    stage.change(|view| {
        let other: Key<Seat> = "somebody".into();
        let both = [view.seat.clone(), other.clone()];
        let names = [
            (view.seat.clone(), "Us, in council".to_owned()),
            (other.clone(), "The lord of all that lies beyond the river".to_owned()),
        ];
        let hostile = view.hostile.iter().next().cloned();
        let foe = hostile.unwrap_or_else(|| view.side.clone());
        let pact = |name: &str, words: &[&Key<Seat>]| PactView {
            pact: Pact {
                name: name.into(),
                summary: "Each keeps what he holds, and neither comes nearer than three days. It binds until one of them has more ships than he can feed.".into(),
                between: both.to_vec(),
                when: Condition::Always,
                effects: vec![
                    Effect::Relate(
                        view.side.clone(),
                        foe.clone(),
                        Relation {
                            hostile: false,
                            shares_sensors: false,
                            shares_supply: true,
                        },
                    ),
                    Effect::Change(view.side.clone(), "gun-plot".into(), -40),
                    Effect::Say("Nobody believes it.".into()),
                    Effect::End,
                ],
                again: false,
            },
            words: words.iter().map(|seat| (*seat).clone()).collect(),
            names: names.clone().into(),
        };
        let all = [
            ("yards", pact("The yards of the north", &[])),
            ("river", pact("The river", &[&other])),
            (
                "everything",
                pact("Everything that was ever quarrelled about between here and the sea", &[&both[0]]),
            ),
        ];
        view.pacts = all.into_iter().map(|(id, pact)| (id.into(), pact)).collect();
    });
    stage.act(UiAction::Turn(Page::Council));
}

/// The film at the first moment that shows such a happening.
fn until(stage: &mut Stage, wanted: impl Fn(&What) -> bool) {
    stage.act(UiAction::Film(film::Act::Watch));
    let report = stage.view().report.clone();
    for _ in 0..400 {
        let beat = stage.game.film.beat().expect("the film goes on");
        if beat.entries.iter().any(|n| wanted(&report[*n].what)) {
            return;
        }
        stage.act(UiAction::Film(film::Act::Step));
    }
    panic!("it does not happen");
}

/// A turn in which everything happened.
fn everything(stage: &mut Stage) {
    stage.game.film.clear();
    stage.change(|view| {
        let site: Key<Site> = "karst-world".into();
        let fleet: Key<Force> = "siege-fleet".into();
        let at = Subject::Site(site.clone());
        let (azure, ochre): (Key<Side>, Key<Side>) = ("azure".into(), "ochre".into());
        let units = |n| [("line-regiments".into(), n), ("talon-marines".into(), 3)].into();
        let camp = |side: &Key<Side>| Camp {
            side: side.clone(),
            before: units(40),
            lost: units(12),
        };
        let all = [
            What::SiteFired {
                site: site.clone(),
                weapon: "orbit-battery".into(),
                target: fleet.clone(),
                salvos: 4,
                hits: 2,
                hp: 80,
            },
            What::SiteShelled {
                site: site.clone(),
                by: azure.clone(),
                hp: 1_200,
                down: 2,
                layers: 2,
                killed: 9,
            },
            What::Landed {
                force: "transports".into(),
                site: site.clone(),
                stock: "line-regiments".into(),
                amount: 36,
                lost: 7,
            },
            What::Lifted {
                force: "transports".into(),
                site: site.clone(),
                stock: "talon-marines".into(),
                amount: 3,
            },
            What::GroundFight {
                site: site.clone(),
                camps: vec![camp(&azure), camp(&ochre)],
            },
            What::SiteTurned {
                site: site.clone(),
                by: azure.clone(),
                from: ochre.clone(),
                rose: true,
            },
            What::SiteRazed {
                site: "free-quay".into(),
                owner: ochre.clone(),
            },
            What::Reached {
                at: at.clone(),
                meter: "unrest".into(),
                value: 10,
                name: "Rises".into(),
            },
            What::DeedBegun {
                force: fleet.clone(),
                deed: "raze".into(),
                at: Some(at.clone()),
                turn: 4,
            },
            What::DeedDone {
                force: "trader".into(),
                deed: "ship-contraband".into(),
                at: Some(at.clone()),
                success: false,
                chance: 245,
                sum: "245 = 500 x0.490 odds".into(),
            },
            What::DeedOff {
                force: "engineers".into(),
                deed: "sweep".into(),
            },
            What::DeedSuffered {
                at: at.clone(),
                deed: "call-a-rising".into(),
            },
            What::Learnt { at: at.clone() },
            What::Made {
                site: site.clone(),
                stock: "missiles".into(),
                amount: 6,
            },
            What::Stocked {
                at,
                stock: "arms".into(),
                amount: -2,
            },
            What::Called {
                force: "reserve".into(),
                sector: "anchorage".into(),
                turn: 5,
            },
            What::NobodyCalled {
                pool: "gate".into(),
            },
            What::Changed {
                force: fleet.clone(),
                quality: "going-home".into(),
                gained: true,
            },
            What::Boarded {
                force: fleet.clone(),
                by: "transports".into(),
                stock: "talon-marines".into(),
                hulls: 2,
                hp: 90,
            },
            What::Related {
                one: azure,
                other: ochre,
                hostile: true,
                allied: false,
            },
            What::Joined {
                faction: "hold".into(),
                seat: "azure".into(),
            },
            What::Left { force: fleet },
        ];
        view.report = all
            .into_iter()
            .map(|what| Entry {
                phase: Phase::Ground,
                what,
                witnesses: Default::default(),
            })
            .collect();
    });
    stage.act(UiAction::Turn(Page::Report));
}

/// Selects a force.
fn force(stage: &mut Stage, key: &str) {
    stage.select(Tag::Force(Key::new(key)));
}

fn site(stage: &mut Stage, key: &str) {
    stage.select(Tag::Site(Key::new(key)));
}

fn sector(stage: &mut Stage, key: &str) {
    stage.select(Tag::Sector(Key::new(key)));
}

/// Opens a list for a force.
fn list(stage: &mut Stage, key: &str, verb: Verb) {
    force(stage, key);
    stage.act(UiAction::Command(Act::Open(verb)));
}

/// Opens the targets of the deed that is called so.
fn targets(stage: &mut Stage, key: &str, deed: &str) {
    list(stage, key, Verb::Deed);
    stage.act(UiAction::Command(Act::Type(deed.into())));
    stage.act(UiAction::Command(Act::Take));
}

/// Gives an order in words.
fn give(stage: &mut Stage, words: &str) {
    stage.act(UiAction::Give(order::parse(words).expect("words")));
}
