//! Finds addresses in text that is no Markdown: front matter, settings, templates.

use std::ops::Range;

use crate::base::html::{self, Token};
use crate::base::text;
use crate::base::yaml::scalars::scalars;
use crate::base::yaml::spanned;

/// Web addresses in plain text.
fn in_text(text: &str) -> impl Iterator<Item = Range<usize>> {
    let end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ']' | '{' | '}' | ')' | '`');
    let starts = text.match_indices("http").map(|(at, _)| at).filter(|at| {
        !text[..*at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '=' | '&' | '?' | '%' | ':'))
    });
    starts.filter_map(move |at| {
        let address = text[at..].split(end).next().unwrap_or_default().trim_end_matches([',', ';', '.']);
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        (!rest.is_empty()).then(|| at..at + address.len())
    })
}

/// Addresses in the values of YAML, except below some keys: whole values, and addresses within texts. Comments are
/// skipped.
pub(in crate::check) fn in_yaml(yaml: &str, without: &[&str]) -> Vec<Range<usize>> {
    if !["http", "//", "file:"].iter().any(|sign| yaml.contains(sign)) {
        return Vec::new();
    }
    let Ok(tree) = spanned::parse(yaml) else { return Vec::new() };
    let mut found = Vec::new();
    for one in scalars(&tree) {
        if one.path.first().is_some_and(|key| without.contains(&key.as_str())) {
            continue;
        }
        let whole = &yaml[one.range.clone()];
        let bare = whole.trim_matches(['"', '\'']).trim();
        let start = one.range.start + whole.find(bare).unwrap_or(0);
        if is_address(bare) && !bare.contains(char::is_whitespace) {
            found.push(start..start + bare.len());
        } else {
            found.extend(in_text(whole).map(|range| one.range.start + range.start..one.range.start + range.end));
        }
    }
    found
}

/// Whether a whole value is meant as an address of another site.
fn is_address(value: &str) -> bool {
    let is_start = |start: &&str| value.get(..start.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(start));
    let start = ["https:", "http:", "file:", "//"].into_iter().find(is_start);
    start.is_some_and(|start| !value[start.len()..].trim_start_matches('/').is_empty())
}

/// Addresses in a template, outside comments, and whether each is complete: an expression may follow.
pub(in crate::check) fn in_template(text: &str) -> Vec<(Range<usize>, bool)> {
    let visible = without_comments(text);
    let mut found: Vec<Range<usize>> = in_text(&visible).collect();
    for (token, _) in html::tokens(&without_expressions(&visible)) {
        let Token::Open(tag) = token else { continue };
        let addresses = tag.addresses().into_iter().filter(|address| is_address(address.value));
        for address in addresses {
            let end = address.value.find('{').map_or(address.range.end, |at| address.range.start + at);
            let range = address.range.start..end;
            if !found.iter().any(|known| known.start < range.end && range.start < known.end) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found.into_iter().map(|range| (range.clone(), !text[range.end..].starts_with('{'))).collect()
}

/// The literal words of a template that readers see, with the offset of each piece.
pub(in crate::check) fn words_of_template(text: &str) -> Vec<(usize, String)> {
    let visible = without_expressions(&without_comments(text));
    let (mut words, mut is_raw) = (Vec::new(), false);
    for (token, range) in html::tokens(&visible) {
        match token {
            Token::Open(tag) => is_raw = tag.is("script") || tag.is("style"),
            Token::Close(_) => is_raw = false,
            Token::Text(text) if !is_raw => words.push((range.start, text.to_owned())),
            Token::Text(_) | Token::Comment => {}
        }
    }
    words
}

/// A template with its comments blanked out.
fn without_comments(text: &str) -> String {
    text::cover_between(text, &[("{#", "#}"), ("<!--", "-->")], ' ')
}

/// A template with braces in place of expressions and tags.
fn without_expressions(text: &str) -> String {
    text::cover_between(text, &[("{{", "}}"), ("{%", "%}")], '{')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Vec<&str> {
        in_yaml(text, &["base_url"]).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn values_of_yaml_are_addresses_or_hold_them() {
        let front = "sources:\n  - {name: A, url: https://a.example/x?y=1&z}\n  - name: \"B # c\"\n    url: \"http://b.example/(c,d)\"\ntitle: https is http\nbase_url: http://localhost\nurl: https://\nbio: See https://c.example/, or (https://d.example/e).\n# https://none.example/\nfile: file:///x\nbare: //e.example/\n";
        assert_eq!(
            yaml(front),
            [
                "https://a.example/x?y=1&z",
                "http://b.example/(c,d)",
                "https://c.example/",
                "https://d.example/e",
                "file:///x",
                "//e.example/",
            ]
        );
    }

    #[test]
    fn templates_name_addresses_in_tags_scripts_and_expressions() {
        let text = "{# http://no.example #}<!-- http://no.example --><a href=\"https://a.example/?x={{ y }}\">é</a>\n<img src='//b.example/p.png'>{% set x = \"http://c.example/\" %}<script>fetch(\"http://d.example/\")</script><a href=\"{{ e }}\">e</a><a href=https:/f.example>f</a>";
        let found: Vec<_> = in_template(text).into_iter().map(|(range, whole)| (&text[range], whole)).collect();
        assert_eq!(
            found,
            [
                ("https://a.example/?x=", false),
                ("//b.example/p.png", true),
                ("http://c.example/", true),
                ("http://d.example/", true),
                ("https:/f.example", true),
            ]
        );
        let words = words_of_template("<p>[a](https://{{ b }})</p><script>x[1](2)</script>{# c #}");
        let words: Vec<_> = words.iter().map(|(at, words)| (*at, words.trim())).collect();
        assert_eq!(words, [(3, "[a](https://{{{{{{{)"), (51, "")]);
    }
}
