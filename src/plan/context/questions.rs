//! The questions that templates may ask of the site while a page renders. Each question and the digest of its answer are recorded
//! with the page, which is stale as soon as an answer changes.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use super::name_index::TopicNames;
use super::site_context::SiteContext;
use crate::base::digest::inputs::Inputs;
use crate::base::digest::{Digest, Digester};
use crate::base::text;
use crate::base::text::near::Near;
use crate::content::data::DataFile;
use crate::content::head::{StoryKind, TopicKind};
use crate::plan::views::shapes::{BriefingRef, ITEM, TopicCount};
use crate::site::stories::story_head;
use crate::site::{StoryId, TopicId};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Question {
    /// The newest stories that fit.
    Stories(StoryQuery),
    /// Topics, those with the most stories first.
    Topics {
        /// Kind of the topics; all when absent.
        kind: Option<String>,
        /// At most so many.
        limit: usize,
    },
    /// The newest briefings.
    Briefings {
        /// At most so many.
        limit: usize,
    },
    /// The address of a static file.
    Asset {
        /// Its path below `static/`.
        path: String,
    },
    /// The value of a data file.
    Data {
        /// Its path below `data/`.
        path: String,
    },
    /// The digest of a component whose name is computed while the page renders. The renderer answers this one, since the
    /// site has no templates.
    Component {
        /// Its name.
        name: String,
    },
}

/// A selection of stories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryQuery {
    /// About this topic, by any of its names or its slug.
    pub topic: Option<String>,
    /// In this section.
    pub section: Option<String>,
    /// The form of the stories; all when absent.
    pub kind: Option<String>,
    /// With this by-line.
    pub person: Option<String>,
    /// Part of this thread.
    pub thread: Option<String>,
    /// At most so many.
    pub limit: usize,
    /// After so many.
    pub offset: usize,
}

/// An answer.
pub enum Answer {
    /// Stories; their cards are shared.
    Stories(Vec<StoryId>),
    /// Topics.
    Topics(Vec<TopicCount>),
    /// Briefings.
    Briefings(Vec<BriefingRef>),
    /// An address.
    Address(String),
    /// A data file.
    Data(Arc<DataFile>),
    /// The question names something that does not exist; the text says what, and lists what does.
    Unknown(String),
}

impl Question {
    /// The question as one line of text, for the ledger.
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).expect("questions hold only what JSON can say")
    }

    /// The question as a template asks it, for people: `stories(section="world", limit=5)`.
    pub fn to_call(&self) -> String {
        let text = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}={value:?}"));
        let number = |name: &str, value: usize, usual: usize| (value != usual).then(|| format!("{name}={value}"));
        let (function, arguments) = match self {
            Self::Stories(StoryQuery { topic, section, kind, person, thread, limit, offset }) => (
                "stories",
                vec![
                    text("topic", topic),
                    text("section", section),
                    text("kind", kind),
                    text("person", person),
                    text("thread", thread),
                    number("limit", *limit, usize::MAX),
                    number("offset", *offset, 0),
                ],
            ),
            Self::Topics { kind, limit } => ("topics", vec![text("kind", kind), number("limit", *limit, usize::MAX)]),
            Self::Briefings { limit } => ("briefings", vec![number("limit", *limit, usize::MAX)]),
            Self::Asset { path } => ("asset", vec![Some(format!("path={path:?}"))]),
            Self::Data { path } => ("data", vec![Some(format!("path={path:?}"))]),
            Self::Component { name } => return format!("component {name}"),
        };
        format!("{function}({})", arguments.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    /// The component that a line of the ledger asks for. Every page has some of these, and most need no reading of JSON.
    pub fn component_of(line: &str) -> Option<Cow<'_, str>> {
        let name = line.strip_prefix("{\"ask\":\"component\",\"name\":\"")?.strip_suffix("\"}")?;
        if !name.contains('\\') {
            return Some(name.into());
        }
        match Self::from_line(line)? {
            Self::Component { name } => Some(name.into()),
            _ => None,
        }
    }

    /// Reads a line of the ledger back.
    pub fn from_line(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}

/// The answer to a question as `why` lists it, computed only when it is listed.
struct ListedAnswer<'d> {
    context: &'d SiteContext,
    question: &'d Question,
}

impl Serialize for ListedAnswer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Story<'c> {
            title: &'c str,
            url: &'c str,
            /// The digest of all that its card shows.
            card: String,
        }
        match self.context.answer(self.question) {
            Answer::Stories(ids) => serializer.collect_seq(ids.into_iter().map(|id| {
                let card = self.context.card(id);
                Story { title: &card.title, url: &card.url, card: self.context.card_digest(id).short() }
            })),
            Answer::Topics(topics) => topics.serialize(serializer),
            Answer::Briefings(briefings) => briefings.serialize(serializer),
            Answer::Data(file) => file.value.serialize(serializer),
            Answer::Address(text) | Answer::Unknown(text) => serializer.serialize_str(&text),
        }
    }
}

impl Answer {
    /// The digest of everything in the answer.
    pub fn digest(&self, context: &SiteContext) -> Digest {
        let mut digester = Digester::new();
        match self {
            Self::Stories(ids) => ids.iter().for_each(|id| {
                digester.digest(context.card_digest(*id));
            }),
            Self::Topics(topics) => {
                digester.value(topics);
            }
            Self::Briefings(briefings) => {
                digester.value(briefings);
            }
            Self::Data(file) => {
                digester.digest(file.digest);
            }
            Self::Address(text) | Self::Unknown(text) => {
                digester.value(text);
            }
        }
        digester.finish()
    }
}

impl SiteContext {
    /// Feeds the answer to a question by its digest.
    pub fn tell_answer(&self, question: &Question, digest: Digest, inputs: &mut impl Inputs) {
        inputs.shared("asked", &question.to_call(), digest, &ListedAnswer { context: self, question });
    }

    /// Answers a question.
    pub fn answer(&self, question: &Question) -> Answer {
        match question {
            Question::Stories(query) => self.stories(query),
            Question::Topics { kind, limit } => self.topics(kind.as_deref(), *limit),
            Question::Briefings { limit } => Answer::Briefings(
                self.site.editions.iter().take(*limit).map(|edition| self.briefing_ref(edition)).collect(),
            ),
            Question::Data { path } => self.data(path),
            Question::Component { name } => Answer::Unknown(format!("the site has no component `{name}`")),
            Question::Asset { path } => {
                if let Some(address) = self.asset_url(path) {
                    Answer::Address(address)
                } else {
                    let statics = || Near::of(self.statics.iter().map(|asset| asset.path.as_str()));
                    let near = self.names.statics.get_or_init(statics).to(path);
                    let hint = near.map_or_else(String::new, |near| format!("; {}", text::did_you_mean(near)));
                    Answer::Unknown(format!("there is no file `{path}` under `static/`{hint}"))
                }
            }
        }
    }

    fn data(&self, path: &str) -> Answer {
        let data = &self.site.data;
        if let Some(file) = data.get(path) {
            return Answer::Data(Arc::clone(file));
        }
        let near = data.near(path).map_or_else(String::new, |near| format!("; {}", text::did_you_mean(near)));
        Answer::Unknown(format!("there is no file `{path}` under `data/`{near}"))
    }

    fn stories(&self, query: &StoryQuery) -> Answer {
        let site = &self.site;
        let kinds = || StoryKind::ALL.into_iter().map(StoryKind::word).chain([ITEM]);
        if let Some(unknown) = query.kind.as_deref().filter(|kind| !kinds().any(|known| known == *kind)) {
            let known = kinds().collect::<Vec<_>>().join(", ");
            return Answer::Unknown(format!("`{unknown}` is not a kind of story; there are {known}"));
        }
        let mut wanted = [None, None];
        for (name, wanted) in [&query.topic, &query.section].into_iter().zip(&mut wanted) {
            let Some(name) = name else { continue };
            *wanted = self.find_topic(name);
            if wanted.is_none() {
                return self.without_topic(name);
            }
        }
        let [topic, section] = wanted;
        let folded = |text: &Option<String>| text.as_deref().map(text::fold);
        let (person, thread) = (folded(&query.person), folded(&query.thread));
        let fits = |id: &StoryId| {
            let story = site.story(*id);
            let head = story_head(site, *id);
            section.is_none_or(|section| story.section == Some(section))
                && query.kind.as_deref().is_none_or(|kind| self.card(*id).kind == kind)
                && person.as_ref().is_none_or(|person| {
                    let of_item = || site.document(story.doc).briefing().map(|(head, _)| &head.authors);
                    let authors = head.map(|head| &head.authors).or_else(of_item);
                    authors.is_some_and(|authors| authors.iter().any(|author| text::fold(author) == *person))
                })
                && thread.as_ref().is_none_or(|thread| {
                    head.is_some_and(|head| head.thread.as_deref().map(text::fold).as_ref() == Some(thread))
                })
        };
        let found: Vec<StoryId> = match topic {
            Some(topic) => {
                site.topic(topic).stories.iter().copied().filter(fits).skip(query.offset).take(query.limit).collect()
            }
            None => (0..site.stories.len()).map(StoryId).filter(fits).skip(query.offset).take(query.limit).collect(),
        };
        Answer::Stories(found)
    }

    /// The answer to a question about a topic that has no story: none, where a document names it that is withheld or
    /// withdrawn, since what a desk has planned must not fail a build.
    fn without_topic(&self, name: &str) -> Answer {
        if self.site.names_topic(name) {
            return Answer::Stories(Vec::new());
        }
        Answer::Unknown(format!("no topic is called `{name}`; {}", self.site.topic_proposal(name)))
    }

    fn topics(&self, kind: Option<&str>, limit: usize) -> Answer {
        let known =
            [TopicKind::Topic, TopicKind::Section, TopicKind::Place, TopicKind::Person, TopicKind::Organisation];
        let word = |kind: TopicKind| {
            serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let kind = match kind {
            None => None,
            Some(name) => match known.into_iter().find(|kind| word(*kind) == name) {
                Some(kind) => Some(kind),
                None => {
                    return Answer::Unknown(format!(
                        "`{name}` is not a kind of topic; there are {}",
                        known.map(word).join(", ")
                    ));
                }
            },
        };
        let topics = &self.site.topics;
        let mut found: Vec<usize> =
            (0..topics.len()).filter(|at| kind.is_none_or(|kind| topics[*at].kind == kind)).collect();
        found.sort_by_key(|at| (std::cmp::Reverse(topics[*at].stories.len()), *at));
        Answer::Topics(found.into_iter().take(limit).map(|at| self.topic_count(TopicId(at))).collect())
    }

    fn find_topic(&self, name: &str) -> Option<TopicId> {
        let known = self.names.topics.get_or_init(|| TopicNames::of(&self.site));
        let folded = text::fold(name);
        let own = [known.slugs.get(name), known.titles.get(&folded)].into_iter().flatten().min();
        own.or_else(|| known.aliases.get(&folded)).copied()
    }
}
