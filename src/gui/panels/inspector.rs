//! The inspector: what the selected thing is, what it can do, what it will do, and why.

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::{guns, orders, roster::known};
use crate::{
    chart::Tag,
    content::{Force, Key, Sector},
    gui::{
        Page, Table, UiAction,
        table::{action_words, policy_name, sentence},
        theme,
    },
    sim::{
        forecast::Forecast,
        view::{Contact, OwnForce},
    },
    war::tell,
};

/// The row that chooses the page of the dock.
pub fn pages(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ui.horizontal(|ui| {
        for (page, name) in [
            (Page::Selection, "Selection"),
            (Page::Report, "Report"),
            (Page::Score, "Score"),
        ] {
            if theme::choice(ui, name, table.page == page, None) {
                actions.push(UiAction::Turn(page));
            }
        }
    });
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
                    None => nothing(ui, table),
                },
                Some(Tag::Contact(key)) => match table.view.contacts.get(key) {
                    Some(contact) => foreign(ui, table, key.as_str(), contact, &mut actions),
                    None => nothing(ui, table),
                },
                Some(Tag::Sector(key)) => place(ui, table, key, &mut actions),
                Some(Tag::Site(key)) => site(ui, table, key, &mut actions),
                _ => nothing(ui, table),
            }
        });
    actions
}

fn nothing(ui: &mut Ui, table: &Table) {
    ui.label(RichText::new(table.title).heading());
    theme::note(
        ui,
        "Nothing is selected. Click a force, a contact or a sector.",
    );
    theme::heading(ui, "Keys");
    for (key, does) in [
        ("Space, Enter", "end the turn"),
        ("Tab", "next force without orders"),
        ("Arrows, + and -", "move and zoom the map"),
        ("0", "the whole map"),
        (
            "1 to 6",
            "overlays: supply, reach, knowledge, control, objectives, none",
        ),
        ("F1 F2 F3", "fold the docks"),
        ("R, O", "report, objectives and score"),
        ("Ctrl+S, Ctrl+L", "save, load the newest other war"),
        ("Ctrl+Z, Ctrl+Y", "undo, redo"),
        ("Right click", "march there with the force selected last"),
        ("Esc", "one step back"),
    ] {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(key).size(theme::CAPTION));
            theme::note(ui, does);
        });
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
    ui.label(RichText::new(&force.name).heading());
    ui.horizontal_wrapped(|ui| {
        theme::note(ui, sentence(&tell::place(view, &force.place)));
        let commander = force.commander.as_ref();
        if let Some(commander) = commander.and_then(|c| rules.commanders.get(c)) {
            ui.label(&commander.name).on_hover_text(&commander.summary);
        }
    });
    state(ui, table, force);
    supply_line(ui, table, force);
    will(ui, table, key, force, actions);
    if let Some((sector, seen)) = table.forecast {
        forecast(ui, table, sector, seen);
    }
    if force.mine {
        orders::show(ui, table, key, force, actions);
    } else {
        theme::note(ui, "It takes its orders from another seat.");
    }
}

/// Figures, ships and natures of an own force.
fn state(ui: &mut Ui, table: &Table, force: &OwnForce) {
    let rules = &table.view.rules;
    let strength = format!(
        "{} of {}",
        tell::strength(force.strength),
        tell::strength(force.full_strength)
    );
    let supply = format!("{} days", tell::tenths_text(i64::from(force.supply)));
    let mut cells = vec![
        (
            "strength",
            RichText::new(strength),
            "strength points now, and when it was whole",
        ),
        (
            "readiness",
            RichText::new(force.readiness.to_string()),
            "freshness and order, of 1000",
        ),
        ("supply", RichText::new(supply), "days of supply aboard"),
    ];
    for (stock, n) in &force.stocks {
        let words = RichText::new(n.to_string());
        cells.push(match rules.stocks.get(stock) {
            Some(stock) if stock.reserve => {
                (stock.name.as_str(), words.color(theme::gold()), &stock.name)
            }
            Some(stock) => (stock.name.as_str(), words, &stock.name),
            None => (stock.as_str(), words, ""),
        });
    }
    theme::figures(ui, &cells);
    let ships: Vec<String> = force
        .ships
        .iter()
        .map(|s| {
            let name = rules
                .classes
                .get(&s.class)
                .map_or(s.class.as_str(), |c| &c.name);
            let hurt = if s.crippled > 0 {
                format!(" (+{} crippled)", s.crippled)
            } else {
                String::new()
            };
            format!("{} {}{hurt}", s.fit, name.to_lowercase())
        })
        .collect();
    ui.label(ships.join(", "));
    ui.horizontal_wrapped(|ui| {
        for nature in force.traits.iter().filter_map(|key| rules.traits.get(key)) {
            theme::note(ui, &nature.name).on_hover_text(&nature.summary);
        }
    });
}

fn supply_line(ui: &mut Ui, table: &Table, force: &OwnForce) {
    let view = table.view;
    let line = &force.line;
    theme::heading(ui, "Supply line");
    match &line.source {
        Some(site) => {
            let name = view.map.sites.get(site).map_or(site.as_str(), |s| &s.name);
            let path: Vec<String> = line
                .path
                .iter()
                .map(|s| tell::sector(view, s.as_str()))
                .collect();
            let words = format!(
                "{} of {} SP from {name}",
                tell::tenths_text(i64::from(line.delivered)),
                tell::tenths_text(i64::from(line.wanted)),
            );
            let lanes = path.len().saturating_sub(1);
            ui.label(words)
                .on_hover_text(format!("{lanes} lanes: {}", path.join(" - ")));
        }
        None if view.turn == 1 => {
            theme::note(ui, "no convoy has run yet");
        }
        None => {
            ui.label(RichText::new("no depot reaches it").color(theme::attention()));
        }
    }
    for (sector, lost) in &line.lost {
        let place = tell::sector(view, sector.as_str());
        let lost = RichText::new(format!("{} SP", tell::tenths_text(i64::from(*lost))))
            .color(theme::loss());
        theme::figure(ui, &format!("lost at {place}"), lost);
    }
    if let Some((sector, share)) = line.weak.as_ref().filter(|(_, share)| *share < 1000) {
        let place = tell::sector(view, sector.as_str());
        theme::figure(
            ui,
            &format!("weakest at {place}"),
            tell::share(i64::from(*share)),
        );
    }
    if let Some(cut) = &line.cut {
        let place = tell::sector(view, cut.as_str());
        ui.label(RichText::new(format!("cut at {place}")).color(theme::loss()));
    }
    if let Some(turn) = line.empty_on {
        theme::figure(
            ui,
            "supply aboard ends on turn",
            RichText::new(turn.to_string()).color(theme::attention()),
        );
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
    theme::heading(ui, "What it will do");
    let stance = rules.stances.get(&force.stance);
    let posture = force.posture.as_ref().and_then(|p| rules.postures.get(p));
    ui.horizontal_wrapped(|ui| {
        let name = stance.map_or(force.stance.as_str(), |s| &s.name);
        let about = stance.map_or("", |s| &s.summary);
        ui.label(name).on_hover_text(about);
        if let Some(posture) = posture {
            ui.label(&posture.name).on_hover_text(&posture.summary);
        }
        theme::note(ui, "fire");
        ui.label(policy_name(force.policy));
        theme::note(ui, "until");
        let limit = tell::share(i64::from(force.loss_limit));
        ui.label(format!("{limit} lost"))
            .on_hover_text("then it breaks off");
    });
    if let Some(forming) = force.forming.as_ref().and_then(|s| rules.stances.get(s)) {
        theme::figure(ui, "forming for next turn", &forming.name);
    }
    for leg in &force.queue {
        theme::figure(ui, "marches to", tell::sector(view, leg.to.as_str()));
    }
    if let Some((contact, distance)) = &force.follow {
        theme::figure(
            ui,
            "follows",
            format!(
                "{} at {distance} lanes",
                tell::force(view, contact.as_str())
            ),
        );
    }
    if let Some((along, when)) = &force.fall_back {
        let way: Vec<String> = along
            .iter()
            .map(|s| tell::sector(view, s.as_str()))
            .collect();
        ui.label(format!("falls back at {when} SP by {}", way.join(", ")));
    }
    for (index, order) in table.orders_of(key) {
        // Words first in a line that wraps, or a long way would push the dock over the map.
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(sentence(&action_words(view, order))).color(theme::attention()));
            if theme::button(ui, "x", None) {
                actions.push(UiAction::Retract(index));
            }
        });
    }
}

/// How the fight at a place would go.
fn forecast(ui: &mut Ui, table: &Table, sector: &Key<Sector>, seen: &Forecast) {
    let place = tell::sector(table.view, sector.as_str());
    theme::heading(ui, &format!("A fight at {place}"));
    let spread = |s: &crate::sim::forecast::Spread| {
        let [low, _, middle, _, high] = s.quantiles;
        format!(
            "{} ({} to {})",
            tell::strength(middle),
            tell::strength(low),
            tell::strength(high)
        )
    };
    theme::figure(
        ui,
        "we bring, they bring",
        format!(
            "{} : ~{} SP",
            tell::strength(seen.own.strength),
            tell::strength(seen.hostile.strength)
        ),
    );
    theme::figure(
        ui,
        "we lose",
        RichText::new(spread(&seen.own)).color(theme::loss()),
    );
    theme::figure(ui, "they lose", spread(&seen.hostile));
    theme::figure(
        ui,
        "we have the place after it",
        tell::share(i64::from(seen.holds)),
    )
    .on_hover_text(format!(
        "{} fights with what is known; middle, and nine of ten between",
        seen.samples
    ));
}

fn foreign(ui: &mut Ui, table: &Table, key: &str, contact: &Contact, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let hue = theme::side(table.rank(&contact.side));
    ui.label(RichText::new(tell::force(view, key)).heading().color(hue));
    theme::note(ui, sentence(&tell::place(view, &contact.place)));
    theme::figure(ui, "known", known(contact));
    theme::figure(ui, "by", sentence(&format!("{:?}", contact.source)));
    let (low, likely, high) = contact.strength;
    let strength = format!(
        "{} ({} to {}) SP",
        tell::strength(likely),
        tell::strength(low),
        tell::strength(high)
    );
    theme::figure(ui, "strength", strength);
    if let Some(stance) = contact
        .stance
        .as_ref()
        .and_then(|s| view.rules.stances.get(s))
    {
        theme::figure(ui, "stance seen", &stance.name).on_hover_text(&stance.summary);
    }
    if contact.fixed {
        ui.label(
            RichText::new("Fixed by the last battle: guns find it.").color(theme::attention()),
        );
    }
    if contact.drift > 0 {
        theme::figure(ui, "may have gone", format!("{} units", contact.drift));
    }
    if let Some((sector, seen)) = table.forecast {
        forecast(ui, table, sector, seen);
    }
    theme::heading(ui, "Against it");
    let id = Key::new(key);
    for (force, own) in view.forces.iter().filter(|(_, f)| f.mine) {
        guns::against(ui, table, force, own, &id, actions);
    }
}

fn place(ui: &mut Ui, table: &Table, key: &Key<Sector>, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let Some(sector) = view.map.sectors.get(key) else {
        return nothing(ui, table);
    };
    ui.label(RichText::new(&sector.name).heading());
    let region = view.map.regions.get(&sector.region).map_or("", |r| &r.name);
    theme::note(ui, region);
    if let Some(terrain) = view.rules.terrain.get(&sector.terrain) {
        theme::figure(ui, "terrain", &terrain.name);
        theme::note(ui, &terrain.summary);
        theme::figure(ui, "room for", format!("{} SP a side", terrain.frontage));
    }
    if let Some(seen) = view.sectors.get(key) {
        let owner = tell::side(view, seen.owner.as_ref().map(Key::as_str));
        theme::figure(ui, "held by", sentence(&owner));
        let age = match (seen.seen, seen.age) {
            (true, _) => "now".to_owned(),
            (false, age) => format!("{age} turns ago"),
        };
        theme::figure(ui, "seen", age);
    }
    if let Some((force, own)) = table.acting() {
        orders::march_to(ui, table, force, own, key, actions);
    }
    if let Some((at, seen)) = table.forecast {
        forecast(ui, table, at, seen);
    }
    theme::heading(ui, "Here");
    let mut empty = true;
    for (site, kind) in view.map.sites.iter().filter(|(_, s)| s.sector == *key) {
        empty = false;
        link(ui, &kind.name, Tag::Site(site.clone()), actions);
    }
    for (force, own) in view.forces_at(key) {
        empty = false;
        link(ui, &own.name, Tag::Force(force.clone()), actions);
    }
    for (contact, _) in view.contacts_at(key) {
        empty = false;
        link(
            ui,
            &tell::force(view, contact.as_str()),
            Tag::Contact(contact.clone()),
            actions,
        );
    }
    if empty {
        theme::note(ui, "nothing that is known");
    }
    theme::heading(ui, "Ways");
    for lane in view.map.lanes.values() {
        let other = match &lane.ends {
            (a, b) if a == key => b,
            (a, b) if b == key => a,
            _ => continue,
        };
        ui.horizontal(|ui| {
            link(
                ui,
                &tell::sector(view, other.as_str()),
                Tag::Sector(other.clone()),
                actions,
            );
            theme::note(
                ui,
                format!("{} units, carries {} SP", lane.length, lane.capacity),
            );
        });
    }
}

fn site(ui: &mut Ui, table: &Table, key: &Key<crate::content::Site>, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let (Some(site), Some(chart)) = (view.sites.get(key), view.map.sites.get(key)) else {
        return nothing(ui, table);
    };
    ui.label(RichText::new(&chart.name).heading());
    let kind = view.rules.site_kinds.get(&chart.kind);
    theme::note(ui, kind.map_or("", |k| &k.name));
    link(
        ui,
        &tell::sector(view, site.sector.as_str()),
        Tag::Sector(site.sector.clone()),
        actions,
    );
    theme::figure(ui, "held by", tell::side(view, Some(site.owner.as_str())));
    if let Some(kind) = kind {
        for (words, n) in [
            ("keeps supplied, SP", i64::from(kind.supply)),
            ("holds a track within", i64::from(kind.track)),
            ("turns it holds out alone", i64::from(kind.endurance)),
        ] {
            if n > 0 {
                theme::figure(ui, words, n.to_string());
            }
        }
        if kind.repair > 0 {
            theme::figure(ui, "mends a turn, SP", tell::strength(kind.repair));
        }
    }
    for (stock, n) in site.stocks.iter().flatten() {
        let stock = view.rules.stocks.get(stock);
        let words = RichText::new(n.to_string());
        let words = if stock.is_some_and(|s| s.reserve) {
            words.color(theme::gold())
        } else {
            words
        };
        theme::figure(ui, stock.map_or("?", |s| &s.name), words);
    }
    if site.blockaded > 0 {
        let words = format!("blockaded for {} turns", site.blockaded);
        ui.label(RichText::new(words).color(theme::loss()));
    }
}

/// A name that selects what it names.
fn link(ui: &mut Ui, words: &str, tag: Tag, actions: &mut Vec<UiAction>) {
    if ui.link(words).clicked() {
        actions.push(UiAction::Select(Some(tag)));
    }
}
