//! Lays the panels out and gathers what they ask for.

use bevy_egui::egui::{CentralPanel, Context, Frame, Id, Panel, Ui, UiBuilder};

use super::{
    Dock, Game, UiAction, around, command, map, minimap,
    panels::{
        ask, bottom, choose, clock, film, forecast, inspector, orders, overlay, report, roster,
        score, top, verdict,
    },
    picture::Picture,
    theme,
};

/// Shows the game and tells what was done at it.
pub fn show(ctx: &Context, game: &Game, picture: &mut Picture) -> Vec<UiAction> {
    theme::look(game.settings.look);
    let whole = UiBuilder::new()
        .layer_id(bevy_egui::egui::LayerId::background())
        .max_rect(ctx.content_rect());
    let mut root = Ui::new(ctx.clone(), Id::new("window"), whole);
    let ui = &mut root;
    if let Some(actions) = around::pages(ui, game) {
        return actions;
    }
    let (Some(session), Some(table)) = (&game.session, game.table()) else {
        return Vec::new();
    };
    let filming = game.film.is_running();
    let mut actions = if filming {
        super::film::keys(ctx, game)
    } else {
        command::press::actions(ctx, game)
    };
    let frame = theme::panel_frame;
    actions.extend(
        Panel::top("top")
            .exact_size(44.0)
            .resizable(false)
            .show_separator_line(false)
            .frame(frame())
            .show(ui, |ui| match &game.asking {
                Some(asking) => ask::show(ui, asking),
                None => top::show(ui, &table),
            })
            .inner,
    );
    if let Some(ending) = session
        .view
        .ended
        .as_ref()
        .filter(|_| !session.verdict_closed && !filming)
    {
        let page = CentralPanel::default().frame(theme::page_frame());
        actions.extend(
            page.show(ui, |ui| {
                verdict::show(ui, &table, ending, &session.scenario)
            })
            .inner,
        );
        return actions;
    }
    let small = ctx.content_rect().width() < 1500.0;
    if game.is_folded(Dock::Left) {
        actions.extend(strip(ui, Panel::left("left strip"), "F1", Dock::Left));
    } else {
        let dock = Panel::left("left")
            .exact_size(if small { 240.0 } else { 320.0 })
            .resizable(false)
            .show_separator_line(false)
            .frame(frame());
        actions.extend(
            dock.show(ui, |ui| {
                let mut actions = Vec::new();
                if !game.small_map.is_folded {
                    let corner = Panel::bottom("small map")
                        .exact_size(minimap::HEIGHT)
                        .show_separator_line(false)
                        .frame(Frame::NONE);
                    let show = |ui: &mut Ui| minimap::show(ui, session, &mut picture.small);
                    actions.extend(corner.show(ui, show).inner);
                }
                actions.extend(roster::show(ui, &table));
                actions
            })
            .inner,
        );
    }
    if game.is_folded(Dock::Right) {
        actions.extend(strip(ui, Panel::right("right strip"), "F2", Dock::Right));
    } else {
        let dock = Panel::right("right")
            .exact_size(if small { 328.0 } else { 400.0 })
            .resizable(false)
            .show_separator_line(false)
            .frame(frame());
        actions.extend(
            dock.show(ui, |ui| {
                if let Some(list) = &game.command.list {
                    return choose::show(ui, &table, list);
                }
                let mut actions = inspector::pages(ui, &table);
                let chosen = table.chosen();
                if game.page == super::Page::Selection && chosen.len() > 1 {
                    actions.extend(orders::group(ui, &table, &chosen));
                    return actions;
                }
                actions.extend(match game.page {
                    super::Page::Selection => inspector::show(ui, &table),
                    super::Page::Report => report::show(ui, &table),
                    super::Page::Film => film::page(ui, &table),
                    super::Page::Outlook => forecast::show(ui, &table),
                    super::Page::Reserves => clock::show(ui, &table),
                    super::Page::Score => score::show(ui, &table),
                    super::Page::Overlay => overlay::show(ui, &table),
                });
                actions
            })
            .inner,
        );
    }
    if game.is_folded(Dock::Bottom) {
        actions.extend(strip(ui, Panel::bottom("bottom strip"), "F3", Dock::Bottom));
    } else {
        let dock = Panel::bottom("bottom")
            .exact_size(if small { 148.0 } else { 200.0 })
            .resizable(false)
            .show_separator_line(false)
            .frame(frame());
        actions.extend(dock.show(ui, |ui| bottom::show(ui, &table)).inner);
    }
    let over = theme::panel_frame().inner_margin(bevy_egui::egui::Margin::symmetric(8, 2));
    actions.extend(
        Panel::top("over the map")
            .exact_size(32.0)
            .resizable(false)
            .show_separator_line(false)
            .frame(over)
            .show(ui, |ui| match filming {
                true => film::strip(ui, &table),
                false => map::strip(ui, game, session),
            })
            .inner,
    );
    let page = CentralPanel::default().frame(theme::page_frame());
    let is_large = game.film.is_large && game.page == super::Page::Report && !filming;
    actions.extend(
        page.show(ui, |ui| match is_large {
            true => report::large(ui, &table),
            false => map::show(ui, game, session, picture),
        })
        .inner,
    );
    actions
}

/// What is left of a folded dock: a strip with the key that folds it out.
fn strip(ui: &mut Ui, panel: Panel, key: &str, dock: Dock) -> Vec<UiAction> {
    let frame = theme::panel_frame().inner_margin(2);
    let pressed = panel
        .exact_size(30.0)
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| theme::button(ui, key, None))
        .inner;
    if pressed {
        vec![UiAction::Fold(dock)]
    } else {
        Vec::new()
    }
}
