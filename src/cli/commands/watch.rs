//! `dateline watch`.

use std::time::Duration;

use super::build::BuildTarget;
use crate::base::text::plural;
use crate::cli::args::Globals;
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::Printer;
use crate::cli::output::problems::Reported;
use crate::cli::output::summary;
use crate::cli::{stop, world};
use crate::pipeline::{self, BuildOptions, Deny};
use crate::watch::{self, Cause, Watch, WatchOptions};

/// Most changed sources that are named.
const NAMED: usize = 3;

/// Build after each batch of saves and when an embargo ends; after an error, the last good output stays
#[derive(clap::Args)]
pub(in super::super) struct WatchArgs {
    #[command(flatten)]
    target: BuildTarget,
    #[command(flatten)]
    watching: Watching,
}

/// Options for watching.
#[derive(clap::Args)]
pub(super) struct Watching {
    /// Build after this long without changes
    #[arg(long, value_name = "TIME", default_value = "50ms", value_parser = duration)]
    debounce: Duration,
    /// Scan all files every second instead of relying on file system events; for network and container file systems
    #[arg(long)]
    poll: bool,
}

impl Watching {
    pub(super) fn options(&self) -> WatchOptions {
        WatchOptions { quiet: self.debounce, poll: self.poll.then_some(watch::POLL) }
    }
}

pub(super) fn run(args: WatchArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let WatchArgs { target, watching } = args;
    let place = world::place(globals)?;
    let clock = world::live_clock(&target.as_of);
    let (request, output) = target.request(&place)?;
    let options =
        BuildOptions { output, clean: false, verify: false, protected: world::protected(), deny: Deny::default() };

    let (mut watch, warning) = Watch::start(&request, watching.options())?;
    if let Some(warning) = warning {
        printer.problem(&warning);
    }
    let stopper = watch.stopper();
    stop::on_signals(move || stopper.stop())?;
    let mut exit = Exit::Success;
    let mut said = Reported::default();
    let tell = clock.as_ref().map(|clock| clock as &dyn Fn() -> jiff::Timestamp);
    watch::keep(request, tell, &mut watch, |request, cache, cause| {
        printer.detail(&words(cause));
        let built = pipeline::build_again(request, &options, cache);
        cache.save();
        printer.report_new(&built.report, &mut said);
        printer.detail(&format!("stages: {}", built.stages));
        exit = outcome::of(&built.report);
        let counts = built.report.counts();
        let milliseconds = built.stages.total().as_millis();
        printer.closing(&match (&built.overview, &built.summary) {
            (Some(overview), Some(done)) => {
                let counts = counts.map_or_else(String::new, |counts| format!("; {counts}"));
                format!("{}{counts}; {milliseconds} ms", summary::closing(overview, done))
            }
            _ => {
                format!("{}; the last good output stays", counts.unwrap_or_else(|| "nothing was published".to_owned()))
            }
        });
        built.overview?.next_change
    });
    Ok(exit)
}

/// The cause of a build, in words.
pub(super) fn words(cause: &Cause) -> String {
    match cause {
        Cause::Start => "the first time".to_owned(),
        Cause::Due => "a story is due".to_owned(),
        Cause::Changed(paths) => {
            let named = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
            let more = if paths.len() > NAMED { ", …" } else { "" };
            format!("{}: {named}{more}", plural(paths.len(), "file has changed", "files have changed"))
        }
    }
}

/// Parses `50ms`, `1s`, or a number of milliseconds.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a time: write `50ms` or `1s`");
    let (number, unit) = text.split_at(text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len()));
    let number: f64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit.trim() {
        "ms" | "" => number / 1000.0,
        "s" => number,
        _ => return Err(wrong()),
    };
    Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= Duration::from_secs(60)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        assert_eq!(duration("50ms"), Ok(Duration::from_millis(50)));
        assert_eq!(duration("50"), Ok(Duration::from_millis(50)));
        assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
        for wrong in ["", "ms", "1h", "-1s", "61s", "1e9"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
