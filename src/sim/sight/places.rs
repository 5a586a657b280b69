//! Sectors and sites as a seat knows them, and as they are.

use std::collections::BTreeMap;

use super::State;
use crate::{
    content::{Key, Sector, Side, Site},
    sim::{
        state::{Holding, Knowledge},
        values::{Controls, Holdings},
        view::{SectorView, SiteView},
    },
};

/// Sectors and sites for show.
pub(in crate::sim) type Places = (
    BTreeMap<Key<Sector>, SectorView>,
    BTreeMap<Key<Site>, SiteView>,
);

/// Sectors as last seen.
pub(super) fn sectors(
    s: &State,
    side: &Key<Side>,
    known: &Knowledge,
) -> BTreeMap<Key<Sector>, SectorView> {
    let field = s.field;
    let mut touched: BTreeMap<&Key<Sector>, ()> = BTreeMap::new();
    for unit in s.units.values() {
        if let Some(sector) = unit.place.in_sector()
            && field.relation(side, unit.side()).shares_sensors
        {
            touched.insert(sector, ());
        }
    }
    known
        .owners
        .iter()
        .map(|(sector, (owner, turn))| {
            let seen = known.seen.contains(sector);
            let since = s.clock.turn.saturating_sub(1).saturating_sub(*turn);
            let works = s.control.get(sector).map(|c| &c.works);
            // What others have put there shows itself to whoever is in it.
            let shown = works.into_iter().flatten().filter(|(of, _)| {
                field.relation(side, of).shares_sensors || touched.contains_key(sector)
            });
            let view = SectorView {
                owner: owner.clone(),
                age: if seen { 0 } else { since },
                seen,
                works: shown.map(|(of, w)| (of.clone(), w.clone())).collect(),
            };
            (sector.clone(), view)
        })
        .collect()
}

/// Sites as last seen.
pub(super) fn sites(
    s: &State,
    side: &Key<Side>,
    known: &Knowledge,
) -> BTreeMap<Key<Site>, SiteView> {
    let shares = |other: &Key<Side>| s.field.relation(side, other).shares_sensors;
    known
        .sites
        .iter()
        .map(|(site, (owner, sector))| {
            let truth = s.holdings.get(site);
            let view = match truth.filter(|h| shares(&h.owner)) {
                Some(own) => whole(own),
                None => {
                    let studied = known.studied.get(site);
                    // What is over it sees shields, damage and who has landed.
                    let over = truth.filter(|h| {
                        h.sector == *sector
                            && s.units
                                .values()
                                .any(|u| u.place.in_sector() == Some(sector) && shares(u.side()))
                    });
                    SiteView {
                        sector: sector.clone(),
                        owner: owner.clone(),
                        stocks: studied.map(|s| s.stocks.clone()),
                        meters: studied.map(|s| s.meters.clone()),
                        learned: studied.map_or(0, |st| s.clock.turn.saturating_sub(st.turn)),
                        shields_down: over.map(|h| h.shields_down),
                        ashore: over.map(|h| h.ashore.clone()).unwrap_or_default(),
                        damage: over.map_or(0, |h| h.damage),
                        loyal: known.loyal.get(site).cloned(),
                        razed: known.razed.contains(site),
                        blockaded: 0,
                    }
                }
            };
            (site.clone(), view)
        })
        .collect()
}

/// A site as it is.
fn whole(holding: &Holding) -> SiteView {
    SiteView {
        sector: holding.sector.clone(),
        owner: holding.owner.clone(),
        stocks: Some(holding.stocks.clone()),
        blockaded: holding.blockaded,
        meters: Some(holding.meters.clone()),
        learned: 0,
        shields_down: Some(holding.shields_down),
        ashore: holding.ashore.clone(),
        loyal: holding.loyal.clone(),
        razed: holding.razed,
        damage: holding.damage,
    }
}

/// Everything as it is.
pub(super) fn truth(s: &State) -> Places {
    truth_of(&s.control, &s.holdings)
}

/// Sectors and sites as they are.
pub(in crate::sim) fn truth_of(control: &Controls, holdings: &Holdings) -> Places {
    let sectors = control.iter().map(|(key, control)| {
        let view = SectorView {
            owner: control.owner.clone(),
            age: 0,
            seen: true,
            works: control.works.clone(),
        };
        (key.clone(), view)
    });
    let sites = holdings.iter().map(|(key, h)| (key.clone(), whole(h)));
    (sectors.collect(), sites.collect())
}
