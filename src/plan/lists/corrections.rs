//! The list of corrections: everything that was put right or withdrawn, newest first.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::paged::Paged;
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::base::text;
use crate::plan::page::Page;
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::{LinkView, TopicRef, UpdateView};
use crate::plan::{CORRECTIONS, FeedSubject, Leaf, SiteContext, json_ld};
use crate::site::editions::title_language;
use crate::site::lists::corrections::Correction;

/// Whether the site has the list: something was put right, and the desk does not write this page itself.
pub(super) fn are_listed(context: &SiteContext) -> bool {
    !context.corrections().is_empty()
        && !context.site.pages.iter().any(|page| page.route.as_str() == context.own(CORRECTIONS))
}

#[derive(Serialize)]
struct CorrectionView {
    title: String,
    item: Option<String>,
    url: String,
    title_lang: String,
    title_dir: &'static str,
    lang: String,
    dir: &'static str,
    section: Option<Arc<TopicRef>>,
    update: UpdateView,
}

/// The list of corrections.
pub(super) struct Corrections;

impl Paged for Corrections {
    fn route(&self, context: &SiteContext) -> Route {
        context.own_route(CORRECTIONS)
    }

    fn title(&self, context: &SiteContext) -> String {
        context.say("corrections")
    }

    fn count(&self, context: &SiteContext) -> usize {
        context.corrections().len()
    }

    fn date(&self, context: &SiteContext, entry: usize) -> Moment {
        context.corrections()[entry].update.at
    }

    fn subject(&self) -> Option<FeedSubject> {
        Some(FeedSubject::Corrections)
    }

    fn page(&self, context: &SiteContext, _leaf: Leaf, shown: Range<usize>, mut meta: Meta) -> Page {
        meta.description = Some(context.say_of("corrections_description"));
        let views: Vec<CorrectionView> =
            context.corrections()[shown].iter().map(|correction| view(context, correction)).collect();
        let node =
            json_ld::index(views.iter().map(|view| LinkView { title: view.title.clone(), url: view.url.clone() }));
        Page::new(meta).json_ld(node).data("corrections", views)
    }
}

fn view(context: &SiteContext, correction: &Correction) -> CorrectionView {
    let site = &context.site;
    let lang = site.language(site.document(correction.doc));
    // An edition without a title of its own is called by words of the site.
    let title_lang = site.edition_of(correction.doc).map_or(lang, |edition| title_language(site, edition));
    CorrectionView {
        title: correction.title(site),
        item: correction.item(site),
        title_lang: title_lang.to_owned(),
        title_dir: text::direction(title_lang),
        url: context.link(correction.route.as_str()),
        lang: lang.to_owned(),
        dir: text::direction(lang),
        section: correction.section.map(|topic| Arc::clone(context.topic_ref(topic))),
        update: context.common().update(correction.anchor.clone(), &correction.update),
    }
}
