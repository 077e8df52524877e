//! Dates in front matter, and changes of the clocks.

use jiff::civil::Date;

use super::check::{Check, text};
use crate::base::codes;
use crate::base::date::{Disambiguation, FORMS, Moment, Occurrence};
use crate::base::report::Diagnostic;
use crate::base::yaml::lenient::Text;
use crate::content::dateline;

impl Check<'_> {
    /// An instant.
    pub(super) fn moment(&mut self, path: &str, raw: Option<Text>) -> Option<Moment> {
        let text = text(raw)?;
        // For a repeated local time, an embargo takes the later instant so that nothing is published an hour early;
        // everything else takes the earlier one.
        let doubled = if path == "embargo" { Disambiguation::Later } else { Disambiguation::Earlier };
        match Moment::parse_noting(&text, &self.config.zone, doubled) {
            Ok((moment, shown)) => {
                self.clock_change(path, &text, moment, shown);
                Some(moment)
            }
            Err(error) => {
                let problem = Diagnostic::error(codes::BAD_DATE, error.to_string());
                let problem = match likely_date(&text).filter(|date| *date != text) {
                    Some(date) => problem.propose(date),
                    None => problem.help(FORMS),
                };
                self.problems.value(path, problem);
                None
            }
        }
    }

    /// `embargo` and `expires`. Reports an end that is not later than the beginning.
    pub(super) fn period(
        &mut self,
        date: Option<Moment>,
        embargo: Option<Text>,
        expires: Option<Text>,
    ) -> (Option<Moment>, Option<Moment>) {
        let (embargo, expires) = (self.moment("embargo", embargo), self.moment("expires", expires));
        if let (Some(from), Some(until)) = (embargo, expires)
            && from >= until
        {
            let problem = Diagnostic::error(codes::CONFLICT, "`expires` is not later than `embargo`");
            self.problems.value("expires", problem.help("the page would never be published"));
        }
        if let (Some(date), Some(until)) = (date.filter(|date| embargo.is_none_or(|from| from < *date)), expires)
            && date >= until
        {
            let problem = Diagnostic::warning(codes::CONFLICT, "`expires` is not later than `date`");
            self.problems.value("expires", problem.help("readers never see the page"));
        }
        (embargo, expires)
    }

    /// Reports which instant is used for a local time that clocks skip, and for an embargo at a time that they repeat.
    fn clock_change(&mut self, path: &str, text: &str, moment: Moment, shown: Occurrence) {
        let zone = &self.config.zone;
        let how_often = match shown {
            Occurrence::Never => "never show",
            Occurrence::Twice if path == "embargo" => "show twice",
            Occurrence::Once | Occurrence::Twice => return,
        };
        let message =
            format!("a time that the clocks of {} {how_often}: `{text}` counts as {}", zone.name(), moment.plain(zone));
        let help = format!("write the offset: `{}`", moment.rfc3339(zone));
        self.problems.value(path, Diagnostic::note(codes::CLOCK_CHANGE, message).help(help));
    }
}

/// The date that a text in an unknown form most likely means: `2023/1/5`, `17 October 2023`, `2023-10-17 9:30`.
fn likely_date(text: &str) -> Option<String> {
    if let Some((Some(year), month, day)) = dateline::day(text) {
        return Date::new(year, month, day).ok().map(|date| date.to_string());
    }
    let (day, clock) = text.split_once([' ', 'T']).map_or((text, None), |(day, clock)| (day, Some(clock)));
    let parts: Vec<&str> = day.split(['/', '.', '-']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let Some(clock) = clock else { return Some(date.to_string()) };
    let clock = clock.trim();
    // Wire services write midnight at the end of a day as 24:00.
    if let Some(rest) = clock.strip_prefix("24:00") {
        let whole = format!("{} 00:00{}", date.tomorrow().ok()?, rest.strip_prefix(":00").unwrap_or(rest));
        return Moment::parse(&whole, &crate::base::date::Zone::utc()).is_ok().then_some(whole);
    }
    let padded = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
    let whole = format!("{date} {padded}");
    Moment::parse(&whole, &crate::base::date::Zone::utc()).is_ok().then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_of_date_are_guessed() {
        for (text, date) in [
            ("2023/1/5", Some("2023-01-05")),
            ("2023.10.17", Some("2023-10-17")),
            ("17 October 2023", Some("2023-10-17")),
            ("Oct. 17, 2023", Some("2023-10-17")),
            ("2023-10-17 9:30", Some("2023-10-17 09:30")),
            ("2026-11-28T24:00", Some("2026-11-29 00:00")),
            ("2026-12-31 24:00:00+08:00", Some("2027-01-01 00:00+08:00")),
            ("2026-11-28T24:01", None),
            ("17/10/2023", None),
            ("2023-02-30", None),
            ("tomorrow", None),
        ] {
            assert_eq!(likely_date(text).as_deref(), date, "{text}");
        }
    }
}
