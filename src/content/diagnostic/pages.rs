//! A page for each code: what it means, why it matters, a wrong and a right example. They stand in
//! `assets/text/codes/`, and are read when one is asked for.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::{Diagnostics, Source, Sources, suggest};
use crate::content::{SHIPPED, ron};

/// Where the pages stand.
const FOLDER: &str = "assets/text/codes/";

/// What is to be known of one code.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The code.
    pub code: String,
    /// Whether it is an error or a warning.
    #[serde(default)]
    pub level: Level,
    /// What it means, in a sentence.
    pub means: String,
    /// Why it matters.
    pub why: String,
    /// What `check --fix` does; it does nothing, if empty.
    #[serde(default)]
    pub fixed: String,
    /// The file in which the examples stand.
    #[serde(default = "usual")]
    pub file: String,
    /// The examples are fields of something larger.
    #[serde(default)]
    pub part: bool,
    /// Another file that must be there for the problem to be one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub beside: String,
    /// An example that is wrong in this way; empty where none can be shown.
    #[serde(default)]
    pub wrong: String,
    /// The same as it should be; empty where it would not be short.
    #[serde(default)]
    pub right: String,
    /// The file in which the right example stands, if not in the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub right_file: String,
}

/// As what a code is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Level {
    /// Always as an error.
    #[default]
    #[serde(rename(serialize = "error"))]
    Error,
    /// Always as a warning.
    #[serde(rename(serialize = "warning"))]
    Warning,
    /// As the one or the other.
    #[serde(rename(serialize = "error or warning"))]
    Both,
}

impl Level {
    /// `error`, `warning`, `error or warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Both => "error or warning",
        }
    }
}

impl Page {
    /// Whether a comment may allow it.
    pub fn may_be_allowed(&self) -> bool {
        let own = [super::allow::UNUSED, super::allow::NO_REASON];
        self.level != Level::Error && !own.contains(&self.code.as_str())
    }
}

fn usual() -> String {
    "rules/stocks.ron".into()
}

static PAGES: LazyLock<BTreeMap<String, Page>> = LazyLock::new(|| {
    let (pages, _) = read();
    pages
        .into_iter()
        .map(|page| (page.code.clone(), page))
        .collect()
});

/// All pages as they are written, and what is wrong with their files.
fn read() -> (Vec<Page>, Diagnostics) {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
    let mut pages = Vec::new();
    for (path, bytes) in SHIPPED.iter().filter(|(path, _)| path.starts_with(FOLDER)) {
        let text = String::from_utf8_lossy(bytes);
        let id = sources.add(Source::new(*path, &*text));
        let tree = ron::parse(id, &text, &mut found);
        pages.extend(ron::read::<Vec<Page>>(&tree, &mut found).unwrap_or_default());
    }
    (pages, found)
}

/// All pages, in the order of their codes.
pub fn all() -> impl Iterator<Item = &'static Page> {
    PAGES.values()
}

/// The page of a code.
pub fn page(code: &str) -> Option<&'static Page> {
    PAGES.get(code)
}

/// The code that was most likely meant.
pub fn meant(wrong: &str) -> Option<&'static str> {
    suggest(wrong, PAGES.keys().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_can_be_read_and_each_code_has_one() {
        let (pages, found) = read();
        let problems: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(problems, [""; 0]);
        assert_eq!(pages.len(), PAGES.len(), "a code has two pages");
        assert!(pages.len() > 120, "{}", pages.len());
        for page in &pages {
            assert!(
                page.means.ends_with('.') && page.why.ends_with('.'),
                "{}",
                page.code
            );
        }
    }
}
