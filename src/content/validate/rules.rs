//! The rules: every kind of thing under `assets/rules`.

use std::collections::BTreeMap;

use super::{
    Check, Known, MAX_DISTANCE, MAX_STRENGTH, MAX_TURNS, deeds::deed, meters::meter,
    modifiers::modifiers, sites, yes,
};
use crate::content::{
    Break, Class, Commander, Family, Ground, Hold, Key, Lesson, Meeting, Posture, Rules, Stance,
    Stock, Terrain, Trait, Trigger, Weapon,
    draft::{Draft, Shelf},
    ron::At,
    schema::{constants, rules as file},
};

/// Largest hull, hit points.
const MAX_HULL: i64 = 10_000;

/// The ids of every kind of rule.
pub(crate) struct RuleNames {
    pub(super) stocks: Known,
    pub(super) weapons: Known,
    pub(super) classes: Known,
    pub(super) terrain: Known,
    pub(super) stances: Known,
    pub(super) postures: Known,
    pub(super) meters: Known,
    pub(super) traits: Known,
    pub(super) commanders: Known,
    pub(super) site_kinds: Known,
    pub(super) deeds: Known,
}

impl RuleNames {
    pub(crate) fn of(draft: &Draft) -> Self {
        Self {
            stocks: draft.stocks.known("stock"),
            weapons: draft.weapons.known("weapon"),
            classes: draft.classes.known("class"),
            terrain: draft.terrain.known("terrain"),
            stances: draft.stances.known("stance"),
            postures: draft.postures.known("posture"),
            meters: draft.meters.known("meter"),
            traits: draft.traits.known("trait"),
            commanders: draft.commanders.known("commander"),
            site_kinds: draft.site_kinds.known("kind of site"),
            deeds: draft.deeds.known("deed"),
        }
    }
}

/// All rules of the draft.
pub(crate) fn rules(check: &mut Check<'_>, names: &RuleNames, draft: &Draft) -> Rules {
    let constants = constants::narrowed(&draft.constants, check);
    for (name, pair) in [
        ("bout_luck", constants.bout_luck),
        ("sensors", constants.sensors),
        ("supply_reach", constants.supply_reach),
    ] {
        if pair.0 > pair.1 {
            let span = draft.constants.last().map(|(span, _)| *span);
            check.error(
                "wrong-order",
                span.unwrap_or_default(),
                format!("`{name}` goes down: the second number is smaller than the first"),
                "write the smaller number first",
            );
        }
    }
    let rules = Rules {
        constants,
        stocks: each(&draft.stocks, |f| stock(check, names, f)),
        weapons: each(&draft.weapons, |f| weapon(check, names, f)),
        classes: each(&draft.classes, |f| class(check, names, f)),
        terrain: each(&draft.terrain, |f| terrain(check, names, f)),
        stances: each(&draft.stances, |f| stance(check, names, f, draft)),
        postures: each(&draft.postures, |f| posture(check, names, f)),
        meetings: meetings(check, names, draft),
        meters: each(&draft.meters, |f| meter(check, names, f)),
        traits: each(&draft.traits, |f| quality(check, names, f)),
        commanders: each(&draft.commanders, |f| commander(check, names, f)),
        site_kinds: each(&draft.site_kinds, |f| sites::site_kind(check, names, f)),
        deeds: each(&draft.deeds, |f| deed(check, names, f)),
        touched: Default::default(),
    };
    magazines(check, &rules, draft);
    sites::together(check, &rules, draft);
    rules
}

fn each<F, T>(shelf: &Shelf<F>, mut make: impl FnMut(&F) -> T) -> BTreeMap<Key<T>, T> {
    shelf
        .iter()
        .map(|(id, thing)| (Key::new(id), make(thing)))
        .collect()
}

fn stock(check: &mut Check<'_>, names: &RuleNames, file: &file::Stock) -> Stock {
    let troops = file.troops.as_ref().and_then(At::get);
    Stock {
        name: check.text(&file.name, "name"),
        reserve: yes(&file.reserve),
        troops: troops.map(|troops| sites::troops(check, names, troops)),
    }
}

fn weapon(check: &mut Check<'_>, names: &RuleNames, file: &file::Weapon) -> Weapon {
    let trigger = file.trigger.get().map_or(Trigger::Salvo, |t| (*t).into());
    let range = check.number(&file.range, 1..=MAX_DISTANCE, "range");
    Weapon {
        name: check.text(&file.name, "name"),
        trigger,
        stock: check.maybe_known(&file.stock, &names.stocks),
        range,
        accuracy: check.number(&file.accuracy, 0..=10_000, "accuracy"),
        falloff: check.number(&file.falloff, 0..=1_000_000, "falloff"),
        accuracy_cap: check.number_or(&file.accuracy_cap, 0..=1_000, "accuracy_cap", 900),
        damage: check.ascending(&file.damage, 0..=MAX_HULL, "damage"),
        tempo: check.number(&file.tempo, 1..=100_000, "tempo"),
        interceptable: yes(&file.interceptable),
        scatter: check.number_or(&file.scatter, 0..=1_000, "scatter", 0),
        reveals: check.number_or(&file.reveals, 0..=MAX_DISTANCE, "reveals", 0),
        shakes: check.number_or(&file.shakes, 0..=1_000, "shakes", 0),
        modifiers: modifiers(check, names, &file.modifiers),
    }
}

fn class(check: &mut Check<'_>, names: &RuleNames, file: &file::Class) -> Class {
    Class {
        name: check.text(&file.name, "name"),
        role: file
            .role
            .get()
            .map_or(crate::content::Role::Screen, |r| (*r).into()),
        hull: check.number(&file.hull, 1..=MAX_HULL, "hull"),
        speed: check.number(&file.speed, 0..=MAX_DISTANCE, "speed"),
        weapons: check.amounts(&file.weapons, &names.weapons, 1..=100),
        magazine: check.amounts(&file.magazine, &names.stocks, 1..=10_000),
        intercept: check.number_or(&file.intercept, 0..=100_000, "intercept", 0),
        modifiers: modifiers(check, names, &file.modifiers),
        special: yes(&file.special),
    }
}

/// A class whose weapon uses a stock that it cannot carry would never fire.
fn magazines(check: &mut Check<'_>, rules: &Rules, draft: &Draft) {
    for (id, file) in draft.classes.iter() {
        let magazine = &rules.classes[id].magazine;
        for (weapon, _) in &file.weapons.0 {
            let Some(found) = weapon.get().and_then(|w| rules.weapons.get(w.as_str())) else {
                continue;
            };
            if let Some(stock) = found.stock.as_ref().filter(|s| !magazine.contains_key(*s)) {
                check.error(
                    "no-magazine",
                    weapon.span,
                    format!("class `{id}` cannot carry `{stock}`, which this weapon uses up"),
                    &format!("add `magazine: {{\"{stock}\": ...}}`"),
                );
            }
        }
    }
}

fn terrain(check: &mut Check<'_>, names: &RuleNames, file: &file::Terrain) -> Terrain {
    Terrain {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        frontage: check.number(&file.frontage, 1..=MAX_STRENGTH, "frontage"),
        cover: yes(&file.cover),
        stops: yes(&file.stops),
        modifiers: modifiers(check, names, &file.modifiers),
    }
}

fn family(file: &file::Stance) -> Family {
    file.family.get().map_or(Family::Attack, |f| (*f).into())
}

fn stance(check: &mut Check<'_>, names: &RuleNames, file: &file::Stance, draft: &Draft) -> Stance {
    let other = file
        .otherwise
        .get()
        .and_then(|id| draft.stances.get(id.as_str()));
    if other.is_some_and(|other| family(other) == family(file)) {
        check.error(
            "same-family",
            file.otherwise.span,
            "a stance counts as one of the other family when it must, and this one is of its own"
                .into(),
            "name a stance of the other family",
        );
    }
    Stance {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        family: family(file),
        otherwise: check.known(&file.otherwise, &names.stances),
        prepares: yes(&file.prepares),
        passes: yes(&file.passes),
        slowed_to: file
            .slowed_to
            .as_ref()
            .map(|at| check.number(at, 0..=MAX_DISTANCE, "slowed_to")),
        fixed: yes(&file.fixed),
        lures: yes(&file.lures),
        holds: file.holds.as_ref().and_then(At::get).map(|hold| Hold {
            days: check.number(&hold.days, 1..=MAX_TURNS, "days"),
            fire_loss: check.number(&hold.fire_loss, 0..=1_000_000, "fire_loss"),
            readiness: check.number(&hold.readiness, 0..=1_000, "readiness"),
        }),
        needs_readiness: check.number_or(&file.needs_readiness, 0..=1_000, "needs_readiness", 0),
        upkeep: check.number_or(&file.upkeep, 0..=1_000, "upkeep", 0),
        modifiers: modifiers(check, names, &file.modifiers),
    }
}

fn posture(check: &mut Check<'_>, names: &RuleNames, file: &file::Posture) -> Posture {
    Posture {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        special: yes(&file.special),
        moves: file.moves.is_none() || yes(&file.moves),
        shelters: yes(&file.shelters),
        interdicts: yes(&file.interdicts),
        evades: yes(&file.evades),
        besieges: yes(&file.besieges),
        supports: yes(&file.supports),
        stays: yes(&file.stays),
        readiness: check.number_or(&file.readiness, -1_000..=1_000, "readiness", 0),
        modifiers: modifiers(check, names, &file.modifiers),
    }
}

fn meetings(
    check: &mut Check<'_>,
    names: &RuleNames,
    draft: &Draft,
) -> BTreeMap<(Key<Stance>, Key<Stance>), Meeting> {
    let mut table = BTreeMap::new();
    for (_, file) in draft.meetings.iter() {
        let pair = (
            check.known(&file.attack, &names.stances),
            check.known(&file.defend, &names.stances),
        );
        for (at, wanted, word) in [
            (&file.attack, Family::Attack, "attack"),
            (&file.defend, Family::Defend, "defend"),
        ] {
            let stance = at.get().and_then(|id| draft.stances.get(id.as_str()));
            if stance.is_some_and(|stance| family(stance) != wanted) {
                check.error(
                    "wrong-family",
                    at.span,
                    format!("this stance does not {word}"),
                    &format!("name a stance whose family is to {word}"),
                );
            }
        }
        let meeting = Meeting {
            attacker: check.number(&file.attacker, 0..=10_000, "attacker"),
            defender: check.number(&file.defender, 0..=10_000, "defender"),
            bouts: check.number(&file.bouts, 1..=100, "bouts"),
            lures: yes(&file.lures),
            ground: file
                .ground
                .get()
                .map_or(Ground::Contested, |g| ground(check, g)),
        };
        table.insert(pair, meeting);
    }
    complete(check, draft, &table);
    table
}

/// Every attack must be told against every defence; said at whichever of the two came later.
fn complete(
    check: &mut Check<'_>,
    draft: &Draft,
    table: &BTreeMap<(Key<Stance>, Key<Stance>), Meeting>,
) {
    let of = |wanted| {
        let all = draft.stances.iter();
        all.filter(move |(_, stance)| family(stance) == wanted)
    };
    for (attack, attacker) in of(Family::Attack) {
        for (defend, defender) in of(Family::Defend) {
            if !table.contains_key(&(Key::new(attack), Key::new(defend))) {
                check.error(
                    "missing-meeting",
                    attacker.id.span.max(defender.id.span),
                    format!("the meeting table does not say how `{attack}` meets `{defend}`"),
                    &format!(
                        "add `(attack: \"{attack}\", defend: \"{defend}\", ...)` to meetings.ron"
                    ),
                );
            }
        }
    }
}

fn ground(check: &mut Check<'_>, file: &file::Ground) -> Ground {
    match file {
        file::Ground::Defender => Ground::Defender,
        file::Ground::Yields(lanes) => Ground::Yields(check.number(lanes, 1..=10, "lanes")),
        file::Ground::Contested => Ground::Contested,
        file::Ground::Stands {
            defender_loss,
            defender_readiness,
            days,
            attacker_loss,
        } => Ground::Stands(Break {
            defender_loss: check.number(defender_loss, 0..=1_000, "defender_loss"),
            defender_readiness: check.number(defender_readiness, 0..=1_000, "defender_readiness"),
            days: check.number(days, 1..=MAX_TURNS, "days"),
            attacker_loss: check.number(attacker_loss, 0..=1_000, "attacker_loss"),
        }),
    }
}

fn quality(check: &mut Check<'_>, names: &RuleNames, file: &file::Trait) -> Trait {
    Trait {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        modifiers: modifiers(check, names, &file.modifiers),
        until: file.until.as_ref().and_then(At::get).map(|lesson| Lesson {
            loss: check.number(&lesson.loss, 1..=1_000, "loss"),
            turn: check.number(&lesson.turn, 1..=MAX_TURNS, "turn"),
        }),
    }
}

fn commander(check: &mut Check<'_>, names: &RuleNames, file: &file::Commander) -> Commander {
    Commander {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        traits: check.all_known(&file.traits, &names.traits),
        captive: check.maybe_known(&file.captive, &names.stocks),
        source: check.text(&file.source, "source"),
    }
}
