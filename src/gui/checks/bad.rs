//! The checks must be able to fail: a small bad window for each kind of fault, and a good one that has none.

use std::collections::BTreeMap;

use bevy_egui::egui::{
    self, Align2, CentralPanel, Color32, Context, Event, FontId, Label, Pos2, RawInput, Rect,
    RichText, ScrollArea, Sense, Ui, Vec2,
};

use super::{
    faults::{self, Kind},
    seen::Seen,
};
use crate::gui::{settings::Settings, theme};

/// A small window.
struct Window<F> {
    ctx: Context,
    content: F,
    time: f64,
}

impl<F: Fn(&mut Ui)> Window<F> {
    fn new(content: F) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        theme::prepare(&ctx);
        theme::apply(&ctx, &Settings::default());
        let mut window = Self {
            ctx,
            content,
            time: 0.0,
        };
        window.frame(Vec::new());
        window.frame(Vec::new());
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> Seen {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(400.0, 200.0))),
            time: Some(self.time),
            events,
            ..Default::default()
        };
        let output = self.ctx.run_ui(input, |ui| {
            let page = CentralPanel::default().frame(theme::page_frame());
            page.show(ui, |ui| (self.content)(ui));
        });
        Seen::of(&self.ctx, output, &BTreeMap::new(), Color32::BLACK)
    }
}

fn seen(content: impl Fn(&mut Ui)) -> Seen {
    Window::new(content).frame(Vec::new())
}

#[track_caller]
fn has(kind: Kind, content: impl Fn(&mut Ui)) {
    let faults = faults::all(&seen(content));
    assert!(
        faults.iter().any(|fault| fault.kind == kind),
        "{kind:?} in {faults:?}"
    );
    let others: Vec<_> = faults.iter().filter(|fault| fault.kind != kind).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[track_caller]
fn is_good(content: impl Fn(&mut Ui)) {
    let faults = faults::all(&seen(content));
    assert!(faults.is_empty(), "{faults:?}");
}

fn at(ui: &Ui, x: f32, y: f32, words: &str, size: f32, colour: Color32) {
    let font = FontId::proportional(size);
    ui.painter()
        .text(Pos2::new(x, y), Align2::LEFT_TOP, words, font, colour);
}

#[test]
fn a_good_window_has_no_fault() {
    is_good(|ui| {
        ui.label("Angelfire 84");
        ui.add_enabled(false, egui::Button::new("Halt"));
        let _ = ui.button("End turn");
        theme::note(ui, "turn 3 of 18");
    });
}

#[test]
fn text_that_is_cut_is_found() {
    has(Kind::Cut, |ui| {
        at(
            ui,
            330.0,
            20.0,
            "First Northern Battlefleet",
            15.0,
            theme::text(),
        )
    });
    has(Kind::Cut, |ui| {
        at(ui, 20.0, 192.0, "half a line", 15.0, theme::text())
    });
    has(Kind::Cut, |ui| {
        at(ui, 20.0, 20.0, "a window", 15.0, theme::text());
        ui.add_space(300.0);
        ui.label("below the window");
    });
}

#[test]
fn a_line_at_the_edge_of_what_scrolls_is_no_fault() {
    is_good(|ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for line in 0..40 {
                ui.label(format!("line {line}"));
            }
        });
    });
}

#[test]
fn a_line_too_long_for_what_scrolls_is_found() {
    has(Kind::Cut, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for line in 0..40 {
                let words = format!(
                    "line {line} of an order that nobody thought would be so long as it is, nor that it would be read at all, by anybody, at any time of the war"
                );
                ui.add(Label::new(words).extend());
            }
        });
    });
}

#[test]
fn text_that_something_covers_is_found() {
    has(Kind::Covered, |ui| {
        at(ui, 20.0, 20.0, "what is below", 15.0, theme::text());
        let over = Rect::from_min_size(Pos2::new(50.0, 10.0), Vec2::new(80.0, 40.0));
        ui.painter()
            .rect_filled(over, 0.0, theme::colour(theme::palette().panel));
    });
}

#[test]
fn texts_over_each_other_are_found() {
    has(Kind::Overlapping, |ui| {
        at(ui, 20.0, 20.0, "Orchard", 15.0, theme::text());
        at(ui, 50.0, 24.0, "Coral Gate", 15.0, theme::text());
    });
}

#[test]
fn faint_text_is_found() {
    has(Kind::Faint, |ui| {
        at(ui, 20.0, 20.0, "hardly", 15.0, Color32::from_gray(90))
    });
    // Bright enough for a note, not for what is said first.
    has(Kind::Faint, |ui| {
        let back = Rect::from_min_size(Pos2::new(10.0, 10.0), Vec2::new(100.0, 40.0));
        ui.painter().rect_filled(back, 0.0, Color32::from_gray(90));
        at(ui, 20.0, 20.0, "first", 15.0, theme::text());
    });
    has(Kind::Faint, |ui| {
        ui.scope(|ui| {
            ui.visuals_mut().disabled_alpha = 0.2;
            ui.add_enabled(false, egui::Button::new("Halt"));
        });
    });
}

#[test]
fn a_rim_makes_text_stand_out() {
    let write = |ui: &Ui, rim: bool| {
        let back = Rect::from_min_size(Pos2::new(10.0, 10.0), Vec2::new(200.0, 40.0));
        ui.painter().rect_filled(back, 0.0, theme::text());
        for (dx, dy) in [(-1.5, 0.0), (1.5, 0.0), (0.0, -1.5), (0.0, 1.5)] {
            if rim {
                at(ui, 20.0 + dx, 20.0 + dy, "Orchard", 15.0, Color32::BLACK);
            }
        }
        at(ui, 20.0, 20.0, "Orchard", 15.0, theme::text());
    };
    has(Kind::Faint, |ui| write(ui, false));
    is_good(|ui| write(ui, true));
}

#[test]
fn what_is_said_over_what_it_speaks_of_is_found() {
    let say = |off: f32| {
        let mut window = Window::new(move |ui: &mut Ui| {
            let label = ui.label("Angelfire 84");
            let at = label.rect.min + Vec2::new(0.0, off);
            let tip = egui::Area::new(ui.id().with("tip")).order(egui::Order::Tooltip);
            tip.fixed_pos(at).show(ui.ctx(), |ui| {
                egui::Frame::new()
                    .fill(Color32::BLACK)
                    .show(ui, |ui| ui.label("left of 120"))
            });
        });
        let seen = window.frame(vec![Event::PointerMoved(Pos2::new(20.0, 8.0))]);
        faults::all(&seen)
    };
    assert!(say(0.0).iter().any(|fault| fault.kind == Kind::Covered));
    let beside = say(60.0);
    assert!(beside.is_empty(), "{beside:?}");
}

#[test]
fn small_type_is_found() {
    has(Kind::Small, |ui| {
        at(ui, 20.0, 20.0, "small print", 11.0, theme::text())
    });
}

#[test]
fn a_tiny_button_is_found() {
    has(Kind::Tiny, |ui| {
        ui.label("a window");
        let (_, response) = ui.allocate_exact_size(Vec2::new(12.0, 12.0), Sense::click());
        theme::named(response, "close");
    });
}

#[test]
fn an_empty_panel_is_found() {
    has(Kind::Empty, |ui| {
        ui.label("a window");
        theme::card().show(ui, |ui| ui.allocate_space(Vec2::new(200.0, 60.0)));
    });
}

#[test]
fn what_has_no_name_is_found() {
    has(Kind::Nameless, |ui| {
        ui.label("a window");
        ui.allocate_exact_size(Vec2::new(40.0, 24.0), Sense::click());
    });
}

#[test]
fn two_things_of_one_name_are_found_unless_they_stand_in_a_list() {
    has(Kind::SameName, |ui| {
        ui.horizontal(|ui| {
            let _ = ui.button("Set");
            ui.push_id("other", |ui| ui.button("Set"));
        });
    });
    is_good(|ui| {
        for index in 0..2 {
            ui.push_id(index, |ui| ui.button("take back"));
        }
    });
}

#[test]
fn a_shortened_text_that_is_told_nowhere_is_found() {
    let shorten = |ui: &mut Ui, told: bool| {
        let words = RichText::new("Second Northern Battlefleet under Admiral Hale");
        let rect = Rect::from_min_size(Pos2::new(10.0, 10.0), Vec2::new(120.0, 20.0));
        let label = Label::new(words).truncate();
        ui.put(rect, label.show_tooltip_when_elided(told));
    };
    for told in [true, false] {
        let mut window = Window::new(|ui: &mut Ui| shorten(ui, told));
        let seen = window.frame(Vec::new());
        let ctx = window.ctx.clone();
        let read = |events| window.frame(events);
        let faults = super::shortened(&ctx, read, &seen, &mut Default::default());
        let kinds: Vec<Kind> = faults.iter().map(|fault| fault.kind).collect();
        assert_eq!(kinds.is_empty(), told, "{faults:?}");
        assert!(kinds.iter().all(|kind| *kind == Kind::Shortened));
    }
}
