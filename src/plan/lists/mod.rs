//! Pagination of topics, pairs of topics, people, editions and corrections. Each list implements [`Paged`], from which its
//! outputs, pages, pagers and feed links follow.
//!
//! In: a list, and the site. Out: outputs, and a page of the list. Deliberately not here: which stories belong to a list,
//! which `site` decides.
//!
//! Pages are numbered from the oldest entries: a full page never changes, and nothing shifts when an entry is added. The
//! front shows the newest entries, at least as many as fill one page.

mod briefings;
mod corrections;
mod paged;
pub(super) mod pairs;
mod person;
pub(super) mod topic;

use std::ops::Range;

use super::feeds::feed_links;
use super::page::Page;
use super::views::shapes::PagerView;
use super::{Leaf, List, Output, OutputKind, SiteContext};
use crate::base::route::Route;
use crate::site::{PairId, PersonId, TopicId};
use briefings::Briefings;
use corrections::Corrections;
use paged::Paged;

impl List {
    fn paged(&self) -> &dyn Paged {
        match self {
            Self::Topic(id) => id,
            Self::Pair(id) => id,
            Self::Person(id) => id,
            Self::Briefings => &Briefings,
            Self::Corrections => &Corrections,
        }
    }
}

/// Returns all lists of the site.
fn all(context: &SiteContext) -> impl Iterator<Item = List> {
    let site = &context.site;
    let topics = (0..site.topics.len()).map(|index| List::Topic(TopicId(index)));
    let pairs = (0..site.pairs.len()).map(|index| List::Pair(PairId(index)));
    let people = (0..site.people.len()).map(|index| List::Person(PersonId(index)));
    let briefings = (!site.editions.is_empty()).then_some(List::Briefings);
    let corrections = corrections::are_listed(context).then_some(List::Corrections);
    topics.chain(pairs).chain(briefings).chain(people).chain(corrections)
}

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for list in all(context) {
        let paged = list.paged();
        let route = paged.route(context);
        for number in 1..=older_pages(paged.count(context), context.site.config.page_size) {
            let kind = OutputKind::List(list, Leaf::Older(number));
            outputs.push(Output { route: Route::own(&older_route(route.as_str(), number)), kind, doc: None });
        }
        if let Some(subject) = paged.subject() {
            feed_links::add(context, route.as_str(), subject, outputs);
        }
        outputs.push(Output { route, kind: OutputKind::List(list, Leaf::Front), doc: paged.doc(context) });
    }
}

/// Makes a page of a list.
pub(super) fn view(context: &SiteContext, list: List, leaf: Leaf) -> Page {
    let (listed, size) = (list.paged(), context.site.config.page_size);
    let (root, count, title) = (listed.route(context), listed.count(context), listed.title(context));
    let (shown, route, heading) = match leaf {
        Leaf::Front => (front(count, size), root.to_string(), title.clone()),
        Leaf::Older(number) => {
            (older(count, size, number), older_route(root.as_str(), number), format!("{title}, page {number}"))
        }
    };
    let latest = older_pages(count, size);
    let link = |number: usize| context.link(&older_route(root.as_str(), number));
    let stamp = |entry: usize| context.display_date(listed.date(context, entry));
    let pager = PagerView {
        number: match leaf {
            Leaf::Front => None,
            Leaf::Older(number) => Some(number),
        },
        newer: match leaf {
            Leaf::Front => None,
            Leaf::Older(number) if number == latest => Some(context.link(root.as_str())),
            Leaf::Older(number) => Some(link(number + 1)),
        },
        older: match leaf {
            Leaf::Front => (latest > 0).then(|| link(latest)),
            Leaf::Older(number) => (number > 1).then(|| link(number - 1)),
        },
        first: shown.clone().next_back().map(stamp),
        last: shown.clone().next().map(stamp),
    };
    let mut meta = context.meta(OutputKind::List(list, leaf).family(), &route, heading);
    meta.newer.clone_from(&pager.newer);
    meta.older.clone_from(&pager.older);
    if let Some(subject) = listed.subject()
        && feed_links::is_fed(context, root.as_str(), subject)
    {
        meta.feeds = feed_links::links(context, root.as_str(), &format!("{}: {title}", context.site.config.title));
    }
    listed.page(context, leaf, shown, meta).data("pager", pager)
}

/// Returns the number of older pages of a list of `count` entries.
fn older_pages(count: usize, size: usize) -> usize {
    (count / size).saturating_sub(1)
}

/// Returns the entries on the front, as a range of a list that is ordered newest first.
fn front(count: usize, size: usize) -> Range<usize> {
    0..count - older_pages(count, size) * size
}

/// Returns the entries on older page `number`, where 1 is the oldest, as a range of a list that is ordered newest first.
fn older(count: usize, size: usize, number: usize) -> Range<usize> {
    count - number * size..count - (number - 1) * size
}

/// Returns the route of older page `number` of a list.
fn older_route(list: &str, number: usize) -> String {
    format!("{list}page/{number}/")
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
