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

impl Rank {
    /// All ranks, in order.
    pub const ALL: [Self; 6] = [Self::Asset, Self::Story, Self::List, Self::Front, Self::Feed, Self::Machine];

    /// The word for it in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Story => "story",
            Self::List => "list",
            Self::Front => "front",
            Self::Feed => "feed",
            Self::Machine => "machine",
        }
    }

    /// The rank that the ledger calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.name() == name)
    }
}
