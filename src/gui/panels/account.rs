//! Rows of an account: points by name, losses by cause, what was paid. Report, score and verdict show the same ones.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, Ui};

use crate::{
    gui::theme,
    sim::{journal::What, view::SeatView},
    war::tell,
};

/// What was lost to one cause.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Loss {
    /// Hit points.
    pub hp: i64,
    /// Ships that are gone.
    pub sunk: i32,
    /// Ships that float and do not fight.
    pub crippled: i32,
    /// Ships that the enemy took.
    pub taken: i32,
}

impl Loss {
    /// The strength and what became of the ships.
    pub fn words(&self) -> String {
        let mut words = format!("{} SP", tell::strength(self.hp));
        let mut before = ": ";
        for (n, what) in [
            (self.sunk, "lost"),
            (self.crippled, "crippled"),
            (self.taken, "taken"),
        ] {
            if n > 0 {
                words += &format!("{before}{n} {what}");
                before = ", ";
            }
        }
        words
    }
}

/// The last turn's losses by cause, own or as far as seen of others.
pub fn losses(view: &SeatView, own: bool) -> BTreeMap<&'static str, Loss> {
    let mut all: BTreeMap<&'static str, Loss> = BTreeMap::new();
    for entry in &view.report {
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
                    taken: 0,
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
        if is_foreign(view, force.as_str()) == own {
            continue;
        }
        let line = all.entry(cause).or_default();
        line.hp += loss.hp;
        line.sunk += loss.sunk;
        line.crippled += loss.crippled;
        line.taken += loss.taken;
    }
    all
}

/// A seat's names for foreign forces are `k` and a number.
fn is_foreign(view: &SeatView, name: &str) -> bool {
    let numbered = name
        .strip_prefix('k')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    view.contacts.contains_key(name) || (numbered && !view.forces.contains_key(name))
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
    theme::figure(
        ui,
        "own losses of all that came",
        tell::share(i64::from(view.losses)),
    );
    for (side, hp) in &view.destroyed {
        let name = tell::side(view, Some(side.as_str()));
        theme::figure(
            ui,
            &format!("{name}, seen destroyed"),
            format!("{} SP", tell::strength(*hp)),
        );
    }
}
