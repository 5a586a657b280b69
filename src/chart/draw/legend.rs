//! The frame of the sheet with its coordinates, and the title block: what this is a chart of, and what its signs mean.

use super::{Sheet, ground, lanes, overlays, symbols};
use crate::{
    chart::{
        Overlay,
        scene::{Anchor, Area, Colour, Pos, Stroke, Text, Weight},
        text,
    },
    content::{LaneKind, Role},
};

/// Width of the band around the sheet at scale 1, pixels.
pub const BAND: f32 = 22.0;
/// Least and most width of the title block at scale 1, pixels.
const WIDTH: (f32, f32) = (276.0, 380.0);

/// What a row of the block shows before its words.
enum Sign {
    Side(usize),
    Counter(Known),
    Line(&'static str),
}

enum Known {
    Own,
    Seen,
    Rumoured,
}

/// Where the title block will stand: the corner in which the fewest places lie.
pub fn block(sheet: &Sheet) -> Area {
    let scale = sheet.scale;
    let (w, h) = sheet.camera.size;
    let title = text::width(&sheet.options.title, 19.0, Weight::Medium, 0.0) + 30.0;
    let (width, height) = (title.clamp(WIDTH.0, WIDTH.1) * scale, height(sheet));
    let inset = (BAND + 10.0) * scale;
    let corners = [
        Pos::new(inset, h - inset - height),
        Pos::new(w - inset - width, inset),
        Pos::new(w - inset - width, h - inset - height),
        Pos::new(inset, inset),
    ];
    let covered = |corner: &Pos| {
        let area = Area::from(*corner, width, height).grown(50.0 * scale);
        sheet.at.values().filter(|at| area.contains(**at)).count()
    };
    let corner = corners.into_iter().min_by_key(covered).unwrap_or_default();
    Area::from(corner, width, height)
}

fn height(sheet: &Sheet) -> f32 {
    (96.0 + rows(sheet).len() as f32 * 21.0) * sheet.scale
}

fn rows(sheet: &Sheet) -> Vec<(Sign, String)> {
    let view = sheet.view;
    let held = overlays::holders(sheet);
    let mut rows: Vec<(Sign, String)> = Vec::new();
    for (i, (key, name)) in view.sides.iter().enumerate().take(8) {
        let words = match held.get(key) {
            Some(1) => format!("{name}, 1 sector"),
            Some(n) => format!("{name}, {n} sectors"),
            None => name.clone(),
        };
        rows.push((Sign::Side(i), words));
    }
    rows.push((
        Sign::Counter(Known::Own),
        "own force, strength in points".to_owned(),
    ));
    rows.push((
        Sign::Counter(Known::Seen),
        "foreign force in sight".to_owned(),
    ));
    rows.push((
        Sign::Counter(Known::Rumoured),
        "foreign force, plotted or old".to_owned(),
    ));
    let lines: &[(&str, &str)] = match sheet.options.overlay {
        Overlay::Supply => &[
            ("flow", "supply, wide as its load"),
            ("broken", "broken: convoys lost on the way"),
            ("cut", "cut, and what is cut off"),
        ],
        Overlay::Reach => &[("ring", "reach of guns"), ("ears", "would hear the shot")],
        Overlay::Objectives => &[
            ("asked", "asked of the side, still to do"),
            ("done", "asked of the side, done"),
            ("scores", "scores"),
        ],
        Overlay::Knowledge => &[
            ("seen", "in sight"),
            ("old", "not seen; the darker, the longer"),
        ],
        Overlay::None | Overlay::Control => &[("route", "route; lane, a tick each 100 units")],
    };
    rows.extend(
        lines
            .iter()
            .map(|(sign, words)| (Sign::Line(sign), (*words).to_owned())),
    );
    if matches!(sheet.options.overlay, Overlay::None | Overlay::Control) {
        let there = |kind| view.map.lanes.values().any(|lane| lane.kind == kind);
        let rarer = [
            (LaneKind::Wormhole, "wormhole", "wormhole"),
            (LaneKind::Descent, "descent", "descent to a surface"),
        ];
        for (_, sign, words) in rarer.into_iter().filter(|(kind, ..)| there(*kind)) {
            rows.push((Sign::Line(sign), words.to_owned()));
        }
    }
    rows
}

/// The band around the sheet: a neat line, and a scale in chart units on all four edges.
pub fn frame(sheet: &mut Sheet) {
    let scale = sheet.scale;
    let palette = sheet.palette;
    let (width, height) = sheet.camera.size;
    let band = BAND * scale;
    let edge = palette.ground.toward(palette.panel, 0.7);
    for area in [
        Area::from(Pos::default(), width, band),
        Area::from(Pos::new(0.0, height - band), width, band),
        Area::from(Pos::new(0.0, band), band, height - 2.0 * band),
        Area::from(Pos::new(width - band, band), band, height - 2.0 * band),
    ] {
        sheet.polygon(area.corners(), edge, None);
    }
    let inner = Area {
        min: Pos::new(band, band),
        max: Pos::new(width - band, height - band),
    };
    sheet.polygon(
        inner.corners(),
        Colour::CLEAR,
        Some(Stroke::new(palette.hairline, 1.2 * scale)),
    );
    sheet.polygon(
        inner.grown(4.0 * scale).corners(),
        Colour::CLEAR,
        Some(Stroke::new(palette.hairline.faint(0.7), 0.7 * scale)),
    );
    let step = ground::net_step(sheet.camera.zoom, scale);
    let (low, high) = ground::corners(sheet);
    let bar = Stroke::new(palette.dim.faint(0.8), 3.0 * scale);
    let shift = 2.0 * scale;
    let letters = |at: Pos, text: String| Text {
        at,
        anchor: Anchor::Middle,
        size: 13.0 * scale,
        weight: Weight::Regular,
        colour: palette.dim,
        halo: None,
        spacing: 0.0,
        text,
    };
    for i in (low.0 / step).floor() as i64..=(high.0 / step).ceil() as i64 {
        let x = |i: i64| {
            sheet
                .camera
                .to_screen((i as f32 * step, 0.0))
                .x
                .clamp(inner.min.x, inner.max.x)
        };
        let (from, to) = (x(i), x(i + 1));
        let words = letters(
            Pos::new(from, band * 0.42),
            format!("{}", (i as f32 * step) as i64),
        );
        let area = words.area();
        if i % 2 == 0 && to > from {
            sheet.line(
                vec![Pos::new(from, band - shift), Pos::new(to, band - shift)],
                bar,
            );
            sheet.line(
                vec![
                    Pos::new(from, height - band + shift),
                    Pos::new(to, height - band + shift),
                ],
                bar,
            );
        }
        if area.min.x > band && area.max.x < width - band {
            sheet.text(words, None);
        }
    }
    for i in (low.1 / step).floor() as i64..=(high.1 / step).ceil() as i64 {
        let y = |i: i64| {
            sheet
                .camera
                .to_screen((0.0, i as f32 * step))
                .y
                .clamp(inner.min.y, inner.max.y)
        };
        let (from, to) = (y(i), y(i + 1));
        if i % 2 == 0 && to > from {
            sheet.line(
                vec![Pos::new(band - shift, from), Pos::new(band - shift, to)],
                bar,
            );
            sheet.line(
                vec![
                    Pos::new(width - band + shift, from),
                    Pos::new(width - band + shift, to),
                ],
                bar,
            );
        }
    }
}

/// The title block itself.
pub fn draw(sheet: &mut Sheet, area: Area) {
    let scale = sheet.scale;
    let palette = sheet.palette;
    sheet.polygon(
        area.corners(),
        palette.panel.faint(0.96),
        Some(Stroke::new(palette.hairline, 1.0 * scale)),
    );
    let left = area.min.x + 14.0 * scale;
    let room = area.max.x - area.min.x - 28.0 * scale;
    let write = |sheet: &mut Sheet, y: f32, size: f32, weight, colour, words: &str, indent: f32| {
        let size = size * scale;
        let text = Text {
            at: Pos::new(left + indent, area.min.y + y * scale),
            anchor: Anchor::Start,
            size,
            weight,
            colour,
            halo: None,
            spacing: 0.0,
            text: text::fitted(words, size, weight, room - indent),
        };
        sheet.text(text, None);
    };
    let view = sheet.view;
    let title = if sheet.options.title.is_empty() {
        "Chart"
    } else {
        &sheet.options.title
    };
    write(sheet, 24.0, 19.0, Weight::Medium, palette.text, title, 0.0);
    let mut date = format!("{} \u{b7} turn {} of {}", view.date, view.turn, view.turns);
    if sheet.options.overlay != Overlay::None {
        date.push_str(&format!(" \u{b7} {}", sheet.options.overlay.name()));
    }
    write(sheet, 48.0, 13.0, Weight::Regular, palette.text, &date, 0.0);
    let seen = match view.sides.get(&view.side) {
        Some(name) if !sheet.referee() => format!("known to {name}"),
        _ => "as it is: the referee's chart".to_owned(),
    };
    write(sheet, 68.0, 13.0, Weight::Regular, palette.dim, &seen, 0.0);
    let rule = area.min.y + 82.0 * scale;
    sheet.line(
        vec![Pos::new(left, rule), Pos::new(left + room, rule)],
        Stroke::new(palette.hairline, 1.0 * scale),
    );
    for (i, (sign, words)) in rows(sheet).into_iter().enumerate() {
        let y = 99.0 + 21.0 * i as f32;
        let at = Pos::new(left + 14.0 * scale, area.min.y + y * scale);
        draw_sign(sheet, sign, at);
        write(
            sheet,
            y,
            13.0,
            Weight::Regular,
            palette.text,
            &words,
            38.0 * scale,
        );
    }
}

fn draw_sign(sheet: &mut Sheet, sign: Sign, at: Pos) {
    let scale = sheet.scale;
    let palette = sheet.palette;
    match sign {
        Sign::Side(rank) => {
            let hue = palette.side(rank);
            symbols::emblem(sheet, rank, at, 7.0 * scale, hue);
        }
        Sign::Counter(known) => {
            let hue = if matches!(known, Known::Own) && !sheet.referee() {
                sheet.hue(&sheet.view.side)
            } else {
                palette.dim
            };
            let area = Area::around(at, 27.0 * scale, 14.0 * scale);
            let (fill, rim, ink) = match known {
                Known::Own => (hue, Stroke::new(palette.ground, 1.0), palette.ink),
                Known::Seen => (palette.ground, Stroke::new(hue, 1.4 * scale), hue),
                Known::Rumoured => (
                    palette.ground,
                    Stroke::new(hue, 1.4 * scale).dashed(4.0 * scale, 2.6 * scale),
                    hue,
                ),
            };
            sheet.polygon(area.corners(), fill, Some(rim));
            let role = if matches!(known, Known::Own) {
                Some(Role::Capital)
            } else {
                None
            };
            symbols::role(sheet, role, at, 4.6 * scale, ink);
        }
        Sign::Line(kind) => {
            let (a, b) = (at.by(-13.0 * scale, 0.0), at.by(13.0 * scale, 0.0));
            match kind {
                "flow" => {
                    let hue = sheet.hue(&sheet.view.side);
                    sheet.line(vec![a, b], Stroke::new(hue.faint(0.6), 6.0 * scale));
                    symbols::arrow(sheet, a, at.by(5.0 * scale, 0.0), 9.0 * scale, palette.text);
                }
                "broken" => {
                    let hue = sheet.hue(&sheet.view.side).faint(0.6);
                    let stroke = Stroke::new(hue, 6.0 * scale).dashed(8.0 * scale, 5.0 * scale);
                    sheet.line(vec![a, b], stroke);
                }
                "seen" => {
                    let light = palette.text.faint(0.22);
                    let rim = Stroke::new(palette.hairline, 1.0 * scale);
                    sheet.circle(at, 8.0 * scale, light, Some(rim));
                }
                "old" => {
                    let rim = Stroke::new(palette.hairline, 1.0 * scale);
                    sheet.circle(at, 8.0 * scale, Colour::new(0, 0, 0), Some(rim));
                }
                "wormhole" => {
                    let stroke = Stroke::new(palette.lane, 1.3 * scale);
                    for end in [a, b] {
                        sheet.circle(end, 2.6 * scale, Colour::CLEAR, Some(stroke));
                    }
                    let dots = stroke.dashed(1.6 * scale, 4.0 * scale);
                    sheet.line(lanes::arc(a, b, 0.16), dots);
                }
                "descent" => {
                    let stroke = Stroke::new(palette.lane, 1.3 * scale);
                    sheet.line(vec![a, b], stroke.dashed(3.0 * scale, 2.0 * scale));
                    let (up, down) = (b.by(0.0, -5.0 * scale), b.by(0.0, 5.0 * scale));
                    sheet.line(vec![up, down], stroke);
                }
                "cut" => symbols::cut(sheet, at, 5.5 * scale, palette.loss, palette.ground),
                "ears" => symbols::ears(sheet, at, 6.0 * scale, palette.attention),
                "asked" | "done" => {
                    let (colour, foot) = (palette.attention, at.by(-4.0 * scale, 7.0 * scale));
                    let done = kind == "done";
                    let colour = if done { palette.text } else { colour };
                    symbols::pennant(sheet, foot, 6.0 * scale, colour, palette.panel, done);
                }
                "scores" => {
                    for radius in [5.5, 8.0] {
                        let rim = Stroke::new(palette.text, 1.2 * scale);
                        sheet.circle(at, radius * scale, Colour::CLEAR, Some(rim));
                    }
                }
                "ring" => sheet.circle(
                    at,
                    7.0 * scale,
                    palette.gold.faint(0.08),
                    Some(Stroke::new(palette.gold, 1.3 * scale)),
                ),
                _ => {
                    let stroke = Stroke::new(palette.lane, 1.0 * scale);
                    for dy in [-4.5, -1.5] {
                        sheet.line(vec![a.by(0.0, dy * scale), b.by(0.0, dy * scale)], stroke);
                    }
                    sheet.line(vec![a.by(0.0, 5.0 * scale), b.by(0.0, 5.0 * scale)], stroke);
                    for x in [-4.0, 4.0] {
                        sheet.line(
                            vec![at.by(x * scale, 2.5 * scale), at.by(x * scale, 7.5 * scale)],
                            stroke,
                        );
                    }
                }
            }
        }
    }
}
