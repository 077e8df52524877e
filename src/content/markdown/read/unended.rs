//! Reports raw HTML that is unclosed at the end of its block: comments, attribute values, tags. Browsers read
//! everything that follows as part of it, up to a mark that was meant for something else.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::Event;

use super::events::Events;
use crate::base::codes;
use crate::base::html::{self, Tag, Token};
use crate::base::report::{Diagnostic, Report};
use crate::config::HtmlPolicy;

/// An unclosed construct at the end of an HTML block.
struct Unended {
    /// Range of its start.
    at: Range<usize>,
    what: String,
    help: String,
    /// The text that would close it in a later block; `None` if that text could also mean something else.
    end: Option<String>,
}

impl Events<'_> {
    /// Reports unclosed raw HTML that hides everything after it.
    pub(super) fn check_ends(&self, file: &str, report: &mut Report) {
        if self.policy() == HtmlPolicy::Escape {
            return;
        }
        // For each end that was asked for, the last event in which it stands: a text may open thousands of blocks.
        let mut last: HashMap<String, Option<usize>> = HashMap::new();
        for index in 0..self.len() {
            let Some((Event::Html(html), range)) = self.get(index) else { continue };
            let Some(Unended { at, what, help, end }) = unended(html) else { continue };
            if let Some(end) = end {
                let find = |end: &String| self.last_html_with(end);
                if last.entry(end).or_insert_with_key(find).is_some_and(|last| last > index) {
                    continue;
                }
            }
            // A place covers one line.
            let line = html[at.clone()].lines().next().map_or(0, str::len);
            let place = self.span(&self.inner(html, range, &(at.start..at.start + line))).place(file);
            let message = format!("{what} never ends: readers see nothing of what follows, or not as it is meant");
            report.push(Diagnostic::warning(codes::HTML_LEFT_OUT, message).at(place).help(help));
        }
    }

    /// The last event of HTML in which `end` stands.
    fn last_html_with(&self, end: &str) -> Option<usize> {
        (0..self.len()).rev().find(|index| match self.get(*index) {
            Some((Event::Html(html) | Event::InlineHtml(html), _)) => html.to_ascii_lowercase().contains(end),
            _ => false,
        })
    }
}

fn unended(html: &str) -> Option<Unended> {
    // The open raw text element, and the last token.
    let mut text: Option<(String, Range<usize>)> = None;
    let mut last = None;
    for (token, range) in html::tokens(html) {
        match &token {
            Token::Open(tag) if html::RAW_TEXT.iter().any(|name| tag.is(name)) => {
                text = Some((tag.name.to_ascii_lowercase(), range.clone()));
            }
            Token::Open(_) | Token::Close(_) => text = None,
            Token::Text(_) | Token::Comment => {}
        }
        last = Some((token, range));
    }
    let (token, range) = last?;
    let source = &html[range.clone()];
    match token {
        Token::Comment => comment(source, range),
        Token::Open(tag) => open_tag(html, &tag, &range).or_else(|| text.map(element)),
        Token::Close(name) if !source.ends_with('>') => Some(Unended {
            what: format!("the tag `</{name}`"),
            help: "close it with `>`".to_owned(),
            at: range,
            end: None,
        }),
        Token::Close(_) => None,
        Token::Text(_) => text.map(element),
    }
}

fn comment(source: &str, at: Range<usize>) -> Option<Unended> {
    let is_comment = source.starts_with("<!--");
    let ends: &[&str] = if is_comment { &["-->", "--!>"] } else { &[">"] };
    if ends.iter().any(|end| source.contains(end)) {
        return None;
    }
    let (what, end) = if is_comment { ("this comment", "-->") } else { ("this declaration", ">") };
    let help = format!("close it with `{end}`");
    Some(Unended { at, what: what.to_owned(), help, end: is_comment.then(|| end.to_owned()) })
}

fn open_tag(html: &str, tag: &Tag<'_>, range: &Range<usize>) -> Option<Unended> {
    let blank = "a tag must not contain an empty line";
    let is_open = |value: &Range<usize>| {
        let quote = html[..value.start].chars().next_back().filter(|c| matches!(c, '"' | '\''));
        quote.filter(|_| value.end == html.len())
    };
    if let Some(attribute) = tag.attributes.last()
        && let Some(quote) = is_open(&attribute.range)
    {
        return Some(Unended {
            at: attribute.whole.clone(),
            what: format!("the attribute `{}`", attribute.name),
            help: format!("close it with `{quote}`; {blank}"),
            end: None,
        });
    }
    let is_closed = html[..range.end].ends_with('>');
    (!is_closed).then(|| Unended {
        at: range.clone(),
        what: format!("the tag `<{}`", tag.name),
        help: format!("close it with `>`; {blank}"),
        end: None,
    })
}

fn element((name, at): (String, Range<usize>)) -> Unended {
    let end = format!("</{name}");
    Unended { what: format!("`<{name}>`"), help: format!("close it with `{end}>`"), at, end: Some(end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_at_the_end_is_told_with_its_beginning() {
        for (html, at) in [
            ("<div>\n<!-- never\n", "<!-- never\n"),
            ("<!-->", ""),
            ("<!-- a --><p>b</p>\n", ""),
            ("<p>x</p><!-- a --!>\n", ""),
            ("<?php x", "<?php x"),
            ("<div title=\"never\n", "title=\"never\n"),
            ("<div title=\"never>", "title=\"never>"),
            ("<div title='a' class=b\n", "<div title='a' class=b\n"),
            ("<div title=\"a>b\" hidden>\n", ""),
            ("<a href=x>", ""),
            ("<p>x</p\n", "</p\n"),
            ("<script>let a = '<p>';\n", "<script>"),
            ("<script>a</script>\n<STYLE>b\n", "<STYLE>"),
            ("<textarea>a</textarea>\n", ""),
            ("<p>1 < 2\n", ""),
        ] {
            let found = unended(html);
            assert_eq!(found.map_or("", |found| &html[found.at]), at, "{html}");
        }
    }
}
