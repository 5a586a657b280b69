//! What the places of a march do to ships: storms, shoals and mines take their share of whoever comes.

use crate::{
    content::{Force, Key, Modifier, Rules, SourceKind, Stat, Terrain},
    sim::{
        around::{Around, Surroundings},
        casualty::Ledger,
        fire::damage,
        journal::{Cause, Witnesses},
        state::Place,
        stats::Bearer,
        theatre::{Theatre, terrain_at},
    },
};

/// Share of its strength that a place costs whoever comes into it, permille: the same in the turn and while planning.
pub fn toll(bearer: &Bearer) -> i64 {
    bearer.value(Stat::Attrition, 0, 0, 1000)
}

/// Each sector that a force marched into this turn takes its share of it, passed through or not, in the order of the
/// march; a lane takes its share of whoever is on it when the turn's march ends. Sites and works of a place passed
/// through bear on who passes; for company he has those with whom he ends the march.
pub(super) fn passage(mut t: Theatre) {
    let field = t.field.clone();
    let tempers = t.tempers();
    let mut units = t.roster.gather();
    let mut tallies = t.tallies();
    let turn = t.clock.turn;
    let (control, holdings) = (t.control(), t.holdings());
    let around = Surroundings::of(&field, turn, &units, &control, &holdings);
    let marched: Vec<Key<Force>> = t.scratch.marched.keys().cloned().collect();
    let passed = std::mem::take(&mut t.scratch.passed);
    let anywhere = is_borne(&field.rules);
    let mut ledger = Ledger {
        field: &field,
        journal: &mut t.journal,
        story: &mut t.story,
        tallies: &mut tallies,
    };
    for force in marched {
        let Some(number) = units.position(&force) else {
            continue;
        };
        let end = units.nth(number).place.clone();
        let on_lane = end.in_sector().is_none().then(|| end.clone());
        let sectors = passed.get(&force).into_iter().flatten();
        let places = sectors.cloned().map(Place::Sector).chain(on_lane);
        for (step, place) in places.enumerate() {
            let unit = units.nth(number);
            if unit.is_gone() {
                break;
            }
            let terrain = terrain_at(&field, &place);
            let own;
            let about: Option<&Around> = match place.in_sector() {
                None => None,
                Some(_) if place == end => around.on(unit),
                Some(sector) => {
                    if !(anywhere || harms(&field.rules, terrain) || around.is_worked(sector)) {
                        continue;
                    }
                    own = around.passing(unit, sector);
                    Some(&own)
                }
            };
            let bearer = Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side()));
            let share = toll(&bearer.within(about));
            if share == 0 {
                continue;
            }
            let unit = units.nth_mut(number);
            let subject = match place == end {
                true => force.to_string(),
                false => format!("{force}/{step}"),
            };
            let mut dice = field.dice(turn, "move.passage", &subject);
            // Between nothing and twice the share, so that the mean is the share.
            let hp = unit.strength(&field.rules) * share * dice.between(0, 2000) / 1_000_000;
            let losses = damage::spread(
                &field.rules,
                &mut unit.ships.0,
                hp,
                damage::Aimed::ANYWHERE,
                &mut dice,
            );
            let nobody = Witnesses::default();
            ledger.book(unit, &losses, &Cause::Passage, &place, &nobody, &mut dice);
        }
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}

/// Whether anything that a force carries with it wherever it goes costs ships on the march.
fn is_borne(rules: &Rules) -> bool {
    use SourceKind::{Class, Meter, Posture, Stance, Trait};
    let touches = |kind| rules.touches(kind, Stat::Attrition);
    [Class, Stance, Posture, Trait].into_iter().any(touches)
        || touches(Meter) && carried_meters(rules)
}

fn carried_meters(rules: &Rules) -> bool {
    use crate::content::MeterOn::{Force, Side};
    let carried = rules
        .meters
        .values()
        .filter(|m| matches!(m.on, Force | Side));
    carried
        .flat_map(|m| &m.thresholds)
        .any(|t| t.modifiers.iter().any(costs))
}

fn costs(modifier: &Modifier) -> bool {
    modifier.stat == Stat::Attrition
}

/// Whether a terrain costs ships.
fn harms(rules: &Rules, terrain: Option<&Key<Terrain>>) -> bool {
    let terrain = terrain.and_then(|t| rules.terrain.get(t));
    terrain.is_some_and(|t| t.modifiers.iter().any(costs))
}
