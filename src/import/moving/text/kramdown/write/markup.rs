//! Writes raw HTML as a single block that Markdown does not interrupt.

use crate::import::moving::text::kramdown::lines::{Line, tag_name};

/// The elements that begin an HTML block (`CommonMark` 0.31, section 4.6, kind 6).
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];
/// The elements whose HTML block ends only at their end tag (kind 1).
const WHOLE: &[&str] = &["pre", "script", "style", "textarea"];

/// Returns the lines as one HTML block.
pub(in super::super) fn block(lines: &[Line]) -> Vec<Line> {
    let Some(first) = lines.iter().find(|line| !line.is_blank()) else { return Vec::new() };
    let bare = first.text.trim_start();
    let name = tag_name(bare).map(|(name, _)| name.to_ascii_lowercase()).unwrap_or_default();
    let text = |line: &Line| Line::new(line.text.trim_end(), line.at);
    if bare.starts_with("<!--") || WHOLE.contains(&name.as_str()) {
        let mut out: Vec<Line> = lines.iter().map(text).collect();
        out[0].text = out[0].text.trim_start().into();
        return out;
    }
    let mut out: Vec<Line> = Vec::new();
    let mut kept = 0_usize;
    for line in lines {
        if line.is_blank() {
            // A blank line would end the HTML block.
            if kept > 0
                && let Some(last) = out.last_mut()
            {
                last.text.push_str("&#10;");
            }
            continue;
        }
        let lower = line.text.to_lowercase();
        let count =
            |sign: &str| WHOLE.iter().map(|name| lower.matches(&format!("{sign}{name}")).count()).sum::<usize>();
        let shown = if kept > 0 { line.text.trim_end() } else { line.text.trim() };
        out.push(Line::new(shown, line.at));
        kept = (kept + count("<")).saturating_sub(count("</"));
    }
    if !BLOCKS.contains(&name.as_str()) {
        let last = out.last().map_or(first.at, |line| line.at);
        out.insert(0, Line::new("<div>", first.at));
        out.push(Line::new("</div>", last));
    }
    out
}
