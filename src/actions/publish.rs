//! The release of drafts, and what is found in them afterwards.

use std::sync::Arc;

use super::result::ActionResult;
use crate::base::date::Zone;
use crate::base::report::{Report, Severity};
use crate::base::text::plural;
use crate::check::{self, CheckOptions};
use crate::content::document::Document;
use crate::pipeline::{self, Prepared, Request};
use crate::plan;
use crate::release::{self, Dating, KeptDate, Release};
use crate::site::Scope;

/// Releases the drafts at `paths`, which are relative to the site's root, as of the instant of the request. When one of them
/// cannot be released, none is. The report has what [`check`] finds in the released files.
pub fn publish(request: &Request, paths: &[String]) -> ActionResult {
    let request = Request { origin: None, scope: Scope::default(), ..request.clone() };
    let (prepared, before) = pipeline::prepare(&request);
    let Some(prepared) = prepared else {
        let report = pipeline::finish(before.only_errors(), &request.root);
        return ActionResult { report, ..ActionResult::default() };
    };
    let site = prepared.site();
    let (drafts, mut report) = release::plan(&request.root, site, paths);
    if !report.has_errors() {
        report.extend(caused(&prepared, &before, &drafts));
    }
    if report.has_errors() {
        let report = pipeline::finish(report, &request.root);
        let closing = Some("nothing was released".to_owned());
        return ActionResult { report, closing, ..ActionResult::default() };
    }
    if drafts.is_empty() {
        let report = pipeline::finish(report, &request.root);
        return ActionResult { report, closing: Some("nothing to release".to_owned()), ..ActionResult::default() };
    }
    let done = report.take(release::write(&drafts));
    let released = &drafts[..done];
    let lines = released.iter().map(|release| line(release, &site.config.zone)).collect();
    let files = released.iter().map(|release| release.path.clone()).collect();
    let checked = match check::check(&request, &CheckOptions::default()) {
        Ok(checked) => checked.report,
        Err(problem) => {
            report.push(*problem);
            return ActionResult { files, lines, report, closing: None };
        }
    };
    let elsewhere = checked.count(Severity::Error);
    let is_own = |file: &str| released.iter().any(|release| release.path == file);
    report.extend(checked.only(|problem| problem.place.as_ref().is_some_and(|place| is_own(&place.file))));
    let counts = report.counts().unwrap_or_else(|| "no problems".to_owned());
    let others = match elsewhere.saturating_sub(report.count(Severity::Error)) {
        0 => String::new(),
        more => format!("; {} elsewhere, which `dateline check` shows", plural(more, "error", "errors")),
    };
    let closing = Some(format!("{} released: {counts}{others}", plural(done, "file", "files")));
    ActionResult { files, lines, report, closing }
}

/// The errors that a site has once the drafts are released, and has not yet. With them, nothing could be published, and the
/// files would be no drafts any more that the command could be given again.
fn caused(prepared: &Prepared, before: &Report, drafts: &[Release]) -> Report {
    let mut report = Report::default();
    if drafts.is_empty() {
        return report;
    }
    let documents: Vec<Arc<Document>> = drafts.iter().map(|draft| Arc::clone(draft.document())).collect();
    let context = prepared.context.again(|site| report.take(site.with(&documents)));
    report.take(plan::plan(&context));
    let known = before.diagnostics();
    report.only(|problem| problem.severity == Severity::Error && !known.contains(problem))
}

/// What became of a file.
fn line(release: &Release, zone: &Zone) -> String {
    let Release { path, date, until, .. } = release;
    let date = match date {
        Dating::Stamped(at) => format!("date: {}", at.rfc3339(zone)),
        Dating::Kept(at, KeptDate::Ahead) => format!("`date` lies ahead and stays {}", at.iso(zone)),
        Dating::Kept(at, KeptDate::Edition) => format!("`date` names the edition and stays {}", at.iso(zone)),
        Dating::Kept(at, KeptDate::Published) => format!("readers had it before, so `date` stays {}", at.iso(zone)),
        Dating::Absent => "no draft any more".to_owned(),
    };
    let until = until.map_or_else(String::new, |at| format!("; it appears {}", at.plain(zone)));
    format!("{path}: {date}{until}")
}
