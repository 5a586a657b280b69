//! The film of the last turn: its caption over the map, its controls and the bouts of a battle in the right dock.

use bevy_egui::egui::{Align, Label, Layout, ProgressBar, RichText, ScrollArea, Ui};

use super::report;
use crate::{
    gui::{
        Table, UiAction,
        film::{Act, Beat, Speed, Tape, Which},
        keys::Command,
        theme,
        words::{self, say},
    },
    sim::turn::Phase,
};

/// What a phase is called.
pub fn phase_name(phase: Phase) -> String {
    words::of("film-phase", &format!("{phase:?}").to_lowercase())
}

/// The bar over the map while a film is on its way: the phase and what is said of the beat.
pub fn strip(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let reel = table.film.reel;
    let (Some(run), Some(beat)) = (reel.run(), reel.beat()) else {
        return vec![UiAction::Film(Act::End)];
    };
    if run.is_playing {
        // The window's own time; frames are asked for only while something plays.
        actions.push(UiAction::Film(Act::Tick(ui.input(|input| input.time))));
        ui.ctx().request_repaint();
    }
    ui.horizontal_centered(|ui| {
        ui.label(
            RichText::new(phase_name(beat.phase))
                .font(theme::medium(theme::BODY))
                .color(theme::attention()),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if theme::choice(ui, say!("film-skip"), true, None) {
                actions.push(UiAction::Film(Act::End));
            }
            let words = if run.is_playing {
                say!("film-pause")
            } else {
                say!("film-play")
            };
            let whole = say!("film-strip-button", what = words.as_str());
            if theme::button_for(ui, &words, &whole, None) {
                actions.push(UiAction::Film(Act::Toggle));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&beat.caption)).truncate());
            });
        });
    });
    actions
}

/// The page of the right dock.
pub fn page(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let reel = table.film.reel;
    let Some(tape) = reel.tape() else {
        theme::note(ui, say!("film-none"));
        settings(ui, table, &mut actions);
        return actions;
    };
    match (reel.run(), reel.beat()) {
        (Some(run), Some(beat)) => {
            ui.horizontal_wrapped(|ui| {
                let play = if run.is_playing {
                    say!("film-pause")
                } else {
                    say!("film-play")
                };
                for (words, does, command) in [
                    (play, Act::Toggle, Command::FilmPlay),
                    (say!("film-back"), Act::StepBack, Command::FilmBack),
                    (say!("film-step"), Act::Step, Command::FilmStep),
                    (say!("film-next-phase"), Act::NextPhase, Command::FilmPhase),
                    (say!("film-to-mine"), Act::ToMine, Command::FilmMine),
                    (say!("film-end"), Act::End, Command::FilmEnd),
                ] {
                    if act(ui, words, command) {
                        actions.push(UiAction::Film(does));
                    }
                }
            });
            speeds(ui, table, &mut actions);
            let whole = tape.film.beats.len().max(1) as f32;
            let share = (run.beat as f32 + run.done) / whole;
            ui.add(
                ProgressBar::new(share)
                    .desired_height(6.0)
                    .fill(theme::dim()),
            );
            phases(ui, tape, beat);
            ui.add_space(4.0);
            ui.label(RichText::new(&beat.caption).size(theme::BODY));
            let last = beat.entries.last().copied().unwrap_or(0);
            ScrollArea::vertical()
                .id_salt("bouts")
                .auto_shrink(false)
                .show(ui, |ui| {
                    if let Some(place) = &beat.battle {
                        report::battle(ui, &tape.film.stage.cast, place, Some(last), &mut actions);
                    }
                });
        }
        _ => {
            if act(ui, say!("film-watch"), Command::FilmWatch) {
                actions.push(UiAction::Film(Act::Watch));
            }
            let seconds = tape.film.length().div_ceil(1000);
            theme::note(
                ui,
                say!("film-length", n = tape.film.beats.len(), seconds = seconds),
            );
            settings(ui, table, &mut actions);
        }
    }
    actions
}

/// All phases; those of which nothing was known are dim, the one on its way stands out.
fn phases(ui: &mut Ui, tape: &Tape, now: &Beat) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for phase in Phase::ALL {
            let is_told = tape.film.beats.iter().any(|b| b.phase == phase);
            let colour = match (phase == now.phase, is_told) {
                (true, _) => theme::attention(),
                (false, true) => theme::text(),
                (false, false) => theme::dim(),
            };
            let name = RichText::new(phase_name(phase)).size(theme::CAPTION);
            // A name goes to the next line as a whole.
            ui.add(Label::new(name.color(colour)).extend());
        }
    });
}

fn settings(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    theme::heading(ui, &say!("film-after-a-turn"));
    ui.horizontal_wrapped(|ui| {
        for which in Which::ALL {
            let words = words::of("film-which", which.name());
            let is_so = table.film.settings.film == which;
            if theme::choice_of(ui, &say!("film-after-a-turn"), &words, is_so) {
                actions.push(UiAction::Film(Act::Show(which)));
            }
        }
    });
    theme::heading(ui, &say!("film-speed"));
    speeds(ui, table, actions);
}

fn speeds(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    ui.horizontal(|ui| {
        for speed in Speed::ALL {
            let words = format!("{}x", speed.factor());
            let is_so = table.film.settings.film_speed == speed;
            if theme::choice_of(ui, &say!("film-speed"), &words, is_so) {
                actions.push(UiAction::Film(Act::At(speed)));
            }
        }
    });
}

/// A button with what its key does and which it is under the pointer.
fn act(ui: &mut Ui, words: String, command: Command) -> bool {
    let about = words::of("key", command.name());
    theme::choice_about(ui, words, false, None, &about)
}
