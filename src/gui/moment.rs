//! Moments of a person's clock in words. (Dates of a war are the calendar's.)

use std::time::{SystemTime, UNIX_EPOCH};

use super::words::say;
use crate::{content::Calendar, sim::calendar::date_text};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A moment as `21 November 2026, 11:32`, by the clock of the machine; where it names no zone, as UTC.
pub fn local(when: SystemTime) -> String {
    let seconds = when
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
    match zone::offset(seconds) {
        Some(offset) => written(seconds + offset),
        None => say!("moment-utc", moment = written(seconds)),
    }
}

fn written(seconds: i64) -> String {
    let epoch = Calendar {
        start: (1970, 1, 1),
        day: 1,
        days_per_turn: 1,
        counted: None,
    };
    let day = u32::try_from(seconds.div_euclid(DAY)).unwrap_or(0);
    let minutes = seconds.rem_euclid(DAY) / 60;
    let date = date_text(&epoch, day.saturating_add(1));
    format!("{date}, {:02}:{:02}", minutes / 60, minutes % 60)
}

/// The machine's zone of time, as Unix keeps it (`/etc/localtime`, TZif).
mod zone {
    use std::{env, fs};

    /// Seconds east of Greenwich at a moment; none if the machine names no zone.
    pub fn offset(at: i64) -> Option<i64> {
        let named = env::var("TZ").ok().filter(|name| !name.is_empty());
        let path = match named.as_deref().map(|name| name.trim_start_matches(':')) {
            None => "/etc/localtime".to_owned(),
            Some(path) if path.starts_with('/') => path.to_owned(),
            Some(name) if name.contains("..") => return None,
            Some(name) => format!("/usr/share/zoneinfo/{name}"),
        };
        let small = fs::metadata(&path).is_ok_and(|meta| meta.len() < 1 << 20);
        let bytes = small.then(|| fs::read(path).ok()).flatten()?;
        read(&bytes, at)
    }

    /// Seconds east of Greenwich at a moment, by the bytes of a zone's file. After its last change the last offset is
    /// taken: newer files that leave the rest to a rule are an hour off in summer at worst.
    pub(super) fn read(bytes: &[u8], at: i64) -> Option<i64> {
        let first = Head::read(bytes)?;
        // The second part has the same in wider numbers.
        let (bytes, head, width) = match bytes.get(4) {
            Some(b'2'..=b'9') => {
                let rest = bytes.get(first.length(4)..)?;
                (rest, Head::read(rest)?, 8)
            }
            _ => (bytes, first, 4),
        };
        let times = bytes.get(44..)?;
        let figure = |index: usize| -> Option<i64> {
            let raw = times.get(index * width..(index + 1) * width)?;
            Some(match width {
                8 => i64::from_be_bytes(raw.try_into().ok()?),
                _ => i64::from(i32::from_be_bytes(raw.try_into().ok()?)),
            })
        };
        let past = (0..head.times).take_while(|i| figure(*i).is_some_and(|time| time <= at));
        let kinds = times.get(head.times * width..)?;
        let kind = match past.count() {
            0 => 0,
            n => usize::from(*kinds.get(n - 1)?),
        };
        let kinds = kinds.get(head.times..)?;
        let offset = kinds.get(kind * 6..kind * 6 + 4)?;
        let offset = i64::from(i32::from_be_bytes(offset.try_into().ok()?));
        (-DAY..=DAY).contains(&offset).then_some(offset)
    }

    const DAY: i64 = super::DAY;

    struct Head {
        times: usize,
        kinds: usize,
        letters: usize,
        leaps: usize,
        standard: usize,
        universal: usize,
    }

    impl Head {
        fn read(bytes: &[u8]) -> Option<Self> {
            if bytes.get(..4)? != b"TZif" {
                return None;
            }
            let count = |index: usize| -> Option<usize> {
                let raw = bytes.get(20 + index * 4..24 + index * 4)?;
                let n = u32::from_be_bytes(raw.try_into().ok()?);
                (n < 100_000).then_some(n as usize)
            };
            Some(Self {
                universal: count(0)?,
                standard: count(1)?,
                leaps: count(2)?,
                times: count(3)?,
                kinds: count(4)?,
                letters: count(5)?,
            })
        }

        /// Bytes of head and body, with numbers of this width.
        fn length(&self, width: usize) -> usize {
            44 + self.times * (width + 1)
                + self.kinds * 6
                + self.letters
                + self.leaps * (width + 4)
                + self.standard
                + self.universal
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_dates() {
        assert_eq!(written(0), "1 January 1970, 00:00");
        assert_eq!(written(1_795_260_720), "21 November 2026, 11:32");
    }

    #[test]
    fn a_zone_is_read_as_far_as_it_goes() {
        let mut file = b"TZif\0".to_vec();
        file.extend([0; 15]);
        for n in [0u32, 0, 0, 1, 2, 4] {
            file.extend(n.to_be_bytes());
        }
        file.extend(1000i32.to_be_bytes());
        file.push(1);
        for offset in [0i32, 3600] {
            file.extend(offset.to_be_bytes());
            file.extend([0, 0]);
        }
        file.extend(b"UTC\0");
        assert_eq!(zone::read(&file, 999), Some(0));
        assert_eq!(zone::read(&file, 1000), Some(3600));
        for cut in 0..file.len() - 4 {
            let _ = zone::read(&file[..cut], 1000);
        }
        assert_eq!(zone::read(b"no zone", 0), None);
    }
}
