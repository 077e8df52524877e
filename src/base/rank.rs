//! The order in which outputs are published.

/// When an output is published: files first, then stories, lists, and files for machines, so that no published page
/// ever links to one that is not there yet.
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

    /// The name in the ledger.
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

    /// The rank with this name in the ledger.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.name() == name)
    }
}
