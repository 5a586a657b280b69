//! What the last turn brought: losses by cause, battles with their bouts, supply, what was seen, luck; and the score
//! as far as the seat can count it. Each line leads to the map and opens the sum that made it.

use std::collections::BTreeMap;

use bevy_egui::egui::{
    Align, CollapsingHeader, Color32, FontId, Label, Layout, RichText, ScrollArea, Ui,
};

use super::{account, bands, journal, long, volleys};
use crate::{
    content::{Key, Side, Stat},
    gui::{
        Table, UiAction,
        film::Act,
        keys::Command,
        names,
        table::sentence,
        theme,
        words::{self, say},
    },
    sim::{
        journal::{Cause, Party, What},
        state::Place,
        view::SeatView,
    },
    war::tell,
};

/// Least width of a column of the large report, points.
const NARROW: f32 = 320.0;

/// Shows the report.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    if table.film.reel.is_large {
        head(ui, table, &mut actions);
        theme::note(ui, say!("film-report-is-large"));
        return actions;
    }
    ScrollArea::vertical()
        .id_salt("report")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            if head(ui, table, &mut actions) {
                costs(ui, table, &mut actions);
                particulars(ui, table, &mut actions);
            }
        });
    actions
}

/// Shows it over the map, in two columns.
pub fn large(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    theme::panel_frame().inner_margin(16).show(ui, |ui| {
        if ui.available_width() < 2.0 * NARROW {
            let whole = ScrollArea::vertical().id_salt("large report");
            whole.auto_shrink(false).show(ui, |ui| {
                theme::tight(ui);
                costs(ui, table, &mut actions);
                particulars(ui, table, &mut actions);
            });
            return;
        }
        ui.columns(2, |columns| {
            for (i, ui) in columns.iter_mut().enumerate() {
                ScrollArea::vertical()
                    .id_salt(("large report", i))
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        theme::tight(ui);
                        // Columns would spread the words of a line over its length.
                        ui.with_layout(Layout::top_down(Align::Min), |ui| match i {
                            0 => costs(ui, table, &mut actions),
                            _ => particulars(ui, table, &mut actions),
                        });
                    });
            }
        });
    });
    // A line that leads to the map leads away from here.
    if actions.iter().any(|a| matches!(a, UiAction::Centre(_))) {
        actions.push(UiAction::Film(Act::Large(false)));
    }
    actions
}

/// Which turn's report it is, and what else can be done with that turn; false if there is none yet.
fn head(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) -> bool {
    let view = table.view;
    if view.turn <= 1 && view.ended.is_none() {
        theme::note(ui, say!("film-no-turn"));
        return false;
    }
    let over = view.ended.is_some();
    let turn = if over { view.turn } else { view.turn - 1 };
    ui.label(RichText::new(say!("film-report-of", turn = turn)).heading());
    ui.horizontal(|ui| {
        if table.film.reel.tape().is_some() {
            let about = words::of("key", Command::FilmWatch.name());
            if theme::choice_about(ui, say!("film-watch"), false, None, &about) {
                actions.push(UiAction::Film(Act::Watch));
            }
        }
        let is_large = table.film.reel.is_large;
        if theme::choice(ui, say!("film-report-large"), is_large, None) {
            actions.push(UiAction::Film(Act::Large(!is_large)));
        }
    });
    true
}

/// What was lost, and in which battles.
fn costs(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = journal::names(table);
    for own in [true, false] {
        losses(ui, view, own, actions);
        troops(ui, view, own, actions);
    }
    battles(ui, view, actions);
}

/// Luck, supply, what was seen, ground and objectives, marches.
fn particulars(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = journal::names(table);
    if let Some(tape) = table.film.reel.tape() {
        bands::show(ui, view, &tape.luck);
    }
    part(ui, view, &say!("film-supply-head"), is_supply, actions);
    part(ui, view, &say!("film-seen-head"), is_sight, actions);
    part(ui, view, &say!("report-deeds-head"), is_deed, actions);
    part(ui, view, &say!("film-ground-head"), is_ground, actions);
    part(ui, view, &say!("film-orders-head"), is_order, actions);
}

/// Losses by cause, each cause open to the happenings that make it up.
fn losses(ui: &mut Ui, view: &SeatView, own: bool, actions: &mut Vec<UiAction>) {
    let title = if own {
        say!("film-own-losses")
    } else {
        say!("film-their-losses")
    };
    theme::heading(ui, &title);
    let losses = account::losses(view, own);
    if losses.is_empty() {
        theme::note(ui, say!("film-no-losses"));
        return;
    }
    let sum: i64 = losses.values().map(|loss| loss.hp).sum();
    let value = RichText::new(say!("film-sp", sp = tell::fine_strength(sum)));
    let value = if own {
        value.color(theme::loss())
    } else {
        value
    };
    theme::figure(
        ui,
        &say!("film-in-all"),
        value.font(theme::medium(theme::BODY)),
    );
    for (cause, loss) in losses {
        let head = format!("{}: {}", words::of("film-cause", cause), loss.words());
        let head = broken(ui, sentence(&head));
        let entries = loss.entries.iter().filter_map(|n| view.report.get(*n));
        let lines = volleys::fold(entries);
        let colour = if own { theme::loss() } else { theme::text() };
        CollapsingHeader::new(RichText::new(head).size(theme::CAPTION))
            .id_salt((own, cause))
            .default_open(lines.len() <= 4)
            .show(ui, |ui| {
                let told = |what: &What| (toll(view, what), colour);
                volleys::show(ui, view, cause, &lines, &told, actions);
                if loss.scars > 0 {
                    theme::note(ui, say!("film-scars", sp = tell::fine_strength(loss.scars)));
                }
            });
    }
}

/// Troops lost by cause, each cause open to the happenings that make it up.
fn troops(ui: &mut Ui, view: &SeatView, own: bool, actions: &mut Vec<UiAction>) {
    let fallen = account::fallen(view, own);
    if fallen.is_empty() {
        return;
    }
    let (title, colour) = match own {
        true => (say!("report-troops-own"), theme::loss()),
        false => (say!("report-troops-theirs"), theme::text()),
    };
    theme::heading(ui, &title);
    for (cause, fallen) in fallen {
        let units = say!("report-units", n = fallen.units);
        let head = format!("{}: {units}", words::of("report-troops", cause));
        let entries = fallen.entries.iter().filter_map(|n| view.report.get(*n));
        let lines = volleys::fold(entries);
        CollapsingHeader::new(RichText::new(sentence(&head)).size(theme::CAPTION))
            .id_salt(("troops", own, cause))
            .default_open(lines.len() <= 4)
            .show(ui, |ui| {
                let told = |what: &What| (sentence(&tell::what(view, what)), colour);
                volleys::show(ui, view, cause, &lines, &told, actions);
            });
    }
}

/// What of works in a place harms whoever comes, in names; empty if nothing there is known to.
fn among(view: &SeatView, place: &Place) -> String {
    let seen = view.sectors.get(place.sector());
    let works = seen.into_iter().flat_map(|s| &s.works);
    let foreign = works.filter(|(side, _)| view.hostile.contains(*side));
    let mut harmful: Vec<String> = foreign
        .flat_map(|(_, meters)| meters)
        .filter(|(key, value)| {
            let meter = view.rules.meters.get(*key);
            let mut reached = meter.into_iter().flat_map(|m| &m.thresholds);
            reached.any(|t| {
                t.is_reached(**value) && t.modifiers.iter().any(|m| m.stat == Stat::Attrition)
            })
        })
        .map(|(key, _)| names::meter(view, key).to_lowercase())
        .collect();
    harmful.dedup();
    match harmful.is_empty() {
        true => String::new(),
        false => say!("report-among", what = harmful.join(", ")),
    }
}

/// A heading in two lines where there is no room for one.
fn broken(ui: &Ui, head: String) -> String {
    let font = FontId::proportional(theme::CAPTION);
    let painter = ui.painter();
    let whole = painter.layout_no_wrap(head.clone(), font, theme::text());
    let room = ui.available_width() - ui.spacing().indent - 8.0;
    match whole.size().x > room {
        true => head.replacen(": ", ":\n", 1),
        false => head,
    }
}

/// Who lost what, and by what: the cause stands over it, so only its particulars are told.
fn toll(view: &SeatView, what: &What) -> String {
    let line = sentence(&tell::what(view, what));
    match what {
        What::ShipsLost {
            force,
            class,
            lost,
            crippled,
            hp,
            place,
            cause,
        } => {
            let by = match cause {
                Cause::Salvo(weapon, from)
                | Cause::Answer(weapon, from)
                | Cause::Bombard(weapon, from)
                    if place.sector() != from =>
                {
                    let known = view.rules.weapons.get(weapon);
                    let weapon = known.map_or(weapon.as_str(), |w| &w.name).to_owned();
                    let from = tell::sector(view, from.as_str());
                    say!("film-toll-from", weapon = weapon, place = from)
                }
                Cause::Salvo(..) | Cause::Answer(..) | Cause::Bombard(..) => String::new(),
                Cause::Bout(n) => say!("film-toll-bout", n = *n),
                Cause::Passage => among(view, place),
                Cause::Battery(_, site) => say!("report-of-site", site = names::site(view, site)),
                Cause::Deed(deed) => {
                    say!("report-by-deed", deed = names::deed(view, deed))
                }
                Cause::Meter(meter) => names::meter(view, meter),
                Cause::Pursuit | Cause::CutOff => String::new(),
            };
            format!(
                "{}: {} ({} SP) {} {by}",
                sentence(&tell::force(view, force.as_str())),
                tell::toll(view, class, *lost, *crippled),
                tell::fine_strength(*hp),
                say!("film-toll-at", place = tell::place(view, place)),
            )
            .trim_end()
            .to_owned()
        }
        _ => line,
    }
}

fn battles(ui: &mut Ui, view: &SeatView, actions: &mut Vec<UiAction>) {
    let mut places: Vec<&Place> = Vec::new();
    for entry in &view.report {
        if let What::Battle { place, .. } = &entry.what
            && !places.contains(&place)
        {
            places.push(place);
        }
    }
    if places.is_empty() {
        return;
    }
    theme::heading(ui, &say!("film-battles"));
    long::show(ui, "battles", places.len(), |ui, number| {
        battle(ui, view, places[number], None, actions);
    });
}

/// A battle: who fought how, who lost what in each bout, how the ground was settled. With `until`, as far as that
/// entry of the report.
pub fn battle(
    ui: &mut Ui,
    view: &SeatView,
    place: &Place,
    until: Option<usize>,
    actions: &mut Vec<UiAction>,
) {
    let told = || {
        let all = view.report.iter().enumerate();
        all.filter(|(i, _)| until.is_none_or(|last| *i <= last))
            .map(|(_, e)| &e.what)
    };
    let fights = || {
        view.report.iter().filter_map(|e| match &e.what {
            What::Battle {
                place: at,
                attacker,
                defender,
                ..
            } if at == place => Some((&e.what, attacker, defender)),
            _ => None,
        })
    };
    let Some((what, ..)) = fights().next() else {
        return;
    };
    journal::told(
        ui,
        view,
        what,
        sentence(&tell::place(view, place)),
        theme::text(),
        actions,
    );
    for (_, attacker, defender) in fights() {
        party(ui, view, &say!("film-attacks"), attacker, until.is_none());
        party(ui, view, &say!("film-defends"), defender, until.is_none());
    }
    for what in told() {
        if let What::Bout {
            place: at,
            bout,
            dealt: losses,
        } = what
            && at == place
        {
            dealt(ui, view, *bout, losses);
            for what in told() {
                if let What::ShipsLost {
                    force,
                    place: at,
                    class,
                    lost,
                    crippled,
                    cause,
                    ..
                } = what
                    && at == place
                    && *cause == Cause::Bout(*bout)
                {
                    let who = sentence(&tell::force(view, force.as_str()));
                    let words = format!("{who}: {}", tell::toll(view, class, *lost, *crippled));
                    let foreign = account::is_foreign(view, force);
                    let colour = if foreign { theme::dim() } else { theme::loss() };
                    ui.indent(("bout", *bout), |ui| {
                        journal::told(ui, view, what, words, colour, actions);
                    });
                }
            }
        }
    }
    for what in told() {
        match what {
            What::Battle {
                place: at, ground, ..
            } if at == place => {
                let words = sentence(&tell::ground(view, *ground));
                ui.label(
                    RichText::new(words)
                        .color(theme::attention())
                        .size(theme::CAPTION),
                );
            }
            What::Lured { place: at, .. }
            | What::Captured { place: at, .. }
            | What::Pursued { place: at, .. }
            | What::Retreated { from: at, .. }
                if at == place =>
            {
                let words = sentence(&tell::what(view, what));
                journal::told(ui, view, what, words, theme::text(), actions);
            }
            _ => {}
        }
    }
    ui.add_space(6.0);
}

/// One party: side, strength and what it lost; stance, and of own forces how ready they are now.
fn party(ui: &mut Ui, view: &SeatView, role: &str, party: &Party, is_over: bool) {
    let rules = &view.rules.stances;
    let stance = rules
        .get(&party.stance)
        .map_or(party.stance.as_str(), |s| &s.name);
    let strength = tell::strength(party.strength);
    let strength = if is_over {
        say!(
            "film-lost-of",
            lost = tell::fine_strength(party.lost),
            sp = strength
        )
    } else {
        say!("film-sp", sp = strength)
    };
    let name = tell::side(view, Some(party.side.as_str()));
    let width = |words: &str| {
        let font = FontId::proportional(theme::CAPTION);
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(words.to_owned(), font, theme::text());
        galley.size().x.ceil() + ui.spacing().item_spacing.x
    };
    // Where there is no room for both in one row, the strength stands in the next.
    let beside = width(role) + width(&name) + width(&strength) <= ui.available_width();
    let at_the_end = |ui: &mut Ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(&strength).size(theme::CAPTION));
        });
    };
    ui.horizontal(|ui| {
        theme::note(ui, role);
        let name = RichText::new(name).color(hue(view, &party.side));
        ui.add(Label::new(name.size(theme::CAPTION)).truncate());
        if beside {
            at_the_end(ui);
        }
    });
    if !beside {
        ui.horizontal(at_the_end);
    }
    let mut told = vec![stance.to_owned()];
    if is_over {
        let own = party.forces.iter().filter_map(|name| view.forces.get(name));
        told.extend(own.map(|force| {
            say!(
                "film-ready",
                force = force.name.clone(),
                percent = force.readiness / 10
            )
        }));
    }
    theme::note(ui, told.join(", "));
}

fn hue(view: &SeatView, side: &Key<Side>) -> Color32 {
    let rank = view.sides.keys().position(|s| s == side);
    theme::side(rank.unwrap_or(view.sides.len()))
}

/// What each side lost in a bout, in its colour.
fn dealt(ui: &mut Ui, view: &SeatView, bout: u32, dealt: &BTreeMap<Key<Side>, i64>) {
    ui.horizontal(|ui| {
        theme::note(ui, say!("film-bout", n = bout));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (side, hp) in dealt.iter().rev() {
                let words = format!("\u{2212}{}", tell::fine_strength(*hp));
                let name = tell::side(view, Some(side.as_str()));
                ui.label(
                    RichText::new(words)
                        .color(hue(view, side))
                        .size(theme::CAPTION),
                )
                .on_hover_text(say!(
                    "film-side-lost",
                    side = name,
                    sp = tell::fine_strength(*hp)
                ));
            }
        });
    });
}

fn part(
    ui: &mut Ui,
    view: &SeatView,
    title: &str,
    belongs: fn(&What) -> bool,
    actions: &mut Vec<UiAction>,
) {
    let lines = volleys::fold(view.report.iter().filter(|e| belongs(&e.what)));
    if lines.is_empty() {
        return;
    }
    theme::heading(ui, title);
    journal::show_folded(ui, view, title, &lines, actions);
}

fn is_supply(what: &What) -> bool {
    matches!(
        what,
        What::Short { .. }
            | What::Starving { .. }
            | What::ConvoysLost { .. }
            | What::Drew { .. }
            | What::Repaired { .. }
            | What::Made { .. }
            | What::DepotMoved { .. }
    )
}

fn is_sight(what: &What) -> bool {
    matches!(
        what,
        What::Sighted { .. }
            | What::GaveAway { .. }
            | What::Salvos { .. }
            | What::SiteFired { .. }
            | What::Boarded { .. }
            | What::Learnt { .. }
    )
}

fn is_ground(what: &What) -> bool {
    matches!(
        what,
        What::ObjectiveChanged { .. }
            | What::SectorTaken { .. }
            | What::SiteTaken { .. }
            | What::SiteBlockaded { .. }
            | What::SiteShelled { .. }
            | What::SiteRazed { .. }
            | What::SiteTurned { .. }
            | What::Landed { .. }
            | What::Lifted { .. }
            | What::GroundFight { .. }
            | What::Reached { .. }
            | What::Related { .. }
            | What::Joined { .. }
            | What::MeterReached { .. }
            | What::Learned { .. }
            | What::Said { .. }
            | What::OnTable { .. }
            | What::OffTable { .. }
            | What::Word { .. }
            | What::Agreed { .. }
            | What::Ended { .. }
    )
}

fn is_order(what: &What) -> bool {
    matches!(
        what,
        What::Arrived { .. }
            | What::ArrivalBarred { .. }
            | What::Refused { .. }
            | What::StanceTaken { .. }
            | What::Split { .. }
            | What::Merged { .. }
            | What::Moved { .. }
            | What::Barred { .. }
            | What::FellBack { .. }
            | What::Deployed { .. }
            | What::Called { .. }
            | What::NobodyCalled { .. }
            | What::Left { .. }
    )
}

fn is_deed(what: &What) -> bool {
    matches!(
        what,
        What::DeedBegun { .. }
            | What::DeedDone { .. }
            | What::DeedOff { .. }
            | What::DeedSuffered { .. }
            | What::Stocked { .. }
            | What::Changed { .. }
    )
}
