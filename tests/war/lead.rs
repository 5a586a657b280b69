//! Reels of a record, and of one that was entered.

use std::sync::Arc;

use angelfire::{
    ai::Level,
    war::{Reel, War},
};

use super::{CATALOG, FINISHED, seats};

#[test]
fn several_points_of_view_are_each_what_it_is_alone() {
    let mut points = vec![None];
    points.extend(seats().into_iter().map(Some));
    let all = Reel::several(&CATALOG, &FINISHED, &points).expect("it plays");
    assert_eq!(all.len(), points.len());
    for (reel, seat) in all.iter().zip(points) {
        let alone = Reel::new(&CATALOG, &FINISHED, seat).expect("it plays");
        assert_eq!(reel.seat, alone.seat);
        assert_eq!(reel.frames.len(), alone.frames.len());
        for (one, other) in reel.frames.iter().zip(&alone.frames) {
            assert_eq!((one.turn, &one.view), (other.turn, &other.view));
        }
    }
}

#[test]
fn the_record_that_was_entered_goes_on_beside_the_war() {
    let seat = seats().remove(0);
    let entered = |seat| War::enter(CATALOG.clone(), &FINISHED, 4, &[seat], Level::Steady);
    let mut war = entered(seat.clone()).expect("it is entered");
    let none = Reel::entered(&CATALOG, &FINISHED, Some(seat.clone())).expect("it plays");
    assert!(none.is_none(), "nobody has entered anything there");
    for _ in 0..3 {
        war.end_turn().expect("a turn");
    }
    let told = Reel::new(&CATALOG, &FINISHED, Some(seat.clone())).expect("it plays");
    let there = Reel::entered(&CATALOG, war.record(), Some(seat.clone())).expect("it plays");
    let there = there.expect("a record was entered");
    assert_eq!(there.frames.len(), told.frames.len());
    for (one, other) in there.frames.iter().zip(&told.frames) {
        assert_eq!(one.view, other.view);
    }
    let here = Reel::new(&CATALOG, war.record(), Some(seat)).expect("it plays");
    assert_eq!(here.frames.len(), 8, "the beginning and seven turns");
    assert_eq!(here.frames[4].view, told.frames[4].view);
}

#[test]
fn who_follows_is_told_of_contacts_in_sight_alone() {
    let seat = seats().remove(0);
    let mut war = War::enter(
        CATALOG.clone(),
        &FINISHED,
        6,
        std::slice::from_ref(&seat),
        Level::Steady,
    )
    .expect("it is entered");
    for _ in 0..3 {
        let following = war.following();
        let view: Arc<_> = war.view(&seat).expect("a view");
        let told = war.following_in_sight(&seat);
        for contact in &told {
            assert_eq!(view.contacts.get(contact).map(|c| c.age), Some(0));
        }
        let seen = view.contacts.values().filter(|c| c.age == 0).count();
        assert!(told.len() <= seen.min(following.len()));
        war.end_turn().expect("a turn");
    }
}
