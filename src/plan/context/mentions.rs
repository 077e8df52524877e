//! The first mention of each topic's name in a story's text, linked to the topic's page.
//!
//! The result depends on the text and the names alone, so that an edit elsewhere changes no page.

use std::collections::HashSet;

use crate::base::html::{self, Token};
use crate::base::text;
use crate::site::topics::names::{self, Mention, TopicFinder};
use crate::site::{Site, TopicId};

/// Elements whose text is left alone: what is a link already, what is a title, what is not prose, and other people's
/// words.
const LEFT_ALONE: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "blockquote",
    "button",
    "caption",
    "cite",
    "code",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "kbd",
    "math",
    "pre",
    "q",
    "samp",
    "script",
    "select",
    "style",
    "summary",
    "svg",
    "template",
    "textarea",
    "title",
    "var",
];

/// Tags that may stand inside a word.
const INSIDE_WORDS: &[&str] =
    &["<em>", "</em>", "<strong>", "</strong>", "<del>", "</del>", "<b>", "</b>", "<i>", "</i>"];

/// The names of all topics, ready to be found.
pub(super) struct TopicMentions(TopicFinder);

impl TopicMentions {
    /// The names of a site's topics; none when there is nothing to find.
    pub(super) fn new(site: &Site) -> Option<Self> {
        TopicFinder::new(site, escaped).map(Self)
    }

    /// `html` with the first mention of each topic linked to the address that `link` gives.
    pub(super) fn link(&self, html: String, link: impl Fn(TopicId) -> String) -> String {
        let mut linked: HashSet<TopicId> = HashSet::new();
        let mut out = String::new();
        let mut written = 0;
        for (start, end) in prose(&html) {
            for found in self.find(&html, start, end) {
                if !linked.insert(found.topic) {
                    continue;
                }
                let url = link(found.topic);
                let mut opening = String::from("<a href=\"");
                text::escape_html(&url, &mut opening);
                opening.push_str("\">");
                // The writer has linked it in another place.
                if html.contains(&opening[..opening.len() - 1]) {
                    continue;
                }
                out.push_str(&html[written..found.start]);
                out.push_str(&opening);
                out.push_str(&html[found.start..found.end]);
                out.push_str("</a>");
                written = found.end;
            }
        }
        if written == 0 {
            return html;
        }
        out.push_str(&html[written..]);
        out
    }

    /// The names in a piece of text, in order; of those that overlap, the longest.
    fn find(&self, html: &str, start: usize, end: usize) -> Vec<Mention> {
        // A name may be broken over two lines.
        let piece = html[start..end].replace('\n', " ");
        let found = self.0.find(&piece, |from, to| stands_alone(html, start + from, start + to));
        found.into_iter().map(|one| Mention { start: start + one.start, end: start + one.end, ..one }).collect()
    }
}

/// Escapes a name in the way of the compiled text.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The pieces of prose in HTML, as ranges of bytes between its tags.
fn prose(html: &str) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut depth = 0usize;
    let is_left_alone = |name: &str| LEFT_ALONE.iter().any(|known| name.eq_ignore_ascii_case(known));
    for (token, range) in html::tokens(html) {
        match token {
            Token::Text(_) if depth == 0 => pieces.push((range.start, range.end)),
            Token::Open(tag) if is_left_alone(tag.name) => depth += 1,
            Token::Close(name) if is_left_alone(name) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    pieces
}

/// Whether no letter goes on before or after, and the place is not inside a character reference such as `&amp;`.
fn stands_alone(html: &str, start: usize, end: usize) -> bool {
    let (mut before, mut after) = (&html[..start], &html[end..]);
    while let Some(rest) = INSIDE_WORDS.iter().find_map(|tag| before.strip_suffix(tag)) {
        before = rest;
    }
    while let Some(rest) = INSIDE_WORDS.iter().find_map(|tag| after.strip_prefix(tag)) {
        after = rest;
    }
    let is_reference = before.ends_with('&') || before.ends_with("&#");
    names::stands_alone(html, before.len(), html.len() - after.len()) && !is_reference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_what_stands_outside_links_titles_and_quotes() {
        let html = "<h2 id=\"a\">No</h2><p title=\"a > b\">Yes <a href=\"x\">no</a> yes<!-- no --></p><blockquote><p>no</p></blockquote><pre><code>no</code></pre><figure><img><figcaption>no</figcaption></figure>end";
        let texts: Vec<&str> = prose(html).into_iter().map(|(start, end)| &html[start..end]).collect();
        assert_eq!(texts, ["Yes ", " yes", "end"]);
        for broken in ["<", "<a", "x <!-- y", "</a></a>x", "<p title=\"x", "é<é"] {
            prose(broken);
        }
    }
}
