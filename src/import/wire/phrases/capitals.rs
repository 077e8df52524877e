//! Converts upper-case text to sentence case, and sentences to headlines.

use std::collections::{BTreeMap, BTreeSet};

use super::marks;

/// The proper nouns of a story, by their lower-case form, as spelled in its running text.
pub(in crate::import::wire) struct WrittenWords(BTreeMap<String, String>);

impl WrittenWords {
    /// Collects the words that are capitalized everywhere in the texts, not counting the start of a sentence.
    pub(in crate::import::wire) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut small: BTreeSet<String> = BTreeSet::new();
        for text in texts.filter(|text| text.chars().any(char::is_lowercase)) {
            let mut starts = true;
            for token in text.split_whitespace() {
                for word in token.split(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'')) {
                    let word = word.trim_end_matches("’s").trim_end_matches("'s").trim_matches(['’', '\'']);
                    if word.starts_with(char::is_lowercase) {
                        small.insert(word.to_owned());
                    } else if word.starts_with(char::is_uppercase) && !starts {
                        names.entry(word.to_lowercase()).or_insert_with(|| word.to_owned());
                    }
                    starts &= word.is_empty();
                }
                starts |= marks::ends_sentence(token) && !marks::is_abbreviation(token);
            }
        }
        names.retain(|lower, _| !small.contains(lower));
        Self(names)
    }

    /// Converts upper-case text to sentence case, with proper nouns capitalized.
    pub(in crate::import::wire) fn sentence(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut word = String::new();
        for c in text.chars().chain(['\0']) {
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            let lower = word.to_lowercase();
            match self.0.get(&lower) {
                Some(name) => out.push_str(name),
                None if out.chars().any(char::is_alphanumeric) => out.push_str(&lower),
                None => out.extend(word.chars().enumerate().flat_map(|(at, c)| {
                    let lower: Vec<char> = if at == 0 { vec![c] } else { c.to_lowercase().collect() };
                    lower
                })),
            }
            word.clear();
            if c != '\0' {
                out.push(c);
            }
        }
        out
    }
}

/// Returns the first sentences of a text: about `limit` characters at most, but at least one sentence.
pub(in crate::import::wire) fn opening(text: &str, limit: usize) -> &str {
    let mut end = 0;
    for (at, next) in sentence_ends(text) {
        if end > 0 && text[..at].chars().count() > limit {
            break;
        }
        end = at;
        if next || text[..at].chars().count() > limit * 2 / 3 {
            break;
        }
    }
    text[..end].trim()
}

/// Returns the byte offset at which each sentence ends; the last one with `true`.
fn sentence_ends(text: &str) -> Vec<(usize, bool)> {
    let mut ends = Vec::new();
    let mut from = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        from += token.len();
        let word = token.trim_end();
        let bare = word.trim_end_matches(['”', '"', ')', '’', '»']);
        let stop = bare.ends_with(['.', '?', '!', '…']) && !marks::is_abbreviation(bare);
        let capital = text[from..].trim_start().chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
        if stop && capital {
            ends.push((from, from >= text.len()));
        }
    }
    if ends.last().is_none_or(|(end, _)| *end < text.len()) {
        ends.push((text.len(), true));
    }
    ends
}

/// The maximum length, in characters, of a sentence that serves as a headline unabridged.
const WHOLE: usize = 105;
/// The length, in characters, to which a longer sentence is cut.
const LONGEST: usize = 90;
/// The words that a headline must not end with.
const JOINING: [&str; 18] = [
    "a", "an", "and", "at", "by", "for", "from", "his", "her", "in", "its", "of", "on", "that", "the", "their", "to",
    "with",
];

/// Proposes a headline from the first sentence of a text: without its period and its attribution, cut at the end of a
/// clause.
pub(in crate::import::wire) fn proposal(text: &str) -> String {
    let sentence = opening(text, 1);
    let mut sentence = sentence.trim_end_matches(['.', ' ']).to_owned();
    if let Some(at) = sentence.rfind(", ")
        && at >= 30
        && [" said", " says", " reported", " told "].iter().any(|verb| sentence[at..].contains(verb))
    {
        sentence.truncate(at);
    }
    if sentence.chars().count() <= WHOLE {
        return sentence;
    }
    let limit = sentence.char_indices().nth(LONGEST).map_or(sentence.len(), |(at, _)| at);
    let clause =
        [", ", "; ", " – ", " — ", " -- ", " as ", " after "].iter().filter_map(|sign| sentence[..limit].rfind(sign));
    let cut = clause.max().filter(|at| *at >= 40).or_else(|| sentence[..limit].rfind(' ')).unwrap_or(limit);
    sentence.truncate(cut);
    while let Some((before, word)) = sentence.rsplit_once(' ')
        && JOINING.contains(&word)
    {
        sentence.truncate(before.len());
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_a_sentence() {
        let names = WrittenWords::of(
            ["The deal binds Veltravia and the EU. Gas is left out.", "More gas than in Kesh’s port."].into_iter(),
        );
        assert_eq!(names.sentence("GAS TALKS"), "Gas talks");
        assert_eq!(names.sentence("WHAT VELTRAVIA WANTS FROM THE EU"), "What Veltravia wants from the EU");
        assert_eq!(names.sentence("“KESH’S PORT”"), "“Kesh’s port”");
    }

    #[test]
    fn sentences_end_at_stops_that_are_no_abbreviations() {
        assert_eq!(
            opening("Gen. A. Fell met the U.S. envoy in St. Elmo on Nov. 3. Talks failed.", 20),
            "Gen. A. Fell met the U.S. envoy in St. Elmo on Nov. 3."
        );
        assert_eq!(
            opening("“Wait!” she said. He went. And came back again, much later.", 40),
            "“Wait!” she said. He went."
        );
        assert_eq!(opening("No stop", 40), "No stop");
    }

    #[test]
    fn headlines_are_cut_where_a_clause_ends() {
        assert_eq!(
            proposal("The port of Kesh will reopen in March, the ministry said on Monday. More."),
            "The port of Kesh will reopen in March"
        );
        let joined = "The ministers of seven ports and of four inland towns have come together for the intercontinental forum of Kesh";
        assert_eq!(proposal(joined), "The ministers of seven ports and of four inland towns have come together");
        let long = proposal(
            "Veltravia signed a rail pact with its northern neighbour that had been in the making for eleven years, leaving gas for later talks.",
        );
        assert!(long.chars().count() <= 90 && long.starts_with("Veltravia signed"), "{long}");
    }
}
