//! The first mention of each topic's name in a story's text, linked to the topic's page.
//!
//! What is linked depends on the text and the names alone, so an edit elsewhere changes no page.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use crate::base::text;
use crate::content::document::Content;
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

/// A name and the topic that it means.
struct Name {
    /// As it stands in HTML.
    html: String,
    /// Whether capitals make no difference.
    any_case: bool,
    topic: TopicId,
}

/// The names of all topics, ready to be found.
pub(super) struct Mentions {
    finder: AhoCorasick,
    names: Vec<Name>,
}

/// A name in a text.
struct Found {
    start: usize,
    end: usize,
    topic: TopicId,
}

impl Mentions {
    /// The names of a site's topics; none when there is nothing to find.
    pub(super) fn new(site: &Site) -> Option<Self> {
        let mut names = Vec::new();
        for (index, topic) in site.topics.iter().enumerate() {
            let aliases = match topic.doc.map(|doc| &site.document(doc).content) {
                Some(Content::Topic(head, _)) => head.aliases.as_slice(),
                _ => &[],
            };
            for name in std::iter::once(&topic.title).chain(aliases).map(|name| name.trim()) {
                if is_telling(name) {
                    let any_case = name.contains(' ') && !name.chars().any(char::is_uppercase);
                    // Markdown sets typographic apostrophes; raw HTML may have the plain one.
                    let plain = name.replace('’', "'");
                    let curly = plain.replace('\'', "’");
                    let mut forms = vec![plain, curly];
                    forms.dedup();
                    names.extend(forms.iter().map(|form| Name {
                        html: escaped(form),
                        any_case,
                        topic: TopicId(index),
                    }));
                }
            }
        }
        let patterns = names.iter().map(|name| name.html.as_bytes());
        // Too large an automaton is no reason to fail: it would take names by the gigabyte.
        let finder = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(patterns).ok()?;
        (!names.is_empty()).then_some(Self { finder, names })
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
    fn find(&self, html: &str, start: usize, end: usize) -> Vec<Found> {
        // A name may be broken over two lines.
        let piece = html[start..end].replace('\n', " ");
        let mut found: Vec<Found> = self
            .finder
            .find_overlapping_iter(&piece)
            .map(|at| (at.start(), at.end(), &self.names[at.pattern().as_usize()]))
            .filter(|(from, to, name)| name.any_case || piece[*from..*to] == name.html)
            .filter(|(from, to, _)| stands_alone(html, start + from, start + to))
            .map(|(from, to, name)| Found { start: start + from, end: start + to, topic: name.topic })
            .collect();
        if found.len() > 1 {
            found.sort_by_key(|one| (std::cmp::Reverse(one.end - one.start), one.start));
            let mut kept: Vec<Found> = Vec::with_capacity(found.len());
            for one in found {
                if kept.iter().all(|other| one.end <= other.start || other.end <= one.start) {
                    kept.push(one);
                }
            }
            kept.sort_by_key(|one| one.start);
            return kept;
        }
        found
    }
}

/// Whether a name says enough to be linked wherever it stands: three letters, or an abbreviation such as `EU`.
fn is_telling(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 3 || letters.len() == 2 && letters.iter().all(|c| c.is_uppercase())
}

/// As the compiled text has it.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The pieces of prose in HTML, as ranges of bytes between its tags.
fn prose(html: &str) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    while at < html.len() {
        let tag = html[at..].find('<').map_or(html.len(), |found| at + found);
        if depth == 0 && tag > at {
            pieces.push((at, tag));
        }
        if tag == html.len() {
            break;
        }
        let end = tag_end(html, tag);
        let inside = &html[tag + 1..end];
        let (name, closes) = inside.strip_prefix('/').map_or((inside, false), |name| (name, true));
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
        if LEFT_ALONE.contains(&name.as_str()) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        at = (end + 1).min(html.len());
    }
    pieces
}

/// Where the tag or comment that starts at `tag` ends: the place of its `>`.
fn tag_end(html: &str, tag: usize) -> usize {
    let rest = &html[tag..];
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(html.len(), |at| tag + at + 2);
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return tag + at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
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
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || text::is_mark(c));
    let is_reference = before.ends_with('&') || before.ends_with("&#");
    !goes_on(before.chars().next_back()) && !goes_on(after.chars().next()) && !is_reference
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

    #[test]
    fn a_name_needs_three_letters_or_capitals() {
        for (name, telling) in
            [("ICC", true), ("EU", true), ("eu", false), ("C", false), ("oil", true), ("2023", false), ("C++", false)]
        {
            assert_eq!(is_telling(name), telling, "{name}");
        }
    }
}
