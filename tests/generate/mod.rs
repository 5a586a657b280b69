//! Theatres that nobody wrote: each is sound, fair, of one piece and played to its end; equal wishes make equal texts.

mod command;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use angelfire::{
    ai::{self, Level},
    content::{
        Catalog, Diagnostics, Key, Layer, LayerFile, Scenario, Sector, Side, Sources, check_layer,
        copied,
        generate::{CAMPAIGN, Shape, Theatre, Wish, generate, kebab},
        render_text,
    },
    sim::{Sim, journal::What, laws, order::Action},
};
use rayon::prelude::*;

/// What is tried: small and large, two seats and many.
const NUMBERS: [(u32, u32, u32, u64); 8] = [
    (8, 2, 5, 1),
    (10, 3, 12, 2),
    (19, 6, 10, 3),
    (23, 2, 14, 4),
    (31, 2, 28, 5),
    (47, 4, 20, 6),
    (90, 5, 16, 7),
    (200, 2, 30, 8),
];

static SHIPPED: LazyLock<Catalog> = LazyLock::new(Catalog::shipped);

/// All that is tried, made once.
static MADE: LazyLock<Vec<(Wish, Theatre)>> = LazyLock::new(|| {
    let each = |shape| NUMBERS.map(|numbers| wish(shape, numbers));
    let wishes = Shape::ALL.into_iter().flat_map(each);
    wishes.map(|wish| (wish.clone(), made(&wish))).collect()
});

/// The same in one catalogue.
static LOADED: LazyLock<Arc<Catalog>> = LazyLock::new(|| {
    let catalog = Catalog::load(&[layer()], &mut Sources::default(), &mut Diagnostics::new());
    Arc::new(catalog)
});

fn wish(shape: Shape, (size, seats, turns, seed): (u32, u32, u32, u64)) -> Wish {
    Wish {
        size,
        seats,
        turns,
        seed,
        ..Wish::new(shape)
    }
}

fn made(wish: &Wish) -> Theatre {
    generate(&SHIPPED.rules, wish).unwrap_or_else(|e| panic!("{wish:?}: {e}"))
}

/// All theatres as one mod.
fn layer() -> Layer {
    let mut files = BTreeMap::new();
    for (_, theatre) in MADE.iter() {
        files.extend(theatre.files());
    }
    of_files("generated", files)
}

fn of_files(name: &str, files: impl IntoIterator<Item = (String, String)>) -> Layer {
    let file = |(path, text): (String, String)| LayerFile {
        shown: path.clone(),
        path,
        bytes: text.into_bytes(),
    };
    Layer {
        name: name.into(),
        files: files.into_iter().map(file).collect(),
        problem: None,
    }
}

fn scenario(theatre: &Theatre) -> Arc<Scenario> {
    LOADED.scenarios[theatre.id.as_str()].clone()
}

/// Lanes from a sector to each.
fn hops(scenario: &Scenario, from: &Key<Sector>) -> BTreeMap<Key<Sector>, u32> {
    let mut far = BTreeMap::from([(from.clone(), 0)]);
    let mut open = vec![from.clone()];
    let mut lanes = 0;
    while !open.is_empty() {
        lanes += 1;
        let mut next = Vec::new();
        for here in &open {
            for lane in scenario.map.lanes.values() {
                let to = match &lane.ends {
                    (a, b) if a == here => b,
                    (a, b) if b == here => a,
                    _ => continue,
                };
                if !far.contains_key(to) {
                    far.insert(to.clone(), lanes);
                    next.push(to.clone());
                }
            }
        }
        open = next;
    }
    far
}

#[test]
fn nothing_is_said_of_any_theatre() {
    let (sources, found) = check_layer(&layer());
    assert!(found.is_empty(), "{}", render_text(&sources, &found, false));
    assert!(LOADED.campaigns.contains_key(CAMPAIGN));
    for (wish, theatre) in MADE.iter() {
        let (least, most) = (wish.size * 7 / 10, wish.size);
        let sectors = u32::try_from(theatre.sectors).expect("few");
        assert!(
            (least..=most).contains(&sectors),
            "{}: {sectors}",
            theatre.id
        );
        assert_eq!(scenario(theatre).seats.len(), wish.seats as usize);
        assert_eq!(scenario(theatre).turns, wish.turns);
    }
}

#[test]
fn every_seat_has_the_same_and_reaches_every_other() {
    for (_, theatre) in MADE.iter() {
        let scenario = scenario(theatre);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (seat, of) in &scenario.seats {
            let side: &Key<Side> = &of.side;
            // What is named after the side is named the same for each.
            let own = |text: &str| text.replace(side.as_str(), "SIDE");
            let forces = scenario.forces.iter().filter(|(_, force)| {
                let faction = &scenario.factions[&force.faction];
                faction.seat == *seat
            });
            let forces: Vec<String> = forces
                .map(|(id, f)| {
                    let (id, at) = (own(id.as_str()), own(f.at.as_str()));
                    let what = (&f.ships, &f.stocks, &f.traits, &f.stance, f.arrives);
                    format!("{id} {at} {what:?}")
                })
                .collect();
            let sites = scenario.map.sites.iter().filter(|(_, s)| s.owner == *side);
            let sites: Vec<String> = sites
                .map(|(id, s)| {
                    let at = own(s.sector.as_str());
                    format!("{} {at} {} {:?}", own(id.as_str()), s.kind, s.stocks)
                })
                .collect();
            let held = scenario.map.sectors.values();
            let held = held.filter(|s| s.owner.as_ref() == Some(side)).count();
            let terrain: Vec<String> = scenario
                .map
                .sectors
                .iter()
                .filter(|(id, _)| id.as_str().starts_with(side.as_str()))
                .map(|(id, s)| format!("{} {}", own(id.as_str()), s.terrain))
                .collect();
            let far = hops(&scenario, &of.home[0]);
            assert_eq!(far.len(), scenario.map.sectors.len(), "{}", theatre.id);
            let mut ways: Vec<u32> = far.values().copied().collect();
            ways.sort_unstable();
            let heart = far[&Key::new("heart")];
            assert!(heart > 0 && forces.len() >= 6 && sites.len() >= 5);
            seen.insert(format!(
                "{forces:?} {sites:?} {held} {terrain:?} {heart} {ways:?}"
            ));
        }
        assert_eq!(seen.len(), 1, "{}: {seen:#?}", theatre.id);
    }
}

#[test]
fn lanes_are_as_long_for_each_and_sectors_lie_apart() {
    for (_, theatre) in MADE.iter() {
        let scenario = scenario(theatre);
        let mut lengths: BTreeMap<i32, usize> = BTreeMap::new();
        for lane in scenario.map.lanes.values() {
            *lengths.entry(lane.length).or_default() += 1;
        }
        for (length, many) in lengths {
            // Between two seats that are all there are a lane may be both halves of one turn.
            let whole = many % scenario.seats.len() == 0 || scenario.seats.len() == 2;
            assert!(whole, "{}: {many} lanes of {length}", theatre.id);
        }
        let places: Vec<(i32, i32)> = scenario.map.sectors.values().map(|s| s.at).collect();
        for (n, a) in places.iter().enumerate() {
            for b in &places[n + 1..] {
                let (dx, dy) = (a.0 - b.0, a.1 - b.1);
                assert!(dx * dx + dy * dy >= 45 * 45, "{}: {a:?} {b:?}", theatre.id);
            }
        }
    }
}

#[test]
fn computers_play_each_to_its_end_and_no_order_is_refused() {
    let tried: Vec<_> = MADE.iter().filter(|(w, _)| w.size < 30).collect();
    let fights: Vec<i64> = tried
        .par_iter()
        .map(|(_, theatre)| {
            let scenario = scenario(theatre);
            let mut sim = Sim::new(Arc::new(LOADED.rules.clone()), scenario.clone(), 11);
            while sim.ended().is_none() {
                for seat in scenario.seats.keys() {
                    let view = sim.view(seat).expect("a seat");
                    let orders = ai::plan(Level::Steady, &view, 3);
                    let orders = orders.into_iter().map(|o| o.order).collect();
                    sim.submit(seat, orders).expect("a seat");
                }
                let report = sim.resolve_turn();
                for entry in report.journal.iter() {
                    if let What::Refused { order, refusal } = &entry.what {
                        // A depot that follows its fleets may be gone on the day on which it is landed on.
                        let gone = matches!(order.action, Action::Land { .. });
                        assert!(gone, "{}: {order:?}: {refusal:?}", theatre.id);
                    }
                }
                assert_eq!(laws::broken(&sim), Vec::<String>::new(), "{}", theatre.id);
            }
            sim.totals().values().map(|t| t.lost).sum()
        })
        .collect();
    // A war in which nobody is hurt is none; here and there one may be over before it has begun.
    let dull = fights.iter().filter(|lost| **lost == 0).count();
    assert!(dull <= 2, "{dull} of {} wars without a loss", fights.len());
}

#[test]
fn equal_wishes_make_equal_texts() {
    for (wish, theatre) in MADE.iter().take(12) {
        assert_eq!(made(wish), *theatre);
    }
    let other = Wish {
        seed: 99,
        ..Wish::new(Shape::Ring)
    };
    let (one, another) = (made(&Wish::new(Shape::Ring)), made(&other));
    assert_ne!(one.scenario, another.scenario);
    // On every machine: if this changes, seeds that players have told one another make other theatres.
    let mut all = String::new();
    for shape in Shape::ALL {
        all.push_str(&made(&Wish::new(shape)).scenario);
    }
    let print = xxhash_rust::xxh3::xxh3_64(all.as_bytes());
    assert_eq!(format!("{print:016x}"), FINGERPRINT);
}
const FINGERPRINT: &str = "cb8e6ce7a2155129";

#[test]
fn names_are_unlike_those_of_the_record() {
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphabetic());
        all.filter(|w| w.chars().count() >= 4)
            .map(str::to_lowercase)
            .collect()
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    for scenario in SHIPPED.scenarios.values() {
        let sectors = scenario.map.sectors.values().map(|s| &s.name);
        let regions = scenario.map.regions.values().map(|r| &r.name);
        let sides = scenario.factions.values().map(|f| &f.name);
        let names = sectors.chain(regions).chain(sides);
        known.extend(names.flat_map(|name| words(name)));
    }
    for (_, theatre) in MADE.iter() {
        let mut given = BTreeSet::new();
        for sector in scenario(theatre).map.sectors.values() {
            assert!(given.insert(sector.name.clone()), "{} twice", sector.name);
            // The first word is invented; what it is, the second says.
            let first = sector.name.trim_start_matches("Heart of ");
            let first = first.split(' ').next().unwrap_or_default().to_lowercase();
            assert!(!known.contains(&first), "{first} is of the record");
        }
    }
}

#[test]
fn what_cannot_be_had_is_refused_with_what_can() {
    let usual = Wish::new(Shape::Line);
    let said = |wish: Wish| match generate(&SHIPPED.rules, &wish) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("{wish:?} can be had"),
    };
    let small = Wish {
        size: 7,
        ..usual.clone()
    };
    assert!(said(small).contains("8 to 200; the nearest is 8"));
    let many = Wish {
        seats: 7,
        ..usual.clone()
    };
    assert!(said(many).contains("2 to 6; the nearest is 6"));
    let short = Wish {
        turns: 0,
        ..usual.clone()
    };
    assert!(said(short).contains("5 to 200"));
    let crowded = Wish {
        seats: 6,
        size: 12,
        ..usual.clone()
    };
    assert!(said(crowded).contains("need 19"));
    for title in ["", "  ", "two\nlines", &"x".repeat(81)] {
        let wish = Wish {
            title: Some(title.to_owned()),
            ..usual.clone()
        };
        assert!(said(wish).contains("title"));
    }
    for id in ["", "Big", "a--b", "-a", "1st", "../up"] {
        let wish = Wish {
            id: Some(id.to_owned()),
            ..usual.clone()
        };
        assert!(said(wish).contains("is no id"));
    }
    let error = "brige".parse::<Shape>().expect_err("misspelt").to_string();
    assert!(error.contains("did you mean `bridge`?"), "{error}");
    assert_eq!(kebab("My War!").as_deref(), Some("my-war"));
    assert_eq!(kebab("42"), None);
}

#[test]
fn titles_are_any_text_on_a_line() {
    let title = "A \"war\" \\ of ✳ quotes // and (brackets";
    let wish = Wish {
        title: Some(title.into()),
        id: Some("odd".into()),
        ..Wish::new(Shape::Cluster)
    };
    let layer = of_files("odd", made(&wish).files());
    let (sources, found) = check_layer(&layer);
    assert!(found.is_empty(), "{}", render_text(&sources, &found, false));
    let catalog = Catalog::load(&[layer], &mut Sources::default(), &mut Diagnostics::new());
    assert_eq!(catalog.scenarios["odd"].title, title);
}

#[test]
fn every_shipped_scenario_can_be_copied() {
    let mut files = BTreeMap::new();
    for (number, id) in SHIPPED.scenarios.keys().enumerate() {
        let copy = copied(id.as_str(), &format!("copy-{number}"), None);
        files.extend(copy.unwrap_or_else(|| panic!("{id} cannot be copied")));
    }
    let layer = of_files("copies", files);
    let (sources, found) = check_layer(&layer);
    assert!(
        !found.has_errors(),
        "{}",
        render_text(&sources, &found, false)
    );
    let catalog = Catalog::load(&[layer], &mut Sources::default(), &mut Diagnostics::new());
    assert_eq!(catalog.scenarios.len(), 2 * SHIPPED.scenarios.len());
    assert_eq!(copied("nowhere", "here", None), None);
}
