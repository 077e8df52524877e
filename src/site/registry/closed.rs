//! The check that every topic has a file, where the configuration demands it.

use super::names::Registry;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::config::TopicPolicy;
use crate::content::document::{Document, Item};
use crate::content::markdown::Span;
use crate::site::documents::pass::PassInputs;

/// Reports names in front matter without a topic file under the policy `closed`. `names` are the front matter key, the
/// index in a list, and the name.
pub(in crate::site) fn check_closed<'a>(
    inputs: PassInputs<'_>,
    document: &Document,
    names: impl Iterator<Item = (&'static str, Option<usize>, &'a String)>,
    registry: &Registry,
    report: &mut Report,
) {
    if inputs.config.topics == TopicPolicy::Open {
        return;
    }
    for (key, index, name) in names {
        if registry.has_file(name) || inputs.documents.is_unread(&document.path, &text::slugify(&text::fold(name))) {
            continue;
        }
        let index = index.map(|i| i.to_string());
        let place = document.place(&[Some(key), index.as_deref()].into_iter().flatten().collect::<Vec<_>>());
        let mut problem =
            Diagnostic::error(codes::UNKNOWN_TOPIC, format!("`{name}` is not a topic of this site")).at(place);
        problem = match registry.nearest(name) {
            Some(near) => problem.propose(near),
            None => problem.help(format!(
                "add a file for it under `content/topics/`, or set `topics: open` in `{}`",
                inputs.config.file()
            )),
        };
        report.push(problem);
    }
}

/// Like [`check_closed`], for the topics of an item of a briefing.
pub(in crate::site) fn check_item_topics(
    inputs: PassInputs<'_>,
    document: &Document,
    item: &Item,
    registry: &Registry,
    report: &mut Report,
) {
    if inputs.config.topics == TopicPolicy::Open {
        return;
    }
    for name in item.topics.iter().filter(|name| !registry.has_file(name)) {
        let span = Span { line: item.line, column: 1, end_column: 3 };
        let mut problem = Diagnostic::error(codes::UNKNOWN_TOPIC, format!("`{name}` is not a topic of this site"))
            .at(span.place(&document.path));
        problem = match registry.nearest(name) {
            Some(near) => problem.help(text::did_you_mean(near)),
            None => problem.help(format!(
                "add a file for it under `content/topics/`, or set `topics: open` in `{}`",
                inputs.config.file()
            )),
        };
        report.push(problem);
    }
}
