//! Rules about syntax that readers see: marks of emphasis, and shortcodes of other programs.

use std::ops::Range;

use crate::base::rules;
use crate::base::text::truncate;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::markdown::Block;

/// Longest shortcode that is looked for, in bytes.
const SHORTCODE: usize = 400;
/// Shortcodes of `WordPress` and its widespread plugins, which stand in square brackets.
const BRACKETED: [&str; 14] = [
    "caption",
    "gallery",
    "embed",
    "playlist",
    "audio",
    "video",
    "youtube",
    "vimeo",
    "tweet",
    "instagram",
    "wp_caption",
    "contact-form",
    "contact-form-7",
    "vc_row",
];

/// Marks of emphasis are left in the text.
pub(in crate::check) fn stray_mark(subject: &Subject<'_>, found: &mut Findings) {
    for block in &subject.prose.blocks {
        for range in stray_marks(block, &subject.text[subject.body..]) {
            let mark = &block.text[range.clone()];
            let word = block.text[range.start..].split_whitespace().next().unwrap_or(mark);
            let message = format!("`{}` was meant as emphasis, and readers see its marks", truncate(word, 40));
            let help = format!(
                "end it with `{mark}` right behind a word, or write `\\{}` for the signs themselves",
                mark.chars().map(String::from).collect::<Vec<_>>().join("\\")
            );
            found.push(rules::STRAY_MARK, subject.place(&block.source(&range)), message, help);
        }
    }
}

/// Runs of marks that could begin emphasis and do not. A censored word, a power and a mask of stars are none.
fn stray_marks(block: &Block, source: &str) -> Vec<Range<usize>> {
    let text = block.text.as_str();
    let mut found = Vec::new();
    let mut after = 0;
    for (start, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, '*' | '~' | '_')) {
        if start < after {
            continue;
        }
        let length = text[start..].bytes().take_while(|byte| char::from(*byte) == sign).count();
        after = start + length;
        let before = text[..start].chars().next_back();
        let Some(next) = text[after..].chars().next().filter(|next| !next.is_whitespace()) else { continue };
        let is_free = before.is_none_or(|c| c.is_whitespace() || !c.is_ascii() && c.is_alphabetic() && sign != '_');
        let may_open = match (sign, length) {
            ('*', 2 | 3) | ('~', 2) => is_free || before.is_some_and(|before| matches!(before, '(' | '"' | '\'')),
            // At the beginning of a text it marks a footnote.
            ('*', 1) => before.is_some_and(char::is_whitespace) && next.is_alphabetic(),
            // A name in a program may begin with underscores, and has more of them.
            ('_', 2) => {
                let word = text[after..].split_whitespace().next().unwrap_or("");
                is_free && next.is_alphabetic() && !word.contains(['_', '('])
            }
            _ => false,
        };
        let is_escaped = || {
            let at = block.source(&(start..start + 1)).start;
            source.get(..at).is_none_or(|before| before.ends_with('\\'))
        };
        if may_open && !is_escaped() {
            found.push(start..after);
        }
    }
    found
}

/// A shortcode of another program is left in the text.
pub(in crate::check) fn foreign_shortcode(subject: &Subject<'_>, found: &mut Findings) {
    for block in &subject.prose.blocks {
        for range in shortcodes(&block.text) {
            let code = truncate(&block.text[range.clone()].replace('\u{fffc}', "…"), 60);
            let message = format!("`{code}` is a shortcode of another program: readers see it as it stands");
            let help = "write in its place what it showed, or a link to it; put it between backticks if it is meant";
            found.push(rules::FOREIGN_SHORTCODE, subject.place(&block.source(&range)), message, help);
        }
    }
}

/// Shortcodes in a text: `{{< x >}}` and `{{% x %}}` of Hugo, `{{ x }}` of Zola and Jekyll, `{% x %}` of Liquid, and
/// `[x …]` of `WordPress`.
fn shortcodes(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['{', '[']).map(|open| at + open) {
        // No more than one shortcode is read at a time: a text may be full of beginnings without an end.
        let limit = (open..=text.len().min(open + SHORTCODE)).rev().find(|at| text.is_char_boundary(*at));
        let rest = &text[open..limit.unwrap_or(open)];
        let end = if rest.starts_with("{{") {
            closed(rest, "}}")
        } else if rest.starts_with("{%") {
            closed(rest, "%}")
        } else if rest.starts_with('[') && !text[..open].ends_with('[') && is_bracketed(&rest[1..]) {
            closed(rest, "]")
        } else {
            None
        };
        at = open + end.unwrap_or(1);
        found.extend(end.map(|end| open..open + end));
    }
    found
}

/// The length of a text up to its end mark.
fn closed(text: &str, end: &str) -> Option<usize> {
    text.find(end).map(|at| at + end.len())
}

/// Whether a text begins with a shortcode's name, and goes on as one: `gallery ids=…`, `embed]`, `/caption]`.
fn is_bracketed(text: &str) -> bool {
    let (text, is_end) = text.strip_prefix('/').map_or((text, false), |text| (text, true));
    let length = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    let (name, rest) = text.split_at(length);
    let has_attribute = || rest.starts_with(' ') && rest.split(']').next().is_some_and(|inner| inner.contains('='));
    BRACKETED.contains(&name)
        && (rest.starts_with(']') && (is_end || name == "embed" || name == "gallery") || has_attribute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_of_other_programs_are_found() {
        for text in [
            "{{< youtube abc >}}",
            "{{% notice %}}",
            "{{ youtube(id=\"x\") }}",
            "{{ site.baseurl }}",
            "{% include a.html %}",
            "[gallery ids=\"1,2\"]",
            "[embed]",
            "[/caption]",
        ] {
            let around = format!("See {text} there.");
            let found: Vec<&str> = shortcodes(&around).into_iter().map(|range| &around[range]).collect();
            assert_eq!(found, [text]);
        }
        for text in ["{{ open", "{ a }", "[caption]", "[gallery of kings]", "[1]", "a {b} %}", "[[gallery]]"] {
            assert_eq!(shortcodes(text), Vec::<Range<usize>>::new(), "{text}");
        }
    }
}
