//! Help: how a turn goes, what the signs on the map mean, and all keys.

use bevy_egui::egui::{
    Color32, CornerRadius, Label, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
};

use super::page;
use crate::{
    gui::{
        Game, UiAction,
        keys::{Command, Group, caps},
        theme,
        words::{self, say},
    },
    sim::turn::Phase,
};

/// Width of the words at the left, points.
const WORDS: f32 = 264.0;

/// Shows the page.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("help-title"), |ui, _| {
        let two = ui.available_width() > 2.0 * page::PROSE;
        if two {
            ui.columns(2, |columns| {
                if let [left, right] = columns {
                    turn(left);
                    signs(left);
                    keys(right, game);
                }
            });
        } else {
            turn(ui);
            signs(ui);
            keys(ui, game);
        }
    })
}

fn turn(ui: &mut Ui) {
    theme::heading(ui, &say!("help-turn"));
    page::prose(ui, &say!("help-turn-about"));
    for (n, phase) in (1..).zip(Phase::ALL) {
        let name = words::of("help-phase", phase.name());
        let about = words::of("help-phase-about", phase.name());
        ui.horizontal_top(|ui| {
            let number = RichText::new(format!("{n:>2}")).color(theme::dim());
            ui.add_sized(Vec2::new(20.0, 18.0), Label::new(number));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(RichText::new(name).font(theme::medium(theme::BODY)));
                page::prose(ui, &about);
            });
        });
    }
}

/// Signs of the map, each with what it means.
const SIGNS: [&str; 8] = [
    "own",
    "seen",
    "rumour",
    "reach",
    "cut",
    "attention",
    "front",
    "follows",
];

fn signs(ui: &mut Ui) {
    theme::heading(ui, &say!("help-signs"));
    for sign in SIGNS {
        ui.horizontal(|ui| {
            draw(ui, sign);
            ui.add(Label::new(words::of("help-sign", sign)).wrap());
        });
    }
}

fn draw(ui: &mut Ui, sign: &str) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(48.0, 24.0), Sense::hover());
    let painter = ui.painter();
    let (own, foe) = (theme::side(0), theme::side(1));
    let counter = rect.shrink2(Vec2::new(8.0, 3.0));
    let round = CornerRadius::same(3);
    let line = [rect.left_center(), rect.right_center()];
    match sign {
        "own" => _ = painter.rect_filled(counter, round, own),
        "seen" => {
            painter.rect_stroke(counter, round, Stroke::new(2.0, foe), StrokeKind::Inside);
        }
        "rumour" => {
            let corners = [
                counter.left_top(),
                counter.right_top(),
                counter.right_bottom(),
                counter.left_bottom(),
                counter.left_top(),
            ];
            let stroke = Stroke::new(1.5, foe.gamma_multiply(0.7));
            painter.extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
        }
        "reach" => {
            painter.circle_stroke(rect.center(), 10.0, Stroke::new(1.5, theme::gold()));
            painter.circle_filled(rect.center(), 2.0, theme::gold());
        }
        "cut" => broken(painter, line, theme::loss()),
        "follows" => {
            painter.rect_stroke(counter, round, Stroke::new(2.0, foe), StrokeKind::Inside);
            let leaf = Rect::from_center_size(counter.left_bottom(), Vec2::new(10.0, 11.0));
            let line = Stroke::new(1.2, theme::text());
            painter.rect_filled(leaf, 0.0, theme::colour(theme::palette().ground));
            painter.rect_stroke(leaf, 0.0, line, StrokeKind::Inside);
            for y in [-2.0, 2.0] {
                let middle = leaf.center().y + y;
                painter.hline(leaf.x_range().shrink(2.5), middle, line);
            }
        }
        "attention" => _ = painter.circle_filled(rect.center(), 5.0, theme::attention()),
        _ => {
            let half = |from: f32, to: f32, hue: Color32| {
                let part = bevy_egui::egui::Rect::from_x_y_ranges(from..=to, rect.y_range());
                painter.rect_filled(part, 0.0, hue.gamma_multiply(0.25));
            };
            half(rect.left(), rect.center().x, own);
            half(rect.center().x, rect.right(), foe);
            painter.vline(
                rect.center().x,
                rect.y_range(),
                Stroke::new(2.0, theme::text()),
            );
        }
    }
}

/// A line of supply with a gap in it.
fn broken(painter: &bevy_egui::egui::Painter, line: [bevy_egui::egui::Pos2; 2], hue: Color32) {
    let stroke = Stroke::new(3.0, hue);
    let gap = Vec2::new(17.0, 0.0);
    painter.line_segment([line[0], line[0] + gap], stroke);
    painter.line_segment([line[1] - gap, line[1]], stroke);
}

fn keys(ui: &mut Ui, game: &Game) {
    theme::heading(ui, &say!("help-keys"));
    page::prose(ui, &say!("help-keys-about"));
    for group in Group::ALL {
        let commands: Vec<Command> = Command::ALL
            .iter()
            .copied()
            .filter(|command| Group::of(*command) == group)
            .filter(|command| !game.settings.chords(*command).is_empty())
            .collect();
        if commands.is_empty() {
            continue;
        }
        ui.label(RichText::new(words::of("keys", group.name())).font(theme::medium(theme::BODY)));
        for command in commands {
            let chords = game.settings.chords(command);
            page::row(ui, WORDS, &words::of("key", command.name()), |ui| {
                ui.label(RichText::new(caps(chords)).color(theme::dim()));
            });
        }
    }
}
