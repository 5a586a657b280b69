//! The inspector: what the selected thing is, what it can do, what it will do, and why.

use bevy_egui::egui::{Label, RichText, ScrollArea, Ui};

use super::{
    forecast, gauges, guns, orders, overlay, place, reference, site,
    sums::{self, Figure},
    supply,
};
use crate::{
    chart::{Overlay, Tag},
    content::{Force, Key},
    gui::{
        Page, Table, UiAction,
        command::{checklist::doing, rows::loads},
        keys::{Chord, Command},
        reference::Topic,
        sums as account,
        table::{action_words, policy_name, sentence},
        theme,
        words::{self, say},
    },
    sim::{
        calendar::date_text,
        journal::What,
        view::{Contact, OwnForce},
    },
    war::tell,
};

/// Names of stocks longer than this are said by their last word, letters.
const LONG: usize = 17;

/// Keys that somebody who sits down for the first time wants to know; who has no keyboard presses the lines.
const FIRST_KEYS: [Command; 15] = [
    Command::NextIdle,
    Command::OrderGo,
    Command::OrderFire,
    Command::OrderStance,
    Command::Undo,
    Command::EndTurn,
    Command::Outlook,
    Command::Reserves,
    Command::Find,
    Command::Forces,
    Command::AllForces,
    Command::Briefing,
    Command::Settings,
    Command::Reference,
    Command::Help,
];

/// The row that chooses the page of the dock, and beneath it what is laid over the map.
pub fn pages(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ui.scope(|ui| {
        let spacing = ui.spacing_mut();
        spacing.item_spacing.x = 2.0;
        spacing.button_padding.x = 4.0;
        ui.horizontal_wrapped(|ui| {
            let talks = !table.view.pacts.is_empty() || table.page == Page::Council;
            let council = talks.then(|| (Page::Council, say!("page-council")));
            let pages = [
                (Page::Selection, say!("page-selection")),
                (Page::Outlook, say!("page-outlook")),
                (Page::Reserves, say!("page-reserves")),
                (Page::Report, say!("page-report")),
                (Page::Score, say!("page-score")),
            ];
            for (page, name) in pages.into_iter().chain(council) {
                // The film is the report in motion.
                let is_so =
                    table.page == page || (page == Page::Report && table.page == Page::Film);
                if theme::choice(ui, name, is_so, None) {
                    actions.push(UiAction::Turn(page));
                }
            }
        });
    });
    if table.overlay != Overlay::None {
        let words = overlay::brief(table);
        let is_so = table.page == Page::Overlay;
        if theme::choice(ui, words, is_so, None) {
            actions.push(UiAction::Turn(Page::Overlay));
        }
    }
    theme::rule(ui);
    actions
}

/// Shows what is selected.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ScrollArea::vertical()
        .id_salt("inspector")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            match &table.selection.what {
                Some(Tag::Force(key)) => match table.view.forces.get_key_value(key) {
                    Some((key, force)) => own(ui, table, key, force, &mut actions),
                    None => nothing(ui, table, &mut actions),
                },
                Some(Tag::Contact(key)) => match table.view.contacts.get(key) {
                    Some(contact) => foreign(ui, table, key.as_str(), contact, &mut actions),
                    None => nothing(ui, table, &mut actions),
                },
                Some(Tag::Sector(key)) => match table.view.map.sectors.get(key) {
                    Some(sector) => place::sector(ui, table, key, sector, &mut actions),
                    None => nothing(ui, table, &mut actions),
                },
                Some(Tag::Site(key)) => site::show(ui, table, key, &mut actions),
                Some(Tag::Lane(key)) => match table.view.map.lanes.get(key) {
                    Some(lane) => place::lane(ui, table, lane, &mut actions),
                    None => nothing(ui, table, &mut actions),
                },
                None => nothing(ui, table, &mut actions),
            }
        });
    actions
}

/// A heading that never pushes the dock wider.
pub(super) fn title(ui: &mut Ui, words: RichText) {
    ui.add(Label::new(words.heading()).truncate());
}

/// The side of the seat in figures, and the keys to begin with; the help has all of them.
fn nothing(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    title(ui, RichText::new(table.title));
    theme::note(ui, say!("inspect-nothing"));
    if table.following.entered {
        theme::note(ui, say!("map-follow", n = table.following.still));
    }
    theme::heading(ui, table.seat);
    let (own, strength) = table.digest.own();
    theme::figure(ui, &say!("inspect-forces"), own.to_string());
    theme::figure(ui, &say!("sum-strength"), tell::strength(strength));
    theme::figure(
        ui,
        &say!("inspect-contacts"),
        view.contacts.len().to_string(),
    );
    theme::heading(ui, &say!("inspect-keys"));
    for command in FIRST_KEYS {
        let chord = table.settings.chords(command).first();
        let Some(chord) = chord.map(Chord::sign) else {
            continue;
        };
        let name = RichText::new(sentence(&words::of("key", command.name())));
        let name = name.size(theme::CAPTION);
        if sums::entry(ui, name, RichText::new(chord).color(theme::dim())).clicked() {
            actions.push(command.action());
        }
    }
}

fn own(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let rules = &view.rules;
    title(ui, RichText::new(&force.name));
    ui.horizontal_wrapped(|ui| {
        let at = force.place.sector().clone();
        let place = sentence(&tell::place(view, &force.place));
        sums::link(ui, &place, Tag::Sector(at), actions);
        let commander = force.commander.as_ref();
        if let Some(commander) = commander.and_then(|c| rules.commanders.get(c)) {
            theme::note(ui, &commander.name).on_hover_text(&commander.summary);
        }
    });
    called_away(ui, table, key);
    driven(ui, table, key);
    state(ui, table, key, force, actions);
    gauges::show(ui, table, key.as_str(), &force.meters, actions);
    supply_line(ui, table, force, actions);
    will(ui, table, key, force, actions);
    if table.following.friends.contains(key) {
        follows(ui);
    }
    if table.watch.is_some() {
        theme::note(ui, say!("watch-no-orders"));
    } else if force.mine {
        orders::show(ui, table, key, force, actions);
    } else {
        theme::note(ui, say!("inspect-not-mine"));
    }
    // It is worked out a moment later: above the orders it would push them from under the pointer.
    forecast::brief(ui, table, actions);
}

/// When the scenario takes it away, if it does so on a fixed date.
fn called_away(ui: &mut Ui, table: &Table, key: &Key<Force>) {
    let view = table.view;
    let Some(turn) = view.leaving.get(key) else {
        return;
    };
    let date = date_text(&view.calendar, *turn);
    let words = match turn - view.turn.min(*turn) {
        0 => say!("inspect-leaves-now"),
        _ => say!("inspect-leaves", date = date, turn = *turn),
    };
    let words = RichText::new(words).size(theme::CAPTION);
    ui.add(Label::new(words.color(theme::attention())).wrap());
}

/// That it was beaten off a place last turn, and so came farther than it marches.
fn driven(ui: &mut Ui, table: &Table, key: &Key<Force>) {
    let view = table.view;
    let fled = view
        .report
        .iter()
        .rev()
        .find_map(|entry| match &entry.what {
            What::Retreated { force, from, to } if force == key => Some((from, to)),
            _ => None,
        });
    let Some((from, to)) = fled else { return };
    let words = say!(
        "inspect-driven",
        from = tell::place(view, from),
        to = tell::sector(view, to.as_str())
    );
    theme::note(ui, words).on_hover_text(say!("sum-speed-flight"));
}

/// It still does what it did in the record that was entered.
fn follows(ui: &mut Ui) {
    let words = RichText::new(say!("inspect-follows-record")).size(theme::CAPTION);
    ui.add(Label::new(words.color(theme::attention())).wrap());
}

/// Figures, ships and natures of an own force.
fn state(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let rules = &view.rules;
    let before = table.reading.was(key);
    let strength = say!(
        "inspect-strength",
        now = tell::strength(force.strength),
        whole = tell::strength(force.full_strength)
    );
    let supply = say!(
        "inspect-days",
        n = tell::tenths_text(i64::from(force.supply))
    );
    let low = |value: String, is_low: bool| {
        let value = RichText::new(value);
        if is_low {
            value.color(theme::attention())
        } else {
            value
        }
    };
    let mut cells = vec![
        Figure::new("strength", say!("sum-strength"), strength, || {
            account::strength(view, force)
        }),
        Figure::new(
            "readiness",
            say!("sum-readiness"),
            low(force.readiness.to_string(), force.readiness < 500),
            || account::readiness(view, force, before),
        ),
        Figure::new(
            "aboard",
            say!("inspect-supply"),
            low(supply, force.supply < 10),
            || account::aboard(view, force, before),
        ),
        Figure::new(
            "speed",
            say!("sum-speed"),
            say!("inspect-units", n = force.speed),
            || account::speed(view, force),
        ),
    ];
    for (stock, n) in &force.stocks {
        let known = rules.stocks.get(stock);
        let name = known.map_or(stock.as_str(), |s| &s.name);
        let short = match name.rsplit_once(' ') {
            Some((_, last)) if name.len() > LONG => sentence(last),
            _ => sentence(name),
        };
        let value = RichText::new(n.to_string());
        let value = if known.is_some_and(|s| s.reserve) {
            value.color(theme::gold())
        } else {
            value
        };
        let id = format!("stock {stock}");
        cells.push(Figure::new(id, short, value, move || {
            account::magazine(view, key, force, stock, before)
        }));
    }
    sums::figures(ui, table, 2, &cells, actions);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for squadron in &force.ships {
            let class = rules.classes.get(&squadron.class);
            let name = class.map_or(squadron.class.as_str(), |c| &c.name);
            let words = say!(
                "inspect-ships",
                n = squadron.fit,
                class = name.to_lowercase(),
                crippled = squadron.crippled
            );
            let words = RichText::new(words).size(theme::CAPTION);
            let to = (Topic::Classes, squadron.class.as_str());
            reference::link(ui, words, to, actions);
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for key in &force.traits {
            let Some(nature) = rules.traits.get(key) else {
                continue;
            };
            let name = RichText::new(&nature.name).size(theme::CAPTION);
            let to = (Topic::Traits, key.as_str());
            let name = name.color(theme::dim());
            reference::link(ui, name, to, actions).on_hover_text(&nature.summary);
        }
    });
}

fn supply_line(ui: &mut Ui, table: &Table, force: &OwnForce, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let line = &force.line;
    match &line.source {
        Some(site) => {
            let name = view.map.sites.get(site).map_or(site.as_str(), |s| &s.name);
            let value = RichText::new(say!(
                "supply-of",
                came = tell::tenths_text(i64::from(line.delivered)),
                wanted = tell::tenths_text(i64::from(line.wanted))
            ));
            let value = if line.delivered < line.wanted {
                value.color(theme::attention())
            } else {
                value
            };
            let figure = Figure::new(
                "delivered",
                say!("inspect-from", site = name),
                value,
                || account::delivered(view, force),
            );
            sums::figure(ui, table, figure, actions);
        }
        None if view.turn == 1 => {
            theme::note(ui, say!("supply-none-yet"));
        }
        None if line.cut.is_none() => {
            ui.label(
                RichText::new(say!("supply-no-depot"))
                    .size(theme::CAPTION)
                    .color(theme::attention()),
            );
        }
        None => {}
    }
    supply::facts(ui, view, force, actions);
    if let Some(turn) = line.empty_on {
        let date = RichText::new(supply::short_date(view, turn)).color(theme::attention());
        theme::figure(ui, &say!("inspect-dry"), date);
    }
}

fn will(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let rules = &view.rules;
    theme::heading(ui, &say!("inspect-will"));
    let stance = rules.stances.get(&force.stance);
    let posture = force.posture.as_ref().and_then(|p| rules.postures.get(p));
    ui.horizontal_wrapped(|ui| {
        let name = stance.map_or(force.stance.as_str(), |s| &s.name);
        let about = stance.map_or("", |s| &s.summary);
        ui.label(name).on_hover_text(about);
        if let Some(posture) = posture {
            ui.label(&posture.name).on_hover_text(&posture.summary);
        }
        theme::note(ui, say!("inspect-fire", policy = policy_name(force.policy)));
        let limit = say!(
            "inspect-limit",
            share = tell::share(i64::from(force.loss_limit))
        );
        theme::note(ui, limit).on_hover_text(say!("inspect-limit-about"));
    });
    if let Some(forming) = force.forming.as_ref().and_then(|s| rules.stances.get(s)) {
        theme::figure(ui, &say!("inspect-forming"), &forming.name);
    }
    if let Some(under_way) = &force.deed {
        let what = doing(view, &under_way.deed, under_way.at.as_ref());
        let words = match u32::try_from(under_way.left).unwrap_or(0) {
            0 => say!("deed-until-now", what = what),
            left => say!("deed-until", what = what, turn = view.turn + left),
        };
        let about = rules.deeds.get(&under_way.deed).map_or("", |d| &d.summary);
        ui.add(Label::new(RichText::new(words).color(theme::attention())).wrap())
            .on_hover_text(about);
    }
    if !force.queue.is_empty() {
        let way: Vec<String> = force
            .queue
            .iter()
            .map(|leg| tell::sector(view, leg.to.as_str()))
            .collect();
        theme::note(ui, say!("inspect-marches", way = way.join(", ")));
    }
    if let Some((contact, distance)) = &force.follow {
        let whom = tell::force(view, contact.as_str());
        theme::note(ui, say!("inspect-follows", force = whom, n = *distance));
    }
    if let Some((along, when)) = &force.fall_back {
        let way: Vec<String> = along
            .iter()
            .map(|s| tell::sector(view, s.as_str()))
            .collect();
        theme::note(
            ui,
            say!("inspect-falls-back", sp = *when, way = way.join(", ")),
        );
    }
    for (index, order) in table.orders_of(key) {
        // Words first in a line that wraps, or a long way would push the dock over the map.
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(sentence(&action_words(view, order))).color(theme::attention()));
            let whole = say!("pending-take-back-of", order = action_words(view, order));
            if theme::button_for(ui, &say!("inspect-take-back"), &whole, None) {
                actions.push(UiAction::Retract(index));
            }
        });
    }
}

fn foreign(ui: &mut Ui, table: &Table, key: &str, contact: &Contact, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let hue = theme::side(table.rank(&contact.side));
    title(ui, RichText::new(tell::force(view, key)).color(hue));
    ui.horizontal_wrapped(|ui| {
        let at = contact.place.sector().clone();
        let place = sentence(&tell::place(view, &contact.place));
        sums::link(ui, &place, Tag::Sector(at), actions);
        theme::note(ui, tell::side(view, Some(contact.side.as_str())));
    });
    if table.following.contacts.contains(key) {
        follows(ui);
    }
    theme::figure(ui, &say!("inspect-known"), overlay::known(contact));
    let by = match contact.source {
        crate::sim::view::Source::Contact => "contact",
        crate::sim::view::Source::Sensors => "sensors",
        crate::sim::view::Source::Relay => "relay",
        crate::sim::view::Source::Fire => "fire",
        crate::sim::view::Source::Memory => "memory",
    };
    theme::figure(ui, &say!("inspect-by"), words::of("inspect-source", by));
    let (low, likely, high) = contact.strength;
    let strength = say!(
        "forecast-range",
        middle = tell::strength(likely),
        low = tell::strength(low),
        high = tell::strength(high)
    );
    theme::figure(ui, &say!("sum-strength"), strength).on_hover_text(say!("inspect-estimate"));
    if let Some(stance) = contact
        .stance
        .as_ref()
        .and_then(|s| view.rules.stances.get(s))
    {
        theme::figure(ui, &say!("inspect-stance-seen"), &stance.name)
            .on_hover_text(&stance.summary);
    }
    if contact.fixed {
        let fixed = RichText::new(say!("inspect-fixed")).size(theme::CAPTION);
        ui.label(fixed.color(theme::attention()));
    }
    if contact.drift > 0 {
        let units = say!("inspect-units", n = contact.drift);
        theme::figure(ui, &say!("inspect-drift"), units);
    }
    if !contact.bound.is_empty() {
        let way = contact.bound.iter();
        let way: Vec<String> = way.map(|leg| tell::sector(view, leg.to.as_str())).collect();
        let words = RichText::new(say!("inspect-bound", way = way.join(", ")));
        let words = words.size(theme::CAPTION).color(theme::attention());
        ui.add(Label::new(words).wrap());
    }
    forecast::brief(ui, table, actions);
    chances(ui, table, key, contact, actions);
    theme::heading(ui, &say!("inspect-against"));
    guns::against(ui, table, &Key::new(key), contact, actions);
}

/// Chances of the own guns that reach a contact, each with its sum.
fn chances(ui: &mut Ui, table: &Table, key: &str, contact: &Contact, actions: &mut Vec<UiAction>) {
    use crate::{content::Trigger, sim::fire};
    let view = table.view;
    let (mut shots, mut spent) = (Vec::new(), 0);
    for (force, own, distance) in table.digest.near(contact.place.sector()) {
        for (weapon, known) in &view.rules.weapons {
            // A gun without a charge hits nobody, however well it would.
            let mounts = fire::mounts(&view.rules, &own.ships, weapon);
            if known.trigger != Trigger::Salvo || mounts == 0 || distance > known.range {
                continue;
            }
            if loads(view, own, weapon, true) == 0 {
                spent += 1;
                continue;
            }
            let Some(sum) = account::hit(view, own, weapon, contact, false) else {
                continue;
            };
            let word = say!(
                "inspect-gun",
                force = own.name.as_str(),
                weapon = known.name.as_str()
            );
            let id = format!("hit {force} {weapon} {key}");
            let value = tell::share(sum.total);
            shots.push((sum.total, Figure::new(id, word, value, move || sum.clone())));
        }
    }
    if shots.is_empty() && spent == 0 {
        return;
    }
    theme::heading(ui, &say!("inspect-chances"));
    if shots.is_empty() {
        theme::note(ui, say!("inspect-spent"));
    }
    shots.sort_by_key(|(chance, _)| -chance);
    for (_, shot) in shots.into_iter().take(6) {
        sums::figure(ui, table, shot, actions);
    }
}
