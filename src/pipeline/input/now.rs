//! Time as an input: the instant to publish as of.

use crate::base::codes;
use crate::base::date::Moment;
use crate::base::report::{Diagnostic, Report};
use crate::config::Config;

/// The instant to publish as of.
#[derive(Clone, Debug)]
pub enum Now {
    /// The time of the clock.
    Clock(jiff::Timestamp),
    /// As written on the command line, in the site's time zone when it names none.
    Text(String),
}

/// The instant that is meant; none, with the problem, when `--now` cannot be read.
pub(in crate::pipeline) fn moment(now: &Now, config: &Config) -> (Option<Moment>, Report) {
    let mut report = Report::default();
    match now {
        Now::Clock(instant) => (Some(Moment::at(*instant)), report),
        Now::Text(text) => match Moment::parse(text, &config.zone) {
            Ok(moment) => (Some(moment), report),
            Err(error) => {
                report.push(
                    Diagnostic::error(codes::BAD_DATE, format!("{error} (`--now`)"))
                        .help(crate::base::date::FORMS)
                        .of_usage(),
                );
                (None, report)
            }
        },
    }
}
