//! The desk's actions: a request that has passed the gate becomes an action, and its result a fragment of HTML.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::findings::{self, marked};
use super::html::OWN;
use super::server::Server;
use crate::actions::{self, ActionResult, NewKind};
use crate::base::report::{Diagnostic, Report};
use crate::base::web::escape;
use crate::pipeline::{self, Now, Request};
use crate::render::Standalone;

/// An action of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// A new file: JSON, `{"kind": "article", "title": "…"}`.
    New,
    /// Wire copy: the bytes as they came, in any of the encodings that the import reads.
    #[cfg(feature = "import")]
    Wire,
    /// A draft that is published: JSON, `{"file": "content/…"}`.
    Publish,
}

impl Action {
    /// The action of a name below the server's own prefix.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "new" => Some(Self::New),
            #[cfg(feature = "import")]
            "wire" => Some(Self::Wire),
            "publish" => Some(Self::Publish),
            _ => None,
        }
    }

    /// The media type of its body: one that no form can send, so that browsers ask before a page of another site sends it.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::New | Self::Publish => "application/json",
            #[cfg(feature = "import")]
            Self::Wire => "application/octet-stream",
        }
    }

    /// The longest body, in bytes.
    pub(super) fn limit(self) -> usize {
        match self {
            Self::New | Self::Publish => 16 << 10,
            #[cfg(feature = "import")]
            Self::Wire => 4 << 20,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFile {
    kind: Kind,
    title: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Article,
    Briefing,
    Topic,
    Person,
    Page,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    file: String,
}

#[derive(Serialize)]
struct View {
    is_done: bool,
    files: Vec<WrittenFile>,
    lines: Vec<String>,
    closing: Option<String>,
    findings: String,
}

/// A file that was written, with the address that leads to its page.
#[derive(Serialize)]
struct WrittenFile {
    url: String,
    path: String,
}

/// Does it, and says what came of it: the status, and a fragment of HTML. Actions are done one after another.
pub(super) fn act(server: &Server, action: Action, body: &[u8]) -> (StatusCode, String) {
    let _alone = server.acting.lock();
    let request = Request { origin: None, ..server.request.clone() };
    let result = match now(server, request) {
        Ok((request, now)) => perform(&request, now, action, body),
        Err(report) => ActionResult { report: *report, ..ActionResult::default() },
    };
    let ActionResult { files, lines, report, closing } = result;
    let is_done = !files.is_empty() || !report.has_errors();
    let status = if is_done { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let findings = match findings::list(report.diagnostics()) {
        Ok(list) => list,
        Err(problem) => return (StatusCode::INTERNAL_SERVER_ERROR, problem.message),
    };
    let file = |path: String| WrittenFile { url: format!("{OWN}page?file={}", escape::path(&path)), path };
    let files = files.into_iter().map(file).collect();
    let lines = lines.iter().map(|line| marked(line)).collect();
    let view = View { is_done, files, lines, closing: closing.as_deref().map(marked), findings };
    match Standalone::new(include_str!("act.html")).and_then(|template| template.render(&view)) {
        Ok(text) => (status, text),
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem.message),
    }
}

/// The request as of now, and that instant.
fn now(server: &Server, mut request: Request) -> Result<(Request, Timestamp), Box<Report>> {
    if let Some(clock) = &server.clock {
        request.now = Now::Clock(clock());
    }
    if let Now::Clock(now) = request.now {
        return Ok((request, now));
    }
    // With `--now` the instant is read in the site's time zone.
    match pipeline::assemble(&request) {
        (Some(site), _) => Ok((request, site.as_of.instant())),
        (None, report) => Err(Box::new(pipeline::finish(report.only_errors(), &request.root))),
    }
}

fn perform(request: &Request, now: Timestamp, action: Action, body: &[u8]) -> ActionResult {
    match action {
        Action::New => match serde_json::from_slice(body) {
            Ok(NewFile { kind, title }) => {
                let kind = match kind {
                    Kind::Article => NewKind::Article(None),
                    Kind::Briefing => NewKind::Briefing(None),
                    Kind::Topic => NewKind::Topic,
                    Kind::Person => NewKind::Person,
                    Kind::Page => NewKind::Page,
                };
                actions::new(request, kind, &title, now).unwrap_or_else(|problem| failed(*problem))
            }
            Err(error) => unreadable(&error),
        },
        Action::Publish => match serde_json::from_slice(body) {
            Ok(Draft { file }) => actions::publish(request, &[file]),
            Err(error) => unreadable(&error),
        },
        #[cfg(feature = "import")]
        Action::Wire => wire(request, body),
    }
}

#[cfg(feature = "import")]
fn wire(request: &Request, body: &[u8]) -> ActionResult {
    use crate::base::disk;
    use crate::import::wire::{Dry, WireOptions};

    let taken = actions::take_in(request, ("the copy", body), WireOptions::default(), None, Dry::Not);
    let below = |path: &std::path::Path| disk::slashed(path.strip_prefix(&request.root).unwrap_or(path));
    let files = taken.fresh().map(below).collect();
    let closing = taken.closing(Dry::Not);
    let mut report = Report::default();
    taken.notes().into_iter().for_each(|note| report.push(note));
    report.extend(taken.report);
    ActionResult { files, lines: Vec::new(), report, closing }
}

fn failed(problem: Diagnostic) -> ActionResult {
    let mut report = Report::default();
    report.push(problem);
    ActionResult { report, ..ActionResult::default() }
}

fn unreadable(error: &serde_json::Error) -> ActionResult {
    failed(Diagnostic::error(crate::base::codes::USAGE, format!("the request cannot be read: {error}")))
}
