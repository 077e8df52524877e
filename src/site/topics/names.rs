//! The names of topics in a running text.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use crate::base::text;
use crate::site::ids::TopicId;
use crate::site::model::Site;

/// The names of all topics, ready to be found.
pub struct TopicFinder {
    finder: AhoCorasick,
    names: Vec<Name>,
}

/// A name and the topic that it means.
struct Name {
    /// As it stands in the texts that are searched.
    text: String,
    /// Whether capitals make no difference.
    any_case: bool,
    topic: TopicId,
}

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The topic that it means.
    pub topic: TopicId,
}

impl TopicFinder {
    /// The names of a site's topics, in the form that `form` gives them in the texts to be searched; none when there is
    /// nothing to find.
    pub fn new(site: &Site, form: impl Fn(&str) -> String) -> Option<Self> {
        let mut names = Vec::new();
        for (index, topic) in site.topics.iter().enumerate() {
            let aliases = topic.head().map_or(&[][..], |head| &head.aliases);
            for name in std::iter::once(&topic.title).chain(aliases).map(|name| name.trim()) {
                if is_telling(name) {
                    let any_case = name.contains(' ') && !name.chars().any(char::is_uppercase);
                    // Markdown sets typographic apostrophes; raw HTML may have the plain one.
                    let plain = name.replace('’', "'");
                    let curly = plain.replace('\'', "’");
                    let mut forms = vec![plain, curly];
                    forms.dedup();
                    names.extend(forms.iter().map(|name| Name { text: form(name), any_case, topic: TopicId(index) }));
                }
            }
        }
        let patterns = names.iter().map(|name| name.text.as_bytes());
        // Too large an automaton is no reason to fail: it would take names by the gigabyte.
        let finder = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(patterns).ok()?;
        (!names.is_empty()).then_some(Self { finder, names })
    }

    /// The names in a text of which `alone` says that no word goes on around them, in order; of those that overlap, the
    /// longest.
    pub fn find(&self, text: &str, alone: impl Fn(usize, usize) -> bool) -> Vec<Mention> {
        let mut found: Vec<Mention> = self
            .finder
            .find_overlapping_iter(text)
            .map(|at| (at.start(), at.end(), &self.names[at.pattern().as_usize()]))
            .filter(|(from, to, name)| name.any_case || text[*from..*to] == name.text)
            .filter(|(from, to, _)| alone(*from, *to))
            .map(|(start, end, name)| Mention { start, end, topic: name.topic })
            .collect();
        if found.len() > 1 {
            found.sort_by_key(|one| (std::cmp::Reverse(one.end - one.start), one.start));
            let mut kept: Vec<Mention> = Vec::with_capacity(found.len());
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

/// Whether a name says enough to be found wherever it stands: three letters, or an abbreviation such as `EU`.
fn is_telling(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 3 || letters.len() == 2 && letters.iter().all(|c| c.is_uppercase())
}

/// Whether no letter of `text` goes on before `start` or after `end`.
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || text::is_mark(c));
    !goes_on(text[..start].chars().next_back()) && !goes_on(text[end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_needs_three_letters_or_capitals() {
        for (name, telling) in
            [("ICC", true), ("EU", true), ("eu", false), ("C", false), ("oil", true), ("2023", false), ("C++", false)]
        {
            assert_eq!(is_telling(name), telling, "{name}");
        }
    }
}
