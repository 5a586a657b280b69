//! What the bar at the top asks: a name to save under, whether the computer shall play on, or whether to leave a war that
//! cannot be kept.

use bevy_egui::egui::{self, Key, RichText, Ui};

use crate::gui::{Asking, UiAction, theme, words::say};

/// Shows the question with its answers.
pub fn show(ui: &mut Ui, asking: &Asking) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ui.horizontal_centered(|ui| match asking {
        Asking::Name {
            name,
            taken,
            problem,
        } => ask_name(ui, name, *taken, problem.as_deref(), &mut actions),
        Asking::Rest => {
            for (words, action) in [
                (say!("ask-play-out"), UiAction::PlayOut),
                (say!("ask-stay"), UiAction::Stay),
            ] {
                if theme::button(ui, words, None) {
                    actions.push(action);
                }
            }
            said(ui, &say!("ask-rest"));
        }
        Asking::Leave { problem, .. } => {
            for (words, action) in [
                (say!("ask-try-again"), UiAction::TryAgain),
                (say!("ask-leave"), UiAction::LeaveAllTheSame),
                (say!("ask-stay"), UiAction::Stay),
            ] {
                if theme::button(ui, words, None) {
                    actions.push(action);
                }
            }
            let words = say!("ask-lost", problem = problem.as_str());
            said(ui, &words);
        }
    });
    actions
}

fn ask_name(
    ui: &mut Ui,
    name: &str,
    taken: bool,
    problem: Option<&str>,
    actions: &mut Vec<UiAction>,
) {
    ui.label(RichText::new(say!("ask-save-as")).font(theme::medium(theme::BODY)));
    let mut typed = name.to_owned();
    let field = ui.add(
        egui::TextEdit::singleline(&mut typed)
            .id_salt("name")
            .desired_width(300.0)
            .char_limit(120),
    );
    let field = theme::named(field, "Save as");
    theme::spot(ui, "name", &field);
    // Asked before the field is given the focus back.
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // Typing goes here as soon as the question is asked.
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if typed != name {
        actions.push(UiAction::Named(typed));
    } else if entered {
        actions.push(UiAction::Write(false));
    }
    if taken {
        if theme::button(ui, say!("ask-overwrite"), None) {
            actions.push(UiAction::Write(true));
        }
    } else if theme::choice(ui, say!("ask-write"), true, problem.map(str::to_owned)) {
        actions.push(UiAction::Write(false));
    }
    if theme::button(ui, say!("ask-cancel"), None) {
        actions.push(UiAction::Stay);
    }
    match problem {
        Some(problem) => said(ui, problem),
        None if taken => said(ui, &say!("ask-taken")),
        None => {}
    }
}

fn said(ui: &mut Ui, words: &str) {
    let words = RichText::new(words)
        .color(theme::attention())
        .size(theme::CAPTION);
    ui.add(egui::Label::new(words).truncate());
}
