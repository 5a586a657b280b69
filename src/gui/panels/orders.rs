//! Every order a force can be given, greyed with the reason where it cannot. Figures still being set live in the
//! ui's memory, so that the panels hold nothing.

use std::collections::BTreeMap;

use bevy_egui::egui::{self, ComboBox, DragValue, Id, RichText, Ui};

use crate::{
    content::{Family, Force, Key, Sector, Trigger, Weapon},
    gui::{Pick, Table, UiAction, table::policy_name, theme},
    sim::{
        fire,
        map::range,
        order::{Action, Cue, Order, Pace, Policy, Target},
        stats::Bearer,
        view::{Contact, OwnForce},
    },
    war::tell,
};

/// Figures of orders that have not been given yet.
#[derive(Clone, Debug)]
struct Draft {
    forced: bool,
    overcharge: bool,
    salvos: i32,
    loss_limit: i32,
    distance: i32,
    fall_back: i32,
    cue: usize,
    cue_figure: i32,
    split: BTreeMap<Key<crate::content::Class>, i32>,
}

/// What a queued march may wait for.
const CUES: [&str; 5] = [
    "at once",
    "on turn",
    "once ready",
    "once supply is at",
    "once the enemy is near",
];

struct Desk<'a, 'b> {
    table: &'a Table<'a>,
    key: &'a Key<Force>,
    force: &'a OwnForce,
    actions: &'b mut Vec<UiAction>,
}

impl Desk<'_, '_> {
    fn order(&self, action: Action) -> Order {
        Order {
            force: self.key.clone(),
            action,
        }
    }

    /// A button that gives an order.
    fn give(&mut self, ui: &mut Ui, words: impl Into<String>, is_so: bool, action: Action) {
        self.give_about(ui, words, is_so, action, "");
    }

    /// The same, with what it means under the pointer.
    fn give_about(
        &mut self,
        ui: &mut Ui,
        words: impl Into<String>,
        is_so: bool,
        action: Action,
        about: &str,
    ) {
        let order = self.order(action);
        let refused = self.table.refused(&order);
        if theme::choice_about(ui, words, is_so, refused, about) {
            self.actions.push(UiAction::Give(order));
        }
    }

    /// A button that asks for places first; greyed if the force could not even go where it stands.
    fn pick(&mut self, ui: &mut Ui, words: &str, pick: Pick) {
        let here = self.force.place.sector().clone();
        let refused = self.table.refused(&self.order(Action::Go {
            stops: vec![here],
            pace: Pace::Cruise,
        }));
        let is_so = self
            .table
            .pick
            .is_some_and(|p| std::mem::discriminant(p) == std::mem::discriminant(&pick));
        if theme::choice(ui, words, is_so, refused) {
            self.actions
                .push(UiAction::Pick(if is_so { None } else { Some(pick) }));
        }
    }
}

/// Shows all of them.
pub fn show(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    let id = Id::new(("draft", key.as_str()));
    let mut draft = ui
        .data(|data| data.get_temp::<Draft>(id))
        .unwrap_or_else(|| Draft {
            forced: false,
            overcharge: false,
            salvos: 4,
            loss_limit: force.loss_limit / 10,
            distance: 1,
            fall_back: 10,
            cue: 0,
            cue_figure: i32::try_from(table.view.turn + 1).unwrap_or(1),
            split: BTreeMap::new(),
        });
    let mut desk = Desk {
        table,
        key,
        force,
        actions,
    };
    march(ui, &mut desk, &mut draft);
    stances(ui, &mut desk);
    guns(ui, &mut desk, &mut draft);
    standing(ui, &mut desk, &mut draft);
    parts(ui, &mut desk, &mut draft);
    ui.data_mut(|data| data.insert_temp(id, draft));
    ui.add_space(12.0);
}

fn march(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    theme::heading(ui, "March");
    ui.horizontal_wrapped(|ui| {
        let pace = if draft.forced {
            Pace::Forced
        } else {
            Pace::Cruise
        };
        desk.pick(ui, "Go ...", Pick::Go(pace));
        desk.pick(ui, "Then ...", Pick::Then(pace, cue(desk, draft)));
        desk.give(ui, "Halt", false, Action::Halt);
        ui.checkbox(&mut draft.forced, "forced");
    });
    ui.horizontal_wrapped(|ui| {
        theme::note(ui, "then");
        let shown = CUES.get(draft.cue).copied().unwrap_or(CUES[0]);
        ComboBox::from_id_salt("cue")
            .selected_text(shown)
            .width(150.0)
            .show_ui(ui, |ui| {
                for (index, words) in CUES.iter().enumerate() {
                    ui.selectable_value(&mut draft.cue, index, *words);
                }
            });
        if draft.cue > 0 {
            ui.add(DragValue::new(&mut draft.cue_figure).range(0..=1000));
            theme::note(
                ui,
                ["", "", "readiness", "days", "SP"]
                    .get(draft.cue)
                    .copied()
                    .unwrap_or(""),
            );
        }
    });
    follow(ui, desk, draft);
    ui.horizontal_wrapped(|ui| {
        let named = match desk.table.pick {
            Some(Pick::FallBack(along, _)) => along.clone(),
            _ => Vec::new(),
        };
        desk.pick(
            ui,
            "Fall back ...",
            Pick::FallBack(Vec::new(), draft.fall_back),
        );
        theme::note(ui, "at");
        ui.add(
            DragValue::new(&mut draft.fall_back)
                .range(0..=10_000)
                .suffix(" SP"),
        );
        if !named.is_empty() {
            desk.give(
                ui,
                format!("Set ({})", named.len()),
                false,
                Action::FallBack {
                    along: named,
                    when: draft.fall_back,
                },
            );
        }
        if desk.force.fall_back.is_some() {
            desk.give(
                ui,
                "Off",
                false,
                Action::FallBack {
                    along: Vec::new(),
                    when: 0,
                },
            );
        }
    });
}

fn cue(desk: &Desk, draft: &Draft) -> Cue {
    match draft.cue {
        1 => Cue::Turn(u32::try_from(draft.cue_figure).unwrap_or(0)),
        2 => Cue::Ready(draft.cue_figure),
        3 => Cue::Supply(draft.cue_figure),
        4 => Cue::Enemy(desk.force.place.sector().clone(), draft.cue_figure),
        _ => Cue::None,
    }
}

fn follow(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    let view = desk.table.view;
    let near = nearest(desk);
    if near.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let response = ComboBox::from_id_salt("follow")
            .selected_text("Follow")
            .width(90.0)
            .show_ui(ui, |ui| {
                for (contact, _, _) in &near {
                    let order = desk.order(Action::Follow {
                        contact: (*contact).clone(),
                        distance: draft.distance,
                    });
                    let refused = desk.table.refused(&order);
                    if theme::button(ui, tell::force(view, contact.as_str()), refused) {
                        desk.actions.push(UiAction::Give(order));
                    }
                }
            });
        response
            .response
            .on_hover_text("keep so many lanes from a contact wherever it goes; 0 hunts it down");
        theme::note(ui, "at");
        ui.add(
            DragValue::new(&mut draft.distance)
                .range(0..=9)
                .suffix(" lanes"),
        );
    });
}

/// Hostile contacts by distance.
fn nearest<'a>(desk: &Desk<'a, '_>) -> Vec<(&'a Key<Contact>, &'a Contact, i32)> {
    let view = desk.table.view;
    let here = desk.force.place.sector();
    let mut near: Vec<_> = view
        .contacts
        .iter()
        .filter(|(_, c)| view.hostile.contains(&c.side))
        .map(|(key, contact)| (key, contact, range(&view.map, here, contact.place.sector())))
        .collect();
    near.sort_by_key(|(key, _, distance)| (*distance, (*key).clone()));
    near
}

fn stances(ui: &mut Ui, desk: &mut Desk) {
    let rules = &desk.table.view.rules;
    let ordered = desk
        .table
        .orders_of(desk.key)
        .filter_map(|(_, o)| match &o.action {
            Action::Stance(stance) => Some(stance),
            _ => None,
        });
    let now = ordered.last().unwrap_or(&desk.force.stance).clone();
    theme::heading(ui, "Stance");
    for (family, word) in [(Family::Attack, "attack"), (Family::Defend, "defend")] {
        ui.horizontal_wrapped(|ui| {
            theme::note(ui, word);
            for (key, stance) in rules.stances.iter().filter(|(_, s)| s.family == family) {
                desk.give_about(
                    ui,
                    &stance.name,
                    now == *key,
                    Action::Stance(key.clone()),
                    &stance.summary,
                );
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        theme::note(ui, "posture");
        let ordered = desk
            .table
            .orders_of(desk.key)
            .filter_map(|(_, o)| match &o.action {
                Action::Posture(posture) => Some(posture.clone()),
                _ => None,
            });
        let now = ordered.last().unwrap_or_else(|| desk.force.posture.clone());
        desk.give(ui, "None", now.is_none(), Action::Posture(None));
        for (key, posture) in &rules.postures {
            let is_so = now.as_ref() == Some(key);
            desk.give_about(
                ui,
                &posture.name,
                is_so,
                Action::Posture(Some(key.clone())),
                &posture.summary,
            );
        }
    });
    ui.horizontal_wrapped(|ui| {
        desk.give(ui, "Leash", false, Action::Leash);
        theme::note(
            ui,
            format!(
                "{} left: its commander follows no feint this turn",
                desk.table.view.leashes
            ),
        );
    });
}

fn guns(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    let view = desk.table.view;
    theme::heading(ui, "Fire");
    ui.horizontal_wrapped(|ui| {
        theme::note(ui, "policy");
        let ordered = desk
            .table
            .orders_of(desk.key)
            .filter_map(|(_, o)| match &o.action {
                Action::Policy(policy) => Some(*policy),
                _ => None,
            });
        let now = ordered.last().unwrap_or(desk.force.policy);
        for policy in [
            Policy::Free,
            Policy::Conserve,
            Policy::Hold,
            Policy::Counterbattery,
        ] {
            desk.give(
                ui,
                policy_name(policy),
                now == policy,
                Action::Policy(policy),
            );
        }
    });
    let mut armed = false;
    for (weapon, definition) in &view.rules.weapons {
        let tubes = fire::tubes(&view.rules, &desk.force.ships, weapon, draft.overcharge);
        if definition.trigger != Trigger::Salvo || tubes == 0 {
            continue;
        }
        armed = true;
        let gold = definition
            .stock
            .as_ref()
            .and_then(|s| view.rules.stocks.get(s))
            .is_some_and(|s| s.reserve);
        ui.horizontal_wrapped(|ui| {
            let name = RichText::new(&definition.name).font(theme::medium(theme::CAPTION + 1.0));
            ui.label(if gold {
                name.color(theme::gold())
            } else {
                name
            });
            theme::note(
                ui,
                format!("reaches {}, {tubes} salvos a turn", definition.range),
            );
        });
        ui.horizontal_wrapped(|ui| {
            draft.salvos = draft.salvos.clamp(1, tubes.max(1));
            ui.add(
                DragValue::new(&mut draft.salvos)
                    .range(1..=tubes)
                    .suffix(" salvos"),
            );
            ui.checkbox(&mut draft.overcharge, "overcharge")
                .on_hover_text("all tubes at once, at worse aim");
        });
        let near = nearest(desk);
        let (within, beyond): (Vec<_>, Vec<_>) = near
            .into_iter()
            .partition(|(_, _, d)| *d <= definition.range);
        for (contact, seen, distance) in &within {
            target(ui, desk, draft, weapon, (contact, seen, *distance));
        }
        if within.is_empty() {
            theme::note(ui, "no contact within reach");
        } else if !beyond.is_empty() {
            theme::note(ui, format!("{} more beyond reach", beyond.len()));
        }
        blind(ui, desk, draft, weapon);
    }
    if !armed {
        theme::note(
            ui,
            "none of its ships carries a gun that reaches beyond its sector",
        );
    }
}

fn target(
    ui: &mut Ui,
    desk: &mut Desk,
    draft: &Draft,
    weapon: &Key<Weapon>,
    (contact, seen, distance): (&Key<Contact>, &Contact, i32),
) {
    let view = desk.table.view;
    let action = Action::Fire {
        weapon: weapon.clone(),
        at: Target::Contact(contact.clone()),
        salvos: draft.salvos,
        overcharge: draft.overcharge,
    };
    ui.horizontal_wrapped(|ui| {
        ui.push_id(contact.as_str(), |ui| desk.give(ui, "Fire", false, action));
        let chance = chance(desk, weapon, seen, distance, draft.overcharge);
        let words = format!(
            "{} at {}, ",
            tell::force(view, contact.as_str()),
            tell::sector(view, seen.place.sector().as_str())
        );
        ui.label(words + &format!("{} off, {}", distance, tell::share(chance.0)))
            .on_hover_text(chance.1);
    });
}

/// Fire at whoever is in a sector.
fn blind(ui: &mut Ui, desk: &mut Desk, draft: &Draft, weapon: &Key<Weapon>) {
    let view = desk.table.view;
    let here = desk.force.place.sector().clone();
    let mut places: Vec<(i32, &Key<Sector>)> = view
        .map
        .sectors
        .keys()
        .filter(|s| **s != here)
        .map(|s| (range(&view.map, &here, s), s))
        .collect();
    places.sort();
    ComboBox::from_id_salt(("blind", weapon.as_str()))
        .selected_text("Fire blind at ...")
        .width(150.0)
        .show_ui(ui, |ui| {
            for (distance, sector) in places {
                let at = Target::Sector(sector.clone());
                let action = Action::Fire {
                    weapon: weapon.clone(),
                    at,
                    salvos: draft.salvos,
                    overcharge: draft.overcharge,
                };
                let words = format!("{}, {distance} off", tell::sector(view, sector.as_str()));
                desk.give(ui, words, false, action);
            }
        });
}

/// Chance of one salvo as far as the seat knows, permille, and the sum that makes it.
fn chance(
    desk: &Desk,
    weapon: &Key<Weapon>,
    seen: &Contact,
    distance: i32,
    overcharge: bool,
) -> (i64, String) {
    let view = desk.table.view;
    let rules = &view.rules;
    let Some(weapon) = rules.weapons.get(weapon) else {
        return (0, String::new());
    };
    let terrain = |sector: &Key<Sector>| view.map.sectors.get(sector).map(|s| &s.terrain);
    let firer = Bearer::own(rules, desk.force, terrain(desk.force.place.sector()), None);
    let target = Bearer::stranger(rules, seen.stance.as_ref(), terrain(seen.place.sector()));
    let shot = fire::salvo::Shot {
        weapon,
        distance,
        confidence: seen.confidence,
        overcharge,
        answer: false,
        lured: false,
    };
    let sum = fire::salvo::chance(rules, &shot, &firer, &target);
    let mut words = format!("{} for the distance", tell::share(sum.base));
    for part in &sum.parts {
        words.push_str(&format!("\n{}: {:+}%", part.name, part.permille / 10));
    }
    (sum.value(), words)
}

fn standing(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    ui.horizontal_wrapped(|ui| {
        theme::note(ui, "break off at");
        ui.add(
            DragValue::new(&mut draft.loss_limit)
                .range(1..=100)
                .suffix("% lost"),
        );
        let now = draft.loss_limit * 10 == desk.force.loss_limit;
        desk.give(ui, "Set", now, Action::LossLimit(draft.loss_limit * 10));
    });
}

fn parts(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    let view = desk.table.view;
    theme::heading(ui, "Detach and join");
    for squadron in &desk.force.ships {
        let name = view
            .rules
            .classes
            .get(&squadron.class)
            .map_or(squadron.class.as_str(), |c| &c.name);
        ui.horizontal(|ui| {
            let n = draft.split.entry(squadron.class.clone()).or_default();
            ui.add(DragValue::new(n).range(0..=squadron.fit));
            theme::note(ui, format!("of {} {}", squadron.fit, name.to_lowercase()));
        });
    }
    let ships: BTreeMap<_, _> = draft
        .split
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(c, n)| (c.clone(), *n))
        .collect();
    ui.horizontal_wrapped(|ui| {
        desk.give(ui, "Detach", false, Action::Split { ships });
        for (other, own) in &view.forces {
            if other != desk.key && own.mine && own.place == desk.force.place {
                desk.give(
                    ui,
                    format!("Join {}", own.name),
                    false,
                    Action::Merge {
                        into: other.clone(),
                    },
                );
            }
        }
    });
}

/// What one own force can do against a contact: fire what reaches it, and follow it.
pub fn against(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    contact: &Key<Contact>,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let Some(seen) = view.contacts.get(contact) else {
        return;
    };
    let distance = range(&view.map, force.place.sector(), seen.place.sector());
    let mut desk = Desk {
        table,
        key,
        force,
        actions,
    };
    ui.push_id(key.as_str(), |ui| {
        ui.add(
            egui::Label::new(
                RichText::new(format!("{}, {distance} off", force.name)).size(theme::CAPTION),
            )
            .truncate(),
        );
        ui.horizontal_wrapped(|ui| {
            for (weapon, definition) in &view.rules.weapons {
                let tubes = fire::tubes(&view.rules, &force.ships, weapon, false);
                if definition.trigger != Trigger::Salvo || tubes == 0 {
                    continue;
                }
                let aboard = definition
                    .stock
                    .as_ref()
                    .map_or(tubes, |s| force.stocks.get(s).copied().unwrap_or(0));
                let salvos = tubes.min(aboard).max(1);
                let action = Action::Fire {
                    weapon: weapon.clone(),
                    at: Target::Contact(contact.clone()),
                    salvos,
                    overcharge: false,
                };
                let chance = chance(&desk, weapon, seen, distance, false).0;
                desk.give(
                    ui,
                    format!("{salvos} {} at {}", definition.name, tell::share(chance)),
                    false,
                    action,
                );
            }
            desk.give(
                ui,
                "Follow",
                false,
                Action::Follow {
                    contact: contact.clone(),
                    distance: 1,
                },
            );
        });
    });
}

/// Marches of the acting force to the selected sector.
pub fn march_to(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    sector: &Key<Sector>,
    actions: &mut Vec<UiAction>,
) {
    let mut desk = Desk {
        table,
        key,
        force,
        actions,
    };
    theme::heading(ui, &force.name);
    ui.horizontal_wrapped(|ui| {
        let stops = vec![sector.clone()];
        desk.give(
            ui,
            "Go here",
            false,
            Action::Go {
                stops: stops.clone(),
                pace: Pace::Cruise,
            },
        );
        desk.give(
            ui,
            "Go forced",
            false,
            Action::Go {
                stops: stops.clone(),
                pace: Pace::Forced,
            },
        );
        desk.give(
            ui,
            "Then here",
            false,
            Action::Then {
                stops,
                pace: Pace::Cruise,
                cue: Cue::None,
            },
        );
    });
}
