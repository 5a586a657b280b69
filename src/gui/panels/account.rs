//! Rows of an account: points by name, losses by cause, what was paid. Report, score and verdict show the same ones.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, Ui};

use crate::{
    content::{Force, Key},
    gui::{theme, words::say},
    sim::{journal::What, view::SeatView},
    war::{chronicle::is_contact_name, tell},
};

/// What was lost to one cause.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Loss {
    /// Hit points.
    pub hp: i64,
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

/// The last turn's losses by cause, own or as far as seen of others.
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
    all
}

/// Whether a name in the report is one for a foreign force.
pub fn is_foreign(view: &SeatView, name: &Key<Force>) -> bool {
    let own = view.forces.get(name).map(|f| f.side == view.side);
    !own.unwrap_or(!view.contacts.contains_key(name.as_str()) && !is_contact_name(name.as_str()))
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
