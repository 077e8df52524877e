//! A page as a value: everything that its template may see, and the key that follows from it.

use erased_serde::Serialize as Erased;
use serde::Serialize;

use super::Desk;
use super::context::SiteView;
use super::json_ld::Node;
use super::views::common::Common;
use super::views::meta::Meta;
use super::views::shapes::TopicRef;
use crate::base::digest::inputs::Inputs;
use crate::site::{StoryId, TopicId};

/// A page to render.
pub struct Page {
    /// Its template.
    pub template: String,
    /// What every page has.
    pub meta: Meta,
    /// What it says to machines, as what that is made of.
    pub says: Vec<Node>,
    /// What this family has, by the name that templates use.
    pub parts: Vec<(&'static str, Part)>,
}

/// A part of a page.
pub enum Part {
    /// A value of its own.
    Data(Box<dyn Erased + Send>),
    /// A value that is made only when a template is to see it.
    Made(Made),
    /// A story's card, shared by all pages that show it.
    Card(Option<StoryId>),
    /// Cards.
    Cards(Vec<StoryId>),
    /// Cards with the topics that they share with this page's story: `{story, topics}`.
    Related(Vec<(StoryId, Vec<TopicId>)>),
    /// Cards by day: `{date, id, url, stories}`.
    Days(Vec<Day>),
}

/// A value that is made only when a template is to see it. What is hashed is what it is made of, and whoever makes it is
/// given nothing else but what is common to all pages, which is in every key.
pub struct Made(Box<dyn Make>);

trait Make: Send {
    fn of(&self) -> &dyn Erased;
    fn make(&self, common: &Common) -> Box<dyn Erased>;
}

struct Recipe<T, V> {
    of: T,
    make: fn(&T, &Common) -> V,
}

impl<T: Serialize + Send, V: Serialize + 'static> Make for Recipe<T, V> {
    fn of(&self) -> &dyn Erased {
        &self.of
    }

    fn make(&self, common: &Common) -> Box<dyn Erased> {
        Box::new((self.make)(&self.of, common))
    }
}

impl Made {
    /// The value.
    pub fn value(&self, desk: &Desk) -> Box<dyn Erased> {
        self.0.make(desk.common())
    }
}

/// Stories of a day.
pub struct Day {
    /// The day.
    pub date: crate::base::date::Stamp,
    /// Its anchor: `d17`.
    pub id: String,
    /// Its page, where days have pages.
    pub url: Option<String>,
    /// Its stories.
    pub stories: Vec<StoryId>,
}

impl Part {
    /// A value of its own.
    pub fn data<T: Serialize + Send + 'static>(value: T) -> Self {
        Self::Data(Box::new(value))
    }
}

impl Page {
    /// A page without parts, with the template of its family.
    pub fn new(meta: Meta) -> Self {
        let template = meta.family.template.unwrap_or_default().to_owned();
        Self { template, meta, says: Vec::new(), parts: Vec::new() }
    }

    /// Puts another template in place of that of the family.
    #[must_use]
    pub fn template(mut self, name: impl Into<String>) -> Self {
        self.template = name.into();
        self
    }

    /// Adds something that it says to machines.
    #[must_use]
    pub(super) fn says(mut self, node: Node) -> Self {
        self.says.push(node);
        self
    }

    /// What it says to machines: JSON-LD, each text for a script of its own.
    pub fn linked_data(&self, desk: &Desk) -> Vec<String> {
        self.says.iter().map(|node| node.text(&self.meta, desk.common())).collect()
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, name: &'static str, part: Part) -> Self {
        self.parts.push((name, part));
        self
    }

    /// Adds a value.
    #[must_use]
    pub fn data<T: Serialize + Send + 'static>(self, name: &'static str, value: T) -> Self {
        self.with(name, Part::data(value))
    }

    /// Adds a value that is made of `of` when it is needed. `make` is a plain function: it has no way to know more.
    #[must_use]
    pub(super) fn made<T, V>(self, name: &'static str, of: T, make: fn(&T, &Common) -> V) -> Self
    where
        T: Serialize + Send + 'static,
        V: Serialize + 'static,
    {
        self.with(name, Part::Made(Made(Box::new(Recipe { of, make }))))
    }

    /// Tells everything that the template sees. A card is told by the digest of what it shows.
    pub fn inputs(&self, desk: &Desk, inputs: &mut impl Inputs) {
        inputs.value("template", &self.template);
        inputs.value("page", &self.meta);
        inputs.derived("linked data", &self.says);
        for (name, part) in &self.parts {
            match part {
                Part::Data(value) => inputs.value(name, value),
                Part::Made(made) => inputs.value(name, made.0.of()),
                Part::Card(id) => cards(desk, name, id.as_slice(), inputs),
                Part::Cards(ids) => cards(desk, name, ids, inputs),
                Part::Related(related) => {
                    for (id, topics) in related {
                        cards(desk, name, &[*id], inputs);
                        let shared: Vec<&TopicRef> = topics.iter().map(|topic| &**desk.topic_ref(*topic)).collect();
                        inputs.derived("topics", &shared);
                    }
                }
                Part::Days(days) => {
                    for Day { date, id, url, stories } in days {
                        inputs.value(name, &(date, id, url));
                        cards(desk, name, stories, inputs);
                    }
                }
            }
        }
    }
}

/// Tells what cards show.
fn cards(desk: &Desk, name: &str, ids: &[StoryId], inputs: &mut impl Inputs) {
    for id in ids {
        let card = desk.card(*id);
        inputs.shared(name, "", desk.card_digest(*id), &**card);
    }
}

/// What all pages see of the site, their linked data included.
#[derive(Serialize)]
struct Globals<'d> {
    site: &'d SiteView,
    #[serde(rename = "~publisher")]
    publisher: &'d serde_json::Value,
}

/// Tells what all pages see of the site.
pub(super) fn globals(desk: &Desk, inputs: &mut impl Inputs) {
    let shown = Globals { site: &desk.globals, publisher: &desk.common().publisher };
    inputs.shared("", "", desk.globals_digest(), &shown);
}
