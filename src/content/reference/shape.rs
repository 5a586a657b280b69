//! What may be written for a value, read from what the types tell of themselves: the file schema says what is written,
//! the catalogue's type of the same name what that means and which ids are meant.

use std::fmt;

use serde_json::{Map, Value};

/// What may be written for a value, in the words of RON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A text in quotes.
    Text,
    /// The id of a thing of this type, in quotes.
    Id(String),
    /// The name of something that is there by being named: a flag, a pool.
    Called(String),
    /// A place in content, in quotes: `"kind/id/field"`.
    Path,
    /// A word with or without quotes.
    Word,
    /// A whole number.
    Whole,
    /// A share: `0.35`, `"35%"` or `350`, all the same.
    Rate,
    /// `true` or `false`.
    Flag,
    /// A text, a number, or a list of texts.
    Choice,
    /// Whatever may stand at the place that is spoken of.
    Any,
    /// Whatever this type says.
    Of(String),
    /// `[...]`.
    List(Box<Shape>),
    /// `(..., ...)`.
    Tuple(Vec<Shape>),
    /// `{key: value}`.
    Pairs(Box<Shape>, Box<Shape>),
    /// `(name: value)` within a variant.
    Struct(Vec<(String, Shape)>),
    /// Nothing: a variant that stands alone.
    Bare,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Text => write!(f, "text"),
            Shape::Id(of) => write!(f, "id of {of}"),
            Shape::Called(what) => write!(f, "name of a {what}"),
            Shape::Path => write!(f, "path"),
            Shape::Word => write!(f, "word"),
            Shape::Whole => write!(f, "whole number"),
            Shape::Rate => write!(f, "rate"),
            Shape::Flag => write!(f, "true or false"),
            Shape::Choice => write!(f, "text, number or list of texts"),
            Shape::Any => write!(f, "any value"),
            Shape::Of(name) => write!(f, "{name}"),
            Shape::List(of) => write!(f, "[{of}, ...]"),
            Shape::Tuple(parts) => {
                write!(f, "(")?;
                for (i, part) in parts.iter().enumerate() {
                    write!(f, "{}{part}", if i > 0 { ", " } else { "" })?;
                }
                write!(f, ")")
            }
            Shape::Pairs(key, value) => write!(f, "{{{key}: {value}, ...}}"),
            Shape::Struct(fields) => {
                write!(f, "(")?;
                for (i, (name, shape)) in fields.iter().enumerate() {
                    write!(f, "{}{name}: {shape}", if i > 0 { ", " } else { "" })?;
                }
                write!(f, ")")
            }
            Shape::Bare => Ok(()),
        }
    }
}

impl Shape {
    /// Names of the types that it names, once each.
    pub fn types(&self) -> Vec<&str> {
        let mut all = Vec::new();
        self.gather(&mut all);
        all
    }

    /// Whether it is a rate, or holds one.
    pub fn has_rate(&self) -> bool {
        match self {
            Shape::Rate => true,
            Shape::List(of) => of.has_rate(),
            Shape::Pairs(key, value) => key.has_rate() || value.has_rate(),
            Shape::Tuple(parts) => parts.iter().any(Self::has_rate),
            Shape::Struct(fields) => fields.iter().any(|(_, shape)| shape.has_rate()),
            _ => false,
        }
    }

    fn gather<'a>(&'a self, all: &mut Vec<&'a str>) {
        match self {
            Shape::Id(name) | Shape::Of(name) if !all.contains(&name.as_str()) => all.push(name),
            Shape::List(of) => of.gather(all),
            Shape::Pairs(key, value) => {
                key.gather(all);
                value.gather(all);
            }
            Shape::Tuple(parts) => parts.iter().for_each(|part| part.gather(all)),
            Shape::Struct(fields) => fields.iter().for_each(|(_, shape)| shape.gather(all)),
            _ => {}
        }
    }

    /// What `schemars` says of a value.
    pub(super) fn of(value: &Value) -> Self {
        if let Some(name) = value.get("$ref").and_then(Value::as_str) {
            return Shape::Of(name.rsplit('/').next().unwrap_or(name).to_owned());
        }
        let null = |v: &Value| v["type"] == "null";
        if let Some(any) = value.get("anyOf").and_then(Value::as_array) {
            return any.iter().find(|v| !null(v)).map_or(Shape::Text, Self::of);
        }
        if let Some(Value::String(form)) = value.get("format") {
            match form.as_str() {
                "rate" => return Shape::Rate,
                "word" => return Shape::Word,
                "choice" => return Shape::Choice,
                "any" => return Shape::Any,
                "path" => return Shape::Path,
                form => {
                    if let Some(of) = form.strip_prefix("id:") {
                        return Shape::Id(of.to_owned());
                    }
                    if let Some(of) = form.strip_prefix("called:") {
                        return Shape::Called(of.to_owned());
                    }
                }
            }
        }
        if let Some(parts) = value.get("prefixItems").and_then(Value::as_array) {
            return Shape::Tuple(parts.iter().map(Self::of).collect());
        }
        if let Some(items) = value.get("items") {
            return Shape::List(Box::new(Self::of(items)));
        }
        if let Some(fields) = value.get("properties").and_then(Value::as_object) {
            let names = in_order(value, fields);
            let each = names.map(|name| (name.clone(), Self::of(&fields[name])));
            return Shape::Struct(each.collect());
        }
        // A map by ids: of a key's schema the pattern is what the map's keeps.
        if let Some(by) = value.get("patternProperties").and_then(Value::as_object) {
            let ids = by
                .iter()
                .find_map(|(key, of)| Some((key.strip_prefix("id:")?, of)));
            if let Some((key, of)) = ids {
                let key = Shape::Id(key.to_owned());
                return Shape::Pairs(Box::new(key), Box::new(Self::of(of)));
            }
        }
        if let Some(of) = value.get("additionalProperties").filter(|v| v.is_object()) {
            let key = value.get("propertyNames").map_or(Shape::Text, Self::of);
            return Shape::Pairs(Box::new(key), Box::new(Self::of(of)));
        }
        let kind = match value.get("type") {
            Some(Value::Array(list)) => list.first().and_then(Value::as_str),
            other => other.and_then(Value::as_str),
        };
        match kind {
            Some("integer") => Shape::Whole,
            Some("boolean") => Shape::Flag,
            _ => Shape::Text,
        }
    }

    /// The same, with texts that the twin knows to be ids.
    pub(super) fn with(self, twin: &Shape) -> Self {
        match (self, twin) {
            (Shape::Text, Shape::Id(of)) => Shape::Id(of.clone()),
            (Shape::List(of), Shape::List(twin)) => Shape::List(Box::new(of.with(twin))),
            (Shape::Pairs(key, value), Shape::Pairs(twin, other)) => {
                Shape::Pairs(Box::new(key.with(twin)), Box::new(value.with(other)))
            }
            (Shape::Tuple(parts), Shape::Tuple(twins)) if parts.len() == twins.len() => {
                let each = parts.into_iter().zip(twins);
                Shape::Tuple(each.map(|(part, twin)| part.with(twin)).collect())
            }
            (Shape::Struct(fields), Shape::Struct(twins)) => {
                let each = fields.into_iter().map(|(name, shape)| {
                    let twin = twins.iter().find(|(other, _)| *other == name);
                    let shape = match twin {
                        Some((_, twin)) => shape.with(twin),
                        None => shape,
                    };
                    (name, shape)
                });
                Shape::Struct(each.collect())
            }
            (own, _) => own,
        }
    }
}

/// Names of a struct's fields: those that must be given in the order of the type, then the others by name.
pub(super) fn in_order<'a>(
    value: &'a Value,
    fields: &'a Map<String, Value>,
) -> impl Iterator<Item = &'a String> {
    let needed: Vec<&str> = needed(value);
    let place = move |name: &String| needed.iter().position(|n| n == name);
    let mut names: Vec<&String> = fields.keys().collect();
    names.sort_by_key(|name| (place(name).unwrap_or(usize::MAX), *name));
    names.into_iter()
}

/// Names of the fields that must be given.
pub(super) fn needed(value: &Value) -> Vec<&str> {
    let list = value.get("required").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
