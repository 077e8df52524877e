//! A page → what its template sees. Cards and the site's own values are converted once and shared.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tera::{Context, Map, TeraResult, Value};

use super::blocks;
use super::functions::fragments::Fragments;
use super::functions::session::{Answered, Host};
use super::templates::Templates;
use crate::base::digest::Digest;
use crate::base::report::Diagnostic;
use crate::base::sync::Mutex;
use crate::base::text;
use crate::plan::context::questions::{Answer, Question};
use crate::plan::{Page, PagePart, SiteContext};
use crate::site::{StoryId, TopicId};

/// Values of the template engine that all pages share, each converted when it is first used.
pub(super) struct RenderContext {
    pub(super) templates: Arc<Templates>,
    pub(super) site_context: Arc<SiteContext>,
    fragments: Fragments,
    pub(super) site: Value,
    /// The words of the interface, the variable `say`.
    say: Value,
    cards: Vec<OnceLock<Value>>,
    topics: Vec<OnceLock<Value>>,
    answers: Mutex<HashMap<String, Answered>>,
    /// What shared components see of their page and of the site, by the page's language.
    surroundings: Mutex<HashMap<Arc<str>, Arc<Context>>>,
}

impl RenderContext {
    pub(super) fn new(templates: Arc<Templates>, site_context: Arc<SiteContext>) -> Self {
        let cards = (0..site_context.card_count()).map(|_| OnceLock::new()).collect();
        let topics = site_context.site.topics.iter().map(|_| OnceLock::new()).collect();
        Self {
            templates,
            fragments: Fragments::default(),
            site: Value::from_serializable(&site_context.globals),
            say: Value::from_serializable(&*site_context.site.config.words),
            site_context,
            cards,
            topics,
            answers: Mutex::default(),
            surroundings: Mutex::default(),
        }
    }

    /// A story's card.
    pub(super) fn card(&self, id: StoryId) -> Value {
        self.cards[id.0].get_or_init(|| self.make_card(id)).clone()
    }

    /// Converts a card; the topics, which many cards name, are converted once.
    fn make_card(&self, id: StoryId) -> Value {
        let card = Value::from_serializable(self.site_context.card(id).as_ref());
        let story = self.site_context.site.story(id);
        let own = |topic: &&TopicId| story.section != Some(**topic);
        let topics: Vec<Value> = story.topics.iter().filter(own).map(|topic| self.topic(*topic)).collect();
        let Some(mut map) = card.into_map() else { return Value::none() };
        map.insert("topics".into(), topics.into());
        if let Some(section) = story.section {
            map.insert("section".into(), self.topic(section));
        }
        map.into()
    }

    /// A topic, named.
    fn topic(&self, id: TopicId) -> Value {
        self.topics[id.0].get_or_init(|| Value::from_serializable(self.site_context.topic_ref(id).as_ref())).clone()
    }

    /// Cards, as an array.
    pub(super) fn cards(&self, ids: &[StoryId]) -> Value {
        ids.iter().map(|id| self.card(*id)).collect::<Vec<Value>>().into()
    }

    /// The digest of a memoised answer, by the question as text.
    pub(super) fn known(&self, line: &str) -> Option<Digest> {
        self.answers.lock().get(line).map(|answered| answered.digest)
    }

    /// Everything that a page's template sees. The components of the blocks in its texts are rendered here.
    pub(super) fn context(&self, page: &Page) -> Result<Context, Box<Diagnostic>> {
        let mut context = Context::new();
        let meta = self.meta(page);
        context.insert_value("site", self.site.clone());
        context.insert_value("say", self.say.clone());
        context.insert_value("page", meta.clone());
        for (name, part) in &page.parts {
            let value = self.part(part);
            // Cards have no texts with blocks, and are on many pages.
            let value = match part {
                PagePart::Data(_) | PagePart::Deferred(_) => blocks::shown(value, &self.templates, || {
                    let mut around = Context::new();
                    around.insert_value("page", meta.clone());
                    around.insert_value("site", self.site.clone());
                    around.insert_value("say", self.say.clone());
                    around
                })?,
                PagePart::Card(_) | PagePart::Cards(_) | PagePart::Related(_) | PagePart::Days(_) => value,
            };
            context.insert_value(*name, value);
        }
        Ok(context)
    }

    /// The variable `page` of a template. Linked data is written as text only here, and only for a template that may show
    /// it: the key has its inputs.
    fn meta(&self, page: &Page) -> Value {
        let Some(mut meta) = Value::from_serializable(&page.meta).into_map() else { return Value::none() };
        let is_shown = self.templates.shows_linked_data(&page.template);
        let texts = if is_shown { page.linked_data(&self.site_context) } else { Vec::new() };
        let texts = texts.iter().map(|text| Value::normal_string(text)).collect::<Vec<Value>>();
        meta.insert("linked_data".into(), texts.into());
        meta.insert("ui_lang".into(), self.ui_lang(&page.meta.lang));
        meta.into()
    }

    /// The attributes of what the site itself says on a page in `lang`: none where the page speaks the site's language
    /// (WCAG 2.2, 3.1.2).
    fn ui_lang(&self, lang: &str) -> Value {
        let own = &self.site_context.site.config.language;
        if lang == own {
            return Value::safe_string("");
        }
        let mut escaped = String::new();
        text::escape_html(own, &mut escaped);
        Value::safe_string(&format!(" lang=\"{escaped}\" dir=\"{}\"", text::direction(own)))
    }

    fn surroundings(&self, lang: &Arc<str>) -> Arc<Context> {
        if let Some(known) = self.surroundings.lock().get(lang) {
            return Arc::clone(known);
        }
        let page = map([
            ("dir", Value::from(text::direction(lang))),
            ("lang", Value::from(&**lang)),
            ("ui_lang", self.ui_lang(lang)),
        ]);
        let mut context = Context::new();
        context.insert_value("page", page);
        context.insert_value("site", self.site.clone());
        context.insert_value("say", self.say.clone());
        let context = Arc::new(context);
        self.surroundings.lock().insert(Arc::clone(lang), Arc::clone(&context));
        context
    }

    fn part(&self, part: &PagePart) -> Value {
        match part {
            PagePart::Data(value) => Value::from_serializable(value),
            PagePart::Deferred(deferred) => Value::from_serializable(&deferred.value(&self.site_context)),
            PagePart::Card(id) => id.map_or_else(Value::none, |id| self.card(id)),
            PagePart::Cards(ids) => self.cards(ids),
            PagePart::Related(related) => related
                .iter()
                .map(|(id, topics)| {
                    map([
                        ("story", self.card(*id)),
                        ("topics", topics.iter().map(|topic| self.topic(*topic)).collect::<Vec<Value>>().into()),
                    ])
                })
                .collect::<Vec<Value>>()
                .into(),
            PagePart::Days(days) => days
                .iter()
                .map(|day| {
                    map([
                        ("date", Value::from_serializable(&day.date)),
                        ("id", Value::from_serializable(&day.id)),
                        ("url", Value::from_serializable(&day.url)),
                        ("stories", self.cards(&day.stories)),
                    ])
                })
                .collect::<Vec<Value>>()
                .into(),
        }
    }
}

impl Host for RenderContext {
    /// Answers a question, memoised by its text, `line`: many pages ask the same.
    fn answer(&self, question: &Question, line: &str) -> Answered {
        if let Some(known) = self.answers.lock().get(line) {
            return known.clone();
        }
        if let Question::Component { name } = question {
            return Answered { digest: self.templates.component_digest(name), value: Ok(Value::none()) };
        }
        let answer = self.site_context.answer(question);
        let digest = answer.digest(&self.site_context);
        let value = match answer {
            Answer::Stories(ids) => Ok(self.cards(&ids)),
            Answer::Topics(topics) => Ok(Value::from_serializable(&topics)),
            Answer::Briefings(briefings) => Ok(Value::from_serializable(&briefings)),
            Answer::Data(file) => Ok(Value::from_serializable(&file.value)),
            Answer::Address(address) => Ok(Value::normal_string(&address)),
            Answer::Unknown(what) => Err(what),
        };
        let answered = Answered { digest, value };
        self.answers.lock().insert(line.to_owned(), answered.clone());
        answered
    }

    fn origin(&self) -> &str {
        self.site_context.site.config.base_url.origin()
    }

    fn phrase(&self, name: &str, count: Option<u64>, values: &[(&str, &str)]) -> Option<String> {
        self.site_context.site.config.words.phrase(name, count, values)
    }

    fn component(&self, name: &str, arguments: &Context, lang: &Arc<str>) -> TeraResult<String> {
        self.templates.component(name, arguments, &self.surroundings(lang))
    }

    fn fragments(&self) -> &Fragments {
        &self.fragments
    }
}

fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    entries.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>().into()
}
