//! The planning check: may this be ordered, as far as the seat knows? Reads the view, nothing else.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Action, Order, Target, deeds};
use crate::{
    content::{DeedTarget, Force, Key, Meter, Pact, Seat, Sector, Site, When, Whose},
    sim::{
        fire,
        map::{Graph, range},
        view::{OwnForce, SeatView},
    },
};

/// Why an order cannot be given or carried out. Says what would make it possible where that can be said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The war is over.
    WarOver,
    /// The seat has no such force (any more).
    NoSuchForce(Key<Force>),
    /// The force is another seat's.
    NotYours(Key<Force>),
    /// No such sector on the chart.
    NoSuchSector(Key<Sector>),
    /// No such thing in the rules: what kind, and its id.
    NoSuchThing {
        /// `stance`, `posture`, `weapon`, `class`.
        kind: String,
        /// The id given.
        id: String,
        /// An id that looks like it.
        suggestion: Option<String>,
    },
    /// The seat has no such contact.
    NoSuchContact(String),
    /// A march needs at least one stop, a split at least one ship.
    Nothing,
    /// The force cannot move.
    Immobile,
    /// No way leads there.
    NoWay {
        /// From.
        from: Key<Sector>,
        /// To.
        to: Key<Sector>,
    },
    /// Too tired or disordered.
    NotReady {
        /// Readiness needed.
        needs: i32,
        /// Readiness there is.
        has: i32,
    },
    /// No ship of the force carries it.
    NoWeapon,
    /// The weapon fires only by itself.
    NotByOrder,
    /// Too far for the weapon.
    OutOfRange {
        /// Chart units.
        distance: i32,
        /// Chart units.
        range: i32,
    },
    /// Not enough left in the magazines.
    NoStock {
        /// Wanted.
        wanted: i32,
        /// There is.
        has: i32,
    },
    /// More salvos than the tubes can fire in a turn.
    TooManySalvos {
        /// Wanted.
        wanted: i32,
        /// At most.
        most: i32,
    },
    /// The weapon has not the tubes for it, or none are fit.
    Bound {
        /// What the number is.
        what: String,
        /// Smallest.
        low: i32,
        /// Largest.
        high: i32,
    },
    /// No leash left this turn.
    NoLeash,
    /// A leash is for forces whose commander may follow a feint.
    NoNeed,
    /// A force cannot give all its ships away, nor more than it has.
    NotThatMany,
    /// Its guns have their orders for this turn: detach first, then fire.
    Committed,
    /// The two must stand in the same sector.
    Apart,
    /// The two must be of the same faction and seat.
    Strangers,
    /// No such site on the chart, or it is destroyed.
    NoSuchSite(Key<Site>),
    /// The deed asks for a target, or for none.
    Aimless {
        /// What it is done to.
        target: DeedTarget,
    },
    /// Something that must hold does not: of the force, or of the target.
    Lacks {
        /// Of the target, not of the force.
        target: bool,
        /// What must hold.
        when: When,
    },
    /// Not enough of a meter of the side.
    Short {
        /// Which.
        meter: Key<Meter>,
        /// Wanted.
        wanted: i32,
        /// There is.
        has: i32,
    },
    /// The target is not whose it must be.
    NotTheirs(Whose),
    /// It has been done, and can be done once only.
    Done,
    /// These are no troops, or none that can be landed on an enemy.
    NotTroops,
    /// Shields stand over the site.
    Shielded,
    /// There is no room aboard.
    NoRoom {
        /// Wanted.
        wanted: i32,
        /// Room there is.
        room: i32,
    },
    /// Fire does nothing to the site: no shields, nobody known in it, nothing that could be destroyed.
    Proof(Key<Site>),
    /// The war has begun, or the sector is none of the seat's staging sectors.
    NotStaging,
    /// A seat speaks for itself alone: this one.
    NotYourWord(Key<Seat>),
    /// That is what the seat's word is already.
    Said,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::WarOver => write!(f, "the war is over"),
            Refusal::NoSuchForce(force) => write!(f, "there is no force `{force}` under this seat"),
            Refusal::NotYours(force) => write!(f, "`{force}` takes its orders from another seat"),
            Refusal::NoSuchSector(sector) => {
                write!(f, "there is no sector `{sector}` on the chart")
            }
            Refusal::NoSuchThing {
                kind,
                id,
                suggestion,
            } => {
                write!(f, "there is no {kind} `{id}`")?;
                match suggestion {
                    Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
                    None => Ok(()),
                }
            }
            Refusal::NoSuchContact(contact) => write!(f, "there is no contact `{contact}`"),
            Refusal::Nothing => write!(f, "name at least one"),
            Refusal::Immobile => write!(f, "it cannot move: its ships are bases, or none floats"),
            Refusal::NoWay { from, to } => write!(f, "no lanes lead from {from} to {to}"),
            Refusal::NotReady { needs, has } => {
                write!(
                    f,
                    "needs readiness {needs}, has {has}: rest or regroup first"
                )
            }
            Refusal::NoWeapon => write!(f, "none of its fit ships carries that weapon"),
            Refusal::NotByOrder => write!(
                f,
                "that weapon fires only by itself; set the fire policy instead"
            ),
            Refusal::OutOfRange { distance, range } => {
                write!(f, "{distance} away, and it reaches {range}")
            }
            Refusal::NoStock { wanted, has } => write!(f, "wants {wanted}, {has} left aboard"),
            Refusal::TooManySalvos { wanted, most } => {
                write!(f, "{wanted} salvos, its tubes have {most} ready this turn")
            }
            Refusal::Bound { what, low, high } => {
                write!(f, "{what} must lie between {low} and {high}")
            }
            Refusal::NoLeash => write!(f, "no leash is left this turn"),
            Refusal::NoNeed => write!(f, "its commander does not follow feints"),
            Refusal::NotThatMany => write!(f, "it has not so many ships, or would have none left"),
            Refusal::Committed => write!(
                f,
                "its guns have their orders for this turn: detach first, then fire"
            ),
            Refusal::Apart => write!(f, "the two forces must stand in the same sector"),
            Refusal::Strangers => write!(f, "the two forces must belong to the same faction"),
            Refusal::NoSuchSite(site) => {
                write!(
                    f,
                    "there is no site `{site}` on the chart, or it is destroyed"
                )
            }
            Refusal::Aimless { target } => match target {
                DeedTarget::Itself => write!(f, "it is done at nothing: leave the target out"),
                DeedTarget::Sector => write!(f, "say at which sector"),
                DeedTarget::Site => write!(f, "say at which site"),
                DeedTarget::Contact => write!(f, "say at which contact"),
                DeedTarget::Force => write!(f, "say at which force of yours"),
            },
            Refusal::Lacks {
                target: false,
                when,
            } => write!(f, "the force must be so: {when}"),
            Refusal::Lacks { target: true, when } => write!(f, "the target must be so: {when}"),
            Refusal::Short { meter, wanted, has } => {
                write!(f, "wants {wanted} of {meter}, the side has {has}")
            }
            Refusal::NotTheirs(whose) => write!(
                f,
                "the target must be {}",
                match whose {
                    Whose::Any => "anybody's",
                    Whose::Own => "your side's",
                    Whose::Foe => "an enemy's",
                    Whose::Neutral => "a neutral side's",
                }
            ),
            Refusal::Done => write!(f, "it has been done, and can be done once only"),
            Refusal::NotTroops => write!(
                f,
                "that cannot be landed there: it is no troops, or holds its own only"
            ),
            Refusal::Shielded => write!(f, "shields stand over it: bring them down first"),
            Refusal::NoRoom { wanted, room } => {
                write!(f, "wants room for {wanted}, there is room for {room}")
            }
            Refusal::Proof(site) => write!(
                f,
                "fire does nothing to `{site}`: no shields, nobody known in it, nothing to destroy"
            ),
            Refusal::NotYourWord(seat) => write!(f, "a seat speaks for itself: write `{seat}`"),
            Refusal::Said => write!(f, "that is its word already"),
            Refusal::NotStaging => write!(
                f,
                "forces are placed on the first turn, in the seat's staging sectors"
            ),
        }
    }
}

/// Checks an order against what its seat knows.
///
/// # Errors
/// The reason why it cannot be given.
pub fn check(view: &SeatView, order: &Order) -> Result<(), Refusal> {
    check_on(view, None, order)
}

/// The same for whoever has the graph of the view's map at hand: it is not built anew for each march.
///
/// # Errors
/// The reason why it cannot be given.
pub fn check_on(view: &SeatView, graph: Option<&Graph>, order: &Order) -> Result<(), Refusal> {
    if view.ended.is_some() {
        return Err(Refusal::WarOver);
    }
    if let Some((pact, yes)) = order.action.word() {
        return speak(view, order.force.as_str(), pact, yes);
    }
    let force = view
        .forces
        .get(&order.force)
        .ok_or_else(|| Refusal::NoSuchForce(order.force.clone()))?;
    if !force.mine {
        return Err(Refusal::NotYours(order.force.clone()));
    }
    match &order.action {
        Action::Go { stops, .. } | Action::Then { stops, .. } => march(view, graph, force, stops),
        // What a seat says is asked about above.
        Action::Halt | Action::Agree(_) | Action::Refuse(_) => Ok(()),
        Action::Follow { contact, distance } => {
            mobile(force)?;
            contact_known(view, contact.as_str())?;
            bound("the distance", *distance, 0, 9)
        }
        Action::FallBack { along, when } => {
            for sector in along {
                on_chart(view, sector)?;
            }
            if !along.is_empty() {
                march(view, graph, force, along)?;
            }
            bound("the strength", *when, 0, 1_000_000)
        }
        Action::Stance(stance) => {
            let Some(definition) = view.rules.stances.get(stance) else {
                return Err(no_such(
                    "stance",
                    stance.as_str(),
                    view.rules.stances.keys().map(Key::as_str),
                ));
            };
            if force.readiness < definition.needs_readiness {
                return Err(Refusal::NotReady {
                    needs: definition.needs_readiness,
                    has: force.readiness,
                });
            }
            Ok(())
        }
        Action::Posture(None) => Ok(()),
        Action::Posture(Some(posture)) => {
            if view.rules.postures.contains_key(posture) {
                Ok(())
            } else {
                Err(no_such(
                    "posture",
                    posture.as_str(),
                    view.rules.postures.keys().map(Key::as_str),
                ))
            }
        }
        Action::Fire {
            weapon,
            at,
            salvos,
            overcharge,
        } => {
            let Some(definition) = view.rules.weapons.get(weapon) else {
                return Err(no_such(
                    "weapon",
                    weapon.as_str(),
                    view.rules.weapons.keys().map(Key::as_str),
                ));
            };
            if definition.trigger != crate::content::Trigger::Salvo {
                return Err(Refusal::NotByOrder);
            }
            let most = fire::tubes(&view.rules, &force.ships, weapon, *overcharge, view.turn);
            if fire::mounts(&view.rules, &force.ships, weapon) == 0 {
                return Err(Refusal::NoWeapon);
            }
            bound("the number of salvos", *salvos, 1, 100_000)?;
            if *salvos > most {
                return Err(Refusal::TooManySalvos {
                    wanted: *salvos,
                    most,
                });
            }
            if let Some(stock) = &definition.stock {
                let has = force.stocks.get(stock).copied().unwrap_or(0);
                if has < *salvos {
                    return Err(Refusal::NoStock {
                        wanted: *salvos,
                        has,
                    });
                }
            }
            let goal = match at {
                Target::Contact(contact) => contact_known(view, contact.as_str())?.place.sector(),
                Target::Sector(sector) => {
                    on_chart(view, sector)?;
                    sector
                }
                Target::Site(site) => {
                    let sector = deeds::site_at(view, site)?;
                    if deeds::is_proof(view, site) {
                        return Err(Refusal::Proof(site.clone()));
                    }
                    sector
                }
            };
            let distance = range(&view.map, force.place.sector(), goal);
            if distance > definition.range {
                return Err(Refusal::OutOfRange {
                    distance,
                    range: definition.range,
                });
            }
            Ok(())
        }
        Action::Policy(_) => Ok(()),
        Action::LossLimit(permille) => bound("the loss limit", *permille, 1, 1000),
        Action::Leash => {
            if view.leashes <= 0 {
                Err(Refusal::NoLeash)
            } else {
                Ok(())
            }
        }
        Action::Split { ships } => {
            if ships.values().all(|n| *n == 0) {
                return Err(Refusal::Nothing);
            }
            let mut left = 0;
            for squadron in &force.ships {
                left += squadron.fit + squadron.crippled;
            }
            for (class, wanted) in ships {
                if !view.rules.classes.contains_key(class) {
                    return Err(no_such(
                        "class",
                        class.as_str(),
                        view.rules.classes.keys().map(Key::as_str),
                    ));
                }
                let has = force
                    .ships
                    .iter()
                    .filter(|s| s.class == *class)
                    .map(|s| s.fit)
                    .sum::<i32>();
                if *wanted < 0 || *wanted > has {
                    return Err(Refusal::NotThatMany);
                }
                left -= wanted;
            }
            if left <= 0 {
                Err(Refusal::NotThatMany)
            } else {
                Ok(())
            }
        }
        Action::Deploy { sector } => {
            on_chart(view, sector)?;
            let here = force.place.in_sector();
            let stages = |s| view.staging.contains(s);
            if view.turn == 1 && stages(sector) && here.is_some_and(stages) {
                Ok(())
            } else {
                Err(Refusal::NotStaging)
            }
        }
        Action::Do { deed, at } => deeds::deed(view, &order.force, force, deed, at.as_ref()),
        Action::Land {
            stock,
            amount,
            site,
        } => deeds::land(view, force, stock, *amount, site),
        Action::Lift {
            stock,
            amount,
            site,
        } => deeds::lift(view, force, stock, *amount, site),
        Action::Merge { into } => {
            let other = view
                .forces
                .get(into)
                .ok_or_else(|| Refusal::NoSuchForce(into.clone()))?;
            if *into == order.force {
                return Err(Refusal::Nothing);
            }
            if other.faction != force.faction || !other.mine {
                return Err(Refusal::Strangers);
            }
            match (force.place.in_sector(), other.place.in_sector()) {
                (Some(a), Some(b)) if a == b => Ok(()),
                _ => Err(Refusal::Apart),
            }
        }
    }
}

fn march(
    view: &SeatView,
    graph: Option<&Graph>,
    force: &OwnForce,
    stops: &[Key<Sector>],
) -> Result<(), Refusal> {
    mobile(force)?;
    if stops.is_empty() {
        return Err(Refusal::Nothing);
    }
    bound("the number of stops", stops.len() as i32, 1, 64)?;
    let own;
    let graph = match graph {
        Some(graph) => graph,
        None => {
            own = Graph::new(&view.map);
            &own
        }
    };
    let mut from = force.place.sector();
    for stop in stops {
        on_chart(view, stop)?;
        if !graph.is_joined(from, stop) {
            return Err(Refusal::NoWay {
                from: from.clone(),
                to: stop.clone(),
            });
        }
        from = stop;
    }
    Ok(())
}

fn mobile(force: &OwnForce) -> Result<(), Refusal> {
    if force.speed > 0 {
        Ok(())
    } else {
        Err(Refusal::Immobile)
    }
}

pub(super) fn on_chart(view: &SeatView, sector: &Key<Sector>) -> Result<(), Refusal> {
    if view.map.sectors.contains_key(sector) {
        Ok(())
    } else {
        Err(Refusal::NoSuchSector(sector.clone()))
    }
}

pub(super) fn contact_known<'a>(
    view: &'a SeatView,
    contact: &str,
) -> Result<&'a crate::sim::view::Contact, Refusal> {
    view.contacts
        .get(contact)
        .ok_or_else(|| Refusal::NoSuchContact(contact.to_owned()))
}

pub(super) fn bound(what: &str, value: i32, low: i32, high: i32) -> Result<(), Refusal> {
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        Err(Refusal::Bound {
            what: what.to_owned(),
            low,
            high,
        })
    }
}

/// Whether a seat may give its word to a pact, or take it back.
fn speak(view: &SeatView, seat: &str, pact: &Key<Pact>, yes: bool) -> Result<(), Refusal> {
    if seat != view.seat.as_str() {
        return Err(Refusal::NotYourWord(view.seat.clone()));
    }
    let Some(known) = view.pacts.get(pact) else {
        let open = view.pacts.keys().map(Key::as_str);
        return Err(no_such("pact on the table", pact.as_str(), open));
    };
    match known.words.contains(&view.seat) == yes {
        true => Err(Refusal::Said),
        false => Ok(()),
    }
}

pub(super) fn no_such<'a>(kind: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Refusal {
    let suggestion = known
        .map(|k| (strsim::damerau_levenshtein(id, k), k))
        .filter(|(d, k)| *d <= k.len() / 2)
        .min()
        .map(|(_, k)| k.to_owned());
    Refusal::NoSuchThing {
        kind: kind.to_owned(),
        id: id.to_owned(),
        suggestion,
    }
}
