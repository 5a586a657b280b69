//! Articles about ships, weapons and what magazines hold.

use super::{
    Book, Topic,
    article::{Draft, share},
    names,
};
use crate::{
    content::{Class, Stock, Weapon},
    gui::{
        names::kebab,
        words::{self, say},
    },
    war::tell,
};

pub(super) fn class(book: &Book<'_>, class: &Class) -> Draft {
    let mut draft = Draft::new(words::of("role-about", &kebab(&class.role)));
    draft
        .figure(
            say!("class-hull"),
            say!("unit-sp", n = tell::fine_strength(class.hull.into())),
        )
        .figure(say!("class-speed"), say!("unit-units", n = class.speed))
        .some(
            say!("class-intercept"),
            class.intercept.into(),
            say!("unit-salvos", n = thousandths(class.intercept)),
        );
    draft.part(say!("class-weapons"));
    for (weapon, mounts) in &class.weapons {
        draft.link(Topic::Weapons, weapon, say!("class-mounts", n = *mounts));
    }
    draft.part(say!("class-magazine"));
    for (stock, units) in &class.magazine {
        draft.link(Topic::Stocks, stock, say!("class-holds", n = *units));
    }
    draft.modifiers(book, say!("article-modifiers"), &class.modifiers);
    draft
}

pub(super) fn weapon(book: &Book<'_>, weapon: &Weapon) -> Draft {
    let mut draft = Draft::new(words::of("trigger", &kebab(&weapon.trigger)));
    let (least, most) = weapon.damage;
    draft
        .figure(say!("weapon-range"), say!("unit-units", n = weapon.range))
        .figure(say!("weapon-chance"), share(weapon.accuracy))
        .figure(say!("weapon-falloff"), share(weapon.falloff / 10))
        .figure(say!("weapon-cap"), share(weapon.accuracy_cap))
        .figure(
            say!("weapon-damage"),
            say!(
                "weapon-damage-of",
                least = tell::fine_strength(least.into()),
                most = tell::fine_strength(most.into())
            ),
        )
        .figure(say!("weapon-tempo"), thousandths(weapon.tempo))
        .some(
            say!("weapon-scatter"),
            weapon.scatter.into(),
            share(weapon.scatter),
        )
        .some(
            say!("weapon-reveals"),
            weapon.reveals.into(),
            say!("unit-units", n = weapon.reveals),
        )
        .some(
            say!("weapon-shakes"),
            weapon.shakes.into(),
            weapon.shakes.to_string(),
        )
        .if_so(weapon.interceptable, || say!("weapon-interceptable"));
    draft.part(say!("weapon-stock"));
    match &weapon.stock {
        Some(stock) => draft.link(Topic::Stocks, stock, say!("weapon-each-salvo")),
        None => draft.words(say!("weapon-never-dry")),
    };
    draft.modifiers(book, say!("article-modifiers"), &weapon.modifiers);
    draft
}

pub(super) fn stock(book: &Book<'_>, stock: &Stock) -> Draft {
    let mut draft = Draft::new(match (&stock.troops, stock.reserve) {
        (Some(_), _) => say!("stock-troops"),
        (None, true) => say!("stock-reserve"),
        (None, false) => say!("stock-plain"),
    });
    if let Some(troops) = &stock.troops {
        let each = tell::fine_strength(troops.strength.into());
        draft
            .figure(say!("stock-strength"), say!("unit-sp", n = each))
            .words(match troops.lands {
                true => say!("troops-land"),
                false => say!("troops-hold-only"),
            })
            .if_so(troops.boards, || say!("stock-boards"));
        draft.modifiers(book, say!("article-modifiers"), &troops.modifiers);
    }
    draft.part(say!("stock-commanders"));
    for commander in book.rules().commanders.values() {
        let of = commander
            .captive
            .as_ref()
            .and_then(|key| book.rules().stocks.get(key));
        if of == Some(stock) {
            draft.words(commander.name.as_str());
        }
    }
    draft
}

/// Thousandths as a plain number: 500 is `0.5`.
pub(super) fn thousandths(n: i32) -> String {
    let text = format!("{}.{:03}", n / 1000, (n % 1000).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The name of a stock with so many units of it.
pub(super) fn units(book: &Book<'_>, stock: &crate::content::Key<Stock>, n: i32) -> String {
    format!("{n} {}", names::stock_in(book.rules(), stock))
}
