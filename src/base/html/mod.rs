//! HTML read in place, without building a tree: its tokens, and the addresses in them.

mod addresses;
mod tokens;

pub use addresses::{Address, Role, with_addresses};
pub use tokens::{Attribute, Tag, Token, Tokens, VOID, decode, tokens};
