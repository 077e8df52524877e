//! Marks in the HTML of a text, by which its pieces are known.

/// A piece of a text: the index of its event and, within raw HTML, of its token.
pub(in super::super) type Piece = (usize, usize);

/// Where the HTML of a piece begins.
pub(in super::super) struct Mark {
    /// Byte offset in the HTML.
    pub(in super::super) at: u32,
    /// How many slots come before it.
    pub(in super::super) slots: usize,
    pub(super) piece: Piece,
    /// Whether it is the name of a start tag that ends there.
    pub(in super::super) is_tag: bool,
}
