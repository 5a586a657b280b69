//! Who holds what here against who holds it elsewhere: what agrees recedes, what differs has the tint and hatch of
//! whoever holds it here, within the outline of whoever holds it there.

use super::{
    Sheet,
    cells::{Cell, cells},
    control::{self, owner},
};
use crate::{
    chart::{
        Held,
        scene::{Colour, Form, Pos, Stroke},
    },
    content::{Key, Sector},
};

/// Reach of a cell in usual distances between neighbours.
const REACH: f32 = 0.56;
/// How far within its cell a hatch ends, in reaches.
const WITHIN: f32 = 0.93;
/// How far within its cell an outline runs, so that neighbours keep apart, pixels.
const INSET: f32 = 1.5;
/// How strong the tint is where both agree, and where they differ.
const TINTS: (f32, f32) = (0.05, 0.30);
/// Outlines of sides, in the order of their names: pixels drawn and left out.
const DASHES: [Option<(f32, f32)>; 4] =
    [None, Some((7.0, 4.0)), Some((2.0, 3.0)), Some((12.0, 5.0))];

/// How the ground of a side is outlined: by the place of the side in the order of names.
pub fn outline(rank: usize, hue: Colour, scale: f32) -> Stroke {
    let stroke = Stroke::new(hue, 2.2 * scale);
    match DASHES[rank % DASHES.len()] {
        Some((on, off)) => stroke.dashed(on * scale, off * scale),
        None => stroke,
    }
}

pub fn draw(sheet: &mut Sheet, there: &Held) {
    let reach = (sheet.stride * sheet.camera.zoom * REACH).min(4000.0);
    let ground = cells(sheet, reach);
    let differs = |sheet: &Sheet, cell: &Cell| owner(sheet, cell.key) != there.get(cell.key);
    control::soft(sheet, &ground, reach, |sheet, cell| {
        let depth = if differs(sheet, cell) {
            TINTS.1
        } else {
            TINTS.0
        };
        owner(sheet, cell.key).map(|side| sheet.hue(side).faint(depth))
    });
    for cell in &ground {
        if !differs(sheet, cell) {
            continue;
        }
        if let Some(side) = owner(sheet, cell.key) {
            control::hatch(sheet, cell, side, (reach * WITHIN, 0.55));
        }
        around(sheet, cell, there);
    }
}

/// The outline of whoever holds a cell there, a thin grey one for nobody; not toward ground of which the same is to be
/// said.
fn around(sheet: &mut Sheet, cell: &Cell, there: &Held) {
    let side = there.get(cell.key);
    let stroke = match side {
        Some(side) => outline(sheet.rank(side), sheet.hue(side), sheet.scale),
        None => Stroke::new(sheet.palette.dim, 1.0 * sheet.scale).dashed(2.0, 4.0),
    };
    let is_alike = |key: &Key<Sector>| there.get(key) == side && owner(sheet, key) != side;
    let inward = |p: Pos| {
        p.toward(
            cell.centre,
            (INSET / cell.centre.distance(p).max(1.0)).min(1.0),
        )
    };
    let count = cell.rim.len();
    let kept = |i: usize| {
        let edge = cell.rim.get(i % count.max(1));
        edge.is_some_and(|(_, beyond)| beyond.is_none_or(|key| !is_alike(key)))
    };
    // A line begins where one ends, or anywhere if it closes.
    let first = (0..count).find(|i| !kept(i + count - 1)).unwrap_or(0);
    let mut lines: Vec<Vec<Pos>> = Vec::new();
    let mut open: Vec<Pos> = Vec::new();
    for i in first..first + count {
        let corner = |i: usize| cell.rim.get(i % count).map(|(p, _)| inward(*p));
        if kept(i) {
            if open.is_empty() {
                open.extend(corner(i));
            }
            open.extend(corner(i + 1));
        } else if !open.is_empty() {
            lines.push(std::mem::take(&mut open));
        }
    }
    lines.push(open);
    for points in lines.into_iter().filter(|line| line.len() > 1) {
        sheet.tagged(Form::Polyline { points, stroke }, None);
    }
}
