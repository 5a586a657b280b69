//! `check --watch`: looked at again whenever a file below the paths has changed.

use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::json;

use super::{Common, Done, Failure, Out, layers, look};
use crate::war::{store, vigil::Vigil};

pub(super) fn watch(out: &mut Out, common: &Common, paths: &[PathBuf]) -> Result<Done, Failure> {
    let mut watched = paths.to_vec();
    watched.extend(common.mods.iter().cloned());
    if paths.is_empty() {
        watched.extend(store::data_dir().ok().map(|folder| folder.join("mods")));
    }
    // What is not there at all is an error as ever; what goes missing later may come back.
    let mut vigil = Vigil::new(watched);
    layers(common, paths)?;
    loop {
        told(out, common, paths)?;
        out.finish()?;
        // What changed while it was read is not as it was before, and is read again.
        vigil.wait();
    }
}

/// One look, with the time.
fn told(out: &mut Out, common: &Common, paths: &[PathBuf]) -> Result<(), Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    let looked = match layers(common, paths) {
        Ok(layers) => look(common, paths, &layers)?,
        Err(Failure::Load(text)) => {
            if out.json {
                return out.document(&json!({ "time": seconds, "problem": text }));
            }
            return out.line(format!("[{}] {text}", clock(seconds)));
        }
        Err(failure) => return Err(failure),
    };
    if out.json {
        return out.document(&json!({ "time": seconds, "problems": looked.documents() }));
    }
    out.heading(&format!("[{}]", clock(seconds)))?;
    looked.tell(out)
}

/// The time of day, by the clock of Greenwich.
fn clock(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02} UTC", seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_has_two_digits_each() {
        assert_eq!(clock(0), "00:00:00 UTC");
        assert_eq!(clock(86_400 + 3_600 * 23 + 61), "23:01:01 UTC");
    }
}
