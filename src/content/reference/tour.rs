//! The shipped files, walked by the reference: what each field holds there, what is taken where it is left out, and
//! whether anything is written that the reference does not know.

use serde_json::Value;

use super::{Reference, Shape, folded};
use crate::content::{
    Catalog, Diagnostics, LayerFile, SourceId,
    kind::{self, Kind},
    ron::{self, NodeId, Shape as Written, Tree},
};

/// Longest text of a value that is shown as an example.
const LONG: usize = 72;
/// Longest text of a whole thing that is shown as one.
const WHOLE: usize = 480;

/// Reads these files.
pub(super) fn visit(reference: &mut Reference, files: &[LayerFile]) {
    let catalog = Catalog::shipped();
    for file in files {
        let Ok(text) = str::from_utf8(&file.bytes) else {
            continue;
        };
        let tree = ron::parse(SourceId(0), text, &mut Diagnostics::new());
        // Texts are no content.
        let told = kind::is_content(&file.path) || kind::aside(&file.path).is_some();
        let (Some(root), Some(kind), true) = (tree.root(), kind::of(&file.path, &tree), told)
        else {
            continue;
        };
        let Some(shape) = reference.root(kind).cloned() else {
            continue;
        };
        let mut tour = Tour {
            reference,
            tree: &tree,
            path: &file.path,
        };
        let value = made(&catalog, kind, &tree, root);
        match (shape, tree.shape(root)) {
            (list @ Shape::List(_), Written::List(_)) => tour.walk(root, &list, value.as_ref()),
            // A trial that is alone in its file.
            (Shape::List(one), _) => tour.walk(root, &one, value.as_ref()),
            (one, _) => tour.walk(root, &one, value.as_ref()),
        }
    }
}

/// What the catalogue makes of a file, where it tells.
fn made(catalog: &Catalog, kind: Kind, tree: &Tree, root: NodeId) -> Option<Value> {
    let rules = &catalog.rules;
    let value = match kind {
        Kind::Constants => serde_json::to_value(&rules.constants),
        Kind::Stocks => serde_json::to_value(&rules.stocks),
        Kind::Weapons => serde_json::to_value(&rules.weapons),
        Kind::Classes => serde_json::to_value(&rules.classes),
        Kind::Terrain => serde_json::to_value(&rules.terrain),
        Kind::Stances => serde_json::to_value(&rules.stances),
        Kind::Postures => serde_json::to_value(&rules.postures),
        Kind::Meters => serde_json::to_value(&rules.meters),
        Kind::Traits => serde_json::to_value(&rules.traits),
        Kind::Commanders => serde_json::to_value(&rules.commanders),
        Kind::SiteKinds => serde_json::to_value(&rules.site_kinds),
        Kind::Deeds => serde_json::to_value(&rules.deeds),
        Kind::Scenario => {
            let id = tree.field(root, "id").and_then(|id| text(tree, id))?;
            let mut scenario = catalog.scenarios.get(id.as_str())?.as_ref().clone();
            // Keyed by pairs, which JSON cannot be.
            scenario.relations.clear();
            serde_json::to_value(&scenario)
        }
        Kind::Mod
        | Kind::Changes
        | Kind::Palettes
        | Kind::Textures
        | Kind::Meetings
        | Kind::Campaign
        | Kind::Forces
        | Kind::Map
        | Kind::Trials
        | Kind::Systems
        | Kind::Chronicle
        | Kind::Course => return None,
    };
    value.ok()
}

fn text(tree: &Tree, node: NodeId) -> Option<String> {
    match tree.shape(node) {
        Written::Text(text) => Some(text.to_string()),
        Written::Name(name) => Some(tree.name(*name).to_owned()),
        _ => None,
    }
}

struct Tour<'a> {
    reference: &'a mut Reference,
    tree: &'a Tree,
    path: &'a str,
}

impl Tour<'_> {
    /// A value of this shape, and what the catalogue has made of it.
    fn walk(&mut self, node: NodeId, shape: &Shape, value: Option<&Value>) {
        let tree = self.tree;
        match (shape, tree.shape(node)) {
            (Shape::Of(name), _) => self.typed(node, name, value),
            (Shape::List(of), Written::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let value = value.and_then(|value| match value {
                        Value::Object(things) => {
                            let id = tree.field(*item, "id").and_then(|id| text(tree, id))?;
                            things.get(&id)
                        }
                        list => list
                            .get(index)
                            .filter(|_| list.as_array().map(Vec::len) == Some(items.len())),
                    });
                    self.walk(*item, of, value);
                }
            }
            (Shape::Tuple(parts), Written::Tuple { items, .. }) => {
                for (index, (part, item)) in parts.iter().zip(items).enumerate() {
                    self.walk(*item, part, value.and_then(|v| v.get(index)));
                }
            }
            (Shape::Pairs(key, of), Written::Map(pairs)) => {
                for (name, item) in pairs {
                    self.walk(*name, key, None);
                    let value = text(tree, *name).and_then(|name| value?.get(name));
                    self.walk(*item, of, value);
                }
            }
            _ => {}
        }
    }

    fn typed(&mut self, node: NodeId, name: &str, value: Option<&Value>) {
        let Some(entry) = self.reference.get_mut(name) else {
            return;
        };
        if entry.variants.is_empty() {
            let fields = entry.fields.clone();
            self.example(node, name);
            self.fields(node, name, None, &fields, value);
        } else {
            self.variant(node, name, value);
        }
    }

    fn fields(
        &mut self,
        node: NodeId,
        name: &str,
        variant: Option<&str>,
        known: &[super::Field],
        value: Option<&Value>,
    ) {
        let tree = self.tree;
        let none = Vec::new();
        let fields = match tree.shape(node) {
            Written::Struct { fields, .. } => fields,
            _ => &none,
        };
        for field in fields {
            let own = tree.name(field.name);
            let Some(shape) = known
                .iter()
                .find(|f| f.name == own)
                .map(|f| f.shape.clone())
            else {
                // Whatever a scenario may say, a field may say.
                let scenario = self.reference.get("Scenario").filter(|_| name == "Field");
                match scenario.and_then(|s| s.fields.iter().find(|f| f.name == own)) {
                    Some(field_of) => {
                        let shape = field_of.shape.clone();
                        self.walk(field.value, &shape, None);
                    }
                    None => self.unknown(name, own),
                }
                continue;
            };
            if let Some(at) = self.field(name, variant, own) {
                let text = tree.text_of(field.value);
                if at.example.is_none() && shape != Shape::Flag && is_short(text) {
                    at.example = Some(text.to_owned());
                }
            }
            // The short forms of a field are told by its docs alone.
            if name != "Field" {
                self.walk(field.value, &shape, value.and_then(|v| v.get(own)));
            }
        }
        // What is taken for what is not there.
        for own in known.iter().filter(|f| f.optional) {
            let told = value
                .and_then(|v| v.get(&own.name))
                .and_then(|v| plain(v, &own.shape));
            if let (None, Some(told)) = (tree.field(node, &own.name), told)
                && let Some(at) = self.field(name, variant, &own.name)
            {
                let same = at.default.as_ref().is_none_or(|other| *other == told);
                at.default = Some(if same { told } else { String::new() });
            }
        }
    }

    fn variant(&mut self, node: NodeId, name: &str, value: Option<&Value>) {
        let tree = self.tree;
        let written = match tree.shape(node) {
            Written::Name(name) => Some(name),
            Written::Tuple { name, .. } | Written::Struct { name, .. } => name.as_ref(),
            _ => None,
        };
        let Some(own) = written.map(|name| tree.name(*name).to_owned()) else {
            return;
        };
        let entry = self.reference.get_mut(name);
        let found = entry.and_then(|e| e.variants.iter_mut().find(|v| v.name == own));
        let Some(variant) = found else {
            return self.unknown(name, &own);
        };
        let text = tree.text_of(node);
        if variant.example.is_none() && variant.shape != Shape::Bare && is_short(text) {
            variant.example = Some(text.to_owned());
        }
        let (shape, fields) = (variant.shape.clone(), variant.fields.clone());
        let payload = value.and_then(Value::as_object).and_then(|one| {
            let (key, payload) = one.iter().next()?;
            (folded(key) == folded(&own)).then_some(payload)
        });
        match (&shape, tree.shape(node)) {
            (Shape::Struct(_), _) => self.fields(node, name, Some(&own), &fields, payload),
            (Shape::Tuple(_), _) => self.walk(node, &shape, payload),
            (_, Written::Tuple { items, .. }) if items.len() == 1 => {
                self.walk(items[0], &shape, payload);
            }
            _ => {}
        }
    }

    fn field(&mut self, name: &str, variant: Option<&str>, own: &str) -> Option<&mut super::Field> {
        let entry = self.reference.get_mut(name)?;
        let fields = match variant {
            Some(variant) => {
                &mut entry
                    .variants
                    .iter_mut()
                    .find(|v| v.name == variant)?
                    .fields
            }
            None => &mut entry.fields,
        };
        fields.iter_mut().find(|field| field.name == own)
    }

    /// A whole thing as an example: of those that are short enough the one that says the most.
    fn example(&mut self, node: NodeId, name: &str) {
        let text = self.tree.text_of(node);
        let said = |text: &str| text.matches(':').count();
        let Some(entry) = self.reference.get_mut(name) else {
            return;
        };
        let better = entry
            .example
            .as_deref()
            .is_none_or(|other| said(text) > said(other));
        if text.len() <= WHOLE && better {
            entry.example = Some(flush(text));
        }
    }

    fn unknown(&mut self, name: &str, own: &str) {
        let line = format!("{}: {name}.{own}", self.path);
        self.reference.unknown.push(line);
    }
}

fn is_short(text: &str) -> bool {
    text.len() <= LONG && !text.contains('\n')
}

/// A value as it would be written; `None` where that would take more than a word.
fn plain(value: &Value, shape: &Shape) -> Option<String> {
    match value {
        Value::Null => Some(String::from("none")),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(list) if list.is_empty() => Some(String::from("empty")),
        Value::Object(map) if map.is_empty() => Some(String::from("empty")),
        Value::String(text) if text.is_empty() => Some(String::from("empty")),
        Value::String(text) if matches!(shape, Shape::Of(_)) => {
            let parts = text.split('-').map(|part| {
                let (first, rest) = part.split_at(part.len().min(1));
                first.to_uppercase() + rest
            });
            Some(parts.collect())
        }
        _ => None,
    }
}

/// The text with what its lines are all indented by taken away.
fn flush(text: &str) -> String {
    let depth = |line: &&str| line.len() - line.trim_start().len();
    let least = text
        .lines()
        .skip(1)
        .filter(|l| !l.trim().is_empty())
        .map(|l| depth(&l))
        .min();
    let lines = text.lines().enumerate().map(|(i, line)| match least {
        Some(least) if i > 0 => line.get(least..).unwrap_or_default(),
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}
