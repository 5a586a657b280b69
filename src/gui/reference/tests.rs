//! Every article of the shipped rules, and the way through them.

use std::sync::LazyLock;

use super::*;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::shipped);
static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);

fn book() -> Book<'static> {
    Book {
        catalog: &CATALOG,
        scenario: None,
        settings: &SETTINGS,
    }
}

fn links(article: &Article) -> Vec<&Subject> {
    let lines = article.parts.iter().flat_map(|part| &part.lines);
    lines
        .filter_map(|line| match line {
            Line::Link(to, _) => Some(to),
            _ => None,
        })
        .collect()
}

#[test]
fn every_thing_of_the_rules_has_an_article_that_says_something() {
    let book = book();
    let mut thin = Vec::new();
    for subject in book.all() {
        let article = book.article(&subject).expect("it has an article");
        if article.title.is_empty() || article.summary.is_empty() && article.parts.is_empty() {
            thin.push(subject.clone());
        }
        // A text that is missing would stand there as its id.
        let words = article.words();
        let ids = words.split_whitespace().filter(|word| {
            word.matches('-').count() >= 1 && crate::gui::words::ids().contains_key(*word)
        });
        assert_eq!(ids.count(), 0, "{subject:?}: {words}");
    }
    assert!(thin.is_empty(), "{thin:?}");
    let rules = &CATALOG.rules;
    let things = rules.classes.len()
        + rules.weapons.len()
        + rules.stocks.len()
        + rules.stances.len()
        + rules.postures.len()
        + rules.terrain.len()
        + rules.traits.len()
        + rules.site_kinds.len()
        + rules.meters.len()
        + rules.deeds.len();
    assert_eq!(
        book.all().count(),
        things + Verb::ORDERS.len() + Verb::WIDER.len()
    );
}

#[test]
fn every_link_leads_somewhere_and_leads_back() {
    let book = book();
    for subject in book.all() {
        let article = book.article(&subject).expect("it has an article");
        for to in links(&article) {
            let other = book.article(to);
            let other = other.unwrap_or_else(|| panic!("{subject:?} leads to {to:?}"));
            let back = subject.topic == Topic::Orders || links(&other).contains(&&subject);
            assert!(back, "{to:?} does not lead back to {subject:?}");
        }
        for part in &article.parts {
            let links = part.lines.iter().filter(|l| matches!(l, Line::Link(..)));
            let all: Vec<&Line> = links.collect();
            let twice = (1..all.len()).any(|n| all[..n].contains(&all[n]));
            assert!(!twice, "{subject:?}, {}: a link twice", part.heading);
        }
    }
}

#[test]
fn names_are_found_first_and_slips_are_forgiven() {
    let book = book();
    for subject in book.all() {
        let title = book.title(&subject);
        let found = find(&book, &title);
        let place = found.iter().position(|other| *other == subject);
        assert!(
            place.is_some_and(|place| book.title(&found[place]) == title),
            "{title}"
        );
        assert_eq!(book.title(&found[0]), title);
    }
    assert!(find(&book, "  ").is_empty());
    assert!(find(&book, "no such thing anywhere").is_empty());
    let first = |typed: &str| find(&book, typed).first().cloned();
    let class = book.subjects(Topic::Classes).remove(0);
    let title = book.title(&class);
    let mut slip: Vec<char> = title.chars().collect();
    slip.swap(2, 3);
    let slip: String = slip.into_iter().collect();
    assert_eq!(first(&slip).map(|s| book.title(&s)), Some(title));
}

#[test]
fn back_goes_through_what_was_opened_to_the_list() {
    let book = book();
    let (one, other) = {
        let mut all = book.subjects(Topic::Classes);
        (all.remove(0), all.remove(0))
    };
    let mut place = Place::default();
    place.act(&book, Act::Visit(one.clone()));
    place.act(&book, Act::Visit(other.clone()));
    place.act(&book, Act::Visit(other.clone()));
    place.act(
        &book,
        Act::Visit(Subject::new(Topic::Deeds, "no-such-deed")),
    );
    assert_eq!(place.open(), Some(&other));
    place.act(&book, Act::Return);
    assert_eq!(place.open(), Some(&one));
    place.act(&book, Act::Return);
    place.act(&book, Act::Return);
    assert_eq!(place.open(), None);
    place.act(&book, Act::Turn(Topic::Deeds));
    assert_eq!(place.topic, Some(Topic::Deeds));
    place.act(&book, Act::Turn(Topic::Deeds));
    assert_eq!(place.topic, None);
}

#[test]
fn what_a_war_does_without_is_marked() {
    let plain = CATALOG.scenarios.values().find(|s| s.with.deeds.is_empty());
    let wide = CATALOG
        .scenarios
        .values()
        .find(|s| !s.with.deeds.is_empty());
    let (plain, wide) = (plain.expect("one"), wide.expect("one"));
    let deed = Subject::new(Topic::Deeds, &wide.with.deeds[0]);
    let with = |scenario| Book {
        scenario: Some(scenario),
        ..book()
    };
    assert!(with(plain).is_absent(&deed));
    assert!(!with(wide).is_absent(&deed));
    assert!(!book().is_absent(&deed));
    for subject in book().subjects(Topic::Classes) {
        assert!(!with(plain).is_absent(&subject));
    }
}
