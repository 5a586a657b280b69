//! What the film shows of each happening of the journal: on the chart, in words, in the dock, or nothing for a stated
//! reason. The match has no wildcard, so the compiler asks about every happening that is added.

use crate::{
    chart::film::{Mark, Tone},
    content::{Force, Key, Sector, Site},
    gui::{names, words::say},
    sim::{
        journal::{Cause, Subject, What},
        state::Place,
        view::SeatView,
    },
    war::tell,
};

/// How a happening is shown.
#[derive(Clone, PartialEq, Debug)]
pub enum Showing {
    /// On the chart.
    Chart(Vec<Mark>),
    /// In the caption alone: it has no place on the chart.
    Caption,
    /// In the right dock, with the bout that it belongs to.
    Dock,
    /// Not at all, for this reason.
    Nothing(&'static str),
}

/// Where the forces are at this moment of the film, and how they went there.
pub trait Positions {
    /// Where a force or contact is; none if nobody knows.
    fn place(&self, force: &Key<Force>) -> Option<Place>;
    /// The way between two places, ends included.
    fn way(&self, from: &Place, to: &Place) -> Vec<Place>;
}

/// How the film shows a happening that the seat of this view was told.
pub fn showing(cast: &SeatView, positions: &impl Positions, what: &What) -> Showing {
    let sector = |key: &Key<Sector>| Place::Sector(key.clone());
    let word =
        |at: Place, tone: Tone, words: String| Showing::Chart(vec![Mark::Word { at, words, tone }]);
    let beside = |force: &Key<Force>, tone: Tone, words: String| match positions.place(force) {
        Some(at) => word(at, tone, words),
        None => Showing::Caption,
    };
    let march = |force: &Key<Force>, from: &Place, to: &Place| {
        let way = positions.way(from, to);
        let side = side_of(cast, force);
        Showing::Chart(vec![Mark::March { way, side }])
    };
    let line = |force: &Key<Force>, at: &Key<Sector>| {
        let path = cast
            .forces
            .get(force)
            .map_or_else(Vec::new, |f| f.line.path.clone());
        Showing::Chart(vec![Mark::Gap {
            path,
            at: at.clone(),
        }])
    };
    let site = |key: &Key<Site>| site_place(cast, key);
    let at_site = |key: &Key<Site>, tone: Tone, words: String| match site(key) {
        Some(at) => word(at, tone, words),
        None => Showing::Caption,
    };
    let subject = |at: &Subject| match at {
        Subject::Force(force) => positions.place(force),
        Subject::Site(key) => site(key),
        Subject::Sector(key) => Some(sector(key)),
        Subject::Side(_) => None,
    };
    let upon = |at: Option<Place>, tone: Tone, words: String| match at {
        Some(at) => word(at, tone, words),
        None => Showing::Caption,
    };
    match what {
        What::Arrived { force, sector: at } => Showing::Chart(vec![
            Mark::Seen { at: sector(at) },
            Mark::Word {
                at: sector(at),
                words: tell::force(cast, force.as_str()),
                tone: Tone::Plain,
            },
        ]),
        What::ArrivalBarred { sector: at, .. } => {
            word(sector(at), Tone::Attention, say!("film-arrival-barred"))
        }
        What::Refused { order, .. } => beside(&order.force, Tone::Attention, say!("film-refused")),
        What::StanceTaken { force, stance } => {
            let rules = &cast.rules.stances;
            let name = rules.get(stance).map_or(stance.as_str(), |s| &s.name);
            beside(force, Tone::Plain, name.to_owned())
        }
        What::Split { force, .. } => beside(force, Tone::Plain, say!("film-split")),
        What::Merged { into, .. } => beside(into, Tone::Plain, say!("film-merged")),
        What::Salvos {
            weapon,
            from,
            at,
            salvos,
            hits,
            hp,
            ..
        } => {
            let mut marks = vec![Mark::Arc {
                from: from.clone(),
                to: at.clone(),
                weapon: weapon.clone(),
                salvos: *salvos,
                hits: *hits,
            }];
            if *hp > 0 {
                marks.push(Mark::Loss {
                    at: sector(at),
                    hp: *hp,
                });
            }
            Showing::Chart(marks)
        }
        What::GaveAway { sector: at, .. } => Showing::Chart(vec![
            Mark::Seen { at: sector(at) },
            Mark::Word {
                at: sector(at),
                words: say!("film-gave-away"),
                tone: Tone::Attention,
            },
        ]),
        What::ShipsLost {
            place,
            class,
            lost,
            crippled,
            hp,
            cause,
            ..
        } => match cause {
            // The salvo's own figure, or its bout's, counts the strength.
            Cause::Salvo(..) | Cause::Answer(..) | Cause::Bombard(..) | Cause::Battery(..) => {
                let words = tell::toll(cast, class, *lost, *crippled);
                word(place.clone(), Tone::Loss, words)
            }
            Cause::Bout(_) => Showing::Dock,
            Cause::Pursuit | Cause::CutOff | Cause::Passage | Cause::Deed(_) | Cause::Meter(_) => {
                Showing::Chart(vec![Mark::Loss {
                    at: place.clone(),
                    hp: *hp,
                }])
            }
        },
        What::ForceLost { force, place, .. } => {
            let name = tell::force(cast, force.as_str());
            word(
                place.clone(),
                Tone::Loss,
                say!("film-force-lost", force = name),
            )
        }
        What::Moved { force, from, to } => march(force, from, to),
        What::Barred { sector: at, .. } => word(sector(at), Tone::Attention, say!("film-barred")),
        What::FellBack { force, from, to } => march(force, &sector(from), &sector(to)),
        What::Met { place, .. } => Showing::Chart(vec![Mark::Fight { at: place.clone() }]),
        What::Lured { place, .. } => word(place.clone(), Tone::Attention, say!("film-lured")),
        What::Bout { place, dealt, .. } => Showing::Chart(vec![Mark::Loss {
            at: place.clone(),
            hp: dealt.values().sum(),
        }]),
        What::Battle { place, ground, .. } => {
            word(place.clone(), Tone::Attention, tell::ground(cast, *ground))
        }
        What::Retreated { force, from, to } => march(force, from, &sector(to)),
        // The ships it cost are told beside it.
        What::Pursued { .. } => Showing::Caption,
        What::Captured {
            hulls, hp, place, ..
        } => Showing::Chart(vec![
            Mark::Loss {
                at: place.clone(),
                hp: *hp,
            },
            Mark::Word {
                at: place.clone(),
                words: say!("film-captured", n = *hulls),
                tone: Tone::Loss,
            },
        ]),
        What::FlagshipLost { force, .. } => beside(force, Tone::Loss, say!("film-flagship")),
        What::SectorTaken { sector, by, .. } => Showing::Chart(vec![Mark::Taken {
            sector: sector.clone(),
            by: by.clone(),
        }]),
        What::SiteTaken { site, by, .. } => match cast.map.sites.get(site) {
            Some(known) => {
                let by = tell::side(cast, Some(by.as_str()));
                let words = say!("film-site-taken", site = known.name.clone(), side = by);
                word(sector(&known.sector), Tone::Attention, words)
            }
            None => Showing::Caption,
        },
        What::SiteBlockaded { site, .. } => match cast.map.sites.get(site) {
            Some(known) => word(
                sector(&known.sector),
                Tone::Attention,
                say!("film-blockaded", site = known.name.clone()),
            ),
            None => Showing::Caption,
        },
        What::DepotMoved { from, to, .. } => Showing::Chart(vec![Mark::March {
            way: positions.way(&sector(from), &sector(to)),
            side: cast.side.clone(),
        }]),
        What::Drew {
            force,
            stock,
            amount,
            ..
        } => {
            let name = cast
                .rules
                .stocks
                .get(stock)
                .map_or(stock.as_str(), |s| &s.name);
            beside(force, Tone::Plain, format!("+{amount} {name}"))
        }
        What::Short { force, cut, .. } => match cut {
            Some(at) => line(force, at),
            None => beside(force, Tone::Attention, say!("film-short")),
        },
        What::Starving { force } => beside(force, Tone::Loss, say!("film-starving")),
        What::ConvoysLost { force, at, .. } => line(force, at),
        What::Repaired { force, hp } => {
            let words = say!("film-repaired", sp = tell::fine_strength(*hp));
            beside(force, Tone::Plain, words)
        }
        What::Reached { at, name, .. } => upon(subject(at), Tone::Attention, name.clone()),
        What::Deployed { force, sector: to } => match positions.place(force) {
            Some(from) => march(force, &from, &sector(to)),
            None => word(sector(to), Tone::Plain, say!("film-deployed")),
        },
        What::DeedBegun { force, deed, .. } => {
            let words = say!("film-begins", deed = names::deed(cast, deed));
            beside(force, Tone::Plain, words)
        }
        What::DeedDone {
            force,
            deed,
            at,
            success,
            ..
        } => {
            let deed = names::deed(cast, deed);
            let (tone, words) = match success {
                true => (Tone::Plain, say!("film-done", deed = deed)),
                false => (Tone::Attention, say!("film-failed", deed = deed)),
            };
            let place = at.as_ref().and_then(subject);
            upon(place.or_else(|| positions.place(force)), tone, words)
        }
        What::DeedOff { force, deed } => {
            let words = say!("film-comes-to-nothing", deed = names::deed(cast, deed));
            beside(force, Tone::Attention, words)
        }
        What::DeedSuffered { at, deed } => {
            let words = say!("film-done", deed = names::deed(cast, deed));
            upon(subject(at), Tone::Loss, words)
        }
        What::SiteFired {
            site: key,
            weapon,
            salvos,
            hits,
            hp,
            ..
        } => match site(key) {
            Some(at) => {
                let from = at.sector().clone();
                let mut marks = vec![
                    Mark::Arc {
                        from: from.clone(),
                        to: from,
                        weapon: weapon.clone(),
                        salvos: *salvos,
                        hits: *hits,
                    },
                    Mark::Word {
                        at: at.clone(),
                        words: say!("film-battery", site = names::site(cast, key)),
                        tone: Tone::Attention,
                    },
                ];
                if *hp > 0 {
                    marks.push(Mark::Loss { at, hp: *hp });
                }
                Showing::Chart(marks)
            }
            None => Showing::Caption,
        },
        What::SiteShelled {
            site: key,
            down,
            layers,
            killed,
            ..
        } => match site(key) {
            Some(at) => {
                let name = names::site(cast, key);
                let mut told = vec![match *layers > 0 {
                    true => say!("film-shields", site = name, down = *down, layers = *layers),
                    false => say!("film-shelled", site = name),
                }];
                if *killed > 0 {
                    told.push(say!("film-killed", n = *killed));
                }
                let words = told.into_iter().map(|words| Mark::Word {
                    at: at.clone(),
                    words,
                    tone: Tone::Attention,
                });
                let fight = Mark::Fight { at: at.clone() };
                Showing::Chart(std::iter::once(fight).chain(words).collect())
            }
            None => Showing::Caption,
        },
        What::SiteRazed { site: key, .. } => match site(key) {
            Some(at) => Showing::Chart(vec![
                Mark::Fight { at: at.clone() },
                Mark::Word {
                    at,
                    words: say!("film-razed", site = names::site(cast, key)),
                    tone: Tone::Loss,
                },
            ]),
            None => Showing::Caption,
        },
        What::SiteTurned {
            site: key,
            by,
            rose,
            ..
        } => {
            let (name, side) = (names::site(cast, key), tell::side(cast, Some(by.as_str())));
            let words = match rose {
                true => say!("film-rose", site = name, side = side),
                false => say!("film-turned", site = name, side = side),
            };
            at_site(key, Tone::Attention, words)
        }
        What::Landed {
            site: key,
            stock,
            amount,
            ..
        } => {
            let name = names::stock(cast, stock);
            let words = say!("film-lands", n = *amount, stock = name);
            at_site(key, Tone::Plain, words)
        }
        What::Lifted {
            site: key,
            stock,
            amount,
            ..
        } => {
            let name = names::stock(cast, stock);
            let words = say!("film-lifts", n = *amount, stock = name);
            at_site(key, Tone::Plain, words)
        }
        What::GroundFight { site: key, .. } => match site(key) {
            Some(at) => Showing::Chart(vec![
                Mark::Fight { at: at.clone() },
                Mark::Word {
                    at,
                    words: say!("film-ground-fight", site = names::site(cast, key)),
                    tone: Tone::Attention,
                },
            ]),
            None => Showing::Caption,
        },
        What::Stocked { at, stock, amount } => {
            let words = format!("{amount:+} {}", names::stock(cast, stock));
            upon(subject(at), Tone::Plain, words)
        }
        What::Called { sector: at, .. } => word(sector(at), Tone::Plain, say!("film-called")),
        What::Changed {
            force,
            quality,
            gained,
        } => {
            let known = cast.rules.traits.get(quality);
            let name = known.map_or(quality.as_str(), |t| &t.name).to_owned();
            let words = match gained {
                true => name,
                false => say!("film-no-longer", quality = name),
            };
            beside(force, Tone::Plain, words)
        }
        What::Learnt { at } => upon(subject(at), Tone::Plain, say!("film-learnt")),
        What::Boarded {
            force, hulls, hp, ..
        } => match positions.place(force) {
            Some(at) => Showing::Chart(vec![
                Mark::Loss {
                    at: at.clone(),
                    hp: *hp,
                },
                Mark::Word {
                    at,
                    words: say!("film-boarded", n = *hulls),
                    tone: Tone::Loss,
                },
            ]),
            None => Showing::Caption,
        },
        What::Left { force } => beside(force, Tone::Plain, say!("film-leaves")),
        What::Sighted { place, .. } => Showing::Chart(vec![Mark::Seen { at: place.clone() }]),
        What::MeterReached { .. }
        | What::NobodyCalled { .. }
        | What::Related { .. }
        | What::Joined { .. }
        | What::Learned { .. }
        | What::Said { .. }
        | What::OnTable { .. }
        | What::OffTable { .. }
        | What::Word { .. }
        | What::Agreed { .. }
        | What::ObjectiveChanged { .. }
        | What::Ended { .. } => Showing::Caption,
        What::Made { .. } => Showing::Nothing(
            "what works make day after day is in the report; it would lay words over every place that makes something",
        ),
        What::FlagSet { .. } => Showing::Nothing(
            "a flag is the scenario's own note; what comes of it is a happening of its own",
        ),
    }
}

/// Where a site is, as far as known.
fn site_place(cast: &SeatView, site: &Key<Site>) -> Option<Place> {
    let seen = cast.sites.get(site).map(|s| &s.sector);
    let sector = seen.or_else(|| cast.map.sites.get(site).map(|s| &s.sector))?;
    Some(Place::Sector(sector.clone()))
}

/// For which side a force or contact fights; the seat's own if nobody knows.
pub fn side_of(cast: &SeatView, force: &Key<Force>) -> Key<crate::content::Side> {
    let own = cast.forces.get(force).map(|f| &f.side);
    let foreign = || cast.contacts.get(force.as_str()).map(|c| &c.side);
    own.or_else(foreign).unwrap_or(&cast.side).clone()
}

/// Whether a happening concerns the seat itself: its losses, battles, forces under fire, and what it is asked to do.
pub fn concerns(cast: &SeatView, what: &What) -> bool {
    let mine = |force: &Key<Force>| cast.forces.get(force).is_some_and(|f| f.mine);
    let fights = |place: &Place| {
        cast.report.iter().any(|e| match &e.what {
            What::Battle {
                place: at,
                attacker,
                defender,
                ..
            } => at == place && attacker.forces.iter().chain(&defender.forces).any(mine),
            _ => false,
        })
    };
    let held = |site: &Key<Site>| {
        let holder = cast.sites.get(site).map(|s| &s.owner);
        holder == Some(&cast.side)
    };
    let own = |at: &Subject| match at {
        Subject::Force(force) => mine(force),
        Subject::Site(site) => held(site),
        Subject::Sector(sector) => {
            let holder = cast.sectors.get(sector).and_then(|s| s.owner.as_ref());
            holder == Some(&cast.side)
        }
        Subject::Side(side) => *side == cast.side,
    };
    match what {
        What::ShipsLost { force, .. }
        | What::ForceLost { force, .. }
        | What::FlagshipLost { force, .. }
        | What::Pursued { force, .. }
        | What::Captured { force, .. }
        | What::Lured { force, .. }
        | What::Retreated { force, .. }
        | What::Barred { force, .. }
        | What::ArrivalBarred { force, .. }
        | What::GaveAway { force, .. }
        | What::Starving { force }
        | What::DeedOff { force, .. }
        | What::Boarded { force, .. }
        | What::Left { force } => mine(force),
        What::DeedDone { force, at, .. } => mine(force) || at.as_ref().is_some_and(own),
        What::DeedSuffered { at, .. } | What::Reached { at, .. } => own(at),
        What::SiteFired { target, .. } => mine(target),
        What::SiteShelled { site, .. } => held(site),
        What::SiteRazed { owner, .. } => *owner == cast.side,
        What::SiteTurned { by, from, .. } => *by == cast.side || *from == cast.side,
        What::GroundFight { camps, .. } => camps.iter().any(|camp| camp.side == cast.side),
        What::Related { one, other, .. } => *one == cast.side || *other == cast.side,
        What::Joined { seat, .. } => *seat == cast.seat,
        What::Refused { order, .. } => mine(&order.force),
        What::Salvos { target, .. } => target.as_ref().is_some_and(mine),
        What::Met { place, .. } | What::Bout { place, .. } | What::Battle { place, .. } => {
            fights(place)
        }
        What::SectorTaken { from, .. } => from.as_ref() == Some(&cast.side),
        What::SiteTaken { from, .. } => *from == cast.side,
        What::Agreed { .. } | What::ObjectiveChanged { .. } | What::Ended { .. } => true,
        What::Arrived { .. }
        | What::StanceTaken { .. }
        | What::Split { .. }
        | What::Merged { .. }
        | What::Moved { .. }
        | What::FellBack { .. }
        | What::SiteBlockaded { .. }
        | What::DepotMoved { .. }
        | What::Drew { .. }
        | What::Short { .. }
        | What::ConvoysLost { .. }
        | What::Repaired { .. }
        | What::Deployed { .. }
        | What::DeedBegun { .. }
        | What::Landed { .. }
        | What::Lifted { .. }
        | What::Made { .. }
        | What::Stocked { .. }
        | What::Called { .. }
        | What::NobodyCalled { .. }
        | What::Changed { .. }
        | What::Learnt { .. }
        | What::MeterReached { .. }
        | What::Learned { .. }
        | What::Said { .. }
        | What::OnTable { .. }
        | What::OffTable { .. }
        | What::Word { .. }
        | What::FlagSet { .. }
        | What::Sighted { .. } => false,
    }
}
