//! One turn's report as moments: each a sentence, and how much it weighs beside the others. What happened many times on a
//! day is one moment.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    content::{Force, Key, Sector, Side, Weapon},
    sim::{
        journal::{Entry, Party, What},
        view::SeatView,
    },
    war::{chronicle::is_foreign, tell},
};

/// What happened, in a sentence.
pub struct Moment {
    /// How much it weighs: what it cost or was worth, as hit points of ships.
    pub weight: i64,
    /// The sentence.
    pub text: String,
}

/// Weights of what costs no ships, as hit points of ships.
mod weight {
    /// A sector, and one that the verdict or an objective asks about.
    pub const SECTOR: (i64, i64) = (15, 250);
    /// A site that changes hands, and one that is destroyed.
    pub const SITE: (i64, i64) = (400, 500);
    /// A force that is no more, beside its ships.
    pub const FORCE: i64 = 100;
    /// A flagship.
    pub const FLAGSHIP: i64 = 300;
    /// War, peace, and who changes sides.
    pub const RELATION: i64 = 600;
    /// An objective fulfilled, and lost again.
    pub const OBJECTIVE: (i64, i64) = (250, 100);
    /// A threshold of a meter.
    pub const METER: i64 = 200;
    /// A deed done, and one suffered.
    pub const DEED: (i64, i64) = (150, 120);
    /// Half of a reserve gone, and all of it.
    pub const RESERVE: (i64, i64) = (300, 500);
}

/// What flew on a turn with one weapon.
#[derive(Default)]
struct Fire {
    salvos: i64,
    hits: i64,
    hp: i64,
}

/// The parts of a report that are told together.
#[derive(Default)]
struct Gathered<'a> {
    /// By whether the fire was own, and weapon.
    fire: BTreeMap<(bool, &'a Key<Weapon>), Fire>,
    /// Names and strength of those that came, and of those called away.
    came: (Vec<String>, i64),
    left: (Vec<String>, i64),
    pursued: i64,
    /// Hulls and hit points, lost and won.
    captured: (i64, i64),
    boarded: (i64, i64),
    /// Own forces by name, foreign by number, and their strength before.
    gone: (Vec<String>, i64),
    wiped_out: (i64, i64),
    /// By who holds them now.
    taken: BTreeMap<Option<&'a Key<Side>>, Vec<&'a Key<Sector>>>,
    /// In the order of the report.
    others: Vec<Moment>,
}

/// The moments of a turn in the order of the day: fire, what came and went, battles, ground, the rest.
pub fn of(before: &SeatView, after: &SeatView) -> Vec<Moment> {
    let mut all = Gathered::default();
    for entry in &after.report {
        all.gather(before, after, entry);
    }
    let mut told = all.told(after);
    told.extend(reserves(before, after));
    told.retain(|m| !m.text.is_empty());
    told
}

impl<'a> Gathered<'a> {
    fn gather(&mut self, before: &SeatView, view: &SeatView, entry: &'a Entry) {
        let own = |force: &Key<Force>| !is_foreign(view, force);
        let strength = |force: &Key<Force>| {
            let known = [before, view].into_iter().find_map(|v| v.forces.get(force));
            known.map_or(0, |f| f.strength)
        };
        let mut say = |weight: i64, key: &str, fields: Value| {
            self.others.push(Moment {
                weight,
                text: tell::sentence(view, key, &fields),
            });
        };
        match &entry.what {
            What::Salvos {
                firer,
                weapon,
                salvos,
                hits,
                hp,
                ..
            } => {
                let fire = self.fire.entry((own(firer), weapon)).or_default();
                fire.salvos += i64::from(*salvos);
                fire.hits += i64::from(*hits);
                fire.hp += hp;
            }
            What::Battle {
                place,
                attacker,
                defender,
                ground,
                ..
            } => {
                let (role, ours, theirs) = match (&attacker.side, &defender.side) {
                    (side, _) if *side == view.side => ("attack", attacker, defender),
                    (_, side) if *side == view.side => ("defence", defender, attacker),
                    _ => return,
                };
                let result = serde_json::to_value(ground).unwrap_or_default();
                let key = format!("battle-{role}-{}", result.as_str().unwrap_or_default());
                let lost = |party: &Party| party.lost;
                let fields = json!({
                    "place": place,
                    "ours": ours.strength,
                    "theirs": theirs.strength,
                    "lost": tell::fine_strength(lost(ours)),
                    "dealt": tell::fine_strength(lost(theirs)),
                });
                say(lost(ours) + lost(theirs), &key, fields);
            }
            What::Pursued { force, hp, .. } if own(force) => self.pursued += hp,
            What::Captured {
                force, hulls, hp, ..
            } => {
                let which = match own(force) {
                    true => &mut self.captured,
                    false => &mut self.boarded,
                };
                which.0 += i64::from(*hulls);
                which.1 += hp;
            }
            What::ForceLost { force, .. } if own(force) => {
                self.gone.0.push(tell::force(before, force.as_str()));
                self.gone.1 += weight::FORCE + strength(force);
            }
            What::ForceLost { force, .. } => {
                let known = before.contacts.get(force.as_str());
                self.wiped_out.0 += 1;
                self.wiped_out.1 += weight::FORCE + known.map_or(0, |c| c.strength.1);
            }
            What::Arrived { force, .. } | What::Deployed { force, .. } if own(force) => {
                self.came.0.push(tell::force(view, force.as_str()));
                self.came.1 += strength(force);
            }
            What::Left { force } if own(force) => {
                self.left.0.push(tell::force(before, force.as_str()));
                self.left.1 += strength(force);
            }
            What::FlagshipLost {
                force,
                commander,
                fate,
            } => {
                let key = match own(force) {
                    true => "flagship-own",
                    false => "flagship-theirs",
                };
                let fields = json!({ "force": force, "commander": commander, "fate": fate });
                say(weight::FLAGSHIP, key, fields);
            }
            What::SectorTaken { sector, by, .. } => {
                self.taken.entry(by.as_ref()).or_default().push(sector);
            }
            What::SiteTaken { site, by, .. } => {
                let fields = json!({ "site": site, "by": by });
                say(weight::SITE.0, "site-taken", fields);
            }
            What::SiteTurned { site, by, .. } => {
                let fields = json!({ "site": site, "by": by });
                say(weight::SITE.0, "site-turned", fields);
            }
            What::SiteRazed { site, .. } => {
                say(weight::SITE.1, "site-razed", json!({ "site": site }));
            }
            What::Related {
                one,
                other,
                hostile,
                ..
            } => {
                let fields = json!({ "one": one, "other": other, "hostile": hostile });
                say(weight::RELATION, "related", fields);
            }
            // What is so from the beginning is nothing that happened.
            What::ObjectiveChanged { objective, met } if before.turn > 1 => {
                let (weight, key) = match met {
                    true => (weight::OBJECTIVE.0, "objective-met"),
                    false => (weight::OBJECTIVE.1, "objective-lost"),
                };
                say(weight, key, json!({ "objective": objective }));
            }
            What::MeterReached { name, .. } | What::Reached { name, .. } => {
                say(weight::METER, "meter", json!({ "name": name }));
            }
            What::DeedDone {
                force,
                deed,
                success: true,
                ..
            } if own(force) => {
                let fields = json!({ "force": force, "deed": deed });
                say(weight::DEED.0, "deed", fields);
            }
            What::DeedSuffered { at, deed } => {
                let fields = json!({ "at": at, "deed": deed });
                say(weight::DEED.1, "suffered", fields);
            }
            _ => {}
        }
    }

    fn told(self, view: &SeatView) -> Vec<Moment> {
        let mut all = Vec::new();
        let mut say = |weight: i64, key: &str, fields: Value| {
            all.push(Moment {
                weight,
                text: tell::sentence(view, key, &fields),
            });
        };
        for ((own, weapon), fire) in &self.fire {
            let key = match (own, fire.hits) {
                (true, 0) => "fire-own-vain",
                (true, _) => "fire-own",
                (false, 0) => "fire-theirs-vain",
                (false, _) => "fire-theirs",
            };
            let fields = json!({
                "weapon": weapon,
                "salvos": fire.salvos,
                "hits": fire.hits,
                "hp": tell::fine_strength(fire.hp),
            });
            say(fire.hp, key, fields);
        }
        if !self.came.0.is_empty() {
            let fields = json!({ "names": tell::listed(&self.came.0), "hp": self.came.1 });
            say(self.came.1 / 3, "came", fields);
        }
        if !self.left.0.is_empty() {
            let fields = json!({ "names": tell::listed(&self.left.0), "hp": self.left.1 });
            say(self.left.1 / 2, "left", fields);
        }
        let mut all: Vec<Moment> = all.into_iter().chain(self.others).collect();
        let mut say = |weight: i64, key: &str, fields: Value| {
            all.push(Moment {
                weight,
                text: tell::sentence(view, key, &fields),
            });
        };
        if self.pursued > 0 {
            let fields = json!({ "hp": tell::fine_strength(self.pursued) });
            say(self.pursued, "pursued", fields);
        }
        for (key, (hulls, hp)) in [("captured", self.captured), ("boarded", self.boarded)] {
            if hulls > 0 {
                say(hp, key, json!({ "hulls": hulls }));
            }
        }
        if !self.gone.0.is_empty() {
            let fields = json!({ "names": tell::listed(&self.gone.0) });
            say(self.gone.1, "gone", fields);
        }
        if self.wiped_out.0 > 0 {
            say(
                self.wiped_out.1,
                "wiped-out",
                json!({ "n": self.wiped_out.0 }),
            );
        }
        let matters = matters(view);
        for (by, sectors) in &self.taken {
            let (base, more) = weight::SECTOR;
            let weight = sectors.iter().map(|sector| match matters.contains(sector) {
                true => base + more,
                false => base,
            });
            // What matters is named first.
            let mut sectors = sectors.clone();
            sectors.sort_by_key(|sector| !matters.contains(sector));
            let names: Vec<String> = sectors
                .iter()
                .map(|s| tell::sector(view, s.as_str()))
                .collect();
            let fields = json!({ "names": tell::listed(&names), "by": by });
            let key = match by {
                Some(side) if **side == view.side => "taken-own",
                Some(_) => "taken",
                None => "given-up",
            };
            say(weight.sum(), key, fields);
        }
        all
    }
}

/// Sectors that the verdict or an objective asks about.
fn matters(view: &SeatView) -> BTreeSet<&Key<Sector>> {
    let asked = view.verdict.terms.values().filter_map(|t| t.kind.when());
    let objectives = view.objectives.values().map(|o| &o.when);
    asked
        .chain(objectives)
        .flat_map(|when| view.places(when))
        .collect()
}

/// Reserves of which half, or all, is gone since.
fn reserves(before: &SeatView, after: &SeatView) -> Vec<Moment> {
    let mut all = Vec::new();
    for (stock, reserve) in &after.reserves {
        let kept = after.rules.stocks.get(stock);
        let Some(then) = before.reserves.get(stock) else {
            continue;
        };
        if !kept.is_some_and(|s| s.reserve) {
            continue;
        }
        let used: i32 = reserve.by_turn.iter().sum();
        let half = (reserve.left + used) / 2;
        let passed = |line: i32| then.left > line && reserve.left <= line;
        let (weight, key) = match () {
            () if passed(0) => (weight::RESERVE.1, "reserve-gone"),
            () if half > 0 && passed(half) => (weight::RESERVE.0, "reserve-half"),
            () => continue,
        };
        all.push(Moment {
            weight,
            text: tell::sentence(after, key, &json!({ "stock": stock })),
        });
    }
    all
}
