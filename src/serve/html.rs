//! The server's own plain HTML pages, for when the site has none to show.

use crate::base::report::{Diagnostic, Report};
use crate::base::text::escape_html;

/// The path prefix of the server's own pages and files.
pub(super) const OWN: &str = "/_dateline/";

/// Escapes text for HTML content and quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_html(text, &mut escaped);
    escaped
}

/// A plain page that lists the diagnostics of a report.
pub(super) fn problems(title: &str, report: &Report) -> String {
    let problems: String = report.diagnostics().iter().map(problem).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"{OWN}plain.css\"></head>\
         <body data-dateline=\"plain\"><h1>{title}</h1>{problems}<p><a href=\"{OWN}\">The desk</a></p></body></html>",
        title = escape(title)
    )
}

fn problem(problem: &Diagnostic) -> String {
    let place = problem.place.as_ref().map_or_else(String::new, |place| match place.line {
        0 => format!("<p><code>{}</code></p>", escape(&place.file)),
        line => {
            let at = format!("{}:{line}:{}", escape(&place.file), place.column);
            format!("<p><code>{at}</code></p><pre>{}</pre>", escape(&place.text))
        }
    });
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("<p>{}</p>", escape(help)));
    format!("<section><h2>{}: {}</h2>{place}{help}</section>", problem.severity, escape(&problem.message))
}

/// A plain page with one sentence.
pub(super) fn plain(sentence: &str) -> String {
    format!("<!doctype html><meta charset=\"utf-8\"><title>Dateline</title><p>{}</p>", escape(sentence))
}

/// A paragraph with one sentence, to be put into the desk.
pub(super) fn sentence(sentence: &str) -> String {
    format!("<p class=\"bad\">{}</p>", escape(sentence))
}

/// The style sheet of these pages.
pub(super) const STYLE: &str = "\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { overflow: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
h2 { font-size: 1.1rem; margin-top: 2rem; }
";
