//! The parts of a text's prose: blocks, links, addresses and pictures, each with its position in the source.

use std::ops::Range;

/// Kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A top-level paragraph.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A paragraph in a list, block quotation or footnote, or a table cell.
    Inner,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Kind.
    pub kind: BlockKind,
    /// Text, with U+FFFC for what is not prose.
    pub text: String,
    /// Starts of pieces in `text`, with their ranges in the source.
    pieces: Vec<(usize, Range<usize>)>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Text of the link.
    pub words: String,
    /// Target, as written.
    pub target: String,
    /// Range in the source.
    pub range: Range<usize>,
}

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address, with escapes and character references resolved.
    pub text: String,
    /// Range of the address in the source, or of the construct that uses it.
    pub range: Range<usize>,
    /// Whether the range is exactly that of the address.
    pub is_exact: bool,
    /// Whether it is in raw HTML.
    pub is_raw: bool,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Alternative text; `None` when there is none, or an empty one in Markdown.
    pub alt: Option<String>,
    /// Caption.
    pub title: String,
    /// Number of blocks before the one that contains it.
    pub block: usize,
    /// Range in the source.
    pub range: Range<usize>,
}

impl Block {
    pub(super) const fn empty(kind: BlockKind) -> Self {
        Self { kind, text: String::new(), pieces: Vec::new() }
    }

    /// Maps a range of the text to the source.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.at(range.start).0;
        let end = self.at(range.end.saturating_sub(1)).1;
        start..end.max(start)
    }

    /// Maps a byte of the text to the source: the byte and the one after it.
    fn at(&self, at: usize) -> (usize, usize) {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let Some((start, source)) = self.pieces.get(piece) else { return (0, 0) };
        let end = self.pieces.get(piece + 1).map_or(self.text.len(), |(next, _)| *next);
        // A piece that differs from its source, such as `&amp;`, cannot be mapped byte by byte.
        if end - start == source.len() {
            (source.start + at - start, source.start + at - start + 1)
        } else {
            (source.start, source.end)
        }
    }

    /// Appends a piece of text, made of a range of the source.
    pub(super) fn push(&mut self, text: &str, source: &Range<usize>) {
        self.pieces.push((self.text.len(), source.clone()));
        self.text.push_str(text);
    }
}
