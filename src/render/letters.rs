//! What follows the templates of e-mails: style goes into the elements, text into lines.

use css_inline::CSSInliner;

use crate::base::codes;
use crate::base::html::{self, Token};
use crate::base::report::{Diagnostic, Place};
use crate::base::wrap::{columns, wrap};

/// The width of lines of text, in columns.
const WIDTH: usize = 72;
/// Lines of so many columns are left as they are.
const BEARABLE: usize = 74;

/// Moves the style of a letter into its elements, since mail programs drop style sheets. What can only stand in one,
/// rules for dark screens and narrow ones, stays.
pub(super) fn html(html: &str) -> Result<String, Box<Diagnostic>> {
    let inliner = CSSInliner::options()
        .keep_style_tags(false)
        .keep_at_rules(true)
        .keep_link_tags(true)
        .load_remote_stylesheets(false)
        .build();
    let letter = inliner.inline(html).map_err(|error| {
        let message = format!("the style of the e-mail cannot be moved into its elements: {error}");
        Diagnostic::error(codes::TEMPLATE_RENDER, message).at(Place::file("templates/email.html"))
    })?;
    Ok(style_last(&letter).trim_end().to_owned() + "\n")
}

/// Puts what has stayed in a style sheet at the end of the head: before all else it would hide the character set, which
/// must stand within the first kilobyte.
fn style_last(html: &str) -> String {
    let parts = || {
        let mut tokens = html::tokens(html);
        let (_, head) = tokens.find(|(token, _)| matches!(token, Token::Open(tag) if tag.is("head")))?;
        let (_, open) = tokens.next().filter(|(token, _)| matches!(token, Token::Open(tag) if tag.is("style")))?;
        let is_end = |token: &Token<'_>, name| matches!(token, Token::Close(of) if of.eq_ignore_ascii_case(name));
        let (_, close) = tokens.find(|(token, _)| is_end(token, "style"))?;
        let (_, end) = tokens.find(|(token, _)| is_end(token, "head"))?;
        let (start, style) = (&html[..head.end], html[open.end..close.start].trim());
        let (rest, body) = (html[close.end..end.start].trim_end(), &html[end.start..]);
        Some(format!("{start}{rest}\n<style>\n{style}\n</style>\n{body}"))
    };
    parts().unwrap_or_else(|| html.to_owned())
}

/// Lines that are not too long, no spaces at their ends, and no more than one empty line between others.
pub(super) fn text(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        let inset = &line[..line.len() - line.trim_start().len()];
        if columns(line) > BEARABLE {
            lines.extend(wrap(line, inset, inset, WIDTH));
        } else if !line.is_empty() {
            lines.push(line.to_owned());
        } else if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}
