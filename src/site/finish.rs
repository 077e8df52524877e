//! The last step of assembly: the results of all passes for one article, topic, edition, person or page are joined into
//! its model.

use super::editions::ShownEdition;
use super::ids::{DocId, PairId, StoryId, ThreadId};
use super::links::{ArticleFillings, EditionFillings, PersonFillings};
use super::model::{Article, Edition, Person, StandingPage, Topic};
use super::stories::Neighbors;
use super::stories::people::ShownPerson;
use super::stories::related::RelatedStory;
use super::stories::shown::{ShownArticle, ShownPage};
use super::topics::{ShownTopic, TopicLists};
use crate::content::markdown::Filling;

/// The relations of an article to others.
pub(super) struct Kin {
    pub(super) related: Vec<RelatedStory>,
    pub(super) thread: Option<ThreadId>,
    pub(super) translations: Vec<DocId>,
}

impl ShownArticle {
    pub(super) fn finish(self, neighbors: Neighbors, fillings: ArticleFillings, kin: Kin) -> Article {
        let Self { doc, head, body, route, published, preview, document, entry_docs: _ } = self;
        let Neighbors { story, previous, next } = neighbors;
        let ArticleFillings { text, image, audio, sources } = fillings;
        let Kin { related, thread, translations } = kin;
        Article {
            doc,
            document,
            head,
            body,
            route,
            published,
            story,
            preview,
            fillings: text.into(),
            image,
            audio,
            sources,
            previous,
            next,
            related,
            thread,
            translations,
        }
    }
}

impl ShownTopic {
    pub(super) fn finish(self, lists: TopicLists, pairs: Vec<PairId>, fillings: Vec<Filling>) -> Topic {
        let Self { title, slug, route, folded, kind, weight, origin, file, parents, see_also } = self;
        let TopicLists { children, stories, related } = lists;
        Topic {
            title,
            slug,
            route,
            folded,
            kind,
            weight,
            origin,
            file,
            parents,
            children,
            see_also,
            stories,
            related,
            pairs,
            fillings,
        }
    }
}

impl ShownEdition {
    pub(super) fn finish(self, fillings: EditionFillings) -> Edition {
        let Self { file, route, date, published, updated, number, week, stories, placed, withdrawn, preview } = self;
        let EditionFillings { image, intro, items } = fillings;
        Edition {
            file,
            route,
            date,
            published,
            updated,
            number,
            week,
            stories,
            placed,
            withdrawn,
            image,
            intro_fillings: intro,
            item_fillings: items,
            preview,
        }
    }
}

impl ShownPerson {
    pub(super) fn finish(self, stories: Vec<StoryId>, fillings: PersonFillings) -> Person {
        let Self { doc, head, body, route } = self;
        let PersonFillings { text, image, links } = fillings;
        Person { doc, name: head.name.clone(), head, body, route, stories, fillings: text, image, links }
    }
}

impl ShownPage {
    pub(super) fn finish(self, fillings: Vec<Filling>) -> StandingPage {
        let Self { doc, head, body, route, preview } = self;
        StandingPage { doc, head, body, route, fillings, preview }
    }
}
