//! The date of a feed that has no entry, which Atom wants all the same.

use jiff::civil;

use crate::base::date::Moment;
use crate::content::document::Content;
use crate::content::head::Update;
use crate::site::{Edition, Site, UrlsLock};

/// The latest instant that a site without a story still knows: that of an edition, of a story that has expired, or of a day that
/// its list of addresses names; else that of a story which is withheld, once it has passed. None where nothing ever was: a feed
/// would have to make one up.
pub(in crate::plan) fn last_known(site: &Site) -> Option<Moment> {
    let editions = site.editions.iter().map(Edition::changed);
    let routes = site.lock.as_deref().into_iter().flat_map(UrlsLock::routes);
    let days = routes.filter_map(|route| date_in(route.as_str())).map(|date| Moment::day(date, &site.config.zone));
    let heads = site.withheld.iter().filter_map(|withheld| match &site.withheld_document(withheld).content {
        Content::Article(head, _) => Some(head),
        _ => None,
    });
    let passed = |at: &Moment| at.instant() <= site.as_of.instant();
    let expired = heads.clone().filter_map(|head| head.expires).filter(passed);
    let last = |moments: &mut dyn Iterator<Item = Moment>| moments.max_by_key(|at| at.instant());
    last(&mut editions.chain(days).chain(expired)).or_else(|| last(&mut heads.map(|head| head.date).filter(passed)))
}

/// When the last story expired or was withdrawn.
pub(in crate::plan) fn last_ending(site: &Site) -> Option<Moment> {
    let withdrawn = site.articles.iter().filter_map(|article| {
        let updates = &article.head.updates;
        Some(updates[Update::withdrawal(updates)?].at)
    });
    let expired = site.withheld.iter().filter_map(|withheld| match &site.withheld_document(withheld).content {
        Content::Article(head, _) => head.expires,
        Content::Briefing(head, _) => head.expires,
        _ => None,
    });
    let passed = |at: &Moment| at.instant() <= site.as_of.instant();
    withdrawn.chain(expired).filter(passed).max_by_key(|at| at.instant())
}

/// The day in an address: `/2023/10/17/visit/`, `/briefings/2023-10-17/`.
fn date_in(route: &str) -> Option<civil::Date> {
    let parts: Vec<&str> = route.split('/').collect();
    let number = |text: &str, digits: usize| text.parse::<i16>().ok().filter(|_| text.len() == digits);
    let date = |year: &str, month: &str, day: &str| {
        civil::Date::new(number(year, 4)?, number(month, 2)? as i8, number(day, 2)? as i8).ok()
    };
    let whole = parts.iter().find_map(|part| match part.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => date(year, month, day),
        _ => None,
    });
    whole.or_else(|| parts.windows(3).find_map(|three| date(three[0], three[1], three[2])))
}
