//! What can be fired at, with what, and by which rule.

use super::{Chooser, about, sighting, strangers};
use crate::{
    chart::Tag,
    content::{Key, Trigger, Weapon},
    gui::{
        command::list::{Kind, List, Row},
        names,
        panels::guns::{chance, nearest},
        sums,
        table::policy_name,
        words::{self, say},
    },
    sim::{
        fire,
        map::range,
        order::{Action, Policy, Target},
        view::{OwnForce, SeatView},
    },
    war::tell,
};

impl Chooser<'_> {
    pub(super) fn targets(&self, list: &List) -> Vec<Row> {
        let view = self.ground.view;
        let Some(weapon) = gun(view, self.force, list) else {
            return Vec::new();
        };
        let overcharge = list.value(&Kind::Overcharge) == 1;
        let salvos = list.value(&Kind::Salvos).max(1);
        let action = |at| Action::Fire {
            weapon: weapon.clone(),
            at,
            salvos,
            overcharge,
        };
        if list.value(&Kind::Blind) == 1 {
            return self.blind(&action);
        }
        let mut rows = Vec::new();
        for (contact, seen, distance) in nearest(view, self.force) {
            let (permille, sum) = chance(view, self.force, &weapon, seen, distance, overcharge);
            let words = self.give(
                tell::force(view, contact.as_str()),
                action(Target::Contact(contact.clone())),
            );
            let row = Row {
                right: if words.refused.is_some() {
                    say!("fire-off", units = distance)
                } else {
                    tell::share(permille)
                },
                about: format!("{}\n{sum}", sighting(view, seen)),
                tag: Some(Tag::Contact(contact.clone())),
                ..words
            };
            rows.push((row.refused.is_some(), -permille, distance, row));
        }
        rows.sort_by(|a, b| {
            (a.0, if a.0 { 0 } else { a.1 }, a.2).cmp(&(b.0, if b.0 { 0 } else { b.1 }, b.2))
        });
        let mut rows: Vec<Row> = rows.into_iter().map(|(_, _, _, row)| row).collect();
        let sites = self.sites_in_reach(&weapon, overcharge, &action);
        let at = rows.iter().position(|row| row.refused.is_some());
        let at = at.unwrap_or(rows.len());
        rows.splice(at..at, sites);
        rows
    }

    /// Hostile sites that a gun reaches, the nearest first.
    fn sites_in_reach(
        &self,
        weapon: &Key<Weapon>,
        overcharge: bool,
        action: &dyn Fn(Target) -> Action,
    ) -> Vec<Row> {
        let view = self.ground.view;
        let here = self.force.place.sector();
        let reach = view.rules.weapons.get(weapon).map_or(0, |w| w.range);
        let hostile = view
            .sites
            .iter()
            .filter(|(_, site)| view.hostile.contains(&site.owner) && !site.razed);
        let mut rows: Vec<(i32, Row)> = hostile
            .map(|(key, site)| (range(&view.map, here, &site.sector), key, site))
            .filter(|(distance, ..)| *distance <= reach)
            .filter_map(|(distance, key, site)| {
                let hit = sums::hit_site(view, self.force, weapon, key, overcharge)?;
                let place = tell::sector(view, site.sector.as_str());
                let side = tell::side(view, Some(site.owner.as_str()));
                let about = say!("deed-site", place = place, side = side);
                let words = self.give(names::site(view, key), action(Target::Site(key.clone())));
                // What cannot be fired at is not hit at any chance.
                let (right, about) = match words.refused.is_some() {
                    true => (say!("fire-off", units = distance), about),
                    false => {
                        let sum = hit.lines().join("\n");
                        (tell::share(hit.total), format!("{about}\n{sum}"))
                    }
                };
                let row = Row {
                    right,
                    about,
                    tag: Some(Tag::Site(key.clone())),
                    ..words
                };
                Some((distance, row))
            })
            .collect();
        rows.sort_by(|a, b| {
            let place = |(distance, row): &(i32, Row)| (row.refused.is_some(), *distance);
            (place(a), &a.1.title).cmp(&(place(b), &b.1.title))
        });
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn blind(&self, action: &dyn Fn(Target) -> Action) -> Vec<Row> {
        let view = self.ground.view;
        let here = self.force.place.sector();
        let strangers = strangers(view);
        let others = view.map.sectors.iter().filter(|(key, _)| *key != here);
        let mut rows: Vec<(i32, Row)> = others
            .map(|(key, sector)| {
                let distance = range(&view.map, here, key);
                let row = Row {
                    right: say!("fire-off", units = distance),
                    about: about(view, key, &strangers),
                    tag: Some(Tag::Sector(key.clone())),
                    ..self.give(&sector.name, action(Target::Sector(key.clone())))
                };
                (distance, row)
            })
            .collect();
        rows.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    pub(super) fn policies(&self) -> Vec<Row> {
        let ordered = self.ordered(|action| match action {
            Action::Policy(policy) => Some(*policy),
            _ => None,
        });
        let now = ordered.unwrap_or(self.force.policy);
        let all = [
            Policy::Free,
            Policy::Conserve,
            Policy::Hold,
            Policy::Counterbattery,
        ];
        let row = |policy: Policy| Row {
            about: words::of("policy", policy_name(policy)),
            is_so: policy == now,
            ..self.give(
                crate::gui::table::sentence(policy_name(policy)),
                Action::Policy(policy),
            )
        };
        all.into_iter().map(row).collect()
    }
}

/// Guns of a force that fire by order.
pub fn guns(view: &SeatView, force: &OwnForce) -> Vec<Key<Weapon>> {
    let guns = view.rules.weapons.iter().filter(|(key, weapon)| {
        weapon.trigger == Trigger::Salvo && fire::mounts(&view.rules, &force.ships, key) > 0
    });
    guns.map(|(key, _)| key.clone()).collect()
}

/// The gun that a list is set to.
pub fn gun(view: &SeatView, force: &OwnForce, list: &List) -> Option<Key<Weapon>> {
    let guns = guns(view, force);
    let chosen = usize::try_from(list.value(&Kind::Gun(Vec::new()))).unwrap_or(0);
    guns.get(chosen).or(guns.first()).cloned()
}

/// Salvos of a gun that a force can fire this turn.
pub fn loads(view: &SeatView, force: &OwnForce, gun: &Key<Weapon>, overcharge: bool) -> i32 {
    let tubes = fire::tubes(&view.rules, &force.ships, gun, overcharge, view.turn);
    let stock = view.rules.weapons.get(gun).and_then(|w| w.stock.as_ref());
    stock.map_or(tubes, |s| {
        tubes.min(force.stocks.get(s).copied().unwrap_or(0))
    })
}
