//! Landing troops and taking them aboard: which, how many, where.

use std::collections::BTreeSet;

use super::Chooser;
use crate::{
    chart::Tag,
    content::{Key, Rules, Site, Stock},
    gui::{
        command::list::{Kind, Knob, List, Row, Verb},
        names,
        words::say,
    },
    sim::{
        order::{Action, room},
        view::{OwnForce, SeatView, SiteView},
    },
    war::tell,
};

/// Whether a stock is troops.
pub fn is_troops(rules: &Rules, stock: &Key<Stock>) -> bool {
    rules.stocks.get(stock).is_some_and(|s| s.troops.is_some())
}

/// Whether a force carries troops, or could.
pub fn carries(view: &SeatView, force: &OwnForce) -> bool {
    let rules = &view.rules;
    let classes = force
        .ships
        .iter()
        .filter_map(|s| rules.classes.get(&s.class));
    let mut holds = classes.flat_map(|c| c.magazine.keys());
    holds.any(|stock| is_troops(rules, stock))
}

/// The figures of a list: how many, and of what.
pub(super) fn knobs(view: &SeatView, force: &OwnForce, verb: Verb) -> Option<Vec<Knob>> {
    let stocks = stocks(view, force, verb);
    let most = stocks.first().map(|s| most(view, force, verb, s))?;
    let last = i32::try_from(stocks.len()).unwrap_or(1) - 1;
    Some(vec![
        Knob::new(Kind::Units, most, 1, most),
        Knob::new(Kind::Cargo(stocks), 0, 0, last),
    ])
}

/// Keeps the number of units to what there is: all of them, if it was all before.
pub(super) fn bound(view: &SeatView, force: &OwnForce, list: &mut List) {
    let Some(stock) = cargo(list) else { return };
    let high = most(view, force, list.verb, &stock).max(1);
    for knob in list.knobs.iter_mut().filter(|k| k.kind == Kind::Units) {
        let was_all = knob.value == knob.high;
        knob.high = high;
        knob.value = if was_all { high } else { knob.value.min(high) };
    }
}

/// The troops that a list is set to.
fn cargo(list: &List) -> Option<Key<Stock>> {
    list.knobs.iter().find_map(|knob| match &knob.kind {
        Kind::Cargo(stocks) => stocks.get(usize::try_from(knob.value).ok()?).cloned(),
        _ => None,
    })
}

/// Troops that may be landed, or taken aboard, where the force is: the most first.
fn stocks(view: &SeatView, force: &OwnForce, verb: Verb) -> Vec<Key<Stock>> {
    let rules = &view.rules;
    let mut all: BTreeSet<&Key<Stock>> = BTreeSet::new();
    match verb {
        Verb::Lift => {
            for (_, site) in sites(view, force) {
                let there = standing(view, site).into_iter().flatten();
                all.extend(there.filter(|(_, n)| **n > 0).map(|(stock, _)| stock));
            }
        }
        _ => {
            let aboard = force.stocks.iter();
            all.extend(aboard.filter(|(_, n)| **n > 0).map(|(stock, _)| stock));
        }
    }
    let troops = all.into_iter().filter(|stock| is_troops(rules, stock));
    let mut stocks: Vec<Key<Stock>> = troops.cloned().collect();
    stocks.sort_by_key(|stock| (-most(view, force, verb, stock), stock.clone()));
    stocks
}

/// How many units at most: those aboard, or those that stand on one site and find room.
fn most(view: &SeatView, force: &OwnForce, verb: Verb, stock: &Key<Stock>) -> i32 {
    match verb {
        Verb::Lift => {
            let there = sites(view, force).filter_map(|(_, site)| standing(view, site)?.get(stock));
            let there = there.copied().max().unwrap_or(0);
            there.min(room(view, force, stock))
        }
        _ => force.stocks.get(stock).copied().unwrap_or(0),
    }
}

/// Sites where the force is.
fn sites<'a>(
    view: &'a SeatView,
    force: &'a OwnForce,
) -> impl Iterator<Item = (&'a Key<Site>, &'a SiteView)> {
    let here = force.place.in_sector();
    let sites = view.sites.iter();
    sites.filter(move |(_, site)| Some(&site.sector) == here && !site.razed)
}

/// Own troops on a site: its garrison, or those who have landed on it.
fn standing<'a>(
    view: &SeatView,
    site: &'a SiteView,
) -> Option<&'a std::collections::BTreeMap<Key<Stock>, i32>> {
    match site.owner == view.side {
        true => site.stocks.as_ref(),
        false => site.ashore.get(&view.side),
    }
}

impl Chooser<'_> {
    /// Sites at which troops may be landed, or from which they may be taken aboard.
    pub(super) fn troops(&self, list: &List) -> Vec<Row> {
        let view = self.ground.view;
        let Some(stock) = cargo(list) else {
            return Vec::new();
        };
        let amount = list.value(&Kind::Units).max(1);
        let row = |(key, site): (&Key<Site>, &SiteView)| {
            let there = standing(view, site).and_then(|s| s.get(&stock)).copied();
            let owner = tell::side(view, Some(site.owner.as_str()));
            let about = match &site.stocks {
                Some(stocks) => {
                    let mut troops = stocks.clone();
                    troops.retain(|stock, _| is_troops(&view.rules, stock));
                    match names::units(view, &troops) {
                        none if none.is_empty() => say!("troops-nobody", side = owner),
                        units => say!("troops-held", side = owner, units = units),
                    }
                }
                None => say!("troops-unknown", side = owner),
            };
            let (stock, site_key) = (stock.clone(), key.clone());
            let (right, action) = match list.verb {
                Verb::Lift => (
                    say!("troops-there", n = there.unwrap_or(0)),
                    Action::Lift {
                        amount: amount.min(there.unwrap_or(amount)).max(1),
                        stock,
                        site: site_key,
                    },
                ),
                _ => (
                    match site.owner == view.side {
                        true => say!("troops-garrison"),
                        false => say!("troops-assault"),
                    },
                    Action::Land {
                        stock,
                        amount,
                        site: site_key,
                    },
                ),
            };
            Row {
                right,
                about,
                tag: Some(Tag::Site(key.clone())),
                ..self.give(names::site(view, key), action)
            }
        };
        let mut rows: Vec<Row> = sites(view, self.force).map(row).collect();
        rows.sort_by(|a, b| (a.refused.is_some(), &a.title).cmp(&(b.refused.is_some(), &b.title)));
        rows
    }
}
