//! What a thing of the rules names: by these the articles lead to one another.

use super::{Book, Subject, Topic};
use crate::content::{Growth, Modifier, Outcome, When};

/// Everything that a thing names, once each.
pub(super) fn named(book: &Book<'_>, subject: &Subject) -> Vec<Subject> {
    let mut out = Named(Vec::new());
    out.thing(book, subject);
    let mut all = out.0;
    all.sort();
    all.dedup();
    all
}

struct Named(Vec<Subject>);

impl Named {
    fn put(&mut self, topic: Topic, id: impl AsRef<str>) {
        self.0.push(Subject::new(topic, id));
    }

    fn thing(&mut self, book: &Book<'_>, subject: &Subject) {
        let (rules, id) = (book.rules(), subject.id.as_str());
        match subject.topic {
            Topic::Orders | Topic::Terrain | Topic::Postures | Topic::Traits => {
                let modifiers = match subject.topic {
                    Topic::Terrain => rules.terrain.get(id).map(|t| &t.modifiers),
                    Topic::Postures => rules.postures.get(id).map(|p| &p.modifiers),
                    _ => rules.traits.get(id).map(|t| &t.modifiers),
                };
                self.modifiers(modifiers.map_or(&[], Vec::as_slice));
            }
            Topic::Classes => {
                let Some(class) = rules.classes.get(id) else {
                    return;
                };
                class
                    .weapons
                    .keys()
                    .for_each(|w| self.put(Topic::Weapons, w));
                class
                    .magazine
                    .keys()
                    .for_each(|s| self.put(Topic::Stocks, s));
                self.modifiers(&class.modifiers);
            }
            Topic::Weapons => {
                let Some(weapon) = rules.weapons.get(id) else {
                    return;
                };
                weapon.stock.iter().for_each(|s| self.put(Topic::Stocks, s));
                self.modifiers(&weapon.modifiers);
            }
            Topic::Stocks => {
                let troops = rules.stocks.get(id).and_then(|s| s.troops.as_ref());
                self.modifiers(troops.map_or(&[], |t| &t.modifiers));
            }
            Topic::Stances => {
                if let Some(stance) = rules.stances.get(id) {
                    self.put(Topic::Stances, &stance.otherwise);
                    self.modifiers(&stance.modifiers);
                }
            }
            Topic::Sites => {
                let Some(kind) = rules.site_kinds.get(id) else {
                    return;
                };
                kind.weapons
                    .keys()
                    .for_each(|w| self.put(Topic::Weapons, w));
                kind.makes.keys().for_each(|s| self.put(Topic::Stocks, s));
                let meters = kind.meters.keys().chain(&kind.voids);
                meters.for_each(|m| self.put(Topic::Meters, m));
                self.modifiers(&kind.modifiers);
            }
            Topic::Meters => {
                let Some(meter) = rules.meters.get(id) else {
                    return;
                };
                meter.growth.iter().for_each(|g| self.growth(g));
                for threshold in &meter.thresholds {
                    self.modifiers(&threshold.modifiers);
                    self.outcomes(&threshold.outcomes);
                }
            }
            Topic::Deeds => {
                let Some(deed) = rules.deeds.get(id) else {
                    return;
                };
                self.when(&deed.when);
                self.when(&deed.at);
                deed.cost
                    .stocks
                    .keys()
                    .for_each(|s| self.put(Topic::Stocks, s));
                deed.cost
                    .meters
                    .keys()
                    .for_each(|m| self.put(Topic::Meters, m));
                self.modifiers(&deed.modifiers);
                self.outcomes(&deed.success);
                self.outcomes(&deed.failure);
            }
        }
    }

    fn modifiers(&mut self, modifiers: &[Modifier]) {
        modifiers.iter().for_each(|m| self.when(&m.when));
    }

    fn when(&mut self, when: &When) {
        match when {
            When::In(terrain) => self.put(Topic::Terrain, terrain),
            When::Stance(stance) => self.put(Topic::Stances, stance),
            When::MeterAtLeast(meter, _) => self.put(Topic::Meters, meter),
            When::Posture(posture) => self.put(Topic::Postures, posture),
            When::Trait(quality) | When::Company(quality) => self.put(Topic::Traits, quality),
            When::Carries(stock, _) => self.put(Topic::Stocks, stock),
            When::Kind(kind) => self.put(Topic::Sites, kind),
            When::Against(inner) | When::Not(inner) => self.when(inner),
            When::All(parts) | When::Any(parts) => parts.iter().for_each(|p| self.when(p)),
            When::Always
            | When::SupplyAtMost(_)
            | When::ReadinessBelow(_)
            | When::Has(_)
            | When::CrowdAbove(_)
            | When::Fought
            | When::FromTurn(_)
            | When::Home
            | When::Prongs(_)
            | When::Attacking
            | When::Shielded
            | When::Unsurrendered => {}
        }
    }

    fn growth(&mut self, growth: &Growth) {
        match growth {
            Growth::Posture { posture, .. } => self.put(Topic::Postures, posture),
            Growth::With { quality, .. } => self.put(Topic::Traits, quality),
            Growth::In { terrain, .. } => self.put(Topic::Terrain, terrain),
            Growth::From(meter, _) => self.put(Topic::Meters, meter),
            Growth::Turn(_)
            | Growth::Toward { .. }
            | Growth::SalvoHeard { .. }
            | Growth::Lost(_)
            | Growth::Destroyed(_)
            | Growth::Still(_)
            | Growth::Moved(_)
            | Growth::Fought(_)
            | Growth::Starving(_)
            | Growth::Blockaded(_)
            | Growth::Relieved(_)
            | Growth::Shelled(_)
            | Growth::Occupied(_)
            | Growth::NeighbourFell(_)
            | Growth::Garrison(_) => {}
        }
    }

    fn outcomes(&mut self, outcomes: &[Outcome]) {
        for outcome in outcomes {
            match outcome {
                Outcome::Meter(_, meter, _) | Outcome::Clear(meter, _) => {
                    self.put(Topic::Meters, meter);
                }
                Outcome::Stock(_, stock, _) => self.put(Topic::Stocks, stock),
                Outcome::Gain(_, quality) | Outcome::Lose(_, quality) => {
                    self.put(Topic::Traits, quality);
                }
                Outcome::Harm(..)
                | Outcome::Mend(..)
                | Outcome::Readiness(..)
                | Outcome::Garrison(..)
                | Outcome::Shields(..)
                | Outcome::Damage(..)
                | Outcome::Learn(_)
                | Outcome::Call { .. }
                | Outcome::Win
                | Outcome::Revolt
                | Outcome::Yield
                | Outcome::Raze
                | Outcome::Set(_) => {}
            }
        }
    }
}
