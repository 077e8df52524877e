//! The rule about values that hold several names.

use crate::base::rules;
use crate::base::text::fold;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::document::Content;

/// Words that join the parts of one name, such as `Ministry of Trade and Industry`.
const JOINING: [&str; 12] = ["of", "for", "the", "on", "in", "de", "des", "du", "für", "der", "del", "della"];

/// Several authors or topics are written as one.
pub(in crate::check) fn several_names(subject: &Subject<'_>, found: &mut Findings) {
    let no_names = Vec::new();
    let (people, topics) = match &subject.document.content {
        Content::Article(head, _) => ([&head.authors, &head.editors, &head.contributors], &head.topics),
        Content::Briefing(head, _) => ([&no_names; 3], &head.topics),
        Content::Entry(_, entry) => ([&entry.by, &no_names, &no_names], &no_names),
        _ => return,
    };
    for (key, names) in ["authors", "editors", "contributors"].into_iter().zip(people) {
        for (index, name) in names.iter().enumerate() {
            let parts = people_in(name);
            if parts.len() > 1 && !has_file(subject, name) {
                say(subject, (key, index), name, &parts, found);
            }
        }
    }
    for entry in subject.document.content.entries() {
        for name in &entry.by {
            let parts = people_in(name);
            if parts.len() > 1 && !has_file(subject, name) {
                let message = format!("`{name}` counts as one name");
                let help = format!("put commas between them, if they are several: `by=\"{}\"`", parts.join(", "));
                found.push(rules::SEVERAL_NAMES, subject.line(entry.span.line), message, &help);
            }
        }
    }
    for (index, name) in topics.iter().enumerate() {
        let parts: Vec<&str> =
            name.split([',', ';', '，', '、']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        let site = subject.site;
        let is_topic = |name: &str, has_file: bool| {
            let is_it = |topic: &&crate::site::Topic| fold(&topic.title) == fold(name);
            site.topics.iter().filter(is_it).any(|topic| !has_file || topic.doc().is_some())
        };
        let is_split = is_one_string(subject, index) || parts.iter().any(|part| is_topic(part, false));
        if is_split && !is_topic(name, true) {
            say(subject, ("topics", index), name, &parts, found);
        }
    }
}

fn say(subject: &Subject<'_>, (key, index): (&str, usize), name: &str, parts: &[&str], found: &mut Findings) {
    let message = format!("`{name}` counts as one name");
    let help = format!("write a list, if they are several: `{key}: [{}]`", parts.join(", "));
    found.push(rules::SEVERAL_NAMES, subject.document.place(&[key, &index.to_string()]), message, help);
}

/// Whether `topics` is a text and not a list.
fn is_one_string(subject: &Subject<'_>, index: usize) -> bool {
    index == 0 && subject.document.place(&["topics", "0"]) == subject.document.place(&["topics"])
}

/// Whether the site knows a person of exactly this name.
fn has_file(subject: &Subject<'_>, name: &str) -> bool {
    subject.site.shown().any(|document| document.person().is_some_and(|(head, _)| fold(&head.name) == fold(name)))
}

/// The people that one by-line seems to name: one when in doubt.
fn people_in(name: &str) -> Vec<&str> {
    let parts: Vec<&str> = [" and ", " & ", " und ", " et ", " y ", " e ", " en ", " och ", " og "]
        .iter()
        .fold(name.split([',', ';', '，', '、']).collect::<Vec<_>>(), |parts, word| {
            parts.into_iter().flat_map(|part| part.split(word)).collect()
        })
        .into_iter()
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
        .collect();
    let is_name = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.len() > 1
            && words.len() < 5
            && words[0].starts_with(char::is_uppercase)
            && words[words.len() - 1].starts_with(char::is_uppercase)
            && !words.iter().any(|word| JOINING.contains(word))
    };
    if parts.iter().all(is_name) { parts } else { vec![name] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_by_line_is_taken_apart_only_into_names() {
        assert_eq!(people_in("Lin Wei, Ada Okafor and Jo Pe"), ["Lin Wei", "Ada Okafor", "Jo Pe"]);
        assert_eq!(people_in("Lin Wei, Ada Okafor, and Jo Pe"), ["Lin Wei", "Ada Okafor", "Jo Pe"]);
        assert_eq!(people_in("Lin Wei & Ada Okafor"), ["Lin Wei", "Ada Okafor"]);
        for one in [
            "Lin Wei",
            "Jane Doe, MD",
            "Sam Davis, Jr.",
            "Rivers desk",
            "Ministry of Trade and Foreign Affairs",
            "Bill and Melinda Gates Foundation",
            "Reuters, AP",
        ] {
            assert_eq!(people_in(one), [one]);
        }
    }
}
