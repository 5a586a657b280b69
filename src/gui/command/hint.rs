//! What would make a refused order possible, in a sentence. The compiler sees to it that each refusal has one.

use crate::{
    gui::words::say,
    sim::{order::Refusal, view::SeatView},
    war::tell,
};

/// What would make it possible.
pub fn hint(view: &SeatView, refusal: &Refusal) -> String {
    match refusal {
        Refusal::WarOver => say!("hint-war-over"),
        Refusal::NoSuchForce(_) => say!("hint-no-such-force"),
        Refusal::NotYours(force) => {
            say!("hint-not-yours", force = tell::force(view, force.as_str()))
        }
        Refusal::NoSuchSector(_) => say!("hint-no-such-sector"),
        Refusal::NoSuchThing {
            suggestion: Some(id),
            ..
        } => say!("hint-did-you-mean", id = id.as_str()),
        Refusal::NoSuchThing {
            suggestion: None, ..
        } => say!("hint-no-such-thing"),
        Refusal::NoSuchContact(_) => say!("hint-no-such-contact"),
        Refusal::Nothing => say!("hint-nothing"),
        Refusal::Immobile => say!("hint-immobile"),
        Refusal::NoWay { .. } => say!("hint-no-way"),
        Refusal::NotReady { needs, has } => {
            let rest = view.rules.constants.rest.max(1);
            say!(
                "hint-not-ready",
                turns = ((needs - has).max(0) + rest - 1) / rest
            )
        }
        Refusal::NoWeapon => say!("hint-no-weapon"),
        Refusal::NotByOrder => say!("hint-not-by-order"),
        Refusal::OutOfRange { distance, range } => {
            say!("hint-out-of-range", units = distance - range)
        }
        Refusal::NoStock { has: 0, .. } => say!("hint-no-stock"),
        Refusal::NoStock { has, .. } => say!("hint-little-stock", n = *has),
        Refusal::TooManySalvos { most: 0, .. } => say!("hint-no-tube"),
        Refusal::TooManySalvos { most, .. } => say!("hint-too-many-salvos", n = *most),
        Refusal::Bound { low, high, .. } => say!("hint-bound", low = *low, high = *high),
        Refusal::NoLeash => say!("hint-no-leash"),
        Refusal::NoNeed => say!("hint-no-need"),
        Refusal::NotThatMany => say!("hint-not-that-many"),
        Refusal::Committed => say!("hint-committed"),
        Refusal::Apart => say!("hint-apart"),
        Refusal::Strangers => say!("hint-strangers"),
    }
}
