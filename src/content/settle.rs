//! In which order mods lie over one another, and which of them can be used beside the others: what each `mod.ron` asks for.

use std::collections::{BTreeMap, BTreeSet};

use semver::{Version, VersionReq};

use super::{
    Diagnostics, Layer, Sources, Span,
    catalog::ModStatus,
    migrate::SCHEMA,
    ron::{self, At},
    schema::Mod,
    validate::Check,
};

/// What is asked of another mod: its id and, where it is named, its version.
struct Need<'a> {
    id: &'a str,
    version: Option<&'a str>,
    span: Span,
}

impl<'a> Need<'a> {
    fn of(at: &'a At<String>) -> Option<Self> {
        let text = at.get()?.trim();
        let end = text
            .find(|c: char| c.is_whitespace() || "<>=^~".contains(c))
            .unwrap_or(text.len());
        let (id, version) = text.split_at(end);
        let version = version.trim();
        Some(Self {
            id,
            version: (!version.is_empty()).then_some(version),
            span: at.span,
        })
    }
}

fn needs(says: &Mod) -> impl Iterator<Item = Need<'_>> {
    says.requires.iter().filter_map(Need::of)
}

fn id(says: Option<&Mod>) -> Option<&str> {
    says?.id.get().map(String::as_str)
}

/// Mods so that each comes after those that it requires or stands after, otherwise as they are: their indices. Those that
/// wait for one another come last, each with the circle that it is in.
pub(super) fn in_order(mods: &[Option<&Mod>]) -> (Vec<usize>, BTreeMap<usize, Vec<String>>) {
    let known: BTreeSet<&str> = mods.iter().filter_map(|says| id(*says)).collect();
    // Whom each waits for; who is not there at all is told of later.
    let before = |index: usize| -> Vec<&str> {
        let says = mods.get(index).copied().flatten();
        let needed = says.into_iter().flat_map(needs).map(|need| need.id);
        let after = says.into_iter().flat_map(|says| &says.after);
        let after = after.filter_map(|at| at.get().map(String::as_str));
        let own = id(says);
        let all = needed.chain(after).filter(|other| known.contains(other));
        all.filter(|other| Some(*other) != own).collect()
    };
    let waits: Vec<Vec<&str>> = (0..mods.len()).map(before).collect();
    let mut waiting: Vec<usize> = (0..mods.len()).collect();
    let (mut ordered, mut placed) = (Vec::new(), BTreeSet::new());
    while let Some(next) = waiting
        .iter()
        .position(|index| waits[*index].iter().all(|id| placed.contains(id)))
    {
        let index = waiting.remove(next);
        placed.extend(id(mods[index]));
        ordered.push(index);
    }
    let circles = waiting
        .iter()
        .map(|index| (*index, circle(*index, &waits, mods, &placed)));
    let circles = circles.filter(|(_, circle)| !circle.is_empty()).collect();
    ordered.extend(waiting);
    (ordered, circles)
}

/// The circle that a mod waits in, from itself to itself; empty if it only waits for others that do.
fn circle(
    from: usize,
    waits: &[Vec<&str>],
    mods: &[Option<&Mod>],
    placed: &BTreeSet<&str>,
) -> Vec<String> {
    let named = |wanted: &str| mods.iter().position(|says| id(*says) == Some(wanted));
    // The way to each that has been come to, breadth first.
    let mut ways: BTreeMap<usize, usize> = BTreeMap::new();
    let mut next = std::collections::VecDeque::from([from]);
    while let Some(at) = next.pop_front() {
        for other in waits[at].iter().filter(|other| !placed.contains(*other)) {
            let Some(other) = named(other) else { continue };
            if other == from {
                let mut way = vec![from, at];
                while let Some(earlier) = way.last().and_then(|last| ways.get(last)) {
                    way.push(*earlier);
                }
                way.dedup();
                if way.last() != Some(&from) {
                    way.push(from);
                }
                way.reverse();
                let names = way.into_iter().filter_map(|index| id(mods[index]));
                return names.map(str::to_owned).collect();
            }
            if let std::collections::btree_map::Entry::Vacant(free) = ways.entry(other) {
                free.insert(at);
                next.push_back(other);
            }
        }
    }
    Vec::new()
}

/// Checks what a `mod.ron` says by itself.
pub(super) fn described(says: &Mod, out: &mut Diagnostics) {
    let mut check = Check::new(out);
    check.id::<ModStatus>(&says.id);
    check.text(&says.version, "version");
    check.text(&says.game, "game");
    let ours = env!("CARGO_PKG_VERSION");
    let series = |version: &str| version.split('.').take(2).collect::<Vec<_>>().join(".");
    if let Some(game) = says.game.get().filter(|game| series(game) != series(ours)) {
        check.warning(
            "other-version",
            says.game.span,
            format!("made for version {game} of the game; this is {ours}"),
            "try it, and raise the number if all is well",
        );
    }
    if let Some(at) = &says.schema
        && let Some(schema) = at.get().filter(|schema| !(1..=SCHEMA).contains(*schema))
    {
        let error = check.error(
            "other-schema",
            at.span,
            format!("written for schema {schema} of content files; this game reads 1 to {SCHEMA}"),
            "get a newer version of the game, or write the number of the schema that it was written for",
        );
        if *schema < 1 {
            error.fix_here(SCHEMA.to_string());
        }
    }
    for need in needs(says) {
        if let Some(Err(why)) = need.version.map(asked) {
            check.error(
                "no-version",
                need.span,
                format!("`{}` is followed by no version: {why}", need.id),
                "write it like `spice >=1.2`",
            );
        }
    }
    let own = says.id.get();
    let listed = says
        .requires
        .iter()
        .chain(&says.after)
        .chain(&says.excludes);
    for at in listed {
        if Need::of(at).is_some_and(|need| own.is_some_and(|own| own == need.id)) {
            check.error(
                "names-itself",
                at.span,
                String::from("a mod says this of other mods, not of itself"),
                "remove it",
            );
        }
    }
}

/// Checks what it asks for against the mods that lie below it and are in use.
pub(super) fn fits(says: &Mod, below: &[ModStatus], out: &mut Diagnostics) {
    let used = |id: &str| below.iter().find(|m| m.id == id && m.problem.is_none());
    let own = says.id.get().map(String::as_str);
    for need in needs(says).filter(|need| Some(need.id) != own) {
        let Some(found) = used(need.id) else {
            let why = match below.iter().find(|m| m.id == need.id) {
                Some(_) => "it is broken",
                None => "it is not there, or switched off",
            };
            out.error(
                "missing-mod",
                need.span,
                format!(
                    "this needs the mod `{}`, which is not in use: {why}",
                    need.id
                ),
            )
            .help(format!("install `{}`, switch it on, or repair it", need.id));
            continue;
        };
        let Some(Ok(wanted)) = need.version.map(asked) else {
            continue;
        };
        if !version(&found.version).is_some_and(|has| wanted.matches(&has)) {
            out.error(
                "wrong-version",
                need.span,
                format!(
                    "this needs `{}` in version {}; there is {}",
                    need.id,
                    need.version.unwrap_or_default(),
                    found.version
                ),
            )
            .help(format!("install another version of `{}`", need.id));
        }
    }
    for at in &says.excludes {
        if let Some(other) = at.get().and_then(|other| used(other)) {
            out.error(
                "excluded-mod",
                at.span,
                format!(
                    "this cannot be used together with `{}`, which is in use",
                    other.id
                ),
            )
            .help("switch one of the two off");
        }
    }
    let Some(own) = says.id.get() else { return };
    for other in below
        .iter()
        .filter(|m| m.problem.is_none() && m.excludes.contains(own))
    {
        out.error(
            "excluded-mod",
            says.id.span,
            format!(
                "`{}`, which is in use, cannot be used together with this",
                other.id
            ),
        )
        .help("switch one of the two off");
    }
    if below.iter().any(|other| other.id == *own) {
        out.error(
            "duplicate-id",
            says.id.span,
            format!("another mod is called `{own}`"),
        )
        .help("remove one of them");
    }
}

/// A version with what is left out at its end as nought: `1.2`.
fn version(text: &str) -> Option<Version> {
    let (numbers, rest) = match text.find(['-', '+']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let missing = 2_usize.checked_sub(numbers.matches('.').count())?;
    Version::parse(&format!("{numbers}{}{rest}", ".0".repeat(missing))).ok()
}

/// What versions are asked for; a bare number is that series, as `^` is.
fn asked(text: &str) -> Result<VersionReq, semver::Error> {
    VersionReq::parse(text)
}

/// These mods in the order in which they lie, with all that they ask for from among others below them. Of two mods of one id
/// those that are asked for count.
pub fn together(mods: Vec<Layer>, among: &[Layer]) -> Vec<Layer> {
    let mut all: Vec<(Layer, Option<Mod>)> = Vec::new();
    let mut next: Vec<(Layer, Option<Mod>)> = mods.into_iter().map(with_words).collect();
    let mut others: Vec<_> = among.iter().cloned().map(with_words).collect();
    let has = |all: &[(Layer, Option<Mod>)], wanted: &str| {
        all.iter()
            .any(|(_, says)| id(says.as_ref()) == Some(wanted))
    };
    while !next.is_empty() {
        let asked = next.iter().filter_map(|(_, says)| says.as_ref());
        let asked = asked.flat_map(|says| {
            let after = says.after.iter().filter_map(|at| at.get().cloned());
            required(says).into_iter().chain(after)
        });
        let mut wanted: BTreeSet<String> = asked.collect();
        // What is asked for lies below whoever asks, as far as nothing else is said.
        all.splice(0..0, next);
        wanted.retain(|wanted| !has(&all, wanted));
        next = others
            .extract_if(.., |(_, says)| {
                id(says.as_ref()).is_some_and(|id| wanted.remove(id))
            })
            .collect();
    }
    let says: Vec<_> = all.iter().map(|(_, says)| says.as_ref()).collect();
    let (order, _) = in_order(&says);
    let mut all: Vec<_> = all.into_iter().map(|(layer, _)| Some(layer)).collect();
    order
        .iter()
        .filter_map(|index| all.get_mut(*index)?.take())
        .collect()
}

/// A layer with what its `mod.ron` says, if it can be read; its problems are told when it is laid down.
fn with_words(layer: Layer) -> (Layer, Option<Mod>) {
    let says = words(&layer);
    (layer, says)
}

fn words(layer: &Layer) -> Option<Mod> {
    let file = layer.files.iter().find(|file| file.path == "mod.ron")?;
    let (mut sources, mut unheard) = (Sources::default(), Diagnostics::new());
    let id = sources.add_bytes(&file.shown, &file.bytes, &mut unheard)?;
    let text = sources.get(id)?.text.clone();
    ron::read(&ron::parse(id, &text, &mut unheard), &mut unheard)
}

/// What a mod asks for, by id: what has to be there, and what it stands after if it is.
pub fn asks_for(layer: &Layer) -> Vec<String> {
    let says = words(layer);
    let after = says.iter().flat_map(|says| &says.after);
    let after = after.filter_map(|at| at.get().cloned()).collect::<Vec<_>>();
    says.iter().flat_map(required).chain(after).collect()
}

/// Ids of the mods that a mod asks for.
pub(super) fn required(says: &Mod) -> Vec<String> {
    needs(says).map(|need| need.id.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_may_be_short() {
        let fits = |wanted: &str, has: &str| {
            let wanted = asked(wanted).expect("versions");
            version(has).is_some_and(|has| wanted.matches(&has))
        };
        assert!(fits(">=1.2", "1.2") && fits("1", "1.9.3") && fits(">=1, <2", "1"));
        assert!(!fits(">=1.2", "1.1.9") && !fits("1", "2.0") && !fits("1", "spring"));
        assert!(asked(">> 1").is_err());
    }
}
