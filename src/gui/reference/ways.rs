//! Articles about ways to meet the enemy and to hold oneself, about places, and about what somebody is like.

use super::{
    Book, Topic,
    article::{Draft, share},
};
use crate::{
    content::{Family, Ground, Key, Meeting, Posture, Stance, Terrain, Trait},
    gui::{
        names::kebab,
        words::{self, say},
    },
};

pub(super) fn stance(book: &Book<'_>, key: &Key<Stance>, stance: &Stance) -> Draft {
    let mut draft = Draft::new(&stance.summary);
    draft
        .figure(
            say!("stance-family"),
            words::of("family", &kebab(&stance.family)),
        )
        .some(
            say!("stance-needs"),
            stance.needs_readiness.into(),
            stance.needs_readiness.to_string(),
        )
        .some(
            say!("stance-upkeep"),
            stance.upkeep.into(),
            stance.upkeep.to_string(),
        );
    if let Some(speed) = stance.slowed_to {
        draft.figure(say!("stance-slowed"), say!("unit-units", n = speed));
    }
    draft
        .if_so(stance.prepares, || say!("stance-prepares"))
        .if_so(stance.passes, || say!("stance-passes"))
        .if_so(stance.fixed, || say!("stance-fixed"))
        .if_so(stance.lures, || say!("stance-lures"));
    if let Some(hold) = &stance.holds {
        draft.words(say!(
            "stance-holds",
            days = hold.days,
            sp = crate::war::tell::fine_strength(hold.fire_loss),
            readiness = hold.readiness
        ));
    }
    draft.modifiers(book, say!("article-modifiers"), &stance.modifiers);
    draft.part(say!("stance-meets"));
    for ((attack, defend), meeting) in &book.rules().meetings {
        let other = match stance.family {
            Family::Attack if attack == key => defend,
            Family::Defend if defend == key => attack,
            _ => continue,
        };
        draft.link(Topic::Stances, other, met(stance.family, meeting));
    }
    draft.part(say!("stance-otherwise"));
    draft.link(
        Topic::Stances,
        &stance.otherwise,
        say!("stance-otherwise-about"),
    );
    draft
}

/// What a meeting brings, seen from one of the two.
fn met(family: Family, meeting: &Meeting) -> String {
    let (own, other) = match family {
        Family::Attack => (meeting.attacker, meeting.defender),
        Family::Defend => (meeting.defender, meeting.attacker),
    };
    let ground = match &meeting.ground {
        Ground::Defender => say!("ground-defender"),
        Ground::Yields(lanes) => say!("ground-yields", n = *lanes),
        Ground::Contested => say!("ground-contested"),
        Ground::Stands(_) => say!("ground-stands"),
    };
    say!(
        "stance-met",
        own = share(own),
        other = share(other),
        bouts = meeting.bouts,
        ground = ground
    )
}

pub(super) fn posture(book: &Book<'_>, posture: &Posture) -> Draft {
    let mut draft = Draft::new(&posture.summary);
    draft
        .some(
            say!("posture-readiness"),
            posture.readiness.into(),
            format!("{:+}", posture.readiness),
        )
        .if_so(!posture.moves, || say!("posture-stands"))
        .if_so(posture.shelters, || say!("posture-shelters"))
        .if_so(posture.interdicts, || say!("posture-interdicts"))
        .if_so(posture.evades, || say!("posture-evades"))
        .if_so(posture.besieges, || say!("posture-besieges"))
        .if_so(posture.supports, || say!("posture-supports"))
        .if_so(posture.stays, || say!("posture-stays"));
    draft.modifiers(book, say!("article-modifiers"), &posture.modifiers);
    draft
}

pub(super) fn terrain(book: &Book<'_>, terrain: &Terrain) -> Draft {
    let mut draft = Draft::new(&terrain.summary);
    draft
        .figure(say!("place-room"), say!("unit-sp", n = terrain.frontage))
        .if_so(terrain.cover, || say!("terrain-cover"))
        .if_so(terrain.stops, || say!("terrain-stops"));
    draft.modifiers(book, say!("article-modifiers"), &terrain.modifiers);
    draft
}

pub(super) fn quality(book: &Book<'_>, key: &Key<Trait>, quality: &Trait) -> Draft {
    let mut draft = Draft::new(&quality.summary);
    draft.modifiers(book, say!("article-modifiers"), &quality.modifiers);
    if let Some(lesson) = &quality.until {
        draft.part(say!("trait-until"));
        draft.words(say!(
            "trait-lesson",
            loss = share(lesson.loss),
            turn = lesson.turn
        ));
    }
    draft.part(say!("trait-commanders"));
    for commander in book.rules().commanders.values() {
        if commander.traits.contains(key) {
            draft.words(commander.name.as_str());
        }
    }
    draft
}
