//! Deeds in phase 6, after landings and ground fights: what takes no longer is done. All chances are asked of the
//! state at the step's start; what comes of them is carried out in the order of the forces' names.

use super::{
    around::Surroundings,
    ground,
    journal::{Cause, Subject, What},
    order::{Mark, Party, Refusal, chance, lacks, may_aim},
    outcome::{Scene, Stage},
    roster::Unit,
    stats::{Bearer, SiteState},
    theatre::{Theatre, terrain_at},
};
use crate::content::{Deed, DeedTarget, Key, Sector, Side};

/// The mark under which the story keeps what a side can do only once.
pub fn mark(side: &Key<Side>, deed: &Key<Deed>) -> String {
    format!("deed/{side}/{deed}")
}

/// A deed that is due, with its chance.
struct Due {
    force: Key<crate::content::Force>,
    side: Key<Side>,
    deed: Key<Deed>,
    subject: Option<Subject>,
    here: Key<Sector>,
    chance: i64,
    sum: String,
}

/// What was begun goes on, or is done, or comes to nothing.
pub(super) fn undertake(mut t: Theatre) {
    let busy = |u: &Unit| u.standing.deed.is_some();
    if !t.roster.gather().values().any(busy) {
        return;
    }
    let field = t.field.clone();
    let mut stage = Stage::of(&t);
    let mut due = Vec::new();
    let mut off = Vec::new();
    {
        let around = Surroundings::of(
            &field,
            t.clock.turn,
            &stage.units,
            &stage.control,
            &stage.holdings,
        );
        for unit in stage.units.values() {
            let Some(doing) = &unit.standing.deed else {
                continue;
            };
            let Some(definition) = field.rules.deeds.get(&doing.deed) else {
                continue;
            };
            let busy =
                t.scratch.marched.contains_key(&unit.id) || t.scratch.fought.contains(&unit.id);
            if definition.takes > 0 && busy {
                off.push((unit.id.clone(), unit.side().clone(), doing.deed.clone()));
                continue;
            }
            if doing.left > 0 {
                continue;
            }
            let subject = subject(&t, &stage, unit, definition, doing.at.as_ref());
            let asked =
                subject.and_then(|subject| ask(&t, &stage, &around, unit, definition, subject));
            match asked {
                Ok((subject, here, sum)) => due.push(Due {
                    force: unit.id.clone(),
                    side: unit.side().clone(),
                    deed: doing.deed.clone(),
                    subject,
                    here,
                    chance: sum.value(),
                    sum: sum.to_string(),
                }),
                Err(_) => off.push((unit.id.clone(), unit.side().clone(), doing.deed.clone())),
            }
        }
    }
    for n in 0..stage.units.len() {
        if stage.units.nth(n).standing.deed.is_none() {
            continue;
        }
        let unit = stage.units.nth_mut(n);
        if let Some(doing) = &mut unit.standing.deed {
            doing.left -= 1;
            if doing.left < 0 {
                unit.standing.deed = None;
            }
        }
    }
    for (force, side, deed) in off {
        if let Some(unit) = stage.units.get_mut(&force) {
            unit.standing.deed = None;
        }
        t.tell_sides([&side], What::DeedOff { force, deed });
    }
    for due in due {
        accomplish(&mut t, &mut stage, due);
    }
    stage.apply(&mut t);
}

/// Rolls for one deed and carries out what comes of it.
fn accomplish(t: &mut Theatre, stage: &mut Stage, due: Due) {
    let field = t.field.clone();
    let Some(definition) = field.rules.deeds.get(&due.deed) else {
        return;
    };
    // Whoever did the same before it this turn leaves nothing to do.
    let once = mark(&due.side, &due.deed);
    if definition.once && t.story.fired.contains(&once) {
        return;
    }
    let mut dice = field.dice(t.clock.turn, "deed", &format!("{}/{}", due.force, due.deed));
    let success = dice.chance(due.chance);
    if definition.once && success {
        t.story.fired.insert(once);
    }
    let target_side = due.subject.as_ref().and_then(|s| stage.side_of(s));
    let done = What::DeedDone {
        force: due.force.clone(),
        deed: due.deed.clone(),
        at: due.subject.clone(),
        success,
        chance: i32::try_from(due.chance).unwrap_or(0),
        sum: due.sum.clone(),
    };
    let other = target_side.filter(|s| *s != due.side);
    match (&other, definition.secret) {
        (Some(other), false) => t.tell_sides([&due.side, other], done),
        (_, _) => t.tell_sides([&due.side], done),
    }
    if let (Some(other), Some(at), true, true) = (&other, &due.subject, definition.secret, success)
    {
        let what = What::DeedSuffered {
            at: at.clone(),
            deed: due.deed.clone(),
        };
        t.tell_sides([other], what);
    }
    let cause = Cause::Deed(due.deed.clone());
    let scene = Scene {
        actor: Some(&due.force),
        side: &due.side,
        target: due.subject.as_ref(),
        here: &due.here,
        cause: &cause,
    };
    let outcomes = if success {
        &definition.success
    } else {
        &definition.failure
    };
    stage.carry_out(t, &scene, outcomes);
}

/// What the words of an order mean in truth.
fn subject(
    t: &Theatre,
    stage: &Stage,
    unit: &Unit,
    deed: &Deed,
    at: Option<&Key<Mark>>,
) -> Result<Option<Subject>, Refusal> {
    let aimless = Refusal::Aimless {
        target: deed.target,
    };
    Ok(Some(match (deed.target, at) {
        (DeedTarget::Itself, _) => return Ok(None),
        (DeedTarget::Sector, None) => Subject::Sector(unit.place.sector().clone()),
        (DeedTarget::Sector, Some(at)) => Subject::Sector(at.cast()),
        (DeedTarget::Site, Some(at)) => Subject::Site(at.cast()),
        (DeedTarget::Force, Some(at)) => Subject::Force(at.cast()),
        (DeedTarget::Contact, Some(at)) => {
            let seat = &unit.belongs.seat;
            let known = stage.knowledge.get(seat).or_else(|| t.known(seat));
            let contact = known.and_then(|k| k.contacts.get(at.as_str()));
            let seen = contact.ok_or_else(|| Refusal::NoSuchContact(at.to_string()))?;
            Subject::Force(seen.force.clone())
        }
        (_, None) => return Err(aimless),
    }))
}

/// Whether a deed can be done now, where, and with what chance.
fn ask(
    t: &Theatre,
    stage: &Stage,
    around: &Surroundings,
    unit: &Unit,
    deed: &Deed,
    subject: Option<Subject>,
) -> Result<(Option<Subject>, Key<Sector>, crate::content::Sum), Refusal> {
    let field = &t.field;
    let here = unit.place.sector().clone();
    let temper = stage.tallies.get(unit.side()).map(Into::into);
    let terrain = terrain_at(field, &unit.place);
    let actor = Bearer::unit(&field.rules, unit, terrain, temper.as_ref()).within(around.on(unit));
    lacks(&actor, &deed.when, false)?;
    let Some(subject) = subject else {
        return Ok((None, here, chance(deed, &actor, None)));
    };
    let at = match &subject {
        Subject::Force(force) => stage.units.get(force).map(|u| u.place.sector().clone()),
        Subject::Site(site) => {
            let holding = stage.holdings.get(site).filter(|h| !h.razed);
            holding.map(|h| h.sector.clone())
        }
        Subject::Sector(sector) => Some(sector.clone()),
        Subject::Side(_) => None,
    };
    let at = at.ok_or(Refusal::Nothing)?;
    let distance = if at == here {
        0
    } else {
        field.range(&here, &at)
    };
    let owner = stage.side_of(&subject);
    let whose = owner.map_or(Party::Other, |owner| field.party(unit.side(), &owner));
    may_aim(deed, distance, whose)?;
    let sum = match &subject {
        Subject::Site(site) => {
            let holding = stage.holdings.get(site).ok_or(Refusal::Nothing)?;
            let kind = ground::kind_of(field, site).ok_or(Refusal::Nothing)?;
            let state = SiteState {
                kind: kind.0.clone(),
                shielded: holding.shields_down < kind.1.shields,
                unsurrendered: holding.loyal.is_some(),
            };
            let theirs = stage.tallies.get(&holding.owner).map(Into::into);
            let target = Bearer::site(
                &field.rules,
                &state,
                &holding.meters,
                &holding.stocks,
                theirs.as_ref(),
            );
            lacks(&target, &deed.at, true)?;
            chance(deed, &actor, Some(&target))
        }
        Subject::Force(force) => {
            let other = stage.units.get(force).ok_or(Refusal::Nothing)?;
            let theirs = stage.tallies.get(other.side()).map(Into::into);
            let terrain = terrain_at(field, &other.place);
            let target = Bearer::unit(&field.rules, other, terrain, theirs.as_ref())
                .within(around.on(other));
            lacks(&target, &deed.at, true)?;
            chance(deed, &actor, Some(&target))
        }
        Subject::Sector(_) | Subject::Side(_) => chance(deed, &actor, None),
    };
    Ok((Some(subject), here, sum))
}
