//! An edition before its links are resolved.

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, StoryId};
use crate::site::model::BriefingFile;

/// An edition before its links are resolved.
pub(in crate::site) struct ShownEdition {
    pub(in crate::site) file: Option<BriefingFile>,
    pub(in crate::site) route: Route,
    pub(in crate::site) date: Moment,
    pub(in crate::site) published: Moment,
    pub(in crate::site) updated: Option<Moment>,
    pub(in crate::site) number: Option<u32>,
    pub(in crate::site) week: Option<(i16, i8)>,
    pub(in crate::site) stories: Vec<StoryId>,
    pub(in crate::site) placed: Vec<usize>,
    pub(in crate::site) withdrawn: Vec<ArticleId>,
    pub(in crate::site) preview: Option<Preview>,
}
