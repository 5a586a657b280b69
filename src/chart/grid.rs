//! What lies where in a scene, so that a pointer asks few shapes and not all.

use super::scene::{Area, Form, Pos, Scene, Tag};

/// Pixels of a cell's edge.
const CELL: f32 = 48.0;
/// A shape over more cells than this is asked wherever the pointer is.
const WIDE: usize = 64;

/// The tagged shapes of one scene by cell, each list back to front.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    wide: Vec<u32>,
}

impl Grid {
    /// Sorts the shapes of a scene into cells.
    pub fn new(scene: &Scene) -> Self {
        let count = |edge: f32| (edge.clamp(1.0, 65_536.0) / CELL).ceil() as usize;
        let (columns, rows) = (count(scene.size.0), count(scene.size.1));
        let mut grid = Self {
            columns,
            rows,
            cells: vec![Vec::new(); columns * rows],
            wide: Vec::new(),
        };
        for (index, shape) in (0_u32..).zip(&scene.shapes) {
            if shape.tag.is_none() {
                continue;
            }
            let Some(area) = shape.form.reach() else {
                continue;
            };
            let (left, right) = (grid.column(area.min.x), grid.column(area.max.x));
            let (top, low) = (grid.row(area.min.y), grid.row(area.max.y));
            if (right - left + 1) * (low - top + 1) > WIDE {
                grid.wide.push(index);
                continue;
            }
            for row in top..=low {
                for column in left..=right {
                    grid.cells[row * columns + column].push(index);
                }
            }
        }
        grid
    }

    /// What the pointer means at this point of the scene: the foremost thing there that is wanted.
    pub fn hit<'a>(
        &self,
        scene: &'a Scene,
        x: f32,
        y: f32,
        wanted: impl Fn(&Tag) -> bool,
    ) -> Option<&'a Tag> {
        let mut near = self.near(scene, x, y);
        near.find(|tag| wanted(tag))
    }

    /// Everything at this point, foremost first, each once: what a stack holds.
    pub fn hits<'a>(&self, scene: &'a Scene, x: f32, y: f32) -> Vec<&'a Tag> {
        let mut found: Vec<&Tag> = Vec::new();
        for tag in self.near(scene, x, y) {
            if !found.contains(&tag) {
                found.push(tag);
            }
        }
        found
    }

    /// Tags of the shapes at this point, foremost first.
    fn near<'a>(&self, scene: &'a Scene, x: f32, y: f32) -> impl Iterator<Item = &'a Tag> {
        let at = Pos::new(x, y);
        let cell = self.row(y) * self.columns + self.column(x);
        let mut near: Vec<u32> = self.cells.get(cell).cloned().unwrap_or_default();
        near.extend(&self.wide);
        near.sort_unstable_by(|a, b| b.cmp(a));
        near.into_iter().filter_map(move |index| {
            let shape = scene.shapes.get(index as usize)?;
            shape.tag.as_ref().filter(|_| shape.form.covers(at))
        })
    }

    fn column(&self, x: f32) -> usize {
        cell(x, self.columns)
    }

    fn row(&self, y: f32) -> usize {
        cell(y, self.rows)
    }
}

/// Which cell of so many; what lies outside counts to the outermost.
fn cell(at: f32, count: usize) -> usize {
    ((at / CELL).max(0.0) as usize).min(count.saturating_sub(1))
}

impl Form {
    /// The box in which a pointer may mean the shape; none if nowhere.
    fn reach(&self) -> Option<Area> {
        let (points, around) = match self {
            Form::Polyline { points, stroke } => (&points[..], (stroke.width / 2.0).max(4.0)),
            Form::Polygon { points, .. } => (&points[..], 0.0),
            Form::Circle { centre, radius, .. } => {
                return Some(Area::around(*centre, 2.0 * radius, 2.0 * radius));
            }
            Form::Text(text) => return Some(text.area()),
            Form::Glow { .. } | Form::Grain { .. } | Form::Image { .. } => return None,
        };
        let first = *points.first()?;
        let grow = |area: Area, p: &Pos| Area {
            min: Pos::new(area.min.x.min(p.x), area.min.y.min(p.y)),
            max: Pos::new(area.max.x.max(p.x), area.max.y.max(p.y)),
        };
        let point = Area {
            min: first,
            max: first,
        };
        Some(points.iter().fold(point, grow).grown(around))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        chart::scene::{Colour, Shape, Stroke},
        content::Key,
    };

    #[test]
    fn a_grid_finds_what_a_scene_finds() {
        let mut scene = Scene {
            size: (500.0, 300.0),
            shapes: Vec::new(),
        };
        for i in 0..200_u16 {
            let at = Pos::new(f32::from(i * 37 % 500), f32::from(i * 53 % 300));
            let form = match i % 3 {
                0 => Form::Circle {
                    centre: at,
                    radius: f32::from(i % 40 + 1),
                    fill: Colour::CLEAR,
                    stroke: None,
                },
                1 => Form::Polygon {
                    points: Area::around(at, f32::from(i % 90 + 4), 20.0).corners(),
                    fill: Colour::CLEAR,
                    stroke: None,
                },
                _ => Form::Polyline {
                    points: vec![at, Pos::new(250.0, -50.0)],
                    stroke: Stroke::new(Colour::CLEAR, 1.0),
                },
            };
            let tag = Tag::Force(Key::new(format!("f{i}")));
            scene.shapes.push(Shape {
                form,
                tag: (i % 7 > 0).then_some(tag),
            });
        }
        let grid = Grid::new(&scene);
        for y in (0..300_u16).step_by(7) {
            for x in (0..500_u16).step_by(7) {
                let (x, y) = (f32::from(x), f32::from(y));
                assert_eq!(grid.hits(&scene, x, y), scene.hits(x, y), "{x} {y}");
                assert_eq!(grid.hit(&scene, x, y, |_| true), scene.hit(x, y));
            }
        }
    }
}
