//! Recognizes the header lines of a story: tags, sluglines, advisories, by-lines.

use super::names::{Person, is_name, people};

/// A tag (keyword) such as `UPDATE 2-`, `CORRECTED-UPDATE 1-` or `ANALYSIS:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Tag {
    /// The tag as written, without the separator after it.
    pub(in crate::import::wire) text: String,
    /// The keywords of the tag in upper case, with their numbers: `CORRECTED`, `UPDATE 1`.
    pub(in crate::import::wire) words: Vec<String>,
}

/// The keywords that wires put before a headline.
const TAGS: [&str; 33] = [
    "UPDATE",
    "WRAPUP",
    "WRAP-UP",
    "CORRECTED",
    "CORRECTION",
    "REFILE",
    "ANALYSIS",
    "EXPLAINER",
    "FACTBOX",
    "TIMELINE",
    "INTERVIEW",
    "EXCLUSIVE",
    "BREAKING",
    "BREAKING NEWS",
    "URGENT",
    "ALERT",
    "FLASH",
    "SNAP",
    "DEVELOPING",
    "OPINION",
    "COMMENTARY",
    "COLUMN",
    "EDITORIAL",
    "CLARIFICATION",
    "RECAST",
    "REPEAT",
    "RPT",
    "FEATURE",
    "INSIGHT",
    "FOCUS",
    "LEAD",
    "ADVISORY",
    "Q&A",
];

/// Splits a line into its tag and the headline after it, which may be empty. Returns none when the line has no tag.
pub(in crate::import::wire) fn tag(line: &str) -> Option<(Tag, &str)> {
    let mut rest = line.trim();
    let mut words = Vec::new();
    loop {
        let upper = rest.to_ascii_uppercase();
        let known = TAGS.iter().filter(|tag| upper.starts_with(**tag)).max_by_key(|tag| tag.len());
        let Some(known) = known else { break };
        let capitals = rest.starts_with(known);
        let mut after = &rest[known.len()..];
        let mut word = (*known).to_owned();
        let number = after.strip_prefix(' ').unwrap_or("");
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if (1..=2).contains(&digits) {
            word.push(' ');
            word.push_str(&number[..digits]);
            after = &number[digits..];
        }
        let next = after.trim_start();
        let sign = next.chars().next();
        let end = match sign {
            None => after.len(),
            Some(':' | '-' | '–' | '—' | '|') => after.len() - next.len() + sign.map_or(0, char::len_utf8),
            _ => break,
        };
        // In lower case, a keyword is an ordinary word unless a colon follows.
        if !capitals && sign != Some(':') {
            break;
        }
        words.push(word);
        rest = after[end..].trim_start_matches(['-', '–', '—']).trim_start();
    }
    if words.is_empty() {
        return None;
    }
    let text = line.trim();
    let text = text[..text.len() - rest.len()].trim_end().trim_end_matches([':', '-', '–', '—', '|']).trim_end();
    Some((Tag { text: text.to_owned(), words }, rest))
}

/// Whether a paragraph is an advisory, which tells editors what changed since the last version:
/// `(Adds comment, corrects figure)`.
pub(in crate::import::wire) fn is_advisory(text: &str) -> bool {
    const VERBS: [&str; 16] = [
        "adds",
        "updates",
        "corrects",
        "recasts",
        "rewrites",
        "refiles",
        "clarifies",
        "removes",
        "edits",
        "changes",
        "fixes",
        "repeats",
        "inserts",
        "deletes",
        "drops",
        "restores",
    ];
    let Some(inner) = text.trim().strip_prefix('(') else { return false };
    inner.contains(')') && verb(inner).is_some_and(|verb| VERBS.contains(&verb.as_str()))
        || inner.starts_with("This ") && inner.contains(" corrects ") && inner.ends_with(')')
}

/// Returns the first word of an advisory in lower case: the verb that tells the kind of change.
pub(in crate::import::wire) fn verb(text: &str) -> Option<String> {
    let word = text.trim_start_matches('(').split([' ', ',', ':', ';', ')']).next()?;
    (!word.is_empty()).then(|| word.to_lowercase())
}

/// Whether a line is a slugline: upper-case words joined with `-` or `/`, such as `VELTRAVIA-ENERGY/RAIL (UPDATE 1)`.
pub(in crate::import::wire) fn is_slugline(text: &str) -> bool {
    let text = text.trim();
    if text.strip_prefix("Slug:").or_else(|| text.strip_prefix("SLUG:")).is_some_and(|rest| !rest.trim().is_empty()) {
        return text.chars().count() <= 80;
    }
    let (slug, rest) = text.split_once(' ').unwrap_or((text, ""));
    let slug = slug.trim_end_matches(',');
    let segments: Vec<&str> = slug.split(['-', '/']).collect();
    let letters = |part: &&str| part.chars().all(|c| c.is_alphanumeric() || matches!(c, '&' | '.' | '\'' | '’'));
    segments.len() >= 2
        && text.chars().count() <= 80
        && segments.iter().all(|part| !part.is_empty() && letters(part))
        && slug.chars().filter(|c| c.is_uppercase()).count() >= 4
        && !text.chars().any(char::is_lowercase)
        && rest.split_whitespace().count() <= 4
        && (rest.is_empty()
            || rest.starts_with(['(', '['])
            || rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | ':')))
        && tag(text).is_none()
}

/// Returns the tag in the brackets of a slugline.
pub(in crate::import::wire) fn slug_tag(text: &str) -> Option<Tag> {
    let (_, rest) = text.split_once(['(', '['])?;
    let inner = rest.trim_end_matches([')', ']']);
    tag(inner).filter(|(_, rest)| rest.is_empty()).map(|(tag, _)| tag)
}

/// Parses a by-line into its people: `By Mara Voss and Tomas Lind in Kesh`. Returns none when the line is no by-line.
pub(in crate::import::wire) fn byline(text: &str) -> Option<Vec<Person>> {
    let text = text.trim();
    let list = ["By ", "BY ", "by "].into_iter().find_map(|by| text.strip_prefix(by))?;
    if text.chars().count() > 160 || text.ends_with('.') && !super::marks::is_abbreviation(text.rsplit(' ').next()?) {
        return None;
    }
    people(list)
}

/// Whether a line below a by-line names an employer or a position: `Harbor Wire`, `Staff Writer`.
pub(in crate::import::wire) fn is_affiliation(text: &str) -> bool {
    text.split_whitespace().count() <= 4 && is_name(text) && !text.ends_with('.') && !text.contains(char::is_numeric)
}

/// Whether a name in a by-line is that of an employer or a position rather than a person.
pub(in crate::import::wire) fn is_employer(name: &str) -> bool {
    const LAST: [&str; 14] = [
        "wire",
        "press",
        "news",
        "agency",
        "service",
        "writer",
        "correspondent",
        "reporter",
        "editor",
        "times",
        "post",
        "journal",
        "tribune",
        "herald",
    ];
    name.rsplit(' ').next().is_some_and(|word| name.contains(' ') && LAST.contains(&word.to_lowercase().as_str()))
}

/// Whether a line is a by-line.
pub(in crate::import::wire) fn is_byline(text: &str) -> bool {
    byline(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_cut_off() {
        for (line, words, headline) in [
            ("UPDATE 2-Veltravia signs rail pact", "UPDATE 2", "Veltravia signs rail pact"),
            ("CORRECTED-UPDATE 1-Port reopens", "CORRECTED|UPDATE 1", "Port reopens"),
            ("ANALYSIS: What the pact leaves out", "ANALYSIS", "What the pact leaves out"),
            ("Explainer: Who owns the port?", "EXPLAINER", "Who owns the port?"),
            ("EXCLUSIVE — Court sets date", "EXCLUSIVE", "Court sets date"),
            ("BREAKING NEWS", "BREAKING NEWS", ""),
            ("URGENT", "URGENT", ""),
            ("Focus - a magazine", "", ""),
            ("Update on the talks", "", ""),
            ("UPDATED FIGURES", "", ""),
            ("LEADERS MEET", "", ""),
        ] {
            let (found, rest) = tag(line).map_or((String::new(), ""), |(tag, rest)| (tag.words.join("|"), rest));
            assert_eq!((found.as_str(), rest), (words, headline), "{line}");
        }
        assert_eq!(tag("CORRECTED-UPDATE 1-Port").map(|(tag, _)| tag.text).as_deref(), Some("CORRECTED-UPDATE 1"));
    }

    #[test]
    fn sluglines_are_capitals_that_are_joined() {
        for line in ["VELTRAVIA-ENERGY/RAIL (UPDATE 1)", "HW-PORT-COURT, 450", "Slug: port court", "KESH/COURT"] {
            assert!(is_slugline(line), "{line}");
        }
        for line in
            ["GAS TALKS", "PORT SALIS, Nov 23", "RAIL-PACT SIGNED BY MINISTERS IN THE CITY", "UPDATE 2-PORT", "A-B"]
        {
            assert!(!is_slugline(line), "{line}");
        }
        assert_eq!(slug_tag("VELTRAVIA-RAIL (UPDATE 1)").map(|tag| tag.text).as_deref(), Some("UPDATE 1"));
    }

    #[test]
    fn advisories_say_what_changed() {
        assert!(is_advisory("(Adds minister’s comment in paragraph 3, corrects capacity in paragraph 5)"));
        assert!(is_advisory("(This Nov 23 story corrects the name of the port in paragraph 2)"));
        assert!(!is_advisory("(The minister adds nothing)"));
        assert!(!is_advisory("Adds comment"));
    }
}
