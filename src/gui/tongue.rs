//! The language that the window speaks: English, or a folder of language files in the user's own (`text/LANGUAGE`).

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Game,
    words::{self, say},
};

/// Most files of a language, and most bytes of one.
const FILES: usize = 64;
const BYTES: u64 = 1024 * 1024;

impl Game {
    /// Speaks the language that is set.
    pub(super) fn speak(&mut self) {
        let language = self.settings.language.clone();
        let home = self.around.home.as_ref().ok();
        let (files, mut problems) = match home.filter(|_| language != "en") {
            Some(home) => language_files(&home.join("text").join(&language), &language),
            None => (Vec::new(), Vec::new()),
        };
        let named: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        if language == "en" || !named.is_empty() {
            problems.extend(words::choose(&language, &named).err().unwrap_or_default());
        }
        self.around.tongue = problems;
    }
}

/// The folders of language files that a person has.
pub(super) fn languages(home: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(home.join("text")) else {
        return Vec::new();
    };
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let named = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let mut found: Vec<String> = named.filter(|name| words::is_language(name)).collect();
    found.retain(|name| name != "en");
    found.sort();
    found.truncate(FILES);
    found
}

/// The files of a language, by name, and what is wrong with reading them.
pub(super) fn language_files(
    folder: &Path,
    language: &str,
) -> (Vec<(String, String)>, Vec<String>) {
    let mut problems = Vec::new();
    // A name from a file of settings must not lead anywhere else.
    let entries = match words::is_language(language) {
        true => fs::read_dir(folder).map_err(|error| error.to_string()),
        false => Err(say!("settings-no-language-name")),
    };
    let mut paths: Vec<PathBuf> = match entries {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(why) => {
            let name = language.to_owned();
            return (
                Vec::new(),
                vec![say!("settings-no-language", name = name, why = why)],
            );
        }
    };
    paths.retain(|path| path.extension().is_some_and(|e| e == "ftl"));
    paths.sort();
    paths.truncate(FILES);
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let small = fs::metadata(&path).is_ok_and(|meta| meta.len() <= BYTES);
        let text = match small {
            true => fs::read_to_string(&path).map_err(|error| error.to_string()),
            false => Err(say!("settings-language-too-large")),
        };
        match text {
            Ok(text) => files.push((name.into_owned(), text)),
            Err(why) => problems.push(format!("{name}.ftl: {why}")),
        }
    }
    if files.is_empty() && problems.is_empty() {
        let name = language.to_owned();
        let why = say!("settings-language-empty");
        problems.push(say!("settings-no-language", name = name, why = why));
    }
    (files, problems)
}
