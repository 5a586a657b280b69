//! Screens around the war: the menu, the pages over menu and table, the curtain, what is asked.

use std::time::SystemTime;

use bevy_egui::egui::Key as KeyName;

use super::{Screen, screen};
use crate::{
    content::{About, Key, Overlap, Scenario},
    gui::{
        Asking, Choice, UiAction, Way,
        around::{Act, Clash, Leaf},
        checks::stage::{From, Stage},
        keys::{Chord, Command},
        mark::CutShort,
        reference::{self, Topic},
        shelf::{Note, PutAway, Saved},
        theatre,
    },
    sim::view::Ending,
    war::{
        Record,
        kin::{Line, Tree},
        mods::{Origin, Problem, Row},
        record::Parent,
        store,
    },
};

/// How far down is scrolled, points.
const DOWN: f32 = 560.0;

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("menu", From::Menu, |_| {}),
    screen("menu with saved wars", From::MenuWithWars, |_| {}),
    screen("menu with a message", From::Menu, |stage| {
        stage.act(UiAction::LoadLatest);
        stage.game.message = Some("the war in this file is from a later version of the game: get that one to go on with it".into());
    }),
    screen(
        "menu after a war was cut short",
        From::MenuWithWars,
        |stage| {
            let war = stage.game.saves.first().cloned().expect("a war is saved");
            stage.game.around.cut_short = Some(CutShort { war, turn: 3 });
        },
    ),
    screen("menu, two people", From::Menu, |stage| {
        choose(stage, usize::MAX)
    }),
    screen("menu, nobody", From::Menu, |stage| choose(stage, 0)).alike(),
    screen("menu while a war is opened", From::Menu, |stage| {
        stage.act(UiAction::Begin);
    })
    .alike(),
    screen("menu, further down", From::Menu, |_| {}).then(|stage| stage.scroll(0.2, DOWN)),
    screen("settings that cannot be kept", From::Menu, |stage| {
        stage.game.asking = Some(Asking::Leave {
            way: Way::Quit,
            problem: "there is no room left on the disk".into(),
        });
    }),
    screen("a new theatre", From::Menu, |stage| {
        open(stage, Leaf::Theatre)
    }),
    screen("a new theatre without room", From::Menu, |stage| {
        open(stage, Leaf::Theatre);
        let draft = theatre::Draft {
            seats: 6,
            size: 16,
            ..theatre::Draft::default()
        };
        stage.act(UiAction::Around(Act::Theatre(theatre::Act::Draw(draft))));
    }),
    screen("settings", From::Menu, |stage| open(stage, Leaf::Settings)),
    screen("settings over the table", From::Begun, |stage| {
        open(stage, Leaf::Settings)
    })
    .alike(),
    screen("settings, language that lacks texts", From::Menu, |stage| {
        open(stage, Leaf::Settings);
        let around = &mut stage.game.around;
        around.languages.push("deutsch".into());
        around.tongue = (1..12)
            .map(|n| format!("deutsch/table.ftl: line {n}: there is no text `table-menu-{n}` in this language"))
            .collect();
    }),
    screen("settings, keys", From::Menu, |stage| {
        open(stage, Leaf::Settings)
    })
    .then(|stage| stage.scroll(0.5, DOWN)),
    screen("settings, more keys", From::Menu, |stage| {
        open(stage, Leaf::Settings)
    })
    .then(|stage| stage.scroll(0.5, 2.0 * DOWN)),
    screen("settings, last keys", From::Menu, |stage| {
        open(stage, Leaf::Settings)
    })
    .then(|stage| stage.scroll(0.5, 100.0 * DOWN)),
    screen("settings, a key that is awaited", From::Menu, |stage| {
        open(stage, Leaf::Settings);
        stage
            .game
            .settings
            .bind(Command::EndTurn, vec![Chord::ctrl(KeyName::E)]);
        stage.act(UiAction::Around(Act::Catch(Command::NextIdle, false)));
    })
    .then(|stage| stage.scroll(0.5, 400.0)),
    screen("settings, a key that another has", From::Menu, |stage| {
        open(stage, Leaf::Settings);
        stage.game.around.clash = Some(Clash {
            command: Command::EndTurn,
            chord: Chord::plain(KeyName::Tab),
            other: Command::NextIdle,
        });
    })
    .then(|stage| stage.scroll(0.5, 400.0)),
    screen("saves", From::MenuWithWars, |stage| {
        open(stage, Leaf::Saves)
    }),
    screen("saves over the table", From::Later, |stage| {
        open(stage, Leaf::Saves)
    })
    .alike(),
    screen("saves, none", From::Menu, |stage| open(stage, Leaf::Saves)),
    screen("saves of every kind", From::MenuWithWars, saves),
    screen(
        "saves of every kind, further down",
        From::MenuWithWars,
        saves,
    )
    .then(|stage| stage.scroll(0.5, DOWN)),
    screen("saves, one put away", From::MenuWithWars, |stage| {
        open(stage, Leaf::Saves);
        let from = stage.game.saves.first().cloned().expect("a war is saved");
        let to = from.with_file_name("deleted");
        stage.game.around.put_away.push(PutAway { from, to });
    }),
    screen("saves as a tree", From::MenuWithWars, kin),
    screen("mods", From::Menu, |stage| {
        mods(stage);
        open(stage, Leaf::Mods);
    }),
    screen("mods, further down", From::Menu, |stage| {
        mods(stage);
        open(stage, Leaf::Mods);
    })
    .then(|stage| stage.scroll(0.5, 100.0 * DOWN)),
    screen("mods, none", From::Menu, |stage| open(stage, Leaf::Mods)).alike(),
    screen("menu with a broken mod", From::Menu, broken),
    screen("menu with a broken mod, folded", From::Menu, mods),
    screen("table with a broken mod", From::Begun, broken),
    screen("table with a broken mod, folded", From::Begun, mods),
    screen("help", From::Menu, |stage| open(stage, Leaf::Help)),
    screen("help, signs", From::Begun, |stage| open(stage, Leaf::Help))
        .then(|stage| stage.scroll(0.5, DOWN)),
    screen("help, keys", From::Begun, |stage| open(stage, Leaf::Help))
        .then(|stage| stage.scroll(0.5, 2.0 * DOWN)),
    screen("help, end", From::Begun, |stage| open(stage, Leaf::Help))
        .then(|stage| stage.scroll(0.5, 100.0 * DOWN)),
    screen("reference", From::Menu, |stage| {
        open(stage, Leaf::Reference)
    }),
    screen("reference, a chapter", From::Siege, |stage| {
        open(stage, Leaf::Reference);
        look(stage, reference::Act::Turn(Topic::Deeds));
    }),
    screen("reference, a chapter further down", From::Begun, |stage| {
        open(stage, Leaf::Reference);
        look(stage, reference::Act::Turn(Topic::Meters));
    })
    .then(|stage| stage.scroll(0.15, 100.0 * DOWN)),
    screen("reference, found", From::Begun, |stage| {
        look(stage, reference::Act::Type("readiness".into()));
    }),
    screen("reference, nothing found", From::Begun, |stage| {
        look(stage, reference::Act::Type("no such thing".into()));
    })
    .alike(),
    screen("reference, order", From::Menu, |stage| {
        article(stage, Topic::Orders, 7)
    }),
    screen("reference, class", From::Begun, |stage| {
        article(stage, Topic::Classes, 0)
    }),
    screen("reference, weapon", From::Menu, |stage| {
        article(stage, Topic::Weapons, 0)
    }),
    screen("reference, troops", From::Begun, |stage| {
        article(stage, Topic::Stocks, 6)
    })
    .alike(),
    screen("reference, stance", From::Begun, |stage| {
        article(stage, Topic::Stances, 0)
    }),
    screen("reference, posture", From::Begun, |stage| {
        article(stage, Topic::Postures, 1)
    }),
    screen("reference, terrain", From::Begun, |stage| {
        article(stage, Topic::Terrain, 0)
    })
    .alike(),
    screen("reference, trait", From::Begun, |stage| {
        article(stage, Topic::Traits, 1)
    })
    .alike(),
    screen("reference, kind of site", From::Sieged, |stage| {
        article(stage, Topic::Sites, 0)
    }),
    screen("reference, meter", From::Begun, |stage| {
        article(stage, Topic::Meters, 8)
    }),
    screen("reference, deed", From::Sieged, |stage| {
        article(stage, Topic::Deeds, 2)
    }),
    screen(
        "reference, deed that is not in this war",
        From::Begun,
        |stage| article(stage, Topic::Deeds, 4),
    ),
    screen("reference, deed further down", From::Begun, |stage| {
        article(stage, Topic::Deeds, 4)
    })
    .then(|stage| stage.scroll(0.6, DOWN)),
    screen("briefing", From::Menu, |stage| {
        stage.act(UiAction::Begin);
        stage.wait();
    }),
    screen("briefing at the table", From::Later, |stage| {
        open(stage, Leaf::Briefing)
    }),
    screen("briefing, further down", From::Later, |stage| {
        open(stage, Leaf::Briefing)
    })
    .then(|stage| stage.scroll(0.2, DOWN)),
    screen("briefing, end", From::Later, |stage| {
        open(stage, Leaf::Briefing)
    })
    .then(|stage| stage.scroll(0.2, 100.0 * DOWN)),
    screen("curtain", From::Shared, |_| {}),
    screen("curtain after the first", From::Shared, |stage| {
        stage.act(UiAction::Around(Act::SitDown));
        stage.act(UiAction::Around(Act::Close));
        stage.act(UiAction::EndTurn);
    }),
    screen("curtain, help", From::Shared, |stage| {
        open(stage, Leaf::Help)
    })
    .alike(),
    screen("name asked", From::Begun, |stage| stage.click("Save")),
    screen("name taken", From::Later, |stage| {
        stage.act(UiAction::Save);
        if let Some(Asking::Name { taken, .. }) = &mut stage.game.asking {
            *taken = true;
        }
    }),
    screen("name that cannot be", From::Begun, |stage| {
        stage.act(UiAction::Save);
        stage.act(UiAction::Named("../elsewhere".into()));
        stage.act(UiAction::Write(false));
    })
    .alike(),
    screen("rest to be played out", From::Later, |stage| {
        stage.act(UiAction::PlayOut);
    }),
    screen("war that cannot be kept", From::Begun, |stage| {
        stage.game.asking = Some(Asking::Leave {
            way: Way::Menu,
            problem: "there is no room left on the disk".into(),
        });
    }),
];

fn open(stage: &mut Stage, leaf: Leaf) {
    stage.act(UiAction::Around(Act::Open(leaf)));
    stage.game.around.shelf.wait();
}

fn look(stage: &mut Stage, act: reference::Act) {
    stage.act(UiAction::Around(Act::Look(act)));
}

/// The article about the thing of this number in a chapter.
fn article(stage: &mut Stage, topic: Topic, number: usize) {
    let subject = stage.game.book().subjects(topic).remove(number);
    look(stage, reference::Act::Visit(subject));
}

/// So many seats of the scenario in the menu are played by people.
fn choose(stage: &mut Stage, people: usize) {
    let choice = stage.game.choice.clone();
    let scenario = choice.scenario.as_ref().expect("one is chosen");
    let seats = stage.game.catalog.scenarios[scenario].seats.keys();
    let people = seats.take(people).cloned().collect();
    stage.act(UiAction::Choose(Choice { people, ..choice }));
}

/// Wars that cannot be opened, and wars of which something is to be known.
fn saves(stage: &mut Stage) {
    open(stage, Leaf::Saves);
    let shelf = &mut stage.game.around.shelf;
    let sound = shelf.wars().first().cloned().expect("a war is saved");
    let notes = [
        Note::OtherRules,
        Note::NoMod("the-long-war".into(), "1.4.0".into()),
        Note::NoScenario(Key::<Scenario>::new("a-war-from-elsewhere")),
        Note::Changed,
    ];
    let named = |name: &str, saved: Saved| Saved {
        path: saved.path.with_file_name(format!("{name}.war")),
        ..saved
    };
    let mut wars = vec![Saved {
        when: SystemTime::UNIX_EPOCH,
        ..sound.clone()
    }];
    wars.extend(notes.into_iter().enumerate().map(|(n, note)| {
        let notes = vec![note];
        named(
            &format!("war {n}"),
            Saved {
                notes,
                ..sound.clone()
            },
        )
    }));
    let head = Err("this is no saved war: its first line is not that of a record".to_owned());
    let long = "a name that somebody typed with much love and little thought for whoever has to show it in a list";
    wars.push(named(long, Saved { head, ..sound }));
    shelf.put(wars);
}

/// Saved wars as a tree with all that may stand in one.
fn kin(stage: &mut Stage) {
    stage.act(UiAction::Around(Act::Kin(true)));
    stage.game.around.shelf.wait();
    let path = stage.game.saves.first().cloned().expect("a war is saved");
    let war = store::load(&path).expect("it is sound");
    let line = |name: &str, record: &Record| Line::of(&path.with_file_name(name), record);
    let taken = |name: &str, from: &str, course: Option<&str>| {
        let mut record = war.clone();
        record.name = Some(name.to_owned());
        record.parent = Some(Parent {
            record: from.to_owned(),
            turns: 0,
            course: course.map(Key::new),
            stood: None,
        });
        record
    };
    let long = "a line that somebody named with much love and little thought for whoever shows it";
    let mut lines = vec![
        line("war", &war),
        line("entered", &taken("Round the shoal", "", Some("anvil"))),
        line("left", &taken(long, "0123456789abcdef", None)),
    ];
    // Named so that there is a line that has ended.
    lines[1].ended = Some(Ending {
        winner: lines[1].people.first().map(|seat| Key::new(seat.as_str())),
        level: String::from("decisive"),
        score: 0,
        terms: Default::default(),
        results: Default::default(),
    });
    stage.game.around.kin.put(Tree::of(lines));
}

/// Mods of every kind: in use, off, broken, needed, named.
fn mods(stage: &mut Stage) {
    let row = |id: &str, origin: Origin, is_on: bool| Row {
        about: About {
            id: id.into(),
            name: format!("The {id}"),
            version: "1.2.0".into(),
            game: "0.1".into(),
            requires: Vec::new(),
        },
        folder: id.into(),
        origin,
        is_on,
        problem: None,
        overlaps: Vec::new(),
    };
    let line = "/home/somebody/.local/share/angelfire/mods/spice/rules/stocks.ron:2:34: unknown field `nmae`";
    let text = "error[unknown-field]: unknown field `nmae`\n \
                --> /home/somebody/.local/share/angelfire/mods/spice/rules/stocks.ron:2:34\n  |\n\
                2 |     (id: \"spice\", unit: \"tonnes\", nmae: \"Spice\", reserve: true), // what it is all about\n  |\
                \u{20}                                  ^^^^\nhelp: did you mean `name`?\n  \
                = more: angelfire reference unknown-field";
    let mut broken = row("spice", Origin::Player, true);
    broken.problem = Some(Problem {
        line: line.into(),
        text: text.into(),
    });
    let mut needy = row("long-war", Origin::Player, true);
    needy.about.requires = vec!["spice >=1.2".into()];
    needy.overlaps = (0..6)
        .map(|n| Overlap {
            over: "spice".into(),
            what: format!("scenarios/a-war-of-many-names/forces/the-first-fleet-{n}/ships"),
        })
        .collect();
    let mut long = row("mine", Origin::Named, true);
    long.about.name =
        "A name that somebody typed with much love and little thought for whoever shows it".into();
    stage.game.live.mods = vec![
        row("lanterns", Origin::Game, true),
        row("frost", Origin::Player, false),
        broken,
        needy,
        long,
    ];
}

/// What is wrong with a mod is shown over menu or table.
fn broken(stage: &mut Stage) {
    mods(stage);
    stage.game.live.stays = true;
    stage.game.live.is_unfolded = true;
}
