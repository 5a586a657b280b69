//! Which counter stands where. Nothing that is selected or pointed at has a say in it: counters stay where they are.

use std::cmp::Reverse;

use super::{
    Sheet,
    counters::{Detail, size},
    piles::{Counter, gather},
    room::Taken,
    spots::{self, Body},
};
use crate::{
    chart::scene::{Area, Pos},
    sim::state::Place,
};

/// With more places than this in the picture, what finds no room becomes a dot rather than a counter over others.
const CROWD: usize = 160;

/// The share of itself that a counter may lie over others.
const HIDES: f32 = 0.45;

/// A stack and where it stands.
pub struct Stand {
    /// Of which place.
    pub place: Place,
    /// Where the place is.
    pub at: Pos,
    /// Who.
    pub pile: Vec<Counter>,
    /// Its middle.
    pub centre: Pos,
    /// What it shows.
    pub detail: Detail,
    /// Whether a line leads to it.
    pub leads: bool,
    /// Whether it lies over what was there, for want of room.
    pub over: bool,
}

/// How much room a stack takes.
pub fn body(detail: Detail, count: usize, scale: f32) -> Body {
    let extra = 3.0 * scale * count.saturating_sub(1).min(3) as f32;
    // Stance and star stand on the upper edge.
    let tabs = if detail <= Detail::Stance { 8.0 } else { 0.0 } * scale;
    Body {
        size: size(detail, scale),
        above: extra + tabs,
        right: extra,
        clear: 3.0 * scale,
    }
}

/// All stacks, the strongest places first: where there is no room for all, the strongest have the better spots, whatever
/// their places are called. Who passes a place in a film belongs to none.
pub fn lay(sheet: &mut Sheet, detail: Detail, passing: bool) -> Vec<Stand> {
    let mut found: Vec<(Place, Pos, Vec<Vec<Counter>>)> = gather(sheet)
        .into_iter()
        .filter_map(|(place, piles)| {
            let at = sheet.place(&place).filter(|at| sheet.sees(*at, 80.0))?;
            Some((place, at, piles))
        })
        .collect();
    found.sort_by_cached_key(|(_, at, piles)| {
        let all = piles.iter().flatten();
        let (left, top) = (at.x.round() as i32, at.y.round() as i32);
        (
            Reverse(all.map(|c| c.strength.1).fold(0, i64::saturating_add)),
            (top, left),
        )
    });
    let mut layout = Layout {
        passing,
        crowd: found.len() > CROWD,
        bodies: Taken::default(),
        stands: Vec::new(),
    };
    let mut late = Vec::new();
    for (place, at, piles) in found {
        layout.row(sheet, &place, at, piles, detail, &mut late);
    }
    // Only now is it known what they would lie over.
    for (place, at, pile) in late {
        layout.over(sheet, place, at, pile, detail);
    }
    layout.stands
}

struct Layout {
    passing: bool,
    crowd: bool,
    /// What counters lie over.
    bodies: Taken,
    stands: Vec<Stand>,
}

impl Layout {
    /// The stacks of one place: side by side close to it, else each by itself, the strongest first, if need be smaller or
    /// at the end of a short line; those for which there is no room wait.
    fn row(
        &mut self,
        sheet: &mut Sheet,
        place: &Place,
        at: Pos,
        mut piles: Vec<Vec<Counter>>,
        detail: Detail,
        late: &mut Vec<(Place, Pos, Vec<Counter>)>,
    ) {
        let scale = sheet.scale;
        let gap = 7.0 * scale;
        if piles.len() > 1 && detail < Detail::Dot {
            let bodies = piles.iter().map(|pile| body(detail, pile.len(), scale));
            let bodies: Vec<Body> = bodies.collect();
            let width = bodies.iter().map(|b| b.size.0 + b.right + gap).sum::<f32>() - gap;
            let tallest = bodies.iter().map(|b| b.above).fold(0.0, f32::max);
            let all = Body {
                size: (width, bodies[0].size.1),
                above: tallest,
                right: 0.0,
                clear: bodies[0].clear,
            };
            if let Some(spot) = spots::near(sheet, at, &all) {
                let mut left = spot.x - width / 2.0;
                for (pile, body) in piles.into_iter().zip(bodies) {
                    let centre = Pos::new(left + body.size.0 / 2.0, spot.y);
                    left += body.size.0 + body.right + gap;
                    let leads = spots::leads(sheet, at, all.area(spot));
                    self.stand(
                        sheet,
                        place.clone(),
                        at,
                        pile,
                        (centre, detail, leads, false),
                    );
                }
                return;
            }
        }
        let sum = |pile: &[Counter]| {
            pile.iter()
                .fold(0_i64, |n, c| n.saturating_add(c.strength.1))
        };
        piles.sort_by_key(|pile| Reverse(sum(pile)));
        for pile in piles {
            let smaller = detail.max(Detail::Stance);
            let tried: &[Detail] = match detail {
                Detail::Bare | Detail::Dot => &[Detail::Bare],
                _ => &[detail, smaller, Detail::Bare],
            };
            let found = tried.iter().find_map(|tried| {
                let body = body(*tried, pile.len(), scale);
                let near = spots::near(sheet, at, &body);
                let far = || {
                    let off = !self.passing;
                    off.then(|| spots::far(sheet, at, &body))?
                };
                let spot = near.or_else(far)?;
                Some((spot, *tried, spots::leads(sheet, at, body.area(spot))))
            });
            match found {
                Some((spot, detail, leads)) => {
                    let how = (spot, detail, leads, false);
                    self.stand(sheet, place.clone(), at, pile, how);
                }
                None => late.push((place.clone(), at, pile)),
            }
        }
    }

    /// A stack for which there is no room lies over what is there, as a dot if it hid another counter: nobody vanishes.
    fn over(&mut self, sheet: &mut Sheet, place: Place, at: Pos, pile: Vec<Counter>, of: Detail) {
        let bare = body(Detail::Bare, pile.len(), sheet.scale);
        if of < Detail::Dot && !self.crowd {
            let spot = spots::least(sheet, &self.bodies, at, &bare);
            let area = bare.area(spot);
            if self.bodies.covered(area) <= HIDES * bare.size.0 * bare.size.1 {
                let leads = spots::leads(sheet, at, area);
                let how = (spot, Detail::Bare, leads, true);
                return self.stand(sheet, place, at, pile, how);
            }
        }
        let detail = Detail::Dot;
        let body = body(detail, pile.len(), sheet.scale);
        // A dot marks who is under way where he is, if it lies on nothing there.
        let under_way = place.in_sector().is_none() && !sheet.taken.touches(body.area(at));
        let spot = match under_way {
            true => at,
            false => spots::least(sheet, &self.bodies, at, &body),
        };
        let leads = spots::leads(sheet, at, body.area(spot));
        self.stand(sheet, place, at, pile, (spot, detail, leads, true));
    }

    fn stand(
        &mut self,
        sheet: &mut Sheet,
        place: Place,
        at: Pos,
        pile: Vec<Counter>,
        (centre, detail, leads, over): (Pos, Detail, bool, bool),
    ) {
        let area = body(detail, pile.len(), sheet.scale).taken(centre);
        // What is under way has no mark of its own on the chart.
        let under_way = place.in_sector().is_none() && centre != at;
        let leads = !self.passing && (leads || under_way);
        sheet.taken.push(area);
        self.bodies.push(area);
        if leads {
            spots::keep(sheet, at, centre);
        } else if let Place::Sector(sector) = &place {
            let beside: &mut Area = sheet.beside.entry(sector.clone()).or_insert(area);
            *beside = beside.with(area);
        }
        self.stands.push(Stand {
            place,
            at,
            pile,
            centre,
            detail,
            leads,
            over,
        });
    }
}
