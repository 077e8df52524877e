//! Floor 8: other people's texts → content files.
//!
//! In: what others sent, and a site that knows its topics and its zone. Out: articles with front matter, each with a
//! list of what was inferred from which words; and functions that write them where nothing stands. Deliberately not
//! here: printing, and overwriting anything.

pub mod wire;
