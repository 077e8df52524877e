//! Rules about link texts.

use crate::base::rules;
use crate::check::findings::Findings;
use crate::check::subject::Subject;

/// Link texts that do not describe their target (WCAG 2.2, criterion 2.4.4).
const VAGUE: [&str; 18] = [
    "click here",
    "here",
    "click",
    "click this link",
    "this link",
    "link",
    "read more",
    "more",
    "learn more",
    "see here",
    "read it here",
    "read here",
    "see more",
    "find out more",
    "view more",
    "go here",
    "over here",
    "right here",
];

/// A link text like `click here`.
pub(in crate::check) fn vague_link(subject: &Subject<'_>, found: &mut Findings) {
    if !subject.is_english() {
        return;
    }
    for link in &subject.prose.links {
        let words = link.words.trim_matches(|c: char| !c.is_alphanumeric() && c != '\u{fffc}').to_lowercase();
        if VAGUE.contains(&words.as_str()) {
            let message = format!("`{}` does not say where the link leads", link.words.trim());
            let help =
                "make the words that name the target the link: readers and screen readers skim from link to link";
            found.push(rules::VAGUE_LINK, subject.place(&link.range), message, help);
        }
    }
}
