//! The set of templates: the built-in ones, and the site's own, which win and may extend them.

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Tera, TeraResult};

use super::builtin::{self, PREFIX as BUILTIN};
use super::closure::{self, Closure, Closures};
use super::filters;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text;

/// A template of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSource {
    /// Its name: the path below `templates/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// All templates, ready to render.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The site's own, for messages.
    own: BTreeMap<String, String>,
    /// What each template is made of.
    closures: Closures,
}

impl Templates {
    /// Reads the site's templates over the built-in ones. Each of the site's that cannot be parsed is reported.
    pub fn read(sources: &[TemplateSource]) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let own: BTreeMap<String, String> =
            sources.iter().map(|source| (source.name.clone(), source.text.clone())).collect();
        // Tera stops at the first error. Reading each alone first finds all faults of syntax in one run; what only
        // shows together (a parent or component that is missing) is found below.
        let mut broken: Vec<&str> = Vec::new();
        for source in sources {
            if let Err(error) = empty().add_raw_template(&source.name, &source.text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
                && !is_about_others(&error)
            {
                report.push(explain(&error, &source.name, &own));
                broken.push(&source.name);
            }
        }
        let mut tera = empty();
        let builtin = builtin::TEMPLATES.iter().map(|(name, text)| (format!("{BUILTIN}{name}"), (*text).to_owned()));
        let sound = own.iter().filter(|(name, _)| !broken.contains(&name.as_str()));
        let all = builtin.chain(sound.map(|(name, text)| (name.clone(), text.clone())));
        let Err(error) = tera.add_raw_templates(all) else {
            let closures = closure::closures(builtin::TEMPLATES, &own);
            return (broken.is_empty().then_some(Self { tera, own, closures }), report);
        };
        let found = references(&error, &own);
        if found.is_empty() && broken.is_empty() {
            report.push(explain(&error, "", &own));
        }
        for problem in found {
            // A block or component may be missing only because its template is broken; nothing else hides a filter.
            let is_certain = ["unknown filter", "unknown test", "unknown function"];
            if broken.is_empty() || is_certain.iter().any(|start| problem.message.starts_with(start)) {
                report.push(problem);
            }
        }
        (None, report)
    }

    /// The digest of a template and of all that it can reach; `None` when there is no such template.
    pub(super) fn digest(&self, name: &str) -> Option<Digest> {
        self.closure(name).map(|closure| closure.digest)
    }

    /// What a component is made of.
    pub(super) fn component_digest(&self, name: &str) -> Digest {
        self.closures.component(name)
    }

    /// Whether the digest of a template covers a component: it is called there by its name.
    pub(super) fn covers(&self, template: &str, component: &str) -> bool {
        self.closure(template).is_some_and(|closure| closure.calls.contains(component))
    }

    fn closure(&self, name: &str) -> Option<&Closure> {
        self.closures.templates.get(name)
    }

    /// The templates that a template is made of, itself included; empty when there is no such template.
    pub fn made_of(&self, name: &str) -> &[String] {
        self.closure(name).map_or(&[], |closure| &closure.templates)
    }

    /// Renders a template.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Box::new(explain(&error, name, &self.own))),
        }
    }
}

impl Templates {
    /// Renders a component; `around` is what it may take from the place of use.
    pub(super) fn component(&self, name: &str, arguments: &Context, around: &Context) -> TeraResult<String> {
        self.tera.render_component_with_implicits(name, arguments, around, None, true)
    }
}

fn empty() -> Tera {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes([BUILTIN.to_owned()]).expect("the set is empty, so every prefix is fine");
    filters::register(&mut tera);
    tera
}

/// Whether an error of a template read alone is about another template, which is not there yet.
fn is_about_others(error: &tera::Error) -> bool {
    let text = error.to_string();
    text.contains("omponent") && text.contains("not found") || text.contains("emplate") && text.contains("not found")
}

/// What Tera says of all names that it does not know, which comes as one text: `error: …` and `--> file:line:column`.
fn references(error: &tera::Error, own: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let text = error.to_string();
    let mut found = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(start) = line.strip_prefix("error: ") {
            message = Some(start);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(message) = message.take()
        {
            let mut parts = place.rsplitn(3, ':');
            let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
            let (Some(column), Some(line)) = (number(), number()) else { continue };
            let file = parts.next().unwrap_or("");
            let name = file.strip_prefix(BUILTIN).filter(|name| !own.contains_key(*name)).unwrap_or(file);
            let source = own.get(name).map(String::as_str).or_else(|| builtin_text(name)).unwrap_or("");
            let width = message.split('`').nth(1).map_or(1, |name| name.chars().count() as u32);
            let place = Place::line(format!("templates/{name}"), source, line, column, width);
            found.push(Diagnostic::error(codes::TEMPLATE_SYNTAX, lower_first(message)).at(place));
        }
    }
    found
}

/// A Tera error as a diagnostic, with the line of the template.
fn explain(error: &tera::Error, rendering: &str, own: &BTreeMap<String, String>) -> Diagnostic {
    let kind = error.kind();
    let code =
        if matches!(kind, ErrorKind::RenderingError(_)) { codes::TEMPLATE_RENDER } else { codes::TEMPLATE_SYNTAX };
    if let ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) = kind {
        let file = report.filename();
        let name = file.strip_prefix(BUILTIN).filter(|name| !own.contains_key(*name)).unwrap_or(file);
        let source = own.get(name).map(String::as_str).or_else(|| builtin_text(name)).unwrap_or("");
        let range = &report.span().range;
        let place = Place::bytes(format!("templates/{name}"), source, range.start, range.end.max(range.start + 1));
        let mut message = report.message().to_owned();
        if let Some(cause) = std::error::Error::source(error) {
            message = format!("{message}: {cause}");
        }
        let (message, help) =
            message.split_once(" Available fields: ").map_or((message.as_str(), None), |(m, fields)| (m, Some(fields)));
        let mut diagnostic = Diagnostic::error(code, lower_first(message.trim_end_matches('.'))).at(place.clone());
        if let Some(fields) = help {
            let wanted = message.split('`').nth(1).unwrap_or("");
            let near = text::nearest(wanted, fields.split(", "));
            diagnostic = diagnostic.help(match near {
                Some(near) => format!("did you mean `{near}`? there are: {fields}"),
                None => format!("there are: {fields}"),
            });
        }
        return diagnostic;
    }
    let message = lower_first(&error.to_string());
    let named = own
        .keys()
        .find(|name| message.contains(name.as_str()))
        .map(String::as_str)
        .or(Some(rendering).filter(|name| !name.is_empty()));
    let diagnostic = Diagnostic::error(code, message);
    match named {
        Some(name) => diagnostic.at(Place::file(format!("templates/{name}"))),
        None => diagnostic,
    }
}

fn builtin_text(name: &str) -> Option<&'static str> {
    builtin::TEMPLATES.iter().find(|(builtin, _)| *builtin == name).map(|(_, text)| *text)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
