//! Which deeds a force may do, at what, with what chance and at what cost; and where it may begin the war.

use super::{Chooser, about, arrival, sighting, strangers};
use crate::{
    chart::Tag,
    content::{Deed, DeedTarget, Key, Side, Whose},
    gui::{
        command::list::{List, Row, What},
        names, sums,
        words::say,
    },
    sim::{
        map::range,
        order::{Action, Mark, Refusal},
        view::SeatView,
    },
    war::tell,
};

/// Targets beyond reach that are shown all the same, so that it can be read how far they are.
const BEYOND: usize = 3;

/// Something that a deed might be done at.
struct Aim {
    at: Option<Key<Mark>>,
    tag: Option<Tag>,
    title: String,
    about: String,
    distance: i32,
    /// Whose it is, as far as known.
    side: Option<Key<Side>>,
}

impl Chooser<'_> {
    /// The deeds, or the targets of the one that was chosen.
    pub(super) fn deeds(&self, list: &List) -> Vec<Row> {
        let rules = &self.ground.view.rules;
        let chosen = list.deed.as_ref();
        if let Some((key, deed)) = chosen.and_then(|key| rules.deeds.get_key_value(key)) {
            return self.aimed(key, deed);
        }
        let mut rows: Vec<Row> = rules.deeds.iter().map(|(k, d)| self.deed(k, d)).collect();
        rows.sort_by(|a, b| (a.refused.is_some(), &a.title).cmp(&(b.refused.is_some(), &b.title)));
        rows
    }

    /// One deed: given at once if there is nothing to choose, else on to its targets.
    fn deed(&self, key: &Key<Deed>, deed: &Deed) -> Row {
        let view = self.ground.view;
        let is_so = self.force.deed.as_ref().is_some_and(|d| d.deed == *key);
        let about = format!("{}\n{}", deed.summary, terms(view, deed));
        let aimless = Action::Do {
            deed: key.clone(),
            at: None,
        };
        if is_plain(deed) {
            return Row {
                right: self.promise(deed, None),
                about,
                is_so,
                ..self.give(&deed.name, aimless)
            };
        }
        let targets = self.aimed(key, deed);
        let open = targets.iter().filter(|row| row.refused.is_none()).count();
        let refused = match open {
            0 => self.hindrance(&aimless, targets.first()),
            _ => None,
        };
        Row {
            right: match refused {
                Some(_) => String::new(),
                None => say!("deed-targets", n = open),
            },
            about,
            is_so,
            refused,
            ..Row::new(&deed.name, What::Choose(key.clone()))
        }
    }

    /// Why a deed cannot be done at anything: the force is not so, or no target is.
    fn hindrance(&self, aimless: &Action, first: Option<&Row>) -> Option<(String, String)> {
        match self.refusal(aimless) {
            Some(Refusal::Aimless { .. }) | None => Some(match first {
                Some(row) => row.refused.clone()?,
                None => (say!("deed-no-target"), say!("deed-no-target-hint")),
            }),
            Some(_) => self.refused(aimless),
        }
    }

    /// The targets of a deed: those at which it may be done first, the nearest first.
    fn aimed(&self, key: &Key<Deed>, deed: &Deed) -> Vec<Row> {
        let view = self.ground.view;
        let reach = |aim: &Aim| aim.distance <= deed.reach;
        let mut aims = self.aims(deed);
        // Whose it may not be done at is no target at all, unless there is nothing else to say.
        let fits = |aim: &Aim| is_theirs(view, deed.whose, aim.side.as_ref());
        if aims.iter().any(fits) {
            aims.retain(fits);
        }
        aims.sort_by(|a, b| (a.distance, &a.title).cmp(&(b.distance, &b.title)));
        let near = aims.iter().filter(|aim| reach(aim)).count();
        let mut rows: Vec<(bool, Row)> = Vec::new();
        for aim in aims.into_iter().take(near + BEYOND) {
            let is_far = !reach(&aim);
            let action = Action::Do {
                deed: key.clone(),
                at: aim.at.clone(),
            };
            let doing = self.force.deed.as_ref();
            let row = self.give(&aim.title, action);
            let row = Row {
                right: match is_far {
                    true => say!("fire-off", units = aim.distance),
                    false => self.promise(deed, aim.at.as_ref()),
                },
                about: format!("{}\n{}", aim.about, self.chances(deed, aim.at.as_ref())),
                is_so: doing.is_some_and(|d| d.deed == *key && d.at == aim.at),
                tag: aim.tag,
                ..row
            };
            rows.push((is_far, row));
        }
        rows.sort_by_key(|(far, row)| (row.refused.is_some(), *far));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Everything of the kind that a deed is done at.
    fn aims(&self, deed: &Deed) -> Vec<Aim> {
        let view = self.ground.view;
        let here = self.force.place.sector();
        match deed.target {
            DeedTarget::Itself => Vec::new(),
            DeedTarget::Sector => {
                let strangers = strangers(view);
                let sectors = view.map.sectors.iter();
                let aim = |(key, sector): (&Key<_>, &crate::content::Sector)| Aim {
                    at: Some(key.cast()),
                    tag: Some(Tag::Sector(key.clone())),
                    title: sector.name.clone(),
                    about: about(view, key, &strangers),
                    distance: range(&view.map, here, key),
                    side: view.sectors.get(key).and_then(|s| s.owner.clone()),
                };
                sectors.map(aim).collect()
            }
            DeedTarget::Site => {
                let sites = view.sites.iter().filter(|(_, s)| !s.razed);
                let aim = |(key, site): (&Key<_>, &crate::sim::view::SiteView)| Aim {
                    at: Some(key.cast()),
                    tag: Some(Tag::Site(key.clone())),
                    title: names::site(view, key),
                    about: say!(
                        "deed-site",
                        place = tell::sector(view, site.sector.as_str()),
                        side = tell::side(view, Some(site.owner.as_str()))
                    ),
                    distance: range(&view.map, here, &site.sector),
                    side: Some(site.owner.clone()),
                };
                sites.map(aim).collect()
            }
            DeedTarget::Contact => {
                let aim = |(key, seen): (&Key<_>, &crate::sim::view::Contact)| Aim {
                    at: Some(key.cast()),
                    tag: Some(Tag::Contact(key.clone())),
                    title: tell::force(view, key.as_str()),
                    about: sighting(view, seen),
                    distance: range(&view.map, here, seen.place.sector()),
                    side: Some(seen.side.clone()),
                };
                view.contacts.iter().map(aim).collect()
            }
            DeedTarget::Force => {
                let others = view.forces.iter();
                let others = others.filter(|(key, f)| f.mine && *key != self.key);
                let aim = |(key, force): (&Key<_>, &crate::sim::view::OwnForce)| Aim {
                    at: Some(key.cast()),
                    tag: Some(Tag::Force(key.clone())),
                    title: force.name.clone(),
                    about: tell::place(view, &force.place),
                    distance: range(&view.map, here, force.place.sector()),
                    side: Some(force.side.clone()),
                };
                others.map(aim).collect()
            }
        }
    }

    /// What a deed promises: its chance, and when it is done.
    fn promise(&self, deed: &Deed, at: Option<&Key<Mark>>) -> String {
        let view = self.ground.view;
        let chance = sums::odds(view, self.force, deed, at).total;
        let turn = view.turn + u32::try_from(deed.takes).unwrap_or(0);
        match chance {
            1000 => arrival(view, Some(turn)),
            _ => say!(
                "deed-promise",
                chance = tell::share(chance),
                turn = arrival(view, Some(turn))
            ),
        }
    }

    /// The chance of a deed with what makes it, a line each.
    fn chances(&self, deed: &Deed, at: Option<&Key<Mark>>) -> String {
        sums::odds(self.ground.view, self.force, deed, at)
            .lines()
            .join("\n")
    }

    /// Where the force may begin the war.
    pub(super) fn stagings(&self) -> Vec<Row> {
        let view = self.ground.view;
        let strangers = strangers(view);
        let ordered = self.ordered(|action| match action {
            Action::Deploy { sector } => Some(sector.clone()),
            _ => None,
        });
        let now = ordered.as_ref().or(self.force.place.in_sector());
        let row = |sector: &Key<_>| Row {
            about: about(view, sector, &strangers),
            is_so: Some(sector) == now,
            tag: Some(Tag::Sector(sector.clone())),
            ..self.give(
                tell::sector(view, sector.as_str()),
                Action::Deploy {
                    sector: sector.clone(),
                },
            )
        };
        view.staging.iter().map(row).collect()
    }
}

/// Whether something is whose a target must be. Forces of one's own are nobody else's, whatever a deed says.
fn is_theirs(view: &SeatView, whose: Whose, side: Option<&Key<Side>>) -> bool {
    let hostile = side.is_some_and(|s| view.hostile.contains(s));
    let own = side == Some(&view.side);
    match whose {
        Whose::Any => true,
        Whose::Own => own,
        Whose::Foe => hostile,
        Whose::Neutral => !own && !hostile,
    }
}

/// Whether a deed has but one target: the force itself, or the sector it is in.
fn is_plain(deed: &Deed) -> bool {
    match deed.target {
        DeedTarget::Itself => true,
        DeedTarget::Sector => deed.reach == 0,
        DeedTarget::Site | DeedTarget::Contact | DeedTarget::Force => false,
    }
}

/// What a deed costs, how long it takes, and what else is to be known of it.
fn terms(view: &SeatView, deed: &Deed) -> String {
    let mut told = Vec::new();
    let cost = &deed.cost;
    let mut costs = Vec::new();
    if cost.readiness > 0 {
        costs.push(say!("deed-cost-readiness", n = cost.readiness));
    }
    let stocks = cost.stocks.iter().filter(|(_, n)| **n != 0);
    costs.extend(stocks.map(|(stock, n)| {
        let stock = names::stock(view, stock);
        say!("deed-cost-stock", n = *n, stock = stock)
    }));
    let points = cost.meters.iter();
    costs.extend(points.map(|(meter, n)| format!("{n} {}", names::meter(view, meter))));
    if !costs.is_empty() {
        told.push(say!("deed-costs", what = costs.join(", ")));
    }
    if deed.takes > 0 {
        told.push(say!("deed-takes", n = deed.takes + 1));
    }
    if deed.once {
        told.push(say!("deed-once"));
    }
    if deed.secret {
        told.push(say!("deed-secret"));
    }
    told.join(" ")
}
