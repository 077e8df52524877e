//! Writes raw HTML as a single block that Markdown does not interrupt.

use crate::base::html;
use crate::import::moving::text::code_spans::Mask;
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
    let whole = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    let mut kept = Mask::over(html::within(&whole, WHOLE));
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    for line in lines {
        // Whether the break before the line is within such an element.
        let is_kept = at > 0 && kept.end(at - 1).is_some();
        at += line.text.len() + 1;
        if line.is_blank() {
            // A blank line would end the HTML block.
            if is_kept && let Some(last) = out.last_mut() {
                last.text.push_str("&#10;");
            }
            continue;
        }
        out.push(Line::new(if is_kept { line.text.trim_end() } else { line.text.trim() }, line.at));
    }
    if !BLOCKS.contains(&name.as_str()) {
        let last = out.last().map_or(first.at, |line| line.at);
        out.insert(0, Line::new("<div>", first.at));
        out.push(Line::new("</div>", last));
    }
    out
}
