//! Findings as a list of HTML: on the desk, and in the answers to its actions.

use std::ops::Range;

use serde::Serialize;

use super::html::escape;
use crate::base::report::{Diagnostic, Severity};
use crate::render::Standalone;

#[derive(Serialize)]
struct View {
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    severity: Severity,
    code: &'static str,
    message: String,
    help: Option<String>,
    /// The position as `file:line:column`, or the file alone: `content/articles/x.md:4:3`.
    place: Option<String>,
    line: u32,
    /// The source line in three parts: before, inside and after the marked range.
    source: Option<[String; 3]>,
}

/// The list; empty when nothing was found. Fails when its own template does.
pub(super) fn list<'a>(problems: impl IntoIterator<Item = &'a Diagnostic>) -> Result<String, Box<Diagnostic>> {
    let findings: Vec<Finding> = problems.into_iter().map(finding).collect();
    if findings.is_empty() {
        return Ok(String::new());
    }
    Standalone::new(include_str!("findings.html"))?.render(&View { findings })
}

fn finding(problem: &Diagnostic) -> Finding {
    let Diagnostic { code, severity, kind: _, message, place, help, replacement: _, about: _, count: _, cause: _ } =
        problem;
    let spot = place.as_ref().filter(|place| place.line > 0);
    let source = spot.map(|place| {
        let Range { start: from, end } = place.marked();
        let length = end - from;
        let part = |skip: usize, take: usize| place.text.chars().skip(skip).take(take).collect::<String>();
        [part(0, from), part(from, length), part(from + length, usize::MAX)]
    });
    Finding {
        severity: *severity,
        code: code.0,
        message: marked(message),
        help: help.as_deref().map(marked),
        place: place.as_ref().map(|place| match spot {
            Some(spot) => format!("{}:{}:{}", spot.file, spot.line, spot.column),
            None => place.file.clone(),
        }),
        line: spot.map_or(0, |place| place.line),
        source,
    }
}

/// A message as HTML, with text in backticks as `<code>`.
pub(super) fn marked(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part) }).collect()
}
