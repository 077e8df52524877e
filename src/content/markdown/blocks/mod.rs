//! Blocks: the furniture of a text, between a line `::: name …` and a line `:::`.
//!
//! In: the lines of a text. Out: its [`TextBlock`]s, each with its values for the component that shows it on a page
//! (`block.NAME`), and with plain HTML for readers elsewhere: feeds and e-mails. Deliberately not here: templates, which a
//! text must not know; the page's renderer replaces the marks that a filled text has where its blocks are.

mod chart;
pub(super) mod embed;
pub(super) mod fence;
mod figure;
pub(super) mod kinds;
pub(super) mod made;
pub(super) mod marks;
mod scale;
pub(super) mod shown;

pub(super) use chart::{BARS, LINES, MULTIPLES};
pub use embed::frame_origin;
pub use figure::Figure;
pub use kinds::KINDS;
pub use made::TextBlock;
pub use marks::{Mark, may_hold, next};
