//! Rules about wording.

use std::ops::Range;

use crate::base::rules;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::document::Content;
use crate::content::markdown::BlockKind;

/// Editors' marks for missing text, reported anywhere.
const TO_COME: [&str; 3] = ["TK", "TKTK", "TKTKTK"];
/// Marks that are also programmers' vocabulary, about which a story may be written: reported only where they start
/// something.
const TO_DO: [&str; 2] = ["TODO", "FIXME"];
/// Words after which `TK` is part of a name, or `TODO` of a term.
const NAMES: [&str; 14] = [
    "maxx",
    "elevator",
    "list",
    "lists",
    "app",
    "apps",
    "application",
    "comment",
    "comments",
    "item",
    "items",
    "group",
    "entry",
    "entries",
];
/// Function words. Content words are doubled on purpose as often as by mistake (`done done`, `return type type error`),
/// and a few function words are too: `he had had`, `that that`, `those who were were`.
const LINKING: [&str; 58] = [
    "the", "a", "an", "and", "or", "but", "nor", "of", "to", "in", "at", "by", "with", "from", "about", "into", "onto",
    "than", "then", "as", "if", "when", "while", "because", "what", "which", "whose", "our", "my", "your", "their",
    "his", "its", "this", "these", "those", "we", "they", "he", "she", "be", "been", "are", "was", "has", "have",
    "will", "would", "could", "should", "can", "must", "may", "not", "also", "just", "still", "only",
];
/// Words that are never doubled on purpose, so that the second can be deleted without asking.
const NEVER_TWICE: [&str; 9] = ["the", "a", "an", "and", "of", "their", "our", "my", "your"];

/// `TK`, `TODO` or `FIXME` is left in text that readers see.
pub(in crate::check) fn tk_left(subject: &Subject<'_>, found: &mut Findings) {
    const HELP: &str = "write what is missing, or take the mark out";
    // Nearly all files have none of them, and one search of the bytes shows it.
    if !["TK", "TODO", "FIXME"].iter().any(|mark| subject.text.contains(mark)) {
        return;
    }
    let message = |mark: &str| format!("`{mark}` is left in the text");
    for block in &subject.prose.blocks {
        for range in marks(&block.text) {
            let place = subject.place(&block.source(&range));
            found.push(rules::TK_LEFT, place, message(&block.text[range]), HELP);
        }
    }
    for image in &subject.prose.images {
        for text in image.alt.iter().chain([&image.title]) {
            if let Some(range) = marks(text).next() {
                found.push(rules::TK_LEFT, subject.place(&image.range), message(&text[range]), HELP);
            }
        }
    }
    for (path, text) in head_texts(subject) {
        let Some(range) = marks(text).next() else { continue };
        let mark = &text[range];
        let keys: Vec<&str> = path.split('/').collect();
        let mut place = subject.document.place(&keys);
        // On a single line, the mark itself; in a block scalar, the start of the value.
        let from = place.marked().start;
        let line: String = place.text.chars().skip(from).collect();
        if let Some(at) = marks(&line).find(|at| &line[at.clone()] == mark) {
            place.column += line[..at.start].chars().count() as u32;
            place.end_column = place.column + mark.len() as u32;
        }
        found.push(rules::TK_LEFT, place, message(mark), HELP);
    }
}

/// The values of the front matter that readers see, by their paths.
pub(in crate::check) fn head_texts<'s>(subject: &'s Subject<'_>) -> Vec<(String, &'s str)> {
    let mut texts: Vec<(String, &str)> = Vec::new();
    let mut push = |path: &str, text: Option<&'s String>| {
        texts.extend(text.map(|text| (path.to_owned(), text.as_str())));
    };
    match &subject.document.content {
        Content::Article(head, _) => {
            push("title", Some(&head.title));
            push("short_title", head.short_title.as_ref());
            push("summary", head.summary.as_ref());
            for (index, point) in head.key_points.iter().enumerate() {
                push(&format!("key_points/{index}"), Some(point));
            }
            for (index, fact) in head.facts.iter().enumerate() {
                push(&format!("facts/{index}/label"), Some(&fact.label));
                push(&format!("facts/{index}/value"), Some(&fact.value));
            }
            for update in &head.updates {
                push("updates", update.text.as_ref());
            }
            if let Some(image) = &head.image {
                push("image/alt", Some(&image.alt));
                push("image/caption", image.caption.as_ref());
                push("image/credit", image.credit.as_ref());
            }
        }
        Content::Briefing(head, _) => {
            push("title", head.title.as_ref());
            push("summary", head.summary.as_ref());
            for update in &head.updates {
                push("updates", update.text.as_ref());
            }
        }
        Content::Entry(head, entry) => {
            texts.push(("title".to_owned(), entry.heading()));
            texts
                .extend(head.updates.iter().filter_map(|update| Some(("updates".to_owned(), update.text.as_deref()?))));
        }
        Content::Topic(head, _) => push("summary", head.summary.as_ref()),
        Content::Person(head, _) => push("role", head.role.as_ref()),
        Content::Page(head, _) => {
            push("title", Some(&head.title));
            push("summary", head.summary.as_ref());
        }
    }
    texts
}

/// Byte ranges of marks in a text, as whole words.
fn marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let all = |mark: &'static str| text.match_indices(mark).map(move |(at, _)| at..at + mark.len());
    let to_come = TO_COME.into_iter().flat_map(all);
    let to_do = TO_DO.into_iter().flat_map(all).filter(|range| begins(text, range));
    to_come.chain(to_do).filter(|range| stands_alone(text, range))
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let joins =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '@' | '#' | '=' | '&' | '+' | '\'' | '’');
    if before.ends_with(|c| joins(c) || c == '.') || after.starts_with(joins) {
        return false;
    }
    // `TODO.txt`, `TODO:example.org`
    let mut rest = after.chars();
    if matches!(rest.next(), Some('.' | ':')) && rest.next().is_some_and(char::is_alphanumeric) {
        return false;
    }
    let next =
        after.trim_start_matches([' ', '"', '”', '’']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    // A flight number, such as `TK 1980`.
    let is_flight = &text[range.clone()] == "TK"
        && after.starts_with(' ')
        && next.len() > 2
        && next.bytes().all(|byte| byte.is_ascii_digit());
    !is_flight && !NAMES.contains(&next.to_lowercase().as_str())
}

/// Whether a mark starts a text, a sentence or a bracket, or is followed by a task.
fn begins(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end();
    before.is_empty()
        || before.ends_with(['.', '!', '?', '(', '[', '{', '—', '–', '…'])
        || text[range.end..].starts_with([':', '('])
}

/// A doubled word.
pub(in crate::check) fn doubled_word(subject: &Subject<'_>, found: &mut Findings) {
    if !subject.is_english() {
        return;
    }
    for block in &subject.prose.blocks {
        for (first, second) in doubles(&block.text) {
            let word = &block.text[second.clone()];
            let (one, other) = (block.source(&first), block.source(&second));
            let mut place = subject.place(&(one.start..other.end));
            let is_one_line = subject.place(&other).line == place.line;
            if !is_one_line {
                place = subject.place(&other);
            }
            let message = format!("`{word} {word}`: a word occurs twice");
            found.push(rules::DOUBLED_WORD, place, message, "take one of them out");
            let gap = subject.text.get(subject.body + one.end..subject.body + other.start).unwrap_or("x");
            if is_one_line && NEVER_TWICE.contains(&word) && gap.chars().all(|c| c == ' ') {
                found.replace_with(&block.text[first]);
            }
        }
    }
}

/// Doubled words whose second occurrence is in lower case. Tripled words and words in quotation marks are deliberate.
fn doubles(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    if !may_have_doubles(text) {
        return Vec::new();
    }
    let start = text.as_ptr() as usize;
    let tokens: Vec<Token<'_>> = text
        .split_whitespace()
        .map(|token| {
            let opened = token.trim_start_matches(['“', '‘', '"', '\'', '(', '[']);
            let word = opened.trim_end_matches([',', '.', ';', ':', '!', '?', ')', ']', '”', '’', '"', '\'', '…']);
            let at = word.as_ptr() as usize - start;
            Token {
                word,
                range: at..at + word.len(),
                opens: opened.len() < token.len(),
                ends: word.len() < opened.len(),
            }
        })
        .collect();
    let is_double = |at: usize| {
        let (Some(first), Some(second)) = (tokens.get(at), tokens.get(at + 1)) else { return false };
        let is_start = at == 0 || tokens[at - 1].ends;
        let is_capital = first.word.chars().skip(1).all(|c| !c.is_uppercase());
        let same = first.word == second.word || is_start && is_capital && first.word.to_lowercase() == second.word;
        let is_quoted = first.opens && second.ends;
        same && !first.ends && !second.opens && !is_quoted && LINKING.contains(&second.word)
    };
    let found = (0..tokens.len()).filter(|at| is_double(*at) && !is_double(at + 1) && (*at == 0 || !is_double(at - 1)));
    found.map(|at| (tokens[at].range.clone(), tokens[at + 1].range.clone())).collect()
}

/// Whether two adjacent words may be equal: a fast filter that rules out nearly all texts.
fn may_have_doubles(text: &str) -> bool {
    let mut before = "";
    text.split_ascii_whitespace().any(|token| {
        let word = token.trim_matches(|c: char| !c.is_alphabetic());
        let is_same = !word.is_empty() && word.eq_ignore_ascii_case(before);
        before = word;
        is_same
    })
}

/// A word with its punctuation.
struct Token<'t> {
    word: &'t str,
    range: Range<usize>,
    /// Whether punctuation precedes it.
    opens: bool,
    /// Whether punctuation follows it.
    ends: bool,
}

/// A heading that skips a level.
pub(in crate::check) fn skipped_heading(subject: &Subject<'_>, found: &mut Findings) {
    let mut before: Option<u8> = None;
    for block in &subject.prose.blocks {
        let BlockKind::Heading(level) = block.kind else { continue };
        if let Some(before) = before.filter(|before| level > before + 1) {
            let place = subject.place(&block.source(&(0..block.text.len())));
            let message = format!("a heading of level {level} follows one of level {before}");
            let help = format!(
                "begin it with `{}`, or give the level between them a heading",
                "#".repeat(before as usize + 1)
            );
            found.push(rules::SKIPPED_HEADING, place, message, help);
        }
        before = Some(level);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_whole_words_in_capitals() {
        let found = |text: &str| marks(text).map(|range| text[range].to_owned()).collect::<Vec<_>>();
        for text in [
            "TK",
            "said TK.",
            "(TK)",
            "by TK, who",
            "TODO: ask",
            "“TK”",
            "He left. FIXME",
            "[TODO ask]",
            "TKTK said",
            "TK 40 people",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        for text in [
            "tk",
            "TKs",
            "ATK",
            "TK Maxx",
            "TK-421",
            "a/TODO",
            "TODO.txt",
            "a TODO list",
            "TODO_x",
            "flight TK 1980",
            "#TODO",
            "remove FIXME",
            "outdated TODO marks",
            "\u{fffc}",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn doubled_words_are_told_from_names_and_grammar() {
        let found =
            |text: &str| doubles(text).into_iter().map(|(_, second)| text[second].to_owned()).collect::<Vec<_>>();
        for (text, word) in [
            ("in the the port", "the"),
            ("The the port", "the"),
            ("and and.", "and"),
            ("of a a (x)", "a"),
            ("he said. The the port", "the"),
        ] {
            assert_eq!(found(text), [word], "{text}");
        }
        for text in [
            "Bora Bora",
            "he had had enough",
            "that that",
            "the, the",
            "no no",
            "the The Hague",
            "the \u{fffc} the",
            "4 4",
            "so-so so-so-so",
            "the (the port)",
            "is: is",
            "x x",
            "THE the",
            "is “as as” new",
            "the the the",
            "done done",
            "for for and while",
            "log in: in",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
