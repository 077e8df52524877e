//! CSS inlining: mail programs drop style sheets, so the rules go into the `style` attributes of the elements.

use css_inline::CSSInliner;

use crate::base::codes;
use crate::base::html::{self, Token};
use crate::base::report::{Diagnostic, Place};

/// Inlines the style sheet of a letter. Rules that only a style sheet can hold, those for dark and for narrow screens,
/// stay in it.
pub(in crate::render) fn inline(html: &str) -> Result<String, Box<Diagnostic>> {
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

/// Moves the style sheet that is left to the end of the head. The inliner puts it first, where it would push the
/// declaration of the character set out of the first kilobyte, in which HTML wants it.
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
