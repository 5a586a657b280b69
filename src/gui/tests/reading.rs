//! Reading the war: the bar at the top, sums behind figures, fights looked ahead, supply, reserves, score.

use super::*;
use crate::{
    chart::Overlay,
    gui::{Page, foresee, panels::account, reading::Act, sums},
    sim::{forecast, map::Graph, progress, view::SeatView},
    war::{Setup, War, chronicle},
};

impl Bench {
    /// Texts as they are painted, with the room they take and the room they are given.
    fn texts(&mut self, size: Vec2) -> Vec<(String, Rect, Rect)> {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..Default::default()
        };
        let Self { ctx, game, picture } = self;
        let mut first = true;
        let mut output = ctx.run_ui(input, |ui| {
            if std::mem::take(&mut first) {
                screen::show(ui.ctx(), game, picture);
            }
        });
        output.textures_delta.clear();
        let mut texts = Vec::new();
        for shape in output.shapes {
            gather(&shape.shape, shape.clip_rect, &mut texts);
        }
        texts
    }

    /// Waits until all fights have been looked ahead.
    fn think(&mut self) {
        for _ in 0..6_000 {
            if !self.game.is_thinking() {
                return;
            }
            self.game.poll();
            std::thread::park_timeout(Duration::from_millis(10));
        }
        panic!("the thinking came to no end");
    }

    fn turns(&mut self, n: u32) {
        for _ in 0..n {
            self.game.apply(UiAction::EndTurn);
            self.wait();
        }
    }

    fn view_mut(&mut self) -> &mut SeatView {
        let session = self.game.session.as_mut().expect("a war is on the table");
        Arc::make_mut(&mut session.view)
    }

    pub(in crate::gui) fn says(&mut self, words: &str) -> bool {
        let texts = self.texts(Vec2::new(1280.0, 720.0));
        texts.iter().any(|(text, ..)| text.contains(words))
    }
}

fn gather(shape: &egui::Shape, clip: Rect, out: &mut Vec<(String, Rect, Rect)>) {
    match shape {
        egui::Shape::Text(text) => {
            let room = text.galley.rect.translate(text.pos.to_vec2());
            let words: String = text
                .galley
                .rows
                .iter()
                .map(|row| row.text() + "\n")
                .collect();
            out.push((words.trim().to_owned(), room, clip));
        }
        egui::Shape::Vec(all) => all.iter().for_each(|s| gather(s, clip, out)),
        _ => {}
    }
}

/// A war that the computer has fought for some turns, as both seats see it.
fn fought(turns: u32) -> Vec<Arc<SeatView>> {
    let catalog = Arc::new(Catalog::shipped());
    let (scenario, _) = catalog.first().expect("one is shipped");
    let setup = Setup::new(scenario.as_str(), 3);
    let mut war = War::begin(catalog, setup).expect("it begins");
    let seats: Vec<_> = war.scenario().seats.keys().cloned().collect();
    let mut views = Vec::new();
    for _ in 0..turns {
        war.end_turn().expect("nothing is saved");
        views.extend(seats.iter().filter_map(|seat| war.view(seat).ok()));
    }
    views
}

fn adds_up(sum: &sums::Sum, figure: i64) {
    let rows: i64 = sum.rows.iter().map(|row| row.value).sum();
    assert_eq!(sum.total, figure, "{sum:?}");
    assert_eq!(rows, figure, "{sum:?}");
}

#[test]
fn every_sum_adds_up_to_its_figure() {
    let views = fought(7);
    let mut shots = 0;
    for (index, view) in views.iter().enumerate() {
        let before = index.checked_sub(2).map(|i| &views[i]);
        for (key, force) in &view.forces {
            let was = before.and_then(|v| v.forces.get(key));
            adds_up(&sums::strength(view, force), force.strength);
            adds_up(&sums::speed(view, force), i64::from(force.speed));
            adds_up(
                &sums::readiness(view, force, was),
                i64::from(force.readiness),
            );
            adds_up(&sums::aboard(view, force, was), i64::from(force.supply));
            for (stock, n) in &force.stocks {
                let sum = sums::magazine(view, key, force, stock, was);
                adds_up(&sum, i64::from(*n));
            }
            adds_up(
                &sums::delivered(view, force),
                i64::from(force.line.delivered),
            );
            for (weapon, contact) in view
                .rules
                .weapons
                .keys()
                .flat_map(|w| view.contacts.values().map(move |c| (w, c)))
            {
                let sum = sums::hit(view, force, weapon, contact, true).expect("a weapon");
                adds_up(&sum, sum.total);
                shots += 1;
            }
        }
        for (stock, reserve) in &view.reserves {
            adds_up(&sums::reserve(view, stock), i64::from(reserve.left));
            assert_eq!(reserve.by_turn.last(), Some(&reserve.used));
            assert_eq!(reserve.by_turn.len(), (view.turn - 1) as usize);
        }
        for line in &view.ledger {
            let sum = sums::term(view, line);
            adds_up(&sum, line.points);
            // Nothing is left over: the terms are counted as the rules count them.
            let rest = crate::gui::words::say!("sum-unseen");
            assert!(sum.rows.iter().all(|row| row.name != rest), "{sum:?}");
        }
        for meter in view.meters.keys() {
            let before = before.map(|v| &**v);
            adds_up(
                &sums::meter(view, meter, before),
                i64::from(view.meters[meter]),
            );
        }
        adds_up(&sums::losses(view), view.toll.0);
        let score = view.ledger.iter().map(|l| l.points).sum();
        adds_up(&sums::score(view), score);
    }
    assert!(shots > 0, "nobody was ever seen");
}

#[test]
fn harm_that_costs_no_ship_counts_among_the_losses() {
    let views = fought(9);
    let mut scars = 0;
    for (index, view) in views.iter().enumerate() {
        let before = index.checked_sub(2).map_or(0, |i| views[i].toll.0);
        let losses = account::losses(view, true);
        let told: i64 = losses.values().map(|loss| loss.hp).sum();
        let mended = account::mended(view);
        // What is done on the pursuit and costs no ship is told of nowhere.
        let (turn, grown) = (view.turn, view.toll.0 - before);
        assert!(told - mended <= grown, "turn {turn}: {grown}, {losses:?}");
        assert!(told > 0 || grown <= 0, "turn {turn}: {grown}");
        scars += losses.values().map(|loss| loss.scars).sum::<i64>();
    }
    assert!(scars > 0, "no ship was ever only hurt");
    // The story of the war counts each turn as its report did.
    let catalog = Arc::new(Catalog::shipped());
    let (scenario, _) = catalog.first().expect("one is shipped");
    let mut war = War::begin(catalog.clone(), Setup::new(scenario.as_str(), 3)).expect("it begins");
    for _ in 0..9 {
        war.end_turn().expect("nothing is saved");
    }
    let seat = war.scenario().seats.keys().next().expect("a seat").clone();
    let told = chronicle::chronicle(&catalog, war.record(), &seat).expect("it is told");
    for (page, view) in told
        .pages
        .iter()
        .skip(1)
        .zip(views.iter().step_by(views.len() / 9))
    {
        let told = account::losses(view, true);
        let told: Vec<_> = told.iter().map(|(cause, loss)| (*cause, loss.hp)).collect();
        let story: Vec<_> = page.lost.iter().map(|(cause, hp)| (*cause, *hp)).collect();
        assert_eq!(story, told, "turn {}", page.turn);
    }
}

#[test]
fn progress_says_what_the_objectives_say() {
    let mut known = 0;
    let catalog = Catalog::shipped();
    let (_, scenario) = catalog.first().expect("one is shipped");
    for view in fought(6) {
        for (key, objective) in &view.objectives {
            // What was fulfilled once stays so; what turns on the date counts the turn that has passed.
            if scenario.objectives[key].lasting {
                continue;
            }
            if let Some(holds) = progress::holds(&view, &objective.when) {
                assert_eq!(holds, objective.met, "{key} on turn {}", view.turn);
                known += 1;
            }
        }
    }
    assert!(known > 0);
}

#[test]
fn the_bar_at_the_top_is_never_clipped() {
    let folder = Folder::new("bar");
    let mut bench = Bench::new(&folder);
    let mut views = vec![false, true];
    for long in views.drain(..) {
        if long {
            let session = bench.game.session.as_mut().expect("a war is on the table");
            let seat = session.seat.clone();
            let scenario = Arc::make_mut(&mut session.scenario);
            let seat = scenario.seats.get_mut(&seat).expect("the seat");
            seat.name = "The most serene and united fleets of the upper and the lower arm".into();
            let view = bench.view_mut();
            view.date = "30 September 12802".into();
            view.turn = 188;
            view.turns = 240;
            for reserve in view.reserves.values_mut() {
                (reserve.left, reserve.used, reserve.dry_on) = (12_345, 1_234, Some(199));
            }
            let cut = view.map.sectors.keys().next().cloned();
            for (index, force) in view.forces.values_mut().enumerate() {
                force.line.cut = cut.clone().filter(|_| index % 2 == 0);
                force.supply = 0;
            }
        }
        // At 150 percent a window of 1280 has 853 points.
        for width in [1920.0, 1280.0, 1024.0, 853.0] {
            let size = Vec2::new(width, 720.0);
            bench.texts(size);
            let texts = bench.texts(size);
            let bar: Vec<_> = texts
                .iter()
                .filter(|(text, room, _)| room.bottom() < 44.0 && !text.is_empty())
                .collect();
            let all: Vec<&str> = bar.iter().map(|(text, ..)| text.as_str()).collect();
            assert!(all.contains(&"END TURN"), "{all:?}");
            for (text, room, clip) in &bar {
                let seen = clip.intersect(Rect::from_min_size(Pos2::ZERO, size));
                assert!(
                    room.left() >= seen.left() - 0.5 && room.right() <= seen.right() + 0.5,
                    "{text} at {width}: {room} in {seen}"
                );
            }
            for (index, (text, room, _)) in bar.iter().enumerate() {
                for (other, beside, _) in &bar[index + 1..] {
                    let both = room.shrink(0.5).intersect(beside.shrink(0.5));
                    assert!(
                        !both.is_positive(),
                        "{text} and {other} at {width}: {all:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_sum_opens_under_the_pointer_beside_its_figure_and_by_key() {
    let folder = Folder::new("hover");
    let mut bench = Bench::new(&folder);
    let view = &bench.game.session.as_ref().expect("a war").view;
    let force = view.forces.iter().find(|(_, f)| f.mine && f.speed > 0);
    let (key, force) = force.map(|(k, f)| (k.clone(), f.clone())).expect("a fleet");
    let class = view.rules.classes[&force.ships[0].class].name.clone();
    bench
        .game
        .apply(UiAction::Select(Some(Tag::Force(key.clone()))));
    for _ in 0..4 {
        bench.frame(Vec::new());
    }
    let spot: Option<(Pos2, u64)> = bench
        .ctx
        .data(|data| data.get_temp(theme::spot_id("figure strength")));
    let (at, _) = spot.expect("the figure is shown");
    bench.frame(vec![Event::PointerMoved(at)]);
    for _ in 0..60 {
        bench.frame(Vec::new());
    }
    assert!(bench.is_shown("sum"), "it opens under the pointer");
    let sum: Option<(Pos2, u64)> = bench.ctx.data(|data| data.get_temp(theme::spot_id("sum")));
    let (sum, _) = sum.expect("it opens");
    assert!(
        sum.x < 1280.0 - 328.0,
        "it does not cover its figure: {sum}"
    );

    let stock = bench.view_mut().reserves.keys().next().cloned();
    let clock = format!("clock {}", stock.expect("a reserve"));
    let spot: Option<(Pos2, u64)> = bench.ctx.data(|data| data.get_temp(theme::spot_id(&clock)));
    let (at, _) = spot.expect("the clock is at the top");
    bench.frame(vec![Event::PointerMoved(at)]);
    for _ in 0..60 {
        bench.frame(Vec::new());
    }
    let sum: Option<(Pos2, u64)> = bench.ctx.data(|data| data.get_temp(theme::spot_id("sum")));
    assert!(
        bench.is_shown("sum") && sum.is_some_and(|(at, _)| at.y > 44.0 && at.y < 120.0),
        "it opens below the bar: {sum:?}"
    );
    bench.click(&clock);
    assert_eq!(bench.game.page, Page::Reserves);
    bench.game.apply(UiAction::Turn(Page::Selection));

    bench.frame(vec![Event::PointerMoved(Pos2::new(600.0, 300.0))]);
    let lines = |bench: &mut Bench| {
        let texts = bench.texts(Vec2::new(1280.0, 720.0));
        let dock = texts.iter().filter(|(_, room, _)| room.left() > 950.0);
        dock.filter(|(text, ..)| text.starts_with(&class)).count()
    };
    for _ in 0..4 {
        bench.frame(Vec::new());
    }
    let closed = lines(&mut bench);
    bench.game.apply(UiAction::Read(Act::Lines));
    bench.frame(Vec::new());
    assert!(lines(&mut bench) > closed, "it opens by key");
    bench.game.apply(UiAction::Read(Act::Lines));
    bench
        .game
        .apply(UiAction::Read(Act::Open("strength".into())));
    bench.frame(Vec::new());
    assert!(lines(&mut bench) > closed, "it opens by a press");
}

#[test]
fn the_fights_to_expect_are_those_of_the_war() {
    let folder = Folder::new("fights");
    let mut bench = Bench::new(&folder);
    bench.turns(3);
    bench.think();
    bench.plan();
    bench.think();
    let session = bench.game.session.as_ref().expect("a war is on the table");
    let war = session.war.as_ref().expect("no turn is being resolved");
    let answer = bench.game.reading.fights().expect("it was worked out");
    assert!(!answer.fights.is_empty(), "the war has met by turn 4");
    for fight in &answer.fights {
        let outlook = war
            .outlook(&session.seat, &fight.place, foresee::SAMPLES)
            .expect("the seat");
        assert_eq!(outlook.as_ref(), Some(&fight.outlook), "{}", fight.place);
        let counts: u32 = fight.outlook.forecast.own.bins.counts.iter().sum();
        assert_eq!(counts, foresee::SAMPLES);
    }
    let place = answer.fights[0].place.clone();
    let own = answer.fights[0].outlook.with[0].clone();
    let planned = forecast::ordered(&session.view, &session.pending);
    let listed = foresee::to_be_expected(&planned, &Graph::new(&planned.map));
    for fight in &answer.fights {
        assert!(listed.contains(&fight.place));
    }
    // A press goes to it; with a force that will be there its stances are compared.
    bench.game.apply(UiAction::Turn(Page::Outlook));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click(&format!("fight {place}"));
    assert_eq!(bench.game.selection.what, Some(Tag::Sector(place.clone())));
    assert_eq!(bench.game.page, Page::Outlook);
    bench.game.apply(UiAction::Select(Some(Tag::Force(own))));
    bench.think();
    let detail = bench.game.reading.here().and_then(|a| a.detail.clone());
    let detail = detail.expect("there is a fight");
    assert!(detail.stances.len() > 1, "{:?}", detail.stances);
    assert!(detail.without.is_some(), "an order is pending");
}

#[test]
fn many_forces_with_long_names_fit_into_the_outlook() {
    let folder = Folder::new("long-names");
    let mut bench = Bench::new(&folder);
    bench.turns(3);
    bench.think();
    let foe = bench.view_mut().clone();
    let hostile = foe
        .contacts
        .values()
        .find(|c| foe.hostile.contains(&c.side));
    let place = hostile.expect("somebody is known").place.sector().clone();
    let all = foe.forces.iter().filter(|(_, f)| f.mine);
    let all: Vec<_> = all.map(|(key, _)| key.clone()).collect();
    assert!(all.len() >= 7, "{all:?}");
    for many in [3, 5, 7] {
        for key in all.iter().take(many) {
            let force = bench.view_mut().forces.get_mut(key).expect("it is there");
            force.place = crate::sim::state::Place::Sector(place.clone());
            force.name = format!("{key} Expeditionary Reinforcement of Andromeda");
        }
        bench
            .game
            .apply(UiAction::Select(Some(Tag::Sector(place.clone()))));
        bench.think();
        bench.game.apply(UiAction::Turn(Page::Outlook));
        for _ in 0..3 {
            bench.frame(Vec::new());
        }
        let detail = bench.game.reading.here().and_then(|a| a.detail.clone());
        let with = detail.expect("there is a fight").fight.outlook.with;
        assert!(with.len() >= many, "{with:?}");
        let session = bench.game.session.as_ref().expect("a war is on the table");
        let width = session.camera.map_or(0.0, |c| c.size.0);
        assert!((700.0..720.0).contains(&width), "{many}: {width}");
        // All of them, scrolled or not: each in one row or two, none letter by letter.
        let mut shown = 0;
        for (text, room, clip) in bench.texts(Vec2::new(1280.0, 720.0)) {
            if clip.left() > 940.0 && text.contains("Expeditionary") {
                assert!(room.right() <= clip.right() + 1.0, "{many}: {text}");
                assert!(text.lines().count() <= 2, "{many}: {text}");
                shown += 1;
            }
        }
        assert!(shown > 0, "{many}: none is in sight");
    }
}

#[test]
fn a_briefing_begins_at_its_beginning() {
    let folder = Folder::new("briefing");
    let mut bench = Bench::new(&folder);
    let title = |bench: &mut Bench| {
        let session = bench.game.session.as_ref().expect("a war is on the table");
        let title = session.scenario.title.clone();
        let texts = bench.texts(Vec2::new(1280.0, 720.0));
        let found = texts.iter().find(|(text, ..)| *text == title);
        found.map(|(_, room, clip)| room.top() >= clip.top() - 1.0)
    };
    let open = |bench: &mut Bench| {
        bench.key("F4");
        for _ in 0..4 {
            bench.frame(Vec::new());
        }
    };
    open(&mut bench);
    assert_eq!(title(&mut bench), Some(true));
    bench.frame(vec![Event::PointerMoved(Pos2::new(300.0, 400.0))]);
    let wheel = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: Vec2::new(0.0, -900.0),
        modifiers: egui::Modifiers::NONE,
        phase: egui::TouchPhase::Move,
    };
    bench.frame(vec![wheel]);
    for _ in 0..60 {
        bench.frame(Vec::new());
    }
    assert_ne!(title(&mut bench), Some(true), "it was read further down");
    bench.key("Escape");
    for _ in 0..4 {
        bench.frame(Vec::new());
    }
    open(&mut bench);
    assert_eq!(title(&mut bench), Some(true));
}

#[test]
fn the_list_of_supply_names_the_cut() {
    let folder = Folder::new("cut");
    let mut bench = Bench::new(&folder);
    let view = bench.view_mut();
    let force = view.forces.iter().find(|(_, f)| f.mine);
    let (key, at) = force
        .map(|(k, f)| (k.clone(), f.place.sector().clone()))
        .expect("a force");
    let place = view.map.sectors[&at].name.clone();
    let line = &mut view.forces.get_mut(&key).expect("it is there").line;
    line.cut = Some(at);
    line.source = None;
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("short of supply");
    assert_eq!(bench.game.selection.what, Some(Tag::Force(key.clone())));
    assert_eq!(bench.game.overlay, Overlay::Supply);
    assert!(bench.says(&format!("Cut at {place}")), "the inspector says");
    bench.game.apply(UiAction::Turn(Page::Overlay));
    bench.frame(Vec::new());
    assert!(bench.says(&format!("Cut at {place}")), "the list says so");
    assert!(bench.says("cut off"));
}

#[test]
fn every_page_of_the_dock_fits_into_it() {
    let folder = Folder::new("pages");
    let mut bench = Bench::new(&folder);
    bench.turns(4);
    bench.think();
    let fit = |bench: &mut Bench, what: &str| {
        for _ in 0..3 {
            bench.frame(Vec::new());
        }
        let session = bench.game.session.as_ref().expect("a war is on the table");
        let width = session.camera.map_or(0.0, |c| c.size.0);
        assert!((700.0..720.0).contains(&width), "{what}: {width}");
        for (text, room, clip) in bench.texts(Vec2::new(1280.0, 720.0)) {
            if clip.left() > 940.0 && !text.is_empty() {
                assert!(room.right() <= clip.right() + 1.0, "{what}: {text}");
            }
        }
    };
    for page in [
        Page::Selection,
        Page::Outlook,
        Page::Reserves,
        Page::Score,
        Page::Report,
    ] {
        bench.game.apply(UiAction::Turn(page));
        fit(&mut bench, &format!("{page:?}"));
    }
    for overlay in Overlay::ALL {
        bench.game.apply(UiAction::Overlay(overlay));
        let explained = overlay != Overlay::None;
        assert_eq!(bench.game.page == Page::Overlay, explained, "{overlay:?}");
        fit(&mut bench, &format!("{overlay:?}"));
    }
    let view = bench.view_mut().clone();
    let things = view.map.sectors.keys().take(8).cloned().map(Tag::Sector);
    let things = things.chain(view.map.lanes.keys().take(4).cloned().map(Tag::Lane));
    let things = things.chain(view.sites.keys().cloned().map(Tag::Site));
    let things: Vec<Tag> = things
        .chain(view.contacts.keys().cloned().map(Tag::Contact))
        .collect();
    bench.game.apply(UiAction::Read(Act::Lines));
    for thing in things {
        bench.game.apply(UiAction::Select(Some(thing.clone())));
        bench.think();
        fit(&mut bench, &format!("{thing:?}"));
        bench.game.apply(UiAction::Turn(Page::Outlook));
        fit(&mut bench, &format!("the outlook of {thing:?}"));
    }
}

#[test]
fn a_screen_reader_is_told_the_sums() {
    let folder = Folder::new("told");
    let mut bench = Bench::new(&folder);
    let view = &bench.game.session.as_ref().expect("a war").view;
    let force = view.forces.iter().find(|(_, f)| f.mine && f.speed > 0);
    let (key, force) = force.map(|(k, f)| (k.clone(), f.clone())).expect("a fleet");
    let class = view.rules.classes[&force.ships[0].class].name.clone();
    bench.game.apply(UiAction::Select(Some(Tag::Force(key))));
    bench.ctx.enable_accesskit();
    bench.frame(Vec::new());
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1280.0, 720.0))),
        ..Default::default()
    };
    let Bench { ctx, game, picture } = &mut bench;
    let mut output = ctx.run_ui(input, |ui| {
        screen::show(ui.ctx(), game, picture);
    });
    output.textures_delta.clear();
    let tree = output.platform_output.accesskit_update.expect("a tree");
    let told = |begins: &str, holds: &str| {
        tree.nodes.iter().any(|(_, node)| {
            let label = node.label().unwrap_or_default();
            label.starts_with(begins) && label.contains(holds)
        })
    };
    assert!(told("Strength ", &class));
    assert!(told("Angelfire ", &force.name) || told("Angelfire ", "Angelfire charges"));
    assert!(told("END TURN", ""));
}
