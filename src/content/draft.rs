//! What the files of all layers say, by kind and id, before any of it is checked for meaning. A later
//! layer replaces things by id; a copy of a draft is cheap, so that a broken layer can be dropped.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    diagnostic::Span,
    kind::Kind,
    ron::{At, NodeId, Tree},
    schema::{
        Name, Pairs, change::Change, chronicle, constants, course, deed, looks, rules, scenario,
        trial,
    },
    validate::{Check, Known},
};

/// Most things of one kind.
const MAX_THINGS: usize = 2_000;

/// Things of one kind by id.
pub(crate) struct Shelf<F> {
    things: BTreeMap<String, (usize, Rc<F>)>,
    /// What a layer has taken out, and where it says so.
    gone: BTreeMap<String, Span>,
    /// Some thing could not be read, so that its id is missing here.
    incomplete: bool,
}

/// A thing that is found by a text of its own.
pub(crate) trait Shelved {
    /// The id of the thing with its place; `None` where it could not be read.
    fn id(&self) -> Option<(String, Span)>;
    /// Its id as a name to be checked, where it has one of its own.
    fn name(&self) -> Option<&Name>;
}

impl<F> Default for Shelf<F> {
    fn default() -> Self {
        Self {
            things: BTreeMap::new(),
            gone: BTreeMap::new(),
            incomplete: false,
        }
    }
}

impl<F> Clone for Shelf<F> {
    fn clone(&self) -> Self {
        Self {
            things: self.things.clone(),
            gone: self.gone.clone(),
            incomplete: self.incomplete,
        }
    }
}

impl<F> Shelf<F> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &F)> {
        self.things
            .iter()
            .map(|(id, (_, thing))| (id.as_str(), thing.as_ref()))
    }
    pub(crate) fn get(&self, id: &str) -> Option<&F> {
        self.things.get(id).map(|(_, thing)| thing.as_ref())
    }
    /// A thing to be kept for longer than the shelf is borrowed.
    pub(crate) fn shared(&self, id: &str) -> Option<Rc<F>> {
        self.things.get(id).map(|(_, thing)| thing.clone())
    }
    /// All things, to be kept for longer than the shelf is borrowed.
    pub(crate) fn all(&self) -> Vec<Rc<F>> {
        self.things
            .values()
            .map(|(_, thing)| thing.clone())
            .collect()
    }
    pub(crate) fn known(&self, kind: &'static str) -> Known {
        Known::new(kind, self.things.keys().cloned(), !self.incomplete).without(&self.gone)
    }
    /// Notes that some thing of this kind could not be read.
    pub(crate) fn lost(&mut self) {
        self.incomplete = true;
    }
}

impl<F: Shelved> Shelf<F> {
    /// Puts a thing of this layer on the shelf; twice in one layer is an error.
    pub(crate) fn put(&mut self, check: &mut Check<'_>, layer: usize, thing: At<F>) {
        let place = thing.span;
        let Some((thing, (id, span))) = thing
            .into_inner()
            .and_then(|thing| thing.id().map(|id| (thing, id)))
        else {
            self.incomplete = true;
            return;
        };
        if let Some(name) = thing.name() {
            check.id::<F>(name);
        }
        if self
            .things
            .get(&id)
            .is_some_and(|(other, _)| *other == layer)
        {
            check.error(
                "duplicate-id",
                span,
                format!("`{id}` is defined twice"),
                "rename or remove one of them",
            );
        }
        if self.things.len() == MAX_THINGS {
            check.error(
                "too-many",
                place,
                format!("more than {MAX_THINGS} things of one kind"),
                "remove what nobody uses",
            );
        }
        if self.things.len() <= MAX_THINGS {
            self.gone.remove(&id);
            self.things.insert(id, (layer, Rc::new(thing)));
        }
    }

    pub(crate) fn put_all(&mut self, check: &mut Check<'_>, layer: usize, things: Vec<At<F>>) {
        for thing in things {
            self.put(check, layer, thing);
        }
    }
}

macro_rules! shelved {
    ($($kind:ty),+) => {$(
        impl Shelved for $kind {
            fn id(&self) -> Option<(String, Span)> {
                self.id.get().map(|id| (id.clone(), self.id.span))
            }
            fn name(&self) -> Option<&Name> {
                Some(&self.id)
            }
        }
    )+};
}
shelved!(
    rules::Stock,
    rules::Weapon,
    rules::Class,
    rules::Terrain,
    rules::Stance,
    rules::Posture,
    rules::Meter,
    rules::Trait,
    rules::Commander,
    rules::SiteKind,
    deed::Deed,
    scenario::Campaign,
    trial::System,
    course::Course
);

impl Shelved for rules::Meeting {
    fn id(&self) -> Option<(String, Span)> {
        let (attack, defend) = (self.attack.get()?, self.defend.get()?);
        Some((format!("{attack} against {defend}"), self.attack.span))
    }
    fn name(&self) -> Option<&Name> {
        None
    }
}

impl Shelved for chronicle::Chronicle {
    fn id(&self) -> Option<(String, Span)> {
        let document = &self.document;
        document.get().map(|id| (id.clone(), document.span))
    }
    fn name(&self) -> Option<&Name> {
        Some(&self.document)
    }
}

impl Shelved for scenario::Map {
    fn id(&self) -> Option<(String, Span)> {
        let id = self.id.as_ref()?;
        id.get().map(|text| (text.clone(), id.span))
    }
    fn name(&self) -> Option<&Name> {
        self.id.as_ref()
    }
}

/// A scenario with the folder in which it stands.
pub(crate) struct Placed {
    /// The campaign, if the folder names one.
    pub(crate) campaign: Option<String>,
    pub(crate) scenario: scenario::Scenario,
}

impl Shelved for Placed {
    fn id(&self) -> Option<(String, Span)> {
        let id = &self.scenario.id;
        id.get().map(|text| (text.clone(), id.span))
    }
    fn name(&self) -> Option<&Name> {
        Some(&self.scenario.id)
    }
}

/// A force of the order of battle of a campaign.
pub(crate) struct Ranked {
    /// The campaign, if the folder names one.
    pub(crate) campaign: Option<String>,
    pub(crate) listed: scenario::Listed,
}

impl Ranked {
    /// Under what it is found: ids are one space in each campaign.
    pub(crate) fn place(campaign: Option<&str>, id: &str) -> String {
        format!("{}/{id}", campaign.unwrap_or_default())
    }
}

impl Shelved for Ranked {
    fn id(&self) -> Option<(String, Span)> {
        let id = &self.listed.id;
        id.get()
            .map(|text| (Self::place(self.campaign.as_deref(), text), id.span))
    }
    fn name(&self) -> Option<&Name> {
        Some(&self.listed.id)
    }
}

/// A trial with the text in which it stands.
pub(crate) struct Written {
    pub(crate) trial: trial::Trial,
    pub(crate) tree: Rc<Tree>,
    pub(crate) node: NodeId,
}

impl Shelved for Written {
    fn id(&self) -> Option<(String, Span)> {
        let id = &self.trial.id;
        id.get().map(|text| (text.clone(), id.span))
    }
    fn name(&self) -> Option<&Name> {
        Some(&self.trial.id)
    }
}

/// The changes of one file, with its text.
#[derive(Clone)]
pub(crate) struct Changes {
    pub(crate) tree: Rc<Tree>,
    pub(crate) list: Rc<Vec<At<Change>>>,
}

/// A shelf, whatever stands on it.
trait Keeps {
    fn has(&self, id: &str) -> bool;
    fn remove(&mut self, id: &str, said: Span) -> bool;
}

impl<F> Keeps for Shelf<F> {
    fn has(&self, id: &str) -> bool {
        self.things.contains_key(id)
    }
    fn remove(&mut self, id: &str, said: Span) -> bool {
        let was = self.things.remove(id).is_some();
        if was {
            self.gone.insert(id.to_owned(), said);
        }
        was
    }
}

impl Draft {
    /// The shelf of a kind whose things have keys; none for what is no thing on a shelf.
    fn shelf(&mut self, kind: Kind) -> Option<&mut dyn Keeps> {
        Some(match kind {
            Kind::Stocks => &mut self.stocks,
            Kind::Weapons => &mut self.weapons,
            Kind::Classes => &mut self.classes,
            Kind::Terrain => &mut self.terrain,
            Kind::Stances => &mut self.stances,
            Kind::Postures => &mut self.postures,
            Kind::Meetings => &mut self.meetings,
            Kind::Meters => &mut self.meters,
            Kind::Traits => &mut self.traits,
            Kind::Commanders => &mut self.commanders,
            Kind::SiteKinds => &mut self.site_kinds,
            Kind::Deeds => &mut self.deeds,
            Kind::Campaign => &mut self.campaigns,
            Kind::Map => &mut self.maps,
            Kind::Scenario => &mut self.scenarios,
            Kind::Forces => &mut self.forces,
            Kind::Mod
            | Kind::Changes
            | Kind::Palettes
            | Kind::Textures
            | Kind::Constants
            | Kind::Trials
            | Kind::Systems
            | Kind::Chronicle
            | Kind::Course => return None,
        })
    }
    /// Whether a thing is there; nothing for what is no thing on a shelf.
    pub(crate) fn has(&mut self, kind: Kind, id: &str) -> Option<bool> {
        self.shelf(kind).map(|shelf| shelf.has(id))
    }
    /// Takes a thing out, as it is said there; false, if there is no such thing.
    pub(crate) fn remove(&mut self, kind: Kind, id: &str, said: Span) -> bool {
        self.shelf(kind).is_some_and(|shelf| shelf.remove(id, said))
    }
}

/// Everything that the layers say.
#[derive(Clone, Default)]
pub(crate) struct Draft {
    pub(crate) constants: Vec<(Span, Rc<constants::Constants>)>,
    pub(crate) stocks: Shelf<rules::Stock>,
    pub(crate) weapons: Shelf<rules::Weapon>,
    pub(crate) classes: Shelf<rules::Class>,
    pub(crate) terrain: Shelf<rules::Terrain>,
    pub(crate) stances: Shelf<rules::Stance>,
    pub(crate) postures: Shelf<rules::Posture>,
    pub(crate) meetings: Shelf<rules::Meeting>,
    pub(crate) meters: Shelf<rules::Meter>,
    pub(crate) traits: Shelf<rules::Trait>,
    pub(crate) commanders: Shelf<rules::Commander>,
    pub(crate) site_kinds: Shelf<rules::SiteKind>,
    pub(crate) deeds: Shelf<deed::Deed>,
    pub(crate) campaigns: Shelf<scenario::Campaign>,
    pub(crate) maps: Shelf<scenario::Map>,
    pub(crate) scenarios: Shelf<Placed>,
    /// Orders of battle of all campaigns.
    pub(crate) forces: Shelf<Ranked>,
    /// Read where trials are asked for alone.
    pub(crate) trials: Shelf<Written>,
    pub(crate) systems: Shelf<trial::System>,
    pub(crate) chronicles: Shelf<chronicle::Chronicle>,
    pub(crate) courses: Shelf<course::Course>,
    /// Colours and textures, a later layer's over an earlier one's.
    pub(crate) palettes: Vec<Rc<Pairs<looks::Palette, looks::Look>>>,
    pub(crate) textures: Vec<Rc<Pairs<looks::Texture>>>,
    /// Changes of the layer that is put in, not yet carried out.
    pub(crate) changes: Vec<Changes>,
}
