//! Floor 6: what was rendered goes live, all or nothing.
