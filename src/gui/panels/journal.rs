//! The journal of the last turn: all of it or a part, each line a way to its place, with the sum behind it under the
//! pointer.

use bevy_egui::egui::{self, ComboBox, Label, RichText, ScrollArea, Sense, Ui};

use super::{account, explain, film::phase_name, volleys};
use crate::{
    chart::Tag,
    content::{Key, Sector},
    gui::{
        Table, UiAction,
        film::{Act, concerns},
        theme,
        words::say,
    },
    sim::{
        journal::{Entry, Subject, What},
        state::Place,
        turn::Phase,
        view::SeatView,
    },
};

/// Which lines are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only what concerns the seat itself.
    pub mine: bool,
    /// Only this phase.
    pub phase: Option<Phase>,
}

/// Shows it. While the film is on its way it goes as far as the film.
pub fn show(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let (view, filter) = (names(table), table.film.reel.filter);
    head(ui, view, filter, actions);
    let reached = table.film.reel.run().map(|run| {
        let tape = table.film.reel.tape();
        let beats = tape.map_or(&[][..], |tape| &tape.film.beats);
        let told = beats.iter().take(run.beat + 1);
        told.flat_map(|b| b.entries.iter().copied()).max()
    });
    ScrollArea::vertical()
        .id_salt("journal")
        .auto_shrink(false)
        .stick_to_bottom(reached.is_some())
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let lines = view.report.iter().enumerate().filter(|(index, entry)| {
                let is_told = reached.is_none_or(|last| Some(*index) <= last);
                is_told && passes(view, filter, entry)
            });
            let lines = volleys::fold(lines.map(|(_, entry)| entry));
            show_folded(ui, view, "lines", &lines, actions);
            if lines.is_empty() && reached.is_none() {
                let words = match (table.view.turn, view.report.is_empty()) {
                    (1, _) => say!("film-journal-before"),
                    (_, true) => say!("film-journal-nothing"),
                    (_, false) => say!("film-journal-filtered"),
                };
                theme::note(ui, words);
            }
        });
}

/// The view with names for those who are gone as well, if the last turn is on film.
pub fn names<'a>(table: &Table<'a>) -> &'a SeatView {
    let tape = table.film.reel.tape();
    let cast = tape.map(|tape| &tape.film.stage.cast);
    // Not while the turn after it is planned in another war, or by another seat.
    cast.filter(|cast| cast.seat == table.view.seat && cast.turn == table.view.turn)
        .unwrap_or(table.view)
}

fn head(ui: &mut Ui, view: &SeatView, filter: Filter, actions: &mut Vec<UiAction>) {
    let mut phases: Vec<Phase> = view.report.iter().map(|e| e.phase).collect();
    phases.dedup();
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(say!("film-journal").to_uppercase())
                .font(theme::medium(theme::CAPTION))
                .color(theme::dim()),
        );
        theme::tight(ui);
        for (words, mine) in [
            (say!("film-journal-all"), false),
            (say!("film-journal-mine"), true),
        ] {
            if theme::choice(ui, words, filter.mine == mine, None) {
                actions.push(UiAction::Film(Act::Filter(Filter { mine, ..filter })));
            }
        }
        let now = filter
            .phase
            .map_or_else(|| say!("film-journal-every"), phase_name);
        let mut choices = vec![None];
        choices.extend(phases.into_iter().map(Some));
        let chosen = ComboBox::from_id_salt("phase")
            .selected_text(now)
            .show_ui(ui, |ui| {
                name(
                    ui,
                    ui.layer_id().id.with("move"),
                    say!("film-journal-phases"),
                );
                for phase in choices {
                    let name = phase.map_or_else(|| say!("film-journal-every"), phase_name);
                    let of = say!("film-journal-phases");
                    if theme::choice_of(ui, &of, &name, filter.phase == phase) {
                        actions.push(UiAction::Film(Act::Filter(Filter { phase, ..filter })));
                    }
                }
            });
        theme::spot(ui, "phase of the journal", &chosen.response);
        name(ui, chosen.response.id, say!("film-journal-phases"));
    });
}

/// Names what cannot name itself.
fn name(ui: &Ui, id: egui::Id, words: String) {
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(words));
}

fn passes(view: &SeatView, filter: Filter, entry: &Entry) -> bool {
    filter.phase.is_none_or(|phase| phase == entry.phase)
        && (!filter.mine || concerns(view, &entry.what))
        // One phase is shown whole; of all of them, the larger matters.
        && (filter.phase.is_some() || filter.mine || !is_detail(entry))
}

/// Happenings as lines: a click goes to the place of one and selects it, or opens a line that stands for several; the
/// pointer opens what made them.
pub fn show_folded(
    ui: &mut Ui,
    view: &SeatView,
    id: &str,
    lines: &[volleys::Told],
    actions: &mut Vec<UiAction>,
) {
    let told = |what: &What| (volleys::words(view, what), tone(view, what));
    volleys::show(ui, view, id, lines, &told, actions);
}

/// One happening in words.
pub fn told(
    ui: &mut Ui,
    view: &SeatView,
    what: &What,
    words: String,
    colour: egui::Color32,
    actions: &mut Vec<UiAction>,
) {
    let label = Label::new(theme::pressed(&words).size(theme::CAPTION).color(colour));
    let mut response = ui.add(label.sense(Sense::click()).selectable(false).wrap());
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Link, true, words.as_str()));
    theme::spot(ui, &words, &response);
    if let Some(sum) = explain::happening(view, what) {
        response = response.on_hover_text(sum);
    }
    let Some(sector) = place_of(view, what) else {
        return;
    };
    if response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
    {
        actions.extend(go(view, what, sector));
    }
}

/// What leads to a happening: its place in the middle of the map, selected, and the page that led there kept.
fn go(view: &SeatView, what: &What, sector: Key<Sector>) -> Vec<UiAction> {
    let own = account::sufferer(what).filter(|name| view.forces.contains_key(*name));
    let tag = own.map_or_else(
        || Tag::Sector(sector.clone()),
        |name| Tag::Force(name.clone()),
    );
    vec![
        UiAction::Centre(sector),
        UiAction::Select(Some(tag)),
        UiAction::Turn(crate::gui::Page::Report),
    ]
}

/// Steps within a battle, own repairs and what was taken aboard: in the report, not among the large.
fn is_detail(entry: &Entry) -> bool {
    matches!(
        entry.what,
        What::Bout { .. }
            | What::Repaired { .. }
            | What::Drew { .. }
            | What::Sighted { .. }
            | What::Made { .. }
    )
}

fn tone(view: &SeatView, what: &What) -> egui::Color32 {
    match what {
        What::ShipsLost { force, .. }
        | What::ForceLost { force, .. }
        | What::Boarded { force, .. }
            if account::is_foreign(view, force) =>
        {
            theme::text()
        }
        What::ShipsLost { .. }
        | What::ForceLost { .. }
        | What::FlagshipLost { .. }
        | What::Starving { .. }
        | What::Boarded { .. }
        | What::DeedSuffered { .. } => theme::loss(),
        What::SiteRazed { owner, .. } if *owner == view.side => theme::loss(),
        What::Battle { .. }
        | What::Refused { .. }
        | What::SectorTaken { .. }
        | What::SiteTaken { .. }
        | What::SiteTurned { .. }
        | What::SiteRazed { .. }
        | What::GroundFight { .. }
        | What::DeedOff { .. }
        | What::DeedDone { success: false, .. }
        | What::Related { .. }
        | What::Ended { .. } => theme::attention(),
        _ => theme::text(),
    }
}

/// Where it happened, as far as it has a place.
pub fn place_of(view: &SeatView, what: &What) -> Option<Key<Sector>> {
    let site = |key: &Key<crate::content::Site>| {
        let seen = view.sites.get(key).map(|s| s.sector.clone());
        seen.or_else(|| view.map.sites.get(key).map(|s| s.sector.clone()))
    };
    let force = |name: &Key<crate::content::Force>| {
        let own = view.forces.get(name).map(|f| &f.place);
        let foreign = || view.contacts.get(name.as_str()).map(|c| &c.place);
        own.or_else(foreign).map(|place| place.sector().clone())
    };
    let subject = |at: &Subject| match at {
        Subject::Force(name) => force(name),
        Subject::Site(key) => site(key),
        Subject::Sector(key) => Some(key.clone()),
        Subject::Side(_) => None,
    };
    match what {
        What::Arrived { sector, .. }
        | What::ArrivalBarred { sector, .. }
        | What::GaveAway { sector, .. }
        | What::Barred { sector, .. }
        | What::SectorTaken { sector, .. } => Some(sector.clone()),
        What::Salvos { at, .. } | What::ConvoysLost { at, .. } => Some(at.clone()),
        What::FellBack { to, .. } | What::Retreated { to, .. } | What::DepotMoved { to, .. } => {
            Some(to.clone())
        }
        What::Moved { to, .. } => Some(Place::sector(to).clone()),
        What::ShipsLost { place, .. }
        | What::ForceLost { place, .. }
        | What::Met { place, .. }
        | What::Lured { place, .. }
        | What::Bout { place, .. }
        | What::Battle { place, .. }
        | What::Pursued { place, .. }
        | What::Captured { place, .. }
        | What::Sighted { place, .. } => Some(place.sector().clone()),
        What::SiteTaken { site: key, .. }
        | What::SiteBlockaded { site: key, .. }
        | What::SiteFired { site: key, .. }
        | What::SiteShelled { site: key, .. }
        | What::SiteRazed { site: key, .. }
        | What::SiteTurned { site: key, .. }
        | What::Landed { site: key, .. }
        | What::Lifted { site: key, .. }
        | What::GroundFight { site: key, .. }
        | What::Made { site: key, .. } => site(key),
        What::Deployed { sector, .. } | What::Called { sector, .. } => Some(sector.clone()),
        What::Reached { at, .. }
        | What::DeedSuffered { at, .. }
        | What::Stocked { at, .. }
        | What::Learnt { at } => subject(at),
        What::DeedBegun {
            force: name, at, ..
        }
        | What::DeedDone {
            force: name, at, ..
        } => at.as_ref().and_then(subject).or_else(|| force(name)),
        What::DeedOff { force: name, .. }
        | What::Changed { force: name, .. }
        | What::Boarded { force: name, .. }
        | What::Left { force: name } => force(name),
        What::Short { cut: Some(at), .. } => Some(at.clone()),
        What::Refused { order, .. } => force(&order.force),
        What::StanceTaken { force: name, .. }
        | What::Split { force: name, .. }
        | What::Merged { into: name, .. }
        | What::FlagshipLost { force: name, .. }
        | What::Drew { force: name, .. }
        | What::Short { force: name, .. }
        | What::Starving { force: name }
        | What::Repaired { force: name, .. } => force(name),
        What::MeterReached { .. }
        | What::NobodyCalled { .. }
        | What::Related { .. }
        | What::Joined { .. }
        | What::Learned { .. }
        | What::Said { .. }
        | What::OnTable { .. }
        | What::OffTable { .. }
        | What::Word { .. }
        | What::Agreed { .. }
        | What::FlagSet { .. }
        | What::ObjectiveChanged { .. }
        | What::Ended { .. } => None,
    }
}
