//! Lists cut into pages from the oldest: page 1 is full and final once it is full, and nothing shifts when something
//! newer is added. The front of a list shows the newest, at least one full page's worth.

use std::ops::Range;

use super::desk::Desk;
use super::shapes::PagerView;
use crate::site::StoryId;

/// How many older pages a list of `count` entries has.
pub(super) fn older_pages(count: usize, size: usize) -> usize {
    (count / size).saturating_sub(1)
}

/// What the front shows of a list that is ordered newest first.
pub(super) fn front(count: usize, size: usize) -> Range<usize> {
    0..count - older_pages(count, size) * size
}

/// What older page `number` (from 1, the oldest) shows of a list that is ordered newest first.
pub(super) fn older(count: usize, size: usize, number: usize) -> Range<usize> {
    count - number * size..count - (number - 1) * size
}

/// The route of older page `number` of a list.
pub(super) fn route(list: &str, number: usize) -> String {
    format!("{list}page/{number}/")
}

/// Where the front, or older page `number`, of a list stands.
pub(super) fn pager(desk: &Desk, list: &str, count: usize, number: Option<usize>, stories: &[StoryId]) -> PagerView {
    let latest = older_pages(count, desk.site.config.page_size);
    let link = |number: usize| desk.link(&route(list, number));
    let day = |id: Option<&StoryId>| id.map(|id| desk.stamp(desk.site.story(*id).date));
    PagerView {
        number,
        newer: number.map(|number| if number == latest { desk.link(list) } else { link(number + 1) }),
        older: match number {
            None => (latest > 0).then(|| link(latest)),
            Some(number) => (number > 1).then(|| link(number - 1)),
        },
        first: day(stories.last()),
        last: day(stories.first()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_on_exactly_one_page_and_full_pages_never_change() {
        for count in 0..70usize {
            let pages = older_pages(count, 10);
            let mut seen: Vec<usize> = front(count, 10).collect();
            assert!(seen.len() >= count.min(10) && seen.len() < 20, "{count}");
            for number in (1..=pages).rev() {
                let page = older(count, 10, number);
                assert_eq!(page.len(), 10);
                // Counted from the oldest, the page holds the same entries whatever is newer.
                assert_eq!(count - page.end, (number - 1) * 10);
                seen.extend(page);
            }
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
        }
    }
}
