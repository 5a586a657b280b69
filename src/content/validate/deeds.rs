//! Deeds, and what comes of them or of a meter that passes a threshold.

use super::{
    Check, MAX_DISTANCE, MAX_TURNS, RuleNames,
    modifiers::{modifiers, when_or_always},
    not_kebab, yes,
};
use crate::content::{
    Cost, Deed, DeedTarget, Outcome, Stat, Who, Whose,
    diagnostic::Span,
    ron::At,
    schema::{List, deed as file},
};

/// Most outcomes of one deed or threshold.
const MAX_OUTCOMES: usize = 16;
/// Most of a stock that one deed makes or costs.
const MAX_STOCK: i64 = 1_000_000;

pub(super) fn deed(check: &mut Check<'_>, names: &RuleNames, file: &file::Deed) -> Deed {
    let target = file
        .target
        .get()
        .map_or(DeedTarget::Itself, |t| (*t).into());
    let modifiers = modifiers(check, names, &file.modifiers);
    for (modifier, at) in modifiers.iter().zip(&file.modifiers) {
        if modifier.stat != Stat::Deed {
            check.error(
                "not-its-odds",
                at.span,
                "the modifiers of a deed change its chance and nothing else".into(),
                "write `stat: Deed`",
            );
        }
    }
    if file.success.is_empty() {
        check.error(
            "no-effect",
            file.id.span,
            "nothing comes of this deed".into(),
            "add `success: [...]`",
        );
    }
    let outcomes = |check: &mut Check<'_>, list| outcomes(check, names, list, Some(target));
    let deed = Deed {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        target,
        whose: file
            .whose
            .as_ref()
            .and_then(At::get)
            .map_or(Whose::Any, |w| (*w).into()),
        reach: check.number_or(&file.reach, 0..=MAX_DISTANCE, "reach", 0),
        when: when_or_always(check, names, &file.when),
        at: when_or_always(check, names, &file.at),
        cost: cost(check, names, &file.cost),
        takes: check.number_or(&file.takes, 0..=MAX_TURNS, "takes", 0),
        chance: check.number_or(&file.chance, 0..=1_000, "chance", 1_000),
        modifiers,
        special: yes(&file.special),
        once: yes(&file.once),
        secret: yes(&file.secret),
        success: outcomes(check, &file.success),
        failure: outcomes(check, &file.failure),
    };
    if let Some(at) = file
        .failure
        .first()
        .filter(|_| deed.chance == 1_000 && deed.modifiers.is_empty())
    {
        check.warning(
            "never-fails",
            at.span,
            "this deed never fails, so that nothing comes of its failure".into(),
            "give it a `chance` below 1000, or leave `failure` out",
        );
    }
    if let Some(at) = file.whose.as_ref().filter(|_| {
        matches!(target, DeedTarget::Itself | DeedTarget::Force) && deed.whose != Whose::Any
    }) {
        check.error(
            "whose-itself",
            at.span,
            "the target is one's own already".into(),
            "leave `whose` out",
        );
    }
    deed
}

fn cost(check: &mut Check<'_>, names: &RuleNames, at: &Option<At<file::Cost>>) -> Cost {
    let Some(file) = at.as_ref().and_then(At::get) else {
        return Cost::default();
    };
    Cost {
        readiness: check.number_or(&file.readiness, 0..=1_000, "readiness", 0),
        stocks: check.amounts(&file.stocks, &names.stocks, 1..=MAX_STOCK),
        meters: check.amounts(&file.meters, &names.meters, 1..=1_000_000),
    }
}

/// What comes of a deed with this target, or (`None`) of a threshold.
pub(super) fn outcomes(
    check: &mut Check<'_>,
    names: &RuleNames,
    list: &List<file::Outcome>,
    target: Option<DeedTarget>,
) -> Vec<Outcome> {
    if let Some(over) = list.get(MAX_OUTCOMES) {
        check.error(
            "too-many",
            over.span,
            format!("more than {MAX_OUTCOMES} outcomes of one thing"),
            "split it",
        );
    }
    list.iter()
        .take(MAX_OUTCOMES)
        .filter_map(|at| outcome(check, names, at, target))
        .collect()
}

fn outcome(
    check: &mut Check<'_>,
    names: &RuleNames,
    at: &At<file::Outcome>,
    target: Option<DeedTarget>,
) -> Option<Outcome> {
    use file::Outcome as F;
    let made = match at.get()? {
        F::Meter(whom, meter, by) => Outcome::Meter(
            who(check, whom, target)?,
            check.known(meter, &names.meters),
            check.number(by, -1_000_000..=1_000_000, "change"),
        ),
        F::Clear(meter, by) => Outcome::Clear(
            check.known(meter, &names.meters),
            check.number(by, 1..=1_000_000, "change"),
        ),
        F::Stock(whom, stock, by) => Outcome::Stock(
            who(check, whom, target)?,
            check.known(stock, &names.stocks),
            check.number(by, -MAX_STOCK..=MAX_STOCK, "change"),
        ),
        F::Harm(whom, share) => Outcome::Harm(
            who(check, whom, target)?,
            check.number(share, 1..=1_000, "share"),
        ),
        F::Mend(whom, share) => Outcome::Mend(
            who(check, whom, target)?,
            check.number(share, 1..=1_000, "share"),
        ),
        F::Readiness(whom, by) => Outcome::Readiness(
            who(check, whom, target)?,
            check.number(by, -1_000..=1_000, "readiness"),
        ),
        F::Garrison(whom, share) => Outcome::Garrison(
            who(check, whom, target)?,
            check.number(share, 1..=1_000, "share"),
        ),
        F::Shields(whom, layers) => Outcome::Shields(
            who(check, whom, target)?,
            check.number(layers, 1..=100, "layers"),
        ),
        F::Damage(whom, hp) => Outcome::Damage(
            who(check, whom, target)?,
            check.number(hp, 1..=1_000_000, "damage"),
        ),
        F::Learn(whom) => Outcome::Learn(who(check, whom, target)?),
        F::Call { pool, least, most } => {
            let text = pool.get().cloned().unwrap_or_default();
            word(check, &text, pool.span, "a pool");
            let (first, last): (u32, u32) = (
                check.number(least, 0..=MAX_TURNS, "least"),
                check.number(most, 0..=MAX_TURNS, "most"),
            );
            if first > last {
                check.error(
                    "wrong-order",
                    most.span,
                    "`most` is smaller than `least`".into(),
                    "write the smaller number first",
                );
            }
            Outcome::Call {
                pool: text,
                least: first,
                most: last,
            }
        }
        F::Gain(whom, quality) => Outcome::Gain(
            who(check, whom, target)?,
            check.known(quality, &names.traits),
        ),
        F::Lose(whom, quality) => Outcome::Lose(
            who(check, whom, target)?,
            check.known(quality, &names.traits),
        ),
        F::Win => site_only(check, at, target, Outcome::Win),
        F::Revolt => site_only(check, at, target, Outcome::Revolt),
        F::Yield => site_only(check, at, target, Outcome::Yield),
        F::Raze => site_only(check, at, target, Outcome::Raze),
        F::Set(flag) => {
            let text = flag.get().cloned().unwrap_or_default();
            word(check, &text, flag.span, "a flag");
            Outcome::Set(text)
        }
    };
    Some(made)
}

/// A name that content makes up as it goes: kebab-case as well.
fn word(check: &mut Check<'_>, text: &str, span: Span, what: &str) {
    if let Some(better) = not_kebab(text).filter(|_| !text.is_empty()) {
        check.error(
            "bad-id",
            span,
            format!("`{text}` is no name of {what}: it is kebab-case"),
            &better,
        );
    }
}

/// What is said of sites alone.
fn site_only(
    check: &mut Check<'_>,
    at: &At<file::Outcome>,
    target: Option<DeedTarget>,
    outcome: Outcome,
) -> Outcome {
    if target.is_some_and(|t| t != DeedTarget::Site) {
        check.error(
            "not-a-site",
            at.span,
            "this befalls a site, and the deed's target is none".into(),
            "give the deed `target: Site`",
        );
    }
    outcome
}

/// Whom it befalls; a threshold has no actor, a deed to itself no target.
fn who(check: &mut Check<'_>, at: &At<file::Who>, target: Option<DeedTarget>) -> Option<Who> {
    let who: Who = (*at.get()?).into();
    let wrong = match (who, target) {
        (Who::Actor | Who::Side, None) => Some("nobody does what a threshold does"),
        (Who::Target | Who::TargetSide, Some(DeedTarget::Itself)) => {
            Some("this deed has no target but the force itself")
        }
        (Who::TargetSide, Some(DeedTarget::Sector)) => Some("a sector has no side of its own here"),
        _ => None,
    };
    if let Some(wrong) = wrong {
        check.error(
            "nobody",
            at.span,
            wrong.into(),
            "name somebody who is there: Actor and Side of a deed, Target and TargetSide of what it is done to, Here",
        );
    }
    Some(who)
}
