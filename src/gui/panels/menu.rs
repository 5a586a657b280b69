//! The menu: going on with a war, or beginning one: which, who plays which seat, against whom. Beside it the chart of
//! what is chosen.

use std::{collections::BTreeMap, time::SystemTime};

use bevy_egui::egui::{
    self, CentralPanel, Frame, Margin, Panel, RichText, ScrollArea, Ui, Vec2, WidgetInfo,
    WidgetType,
};

use super::page;
use crate::{
    ai::Level,
    content::{Key, Scenario, Seat},
    gui::{
        Choice, Game, UiAction,
        around::{self, Act, Leaf},
        guide,
        keys::{Command, caps},
        plate, shelf, theme,
        words::{self, say},
    },
    sim::calendar::date_text,
};

/// Width of what is beside the chart, points.
const COLUMN: f32 = 520.0;
/// The chart is shown in windows from this width on, points.
const WIDE: f32 = 960.0;

/// Shows the menu.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let chosen = chosen(game);
    // What there is beside a new war stays in sight, however much there is to choose from.
    let bar = Panel::top("menu pages").frame(theme::panel_frame());
    bar.resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| pages(ui, game, &mut actions));
    if ui.available_width() < WIDE {
        column(ui, game, &mut actions);
        return actions;
    }
    let frame = Frame::new().fill(theme::colour(theme::palette().panel));
    let left = Panel::left("menu").exact_size(COLUMN).resizable(false);
    left.frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| column(ui, game, &mut actions));
    let chart = CentralPanel::default().frame(theme::page_frame());
    chart.show(ui, |ui| {
        if let Some((key, scenario)) = chosen {
            let seat = game.choice.people.first();
            if let Some(seat) = seat.or_else(|| scenario.seats.keys().next()) {
                actions.extend(plate::show(ui, game, key, seat));
            }
        }
    });
    actions
}

fn chosen(game: &Game) -> Option<(&Key<Scenario>, &Scenario)> {
    let key = game.choice.scenario.as_ref()?;
    let scenario = game.catalog.scenarios.get_key_value(key)?;
    Some((scenario.0, scenario.1))
}

fn column(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    around::region(ui, &say!("menu-title"));
    let strip = Frame::new().inner_margin(Margin::symmetric(32, 10));
    let foot = Panel::bottom("menu begin").frame(strip);
    foot.resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| start(ui, game, actions));
    let frame = Frame::new().inner_margin(Margin {
        left: 32,
        right: 32,
        top: 20,
        bottom: 0,
    });
    frame.show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt("menu")
            .auto_shrink(false)
            .show(ui, |ui| {
                title(ui);
                page::said(ui, game);
                ui.spacing_mut().item_spacing = Vec2::new(8.0, 6.0);
                go_on(ui, game, actions);
                theme::rule(ui);
                scenarios(ui, game, actions);
                players(ui, game, actions);
                used(ui, game);
            });
    });
}

fn title(ui: &mut Ui) {
    let mut job = egui::text::LayoutJob::default();
    let format = egui::TextFormat {
        font_id: theme::medium(theme::TITLE * 1.3),
        extra_letter_spacing: 6.0,
        color: theme::gold(),
        ..Default::default()
    };
    job.append("ANGELFIRE", 0.0, format);
    ui.label(job);
    theme::note(ui, say!("menu-motto"));
}

/// Going on with the last war; what was cut short is said first.
fn go_on(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    let refused = busy(game);
    if let Some(cut) = &game.around.cut_short {
        ui.add_space(8.0);
        let words = say!("menu-cut-short", turn = cut.turn);
        ui.label(RichText::new(words).color(theme::attention()));
        if theme::choice(ui, say!("menu-continue"), true, refused) {
            actions.push(UiAction::Load(cut.war.clone()));
        }
        return;
    }
    let shelf = &game.around.shelf;
    // A war that has ended stays in the list of saved ones: there is nothing to go on with.
    let newest = shelf.wars().iter().find(|saved| saved.goes_on());
    if let Some((_, scenario)) = game.offered() {
        ui.add_space(8.0);
        page::prose(ui, &say!("guide-offer", title = scenario.title.as_str()));
        ui.horizontal_wrapped(|ui| {
            if theme::choice(ui, say!("guide-offer-begin"), true, refused) {
                actions.push(UiAction::Guide(guide::Act::Begin));
            }
            theme::note(ui, caps(game.settings.chords(Command::Guide)));
        });
        return;
    }
    if game.saves.is_empty() || (newest.is_none() && !shelf.is_reading()) {
        let is_over = |saved: &shelf::Saved| saved.head.as_ref().is_ok_and(|head| head.over);
        let all_over = shelf.wars().iter().any(is_over);
        theme::note(
            ui,
            match all_over {
                true => say!("menu-all-over"),
                false => say!("menu-nothing-saved"),
            },
        );
        return;
    }
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        if theme::choice(ui, say!("menu-continue"), true, refused) {
            actions.push(UiAction::LoadLatest);
        }
        if let Some(newest) = newest {
            theme::note(ui, about(game, newest));
        }
    });
}

/// A saved war in a line: which, where it stands, when it was saved.
pub fn about(game: &Game, saved: &shelf::Saved) -> String {
    let Ok(head) = &saved.head else {
        return saved.name();
    };
    let turn = head.length + 1;
    let when = shelf::ago(saved.when, SystemTime::now());
    match game.catalog.scenarios.get(&head.scenario) {
        Some(scenario) => say!(
            "menu-saved-war",
            title = scenario.title.as_str(),
            turn = turn.min(scenario.turns),
            date = date_text(&scenario.calendar, turn.min(scenario.turns)),
            when = when,
        ),
        None => say!(
            "menu-saved-war-elsewhere",
            title = head.scenario.as_str(),
            turn = turn,
            when = when
        ),
    }
}

fn busy(game: &Game) -> Option<String> {
    game.is_busy().then(|| say!("menu-opening"))
}

fn scenarios(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    theme::heading(ui, &say!("menu-scenarios"));
    let open = chosen(game).map_or("", |(_, scenario)| scenario.campaign.as_str());
    let mut campaigns: BTreeMap<&str, Vec<(&Key<Scenario>, &Scenario)>> = BTreeMap::new();
    for (key, scenario) in &game.catalog.scenarios {
        let all = campaigns.entry(&scenario.campaign).or_default();
        all.push((key, scenario));
    }
    // Those in no campaign come last.
    let in_order = game.catalog.campaigns_in_order();
    let in_order = in_order.map(|(id, _)| id).chain([""]);
    for campaign in in_order {
        let Some(mut all) = campaigns.remove(campaign) else {
            continue;
        };
        // In the order of the war, as far as it has dates.
        all.sort_by_key(|(key, scenario)| {
            let calendar = &scenario.calendar;
            (calendar.start, calendar.day, *key)
        });
        let title = game.catalog.campaigns.get(campaign);
        let title = title.map_or(campaign, |c| c.title.as_str());
        // Only one campaign is spread out: where to begin stays in sight.
        if campaign == open {
            theme::note(ui, title);
            spread_out(ui, game, &all, actions);
        } else if theme::choice(ui, title, false, None)
            && let Some((key, scenario)) = all.first()
        {
            actions.push(choose(game, key, scenario));
        }
    }
}

/// The scenarios of a campaign, and what there is to say of the one that is chosen.
fn spread_out(
    ui: &mut Ui,
    game: &Game,
    all: &[(&Key<Scenario>, &Scenario)],
    actions: &mut Vec<UiAction>,
) {
    let is_chosen = |key: &Key<Scenario>| game.choice.scenario.as_ref() == Some(key);
    ui.horizontal_wrapped(|ui| {
        for (key, scenario) in all {
            let chosen = is_chosen(key);
            if theme::choice(ui, &scenario.title, chosen, None) && !chosen {
                actions.push(choose(game, key, scenario));
            }
        }
    });
    if let Some((_, scenario)) = all.iter().find(|(key, _)| is_chosen(key)) {
        // What an earlier war leaves stands there instead: the story is known, and the room is short.
        if game.choice.carried().is_none() {
            page::prose(ui, &scenario.summary);
        }
        let first = date_text(&scenario.calendar, 1);
        let last = date_text(&scenario.calendar, scenario.turns);
        theme::note(
            ui,
            say!("menu-dates", first = first, last = last, n = scenario.turns),
        );
    }
}

/// Another scenario, with its first seat for whoever sits here.
fn choose(game: &Game, key: &Key<Scenario>, scenario: &Scenario) -> UiAction {
    UiAction::Choose(Choice {
        scenario: Some(key.clone()),
        people: scenario.seats.keys().next().cloned().into_iter().collect(),
        ..game.choice.clone()
    })
}

/// Who plays which seat, and how well the computer plays.
fn players(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    let Some((_, scenario)) = chosen(game) else {
        theme::note(ui, say!("menu-no-scenario"));
        return;
    };
    let mut choice = game.choice.clone();
    follows(ui, game, &mut choice);
    theme::heading(ui, &say!("menu-seats"));
    for (key, seat) in &scenario.seats {
        seat_row(ui, key, seat, &mut choice);
    }
    if choice.people.len() > 1 {
        theme::note(ui, say!("menu-hot-seat", n = choice.people.len()));
    }
    if choice.people.len() < scenario.seats.len() {
        theme::heading(ui, &say!("menu-opponents"));
        ui.horizontal_wrapped(|ui| {
            for level in Level::OPPONENTS {
                let words = words::of("level", level.name());
                if theme::choice(ui, words, choice.level == level, None) {
                    choice.level = level;
                }
            }
        });
        theme::note(ui, words::of("level-about", choice.level.name()));
        let guide = scenario.guide.as_ref().map(|guide| &guide.seat);
        if choice.level > Level::Green && guide.is_some_and(|seat| choice.people.contains(seat)) {
            theme::note(ui, say!("menu-guide-level"));
        }
        let computers = scenario
            .seats
            .iter()
            .filter(|(key, _)| !choice.people.contains(*key));
        for temper in computers.filter_map(|(_, seat)| seat.temper.as_ref()) {
            theme::note(ui, say!("menu-temper", temper = temper.name.as_str()));
        }
    }
    if choice != game.choice {
        actions.insert(0, UiAction::Choose(choice));
    }
}

/// The seed, and the beginning of the war.
fn start(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    if chosen(game).is_none() {
        return;
    }
    let mut choice = game.choice.clone();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(say!("menu-seed"));
        ui.add(
            egui::TextEdit::singleline(&mut choice.seed)
                .id_salt("seed")
                .desired_width(120.0)
                .char_limit(20),
        )
        .labelled_by(label.id)
        .on_hover_text(say!("menu-seed-about"));
        let nobody = choice.people.is_empty().then(|| say!("menu-nobody"));
        if theme::choice(ui, say!("menu-begin"), true, busy(game).or(nobody)) {
            actions.push(UiAction::Begin);
        }
    });
    if choice != game.choice {
        actions.insert(0, UiAction::Choose(choice));
    }
}

/// What an earlier war leaves to the one that is chosen, and whether it shall.
fn follows(ui: &mut Ui, game: &Game, choice: &mut Choice) {
    let Some(carried) = choice.carried() else {
        return;
    };
    let all = &game.catalog.scenarios;
    let titles = carried.from.iter().map(|before| {
        let key = &before.scenario;
        all.get(key).map_or(key.as_str(), |s| s.title.as_str())
    });
    let before: Vec<&str> = titles.collect();
    let words = say!(
        "menu-after",
        before = before.join(", "),
        forces = carried.forces.len(),
        gone = carried.gone.len(),
        lost = carried.lost.len(),
    );
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words).color(theme::gold()));
        if theme::choice(ui, say!("menu-after-not"), false, None) {
            choice.after = None;
        }
    });
}

/// A seat with who plays it. Its name gives it to the one person who plays.
fn seat_row(ui: &mut Ui, key: &Key<Seat>, seat: &Seat, choice: &mut Choice) {
    let is_person = choice.people.contains(key);
    let is_alone = is_person && choice.people.len() == 1;
    ui.horizontal_wrapped(|ui| {
        if theme::choice_about(ui, &seat.name, is_alone, None, &say!("menu-seat-about")) {
            choice.people = [key.clone()].into();
        }
        for (is_so, id) in [(is_person, "person"), (!is_person, "computer")] {
            let words = words::of("menu-player", id);
            let button = ui.add(egui::Button::new(&words).selected(is_so));
            // Beside its seat it needs no name; read out, it does.
            let whole = say!("menu-player-of", seat = seat.name.as_str(), who = words);
            theme::spot(ui, &whole, &button);
            button.widget_info(|| {
                WidgetInfo::selected(WidgetType::SelectableLabel, true, is_so, &whole)
            });
            theme::ring(ui, &button);
            if button.clicked() {
                match id {
                    "person" => _ = choice.people.insert(key.clone()),
                    _ => _ = choice.people.remove(key),
                }
            }
        }
    });
}

fn pages(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    ui.horizontal_wrapped(|ui| {
        let saved = say!("menu-saves", n = game.saves.len());
        let library = game.around.history.now();
        let battles = library.map_or(0, |library| library.rows().len());
        for (words, leaf) in [
            (say!("menu-theatre"), Leaf::Theatre),
            (saved, Leaf::Saves),
            (say!("menu-battles", n = battles), Leaf::Battles),
            (say!("menu-chronicle"), Leaf::Chronicle),
            (mods(game), Leaf::Mods),
            (say!("menu-settings"), Leaf::Settings),
            (say!("menu-help"), Leaf::Help),
            (say!("menu-reference"), Leaf::Reference),
        ] {
            if theme::button(ui, words, None) {
                actions.push(UiAction::Around(Act::Open(leaf)));
            }
        }
        if theme::button(ui, say!("menu-quit"), None) {
            actions.push(UiAction::Quit);
        }
    });
}

/// The way to the mods: how many there are, and how many of them cannot be used.
fn mods(game: &Game) -> String {
    let mods = &game.live.mods;
    let broken = mods.iter().filter(|row| row.problem.is_some()).count();
    say!("menu-mods", n = mods.len(), broken = broken)
}

/// The mods that are played with.
fn used(ui: &mut Ui, game: &Game) {
    for row in game.live.mods.iter().filter(|row| row.is_in_use()) {
        let (name, version) = (row.about.name.as_str(), row.about.version.as_str());
        theme::note(ui, say!("menu-mod", name = name, version = version));
    }
}
