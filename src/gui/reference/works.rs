//! Articles about kinds of site, meters and deeds, and outcomes in words.

use super::{
    Book, Topic,
    article::{Draft, share},
    names,
    ships::units,
};
use crate::{
    content::{Bears, Deed, DeedTarget, Guards, Meter, Outcome, SiteKind, When, Who},
    gui::{
        names::kebab,
        sums::grows,
        words::{self, say},
    },
    war::tell,
};

pub(super) fn site(book: &Book<'_>, kind: &SiteKind) -> Draft {
    let mut draft = Draft::new(&kind.summary);
    let sp = |hp: i64| say!("unit-sp", n = tell::fine_strength(hp));
    draft.part(say!("article-figures"));
    for (words, n) in [
        (say!("place-supplies"), kind.supply),
        (say!("place-tracks"), kind.track),
        (say!("place-endures"), kind.endurance),
        (say!("place-follows"), kind.follows),
        (say!("site-shields"), kind.shields),
    ] {
        draft.some(words, n.into(), n.to_string());
    }
    draft
        .some(say!("site-shield-each"), kind.shield, sp(kind.shield))
        .some(say!("site-structure"), kind.structure, sp(kind.structure))
        .some(say!("place-mends"), kind.repair, sp(kind.repair))
        .if_so(kind.depot, || say!("site-depot"))
        .if_so(kind.grid, || say!("site-grid"))
        .if_so(kind.fed, || say!("site-fed"))
        .if_so(kind.defiant, || say!("site-defiant"));
    match kind.guards {
        Some(Guards::Sector) => _ = draft.words(say!("site-guards-sector")),
        Some(Guards::Region) => _ = draft.words(say!("site-guards-region")),
        None => {}
    }
    if let Some(meter) = &kind.voids {
        let meter = names::meter_in(book.rules(), meter);
        draft.words(say!("site-voids", meter = meter));
    }
    draft.part(say!("class-weapons"));
    for (weapon, n) in &kind.weapons {
        draft.link(Topic::Weapons, weapon, say!("class-mounts", n = *n));
    }
    draft.part(say!("site-makes-each"));
    for (stock, n) in &kind.makes {
        draft.link(Topic::Stocks, stock, n.to_string());
    }
    draft.part(say!("site-meters"));
    for (meter, n) in &kind.meters {
        draft.link(Topic::Meters, meter, say!("site-starts", n = *n));
    }
    draft.modifiers(book, bears(kind.bears), &kind.modifiers);
    draft
}

fn bears(bears: Bears) -> String {
    match bears {
        Bears::Own => say!("site-bears-own"),
        Bears::Foes => say!("site-bears-foes"),
        Bears::All => say!("site-bears-all"),
    }
}

pub(super) fn meter(book: &Book<'_>, meter: &Meter) -> Draft {
    let mut draft = Draft::new(&meter.summary);
    let (least, most) = meter.range;
    draft
        .figure(say!("meter-on"), words::of("meter-on", &kebab(&meter.on)))
        .figure(
            say!("meter-range"),
            say!("meter-range-of", least = least, most = most),
        )
        .figure(say!("meter-start"), meter.start.to_string());
    draft.part(say!("meter-grows"));
    for growth in &meter.growth {
        draft.words(grows(book.rules(), meter.on, growth));
    }
    for threshold in &meter.thresholds {
        let (at, name) = (threshold.at, threshold.name.as_str());
        draft.part(match threshold.falling {
            true => say!("sum-threshold-falling", at = at, name = name),
            false => say!("sum-threshold", at = at, name = name),
        });
        let whom = bears(meter.bears);
        for modifier in &threshold.modifiers {
            let what = names::modifier_in(book.rules(), modifier);
            draft.words(match meter.on {
                crate::content::MeterOn::Sector | crate::content::MeterOn::Site => {
                    say!("site-bears", whom = whom.as_str(), what = what)
                }
                _ => what,
            });
        }
        for outcome in &threshold.outcomes {
            draft.words(told(book, outcome));
        }
    }
    draft
}

pub(super) fn deed(book: &Book<'_>, deed: &Deed) -> Draft {
    let mut draft = Draft::new(&deed.summary);
    draft.figure(
        say!("deed-target"),
        words::of("deed-target", &kebab(&deed.target)),
    );
    if deed.target != DeedTarget::Itself {
        draft.figure(say!("deed-whose"), names::whose(deed.whose));
        match deed.reach {
            0 => draft.figure(say!("deed-reach"), say!("deed-reach-here")),
            units => draft.figure(say!("deed-reach"), say!("unit-units", n = units)),
        };
    }
    draft.figure(say!("deed-chance"), share(deed.chance));
    draft
        .some(
            say!("deed-turns"),
            deed.takes.into(),
            say!("deed-turns-of", n = deed.takes),
        )
        .if_so(deed.once, || say!("deed-once"))
        .if_so(deed.secret, || say!("deed-secret"));
    draft.part(say!("deed-asks"));
    if deed.when != When::Always {
        let when = names::when_in(book.rules(), &deed.when);
        draft.words(say!("refused-lacks", when = when));
    }
    if deed.at != When::Always {
        let when = names::when_in(book.rules(), &deed.at);
        draft.words(say!("refused-lacks-target", when = when));
    }
    draft.part(say!("deed-cost"));
    let readiness = deed.cost.readiness;
    draft.if_so(readiness != 0, || {
        say!("deed-cost-readiness", n = readiness)
    });
    for (stock, n) in &deed.cost.stocks {
        draft.link(Topic::Stocks, stock, say!("deed-cost-of", n = *n));
    }
    for (meter, n) in &deed.cost.meters {
        draft.link(Topic::Meters, meter, say!("deed-cost-of", n = *n));
    }
    draft.modifiers(book, say!("deed-odds"), &deed.modifiers);
    for (heading, outcomes) in [
        (say!("deed-success"), &deed.success),
        (say!("deed-failure"), &deed.failure),
    ] {
        draft.part(heading);
        for outcome in outcomes {
            draft.words(told(book, outcome));
        }
    }
    draft
}

/// An outcome in words.
fn told(book: &Book<'_>, outcome: &Outcome) -> String {
    let rules = book.rules();
    let whom = |who: &Who| words::of("who", &kebab(who));
    let signed = |n: i32| format!("{n:+}").replace('-', "\u{2212}");
    let quality = |key: &crate::content::Key<crate::content::Trait>| {
        rules
            .traits
            .get(key)
            .map_or(key.as_str(), |t| &t.name)
            .to_owned()
    };
    match outcome {
        Outcome::Meter(who, meter, n) => say!(
            "outcome-meter",
            who = whom(who),
            meter = names::meter_in(rules, meter),
            n = signed(*n)
        ),
        Outcome::Clear(meter, n) => say!(
            "outcome-clear",
            meter = names::meter_in(rules, meter),
            n = *n
        ),
        Outcome::Stock(who, stock, n) if *n < 0 => say!(
            "outcome-stock-lost",
            who = whom(who),
            what = units(book, stock, n.abs())
        ),
        Outcome::Stock(who, stock, n) => {
            say!(
                "outcome-stock",
                who = whom(who),
                what = units(book, stock, *n)
            )
        }
        Outcome::Harm(who, permille) => {
            say!("outcome-harm", who = whom(who), share = share(*permille))
        }
        Outcome::Mend(who, permille) => {
            say!("outcome-mend", who = whom(who), share = share(*permille))
        }
        Outcome::Readiness(who, n) => {
            say!("outcome-readiness", who = whom(who), n = signed(*n))
        }
        Outcome::Garrison(who, permille) => {
            say!(
                "outcome-garrison",
                who = whom(who),
                share = share(*permille)
            )
        }
        Outcome::Shields(who, n) => say!("outcome-shields", who = whom(who), n = *n),
        Outcome::Damage(who, hp) => say!(
            "outcome-damage",
            who = whom(who),
            sp = tell::fine_strength(*hp)
        ),
        Outcome::Learn(who) => say!("outcome-learn", who = whom(who)),
        Outcome::Call { least, most, .. } => {
            say!("outcome-call", least = *least, most = *most)
        }
        Outcome::Gain(who, key) => {
            say!("outcome-gain", who = whom(who), quality = quality(key))
        }
        Outcome::Lose(who, key) => {
            say!("outcome-lose", who = whom(who), quality = quality(key))
        }
        Outcome::Win => say!("outcome-win"),
        Outcome::Revolt => say!("outcome-revolt"),
        Outcome::Yield => say!("outcome-yield"),
        Outcome::Raze => say!("outcome-raze"),
        Outcome::Set(_) => say!("outcome-set"),
    }
}
