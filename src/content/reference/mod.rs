//! The reference of content files, for modders: every type that may be written, its fields and variants, what they
//! mean, what may be left out and what it then is, with examples from what came with the game.
//!
//! It is made of the types themselves and so cannot be stale: the file schema tells what may be written, the doc
//! comments of the catalogue's types (and of the schema, where it has more to say) what that means, and the shipped
//! files, walked by it, give examples and what is taken where a field is left out.

mod roots;
mod shape;
mod tour;

use std::collections::BTreeMap;

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde::Serialize;
use serde_json::Value;

use self::roots::{FILES, Root, root};
pub use self::shape::Shape;
use super::{
    Course, Layer, LayerFile, Rules, Scenario, System, Trial, chronicle::Chronicle,
    diagnostic::suggest, kind::Kind,
};

/// What every `id` means: the catalogue keeps ids as keys, not as fields.
const ID: &str = "Its id: kebab-case, one of its kind. By it other things name this one, and later layers replace it.";

/// All types that content files are made of.
pub struct Reference {
    entries: Vec<Entry>,
    roots: Vec<Root>,
    /// What the shipped files say that is not in it: nothing.
    pub unknown: Vec<String>,
}

/// A type.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its name, as the reference calls it; files do not write it.
    pub name: String,
    /// What it is.
    pub about: String,
    /// The files in which it stands by itself, within a layer; none: it is part of something else.
    pub files: Option<&'static str>,
    /// Whether such a file is a list of it.
    pub listed: bool,
    /// Its fields, if it is a struct: those that must be given first.
    pub fields: Vec<Field>,
    /// What it may be, if it is a choice.
    pub variants: Vec<Variant>,
    /// Where it is named: `Class.weapons`.
    pub used_by: Vec<String>,
    /// One that came with the game.
    pub example: Option<String>,
    /// The type of which its ids are.
    #[serde(skip)]
    pub(crate) means: String,
    /// What may be written for it in short.
    #[serde(skip)]
    pub(crate) short: Option<Shape>,
}

/// A field of a struct.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What may be written.
    #[serde(rename = "type", serialize_with = "in_words")]
    pub shape: Shape,
    /// What it means, with unit and range.
    pub about: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it then is, where shipped content tells.
    pub default: Option<String>,
    /// What stands there in shipped content.
    pub example: Option<String>,
}

/// One of several things that a value may be.
#[derive(Clone, Debug, Serialize)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What stands with it.
    #[serde(rename = "type", serialize_with = "in_words")]
    pub shape: Shape,
    /// What it means.
    pub about: String,
    /// What its fields mean, if it has any that are named.
    pub fields: Vec<Field>,
    /// One that came with the game.
    pub example: Option<String>,
}

fn in_words<S: serde::Serializer>(shape: &Shape, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(shape)
}

impl Variant {
    /// How it is written: `Call(pool: text, least: whole number)`.
    pub fn written(&self) -> String {
        match &self.shape {
            Shape::Bare => self.name.clone(),
            Shape::Tuple(_) | Shape::Struct(_) => format!("{}{}", self.name, self.shape),
            one => format!("{}({one})", self.name),
        }
    }
}

impl Reference {
    /// The reference of all types, with what the shipped files tell of them.
    pub fn new() -> Self {
        let mut files = Layer::shipped().files;
        // What only mods say they show.
        let mods = Layer::bundled().into_iter().chain(Layer::recipes());
        files.extend(mods.flat_map(|layer| layer.files));
        Self::with(&files)
    }

    /// The same with what these files tell.
    fn with(files: &[LayerFile]) -> Self {
        let settings = SchemaSettings::draft2020_12;
        let mut written = SchemaGenerator::new(settings());
        let roots: Vec<Root> = FILES
            .iter()
            .map(|(kind, files)| Root {
                kind: *kind,
                files,
                shape: root(*kind, &mut written),
            })
            .collect();
        let mut meant = SchemaGenerator::new(settings());
        meant.subschema_for::<Rules>();
        meant.subschema_for::<Scenario>();
        meant.subschema_for::<Trial>();
        meant.subschema_for::<System>();
        meant.subschema_for::<Chronicle>();
        meant.subschema_for::<Course>();
        meant.subschema_for::<super::Campaign>();
        meant.subschema_for::<super::Palette>();
        meant.subschema_for::<super::Texture>();
        let maker = Maker {
            written: written.take_definitions(true),
            meant: meant.take_definitions(true),
        };
        let mut all: BTreeMap<String, Entry> = maker
            .written
            .keys()
            .map(|name| (name.clone(), maker.entry(name)))
            .collect();
        // In the order of the files, each type after what first names it.
        let mut entries: Vec<Entry> = Vec::new();
        for root in &roots {
            let mut next: Vec<String> = root.shape.types().into_iter().map(str::to_owned).collect();
            while let Some(name) = next.pop() {
                let is_this = name == root.name();
                if !is_this && roots.iter().any(|other| other.name() == name) {
                    continue;
                }
                let Some(mut entry) = all.remove(&name) else {
                    continue;
                };
                if is_this {
                    entry.files = Some(root.files);
                    entry.listed = matches!(root.shape, Shape::List(_));
                }
                next.extend(entry.named().into_iter().rev().map(|(_, of)| of));
                entries.push(entry);
            }
        }
        let mut named: Vec<(String, String)> = entries.iter().flat_map(Entry::named).collect();
        for root in &roots {
            let types = root.shape.types().into_iter();
            let others = types.filter(|name| *name != root.name());
            named.extend(others.map(|name| (root.files.to_owned(), name.to_owned())));
        }
        for entry in &mut entries {
            let users = named.iter().filter(|(_, of)| *of == entry.name);
            entry.used_by = users.map(|(by, _)| by.clone()).collect();
            entry.used_by.dedup();
        }
        let mut reference = Self {
            entries,
            roots,
            unknown: Vec::new(),
        };
        tour::visit(&mut reference, files);
        reference
    }

    /// All types: what stands in files in the order of these, each followed by its parts.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The type of this name, however it is spelt: `SiteKind`, `site-kind`, `site-kinds`.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        let wanted = folded(name);
        let same = |entry: &&Entry| {
            let own = folded(&entry.name);
            let file = entry.files.and_then(|f| f.strip_prefix("rules/"));
            let file = file.and_then(|f| f.split('.').next()).map(folded);
            own == wanted || (entry.listed && file.is_some_and(|file| file == wanted))
        };
        self.entries.iter().find(same)
    }

    /// What may have been meant by a name that is no type, as a clause: "did you mean ...?"
    pub fn hint(&self, name: &str) -> Option<String> {
        let wanted = folded(name);
        let has = |entry: &&Entry| {
            let mut fields = entry.fields.iter().map(|f| &f.name);
            let mut variants = entry.variants.iter().map(|v| &v.name);
            fields.any(|f| folded(f) == wanted) || variants.any(|v| folded(v) == wanted)
        };
        let within: Vec<&str> = self
            .entries
            .iter()
            .filter(has)
            .map(|e| e.name.as_str())
            .take(4)
            .collect();
        if !within.is_empty() {
            return Some(format!("it is part of {}", within.join(", ")));
        }
        let near = suggest(name, self.entries.iter().map(|e| e.name.as_str()))?;
        Some(format!("did you mean `{near}`?"))
    }

    /// The type of exactly this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// What stands in a file of this kind.
    pub(crate) fn root(&self, kind: Kind) -> Option<&Shape> {
        let root = self.roots.iter().find(|root| root.kind == kind)?;
        Some(&root.shape)
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.name == name)
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl Entry {
    /// Whether it says a rate somewhere.
    pub fn has_rate(&self) -> bool {
        let fields = self.fields.iter().map(|f| &f.shape);
        let mut shapes = fields.chain(self.variants.iter().map(|v| &v.shape));
        shapes.any(Shape::has_rate)
    }

    /// The types it names, each with where.
    fn named(&self) -> Vec<(String, String)> {
        let fields = self.fields.iter().map(|f| (&f.name, &f.shape));
        let variants = self.variants.iter().map(|v| (&v.name, &v.shape));
        let mut all = Vec::new();
        for (name, shape) in fields.chain(variants) {
            for of in shape.types() {
                all.push((format!("{}.{name}", self.name), of.to_owned()));
            }
        }
        all
    }
}

/// Definitions as `schemars` gives them: of the file schema, and of the catalogue.
struct Maker {
    written: serde_json::Map<String, Value>,
    meant: serde_json::Map<String, Value>,
}

/// Types of the file schema whose meaning stands at a type of another name.
const TWINS: [(&str, &str); 5] = [
    ("Standing", "Relation"),
    ("FieldPlace", "Sector"),
    ("FieldLane", "Lane"),
    ("FieldForce", "Force"),
    ("FieldSite", "Site"),
];

impl Maker {
    fn entry(&self, name: &str) -> Entry {
        let none = Value::Null;
        let own = &self.written[name];
        let other = TWINS
            .iter()
            .find(|(n, _)| *n == name)
            .map_or(name, |(_, n)| n);
        let twin = self.meant.get(other).unwrap_or(&none);
        let mut variants: Vec<(usize, Variant)> = variants(own)
            .into_iter()
            .map(|(name, value)| self.variant(name, value, twin))
            .collect();
        variants.sort_by_key(|(place, _)| *place);
        Entry {
            name: name.to_owned(),
            about: Some(about(if name == other { twin } else { own }))
                .filter(|a| !a.is_empty())
                .unwrap_or_else(|| about(if name == other { own } else { twin })),
            means: other.to_owned(),
            short: own.get("short").map(Shape::of),
            files: None,
            listed: false,
            fields: self.fields(own, twin),
            variants: variants.into_iter().map(|(_, variant)| variant).collect(),
            used_by: Vec::new(),
            example: None,
        }
    }

    fn fields(&self, own: &Value, twin: &Value) -> Vec<Field> {
        let Some(fields) = own.get("properties").and_then(Value::as_object) else {
            return Vec::new();
        };
        // A variant's fields may stand in a type of their own in the catalogue.
        let twin = match Shape::of(twin) {
            Shape::Of(name) => self.meant.get(&name).unwrap_or(twin),
            _ => twin,
        };
        let needed = shape::needed(own);
        let none = Value::Null;
        let each = shape::in_order(own, fields).map(|name| {
            let (value, twin) = (&fields[name], twin["properties"].get(name).unwrap_or(&none));
            let told = both(about(twin), about(value));
            // The id of the thing itself: a text that leads nowhere else.
            let is_id = name == "id";
            let shape = match Shape::of(value) {
                own if is_id => own,
                own => own.with(&Shape::of(twin)),
            };
            Field {
                name: name.clone(),
                shape,
                about: if is_id && told.is_empty() {
                    ID.to_owned()
                } else {
                    told
                },
                optional: !needed.contains(&name.as_str()),
                default: None,
                example: None,
            }
        });
        each.collect()
    }

    /// A variant and its place among those of the catalogue.
    fn variant(&self, name: String, value: &Value, twin: &Value) -> (usize, Variant) {
        let none = Value::Null;
        let twins = variants(twin);
        let place = twins
            .iter()
            .position(|(other, _)| folded(other) == folded(&name));
        let twin = place.map_or(&none, |place| twins[place].1);
        let payload = |value: &Value| match value.get("properties").and_then(Value::as_object) {
            Some(one) => one.values().next().cloned().unwrap_or(Value::Null),
            None => Value::Null,
        };
        let (own, meant) = (payload(value), payload(twin));
        let fields = self.fields(&own, &meant);
        let shape = match &own {
            Value::Null => Shape::Bare,
            _ if !fields.is_empty() => Shape::Struct(
                fields
                    .iter()
                    .map(|f| (f.name.clone(), f.shape.clone()))
                    .collect(),
            ),
            own => Shape::of(own).with(&Shape::of(&meant)),
        };
        let variant = Variant {
            shape,
            about: both(about(twin), about(value)),
            fields,
            example: None,
            name,
        };
        (place.unwrap_or(usize::MAX), variant)
    }
}

/// What an enum may be: each name with all that is said of it.
fn variants(value: &Value) -> Vec<(String, &Value)> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    if let Some(list) = value.get("enum").and_then(Value::as_array) {
        return list
            .iter()
            .filter_map(|v| Some((text(v)?, &Value::Null)))
            .collect();
    }
    let mut all = Vec::new();
    for one in value
        .get("oneOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if let Some(name) = one.get("const").and_then(text) {
            all.push((name, one));
        } else if one.get("enum").is_some() {
            all.extend(variants(one));
        } else if let Some(fields) = one.get("properties").and_then(Value::as_object) {
            all.extend(fields.keys().map(|name| (name.clone(), one)));
        }
    }
    all
}

/// The doc comment of a type, field or variant, on one line, its links as plain code.
fn about(value: &Value) -> String {
    let text = value
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("[`", "`").replace("`]", "`")
}

/// What the catalogue says, and what the schema adds to it.
fn both(meant: String, written: String) -> String {
    match (meant.is_empty(), written.is_empty()) {
        (false, false) if meant != written => format!("{meant} {written}"),
        (true, _) => written,
        _ => meant,
    }
}

/// A name without what people mix up.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_field_and_variant_has_a_meaning() {
        let reference = Reference::new();
        let mut bare = Vec::new();
        for entry in reference.entries() {
            if entry.about.is_empty() {
                bare.push(entry.name.clone());
            }
            let inner = entry.variants.iter().flat_map(|v| {
                let fields = v
                    .fields
                    .iter()
                    .map(move |f| (format!("{}.{}", v.name, f.name), &f.about));
                fields.chain([(v.name.clone(), &v.about)])
            });
            let fields = entry.fields.iter().map(|f| (f.name.clone(), &f.about));
            let empty = fields.chain(inner).filter(|(_, about)| about.is_empty());
            bare.extend(empty.map(|(name, _)| format!("{}.{name}", entry.name)));
        }
        assert!(bare.is_empty(), "no doc comment: {bare:#?}");
    }

    #[test]
    fn whatever_a_shipped_file_says_is_known() {
        let unknown = Reference::new().unknown;
        assert!(unknown.is_empty(), "{unknown:#?}");
    }

    #[test]
    fn what_no_type_has_is_found_out_wherever_it_stands() {
        let file = |path: &str, text: &str| LayerFile {
            path: path.into(),
            shown: path.into(),
            bytes: text.into(),
        };
        let files = [
            file(
                "rules/stocks.ron",
                "[(id: \"a\", troops: (strength: 1, modifiers: [(stat: Luck, sum: 2)]))]",
            ),
            file(
                "rules/deeds.ron",
                "[(id: \"b\", at: All([Not(Asleep(1))]), cost: (money: 3))]",
            ),
            file(
                "tests/c.ron",
                "(field: (places: [\"a\"], weather: 1, events: [(wen: Always)]))",
            ),
        ];
        let found = Reference::with(&files).unknown;
        let wanted = [
            "rules/stocks.ron: Stat.Luck",
            "rules/stocks.ron: Modifier.sum",
            "rules/deeds.ron: When.Asleep",
            "rules/deeds.ron: Cost.money",
            "tests/c.ron: Field.weather",
            "tests/c.ron: Event.wen",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn every_type_is_listed_and_every_name_leads_somewhere() {
        let reference = Reference::new();
        for entry in reference.entries() {
            assert!(
                entry.files.is_some() || !entry.used_by.is_empty(),
                "{} is used nowhere",
                entry.name
            );
            for (by, of) in entry.named() {
                assert!(reference.get(&of).is_some(), "{by} names {of}");
            }
            assert!(
                !entry.fields.is_empty() || !entry.variants.is_empty(),
                "{} is empty",
                entry.name
            );
        }
        for (_, files) in FILES {
            assert!(
                reference.entries().iter().any(|e| e.files == Some(files)),
                "{files}"
            );
        }
    }
}
