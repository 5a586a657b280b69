//! What a seat may expect of hostile forces it is about to meet, from its view alone: what is settled before any fight
//! is fought (`Expectation`), and one world in which they may be (`World`), of which a forecast tries many.
//!
//! Each guess follows a cause that can be read off the view, so that it stays right when the rules' numbers move:
//! whether they attack, from what they were seen to do and who is stronger; how they meet us, from what they were seen
//! in and what the meeting table pays; their crews, from how hard they hit last turn and whether their supply is cut;
//! their strength, from how well they were known when they were seen.

use std::collections::BTreeSet;

use crate::{
    content::{
        Class, Family, HP_PER_SP, Key, Modifier, Role, Rules, Sector, Stance, Stat, Terrain, Trait,
    },
    sim::{
        dice::Dice,
        journal::{Party, What},
        map::Graph,
        roster::Unit,
        state::{Belongs, Command, Crew, Place, Ships, Standing, squadron_strength, strength},
        stats::{Bearer, Temper},
        view::{Confidence, Contact, SeatView, Squadron},
    },
};

/// Chances of a day, permille. They were measured over wars of steady, rushing, hoarding and stalking seats; that each is
/// far from an even chance matters, its last digit does not.
mod habit {
    /// Whoever attacks or stands goes on in the same way: another family of stances, or another place, is dear.
    pub const KEEPS_ON: i64 = 930;
    /// Whoever gives way chooses anew each day; so often he chooses the same without looking.
    pub const SAME_AGAIN: i64 = 400;
    /// The stronger of two who are seen to attack goes on, though he is attacked.
    pub const PRESSES_ON: i64 = 900;
    /// ... the weaker does.
    pub const DARES: i64 = 300;
    /// The stronger attacks, if nothing was seen of his stance.
    pub const STRONGER: i64 = 600;
    /// ... the weaker does.
    pub const WEAKER: i64 = 50;
    /// Whoever was seen to give way turns on those who come at him.
    pub const TURNS: i64 = 30;
    /// ... on those he comes to himself.
    pub const SALLIES: i64 = 200;
    /// Ours do not attack but come into his place: he attacks if he was seen to, if nothing was seen, if he gave way.
    pub const ENTERED: (i64, i64, i64) = (950, 500, 100);
    /// Whoever was not seen last turn is no longer where he was.
    pub const MOVED: i64 = 500;
    /// Who leads them has a talent that bears on the fight.
    pub const TALENT: i64 = 500;
    /// There are forces with them that nobody has seen.
    pub const MORE: i64 = 30;
}

/// How likely, as a weight beside others.
type Weight = i64;

/// Crews as they may be.
#[derive(Clone, Copy, Debug)]
struct Crews {
    /// 0..=1000.
    readiness: i32,
    /// Whether anything is left to eat.
    fed: bool,
}

/// What is settled before any fight is fought.
pub(super) struct Expectation<'a> {
    rules: &'a Rules,
    /// They come into the place.
    comes: bool,
    /// Nobody has seen some of them this turn: where they are is a guess as well.
    lost: bool,
    /// Chance that they attack, permille.
    attacks: i64,
    /// Stances they may turn to if they attack.
    attacking: Vec<(Key<Stance>, Weight)>,
    /// ... if they defend.
    defending: Vec<(Key<Stance>, Weight)>,
    crews: Vec<(Crews, Weight)>,
    /// Traits that would bear on the fight in each stance.
    talents: Vec<(Key<Stance>, Vec<Key<Trait>>)>,
}

/// One world in which they may be. All of them share it: rolled apart for each, stances and crews would average out.
pub(super) struct World {
    attacks: bool,
    keeps_on: bool,
    same_again: bool,
    turns_to: Key<Stance>,
    crews: Crews,
    moved: bool,
    talent: bool,
    more: i64,
}

impl<'a> Expectation<'a> {
    /// What may be expected of these contacts, met in this sector by these forces, who come into it if `entering`.
    pub(super) fn of(
        view: &'a SeatView,
        sector: &Key<Sector>,
        own: &[Unit],
        entering: bool,
        foes: &[&Contact],
    ) -> Self {
        let rules = &*view.rules;
        let ours = own
            .iter()
            .max_by_key(|u| u.strength(rules))
            .map(|u| &u.bearing.stance);
        let stances = |family: Family| -> Vec<(Key<Stance>, Weight)> {
            rules
                .stances
                .iter()
                .filter(|(_, s)| s.family == family && !s.prepares)
                .map(|(key, _)| (key.clone(), appeal(rules, ours, key)))
                .collect()
        };
        Self {
            rules,
            comes: !entering || foes.iter().any(|c| c.place.sector() != sector),
            lost: foes.iter().any(|c| c.age > 0),
            attacks: boldness(rules, own, entering, foes),
            attacking: stances(Family::Attack),
            defending: stances(Family::Defend),
            crews: crews(view, foes),
            talents: talents(rules),
        }
    }

    /// One of the worlds.
    pub(super) fn roll(&self, dice: &mut Dice) -> World {
        let attacks = dice.chance(self.attacks);
        let keeps = dice.between(0, 999);
        let stances = if attacks {
            &self.attacking
        } else {
            &self.defending
        };
        let crews = pick(&self.crews, dice).copied().unwrap_or(Crews {
            readiness: self.rules.constants.readiness_start,
            fed: true,
        });
        let off = i32::try_from(dice.between(-50, 50)).unwrap_or(0);
        World {
            attacks,
            keeps_on: keeps < habit::KEEPS_ON,
            same_again: keeps < habit::SAME_AGAIN,
            turns_to: pick(stances, dice).cloned().unwrap_or_else(|| Key::new("")),
            crews: Crews {
                readiness: (crews.readiness + off).clamp(0, 1000),
                ..crews
            },
            moved: dice.chance(habit::MOVED),
            talent: dice.chance(habit::TALENT),
            more: if dice.chance(habit::MORE) {
                dice.between(1100, 1900)
            } else {
                1000
            },
        }
    }

    /// Whether they come into the place in this world.
    pub(super) fn enters(&self, world: &World) -> bool {
        self.comes || (self.lost && world.moved)
    }

    /// The contact as it is in this world.
    pub(super) fn unit(&self, contact: &Contact, n: usize, world: &World, dice: &mut Dice) -> Unit {
        let rules = self.rules;
        let (low, high) = strength_between(rules, contact);
        let ships = fleet_of(rules, None, dice.between(low, high) * world.more / 1000);
        let seen = contact
            .stance
            .as_ref()
            .and_then(|s| rules.stances.get_key_value(s));
        let kept = seen.filter(|(_, s)| match (s.family, world.attacks) {
            (Family::Attack, true) => world.keeps_on,
            (Family::Defend, false) if s.fixed => world.keeps_on,
            (Family::Defend, false) => world.same_again,
            _ => false,
        });
        let stance = kept.map_or(&world.turns_to, |(key, _)| key).clone();
        let talents = self.talents.iter().find(|(s, _)| *s == stance);
        let traits = talents
            .filter(|_| world.talent)
            .and_then(|(_, t)| t.get(dice.below(t.len() as u64) as usize))
            .cloned();
        let supply = if world.crews.fed {
            rules.constants.supply_days * 10
        } else {
            0
        };
        Unit {
            id: Key::new(format!("contact-{n}")),
            belongs: Belongs {
                name: String::new(),
                faction: Key::new(""),
                seat: Key::new(""),
                side: contact.side.clone(),
                children: 0,
                full: strength(rules, &ships),
            }
            .into(),
            place: Place::Sector(contact.place.sector().clone()),
            ships: Ships(ships).into(),
            magazine: Default::default(),
            crew: Crew {
                readiness: world.crews.readiness,
                supply,
                meters: Default::default(),
            },
            bearing: super::bearing(stance, None, 0, contact.fixed),
            standing: Standing {
                loss_limit: rules.constants.loss_limit,
                ..Standing::default()
            }
            .into(),
            command: Command {
                commander: None,
                traits: traits.into_iter().collect(),
            }
            .into(),
            line: Default::default(),
        }
    }
}

/// One of these by weight; none if there is none.
fn pick<'a, T>(of: &'a [(T, Weight)], dice: &mut Dice) -> Option<&'a T> {
    let total: Weight = of.iter().map(|(_, w)| w).sum();
    let mut at = dice.between(0, total - 1);
    of.iter()
        .find(|(_, weight)| {
            at -= weight;
            at < 0
        })
        .map(|(t, _)| t)
}

/// Chance that these contacts attack, permille: from what they were seen in, what ours are about, and who is stronger.
fn boldness(rules: &Rules, own: &[Unit], entering: bool, foes: &[&Contact]) -> i64 {
    let attack = |s: &Key<Stance>| rules.stances.get(s).map(|s| s.family == Family::Attack);
    let most = |of: &mut dyn Iterator<Item = (bool, i64)>| {
        let (mut yes, mut no) = (0_i64, 0_i64);
        for (attacks, hp) in of {
            *(if attacks { &mut yes } else { &mut no }) += hp;
        }
        (yes + no > 0).then_some(yes > no)
    };
    let ours = most(
        &mut own
            .iter()
            .filter_map(|u| Some((attack(&u.bearing.stance)?, u.strength(rules)))),
    );
    let seen = most(
        &mut foes
            .iter()
            .filter_map(|c| Some((attack(c.stance.as_ref()?)?, c.strength.1))),
    );
    let theirs: i64 = foes.iter().map(|c| c.strength.1).sum();
    let stronger = theirs > own.iter().map(|u| u.strength(rules)).sum();
    let (of_seen, of_unseen, of_yielding) = habit::ENTERED;
    match (ours.unwrap_or(false), seen) {
        (true, Some(true)) if stronger => habit::PRESSES_ON,
        (true, Some(true)) => habit::DARES,
        (true, None) if stronger => habit::STRONGER,
        (true, None) => habit::WEAKER,
        (true, Some(false)) if entering => habit::TURNS,
        (true, Some(false)) => habit::SALLIES,
        (false, _) if !entering => 1000,
        (false, Some(true)) => of_seen,
        (false, None) => of_unseen,
        (false, Some(false)) => of_yielding,
    }
}

/// How a stance would appeal to whoever has seen ours: of ways to defend, the better the more it makes us pay for what
/// it costs; few stand, since guns find whoever does. Of ways to attack, whoever gets here did not crawl.
fn appeal(rules: &Rules, ours: Option<&Key<Stance>>, key: &Key<Stance>) -> Weight {
    let Some(stance) = rules.stances.get(key) else {
        return 1;
    };
    if stance.family == Family::Attack {
        let crawls = |m: &Modifier| m.stat == Stat::Speed && m.permille < 0;
        return if stance.modifiers.iter().any(crawls) {
            50
        } else {
            1000
        };
    }
    let meeting = ours.and_then(|ours| rules.meetings.get(&(ours.clone(), key.clone())));
    let ratio = meeting.map_or(1000, |m| {
        (i64::from(m.defender) * 1000 / i64::from(m.attacker).max(1)).clamp(0, 100_000)
    });
    let weight = ratio * ratio / 1000;
    (if stance.fixed { weight / 5 } else { weight }).max(1)
}

/// Traits that would bear on a bout, by stance.
fn talents(rules: &Rules) -> Vec<(Key<Stance>, Vec<Key<Trait>>)> {
    let bears = |stance: &Key<Stance>, key: &Key<Trait>| {
        let traits = [key.clone()];
        let mut bearer = Bearer::stranger(rules, Some(stance), None);
        bearer.traits = &traits;
        let with = |stat| bearer.stat(stat, 1000, 0, 10_000).value();
        with(Stat::BoutHarm) != 1000 || with(Stat::BoutFire) != 1000
    };
    rules
        .stances
        .keys()
        .map(|stance| {
            let traits = rules.traits.keys().filter(|t| bears(stance, t));
            (stance.clone(), traits.cloned().collect())
        })
        .collect()
}

/// How strong a contact may be. What was tracked has shown its stance, and an old estimate is no worse than on the day
/// it was made.
pub(in crate::sim) fn strength_between(rules: &Rules, contact: &Contact) -> (i64, i64) {
    if contact.age == 0 {
        return (contact.strength.0, contact.strength.2);
    }
    let seen_as = if contact.stance.is_some() {
        Confidence::Track
    } else {
        Confidence::Plot
    };
    let error = i64::from(rules.constants.estimate_error[seen_as as usize]);
    let likely = contact.strength.1;
    (
        likely * 1000 / (1000 + error).max(1),
        likely * 1000 / (1000 - error).max(1),
    )
}

/// Readiness of their crews, and whether they have anything left to eat: one of what may be.
pub(in crate::sim) fn crews_of(view: &SeatView, foes: &[&Contact], dice: &mut Dice) -> (i32, bool) {
    let crews = pick(&crews(view, foes), dice).copied();
    let unknown = (view.rules.constants.readiness_start, true);
    crews.map_or(unknown, |c| (c.readiness, c.fed))
}

/// What their crews may be like. Before anything is known of them most are fresh, and the others anywhere between; the
/// more so of those who were out of sight and had time to rest, the less of those who fought last turn. Of those whose
/// supply is cut most are starving, and more of them each day. What they did to us last turn then tells which of these
/// they are.
fn crews(view: &SeatView, foes: &[&Contact]) -> Vec<(Crews, Weight)> {
    let rules = &*view.rules;
    let cut = is_cut(view, foes);
    let met = last_met(view, foes);
    let sum = |of: &dyn Fn(&Contact) -> bool| -> i64 {
        let some = foes.iter().filter(|c| of(c));
        some.map(|c| c.strength.1).sum()
    };
    let rested = sum(&|c| c.age > 0) * 2 > sum(&|_| true);
    let fresh = match met {
        Some(_) => 4,
        None if rested => 20,
        None => 10,
    };
    let mut all = Vec::new();
    for step in 0..=10 {
        let (fed, hungry): (Weight, Weight) = match (cut, step) {
            (true, 0) => (1, 12),
            (true, _) => (1, 1),
            (false, 0) => (1, 1),
            (false, 9 | 10) => (fresh, 0),
            (false, _) => (1, 0),
        };
        for (fed, weight) in [(true, fed), (false, hungry)] {
            let readiness = step * 100;
            all.push((Crews { readiness, fed }, weight * 1000));
        }
    }
    let Some((share, bouts)) = met else {
        return all;
    };
    let constants = &rules.constants;
    let unready = i64::from(constants.unready_fire);
    // Luck of so many bouts together: about four deviations of their mean.
    let luck = i64::from(constants.bout_luck.1 - constants.bout_luck.0).clamp(1, 10_000);
    let width = (luck * luck * 3 / 2 / bouts.max(1)).isqrt().max(1);
    // Beyond what the best or the worst of crews do on a common day it was luck.
    let worst = unready * i64::from(constants.starving_fire) / 1000;
    let share = share.clamp(worst * 850 / 1000, 1150);
    for (crews, weight) in &mut all {
        let ready = unready + (1000 - unready) * i64::from(crews.readiness) / 1000;
        let fire = if crews.fed {
            ready
        } else {
            ready * i64::from(constants.starving_fire) / 1000
        };
        let off = (share * 1000 / fire.max(1) - 1000).abs().min(width) * 1000 / width;
        let bell = 1000 - off * off / 1000;
        *weight = *weight * bell / 1000 * bell / 1000;
        // They were that fresh in the middle of it.
        let strain = i64::from(constants.bout_strain) * bouts / 2;
        crews.readiness -= i32::try_from(strain).unwrap_or(0).min(crews.readiness);
    }
    if cut {
        // What is aboard lasts so many days: of those still fed some are not fed today.
        let days = i64::from(constants.supply_days.max(1));
        for i in (1..all.len()).step_by(2) {
            let starve = all[i - 1].1 / days;
            all[i - 1].1 -= starve;
            all[i].1 += starve;
        }
    }
    all
}

/// Whether no open way leads from any depot of theirs, as far as known, to most of these contacts: through sectors that
/// are not held by others than the hostile, or in which hostile forces stand.
fn is_cut(view: &SeatView, foes: &[&Contact]) -> bool {
    let depots = view.sites.iter().filter_map(|(key, site)| {
        let kind = &view.map.sites.get(key)?.kind;
        let supplies = view.rules.site_kinds.get(kind)?.supply > 0;
        (supplies && view.hostile.contains(&site.owner)).then_some(&site.sector)
    });
    let hostile = view.contacts.values();
    let hostile = hostile.filter(|c| view.hostile.contains(&c.side));
    let stand: BTreeSet<&Key<Sector>> = hostile.map(|c| c.place.sector()).collect();
    let open = |sector: &Key<Sector>| {
        let owner = view.sectors.get(sector).and_then(|s| s.owner.as_ref());
        owner.is_none_or(|o| view.hostile.contains(o)) || stand.contains(sector)
    };
    let reached = Graph::new(&view.map).distances(depots, |_, e| open(&e.to).then_some(1));
    let (mut fed, mut all) = (0, 0);
    for foe in foes {
        all += foe.strength.1;
        if reached.contains_key(foe.place.sector()) {
            fed += foe.strength.1;
        }
    }
    fed * 2 < all
}

/// How hard these contacts hit in last turn's battles: what they dealt, permille of what fresh crews would have, and in
/// how many bouts. None if they were not met.
fn last_met(view: &SeatView, foes: &[&Contact]) -> Option<(i64, i64)> {
    let rules = &*view.rules;
    let names: Vec<&str> = view
        .contacts
        .iter()
        .filter(|(_, c)| foes.contains(c))
        .map(|(k, _)| k.as_str())
        .collect();
    let (mut dealt, mut full, mut fought) = (0, 0, 0);
    for entry in &view.report {
        let What::Battle {
            place,
            attacker,
            defender,
            bouts,
            ..
        } = &entry.what
        else {
            continue;
        };
        let stances = (attacker.stance.clone(), defender.stance.clone());
        let Some(meeting) = rules.meetings.get(&stances) else {
            continue;
        };
        for (own, foe, table) in [
            (attacker, defender, meeting.defender),
            (defender, attacker, meeting.attacker),
        ] {
            let theirs = foe.forces.iter().any(|f| names.contains(&f.as_str()));
            // What a handful of ships suffers tells nothing.
            if own.side != view.side || own.strength < HP_PER_SP || !theirs {
                continue;
            }
            let terrain = view.map.sectors.get(place.sector()).map(|s| &s.terrain);
            full += full_fire(view, own, foe, terrain, table) * i64::from(*bouts);
            dealt += own.lost;
            fought += i64::from(*bouts);
        }
    }
    (full > 0 && fought > 0).then(|| (dealt * 1000 / full, fought))
}

/// What fresh crews of a party would have dealt to one's own in a bout of mean luck, hit points.
fn full_fire(
    view: &SeatView,
    own: &Party,
    foe: &Party,
    terrain: Option<&Key<Terrain>>,
    table: i32,
) -> i64 {
    let rules = &*view.rules;
    let temper = Temper {
        meters: view.meters.clone(),
        ..Temper::default()
    };
    let (mut harm, mut whole) = (0, 0);
    for (key, force) in own
        .forces
        .iter()
        .filter_map(|k| view.forces.get_key_value(k))
    {
        let mut unit = super::own_unit(view, key, force);
        unit.bearing.stance = own.stance.clone();
        harm += Bearer::unit(rules, &unit, terrain, Some(&temper))
            .stat(Stat::BoutHarm, force.strength, 0, 1_000_000_000)
            .value();
        whole += force.strength;
    }
    let frontage = terrain
        .and_then(|t| rules.terrain.get(t))
        .map_or(i64::MAX, |t| i64::from(t.frontage) * HP_PER_SP);
    let fire = i128::from(foe.strength.min(frontage))
        * i128::from(rules.constants.bout_rate)
        * i128::from(table)
        * i128::from(harm)
        / (i128::from(whole.max(1)) * 1_000_000);
    i64::try_from(fire).unwrap_or(0)
}

/// A likely fleet of so many hit points: two parts capitals, three parts screens, of hulls of these classes if they have
/// such, else of the most common; the last hull
/// is a damaged one, so that no hit point is lost in counting.
pub(in crate::sim) fn fleet_of(
    rules: &Rules,
    of: Option<&BTreeSet<Key<Class>>>,
    hp: i64,
) -> Vec<Squadron> {
    let class = |role: Role| {
        let mut all = rules.classes.iter().filter(|(_, c)| c.role == role);
        let theirs = all
            .clone()
            .find(|(k, _)| of.is_some_and(|of| of.contains(*k)));
        theirs.or_else(|| all.next())
    };
    let mut ships = Vec::new();
    let mut left = hp.max(1);
    for (class, part) in [
        (class(Role::Capital), left * 2 / 5),
        (class(Role::Screen).or_else(|| class(Role::Capital)), left),
    ] {
        let Some((key, class)) = class else { continue };
        let hull = i64::from(class.hull.max(1));
        // Capitals whole, the rest rounded up.
        let hulls = if part < left {
            part / hull
        } else {
            (left + hull - 1) / hull
        };
        let squadron = Squadron {
            class: key.clone(),
            fit: i32::try_from(hulls).unwrap_or(i32::MAX),
            crippled: 0,
            wounds: (hulls * hull - left).max(0),
        };
        if hulls > 0 {
            left -= squadron_strength(rules, &squadron).min(left);
            ships.push(squadron);
        }
        if left == 0 {
            break;
        }
    }
    ships
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Catalog;

    #[test]
    fn no_hit_point_is_lost_in_counting() {
        let rules = Catalog::shipped().rules;
        for hp in [1, 19, 20, 39, 99, 155, 330, 1000, 1234, 80_001] {
            assert_eq!(strength(&rules, &fleet_of(&rules, None, hp)), hp);
        }
    }
}
