//! The dateline at the head of a text.

use crate::base::text;
use crate::content::head::Dateline;

/// Runs the dateline into the first paragraph.
pub(in crate::plan) fn run_in(html: String, dateline: Option<&Dateline>) -> String {
    let Some(dateline) = dateline else { return html };
    let mut line = String::from("<span class=\"dateline\">");
    text::escape_html(&dateline.text(), &mut line);
    line.push_str("</span> <span class=\"dateline-rule\" aria-hidden=\"true\">—</span> ");
    match html.strip_prefix("<p>") {
        Some(rest) => format!("<p>{line}{rest}"),
        None => format!("<p>{}</p>\n{html}", line.trim_end()),
    }
}
