//! A tree into typed values, by serde.
//!
//! The deserializer knows the tree, so it says what serde's own messages cannot: the place, all
//! unknown fields at once, the word that was meant. Two newtype names are agreed on with [`At`] and
//! [`Rate`]; no state lives outside the call.
//!
//! [`At`]: super::At
//! [`Rate`]: super::Rate

use std::{cell::RefCell, fmt};

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};

use super::{
    access::{Elements, Fields, Pairs, Place, Variant},
    at::AT,
    number::{self, Number},
    problem::{Problem, Result, listed},
    rate::EXACT,
    tree::{Name, NodeId, Shape, Tree},
};
use crate::content::{Diagnostics, suggest};

/// How often one and the same value may be read as another type (newtypes, options within each
/// other).
const MAX_WRAPPERS: u8 = 32;

/// The tree's value as a `T`; `None` when it cannot be read as one, which is then in `out`, as are
/// unknown fields and everything that is broken within an [`At`](super::At).
///
/// So that `Some` alone does not mean that all was good: ask [`Diagnostics::has_errors`]. What the
/// parser has reported already is not reported again.
pub fn read<T: DeserializeOwned>(tree: &Tree, out: &mut Diagnostics) -> Option<T> {
    let reader = Reader {
        tree,
        out: RefCell::new(out),
    };
    let root = tree.root()?;
    match T::deserialize(reader.value(root)) {
        Ok(value) => Some(value),
        Err(problem) => {
            reader.report(problem.at(tree.opening(root)));
            None
        }
    }
}

/// One call of [`read`].
pub(super) struct Reader<'t> {
    pub(super) tree: &'t Tree,
    out: RefCell<&'t mut Diagnostics>,
}

impl<'t> Reader<'t> {
    pub(super) fn value(&self, node: NodeId) -> Value<'_, 't> {
        Value {
            reader: self,
            node,
            unnamed: false,
            wrappers: 0,
        }
    }

    /// Puts a problem into the diagnostics, unless it is there already.
    pub(super) fn report(&self, problem: Problem) {
        if let Some(diagnostic) = problem.into_diagnostic() {
            self.out.borrow_mut().push(diagnostic);
        }
    }
}

/// A value to be read.
#[derive(Clone, Copy)]
pub(super) struct Value<'r, 't> {
    pub(super) reader: &'r Reader<'t>,
    pub(super) node: NodeId,
    /// Whether the name before the parenthesis has been used already, as a variant's.
    pub(super) unnamed: bool,
    /// How many types this very value was already taken for.
    pub(super) wrappers: u8,
}

impl<'r, 't> Value<'r, 't> {
    fn tree(&self) -> &'t Tree {
        self.reader.tree
    }
    pub(super) fn shape(&self) -> &'t Shape {
        self.tree().shape(self.node)
    }
    pub(super) fn problem(&self, code: &'static str, message: String) -> Problem {
        Problem::new(code, message).at(self.tree().opening(self.node))
    }

    /// "expected X, found Y" with the fix that the two suggest.
    pub(super) fn expected(&self, expected: &str) -> Problem {
        if *self.shape() == Shape::Broken {
            return Problem::reported();
        }
        let found = self.found();
        let problem = self.problem("wrong-type", format!("expected {expected}, found {found}"));
        let text = number::short(self.tree().text_of(self.node));
        match self.shape() {
            Shape::Name(_) if expected.contains("string") => {
                let whole = self.tree().text_of(self.node);
                problem
                    .help(format!("put it in quotes: \"{text}\""))
                    .fix(None, format!("\"{whole}\""))
            }
            Shape::Text(inner) if expected.contains("number") && number::parse(inner).is_ok() => {
                problem
                    .help(format!("remove the quotes: {inner}"))
                    .fix(None, &**inner)
            }
            Shape::Text(inner)
                if expected.contains("true") && matches!(&**inner, "true" | "false") =>
            {
                problem
                    .help(format!("remove the quotes: {inner}"))
                    .fix(None, &**inner)
            }
            Shape::Tuple { .. } if expected.contains("list") => {
                problem.help("a list is written `[...]`")
            }
            Shape::Map(_) | Shape::List(_) if expected.contains("struct") => {
                problem.help("a struct is written `(name: value, ...)`")
            }
            Shape::Struct { .. } | Shape::List(_) if expected.contains("map") => {
                problem.help("a map is written `{key: value, ...}`")
            }
            _ => problem,
        }
    }

    /// What stands here, in words.
    fn found(&self) -> String {
        let tree = self.tree();
        let named = |what: &str, name: &Option<Name>| match name {
            Some(name) => format!("`{}(...)`", number::short(tree.name(*name))),
            None => what.to_owned(),
        };
        let text = || number::short(tree.text_of(self.node));
        match self.shape() {
            Shape::Bool(value) => format!("`{value}`"),
            Shape::Number => format!("`{}`", text()),
            Shape::Text(text) => format!("the string {:?}", number::short(text)),
            Shape::Char(c) => format!("the character {c:?}"),
            Shape::Name(name) => format!("the name `{}`", number::short(tree.name(*name))),
            Shape::Tuple { name: None, items } if items.is_empty() => "`()`".to_owned(),
            Shape::Tuple { name, .. } => named("a tuple `(...)`", name),
            Shape::Struct { name, .. } => named("a struct `(name: ...)`", name),
            Shape::List(_) => "a list `[...]`".to_owned(),
            Shape::Map(_) => "a map `{...}`".to_owned(),
            Shape::Broken => "something broken".to_owned(),
        }
    }

    /// The same value for another type.
    fn rewrapped(self) -> Result<Self> {
        if self.wrappers >= MAX_WRAPPERS {
            let message = "this value's type wraps itself without end".to_owned();
            return Err(self.problem("bad-value", message));
        }
        Ok(Self {
            wrappers: self.wrappers + 1,
            ..self
        })
    }

    /// The text of the name before the parenthesis, unless it is used up.
    fn written_name(&self, name: &Option<Name>) -> Option<&'t str> {
        let name = name.filter(|_| !self.unnamed)?;
        Some(self.tree().name(name))
    }

    /// The whole number here as a `T`, whose range is `range`.
    fn whole<T: TryFrom<i128> + TryFrom<u128>>(&self, range: (i128, u128)) -> Result<T> {
        if *self.shape() != Shape::Number {
            return Err(self.expected("a whole number"));
        }
        let text = self.tree().text_of(self.node);
        let Ok(Number::Whole {
            negative,
            magnitude,
        }) = number::parse(text)
        else {
            return Err(self.expected("a whole number"));
        };
        let value = match magnitude {
            Some(magnitude) if negative && magnitude != 0 => {
                let value = 0_i128.checked_sub_unsigned(magnitude);
                value.and_then(|value| T::try_from(value).ok())
            }
            Some(magnitude) => T::try_from(magnitude).ok(),
            None => None,
        };
        value.ok_or_else(|| {
            let text = number::short(text);
            let (low, high) = range;
            let message = format!("`{text}` is out of range");
            self.problem("out-of-range", message)
                .help(format!("it must be from {low} to {high}"))
        })
    }

    fn fixed<V: Visitor<'r>>(self, length: usize, visitor: V) -> Result<V::Value> {
        let items = match self.shape() {
            Shape::Tuple { items, .. } | Shape::List(items) => items,
            _ => return Err(self.expected(&format!("a tuple of {length} values"))),
        };
        if items.len() != length {
            let found = items.len();
            let problem = self.problem(
                "wrong-length",
                format!("expected {length} values, found {found}"),
            );
            return Err(match items.get(length) {
                Some(extra) => problem.moved(self.tree().span(*extra)),
                None => problem,
            });
        }
        self.visit_items(items, visitor)
    }

    fn visit_items<V: Visitor<'r>>(self, items: &'t [NodeId], visitor: V) -> Result<V::Value> {
        let mut elements = Elements::new(self.reader, items);
        self.placed(visitor.visit_seq(&mut elements))
    }

    pub(super) fn visit_fields<V: Visitor<'r>>(
        self,
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value> {
        let fields = match self.shape() {
            Shape::Struct { fields, .. } => &fields[..],
            Shape::Tuple { items, .. } if items.is_empty() => &[],
            Shape::Name(_) if self.unnamed => &[],
            _ => return Err(self.expected("a struct `(name: ...)`")),
        };
        let mut misspelt = Vec::new();
        if let Some(known) = known {
            for field in fields {
                let name = self.tree().name(field.name);
                if !known.contains(&name) {
                    let message = format!("there is no field `{}` here", number::short(name));
                    let problem = Problem::new("unknown-field", message)
                        .at(self.tree().name_span(field.name))
                        .meant(name, known, "fields");
                    self.reader.report(problem);
                    misspelt.extend(suggest(name, known.iter().copied()));
                }
            }
        }
        let fields = Fields::new(self.reader, fields, known);
        let result = visitor.visit_map(fields).map_err(|problem| {
            // One slip, one report.
            match misspelt.iter().any(|field| problem.misses(field)) {
                true => Problem::reported(),
                false => problem,
            }
        });
        self.placed(result)
    }

    /// A visitor's own complaint lies at this value.
    fn placed<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|problem| problem.at(self.tree().opening(self.node)))
    }
}

macro_rules! whole_numbers {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
            let range = (<$type>::MIN as i128, <$type>::MAX as u128);
            let value = self.whole::<$type>(range)?;
            self.placed(visitor.$visit(value))
        }
    )*};
}

impl<'r> de::Deserializer<'r> for Value<'r, '_> {
    type Error = Problem;

    whole_numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    fn deserialize_f32<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'r>>(self, _: V) -> Result<V::Value> {
        let message = "a number without fixed precision cannot be read".to_owned();
        Err(self.problem("no-floats", message))
    }

    fn deserialize_bool<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Bool(value) => self.placed(visitor.visit_bool(*value)),
            _ => Err(self.expected("`true` or `false`")),
        }
    }

    fn deserialize_char<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Char(c) => self.placed(visitor.visit_char(*c)),
            _ => Err(self.expected("a character `'c'`")),
        }
    }

    fn deserialize_str<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Text(text) => self.placed(visitor.visit_str(text)),
            _ => Err(self.expected("a string")),
        }
    }

    fn deserialize_string<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    /// `None`, `Some(value)`, or the bare value.
    fn deserialize_option<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Name(name) if self.written_name(&Some(*name)) == Some("None") => {
                self.placed(visitor.visit_none())
            }
            Shape::Tuple { name, items } if self.written_name(name) == Some("Some") => {
                match items[..] {
                    [item] => self.placed(visitor.visit_some(self.reader.value(item))),
                    _ => Err(self.problem("wrong-length", "`Some` holds one value".into())),
                }
            }
            _ => self.placed(visitor.visit_some(self.rewrapped()?)),
        }
    }

    fn deserialize_unit<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Tuple { items, .. } if items.is_empty() => self.placed(visitor.visit_unit()),
            Shape::Name(_) if self.unnamed => self.placed(visitor.visit_unit()),
            _ => Err(self.expected("`()`")),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'r>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match self.shape() {
            Shape::Tuple { items, .. } if items.is_empty() => self.placed(visitor.visit_unit()),
            Shape::Name(_) => self.placed(visitor.visit_unit()),
            _ => Err(self.expected(&format!("`{name}`"))),
        }
    }

    /// `Name(value)`, `(value)` or the bare value.
    fn deserialize_newtype_struct<V: Visitor<'r>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match (name, self.shape()) {
            (AT, _) => visitor.visit_seq(Place::new(self)),
            (EXACT, Shape::Number) => {
                let text = self.tree().text_of(self.node);
                self.placed(visitor.visit_str(text))
            }
            (EXACT, Shape::Text(text)) if number::parse(text).is_err() => {
                self.placed(visitor.visit_str(text))
            }
            (EXACT, _) => Err(self.expected("a number or percentage")),
            (
                _,
                Shape::Tuple {
                    name: written,
                    items,
                },
            ) if let [item] = items[..]
                && self.written_name(written).is_none_or(|w| w == name) =>
            {
                self.placed(visitor.visit_newtype_struct(self.reader.value(item)))
            }
            (_, Shape::Struct { name: Some(_), .. }) if self.written_name_is(name) => {
                let inner = Self {
                    unnamed: true,
                    ..self.rewrapped()?
                };
                self.placed(visitor.visit_newtype_struct(inner))
            }
            _ => self.placed(visitor.visit_newtype_struct(self.rewrapped()?)),
        }
    }

    fn deserialize_seq<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::List(items) => self.visit_items(items, visitor),
            _ => Err(self.expected("a list `[...]`")),
        }
    }

    fn deserialize_tuple<V: Visitor<'r>>(self, length: usize, visitor: V) -> Result<V::Value> {
        self.fixed(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.fixed(length, visitor)
    }

    /// `{key: value}`; a struct as well, its names the keys, since serde asks for a map where
    /// fields are flattened.
    fn deserialize_map<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Map(pairs) => {
                let pairs = Pairs::new(self.reader, pairs);
                self.placed(visitor.visit_map(pairs))
            }
            Shape::Struct { .. } => self.visit_fields(None, visitor),
            Shape::Tuple { items, .. } if items.is_empty() => self.visit_fields(None, visitor),
            _ => Err(self.expected("a map `{...}`")),
        }
    }

    fn deserialize_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.visit_fields(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'r>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let tree = self.tree();
        let name = match self.shape() {
            Shape::Name(name) => Some(*name),
            Shape::Tuple { name, .. } | Shape::Struct { name, .. } => *name,
            _ => None,
        };
        let Some(name) = name.filter(|_| !self.unnamed) else {
            let problem = self.expected(&listed(variants, "one of"));
            return Err(match self.shape() {
                Shape::Text(text) => match suggest(text, variants.iter().copied()) {
                    Some(variant) => problem
                        .help(format!("write it without quotes: {variant}"))
                        .fix(None, variant),
                    None => problem,
                },
                Shape::Tuple { .. } | Shape::Struct { .. } => {
                    problem.help("write the variant's name before the `(`")
                }
                _ => problem,
            });
        };
        let written = tree.name(name);
        let Some(variant) = variants.iter().find(|variant| **variant == written) else {
            let message = format!("there is no variant `{}` here", number::short(written));
            let problem = Problem::new("unknown-variant", message).at(tree.name_span(name));
            return Err(problem.meant(written, variants, "variants"));
        };
        self.placed(visitor.visit_enum(Variant::new(self, variant)))
    }

    fn deserialize_identifier<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Name(name) => self.placed(visitor.visit_str(self.tree().name(*name))),
            _ => self.deserialize_str(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    /// What the text alone tells; a decimal goes over as its exact text.
    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value> {
        match self.shape() {
            Shape::Bool(_) => self.deserialize_bool(visitor),
            Shape::Char(_) => self.deserialize_char(visitor),
            Shape::Text(_) => self.deserialize_str(visitor),
            Shape::Number => {
                let text = self.tree().text_of(self.node);
                let Ok(Number::Whole { negative, .. }) = number::parse(text) else {
                    return self.placed(visitor.visit_str(text));
                };
                match negative {
                    true => match self.whole::<i64>((i64::MIN.into(), i64::MAX as u128)) {
                        Ok(value) => self.placed(visitor.visit_i64(value)),
                        Err(_) => self.deserialize_i128(visitor),
                    },
                    false => match self.whole::<u64>((0, u64::MAX.into())) {
                        Ok(value) => self.placed(visitor.visit_u64(value)),
                        Err(_) => self.deserialize_u128(visitor),
                    },
                }
            }
            Shape::Name(name) if self.tree().name(*name) == "None" => {
                self.deserialize_option(visitor)
            }
            Shape::Name(_) => self.placed(visitor.visit_enum(Variant::open(self))),
            Shape::Tuple { name, items } => match self.written_name(name) {
                Some("Some") => self.deserialize_option(visitor),
                _ if items.is_empty() => self.deserialize_unit(visitor),
                _ => self.visit_items(items, visitor),
            },
            Shape::List(items) => self.visit_items(items, visitor),
            Shape::Struct { .. } | Shape::Map(_) => self.deserialize_map(visitor),
            Shape::Broken => Err(Problem::reported()),
        }
    }
}

impl Value<'_, '_> {
    fn written_name_is(&self, wanted: &str) -> bool {
        match self.shape() {
            Shape::Struct { name, .. } => self.written_name(name) == Some(wanted),
            _ => false,
        }
    }
}

/// Reads a name that the tree holds as no value of its own: of a field or a variant.
pub(super) fn read_name<'r, S: DeserializeSeed<'r>>(seed: S, name: &str) -> Result<S::Value> {
    seed.deserialize(IntoDeserializer::<Problem>::into_deserializer(name))
}

impl fmt::Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tree().text_of(self.node))
    }
}
