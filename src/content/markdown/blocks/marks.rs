//! Marks of blocks in the HTML of a page: comments, which everything that reads HTML passes over. The sanitiser removes the
//! comments of authors before these are written.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

const OPEN: &str = "<!--block ";
const CLOSE: &str = "<!--/block-->";
const END: &str = "-->";

/// A mark.
#[derive(Debug, PartialEq, Eq)]
pub enum Mark<'h> {
    /// The start of a block: its values, as JSON.
    Open(&'h str),
    /// The end of the innermost open block.
    Close,
}

/// Whether `html` may hold a mark: every text of every page is asked, and few have one.
pub fn may_hold(html: &str) -> bool {
    html.len() > CLOSE.len() && COMMENT.find(html.as_bytes()).is_some()
}

static COMMENT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("<!--"));

/// The first mark in `html` with its range.
pub fn next(html: &str) -> Option<(Mark<'_>, Range<usize>)> {
    let mut from = 0;
    loop {
        let at = from + COMMENT.find(&html.as_bytes()[from..])?;
        if let Some(rest) = html[at..].strip_prefix(OPEN) {
            let length = rest.find(END)?;
            return Some((Mark::Open(&rest[..length]), at..at + OPEN.len() + length + END.len()));
        }
        if html[at..].starts_with(CLOSE) {
            return Some((Mark::Close, at..at + CLOSE.len()));
        }
        from = at + "<!--".len();
    }
}

/// Writes the start of a block. Nothing in the JSON can end a comment.
pub(in crate::content::markdown) fn open(json: &str, html: &mut String) {
    let json = json.replace('-', "\\u002d").replace('<', "\\u003c").replace('>', "\\u003e");
    html.extend([OPEN, &json, END]);
}

/// Writes the end of a block.
pub(in crate::content::markdown) fn close(html: &mut String) {
    html.extend([CLOSE, "\n"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_ends_a_mark() {
        let mut html = "<p>a</p><!-- b -->".to_owned();
        open("{\"title\":\"--><script>\"}", &mut html);
        html.push_str("<p>c</p>");
        close(&mut html);
        let (mark, range) = next(&html).expect("a mark");
        assert_eq!(mark, Mark::Open("{\"title\":\"\\u002d\\u002d\\u003e\\u003cscript\\u003e\"}"));
        let rest = &html[range.end..];
        let (mark, range) = next(rest).expect("a mark");
        assert_eq!((mark, &rest[..range.start], range.end), (Mark::Close, "<p>c</p>", rest.len() - 1));
        assert_eq!(next("<!-- more --><p>"), None);
        assert_eq!(next("<!--block {"), None);
    }
}
