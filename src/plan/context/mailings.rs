//! Which corrections go out with which edition: those of what earlier editions said, made since the edition before.
//!
//! Where only the day of an edition or of a correction is known, its whole day counts. So a correction may go out twice, and
//! none is lost.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::base::date::{Moment, Zone};
use crate::site::lists::corrections::Correction;
use crate::site::{DocId, Edition, EditionId, Site};

/// A day.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The editions of a site as their subscribers get them.
pub(super) struct Mailings {
    /// By edition: when the one before it was published, if there is one, and its own last instant.
    windows: Vec<(Option<Timestamp>, Timestamp)>,
    /// The first edition with a story or of a file.
    first: HashMap<DocId, EditionId>,
}

impl Mailings {
    pub(super) fn of(site: &Site) -> Self {
        let zone = &site.config.zone;
        let mut windows = vec![(None, Timestamp::MIN); site.editions.len()];
        let mut first = HashMap::new();
        // The newest comes first, and those of weeks are a series of their own.
        let mut before: [Option<Timestamp>; 2] = [None, None];
        for (index, edition) in site.editions.iter().enumerate().rev() {
            let series = usize::from(edition.week.is_some());
            windows[index] = (before[series], last_instant(edition, zone));
            before[series] = Some(edition.published.instant());
            let stories = edition.stories.iter().map(|id| site.story(*id).doc);
            let withdrawn = edition.withdrawn.iter().map(|id| site.article(*id).doc);
            for doc in edition.doc().into_iter().chain(stories).chain(withdrawn) {
                first.entry(doc).or_insert(EditionId(index));
            }
        }
        Self { windows, first }
    }

    /// The corrections that go out with an edition, each with the edition that it is about, newest first. `all` is in that
    /// order.
    pub(super) fn corrections<'c>(&self, id: EditionId, all: &'c [Correction]) -> Vec<(&'c Correction, EditionId)> {
        let Some((Some(after), until)) = self.windows.get(id.0).copied() else { return Vec::new() };
        let start = all.partition_point(|one| one.update.at.instant() > until);
        let recent = all[start..].iter().take_while(|one| end(one.update.at) > after);
        let about = recent.filter_map(|one| Some((one, *self.first.get(&one.doc)?)));
        // Editions are numbered from the newest.
        about.filter(|(_, about)| about.0 > id.0).collect()
    }
}

/// The last instant that a moment may mean.
fn end(at: Moment) -> Timestamp {
    if at.is_day_only() { at.instant().saturating_add(DAY).unwrap_or(Timestamp::MAX) } else { at.instant() }
}

/// When an edition is complete: what was composed, at the end of its day or week.
fn last_instant(edition: &Edition, zone: &Zone) -> Timestamp {
    let day_after = |day: jiff::civil::Date| {
        let next = day.tomorrow().map_or(Timestamp::MAX, |next| Moment::day(next, zone).instant());
        next.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(next)
    };
    match (&edition.file, edition.week) {
        (Some(_), _) if edition.published.is_day_only() => day_after(edition.published.date(zone)),
        (Some(_), _) => edition.published.instant(),
        (None, None) => day_after(edition.date.date(zone)),
        (None, Some((year, week))) => {
            let sunday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Sunday);
            day_after(sunday.map_or_else(|_| edition.date.date(zone), jiff::civil::ISOWeekDate::date))
        }
    }
}
