//! Rules about topics.

use crate::base::rules;
use crate::base::text::{fold, plural};
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::document::Content;
use crate::site::topics::near;
use crate::site::{Site, TopicId};

/// An article without topic and section.
pub(in crate::check) fn no_topic(subject: &Subject<'_>, found: &mut Findings) {
    if subject.article().is_some_and(|head| head.topics.is_empty() && head.section.is_none()) {
        let help = "name under `topics:` what it is about, the main thing first";
        found.push(rules::NO_TOPIC, subject.top(), "this article has no topic: no topic page lists it", help);
    }
}

/// Two topics that may be one under two names.
pub(in crate::check) fn near_topics(site: &Site, found: &mut Findings) {
    for (more, fewer) in near::topics(site) {
        if are_told_apart(site, more, fewer) {
            continue;
        }
        let (one, other) = (site.topic(more), site.topic(fewer));
        let count = |id: TopicId| plural(site.topic(id).stories.len(), "story", "stories");
        let message =
            format!("`{}` ({}) and `{}` ({}) may be one topic", other.title, count(fewer), one.title, count(more));
        let help = format!(
            "`dateline topics merge` makes them one; if they are two, name one under `see_also` in the file of the other, `{}`",
            one.title
        );
        let document = match (other.doc(), other.stories.first()) {
            (Some(doc), _) => site.document(doc),
            (None, Some(story)) => site.document(site.story(*story).doc),
            (None, None) => continue,
        };
        let topics = match &document.content {
            Content::Article(head, _) => head.topics.as_slice(),
            Content::Briefing(head, _) => head.topics.as_slice(),
            _ => &[],
        };
        let at = topics.iter().position(|name| fold(name) == fold(&other.title)).map(|at| at.to_string());
        let place = match &at {
            Some(at) => document.place(&["topics", at]),
            None => document.place(&["title"]),
        };
        found.push(rules::NEAR_TOPICS, place, message, help);
    }
}

/// Whether the file of one topic names the other, so that the newsroom knows both.
fn are_told_apart(site: &Site, one: TopicId, other: TopicId) -> bool {
    let names = |id: TopicId, other: TopicId| {
        let Some(head) = site.topic(id).head() else { return false };
        let wanted = fold(&site.topic(other).title);
        head.see_also.iter().chain(&head.parents).any(|name| fold(name) == wanted)
    };
    names(one, other) || names(other, one)
}
