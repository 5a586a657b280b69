//! Rules as data: what counts in a war, checked and typed. Read from `assets/rules/*.ron`.
//!
//! Units: strength in hit points (100 make one strength point, SP), distances in chart units (a lane
//! of the trunk is about 100), chances and shares in permille, readiness 0..=1000, supply in days.

use std::{collections::BTreeMap, sync::OnceLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Deed, Key, Meter, Modifier, Scenario, SiteKind, SourceKind, Stat, Troops};

/// Hit points in one strength point.
pub const HP_PER_SP: i64 = 100;

/// Everything `assets/rules` defines.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rules {
    /// Numbers that belong to no single thing.
    pub constants: Constants,
    /// What magazines and depots hold.
    pub stocks: BTreeMap<Key<Stock>, Stock>,
    /// What is fired over a distance.
    pub weapons: BTreeMap<Key<Weapon>, Weapon>,
    /// Kinds of ship.
    pub classes: BTreeMap<Key<Class>, Class>,
    /// What a place is like.
    pub terrain: BTreeMap<Key<Terrain>, Terrain>,
    /// Ways to meet the enemy.
    pub stances: BTreeMap<Key<Stance>, Stance>,
    /// Ways to hold oneself, on top of a stance.
    pub postures: BTreeMap<Key<Posture>, Posture>,
    /// What happens when two stances meet: (attacker, defender).
    pub meetings: BTreeMap<(Key<Stance>, Key<Stance>), Meeting>,
    /// Named counters.
    pub meters: BTreeMap<Key<Meter>, Meter>,
    /// What forces, factions and people are like.
    pub traits: BTreeMap<Key<Trait>, Trait>,
    /// Named people who command forces.
    pub commanders: BTreeMap<Key<Commander>, Commander>,
    /// Kinds of site.
    pub site_kinds: BTreeMap<Key<SiteKind>, SiteKind>,
    /// Orders that are data.
    pub deeds: BTreeMap<Key<Deed>, Deed>,
    /// Which kinds of thing change which statistic at all, once that was worked out.
    #[serde(skip)]
    pub touched: Touched,
}

impl Rules {
    /// The rules as a scenario plays them: without the special postures, meters and deeds that it does not name.
    pub fn in_play(&self, scenario: &Scenario) -> Self {
        let with = &scenario.with;
        let mut rules = self.clone();
        rules
            .postures
            .retain(|key, posture| !posture.special || with.postures.contains(key));
        rules
            .meters
            .retain(|key, meter| !meter.special || with.meters.contains(key));
        rules
            .deeds
            .retain(|key, deed| !deed.special || with.deeds.contains(key));
        rules
    }
}

/// For each statistic the kinds of source of which any thing of the rules changes it, as bits; derived, and no part of
/// the rules: whoever copies them in order to change them has none.
#[derive(Debug, Default)]
pub struct Touched(OnceLock<Vec<u16>>);

impl Clone for Touched {
    fn clone(&self) -> Self {
        Self::default()
    }
}
impl PartialEq for Touched {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Touched {}

impl Rules {
    /// Works out what changes what, for a war in which the rules stay as they are.
    pub fn settle(&self) {
        self.touched.0.get_or_init(|| {
            let mut bits: Vec<u16> = Vec::new();
            let mut note = |kind: SourceKind, modifiers: &[Modifier]| {
                for modifier in modifiers {
                    let stat = modifier.stat as usize;
                    bits.resize(bits.len().max(stat + 1), 0);
                    bits[stat] |= 1 << kind as u16;
                }
            };
            self.classes
                .values()
                .for_each(|c| note(SourceKind::Class, &c.modifiers));
            self.terrain
                .values()
                .for_each(|t| note(SourceKind::Terrain, &t.modifiers));
            self.stances
                .values()
                .for_each(|s| note(SourceKind::Stance, &s.modifiers));
            self.postures
                .values()
                .for_each(|p| note(SourceKind::Posture, &p.modifiers));
            self.traits
                .values()
                .for_each(|t| note(SourceKind::Trait, &t.modifiers));
            self.site_kinds
                .values()
                .for_each(|k| note(SourceKind::Site, &k.modifiers));
            let thresholds = self.meters.values().flat_map(|m| &m.thresholds);
            thresholds.for_each(|t| note(SourceKind::Meter, &t.modifiers));
            bits
        });
    }

    /// Whether anything of this kind may change a statistic; in doubt it may.
    pub fn touches(&self, kind: SourceKind, stat: Stat) -> bool {
        self.touching(stat).has(kind)
    }

    /// The kinds of things of which any may change a statistic; in doubt all.
    pub fn touching(&self, stat: Stat) -> Kinds {
        let Some(all) = self.touched.0.get() else {
            return Kinds(u16::MAX);
        };
        Kinds(all.get(stat as usize).copied().unwrap_or(0))
    }
}

/// Kinds of things that bear modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kinds(u16);

impl Kinds {
    /// Whether this kind is among them.
    pub fn has(self, kind: SourceKind) -> bool {
        self.0 >> kind as u16 & 1 == 1
    }
}

/// What a magazine or depot holds: charges, missiles, days of supply.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Stock {
    /// Shown name.
    pub name: String,
    /// Counted as an irreplaceable reserve (the clock at the top of the screen).
    pub reserve: bool,
    /// What it is in a ground fight; none: no troops.
    pub troops: Option<Troops>,
}

/// When a weapon fires.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// On order or by fire policy, at a contact in range.
    Salvo,
    /// At whoever gave himself away by firing this turn; never answered in turn.
    Answer,
    /// At whoever stood in one place through last turn's battle.
    Bombard,
    /// Of sites and bases: at hostile forces in the same sector, every turn.
    Orbit,
}

/// A long-range weapon. Distance is straight across the chart; lanes do not bind it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Weapon {
    /// Shown name.
    pub name: String,
    /// When it fires.
    pub trigger: Trigger,
    /// One of these is used up by each salvo; none: never runs dry.
    pub stock: Option<Key<Stock>>,
    /// Furthest target, chart units.
    pub range: i32,
    /// Chance to hit at distance zero, permille.
    pub accuracy: i32,
    /// Chance lost for each 1,000 chart units, permille (2 a unit is 2000).
    pub falloff: i32,
    /// Highest chance after all modifiers, permille.
    pub accuracy_cap: i32,
    /// Least and most damage of a hit, hit points.
    pub damage: (i32, i32),
    /// Salvos a turn for each mount, permille (two mounts at 500 make one salvo).
    pub tempo: i32,
    /// Whether screens may shoot it down on the way.
    pub interceptable: bool,
    /// A miss strays: chance that it falls on whoever else is in the place, permille.
    pub scatter: i32,
    /// Within this distance of the firer, hostile sensors get a track on it, chart units.
    pub reveals: i32,
    /// Readiness that each salvo takes from the force it is fired at, whether or not it hits.
    pub shakes: i32,
    /// What bears on its aim (`Stat::Aim`) and on whom it seeks (`Stat::Seek`), asked of the firer.
    pub modifiers: Vec<Modifier>,
}

/// What a ship is for.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Carries the guns; few and dear.
    Capital,
    /// Goes between the enemy and the capitals.
    Screen,
    /// Fast, made to be elsewhere.
    Raider,
    /// Carries stocks and supply.
    Transport,
    /// Builds, mends, clears.
    Engineer,
    /// Does not move.
    Base,
}

/// A kind of ship.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Class {
    /// Shown name.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Hit points of one hull.
    pub hull: i32,
    /// Movement a turn, chart units; a force moves as its slowest ship.
    pub speed: i32,
    /// Long-range weapons: mounts on each hull.
    pub weapons: BTreeMap<Key<Weapon>, i32>,
    /// Stocks one hull can hold.
    pub magazine: BTreeMap<Key<Stock>, i32>,
    /// Missiles one hull may shoot down, permille of one salvo a turn.
    pub intercept: i32,
    /// Whatever else sets it apart.
    pub modifiers: Vec<Modifier>,
    /// Only where a scenario names it: no theatre is generated with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub special: bool,
}

/// What a sector or lane is like.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Terrain {
    /// Shown name.
    pub name: String,
    /// One sentence for the inspector.
    pub summary: String,
    /// Strength points of one side that can fight at once here.
    pub frontage: i32,
    /// Whether a contesting force may hold here without having hurt the attacker by fire.
    pub cover: bool,
    /// Whether whoever enters ends its march here, hostile forces or not: a gap between obstacles.
    pub stops: bool,
    /// What it does to whoever is in it.
    pub modifiers: Vec<Modifier>,
}

/// Attack or defend: which side of the meeting table a stance stands on.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Rows: press, probe, column.
    Attack,
    /// Columns: slip, contest, feint, stand.
    Defend,
}

/// A way to meet the enemy.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Stance {
    /// Shown name.
    pub name: String,
    /// One sentence: what it gives and what it costs.
    pub summary: String,
    /// Which side of the table it stands on.
    pub family: Family,
    /// The stance of the other family that it counts as when it must (two attackers meet).
    pub otherwise: Key<Stance>,
    /// Whether it begins next turn only (columns have to form).
    pub prepares: bool,
    /// Whether hostile forces in a place on the way do not end its march.
    pub passes: bool,
    /// Speed while a hostile force stands in the way, chart units a turn (columns that press through).
    pub slowed_to: Option<i32>,
    /// Whether fire at range finds it where it stood last turn (see `Trigger::Bombard`).
    pub fixed: bool,
    /// Whether it may draw the attacker after it (`Stat::Bait` is asked of the attacker).
    pub lures: bool,
    /// Whether it holds a sector a second day: see `Terrain::cover`.
    pub holds: Option<Hold>,
    /// Readiness needed to take it up, 0 to 1000.
    pub needs_readiness: i32,
    /// Readiness lost each turn it is kept.
    pub upkeep: i32,
    /// What it does to the force.
    pub modifiers: Vec<Modifier>,
}

/// When a delaying stance keeps its sector for a day instead of giving it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Hold {
    /// Days in a row in one sector.
    pub days: i32,
    /// Hit points the attackers must have lost to fire this turn (unless the terrain is cover).
    pub fire_loss: i64,
    /// Readiness it takes.
    pub readiness: i32,
}

/// A way to hold oneself, on top of a stance: shadow, raid, silent, regroup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Posture {
    /// Shown name.
    pub name: String,
    /// One sentence: what it gives and what it costs.
    pub summary: String,
    /// Only where a scenario names it (`Scenario::with`).
    pub special: bool,
    /// Whether the force may move in it.
    pub moves: bool,
    /// Whether screens take the fire meant for capitals while any screen lives.
    pub shelters: bool,
    /// Whether it cuts supply through the place it is in and the lanes beside it.
    pub interdicts: bool,
    /// Whether it keeps off battles it is not forced into.
    pub evades: bool,
    /// Whether it shells hostile sites in its sector.
    pub besieges: bool,
    /// Whether it joins battles of its side in neighbouring sectors.
    pub supports: bool,
    /// Whether it never leaves the field, whatever the table says: it stays until one of the two is gone.
    pub stays: bool,
    /// Readiness gained each turn on top of rest.
    pub readiness: i32,
    /// What it does to the force.
    pub modifiers: Vec<Modifier>,
}

/// What happens when an attacking stance meets a defending one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    /// Strength dealt by the attacker in a bout, permille of the rate in `Constants::bout_rate`.
    pub attacker: i32,
    /// Strength dealt by the defender.
    pub defender: i32,
    /// How many bouts at most.
    pub bouts: i32,
    /// Whether an attacker who does so may be lured by a stance that lures (see `Stance::lures`).
    pub lures: bool,
    /// Who has the ground afterwards.
    pub ground: Ground,
}

/// Who has the ground after a meeting.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The defender keeps it; the attacker goes back the way it came.
    Defender,
    /// The defender gives this many lanes.
    Yields(i32),
    /// The defender gives a lane unless his stance holds (`Stance::holds`).
    Contested,
    /// The defender keeps it unless he breaks.
    Stands(Break),
}

/// What breaks a stand, and what stops an assault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Break {
    /// The defender breaks once he has lost this share of what he had, permille.
    pub defender_loss: i32,
    /// ... or when his readiness falls below this.
    pub defender_readiness: i32,
    /// ... or on this day in a row.
    pub days: i32,
    /// The attacker is stopped once he has lost this share, permille.
    pub attacker_loss: i32,
}

/// What a force, faction or person is like.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Trait {
    /// Shown name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// What it does.
    pub modifiers: Vec<Modifier>,
    /// It ends for good once this has happened to the side (bait-prone until the shock).
    pub until: Option<Lesson>,
}

/// What teaches a side better.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Lesson {
    /// The side has lost this share of its strength, permille.
    pub loss: i32,
    /// ... or this turn has come.
    pub turn: u32,
}

/// A named person who commands a force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Commander {
    /// Shown name, with rank.
    pub name: String,
    /// What he is like, in a sentence or two.
    pub summary: String,
    /// His nature.
    pub traits: Vec<Key<Trait>>,
    /// What the captor has in hand when he is taken: a unit of this stock.
    pub captive: Option<Key<Stock>>,
    /// Where this is told or how it was chosen.
    pub source: String,
}

/// Numbers that belong to no single thing; see `assets/rules/constants.ron` for each one's reason.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Constants {
    /// Share of engaged hit points dealt a bout before the table and all else, permille.
    pub bout_rate: i32,
    /// Least and most luck in a bout, permille.
    pub bout_luck: (i32, i32),
    /// Readiness lost each bout.
    pub bout_strain: i32,
    /// What a force at readiness 0 deals, permille; it grows evenly to 1000 at readiness 1000.
    pub unready_fire: i32,
    /// Share of a battle's loss that is crippled ships rather than wrecks, permille.
    pub cripple_share: i32,
    /// Chance, for each capital lost in a force under a commander, that it was the flagship: 1000 over capitals left, times this permille.
    pub flagship_risk: i32,
    /// Readiness lost with the flagship.
    pub flagship_shock: i32,
    /// Readiness lost when the attacker follows a feint.
    pub bait_strain: i32,
    /// Exposure of the force that followed a feint, next turn's fire, permille on top.
    pub bait_exposure: i32,
    /// Of the forces in a place, how many of 8 follow a feint together.
    pub bait_follow: i32,
    /// Capitals of one side in one sector above which fire finds a crowd, strength points.
    pub crowd: i32,
    /// Exposure of a crowd, permille on top.
    pub crowd_exposure: i32,
    /// Salvo accuracy by knowledge of the target (fix, track, plot, rumour), permille.
    pub knowledge: [i32; 4],
    /// Error of the strength estimate by knowledge, permille.
    pub estimate_error: [i32; 4],
    /// Age in turns at which a contact is dropped.
    pub contact_life: u32,
    /// Growth of the circle in which an aged contact may be, chart units a turn.
    pub drift: i32,
    /// Sensors of a force: (track, plot) distance, chart units.
    pub sensors: (i32, i32),
    /// Salvos by overcharge: chance factor, permille.
    pub overcharge_aim: i32,
    /// Fire policy `conserve`: least chance of a hit, permille.
    pub break_even: i32,
    /// Readiness at the start of a war.
    pub readiness_start: i32,
    /// Readiness gained by a turn without a battle.
    pub rest: i32,
    /// Readiness lost by changing the family of stance.
    pub stance_change: i32,
    /// Forced march: distance gained, chart units, and readiness lost.
    pub forced_march: (i32, i32),
    /// Days of supply a force carries.
    pub supply_days: i32,
    /// Lanes from a depot to which supply is full, and to which it is half.
    pub supply_reach: (i32, i32),
    /// Readiness lost each turn for each lane beyond the full reach.
    pub overreach: i32,
    /// Readiness lost each turn without supply.
    pub starving: i32,
    /// What an unsupplied force deals, permille.
    pub starving_fire: i32,
    /// Share of a lane's convoys that each strength point of raiders beside it takes, permille (half at most).
    pub interdiction: i32,
    /// Loss limit of a force that was given none, permille.
    pub loss_limit: i32,
    /// Leash tokens of a side each turn: forces whose commander cannot follow a feint.
    pub leashes: i32,
    /// Hit points mended each turn in a supplied force at rest away from a dock.
    pub field_repair: i64,
    /// Extra strength a pursuer deals to a force that retreats from it, permille of a bout.
    pub pursuit: i32,
    /// Share of its strength that a besieging force deals to a site each turn, permille.
    pub siege_rate: i32,
    /// Share of engaged troops' strength dealt in a round of a ground fight, permille.
    pub ground_rate: i32,
    /// Rounds of a ground fight in a turn.
    pub ground_rounds: i32,
    /// Share of a landing that is lost on the way down to a defended site, permille, before `Stat::GroundHarm`.
    pub landing_loss: i32,
}
