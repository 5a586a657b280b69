//! The planning check of deeds, landings and liftings: what the force must be, what it costs, what the target must be
//! as far as the seat knows.

use super::{
    Mark, Refusal,
    check::{bound, contact_known, no_such, on_chart},
};
use crate::{
    content::{
        Deed, DeedTarget, Force, Key, MeterOn, Modifier, Sector, Side, Site, SiteKind, SourceKind,
        Stat, Stock, Sum, When, Whose,
    },
    sim::{
        map::range,
        stats::{Bearer, SiteState, Temper},
        view::{OwnForce, SeatView, SiteView},
    },
};

/// Whether a force may do a deed, as far as its seat knows.
pub(super) fn deed(
    view: &SeatView,
    key: &Key<Force>,
    force: &OwnForce,
    deed: &Key<Deed>,
    at: Option<&Key<Mark>>,
) -> Result<(), Refusal> {
    let Some(definition) = view.rules.deeds.get(deed) else {
        let known = view.rules.deeds.keys().map(Key::as_str);
        return Err(no_such("deed", deed.as_str(), known));
    };
    if definition.once && view.done.contains(deed) {
        return Err(Refusal::Done);
    }
    let temper = temper(view);
    let bearer = bearer(view, force, &temper);
    lacks(&bearer, &definition.when, false)?;
    if force.readiness < definition.cost.readiness {
        return Err(Refusal::NotReady {
            needs: definition.cost.readiness,
            has: force.readiness,
        });
    }
    for (stock, wanted) in &definition.cost.stocks {
        let has = force.stocks.get(stock).copied().unwrap_or(0);
        enough(*wanted, has)?;
    }
    for (meter, wanted) in &definition.cost.meters {
        let has = view.meters.get(meter).copied().unwrap_or(0);
        if has < *wanted {
            return Err(Refusal::Short {
                meter: meter.clone(),
                wanted: *wanted,
                has,
            });
        }
    }
    let aimless = Refusal::Aimless {
        target: definition.target,
    };
    let here = force.place.sector();
    match (definition.target, at) {
        (DeedTarget::Itself, None) => Ok(()),
        (DeedTarget::Sector, None) => aim(view, definition, here, here, owner(view, here)),
        (DeedTarget::Sector, Some(at)) => {
            let sector: Key<Sector> = at.cast();
            on_chart(view, &sector)?;
            aim(view, definition, here, &sector, owner(view, &sector))
        }
        (DeedTarget::Site, Some(at)) => {
            let site: Key<Site> = at.cast();
            let sector = site_at(view, &site)?;
            let known = view.sites.get(&site);
            // What can never be done there is told before that it is far.
            if let Some(known) = known {
                site_is(view, &site, known, &definition.at, &temper)?;
            }
            aim(view, definition, here, sector, known.map(|s| &s.owner))
        }
        (DeedTarget::Contact, Some(at)) => {
            let contact = contact_known(view, at.as_str())?;
            let sector = contact.place.sector();
            aim(view, definition, here, sector, Some(&contact.side))
        }
        (DeedTarget::Force, Some(at)) => {
            let other: Key<Force> = at.cast();
            let target = view.forces.get(&other).filter(|f| f.mine && other != *key);
            let target = target.ok_or_else(|| Refusal::NoSuchForce(other.clone()))?;
            lacks(&self::bearer(view, target, &temper), &definition.at, true)?;
            let sector = target.place.sector();
            aim(view, definition, here, sector, Some(&target.side))
        }
        _ => Err(aimless),
    }
}

/// The chance of a deed, with all that made it, as far as the seat knows its target.
pub fn odds(view: &SeatView, force: &OwnForce, deed: &Deed, at: Option<&Key<Mark>>) -> Sum {
    let temper = temper(view);
    let actor = bearer(view, force, &temper);
    let site = at
        .map(Key::cast::<Site>)
        .filter(|_| deed.target == DeedTarget::Site);
    let known = site.as_ref().and_then(|s| Some((s, view.sites.get(s)?)));
    let state = known.and_then(|(key, site)| state_of(view, key, site));
    let (empty, nothing) = Default::default();
    let target = known.zip(state.as_ref()).map(|((_, known), state)| {
        Bearer::site(
            &view.rules,
            state,
            known.meters.as_ref().unwrap_or(&empty),
            known.stocks.as_ref().unwrap_or(&nothing),
            None,
        )
    });
    chance(deed, &actor, target.as_ref())
}

/// The chance of a deed by one at another: the deed's own, what the doer is, what the target is.
pub(in crate::sim) fn chance(deed: &Deed, actor: &Bearer, target: Option<&Bearer>) -> Sum {
    let mut sum = Sum::new(i64::from(deed.chance), 0, 1000);
    actor.contribute(Stat::Deed, &mut sum);
    let holds = |m: &&Modifier| target.unwrap_or(actor).holds(&m.when);
    for modifier in deed.modifiers.iter().filter(holds) {
        sum.part(
            SourceKind::Situation,
            "odds",
            modifier.add,
            modifier.permille,
        );
    }
    sum
}

/// Whether troops may be landed on a site, as far as the seat knows.
pub(super) fn land(
    view: &SeatView,
    force: &OwnForce,
    stock: &Key<Stock>,
    amount: i32,
    site: &Key<Site>,
) -> Result<(), Refusal> {
    here(view, force, site)?;
    let troops = troops(view, stock)?;
    bound("the number of units", amount, 1, 1_000_000)?;
    let has = force.stocks.get(stock).copied().unwrap_or(0);
    enough(amount, has)?;
    let Some(known) = view.sites.get(site) else {
        return Ok(());
    };
    let shields = kind_of(view, site).map_or(0, |(_, k)| k.shields);
    let shielded = known.shields_down.is_some_and(|down| down < shields);
    may_land(party(view, &known.owner), troops, shielded)
}

/// Whose something is, seen from a side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::sim) enum Party {
    /// The side's own.
    Own,
    /// A side's that shares supply with it.
    Friend,
    /// A hostile side's.
    Foe,
    /// Nobody's, or another's.
    Other,
}

/// Whether troops may go down to whose site: the question of the planning check and of the turn. `lands`: they may be
/// landed on an enemy. `shielded`: layers of shields stand, as far as whoever asks can know.
pub(in crate::sim) fn may_land(whose: Party, lands: bool, shielded: bool) -> Result<(), Refusal> {
    match whose {
        Party::Own | Party::Friend => Ok(()),
        Party::Other => Err(Refusal::NotTheirs(Whose::Foe)),
        Party::Foe if !lands => Err(Refusal::NotTroops),
        Party::Foe if shielded => Err(Refusal::Shielded),
        Party::Foe => Ok(()),
    }
}

/// Whether a deed reaches so far and may be done to what is whose: the question of the planning check and of the turn.
/// `distance`: chart units to the target's sector, 0 in the same.
pub(in crate::sim) fn may_aim(deed: &Deed, distance: i32, whose: Party) -> Result<(), Refusal> {
    let good = match deed.whose {
        Whose::Any => true,
        Whose::Own => whose == Party::Own,
        Whose::Foe => whose == Party::Foe,
        Whose::Neutral => matches!(whose, Party::Friend | Party::Other),
    };
    if !good {
        return Err(Refusal::NotTheirs(deed.whose));
    }
    if distance > deed.reach.max(0) {
        return Err(Refusal::OutOfRange {
            distance,
            range: deed.reach,
        });
    }
    Ok(())
}

/// Whose something of this side is, as far as the seat knows.
fn party(view: &SeatView, owner: &Key<Side>) -> Party {
    if *owner == view.side {
        Party::Own
    } else if view.hostile.contains(owner) {
        Party::Foe
    } else if view.friends.contains(owner) {
        Party::Friend
    } else {
        Party::Other
    }
}

/// Whether troops may be taken aboard from a site, as far as the seat knows.
pub(super) fn lift(
    view: &SeatView,
    force: &OwnForce,
    stock: &Key<Stock>,
    amount: i32,
    site: &Key<Site>,
) -> Result<(), Refusal> {
    here(view, force, site)?;
    troops(view, stock)?;
    bound("the number of units", amount, 1, 1_000_000)?;
    let known = view.sites.get(site);
    let whose = known.map_or(Party::Other, |s| party(view, &s.owner));
    let stand = known.and_then(|s| match whose {
        Party::Own | Party::Friend => s.stocks.as_ref(),
        Party::Foe | Party::Other => s.ashore.get(&view.side),
    });
    let room = room(view, force, stock);
    // What stands at a friend's the truth alone can tell.
    if whose == Party::Friend && stand.is_none() {
        return may_lift(amount, amount, room);
    }
    let has = stand.and_then(|s| s.get(stock)).copied().unwrap_or(0);
    may_lift(amount, has, room)
}

/// Whether so many units may come aboard: the question of the planning check and of the turn. `has`: units that stand
/// there; `room`: units for which there is room aboard.
pub(in crate::sim) fn may_lift(amount: i32, has: i32, room: i32) -> Result<(), Refusal> {
    enough(amount, has)?;
    if room < amount {
        return Err(Refusal::NoRoom {
            wanted: amount,
            room,
        });
    }
    Ok(())
}

/// Whether there is as much as is wanted.
pub(in crate::sim) fn enough(wanted: i32, has: i32) -> Result<(), Refusal> {
    if has < wanted {
        return Err(Refusal::NoStock { wanted, has });
    }
    Ok(())
}

/// How much more of a stock a force's fit ships can hold.
pub fn room(view: &SeatView, force: &OwnForce, stock: &Key<Stock>) -> i32 {
    let capacity: i32 = force
        .ships
        .iter()
        .filter_map(|s| Some(s.fit * view.rules.classes.get(&s.class)?.magazine.get(stock)?))
        .sum();
    capacity - force.stocks.get(stock).copied().unwrap_or(0)
}

fn here(view: &SeatView, force: &OwnForce, site: &Key<Site>) -> Result<(), Refusal> {
    let sector = site_at(view, site)?;
    if force.place.in_sector() == Some(sector) {
        Ok(())
    } else {
        Err(Refusal::OutOfRange {
            distance: range(&view.map, force.place.sector(), sector),
            range: 0,
        })
    }
}

/// Whether a stock of troops may be landed on an enemy.
fn troops(view: &SeatView, stock: &Key<Stock>) -> Result<bool, Refusal> {
    let Some(known) = view.rules.stocks.get(stock) else {
        let known = view.rules.stocks.keys().map(Key::as_str);
        return Err(no_such("stock", stock.as_str(), known));
    };
    let troops = known.troops.as_ref().ok_or(Refusal::NotTroops)?;
    Ok(troops.lands)
}

/// Where a site is, as far as known.
pub(super) fn site_at<'a>(
    view: &'a SeatView,
    site: &Key<Site>,
) -> Result<&'a Key<Sector>, Refusal> {
    let known = view.sites.get(site).filter(|s| !s.razed);
    known
        .map(|s| &s.sector)
        .ok_or_else(|| Refusal::NoSuchSite(site.clone()))
}

/// Whether fire does nothing to a site, as far as known: who holds it walks in or is driven out of its sector.
pub(super) fn is_proof(view: &SeatView, site: &Key<Site>) -> bool {
    let Some((_, kind)) = kind_of(view, site) else {
        return false;
    };
    let known = view.sites.get(site).and_then(|s| s.stocks.as_ref());
    let held = known.is_some_and(|stocks| {
        let troops = |stock: &Key<Stock>| {
            let stock = view.rules.stocks.get(stock);
            stock.is_some_and(|s| s.troops.is_some())
        };
        stocks.iter().any(|(stock, n)| *n > 0 && troops(stock))
    });
    // Meters may grow by shells; a plain depot has none, and nobody in it that is known.
    kind.shields == 0 && kind.structure == 0 && kind.meters.is_empty() && !held
}

fn owner<'a>(view: &'a SeatView, sector: &Key<Sector>) -> Option<&'a Key<Side>> {
    view.sectors.get(sector)?.owner.as_ref()
}

/// Asks of the view what [`may_aim`] asks.
fn aim(
    view: &SeatView,
    deed: &Deed,
    from: &Key<Sector>,
    to: &Key<Sector>,
    owner: Option<&Key<Side>>,
) -> Result<(), Refusal> {
    let distance = if from == to {
        0
    } else {
        range(&view.map, from, to)
    };
    let whose = owner.map_or(Party::Other, |owner| party(view, owner));
    may_aim(deed, distance, whose)
}

fn temper(view: &SeatView) -> Temper {
    Temper {
        meters: view.meters.clone(),
        ..Temper::default()
    }
}

fn bearer<'a>(view: &'a SeatView, force: &'a OwnForce, temper: &'a Temper) -> Bearer<'a> {
    let sector = force.place.in_sector();
    let terrain = sector.and_then(|s| Some(&view.map.sectors.get(s)?.terrain));
    Bearer::own(&view.rules, force, terrain, Some(temper)).within(Some(&force.around))
}

fn kind_of<'a>(view: &'a SeatView, site: &Key<Site>) -> Option<(&'a Key<SiteKind>, &'a SiteKind)> {
    let kind = &view.map.sites.get(site)?.kind;
    view.rules.site_kinds.get_key_value(kind)
}

fn state_of(view: &SeatView, key: &Key<Site>, site: &SiteView) -> Option<SiteState> {
    let (kind, definition) = kind_of(view, key)?;
    Some(SiteState {
        kind: kind.clone(),
        shielded: site.shields_down.unwrap_or(0) < definition.shields,
        unsurrendered: site.loyal.is_some(),
    })
}

/// What must hold of a site; what the seat cannot know of it is asked of the truth alone.
fn site_is(
    view: &SeatView,
    key: &Key<Site>,
    site: &SiteView,
    when: &When,
    temper: &Temper,
) -> Result<(), Refusal> {
    let Some(state) = state_of(view, key, site) else {
        return Ok(());
    };
    let (empty, nothing) = Default::default();
    let bearer = Bearer::site(
        &view.rules,
        &state,
        site.meters.as_ref().unwrap_or(&empty),
        site.stocks.as_ref().unwrap_or(&nothing),
        (site.owner == view.side).then_some(temper),
    );
    let carries = kind_of(view, key).map(|(_, kind)| &kind.meters);
    let answer = known_of(when, &|part| match part {
        // What its kind does not carry it does not have.
        When::MeterAtLeast(meter, _) if site.meters.is_none() || site.learned > 0 => {
            let on_site = view.rules.meters.get(meter);
            let never = on_site.is_none_or(|m| m.on == MeterOn::Site)
                && carries.is_some_and(|c| !c.contains_key(meter));
            never.then_some(false)
        }
        When::Carries(..) if site.stocks.is_none() || site.learned > 0 => None,
        When::Shielded => site.shields_down.map(|_| bearer.holds(part)),
        _ => Some(bearer.holds(part)),
    });
    match answer {
        Some(false) => lacks(&bearer, when, true).and(Err(Refusal::Lacks {
            target: true,
            when: when.clone(),
        })),
        _ => Ok(()),
    }
}

/// What a condition comes to where some of its parts are not known; none: it may be so or not.
fn known_of(when: &When, part: &impl Fn(&When) -> Option<bool>) -> Option<bool> {
    match when {
        When::All(parts) => {
            let all: Vec<_> = parts.iter().map(|p| known_of(p, part)).collect();
            match all.contains(&Some(false)) {
                true => Some(false),
                false => (!all.contains(&None)).then_some(true),
            }
        }
        When::Any(parts) => {
            let any: Vec<_> = parts.iter().map(|p| known_of(p, part)).collect();
            match any.contains(&Some(true)) {
                true => Some(true),
                false => (!any.contains(&None)).then_some(false),
            }
        }
        When::Not(inner) => known_of(inner, part).map(|holds| !holds),
        leaf => part(leaf),
    }
}

/// The first part of a condition that does not hold.
pub(in crate::sim) fn lacks(bearer: &Bearer, when: &When, target: bool) -> Result<(), Refusal> {
    if bearer.holds(when) {
        return Ok(());
    }
    if let When::All(parts) = when {
        for part in parts {
            lacks(bearer, part, target)?;
        }
    }
    Err(Refusal::Lacks {
        target,
        when: when.clone(),
    })
}
