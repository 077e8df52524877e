//! A search for the names of topics in running text.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use crate::base::text;
use crate::site::ids::TopicId;
use crate::site::model::Site;

/// An automaton that finds the names of all topics in one pass.
pub struct TopicFinder {
    finder: AhoCorasick,
    names: Vec<Name>,
}

/// A search pattern.
struct Name {
    /// The name in the form of the texts to be searched.
    text: String,
    /// Whether letter case is ignored.
    any_case: bool,
    topic: TopicId,
}

/// An occurrence of a topic's name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The offset of its first byte.
    pub start: usize,
    /// The offset after its last byte.
    pub end: usize,
    /// The topic that the name denotes.
    pub topic: TopicId,
}

impl TopicFinder {
    /// Builds the automaton from titles and aliases, each converted by `form` to the form that it has in the texts,
    /// such as escaped HTML. Returns `None` when there are no names, or too many for an automaton.
    pub fn new(site: &Site, form: impl Fn(&str) -> String) -> Option<Self> {
        let mut names = Vec::new();
        for (index, topic) in site.topics.iter().enumerate() {
            let aliases = topic.head().map_or(&[][..], |head| &head.aliases);
            for name in std::iter::once(&topic.title).chain(aliases).map(|name| name.trim()) {
                if is_telling(name) {
                    let any_case = name.contains(' ') && !name.chars().any(char::is_uppercase);
                    // Rendered Markdown has typographic apostrophes, but raw HTML may have straight ones.
                    let plain = name.replace('’', "'");
                    let curly = plain.replace('\'', "’");
                    let mut forms = vec![plain, curly];
                    forms.dedup();
                    names.extend(forms.iter().map(|name| Name { text: form(name), any_case, topic: TopicId(index) }));
                }
            }
        }
        let patterns = names.iter().map(|name| name.text.as_bytes());
        // Names would have to take gigabytes for the automaton to be too large; the search is then omitted.
        let finder = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(patterns).ok()?;
        (!names.is_empty()).then_some(Self { finder, names })
    }

    /// Returns the mentions in order. `alone` decides from start and end whether a match is a whole word. Of
    /// overlapping matches the longest is returned.
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

/// Whether a name is specific enough to search for: three letters, or an abbreviation of two such as `EU`.
fn is_telling(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 3 || letters.len() == 2 && letters.iter().all(|c| c.is_uppercase())
}

/// Whether the range is a whole word: no letter, digit or combining mark adjoins it.
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
