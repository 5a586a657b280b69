//! What is expected at a place, by the types of the groups around it.

use super::{Desk, paths};
use crate::content::{
    reference::{Field, Reference, Shape},
    ron::{Bracket, Stage, Step, Trail},
};

/// What may be written at a place.
pub(super) enum Spot<'a> {
    /// Fields of a type, or a value where the parentheses hold that alone.
    Field {
        fields: Vec<&'a Field>,
        value: Option<Shape>,
    },
    /// A value, in a field if it is one's own.
    Value {
        shape: Shape,
        field: Option<&'a Field>,
    },
    /// The key of a map.
    Key { key: Shape, value: Shape },
    /// Nothing that is known.
    Nothing,
}

/// What a group holds.
enum Inside<'a> {
    Fields(Vec<&'a Field>, Option<Shape>),
    Parts(Vec<Shape>),
    Each(Shape),
    Pairs(Shape, Shape),
    Nothing,
}

impl<'a> Desk<'a> {
    /// What is expected at the end of a way.
    pub(super) fn spot(&self, trail: &Trail) -> Spot<'a> {
        let kind = self.page.kind.filter(|_| !trail.too_deep);
        let Some(root) = kind.and_then(|kind| self.reference().root(kind)) else {
            return Spot::Nothing;
        };
        let mut shape = root.clone();
        // A trial may stand alone in its file.
        if let (Shape::List(of), Some(first)) = (&shape, trail.steps.first())
            && first.bracket == Bracket::Round
        {
            shape = of.as_ref().clone();
        }
        let mut field = None;
        let Some((last, before)) = trail.steps.split_last() else {
            return Spot::Value { shape, field };
        };
        for step in before {
            match self.next(&shape, step) {
                Some((inner, of)) => {
                    shape = inner;
                    field = of.or(field);
                }
                None => return Spot::Nothing,
            }
        }
        self.last(&shape, field, last)
    }

    fn last(&self, shape: &Shape, field: Option<&'a Field>, step: &Step) -> Spot<'a> {
        match (self.enter(shape, step), step.stage) {
            (_, Stage::After) => Spot::Nothing,
            (Inside::Fields(fields, value), Stage::Begin) => Spot::Field { fields, value },
            (Inside::Pairs(key, value), Stage::Begin) => Spot::Key { key, value },
            _ => match self.next(shape, step) {
                Some((shape, of)) => Spot::Value {
                    shape,
                    field: of.or(field),
                },
                None => Spot::Nothing,
            },
        }
    }

    /// What stands in an entry of a group, and in which field.
    fn next(&self, shape: &Shape, step: &Step) -> Option<(Shape, Option<&'a Field>)> {
        match self.enter(shape, step) {
            Inside::Fields(fields, value) => match step.field {
                Some(name) => {
                    let name = name.of(self.page.text());
                    let field = fields.into_iter().find(|field| field.name == name)?;
                    Some((field.shape.clone(), Some(field)))
                }
                None => Some((value?, None)),
            },
            Inside::Parts(parts) => {
                let part = parts.into_iter().nth(step.index)?;
                match part {
                    Shape::Any => Some((self.changed(step)?, None)),
                    part => Some((part, None)),
                }
            }
            Inside::Each(of) => Some((of, None)),
            Inside::Pairs(key, value) => Some(match step.key {
                Some(_) => (value, None),
                None => (key, None),
            }),
            Inside::Nothing => None,
        }
    }

    /// What may stand at the place that a change names.
    fn changed(&self, step: &Step) -> Option<Shape> {
        let path = step.first?.of(self.page.text());
        let shape = paths::at(self, path)?.shape;
        let adds = step.name.is_some_and(|n| n.of(self.page.text()) == "Add");
        match shape {
            Shape::List(of) if adds => Some(*of),
            shape => Some(shape),
        }
    }

    fn enter(&self, shape: &Shape, step: &Step) -> Inside<'a> {
        let text = self.page.text();
        let name = step.name.map(|name| name.of(text));
        match (shape, step.bracket) {
            (_, Bracket::Round) if name == Some("Some") => Inside::Parts(vec![shape.clone()]),
            (Shape::List(of), Bracket::Square) => Inside::Each(of.as_ref().clone()),
            // A trial's field takes one or many.
            (Shape::Id(_), Bracket::Square) => Inside::Each(shape.clone()),
            (Shape::Pairs(key, of), Bracket::Curly) => {
                Inside::Pairs(key.as_ref().clone(), of.as_ref().clone())
            }
            (Shape::Tuple(parts), Bracket::Round) => Inside::Parts(parts.clone()),
            (Shape::Of(of), Bracket::Round) => self.enter_type(of, name, step),
            _ => Inside::Nothing,
        }
    }

    fn enter_type(&self, of: &str, name: Option<&str>, step: &Step) -> Inside<'a> {
        let reference = self.reference();
        let Some(entry) = reference.named(of) else {
            return Inside::Nothing;
        };
        if entry.variants.is_empty() {
            // Values without names: a short form, `("place", storm)`.
            let unnamed = step.index > 0 && step.fields.is_empty();
            return match &entry.short {
                Some(Shape::Tuple(parts)) if unnamed => Inside::Parts(parts.clone()),
                _ if unnamed => Inside::Nothing,
                short => {
                    let first = match short {
                        Some(Shape::Tuple(parts)) => parts.first().cloned(),
                        _ => None,
                    };
                    Inside::Fields(fields_of(reference, of), first)
                }
            };
        }
        let Some(variant) = entry
            .variants
            .iter()
            .find(|v| Some(v.name.as_str()) == name)
        else {
            return Inside::Nothing;
        };
        match &variant.shape {
            Shape::Bare => Inside::Nothing,
            Shape::Struct(_) => Inside::Fields(variant.fields.iter().collect(), None),
            Shape::Tuple(parts) => Inside::Parts(parts.clone()),
            // The parentheses of a struct in a variant may be left out.
            Shape::Of(inner) if is_struct(reference, inner) => {
                let value = Some(variant.shape.clone());
                Inside::Fields(fields_of(reference, inner), value)
            }
            one => Inside::Parts(vec![one.clone()]),
        }
    }
}

/// Whether a type is a struct.
pub(super) fn is_struct(reference: &Reference, of: &str) -> bool {
    let entry = reference.named(of);
    entry.is_some_and(|entry| entry.variants.is_empty())
}

/// The fields of a type; whatever a scenario may say, a trial's field may say, too.
pub(super) fn fields_of<'a>(reference: &'a Reference, of: &str) -> Vec<&'a Field> {
    let fields = |of: &str| reference.named(of).map_or(&[][..], |e| &e.fields);
    let own = fields(of);
    let others = match of {
        "Field" => fields("Scenario"),
        _ => &[],
    };
    let more = others
        .iter()
        .filter(|other| own.iter().all(|own| own.name != other.name));
    own.iter().chain(more).collect()
}
