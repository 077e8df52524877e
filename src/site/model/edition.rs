//! The model of editions: briefings with a file, and those composed of the stories of a day or week.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::{BriefingBody, Item};
use crate::content::head::{BriefingHead, Update};
use crate::content::markdown::Filling;
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, StoryId};

/// One dated edition of the briefing.
#[derive(Debug)]
pub struct Edition {
    /// The source file; `None` for a composed edition.
    pub file: Option<BriefingFile>,
    /// The route of its page: `/briefings/2023-10-17/`.
    pub route: Route,
    /// The date of the edition; for a composed week, that of its newest story.
    pub date: Moment,
    /// The instant of first publication; for a composed edition, that of its earliest story.
    pub published: Moment,
    /// The instant of the last substantial change, if later than `published`.
    pub updated: Option<Moment>,
    /// The issue number from the file, which rises with the dates.
    pub number: Option<u32>,
    /// The ISO 8601 year and week number of a composed weekly edition.
    pub week: Option<(i16, i8)>,
    /// The stories that it lists, in reading order.
    pub stories: Vec<StoryId>,
    /// For each of the first stories, the index of the file's own item that it stands before; the others follow the items.
    pub placed: Vec<usize>,
    /// Listed articles that were withdrawn, which the page no longer shows as stories.
    pub withdrawn: Vec<ArticleId>,
    /// The resolved main picture; `None` when there is none or its file is missing.
    pub image: Option<Filling>,
    /// The resolved links and pictures of the introduction, in the order of its slots.
    pub intro_fillings: Vec<Filling>,
    /// The resolved links and pictures of each item, by item index.
    pub item_fillings: Vec<Vec<Filling>>,
    /// The reason why readers do not see it yet; `None` for a published edition.
    pub preview: Option<Preview>,
}

/// One of the things that an edition shows in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionEntry {
    /// An item of its file, by index.
    Item(usize),
    /// A story that it lists.
    Story(StoryId),
}

/// The source file of an edition.
#[derive(Debug)]
pub struct BriefingFile {
    /// The source document.
    pub doc: DocId,
    /// The front matter, shared with the document.
    pub head: Arc<BriefingHead>,
    /// The compiled introduction and items, shared with the document.
    pub body: Arc<BriefingBody>,
}

impl Edition {
    /// The source document; `None` for a composed edition.
    pub fn doc(&self) -> Option<DocId> {
        self.file.as_ref().map(|file| file.doc)
    }

    /// The items written in the file; empty for a composed edition.
    pub fn items(&self) -> &[Arc<Item>] {
        self.file.as_ref().map_or(&[], |file| &file.body.items)
    }

    /// Items and stories in the order in which the edition shows them.
    pub fn entries(&self) -> Vec<EditionEntry> {
        let mut entries = Vec::with_capacity(self.items().len() + self.stories.len());
        let mut placed = self.placed.iter().zip(&self.stories).peekable();
        for index in 0..self.items().len() {
            while let Some((_, story)) = placed.next_if(|(before, _)| **before <= index) {
                entries.push(EditionEntry::Story(*story));
            }
            entries.push(EditionEntry::Item(index));
        }
        entries.extend(placed.map(|(_, story)| EditionEntry::Story(*story)));
        entries.extend(self.stories.iter().skip(self.placed.len()).map(|story| EditionEntry::Story(*story)));
        entries
    }

    /// The resolved links and pictures of the item with this index; empty for an unknown index.
    pub fn fillings_of(&self, item: usize) -> &[Filling] {
        self.item_fillings.get(item).map_or(&[], Vec::as_slice)
    }

    /// The entries of its change log that are about an item.
    pub fn log_of(&self, item: &Item) -> Vec<Update> {
        let log = self.file.as_ref().map_or(&[][..], |file| &file.head.updates);
        log.iter().filter(|update| update.item.as_deref() == Some(&*item.id)).cloned().collect()
    }

    /// The instant of the last substantial change, or else of publication.
    pub fn changed(&self) -> Moment {
        self.updated.unwrap_or(self.published)
    }
}
