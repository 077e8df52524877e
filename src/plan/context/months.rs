//! Months with how much was published in them.

use super::site_context::SiteContext;
use crate::base::locale::Language;
use crate::plan::views::shapes::MonthView;
use crate::site::StoryId;

impl SiteContext {
    /// The months that some stories span, at most `most` of the latest, oldest first, with gaps filled.
    pub fn months(&self, stories: &[StoryId], most: usize) -> Vec<MonthView> {
        let zone = &self.site.config.zone;
        let number = |id: &StoryId| {
            let date = self.site.story(*id).date.date(zone);
            i32::from(date.year()) * 12 + i32::from(date.month()) - 1
        };
        let (Some(newest), Some(oldest)) = (stories.first().map(number), stories.last().map(number)) else {
            return Vec::new();
        };
        let from = oldest.max(newest + 1 - i32::try_from(most).unwrap_or(i32::MAX));
        let mut counts = vec![0usize; usize::try_from(newest - from + 1).unwrap_or(0)];
        for month in stories.iter().map(number).take_while(|month| *month >= from) {
            counts[usize::try_from(month - from).unwrap_or(0)] += 1;
        }
        (from..=newest)
            .zip(counts)
            .map(|(month, count)| self.month(month.div_euclid(12) as i16, month.rem_euclid(12) as i8 + 1, count))
            .collect()
    }

    /// A month.
    pub fn month(&self, year: i16, month: i8, count: usize) -> MonthView {
        let first = jiff::civil::date(year, month, 1);
        let language = Language::of(&self.site.config.language);
        MonthView {
            label: language.month(first),
            short: language.month_short(first),
            year,
            month: format!("{year:04}-{month:02}"),
            url: self.link(&self.site.config.archive.month(year, month)),
            count,
        }
    }
}
