//! Lays the panels out and gathers what they ask for.

use bevy_egui::egui::{
    CentralPanel, Context, Frame, Id, LayerId, Margin, Panel, Ui, UiBuilder, Vec2,
};

use super::{
    Dock, Game, Page, Table, UiAction, around, command, map, minimap,
    panels::{
        ask, bottom, choose, clock, council, film, forecast, guide, inspector, mods, orders,
        overlay, report, roster, score, timeline, top, verdict, watch,
    },
    picture::Picture,
    session::Session,
    theme, words,
};

/// What the docks take of the window, points.
struct Sizes {
    left: f32,
    right: f32,
    bottom: f32,
}

impl Sizes {
    fn of(window: Vec2, watching: bool) -> Self {
        let wide = window.x >= 1500.0;
        let pick = |small, large| if wide { large } else { small };
        Self {
            left: pick(240.0, 320.0),
            right: pick(328.0, 400.0),
            // The line of a record is longer than a list of orders, and higher.
            bottom: match watching {
                true => pick(184.0, 236.0).min(window.y * 0.42),
                false => pick(148.0, 200.0).min(window.y * 0.4),
            },
        }
    }
}

/// Shows the game and tells what was done at it.
pub fn show(ctx: &Context, game: &Game, picture: &mut Picture) -> Vec<UiAction> {
    theme::look(game.settings.look);
    let room = ctx.content_rect();
    let whole = UiBuilder::new()
        .layer_id(LayerId::background())
        .max_rect(room);
    let mut root = Ui::new(ctx.clone(), Id::new("window"), whole);
    let ui = &mut root;
    let mut actions = Vec::new();
    if (room.width(), room.height()) != game.window {
        actions.push(UiAction::Window(room.width(), room.height()));
    }
    if let Some(done) = around::pages(ui, game) {
        actions.extend(done);
        return actions;
    }
    let (Some(session), Some(table)) = (&game.session, game.table()) else {
        return actions;
    };
    let filming = game.film.is_running();
    actions.extend(if filming {
        super::film::keys(ctx, game)
    } else {
        let mut asked = command::press::actions(ctx, game);
        // The key that skips a film ends a turn as well: not while the film has only just ended by itself.
        if game.film.is_just_over(ctx.input(|input| input.time)) {
            asked.retain(|action| *action != UiAction::EndTurn);
        }
        asked
    });
    let top = bar(Panel::top("top"), 44.0, theme::panel_frame());
    actions.extend(
        top.show(ui, |ui| match &game.asking {
            Some(asking) => ask::show(ui, asking),
            None => match table.watch {
                Some(watched) => watch::top(ui, &table, watched),
                None => top::show(ui, &table),
            },
        })
        .inner,
    );
    actions.extend(mods::strip(ui, game));
    let page = CentralPanel::default().frame(theme::page_frame());
    if let Some(ending) = session
        .view
        .ended
        .as_ref()
        .filter(|_| !session.verdict_closed && !filming)
    {
        guide::below(ui, game);
        actions.extend(
            page.show(ui, |ui| {
                verdict::show(ui, &table, ending, &session.scenario)
            })
            .inner,
        );
        return actions;
    }
    let sizes = Sizes::of(room.size(), table.watch.is_some());
    actions.extend(dock(ui, game, Dock::Left, sizes.left, |ui| {
        left(ui, game, session, &table, &mut picture.small)
    }));
    actions.extend(dock(ui, game, Dock::Right, sizes.right, |ui| {
        match table.watch.filter(|_| game.command.list.is_none()) {
            Some(watched) => watch::right(ui, game, &table, watched),
            None => right(ui, game, &table),
        }
    }));
    actions.extend(dock(
        ui,
        game,
        Dock::Bottom,
        sizes.bottom,
        |ui| match table.watch {
            Some(watched) => timeline::show(ui, &table, &session.scenario, watched),
            None => bottom::show(ui, &table),
        },
    ));
    let over = theme::panel_frame().inner_margin(Margin::symmetric(8, 5));
    // As high as its buttons need: where there is little room they stand in two rows.
    let strip = Panel::top("over the map")
        .resizable(false)
        .show_separator_line(false)
        .frame(over);
    let strip = if filming {
        strip.exact_size(32.0)
    } else {
        strip
    };
    actions.extend(
        strip
            .show(ui, |ui| match filming {
                true => film::strip(ui, &table),
                false => map::strip(ui, game),
            })
            .inner,
    );
    let is_large = game.film.is_large && game.page == Page::Report && !filming;
    actions.extend(
        page.show(ui, |ui| match is_large {
            true => report::large(ui, &table),
            false => map::show(ui, game, session, picture),
        })
        .inner,
    );
    actions
}

/// The small map and the order of battle.
fn left(
    ui: &mut Ui,
    game: &Game,
    session: &Session,
    table: &Table,
    small: &mut minimap::Kept,
) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let led = game.led().filter(|_| game.settings.guide);
    let is_led = led.is_some();
    if let Some(led) = led {
        let height = guide::height(ui, game, &led);
        let card = bar(Panel::bottom("guide"), height, guide::frame());
        actions.extend(card.show(ui, |ui| guide::show(ui, game, &led)).inner);
    }
    // The order of battle comes before the small map, and a guide before either.
    let times = if is_led { 4.0 } else { 2.5 };
    if !game.small_map.is_folded && ui.available_height() > times * minimap::HEIGHT {
        let corner = bar(Panel::bottom("small map"), minimap::HEIGHT, Frame::NONE);
        actions.extend(
            corner
                .show(ui, |ui| minimap::show(ui, session, small))
                .inner,
        );
    }
    actions.extend(roster::show(ui, table));
    actions
}

/// What is chosen from, or the page that is open.
fn right(ui: &mut Ui, game: &Game, table: &Table) -> Vec<UiAction> {
    if let Some(list) = &game.command.list {
        return choose::show(ui, table, list);
    }
    let mut actions = inspector::pages(ui, table);
    let chosen = table.chosen();
    actions.extend(match game.page {
        Page::Selection if chosen.len() > 1 => orders::group(ui, table, &chosen),
        Page::Selection => inspector::show(ui, table),
        Page::Report => report::show(ui, table),
        Page::Film => film::page(ui, table),
        Page::Outlook => forecast::show(ui, table),
        Page::Reserves => clock::show(ui, table),
        Page::Score => score::show(ui, table),
        Page::Council => council::show(ui, table),
        Page::Overlay => overlay::show(ui, table),
        // These are pages of a record that is watched.
        Page::Record | Page::Take => inspector::show(ui, table),
    });
    actions
}

/// A dock as wide or high as it should be, whatever stands in it; or the strip that is left of it, with the key that
/// folds it out.
fn dock(
    ui: &mut Ui,
    game: &Game,
    dock: Dock,
    size: f32,
    show: impl FnOnce(&mut Ui) -> Vec<UiAction>,
) -> Vec<UiAction> {
    let (whole, folded, key, name) = match dock {
        Dock::Left => (Panel::left("left"), Panel::left("left strip"), "F1", "left"),
        Dock::Right => (
            Panel::right("right"),
            Panel::right("right strip"),
            "F2",
            "right",
        ),
        Dock::Bottom => (
            Panel::bottom("bottom"),
            Panel::bottom("bottom strip"),
            "F3",
            "bottom",
        ),
    };
    if game.is_folded(dock) {
        let strip = bar(folded, 40.0, theme::panel_frame().inner_margin(2));
        let is_pressed = strip
            .show(ui, |ui| {
                fill(ui);
                let whole = words::of("unfold", name);
                theme::button_for(ui, key, &whole, None)
            })
            .inner;
        return is_pressed
            .then_some(UiAction::Fold(dock))
            .into_iter()
            .collect();
    }
    let whole = bar(whole, size, theme::panel_frame());
    whole
        .show(ui, |ui| {
            fill(ui);
            show(ui)
        })
        .inner
}

/// A panel of one size.
fn bar(panel: Panel, size: f32, frame: Frame) -> Panel {
    panel
        .exact_size(size)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
}

/// A panel takes what it was given, however little stands in it: the map does not move when a page is turned.
fn fill(ui: &mut Ui) {
    ui.set_min_size(ui.available_size());
}
