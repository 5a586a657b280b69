//! What can be set: how the window looks, moves and speaks, and which keys do what.

use bevy_egui::egui::{self, Label, RichText, Ui, WidgetInfo, WidgetType};

use super::page;
use crate::{
    chart::Look,
    gui::{
        Game, UiAction,
        around::{Act, Clash, Settle},
        film::{Speed, Which},
        keys::{Command, Group, caps},
        settings::{FRAMES, SCALES, Settings},
        theme,
        words::{self, say},
    },
};

/// Width of the words at the left, points.
const WORDS: f32 = 264.0;

/// Shows the settings.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("settings-title"), |ui, actions| {
        let mut settings = game.settings.clone();
        window(ui, game, &mut settings);
        keys(ui, game, actions);
        if settings != game.settings {
            actions.push(UiAction::Around(Act::Set(Box::new(settings))));
        }
    })
}

fn window(ui: &mut Ui, game: &Game, settings: &mut Settings) {
    theme::heading(ui, &say!("settings-window"));
    let scale = say!("settings-scale");
    page::row(ui, WORDS, &scale, |ui| {
        for n in SCALES {
            if theme::choice_of(ui, &scale, &format!("{n} %"), settings.scale == n) {
                settings.scale = n;
            }
        }
    });
    let look = say!("settings-look");
    page::row(ui, WORDS, &look, |ui| {
        for (one, name) in Look::ALL
            .into_iter()
            .zip(["normal", "colour-blind", "high-contrast"])
        {
            if theme::choice_of(ui, &look, &words::of("look", name), settings.look == one) {
                settings.look = one;
            }
        }
    });
    switch(ui, "reduced-motion", &mut settings.reduced_motion);
    let frames = say!("settings-frames");
    page::row(ui, WORDS, &frames, |ui| {
        for n in FRAMES {
            if theme::choice_of(ui, &frames, &n.to_string(), settings.frame_limit == Some(n)) {
                settings.frame_limit = Some(n);
            }
        }
        if theme::choice_of(
            ui,
            &frames,
            &say!("settings-frames-none"),
            settings.frame_limit.is_none(),
        ) {
            settings.frame_limit = None;
        }
    });
    language(ui, game, settings);
    theme::heading(ui, &say!("settings-turn"));
    switch(ui, "ask-before-ending", &mut settings.ask_before_ending);
    switch(ui, "guide", &mut settings.guide);
    films(ui, settings);
}

/// Which films are shown after a turn, and how fast.
fn films(ui: &mut Ui, settings: &mut Settings) {
    let of = say!("settings-films");
    page::row(ui, WORDS, &of, |ui| {
        for which in Which::ALL {
            let words = words::of("film-which", which.name());
            if theme::choice_of(ui, &of, &words, settings.film == which) {
                settings.film = which;
            }
        }
    });
    let of = say!("settings-film-speed");
    page::row(ui, WORDS, &of, |ui| {
        for speed in Speed::ALL {
            let words = format!("{}x", speed.factor());
            if theme::choice_of(ui, &of, &words, settings.film_speed == speed) {
                settings.film_speed = speed;
            }
        }
    });
}

/// What is so or is not; what it means stands below.
fn switch(ui: &mut Ui, name: &str, is_so: &mut bool) {
    let of = words::of("switch", name);
    page::row(ui, WORDS, &of, |ui| {
        for (value, id) in [(true, "yes"), (false, "no")] {
            if theme::choice_of(ui, &of, &words::of("answer", id), *is_so == value) {
                *is_so = value;
            }
        }
        theme::note(ui, words::of("switch-about", name));
    });
}

fn language(ui: &mut Ui, game: &Game, settings: &mut Settings) {
    let of = say!("settings-language");
    page::row(ui, WORDS, &of, |ui| {
        let mut all = vec!["en".to_owned()];
        all.extend(game.around.languages.iter().cloned());
        if !all.contains(&settings.language) {
            all.push(settings.language.clone());
        }
        for name in all {
            let words = match name.as_str() {
                "en" => say!("settings-english"),
                other => other.to_owned(),
            };
            if theme::choice_of(ui, &of, &words, settings.language == name) {
                settings.language = name;
            }
        }
    });
    if let Ok(home) = &game.around.home {
        let folder = home.join("text").display().to_string();
        theme::note(ui, say!("settings-language-about", folder = folder));
    }
    for problem in game.around.tongue.iter().take(8) {
        let words = RichText::new(problem).color(theme::attention());
        ui.add(Label::new(words.size(theme::CAPTION)).wrap());
    }
}

fn keys(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    theme::heading(ui, &say!("settings-keys"));
    page::prose(ui, &say!("settings-keys-about"));
    if !game.settings.keys.is_empty() && theme::button(ui, say!("settings-keys-reset"), None) {
        actions.push(UiAction::Around(Act::ResetKeys(None)));
    }
    for group in Group::ALL {
        ui.label(RichText::new(words::of("keys", group.name())).font(theme::medium(theme::BODY)));
        let all = Command::ALL.iter();
        for command in all.filter(|command| Group::of(**command) == group) {
            key(ui, game, *command, actions);
        }
    }
}

fn key(ui: &mut Ui, game: &Game, command: Command, actions: &mut Vec<UiAction>) {
    let name = words::of("key", command.name());
    let around = &game.around;
    page::row(ui, WORDS, &name, |ui| {
        if let Some(clash) = around.clash.filter(|clash| clash.command == command) {
            settle(ui, clash, actions);
            return;
        }
        if around.catching.is_some_and(|(caught, _)| caught == command) {
            ui.label(RichText::new(say!("settings-press")).color(theme::attention()));
            if theme::button(ui, say!("settings-press-none"), None) {
                actions.push(UiAction::Around(Act::Release));
            }
            return;
        }
        let chords = game.settings.chords(command);
        let held = match chords {
            [] => say!("settings-no-key"),
            chords => caps(chords),
        };
        ui.label(RichText::new(held).font(theme::medium(theme::CAPTION + 1.0)));
        let change = small(ui, &say!("settings-change"), &name);
        if around.rebound == Some(command) && ui.memory(|memory| memory.focused().is_none()) {
            change.request_focus();
        }
        if change.clicked() {
            actions.push(UiAction::Around(Act::Catch(command, false)));
        }
        if small(ui, &say!("settings-add"), &name).clicked() {
            actions.push(UiAction::Around(Act::Catch(command, true)));
        }
        if chords != command.shipped() && small(ui, &say!("settings-as-shipped"), &name).clicked() {
            actions.push(UiAction::Around(Act::ResetKeys(Some(command))));
        }
    });
}

/// A button that says what it does; read out, it also says to what.
fn small(ui: &mut Ui, words: &str, of: &str) -> egui::Response {
    let button = ui.add(egui::Button::new(words));
    let whole = format!("{of}: {words}");
    theme::spot(ui, &whole, &button);
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &whole));
    theme::ring(ui, &button);
    button
}

fn settle(ui: &mut Ui, clash: Clash, actions: &mut Vec<UiAction>) {
    let words = say!(
        "settings-clash",
        chord = clash.chord.sign(),
        other = words::of("key", clash.other.name()),
    );
    ui.label(RichText::new(words).color(theme::attention()));
    for (words, settle) in [
        (say!("settings-swap"), Settle::Swap),
        (say!("settings-leave"), Settle::Leave),
    ] {
        if theme::button(ui, words, None) {
            actions.push(UiAction::Around(Act::Settle(settle)));
        }
    }
}
