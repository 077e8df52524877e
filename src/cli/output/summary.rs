//! The summary of a build.

use std::path::Path;

use crate::base::codes;
use crate::base::date::Zone;
use crate::base::report::{Diagnostic, Place};
use crate::base::text::plural;
use crate::pipeline::Overview;
use crate::publish::Summary;
use crate::site::Withheld;

/// Most foreign files that are named.
const NAMED: usize = 5;

/// The summary line: `12 articles, 31 pages, 4 new, 2 changed; withheld: 2, next change 2023-10-19 06:00 +08:00`.
pub(in super::super) fn closing(overview: &Overview, summary: &Summary) -> String {
    let Overview { articles, pages, withheld, next_change, zone } = overview;
    let mut parts = vec![plural(*articles, "article", "articles"), plural(*pages, "page", "pages")];
    let changes =
        [(summary.added.len(), "new"), (summary.changed.len(), "changed"), (summary.removed.len(), "removed")];
    let changes: Vec<String> =
        changes.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    parts.push(if changes.is_empty() { "nothing changed".to_owned() } else { changes.join(", ") });
    let mut ahead = Vec::new();
    if *withheld > 0 {
        ahead.push(format!("withheld: {withheld}"));
    }
    if let Some(next) = next_change {
        ahead.push(format!("next change {}", next.plain(&Zone::new(zone).unwrap_or_else(Zone::utc))));
    }
    let ahead = if ahead.is_empty() { String::new() } else { format!("; {}", ahead.join(", ")) };
    format!("{}{ahead}", parts.join(", "))
}

/// The error for warnings under `--deny-warnings`.
pub(in super::super) fn deny_warnings(count: usize) -> Diagnostic {
    let there = if count == 1 { "there is" } else { "there are" };
    Diagnostic::error(codes::DENIED, format!("{there} {} (`--deny-warnings`)", plural(count, "warning", "warnings")))
}

/// The error for a withheld story under `--deny-withheld`.
pub(in super::super) fn deny_withheld(held: &Withheld, zone: &Zone) -> Diagnostic {
    let until = held.until.map_or_else(String::new, |until| format!(" until {}", until.plain(zone)));
    let message = format!("`{}` is withheld: {}{until} (`--deny-withheld`)", held.title, held.reason.word());
    Diagnostic::error(codes::DENIED, message).at(Place::file(&held.path))
}

/// A note about foreign files in the output folder.
pub(in super::super) fn foreign(files: &[String], output: &Path) -> Option<Diagnostic> {
    let first = files.iter().take(NAMED).map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", ");
    let more = if files.len() > NAMED { ", …" } else { "" };
    let there = if files.len() == 1 { "is" } else { "are" };
    let count = plural(files.len(), "file", "files");
    let message = format!("{count} in `{}` {there} not Dateline's and left alone: {first}{more}", output.display());
    (!files.is_empty()).then(|| Diagnostic::note(codes::FOREIGN_FILE, message))
}
