//! What a person has set for himself: how the window looks, moves and listens. Kept in `settings.ron` in the user's
//! folder; nothing of it changes a war.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keys::{Chord, Command};
use crate::chart::Look;

/// Least and most size of type, percent.
pub const SCALE: (u32, u32) = (75, 250);

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
    /// Whether what wants attention is shown before a turn ends.
    pub ask_before_ending: bool,
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

    /// What these keys are to do.
    pub fn command(&self, chord: Chord) -> Option<Command> {
        let mut all = Command::ALL.iter().copied();
        all.find(|command| self.chords(*command).contains(&chord))
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            look: Look::Normal,
            scale: 100,
            reduced_motion: false,
            ask_before_ending: true,
            keys: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_does_one_thing_and_is_read_as_it_is_written() {
        let settings = Settings::default();
        for command in Command::ALL {
            for chord in command.shipped() {
                assert_eq!(settings.command(*chord), Some(*command), "{chord}");
                assert_eq!(chord.to_string().parse(), Ok(*chord));
            }
        }
        assert!("Ctrl+Nothing".parse::<Chord>().is_err());
    }
}
