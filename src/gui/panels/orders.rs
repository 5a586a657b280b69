//! Every order a force can be given, each a button that says what is so now and opens its choices; and the queue of
//! marches with the turn in which each is done.

use bevy_egui::egui::{Button, Label, RichText, ScrollArea, Ui, Vec2, WidgetInfo, WidgetType};

use super::{long, road};
use crate::{
    content::{Force, Key, Sector},
    gui::{
        Table, UiAction,
        command::{
            Act,
            list::Verb,
            names,
            rows::{arrival, carries},
        },
        keys::Command,
        table::{policy_name, sentence},
        theme,
        words::{self, say},
    },
    sim::{
        order::{Action, Cue, Order, Pace, arrivals, held_by, queue},
        view::{Leg, OwnForce, SeatView},
    },
    war::tell,
};

/// A force with the orders that are pending for it.
pub(super) struct Desk<'a, 'b> {
    pub(super) table: &'a Table<'a>,
    pub(super) key: &'a Key<Force>,
    pub(super) actions: &'b mut Vec<UiAction>,
}

impl Desk<'_, '_> {
    /// A button that gives an order.
    pub(super) fn give(&mut self, ui: &mut Ui, words: impl Into<String>, action: Action) {
        let words = words.into();
        self.give_for(ui, &words, &words, action);
    }

    /// The same, read out in other words.
    pub(super) fn give_for(&mut self, ui: &mut Ui, words: &str, whole: &str, action: Action) {
        let order = Order {
            force: self.key.clone(),
            action,
        };
        let refused = self.table.refused(&order);
        if theme::button_for(ui, words, whole, refused) {
            self.actions.push(UiAction::Give(order));
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
    theme::heading(ui, &say!("orders-heading"));
    grid(ui, table, Some((key, force)), actions);
    legs(ui, table, key, force, actions);
    ui.add_space(8.0);
}

/// Shows several forces that are selected, and the orders for all of them.
pub fn group(ui: &mut Ui, table: &Table, chosen: &[Key<Force>]) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    let forces = || {
        chosen
            .iter()
            .filter_map(|key| view.forces.get_key_value(key))
    };
    ScrollArea::vertical()
        .id_salt("group")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.label(RichText::new(say!("group-title", n = chosen.len())).heading());
            let strength: i64 = forces().map(|(_, f)| f.strength).sum();
            theme::figure(
                ui,
                &say!("group-strength"),
                say!("group-sp", n = tell::strength(strength)),
            );
            theme::heading(ui, &say!("orders-heading"));
            grid(ui, table, None, &mut actions);
            theme::note(ui, say!("group-about"));
            theme::heading(ui, &say!("group-forces"));
            long::show(ui, "group", chosen.len(), |ui, n| {
                if let Some((key, force)) = view.forces.get_key_value(&chosen[n]) {
                    one_of_group(ui, view, key, force, &mut actions);
                }
            });
        });
    actions
}

fn one_of_group(
    ui: &mut Ui,
    view: &SeatView,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    ui.horizontal(|ui| {
        let whole = say!("group-drop-of", force = force.name.as_str());
        if theme::button_for(ui, &say!("group-drop"), &whole, None) {
            actions.push(UiAction::Command(Act::Toggle(key.clone())));
        }
        let place = tell::place(view, &force.place);
        let words = say!("group-force", force = force.name.as_str(), place = place);
        ui.add(Label::new(RichText::new(words).size(theme::CAPTION)).truncate());
    });
}

/// The orders, two to a line, each with its key.
fn grid(
    ui: &mut Ui,
    table: &Table,
    one: Option<(&Key<Force>, &OwnForce)>,
    actions: &mut Vec<UiAction>,
) {
    let gap = 6.0;
    let width = (ui.available_width() - gap) / 2.0;
    for pair in offered(table, one).chunks(2) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for verb in pair {
                let name = words::of("verb", verb.name());
                let now = one.and_then(|(key, force)| now(table, key, force, *verb));
                let chord = key_of(table, *verb);
                let mut button = match &now {
                    Some(now) => Button::new((
                        RichText::new(&name),
                        RichText::new(now).color(theme::dim()).size(theme::CAPTION),
                    )),
                    None => Button::new(RichText::new(&name)),
                };
                if let Some((chord, _)) = &chord {
                    button = button.shortcut_text(
                        RichText::new(chord)
                            .color(theme::dim())
                            .size(theme::CAPTION),
                    );
                }
                let button = button.truncate().min_size(Vec2::new(width, 22.0));
                let response = ui
                    .add_enabled_ui(!table.busy, |ui| ui.add_sized([width, 22.0], button))
                    .inner;
                theme::spot(ui, &name, &response);
                let about = words::of("about-verb", verb.name());
                let about = now.map_or(about.clone(), |now| format!("{}\n{about}", sentence(&now)));
                let about = chord.map_or(about.clone(), |(_, key)| format!("{about}\n{key}"));
                if response.on_hover_text(about).clicked() {
                    actions.push(UiAction::Command(Act::Open(*verb)));
                }
            }
        });
    }
}

/// The orders that make sense: those of every war, and of the others those that this one knows.
fn offered(table: &Table, one: Option<(&Key<Force>, &OwnForce)>) -> Vec<Verb> {
    let view = table.view;
    let forces: Vec<&OwnForce> = match one {
        Some((_, force)) => vec![force],
        None => {
            let chosen = table.chosen();
            chosen.iter().filter_map(|k| view.forces.get(k)).collect()
        }
    };
    let wider = Verb::WIDER.into_iter().filter(|verb| match verb {
        Verb::Deed => !view.rules.deeds.is_empty(),
        Verb::Deploy => view.turn == 1 && view.staging.len() > 1,
        _ => forces.iter().any(|force| carries(view, force)),
    });
    Verb::ORDERS.into_iter().chain(wider).collect()
}

/// What is so now of what an order changes, with the orders that are pending.
fn now(table: &Table, key: &Key<Force>, force: &OwnForce, verb: Verb) -> Option<String> {
    let view = table.view;
    let rules = &view.rules;
    let ordered: Vec<&Action> = table
        .pending
        .iter()
        .filter(|o| o.force == *key)
        .map(|o| &o.action)
        .collect();
    let last = |of: &dyn Fn(&Action) -> Option<String>| ordered.iter().rev().find_map(|a| of(a));
    Some(match verb {
        Verb::Stance => {
            let name = |stance: &Key<crate::content::Stance>| {
                rules.stances.get(stance).map(|s| s.name.to_lowercase())
            };
            let new = last(&|a| match a {
                Action::Stance(stance) => name(stance),
                _ => None,
            });
            new.or_else(|| name(force.forming.as_ref().unwrap_or(&force.stance)))?
        }
        Verb::Posture => {
            let name = |posture: &Option<Key<_>>| match posture {
                Some(posture) => rules.postures.get(posture).map(|p| p.name.to_lowercase()),
                None => Some(say!("posture-none")),
            };
            let new = last(&|a| match a {
                Action::Posture(posture) => name(posture),
                _ => None,
            });
            new.or_else(|| name(&force.posture))?
        }
        Verb::Policy => {
            let new = last(&|a| match a {
                Action::Policy(policy) => Some(policy_name(*policy).to_owned()),
                _ => None,
            });
            new.unwrap_or_else(|| policy_name(force.policy).to_owned())
        }
        Verb::LossLimit => {
            let new = last(&|a| match a {
                Action::LossLimit(permille) => Some(limit(*permille)),
                _ => None,
            });
            new.unwrap_or_else(|| limit(force.loss_limit))
        }
        Verb::Deed => {
            let new = last(&|a| match a {
                Action::Do { deed, .. } => {
                    let takes = rules.deeds.get(deed)?.takes;
                    Some(until(view, takes))
                }
                _ => None,
            });
            new.or_else(|| Some(until(view, force.deed.as_ref()?.left)))?
        }
        Verb::Leash => say!("leash-left", n = view.leashes),
        Verb::Follow => {
            let (contact, _) = force.follow.as_ref()?;
            tell::force(view, contact.as_str())
        }
        Verb::FallBack => say!("fall-back-at", n = force.fall_back.as_ref()?.1),
        _ => return None,
    })
}

/// When a deed is done that has so many turns to go.
fn until(view: &SeatView, left: i32) -> String {
    let turn = view.turn + u32::try_from(left).unwrap_or(0);
    arrival(view, Some(turn))
}

fn limit(permille: i32) -> String {
    say!("limit-now", share = tell::share(i64::from(permille)))
}

/// The key of an order as it is set, and what the page of keys calls it.
fn key_of(table: &Table, verb: Verb) -> Option<(String, String)> {
    let command = Command::ALL
        .iter()
        .find(|c| c.action() == UiAction::Command(Act::Open(verb)))?;
    let chord = table.settings.chords(*command).first()?.sign();
    let name = words::of("key", command.name());
    let words = say!("orders-key", command = name, chord = chord.as_str());
    Some((chord, words))
}

/// The marches still to come, each with when it is done; one at a time can be taken out.
fn legs(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let queue = queue(view, key, table.pending);
    if queue.is_empty() {
        return;
    }
    theme::heading(ui, &say!("queue-heading"));
    let done = arrivals(view, &table.command.graph, force, &queue);
    let held = waits(table, key);
    held_back(ui, table, key, actions);
    for (n, (leg, turn)) in queue.iter().zip(done).enumerate() {
        let words = leg_words(
            view,
            leg,
            held.clone().unwrap_or_else(|| arrival(view, turn)),
        );
        ui.horizontal(|ui| {
            let out = Button::new(RichText::new(say!("queue-take-out")).size(theme::CAPTION));
            let response = ui.add_enabled(!table.busy, out);
            theme::spot(ui, &format!("leg {}", n + 1), &response);
            let whole = say!("queue-take-out-of", leg = words.as_str());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &whole));
            if response.on_hover_text(say!("queue-leg-out")).clicked() {
                actions.push(UiAction::Command(Act::WithoutLeg(key.clone(), n)));
            }
            ui.add(Label::new(words).truncate());
        });
    }
    road::show(ui, table, (key, force), &queue, actions);
    if theme::button(ui, say!("queue-append"), None) {
        actions.push(UiAction::Command(Act::Open(Verb::Then)));
    }
}

/// What a march waits for whose force holds itself so that it does not march, in words; none if it marches.
pub fn waits(table: &Table, key: &Key<Force>) -> Option<String> {
    let posture = held_by(table.view, key, table.pending)?;
    let known = table.view.rules.postures.get(&posture);
    let name = known.map_or(posture.as_str(), |p| p.name.as_str());
    Some(say!("arrives-held", posture = name.to_lowercase()))
}

/// Why a force does not march although it is told to, and what ends that.
fn held_back(ui: &mut Ui, table: &Table, key: &Key<Force>, actions: &mut Vec<UiAction>) {
    let Some(posture) = held_by(table.view, key, table.pending) else {
        return;
    };
    let known = table.view.rules.postures.get(&posture);
    let name = known.map_or(posture.as_str(), |p| p.name.as_str());
    let words = RichText::new(say!("queue-held", posture = name)).size(theme::CAPTION);
    ui.add(Label::new(words.color(theme::attention())).wrap());
    let mut desk = Desk {
        table,
        key,
        actions,
    };
    let whole = say!("queue-release-of", posture = name);
    desk.give_for(ui, &say!("queue-release"), &whole, Action::Posture(None));
}

fn leg_words(view: &SeatView, leg: &Leg, done: String) -> String {
    let pace = match leg.pace {
        Pace::Cruise => "cruise",
        Pace::Forced => "forced",
    };
    let place = tell::sector(view, leg.to.as_str());
    let words = say!(
        "queue-leg",
        place = place,
        pace = words::of("pace", pace),
        turn = done
    );
    let waits = match &leg.cue {
        Cue::None => return words,
        Cue::Turn(turn) => say!("queue-waits-turn", turn = *turn),
        Cue::Ready(n) => say!("queue-waits-ready", n = *n),
        Cue::Supply(days) => say!("queue-waits-supply", n = *days),
        Cue::Enemy(sector, sp) => say!(
            "queue-waits-enemy",
            n = *sp,
            place = tell::sector(view, sector.as_str())
        ),
    };
    format!("{words}, {waits}")
}

/// Marches of the selected forces to the selected sector.
pub fn march_to(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    sector: &Key<Sector>,
    actions: &mut Vec<UiAction>,
) {
    theme::heading(ui, &names(table.view, std::slice::from_ref(key)));
    let mut desk = Desk {
        table,
        key,
        actions,
    };
    ui.horizontal_wrapped(|ui| {
        let stops = vec![sector.clone()];
        let go = |pace| Action::Go {
            stops: stops.clone(),
            pace,
        };
        desk.give(ui, say!("march-here"), go(Pace::Cruise));
        desk.give(ui, say!("march-forced"), go(Pace::Forced));
        let then = Action::Then {
            stops: stops.clone(),
            pace: Pace::Cruise,
            cue: Cue::None,
        };
        desk.give(ui, say!("march-then"), then);
    });
    held_back(ui, table, key, actions);
    let leg = Leg {
        to: sector.clone(),
        pace: Pace::Cruise,
        cue: Cue::None,
    };
    road::show(ui, table, (key, force), &[leg], actions);
}
