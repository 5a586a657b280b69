//! Fights looked ahead on another thread: all that a seat can see coming, and the one at what is selected, with what
//! each stance would make of it. What is asked and what was answered go by view and orders, so nothing is worked out
//! twice; a question that is overtaken by the next is given up.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

use super::wake;
use crate::{
    content::{Force, Key, Sector, Stance, TermKind},
    sim::{
        forecast,
        map::Graph,
        order::{Action, Order, check},
        view::SeatView,
    },
    war::{Assumes, Outlook, expected, planned_at},
};

/// Fights fought for a forecast.
pub const SAMPLES: u32 = 200;

/// A fight that may come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fight {
    /// Where.
    pub place: Key<Sector>,
    /// How it may go.
    pub outlook: Outlook,
    /// Whether the place counts by itself: an objective or a term of the score names it, or an own depot lies there.
    pub counts: bool,
}

/// The fight at what is selected, and what else could be done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detail {
    /// The fight.
    pub fight: Fight,
    /// The same without the orders of this turn, if any are pending; none in it: then there would be no fight.
    pub without: Option<Option<Outlook>>,
    /// The same in each stance that the selected force could take up.
    pub stances: Vec<(Key<Stance>, Outlook)>,
    /// The stances are those of all own forces there together: alone the selected one changes nothing.
    pub together: bool,
}

/// What is to be worked out.
#[derive(Clone)]
pub struct Question {
    /// What the seat knows.
    pub view: Arc<SeatView>,
    /// What it has ordered.
    pub orders: Vec<Order>,
    /// The dice by which it looks ahead.
    pub stream: u64,
    /// Places to look at, the first at which there may be a fight counts; none: all that are to be expected.
    pub places: Option<Vec<Key<Sector>>>,
    /// Whose stances are tried.
    pub force: Option<Key<Force>>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.view, &other.view)
            && self.orders == other.orders
            && self.stream == other.stream
            && self.places == other.places
            && self.force == other.force
    }
}

/// What came out of a question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// All fights to be expected, by what is at stake.
    pub fights: Vec<Fight>,
    /// The fight at what is selected.
    pub detail: Option<Detail>,
}

/// One line of questions, each overtaking the one before.
#[derive(Default)]
pub struct Thinker {
    asked: Option<Question>,
    answer: Option<Arc<Answer>>,
    work: Option<Work>,
}

struct Work {
    overtaken: Arc<AtomicBool>,
    answer: Mutex<mpsc::Receiver<Answer>>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.overtaken.store(true, Ordering::Relaxed);
    }
}

impl Thinker {
    /// Asks; nothing happens if this was asked last. The answer to the question before is forgotten if its view or place
    /// was another one.
    pub fn ask(&mut self, question: Question) {
        if self.asked.as_ref() == Some(&question) {
            return;
        }
        let alike = self.asked.as_ref().is_some_and(|asked| {
            Arc::ptr_eq(&asked.view, &question.view)
                && asked.places == question.places
                && asked.force == question.force
        });
        if !alike {
            self.answer = None;
        }
        self.asked = Some(question.clone());
        let overtaken = Arc::new(AtomicBool::new(false));
        let (send, answer) = mpsc::channel();
        self.work = Some(Work {
            overtaken: overtaken.clone(),
            answer: Mutex::new(answer),
        });
        thread::spawn(move || {
            if let Some(answer) = answered(&question, &overtaken) {
                // Whoever asked may have left.
                let _ = send.send(answer);
                wake::now();
            }
        });
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes up the answer if it has come; true if one has.
    pub fn take(&mut self) -> bool {
        let came = self.work.as_ref().and_then(|work| {
            let answer = work.answer.lock().ok()?;
            match answer.try_recv() {
                Ok(answer) => Some(Some(Arc::new(answer))),
                Err(mpsc::TryRecvError::Empty) => None,
                Err(mpsc::TryRecvError::Disconnected) => Some(None),
            }
        });
        let Some(came) = came else { return false };
        self.work = None;
        self.answer = came;
        true
    }

    /// Whether an answer is still being worked out.
    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// What is known so far.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_deref()
    }
}

/// Works a question out; none if it was overtaken.
fn answered(question: &Question, overtaken: &AtomicBool) -> Option<Answer> {
    let Question {
        view,
        orders,
        stream,
        places,
        force,
    } = question;
    let go_on = || (!overtaken.load(Ordering::Relaxed)).then_some(());
    let planned = forecast::ordered(view, orders);
    let graph = Graph::new(&view.map);
    let fight = |place: &Key<Sector>| {
        planned_at(&planned, &graph, place, SAMPLES, *stream).map(|outlook| Fight {
            place: place.clone(),
            outlook,
            counts: counts(view, place),
        })
    };
    let Some(places) = places else {
        let mut fights = Vec::new();
        for place in to_be_expected(&planned, &graph) {
            go_on()?;
            fights.extend(fight(&place).filter(|f| f.outlook.assumes != Assumes::WeGo));
        }
        // What a bad day there would cost, and first of all where more than ships is at stake.
        fights.sort_by_key(|f| {
            let bad_day = f.outlook.forecast.own.quantiles[4];
            (!f.counts, -bad_day, f.place.clone())
        });
        return Some(Answer {
            fights,
            detail: None,
        });
    };
    let Some(fight) = places.iter().find_map(fight) else {
        return Some(Answer::default());
    };
    let place = &fight.place;
    let without = (!orders.is_empty()).then(|| expected(view, &[], place, SAMPLES, *stream));
    let with: Vec<&Key<Force>> = fight
        .outlook
        .with
        .iter()
        .filter(|key| mine(view, key))
        .collect();
    let mut stances = Vec::new();
    let mut together = false;
    if let Some(force) = force.as_ref().filter(|force| with.contains(force)) {
        let tried = |forces: &[&Key<Force>]| -> Option<Vec<(Key<Stance>, Outlook)>> {
            let mut outlooks = Vec::new();
            for stance in view.rules.stances.keys() {
                go_on()?;
                let order = |force: &&Key<Force>| Order {
                    force: (*force).clone(),
                    action: Action::Stance(stance.clone()),
                };
                let ordered = forces.iter().map(order);
                let ordered: Vec<Order> = ordered.filter(|o| changes(view, o)).collect();
                let is_so = |key: &&Key<Force>| {
                    let force = view.forces.get(*key);
                    force.is_some_and(|f| f.stance == *stance)
                };
                if ordered.is_empty() && !forces.iter().any(is_so) {
                    continue;
                }
                let all = [orders.as_slice(), &ordered].concat();
                let outlook = expected(view, &all, place, SAMPLES, *stream);
                outlooks.extend(outlook.map(|outlook| (stance.clone(), outlook)));
            }
            Some(outlooks)
        };
        stances = tried(&[force])?;
        let (first, rest) = match stances.split_first() {
            Some((first, rest)) => (Some(first), rest),
            None => (None, &[][..]),
        };
        let same = first.is_some_and(|(_, f)| rest.iter().all(|(_, o)| o.forecast == f.forecast));
        if same && with.len() > 1 {
            stances = tried(&with)?;
            together = true;
        }
    }
    go_on()?;
    Some(Answer {
        fights: Vec::new(),
        detail: Some(Detail {
            fight,
            without,
            stances,
            together,
        }),
    })
}

fn mine(view: &SeatView, force: &Key<Force>) -> bool {
    view.forces.get(force).is_some_and(|f| f.mine)
}

/// Whether an order may be given.
fn changes(view: &SeatView, order: &Order) -> bool {
    check(view, order).is_ok()
}

/// Places where the seat can see a fight coming this turn: own forces stand there or go there, and hostile ones are there
/// or one lane away. `planned`: the view with the orders of this turn carried out.
pub fn to_be_expected(planned: &SeatView, graph: &Graph) -> Vec<Key<Sector>> {
    let hostile = planned.contacts.values();
    let hostile = hostile.filter(|c| planned.hostile.contains(&c.side));
    let there: BTreeSet<&Key<Sector>> = hostile.map(|c| c.place.sector()).collect();
    let ways = there.iter().flat_map(|at| graph.from(at));
    let near: BTreeSet<&Key<Sector>> = there
        .iter()
        .copied()
        .chain(ways.map(|edge| &edge.to))
        .collect();
    let mut places: Vec<Key<Sector>> = planned
        .forces
        .values()
        .flat_map(|f| {
            let next = f.queue.first().map(|leg| &leg.to);
            [Some(f.place.sector()), next].into_iter().flatten()
        })
        .filter(|place| near.contains(place))
        .cloned()
        .collect();
    places.sort();
    places.dedup();
    places
}

/// Whether a place counts by itself.
pub fn counts(view: &SeatView, place: &Key<Sector>) -> bool {
    use crate::content::Condition;
    fn names(condition: &Condition, place: &Key<Sector>) -> bool {
        match condition {
            Condition::Holds(_, at) | Condition::Present(_, at, _) => at == place,
            Condition::All(all) | Condition::Any(all) => all.iter().any(|c| names(c, place)),
            Condition::Not(not) => names(not, place),
            _ => false,
        }
    }
    let asked = view.objectives.values().any(|o| names(&o.when, place));
    let scored = view.verdict.terms.values().any(|term| match &term.kind {
        TermKind::Days { when, .. } | TermKind::If { when, .. } => names(when, place),
        _ => false,
    });
    let depot = view.sites.iter().any(|(key, site)| {
        let kind = view.map.sites.get(key).map(|s| &s.kind);
        let kind = kind.and_then(|k| view.rules.site_kinds.get(k));
        site.owner == view.side && site.sector == *place && kind.is_some_and(|k| k.depot)
    });
    asked || scored || depot
}
