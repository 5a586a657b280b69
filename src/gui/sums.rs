//! The sums behind figures: rows with what each brings, whose total is the figure. They are made of the terms that the
//! rules themselves add up, out of a seat's view, so that nothing is said here that the rules do not do.

mod gauges;
mod side;

pub use gauges::{gauge, grows, hit_site, odds};
pub use side::{Holder, holders, ledger, losses, meter, reserve, score, term};

use crate::{
    content::{Force, HP_PER_SP, Key, Part, Rules, Sector, SourceKind, Stat, Stock, Weapon},
    gui::words::{self, say},
    sim::{
        fire::salvo::{Shot, chance},
        journal::What,
        map::range,
        progress,
        state::{self, Place},
        stats::{Bearer, Temper},
        supply::{self, Wear},
        view::{Contact, OwnForce, SeatView, Squadron},
    },
    war::tell,
};

/// In what a figure is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Hit points, shown as strength points.
    Strength,
    /// Permille, shown as percent.
    Share,
    /// Tenths: points of the score, strength points of supply, days.
    Tenths,
    /// As it is.
    Plain,
}

impl Unit {
    /// A figure in words.
    pub fn words(self, value: i64) -> String {
        match self {
            Unit::Strength => tell::strength(value),
            Unit::Share => tell::share(value),
            Unit::Tenths => tell::tenths_text(value),
            Unit::Plain => value.to_string(),
        }
    }
}

/// One row of a sum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// Where it comes from, or how it was counted; may be empty.
    pub source: String,
    /// What it brings.
    pub value: i64,
}

/// A figure with the rows that made it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// What the figure is called.
    pub title: String,
    /// In what it is counted.
    pub unit: Unit,
    /// What made it; the values add up to `total`.
    pub rows: Vec<Row>,
    /// The figure.
    pub total: i64,
    /// What else is to be known of it, a sentence each.
    pub notes: Vec<String>,
}

impl Sum {
    fn new(title: impl Into<String>, unit: Unit, total: i64) -> Self {
        Self {
            title: title.into(),
            unit,
            rows: Vec::new(),
            total,
            notes: Vec::new(),
        }
    }

    fn row(&mut self, name: impl Into<String>, source: impl Into<String>, value: i64) {
        self.rows.push(Row {
            name: name.into(),
            source: source.into(),
            value,
        });
    }

    /// A last row for whatever the others do not account for.
    fn rest(&mut self, name: impl Into<String>) {
        let rest = self.total - self.rows.iter().map(|row| row.value).sum::<i64>();
        if rest != 0 {
            self.row(name, "", rest);
        }
    }

    /// The rows that are shown, and one that stands for the others if there are too many.
    pub fn shown(&self) -> (&[Row], Option<Row>) {
        if self.rows.len() <= MOST {
            return (&self.rows, None);
        }
        let (shown, others) = self.rows.split_at(MOST - 1);
        let rest = Row {
            name: say!("sum-others", n = others.len()),
            source: String::new(),
            value: others.iter().map(|row| row.value).sum(),
        };
        (shown, Some(rest))
    }

    /// The rows, the figure and the notes as lines of plain text.
    pub fn lines(&self) -> Vec<String> {
        let row = |row: &Row| {
            let source = match row.source.as_str() {
                "" => String::new(),
                source => format!(" ({source})"),
            };
            format!("{}{source}: {}", row.name, self.unit.words(row.value))
        };
        let (rows, rest) = self.shown();
        let mut lines: Vec<String> = rows.iter().chain(&rest).map(row).collect();
        lines.push(format!("{}: {}", self.title, self.unit.words(self.total)));
        lines.extend(self.notes.iter().cloned());
        lines
    }
}

/// Rows of a sum that are shown at most.
const MOST: usize = 28;

/// What a source is called, and of what kind it is.
fn source(rules: &Rules, part: &Part) -> (String, String) {
    let id = part.name.as_str();
    let name = match part.kind {
        SourceKind::Class => rules.classes.get(id).map(|c| c.name.clone()),
        SourceKind::Terrain => rules.terrain.get(id).map(|t| t.name.clone()),
        SourceKind::Stance => rules.stances.get(id).map(|s| s.name.clone()),
        SourceKind::Posture => rules.postures.get(id).map(|p| p.name.clone()),
        SourceKind::Trait | SourceKind::Commander => rules.traits.get(id).map(|t| t.name.clone()),
        SourceKind::Meter | SourceKind::Works => rules.meters.get(id).map(|m| m.name.clone()),
        SourceKind::Site => rules.site_kinds.get(id).map(|k| k.name.clone()),
        SourceKind::Troops => rules.stocks.get(id).map(|s| s.name.clone()),
        // A weapon contributes under its shown name.
        SourceKind::Weapon => Some(id.to_owned()),
        SourceKind::Supply
        | SourceKind::Readiness
        | SourceKind::Knowledge
        | SourceKind::Situation
        | SourceKind::Order => None,
    };
    let kind = match part.kind {
        SourceKind::Class => "class",
        SourceKind::Terrain => "terrain",
        SourceKind::Stance => "stance",
        SourceKind::Posture => "posture",
        SourceKind::Trait => "trait",
        SourceKind::Commander => "commander",
        SourceKind::Supply => "supply",
        SourceKind::Readiness => "readiness",
        SourceKind::Meter => "meter",
        SourceKind::Knowledge => "knowledge",
        SourceKind::Situation => "situation",
        SourceKind::Order => "order",
        SourceKind::Site => "site",
        SourceKind::Works => "works",
        SourceKind::Troops => "troops",
        SourceKind::Weapon => "weapon",
    };
    let name = name.unwrap_or_else(|| words::of("sum-part", id));
    let mut from = words::of("sum-kind", kind);
    if part.permille != 0 {
        let factor = (1000 + part.permille).max(0);
        from += &format!(" x{}.{:02}", factor / 1000, factor % 1000 / 10);
    }
    (name, from)
}

/// The rows of what the modifier rule made of a base.
fn modified(sum: &mut Sum, rules: &Rules, made: &crate::content::Sum) {
    for (part, change) in made.steps() {
        match part {
            Some(part) => {
                let (name, from) = source(rules, part);
                sum.row(name, from, change);
            }
            None => sum.row(say!("sum-bounded"), "", change),
        }
    }
}

fn class_name(rules: &Rules, squadron: &Squadron) -> String {
    let class = rules.classes.get(&squadron.class);
    class
        .map_or(squadron.class.as_str(), |c| &c.name)
        .to_owned()
}

/// An own force's strength: its ships.
pub fn strength(view: &SeatView, force: &OwnForce) -> Sum {
    let rules = &view.rules;
    let mut sum = Sum::new(say!("sum-strength"), Unit::Strength, force.strength);
    for squadron in &force.ships {
        let name = class_name(rules, squadron);
        let (fit, crippled, wounds) = state::squadron_parts(rules, squadron);
        let hull = rules
            .classes
            .get(&squadron.class)
            .map_or(0, |c| i64::from(c.hull));
        let each = |n: i32, hull: i64| format!("{n} x {}", tell::strength(hull));
        if squadron.fit > 0 {
            sum.row(&name, each(squadron.fit, hull), fit);
        }
        if squadron.crippled > 0 {
            let name = say!("sum-crippled", class = name.as_str());
            sum.row(name, each(squadron.crippled, hull / 2), crippled);
        }
        if wounds != 0 {
            sum.row(say!("sum-wounds", class = name.as_str()), "", wounds);
        }
    }
    sum.notes.push(say!(
        "sum-strength-whole",
        whole = tell::strength(force.full_strength)
    ));
    sum
}

/// Where a place's terrain is looked up: of the sector, or of the lane under way.
fn terrain<'a>(view: &'a SeatView, place: &Place) -> Option<&'a Key<crate::content::Terrain>> {
    match place {
        Place::Sector(sector) => view.map.sectors.get(sector).map(|s| &s.terrain),
        Place::Lane { lane, .. } => view.map.lanes.get(lane).map(|l| &l.terrain),
    }
}

fn temper(view: &SeatView, force: &OwnForce) -> Temper {
    let meters = if force.side == view.side {
        view.meters.clone()
    } else {
        Default::default()
    };
    Temper {
        meters,
        ..Temper::default()
    }
}

/// Movement a turn at cruise: the slowest ship, and what bears on it.
pub fn speed(view: &SeatView, force: &OwnForce) -> Sum {
    let rules = &view.rules;
    let base = i64::from(state::speed(rules, &force.ships));
    let mut sum = Sum::new(say!("sum-speed"), Unit::Plain, i64::from(force.speed));
    let slowest = force
        .ships
        .iter()
        .filter(|s| s.fit + s.crippled > 0)
        .min_by_key(|s| rules.classes.get(&s.class).map_or(0, |c| c.speed));
    let slowest = slowest.map_or(String::new(), |s| class_name(rules, s));
    sum.row(say!("sum-slowest"), slowest, base);
    let temper = temper(view, force);
    let bearer = Bearer::own(rules, force, terrain(view, &force.place), Some(&temper));
    if base > 0 {
        let made = bearer.stat(Stat::Speed, base, 0, 100_000);
        modified(&mut sum, rules, &made);
    }
    let (gain, cost) = rules.constants.forced_march;
    sum.notes
        .push(say!("sum-speed-forced", gain = gain, cost = cost));
    // A place is given by lanes, whatever the meeting: see `Ground`.
    sum.notes.push(say!("sum-speed-flight"));
    sum
}

/// Readiness: what it was a turn ago and what has changed it since. `before`: the force as it was then.
pub fn readiness(view: &SeatView, force: &OwnForce, before: Option<&OwnForce>) -> Sum {
    let rules = &view.rules;
    let mut sum = Sum::new(
        say!("sum-readiness"),
        Unit::Plain,
        i64::from(force.readiness),
    );
    let wear = |rests: bool| {
        let temper = temper(view, force);
        let bearer = Bearer::own(rules, force, terrain(view, &force.place), Some(&temper));
        let lanes = i32::try_from(force.line.path.len()).unwrap_or(i32::MAX) - 1;
        supply::wear(&bearer, force.supply == 0, lanes, rests)
    };
    let cause = |wear: Wear| {
        let name = match wear {
            Wear::Rest => "rest",
            Wear::Posture => "posture",
            Wear::Stance => "stance",
            Wear::Overreach => "overreach",
            Wear::Starving => "starving",
        };
        words::of("sum-wear", name)
    };
    match before {
        Some(before) => {
            sum.row(say!("sum-turn-ago"), "", i64::from(before.readiness));
            // Whoever fought or was driven did not rest: what is left over tells which it was.
            let changes: i32 = wear(true).iter().map(|(_, change)| change).sum();
            let quiet = (before.readiness + changes).clamp(0, 1000) == force.readiness;
            for (of, change) in wear(quiet) {
                sum.row(cause(of), "", i64::from(change));
            }
            sum.rest(if quiet {
                say!("sum-bounded")
            } else {
                say!("sum-readiness-strain")
            });
        }
        None if view.turn == 1 => sum.rest(say!("sum-start")),
        None => sum.rest(say!("sum-till-now")),
    }
    let next: i32 = wear(true).iter().map(|(_, change)| change).sum();
    sum.notes.push(say!(
        "sum-readiness-next",
        next = (force.readiness + next).clamp(0, 1000)
    ));
    let fire = i64::from(rules.constants.unready_fire);
    let fire = fire + (1000 - fire) * i64::from(force.readiness) / 1000;
    sum.notes
        .push(say!("sum-readiness-fire", share = tell::share(fire)));
    sum
}

/// Days of supply aboard: what there was a turn ago, what came, what was used.
pub fn aboard(view: &SeatView, force: &OwnForce, before: Option<&OwnForce>) -> Sum {
    let mut sum = Sum::new(say!("sum-aboard"), Unit::Tenths, i64::from(force.supply));
    match before {
        Some(before) => {
            let sp = (force.strength / HP_PER_SP).max(1);
            sum.row(say!("sum-turn-ago"), "", i64::from(before.supply));
            let source = force
                .line
                .source
                .as_ref()
                .and_then(|site| view.map.sites.get(site));
            sum.row(
                say!("sum-aboard-came"),
                source.map_or(String::new(), |s| s.name.clone()),
                i64::from(force.line.delivered) / sp,
            );
            sum.row(say!("sum-aboard-used"), "", -i64::from(supply::DAILY));
            sum.rest(say!("sum-aboard-rest"));
        }
        None if view.turn == 1 => sum.rest(say!("sum-start")),
        None => sum.rest(say!("sum-till-now")),
    }
    let most = i64::from(view.rules.constants.supply_days) * 10;
    sum.notes
        .push(say!("sum-aboard-most", days = tell::tenths_text(most)));
    if let Some(turn) = force.line.empty_on {
        let date = crate::sim::calendar::date_text(&view.calendar, turn);
        sum.notes.push(say!("sum-aboard-empty", date = date));
    }
    sum
}

/// What came through to a force last turn: what it wanted, less what did not get through, and why.
pub fn delivered(view: &SeatView, force: &OwnForce) -> Sum {
    let line = &force.line;
    let mut sum = Sum::new(
        say!("sum-delivered"),
        Unit::Tenths,
        i64::from(line.delivered),
    );
    sum.row(say!("sum-wanted"), "", i64::from(line.wanted));
    let lost: i64 = line.lost.iter().map(|(_, n)| i64::from(*n)).sum();
    if line.source.is_some() {
        let lanes = i32::try_from(line.path.len()).unwrap_or(i32::MAX) - 1;
        let worth = supply::worth(&view.rules, lanes);
        let arrived = i64::from(line.delivered) + lost;
        let sent = if worth > 0 {
            (arrived * 1000 + worth - 1) / worth
        } else {
            i64::from(line.wanted)
        };
        let short = sent - i64::from(line.wanted);
        if short != 0 {
            let (name, source) = match &line.weak {
                Some((at, share)) if *share < 1000 => (
                    say!("sum-weak", place = tell::sector(view, at.as_str())),
                    say!("sum-weak-share", share = tell::share(i64::from(*share))),
                ),
                _ => (say!("sum-shared"), String::new()),
            };
            sum.row(name, source, short);
        }
        if arrived != sent {
            let of = say!("sum-distance-worth", share = tell::share(worth));
            sum.row(say!("sum-distance", lanes = lanes), of, arrived - sent);
        }
    } else if let Some(cut) = &line.cut {
        let place = tell::sector(view, cut.as_str());
        sum.row(say!("sum-cut", place = place), "", -i64::from(line.wanted));
    }
    for (at, lost) in &line.lost {
        let place = tell::sector(view, at.as_str());
        sum.row(say!("sum-convoys", place = place), "", -i64::from(*lost));
    }
    sum.rest(say!("sum-no-line"));
    sum
}

/// The chance of one salvo of an own force at a contact, by what is known of it. None if the rules have no such weapon.
pub fn hit(
    view: &SeatView,
    force: &OwnForce,
    weapon: &Key<Weapon>,
    target: &Contact,
    overcharge: bool,
) -> Option<Sum> {
    let rules = &view.rules;
    let weapon = rules.weapons.get(weapon)?;
    let at = |sector: &Key<Sector>| view.map.sectors.get(sector).map(|s| &s.terrain);
    let firer = Bearer::own(rules, force, at(force.place.sector()), None);
    let aim = Bearer::stranger(rules, target.stance.as_ref(), at(target.place.sector()));
    let distance = range(&view.map, force.place.sector(), target.place.sector());
    let shot = Shot {
        weapon,
        distance,
        confidence: target.confidence,
        overcharge,
        answer: false,
        lured: false,
    };
    let made = chance(rules, &shot, &firer, &aim);
    let mut sum = Sum::new(say!("sum-hit"), Unit::Share, made.value());
    let accuracy = i64::from(weapon.accuracy);
    sum.row(&weapon.name, say!("sum-hit-accuracy"), accuracy);
    let fall = made.base - accuracy;
    if fall != 0 {
        sum.row(say!("sum-hit-distance", units = distance), "", fall);
    }
    modified(&mut sum, rules, &made);
    sum.notes.push(say!(
        "sum-hit-cap",
        share = tell::share(i64::from(weapon.accuracy_cap))
    ));
    Some(sum)
}

/// What a force has of a stock aboard: a turn ago, what it drew since, and what it fired.
pub fn magazine(
    view: &SeatView,
    key: &Key<Force>,
    force: &OwnForce,
    stock: &Key<Stock>,
    before: Option<&OwnForce>,
) -> Sum {
    let name = view
        .rules
        .stocks
        .get(stock)
        .map_or(stock.as_str(), |s| &s.name);
    let aboard = |force: &OwnForce| force.stocks.get(stock).copied().map_or(0, i64::from);
    let mut sum = Sum::new(name, Unit::Plain, aboard(force));
    match before {
        Some(before) => {
            sum.row(say!("sum-turn-ago"), "", aboard(before));
            for entry in &view.report {
                if let What::Drew {
                    force: who,
                    site,
                    stock: what,
                    amount,
                } = &entry.what
                    && (who, what) == (key, stock)
                {
                    let site = view.map.sites.get(site).map_or(site.as_str(), |s| &s.name);
                    sum.row(say!("sum-drew"), site, i64::from(*amount));
                }
            }
            sum.rest(say!("sum-fired"));
        }
        None if view.turn == 1 => sum.rest(say!("sum-start")),
        None => sum.rest(say!("sum-till-now")),
    }
    let all = progress::held(view, &force.side, stock);
    sum.notes.push(say!("sum-stock-all", n = all));
    sum
}
