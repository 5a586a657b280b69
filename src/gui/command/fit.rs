//! One order for several forces: each is given what fits it.

use super::rows;
use crate::{
    content::{Force, Key},
    sim::{
        order::{Action, room},
        view::SeatView,
    },
};

/// An order as it fits one of several forces: nobody fires more than he has loaded, nor lands more than he carries.
pub(super) fn fitted(view: &SeatView, force: &Key<Force>, action: &Action) -> Action {
    match (action, view.forces.get(force)) {
        (
            Action::Fire {
                weapon,
                at,
                salvos,
                overcharge,
            },
            Some(own),
        ) => Action::Fire {
            weapon: weapon.clone(),
            at: at.clone(),
            salvos: (*salvos)
                .min(rows::loads(view, own, weapon, *overcharge))
                .max(1),
            overcharge: *overcharge,
        },
        (
            Action::Land {
                stock,
                amount,
                site,
            },
            Some(own),
        ) => Action::Land {
            stock: stock.clone(),
            amount: (*amount)
                .min(own.stocks.get(stock).copied().unwrap_or(0))
                .max(1),
            site: site.clone(),
        },
        (
            Action::Lift {
                stock,
                amount,
                site,
            },
            Some(own),
        ) => Action::Lift {
            stock: stock.clone(),
            amount: (*amount).min(room(view, own, stock)).max(1),
            site: site.clone(),
        },
        _ => action.clone(),
    }
}
