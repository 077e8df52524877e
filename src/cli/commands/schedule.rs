//! `dateline schedule`.

use clap::ValueEnum;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::base::date::Zone;
use crate::base::report::print::escape_controls;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::world;
use crate::pipeline;
use crate::site::{Change, Scope};

/// Show when the site will change by itself: embargoes, future dates and expiries
#[derive(clap::Args)]
pub(in super::super) struct ScheduleArgs {
    /// Show only the next change, with a line for cron
    #[arg(long)]
    next: bool,
    /// Output format
    #[arg(long, default_value = "text")]
    format: Format,
    #[command(flatten)]
    as_of: AsOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// An array of changes; with `--next` one object, or `null`
    Json,
}

pub(super) fn run(args: ScheduleArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let ScheduleArgs { next, format, as_of } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, Scope::default())?;
    let (site, report) = pipeline::assemble(&request);
    let report = pipeline::finish(report.only_errors(), &request.root);
    printer.report(&report, problems::CHECK);
    if let Some(site) = site {
        let zone = &site.config.zone;
        let instants: Vec<&[Change]> = site.upcoming.chunk_by(|a, b| a.at.instant() == b.at.instant()).collect();
        if instants.is_empty() {
            printer.closing("nothing is scheduled: the site does not change by itself");
        }
        let text = match (format, next) {
            (Format::Text, true) => instants.first().map_or_else(String::new, |first| {
                format!("{}# cron, in UTC: {}\n", text(first, zone), cron(first[0].at.instant()))
            }),
            (Format::Text, false) => instants.iter().map(|changes| text(changes, zone)).collect(),
            (Format::Json, true) => {
                format!("{:#}\n", instants.first().map_or(Value::Null, |first| object(first, zone)))
            }
            (Format::Json, false) => {
                format!("{:#}\n", instants.iter().map(|changes| object(changes, zone)).collect::<Value>())
            }
        };
        print::result(&text)?;
    }
    Ok(outcome::of(&report))
}

/// The changes at one instant, for people.
fn text(changes: &[Change], zone: &Zone) -> String {
    let at = changes[0].at.plain(zone);
    let line = |change: &Change| {
        let Change { at: _, effect, path, title } = change;
        format!("  {}  {}  {}\n", effect.word(), escape_controls(path), escape_controls(title))
    };
    format!("{at}\n{}", changes.iter().map(line).collect::<String>())
}

fn object(changes: &[Change], zone: &Zone) -> Value {
    let at = changes[0].at;
    let change = |change: &Change| json!({"effect": change.effect, "file": change.path, "title": change.title});
    json!({
        "at": at.rfc3339(zone),
        "utc": at.rfc3339(&Zone::utc()),
        "cron": cron(at.instant()),
        "changes": changes.iter().map(change).collect::<Vec<_>>(),
    })
}

/// The first full minute at or after an instant, in UTC, in crontab syntax: `0 22 18 10 *`.
fn cron(at: Timestamp) -> String {
    let seconds = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    let minute = Timestamp::from_second(seconds.div_euclid(60) * 60 + if seconds.rem_euclid(60) > 0 { 60 } else { 0 });
    let utc = minute.unwrap_or(at).to_zoned_datetime(jiff::tz::TimeZone::UTC);
    format!("{} {} {} {} *", utc.minute(), utc.hour(), utc.day(), utc.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Moment;

    #[test]
    fn cron_never_runs_too_early() {
        let cron = |text: &str| cron(Moment::parse(text, &Zone::utc()).expect("a date").instant());
        assert_eq!(cron("2023-10-19T06:00:00+08:00"), "0 22 18 10 *");
        assert_eq!(cron("2023-12-31T23:59:01Z"), "0 0 1 1 *");
        assert_eq!(cron("2023-10-19T06:00:00.5Z"), "1 6 19 10 *");
    }
}
