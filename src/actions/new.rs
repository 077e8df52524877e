//! A new content file.

use jiff::Timestamp;

use super::result::ActionResult;
use crate::base::codes;
use crate::base::date::{FORMS, Moment, Zone};
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;
use crate::pipeline::{self, Request};
use crate::scaffold::{self, NewFile, new};
use crate::site::Scope;

/// The kind of a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// A draft of an article, dated as written here, or now.
    Article(Option<String>),
    /// A draft of an entry of live coverage, dated as written here, or now.
    Entry {
        /// The slug of its story, or the path.
        story: String,
        /// Its time.
        date: Option<String>,
    },
    /// A draft of an edition, dated as written here, or now.
    Briefing(Option<String>),
    /// A topic.
    Topic,
    /// A person.
    Person,
    /// A draft of a standing page.
    Page,
}

/// Writes a new file of this kind with a title. `now` is the present. Fails when a date cannot be read, and when the title is
/// empty; what else is wrong is in the report, and nothing is written then.
pub fn new(request: &Request, kind: NewKind, title: &str, now: Timestamp) -> Result<ActionResult, Box<Diagnostic>> {
    if title.trim().is_empty() {
        return Err(Box::new(Diagnostic::error(codes::USAGE, "a title must not be empty").of_usage()));
    }
    let request = Request { origin: None, scope: Scope { drafts: true, future: true }, ..request.clone() };
    let (config, report) = pipeline::configure(&request);
    let Some(config) = config else { return Ok(ActionResult { report, ..ActionResult::default() }) };
    let way_out = match kind {
        NewKind::Briefing(_) => "edit that edition, or give the new one another title or day (`--date`)",
        NewKind::Person => "edit that file, or give the new one another name",
        NewKind::Article(_) | NewKind::Entry { .. } | NewKind::Topic | NewKind::Page => {
            "edit that file, or give the new one another title"
        }
    };
    let file = file(kind, title, now, &request, &config.zone)?;
    let report = scaffold::create(&request.root, std::slice::from_ref(&file), way_out);
    let files = if report.has_errors() { Vec::new() } else { vec![file.path] };
    Ok(ActionResult { files, report, ..ActionResult::default() })
}

fn file(
    kind: NewKind,
    title: &str,
    now: Timestamp,
    request: &Request,
    zone: &Zone,
) -> Result<NewFile, Box<Diagnostic>> {
    let at = |date: Option<String>| match date {
        Some(text) => Moment::parse(&text, zone).map_err(|error| {
            Box::new(Diagnostic::error(codes::BAD_DATE, format!("{error} (`--date`)")).help(FORMS).of_usage())
        }),
        None => Ok(Moment::at(now)),
    };
    Ok(match kind {
        NewKind::Article(date) => new::article(title, at(date)?, zone),
        NewKind::Entry { story, date } => {
            // Problems of other files do not matter here.
            let site = pipeline::assemble(request).0;
            new::entry(&new::live_story(site.as_deref(), &story)?, title, at(date)?, zone)
        }
        NewKind::Briefing(date) => {
            let date = at(date)?;
            // Problems of other files do not matter here.
            let number = pipeline::assemble(request).0.and_then(|site| new::next_number(&site, date));
            let is_taken =
                |path: &str| disk::stat(&disk::join(&request.root, path)).is_ok_and(|kind| kind != FileKind::Missing);
            new::briefing(title, date, zone, number, is_taken)
        }
        NewKind::Topic => new::topic(title),
        NewKind::Person => new::person(title),
        NewKind::Page => new::page(title),
    })
}
