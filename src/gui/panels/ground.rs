//! Why a place is held or not: what the rules say of the stances that meet there, before any dice. A figure like "0 %" is
//! mostly this and not bad luck.

use std::collections::BTreeMap;

use bevy_egui::egui::Ui;

use crate::{
    content::{Family, Force, Ground, Key, Stance},
    gui::{Table, foresee::Fight, theme, words::say},
    sim::{order::Action, view::OwnForce},
    war::tell,
};

/// Shows it for a fight whose end is not certain to be good.
pub fn show(ui: &mut Ui, table: &Table, fight: &Fight) {
    if fight.outlook.forecast.holds >= CERTAIN {
        return;
    }
    for words in why(table, fight) {
        theme::note(ui, words);
    }
}

/// Chance from which on nothing is explained, permille.
const CERTAIN: i32 = 950;

/// The stance of a force this turn, as the pending orders leave it.
fn stance<'a>(table: &'a Table, key: &Key<Force>, force: &'a OwnForce) -> &'a Key<Stance> {
    let ordered = table.pending.iter().filter(|o| o.force == *key);
    let taken = |stance: &&Key<Stance>| {
        let known = table.view.rules.stances.get(*stance);
        known.is_some_and(|known| !known.prepares)
    };
    let mut ordered = ordered.filter_map(|o| match &o.action {
        Action::Stance(stance) => Some(stance),
        _ => None,
    });
    let standing = force.forming.as_ref().unwrap_or(&force.stance);
    ordered.rfind(taken).unwrap_or(standing)
}

/// What the rules say of who has the place, a sentence each.
fn why(table: &Table, fight: &Fight) -> Vec<String> {
    let view = table.view;
    let rules = &view.rules;
    let ours = fight.outlook.with.iter();
    let ours: Vec<(&Key<Force>, &OwnForce)> = ours
        .filter_map(|key| view.forces.get_key_value(key))
        .collect();
    // The stance of most strength counts for all of a party.
    let mut weights: BTreeMap<&Key<Stance>, i64> = BTreeMap::new();
    for (key, force) in &ours {
        *weights.entry(stance(table, key, force)).or_default() += force.strength;
    }
    let Some((chosen, _)) = weights.into_iter().max_by_key(|(_, strength)| *strength) else {
        return Vec::new();
    };
    let Some(known) = rules.stances.get(chosen) else {
        return Vec::new();
    };
    let enters = ours.iter().any(|(_, f)| *f.place.sector() != fight.place);
    let attacks = enters || known.family == Family::Attack;
    let family = if attacks {
        Family::Attack
    } else {
        Family::Defend
    };
    let chosen = if known.family == family {
        chosen
    } else {
        &known.otherwise
    };
    let seen = fight.outlook.against.iter();
    let seen: Vec<&Key<Stance>> = seen
        .filter_map(|key| view.contacts.get(key)?.stance.as_ref())
        .collect();
    let mut met: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    for ((attack, defend), meeting) in &rules.meetings {
        let (own, other) = if attacks {
            (attack, defend)
        } else {
            (defend, attack)
        };
        if own != chosen || !(seen.is_empty() || seen.contains(&other)) {
            continue;
        }
        let kind = match meeting.ground {
            Ground::Defender => "keeps",
            Ground::Yields(_) => "gives",
            Ground::Contested => "day",
            Ground::Stands(_) => "stands",
        };
        let name = rules.stances.get(other).map_or(other.as_str(), |s| &s.name);
        met.entry(kind).or_default().push(name);
    }
    let name = rules
        .stances
        .get(chosen)
        .map_or(chosen.as_str(), |s| &s.name);
    let said = met.into_iter().map(|(kind, others)| {
        let others = others.join(", ");
        match (attacks, kind) {
            (true, "keeps") => say!("ground-not-taken", stance = name, others = others),
            (true, "gives") => say!("ground-taken", stance = name, others = others),
            (true, "day") => say!("ground-taken-later", stance = name, others = others),
            (true, _) => say!("ground-to-break", stance = name, others = others),
            (false, "keeps") => say!("ground-kept", stance = name, others = others),
            (false, "gives") => say!("ground-given", stance = name, others = others),
            (false, "day") => say!("ground-day", stance = name, others = others),
            (false, _) => say!("ground-stood", stance = name, others = others),
        }
    });
    let mut said: Vec<String> = said.collect();
    let holds = rules.stances.get(chosen).and_then(|s| s.holds.as_ref());
    if let (false, Some(hold)) = (attacks, holds) {
        let terrain = view.map.sectors.get(&fight.place).map(|s| &s.terrain);
        let cover = terrain
            .and_then(|t| rules.terrain.get(t))
            .is_some_and(|t| t.cover);
        let held = ours.iter().map(|(_, f)| f.held).max().unwrap_or(0);
        said.push(if held >= hold.days {
            say!("ground-hold-over", n = hold.days)
        } else if cover {
            say!("ground-hold-cover", n = hold.days)
        } else {
            let sp = tell::strength(hold.fire_loss);
            say!("ground-hold-fire", n = hold.days, sp = sp)
        });
    }
    said
}
