//! Rules about datelines.

use jiff::civil::Date;

use crate::base::report::Place;
use crate::base::rules;
use crate::base::text::fold;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::dateline;
use crate::content::head::{ArticleHead, Dateline};
use crate::site::documents::appearance;

/// Most characters of a dateline at the start of a text.
const LONGEST: usize = 90;

/// The text starts with a dateline although the front matter has one.
pub(in crate::check) fn dateline_place(subject: &Subject<'_>, found: &mut Findings) {
    let Some(stated) = subject.article().and_then(|head| head.dateline.as_ref()) else { return };
    let Some((own, place)) = opening(subject) else { return };
    let (one, other) = (own.place_text(), stated.place_text());
    let message = if fold(&one) == fold(&other) {
        format!("the text opens with `{one}`, and the front matter has that dateline already: readers see both")
    } else {
        format!("the text opens with `{one}`, and the front matter says `{other}`")
    };
    found.push(rules::DATELINE_PLACE, place, message, "keep the one in the front matter");
}

/// The date of a dateline differs from that of the article.
pub(in crate::check) fn dateline_date(subject: &Subject<'_>, found: &mut Findings) {
    let Some(head) = subject.article() else { return };
    let zone = &subject.site.config.zone;
    let stated = head.dateline.as_ref().and_then(|dateline| dateline.date.as_deref());
    let (day, place) = match stated {
        Some(day) => (day.to_owned(), None),
        None => match opening(subject) {
            Some((Dateline { date: Some(day), .. }, place)) => (day, Some(place)),
            _ => return,
        },
    };
    let days = head
        .updates
        .iter()
        .map(|update| update.at.date(zone))
        .chain([head.date.date(zone), appearance::later(head.date, head.embargo).date(zone)]);
    if days.filter_map(|date| days_between(&day, date)).min().is_some_and(|days| days > 1) {
        let date = head.date.date(zone);
        let message = format!("the dateline says `{day}`, and `date` is {date}");
        let place = place.unwrap_or_else(|| subject.document.place(&["dateline"]));
        found.push(rules::DATELINE_DATE, place, message, "correct the one that is wrong");
    }
}

/// Days between a dateline's date and another date. When the dateline has no year, the nearest one is used.
fn days_between(day: &str, date: Date) -> Option<i32> {
    let (year, month, day) = dateline::day(day)?;
    let years = year.map_or_else(|| vec![date.year() - 1, date.year(), date.year() + 1], |year| vec![year]);
    let found = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    found.filter_map(|other| date.until(other).ok().map(|span| span.get_days().abs())).min()
}

/// The dateline at the start of a text: places in capitals, and a dash.
fn opening(subject: &Subject<'_>) -> Option<(Dateline, Place)> {
    subject.article().map(|_: &ArticleHead| ())?;
    let block = subject.prose.first_paragraph()?;
    let (at, dash) = [" — ", " – ", " -- ", " - ", ")- ", "— ", "—", "--"]
        .iter()
        .filter_map(|dash| block.text.find(dash).map(|at| (at, dash)))
        .min()?;
    let end = at + usize::from(dash.starts_with(')'));
    let head = &block.text[..end];
    let place = head.split([',', '(']).next().unwrap_or("").trim();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let is_capitals = letters >= 3 && place.chars().all(|c| !c.is_lowercase());
    // Capitals before a dash are no dateline yet: it takes a date, an agency, or a region.
    let is_more = head.contains([',', '(']);
    if !is_capitals || !is_more || head.chars().count() > LONGEST || place.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((dateline::parse(head)?, subject.place(&block.source(&(0..end)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_the_turn_of_the_year() {
        let date = Date::constant(2024, 1, 1);
        assert_eq!(days_between("Dec 31", date), Some(1));
        assert_eq!(days_between("Dec. 31, 2024", date), Some(365));
        assert_eq!(days_between("Jan 3", date), Some(2));
        assert_eq!(days_between("yesterday", date), None);
    }
}
