//! Markdown → a compiled [`Body`].

/// A compiled text. Links within the site are left open, as slots, until the whole site is known.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// HTML without what goes into the slots.
    pub html: String,
}
