//! What a generated war is about: objectives and verdict.
//!
//! Of two seats each gains what the other loses, and nothing is even. Of more each has a score of its own, and the heart
//! decides: it brings so much that nothing else comes near.

use super::{
    Wish,
    forces::Muster,
    ground::{Ground, Side},
    write::Lines,
};

/// What the heart brings its holder with more than two seats, tenths.
const HEART: i64 = 100_000;

/// Names of what a seat has, as the file writes them.
pub(super) fn capital(ground: &Ground, seat: usize) -> String {
    format!("{}-capital", ground.sides[seat % ground.sides.len()].id)
}

/// The id of a lesser world.
pub(super) fn world(ground: &Ground, seat: usize, number: usize) -> String {
    let side = &ground.sides[seat % ground.sides.len()].id;
    format!("{side}-world-{}", number + 1)
}

/// `objectives` and `verdict`.
pub(super) fn write(out: &mut Lines, wish: &Wish, ground: &Ground, muster: &Muster) {
    objectives(out, ground);
    if ground.sides.len() == 2 {
        of_two(out, wish, ground, muster);
    } else {
        of_many(out, wish, ground);
    }
}

fn objectives(out: &mut Lines, ground: &Ground) {
    let seats = ground.sides.len();
    out.line(1, "// The computer goes for what its objectives name, first what is worth the way, and keeps what they tell it to keep.");
    out.line(1, "objectives: [");
    for seat in 0..seats {
        let side = &ground.sides[seat].id;
        let mut goal = |id: String, name: &str, when: String| {
            out.line(
                2,
                &format!("(id: \"{id}\", name: {name:?}, side: \"{side}\", when: {when}),"),
            );
        };
        let heart = ground.heart();
        goal(
            format!("{side}-heart"),
            &heart.name,
            format!("Holds(\"{side}\", \"heart\")"),
        );
        // The border to the seat before is its own to win, and the one to the seat after.
        for beside in [seat, (seat + 1) % seats] {
            for mark in &ground.plan.marks {
                let sector = ground.sector(beside, *mark);
                goal(
                    format!("{side}-takes-{sector}"),
                    ground.name(beside, *mark),
                    format!("Holds(\"{side}\", \"{sector}\")"),
                );
            }
        }
        // No capital among them: whoever marches past the enemy to take it loses his own meanwhile.
        let foe = (seat + 1) % seats;
        for (number, place) in ground.plan.worlds.iter().enumerate() {
            let site = world(ground, foe, number);
            goal(
                format!("{side}-takes-{site}"),
                ground.name(foe, *place),
                format!("Owns(\"{side}\", \"{site}\")"),
            );
        }
        let own = capital(ground, seat);
        let name = format!("{} kept", ground.sides[seat].short);
        let when = format!("Owns(\"{side}\", \"{own}\")");
        goal(format!("{side}-keeps-{own}"), &name, when);
    }
    out.line(1, "],");
}

/// A term of the verdict.
fn term(out: &mut Lines, id: &str, name: &str, kind: &str) {
    out.line(3, &format!("(id: \"{id}\", name: {name:?}, kind: {kind}),"));
}

/// Days count from here, so that the first march decides nothing.
fn first_day(wish: &Wish) -> u32 {
    3.min(wish.turns)
}

/// What a day of the heart brings, tenths: less in a long war.
fn day(wish: &Wish) -> i64 {
    (1500 / i64::from(wish.turns.max(1))).clamp(10, 100)
}

fn of_two(out: &mut Lines, wish: &Wish, ground: &Ground, muster: &Muster) {
    let (a, b) = (&ground.sides[0], &ground.sides[1]);
    let both = [(0, a, 1_i64, &a.short), (1, b, -1, &b.short)];
    out.line(1, "// Points are tenths. Whatever one side gains by, the other loses by as much; nothing is even.");
    out.line(1, "verdict: (");
    out.line(2, &format!("side: \"{}\",", a.id));
    out.line(2, &format!("against: \"{}\",", b.id));
    out.line(2, "terms: [");
    for (_, side, sign, short) in both {
        let (id, from, to, points) = (&side.id, first_day(wish), wish.turns, sign * day(wish));
        let kind = format!(
            "Days(from: {from}, to: {to}, when: Holds(\"{id}\", \"heart\"), points: {points})"
        );
        term(
            out,
            &format!("heart-{id}"),
            &format!("Days of the heart: {short}"),
            &kind,
        );
    }
    for (_, side, sign, short) in both {
        for seat in 0..2 {
            for mark in &ground.plan.marks {
                let (id, sector) = (&side.id, ground.sector(seat, *mark));
                let name = format!("{}: {short}", ground.name(seat, *mark));
                let points = sign * 200;
                let kind = format!("If(when: Holds(\"{id}\", \"{sector}\"), points: {points})");
                term(out, &format!("{sector}-{id}"), &name, &kind);
            }
        }
    }
    for (seat, side, sign, short) in both {
        let foe = 1 - seat;
        let mut won = |site: &str, name: &str, points: i64| {
            let kind = format!(
                "If(when: Owns(\"{}\", \"{site}\"), points: {})",
                side.id,
                sign * points
            );
            term(
                out,
                &format!("won-{site}"),
                &format!("{name}: {short}"),
                &kind,
            );
        };
        for (number, place) in ground.plan.worlds.iter().enumerate() {
            won(&world(ground, foe, number), ground.name(foe, *place), 300);
        }
        won(&capital(ground, foe), &ground.sides[foe].short, 3000);
    }
    for (_, side, sign, short) in both {
        let kind = format!("Losses(side: \"{}\", points: {})", side.id, -30 * sign);
        term(
            out,
            &format!("lost-{}", side.id),
            &format!("Ships of {short} lost"),
            &kind,
        );
    }
    out.line(2, "],");
    // A fifth of one fleet apart is no victory; a third of it is more than one.
    let clear = (muster.strength * 10).max(200);
    out.line(2, "levels: [");
    let mut level = |from: Option<i64>, side: Option<&str>, name: String| {
        let from = from.map_or_else(String::new, |from| format!("from: {from}, "));
        let winner = side.map_or_else(String::new, |side| format!("winner: \"{side}\", "));
        out.line(3, &format!("({from}{winner}name: {name:?}),"));
    };
    level(None, Some(&b.id), format!("{} victorious", b.short));
    level(Some(-clear), Some(&b.id), format!("{} ahead", b.short));
    level(Some(-49), None, String::from("Nobody's war"));
    level(Some(50), Some(&a.id), format!("{} ahead", a.short));
    level(
        Some(clear + 1),
        Some(&a.id),
        format!("{} victorious", a.short),
    );
    out.line(2, "],");
    out.line(2, "results: {\"heart\": [\"heart\"]},");
    out.line(1, "),");
}

fn of_many(out: &mut Lines, wish: &Wish, ground: &Ground) {
    let sides = &ground.sides;
    out.line(1, "// Whoever holds the heart when the war ends has won it; days and ships only decide by how much. Each side has a");
    out.line(
        1,
        "// score of its own, and the highest wins. Points are tenths.",
    );
    out.line(1, "verdict: (");
    out.line(2, "terms: [");
    let mut paid = |side: &Side, id: String, name: String, kind: String| {
        let to = &side.id;
        out.line(
            3,
            &format!("(id: \"{id}\", to: \"{to}\", name: {name:?}, kind: {kind}),"),
        );
    };
    for side in sides {
        let id = &side.id;
        paid(
            side,
            format!("heart-{id}"),
            format!("The heart {}'s at the end", side.short),
            format!("If(when: Holds(\"{id}\", \"heart\"), points: {HEART})"),
        );
    }
    for side in sides {
        let (id, from, to, points) = (&side.id, first_day(wish), wish.turns, day(wish).min(50));
        paid(
            side,
            format!("days-{id}"),
            format!("Days of the heart: {}", side.short),
            format!(
                "Days(from: {from}, to: {to}, when: Holds(\"{id}\", \"heart\"), points: {points})"
            ),
        );
    }
    for side in sides {
        let id = &side.id;
        paid(
            side,
            format!("lost-{id}"),
            format!("Ships of {} lost", side.short),
            format!("Losses(side: \"{id}\", points: -20)"),
        );
    }
    out.line(2, "],");
    out.line(2, "levels: [");
    out.line(3, "(name: \"Nobody in the heart\"),");
    for side in sides {
        let name = format!("{} in the heart", side.short);
        let from = HEART / 2;
        out.line(
            3,
            &format!("(from: {from}, winner: \"{}\", name: {name:?}),", side.id),
        );
    }
    out.line(2, "],");
    out.line(2, "results: {\"heart\": [\"heart\"]},");
    out.line(1, "),");
}
