//! Which things there are for a key at a place: those of the rules, and those of the war in which the place lies.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Desk,
    index::{Page, Thing},
};
use crate::content::kind;

/// How far it is followed what names what: a trial its scenario, that one its map.
const FAR: usize = 4;

/// A thing and the text in which it stands.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) page: &'a Page,
    pub(super) thing: &'a Thing,
}

impl<'a> Desk<'a> {
    /// The things of a type that can be named at a place, by id. Of what lies within wars: where the war in which it lies has none, those of its
    /// campaign; where that has none, those of all others.
    pub(super) fn known(&self, of: &str, at: usize) -> BTreeMap<&'a str, Found<'a>> {
        let here = self.page.root_at(at);
        let campaign = kind::campaign_of(&self.page.path);
        let wars = self.wars(here);
        let same = |page: &Page| campaign.is_some() && kind::campaign_of(&page.path) == campaign;
        let mut near = BTreeMap::new();
        let mut wider = [BTreeMap::new(), BTreeMap::new(), BTreeMap::new()];
        for page in self.pages() {
            let own = std::ptr::eq(page, self.page);
            for thing in page.things.iter().filter(|thing| thing.of == of) {
                let listed = || page.kind == Some(kind::Kind::Forces) && campaign.is_some();
                let shelf = match thing.root {
                    None if !listed() || same(page) => &mut near,
                    // Of the order of battle of another campaign nothing can be named.
                    None => continue,
                    Some(root) => {
                        let here = own && here.is_none_or(|here| here == root);
                        let id = page.roots.get(root).and_then(|war| {
                            let id = war.id.as_deref()?;
                            Some((war.of.as_str(), id))
                        });
                        match here || id.is_some_and(|id| wars.contains(&id)) {
                            true => &mut near,
                            false if same(page) => &mut wider[0],
                            false if page.shown.is_some() => &mut wider[1],
                            false => &mut wider[2],
                        }
                    }
                };
                let found = Found { page, thing };
                shelf.entry(thing.id.as_str()).or_insert(found);
            }
        }
        let mut all = std::iter::once(near).chain(wider);
        all.find(|shelf| !shelf.is_empty()).unwrap_or_default()
    }

    /// Types and ids of the roots whose parts are known at a root of the page: what it names, and what these name.
    fn wars(&self, here: Option<usize>) -> BTreeSet<(&'a str, &'a str)> {
        let page = self.page;
        let own = page.roots.iter().enumerate();
        let own = own.filter(|(index, _)| here.is_none_or(|here| here == *index));
        let names = own.flat_map(|(_, root)| &root.names);
        let pair = |(of, id): &'a (String, String)| (of.as_str(), id.as_str());
        let mut next: BTreeSet<(&str, &str)> = names.map(pair).collect();
        let mut all = next.clone();
        for _ in 0..FAR {
            let mut more = BTreeSet::new();
            for page in self.pages() {
                for root in &page.roots {
                    let key = root.id.as_deref().map(|id| (root.of.as_str(), id));
                    if key.is_some_and(|key| next.contains(&key)) {
                        more.extend(root.names.iter().map(pair));
                    }
                }
            }
            next = more.difference(&all).copied().collect();
            if next.is_empty() {
                break;
            }
            all.extend(&next);
        }
        all
    }

    /// Names of what is there by being named: of the war in which the text stands, or else of all.
    pub(super) fn called(&self, what: &str) -> BTreeSet<&'a str> {
        let of = |page: &'a Page| {
            let all = page.called.iter().filter(|(other, _)| other == what);
            all.map(|(_, word)| word.as_str())
        };
        let own: BTreeSet<&str> = of(self.page).collect();
        let mod_of = self.pages().filter(|page| page.shown.is_some());
        let near: BTreeSet<&str> = mod_of.flat_map(of).chain(own).collect();
        match near.is_empty() {
            true => self.pages().flat_map(of).collect(),
            false => near,
        }
    }
}
