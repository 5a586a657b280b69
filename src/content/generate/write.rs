//! A theatre as the text of its file, set out as a person would write it, with what a modder wants to know beside it.

use super::{
    Rules, Shape, Wish,
    forces::{Made, Muster},
    ground::Ground,
    names::ordinal,
    verdict,
};
use crate::content::{Key, SiteKind};

/// Lines that are indented by steps of four.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.0.push_str("    ");
        }
        self.0.push_str(text);
        self.0.push('\n');
    }
}

/// The `mod.ron` of a mod that holds one theatre.
pub(in crate::content) fn manifest(id: &str, title: &str) -> String {
    // Titles are any text on one line; as a string of Rust they are a string of RON.
    format!(
        "// A mod: `angelfire check FOLDER` looks it over, `angelfire --mods FOLDER` plays with it, and in the folder\n\
         // `mods` of the game's data it is there without being asked for.\n\
         (\n    id: \"{id}\",\n    name: {title:?},\n    version: \"1.0.0\",\n    game: \"{}\",\n)\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The campaign in which generated theatres stand.
pub(super) fn campaign() -> String {
    format!(
        "// Every generated theatre brings this file; they are one campaign together.\n\
         (\n    id: \"{}\",\n    title: \"Generated theatres\",\n    \
         summary: \"Wars that nobody wrote, on maps that nobody drew: the same for every seat.\",\n)\n",
        super::CAMPAIGN
    )
}

/// The file of the scenario.
pub(super) fn scenario(rules: &Rules, wish: &Wish, ground: &Ground, muster: &Muster) -> String {
    let mut out = Lines::default();
    head(&mut out, wish, ground, muster);
    map(&mut out, ground);
    people(&mut out, wish, ground, muster);
    sites(&mut out, rules, ground, muster);
    forces(&mut out, ground, muster);
    events(&mut out, wish, ground, muster);
    verdict::write(&mut out, wish, ground, muster);
    with(&mut out, rules);
    out.line(0, ")");
    out.0
}

fn head(out: &mut Lines, wish: &Wish, ground: &Ground, muster: &Muster) {
    let Wish {
        shape,
        size,
        seats,
        turns,
        seed,
        ..
    } = wish;
    let title = wish
        .title
        .as_ref()
        .map_or_else(String::new, |t| format!(" --title {t:?}"));
    out.line(
        0,
        "// A theatre that nobody wrote. The same words make it again, letter for letter:",
    );
    out.line(0, "//");
    out.line(0, &format!(
        "//     angelfire new FOLDER --generate {shape} --size {size} --seats {seats} --turns {turns} --seed {seed}{title}"
    ));
    out.line(0, "//");
    out.line(0, "// It is fair because it is one part, repeated: places, lanes, terrain, sites and forces were made once and turned");
    out.line(0, "// about the middle for each seat. Sectors of equal number are the same place for two seats. From here on it is a");
    out.line(0, "// scenario like any other: change what you like, then `angelfire check` it; `angelfire reference scenario` tells");
    out.line(0, "// what may stand here.");
    out.line(0, "(");
    out.line(1, &format!("id: \"{}\",", wish.id()));
    out.line(1, &format!("title: {:?},", ground.title));
    let sectors = ground.sectors.len();
    let many = count(ground.sides.len());
    out.line(
        1,
        &format!(
            "summary: \"{many} seats, {sectors} sectors, {turns} turns: {}.\",",
            wish.shape.summary()
        ),
    );
    out.line(1, "briefing: [");
    let heart = format!("the {}", ground.heart().name);
    let lie = match wish.shape {
        Shape::Ring => format!(
            "The roads run in a ring. Whoever goes one way comes to a neighbour, and whoever goes the other way too; inside lies {heart}, and few ways lead there."
        ),
        Shape::Spiral => format!(
            "The arms wind out of {heart}, and the road along an arm is long. From arm to arm there are jumps, shorter and worse: who knows them is where nobody looks for him."
        ),
        Shape::Line => format!(
            "The fronts have faced one another for longer than anybody has served. Between them lie a few gaps, in which no fleet is whole, and {heart}."
        ),
        Shape::Cluster => format!(
            "Worlds crowd together here, and between the crowds there is nothing. Whoever leaves a knot is days from the next; all ways cross near {heart}."
        ),
        Shape::Bridge => format!(
            "The homes lie far apart, each among its own worlds, and between them is what all want: {heart}, and the rich places around it. One good road leads there, and one that is worse."
        ),
    };
    out.line(2, &format!("{lie:?},"));
    let goal = if ground.sides.len() == 2 {
        format!(
            "Each day of {heart} counts, and so do the places around it, the other's worlds and every ship. The other's capital ends the war. All else is even: ships, stores, distances."
        )
    } else {
        format!(
            "Whoever holds {heart} on the last day has won; whoever loses his ships on the way there has held it for somebody else. All else is even: ships, stores, distances."
        )
    };
    out.line(2, &format!("{goal:?},"));
    let strength = muster.strength;
    let last = format!(
        "Everybody has {strength} points of ships, some of them still fitting out. Charges are few, and what is fired from far away is heard far away. Fleets that outrun their depots starve; the forward depot follows, a lane every other day."
    );
    out.line(2, &format!("{last:?},"));
    out.line(1, "],");
    out.line(
        1,
        "calendar: (start: (2810, 3, 1), day: 1, days_per_turn: 1),",
    );
    out.line(1, &format!("turns: {turns},"));
}

fn map(out: &mut Lines, ground: &Ground) {
    out.line(1, "own_map: (");
    out.line(2, "regions: [");
    for region in &ground.regions {
        let (id, name) = (&region.id, &region.name);
        out.line(3, &format!("(id: \"{id}\", name: {name:?}),"));
    }
    out.line(2, "],");
    out.line(
        2,
        "// Straight across the chart is how far guns reach; lanes are what ships travel.",
    );
    out.line(2, "sectors: [");
    let mut of = None;
    for sector in ground.sectors.iter().rev().take(1).chain(&ground.sectors) {
        // The heart, which is last, is told first.
        let heart = sector.seat.is_none();
        if heart && of.is_some() {
            continue;
        }
        if of != Some(sector.seat) {
            of = Some(sector.seat);
            match sector.seat {
                None => out.line(3, "// What everybody wants."),
                Some(seat) => out.line(3, &format!("// {}.", ground.sides[seat].name)),
            }
        }
        let (id, name, region, terrain) =
            (&sector.id, &sector.name, &sector.region, &sector.terrain);
        let (x, y) = sector.at;
        out.line(3, &format!(
            "(id: \"{id}\", name: {name:?}, at: ({x}, {y}), region: \"{region}\", terrain: \"{terrain}\"),"
        ));
    }
    out.line(2, "],");
    out.line(2, "// A day's cruise is about 200; the capacity is how many points of ships a lane can keep supplied.");
    out.line(2, "lanes: [");
    for lane in &ground.lanes {
        let id = |end: usize| ground.sectors.get(end).map_or("", |s| s.id.as_str());
        let (a, b, kind) = (id(lane.ends.0), id(lane.ends.1), lane.kind);
        let (length, capacity, terrain) = (lane.length, lane.capacity, &lane.terrain);
        out.line(3, &format!(
            "(ends: (\"{a}\", \"{b}\"), kind: {kind}, length: {length}, capacity: {capacity}, terrain: \"{terrain}\"),"
        ));
    }
    out.line(2, "],");
    out.line(1, "),");
}

fn people(out: &mut Lines, wish: &Wish, ground: &Ground, muster: &Muster) {
    out.line(1, "sides: [");
    for side in &ground.sides {
        let (id, name, short) = (&side.id, &side.name, &side.short);
        out.line(
            2,
            &format!("(id: \"{id}\", name: {name:?}, short: {short:?}),"),
        );
    }
    out.line(1, "],");
    out.line(1, "seats: [");
    for (seat, side) in ground.sides.iter().enumerate() {
        let (id, short) = (&side.id, &side.short);
        out.line(2, "(");
        out.line(3, &format!("id: \"{id}\","));
        out.line(3, &format!("name: \"{short} command\","));
        out.line(3, &format!("side: \"{id}\","));
        let (home, base) = (
            ground.sector(seat, 0),
            ground.sector(seat, ground.plan.base),
        );
        let homes = if home == base {
            format!("\"{home}\"")
        } else {
            format!("\"{home}\", \"{base}\"")
        };
        out.line(3, &format!("home: [{homes}],"));
        out.line(3, "briefing: [");
        let (gather, heart) = (ground.name(seat, ground.plan.base), &ground.heart().name);
        let foes: Vec<&str> = ground
            .sides
            .iter()
            .filter(|s| s.id != side.id)
            .map(|s| s.short.as_str())
            .collect();
        let come = muster.forces.iter().map(|f| f.arrives).max().unwrap_or(1);
        let first = format!(
            "Your fleets gather at {gather}, with the forward depot; {short} is behind you, and the {heart} is before you. {} will be there as soon as you are.",
            listed(&foes)
        );
        out.line(4, &format!("{first:?},"));
        let second = format!(
            "Worlds with a garrison fall to troops alone: the squadrons open the sky, the Landing Train comes down after them. The last squadron comes on day {come} of {}.",
            wish.turns
        );
        out.line(4, &format!("{second:?},"));
        out.line(3, "],");
        out.line(2, "),");
    }
    out.line(1, "],");
    if muster.habit.is_some() {
        out.line(
            1,
            "// All navies of this theatre have learned war in the same school.",
        );
    }
    out.line(1, "factions: [");
    for side in &ground.sides {
        let (id, short) = (&side.id, &side.short);
        let traits = muster
            .habit
            .map_or_else(String::new, |h| format!(", traits: [\"{h}\"]"));
        out.line(
            2,
            &format!("(id: \"{id}-navy\", name: \"Navy of {short}\", seat: \"{id}\"{traits}),"),
        );
    }
    out.line(1, "],");
    out.line(
        1,
        "// Whoever is not named here holds nothing yet: the middle is there for the taking.",
    );
    out.line(1, "owners: [");
    for region in &ground.regions {
        if let Some(side) = region.seat.and_then(|seat| ground.sides.get(seat)) {
            out.line(
                2,
                &format!("(side: \"{}\", regions: [\"{}\"]),", side.id, region.id),
            );
        }
    }
    out.line(1, "],");
}

/// Stocks as RON: `{"missiles": 20}`.
fn amounts(all: &[(String, i64)]) -> String {
    let each: Vec<String> = all
        .iter()
        .map(|(what, n)| format!("\"{what}\": {n}"))
        .collect();
    format!("{{{}}}", each.join(", "))
}

fn sites(out: &mut Lines, rules: &Rules, ground: &Ground, muster: &Muster) {
    let has = |kind: &str| rules.site_kinds.contains_key(&Key::<SiteKind>::new(kind));
    let depot = |kind: &str| rules.site_kinds.get(kind).is_some_and(|k| k.depot);
    let garrison = |per: &[i64]| -> Vec<(String, i64)> {
        muster
            .garrison
            .iter()
            .cloned()
            .zip(per.iter().copied())
            .collect()
    };
    out.line(1, "// A capital with its yard, a depot near the front that follows the fleets, worlds with people to defend them.");
    out.line(1, "sites: [");
    for (seat, side) in ground.sides.iter().enumerate() {
        let (id, short) = (&side.id, &side.short);
        let mut site =
            |what: &str, name: &str, kind: &str, place: usize, stocks: &[(String, i64)]| {
                if !has(kind) {
                    return;
                }
                let sector = ground.sector(seat, place);
                let named = format!("id: \"{id}-{what}\", name: {name:?}, kind: \"{kind}\"");
                let whose = format!("sector: \"{sector}\", owner: \"{id}\"");
                if stocks.is_empty() {
                    out.line(2, &format!("({named}, {whose}),"));
                    return;
                }
                out.line(2, "(");
                out.line(3, &format!("{named}, {whose},"));
                out.line(3, &format!("stocks: {},", amounts(stocks)));
                out.line(2, "),");
            };
        let base = ground.plan.base;
        let heart = ["capital-world", "shielded-world", "colony"]
            .into_iter()
            .find(|k| has(k));
        site(
            "capital",
            short,
            heart.unwrap_or("yard"),
            0,
            &garrison(&[16, 30]),
        );
        let yard: &[(String, i64)] = if depot("yard") { &muster.yard } else { &[] };
        site("yard", &format!("{short} Yards"), "yard", 0, yard);
        site("port", &format!("{short} Starport"), "starport", 0, &[]);
        site(
            "forward",
            &format!("{short} Forward Depot"),
            "forward-depot",
            base,
            &[],
        );
        site("watch", &format!("{short} Watch"), "relay", base, &[]);
        let last = ground.plan.worlds.len().saturating_sub(1);
        for (number, place) in ground.plan.worlds.iter().enumerate() {
            let name = ground.name(seat, *place);
            let strong = number == last && number > 0 && has("fortress-world");
            let (kind, stocks) = if strong {
                ("fortress-world", garrison(&[8, 10]))
            } else {
                ("colony", garrison(&[4, 6]))
            };
            site(
                &format!("world-{}", number + 1),
                name,
                kind,
                *place,
                &stocks,
            );
            if number == 0 {
                site("depot", &format!("{name} Depot"), "depot", *place, &[]);
            }
        }
    }
    out.line(1, "],");
}

fn forces(out: &mut Lines, ground: &Ground, muster: &Muster) {
    out.line(
        1,
        "// The same for every seat. Whatever is left out is as the rules have it.",
    );
    out.line(1, "forces: [");
    for (seat, side) in ground.sides.iter().enumerate() {
        out.line(2, &format!("// {}.", side.name));
        for made in &muster.forces {
            force(out, ground, seat, made);
        }
    }
    out.line(1, "],");
}

fn force(out: &mut Lines, ground: &Ground, seat: usize, made: &Made) {
    let side = &ground.sides[seat];
    let name = made.name.replace("{}", &side.short);
    let (id, at) = (&side.id, ground.sector(seat, made.at));
    let arrives = match made.arrives {
        0 | 1 => String::new(),
        turn => format!(", arrives: {turn}"),
    };
    // What a force is for is said once; the others have the same.
    let said = if seat == 0 {
        format!(" // {}", made.purpose)
    } else {
        String::new()
    };
    out.line(2, &format!("({said}"));
    out.line(
        3,
        &format!(
            "id: \"{id}-{}\", name: {name:?}, faction: \"{id}-navy\", at: \"{at}\"{arrives},",
            made.id
        ),
    );
    let stocks = if made.stocks.is_empty() {
        String::new()
    } else {
        format!(", stocks: {}", amounts(&made.stocks))
    };
    let traits: Vec<String> = made.traits.iter().map(|t| format!("\"{t}\"")).collect();
    let traits = if traits.is_empty() {
        String::new()
    } else {
        format!("traits: [{}], ", traits.join(", "))
    };
    out.line(3, &format!("ships: {}{stocks},", amounts(&made.ships)));
    out.line(
        3,
        &format!("{traits}stance: \"{}\", source: \"invented\",", made.stance),
    );
    out.line(2, "),");
}

fn events(out: &mut Lines, wish: &Wish, ground: &Ground, muster: &Muster) {
    out.line(
        1,
        "// What is told on the way; but for the fall of a capital nothing here decides anything.",
    );
    out.line(1, "events: [");
    let mut event = |id: &str, when: &str, effects: &str, tells: Option<&str>| {
        out.line(2, "(");
        out.line(3, &format!("id: \"{id}\","));
        out.line(3, &format!("when: {when},"));
        out.line(3, &format!("effects: [{effects}],"));
        if let Some(seat) = tells {
            out.line(3, &format!("tells: [\"{seat}\"],"));
        }
        out.line(2, "),");
    };
    let heart = format!("the {}", ground.heart().name);
    let say = |text: String| format!("Say({text:?})");
    event(
        "opening",
        "From(1)",
        &say(format!(
            "{} fleets are under way to {heart}. Nobody has declared anything; everybody has loaded.",
            count(ground.sides.len())
        )),
        None,
    );
    for (seat, side) in ground.sides.iter().enumerate() {
        let (id, short) = (&side.id, &side.short);
        event(
            &format!("{id}-in-the-heart"),
            &format!("Holds(\"{id}\", \"heart\")"),
            &say(format!("{short} stands in {heart}.")),
            None,
        );
        let fell = say(format!(
            "{short} has fallen. Whoever bears its name is now called something else."
        ));
        // With more than two seats the others fight on.
        let effects = if ground.sides.len() == 2 {
            format!("{fell}, End")
        } else {
            fell
        };
        let capital = verdict::capital(ground, seat);
        event(
            &format!("{id}-falls"),
            &format!("Not(Owns(\"{id}\", \"{capital}\"))"),
            &effects,
            None,
        );
        let reserve = muster
            .forces
            .iter()
            .enumerate()
            .find(|(_, f)| f.arrives > 1);
        if let Some((number, made)) = reserve.filter(|(_, f)| f.arrives <= wish.turns) {
            event(
                &format!("{id}-reserve"),
                &format!("From({})", made.arrives),
                &say(format!(
                    "The {} Squadron has left the docks.",
                    ordinal(number)
                )),
                Some(id),
            );
        }
    }
    out.line(1, "],");
}

/// Special things that make a war of this kind, as far as the rules have them.
fn with(out: &mut Lines, rules: &Rules) {
    let named = |all: Vec<&str>| {
        let all: Vec<String> = all.into_iter().map(|id| format!("\"{id}\"")).collect();
        all.join(", ")
    };
    let mut postures = vec!["siege", "support", "rear-guard"];
    postures.retain(|id| rules.postures.get(*id).is_some_and(|p| p.special));
    let mut deeds = vec!["lay-mines", "sweep", "refit", "harden"];
    deeds.retain(|id| rules.deeds.get(*id).is_some_and(|d| d.special));
    out.line(1, "// Postures and deeds that only some wars know.");
    out.line(
        1,
        &format!(
            "with: (postures: [{}], deeds: [{}]),",
            named(postures),
            named(deeds)
        ),
    );
}

/// `Two`, `Three`, ...
fn count(number: usize) -> &'static str {
    const WORDS: [&str; 7] = ["No", "One", "Two", "Three", "Four", "Five", "Six"];
    WORDS.get(number).copied().unwrap_or("Many")
}

/// `Vell`, `Vell and Orane`, `Vell, Orane and Tuss`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
