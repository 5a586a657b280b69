//! The sum behind a happening, as far as the seat may know it: what shows under the pointer.

use crate::{
    content::{Force, Key},
    gui::{sums, table::sentence, words::say},
    sim::{
        journal::{Cause, What},
        view::SeatView,
    },
    war::tell,
};

/// What made a happening; none if there is nothing more to say than its line does.
pub fn happening(view: &SeatView, what: &What) -> Option<String> {
    match what {
        What::Salvos { .. } => salvos(view, what),
        What::ShipsLost { force, cause, .. } | What::ForceLost { force, cause, .. } => {
            loss(view, force, cause)
        }
        What::Short { force, .. } | What::ConvoysLost { force, .. } | What::Starving { force } => {
            line(view, force)
        }
        What::Battle { place, .. } => {
            let bouts = view
                .report
                .iter()
                .filter(|e| matches!(&e.what, What::Bout { place: at, .. } if at == place));
            let told: Vec<String> = bouts.map(|e| sentence(&tell::entry(view, e))).collect();
            (!told.is_empty()).then(|| told.join("\n"))
        }
        What::DeedDone { sum, .. } if !sum.is_empty() => Some(sum.clone()),
        What::DeedBegun { deed, .. }
        | What::DeedOff { deed, .. }
        | What::DeedSuffered { deed, .. } => {
            let known = view.rules.deeds.get(deed)?;
            Some(known.summary.clone())
        }
        What::Reached { meter, value, .. } => {
            let sum = sums::gauge(view, meter, *value);
            Some(sum.lines().join("\n"))
        }
        What::ObjectiveChanged { objective, .. } => {
            let known = view.objectives.get(objective)?;
            Some(if known.met {
                say!("film-objective-met")
            } else {
                say!("film-objective-open")
            })
        }
        _ => None,
    }
}

/// The chance of a volley with all that made it, and what it let expect.
fn salvos(view: &SeatView, what: &What) -> Option<String> {
    let What::Salvos {
        weapon,
        chance,
        sum,
        salvos,
        shot_down,
        hits,
        ..
    } = what
    else {
        return None;
    };
    if *chance == 0 {
        return Some(say!("film-in-the-dark"));
    }
    let through = (salvos - shot_down).max(0);
    let expected = i64::from(through) * i64::from(*chance) / 100;
    let name = view
        .rules
        .weapons
        .get(weapon)
        .map_or(weapon.as_str(), |w| &w.name);
    let mut words = say!(
        "film-chance",
        weapon = name.to_owned(),
        chance = tell::share(i64::from(*chance)),
        n = through,
        expected = tell::tenths_text(expected),
        hits = *hits
    );
    if !sum.is_empty() {
        words = format!("{words}\n{sum}");
    }
    Some(words)
}

/// The volleys that did it.
fn loss(view: &SeatView, force: &Key<Force>, cause: &Cause) -> Option<String> {
    let told: Vec<String> = view
        .report
        .iter()
        .filter_map(|entry| match &entry.what {
            What::Salvos {
                target: Some(target),
                cause: of,
                hits,
                ..
            } if target == force && of == cause && *hits > 0 => salvos(view, &entry.what),
            What::Bout { bout, .. } if *cause == Cause::Bout(*bout) => {
                Some(sentence(&tell::entry(view, entry)))
            }
            _ => None,
        })
        .collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// How a force is supplied: its way, what it wanted, what came, what was lost where, the weakest place.
pub fn line(view: &SeatView, force: &Key<Force>) -> Option<String> {
    let line = &view.forces.get(force)?.line;
    let mut told = vec![say!(
        "film-supply",
        wanted = tell::tenths_text(i64::from(line.wanted)),
        delivered = tell::tenths_text(i64::from(line.delivered))
    )];
    if !line.path.is_empty() {
        let way: Vec<String> = line
            .path
            .iter()
            .map(|s| tell::sector(view, s.as_str()))
            .collect();
        told.push(say!("film-supply-way", way = way.join(", ")));
    }
    for (at, lost) in &line.lost {
        let at = tell::sector(view, at.as_str());
        told.push(say!(
            "film-supply-lost",
            place = at,
            lost = tell::tenths_text(i64::from(*lost))
        ));
    }
    if let Some((at, permille)) = line.weak.as_ref().filter(|(_, permille)| *permille < 1000) {
        let at = tell::sector(view, at.as_str());
        told.push(say!(
            "film-supply-weak",
            place = at,
            share = tell::share(i64::from(*permille))
        ));
    }
    if let Some(at) = &line.cut {
        told.push(say!(
            "film-supply-cut",
            place = tell::sector(view, at.as_str())
        ));
    }
    Some(told.join("\n"))
}
