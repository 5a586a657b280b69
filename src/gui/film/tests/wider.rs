//! One of each happening of the wider war: deeds, troops, sites, allegiances.

use std::collections::BTreeMap;

use crate::{
    content::{Key, Site},
    sim::journal::{Camp, Subject, What},
};

/// One of each.
pub fn one_of_each() -> Vec<What> {
    let site: Key<Site> = Key::new("yard");
    let at = || Subject::Site(site.clone());
    let mut all = deeds(&at);
    all.extend(sites(&site));
    all.extend([
        What::Deployed {
            force: Key::new("fleet"),
            sector: Key::new("here"),
        },
        What::Reached {
            at: at(),
            meter: Key::new("unrest"),
            value: 10,
            name: "rises".into(),
        },
        What::Called {
            force: Key::new("reserve"),
            sector: Key::new("here"),
            turn: 5,
        },
        What::NobodyCalled {
            pool: "gate".into(),
        },
        What::Changed {
            force: Key::new("fleet"),
            quality: Key::new("going-home"),
            gained: false,
        },
        What::Boarded {
            force: Key::new("fleet"),
            by: Key::new("marines"),
            stock: Key::new("talons"),
            hulls: 1,
            hp: 100,
        },
        What::Related {
            one: Key::new("red"),
            other: Key::new("blue"),
            hostile: true,
            allied: false,
        },
        What::Joined {
            faction: Key::new("league"),
            seat: Key::new("red"),
        },
        What::Left {
            force: Key::new("fleet"),
        },
    ]);
    all
}

fn deeds(at: &dyn Fn() -> Subject) -> Vec<What> {
    vec![
        What::DeedBegun {
            force: Key::new("fleet"),
            deed: Key::new("harden"),
            at: Some(at()),
            turn: 4,
        },
        What::DeedDone {
            force: Key::new("fleet"),
            deed: Key::new("harden"),
            at: None,
            success: false,
            chance: 500,
            sum: String::new(),
        },
        What::DeedOff {
            force: Key::new("fleet"),
            deed: Key::new("harden"),
        },
        What::DeedSuffered {
            at: at(),
            deed: Key::new("harden"),
        },
        What::Learnt { at: at() },
        What::Stocked {
            at: Subject::Force(Key::new("fleet")),
            stock: Key::new("arms"),
            amount: -2,
        },
    ]
}

fn sites(site: &Key<Site>) -> Vec<What> {
    let site = || site.clone();
    let camp = |side: &str| Camp {
        side: Key::new(side),
        before: BTreeMap::from([(Key::new("militia"), 12)]),
        lost: BTreeMap::from([(Key::new("militia"), 3)]),
    };
    vec![
        What::SiteFired {
            site: site(),
            weapon: Key::new("guns"),
            target: Key::new("fleet"),
            salvos: 3,
            hits: 1,
            hp: 40,
        },
        What::SiteShelled {
            site: site(),
            by: Key::new("red"),
            hp: 400,
            down: 1,
            layers: 2,
            killed: 3,
        },
        What::SiteRazed {
            site: site(),
            owner: Key::new("blue"),
        },
        What::SiteTurned {
            site: site(),
            by: Key::new("red"),
            from: Key::new("blue"),
            rose: true,
        },
        What::Landed {
            force: Key::new("fleet"),
            site: site(),
            stock: Key::new("militia"),
            amount: 12,
            lost: 1,
        },
        What::Lifted {
            force: Key::new("fleet"),
            site: site(),
            stock: Key::new("militia"),
            amount: 12,
        },
        What::GroundFight {
            site: site(),
            camps: vec![camp("red"), camp("blue")],
        },
        What::Made {
            site: site(),
            stock: Key::new("missiles"),
            amount: 2,
        },
    ]
}
