//! One battle as a pure rule: parties in, losses and ground out. The turn feeds it the truth, a forecast what its
//! seat believes; both get the same war.

use std::collections::BTreeMap;

use crate::{
    content::{
        Family, Ground, HP_PER_SP, Key, Meeting, Posture, Role, Rules, Side, Stance, Stat, Terrain,
    },
    sim::{
        around::Around,
        dice::Dice,
        fire::damage::{self, Aimed, ClassLoss},
        journal::GroundResult,
        roster::Unit,
        state::role_strength,
        stats::{Bearer, Temper},
    },
};

/// Forces of one side in the place.
#[derive(Clone, Debug)]
pub struct Party {
    /// Whose.
    pub side: Key<Side>,
    /// Its forces.
    pub units: Vec<Unit>,
    /// Whether it came into the place this turn.
    pub entered: bool,
    /// Hit points it lost to fire this turn.
    pub fire_loss: i64,
    /// What bears on its forces.
    pub temper: Temper,
    /// What bears on them from where they fight, and from how many sectors they came.
    pub around: Around,
}

impl Party {
    /// Its forces as bearers of modifiers.
    fn bearers<'a>(
        &'a self,
        rules: &'a Rules,
        terrain: Option<&'a Key<Terrain>>,
    ) -> Vec<Bearer<'a>> {
        let capitals: i64 = self
            .units
            .iter()
            .map(|u| role_strength(rules, &u.ships.0, Role::Capital))
            .sum();
        let bearer = |u| Bearer {
            crowd: i32::try_from(capitals / HP_PER_SP).unwrap_or(i32::MAX),
            ..Bearer::unit(rules, u, terrain, Some(&self.temper))
        };
        let units = self.units.iter();
        units
            .map(|u| bearer(u).within(Some(&self.around)))
            .collect()
    }

    /// Whether all of it stays on the field, come what may.
    fn stays(&self, rules: &Rules) -> bool {
        let stays = |u: &Unit| posture(rules, u).is_some_and(|p| p.stays);
        !self.units.is_empty() && self.units.iter().all(stays)
    }
}

/// A battle about to be fought.
#[derive(Clone, Debug)]
pub struct Fight {
    /// Where: how many can fight at once, what bears on them.
    pub terrain: Option<Key<Terrain>>,
    /// Who. At least two of them hostile.
    pub parties: Vec<Party>,
    /// Which parties fight one another, by index, first lower.
    pub hostile: Vec<(usize, usize)>,
}

/// What one force lost in one bout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoutLoss {
    /// Bout, from 1.
    pub bout: u32,
    /// Party and force, by index.
    pub who: (usize, usize),
    /// Ships.
    pub losses: Vec<ClassLoss>,
}

/// How one pair of parties came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PairResult {
    /// Who attacked, by index.
    pub attacker: usize,
    /// Who defended.
    pub defender: usize,
    /// How they met.
    pub stances: (Key<Stance>, Key<Stance>),
    /// Bouts fought.
    pub bouts: u32,
    /// How the ground was settled.
    pub ground: GroundResult,
    /// Lanes the defender gives; 0: he keeps the place, and the attacker goes back.
    pub yields: i32,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The parties after it.
    pub parties: Vec<Party>,
    /// Hit points of each party at the start.
    pub before: Vec<i64>,
    /// Who lost what when.
    pub losses: Vec<BoutLoss>,
    /// How each pair came out.
    pub pairs: Vec<PairResult>,
    /// Forces that ran after a feint: party and force, by index.
    pub lured: Vec<(usize, usize)>,
}

/// Fights it out.
pub fn resolve(rules: &Rules, fight: Fight, dice: &mut Dice) -> Outcome {
    let Fight {
        terrain,
        mut parties,
        hostile,
    } = fight;
    let before: Vec<i64> = parties.iter().map(|p| power(rules, p)).collect();
    let mut pairs: Vec<Pair> = hostile
        .iter()
        .filter_map(|(a, b)| pair(rules, &parties, (*a, *b), dice))
        .collect();
    let start: Vec<Vec<i64>> = parties
        .iter()
        .map(|p| p.units.iter().map(|u| u.strength(rules)).collect())
        .collect();
    let mut lured = Vec::new();
    for pair in &mut pairs {
        lure(rules, &parties, pair, &mut lured, terrain.as_ref(), dice);
    }
    let mut losses = Vec::new();
    let longest = pairs
        .iter()
        .map(|p| p.meeting.bouts)
        .max()
        .unwrap_or(0)
        .clamp(0, 100);
    for bout in 1..=longest {
        for pair in pairs.iter_mut().filter(|p| p.open) {
            pair.open =
                bout <= pair.meeting.bouts && settle(rules, &parties, &start, &before, pair);
        }
        if pairs.iter().all(|p| !p.open) {
            break;
        }
        let (dealt, tired) = exchange(rules, &parties, &start, &pairs, terrain.as_ref(), dice);
        for (who, hp, aimed) in dealt {
            let unit = &mut parties[who.0].units[who.1];
            let lost = damage::spread(rules, &mut unit.ships.0, hp, aimed, dice);
            if !lost.is_empty() {
                losses.push(BoutLoss {
                    bout: bout.unsigned_abs(),
                    who,
                    losses: lost,
                });
            }
        }
        for pair in pairs.iter_mut().filter(|p| p.open) {
            pair.fought += 1;
        }
        for ((party, unit), strain) in tired {
            let crew = &mut parties[party].units[unit].crew;
            crew.readiness = (crew.readiness - strain).max(0);
        }
    }
    let results = pairs
        .into_iter()
        .map(|pair| pair.result(rules, &parties, &start, &before, terrain.as_ref()))
        .collect();
    Outcome {
        parties,
        before,
        losses,
        pairs: results,
        lured,
    }
}

/// Hit points of a party.
pub fn power(rules: &Rules, party: &Party) -> i64 {
    party.units.iter().map(|u| u.strength(rules)).sum()
}

struct Pair {
    attacker: usize,
    defender: usize,
    stances: (Key<Stance>, Key<Stance>),
    meeting: Meeting,
    fought: u32,
    open: bool,
    lured: bool,
    early: Option<GroundResult>,
}

/// Who attacks whom, and how the table says they meet.
fn pair(rules: &Rules, parties: &[Party], (a, b): (usize, usize), dice: &mut Dice) -> Option<Pair> {
    let (sa, sb) = (
        stance_of(rules, &parties[a])?,
        stance_of(rules, &parties[b])?,
    );
    let family = |s: &Key<Stance>| rules.stances.get(s).map(|s| s.family);
    let (pa, pb) = (power(rules, &parties[a]), power(rules, &parties[b]));
    // Whoever came attacks; of two who came, or two who stay, the one who means to; then the stronger; then a die.
    let key = |entered: bool, s: &Key<Stance>, power: i64| {
        (family(s) == Some(Family::Attack), entered, power)
    };
    let (ka, kb) = (
        key(parties[a].entered, &sa, pa),
        key(parties[b].entered, &sb, pb),
    );
    let first = match ka.cmp(&kb) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => dice.below(2) == 0,
    };
    let (attacker, defender, sa, sb) = if first {
        (a, b, sa, sb)
    } else {
        (b, a, sb, sa)
    };
    let as_family = |s: Key<Stance>, wanted: Family| match rules.stances.get(&s) {
        Some(d) if d.family != wanted => d.otherwise.clone(),
        _ => s,
    };
    let stances = (as_family(sa, Family::Attack), as_family(sb, Family::Defend));
    let meeting = rules.meetings.get(&stances)?.clone();
    Some(Pair {
        attacker,
        defender,
        stances,
        meeting,
        fought: 0,
        open: true,
        lured: false,
        early: None,
    })
}

/// The stance of most of a party's strength.
pub fn stance_of(rules: &Rules, party: &Party) -> Option<Key<Stance>> {
    let mut weights: BTreeMap<&Key<Stance>, i64> = BTreeMap::new();
    for unit in &party.units {
        *weights.entry(&unit.bearing.stance).or_default() += unit.strength(rules).max(1);
    }
    weights
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))
        .map(|(s, _)| s.clone())
}

fn posture<'a>(rules: &'a Rules, unit: &Unit) -> Option<&'a Posture> {
    unit.bearing
        .posture
        .as_ref()
        .and_then(|p| rules.postures.get(p))
}

/// A feint asks each commander on the attacking side whether he runs after it.
fn lure(
    rules: &Rules,
    parties: &[Party],
    pair: &mut Pair,
    lured: &mut Vec<(usize, usize)>,
    terrain: Option<&Key<Terrain>>,
    dice: &mut Dice,
) {
    if !rules.stances.get(&pair.stances.1).is_some_and(|s| s.lures) || !pair.meeting.lures {
        return;
    }
    let party = &parties[pair.attacker];
    // The hottest head in the place decides for those beside it that are not on the leash.
    let chance = party
        .units
        .iter()
        .filter(|u| !u.bearing.leashed)
        .map(|u| {
            Bearer::unit(rules, u, terrain, Some(&party.temper))
                .within(Some(&party.around))
                .stat(Stat::Bait, 0, 0, 1000)
                .value()
        })
        .max()
        .unwrap_or(0);
    if !dice.chance(chance) {
        return;
    }
    let follow = rules.constants.bait_follow.clamp(0, 8) as usize;
    let free: Vec<usize> = (0..party.units.len())
        .filter(|i| !party.units[*i].bearing.leashed)
        .collect();
    let many = (free.len() * follow).div_ceil(8);
    let ran: i64 = free
        .iter()
        .take(many)
        .map(|i| party.units[*i].strength(rules))
        .sum();
    lured.extend(free.into_iter().take(many).map(|i| (pair.attacker, i)));
    // The ground is lost to a feint only if most of the strength ran after it; the rest walks in.
    pair.lured = ran * 2 > power(rules, party);
}

/// Whether the pair fights another bout; if not, why it ended early is noted.
fn settle(
    rules: &Rules,
    parties: &[Party],
    start: &[Vec<i64>],
    before: &[i64],
    pair: &mut Pair,
) -> bool {
    let now = |i: usize| power(rules, &parties[i]);
    let lost = |i: usize| (before[i] - now(i)) * 1000 / before[i].max(1);
    if now(pair.attacker) == 0 || now(pair.defender) == 0 {
        pair.early = Some(GroundResult::Annihilated);
        return false;
    }
    if let Ground::Stands(limits) = &pair.meeting.ground {
        let stays = parties[pair.defender].stays(rules);
        if lost(pair.defender) >= i64::from(limits.defender_loss) && !stays {
            pair.early = Some(GroundResult::Broken);
            return false;
        }
        if lost(pair.attacker) >= i64::from(limits.attacker_loss) {
            pair.early = Some(GroundResult::Stopped);
            return false;
        }
    }
    for (side, result) in [
        (pair.defender, GroundResult::BrokenOff),
        (pair.attacker, GroundResult::Stopped),
    ] {
        if parties[side]
            .units
            .iter()
            .zip(&start[side])
            .all(|(u, before)| is_spent(rules, u, *before))
        {
            pair.early = Some(result);
            return false;
        }
    }
    true
}

/// Whether a force has reached its loss limit.
fn is_spent(rules: &Rules, unit: &Unit, before: i64) -> bool {
    let lost = before - unit.strength(rules);
    let stays = posture(rules, unit).is_some_and(|p| p.stays);
    unit.is_gone() || !stays && lost * 1000 >= before * i64::from(unit.standing.loss_limit)
}

/// What each force has to take in a bout: party and force by index, hit points, how they were aimed.
type Dealt = Vec<((usize, usize), i64, Aimed)>;
/// What a bout costs each force in readiness: party and force by index, points.
type Tired = Vec<((usize, usize), i32)>;

/// One bout: what each force has to take and how it tires, worked out before anybody takes it.
fn exchange(
    rules: &Rules,
    parties: &[Party],
    start: &[Vec<i64>],
    pairs: &[Pair],
    terrain: Option<&Key<Terrain>>,
    dice: &mut Dice,
) -> (Dealt, Tired) {
    let bearers: Vec<Vec<Bearer>> = parties.iter().map(|p| p.bearers(rules, terrain)).collect();
    let frontage = terrain
        .and_then(|t| rules.terrain.get(t))
        .map_or(i64::MAX / 1000, |t| i64::from(t.frontage) * HP_PER_SP);
    // Forces that have not reached their limit stand in the line.
    let line: Vec<Vec<usize>> = parties
        .iter()
        .zip(start)
        .map(|(p, s)| {
            (0..p.units.len())
                .filter(|i| !is_spent(rules, &p.units[*i], s[*i]))
                .collect()
        })
        .collect();
    let strength: Vec<i64> = line
        .iter()
        .enumerate()
        .map(|(p, l)| l.iter().map(|i| parties[p].units[*i].strength(rules)).sum())
        .collect();
    let mut dealt: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut aims: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
    let mut tired = Tired::new();
    for pair in pairs.iter().filter(|p| p.open) {
        for (from, to, table) in [
            (pair.attacker, pair.defender, pair.meeting.attacker),
            (pair.defender, pair.attacker, pair.meeting.defender),
        ] {
            let attacks = from == pair.attacker;
            for (i, bearer) in bearers[from].iter().enumerate() {
                let strain = i64::from(rules.constants.bout_strain);
                let bearer = bearer.facing(&bearers[to], attacks);
                let strain = bearer.value(Stat::BoutStrain, strain, 0, 1000);
                tired.push(((from, i), i32::try_from(strain).unwrap_or(1000)));
            }
            // Whoever fights several at once divides his fire by their strength.
            let foes: i64 = pairs
                .iter()
                .filter(|p| p.open)
                .filter_map(|p| match from {
                    f if f == p.attacker => Some(strength[p.defender]),
                    f if f == p.defender => Some(strength[p.attacker]),
                    _ => None,
                })
                .sum();
            if foes == 0 || strength[from] == 0 {
                continue;
            }
            // Room is what the widest of its forces make of it.
            let wide = line[from].iter().map(|i| {
                let bearer = bearers[from][*i].facing(&bearers[to], attacks);
                bearer
                    .stat(Stat::Frontage, frontage, 0, i64::MAX / 1000)
                    .value()
            });
            let engaged = strength[from].min(wide.max().unwrap_or(frontage));
            let mut fire = 0_i64;
            for i in &line[from] {
                let unit = &parties[from].units[*i];
                let bearer = bearers[from][*i].facing(&bearers[to], attacks);
                let aim = aims.entry(to).or_default();
                aim.0 += unit.strength(rules) * bearer.stat(Stat::Seek, 1000, 0, 10_000).value();
                aim.1 += unit.strength(rules);
                let unready = i64::from(rules.constants.unready_fire);
                let ready = unready + (1000 - unready) * i64::from(unit.crew.readiness) / 1000;
                let factor = bearer.stat(Stat::BoutFire, ready, 0, 10_000).value();
                fire += unit.strength(rules) * factor / 1000;
            }
            // Only what the place has room for fights.
            let fire = i128::from(fire) * i128::from(engaged) / i128::from(strength[from])
                * i128::from(rules.constants.bout_rate)
                * i128::from(table)
                * i128::from(strength[to])
                / (i128::from(foes) * 1_000_000);
            let luck = dice.between(
                i64::from(rules.constants.bout_luck.0),
                i64::from(rules.constants.bout_luck.1),
            );
            let fire = i64::try_from(fire * i128::from(luck) / 1000).unwrap_or(i64::MAX);
            let (mut rest, mut rest_strength) = (fire, strength[to]);
            for i in &line[to] {
                let unit = &parties[to].units[*i];
                let own = unit.strength(rules);
                let part = if rest_strength <= own {
                    rest
                } else {
                    dice.share(rest, own, rest_strength)
                };
                rest -= part;
                rest_strength -= own;
                let harm = bearers[to][*i]
                    .facing(&bearers[from], !attacks)
                    .stat(Stat::BoutHarm, part, 0, 1_000_000_000)
                    .value();
                *dealt.entry((to, *i)).or_default() += harm;
            }
        }
    }
    let dealt = dealt
        .into_iter()
        .filter(|(_, hp)| *hp > 0)
        .map(|((p, i), hp)| {
            let (sought, by) = aims.get(&p).copied().unwrap_or((1000, 1));
            let sheltered = posture(rules, &parties[p].units[i]).is_some_and(|p| p.shelters);
            let shelter = bearers[p][i].stat(Stat::Shelter, damage::SHELTERED, 0, 1000);
            let aimed = Aimed {
                seek: sought / by.max(1),
                shelter: sheltered.then(|| shelter.value()),
            };
            ((p, i), hp, aimed)
        })
        .collect();
    (dealt, tired)
}

impl Pair {
    fn result(
        self,
        rules: &Rules,
        parties: &[Party],
        start: &[Vec<i64>],
        before: &[i64],
        terrain: Option<&Key<Terrain>>,
    ) -> PairResult {
        let (attacker, defender) = (&parties[self.attacker], &parties[self.defender]);
        let spent = |side: usize| {
            parties[side]
                .units
                .iter()
                .zip(&start[side])
                .all(|(u, s)| is_spent(rules, u, *s))
        };
        let lost = |i: usize| (before[i] - power(rules, &parties[i])) * 1000 / before[i].max(1);
        let nobody = power(rules, attacker) == 0 || power(rules, defender) == 0;
        let (ground, yields) = match self.early {
            _ if nobody => (
                GroundResult::Annihilated,
                i32::from(power(rules, defender) == 0),
            ),
            Some(GroundResult::Stopped) => (GroundResult::Stopped, 0),
            _ if defender.stays(rules) => (GroundResult::Held, 0),
            Some(other) => (other, 1),
            None if spent(self.attacker) => (GroundResult::Stopped, 0),
            None if spent(self.defender) => (GroundResult::BrokenOff, 1),
            None if self.lured => (GroundResult::Lured, 0),
            None => match &self.meeting.ground {
                Ground::Defender => (GroundResult::Held, 0),
                Ground::Yields(lanes) => (GroundResult::Given, *lanes),
                Ground::Contested => {
                    let hold = rules
                        .stances
                        .get(&self.stances.1)
                        .and_then(|s| s.holds.as_ref());
                    let cover = terrain
                        .and_then(|t| rules.terrain.get(t))
                        .is_some_and(|t| t.cover);
                    let held = defender
                        .units
                        .iter()
                        .map(|u| u.bearing.held)
                        .max()
                        .unwrap_or(0);
                    match hold {
                        Some(hold)
                            if held < hold.days
                                && (cover || attacker.fire_loss >= hold.fire_loss) =>
                        {
                            (GroundResult::Held, 0)
                        }
                        _ => (GroundResult::Given, 1),
                    }
                }
                Ground::Stands(limits) => {
                    let held = defender
                        .units
                        .iter()
                        .map(|u| u.bearing.held)
                        .max()
                        .unwrap_or(0);
                    let readiness = mean_readiness(rules, defender);
                    if lost(self.defender) >= i64::from(limits.defender_loss)
                        || readiness < limits.defender_readiness
                        || held + 1 >= limits.days
                    {
                        (GroundResult::Broken, 1)
                    } else {
                        (GroundResult::Held, 0)
                    }
                }
            },
        };
        PairResult {
            attacker: self.attacker,
            defender: self.defender,
            stances: self.stances,
            bouts: self.fought,
            ground,
            yields,
        }
    }
}

/// Readiness of a party, by strength.
fn mean_readiness(rules: &Rules, party: &Party) -> i32 {
    let total = power(rules, party).max(1);
    let sum: i64 = party
        .units
        .iter()
        .map(|u| u.strength(rules) * i64::from(u.crew.readiness))
        .sum();
    i32::try_from(sum / total).unwrap_or(0)
}
