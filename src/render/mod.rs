//! A view becomes bytes.
//!
//! In: [`View`]s, and the templates as text. Out: bytes, with the questions that a page's template asked and the
//! digests of their answers; or a diagnostic. Pages go through Tera, formats for machines are written here.
//! Deliberately not here: what a page shows (`plan` says so), and the disk.

mod blocks;
mod context;
mod email;
mod functions;
mod machines;
mod standalone;
mod templates;

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::digest::inputs::Inputs;
use crate::base::digest::recording::{Objects, Recording};
use crate::base::digest::{Digest, Digester};
use crate::base::picture::rendition::Rendition;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::content::asset::AssetBytes;
use crate::plan::context::questions::Question;
use crate::plan::{Email, FeedFormat, Page, SiteContext, View};

use context::RenderContext;
use email::{lines, message, styles};
use functions::session::{self, Host};
use machines::{feeds, markdown, sitemaps};

pub use standalone::Standalone;
pub use templates::builtin::{STATICS, TEMPLATES};
pub use templates::{TemplateSource, Templates};

/// The content of an output.
#[derive(Debug)]
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file as it stands, and the digest that its bytes had when it was read.
    File(AssetBytes, Digest),
    /// A scaled copy of a file, and the digest that its bytes had when it was read; not yet made.
    Rendition(AssetBytes, Digest, Rendition),
}

/// A rendered output and what its template asked.
#[derive(Debug)]
pub struct Outcome {
    /// The content of the output.
    pub rendered: Rendered,
    /// Each question, as a line of text, with the digest of its answer.
    pub questions: Vec<(String, Digest)>,
}

/// Renders the outputs of one site with one set of templates.
pub struct Renderer {
    context: Arc<RenderContext>,
    /// Those of the editions in further languages.
    languages: Vec<Self>,
}

impl Renderer {
    /// Converts what all pages share into values of the template engine, once.
    pub fn new(templates: Arc<Templates>, context: Arc<SiteContext>) -> Self {
        let of = |language: &Arc<SiteContext>| Self::new(Arc::clone(&templates), Arc::clone(language));
        let languages = context.languages.iter().map(of).collect();
        Self { languages, context: Arc::new(RenderContext::new(templates, context)) }
    }

    /// The renderer of the edition that a view belongs to, and the view as that edition knows it.
    pub fn resolve<'v>(&'v self, view: &'v View) -> (&'v Self, &'v View) {
        match view {
            View::Language(language, view) => self.languages[*language].resolve(view),
            view => (self, view),
        }
    }

    /// The cache key of an output: a digest of all its inputs, except for the answers to its template's questions, which are
    /// known only once it has been rendered (see [`Renderer::holds`]).
    pub fn key(&self, view: &View) -> Digest {
        let mut digester = Digester::new();
        self.inputs(view, &mut digester);
        digester.finish()
    }

    /// Feeds the inputs of an output: what it shows, the templates that it can reach, and the build of the program.
    fn inputs(&self, view: &View, inputs: &mut impl Inputs) {
        let (own, view) = self.resolve(view);
        view.inputs(&own.context.site_context, inputs);
        let templates = &own.context.templates;
        match view {
            View::Page(page) => templates.inputs(&page.template, inputs),
            View::Email(email) => email.pages().for_each(|page| templates.inputs(&page.template, inputs)),
            _ => {}
        }
    }

    /// Records the inputs of an output, with the answers to the questions that its template asked, for `why`.
    pub fn record(&self, view: &View, questions: &[(String, Digest)], objects: &Objects) -> Box<[u8]> {
        let mut recording = Recording::new(objects);
        self.inputs(view, &mut recording);
        let (own, _) = self.resolve(view);
        for (line, _) in questions {
            match Question::from_line(line) {
                Some(Question::Component { name }) => {
                    own.context.templates.tell_component(&name, line, &mut recording);
                }
                Some(question) => {
                    let digest = own.context.answer(&question, line).digest;
                    own.context.site_context.tell_answer(&question, digest, &mut recording);
                }
                None => {}
            }
        }
        recording.finish()
    }

    /// Whether the site still gives the answers that were recorded with an output: the second half of the check for
    /// staleness.
    pub fn holds(&self, questions: &[(String, Digest)]) -> bool {
        let same = |line: &str, digest| {
            let now = || Some(self.context.answer(&Question::from_line(line)?, line).digest);
            self.context.known(line).or_else(now) == Some(digest)
        };
        questions.iter().all(|(line, digest)| same(line, *digest))
    }

    /// Renders an output.
    pub fn render(&self, view: &View) -> Result<Outcome, Box<Diagnostic>> {
        let bytes = match view {
            View::Page(page) => {
                let mut questions = Vec::new();
                let bytes = self.page(page, &mut questions)?;
                return Ok(Outcome { rendered: Rendered::Bytes(bytes), questions });
            }
            View::Email(email) => return self.email(email),
            View::Feed(feed) => match feed.format {
                FeedFormat::Atom => feeds::atom(feed),
                FeedFormat::Rss => feeds::rss(feed),
                FeedFormat::Json => feeds::json(feed),
            },
            View::Sitemap(entries) => sitemaps::sitemap(entries),
            View::SitemapIndex(addresses) => sitemaps::index(addresses),
            View::Twin(twin) => markdown::twin(twin),
            View::Text(text) => text.clone().into_bytes(),
            View::Language(language, view) => return self.languages[*language].render(view),
            View::Rendition(bytes, digest, rendition) => {
                let rendered = Rendered::Rendition(bytes.clone(), *digest, *rendition);
                return Ok(Outcome { rendered, questions: Vec::new() });
            }
            View::File(bytes, digest) => {
                return Ok(Outcome { rendered: Rendered::File(bytes.clone(), *digest), questions: Vec::new() });
            }
        };
        Ok(Outcome { rendered: Rendered::Bytes(bytes), questions: Vec::new() })
    }

    /// A page's bytes. What its template asked is added to `questions`.
    fn page(&self, page: &Page, questions: &mut Vec<(String, Digest)>) -> Result<Vec<u8>, Box<Diagnostic>> {
        let render = || {
            let context = self.context.context(page)?;
            self.context.templates.render(&page.template, &context)
        };
        let host = Arc::clone(&self.context) as Arc<dyn Host>;
        let session::Ended { result, asked, failed } = session::with(host, &page.meta.lang, render);
        // When a fragment fails, the engine knows only its call.
        let bytes = result.map_err(|call| match failed {
            Some(fault) => self.within(&fault, *call),
            None => call,
        });
        // Components that the page's template calls by name are in its digest already.
        let covered = |line: &str| {
            let component = Question::component_of(line);
            component.is_some_and(|name| self.context.templates.covers(&page.template, &name))
        };
        questions.extend(asked.into_iter().filter(|(line, _)| !covered(line)));
        bytes
    }

    /// The fault of a fragment, with the call of it. One that has no place of its own is at the call.
    fn within(&self, fault: &tera::Error, call: Diagnostic) -> Box<Diagnostic> {
        let mut problem = self.context.templates.explain(fault, "");
        match (&problem.place, call.place) {
            (Some(_), Some(at)) => {
                problem.message.push_str(&format!(", called from `{}:{}:{}`", at.file, at.line, at.column));
            }
            (None, at) => problem = Diagnostic { place: at, message: problem.message, ..call },
            (Some(_), None) => {}
        }
        Box::new(problem)
    }

    fn email(&self, email: &Email) -> Result<Outcome, Box<Diagnostic>> {
        let mut questions = Vec::new();
        let mut part = |page: Option<&Page>| -> Result<Option<String>, Box<Diagnostic>> {
            let Some(page) = page else { return Ok(None) };
            Ok(Some(String::from_utf8_lossy(&self.page(page, &mut questions)?).into_owned()))
        };
        let html = part(email.html.as_ref())?.map(|html| styles::inline(&html)).transpose()?;
        let text = part(email.text.as_ref())?.map(|text| lines::wrapped(&text));
        questions.sort();
        questions.dedup();
        let bytes = match (&email.envelope, html, text) {
            (Some(envelope), html, text) => {
                message::message(envelope, &text.unwrap_or_default(), &html.unwrap_or_default())
            }
            (None, html, text) => html.or(text).unwrap_or_default().into_bytes(),
        };
        Ok(Outcome { rendered: Rendered::Bytes(bytes), questions })
    }
}

/// Problems of many pages as a report. A template that fails on a thousand pages in the same way is one problem.
pub fn group(problems: Vec<(Option<Route>, Diagnostic)>) -> Report {
    let mut groups: Vec<(Diagnostic, Vec<Route>)> = Vec::new();
    let mut known: HashMap<Diagnostic, usize> = HashMap::new();
    for (route, problem) in problems {
        let at = *known.entry(problem.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, routes)) => routes.extend(route),
            None => groups.push((problem, route.into_iter().collect())),
        }
    }
    let mut report = Report::default();
    for (mut problem, mut routes) in groups {
        routes.sort();
        if let Some(first) = routes.first() {
            let rest = match routes.len() - 1 {
                0 => String::new(),
                more => format!(" and {}", crate::base::text::plural(more, "other page", "other pages")),
            };
            let met = format!("it happens on `{first}`{rest}");
            problem.help = Some(match problem.help {
                Some(help) if help.ends_with('?') => format!("{help} It happens on `{first}`{rest}"),
                Some(help) => format!("{help}; {met}"),
                None => met,
            });
        }
        report.push(problem);
    }
    report
}
