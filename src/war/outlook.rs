//! What a seat may expect of a fight: the forecast, with the orders that are pending taken into account.

use serde::Serialize;

use super::{War, WarError, stream};
use crate::{
    content::{Force, Key, Seat, Sector},
    sim::{
        forecast::{self, Forecast},
        map::Graph,
        order::Order,
        view::{Contact, OwnForce, SeatView},
    },
};

/// Who is assumed to fight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumes {
    /// Who stays there or is on the way, by orders given so far; of the enemy also whose orders are read.
    Known,
    /// All own forces there are under orders to leave, and are caught before they are away.
    Caught,
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
    /// Own forces that are assumed to be there.
    pub with: Vec<Key<Force>>,
    /// Hostile ones.
    pub against: Vec<Key<Contact>>,
    /// The same if the hostile forces one lane away come as well, where there are some that are not counted already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<Joined>,
}

/// How a fight may end if those join it who stand one lane away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Joined {
    /// How it may end then.
    #[serde(flatten)]
    pub forecast: Forecast,
    /// Those who join it.
    pub by: Vec<Key<Contact>>,
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
        let view = self.view(seat)?;
        let orders = self.pending(seat);
        Ok(expected(&view, orders, sector, samples, self.musing(seat)))
    }

    /// The dice by which a seat looks ahead in this turn: they tell nothing of those that will fall.
    pub fn musing(&self, seat: &Key<Seat>) -> u64 {
        stream(self.record.seed, seat, self.sim.turn())
    }
}

/// The same from a seat's view, for whoever has no war at hand: [`War::outlook`] with the dice of [`War::musing`].
pub fn expected(
    view: &SeatView,
    orders: &[Order],
    sector: &Key<Sector>,
    samples: u32,
    stream: u64,
) -> Option<Outlook> {
    let planned = forecast::ordered(view, orders);
    planned_at(&planned, &Graph::new(&view.map), sector, samples, stream)
}

/// The same from a view in which the orders are carried out as [`forecast::ordered`] does it, for whoever asks for many
/// sectors.
pub fn planned_at(
    view: &SeatView,
    graph: &Graph,
    sector: &Key<Sector>,
    samples: u32,
    stream: u64,
) -> Option<Outlook> {
    let coming = forecast::coming(view, sector);
    let fight = |foes: &[&Contact]| {
        let own = coming.forces.iter();
        let units = own.map(|(key, f)| forecast::own_unit(view, key, f));
        forecast::against(
            view,
            sector,
            units.collect(),
            coming.entering,
            foes,
            0,
            samples,
            stream,
        )
    };
    let (against, foes): (Vec<_>, Vec<&Contact>) = hostile(view, |c| forecast::meets(c, sector))
        .map(|(key, contact)| (key.clone(), contact))
        .unzip();
    let Some(forecast) = fight(&foes) else {
        return nearby(view, graph, sector, samples, stream);
    };
    let near = |c: &Contact| {
        !forecast::meets(c, sector)
            && c.bound.is_empty()
            && graph.adjacent(c.place.sector(), sector)
    };
    let (by, more): (Vec<_>, Vec<&Contact>) = hostile(view, near)
        .map(|(key, contact)| (key.clone(), contact))
        .unzip();
    let joined = (!by.is_empty())
        .then(|| fight(&[foes.as_slice(), &more].concat()))
        .flatten()
        .map(|forecast| Joined { forecast, by });
    Some(Outlook {
        assumes: if coming.leaving {
            Assumes::Caught
        } else {
            Assumes::Known
        },
        forecast,
        with: coming
            .forces
            .iter()
            .map(|(key, _)| (*key).clone())
            .collect(),
        against,
        joined,
    })
}

fn nearby(
    view: &SeatView,
    graph: &Graph,
    sector: &Key<Sector>,
    samples: u32,
    stream: u64,
) -> Option<Outlook> {
    let near = |at: &Key<Sector>, lanes| at == sector || (lanes > 0 && graph.adjacent(at, sector));
    let there = view.forces.values().any(|f| f.place.sector() == sector);
    let (own_within, foes_within, assumes) = if there {
        (0, 1, Assumes::TheyCome)
    } else {
        (1, 0, Assumes::WeGo)
    };
    let own: Vec<(&Key<Force>, &OwnForce)> = view
        .forces
        .iter()
        .filter(|(_, f)| near(f.place.sector(), own_within))
        .collect();
    let units = own
        .iter()
        .map(|(key, f)| forecast::own_unit(view, key, f))
        .collect();
    let (against, foes): (Vec<_>, Vec<&Contact>) =
        hostile(view, |c| near(c.place.sector(), foes_within))
            .map(|(key, contact)| (key.clone(), contact))
            .unzip();
    let forecast = forecast::against(view, sector, units, !there, &foes, 0, samples, stream)?;
    Some(Outlook {
        assumes,
        forecast,
        with: own.into_iter().map(|(key, _)| key.clone()).collect(),
        against,
        joined: None,
    })
}

/// Hostile contacts of which this is so.
fn hostile(
    view: &SeatView,
    is_so: impl Fn(&Contact) -> bool,
) -> impl Iterator<Item = (&Key<Contact>, &Contact)> {
    let contacts = view.contacts.iter();
    contacts.filter(move |(_, c)| view.hostile.contains(&c.side) && is_so(c))
}
