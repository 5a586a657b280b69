//! The menu: which war to begin, in which seat, against whom; which to go on with.

use std::path::PathBuf;

use bevy_egui::egui::{self, RichText, ScrollArea, Ui, Vec2};

use crate::{
    ai::Level,
    content::Catalog,
    gui::{Choice, Game, UiAction, theme},
    war::store::SUFFIX,
};

/// What the menu reads.
pub struct Menu<'a> {
    /// Everything that can be played.
    pub catalog: &'a Catalog,
    /// What is chosen.
    pub choice: &'a Choice,
    /// Saved wars, newest first.
    pub saves: &'a [PathBuf],
    /// What was said last.
    pub message: Option<&'a str>,
    /// Whether a war is being opened.
    pub busy: bool,
}

impl<'a> Menu<'a> {
    /// The menu of a game.
    pub fn of(game: &'a Game) -> Self {
        Self {
            catalog: &game.catalog,
            choice: &game.choice,
            saves: &game.saves,
            message: game.message.as_deref(),
            busy: game.is_busy(),
        }
    }
}

/// Shows the menu.
pub fn show(ui: &mut Ui, menu: &Menu) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let margin = ((ui.available_width() - 1120.0) / 2.0).max(24.0);
    ui.add_space(44.0);
    ui.horizontal_top(|ui| {
        ui.add_space(margin);
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - margin).min(1120.0));
            ui.horizontal(|ui| {
                let mut job = egui::text::LayoutJob::default();
                let format = egui::TextFormat {
                    font_id: theme::medium(theme::TITLE * 1.3),
                    extra_letter_spacing: 6.0,
                    color: theme::gold(),
                    ..Default::default()
                };
                job.append("ANGELFIRE", 0.0, format);
                ui.label(job);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if theme::button(ui, "Quit", None) {
                        actions.push(UiAction::Quit);
                    }
                });
            });
            theme::note(
                ui,
                "Hyperspatial war, turn by turn: what cannot be replaced is what wins.",
            );
            theme::rule(ui);
            let message = menu.message.or(if menu.busy {
                Some("opening the war ...")
            } else {
                None
            });
            let colour = if menu.busy {
                theme::dim()
            } else {
                theme::attention()
            };
            ui.label(RichText::new(message.unwrap_or(" ")).color(colour));
            let height = (ui.available_height() - 24.0).max(120.0);
            let width = ui.available_width() - 2.0 * ui.spacing().item_spacing.x;
            ui.horizontal_top(|ui| {
                for (index, share) in [0.36, 0.36, 0.28].into_iter().enumerate() {
                    let size = Vec2::new(width * share, height);
                    ui.allocate_ui_with_layout(
                        size,
                        egui::Layout::top_down(egui::Align::Min),
                        |ui| {
                            theme::card().show(ui, |ui| {
                                ui.set_width(size.x - 34.0);
                                ui.set_height(size.y - 36.0);
                                match index {
                                    0 => scenarios(ui, menu, &mut actions),
                                    1 => begin(ui, menu, &mut actions),
                                    _ => saved(ui, menu, &mut actions),
                                }
                            });
                        },
                    );
                }
            });
        });
    });
    actions
}

fn scenarios(ui: &mut Ui, menu: &Menu, actions: &mut Vec<UiAction>) {
    theme::heading(ui, "Scenarios");
    ScrollArea::vertical()
        .id_salt("scenarios")
        .auto_shrink(false)
        .show(ui, |ui| {
            for (key, scenario) in &menu.catalog.scenarios {
                let chosen = menu.choice.scenario.as_ref() == Some(key);
                let campaign = menu
                    .catalog
                    .campaigns
                    .get(&scenario.campaign)
                    .map_or("", |c| &c.title);
                if theme::choice(ui, &scenario.title, chosen, None) && !chosen {
                    let seat = scenario.seats.keys().next().cloned();
                    actions.push(UiAction::Choose(Choice {
                        scenario: Some(key.clone()),
                        seat,
                        ..menu.choice.clone()
                    }));
                }
                ui.label(&scenario.summary);
                theme::note(ui, format!("{campaign} - {} turns", scenario.turns));
                ui.add_space(8.0);
            }
            for broken in &menu.catalog.mods {
                match &broken.problem {
                    Some(problem) => {
                        ui.label(
                            RichText::new(format!("{} cannot be used", broken.name))
                                .color(theme::attention()),
                        );
                        theme::note(ui, problem.as_str());
                    }
                    None => {
                        theme::note(ui, format!("with {} {}", broken.name, broken.version));
                    }
                }
            }
        });
}

fn begin(ui: &mut Ui, menu: &Menu, actions: &mut Vec<UiAction>) {
    let Some(scenario) = menu
        .choice
        .scenario
        .as_ref()
        .and_then(|key| menu.catalog.scenarios.get(key))
    else {
        theme::note(ui, "choose a scenario");
        return;
    };
    let mut choice = menu.choice.clone();
    theme::heading(ui, "Seat");
    ui.horizontal_wrapped(|ui| {
        for (key, seat) in &scenario.seats {
            if theme::choice(ui, &seat.name, choice.seat.as_ref() == Some(key), None) {
                choice.seat = Some(key.clone());
            }
        }
    });
    theme::heading(ui, "Opponents");
    ui.horizontal_wrapped(|ui| {
        for level in Level::ALL {
            if theme::choice(ui, level.name(), choice.level == level, None) {
                choice.level = level;
            }
        }
    });
    theme::heading(ui, "Seed of the dice");
    ui.horizontal(|ui| {
        let field = egui::TextEdit::singleline(&mut choice.seed)
            .desired_width(120.0)
            .char_limit(20);
        theme::named(ui.add(field), "Seed of the dice");
        let refused = menu.busy.then(|| "a war is being opened".to_owned());
        if theme::choice(ui, "Begin", true, refused) {
            actions.push(UiAction::Begin);
        }
    });
    if choice != *menu.choice {
        actions.insert(0, UiAction::Choose(choice.clone()));
    }
    theme::heading(ui, "Briefing");
    ScrollArea::vertical()
        .id_salt("briefing")
        .auto_shrink(false)
        .show(ui, |ui| {
            let seat = choice.seat.as_ref().and_then(|key| scenario.seats.get(key));
            for words in seat
                .iter()
                .flat_map(|s| &s.briefing)
                .chain(&scenario.briefing)
            {
                ui.label(words);
                ui.add_space(6.0);
            }
        });
}

fn saved(ui: &mut Ui, menu: &Menu, actions: &mut Vec<UiAction>) {
    theme::heading(ui, "Saved wars");
    if menu.saves.is_empty() {
        theme::note(ui, "none yet; each turn is saved by itself");
    } else if theme::button(
        ui,
        "Continue",
        menu.busy.then(|| "a war is being opened".to_owned()),
    ) {
        actions.push(UiAction::LoadLatest);
    }
    ScrollArea::vertical()
        .id_salt("saves")
        .auto_shrink(false)
        .show(ui, |ui| {
            for path in menu.saves {
                let name = path
                    .file_name()
                    .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                let name = name.trim_end_matches(SUFFIX);
                if theme::button(
                    ui,
                    name,
                    menu.busy.then(|| "a war is being opened".to_owned()),
                ) {
                    actions.push(UiAction::Load(path.clone()));
                }
            }
        });
}
