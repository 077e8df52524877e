//! What a former address of an output becomes.

use crate::plan::{Former, Output, OutputKind};

/// The kind of output for a former address of `target`, which is found at `to`: a redirect to a page, or a copy of a file.
pub(super) fn leading_to(target: &Output, to: &str) -> OutputKind {
    if let Some((end, _)) = target.leads_to() {
        return OutputKind::moved(end);
    }
    let rest = &to[path(to).len()..];
    if target.is_page() {
        OutputKind::moved(format!("{}{rest}", target.route))
    } else {
        OutputKind::Redirect(Former::Copy(Box::new(target.clone())))
    }
}

/// The path of a target, without its query and anchor.
pub(super) fn path(to: &str) -> &str {
    to.split(['?', '#']).next().unwrap_or(to)
}
