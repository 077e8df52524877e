//! The model of what the desk has arranged for the front page.

use crate::base::date::Moment;
use crate::content::head::StoryKind;
use crate::site::ids::{StoryId, TopicId};

/// What the desk has arranged for the front page, as far as readers may see it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Front {
    /// What leads.
    pub lead: Option<Package>,
    /// What stands beside it, in order.
    pub packages: Vec<Package>,
    /// Topics with a band of their own, in order.
    pub sections: Vec<TopicId>,
    /// Forms of stories that may lead when none is chosen; all, if empty.
    pub lead_kinds: Vec<StoryKind>,
    /// The next instant at which something leaves its place.
    pub until: Option<Moment>,
}

/// A story with related ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The story.
    pub story: StoryId,
    /// Stories that stand as lines below it.
    pub related: Vec<StoryId>,
}
