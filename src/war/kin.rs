//! Kin: which of many records was taken from which, as a tree. A record that was branched off or entered says by which
//! course its parent was played, its parent's checksum, and where the parent stood when it was taken.
//!
//! A parent is found by the first of these that fits: the battle of the record by its course; the file that still has
//! the checksum; a war that once stood where the parent stood and shares the turns in common, told by the hashes of its
//! states, so that a war which has gone on since is known by what it was. Of several the one counts that played the turn
//! itself, not one that only shares it. Records older than that know the checksum alone: for them a war that shares the
//! turns in common and played the last of these itself is taken for the parent.
//!
//! Whatever files say, each line has one parent at most and nobody is his own ancestor.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{Player, Record, record::Parent};
use crate::{
    content::{Course, Key, Scenario, Seat},
    sim::{state::Clock, tables::Hash, view::Ending},
};

/// What a tree needs to know of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its file.
    pub path: PathBuf,
    /// What it is called, if it has a name.
    pub name: Option<String>,
    /// The course it was played by, if it is a battle as the record has it.
    pub course: Option<Key<Course>>,
    /// Which scenario.
    pub scenario: Key<Scenario>,
    /// What the dice are keyed by.
    pub seed: u64,
    /// Seats that people play.
    pub people: Vec<Key<Seat>>,
    /// Where it comes from.
    pub parent: Option<Parent>,
    /// How the war ended, if it has.
    pub ended: Option<Ending>,
    /// Who plays.
    players: BTreeMap<Key<Seat>, Player>,
    checksum: String,
    /// After each turn.
    states: Vec<Hash>,
}

impl Line {
    /// What a record says.
    pub fn of(path: &Path, record: &Record) -> Self {
        let players = record.players.iter();
        let people = players.filter(|(_, player)| **player == Player::Person);
        Self {
            path: path.to_owned(),
            name: record.name.clone(),
            course: record.course.clone().filter(|_| record.parent.is_none()),
            scenario: record.scenario.clone(),
            seed: record.seed,
            people: people.map(|(seat, _)| seat.clone()).collect(),
            parent: record.parent.clone(),
            ended: ended(record),
            players: record.players.clone(),
            checksum: record.checksum().to_owned(),
            states: record.turns.iter().map(|row| row.hashes.state).collect(),
        }
    }

    /// Turns resolved.
    pub fn length(&self) -> u32 {
        u32::try_from(self.states.len()).unwrap_or(u32::MAX)
    }

    /// The first turn that is not its parent's; none without a parent.
    pub fn leaves(&self) -> Option<u32> {
        Some(self.parent.as_ref()?.turns.saturating_add(1))
    }

    /// What it is called: its own name, else that of its file.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            let file = self.path.file_name().unwrap_or_default().to_string_lossy();
            file.trim_end_matches(super::store::SUFFIX).to_owned()
        })
    }

    /// Turns that are its parent's.
    fn shared(&self) -> usize {
        self.parent
            .as_ref()
            .map_or(0, |parent| parent.turns as usize)
    }

    fn is_of(&self, other: &Self) -> bool {
        self.scenario == other.scenario && self.seed == other.seed
    }

    /// Whether it came out as the other for so many turns.
    fn agrees(&self, other: &Self, turns: usize) -> bool {
        let both = self.states.get(..turns).zip(other.states.get(..turns));
        both.is_some_and(|(a, b)| a == b)
    }

    /// Whether it played this turn itself.
    fn played(&self, turn: usize) -> bool {
        (self.shared() + 1..=self.states.len()).contains(&turn)
    }

    /// Whether this is the other war at an earlier time: a copy that was kept under another name.
    fn is_earlier(&self, other: &Self) -> bool {
        self.is_of(other)
            && self.course.is_none()
            && other.course.is_none()
            && self.parent == other.parent
            && self.players == other.players
            && self.states.len() > self.shared()
            && other.agrees(self, self.states.len())
            && (self.states.len(), &self.path) < (other.states.len(), &other.path)
    }
}

/// How the war of a record ended, by its newest state.
fn ended(record: &Record) -> Option<Ending> {
    let state = record.snapshots.get(&record.length())?;
    let clock = state.0.get("clock")?.values().next()?;
    ron::from_str::<Clock>(clock).ok()?.ended
}

/// A place in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// How deep: 0 is a root.
    pub depth: usize,
    /// The row it grows from.
    pub parent: Option<usize>,
    /// What stands there.
    pub what: Knot,
}

/// What stands in the tree.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Knot {
    /// A battle of the record.
    Battle(Battle),
    /// A record whose parent is not at hand is under this, with the checksum that it names.
    Missing {
        /// Of which scenario.
        scenario: Key<Scenario>,
        /// Its checksum when it was taken from.
        record: String,
    },
    /// A record, by its place among the lines.
    Line {
        /// Which.
        line: usize,
        /// Whether it is only an earlier state of the war that it stands under.
        earlier: bool,
    },
}

/// A battle as the record has it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Battle {
    /// By which course.
    pub course: Key<Course>,
    /// Of which scenario.
    pub scenario: Key<Scenario>,
    /// What the dice were keyed by.
    pub seed: u64,
}

/// Records as a tree, each above those that were taken from it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree {
    /// All records.
    pub lines: Vec<Line>,
    /// The tree from above: who grows from a row stands under it.
    pub rows: Vec<Row>,
}

/// From what a line grows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Line(usize),
    Other(Knot),
}

impl Tree {
    /// Finds who is whose kin.
    pub fn of(mut lines: Vec<Line>) -> Self {
        lines.sort_by(|a, b| (&a.scenario, a.seed, &a.path).cmp(&(&b.scenario, b.seed, &b.path)));
        lines.dedup_by(|a, b| a.path == b.path);
        let mut tree = Self {
            lines,
            rows: Vec::new(),
        };
        let links = tree.links();
        tree.grow(&links);
        tree
    }

    /// Files of a battle as the record has it.
    pub fn files<'a>(&'a self, battle: &'a Battle) -> impl Iterator<Item = &'a Line> {
        self.lines
            .iter()
            .filter(|line| battle_of(line).as_ref() == Some(battle))
    }

    /// From what each line grows, and whether it is only an earlier state of it; a battle's own file from that battle.
    fn links(&self) -> Vec<(Option<Root>, bool)> {
        let mut links: Vec<(Option<Root>, bool)> = vec![(None, false); self.lines.len()];
        for at in 0..self.lines.len() {
            let Some(line) = self.lines.get(at) else {
                continue;
            };
            let later = (0..self.lines.len())
                .filter(|other| {
                    self.lines
                        .get(*other)
                        .is_some_and(|other| line.is_earlier(other))
                })
                .max_by_key(|other| {
                    self.lines
                        .get(*other)
                        .map(|line| (line.length(), &line.path))
                });
            let found = match (battle_of(line), &line.parent) {
                (Some(battle), _) => Some(Root::Other(Knot::Battle(battle))),
                _ if later.is_some() => later.map(Root::Line),
                (None, Some(parent)) => Some(self.parent(&links, at, line, parent)),
                (None, None) => None,
            };
            // Who was taken from a battle's own file was taken from that battle.
            let found = found.map(|root| match &root {
                Root::Line(to) => match self.lines.get(*to).and_then(battle_of) {
                    Some(battle) => Root::Other(Knot::Battle(battle)),
                    None => root,
                },
                Root::Other(_) => root,
            });
            // A circle of files is cut where it would close.
            let found =
                found.filter(|root| !matches!(root, Root::Line(to) if comes_from(&links, *to, at)));
            if let Some(link) = links.get_mut(at) {
                *link = (found, later.is_some());
            }
        }
        links
    }

    /// The parent of a line, or that it is not at hand.
    fn parent(
        &self,
        links: &[(Option<Root>, bool)],
        at: usize,
        line: &Line,
        parent: &Parent,
    ) -> Root {
        if let Some(course) = &parent.course {
            return Root::Other(Knot::Battle(Battle {
                course: course.clone(),
                scenario: line.scenario.clone(),
                seed: line.seed,
            }));
        }
        let turns = parent.turns as usize;
        let might = |other: &usize| {
            let known = self.lines.get(*other).filter(|other| other.is_of(line));
            *other != at
                && known.is_some_and(|other| line.agrees(other, turns))
                && !comes_from(links, *other, at)
        };
        let all = || (0..self.lines.len()).filter(might);
        let known = |other: &usize| self.lines.get(*other);
        let same = |other: &usize| known(other).is_some_and(|l| l.checksum == parent.record);
        let best = |fits: &dyn Fn(&Line) -> bool| {
            let fitting = all().filter(|other| known(other).is_some_and(fits));
            fitting.max_by_key(|other| known(other).map(|line| (line.states.len(), &line.path)))
        };
        let by_checksum = all().find(|other| !parent.record.is_empty() && same(other));
        let found = by_checksum.or_else(|| match parent.stood {
            Some(stood) => {
                let then = stood.turns as usize;
                let stood_there =
                    |other: &Line| other.states.get(then.wrapping_sub(1)) == Some(&stood.state);
                best(&|other| stood_there(other) && other.played(then))
                    .or_else(|| best(&stood_there))
            }
            None => best(&|other| other.played(turns)),
        });
        found.map_or_else(
            || {
                Root::Other(Knot::Missing {
                    scenario: line.scenario.clone(),
                    record: parent.record.clone(),
                })
            },
            Root::Line,
        )
    }

    /// Lays the tree out from its roots.
    fn grow(&mut self, links: &[(Option<Root>, bool)]) {
        let mut under: BTreeMap<Option<Root>, Vec<usize>> = BTreeMap::new();
        for (at, (root, _)) in links.iter().enumerate() {
            // A battle's own file is that battle.
            let own = self.lines.get(at).and_then(battle_of).is_some();
            let list = under.entry(root.clone()).or_default();
            if !own {
                list.push(at);
            }
        }
        for list in under.values_mut() {
            list.sort_by_cached_key(|at| {
                self.lines
                    .get(*at)
                    .map(|line| (line.leaves(), line.title(), line.path.clone()))
            });
        }
        let others: BTreeSet<&Knot> = under
            .keys()
            .filter_map(|root| match root {
                Some(Root::Other(knot)) => Some(knot),
                _ => None,
            })
            .collect();
        let knot = |line: usize| Knot::Line {
            line,
            earlier: links.get(line).is_some_and(|(_, earlier)| *earlier),
        };
        let free = under.get(&None).into_iter().flatten();
        let roots = others
            .into_iter()
            .cloned()
            .chain(free.map(|line| knot(*line)));
        let mut open: Vec<(Option<usize>, usize, Knot)> =
            roots.map(|root| (None, 0, root)).collect();
        open.reverse();
        while let Some((parent, depth, what)) = open.pop() {
            let root = match &what {
                Knot::Line { line, .. } => Root::Line(*line),
                other => Root::Other(other.clone()),
            };
            let at = self.rows.len();
            self.rows.push(Row {
                depth,
                parent,
                what,
            });
            let children = under.get(&Some(root)).into_iter().flatten();
            open.extend(
                children
                    .rev()
                    .map(|line| (Some(at), depth + 1, knot(*line))),
            );
        }
    }
}

/// The battle that a line is, if it is one as the record has it.
fn battle_of(line: &Line) -> Option<Battle> {
    Some(Battle {
        course: line.course.clone()?,
        scenario: line.scenario.clone(),
        seed: line.seed,
    })
}

/// Whether a line is the other, or grows from it.
fn comes_from(links: &[(Option<Root>, bool)], line: usize, other: usize) -> bool {
    let mut now = line;
    for _ in 0..=links.len() {
        if now == other {
            return true;
        }
        match links.get(now) {
            Some((Some(Root::Line(up)), _)) => now = *up,
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::war::record::Stood;

    /// A war of these states, taken from a parent after so many turns.
    fn line(path: &str, states: &[u64], parent: Option<(&str, u32, Option<(u32, u64)>)>) -> Line {
        let stood = |(turns, state)| Stood {
            turns,
            state: Hash(state),
        };
        Line {
            path: PathBuf::from(path),
            name: None,
            course: None,
            scenario: Key::new("field"),
            seed: 1,
            people: Vec::new(),
            parent: parent.map(|(record, turns, then)| Parent {
                record: record.to_owned(),
                turns,
                course: None,
                stood: then.map(stood),
            }),
            ended: None,
            players: BTreeMap::new(),
            checksum: format!("sum of {path}"),
            states: states.iter().copied().map(Hash).collect(),
        }
    }

    /// The tree in words: a name indented by its depth.
    fn drawn(lines: Vec<Line>) -> Vec<String> {
        let tree = Tree::of(lines);
        let row = |row: &Row| {
            let name = match &row.what {
                Knot::Battle(battle) => format!("battle {}", battle.course),
                Knot::Missing { record, .. } => format!("missing {record}"),
                Knot::Line { line, earlier } => {
                    let mark = if *earlier { " earlier" } else { "" };
                    format!("{}{mark}", tree.lines[*line].title())
                }
            };
            format!("{}{name}", "-".repeat(row.depth))
        };
        tree.rows.iter().map(row).collect()
    }

    #[test]
    fn a_parent_that_went_on_is_still_known() {
        let parent = line("war", &[1, 2, 3, 4, 5], None);
        // Taken when the war had three turns; its checksum is another by now.
        let child = line("child", &[1, 2, 7], Some(("then", 2, Some((3, 3)))));
        let grandchild = line("grandchild", &[1, 2, 7, 8], Some(("gone", 3, Some((3, 7)))));
        let brother = line("brother", &[1, 9], Some(("then", 1, Some((3, 3)))));
        let all = vec![grandchild, child, brother, parent];
        assert_eq!(drawn(all), ["war", "-brother", "-child", "--grandchild"]);
    }

    #[test]
    fn who_only_shares_the_turn_is_no_parent() {
        let parent = line("war", &[1, 2, 3], None);
        // Both have the state in which the parent stood: only one played it.
        let late = line("late", &[1, 2, 3, 8, 9], Some(("x", 3, Some((3, 3)))));
        let early = line("early", &[1, 5], Some(("x", 1, Some((3, 3)))));
        let all = vec![late.clone(), early.clone(), parent];
        assert_eq!(drawn(all), ["war", "-early", "-late"]);
        // Without it the two are told as kin of something that is not at hand.
        let tree = drawn(vec![
            line("early", &[1, 5], Some(("x", 1, Some((3, 4))))),
            late,
        ]);
        assert_eq!(tree, ["missing x", "-early", "-late"]);
    }

    #[test]
    fn a_battle_of_the_record_is_its_own_root() {
        let course: Key<Course> = Key::new("anvil");
        let mut file = line("file", &[1, 2, 3], None);
        file.course = Some(course.clone());
        let mut child = line("child", &[1, 5], Some(("", 1, Some((3, 3)))));
        child.parent.as_mut().expect("a parent").course = Some(course);
        let free = line("another", &[1], None);
        // Of an older form, it names the file and no course.
        let old = line("old", &[1, 2, 6], Some(("sum of file", 2, None)));
        assert_eq!(
            drawn(vec![old, child.clone(), file, free]),
            ["battle anvil", "-child", "-old", "another"]
        );
        assert_eq!(
            drawn(vec![child]),
            ["battle anvil", "-child"],
            "and without a file"
        );
    }

    #[test]
    fn an_earlier_save_stands_under_the_war_it_became() {
        let war = line("war", &[1, 2, 3], None);
        let saved = line("saved", &[1, 2], None);
        assert_eq!(drawn(vec![saved, war]), ["war", "-saved earlier"]);
        // Two that were taken at the same turn and have not gone on are not one.
        let taken = |name| line(name, &[1], Some(("x", 1, Some((2, 2)))));
        assert_eq!(
            drawn(vec![taken("a"), taken("b")]),
            ["missing x", "-a", "-b"]
        );
    }

    #[test]
    fn older_records_are_known_by_the_turns_in_common() {
        let war = line("war", &[1, 2, 3], None);
        let child = line("child", &[1, 2, 5], Some(("x", 2, None)));
        let stranger = line("stranger", &[4, 5], Some(("y", 1, None)));
        let all = vec![child, war, stranger];
        assert_eq!(drawn(all), ["missing y", "-stranger", "war", "-child"]);
    }

    #[test]
    fn circles_end() {
        // Each claims to be the other's child.
        let a = line("a", &[1, 2], Some(("sum of b", 1, None)));
        let b = line("b", &[1, 2], Some(("sum of a", 1, None)));
        let all = drawn(vec![a, b]);
        assert_eq!(all.len(), 3, "{all:?}");
        let own = line("own", &[1, 2], Some(("sum of own", 1, Some((2, 2)))));
        assert_eq!(drawn(vec![own]), ["missing sum of own", "-own"]);
        // A long chain is as deep as it is long.
        let chain = |n: u64| {
            let states: Vec<u64> = (0..=n).collect();
            let up = n.checked_sub(1).map(|up| format!("sum of {up:04}"));
            let up = up.as_deref().map(|up| (up, n as u32, None));
            line(&format!("{n:04}"), &states, up)
        };
        let all = Tree::of((0..300).map(chain).collect());
        assert_eq!(all.rows.last().map(|row| row.depth), Some(299));
    }
}
