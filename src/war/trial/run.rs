//! One war of a trial, and what it answers to what is asked of it.

use std::collections::BTreeMap;

use crate::{
    ai::{self, Level},
    content::{Expected, Figure, Key, Played, Seat, Trial, ron::At},
    sim::{Sim, journal::What, view::SeatView},
    war::{
        figure::{Moment, Sides, Told, sides},
        record,
        script::{self, Given},
        stream, tell,
    },
};

/// Something asked at the end of a turn.
#[derive(Clone, Copy)]
pub(super) enum Ask<'a> {
    /// A number.
    Figure(&'a Figure),
    /// What is expected: 1 if it holds, 0 if not; of a figure, the number.
    Expected(&'a Expected),
}

/// Orders beside those of the trial: on which turn, and which.
pub(super) type Extra<'a> = Option<(u32, &'a [At<String>])>;

/// What a war answers.
pub(super) struct Answers {
    /// To each question its number.
    pub(super) values: Vec<i64>,
    /// Orders that were refused: turn, words, why.
    pub(super) refused: Vec<(u32, String, String)>,
    /// All that happened.
    pub(super) told: Vec<Told>,
    /// The truth at the end, for names.
    pub(super) truth: SeatView,
    /// What seats were told, in words, if that was asked for.
    pub(super) read: Vec<(Key<Seat>, String)>,
}

/// Plays a war of the trial and asks: each question with the turn at whose end it is asked.
pub(super) fn play(
    played: &Played,
    seed: u64,
    asked: &[(u32, Ask<'_>)],
    extra: Extra<'_>,
    reading: bool,
) -> Answers {
    let trial = &played.trial;
    let mut sim = Sim::new(played.within_reach(), trial.scenario.clone(), seed);
    let mut it = Course::new(trial, seed, extra);
    let last = asked.iter().map(|(at, _)| *at).max().unwrap_or(0);
    let last = if reading { trial.turns } else { last };
    let mut values = vec![0; asked.len()];
    for turn in 0..=last {
        if turn > 0 {
            it.turn(&mut sim, turn, reading);
        }
        let due: Vec<usize> = (0..asked.len()).filter(|i| asked[*i].0 == turn).collect();
        if due.is_empty() {
            continue;
        }
        let next = script::by_seat(&it.given(&sim, turn + 1));
        let mut moment = Moment::new(&mut sim, &it.told, turn, seed, &next);
        for index in due {
            values[index] = match asked[index].1 {
                Ask::Figure(figure) => moment.value(figure),
                Ask::Expected(Expected::Figure { figure, .. }) => moment.value(figure),
                Ask::Expected(Expected::Holds(condition)) => i64::from(moment.sim.holds(condition)),
                Ask::Expected(Expected::Refused(words)) => {
                    let words = script::canonical(words.get().map_or("", String::as_str));
                    let so = it
                        .refused
                        .iter()
                        .any(|(at, w, _)| *at <= turn && *w == words);
                    i64::from(so)
                }
            };
        }
    }
    Answers {
        values,
        refused: it.refused,
        told: it.told,
        truth: sim.referee_view(),
        read: it.read,
    }
}

/// A war of a trial under way: who orders what in it, and what has come of it.
pub(super) struct Course<'a> {
    trial: &'a Trial,
    seed: u64,
    extra: Extra<'a>,
    told: Vec<Told>,
    refused: Vec<(u32, String, String)>,
    read: Vec<(Key<Seat>, String)>,
    sides: Sides,
}

impl<'a> Course<'a> {
    /// Before its first turn.
    pub(super) fn new(trial: &'a Trial, seed: u64, extra: Extra<'a>) -> Self {
        Self {
            trial,
            seed,
            extra,
            told: Vec::new(),
            refused: Vec::new(),
            read: Vec::new(),
            sides: sides(&trial.scenario),
        }
    }

    /// How well the computer plays a seat; none if it does not.
    pub(super) fn level(&self, seat: &Key<Seat>) -> Option<Level> {
        self.trial.players.get(seat)?.get()?.parse().ok()
    }

    /// The trial's own orders for a turn.
    pub(super) fn given(&self, sim: &Sim, turn: u32) -> Vec<Given> {
        let own = self.trial.orders.get(&turn).map_or(&[][..], Vec::as_slice);
        let more = self
            .extra
            .filter(|(at, _)| *at == turn)
            .map_or(&[][..], |(_, more)| more);
        let words: Vec<&At<String>> = own.iter().chain(more).collect();
        script::given(sim, &words)
    }

    /// All orders of a turn: the trial's own, and after them those of the computer.
    pub(super) fn orders(
        &self,
        sim: &Sim,
        turn: u32,
        given: &[Given],
    ) -> BTreeMap<Key<Seat>, Vec<record::Given>> {
        let mut orders: BTreeMap<Key<Seat>, Vec<record::Given>> = BTreeMap::new();
        for one in given {
            let theirs = orders.entry(one.seat.clone()).or_default();
            theirs.push(record::Given {
                order: one.order.clone(),
                why: String::new(),
            });
        }
        for seat in self.trial.players.keys() {
            let (Some(level), Ok(view)) = (self.level(seat), sim.view(seat)) else {
                continue;
            };
            let plan = ai::plan(level, &view, stream(self.seed, seat, turn));
            let theirs = orders.entry(seat.clone()).or_default();
            theirs.extend(plan.into_iter().map(|reasoned| record::Given {
                order: reasoned.order,
                why: reasoned.reason,
            }));
        }
        orders.retain(|_, orders| !orders.is_empty());
        orders
    }

    fn turn(&mut self, sim: &mut Sim, turn: u32, reading: bool) {
        if sim.ended().is_some() {
            return;
        }
        let given = self.given(sim, turn);
        for (seat, orders) in self.orders(sim, turn, &given) {
            // Seats come from the scenario: there is none that it does not have.
            let _ = sim.submit(&seat, orders.into_iter().map(|one| one.order).collect());
        }
        let report = sim.resolve_turn();
        for entry in report.journal.iter() {
            if let What::Refused { order, refusal } = &entry.what
                && let Some(one) = given.iter().find(|one| one.order == *order)
            {
                let why = refusal.to_string();
                self.refused.push((turn, one.words.clone(), why));
            }
            self.told.push(Told::of(turn, entry, &mut self.sides));
        }
        if reading {
            for seat in self.trial.scenario.seats.keys() {
                let Ok(view) = sim.view(seat) else { continue };
                let lines = view
                    .report
                    .iter()
                    .map(|e| (seat.clone(), tell::entry(&view, e)));
                self.read.extend(lines.collect::<Vec<_>>());
            }
        }
    }
}

/// Sums of each answer over wars.
pub(super) fn sums(wars: &[Answers]) -> Vec<i64> {
    let width = wars.first().map_or(0, |war| war.values.len());
    (0..width)
        .map(|index| wars.iter().map(|war| war.values[index]).sum())
        .collect()
}
