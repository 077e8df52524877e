//! Finds the names that a template's text uses, as Tera's own lexer would read it: comments and raw blocks are text, white space
//! between tokens is free, strings have escapes.
//!
//! Tera knows all this when it has parsed a template, but keeps it to itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// The names that a template uses and defines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TemplateNames {
    /// Templates that it extends or includes, as they are written.
    pub(super) templates: BTreeSet<String>,
    /// Those of them that it includes, in its order.
    pub(super) includes: Vec<String>,
    /// Components that it may call: `<card … />`, `<panel>`, `shared(component="card")`.
    pub(super) calls: BTreeSet<String>,
    /// Components that it defines.
    pub(super) defines: BTreeSet<String>,
    /// Whether it may show the page's linked data: it names them, or hands on the page as a whole.
    pub(super) linked_data: bool,
}

/// A token, as far as names need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    TagStart,
    Word(&'a str),
    Text(Cow<'a, str>),
    Less,
    Dot,
    At,
    Equals,
    Other,
}

/// A tag or an expression: its bytes with both delimiters, and its tokens. Those of a tag begin with [`Token::TagStart`].
pub(super) type TagTokens<'a> = (Range<usize>, Vec<Token<'a>>);

/// The names in a text; none when it is nothing that Tera would read.
pub(super) fn names(text: &str) -> Option<TemplateNames> {
    let tokens: Vec<Token<'_>> = pieces(text)?.into_iter().flat_map(|(_, tokens)| tokens).collect();
    let mut names = TemplateNames::default();
    for (at, token) in tokens.iter().enumerate() {
        let next = &tokens[at + 1..];
        match (token, next) {
            (Token::TagStart, [Token::Word(word @ ("extends" | "include")), Token::Text(name), ..]) => {
                names.templates.insert(name.clone().into_owned());
                if *word == "include" {
                    names.includes.push(name.clone().into_owned());
                }
            }
            (Token::TagStart, [Token::Word("component"), rest @ ..]) => names.defines.extend(dotted(rest)),
            // A comparison looks the same; one name too many does no harm.
            (Token::Less, rest) => names.calls.extend(dotted(rest)),
            (Token::Word("component"), [Token::Equals, Token::Text(name), ..]) => {
                names.calls.insert(name.clone().into_owned());
            }
            _ => {}
        }
        names.linked_data |= match token {
            Token::Word("page") => {
                let is_part = at.checked_sub(1).is_some_and(|before| matches!(tokens[before], Token::Dot | Token::At));
                !is_part && !matches!(next, [Token::Dot, Token::Word(_), ..])
            }
            Token::Word(word) => matches!(*word, "linked_data" | "__tera_context"),
            Token::Text(text) => text.contains("linked_data"),
            _ => false,
        };
    }
    Some(names)
}

/// `say.by`: the name of a component.
fn dotted(tokens: &[Token<'_>]) -> Option<String> {
    let Some(Token::Word(first)) = tokens.first() else { return None };
    let mut name = (*first).to_owned();
    let mut rest = &tokens[1..];
    while let [Token::Dot, Token::Word(part), ..] = rest {
        name.push('.');
        name.push_str(part);
        rest = &rest[2..];
    }
    Some(name)
}

/// All tags and expressions; what stands between them is left out, and so are comments and raw blocks.
pub(super) fn pieces(text: &str) -> Option<Vec<TagTokens<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = next_start(rest) {
        let from = text.len() - rest.len() + start;
        let (kind, inside) = (rest.as_bytes()[start + 1], &rest[start + 2..]);
        let inside = inside.strip_prefix('-').unwrap_or(inside);
        let mut tokens = Vec::new();
        rest = match kind {
            b'#' => {
                rest = &inside[inside.find("#}")? + 2..];
                continue;
            }
            b'%' => {
                if let Some(body) = tag_of("raw", inside) {
                    rest = after_raw(body)?;
                    continue;
                }
                tokens.push(Token::TagStart);
                expression(inside, "%}", &mut tokens)?
            }
            _ => expression(inside, "}}", &mut tokens)?,
        };
        found.push((from..text.len() - rest.len(), tokens));
    }
    Some(found)
}

/// The start of the next comment, tag or expression.
fn next_start(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| matches!(pair, b"{{" | b"{%" | b"{#"))
}

/// The text behind a tag that consists of `name` alone; `inside` begins behind its `{%`.
fn tag_of<'a>(name: &str, inside: &'a str) -> Option<&'a str> {
    let white = |c: char| c.is_ascii_whitespace();
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start_matches(white);
    let rest = inside.strip_prefix(name)?.trim_start_matches(white);
    rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")
}

/// The text behind the end of a raw block.
fn after_raw(mut body: &str) -> Option<&str> {
    loop {
        body = &body[body.find("{%")? + 2..];
        if let Some(rest) = tag_of("endraw", body) {
            return Some(rest);
        }
    }
}

/// Reads tokens up to `end`, and gives back what follows it.
fn expression<'a>(mut rest: &'a str, end: &str, found: &mut Vec<Token<'a>>) -> Option<&'a str> {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let ended = rest.strip_prefix('-').unwrap_or(rest).strip_prefix(end);
        if let Some(after) = rest.strip_prefix(end).or(ended) {
            return Some(after);
        }
        let first = rest.chars().next()?;
        let (token, length) = match first {
            '"' | '\'' | '`' => string(rest, first)?,
            'a'..='z' | 'A'..='Z' | '_' => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
                (Token::Word(&rest[..length]), length)
            }
            '0'..='9' => {
                let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
                (Token::Other, length)
            }
            _ => match rest.as_bytes().get(..2) {
                Some(b"</" | b"<=" | b">=" | b"==" | b"!=" | b"?." | b"?[" | b"//" | b"**" | b"..") => {
                    (Token::Other, 2)
                }
                _ if !first.is_ascii() => return None,
                _ => (
                    match first {
                        '<' => Token::Less,
                        '.' => Token::Dot,
                        '@' => Token::At,
                        '=' => Token::Equals,
                        _ => Token::Other,
                    },
                    1,
                ),
            },
        };
        found.push(token);
        rest = &rest[length..];
    }
}

/// A string at the start of `rest`, and its length with both quotes.
fn string(rest: &str, quote: char) -> Option<(Token<'_>, usize)> {
    let mut unescaped: Option<String> = None;
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == quote {
            let text = unescaped.map_or(Cow::Borrowed(&rest[1..at]), Cow::Owned);
            return Some((Token::Text(text), at + 1));
        }
        if c == '\\' {
            let out = unescaped.get_or_insert_with(|| rest[1..at].to_owned());
            out.push(match chars.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            });
        } else if let Some(out) = &mut unescaped {
            out.push(c);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_stand_wherever_tera_allows_white_space() {
        for (text, templates, calls, defines) in [
            ("{% extends \"a.html\" %}{%- include 'b.html' -%}", &["a.html", "b.html"][..], &[][..], &[][..]),
            ("{%\n include\n `c/d.html`\n%}", &["c/d.html"], &[], &[]),
            (r#"{% include "a\"b.html" %}"#, &["a\"b.html"], &[], &[]),
            ("{% component\n  mybox() %}x{% endcomponent\nmybox %}", &[], &[], &["mybox"]),
            ("{%- component say . by(@name) -%}x{%- endcomponent -%}", &[], &[], &["say.by"]),
            ("{{ < mybox story={lead} /> }}{{-<say.by/>-}}", &[], &["mybox", "say.by"], &[]),
            ("{% <\npanel title=\"A\"> %}x{% </panel> %}", &[], &["panel"], &[]),
            ("{% if a < b %}{{ [<one />, <two />] }}{% endif %}", &[], &["b", "one", "two"], &[]),
            ("{{ shared(component = 'card', story=s) }}", &[], &["card"], &[]),
            ("{% for s in stories(limit=1.5) %}{{ s?.x ~ \"<no />\" }}{% endfor %}", &[], &[], &[]),
        ] {
            let names = names(text).expect("it can be read");
            let includes = names.includes.clone();
            let (templates, calls, defines) = (set(templates), set(calls), set(defines));
            let expected = TemplateNames { templates, includes, calls, defines, linked_data: false };
            assert_eq!(names, expected, "{text}");
        }
    }

    #[test]
    fn whoever_may_show_linked_data_is_known() {
        for (text, shows) in [
            (
                "{{ page.title }}{{ <say.page number={1} /> }}{% component x(@page) %}{{ page.lang }}{% endcomponent x %}",
                false,
            ),
            ("linked_data {# page.linked_data #}", false),
            ("{% for node in page.linked_data %}{{ node }}{% endfor %}", true),
            ("{{ <head of={page} /> }}", true),
            ("{{ page[\"linked\" ~ \"_data\"] }}", true),
            ("{{ it[\"linked_data\"] }}", true),
            ("{{ page }}", true),
        ] {
            assert_eq!(names(text).expect("it can be read").linked_data, shows, "{text}");
        }
    }

    #[test]
    fn comments_raw_blocks_and_text_name_nothing() {
        for text in [
            "{# {% include \"a.html\" %} {{ <card /> }} #}<card /> \"b.html\"",
            "{% raw %}{% include \"a.html\" %}{{ <card /> }}{%- endraw -%}",
            "{%-raw-%}{% raw {{ <card /> }}{% endraw %}",
            "{#- {{ -#}{ { <card> } }",
        ] {
            assert_eq!(names(text), Some(TemplateNames::default()), "{text}");
        }
    }

    #[test]
    fn what_tera_would_refuse_is_no_guess() {
        for text in ["{{ \"open }}", "{% include \"a.html\"", "{# open", "{% raw %}open", "{{ ä }}", "{{ \"a\\"] {
            assert_eq!(names(text), None, "{text}");
        }
    }

    #[test]
    fn every_built_in_template_is_read() {
        for (name, text) in crate::render::templates::builtin::TEMPLATES {
            assert!(names(text).is_some(), "{name}");
        }
    }
}
