//! Stories: the entries of lists.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::Item;
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, TopicId};

/// What lists show: an article, or an item of a briefing.
#[derive(Debug)]
pub struct Story {
    /// Its document.
    pub doc: DocId,
    /// What it is.
    pub kind: StorySource,
    /// The route of its page.
    pub route: Route,
    /// First published.
    pub date: Moment,
    /// Its topics in the order given, the section first; without repeats.
    pub topics: Vec<TopicId>,
    /// The section.
    pub section: Option<TopicId>,
    /// Why it would be withheld, when it is shown all the same.
    pub preview: Option<Preview>,
}

/// What a story is.
#[derive(Debug)]
pub enum StorySource {
    /// An article.
    Article(ArticleId),
    /// An item of a briefing.
    Item {
        /// Its place in the briefing.
        index: usize,
        /// The item.
        item: Arc<Item>,
    },
}
