//! Operations: what the fleets of a seat are about this turn and the next, and in what manner. One is what a sound officer
//! would do without looking ahead; others are what he might do instead.

use std::collections::BTreeSet;

use super::brief::{Brief, Fleet, Job};
use crate::content::{Defence, Force, Key, Sector, Temper};

/// When the line stops to rest and to put its gunners in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    /// When it is spent, or a day or two of order are enough.
    Spent,
    /// At once.
    Now,
    /// Never.
    Never,
}

/// How the war is conducted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Manner {
    /// How lightly one's own losses are taken, permille: at 2000 a strength point counts half its price.
    pub boldness: i64,
    /// Share of its price that a charge must earn, permille; 1000 is the verdict's own.
    pub thrift: i64,
    /// When to rest.
    pub rest: Rest,
    /// How places are kept.
    pub defence: Defence,
    /// Fights fought for each stance that is considered; none: stances are not weighed.
    pub samples: u32,
    /// Only thought of: guns fire by policy, and nothing is weighed shot by shot.
    pub hasty: bool,
}

impl Manner {
    /// Of a sound officer.
    pub const SOUND: Self = Self {
        boldness: 1000,
        thrift: 400,
        rest: Rest::Spent,
        defence: Defence::AsPaid,
        samples: 16,
        hasty: false,
    };
    /// Of a sound officer, in haste.
    pub const HASTY: Self = Self::SOUND.in_haste();
    /// Of a beginner, who goes straight for the place, stands there and fires at what he sees.
    pub const GREEN: Self = Self {
        thrift: 0,
        rest: Rest::Never,
        samples: 0,
        hasty: true,
        ..Self::SOUND
    };

    /// Of a sound officer of this temper.
    pub fn of(temper: Option<&Temper>) -> Self {
        let Some(temper) = temper else {
            return Self::SOUND;
        };
        Self {
            boldness: temper.boldness.into(),
            thrift: temper.thrift.into(),
            defence: temper.defence,
            ..Self::SOUND
        }
    }

    /// The same in haste: good enough for what is only thought of.
    pub const fn in_haste(self) -> Self {
        Self {
            samples: if self.samples == 0 { 0 } else { 3 },
            hasty: true,
            ..self
        }
    }
}

/// What fleets are sent to do.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Task {
    /// Take a place.
    Take(Key<Sector>),
    /// Keep a place from the enemy.
    Keep(Key<Sector>),
}

impl Task {
    /// Where.
    pub fn place(&self) -> &Key<Sector> {
        match self {
            Task::Take(place) | Task::Keep(place) => place,
        }
    }
}

/// Fleets with one task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Which.
    pub task: Task,
    /// Who; whoever is in no group goes with the first.
    pub fleets: BTreeSet<Key<Force>>,
}

impl Group {
    /// A task that nobody has yet.
    fn alone(task: Task) -> Self {
        Self {
            task,
            fleets: BTreeSet::new(),
        }
    }
}

/// What all fleets of a seat are about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operation {
    /// What it is called in reasons.
    pub name: &'static str,
    /// How it is conducted.
    pub manner: Manner,
    /// Who does what. None: as the situation has it from day to day.
    pub groups: Vec<Group>,
}

/// What is done without looking ahead.
const USUAL: &str = "as usual";

impl Operation {
    /// As the situation has it from day to day.
    pub fn usual(manner: Manner) -> Self {
        Self {
            name: USUAL,
            manner,
            groups: Vec::new(),
        }
    }

    /// Each fleet for itself: at the place asked for that is nearest to it.
    pub fn scattered(brief: &Brief, manner: Manner) -> Self {
        let take = brief.take.iter().map(|s| Task::Take(s.clone()));
        let keep = brief.keep.iter().map(|s| Task::Keep(s.clone()));
        let mut groups: Vec<Group> = take.chain(keep).map(Group::alone).collect();
        let places: Vec<_> = groups
            .iter()
            .map(|g| {
                brief
                    .graph
                    .distances([g.task.place()], |_, e| Some(e.length))
            })
            .collect();
        for (id, force) in brief.own(Job::Fleet) {
            let away = |place: &usize| places[*place].get(force.place.sector());
            let nearest = (0..places.len())
                .filter(|i| away(i).is_some())
                .min_by_key(|i| away(i));
            if let Some(i) = nearest {
                groups[i].fleets.insert(id.clone());
            }
        }
        groups.retain(|g| !g.fleets.is_empty());
        Self {
            groups,
            ..Self::usual(manner)
        }
    }

    /// Whether it is what is done without looking ahead.
    pub fn is_usual(&self) -> bool {
        self.name == USUAL
    }

    /// Who goes about what today: tasks that are done or past are given up.
    pub fn groups<'a>(&self, brief: &Brief<'a>) -> Vec<(Task, Vec<Fleet<'a>>)> {
        let open = |task: &Task| match task {
            Task::Take(goal) => !brief.owns(goal) || brief.hostile.contains_key(goal),
            Task::Keep(goal) => brief.owns(goal),
        };
        let mut left = brief.own(Job::Fleet);
        let mut groups = Vec::new();
        for group in self.groups.iter().filter(|g| open(&g.task)) {
            let (some, others) = left
                .into_iter()
                .partition(|(id, _)| group.fleets.contains(*id));
            left = others;
            groups.push((group.task.clone(), some));
        }
        if let Some((_, first)) = groups.first_mut() {
            first.append(&mut left);
        } else if let Some(task) = main_task(brief) {
            groups.push((task, left));
        }
        groups.retain(|(_, fleets)| !fleets.is_empty());
        groups
    }
}

/// What the seat's orders turn on: the place to take that is worth the way, else the place to keep with which most is kept.
pub fn main_task(brief: &Brief) -> Option<Task> {
    if let Some(goal) = takes(brief).into_iter().next() {
        return Some(Task::Take(goal));
    }
    keeps(brief).into_iter().next().map(Task::Keep)
}

/// What a place is worth that the verdict does not pay for, tenths of a point.
const UNPAID: i64 = 100;
/// How many times what the nearest place is worth another must be to be gone for first.
const NEAREST: i64 = 2;

/// Places to take, first what is worth most for the days it takes to get there, weighed by whom one would meet. The
/// nearest is passed by only for something much better: it is on nobody's flank.
fn takes(brief: &Brief) -> Vec<Key<Sector>> {
    let fleets = brief.own(Job::Fleet);
    let from = fleets.iter().map(|(_, f)| f.place.sector());
    let away = brief.graph.distances(from, |_, e| Some(e.length));
    let way = |s: &Key<Sector>| away.get(s).copied().unwrap_or(100_000);
    let mut all = brief.take.clone();
    all.sort_by_key(|s| (way(s), s.clone()));
    let Some(nearest) = all.first().cloned() else {
        return all;
    };
    let count = i64::try_from(fleets.len().max(1)).unwrap_or(i64::MAX);
    let speed = fleets.iter().map(|(_, f)| i64::from(f.speed)).sum::<i64>() / count;
    let own: i64 = fleets.iter().map(|(_, f)| f.strength).sum();
    all.sort_by_key(|s| {
        let foe = brief.hostile.get(s).copied().unwrap_or(0);
        let worth = brief.asked(s).max(UNPAID) * own / (own + foe).max(1);
        let before = if *s == nearest { NEAREST } else { 1 };
        let days = i64::from(way(s)) * 1000 / speed.max(1);
        std::cmp::Reverse(worth * before * 1000 / (1000 + days))
    });
    all
}

/// Places to keep, first the one with which most is kept: itself and what lies behind it on the enemy's road. Then the
/// nearest to the enemy; home, if nothing is asked.
fn keeps(brief: &Brief) -> Vec<Key<Sector>> {
    let mut all = brief.keep.clone();
    all.sort_by_key(|s| (brief.danger(s), s.clone()));
    let roads: Vec<(Vec<Key<Sector>>, i64)> = all
        .iter()
        .filter_map(|s| {
            let road = brief.graph.shortest(&brief.point(s)?, s)?;
            Some((road, brief.asked(s).max(UNPAID)))
        })
        .collect();
    all.sort_by_key(|s| {
        let behind = roads.iter().filter(|(road, _)| road.contains(s));
        std::cmp::Reverse(behind.map(|(_, worth)| worth).sum::<i64>())
    });
    if all.is_empty() {
        all.extend(brief.view.home.first().cloned());
    }
    all
}

/// How many other places are thought of beside the first.
const PLACES: usize = 3;

/// What might be done instead of the usual, the usual first.
pub fn candidates(brief: &Brief, manner: Manner) -> Vec<Operation> {
    let usual = Operation::usual(manner);
    let with = |name, manner| Operation {
        name,
        manner,
        groups: Vec::new(),
    };
    let mut all = vec![
        usual,
        with(
            "boldly",
            Manner {
                boldness: manner.boldness * 3,
                rest: Rest::Never,
                ..manner
            },
        ),
        with(
            "carefully",
            Manner {
                boldness: (manner.boldness / 2).max(1),
                ..manner
            },
        ),
        with(
            "regrouping first",
            Manner {
                rest: Rest::Now,
                ..manner
            },
        ),
        with(
            "sparing its charges",
            Manner {
                thrift: 2000,
                ..manner
            },
        ),
        with(
            "firing at all",
            Manner {
                thrift: 0,
                ..manner
            },
        ),
        with("straight for it", Manner::GREEN),
    ];
    let (takes, keeps) = (takes(brief), keeps(brief));
    let whole = |name, task: Task| Operation {
        name,
        manner,
        groups: vec![Group::alone(task)],
    };
    for goal in takes.iter().skip(1).take(PLACES) {
        all.push(whole("another place first", Task::Take(goal.clone())));
    }
    if !takes.is_empty() {
        for goal in keeps.iter().take(1) {
            all.push(whole("on the defensive", Task::Keep(goal.clone())));
        }
    } else {
        let (name, defence) = if brief.gives_ground() {
            ("standing", Defence::Stand)
        } else {
            ("giving ground", Defence::Delay)
        };
        all.push(with(name, Manner { defence, ..manner }));
        for goal in keeps.iter().skip(1).take(PLACES) {
            all.push(whole("keeping another place", Task::Keep(goal.clone())));
        }
        // Whoever has nothing to take may still go for the enemy.
        if let Some(point) = keeps.first().and_then(|goal| brief.point(goal)) {
            all.push(whole("counterattack", Task::Take(point)));
        }
    }
    all.extend(splits(brief, manner, &takes, &keeps));
    all
}

/// Two tasks at once: each fleet goes where it is nearer, or the nearer half goes to one and the others to the other.
fn splits(
    brief: &Brief,
    manner: Manner,
    takes: &[Key<Sector>],
    keeps: &[Key<Sector>],
) -> Vec<Operation> {
    let fleets = brief.own(Job::Fleet);
    if fleets.len() < 2 {
        return Vec::new();
    }
    let mut pairs: Vec<(Task, Task)> = Vec::new();
    let take = |s: &Key<Sector>| Task::Take(s.clone());
    let keep = |s: &Key<Sector>| Task::Keep(s.clone());
    match (takes, keeps) {
        ([first, second, ..], _) => {
            pairs.push((take(first), take(second)));
            pairs.extend(keeps.first().map(|k| (take(first), keep(k))));
        }
        ([first], [kept, ..]) => pairs.push((take(first), keep(kept))),
        ([], [first, second, ..]) => pairs.push((keep(first), keep(second))),
        _ => {}
    }
    let mut all = Vec::new();
    for (one, other) in pairs {
        let (a, b) = (one.place().clone(), other.place().clone());
        if a == b {
            continue;
        }
        let to = |goal: &Key<Sector>| brief.graph.distances([goal], |_, e| Some(e.length));
        let (to_a, to_b) = (to(&a), to(&b));
        let mut order: Vec<(i32, &Key<Force>, i64)> = fleets
            .iter()
            .map(|(id, f)| {
                let at = f.place.sector();
                let way = |to: &std::collections::BTreeMap<Key<Sector>, i32>| {
                    to.get(at).copied().unwrap_or(100_000)
                };
                (way(&to_a) - way(&to_b), *id, f.strength)
            })
            .collect();
        order.sort();
        let total: i64 = order.iter().map(|(_, _, hp)| hp).sum();
        for (name, share) in [
            ("on two roads, half on each", 500),
            ("with a detachment", 750),
        ] {
            let mut sent = 0;
            let (mut first, mut second) = (BTreeSet::new(), BTreeSet::new());
            for (_, id, hp) in &order {
                if first.is_empty() || (sent + hp / 2) * 1000 <= total * share {
                    first.insert((*id).clone());
                } else {
                    second.insert((*id).clone());
                }
                sent += hp;
            }
            if second.is_empty() {
                continue;
            }
            all.push(Operation {
                name,
                manner,
                groups: vec![
                    Group {
                        task: one.clone(),
                        fleets: first,
                    },
                    Group {
                        task: other.clone(),
                        fleets: second,
                    },
                ],
            });
        }
    }
    all
}
