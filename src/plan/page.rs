//! A page as a value: everything that its template may see, and the key that follows from it.

use erased_serde::Serialize as Erased;
use serde::Serialize;

use super::SiteContext;
use super::context::SiteView;
use super::json_ld::JsonLdNode;
use super::views::common::Common;
use super::views::meta::Meta;
use super::views::shapes::TopicRef;
use crate::base::digest::inputs::Inputs;
use crate::config::Catalog;
use crate::site::{StoryId, TopicId};

/// A page to render.
pub struct Page {
    /// Its template.
    pub template: String,
    /// Data that every page has.
    pub meta: Meta,
    /// Its linked data, as what each node is made of.
    pub json_ld: Vec<JsonLdNode>,
    /// Data of this family, by the names that templates use.
    pub parts: Vec<(&'static str, PagePart)>,
}

/// A part of a page.
pub enum PagePart {
    /// A value of its own.
    Data(Box<dyn Erased + Send>),
    /// A value that is computed only when the page is rendered.
    Deferred(Deferred),
    /// A story's card, shared by all pages that show it.
    Card(Option<StoryId>),
    /// Cards.
    Cards(Vec<StoryId>),
    /// Cards with the topics that they share with this page's story: `{story, topics}`.
    Related(Vec<(StoryId, Vec<TopicId>)>),
    /// Cards by day: `{date, id, url, stories}`.
    Days(Vec<PageDay>),
}

/// A value that is computed only when the page is rendered. The key hashes what it is computed from. The function that
/// computes it is given that and `Common`, which is in every key, so that the value cannot be stale.
pub struct Deferred(Box<dyn Compute>);

trait Compute: Send {
    fn of(&self) -> &dyn Erased;
    fn make(&self, common: &Common) -> Box<dyn Erased>;
}

struct Recipe<T, V> {
    of: T,
    make: fn(&T, &Common) -> V,
}

impl<T: Serialize + Send, V: Serialize + 'static> Compute for Recipe<T, V> {
    fn of(&self) -> &dyn Erased {
        &self.of
    }

    fn make(&self, common: &Common) -> Box<dyn Erased> {
        Box::new((self.make)(&self.of, common))
    }
}

impl Deferred {
    /// The value.
    pub fn value(&self, context: &SiteContext) -> Box<dyn Erased> {
        self.0.make(context.common())
    }
}

/// Stories of a day.
pub struct PageDay {
    /// The day.
    pub date: crate::base::date::DisplayDate,
    /// Its anchor: `d17`.
    pub id: String,
    /// Its page, where days have pages.
    pub url: Option<String>,
    /// Its stories.
    pub stories: Vec<StoryId>,
}

impl PagePart {
    /// A value of its own.
    pub fn data<T: Serialize + Send + 'static>(value: T) -> Self {
        Self::Data(Box::new(value))
    }
}

impl Page {
    /// A page without parts, with the template of its family.
    pub fn new(meta: Meta) -> Self {
        let template = meta.family.template.unwrap_or_default().to_owned();
        Self { template, meta, json_ld: Vec::new(), parts: Vec::new() }
    }

    /// Puts another template in place of that of the family.
    #[must_use]
    pub fn template(mut self, name: impl Into<String>) -> Self {
        self.template = name.into();
        self
    }

    /// Adds a node of linked data.
    #[must_use]
    pub(super) fn json_ld(mut self, node: JsonLdNode) -> Self {
        self.json_ld.push(node);
        self
    }

    /// Its JSON-LD: one text for each `script` element.
    pub fn linked_data(&self, context: &SiteContext) -> Vec<String> {
        self.json_ld.iter().map(|node| node.text(&self.meta, context.common())).collect()
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, name: &'static str, part: PagePart) -> Self {
        self.parts.push((name, part));
        self
    }

    /// Adds a value.
    #[must_use]
    pub fn data<T: Serialize + Send + 'static>(self, name: &'static str, value: T) -> Self {
        self.with(name, PagePart::data(value))
    }

    /// Adds a value that `make` computes from `of` when the page is rendered. `make` is a function and no closure: it can
    /// read nothing that is not in the key.
    #[must_use]
    pub(super) fn deferred<T, V>(self, name: &'static str, of: T, make: fn(&T, &Common) -> V) -> Self
    where
        T: Serialize + Send + 'static,
        V: Serialize + 'static,
    {
        self.with(name, PagePart::Deferred(Deferred(Box::new(Recipe { of, make }))))
    }

    /// Feeds everything that the template sees to `inputs`, which hashes or lists it. Of a card that is its digest.
    pub fn inputs(&self, context: &SiteContext, inputs: &mut impl Inputs) {
        inputs.value("template", &self.template);
        inputs.value("page", &self.meta);
        inputs.derived("linked data", &self.json_ld);
        for (name, part) in &self.parts {
            match part {
                PagePart::Data(value) => inputs.value(name, value),
                PagePart::Deferred(deferred) => inputs.value(name, deferred.0.of()),
                PagePart::Card(id) => cards(context, name, id.as_slice(), inputs),
                PagePart::Cards(ids) => cards(context, name, ids, inputs),
                PagePart::Related(related) => {
                    for (id, topics) in related {
                        cards(context, name, &[*id], inputs);
                        let shared: Vec<&TopicRef> = topics.iter().map(|topic| &**context.topic_ref(*topic)).collect();
                        inputs.derived("topics", &shared);
                    }
                }
                PagePart::Days(days) => {
                    for PageDay { date, id, url, stories } in days {
                        inputs.value(name, &(date, id, url));
                        cards(context, name, stories, inputs);
                    }
                }
            }
        }
    }
}

/// Feeds the digests of cards.
fn cards(context: &SiteContext, name: &str, ids: &[StoryId], inputs: &mut impl Inputs) {
    for id in ids {
        let card = context.card(*id);
        inputs.shared(name, "", context.card_digest(*id), &**card);
    }
}

/// The part of the site that is in the key of every page: what templates see as `site`, and the publisher's node.
#[derive(Serialize)]
struct Globals<'d> {
    site: &'d SiteView,
    say: &'d Catalog,
    #[serde(rename = "~publisher")]
    publisher: &'d serde_json::Value,
}

/// Feeds what all pages see of the site.
pub(super) fn globals(context: &SiteContext, inputs: &mut impl Inputs) {
    let shown =
        Globals { site: &context.globals, say: &context.site.config.words, publisher: &context.common().publisher };
    inputs.shared("", "", context.globals_digest(), &shown);
}
