//! What a screen shows, by the names of its kinds: pages, lists, questions, things. Of each kind there must be a
//! screen; one that nobody has put into the list is found, and one that is not known here does not compile.

use std::collections::BTreeSet;

use crate::{
    chart::{Overlay, Tag},
    gui::{
        Asking, Dock, Game, Page,
        around::Leaf,
        command::{
            checklist::Matter,
            list::{Kind, Verb},
            tree::{Filter, Grouping},
        },
        shelf::Note,
    },
    sim::order::Action,
};

/// Names the variants of a type, each with the type before it, and lists these names.
macro_rules! kinds {
    ($($type:ident as $name:ident { $($variant:ident),+ $(,)? })+) => {
        $(fn $name(one: &$type) -> &'static str {
            match one {
                $($type::$variant { .. } => concat!(stringify!($type), " ", stringify!($variant)),)+
            }
        })+

        /// All that there must be a screen of.
        pub const ALL: &[&str] = &[
            $($(concat!(stringify!($type), " ", stringify!($variant)),)+)+
            "Film playing", "Film paused", "Film of a battle", "Curtain", "Verdict", "Story", "Cut short", "Key awaited",
            "Key clash", "Group", "Sums open", "Forecast", "Large report", "Put away", "Busy", "Message", "Letters typed", "Watched", "Entered",
            "Guide", "Guide that is over", "Guided war offered", "Content broken", "Content broken, folded", "Mod off",
        ];
    };
}

kinds! {
    Leaf as leaf { Briefing, Saves, Settings, Help, Reference, Battles, Chronicle, Against, Theatre, Mods }
    Page as page { Selection, Outlook, Reserves, Report, Score, Council, Film, Overlay, Record, Take }
    Overlay as overlay { None, Supply, Reach, Knowledge, Control, Objectives }
    Verb as verb {
        Go, Then, Halt, Follow, FallBack, Stance, Posture, Fire, FireBest, Policy, LossLimit, Leash, Split, Merge, Deed, Land, Lift, Deploy,
        Forces, Find,
    }
    Kind as figure {
        Pace, Cue, CueFigure, Distance, Strength, Gun, Salvos, Overcharge, Blind, Cargo, Units, Hulls, Filter, Grouping,
    }
    Asking as asking { Name, Leave, Rest }
    Tag as tag { Lane, Sector, Site, Contact, Force }
    Dock as dock { Left, Right, Bottom }
    Note as note { NoScenario, NoMod, OtherRules, Changed }
    Filter as filter { All, Idle, Contact, Supply }
    Grouping as grouping { Faction, Commander, Region, Task }
    Matter as matter { Doubt, March, Held, BreaksOff, Retreat, Leaves, UnderFire, Starves, Loaded, Idle }
}

/// What the game shows now.
pub fn shown(game: &Game) -> BTreeSet<&'static str> {
    let mut kinds = BTreeSet::new();
    let around = &game.around;
    let mut is = |so: bool, name: &'static str| _ = so.then(|| kinds.insert(name));
    is(around.cut_short.is_some(), "Cut short");
    is(around.catching.is_some(), "Key awaited");
    is(around.clash.is_some(), "Key clash");
    is(around.curtain.is_some(), "Curtain");
    is(!around.put_away.is_empty(), "Put away");
    is(game.is_busy(), "Busy");
    is(game.message.is_some(), "Message");
    let live = &game.live;
    let is_wrong = !live.shown().is_empty() && around.leaf != Some(Leaf::Mods);
    is(is_wrong && live.is_unfolded, "Content broken");
    is(is_wrong && !live.is_unfolded, "Content broken, folded");
    is(
        live.mods.iter().any(|row| !row.is_on) && around.leaf == Some(Leaf::Mods),
        "Mod off",
    );
    kinds.extend(game.asking.as_ref().map(asking));
    if let Some(open) = &around.leaf {
        kinds.insert(leaf(open));
        if *open == Leaf::Saves {
            let notes = around.shelf.wars().iter().flat_map(|saved| &saved.notes);
            kinds.extend(notes.map(note));
        }
    }
    let mut is = |so: bool, name: &'static str| _ = so.then(|| kinds.insert(name));
    is(game.offered().is_some(), "Guided war offered");
    let led = game.led().filter(|_| game.settings.guide);
    let step = led.map(|led| led.current);
    is(step.is_some_and(|step| step.is_some()), "Guide");
    is(step == Some(None), "Guide that is over");
    let Some(session) = game.session.as_ref().filter(|_| around.leaf.is_none()) else {
        return kinds;
    };
    if session.view.ended.is_some() && !session.verdict_closed {
        kinds.insert("Verdict");
        kinds.extend(game.film.story().map(|_| "Story"));
        return kinds;
    }
    let mut is = |so: bool, name: &'static str| _ = so.then(|| kinds.insert(name));
    is(session.watch.is_some(), "Watched");
    is(session.following.entered, "Entered");
    kinds.extend([page(&game.page), overlay(&game.overlay)]);
    kinds.extend(game.selection.what.as_ref().map(tag));
    let state = &game.command;
    kinds.extend([filter(&state.sieve.filter), grouping(&state.sieve.grouping)]);
    if let Some(list) = &state.list {
        kinds.insert(verb(&list.verb));
        kinds.extend(list.knobs.iter().map(|knob| figure(&knob.kind)));
        kinds.extend((!list.typed.is_empty()).then_some("Letters typed"));
    }
    // What has no choices is ordered at once.
    kinds.extend(
        session
            .pending
            .iter()
            .filter_map(|order| match order.action {
                Action::Halt => Some(verb(&Verb::Halt)),
                Action::Leash => Some(verb(&Verb::Leash)),
                Action::Fire { .. } => Some(verb(&Verb::FireBest)),
                _ => None,
            }),
    );
    let items = state
        .checklist
        .iter()
        .flat_map(|checklist| &checklist.items);
    kinds.extend(items.map(|item| matter(&item.matter)));
    let docks = [Dock::Left, Dock::Right, Dock::Bottom];
    kinds.extend(docks.iter().filter(|d| game.is_folded(**d)).map(dock));
    let mut is = |so: bool, name: &'static str| _ = so.then(|| kinds.insert(name));
    is(state.chosen.len() > 1, "Group");
    is(game.reading.lines, "Sums open");
    let detail = game
        .reading
        .here()
        .and_then(|answer| answer.detail.as_ref());
    is(detail.is_some(), "Forecast");
    is(game.film.is_large, "Large report");
    let run = game.film.run().map(|run| run.is_playing);
    is(run == Some(true), "Film playing");
    is(run == Some(false), "Film paused");
    let beat = game.film.beat().and_then(|beat| beat.battle.as_ref());
    is(beat.is_some(), "Film of a battle");
    kinds
}
