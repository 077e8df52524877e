//! Reads a text without writing HTML.
//!
//! In: the source or its events. Out: plain text, the prose of every block, headings and inline constructs with their
//! positions, destinations of links, and the structure for comparing two texts. Deliberately not here: what is done with
//! them, which is in `check`, `merge` and `import`.

pub(in crate::content::markdown) mod destinations;
pub(in crate::content::markdown) mod plain_text;
pub(in crate::content::markdown) mod prose;
pub(in crate::content::markdown) mod prose_blocks;
pub(in crate::content::markdown) mod reading;
pub(in crate::content::markdown) mod written;
