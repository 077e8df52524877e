//! Converts the blocks of a story to Markdown that renders like the copy.

use crate::import::wire::copy::story::CopyBlock;

/// Returns a block as Markdown, without blank lines around it.
pub(super) fn block(block: &CopyBlock) -> String {
    match block {
        CopyBlock::Text(text) => paragraph(text),
        CopyBlock::Heading(text, _) => format!("## {}", heading(text)),
        CopyBlock::List(items) => {
            items.iter().map(|item| format!("- {}", paragraph(item))).collect::<Vec<_>>().join("\n")
        }
        CopyBlock::Break => "* * *".to_owned(),
        CopyBlock::Columns(lines) => {
            let longest = lines.iter().map(|line| line.len() - line.trim_start_matches('`').len()).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            format!("{fence}text\n{}\n{fence}", lines.join("\n"))
        }
    }
}

/// Returns a paragraph as one line of Markdown.
pub(super) fn paragraph(text: &str) -> String {
    let text = escaped(text);
    let first = text.chars().next();
    let after = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let special = match first {
        Some('#' | '>' | ':' | '=' | '~') => true,
        Some('-') if text.len() > 1 && text.chars().all(|c| c == '-') => return text.replace('-', "\\-"),
        Some('-' | '+') => after(text.chars().nth(1)) || text.chars().all(|c| matches!(c, '-' | ' ')),
        _ => false,
    };
    if special {
        return format!("\\{text}");
    }
    // `1.` at the start of a line would begin an ordered list.
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    if (1..=9).contains(&digits) && rest.starts_with(['.', ')']) && after(rest.chars().nth(1)) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    text
}

/// Escapes the text of a heading, where trailing `#` and braces have a meaning.
fn heading(text: &str) -> String {
    let text = escaped(text).replace('{', "\\{");
    match text.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => text,
    }
}

/// Escapes all characters that have a meaning in Markdown at their position.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied();
        let before = at.checked_sub(1).map(|at| chars[at]);
        let means = match c {
            '*' | '`' | '~' | '[' | '|' => true,
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => {
                let name: String =
                    chars[at + 1..].iter().take(34).take_while(|c| c.is_ascii_alphanumeric() || **c == '#').collect();
                !name.is_empty() && chars.get(at + 1 + name.len()) == Some(&';')
            }
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{BaseUrl, Config};
    use crate::content::markdown::{MarkdownSource, compile};

    /// Returns the visible text of Markdown in plain characters.
    fn seen(markdown: &str) -> String {
        let config = Config::minimal("Test", BaseUrl::new("https://news.example", ""));
        let source = MarkdownSource {
            file: "a.md",
            text: markdown,
            first_line: 1,
            prefix: "",
            shared: false,
            twin: false,
            config: &config,
        };
        let (body, report) = compile(source);
        assert!(report.is_empty(), "{markdown}: {:?}", report.diagnostics());
        let inside = body.html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(&body.html);
        let text = inside.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        plain(&text)
    }

    /// Undoes the typographic replacements of the compiler.
    fn plain(text: &str) -> String {
        text.trim()
            .replace(['“', '”'], "\"")
            .replace(['‘', '’'], "'")
            .replace("---", "—")
            .replace("--", "–")
            .replace("...", "…")
    }

    #[test]
    fn signs_of_markdown_are_text() {
        for text in [
            "# 1 in rail",
            "1. The first",
            "2026. A year",
            "12) Twelve",
            "- a dash",
            "+ a plus",
            "> more",
            ": so",
            "*starred* and _lined_ snake_case",
            "[sic] [a](b) [^1] [[slug]]",
            "a <b> c < d &amp; & e; AT&T; &#8212;",
            "C:\\dir\\*.txt \\",
            "~~gone~~ ~x~",
            "`code` and ``more``",
            "| a | b |",
            "---",
            "===",
            "***",
            "{{ x }} {#id}",
            "https://news.example/a_b_c",
            "x^2^ $y$",
        ] {
            assert_eq!(seen(&paragraph(text)), plain(text), "{}", paragraph(text));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_reads_as_it_stands(text in "[a-cA-C1-3 .,:;!?*_`~#>+=|<&/\\\\(){}\\[\\]\\-]{1,24}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                proptest::prop_assert_eq!(seen(&paragraph(&text)), plain(&text), "{}", paragraph(&text));
            }
        }
    }
}
