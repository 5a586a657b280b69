//! Happenings become words. The words stand in `assets/text/en.ron`, one template for each kind of happening; names
//! come from the view of the seat that is told, so that nothing is said that it does not know.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::Value;

use crate::{
    content::{Class, Effect, HP_PER_SP, Key},
    sim::{
        journal::{Entry, GroundResult, What},
        order::{Order, Refusal},
        state::Place,
        view::SeatView,
    },
};

/// The shipped texts.
static TEXTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    ron::from_str(include_str!("../../assets/text/en.ron"))
        .expect("invariant: a test reads the shipped texts")
});

/// What happened, told to the seat of this view in one line.
pub fn entry(view: &SeatView, entry: &Entry) -> String {
    what(view, &entry.what)
}

/// A happening in one line.
pub fn what(view: &SeatView, what: &What) -> String {
    let mut value = serde_json::to_value(what).expect("invariant: a happening is plain values");
    if let What::ShipsLost {
        class,
        lost,
        crippled,
        ..
    } = what
        && let Some(fields) = value.get_mut("ships-lost").and_then(Value::as_object_mut)
    {
        fields.insert("toll".into(), toll(view, class, *lost, *crippled).into());
    }
    variant(view, "what", &value)
}

/// How a battle's ground was settled, in words.
pub fn ground(view: &SeatView, ground: GroundResult) -> String {
    let value = serde_json::to_value(ground).expect("invariant: a result is plain values");
    variant(view, "ground", &value)
}

/// So many ships of a class: `3 frigates`. What the texts do not name is called by its name and an s.
pub fn ships(view: &SeatView, class: &Key<Class>, n: i32) -> String {
    let named = text(&format!("ships.{class}")).split_once('|');
    let words = match (named, n) {
        (Some((one, _)), 1) => one.to_owned(),
        (Some((_, many)), _) => many.to_owned(),
        (None, _) => {
            let known = view.rules.classes.get(class);
            let name = known.map_or(class.as_str(), |c| &c.name);
            format!("{name}{}", if n == 1 { "" } else { "s" })
        }
    };
    format!("{n} {words}")
}

/// What became of ships of a class: `1 cruiser lost, 2 crippled`.
pub fn toll(view: &SeatView, class: &Key<Class>, lost: i32, crippled: i32) -> String {
    let (gone, hurt) = (text("toll.lost"), text("toll.crippled"));
    match (lost, crippled) {
        (0, n) => format!("{} {hurt}", ships(view, class, n)),
        (n, 0) => format!("{} {gone}", ships(view, class, n)),
        (n, m) => format!("{} {gone}, {m} {hurt}", ships(view, class, n)),
    }
}

/// A sentence of the story of a war: the template of this name, with these fields.
pub fn sentence(view: &SeatView, name: &str, fields: &Value) -> String {
    let words = fill(view, text(&format!("story.{name}")), fields).unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Names in a row, `A, B and C`; the fifth and those after it are counted.
pub fn listed(names: &[String]) -> String {
    const NAMED: usize = 4;
    let (named, more) = names.split_at(names.len().min(NAMED));
    let more = match more.len() {
        0 => None,
        1 => Some(text("list.one-more").to_owned()),
        n => Some(format!("{n} {}", text("list.more"))),
    };
    let all: Vec<&str> = named.iter().chain(&more).map(String::as_str).collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), text("list.and")),
    }
}

/// Hit points as strength points, with two decimals below one so that little is not nothing.
pub fn fine_strength(hp: i64) -> String {
    if hp.abs() >= HP_PER_SP {
        return strength(hp);
    }
    let sign = if hp < 0 { "-" } else { "" };
    format!("{sign}0.{:02}", hp.unsigned_abs())
}

/// Where a force is, in words.
pub fn place(view: &SeatView, place: &Place) -> String {
    let value = serde_json::to_value(place).expect("invariant: a place is plain values");
    variant(view, "place", &value)
}

/// Who acts: the shown name of a force, or of the seat that speaks for itself.
pub fn actor(view: &SeatView, order: &Order) -> String {
    let named = order.action.word().and_then(|(pact, _)| {
        let names = &view.pacts.get(pact)?.names;
        names.get(order.force.as_str()).cloned()
    });
    named.unwrap_or_else(|| force(view, order.force.as_str()))
}

/// What an effect does, in words; none of what is only the scenario's own note.
pub fn effect(view: &SeatView, effect: &Effect) -> Option<String> {
    let value = serde_json::to_value(effect).ok()?;
    let words = variant(view, "effect", &value);
    let is_told = !matches!(effect, Effect::Say(_) | Effect::Set(_));
    is_told.then_some(words)
}

/// The shown name of a force or contact; its id if the view has no name for it. Whose a contact is goes without saying
/// where there is only one enemy.
pub fn force(view: &SeatView, id: &str) -> String {
    if let Some(own) = view.forces.get(id) {
        return own.name.clone();
    }
    match view.contacts.get(id) {
        Some(contact) if view.hostile.len() == 1 && view.hostile.contains(&contact.side) => {
            id.to_owned()
        }
        Some(contact) => {
            let whose = view.shorts.get(&contact.side).cloned();
            let whose = whose.unwrap_or_else(|| side(view, Some(contact.side.as_str())));
            let fields = Value::from(vec![id, &whose]);
            fill(view, text("contact"), &fields).unwrap_or_default()
        }
        None => id.to_owned(),
    }
}

/// The shown name of a sector.
pub fn sector(view: &SeatView, id: &str) -> String {
    view.map.sectors.get(id).map_or(id, |s| &s.name).to_owned()
}

/// The shown name of a site.
pub fn site(view: &SeatView, id: &str) -> String {
    view.map.sites.get(id).map_or(id, |s| &s.name).to_owned()
}

/// The shown name of a side; nobody if there is none.
pub fn side(view: &SeatView, id: Option<&str>) -> String {
    let Some(id) = id else {
        return text("none").to_owned();
    };
    view.sides.get(id).map_or(id, String::as_str).to_owned()
}

/// Hit points as strength points with one decimal, cut off.
pub fn strength(hp: i64) -> String {
    let tenths = hp / (HP_PER_SP / 10);
    tenths_text(tenths)
}

/// Tenths as a decimal number.
pub fn tenths_text(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!(
        "{sign}{}.{}",
        tenths.unsigned_abs() / 10,
        tenths.unsigned_abs() % 10
    )
}

/// Permille as percent with one decimal.
pub fn share(permille: i64) -> String {
    format!("{}%", tenths_text(permille))
}

fn text(key: &str) -> &'static str {
    TEXTS.get(key).map_or("", String::as_str)
}

/// Units of troops or other stocks by kind: `12 marines, 3 militia`.
fn units(view: &SeatView, value: &Value) -> String {
    let all = value.as_object().into_iter().flatten();
    let all: Vec<String> = all
        .map(|(id, n)| {
            let name = view.rules.stocks.get(id.as_str()).map(|s| s.name.as_str());
            format!("{n} {}", name.unwrap_or(id))
        })
        .collect();
    if all.is_empty() {
        text("none").to_owned()
    } else {
        all.join(", ")
    }
}

/// Fills the template of an enum's variant: `{"name": fields}` or `"name"`.
fn variant(view: &SeatView, prefix: &str, value: &Value) -> String {
    let (name, fields) = match value {
        Value::String(name) => (name.as_str(), Value::Null),
        Value::Object(map) => match map.iter().next() {
            Some((name, fields)) => (name.as_str(), fields.clone()),
            None => ("", Value::Null),
        },
        _ => ("", Value::Null),
    };
    // A variant with one unnamed field is written without a list.
    let fields = match fields {
        Value::Object(_) | Value::Array(_) | Value::Null => fields,
        single => Value::from(vec![single]),
    };
    let template = text(&format!("{prefix}.{name}"));
    fill(view, template, &fields).unwrap_or_else(|| name.to_owned())
}

/// Fills a template; none if there is none.
fn fill(view: &SeatView, template: &str, fields: &Value) -> Option<String> {
    if template.is_empty() {
        return None;
    }
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('[') {
        let close = open + rest[open..].find(']')?;
        segment(view, &rest[..open], fields, &mut out);
        let mut optional = String::new();
        if segment(view, &rest[open + 1..close], fields, &mut optional) {
            out.push_str(&optional);
        }
        rest = &rest[close + 1..];
    }
    segment(view, rest, fields, &mut out);
    Some(out)
}

/// Writes a piece of a template without brackets; false if a field in it is missing, zero or empty.
fn segment(view: &SeatView, piece: &str, fields: &Value, out: &mut String) -> bool {
    let mut whole = true;
    let mut rest = piece;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..open + length];
        let (field, kind) = inner.split_once(':').unwrap_or((inner, ""));
        let value = match field.parse::<usize>() {
            Ok(index) => fields.get(index),
            Err(_) => fields.get(field),
        };
        let empty = match value {
            None | Some(Value::Null) => true,
            Some(Value::Number(n)) => n.as_i64() == Some(0),
            Some(Value::String(s)) => s.is_empty() || (field == "sum" && explains_nothing(s)),
            Some(Value::Bool(yes)) => !yes,
            Some(_) => false,
        };
        whole &= !empty;
        out.push_str(&named(view, kind, value.unwrap_or(&Value::Null)));
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    whole
}

/// Whether a sum says only that a figure is itself: `600 = 600`.
fn explains_nothing(sum: &str) -> bool {
    sum.split_once(" = ")
        .is_some_and(|(value, made_of)| value == made_of)
}

/// A value as a name of this kind.
fn named(view: &SeatView, kind: &str, value: &Value) -> String {
    let id = value.as_str().unwrap_or_default();
    let number = value.as_i64().unwrap_or_default();
    let rules = &view.rules;
    let or_id = |name: Option<&String>| name.map_or(id, String::as_str).to_owned();
    match kind {
        "force" => force(view, id),
        "sector" => sector(view, id),
        "side" => side(view, value.as_str()),
        "sides" => {
            let all = value.as_array().into_iter().flatten();
            all.map(|v| side(view, v.as_str()))
                .collect::<Vec<_>>()
                .join(", ")
        }
        "losses" => {
            let all = value.as_object().into_iter().flatten();
            all.map(|(id, hp)| {
                format!(
                    "{} {}",
                    side(view, Some(id)),
                    fine_strength(hp.as_i64().unwrap_or(0))
                )
            })
            .collect::<Vec<_>>()
            .join(", ")
        }
        "place" | "where" | "cause" | "fate" | "ground" | "subject" => variant(view, kind, value),
        "done" | "gained" | "related" => text(&format!("{kind}.{value}")).to_owned(),
        "camps" => {
            let all = value.as_array().into_iter().flatten();
            all.map(|camp| fill(view, text("camp"), camp).unwrap_or_default())
                .collect::<Vec<_>>()
                .join("; ")
        }
        "units" => units(view, value),
        "yes" => String::new(),
        "deed" => or_id(rules.deeds.get(id).map(|d| &d.name)),
        "quality" => or_id(rules.traits.get(id).map(|t| &t.name)),
        "agrees" => text(&format!("agrees.{value}")).to_owned(),
        "standing" => fill(view, text("standing"), value).unwrap_or_default(),
        "met" => text(&format!("met.{value}")).to_owned(),
        "party" => fill(view, text("party"), value).unwrap_or_default(),
        "class" => or_id(rules.classes.get(id).map(|c| &c.name)),
        "stock" => or_id(rules.stocks.get(id).map(|s| &s.name)),
        "weapon" => or_id(rules.weapons.get(id).map(|w| &w.name)),
        "stance" => or_id(rules.stances.get(id).map(|s| &s.name)),
        "meter" => or_id(rules.meters.get(id).map(|m| &m.name)),
        "commander" => or_id(rules.commanders.get(id).map(|c| &c.name)),
        "site" => or_id(view.map.sites.get(id).map(|s| &s.name)),
        "objective" => or_id(view.objectives.get(id).map(|o| &o.name)),
        "order" => {
            serde_json::from_value::<Order>(value.clone()).map_or(String::new(), |o| o.to_string())
        }
        "refusal" => serde_json::from_value::<Refusal>(value.clone())
            .map_or(String::new(), |r| r.to_string()),
        "plus" => format!("{number:+}"),
        "strength" => strength(number),
        "fine" => fine_strength(number),
        "share" => share(number),
        "days" | "tenths" => tenths_text(number),
        _ => match value {
            Value::String(text) => text.clone(),
            Value::Null => String::from("-"),
            other => other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_happening_has_words() {
        let source = include_str!("../sim/journal.rs");
        let body = source
            .split("pub enum What {")
            .nth(1)
            .and_then(|s| s.split("\n}").next())
            .expect("the enum");
        let mut variants = 0;
        for line in body
            .lines()
            .map(str::trim)
            .filter(|l| l.starts_with(|c: char| c.is_ascii_uppercase()))
        {
            let name: String = line
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            let mut kebab = String::new();
            for c in name.chars() {
                if c.is_ascii_uppercase() && !kebab.is_empty() {
                    kebab.push('-');
                }
                kebab.push(c.to_ascii_lowercase());
            }
            assert!(
                TEXTS.contains_key(&format!("what.{kebab}")),
                "no words for {name}"
            );
            variants += 1;
        }
        assert!(variants > 20, "the enum was not found");
    }

    #[test]
    fn names_stand_in_a_row() {
        let names = |n: usize| -> Vec<String> { (1..=n).map(|n| n.to_string()).collect() };
        let rows = [
            (0, ""),
            (1, "1"),
            (2, "1 and 2"),
            (4, "1, 2, 3 and 4"),
            (5, "1, 2, 3, 4 and another one"),
            (7, "1, 2, 3, 4 and 3 others"),
        ];
        for (n, row) in rows {
            assert_eq!(listed(&names(n)), row);
        }
    }

    #[test]
    fn a_sum_of_nothing_is_not_shown() {
        assert!(explains_nothing("600 = 600"));
        assert!(!explains_nothing("412 = 800 -182 x0.650 terrain"));
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(
            (strength(1234), strength(-1234)),
            (String::from("12.3"), String::from("-12.3"))
        );
        assert_eq!(share(375), "37.5%");
        assert_eq!(
            (fine_strength(7), fine_strength(-40), fine_strength(250)),
            ("0.07".into(), "-0.40".into(), "2.5".into())
        );
    }
}
