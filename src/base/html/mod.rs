//! Reading HTML in place, without building a tree: tokens, and the addresses in them.
//!
//! In: a text. Out: tokens with their byte ranges, and decoded values. Deliberately not here: what an author may write
//! (`content::markdown::html`).

mod addresses;
mod elements;
mod references;
mod tokens;

pub use addresses::{Address, Role, with_addresses};
pub use elements::{VOID, is_block, is_inline, is_known};
pub use references::character;
pub use tokens::{Attribute, RAW_TEXT, StartTag, Tag, Token, Tokens, decode, start_tag, tokens, within};
