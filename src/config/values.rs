//! Checks that several settings share: texts, and addresses that may be routes.

use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::route::Route;
use crate::base::text::composed;
use crate::base::web::scheme;
use crate::base::yaml::lenient::Text;
use crate::base::yaml::source::Problems;

pub(super) fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::BAD_VALUE, message)
}

pub(super) fn text_of(text: Option<Text>) -> Option<String> {
    text.map(|Text(text)| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Checks a route of the site or an absolute address.
pub(super) fn check_address(path: &str, url: &str, problems: &mut Problems) -> Option<String> {
    let url = url.trim();
    let route = url.split(['?', '#']).next().unwrap_or(url);
    let absolute =
        ["https://", "http://", "mailto:"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    if absolute && !url.contains(char::is_whitespace) {
        return Some(url.to_owned());
    }
    if Route::new(route).is_ok() {
        return Some(composed(url).into_owned());
    }
    let problem = bad(format!("`{url}` is neither a route of the site nor an address"));
    let fixed = format!("/{}", url.trim_start_matches("./"));
    problems.value(
        path,
        if !url.is_empty() && !url.contains(':') && Route::new(&fixed).is_ok() {
            problem.help(format!("a route starts with `/`: `{fixed}`")).replace_with(fixed)
        } else if let Some(fixed) = scheme::corrected(url) {
            problem.propose(fixed)
        } else {
            problem.help("write a route such as `/about/`, or an address that starts with `https://`")
        },
    );
    None
}
