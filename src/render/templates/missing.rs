//! Templates that others extend or include, and that are not there. Tera names the first and stops.

use std::collections::BTreeMap;

use super::builtin::{self, PREFIX as BUILTIN};
use super::lexer;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text;

/// The names of all that are missing, each with its problem where it is first named in a template. What is `broken` names
/// nothing for certain.
pub(super) fn missing(own: &BTreeMap<String, String>, broken: &[&str]) -> Vec<(String, Diagnostic)> {
    let mut found = Vec::new();
    for (name, source) in own.iter().filter(|(name, _)| !broken.contains(&name.as_str())) {
        let Some(names) = lexer::names(source) else { continue };
        for lost in names.templates {
            let Some(problem) = absent(&lost, own) else { continue };
            let at = ['"', '\'', '`'].iter().find_map(|quote| source.find(&format!("{quote}{lost}{quote}")));
            let place = match at.map(|at| at + 1) {
                Some(at) => Place::bytes(format!("templates/{name}"), source, at, at + lost.len()),
                None => Place::file(format!("templates/{name}")),
            };
            found.push((lost, problem.at(place)));
        }
    }
    found
}

/// The problem of a name that no template has.
pub(super) fn absent(name: &str, own: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let builtin = || builtin::TEMPLATES.iter().map(|(name, _)| *name);
    let plain = name.strip_prefix(BUILTIN).unwrap_or(name);
    if own.contains_key(name) || builtin().any(|builtin| builtin == plain) {
        return None;
    }
    let whole: Vec<String> = builtin().map(|name| format!("{BUILTIN}{name}")).collect();
    let known = own.keys().map(String::as_str).chain(builtin()).chain(whole.iter().map(String::as_str));
    let stem = |name: &str| name.strip_suffix(".html").unwrap_or(name).to_owned();
    let known: Vec<(String, &str)> = known.map(|name| (stem(name), name)).collect();
    let near = text::nearest(&stem(name), known.iter().map(|(stem, _)| stem.as_str()));
    let near = near.and_then(|near| known.iter().find(|(stem, _)| stem == near)).map(|(_, name)| *name);
    let help = near.map_or_else(
        || "write its path below `templates/`; one of the theme is `builtin/base.html`".to_owned(),
        text::did_you_mean,
    );
    Some(Diagnostic::error(codes::TEMPLATE_SYNTAX, format!("there is no template `{name}`")).help(help))
}
