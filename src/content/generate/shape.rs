//! Where sectors lie and lanes run: one seat's part of a theatre, around the direction of zero degrees. The middle of the
//! map is the heart, and every part is joined to it somewhere.

use super::{
    Shape,
    dice::Dice,
    round::{Point, TURN, apart, at, cosine, sine, turned},
};

/// Chart units between neighbours.
pub(super) const STEP: i64 = 105;
/// Nearer to one another no two sectors lie.
const NEAREST: i64 = 66;
/// A whole turn's arc for a radius of a thousand.
const ARC: i64 = 6283;

/// What a sector is to its seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Where it comes from.
    Home,
    /// Its own.
    Land,
    /// Nobody's, and worth having.
    Mark,
    /// Nobody's.
    Free,
}

/// A sector of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) at: Point,
    pub(super) role: Role,
}

/// Where a lane leads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum To {
    /// To a sector of the same part.
    Own(usize),
    /// To a sector of the next seat's part.
    Next(usize),
    /// To the middle.
    Heart,
}

/// How good a lane is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Grade {
    /// A way for whole fleets.
    Road,
    /// Narrow, and seldom clear.
    Track,
}

/// A lane from a sector of a part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: To,
    pub(super) grade: Grade,
}

/// One seat's part; its home is the first sector.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) places: Vec<Place>,
    pub(super) ways: Vec<Way>,
    /// From a seat's part to the next.
    pub(super) turn: i64,
    pub(super) seats: i64,
}

impl Part {
    /// A part of so many sectors at most.
    pub(super) fn new(shape: Shape, seats: u32, sectors: usize, dice: &mut Dice) -> Self {
        let seats = i64::from(seats).max(2);
        let mut part = Self {
            places: Vec::new(),
            ways: Vec::new(),
            turn: TURN / seats,
            seats,
        };
        match shape {
            Shape::Ring => part.ring(sectors),
            Shape::Spiral => part.spiral(sectors, dice),
            Shape::Line => part.line(sectors),
            Shape::Cluster => part.cluster(sectors, dice),
            Shape::Bridge => part.bridge(sectors),
        }
        part.home_first();
        part.spread();
        part.stir(dice);
        part.pockets(sectors, dice);
        part.ways.sort_unstable();
        part.ways.dedup();
        part
    }

    fn put(&mut self, at: Point, role: Role) -> usize {
        self.places.push(Place { at, role });
        self.places.len() - 1
    }

    fn join(&mut self, from: usize, to: To, grade: Grade) {
        self.ways.push(Way { from, to, grade });
    }

    /// Where a lane ends, as seen from this part.
    pub(super) fn end(&self, to: To) -> Point {
        let of = |place: usize| self.places.get(place).map_or((0, 0), |p| p.at);
        match to {
            To::Own(place) => of(place),
            To::Next(place) => turned(of(place), self.turn),
            To::Heart => (0, 0),
        }
    }

    /// The least distance from a point to anything, one place of this part left out.
    fn clearance(&self, at: Point, but: usize) -> i64 {
        let mut least = apart(at, (0, 0));
        for (index, place) in self.places.iter().enumerate() {
            for seat in 0..self.seats {
                if seat == 0 && index == but {
                    continue;
                }
                // A place is moved in all parts at once.
                let other = if index == but { at } else { place.at };
                least = least.min(apart(at, turned(other, seat * self.turn)));
            }
        }
        least
    }

    /// The home goes to the front of the list.
    fn home_first(&mut self) {
        let home = self.places.iter().position(|p| p.role == Role::Home);
        let home = home.unwrap_or(0);
        if self.places.is_empty() {
            return;
        }
        self.places.swap(0, home);
        let moved = |place: usize| match place {
            0 => home,
            p if p == home => 0,
            p => p,
        };
        for way in &mut self.ways {
            way.from = moved(way.from);
            way.to = match way.to {
                To::Own(place) => To::Own(moved(place)),
                To::Next(place) => To::Next(moved(place)),
                To::Heart => To::Heart,
            };
        }
    }

    /// Drawn larger, until nothing lies on anything else.
    fn spread(&mut self) {
        for _ in 0..12 {
            let places = 0..self.places.len();
            let least = places.map(|p| self.clearance(self.places[p].at, p)).min();
            if least.is_none_or(|least| least >= NEAREST) {
                return;
            }
            for place in &mut self.places {
                place.at = (place.at.0 * 9 / 8, place.at.1 * 9 / 8);
            }
        }
    }

    /// Nobody would believe a theatre drawn with a ruler.
    fn stir(&mut self, dice: &mut Dice) {
        for index in 0..self.places.len() {
            let here = self.places[index].at;
            let there = (
                here.0 + dice.between(-16, 16),
                here.1 + dice.between(-16, 16),
            );
            if self.clearance(there, index) >= NEAREST {
                self.places[index].at = there;
            }
        }
    }

    /// What is left over lies beside the roads: dead ends in which guns may hide.
    fn pockets(&mut self, sectors: usize, dice: &mut Dice) {
        while self.places.len() < sectors {
            let grounds: Vec<usize> = (1..self.places.len())
                .filter(|p| self.places[*p].role == Role::Land)
                .collect();
            let mut best: Option<(i64, Point, usize)> = None;
            for _ in 0..24 {
                let base = dice.one(&grounds).copied().unwrap_or(0);
                let angle = dice.between(0, 35) * 1000;
                let (from, by) = (self.places[base].at, at(STEP, angle));
                let there = (from.0 + by.0, from.1 + by.1);
                let room = self.clearance(there, usize::MAX);
                if best.is_none_or(|(most, ..)| room > most) {
                    best = Some((room, there, base));
                }
            }
            let Some((_, there, base)) = best.filter(|(room, ..)| *room >= NEAREST) else {
                return;
            };
            let pocket = self.put(there, Role::Land);
            self.join(pocket, To::Own(base), Grade::Track);
        }
    }

    /// Tracks around the middle, one outside the other, joined by rungs; a spoke to the heart.
    fn ring(&mut self, sectors: usize) {
        let wanted = match sectors {
            0..14 => 1,
            14..48 => 2,
            _ => 3,
        };
        let arc = self.seats * STEP * 1000;
        let layout = |outer: i64| {
            let radius = (outer * arc / ARC).max(150);
            let mut tracks = vec![(radius, outer)];
            for track in 1..wanted {
                let radius = radius - track * 115;
                let count = radius * ARC / arc;
                if radius >= 150 && count >= 2 {
                    tracks.push((radius, count));
                }
            }
            let inner = tracks.last().map_or(radius, |t| t.0);
            (tracks, (inner / 165 - 1).max(0))
        };
        let most = i64::try_from(sectors).unwrap_or(2);
        let outer = (1..=most / 2).rev().map(|half| half * 2);
        let fits = |outer: &i64| {
            let (tracks, spoke) = layout(*outer);
            tracks.iter().map(|t| t.1).sum::<i64>() + spoke <= most
        };
        let (tracks, spoke) = layout(outer.clone().find(fits).unwrap_or(2));
        // The first sector of a track lies on the border to the seat before.
        let mut first: Vec<(usize, i64)> = Vec::new();
        for (track, (radius, count)) in tracks.iter().enumerate() {
            first.push((self.places.len(), *count));
            for n in 0..*count {
                let role = match n {
                    0 if track == 0 => Role::Mark,
                    0 => Role::Free,
                    n if track == 0 && n == count / 2 => Role::Home,
                    _ => Role::Land,
                };
                let here = self.put(at(*radius, n * self.turn / count - self.turn / 2), role);
                let start = here - usize::try_from(n).unwrap_or(0);
                let to = if n + 1 < *count {
                    To::Own(here + 1)
                } else {
                    To::Next(start)
                };
                self.join(here, to, Grade::Road);
            }
        }
        for pair in first.windows(2) {
            let ((outer, many), (inner, few)) = (pair[0], pair[1]);
            for n in (0..few).step_by(2) {
                let beside = usize::try_from((n * many + few / 2) / few).unwrap_or(0);
                let from = inner + usize::try_from(n).unwrap_or(0);
                self.join(from, To::Own(outer + beside), Grade::Road);
            }
        }
        let (inner, count) = first.last().copied().unwrap_or((0, 2));
        // From before the home: two who went for the border first would run around one another.
        let mut from = inner + usize::try_from(count / 2).unwrap_or(0);
        let foot = self.places[from].at;
        for n in (1..=spoke).rev() {
            let at = (foot.0 * n / (spoke + 1), foot.1 * n / (spoke + 1));
            let role = if n * 2 <= spoke {
                Role::Free
            } else {
                Role::Land
            };
            let here = self.put(at, role);
            self.join(from, To::Own(here), Grade::Road);
            from = here;
        }
        self.join(from, To::Heart, Grade::Road);
    }

    /// An arm from the middle outwards, and jumps to the arm beside it.
    fn spiral(&mut self, sectors: usize, dice: &mut Dice) {
        let arm = sectors - sectors / 8;
        let begin = 95 + 17 * self.seats;
        let coil = 165 * self.seats;
        let mut angle = 0;
        for n in 0..arm {
            let radius = begin + angle * coil / TURN;
            let role = match n {
                n if n + 1 == arm => Role::Home,
                n if n + 1 == (arm / 3).max(1) => Role::Mark,
                n if n < arm / 3 => Role::Free,
                _ => Role::Land,
            };
            let here = self.put(at(radius, angle), role);
            let to = if n == 0 { To::Heart } else { To::Own(here - 1) };
            self.join(here, to, Grade::Road);
            angle += STEP * 1000 * TURN / (ARC * radius.max(1));
        }
        // Jumps: where the next arm comes nearest, every third or fourth sector; nobody jumps to a home's door.
        let inner = arm - (arm / 4).max(1);
        let mut wait = 1;
        for from in (0..inner).rev() {
            let near =
                (0..inner).map(|to| (apart(self.places[from].at, self.end(To::Next(to))), to));
            let near = near.min().filter(|(far, _)| (90..=230).contains(far));
            wait -= 1;
            if let Some((_, to)) = near.filter(|_| wait <= 0) {
                self.join(from, To::Next(to), Grade::Track);
                wait = dice.between(3, 4);
            }
        }
        // A small one has no coils: from arm to arm near the middle, then.
        if arm < 8 && self.seats > 2 {
            self.join(0, To::Next(0), Grade::Track);
        }
    }

    /// How wide of its direction a part may reach at a distance of a thousand.
    fn wedge(&self) -> (i64, i64) {
        (cosine(self.turn / 2), sine(self.turn / 2).max(1))
    }

    /// A block in rows, its front to the middle, with gaps between the fronts.
    fn line(&mut self, sectors: usize) {
        let marks = if self.seats == 2 && sectors >= 18 {
            2
        } else {
            1
        };
        let left = sectors.saturating_sub(marks).max(2);
        let most = if self.seats == 2 { 7 } else { 5 };
        let rows = match left {
            0..5 => 1,
            5..9 => 2,
            _ => left.isqrt().clamp(3, most) | 1,
        };
        let deep = left / rows;
        let (wide, narrow) = self.wedge();
        let size = |n: usize| i64::try_from(n).unwrap_or(0);
        let half = (size(rows) - 1) * 55;
        let front = ((size(rows) * 58 + 60) * wide / narrow).max(170);
        let row_at = |row: usize| (2 * size(row) - (size(rows) - 1)) * 55;
        for row in 0..rows {
            for column in 0..deep {
                let home = column + 1 == deep && row == rows / 2;
                let role = if home { Role::Home } else { Role::Land };
                let here = self.put((front + size(column) * 115, row_at(row)), role);
                if column > 0 {
                    self.join(here, To::Own(here - 1), Grade::Road);
                }
                // Behind the front one goes from row to row; at the front itself one does not.
                let crosses = column + 1 == deep || column % 2 == 1;
                if row > 0 && crosses {
                    self.join(here, To::Own(here - deep), Grade::Road);
                }
            }
        }
        self.join(rows / 2 * deep, To::Heart, Grade::Road);
        // On the border to the seat before, beside the outermost rows.
        let far = if self.seats == 2 {
            half.max(125)
        } else {
            (front * front + half * half).isqrt()
        };
        for mark in 0..marks {
            let row = if mark == 0 { 0 } else { rows / 4 };
            let far = if mark == 0 { far } else { far / 2 };
            let here = self.put(at(far, -self.turn / 2), Role::Mark);
            self.join(row * deep, To::Own(here), Grade::Road);
            self.join((rows - 1 - row) * deep, To::Next(here), Grade::Road);
        }
    }

    /// Knots, each a circle of sectors, and long lanes from knot to knot.
    fn cluster(&mut self, sectors: usize, dice: &mut Dice) {
        let left = sectors.saturating_sub(1).max(2);
        let knots = (left / 5).max(1);
        let across = knots.isqrt().max(1) + usize::from(knots > 3);
        let size = |n: usize| i64::try_from(n).unwrap_or(0);
        let (wide, narrow) = self.wedge();
        let begin = ((size(across.min(knots)) * 170 + 60) * wide / narrow).max(330);
        // Each knot's sectors, the innermost knots first.
        let mut made: Vec<Vec<usize>> = Vec::new();
        for knot in 0..knots {
            let (level, beside) = (knot / across, knot % across);
            let here = (knots - level * across).min(across);
            let centre = (
                begin + size(level) * 330,
                (2 * size(beside) - (size(here) - 1)) * 165,
            );
            let many = left / knots + usize::from(knot < left % knots);
            let radius = if many == 1 { 0 } else { 66 + 8 * size(many) };
            let begins = dice.between(0, 359) * 100;
            let mut members = Vec::new();
            for n in 0..many {
                let by = at(radius, begins + size(n) * TURN / size(many).max(1));
                members.push(self.put((centre.0 + by.0, centre.1 + by.1), Role::Land));
            }
            for n in 0..many.saturating_sub(usize::from(many < 3)) {
                let next = members[(n + 1) % many];
                self.join(members[n], To::Own(next), Grade::Road);
            }
            if many >= 5 {
                self.join(members[0], To::Own(members[many / 2]), Grade::Road);
            }
            made.push(members);
        }
        // The home is the farthest sector of the last knot but its border.
        let last = (knots - 1) / across;
        let here = knots - last * across;
        let knot = &made[last * across + here / 2];
        let home = knot
            .iter()
            .copied()
            .max_by_key(|p| (self.places[*p].at.0, *p));
        if let Some(home) = home {
            self.places[home].role = Role::Home;
        }
        for knot in 1..knots {
            let (level, beside) = (knot / across, knot % across);
            if beside > 0 {
                self.link(&made[knot - 1], &made[knot]);
            }
            if level > 0 {
                self.link(&made[knot - across], &made[knot]);
            }
        }
        let mark = self.put((if self.seats > 4 { 175 } else { 135 }, 0), Role::Mark);
        self.join(mark, To::Heart, Grade::Road);
        if self.seats > 2 {
            self.join(mark, To::Next(mark), Grade::Road);
        }
        let inner = across.min(knots);
        self.link(&made[(inner - 1) / 2], &[mark]);
        // Past the middle there is another way, long and bad.
        let near = |knot: &[usize], to: Point, part: &Self| {
            let all = knot.iter().copied();
            all.min_by_key(|p| (apart(part.places[*p].at, to), *p))
        };
        let between = at(begin, self.turn / 2);
        let before = at(begin, -self.turn / 2);
        let (from, to) = (
            near(&made[inner - 1], between, self),
            near(&made[0], before, self),
        );
        if let (Some(from), Some(to)) = (from, to) {
            self.join(from, To::Next(to), Grade::Track);
        }
    }

    /// A long lane between the two sectors of two knots that lie nearest to one another.
    fn link(&mut self, one: &[usize], other: &[usize]) {
        let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
        let far = |(a, b): (usize, usize)| apart(self.places[a].at, self.places[b].at);
        if let Some((a, b)) = pairs.min_by_key(|pair| (far(*pair), *pair)) {
            self.join(a, To::Own(b), Grade::Road);
        }
    }

    /// A home among its worlds, a road, a detour where there is room for one, and a ring of rich places.
    fn bridge(&mut self, sectors: usize) {
        let marks = match sectors {
            0..9 => 1,
            9..30 => 2,
            _ => 3,
        };
        let size = |n: usize| i64::try_from(n).unwrap_or(0);
        let left = sectors.saturating_sub(marks).max(2);
        let road = (left / 4).clamp(1, 5);
        let detour = if left >= 8 { road } else { 0 };
        let home = (left - road).saturating_sub(detour).max(1);
        let middle = (size(marks) * self.seats * 100 * 1000 / ARC).max(130);
        for n in 0..marks {
            let here = self.put(at(middle, size(n) * self.turn / size(marks)), Role::Mark);
            let last = n + 1 == marks;
            if !last {
                self.join(here, To::Own(here + 1), Grade::Road);
            } else if marks * usize::try_from(self.seats).unwrap_or(2) > 2 {
                self.join(here, To::Next(0), Grade::Road);
            }
        }
        self.join(0, To::Heart, Grade::Road);
        // The home's cluster: a hexagon of places, as many as there are, the home in its middle.
        let rings = (0..9).find(|r| 1 + 3 * r * (r + 1) >= home).unwrap_or(8);
        let reach = size(rings) * 110;
        let (_, narrow) = self.wedge();
        let end = middle + 130 * size(road);
        let centre = (end + 130 + reach).max((reach + 70) * 10_000 / narrow);
        let mut cells: Vec<(i64, i64, i64)> = Vec::new();
        for q in -size(rings)..=size(rings) {
            for r in -size(rings)..=size(rings) {
                let far = q.abs().max(r.abs()).max((q + r).abs());
                if far <= size(rings) {
                    cells.push((far, q * 110 + r * 55, r * 95));
                }
            }
        }
        cells.sort_unstable();
        cells.truncate(home);
        let first = self.places.len();
        for (far, x, y) in &cells {
            let role = if *far == 0 { Role::Home } else { Role::Land };
            let here = self.put((centre + x, *y), role);
            for other in first..here {
                let step = apart(self.places[other].at, self.places[here].at);
                // Around the home, and from it outwards; not every neighbour is joined.
                let joins = step < 120 && (here + other + usize::from(*far == 1)) % 3 != 1;
                if joins || (other == first && step < 120) {
                    self.join(here, To::Own(other), Grade::Road);
                }
            }
        }
        for here in first + 1..self.places.len() {
            let alone = !self.ways.iter().any(|w| w.from == here);
            let inner = first..here;
            let near = inner.min_by_key(|p| apart(self.places[*p].at, self.places[here].at));
            if let Some(near) = near.filter(|_| alone) {
                self.join(here, To::Own(near), Grade::Road);
            }
        }
        let gate = (first..self.places.len()).min_by_key(|p| {
            let at = self.places[*p].at;
            (at.0 + at.1.abs(), *p)
        });
        let back = (first..self.places.len()).max_by_key(|p| {
            let at = self.places[*p].at;
            (at.1, -at.0, *p)
        });
        let start = self.places[0].at.0;
        for (lanes, aside, entry, foot, grade) in [
            (road, 0, gate, 0, Grade::Road),
            (detour, 105, back, marks / 2, Grade::Track),
        ] {
            let (Some(entry), true) = (entry, lanes > 0) else {
                continue;
            };
            let goal = self.places[entry].at.0;
            let mut from = foot;
            for n in 1..=size(lanes) {
                let x = start + (goal - start) * n / (size(lanes) + 1);
                // Clear of the neighbours, who have less room near the middle.
                let here = self.put((x + aside / 3, aside), Role::Land);
                self.join(here, To::Own(from), grade);
                from = here;
            }
            self.join(from, To::Own(entry), grade);
        }
    }
}
