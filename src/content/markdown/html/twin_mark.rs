//! Marks in compiled HTML that show which pieces of the source survive sanitising.

/// A piece of a text: index of its event and, within raw HTML, of its token.
pub(in super::super) type Piece = (usize, usize);

/// The start of a piece in the HTML.
pub(in super::super) struct TwinMark {
    /// Byte offset in the HTML.
    pub(in super::super) at: u32,
    /// Number of slots before it.
    pub(in super::super) slots: usize,
    pub(in super::super) piece: Piece,
    /// Whether the mark goes into a start tag, after the element's name.
    pub(in super::super) is_tag: bool,
}
