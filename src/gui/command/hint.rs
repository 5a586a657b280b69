//! Why an order is refused, in names, and what would make it possible, in a sentence. The compiler sees to it that each
//! refusal has one.

use crate::{
    content::When,
    gui::{names, words::say},
    sim::{
        order::{Action, Order, Refusal},
        view::SeatView,
    },
    war::tell,
};

/// Why an order is refused.
pub fn reason(view: &SeatView, order: &Order, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Lacks { target, when } => {
            let when = names::when(view, when);
            match target {
                true => say!("refused-lacks-target", when = when),
                false => say!("refused-lacks", when = when),
            }
        }
        Refusal::Short { meter, wanted, has } => say!(
            "refused-short",
            wanted = *wanted,
            meter = names::meter(view, meter),
            has = *has
        ),
        Refusal::NoSuchSite(site) => say!("refused-no-site", site = names::site(view, site)),
        Refusal::Proof(site) => say!("refused-proof", site = names::site(view, site)),
        Refusal::NoWay { from, to } => say!(
            "refused-no-way",
            from = tell::sector(view, from.as_str()),
            to = tell::sector(view, to.as_str())
        ),
        Refusal::NotYours(force) => {
            say!(
                "refused-not-yours",
                force = tell::force(view, force.as_str())
            )
        }
        Refusal::OutOfRange { distance, range } => match order.action {
            Action::Do { .. } | Action::Land { .. } | Action::Lift { .. } if *range > 0 => {
                say!("refused-reach", distance = *distance, range = *range)
            }
            Action::Do { .. } | Action::Land { .. } | Action::Lift { .. } => {
                say!("refused-here", distance = *distance)
            }
            _ => refusal.to_string(),
        },
        _ => refusal.to_string(),
    }
}

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
        Refusal::NoSuchSite(_) => say!("hint-no-such-site"),
        Refusal::Aimless { .. } => say!("hint-aimless"),
        Refusal::Lacks { target, when } => lacking(view, *target, when),
        Refusal::Short { meter, wanted, .. } => say!(
            "hint-short",
            wanted = *wanted,
            meter = names::meter(view, meter)
        ),
        Refusal::NotTheirs(whose) => say!("hint-not-theirs", whose = names::whose(*whose)),
        Refusal::NotYourWord(seat) => say!("hint-not-your-word", seat = seat.as_str()),
        Refusal::Said => say!("hint-said"),
        Refusal::Done => say!("hint-done"),
        Refusal::NotTroops => say!("hint-not-troops"),
        Refusal::Shielded => say!("hint-shielded"),
        Refusal::NoRoom { room, .. } if *room <= 0 => say!("hint-no-room"),
        Refusal::NoRoom { room, .. } => say!("hint-little-room", n = *room),
        Refusal::Proof(_) => say!("hint-proof"),
        Refusal::NotStaging => say!("hint-not-staging"),
    }
}

/// What would bring about what must hold.
fn lacking(view: &SeatView, target: bool, when: &When) -> String {
    match (target, when) {
        (true, When::Not(inner)) if **inner == When::Shielded => say!("hint-lacks-shields"),
        (true, _) => say!("hint-lacks-target"),
        (false, When::Has(role)) => say!("hint-lacks-ships", role = names::role(*role)),
        (false, When::Posture(posture)) => {
            let known = view.rules.postures.get(posture);
            let name = known.map_or(posture.as_str(), |p| &p.name);
            say!("hint-lacks-posture", posture = name)
        }
        (false, When::Carries(stock, _)) => {
            say!("hint-lacks-stock", stock = names::stock(view, stock))
        }
        (false, _) => say!("hint-lacks"),
    }
}
