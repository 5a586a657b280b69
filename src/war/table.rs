//! Tables for spreadsheets, as RFC 4180 has them: a war turn by turn, and the facts of the record held against one.

use std::collections::BTreeSet;

use super::{
    annals::{Annals, Day, Event},
    history::{Held, shown, thousandths},
    tell,
};
use crate::{
    content::{
        Key, Side, Stock,
        chronicle::{Chronicle, cited},
    },
    sim::calendar::date_text,
};

/// Rows as a file: commas, lines that end as RFC 4180 says, quotes where they are needed.
pub fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row)
            .expect("invariant: memory can be written");
    }
    writer
        .into_inner()
        .expect("invariant: memory can be written")
}

/// One war or several of one scenario, each called something, turn by turn and side by side. Strength and losses are hit
/// points; of the charges a seat knows its own side's.
pub fn turns(wars: &[(&str, &Annals)]) -> Vec<u8> {
    let stands = wars.iter().flat_map(|(_, annals)| &annals.days);
    let stocks: BTreeSet<&Key<Stock>> = stands
        .flat_map(|day| day.sides.values())
        .flat_map(|s| s.charges.keys())
        .collect();
    let names = [
        "war",
        "turn",
        "date",
        "side",
        "sectors",
        "strength_hp",
        "lost_hp",
    ];
    let mut head: Vec<String> = names.map(str::to_owned).to_vec();
    head.extend(stocks.iter().map(|stock| format!("left_{stock}")));
    head.push(String::from("events"));
    let mut rows = vec![head];
    for (name, annals) in wars {
        for (after, day) in (0..).zip(&annals.days) {
            // What is counted after the last turn stands under that turn's date; the beginning has a row of its own.
            let date = date_text(&day.view.calendar, u32::max(after, 1));
            for (side, stand) in &day.sides {
                let mut row = vec![
                    (*name).to_owned(),
                    after.to_string(),
                    date.clone(),
                    side.to_string(),
                    stand.sectors.to_string(),
                    stand.strength.to_string(),
                    stand.lost.to_string(),
                ];
                row.extend(stocks.iter().map(|stock| {
                    stand
                        .charges
                        .get(*stock)
                        .map_or_else(String::new, i64::to_string)
                }));
                row.push(told(
                    day,
                    annals.days.get(after.saturating_sub(1) as usize),
                    side,
                ));
                rows.push(row);
            }
        }
    }
    written(&rows)
}

/// What happened to a side on a turn, in words.
fn told(day: &Day, before: Option<&Day>, side: &Key<Side>) -> String {
    let view = &*day.view;
    let events = day.events.iter().filter_map(|event| match event {
        Event::Sector(sector, by) => {
            let name = tell::sector(view, sector.as_str());
            let held = before.and_then(|before| before.owners.get(sector));
            match by.as_ref() == Some(side) {
                true => Some(format!("takes {name}")),
                false => (held == Some(side)).then(|| format!("loses {name}")),
            }
        }
        Event::Site(site, by) => {
            (by == side).then(|| format!("takes {}", tell::site(view, site.as_str())))
        }
        Event::Fight(at, lost) => lost.get(side).map(|lost| {
            let name = tell::sector(view, at.as_str());
            format!("fights in {name} (lost {lost})")
        }),
    });
    events.collect::<Vec<_>>().join("; ")
}

/// Every check of these battles, each with where the record says it.
pub fn checks(battles: &[(&Chronicle, &Held)]) -> Vec<u8> {
    let names = [
        "battle",
        "id",
        "expected",
        "got",
        "score",
        "weight",
        "basis",
        "input",
        "tuned",
        "document",
        "title",
        "section",
        "paragraph",
        "source",
        "note",
    ];
    let mut rows = vec![names.map(str::to_owned).to_vec()];
    for (chronicle, held) in battles {
        for check in &held.checks {
            let entry = check.id.split('/').next().unwrap_or_default();
            let (section, paragraph) = place(chronicle, entry, &check.source);
            rows.push(vec![
                held.battle.to_string(),
                check.id.clone(),
                shown(&check.expected),
                shown(&check.got),
                thousandths(check.score).to_string(),
                thousandths(check.weight).to_string(),
                format!("{:?}", check.basis),
                check.input.to_string(),
                held.tuned.to_string(),
                chronicle.document.clone(),
                chronicle.title.clone(),
                section,
                paragraph,
                check.source.clone(),
                check.note.clone().unwrap_or_default(),
            ]);
        }
    }
    written(&rows)
}

/// Where the record says something: the source itself; of what is inferred from all of an entry, that of its first
/// paragraph.
pub fn citation<'a>(chronicle: &'a Chronicle, entry: &str, source: &'a str) -> &'a str {
    let first = || Some(chronicle.entry(entry)?.story.first()?.source.as_str());
    match cited(source) {
        Some(_) => source,
        None => first().unwrap_or_default(),
    }
}

/// Sections and paragraphs of it.
fn place(chronicle: &Chronicle, entry: &str, source: &str) -> (String, String) {
    let all = cited(citation(chronicle, entry, source)).unwrap_or_default();
    let join = |parts: Vec<&str>| parts.join("; ");
    (
        join(all.iter().map(|(section, _)| *section).collect()),
        join(all.iter().map(|(_, paragraph)| *paragraph).collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["plain", "a,b", "say \"no\"", "two\nlines", ""];
        let row: Vec<String> = cells.map(str::to_owned).to_vec();
        let text = written(std::slice::from_ref(&row));
        let expected = "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\r\n";
        assert_eq!(String::from_utf8(text.clone()).expect("text"), expected);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&text[..]);
        let read = reader.records().next().expect("a row").expect("it is read");
        assert_eq!(read.iter().collect::<Vec<_>>(), row);
    }
}
