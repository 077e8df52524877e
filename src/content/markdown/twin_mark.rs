//! Marks in the HTML of a text, by which its pieces are known.

/// A piece of a text: the index of its event and, within raw HTML, of its token.
pub(super) type Piece = (usize, usize);

/// Where the HTML of a piece begins.
pub(super) struct TwinMark {
    /// Byte offset in the HTML.
    pub(super) at: u32,
    /// How many slots come before it.
    pub(super) slots: usize,
    pub(super) piece: Piece,
    /// Whether it is the name of a start tag that ends there.
    pub(super) is_tag: bool,
}
