//! An error of the template engine → a diagnostic at its line, with a help for the habits of other engines.
//!
//! Tera hands out an error's message, file and span as values; which names are unknown, and who called the failing
//! component, it says in its text alone. That text is read here and nowhere else, and `tests/suite/theming.rs` pins it.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use super::builtin::{self, PREFIX as BUILTIN};
use super::habits;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text;

/// The names and texts of the site's own templates.
type Own = BTreeMap<String, String>;

/// Every unknown name of a set of templates. Tera reports them as one text: `error: …`, then `--> file:line:column`.
pub(super) fn unknown_names(error: &Error, own: &Own) -> Vec<Diagnostic> {
    let text = error.to_string();
    let mut found = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(start) = line.strip_prefix("error: ") {
            message = Some(start);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(message) = message.take()
        {
            let Some((file, line, column)) = location(place) else { continue };
            let (name, source) = template(file, own);
            let width = message.split('`').nth(1).map_or(1, |name| name.chars().count() as u32);
            let place = Place::line(format!("templates/{name}"), source, line, column, width);
            let message = lower_first(message);
            let help = habits::unknown_name(&message).or_else(|| unknown_component(&message, own));
            let diagnostic = Diagnostic::error(codes::TEMPLATE_SYNTAX, message).at(place);
            found.push(match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
    }
    found
}

/// Help for a component that does not exist.
fn unknown_component(message: &str, own: &Own) -> Option<String> {
    let name = message.strip_prefix("unknown component `")?.split('`').next()?;
    if let Some(word) = name.strip_prefix("say.") {
        return Some(format!("words of the interface are values: print `{{{{ say.{word} }}}}`"));
    }
    let texts = own.values().map(String::as_str).chain(builtin::TEMPLATES.iter().map(|(_, text)| *text));
    let known: Vec<&str> = texts.flat_map(defined_components).collect();
    Some(match text::nearest(name, known) {
        Some(near) => text::did_you_mean(format!("<{near} />")),
        None => {
            format!("define it in a file of `templates/`: `{{% component {name}() %}}…{{% endcomponent {name} %}}`")
        }
    })
}

/// The names of the components that a template defines.
fn defined_components(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component").filter_map(|(at, word)| {
        text[..at].trim_end().trim_end_matches('-').ends_with("{%").then_some(())?;
        let name = text[at + word.len()..].trim_start();
        Some(&name[..name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(name.len())])
    })
}

/// A single error as a diagnostic. `rendering` is the template that was asked for, where the error names none.
pub(super) fn explain(error: &Error, rendering: &str, own: &Own) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let rendered = matches!(error.kind(), ErrorKind::RenderingError(_));
            let code = if rendered { codes::TEMPLATE_RENDER } else { codes::TEMPLATE_SYNTAX };
            let (name, source) = template(report.filename(), own);
            let range = &report.span().range;
            let end = range.end.max(range.start + 1);
            let mut message = report.message().to_owned();
            if let Some(cause) = std::error::Error::source(error) {
                message = format!("{message}: {cause}");
            }
            let message = in_order(message);
            let (message, available) = split_available(&message);
            let message = lower_first(message.trim_end_matches('.'));
            let help = match available {
                Some(names) => Some(nearest(&message, names)),
                None => habits::at(&message, source, range.start, range.end),
            };
            let help = habits::scope(&message, source, range.start).or(help);
            let place = Place::bytes(format!("templates/{name}"), source, range.start, end);
            let diagnostic = Diagnostic::error(code, format!("{message}{}", callers(error, own))).at(place);
            match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        }
        _ => {
            let message = lower_first(&in_order(error.to_string()));
            let named = own.keys().find(|name| message.contains(name.as_str())).map(String::as_str);
            let named = named.or(Some(rendering).filter(|name| !name.is_empty()));
            let diagnostic = Diagnostic::error(codes::TEMPLATE_SYNTAX, message);
            match named {
                Some(name) => diagnostic.at(Place::file(format!("templates/{name}"))),
                None => diagnostic,
            }
        }
    }
}

/// The components and includes that were being rendered, innermost first: `, called from …`.
fn callers(error: &Error, own: &Own) -> String {
    let text = error.to_string();
    let notes = text.lines().filter_map(|line| line.strip_prefix("note: called from "));
    let mut callers = String::new();
    for (file, line, column) in notes.filter_map(location) {
        let (name, _) = template(file, own);
        callers.push_str(&format!(", called from `templates/{name}:{line}:{column}`"));
    }
    callers
}

/// The parts of `file:line:column`.
fn location(text: &str) -> Option<(&str, u32, u32)> {
    let mut parts = text.trim_end().rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, line, column))
}

/// A template by the name that Tera gives it: its name for a person, and its text.
fn template<'a>(file: &'a str, own: &'a Own) -> (&'a str, &'a str) {
    let plain = file.strip_prefix(BUILTIN).unwrap_or(file);
    let name = if own.contains_key(plain) { file } else { plain };
    let builtin = || builtin::TEMPLATES.iter().find(|(builtin, _)| *builtin == plain).map(|(_, text)| *text);
    (name, own.get(name).map(String::as_str).or_else(builtin).unwrap_or(""))
}

/// Takes the list of known names off a message.
fn split_available(message: &str) -> (&str, Option<&str>) {
    for start in [" Available fields: ", " Available variables: "] {
        if let Some((message, names)) = message.split_once(start) {
            return (message, Some(names));
        }
    }
    (message, None)
}

/// A message whose names stand in one order: Tera lists the arguments of a call as a hash map has them.
fn in_order(message: String) -> String {
    let Some((start, rest)) = message.split_once("nknown argument(s) ") else { return message };
    let Some((names, rest)) = rest.split_once(" in component call") else { return message };
    let mut names: Vec<&str> = names.split(", ").collect();
    names.sort_unstable();
    format!("{start}nknown argument(s) {} in component call{rest}", names.join(", "))
}

fn nearest(message: &str, names: &str) -> String {
    let wanted = message.split('`').nth(1).unwrap_or("");
    match text::nearest(wanted, names.split(", ")) {
        Some(near) => format!("{} there are: {names}", text::did_you_mean(near)),
        None => format!("there are: {names}"),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use tera::Tera;

    use super::*;

    #[test]
    fn what_another_template_may_define_is_no_error_of_syntax() {
        for (template, of_syntax) in [
            ("{{ <nowhere /> }}", false),
            ("{% extends \"nowhere.html\" %}", false),
            ("{% include \"nowhere.html\" %}", false),
            ("{{ 1 + }}", true),
            ("{% if %}", true),
        ] {
            let error = Tera::new().add_raw_template("a.html", template).expect_err("it is at fault");
            assert_eq!(matches!(error.kind(), ErrorKind::SyntaxError(_)), of_syntax, "{template}: {error}");
        }
    }
}
