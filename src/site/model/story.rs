//! The model of stories, the entries of lists.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::Item;
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, TopicId};

/// An entry of lists: an article, or an item of a briefing.
#[derive(Debug)]
pub struct Story {
    /// The source document: the article's, or that of the briefing with the item.
    pub doc: DocId,
    /// The article or the item.
    pub kind: StorySource,
    /// The route of the page with the story, without a fragment.
    pub route: Route,
    /// The instant of first publication, by which lists are ordered.
    pub date: Moment,
    /// Its topics without duplicates: the section first, then in the order of the front matter.
    pub topics: Vec<TopicId>,
    /// The section, a topic that is also a part of the paper.
    pub section: Option<TopicId>,
    /// The reason why readers do not see it yet; `None` for a published story.
    pub preview: Option<Preview>,
}

/// The origin of a story.
#[derive(Debug)]
pub enum StorySource {
    /// An article with a page of its own.
    Article(ArticleId),
    /// An item of a briefing, shown on the briefing's page.
    Item {
        /// Its index among the items of the briefing.
        index: usize,
        /// The compiled item, shared with the document.
        item: Arc<Item>,
    },
}
