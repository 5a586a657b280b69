//! A list to choose from: what is ordered, its choices, the figures that go with it, and where in it one is. Holds no
//! rule of the war; [`rows`](super::rows) fills it.

use crate::{
    chart::Tag,
    content::{Class, Deed, Key, Sector, Stock, Weapon},
    sim::order::Action,
};

/// What a list is for: an order, or something to go to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verb {
    /// March now.
    Go,
    /// March after what is queued.
    Then,
    /// Stay.
    Halt,
    /// Keep at a contact.
    Follow,
    /// Fall back before an enemy.
    FallBack,
    /// How to meet the enemy.
    Stance,
    /// How to hold oneself.
    Posture,
    /// Fire.
    Fire,
    /// Fire at the best target.
    FireBest,
    /// When to fire unbidden.
    Policy,
    /// When to break off.
    LossLimit,
    /// Follow no feint this turn.
    Leash,
    /// Detach ships.
    Split,
    /// Join another force.
    Merge,
    /// Do a deed.
    Deed,
    /// Land troops.
    Land,
    /// Take troops aboard.
    Lift,
    /// Begin the war elsewhere.
    Deploy,
    /// Own forces, to select.
    Forces,
    /// Everything that has a name, to go to.
    Find,
}

impl Verb {
    /// Those that are orders, as the panel shows them.
    pub const ORDERS: [Self; 14] = [
        Self::Go,
        Self::Then,
        Self::Halt,
        Self::Follow,
        Self::FallBack,
        Self::Stance,
        Self::Posture,
        Self::Fire,
        Self::FireBest,
        Self::Policy,
        Self::LossLimit,
        Self::Leash,
        Self::Split,
        Self::Merge,
    ];

    /// Orders that only some forces of some wars are offered.
    pub const WIDER: [Self; 4] = [Self::Deed, Self::Land, Self::Lift, Self::Deploy];

    /// Its name in texts (`verb-NAME`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Then => "then",
            Self::Halt => "halt",
            Self::Follow => "follow",
            Self::FallBack => "fall-back",
            Self::Stance => "stance",
            Self::Posture => "posture",
            Self::Fire => "fire",
            Self::FireBest => "fire-best",
            Self::Policy => "policy",
            Self::LossLimit => "loss-limit",
            Self::Leash => "leash",
            Self::Split => "split",
            Self::Merge => "merge",
            Self::Deed => "deed",
            Self::Land => "land",
            Self::Lift => "lift",
            Self::Deploy => "deploy",
            Self::Forces => "forces",
            Self::Find => "find",
        }
    }

    /// Whether it has no choices: it is ordered at once.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Halt | Self::FireBest | Self::Leash)
    }

    /// Whether figures typed are part of a name, not the number of a row.
    pub fn takes_figures(self) -> bool {
        self == Self::Find
    }

    /// Whether its choices are shown on the map.
    pub fn is_on_the_map(self) -> bool {
        matches!(
            self,
            Self::Go
                | Self::Then
                | Self::FallBack
                | Self::Follow
                | Self::Fire
                | Self::Merge
                | Self::Deed
                | Self::Land
                | Self::Lift
                | Self::Deploy
        )
    }
}

/// What choosing a row does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// Gives an order to every force that is selected.
    Give(Action),
    /// Chooses which deed; its targets are chosen next.
    Choose(Key<Deed>),
    /// Names one more sector to fall back by.
    Along(Key<Sector>),
    /// Goes there.
    Visit(Tag),
}

/// One choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What it is called.
    pub title: String,
    /// What counts about it, in few words: the turn of arrival, the chance.
    pub right: String,
    /// What it means.
    pub about: String,
    /// Why it cannot be chosen, and what would make it possible.
    pub refused: Option<(String, String)>,
    /// Whether it is so now.
    pub is_so: bool,
    /// What it does.
    pub what: What,
    /// What it stands for on the map.
    pub tag: Option<Tag>,
}

impl Row {
    /// A choice with nothing to be said about it yet.
    pub fn new(title: impl Into<String>, what: What) -> Self {
        Self {
            title: title.into(),
            right: String::new(),
            about: String::new(),
            refused: None,
            is_so: false,
            what,
            tag: None,
        }
    }
}

/// What a figure of a list sets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Cruise or forced march.
    Pace,
    /// What a march waits for.
    Cue,
    /// The figure of that.
    CueFigure,
    /// Lanes from a contact.
    Distance,
    /// Hostile strength that sets falling back off.
    Strength,
    /// Which gun; those that the force has.
    Gun(Vec<Key<Weapon>>),
    /// How many salvos.
    Salvos,
    /// All tubes at once.
    Overcharge,
    /// At contacts, or blind at sectors.
    Blind,
    /// Which troops.
    Cargo(Vec<Key<Stock>>),
    /// How many units of them.
    Units,
    /// Hulls of a class to detach.
    Hulls(Key<Class>),
    /// Which forces are shown.
    Filter,
    /// By what they are grouped.
    Grouping,
}

/// A figure that goes with a list: a number within bounds, or one of several words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Knob {
    /// What it sets.
    pub kind: Kind,
    /// To what.
    pub value: i32,
    /// At least.
    pub low: i32,
    /// At most.
    pub high: i32,
    /// By how much one press changes it.
    pub step: i32,
}

impl Knob {
    /// A figure within bounds.
    pub fn new(kind: Kind, value: i32, low: i32, high: i32) -> Self {
        let high = high.max(low);
        Self {
            kind,
            value: value.clamp(low, high),
            low,
            high,
            step: 1,
        }
    }

    /// The same, changed by this much a press.
    #[must_use]
    pub fn by(mut self, step: i32) -> Self {
        self.step = step;
        self
    }

    /// Whether it chooses one of several words; these go round.
    pub fn is_words(&self) -> bool {
        matches!(
            self.kind,
            Kind::Pace
                | Kind::Cue
                | Kind::Gun(_)
                | Kind::Cargo(_)
                | Kind::Overcharge
                | Kind::Blind
                | Kind::Filter
                | Kind::Grouping
        )
    }

    fn turn(&mut self, by: i32) {
        if self.is_words() {
            let n = self.high - self.low + 1;
            self.value = self.low + (self.value - self.low + by).rem_euclid(n);
        } else {
            self.value = self
                .value
                .saturating_add(by.saturating_mul(self.step))
                .clamp(self.low, self.high);
        }
    }
}

/// A list that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct List {
    /// For what.
    pub verb: Verb,
    /// All choices.
    pub rows: Vec<Row>,
    /// Those that hold what is typed, by their places in `rows`.
    pub shown: Vec<usize>,
    /// Which of the shown would be chosen now.
    pub at: usize,
    /// What is typed to find one.
    pub typed: String,
    /// Its figures.
    pub knobs: Vec<Knob>,
    /// Which of them the keys change.
    pub knob: usize,
    /// Sectors named so far to fall back by.
    pub along: Vec<Key<Sector>>,
    /// The deed whose targets are shown.
    pub deed: Option<Key<Deed>>,
}

impl List {
    /// An empty list.
    pub fn new(verb: Verb, knobs: Vec<Knob>) -> Self {
        Self {
            verb,
            rows: Vec::new(),
            shown: Vec::new(),
            at: 0,
            typed: String::new(),
            knobs,
            knob: 0,
            along: Vec::new(),
            deed: None,
        }
    }

    /// Whether its choices are shown on the map: of deeds only once it is said which.
    pub fn is_on_the_map(&self) -> bool {
        self.verb.is_on_the_map() && (self.verb != Verb::Deed || self.deed.is_some())
    }

    /// Goes on to the targets of a deed, or back to the deeds.
    pub fn turn_to(&mut self, deed: Option<Key<Deed>>) {
        self.deed = deed;
        self.typed.clear();
        self.at = 0;
    }

    /// The value of a figure; 0 if the list has none of this kind.
    pub fn value(&self, kind: &Kind) -> i32 {
        let same = |k: &&Knob| std::mem::discriminant(&k.kind) == std::mem::discriminant(kind);
        self.knobs.iter().find(same).map_or(0, |knob| knob.value)
    }

    /// The value of exactly this figure; 0 if the list has it not.
    pub fn exactly(&self, kind: &Kind) -> i32 {
        let knob = self.knobs.iter().find(|knob| knob.kind == *kind);
        knob.map_or(0, |knob| knob.value)
    }

    /// The row that would be chosen now.
    pub fn current(&self) -> Option<&Row> {
        self.rows.get(*self.shown.get(self.at)?)
    }

    /// A shown row by its number, from 0.
    pub fn row(&self, number: usize) -> Option<&Row> {
        self.rows.get(*self.shown.get(number)?)
    }

    /// Takes new rows; one stays on what one was on, if it is still there.
    pub fn fill(&mut self, rows: Vec<Row>) {
        let before = self
            .current()
            .map(|row| (row.title.clone(), row.tag.clone()));
        self.rows = rows;
        self.search();
        let same = |index: &usize| {
            let row = &self.rows[*index];
            before
                .as_ref()
                .is_some_and(|(title, tag)| *title == row.title && *tag == row.tag)
        };
        if let Some(at) = self.shown.iter().position(same) {
            self.at = at;
        }
    }

    /// Types more letters.
    pub fn type_more(&mut self, letters: &str) {
        if self.typed.chars().count() + letters.chars().count() <= 40 {
            self.typed
                .extend(letters.chars().filter(|c| !c.is_control()));
            self.at = 0;
            self.search();
        }
    }

    /// Takes the last letter back.
    pub fn erase(&mut self) {
        self.typed.pop();
        self.at = 0;
        self.search();
    }

    /// Goes on by so many rows, round at the ends by single steps.
    pub fn walk(&mut self, by: i32) {
        let n = i32::try_from(self.shown.len()).unwrap_or(i32::MAX);
        if n == 0 {
            return;
        }
        let at = i32::try_from(self.at).unwrap_or(0).saturating_add(by);
        let at = if by.abs() == 1 {
            at.rem_euclid(n)
        } else {
            at.clamp(0, n - 1)
        };
        self.at = usize::try_from(at).unwrap_or(0);
    }

    /// Changes the figure that the keys change.
    pub fn turn(&mut self, by: i32) {
        if let Some(knob) = self.knobs.get_mut(self.knob) {
            knob.turn(by);
        }
    }

    /// Goes to another figure.
    pub fn next_knob(&mut self, by: i32) {
        let n = i32::try_from(self.knobs.len()).unwrap_or(0);
        if n > 0 {
            let at = i32::try_from(self.knob).unwrap_or(0) + by;
            self.knob = usize::try_from(at.rem_euclid(n)).unwrap_or(0);
        }
    }

    /// Finds what holds all that is typed, with or without its spaces; what begins with it, or a word of which does, first.
    fn search(&mut self) {
        let squeezed = |words: &str| words.split_whitespace().collect::<String>().to_lowercase();
        let wanted = squeezed(&self.typed);
        let mut found: Vec<(bool, usize)> = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let mut words: Vec<&str> = row.title.split_whitespace().collect();
            let holds = squeezed(&row.title).contains(&wanted);
            let mut begins = false;
            while !begins && !words.is_empty() {
                begins = squeezed(&words.concat()).starts_with(&wanted);
                words.remove(0);
            }
            if holds {
                found.push((!begins, index));
            }
        }
        if !wanted.is_empty() {
            found.sort_unstable();
        }
        self.shown = found.into_iter().map(|(_, index)| index).collect();
        self.at = self.at.min(self.shown.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(titles: &[&str]) -> List {
        let mut list = List::new(Verb::Find, Vec::new());
        let what = || What::Visit(Tag::Sector(Key::new("a")));
        list.fill(titles.iter().map(|t| Row::new(*t, what())).collect());
        list
    }

    #[test]
    fn what_begins_with_the_letters_comes_first() {
        let mut list = list(&["Outer Dragoons", "Candra", "Drago"]);
        list.type_more("dra");
        let shown: Vec<&str> = (0..3)
            .filter_map(|n| list.row(n))
            .map(|r| &*r.title)
            .collect();
        assert_eq!(shown, ["Outer Dragoons", "Drago", "Candra"]);
        list.type_more("x");
        assert!(list.current().is_none());
        list.walk(1);
        list.erase();
        assert_eq!(list.shown.len(), 3);
        for letters in ["rd", "r drag"] {
            let mut list = super::tests::list(&["Outer Dragoons", "Drago Outer"]);
            list.type_more("oute");
            list.type_more(letters);
            assert_eq!(list.shown, [0], "words may be run together: oute{letters}");
        }
    }

    #[test]
    fn one_stays_on_what_one_was_on() {
        let mut list = list(&["a", "b", "c"]);
        list.walk(-1);
        assert_eq!(list.current().map(|r| &*r.title), Some("c"));
        let mut rows = list.rows.clone();
        rows.swap(0, 2);
        list.fill(rows);
        assert_eq!(list.at, 0);
        list.walk(10);
        assert_eq!(list.at, 2);
    }

    #[test]
    fn figures_keep_their_bounds_and_words_go_round() {
        let mut list = List::new(
            Verb::Then,
            vec![
                Knob::new(Kind::Pace, 0, 0, 1),
                Knob::new(Kind::Distance, 1, 0, 9).by(5),
            ],
        );
        list.turn(-1);
        assert_eq!(list.value(&Kind::Pace), 1);
        list.next_knob(-1);
        list.turn(7);
        assert_eq!(list.value(&Kind::Distance), 9);
        assert_eq!(list.value(&Kind::Salvos), 0);
    }
}
