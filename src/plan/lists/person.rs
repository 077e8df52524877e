//! The stories of a person.

use std::ops::Range;

use serde::Serialize;

use super::paged::Paged;
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::head::CitedSource;
use crate::content::markdown::{Audience, in_words};
use crate::plan::feeds::feed_links;
use crate::plan::page::{Page, PagePart};
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::{ImageView, LinkView};
use crate::plan::{FeedSubject, Leaf, PEOPLE, SiteContext, json_ld};
use crate::site::{DocId, PersonId};

#[derive(Serialize)]
struct PersonView {
    name: String,
    url: String,
    role: Option<String>,
    bio: String,
    email: Option<String>,
    links: Vec<CitedSource>,
    image: Option<ImageView>,
    count: Option<usize>,
    feed: Option<String>,
    extra: serde_json::Value,
}

impl Paged for PersonId {
    fn route(&self, context: &SiteContext) -> Route {
        context.site.person(*self).route.clone()
    }

    fn title(&self, context: &SiteContext) -> String {
        context.site.person(*self).name.clone()
    }

    fn count(&self, context: &SiteContext) -> usize {
        context.site.person(*self).stories.len()
    }

    fn date(&self, context: &SiteContext, entry: usize) -> Moment {
        context.site.story(context.site.person(*self).stories[entry]).date
    }

    fn subject(&self) -> Option<FeedSubject> {
        Some(FeedSubject::Person(*self))
    }

    fn doc(&self, context: &SiteContext) -> Option<DocId> {
        Some(context.site.person(*self).doc)
    }

    fn page(&self, context: &SiteContext, leaf: Leaf, shown: Range<usize>, mut meta: Meta) -> Page {
        let person = context.site.person(*self);
        let (head, body) = (&person.head, &person.body);
        let shown = &person.stories[shown];
        let route = person.route.as_str();
        let is_fed = feed_links::is_fed(context, route, FeedSubject::Person(*self));
        let view = PersonView {
            name: person.name.clone(),
            url: context.link(route),
            role: head.role.clone(),
            bio: match leaf {
                Leaf::Front => {
                    let config = &context.site.config;
                    in_words(body.fill(&person.fillings, Audience::Page), &config.language, &config.words)
                }
                Leaf::Older(_) => String::new(),
            },
            email: head.email.clone(),
            links: person.links.clone(),
            image: ImageView::of(head.image.as_ref(), person.image.as_ref()),
            count: (leaf == Leaf::Front).then_some(person.stories.len()),
            feed: is_fed.then(|| context.link(&feed_links::first(context, route))),
            extra: head.extra.clone(),
        };
        meta.og_type = "profile";
        meta.description = head.role.clone().or_else(|| body.excerpt(&person.fillings, 200));
        meta.breadcrumbs = vec![LinkView { title: context.say("people"), url: context.own_link(PEOPLE) }];
        let node = json_ld::person(&person.name, &meta.url, head.role.as_deref(), &person.links);
        Page::new(meta).json_ld(node).data("person", view).with("stories", PagePart::Cards(shown.to_vec()))
    }
}
