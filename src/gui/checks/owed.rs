//! Faults that are known and not mended yet, each with what is to be done. The list only ever gets shorter.

use super::{
    faults::{Fault, Kind},
    stage::Size,
};

/// A known fault: its kind, what its text begins with, what the size's name ends with; then what is to be done.
const OWED: &[(Kind, &str, &str, &str)] = &[
    (
        Kind::Nameless,
        "",
        "",
        "fields, figures, choices and the map are to be named",
    ),
    (
        Kind::SameName,
        "overcharge",
        "",
        "to be named by its weapon",
    ),
    (Kind::SameName, "Follow", "", "to be named by who follows"),
    (
        Kind::Tiny,
        "",
        "",
        "lines of journal, report and links are to be 18 points high",
    ),
    (
        Kind::Faint,
        "",
        "",
        "names of regions on the map are to stand out",
    ),
    (
        Kind::Cut,
        "",
        "150 %",
        "docks are to give way to large type",
    ),
    (
        Kind::Cut,
        "",
        "200 %",
        "docks are to give way to large type",
    ),
    (
        Kind::Covered,
        "",
        "150 %",
        "docks are to give way to large type",
    ),
    (
        Kind::Covered,
        "",
        "200 %",
        "docks are to give way to large type",
    ),
    (
        Kind::Shortened,
        "",
        "150 %",
        "docks are to give way to large type",
    ),
    (
        Kind::Shortened,
        "",
        "200 %",
        "docks are to give way to large type",
    ),
    (
        Kind::Overlapping,
        "",
        "200 %",
        "docks are to give way to large type",
    ),
];

/// Whether a fault is on the list.
pub fn is_owed(size: &Size, fault: &Fault) -> bool {
    OWED.iter().any(|(kind, text, end, _)| {
        *kind == fault.kind && fault.text.starts_with(text) && size.name.ends_with(end)
    })
}
