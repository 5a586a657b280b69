//! Values as they are begun: their shape with gaps to be filled in, as snippets of editors have them.

use crate::content::reference::{Field, Reference, Shape, Variant};

use super::spot::is_struct;

/// How many fields a shape is written out with.
const MOST: usize = 12;

/// A text with gaps, `$1` and `${2:beside}`, numbered as they come.
pub(super) struct Gaps<'a> {
    reference: &'a Reference,
    pub(super) text: String,
    count: usize,
}

impl<'a> Gaps<'a> {
    pub(super) fn new(reference: &'a Reference) -> Self {
        Self {
            reference,
            text: String::new(),
            count: 0,
        }
    }

    /// Text that stands as it is.
    pub(super) fn plain(mut self, text: &str) -> Self {
        self.put(text);
        self
    }

    fn put(&mut self, text: &str) {
        for letter in text.chars() {
            if matches!(letter, '$' | '}' | '\\') {
                self.text.push('\\');
            }
            self.text.push(letter);
        }
    }

    fn gap(&mut self, beside: &str) {
        self.count += 1;
        let count = self.count;
        if beside.is_empty() {
            self.text.push_str(&format!("${count}"));
        } else {
            self.text.push_str(&format!("${{{count}:"));
            self.put(beside);
            self.text.push('}');
        }
    }

    /// A value of this shape, `like` it if it is a number.
    pub(super) fn value(mut self, shape: &Shape, like: Option<&Field>) -> Self {
        self.shape(shape, like, 0);
        self
    }

    /// A variant with what stands in it.
    pub(super) fn variant(mut self, variant: &Variant) -> Self {
        self.put(&variant.name);
        match &variant.shape {
            Shape::Bare => {}
            Shape::Struct(_) => self.fields(&variant.fields.iter().collect::<Vec<_>>(), 0),
            Shape::Tuple(parts) => self.parts(parts, 0),
            one => self.parts(std::slice::from_ref(one), 0),
        }
        self
    }

    fn parts(&mut self, parts: &[Shape], depth: usize) {
        self.text.push('(');
        for (index, part) in parts.iter().enumerate() {
            self.text.push_str(if index > 0 { ", " } else { "" });
            self.shape(part, None, depth + 1);
        }
        self.text.push(')');
    }

    /// What must be given of a struct.
    fn fields(&mut self, fields: &[&Field], depth: usize) {
        self.text.push('(');
        let needed = fields.iter().filter(|f| !f.optional).take(MOST);
        let mut any = false;
        for field in needed {
            self.text.push_str(if any { ", " } else { "" });
            any = true;
            self.put(&field.name);
            self.text.push_str(": ");
            self.shape(&field.shape, Some(field), depth + 1);
        }
        if !any {
            self.gap("");
        }
        self.text.push(')');
    }

    fn shape(&mut self, shape: &Shape, like: Option<&Field>, depth: usize) {
        match shape {
            Shape::Text | Shape::Id(_) | Shape::Called(_) | Shape::Path => {
                self.text.push('"');
                self.gap("");
                self.text.push('"');
            }
            Shape::Whole | Shape::Rate => {
                let given = [
                    like.and_then(|f| f.default.as_deref()),
                    like.and_then(|f| f.example.as_deref()),
                ];
                let number = |text: &&str| text.starts_with(|c: char| c.is_ascii_digit());
                self.gap(given.into_iter().flatten().find(number).unwrap_or("0"));
            }
            Shape::Flag => {
                let default = like.and_then(|f| f.default.as_deref());
                self.gap(if default == Some("true") {
                    "false"
                } else {
                    "true"
                });
            }
            Shape::Word | Shape::Choice | Shape::Any | Shape::Bare => self.gap(""),
            Shape::List(_) => {
                self.text.push('[');
                self.gap("");
                self.text.push(']');
            }
            Shape::Pairs(..) => {
                self.text.push('{');
                self.gap("");
                self.text.push('}');
            }
            Shape::Tuple(parts) => self.parts(parts, depth),
            Shape::Of(of) if depth == 0 && is_struct(self.reference, of) => {
                let fields = self.reference.named(of).map_or(&[][..], |e| &e.fields);
                self.fields(&fields.iter().collect::<Vec<_>>(), depth);
            }
            Shape::Of(of) if is_struct(self.reference, of) => {
                self.text.push('(');
                self.gap("");
                self.text.push(')');
            }
            Shape::Of(_) | Shape::Struct(_) => self.gap(""),
        }
    }
}

/// The snippet with its gaps left as they are.
pub(super) fn bare(snippet: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    let mut letters = snippet.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            '$' => {
                open = letters.next_if_eq(&'{').is_some();
                while letters.next_if(char::is_ascii_digit).is_some() {}
                if open {
                    letters.next_if_eq(&':');
                }
            }
            '}' if open => open = false,
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_can_be_written_without_its_gaps() {
        for (snippet, plain) in [
            ("a: ${1:0}, b: [$2]", "a: 0, b: []"),
            ("{$1}", "{}"),
            ("\\$ \\} \"$1\"", "$ } \"\""),
            ("$", ""),
        ] {
            assert_eq!(bare(snippet), plain, "{snippet}");
        }
    }
}
