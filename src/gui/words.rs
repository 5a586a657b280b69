//! The words of the window. They stand in language files after Project Fluent (`assets/text/LANGUAGE/*.ftl`), so that
//! each language has its own plurals and order of words. English is complete: a test finds what is missing there and
//! what is not used. What another language lacks is said in English.
//!
//! What happens in the war is told by [`tell`](crate::war::tell), whose templates stand beside them.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, PoisonError, RwLock},
};

pub use fluent_bundle::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// The English texts, by file.
const ENGLISH: [(&str, &str); 11] = [
    ("command", include_str!("../../assets/text/en/command.ftl")),
    ("film", include_str!("../../assets/text/en/film.ftl")),
    ("guide", include_str!("../../assets/text/en/guide.ftl")),
    ("history", include_str!("../../assets/text/en/history.ftl")),
    ("map", include_str!("../../assets/text/en/map.ftl")),
    ("menu", include_str!("../../assets/text/en/menu.ftl")),
    ("reading", include_str!("../../assets/text/en/reading.ftl")),
    (
        "reference",
        include_str!("../../assets/text/en/reference.ftl"),
    ),
    (
        "settings",
        include_str!("../../assets/text/en/settings.ftl"),
    ),
    ("table", include_str!("../../assets/text/en/table.ftl")),
    ("war", include_str!("../../assets/text/en/war.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

static SHIPPED: LazyLock<Bundle> = LazyLock::new(|| {
    let (bundle, problems) = bundle("en", &ENGLISH);
    assert!(
        problems.is_empty(),
        "invariant: a test reads the English texts: {problems:?}"
    );
    bundle
});

/// The language chosen, if it is not English.
static CHOSEN: RwLock<Option<Bundle>> = RwLock::new(None);

/// A text of the window by its id, with what it names: `say!("orders", n = 3)`.
macro_rules! say {
    ($id:literal) => { $crate::gui::words::text($id, &[]) };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::gui::words::text($id, &[$((stringify!($name), $crate::gui::words::FluentValue::from($value))),+])
    };
}
pub(crate) use say;

/// The text of this id. An id that no file has is said as it is.
pub fn text(id: &str, named: &[(&str, FluentValue)]) -> String {
    let chosen = CHOSEN.read().unwrap_or_else(PoisonError::into_inner);
    let spoken = chosen.as_ref().and_then(|bundle| spoken(bundle, id, named));
    spoken
        .or_else(|| self::spoken(&SHIPPED, id, named))
        .unwrap_or_else(|| id.to_owned())
}

/// The text of one of a family: `of("overlay", "supply")` has the id `overlay-supply`. One that no file has is said by
/// its name.
pub fn of(family: &str, name: &str) -> String {
    let id = format!("{family}-{name}");
    let said = text(&id, &[]);
    if said == id {
        name.replace('-', " ")
    } else {
        said
    }
}

/// Speaks this language from now on: its name as `de` or `pt-BR`, and its files with their names. `en` is English.
///
/// # Errors
/// What is wrong with the name or the files, a line each. What can be read of them is spoken all the same.
pub fn choose(language: &str, files: &[(&str, &str)]) -> Result<(), Vec<String>> {
    let (bundle, problems) = bundle(language, files);
    let chosen = (language != "en").then_some(bundle);
    *CHOSEN.write().unwrap_or_else(PoisonError::into_inner) = chosen;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Whether this can be the name of a language, and of its folder.
pub fn is_language(name: &str) -> bool {
    name.len() <= 35 && name.parse::<LanguageIdentifier>().is_ok()
}

fn spoken(bundle: &Bundle, id: &str, named: &[(&str, FluentValue)]) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let named: FluentArgs = named
        .iter()
        .map(|(name, value)| (*name, value.clone()))
        .collect();
    let mut problems = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&named), &mut problems);
    Some(said.into_owned())
}

/// The texts of a language, and what is wrong with them.
fn bundle(language: &str, files: &[(&str, &str)]) -> (Bundle, Vec<String>) {
    let mut problems = Vec::new();
    let named: LanguageIdentifier = language.parse().unwrap_or_else(|_| {
        problems.push(format!(
            "`{language}` is no name of a language like `de` or `pt-BR`"
        ));
        LanguageIdentifier::default()
    });
    let mut bundle = Bundle::new_concurrent(vec![named]);
    // Marks around what is filled in are for mixed directions of writing; the letters here have none for them.
    bundle.set_use_isolating(false);
    for (file, text) in files {
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
                for error in errors {
                    let line = text
                        .get(..error.pos.start)
                        .map_or(0, |before| before.matches('\n').count())
                        + 1;
                    problems.push(format!("{file}.ftl:{line}: {}", error.kind));
                }
                resource
            });
        if let Err(errors) = bundle.add_resource(resource) {
            problems.extend(
                errors
                    .into_iter()
                    .map(|error| format!("{file}.ftl: {error}")),
            );
        }
    }
    (bundle, problems)
}

/// Where in which English file each id stands.
pub fn ids() -> BTreeMap<String, &'static str> {
    let mut ids = BTreeMap::new();
    for (file, text) in ENGLISH {
        for line in text.lines() {
            if let Some((id, _)) = line.split_once(" =")
                && id.starts_with(|c: char| c.is_ascii_lowercase())
            {
                ids.insert(id.to_owned(), file);
            }
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    };

    use super::*;

    fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder)
            .expect("the sources are there")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("words.rs") {
                out.push(path);
            }
        }
    }

    /// What stands in quotes right after each of these words.
    fn quoted(source: &str, before: &str) -> BTreeSet<String> {
        let after = source.split(before).skip(1);
        let quoted =
            after.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        quoted.map(str::to_owned).collect()
    }

    #[test]
    fn no_text_is_missing_and_none_is_unused() {
        let mut files = Vec::new();
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gui"),
            &mut files,
        );
        let (mut named, mut families) = (BTreeSet::new(), BTreeSet::new());
        for file in files {
            let source = fs::read_to_string(file).expect("a source");
            named.extend(quoted(&source, "say!("));
            named.extend(quoted(&source, "words::text("));
            families.extend(quoted(&source, "words::of("));
        }
        let there = ids();
        let missing: Vec<_> = named.iter().filter(|id| !there.contains_key(*id)).collect();
        assert!(missing.is_empty(), "no English text for {missing:?}");
        let is_used = |id: &String| {
            named.contains(id) || families.iter().any(|f| id.starts_with(&format!("{f}-")))
        };
        let unused: Vec<_> = there.keys().filter(|id| !is_used(id)).collect();
        assert!(unused.is_empty(), "never said: {unused:?}");
        for family in families {
            let begins = format!("{family}-");
            assert!(
                there.keys().any(|id| id.starts_with(&begins)),
                "no text of {family}"
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_language_file_is_said_with_its_line() {
        let (bundle, problems) = bundle("de", &[("menu", "begin = Los\n\n= nichts\nend = Aus\n")]);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("menu.ftl:3: "), "{problems:?}");
        assert_eq!(spoken(&bundle, "begin", &[]).as_deref(), Some("Los"));
        assert_eq!(spoken(&bundle, "end", &[]).as_deref(), Some("Aus"));
        let (_, problems) = self::bundle("??", &[]);
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}
