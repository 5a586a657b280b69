//! Texts made of pieces of others: a field that is written out as a scenario, a thing in which one field is edited.
//! Each piece knows the place it stands for, so that a mistake is told where somebody wrote it.

use super::{Span, ron::Tree};

/// A text in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made {
    /// What has been written so far.
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

/// Where the bytes from `start` on come from, up to the next piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    start: u32,
    place: Span,
    /// Byte for byte as they stand there; else they stand for the place as a whole.
    exact: bool,
}

impl Made {
    /// Writes what stands at this place of the tree's text.
    pub(crate) fn copy(&mut self, tree: &Tree, place: Span) {
        self.piece(place, true);
        self.text.push_str(tree.text_at(place));
    }

    /// Writes words of our own that stand for this place.
    pub(crate) fn word(&mut self, words: &str, place: Span) {
        self.piece(place, false);
        self.text.push_str(words);
    }

    fn piece(&mut self, place: Span, exact: bool) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.pieces.push(Piece {
            start,
            place,
            exact,
        });
    }

    /// The text and where its pieces come from.
    pub(crate) fn into_parts(self) -> (String, Vec<Piece>) {
        (self.text, self.pieces)
    }
}

/// The place that a place in a made text stands for.
pub(crate) fn origin(pieces: &[Piece], span: Span) -> Span {
    let after = pieces.partition_point(|piece| piece.start <= span.start);
    let Some(piece) = after.checked_sub(1).and_then(|index| pieces.get(index)) else {
        return Span::NOWHERE;
    };
    if !piece.exact {
        return piece.place;
    }
    let moved = |at: u32| {
        let at = (at - piece.start).saturating_add(piece.place.start);
        at.clamp(piece.place.start, piece.place.end)
    };
    Span::new(
        piece.place.source,
        moved(span.start),
        moved(span.end.max(span.start)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Diagnostics, SourceId, ron::parse};

    #[test]
    fn a_place_is_found_again() {
        let source = SourceId(7);
        let tree = parse(source, "(abc: 1)", &mut Diagnostics::new());
        let mut made = Made::default();
        made.word("(x: 2, ", Span::new(source, 0, 1));
        made.copy(&tree, Span::new(source, 1, 7));
        made.word(")", Span::new(source, 7, 8));
        let (text, pieces) = made.into_parts();
        assert_eq!(text, "(x: 2, abc: 1)");
        let one = Span::new(SourceId(9), 12, 13);
        assert_eq!(origin(&pieces, one), Span::new(source, 6, 7));
        let two = Span::new(SourceId(9), 4, 5);
        assert_eq!(origin(&pieces, two), Span::new(source, 0, 1));
    }
}
