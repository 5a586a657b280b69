//! Every order a force can be given, greyed with the reason where it cannot. Figures still being set live in the
//! ui's memory, so that the panels hold nothing.

use std::collections::BTreeMap;

use bevy_egui::egui::{ComboBox, DragValue, Id, Ui};

use super::guns;
use crate::{
    content::{Family, Force, Key, Sector, Weapon},
    gui::{Pick, Table, UiAction, theme},
    sim::{
        order::{Action, Cue, Order, Pace},
        view::OwnForce,
    },
    war::tell,
};

/// Figures of orders that have not been given yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    forced: bool,
    /// Salvos and overcharge, by weapon.
    pub(super) guns: BTreeMap<Key<Weapon>, (i32, bool)>,
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

pub(super) struct Desk<'a, 'b> {
    pub(super) table: &'a Table<'a>,
    pub(super) key: &'a Key<Force>,
    pub(super) force: &'a OwnForce,
    pub(super) actions: &'b mut Vec<UiAction>,
}

impl Desk<'_, '_> {
    pub(super) fn order(&self, action: Action) -> Order {
        Order {
            force: self.key.clone(),
            action,
        }
    }

    /// A button that gives an order.
    pub(super) fn give(
        &mut self,
        ui: &mut Ui,
        words: impl Into<String>,
        is_so: bool,
        action: Action,
    ) {
        self.give_about(ui, words, is_so, action, "");
    }

    /// The same, with what it means under the pointer.
    pub(super) fn give_about(
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
    pub(super) fn pick(&mut self, ui: &mut Ui, words: &str, pick: Pick) {
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
            guns: BTreeMap::new(),
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
    stances(ui, &mut desk, &mut draft);
    guns::show(ui, &mut desk, &mut draft);
    parts(ui, &mut desk, &mut draft);
    ui.data_mut(|data| data.insert_temp(id, draft));
    ui.add_space(12.0);
}

fn march(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    theme::heading(ui, "March");
    let pace = if draft.forced {
        Pace::Forced
    } else {
        Pace::Cruise
    };
    ui.horizontal_wrapped(|ui| {
        desk.pick(ui, "Go ...", Pick::Go(pace));
        desk.give(ui, "Halt", false, Action::Halt);
        ui.checkbox(&mut draft.forced, "forced");
    });
    ui.horizontal_wrapped(|ui| {
        desk.pick(ui, "Then ...", Pick::Then(pace, cue(desk, draft)));
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
    ui.horizontal_wrapped(|ui| {
        follow(ui, desk, draft);
        fall_back(ui, desk, draft);
    });
}

fn fall_back(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    let named = match desk.table.pick {
        Some(Pick::FallBack(along, _)) => along.clone(),
        _ => Vec::new(),
    };
    desk.pick(
        ui,
        "Fall back ...",
        Pick::FallBack(Vec::new(), draft.fall_back),
    );
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
    let near = guns::nearest(desk);
    if near.is_empty() {
        return;
    }
    let response = ComboBox::from_id_salt("follow")
        .selected_text("Follow")
        .width(64.0)
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
    ui.add(
        DragValue::new(&mut draft.distance)
            .range(0..=9)
            .suffix(" lanes"),
    );
}

fn stances(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
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
        desk.give_about(
            ui,
            "Leash",
            false,
            Action::Leash,
            "its commander follows no feint this turn",
        );
        theme::note(ui, format!("{} left;", desk.table.view.leashes));
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
    ui.horizontal_wrapped(|ui| {
        for squadron in &desk.force.ships {
            let name = view
                .rules
                .classes
                .get(&squadron.class)
                .map_or(squadron.class.as_str(), |c| &c.name);
            let n = draft.split.entry(squadron.class.clone()).or_default();
            let figure = ui.add(DragValue::new(n).range(0..=squadron.fit));
            theme::spot(ui, &format!("detach {}", squadron.class), &figure);
            theme::note(ui, format!("of {} {}", squadron.fit, name.to_lowercase()));
        }
    });
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
