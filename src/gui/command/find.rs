//! Everything that has a name, to be found by it.

use super::list::{Row, What};
use crate::{chart::Tag, gui::words::say, sim::view::SeatView, war::tell};

/// Sectors, sites, forces, those who command them, and contacts.
pub fn rows(view: &SeatView) -> Vec<Row> {
    let row = |title: &str, kind: String, place: String, tag: Tag| Row {
        right: kind,
        about: place,
        tag: Some(tag.clone()),
        ..Row::new(title, What::Visit(tag))
    };
    let mut rows = Vec::new();
    for (key, force) in &view.forces {
        let place = tell::place(view, &force.place);
        let tag = || Tag::Force(key.clone());
        rows.push(row(&force.name, say!("find-force"), place.clone(), tag()));
        let commander = force.commander.as_ref();
        if let Some(commander) = commander.and_then(|c| view.rules.commanders.get(c)) {
            let with = say!("find-commands", force = force.name.as_str(), place = place);
            rows.push(row(&commander.name, say!("find-commander"), with, tag()));
        }
    }
    for (key, contact) in &view.contacts {
        rows.push(row(
            &tell::force(view, key.as_str()),
            say!("find-contact"),
            tell::place(view, &contact.place),
            Tag::Contact(key.clone()),
        ));
    }
    for (key, sector) in &view.map.sectors {
        let region = view.map.regions.get(&sector.region);
        let region = region.map_or(String::new(), |r| r.name.clone());
        let tag = Tag::Sector(key.clone());
        rows.push(row(&sector.name, say!("find-sector"), region, tag));
    }
    for (key, site) in &view.map.sites {
        let place = tell::sector(view, site.sector.as_str());
        let tag = Tag::Site(key.clone());
        rows.push(row(&site.name, say!("find-site"), place, tag));
    }
    rows.sort_by(|a, b| (&a.title, &a.right).cmp(&(&b.title, &b.right)));
    rows
}
