//! Screens of what a turn brought: its film, its report, the verdict with the story of the war.

use super::{Screen, screen};
use crate::{
    gui::{
        Page, UiAction,
        checks::stage::{From, Stage},
        film::{Act, Speed},
        panels::journal::Filter,
    },
    sim::{
        journal::{Cause, Entry, What},
        turn::Phase,
        view::Ending,
    },
    war::{
        chronicle,
        story::{Paragraph, Story},
    },
};

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("film", From::Later, |stage| {
        stage.act(UiAction::Film(Act::Watch))
    })
    .alike(),
    screen("film, paused", From::Later, |stage| {
        stage.act(UiAction::Film(Act::Watch));
        stage.act(UiAction::Film(Act::Step));
    }),
    screen("film of a battle", From::Later, |stage| until(stage, true)),
    screen("film of a march, fast", From::Later, |stage| {
        stage.act(UiAction::Film(Act::At(Speed::Quadruple)));
        until(stage, false);
        stage.act(UiAction::Film(Act::Toggle));
    })
    .alike(),
    screen("film to be watched", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Film));
    }),
    screen("film of nothing", From::Begun, |stage| {
        stage.act(UiAction::Turn(Page::Film));
    }),
    screen("report", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Report))
    }),
    screen("report, further down", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Report))
    })
    .then(|stage| stage.scroll(0.9, 500.0)),
    screen("report, end", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Report))
    })
    .then(|stage| stage.scroll(0.9, 50_000.0)),
    screen("report before any turn", From::Begun, |stage| {
        stage.act(UiAction::Turn(Page::Report));
    })
    .alike(),
    screen("report with many losses", From::Later, losses),
    screen("report with many losses, further down", From::Later, losses)
        .then(|stage| stage.scroll(0.9, 700.0)),
    screen("report, large", From::Later, |stage| {
        stage.act(UiAction::Turn(Page::Report));
        stage.act(UiAction::Film(Act::Large(true)));
    }),
    screen("report with many losses, large", From::Later, |stage| {
        losses(stage);
        stage.act(UiAction::Film(Act::Large(true)));
    }),
    screen("journal of one phase", From::Later, |stage| {
        let phase = Some(Phase::Battle);
        stage.act(UiAction::Film(Act::Filter(Filter { mine: false, phase })));
    }),
    screen("journal of what concerns nobody", From::Later, |stage| {
        let phase = Some(Phase::Events);
        stage.act(UiAction::Film(Act::Filter(Filter { mine: true, phase })));
    })
    .alike(),
    screen("journal, further down", From::Later, |_| {})
        .then(|stage| stage.scroll_at((0.6, 0.93), 120.0)),
    screen("phases of the journal", From::Later, |_| {})
        .then(|stage| stage.press("phase of the journal")),
    screen("verdict", From::Later, |stage| end(stage, true)),
    screen("verdict, a draw with its story", From::Later, |stage| {
        end(stage, false);
        story(stage);
    }),
    screen("verdict, further down", From::Later, |stage| {
        end(stage, true);
        story(stage);
    })
    .then(|stage| {
        stage.scroll(0.3, 400.0);
        stage.scroll(0.7, 400.0);
    }),
    screen("map after the verdict", From::Later, |stage| {
        end(stage, true);
        stage.act(UiAction::CloseVerdict);
    }),
    screen("report after the verdict", From::Later, |stage| {
        end(stage, true);
        stage.act(UiAction::CloseVerdict);
        stage.act(UiAction::Turn(Page::Report));
    })
    .alike(),
];

/// The film at the first battle, or the first moment in which somebody moves.
fn until(stage: &mut Stage, battle: bool) {
    stage.act(UiAction::Film(Act::Watch));
    for _ in 0..400 {
        let beat = stage.game.film.beat().expect("the film goes on");
        let is_it = match battle {
            true => beat.battle.is_some() && beat.entries.len() > 1,
            false => beat.phase == Phase::Move,
        };
        if is_it {
            return;
        }
        stage.act(UiAction::Film(Act::Step));
    }
}

/// A turn that cost everybody dearly, in every way there is.
fn losses(stage: &mut Stage) {
    stage.game.film.clear();
    stage.change(|view| {
        let weapon = view.rules.weapons.keys().next().cloned().expect("a weapon");
        let own = view.forces.iter();
        let own = own.map(|(key, force)| (key.clone(), force.place.clone()));
        let foreign = view.contacts.iter();
        let foreign = foreign.map(|(key, c)| (key.as_str().into(), c.place.clone()));
        let all: Vec<_> = own.chain(foreign).collect();
        let classes: Vec<_> = view.rules.classes.keys().take(3).cloned().collect();
        for (force, place) in all {
            let from = view.map.sectors.keys().next().cloned().expect("a sector");
            let causes = [
                Cause::Salvo(weapon.clone(), from.clone()),
                Cause::Answer(weapon.clone(), from.clone()),
                Cause::Bombard(weapon.clone(), from.clone()),
                Cause::Bout(1),
                Cause::Pursuit,
                Cause::CutOff,
                Cause::Passage,
                Cause::Battery(weapon.clone(), "somewhere".into()),
                Cause::Deed("lay-mines".into()),
                Cause::Meter("mines".into()),
            ];
            for (n, cause) in causes.into_iter().enumerate() {
                let what = What::ShipsLost {
                    force: force.clone(),
                    place: place.clone(),
                    class: classes[n % classes.len()].clone(),
                    lost: 3,
                    crippled: 2,
                    hp: 12_345,
                    cause,
                };
                view.report.push(Entry {
                    phase: Phase::Battle,
                    what,
                    witnesses: Default::default(),
                });
            }
        }
    });
    stage.act(UiAction::Turn(Page::Report));
}

/// The war ended here, as it stands.
fn end(stage: &mut Stage, is_won: bool) {
    let Some(session) = &mut stage.game.session else {
        return;
    };
    let winner = session.scenario.sides.keys().next().cloned();
    session.verdict_closed = false;
    stage.change(|view| {
        let terms = view.ledger.iter();
        let terms = terms.map(|line| (line.term.clone(), line.points)).collect();
        view.ended = Some(Ending {
            winner: winner.filter(|_| is_won),
            level: "A decision".into(),
            score: view.ledger.iter().map(|line| line.points).sum(),
            terms,
            results: [("who-holds-the-gate".to_owned(), "contested".to_owned())].into(),
        });
    });
}

/// A war of eighteen turns in figures.
fn story(stage: &mut Stage) {
    let stocks: Vec<_> = stage.view().reserves.keys().cloned().collect();
    let page = |turn: u32| chronicle::Page {
        turn,
        score: i64::from(turn) * 37,
        own: 900_000 - i64::from(turn * turn) * 1_000,
        destroyed: i64::from(turn) * 20_000,
        lost: [("salvo", 4_000), ("bout", i64::from(turn) * 900)].into(),
        reserves: stocks
            .iter()
            .map(|stock| (stock.clone(), 90 - turn.cast_signed() * 3))
            .collect(),
    };
    let day = |turn: u32, passed_over: bool| Paragraph {
        turns: (turn, turn),
        date: format!("{turn} April 2802"),
        text: "At the gate 12.3 of ours kept 45.6 off for the day; we lost 1.2, they 3.4. "
            .repeat(3),
        passed_over,
    };
    stage.game.film.tell(chronicle::Told {
        pages: (0..=18).map(page).collect(),
        story: Story {
            opening: String::from("We began with 55.0 points of ships in 12 forces."),
            days: (1..=8).map(|n| day(n * 2, n % 3 == 0)).collect(),
            close: String::from("On 28 April 2802 the war was won: A decision (121.0)."),
        },
    });
}
