//! Shown names of what rules, orders and happenings name by id, and conditions in words that use them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words::{self, say};
use crate::{
    content::{
        Deed, DeedTarget, Key, Meter, Modifier, Role, Rules, Site, Stat, Stock, When, Whose,
    },
    sim::{order::Mark, view::SeatView},
    war::tell,
};

/// The shown name of a deed.
pub fn deed(view: &SeatView, key: &Key<Deed>) -> String {
    let known = view.rules.deeds.get(key);
    known.map_or(key.as_str(), |d| &d.name).to_owned()
}

/// The shown name of a stock.
pub fn stock(view: &SeatView, key: &Key<Stock>) -> String {
    stock_in(&view.rules, key)
}

/// The same by the rules alone.
pub fn stock_in(rules: &Rules, key: &Key<Stock>) -> String {
    let known = rules.stocks.get(key);
    known.map_or(key.as_str(), |s| &s.name).to_owned()
}

/// The shown name of a site.
pub fn site(view: &SeatView, key: &Key<Site>) -> String {
    crate::war::tell::site(view, key.as_str())
}

/// The shown name of a meter.
pub fn meter(view: &SeatView, key: &Key<Meter>) -> String {
    meter_in(&view.rules, key)
}

/// The same by the rules alone.
pub fn meter_in(rules: &Rules, key: &Key<Meter>) -> String {
    let known = rules.meters.get(key);
    known.map_or(key.as_str(), |m| &m.name).to_owned()
}

/// The shown name of what a deed is done at.
pub fn mark(view: &SeatView, key: &Key<Deed>, at: &Key<Mark>) -> String {
    let target = view.rules.deeds.get(key).map(|d| d.target);
    match target {
        Some(DeedTarget::Site) => site(view, &at.cast()),
        Some(DeedTarget::Sector) => tell::sector(view, at.as_str()),
        Some(DeedTarget::Contact | DeedTarget::Force) => tell::force(view, at.as_str()),
        Some(DeedTarget::Itself) | None => at.as_str().to_owned(),
    }
}

/// Units by stock: `12 line regiments, 3 militia`; empty if there are none.
pub fn units(view: &SeatView, units: &BTreeMap<Key<Stock>, i32>) -> String {
    let some = units.iter().filter(|(_, n)| **n != 0);
    let each: Vec<String> = some
        .map(|(key, n)| format!("{n} {}", stock(view, key)))
        .collect();
    each.join(", ")
}

/// How the files call one of several, `ground-fire`: its texts have that name too.
pub fn kebab(one: &impl Serialize) -> String {
    let value = serde_json::to_value(one).ok();
    value
        .as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// What a statistic is called.
pub fn stat(stat: Stat) -> String {
    words::of("stat", &kebab(&stat))
}

/// A modifier in words: `strength lost on the ground -15%, attacking`.
pub fn modifier(view: &SeatView, modifier: &Modifier) -> String {
    modifier_in(&view.rules, modifier)
}

/// The same by the rules alone.
pub fn modifier_in(rules: &Rules, modifier: &Modifier) -> String {
    let mut told = stat(modifier.stat);
    let add = i64::from(modifier.add);
    if add != 0 && is_share(modifier.stat) {
        let points = tell::tenths_text(add.abs()).replace(".0", "");
        let sign = if add < 0 { "\u{2212}" } else { "+" };
        told = say!(
            "modifier-points",
            what = told,
            n = format!("{sign}{points}")
        );
    } else if add != 0 {
        told += &format!(" {add:+}");
    }
    if modifier.permille != 0 {
        let sign = if modifier.permille < 0 {
            "\u{2212}"
        } else {
            "+"
        };
        let share = tell::share(i64::from(modifier.permille.abs()));
        told += &format!(" {sign}{}", share.replace(".0%", "%"));
    }
    if modifier.when == When::Always {
        return told;
    }
    say!(
        "modifier-when",
        what = told,
        when = when_in(rules, &modifier.when)
    )
}

/// Whether a statistic is a chance or a share, so that what is added to it are points of a hundred.
fn is_share(stat: Stat) -> bool {
    matches!(
        stat,
        Stat::Aim
            | Stat::Exposure
            | Stat::AnswerAim
            | Stat::Intercept
            | Stat::Bait
            | Stat::Convoy
            | Stat::Deed
            | Stat::Bombardment
    )
}

/// What ships of a role are called.
pub fn role(role: Role) -> String {
    words::of("role", &kebab(&role))
}

/// Whose a target must be.
pub fn whose(whose: Whose) -> String {
    words::of("whose", &kebab(&whose))
}

/// A condition in words, with names.
pub fn when(view: &SeatView, asked: &When) -> String {
    when_in(&view.rules, asked)
}

/// The same by the rules alone.
pub fn when_in(rules: &Rules, asked: &When) -> String {
    let name = |known: Option<&String>, id: &str| known.map_or(id, String::as_str).to_owned();
    let quality = |key: &Key<crate::content::Trait>| {
        name(rules.traits.get(key).map(|t| &t.name), key.as_str())
    };
    let all = |parts: &[When]| -> Vec<String> { parts.iter().map(|p| when_in(rules, p)).collect() };
    match asked {
        When::Always => say!("when-always"),
        When::SupplyAtMost(days) => say!("when-supply", n = *days),
        When::ReadinessBelow(n) => say!("when-readiness", n = *n),
        When::In(key) => say!(
            "when-in",
            terrain = name(rules.terrain.get(key).map(|t| &t.name), key.as_str())
        ),
        When::Stance(key) => say!(
            "when-stance",
            stance = name(rules.stances.get(key).map(|s| &s.name), key.as_str())
        ),
        When::Has(role) => say!("when-has", role = self::role(*role)),
        When::MeterAtLeast(key, n) => say!("when-meter", meter = meter_in(rules, key), n = *n),
        When::CrowdAbove(n) => say!("when-crowd", n = *n),
        When::Posture(key) => say!(
            "when-posture",
            posture = name(rules.postures.get(key).map(|p| &p.name), key.as_str())
        ),
        When::Trait(key) => say!("when-trait", quality = quality(key)),
        When::Company(key) => say!("when-company", quality = quality(key)),
        When::Carries(key, n) => say!("when-carries", n = *n, stock = stock_in(rules, key)),
        When::Fought => say!("when-fought"),
        When::FromTurn(turn) => say!("when-from", turn = *turn),
        When::Home => say!("when-home"),
        When::Prongs(n) => say!("when-prongs", n = *n),
        When::Attacking => say!("when-attacking"),
        When::Kind(key) => say!(
            "when-kind",
            kind = name(rules.site_kinds.get(key).map(|k| &k.name), key.as_str())
        ),
        When::Shielded => say!("when-shielded"),
        When::Unsurrendered => say!("when-unsurrendered"),
        When::Against(inner) => say!("when-against", when = when_in(rules, inner)),
        When::All(parts) => all(parts).join(&say!("when-and")),
        When::Any(parts) => all(parts).join(&say!("when-or")),
        When::Not(inner) => match &**inner {
            When::MeterAtLeast(key, n) => {
                say!("when-meter-below", meter = meter_in(rules, key), n = *n)
            }
            When::Shielded => say!("when-not-shielded"),
            When::Attacking => say!("when-not-attacking"),
            When::Not(twice) => when_in(rules, twice),
            _ => say!("when-not", when = when_in(rules, inner)),
        },
    }
}
