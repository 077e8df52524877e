//! Recognizes the markers that wires put at the start of a line, or on a line of their own.

/// The kind of a bullet at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::wire) enum Bullet {
    /// A bullet character such as `•`, which also marks cross-heads.
    Sign,
    /// A dash, which marks list items only.
    Dash,
}

/// Splits a line into its bullet and the text after it. Returns none when it has no bullet or no words.
pub(in crate::import::wire) fn bullet(line: &str) -> Option<(Bullet, &str)> {
    let line = line.trim_start();
    let mut chars = line.chars();
    let (bullet, spaced) = match chars.next()? {
        '•' | '‣' | '▪' | '◦' | '●' | '■' | '▸' | '►' => (Bullet::Sign, false),
        '·' | '*' => (Bullet::Sign, true),
        '-' | '–' | '—' => (Bullet::Dash, true),
        _ => return None,
    };
    let rest = chars.as_str();
    if spaced && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let rest = rest.trim();
    (rest.chars().any(char::is_alphanumeric)).then_some((bullet, rest))
}

/// Whether a line is an end mark: `-30-`, `###`, `ENDS`, `(END)`.
pub(in crate::import::wire) fn is_end(line: &str) -> bool {
    let line = line.trim();
    let bare = line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '(' | ')' | '/' | '.' | '*' | ' '));
    let signs: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    if signs.len() >= 3 && signs.bytes().all(|byte| byte == b'#') {
        return true;
    }
    let dressed = bare.len() < line.trim_end_matches('.').len();
    match bare {
        "30" => dressed,
        "END" | "ENDS" => true,
        _ => dressed && matches!(bare.to_lowercase().as_str(), "end" | "ends"),
    }
}

/// Returns the words between two dashes of the same kind: `- Background -`.
pub(in crate::import::wire) fn between_dashes(line: &str) -> Option<&str> {
    ["- ", "– ", "— "]
        .iter()
        .find_map(|dash| line.trim().strip_prefix(dash)?.strip_suffix(&[" ", dash.trim()].concat()))
}

/// Whether a line is a separator of repeated punctuation, such as `* * *`, `___` or `---`.
pub(in crate::import::wire) fn is_break(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3
        && signs.iter().all(|c| *c == signs[0])
        && matches!(signs[0], '*' | '_' | '-' | '–' | '—' | '=' | '~' | '•')
}

/// Whether a line ends with punctuation that can end a sentence.
pub(in crate::import::wire) fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '?', '!', ':', '…', '”', '"', ')', '»'])
}

/// Whether a line is a cross-head in upper case: at most eight words, without final punctuation.
pub(in crate::import::wire) fn is_capitals(line: &str) -> bool {
    let line = line.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let telling = words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    letters > 0
        && telling
        && (1..=8).contains(&words.len())
        && !line.chars().any(char::is_lowercase)
        && line.chars().any(char::is_uppercase)
        && !line.ends_with(['.', ',', ';', '!', ')', '-', '–', '—'])
}

/// Whether a word is an abbreviation, such as `Jr.` or an initial, whose period does not end a sentence.
pub(super) fn is_abbreviation(word: &str) -> bool {
    const KNOWN: [&str; 38] = [
        "jr", "sr", "st", "mr", "mrs", "ms", "dr", "gen", "col", "lt", "capt", "sgt", "gov", "sen", "rep", "prof",
        "rev", "hon", "no", "vs", "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct",
        "nov", "dec", "ft", "mt", "approx", "est",
    ];
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(bare) = word.strip_suffix('.') else { return false };
    let initial = bare.chars().filter(|c| c.is_alphabetic()).count() == 1;
    initial && bare.chars().any(char::is_uppercase)
        || bare.contains('.')
        || KNOWN.contains(&bare.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_from_words() {
        for line in ["-30-", "— 30 —", "###", "# # #", "ENDS", "ENDS.", "(END)", "-ends-", "/ENDS/", "  - end -"] {
            assert!(is_end(line), "{line}");
        }
        for line in ["30", "Ends", "end", "# 1", "END OF TERM", "##", "-3-", "3030", ""] {
            assert!(!is_end(line), "{line}");
        }
    }

    #[test]
    fn bullets_are_followed_by_words() {
        for (line, found) in [
            ("  • No New Gas Deals", Some((Bullet::Sign, "No New Gas Deals"))),
            ("•No space", Some((Bullet::Sign, "No space"))),
            ("* Starred", Some((Bullet::Sign, "Starred"))),
            ("*Emphasised*", None),
            ("- price", Some((Bullet::Dash, "price"))),
            ("– price", Some((Bullet::Dash, "price"))),
            ("-30-", None),
            ("* * *", None),
            ("•", None),
        ] {
            assert_eq!(bullet(line), found, "{line}");
        }
    }
}
