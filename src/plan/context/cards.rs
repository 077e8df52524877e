//! The card of a story, as lists show it.

use std::sync::Arc;

use super::site_context::SiteContext;
use crate::base::text;
use crate::content::head::{Dateline, Update};
use crate::plan::views::shapes::{Card, ITEM, ImageView, status_word};
use crate::site::stories::StorySource;
use crate::site::{Article, StoryId};

impl SiteContext {
    pub(super) fn build_card(&self, id: StoryId) -> Card {
        let story = self.site.story(id);
        let document = self.site.document(story.doc);
        let lang = self.site.language(document).to_owned();
        let dir = text::direction(&lang);
        let topics = || {
            story
                .topics
                .iter()
                .filter(|topic| story.section != Some(**topic))
                .map(|topic| Arc::clone(self.topic_ref(*topic)))
                .collect()
        };
        let url = self.link(&story.path());
        let date = self.display_date(story.date);
        let section = story.section.map(|topic| Arc::clone(self.topic_ref(topic)));
        match &story.kind {
            StorySource::Article(id) => {
                let Article { head, body, image, .. } = self.site.article(*id);
                Card {
                    title: head.title.clone(),
                    short_title: head.short_title.clone(),
                    url,
                    summary: head.summary.clone(),
                    date,
                    updated: head.modified(story.date).map(|at| self.display_date(at)),
                    kind: head.kind.word(),
                    kind_label: head.label().map(|name| self.site.config.words.shared(name)),
                    status: head.status.map(status_word),
                    dateline: head.dateline.as_ref().map(Dateline::text),
                    section,
                    topics: topics(),
                    authors: self.people(&head.authors),
                    image: ImageView::of(head.image.as_ref(), image.as_ref()),
                    item: false,
                    briefing: None,
                    lang,
                    dir,
                    minutes: text::minutes(body.words as usize),
                    preview: story.preview,
                }
            }
            StorySource::Item { index, item } => {
                let edition = self.site.edition_of(story.doc);
                let fillings = edition.map_or(&[][..], |edition| edition.fillings_of(*index));
                Card {
                    title: item.title(fillings),
                    short_title: None,
                    url,
                    summary: item.body.excerpt(fillings, 240),
                    date,
                    updated: edition
                        .and_then(|edition| Update::last(&edition.log_of(item), story.date))
                        .map(|at| self.display_date(at)),
                    kind: ITEM,
                    kind_label: None,
                    status: None,
                    dateline: None,
                    section,
                    topics: topics(),
                    authors: edition
                        .and_then(|edition| edition.file.as_ref())
                        .map_or_else(Vec::new, |file| self.people(&file.head.authors)),
                    image: None,
                    item: true,
                    briefing: edition.map(|edition| self.briefing_ref(edition)),
                    lang,
                    dir,
                    minutes: text::minutes(item.body.words as usize),
                    preview: story.preview,
                }
            }
        }
    }
}
