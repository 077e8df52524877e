//! `dateline topics suggest`.

use serde_json::{Value, json};

use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::output::table::{TableFormat, TextTable};
use crate::cli::world;
use crate::pipeline;
use crate::site::topics::near;
use crate::site::{Scope, Site, TopicId};

/// List topics that may be one under two names, and topics of a single story
#[derive(clap::Args)]
pub(super) struct SuggestArgs {
    /// Output format
    #[arg(long, default_value = "table")]
    format: TableFormat,
    #[command(flatten)]
    as_of: AsOf,
}

pub(super) fn run(args: SuggestArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let SuggestArgs { format, as_of } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, Scope::default())?;
    let (sites, report) = pipeline::assemble_all(&request);
    let report = pipeline::finish(report.only_errors(), &request.root);
    printer.report(&report, problems::CHECK);
    if !sites.is_empty() {
        let rows = sites.iter().flat_map(|site| rows(site)).collect();
        let table = TextTable { columns: &["why", "topic", "stories", "like", "its_stories", "what_to_do"], rows };
        if table.rows.is_empty() {
            printer.closing("no two topics are alike, and each has more than one story");
        }
        print::result(&table.text(format))?;
    }
    Ok(outcome::of(&report))
}

/// Of the topics in one language: similar pairs, each with the command that merges them, then topics of a single story that
/// have no file.
fn rows(site: &Site) -> Vec<Vec<Value>> {
    let stories = |id: TopicId| site.topic(id).stories.len();
    let title = |id: TopicId| site.topic(id).title.as_str();
    let alike = near::topics(site).into_iter().map(|(more, fewer)| {
        vec![
            json!("alike"),
            json!(title(fewer)),
            json!(stories(fewer)),
            json!(title(more)),
            json!(stories(more)),
            json!(format!("dateline topics merge {} {}", quoted(title(fewer)), quoted(title(more)))),
        ]
    });
    let single = site.topics.iter().filter(|topic| topic.stories.len() == 1 && topic.file.is_none()).map(|topic| {
        let path = site.document(site.story(topic.stories[0]).doc).path.as_str();
        vec![json!("once"), json!(topic.title), json!(1), json!(""), json!(""), json!(path)]
    });
    alike.chain(single).collect()
}

/// Quotes a name for the shell.
fn quoted(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_a_name_as_it_is() {
        assert_eq!(quoted("ICC"), "ICC");
        assert_eq!(quoted("Côte d'Ivoire"), r"'Côte d'\''Ivoire'");
    }
}
