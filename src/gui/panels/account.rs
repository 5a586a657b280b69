//! Rows of an account: points by name, losses by cause, what was paid. Report, score and verdict show the same ones.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, Ui};

pub use crate::war::chronicle::is_foreign;
use crate::{
    content::{Force, Key, Site},
    gui::{theme, words::say},
    sim::{
        journal::{Subject, What},
        view::SeatView,
    },
    war::{chronicle::harm, tell},
};

/// What was lost to one cause.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Loss {
    /// Hit points, of ships that are gone or crippled and of those that only suffered.
    pub hp: i64,
    /// Of these, what cost no ship yet.
    pub scars: i64,
    /// Ships that are gone.
    pub sunk: i32,
    /// Ships that float and do not fight.
    pub crippled: i32,
    /// Ships that the enemy took.
    pub taken: i32,
    /// Happenings that make it up, by their places in the report.
    pub entries: Vec<usize>,
}

impl Loss {
    /// The strength and what became of the ships.
    pub fn words(&self) -> String {
        let mut words = say!("film-sp", sp = tell::fine_strength(self.hp));
        let mut before = ": ";
        for (n, what) in [
            (self.sunk, say!("film-lost")),
            (self.crippled, say!("film-crippled")),
            (self.taken, say!("film-taken")),
        ] {
            if n > 0 {
                words += &format!("{before}{n} {what}");
                before = ", ";
            }
        }
        words
    }
}

/// The last turn's losses by cause, own or as far as seen of others: ships gone, crippled and taken as they were told of,
/// and the harm that salvos and bouts did in all. A ship that goes down takes old wounds with it, so neither is a part of the
/// other.
pub fn losses(view: &SeatView, own: bool) -> BTreeMap<&'static str, Loss> {
    let mut all: BTreeMap<&'static str, Loss> = BTreeMap::new();
    for (index, entry) in view.report.iter().enumerate() {
        let (force, cause, loss) = match &entry.what {
            What::ShipsLost {
                force,
                lost,
                crippled,
                hp,
                cause,
                ..
            } => {
                let loss = Loss {
                    hp: *hp,
                    sunk: *lost,
                    crippled: *crippled,
                    ..Loss::default()
                };
                (force, cause.name(), loss)
            }
            What::Captured {
                force, hulls, hp, ..
            } => {
                let loss = Loss {
                    hp: *hp,
                    taken: *hulls,
                    ..Loss::default()
                };
                (force, "capture", loss)
            }
            _ => continue,
        };
        if is_foreign(view, force) == own {
            continue;
        }
        let line = all.entry(cause).or_default();
        line.hp += loss.hp;
        line.sunk += loss.sunk;
        line.crippled += loss.crippled;
        line.taken += loss.taken;
        line.entries.push(index);
    }
    for (cause, hp) in harm(view, own) {
        let line = all.entry(cause).or_default();
        (line.hp, line.scars) = (hp, (hp - line.hp).max(0));
    }
    all
}

/// Units of troops lost to one cause.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fallen {
    /// Units.
    pub units: i32,
    /// Happenings that make it up, by their places in the report.
    pub entries: Vec<usize>,
}

/// The last turn's losses of troops by cause (`fight`, `down`, `shelled`), own or as far as seen of others.
pub fn fallen(view: &SeatView, own: bool) -> BTreeMap<&'static str, Fallen> {
    let mut all: BTreeMap<&'static str, Fallen> = BTreeMap::new();
    let held = |site: &Key<Site>| {
        let seen = view.sites.get(site);
        seen.is_some_and(|s| s.owner == view.side)
    };
    for (index, entry) in view.report.iter().enumerate() {
        let (cause, units) = match &entry.what {
            What::GroundFight { camps, .. } => {
                let ours = camps.iter().filter(|c| (c.side == view.side) == own);
                ("fight", ours.flat_map(|c| c.lost.values()).sum())
            }
            What::Landed { force, lost, .. } if is_foreign(view, force) != own => ("down", *lost),
            What::SiteShelled { site, killed, .. } if held(site) == own => ("shelled", *killed),
            _ => continue,
        };
        if units > 0 {
            let line = all.entry(cause).or_default();
            line.units += units;
            line.entries.push(index);
        }
    }
    all
}

/// What own ships were mended in the last turn, hit points.
pub fn mended(view: &SeatView) -> i64 {
    let mended = view.report.iter().map(|entry| match &entry.what {
        What::Repaired { force, hp } if !is_foreign(view, force) => *hp,
        _ => 0,
    });
    mended.sum()
}

/// Whom a happening befalls, if it befalls one force.
pub fn sufferer(what: &What) -> Option<&Key<Force>> {
    match what {
        What::Arrived { force, .. }
        | What::ArrivalBarred { force, .. }
        | What::StanceTaken { force, .. }
        | What::GaveAway { force, .. }
        | What::ShipsLost { force, .. }
        | What::ForceLost { force, .. }
        | What::Moved { force, .. }
        | What::Barred { force, .. }
        | What::FellBack { force, .. }
        | What::Lured { force, .. }
        | What::Retreated { force, .. }
        | What::Pursued { force, .. }
        | What::Captured { force, .. }
        | What::FlagshipLost { force, .. }
        | What::Drew { force, .. }
        | What::Short { force, .. }
        | What::Starving { force }
        | What::ConvoysLost { force, .. }
        | What::Repaired { force, .. }
        | What::Split { force, .. } => Some(force),
        What::Merged { into, .. } => Some(into),
        What::Refused { order, .. } => Some(&order.force),
        What::Salvos { target, .. } => target.as_ref(),
        What::Deployed { force, .. }
        | What::DeedBegun { force, .. }
        | What::DeedDone { force, .. }
        | What::DeedOff { force, .. }
        | What::Landed { force, .. }
        | What::Lifted { force, .. }
        | What::Changed { force, .. }
        | What::Boarded { force, .. }
        | What::Left { force } => Some(force),
        What::SiteFired { target, .. } => Some(target),
        What::Reached {
            at: Subject::Force(force),
            ..
        }
        | What::DeedSuffered {
            at: Subject::Force(force),
            ..
        }
        | What::Stocked {
            at: Subject::Force(force),
            ..
        } => Some(force),
        _ => None,
    }
}

/// Points by name, and their sum.
pub fn points<'a>(ui: &mut Ui, rows: impl Iterator<Item = (&'a str, i64)>, sum: &str, total: i64) {
    for (name, points) in rows {
        theme::figure(ui, name, tell::tenths_text(points));
    }
    theme::rule(ui);
    let total = RichText::new(tell::tenths_text(total)).font(theme::medium(theme::BODY));
    theme::figure(ui, sum, total);
}

/// What the war has cost so far: the own side, and what was seen of the others.
pub fn price(ui: &mut Ui, view: &SeatView) {
    let share = tell::share(i64::from(view.losses));
    theme::figure(ui, &say!("film-own-share"), share);
    for (side, hp) in &view.destroyed {
        let name = tell::side(view, Some(side.as_str()));
        theme::figure(
            ui,
            &say!("film-seen-destroyed", side = name),
            say!("film-sp", sp = tell::strength(*hp)),
        );
    }
}
