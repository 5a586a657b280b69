//! Forecast against result: the bands that were forecast, a mark where the result lies, and the sum of the luck.

use bevy_egui::egui::{self, CornerRadius, Rect, RichText, Sense, Stroke, Ui, Vec2};

use super::long;
use crate::{
    gui::{
        luck::{Fight, Fire, Luck, Standing, standing},
        table::sentence,
        theme,
        words::say,
    },
    sim::{forecast::Spread, view::SeatView},
    war::{Assumes, tell},
};

/// Shows the account of a turn's luck; nothing if nobody fought or fired.
pub fn show(ui: &mut Ui, view: &SeatView, luck: &Luck) {
    if luck.is_empty() {
        return;
    }
    theme::heading(ui, &say!("film-luck"));
    long::show(ui, "fights", luck.fights.len(), |ui, number| {
        fight(ui, view, &luck.fights[number]);
    });
    long::show(ui, "fire", luck.fire.len(), |ui, number| {
        fire(ui, view, &luck.fire[number]);
    });
    theme::rule(ui);
    let sum = RichText::new(signed(luck.sum())).font(theme::medium(theme::BODY));
    let sum = if luck.sum() < 0 {
        sum.color(theme::loss())
    } else {
        sum
    };
    theme::figure(ui, &say!("film-luck-sum"), sum).on_hover_text(say!("film-luck-about"));
}

fn fight(ui: &mut Ui, view: &SeatView, fight: &Fight) {
    let place = sentence(&tell::sector(view, fight.sector.as_str()));
    let Some(outlook) = &fight.outlook else {
        theme::note(ui, say!("film-unforeseen", place = place));
        return;
    };
    let assumed = match outlook.assumes {
        Assumes::Known => say!("film-assumed-known"),
        Assumes::Caught => say!("film-assumed-caught"),
        Assumes::TheyCome => say!("film-assumed-come"),
        Assumes::WeGo => say!("film-assumed-go"),
    };
    let of = say!(
        "film-samples",
        n = outlook.forecast.samples,
        assumed = assumed
    );
    theme::note(ui, say!("film-fight-at", place = place)).on_hover_text(of);
    let forecast = &outlook.forecast;
    for (own, name, spread, lost) in [
        (true, say!("film-own"), &forecast.own, fight.own),
        (false, say!("film-theirs"), &forecast.hostile, fight.hostile),
    ] {
        let stands = match standing(&spread.quantiles, lost, own) {
            Standing::Worse(n) => say!("film-worse", n = n),
            Standing::Better(n) => say!("film-better", n = n),
            Standing::Usual => say!("film-usual"),
        };
        let words = format!(
            "{}: {stands}",
            say!("film-lost-sp", sp = tell::fine_strength(lost))
        );
        theme::figure(ui, &name, RichText::new(words).size(theme::CAPTION));
        bar(ui, spread, lost);
    }
}

fn fire(ui: &mut Ui, view: &SeatView, fire: &Fire) {
    let known = view.rules.weapons.get(&fire.weapon);
    let weapon = known.map_or(fire.weapon.as_str(), |w| &w.name).to_owned();
    let name = if fire.own {
        weapon
    } else {
        say!("film-theirs-weapon", weapon = weapon)
    };
    let words = match fire.salvos {
        0 => say!("film-fire-none"),
        n => say!(
            "film-fire",
            expected = tell::tenths_text(fire.expected / 100),
            hits = fire.hits,
            n = n
        ),
    };
    theme::figure(
        ui,
        &sentence(&name),
        RichText::new(words).size(theme::CAPTION),
    )
    .on_hover_text(say!(
        "film-fire-worth",
        sp = signed(fire.luck()),
        worth = tell::fine_strength(fire.worth)
    ));
}

/// Strength with its sign.
fn signed(hp: i64) -> String {
    let sign = if hp > 0 { "+" } else { "" };
    say!("film-sp", sp = format!("{sign}{}", tell::fine_strength(hp)))
}

/// The band of nine tenths, the band of half within it, the middle, and a mark at the result.
fn bar(ui: &mut Ui, spread: &Spread, lost: i64) {
    let size = Vec2::new(ui.available_width(), 16.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let q = spread.quantiles;
    let most = q[4].max(lost).max(1) as f32 * 1.08;
    let x = |hp: i64| rect.left() + 4.0 + (rect.width() - 8.0) * (hp.max(0) as f32 / most);
    let band = |from: i64, to: i64, half: f32| {
        Rect::from_min_max(
            egui::pos2(x(from), rect.center().y - half),
            egui::pos2(x(to).max(x(from) + 2.0), rect.center().y + half),
        )
    };
    let painter = ui.painter();
    let palette = theme::palette();
    let colour = |share: f32| theme::colour(palette.panel.toward(palette.lane, share));
    painter.rect_filled(band(q[0], q[4], 3.0), CornerRadius::same(2), colour(0.45));
    painter.rect_filled(band(q[1], q[3], 5.0), CornerRadius::same(2), colour(0.8));
    let line = |at: i64, stroke: Stroke, half: f32| {
        let y = rect.center().y;
        painter.vline(x(at), (y - half)..=(y + half), stroke);
    };
    line(q[2], Stroke::new(1.5, theme::colour(palette.ground)), 5.0);
    line(lost, Stroke::new(2.5, theme::attention()), 8.0);
    let sp = |hp: i64| tell::fine_strength(hp);
    let about = say!(
        "film-bands",
        low = sp(q[0]),
        quarter = sp(q[1]),
        middle = sp(q[2]),
        most = sp(q[3]),
        high = sp(q[4]),
        lost = sp(lost)
    );
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, about.as_str()));
    response.on_hover_text(about);
}
