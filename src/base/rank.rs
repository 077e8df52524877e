//! The order in which outputs go live.

/// When an output goes live: files first, then stories, then what lists them, then what machines read, so that no
/// published page points at something that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Pictures, style sheets, sound.
    Asset,
    /// Articles and standing pages.
    Story,
    /// Permanent lists: older pages, months, editions.
    List,
    /// Fronts of lists, and the front page.
    Front,
    /// Feeds.
    Feed,
    /// Sitemaps, redirects and other files for machines.
    Machine,
}
