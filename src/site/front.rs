//! What the desk has arranged for the front page: names → stories and topics.
//!
//! In: the configuration and the site. Out: a [`Front`]. Deliberately not here: what stands where nothing was arranged.

use std::collections::HashSet;

use super::documents::lookup::Meaning;
use super::ids::{StoryId, TopicId};
use super::model::{Front, Package, Site, Story, StorySource, Topic};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::config::PackageConfig;
use crate::content::head::StoryKind;

impl Site {
    /// Resolves the names in `front`. Reports unknown and ambiguous ones, and stories that stand there twice. A story that is
    /// withheld is left out without a word: a front is prepared ahead, and the configuration is not published.
    pub(super) fn arrange_front(&self, report: &mut Report) -> Front {
        let wanted = &self.config.front;
        let mut seen = HashSet::new();
        let mut front = Front::default();
        if let Some(lead) = &wanted.lead {
            front.lead = self.package(lead, &["front", "lead"], &mut seen, report);
        }
        for (index, package) in wanted.packages.iter().enumerate() {
            front.packages.extend(self.package(package, &["front", "packages", &index.to_string()], &mut seen, report));
        }
        for (index, name) in wanted.sections.iter().enumerate() {
            match self.front_topic(name) {
                Some(topic) if !front.sections.contains(&topic) => front.sections.push(topic),
                Some(_) => {}
                None if self.names_topic(name) => {}
                None => {
                    let problem = Diagnostic::error(codes::BAD_VALUE, format!("no topic is called `{name}`"))
                        .at(self.config.edition_place(&["front", "sections", &index.to_string()]));
                    report.push(problem.help(self.topic_proposal(name)));
                }
            }
        }
        for (index, name) in wanted.lead_kinds.iter().enumerate() {
            if let Some(kind) = StoryKind::ALL.into_iter().find(|kind| kind.word() == name) {
                front.lead_kinds.push(kind);
                continue;
            }
            let words = StoryKind::ALL.map(StoryKind::word);
            let problem = Diagnostic::error(codes::BAD_VALUE, format!("`{name}` is not a kind of story"))
                .at(self.config.edition_place(&["front", "lead_kinds", &index.to_string()]));
            report.push(match text::nearest(name, words) {
                Some(near) => problem.help(text::did_you_mean(near)),
                None => problem.help(format!("there are {}", words.join(", "))),
            });
        }
        let ends = wanted.lead.iter().chain(&wanted.packages).filter_map(|package| package.until);
        front.until = ends.filter(|at| at.instant() > self.as_of.instant()).min_by_key(|at| at.instant());
        front
    }

    /// A package as readers may see it; `None` when its time is over or its story is not public.
    fn package(
        &self,
        wanted: &PackageConfig,
        path: &[&str],
        seen: &mut HashSet<StoryId>,
        report: &mut Report,
    ) -> Option<Package> {
        if wanted.until.is_some_and(|until| until.instant() <= self.as_of.instant()) {
            return None;
        }
        let story = self.front_story(&wanted.story, &[path, &["story"]].concat(), seen, report);
        let related = wanted.related.iter().enumerate().filter_map(|(index, name)| {
            self.front_story(name, &[path, &["related", &index.to_string()]].concat(), seen, report)
        });
        let related = related.collect();
        Some(Package { story: story?, related })
    }

    fn front_story(
        &self,
        name: &str,
        path: &[&str],
        seen: &mut HashSet<StoryId>,
        report: &mut Report,
    ) -> Option<StoryId> {
        let place = || self.config.edition_place(path);
        let unknown = || {
            Diagnostic::error(codes::UNKNOWN_STORY, format!("`{name}` is not a story of this site"))
                .at(place())
                .help("give the story’s slug, or its path below `content/`, such as `/articles/talks.md`")
        };
        // Below `content/`, as if the configuration stood there.
        let from = "content/front";
        match self.documents.article(from, name) {
            Meaning::One(doc) if self.documents.get(doc).article().is_none() => report.push(unknown()),
            Meaning::One(doc) if self.elsewhere.contains(&doc) => {
                let message = format!("`{name}` is in another language than this front page");
                let problem = Diagnostic::error(codes::UNKNOWN_STORY, message).at(place());
                report.push(
                    problem.help("name a story in this language, or arrange the front of the other under `languages`"),
                );
            }
            Meaning::One(doc) => {
                let is_it = |story: &Story| story.doc == doc && matches!(story.kind, StorySource::Article(_));
                let found = self.stories.iter().position(is_it).map(StoryId)?;
                if seen.insert(found) {
                    return Some(found);
                }
                let problem = Diagnostic::warning(codes::REPEATED_STORY, format!("`{name}` is on the front already"));
                report.push(problem.at(place()).help("remove one of the two; the page shows the story once"));
            }
            Meaning::Several(found) => report.push(self.documents.ambiguous(name, &found).at(place())),
            Meaning::Nothing if self.documents.is_unread(from, name) => {}
            Meaning::Nothing => report.push(unknown()),
        }
        None
    }

    fn front_topic(&self, name: &str) -> Option<TopicId> {
        let folded = text::fold(name);
        let by = |is_it: &dyn Fn(&Topic) -> bool| self.topics.iter().position(is_it).map(TopicId);
        by(&|topic| *topic.slug == *name || text::fold(&topic.title) == folded).or_else(|| {
            by(&|topic| topic.head().is_some_and(|head| head.aliases.iter().any(|alias| text::fold(alias) == folded)))
        })
    }
}
