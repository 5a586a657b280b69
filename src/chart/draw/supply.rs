//! Supply laid over the map: what flows where, what is lost on the way, what is too narrow, what is cut, and why.

use std::collections::BTreeMap;

use super::{
    Rank, Sheet, lanes,
    overlays::{mention, say},
    symbols,
};
use crate::{
    chart::scene::{Colour, Pos, Stroke},
    content::{Key, Lane, Sector},
    sim::{
        state::Place,
        view::{OwnForce, SeatView},
    },
};

/// What flows along one step of the lines, tenths of a strength point.
#[derive(Default)]
struct Flow {
    delivered: i64,
    lost: i64,
    cut: bool,
}

/// Steps of the lines: from, to.
type Step<'a> = (&'a Key<Sector>, &'a Key<Sector>);

/// Lines of supply: as wide as their load, with an arrow of flow; broken where convoys are lost, the more the wider;
/// red and thin beyond a cut.
pub fn flows(sheet: &mut Sheet) {
    let view = sheet.view;
    let mut steps: BTreeMap<Step, Flow> = BTreeMap::new();
    for force in view.forces.values() {
        let line = &force.line;
        let mut cut = false;
        for pair in line.path.windows(2) {
            cut |= line.cut.as_ref() == Some(&pair[0]);
            let flow = steps.entry((&pair[0], &pair[1])).or_default();
            flow.cut |= cut || line.cut.as_ref() == Some(&pair[1]);
            if !cut {
                flow.delivered += i64::from(line.delivered.max(0));
                flow.lost += line
                    .lost
                    .iter()
                    .filter(|(sector, _)| *sector == pair[1])
                    .map(|(_, amount)| i64::from(*amount))
                    .sum::<i64>();
            }
        }
    }
    let most = steps
        .values()
        .map(|f| f.delivered)
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let scale = sheet.scale;
    for ((from, to), flow) in steps {
        let (Some(a), Some(b)) = (sheet.at.get(from).copied(), sheet.at.get(to).copied()) else {
            continue;
        };
        let share = (flow.delivered as f32 / most).sqrt();
        let width = (2.0 + 8.0 * share) * scale;
        let hue = if flow.cut {
            sheet.palette.loss
        } else {
            sheet.hue(&view.side)
        };
        let mut stroke = Stroke::new(hue.faint(0.62), width);
        if flow.cut {
            stroke = Stroke::new(hue, 2.0 * scale).dashed(5.0 * scale, 4.0 * scale);
        } else if flow.lost > 0 {
            let gone = flow.lost as f32 / (flow.lost + flow.delivered).max(1) as f32;
            stroke = stroke.dashed(16.0 * scale, (3.0 + 16.0 * gone) * scale);
        }
        sheet.line(vec![a, b], stroke);
        let length = a.distance(b);
        if length > 24.0 * scale {
            let size = 8.0 * scale + width * 0.4;
            let colour = hue.toward(sheet.palette.text, 0.55);
            // One arrow on a short step, more on a long one.
            let count = (length / (110.0 * scale)).floor().clamp(1.0, 4.0);
            for i in 0..count as u8 {
                let t = (f32::from(i) + 0.5) / count + size / length / 2.0;
                symbols::arrow(sheet, a, a.toward(b, t), size, colour);
            }
        }
    }
}

/// Weak places, cuts, and what each force goes short of, each with its reason.
pub fn shortages(sheet: &mut Sheet) {
    let view = sheet.view;
    let ways: BTreeMap<Step, &Lane> = view
        .map
        .lanes
        .values()
        .flat_map(|l| [((&l.ends.0, &l.ends.1), l), ((&l.ends.1, &l.ends.0), l)])
        .collect();
    let mut cuts: BTreeMap<&Key<Sector>, usize> = BTreeMap::new();
    let mut weak: BTreeMap<Step, i32> = BTreeMap::new();
    let mut lost: BTreeMap<Step, i64> = BTreeMap::new();
    let mut lacking: BTreeMap<&Place, (bool, String, usize)> = BTreeMap::new();
    for force in view.forces.values() {
        let line = &force.line;
        if let Some(sector) = &line.cut {
            *cuts.entry(sector).or_default() += 1;
        }
        for pair in line.path.windows(2) {
            let step = (&pair[0], &pair[1]);
            if let Some((_, permille)) = line.weak.as_ref().filter(|(s, _)| *s == pair[1])
                && *permille < 1000
            {
                let least = weak.entry(step).or_insert(1000);
                *least = (*least).min(*permille);
            }
            for (_, amount) in line.lost.iter().filter(|(s, _)| *s == pair[1]) {
                *lost.entry(step).or_default() += i64::from(*amount);
            }
        }
        // Before the first turn no convoy has run.
        if view.turn > 1 {
            short(force, &mut lacking);
        }
    }
    for (place, (dire, mut words, count)) in lacking {
        let Some(at) = sheet.place(place) else {
            continue;
        };
        if count > 1 {
            words.push_str(&format!("\n{count} forces go short"));
        }
        let palette = sheet.palette;
        let colour = if dire {
            palette.loss
        } else {
            palette.attention
        };
        say(sheet, at, 26.0, colour, words);
    }
    let palette = sheet.palette;
    for (sector, count) in cuts {
        if let Some(at) = sheet.at.get(sector).copied() {
            symbols::cut(sheet, at, 8.0 * sheet.scale, palette.loss, palette.ground);
            let words = format!("cut: {}\n{} cut off", barred(view, sector), forces(count));
            mention(sheet, Rank::Chosen, at, 14.0, palette.loss, words);
        }
    }
    for ((from, to), permille) in weak {
        let ends = (sheet.at.get(from).copied(), sheet.at.get(to).copied());
        let (Some(a), Some(b)) = ends else { continue };
        let at = a.toward(b, 0.5);
        pinch(sheet, a, b, at, palette.attention);
        let why = narrow(view, ways.get(&(from, to)).copied(), (from, to));
        let words = format!("weak link: passes {}%\n{why}", permille / 10);
        say(sheet, at, 9.0, palette.attention, words);
    }
    for ((from, to), amount) in lost {
        let ends = (sheet.at.get(from).copied(), sheet.at.get(to).copied());
        let ((Some(a), Some(b)), true) = (ends, amount > 0) else {
            continue;
        };
        let terrain = ways
            .get(&(from, to))
            .and_then(|l| view.rules.terrain.get(&l.terrain))
            .map_or(String::new(), |t| format!("\n{}", t.name.to_lowercase()));
        let words = format!(
            "\u{2212}{}.{} of convoys{terrain}",
            amount / 10,
            amount % 10
        );
        say(sheet, a.toward(b, 0.5), 7.0, palette.loss, words);
    }
}

fn forces(count: usize) -> String {
    if count == 1 {
        "one force".to_owned()
    } else {
        format!("{count} forces")
    }
}

/// Two brackets that leave little room between them, across a way.
fn pinch(sheet: &mut Sheet, a: Pos, b: Pos, at: Pos, colour: Colour) {
    let scale = sheet.scale;
    for side in [-1.0, 1.0_f32] {
        let across = |length: f32| lanes::normal(a, b, side * length * scale);
        let (near, far) = (across(6.0), across(10.0));
        let along = |shift: f32| {
            let whole = a.distance(b).max(0.001);
            (
                (b.x - a.x) / whole * shift * scale,
                (b.y - a.y) / whole * shift * scale,
            )
        };
        let (back, forth) = (along(-6.0), along(6.0));
        let points = vec![
            at.by(far.0 + back.0, far.1 + back.1),
            at.by(near.0 + back.0 * 0.4, near.1 + back.1 * 0.4),
            at.by(near.0 + forth.0 * 0.4, near.1 + forth.1 * 0.4),
            at.by(far.0 + forth.0, far.1 + forth.1),
        ];
        let below = Stroke::new(sheet.palette.ground, 5.0 * scale);
        sheet.line(points.clone(), below);
        sheet.line(points, Stroke::new(colour, 2.2 * scale));
    }
}

/// Why nothing passes a sector, as far as known.
fn barred(view: &SeatView, sector: &Key<Sector>) -> String {
    let holder = view
        .sectors
        .get(sector)
        .and_then(|s| s.owner.as_ref())
        .filter(|o| view.hostile.contains(*o));
    let there = view
        .contacts_at(sector)
        .find(|(_, c)| view.hostile.contains(&c.side))
        .map(|(_, c)| &c.side);
    let name = |side| view.sides.get(side).map_or("the enemy", String::as_str);
    let place = view
        .map
        .sectors
        .get(sector)
        .map_or(sector.as_str(), |s| &s.name);
    match (holder, there) {
        (Some(side), _) => format!("{} holds {place}", name(side)),
        (None, Some(side)) => format!("ships of {} at {place}", name(side)),
        (None, None) => format!("{place} is barred"),
    }
}

/// Why less passes a way than is wanted.
fn narrow(view: &SeatView, lane: Option<&Lane>, (from, to): Step) -> String {
    let raided = [from, to].into_iter().any(|s| {
        view.contacts_at(s)
            .any(|(_, c)| view.hostile.contains(&c.side))
    });
    match lane {
        _ if raided => "raiders may lie beside it".to_owned(),
        Some(lane) => format!("the way takes {} points a turn", lane.capacity),
        None => "it is shared".to_owned(),
    }
}

/// What a force goes short of; of several in one place the one that is worst off is told of.
fn short<'a>(force: &'a OwnForce, lacking: &mut BTreeMap<&'a Place, (bool, String, usize)>) {
    let line = &force.line;
    if line.wanted <= line.delivered && line.source.is_some() {
        return;
    }
    let mut words = if line.source.is_none() {
        "no line of supply".to_owned()
    } else {
        format!("got {} of {}", tenths(line.delivered), tenths(line.wanted))
    };
    if let Some(turn) = line.empty_on {
        words.push_str(&format!("\nempty on turn {turn}"));
    }
    let dire = line.source.is_none() || line.cut.is_some() || line.delivered * 2 < line.wanted;
    let told = lacking
        .entry(&force.place)
        .or_insert_with(|| (dire, words.clone(), 0));
    told.2 += 1;
    if dire && !told.0 {
        (told.0, told.1) = (dire, words);
    }
}

/// Tenths as people write them.
fn tenths(value: i32) -> String {
    format!("{}.{}", value / 10, (value % 10).abs())
}
