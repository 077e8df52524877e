//! The set of templates: the built-in ones, and the site's own, which win and may extend them.
//!
//! In: templates as text. Out: [`Templates`], ready to render, and a report with every fault in them; the digest of all
//! that a template is made of. Deliberately not here: what templates may ask, and what they see.

mod blanks;
pub(super) mod builtin;
mod closure;
mod depth;
mod habits;
mod lexer;
mod missing;
mod syntax;
mod template_error;

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Error, Tera, TeraResult};

use super::functions::filters;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::digest::inputs::Inputs;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text::lines::Lines;
use builtin::PREFIX as BUILTIN;
use closure::{Closure, Closures};
use template_error::{explain, unknown_names};

/// A template of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSource {
    /// Its name: the path below `templates/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The folder of templates, as places name it.
const TEMPLATES: &str = "templates/";

/// All templates, ready to render.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The site's own, for messages.
    own: BTreeMap<String, String>,
    /// The templates and components that each template is made of.
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
            let faults = syntax::faults(&source.name, &source.text, &own);
            if !faults.is_empty() {
                broken.push(&source.name);
            }
            for fault in faults {
                report.push(fault);
            }
        }
        if let Some(problem) = depth::too_deep(&own) {
            report.push(problem);
            return (None, report);
        }
        let (lost, problems): (Vec<String>, Vec<Diagnostic>) = missing::missing(&own, &broken).into_iter().unzip();
        for problem in problems {
            report.push(problem);
        }
        own.iter().filter_map(|(name, text)| word_as_component(name, text)).for_each(|problem| report.push(problem));
        let is_whole = broken.is_empty() && lost.is_empty();
        let mut tera = empty();
        let builtin = builtin::TEMPLATES.iter().map(|(name, text)| (format!("{BUILTIN}{name}"), (*text).to_owned()));
        let sound = own.iter().filter(|(name, _)| !broken.contains(&name.as_str()));
        // Empty templates stand in for missing ones, so that everything else is checked.
        let stubs = lost.into_iter().map(|name| (name, String::new()));
        let all = builtin.chain(sound.map(|(name, text)| (name.clone(), text.clone()))).chain(stubs);
        let Err(error) = tera.add_raw_templates(all) else {
            let closures = closure::closures(builtin::TEMPLATES, &own);
            return (is_whole.then_some(Self { tera, own, closures }), report);
        };
        let found = unknown_names(&error, &own);
        if found.is_empty() && is_whole {
            report.push(explain(&error, "", &own));
        }
        for problem in found {
            // A block or component may be missing only because its template is broken; nothing else hides a filter.
            let is_certain = ["unknown filter", "unknown test", "unknown function"];
            let component = problem.message.strip_prefix("unknown component `").and_then(|rest| rest.split('`').next());
            let is_nowhere = |name: &str| broken.iter().all(|template| !own[*template].contains(name));
            if is_whole
                || is_certain.iter().any(|start| problem.message.starts_with(start))
                || component.is_some_and(is_nowhere)
            {
                report.push(problem);
            }
        }
        (None, report)
    }

    /// Feeds the texts of a template and of all that it can reach.
    pub(super) fn inputs(&self, name: &str, inputs: &mut impl Inputs) {
        match self.closure(name) {
            Some(Closure { digest, texts, .. }) => inputs.shared("", "", *digest, texts),
            None => inputs.value("template", "missing"),
        }
    }

    /// The digest of a component's dependency closure.
    pub(super) fn component_digest(&self, name: &str) -> Digest {
        self.closures.component(name).map_or_else(|| Digest::of(b""), |closure| closure.digest)
    }

    /// Whether there is a component of this name.
    pub(super) fn has_component(&self, name: &str) -> bool {
        self.closures.component(name).is_some()
    }

    /// The names of all components.
    pub(super) fn components(&self) -> impl Iterator<Item = &str> {
        self.closures.names()
    }

    /// Feeds the closure of a component, which a template asks for by `line`.
    pub(super) fn tell_component(&self, name: &str, line: &str, inputs: &mut impl Inputs) {
        match self.closures.component(name) {
            Some(Closure { digest, texts, .. }) => inputs.shared("asked", line, *digest, texts),
            None => inputs.value(&format!("asked {line}"), "missing"),
        }
    }

    /// Whether the closure of a template holds a component: one that is called by its name, and not computed.
    pub(super) fn covers(&self, template: &str, component: &str) -> bool {
        self.closure(template).is_some_and(|closure| closure.calls.contains(component))
    }

    /// Whether a template may show the page's linked data.
    pub(super) fn shows_linked_data(&self, template: &str) -> bool {
        self.closure(template).is_none_or(|closure| closure.linked_data)
    }

    /// The site's own templates: their names and texts.
    pub fn own(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    fn closure(&self, name: &str) -> Option<&Closure> {
        self.closures.templates.get(name)
    }

    /// The closure of a template, itself included; empty when there is no such template.
    pub fn made_of(&self, name: &str) -> Vec<String> {
        self.closure(name).map_or_else(Vec::new, |closure| closure.texts.keys().cloned().collect())
    }

    /// These templates with spaces in place of the calls that failed there; none when they cannot be parsed.
    pub fn without(&self, faults: &BTreeSet<Place>) -> Option<Self> {
        let builtin = builtin::TEMPLATES.iter().map(|(name, text)| (format!("{BUILTIN}{name}"), (*text).to_owned()));
        let texts: BTreeMap<String, String> = builtin.chain(self.own.clone()).collect();
        let mut at: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for place in faults.iter().filter(|place| place.line > 0) {
            let Some(name) = place.file.strip_prefix(TEMPLATES) else { continue };
            let Some((name, text)) =
                texts.get_key_value(name).or_else(|| texts.get_key_value(&format!("{BUILTIN}{name}")))
            else {
                continue;
            };
            let lines = Lines::of(text);
            let line = lines.range(text, place.line as usize - 1).start;
            at.entry(name.clone()).or_default().insert(lines.after(
                text,
                line,
                place.column.saturating_sub(1) as usize,
            ));
        }
        let mut tera = empty();
        tera.add_raw_templates(blanks::without(&texts, &at)).ok()?;
        Some(Self { tera, own: self.own.clone(), closures: self.closures.clone() })
    }

    /// The problem of a name that no template has.
    pub fn absent(&self, name: &str) -> Option<Diagnostic> {
        missing::absent(name, &self.own)
    }

    /// An error of the engine as a problem; `rendering` is the template that was asked for.
    pub(super) fn explain(&self, error: &Error, rendering: &str) -> Diagnostic {
        explain(error, rendering, &self.own)
    }

    /// Renders a template.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Box::new(self.explain(&error, name))),
        }
    }
}

impl Templates {
    /// Renders a component; `around` is what it may take from the place of use.
    pub(super) fn component(&self, name: &str, arguments: &Context, around: &Context) -> TeraResult<String> {
        self.tera.render_component_with_implicits(name, arguments, around, None, true)
    }
}

/// A component that was meant to be a word of the interface, which none is.
fn word_as_component(name: &str, text: &str) -> Option<Diagnostic> {
    const START: &str = "component say.";
    let at = text.find(START)?;
    let message = "the words of the interface are not made by components";
    let place = Place::bytes(format!("{TEMPLATES}{name}"), text, at, at + START.len());
    let problem = Diagnostic::error(codes::TEMPLATE_SYNTAX, message).at(place);
    Some(problem.help("write them in `i18n/LANGUAGE.yaml`, such as `by: \"Von \"` in `i18n/de.yaml`"))
}

fn empty() -> Tera {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes([BUILTIN.to_owned()]).expect("the set is empty, so every prefix is fine");
    filters::register(&mut tera);
    tera
}
