//! Editions: briefings with a file, and those composed of a day's or a week's stories.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::{BriefingBody, Item};
use crate::content::head::BriefingHead;
use crate::content::markdown::Filling;
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, StoryId};

/// An edition.
#[derive(Debug)]
pub struct Edition {
    /// Its file; none when composed.
    pub file: Option<BriefingFile>,
    /// Its route: `/briefings/2023-10-17/`.
    pub route: Route,
    /// Its day; the last day of a composed week.
    pub date: Moment,
    /// When it was first published: of a composed one, when its first story was.
    pub published: Moment,
    /// When it last changed in a way that matters, when that is later.
    pub updated: Option<Moment>,
    /// Its number.
    pub number: Option<u32>,
    /// The ISO week, of a composed week.
    pub week: Option<(i16, i8)>,
    /// Stories of the site in slot order, after the items of its own.
    pub stories: Vec<StoryId>,
    /// Articles that it listed, and that were withdrawn.
    pub withdrawn: Vec<ArticleId>,
    /// What goes into the slots of the introduction.
    pub intro_fillings: Vec<Filling>,
    /// What goes into the slots of each item.
    pub item_fillings: Vec<Vec<Filling>>,
    /// Why it would be withheld, when it is shown all the same.
    pub preview: Option<Preview>,
}

/// The file of an edition.
#[derive(Debug)]
pub struct BriefingFile {
    /// Its document.
    pub doc: DocId,
    /// The document's head.
    pub head: Arc<BriefingHead>,
    /// The introduction and the items.
    pub body: Arc<BriefingBody>,
}

impl Edition {
    /// The document of its file; none when composed.
    pub fn doc(&self) -> Option<DocId> {
        self.file.as_ref().map(|file| file.doc)
    }

    /// The items of its own; none when composed.
    pub fn items(&self) -> &[Arc<Item>] {
        self.file.as_ref().map_or(&[], |file| &file.body.items)
    }

    /// What goes into the text of an item of its own.
    pub fn fillings_of(&self, item: usize) -> &[Filling] {
        self.item_fillings.get(item).map_or(&[], Vec::as_slice)
    }

    /// When it last changed in a way that matters, or was published.
    pub fn changed(&self) -> Moment {
        self.updated.unwrap_or(self.published)
    }
}
