//! Links of a campaign: which war may follow which, and what is carried over.

use std::{collections::BTreeMap, sync::Arc};

use super::{Check, Known, RuleNames, map::at_most};
use crate::content::{Held, Key, Link, Scenario, draft::Draft, ron::At, schema::scenario as file};

/// Most links of a campaign.
const MAX_LINKS: usize = 1_000;

/// Checked links of a campaign.
pub(crate) fn links(
    check: &mut Check<'_>,
    rules: &RuleNames,
    draft: &Draft,
    scenarios: &BTreeMap<Key<Scenario>, Arc<Scenario>>,
    campaign: &file::Campaign,
) -> Vec<Link> {
    at_most(check, &campaign.links, MAX_LINKS, "links");
    let known = draft.scenarios.known("scenario");
    let mut links: Vec<Link> = Vec::new();
    for at in &campaign.links {
        let Some(link) = at.get() else { continue };
        let made = Link {
            from: check.known(&link.from, &known),
            to: check.known(&link.to, &known),
            replaced: check.number_or(&link.replaced, 0..=1000, "replaced", 0),
            meters: check.all_known(&link.meters, &rules.meters),
            held: held(check, rules, scenarios, link),
        };
        if made.from == made.to {
            check.error(
                "link-to-itself",
                link.to.span,
                format!("`{}` would follow itself", made.to),
                "name another scenario",
            );
        }
        if links.iter().any(|l| l.from == made.from && l.to == made.to) {
            check.error(
                "repeated-link",
                at.span,
                format!("`{}` follows `{}` twice", made.to, made.from),
                "remove one of the links",
            );
        }
        links.push(made);
    }
    circles(check, campaign, &links);
    links
}

/// What comes along: of a side that the first war has, aboard a force of the second.
fn held(
    check: &mut Check<'_>,
    rules: &RuleNames,
    scenarios: &BTreeMap<Key<Scenario>, Arc<Scenario>>,
    link: &file::Link,
) -> Vec<Held> {
    let of = |name: &At<String>| name.get().and_then(|id| scenarios.get(id.as_str()));
    let (from, to) = (of(&link.from), of(&link.to));
    let names = |ids: Option<Vec<String>>, kind| {
        let whole = ids.is_some();
        Known::new(kind, ids.unwrap_or_default(), whole)
    };
    let sides = names(
        from.map(|s| s.sides.keys().map(Key::to_string).collect()),
        "side",
    );
    let forces = names(
        to.map(|s| s.forces.keys().map(Key::to_string).collect()),
        "force",
    );
    let all = link.held.iter().filter_map(At::get);
    all.map(|held| Held {
        side: check.known(&held.side, &sides),
        stock: check.known(&held.stock, &rules.stocks),
        aboard: check.known(&held.aboard, &forces),
    })
    .collect()
}

/// Wars do not follow one another in a circle.
fn circles(check: &mut Check<'_>, campaign: &file::Campaign, links: &[Link]) {
    for (at, link) in campaign
        .links
        .iter()
        .filter(|at| at.get().is_some())
        .zip(links)
    {
        let mut seen = vec![&link.to];
        let mut next = 0;
        while let Some(here) = seen.get(next).copied() {
            next += 1;
            for after in links.iter().filter(|l| l.from == *here).map(|l| &l.to) {
                if !seen.contains(&after) {
                    seen.push(after);
                }
            }
        }
        if link.from != link.to && seen.contains(&&link.from) {
            check.error(
                "circle",
                at.span,
                format!(
                    "`{}` would follow itself by way of `{}`",
                    link.from, link.to
                ),
                "remove one of the links of the circle",
            );
            return;
        }
    }
}
