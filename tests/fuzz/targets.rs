//! What is done with hostile bytes: by the fuzzer (`fuzz/`), which makes them, and by the tests, which keep those that
//! reached something. Whatever the bytes, nothing here may panic, or take long, or hold much.

use std::{cell::RefCell, sync::Arc};

use angelfire::{
    content::{
        Base, Catalog, Diagnostics, Layer, LayerFile, SourceId, Sources, mend, render_json,
        render_text,
        ron::{diff, parse},
    },
    sim::order,
    war::{
        Player, Setup, War,
        record::{head, read, write},
        trial::check_layer,
    },
};

/// A line that begins so names the file whose text follows it.
pub const MARK: &str = "//// ";

/// Paths that tell each kind of content.
const PATHS: [&str; 22] = [
    "mod.ron",
    "rules/constants.ron",
    "rules/stocks.ron",
    "rules/weapons.ron",
    "rules/classes.ron",
    "rules/terrain.ron",
    "rules/stances.ron",
    "rules/postures.ron",
    "rules/meetings.ron",
    "rules/meters.ron",
    "rules/traits.ron",
    "rules/commanders.ron",
    "rules/site-kinds.ron",
    "rules/deeds.ron",
    "scenarios/a/campaign.ron",
    "scenarios/a/forces.ron",
    "scenarios/a/maps/m.ron",
    "scenarios/a/s.ron",
    "tests/t.ron",
    "systems.ron",
    "seeds/record.ron",
    "battles/b.ron",
];

/// The files of a mod, told apart by lines that begin with [`MARK`]; what stands before the first is a file whose name
/// tells nothing.
fn layer(bytes: &[u8]) -> Layer {
    let mut files: Vec<LayerFile> = Vec::new();
    let named = |path: &str| LayerFile {
        path: path.to_owned(),
        shown: path.to_owned(),
        bytes: Vec::new(),
    };
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let name = line.strip_prefix(MARK.as_bytes());
        match (
            name.and_then(|name| std::str::from_utf8(name).ok()),
            files.last_mut(),
        ) {
            (Some(path), _) => files.push(named(path.trim())),
            (None, Some(file)) => file.bytes.extend(line),
            (None, None) => {
                files.push(LayerFile {
                    bytes: line.to_vec(),
                    ..named("lone.ron")
                });
            }
        }
    }
    Layer {
        name: "hostile".into(),
        files,
        problem: None,
    }
}

/// Shows what was found in every way there is.
fn shown(sources: &Sources, found: &Diagnostics) {
    let text = render_text(sources, found, false);
    let harmless = |c: char| c == '\n' || !c.is_control();
    assert!(text.chars().all(harmless), "a control character is shown");
    assert!(text.len() < 4 << 20, "{} bytes are shown", text.len());
    let places = render_json(sources, found);
    assert_eq!(places.as_array().map(Vec::len), Some(found.len()));
}

/// A mod over a part of the shipped content: all rules and the lessons, which is as much as all kinds need and a tenth
/// of the work.
pub fn content(bytes: &[u8]) {
    thread_local! {
        static BASE: Base = Base::shipped(|path| {
            path.starts_with("assets/rules/") || path.starts_with("scenarios/lessons/")
        });
    }
    let layer = layer(bytes);
    BASE.with(|base| {
        let (sources, found) = base.look(&layer);
        shown(&sources, &found);
    });
}

/// A text as a tree, as a value of each kind, and mended.
pub fn ron(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let mut found = Diagnostics::new();
        let mut sources = Sources::default();
        assert!(sources.add_bytes("x.ron", bytes, &mut found).is_none());
        return shown(&sources, &found);
    };
    let (tree, found) = Base::shapes(text, &PATHS);
    let whole: String = tree.tokens().iter().map(|t| tree.token_text(t)).collect();
    assert_eq!(whole, text, "the tree holds every byte");
    let mut sources = Sources::default();
    sources.add_bytes("x.ron", bytes, &mut Diagnostics::new());
    shown(&sources, &found);
    let _ = diff(&tree, &tree);
    // Mending looks again and again: hundreds of times for a large file with many slips.
    if text.len() > 400 {
        return;
    }
    let one = Layer::of_files("x", [("x.ron".to_owned(), text.to_owned())]);
    let mended = mend(&one, |layer| {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
        for file in &layer.files {
            let id = sources.add_bytes(&file.shown, &file.bytes, &mut found);
            let text = id.and_then(|id| sources.get(id)).map(|s| s.text.clone());
            parse(SourceId(0), &text.unwrap_or_default(), &mut found);
        }
        (sources, found)
    });
    assert!(std::str::from_utf8(&mended.layer.files[0].bytes).is_ok());
}

/// The shipped content, read once.
fn catalog() -> Arc<Catalog> {
    thread_local! {
        static CATALOG: Arc<Catalog> = Arc::new(Catalog::shipped());
    }
    CATALOG.with(Arc::clone)
}

/// A record: read, written and read again, and gone on from.
pub fn record(bytes: &[u8]) {
    let _ = head(bytes);
    let Ok(reading) = read(bytes) else {
        return;
    };
    let again = read(write(&reading.record).as_bytes()).expect("what was written can be read");
    assert!(again.sound, "what was written is sound");
    // Whoever changes a record can also give it a checksum that holds.
    if let Ok(war) = War::resume(catalog(), again.record) {
        let seats: Vec<_> = war.scenario().seats.keys().cloned().collect();
        for seat in seats {
            let _ = war.view(&seat);
        }
    }
}

/// Orders in words, given in a war line by line.
pub fn words(bytes: &[u8]) {
    thread_local! {
        static WAR: RefCell<War> = RefCell::new(begun());
    }
    let text = String::from_utf8_lossy(bytes);
    WAR.with_borrow_mut(|war| {
        let seats: Vec<_> = war.scenario().seats.keys().cloned().collect();
        for line in text.lines() {
            let Ok(order) = order::parse(line) else {
                continue;
            };
            let written = order.to_string();
            assert_eq!(order::parse(&written).as_ref(), Ok(&order), "{written}");
            for seat in &seats {
                let _ = war.give(seat, order.clone());
            }
        }
        for seat in &seats {
            war.retract_all(seat);
        }
    });
}

fn begun() -> War {
    let catalog = catalog();
    let (scenario, war) = catalog.first().expect("there are wars");
    let players = war.seats.keys().map(|seat| (seat.clone(), Player::Person));
    let setup = Setup {
        scenario: scenario.clone(),
        seed: 1,
        players: players.collect(),
        carried: None,
    };
    War::begin(catalog.clone(), setup).expect("a war begins")
}

/// A mod over all of the shipped content, with its trials, systems and courses: slow, and all that `check` does.
pub fn whole(bytes: &[u8]) {
    let layer = layer(bytes);
    let (sources, found) = check_layer(&layer);
    shown(&sources, &found);
    let mut sources = Sources::default();
    let mut found = Diagnostics::new();
    Catalog::load(&[layer], &mut sources, &mut found);
    shown(&sources, &found);
}
