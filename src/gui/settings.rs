//! What a person has set for himself: how the window looks, moves and listens. Kept in `settings.ron` in the user's
//! folder; nothing of it changes a war.
//!
//! The file is read field by field: one that cannot be read is as shipped, the others count all the same.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    film::{Speed, Which},
    keys::{Chord, Command},
    words::say,
};
use crate::{chart::Look, war::store};

/// Least and most size of type, percent.
pub const SCALE: (u32, u32) = (75, 250);
/// Sizes of type that are offered, percent.
pub const SCALES: [u32; 9] = [75, 90, 100, 110, 125, 150, 175, 200, 250];
/// Limits of frames a second that are offered.
pub const FRAMES: [u32; 3] = [30, 60, 120];
/// What the file is called.
pub const FILE: &str = "settings.ron";
/// Largest file that is read, bytes.
const LIMIT: u64 = 256 * 1024;

/// What is set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Which colours.
    pub look: Look,
    /// Size of everything, percent; 75 to 250.
    pub scale: u32,
    /// Whether every movement is replaced by a cut.
    pub reduced_motion: bool,
    /// Which films are shown after a turn.
    pub film: Which,
    /// How fast they play.
    pub film_speed: Speed,
    /// Frames a second at most, 10 to 1000; none: as many as the display takes.
    pub frame_limit: Option<u32>,
    /// Which language the window speaks: `en`, or a folder of language files of the user's.
    pub language: String,
    /// Whether what wants attention is shown before a turn ends.
    pub ask_before_ending: bool,
    /// Whether the guide of a scenario is shown.
    pub guide: bool,
    /// Keys that are not as shipped.
    pub keys: BTreeMap<Command, Vec<Chord>>,
}

impl Settings {
    /// The keys of a command.
    pub fn chords(&self, command: Command) -> &[Chord] {
        self.keys
            .get(&command)
            .map_or(command.shipped(), Vec::as_slice)
    }

    /// What these keys are to do at the table and on pages.
    pub fn command(&self, chord: Chord) -> Option<Command> {
        self.command_while(chord, false)
    }

    /// What these keys are to do at the table, or while a record is watched.
    pub fn command_while(&self, chord: Chord, watching: bool) -> Option<Command> {
        let mut all = Command::ALL.iter().copied();
        all.find(|command| {
            command.is_of_watching() == watching && self.chords(*command).contains(&chord)
        })
    }

    /// Gives a command these keys; as shipped, nothing is kept of them.
    pub fn bind(&mut self, command: Command, chords: Vec<Chord>) {
        if chords == command.shipped() {
            self.keys.remove(&command);
        } else {
            self.keys.insert(command, chords);
        }
    }

    /// The settings as text, as they are kept.
    pub fn text(&self) -> String {
        let config = ron::ser::PrettyConfig::new()
            .struct_names(false)
            .indentor("    ".to_owned());
        let body = ron::ser::to_string_pretty(self, config)
            .expect("invariant: settings are numbers, texts, lists and maps");
        format!("// What is set in the window. Written by the game, read when it starts.\n{body}\n")
    }

    /// Writes them into a folder, whole or not at all.
    ///
    /// # Errors
    /// In a sentence; what was there is still there.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let attempt = fs::create_dir_all(folder)
            .map_err(|error| error.to_string())
            .and_then(|()| {
                let written = store::write_whole(&folder.join(FILE), self.text().as_bytes());
                written.map_err(|error| error.to_string())
            });
        attempt.map_err(|why| say!("settings-not-written", why = why))
    }

    /// Reads them from a folder. What cannot be read is as shipped and told in a sentence, with its line and column;
    /// the file is then kept beside as `settings.ron.broken`.
    pub fn read(folder: &Path) -> (Self, Option<String>) {
        let path = folder.join(FILE);
        let bytes = match fs::metadata(&path) {
            Ok(found) if found.len() > LIMIT => {
                return (Self::default(), Some(say!("settings-too-large")));
            }
            Ok(_) => fs::read(&path),
            Err(error) => Err(error),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => {
                let why = error.to_string();
                return (
                    Self::default(),
                    Some(say!("settings-unreadable", why = why)),
                );
            }
        };
        let (settings, problems) = parse(&String::from_utf8_lossy(&bytes));
        let Some(first) = problems.first() else {
            return (settings, None);
        };
        let more = problems.len() - 1;
        let kept = fs::write(broken(&path), &bytes).is_ok();
        let sentence = if kept {
            say!("settings-broken", what = first.clone(), more = more)
        } else {
            say!("settings-broken-lost", what = first.clone(), more = more)
        };
        (settings, Some(sentence))
    }
}

fn broken(path: &Path) -> PathBuf {
    path.with_file_name(format!("{FILE}.broken"))
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            look: Look::Normal,
            scale: 100,
            reduced_motion: false,
            film: Which::default(),
            film_speed: Speed::default(),
            frame_limit: None,
            language: "en".into(),
            ask_before_ending: true,
            guide: true,
            keys: BTreeMap::new(),
        }
    }
}

/// What can be read of a text, and what is wrong with the rest: `LINE:COLUMN: why`.
fn parse(text: &str) -> (Settings, Vec<String>) {
    let (settings, mut problems) = match ron::from_str::<Settings>(text) {
        Ok(settings) => (settings, Vec::new()),
        Err(error) => by_field(text, &error),
    };
    let mut settings = settings;
    if !(SCALE.0..=SCALE.1).contains(&settings.scale) {
        problems.push(say!("settings-scale-range", n = settings.scale));
        settings.scale = settings.scale.clamp(SCALE.0, SCALE.1);
    }
    if settings
        .frame_limit
        .is_some_and(|n| !(10..=1000).contains(&n))
    {
        problems.push(say!("settings-frames-range"));
        settings.frame_limit = None;
    }
    (settings, problems)
}

/// Reads each field by itself, all else blanked out, so that places stay what they are.
fn by_field(text: &str, whole: &ron::error::SpannedError) -> (Settings, Vec<String>) {
    let told = |error: &ron::error::SpannedError| {
        let at = error.span.start;
        let why = error.code.to_string();
        // What else might have stood there is a list as long as the page of settings.
        let why = why.split(", expected").next().unwrap_or_default();
        format!("{}:{}: {why}", at.line, at.col)
    };
    let Some(open) = text.find('(').filter(|at| {
        let before = text[..*at].lines();
        before
            .map(str::trim)
            .all(|line| line.is_empty() || line.starts_with("//"))
    }) else {
        return (Settings::default(), vec![told(whole)]);
    };
    let mut good: Vec<(usize, usize)> = Vec::new();
    let mut problems = Vec::new();
    for field in fields(text, open + 1) {
        good.push(field);
        if let Err(error) = ron::from_str::<Settings>(&only(text, open, &good)) {
            good.pop();
            problems.push(told(&error));
        }
    }
    if problems.is_empty() {
        problems.push(told(whole));
    }
    let settings = ron::from_str(&only(text, open, &good)).unwrap_or_default();
    (settings, problems)
}

/// The text with nothing in it but these fields, each where it was.
fn only(text: &str, open: usize, fields: &[(usize, usize)]) -> String {
    let blank = |part: &str| -> String {
        let keep = |c: char| if c == '\n' { c } else { ' ' };
        part.chars().map(keep).collect()
    };
    let mut out = blank(&text[..open]) + "(";
    let mut at = open + 1;
    for (from, to) in fields {
        out += &blank(&text[at..*from]);
        out += &text[*from..*to];
        // What stood there was a comma, or the end.
        out.push(',');
        at = (to + 1).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    out.push(')');
    out
}

/// Where the fields of a struct stand that opens before `from`: each up to its comma.
fn fields(text: &str, from: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut begin, mut depth) = (from, 0usize);
    let mut chars = text[from..].char_indices().peekable();
    let mut note = |begin: usize, end: usize| {
        let is_blank = |line: &str| line.trim().is_empty() || line.trim().starts_with("//");
        if !text[begin..end].lines().all(is_blank) {
            found.push((begin, end));
        }
    };
    while let Some((at, c)) = chars.next() {
        let at = from + at;
        match c {
            '"' => {
                while let Some((_, c)) = chars.next() {
                    match c {
                        '\\' => _ = chars.next(),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '/' if chars.peek().is_some_and(|(_, next)| *next == '/') => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                note(begin, at);
                return found;
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                note(begin, at);
                begin = at + 1;
            }
            _ => {}
        }
    }
    note(begin, text.len());
    found
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn each_key_does_one_thing_and_is_read_as_it_is_written() {
        let settings = Settings::default();
        for command in Command::ALL {
            for chord in command.shipped() {
                let found = settings.command_while(*chord, command.is_of_watching());
                assert_eq!(found, Some(*command), "{chord}");
                assert_eq!(chord.to_string().parse(), Ok(*chord));
            }
        }
        assert!("Ctrl+Nothing".parse::<Chord>().is_err());
    }

    #[test]
    fn what_is_written_is_read() {
        let mut settings = Settings {
            look: Look::ColourBlind,
            scale: 150,
            frame_limit: Some(60),
            language: "de".into(),
            ..Settings::default()
        };
        settings.bind(Command::Save, vec![Chord::plain(bevy_egui::egui::Key::F9)]);
        let (read, problems) = parse(&settings.text());
        assert_eq!((read, problems), (settings, Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_the_rest_is_kept() {
        let text = "// mine\n(\n  scale: 150,\n  look: Purple, // no such\n  colour: 3,\n  reduced_motion: true,\n  keys: {\"save\": [\"Ctrl+F9\"]},\n)\n";
        let (settings, problems) = parse(text);
        assert_eq!(
            (settings.scale, settings.reduced_motion),
            (150, true),
            "{problems:?}"
        );
        assert_eq!(settings.look, Look::Normal);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].starts_with("4:9: "), "{problems:?}");
        assert!(problems[1].starts_with("5:"), "{problems:?}");
        let key = "Ctrl+F9".parse().ok();
        assert_eq!(settings.chords(Command::Save).first().copied(), key);
    }

    #[test]
    fn whatever_stands_in_the_file_is_survived() {
        let whole = Settings {
            scale: 200,
            ..Settings::default()
        }
        .text();
        for cut in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
            let (_, problems) = parse(&whole[..cut]);
            assert!(
                !problems.is_empty() || cut + 2 >= whole.len(),
                "cut at {cut}"
            );
        }
        for text in [
            "",
            "(",
            ")",
            "((((",
            "(a:\"",
            "(scale: 3,,)",
            "[1]",
            "ä(é",
            "(ä: 1, scale: 110)",
            "\0",
        ] {
            let (settings, problems) = parse(text);
            assert!(!problems.is_empty(), "{text:?}");
            assert!(SCALES.contains(&settings.scale), "{text:?}");
        }
        assert_eq!(parse("(scale: 4000)").0.scale, 250);
    }

    #[test]
    fn a_broken_file_is_kept_beside() {
        let folder = env::temp_dir().join(format!("angelfire-settings-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        assert_eq!(Settings::read(&folder), (Settings::default(), None));
        fs::write(folder.join(FILE), "(scale: 125, look: 7)").expect("it is written");
        let (settings, problem) = Settings::read(&folder);
        assert_eq!(settings.scale, 125);
        let problem = problem.expect("it is told");
        assert!(
            problem.contains("1:20") && problem.lines().count() == 1,
            "{problem}"
        );
        let kept = fs::read_to_string(folder.join("settings.ron.broken"));
        assert_eq!(kept.expect("it is kept"), "(scale: 125, look: 7)");
        settings.write(&folder).expect("it is written");
        assert_eq!(Settings::read(&folder), (settings, None));
        let _ = fs::remove_dir_all(&folder);
    }
}
