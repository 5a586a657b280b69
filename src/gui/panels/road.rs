//! What lies on the road of a march: hostile forces that would stop it, guns into whose reach it comes, what the places take,
//! and a way round.

use bevy_egui::egui::{Label, RichText, Ui};

use super::orders::Desk;
use crate::{
    content::{Force, Key},
    gui::{
        Table, UiAction,
        command::rows::arrival,
        theme,
        words::{self, say},
    },
    sim::{
        order::{Action, Cue, Pace, Peril, arrivals, in_reach_of, perils, tolls, way_round},
        view::{Leg, OwnForce},
    },
    war::tell,
};

/// Names that a line has room for; of others it says how many they are.
const NAMED: usize = 3;

/// Shows it for a queue of marches; nothing if nothing is known to be on it.
pub fn show(
    ui: &mut Ui,
    table: &Table,
    (key, force): (&Key<Force>, &OwnForce),
    queue: &[Leg],
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let graph = &table.command.graph;
    let found = perils(view, graph, force, queue);
    for peril in &found {
        said(ui, peril_words(table, force, peril));
    }
    let reach = table.digest.reach().foreign;
    let mut near = in_reach_of(view, graph, force, queue, reach);
    near.retain(|contact| !found.iter().any(|peril| peril.who.contains(contact)));
    if !near.is_empty() {
        said(ui, say!("road-reach", who = named(table, &near)));
    }
    for (at, share) in tolls(view, graph, force, queue) {
        let place = tell::sector(view, at.as_str());
        let words = say!("queue-toll", place = place, share = tell::share(share));
        said(ui, words);
    }
    if let [leg] = queue
        && leg.cue == Cue::None
        && found.iter().any(|peril| !peril.goal)
    {
        round(ui, table, (key, force), leg, actions);
    }
}

fn said(ui: &mut Ui, words: String) {
    let words = RichText::new(words).size(theme::CAPTION);
    ui.add(Label::new(words.color(theme::attention())).wrap());
}

/// Where, who, and what it may cost in words.
fn peril_words(table: &Table, force: &OwnForce, peril: &Peril) -> String {
    let view = table.view;
    let passes = view.rules.stances.get(&force.stance);
    let ours = force.strength.max(1);
    let odds = match peril.strength * 2 {
        theirs if theirs < ours => "weak",
        theirs if theirs < 3 * ours / 2 => "less",
        theirs if theirs <= 5 * ours / 2 => "even",
        theirs if theirs <= 4 * ours => "more",
        _ => "far",
    };
    let (place, who) = (
        tell::sector(view, peril.at.as_str()),
        named(table, &peril.who),
    );
    let sp = tell::strength(peril.strength);
    let odds = words::of("road-odds", odds);
    if peril.goal {
        say!("road-goal", place = place, who = who, sp = sp, odds = odds)
    } else if passes.is_some_and(|stance| stance.passes) {
        say!("road-past", place = place, who = who, sp = sp, odds = odds)
    } else {
        say!(
            "road-through",
            place = place,
            who = who,
            sp = sp,
            odds = odds
        )
    }
}

fn named(table: &Table, who: &[Key<crate::sim::view::Contact>]) -> String {
    let names = who.iter().take(NAMED);
    let mut names: Vec<String> = names.map(|k| tell::force(table.view, k.as_str())).collect();
    if who.len() > NAMED {
        names.push(say!("overlay-more", n = who.len() - NAMED));
    }
    names.join(", ")
}

/// The same march by a way that passes nobody known to be hostile, if there is one.
fn round(
    ui: &mut Ui,
    table: &Table,
    (key, force): (&Key<Force>, &OwnForce),
    leg: &Leg,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let graph = &table.command.graph;
    let Some(stops) = way_round(view, graph, force, &leg.to) else {
        theme::note(ui, say!("road-no-way-round"));
        return;
    };
    let legs: Vec<Leg> = stops
        .iter()
        .map(|to| Leg {
            to: to.clone(),
            ..leg.clone()
        })
        .collect();
    let done = arrivals(view, graph, force, &legs)
        .last()
        .copied()
        .flatten();
    let by: Vec<String> = stops[..stops.len() - 1]
        .iter()
        .map(|stop| tell::sector(view, stop.as_str()))
        .collect();
    let words = say!(
        "road-round",
        way = by.join(", "),
        turn = arrival(view, done)
    );
    let mut desk = Desk {
        table,
        key,
        actions,
    };
    let pace: Pace = leg.pace;
    desk.give_for(
        ui,
        &say!("road-go-round"),
        &words,
        Action::Go { stops, pace },
    );
    theme::note(ui, words);
}
