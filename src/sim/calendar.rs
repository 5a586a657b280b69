//! Turns as dates: the proleptic Gregorian calendar, in integers; or counted.

use crate::content::{Calendar, chronicle::Chronicle};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days in a month; 0 if there is no such month.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// The date of a turn as (year, month, day).
pub fn date(calendar: &Calendar, turn: u32) -> (i32, u32, u32) {
    let (mut year, mut month, mut day) = calendar.start;
    let mut days = turn
        .saturating_sub(1)
        .saturating_mul(calendar.days_per_turn)
        .min(1_000_000);
    while days > 0 {
        let left = days_in_month(year, month).saturating_sub(day);
        if days <= left {
            day += days;
            days = 0;
        } else {
            days -= left + 1;
            day = 1;
            month += 1;
            if month > 12 {
                month = 1;
                year += 1;
            }
        }
    }
    (year, month, day)
}

/// The date of a turn as `14 April 2802`, or as `Hour 3` where turns are counted.
pub fn date_text(calendar: &Calendar, turn: u32) -> String {
    if let Some(counted) = &calendar.counted {
        let turns = turn.saturating_sub(1);
        let count = turns
            .saturating_mul(calendar.days_per_turn)
            .saturating_add(calendar.day);
        return format!("{counted} {count}");
    }
    written(date(calendar, turn))
}

/// A date as `14 April 2802`.
pub fn written((year, month, day): (i32, u32, u32)) -> String {
    let name = MONTHS
        .get((month as usize).wrapping_sub(1))
        .copied()
        .unwrap_or("?");
    format!("{day} {name} {year}")
}

/// A date as a record has it: `14 April 2802`, or `Day 22` where it has an order of days and no dates.
pub fn of_record(chronicle: &Chronicle, date: (i32, u32, u32)) -> String {
    match &chronicle.counted {
        Some(counted) => format!("{counted} {}", chronicle.day(date)),
        None => written(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_may_be_counted() {
        let calendar = Calendar {
            start: (1, 1, 1),
            day: 8,
            days_per_turn: 2,
            counted: Some("Day".into()),
        };
        let dates = [1, 2, 5].map(|turn| date_text(&calendar, turn));
        assert_eq!(dates, ["Day 8", "Day 10", "Day 16"]);
    }

    #[test]
    fn turns_are_days() {
        let calendar = Calendar {
            start: (2802, 4, 5),
            day: 1,
            days_per_turn: 1,
            counted: None,
        };
        assert_eq!(date_text(&calendar, 1), "5 April 2802");
        assert_eq!(date_text(&calendar, 10), "14 April 2802");
        assert_eq!(date_text(&calendar, 57), "31 May 2802");
        assert_eq!(date(&calendar, 366), (2803, 4, 5));
    }
}
