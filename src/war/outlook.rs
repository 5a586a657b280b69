//! What a seat may expect of a fight: the forecast, with the orders that are pending taken into account.

use serde::Serialize;

use super::{War, WarError, stream};
use crate::{
    content::{Key, Seat, Sector},
    sim::{
        forecast::{self, Forecast},
        map::Graph,
        view::{Contact, SeatView},
    },
};

/// Who is assumed to fight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumes {
    /// Who stands there or is on the way, by orders given so far.
    Known,
    /// Hostile forces one lane away come.
    TheyCome,
    /// Own forces one lane away go there.
    WeGo,
}

/// A forecast and what it assumes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outlook {
    /// Who fights.
    pub assumes: Assumes,
    /// How it may end.
    #[serde(flatten)]
    pub forecast: Forecast,
}

impl War {
    /// The fight that a seat may expect in a sector, from what it knows and has ordered. If one of the two is
    /// missing there, whoever stands one lane away is assumed to come. None if there is nobody to fight.
    ///
    /// # Errors
    /// If the scenario has no such seat.
    pub fn outlook(
        &self,
        seat: &Key<Seat>,
        sector: &Key<Sector>,
        samples: u32,
    ) -> Result<Option<Outlook>, WarError> {
        let view = forecast::ordered(&*self.view(seat)?, self.pending(seat));
        let stream = stream(self.record.seed, seat, self.sim.turn());
        Ok(outlook(&view, sector, samples, stream))
    }
}

/// The fight that whoever has this view may expect in a sector. If one of the two is missing there, whoever stands
/// one lane away is assumed to come. None if there is nobody to fight.
pub fn outlook(
    view: &SeatView,
    sector: &Key<Sector>,
    samples: u32,
    stream: u64,
) -> Option<Outlook> {
    match forecast::forecast(view, sector, samples, stream) {
        Some(forecast) => Some(Outlook {
            assumes: Assumes::Known,
            forecast,
        }),
        None => nearby(view, sector, samples, stream),
    }
}

fn nearby(view: &SeatView, sector: &Key<Sector>, samples: u32, stream: u64) -> Option<Outlook> {
    let graph = Graph::new(&view.map);
    let near = |at: &Key<Sector>, lanes| graph.hops(at, sector).is_some_and(|n| n <= lanes);
    let there = view.forces.values().any(|f| f.place.sector() == sector);
    let (own_within, foes_within, assumes) = if there {
        (0, 1, Assumes::TheyCome)
    } else {
        (1, 0, Assumes::WeGo)
    };
    let own = view
        .forces
        .iter()
        .filter(|(_, f)| near(f.place.sector(), own_within))
        .map(|(key, f)| forecast::own_unit(view, key, f))
        .collect();
    let foes: Vec<&Contact> = view
        .contacts
        .values()
        .filter(|c| view.hostile.contains(&c.side) && near(c.place.sector(), foes_within))
        .collect();
    let forecast = forecast::against(view, sector, own, !there, &foes, 0, samples, stream)?;
    Some(Outlook { assumes, forecast })
}
