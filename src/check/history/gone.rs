//! Stories that readers had under an address that is answered no more, and drafts that were released under an earlier day.

use jiff::Timestamp;

use super::former::Former;
use crate::base::date::Moment;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::rules;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::document::Content;
use crate::pipeline::Prepared;
use crate::site::documents::appearance;

/// A draft at the revision, `at`, that is public, and is filed under an earlier day.
pub(super) fn backdated(subject: &Subject<'_>, at: Timestamp, found: &mut Findings) {
    let (site, zone) = (subject.site, &subject.site.config.zone);
    let mut articles = site.articles.iter();
    let own = articles.find(|article| site.document(article.doc).path == subject.path());
    let Some(article) = own.filter(|article| article.preview.is_none()) else { return };
    let recorded = appearance::recorded(site.document(article.doc), &site.config, site.lock.as_deref());
    let (day, then) = (article.published.date(zone), Moment::at(at).date(zone));
    if recorded.is_none() && day < then {
        let message =
            format!("this was a draft on {then}, and is published under {day}: editions of later days lack it");
        let help = "set `date` to when it is published; `dateline publish` does that with a draft";
        found.push(rules::BACKDATED, subject.document.place(&["date"]), message, help);
    }
}

/// A story that has moved, and its old address leads nowhere. Whether its address has changed at all is returned.
pub(super) fn moved(subject: &Subject<'_>, former: &Former, prepared: &Prepared, found: &mut Findings) -> bool {
    let (was, Some(is)) = (&former.said.route, &subject.document.route) else { return false };
    if was == is {
        return false;
    }
    if !is_explained(was, prepared) {
        let message = format!("readers had this story at `{was}`, and nothing leads from there to `{is}`");
        let (place, key) = cause(subject, was, is);
        let back = key.map_or_else(|| "give the file its old name".to_owned(), |key| format!("put `{key}` back"));
        let help = format!("{back}, or add `aliases: [{was}]`");
        found.push(rules::MOVED_STORY, place, message, help);
    }
    true
}

/// The key that has moved a story: that of its name if the name has changed, and otherwise its date.
fn cause(subject: &Subject<'_>, was: &Route, is: &Route) -> (Place, Option<&'static str>) {
    let name = |route: &Route| route.as_str().trim_end_matches('/').rsplit('/').next().map(str::to_owned);
    let has_slug = match &subject.document.content {
        Content::Article(head, _) => head.slug.is_some(),
        Content::Briefing(head, _) => head.slug.is_some(),
        Content::Entry(..) | Content::Topic(..) | Content::Person(..) | Content::Page(..) => false,
    };
    let is_dated = subject.document.front.lines().any(|line| line.starts_with("date:"));
    let is_renamed = name(was) != name(is);
    if is_renamed && has_slug {
        (subject.document.place(&["slug"]), Some("slug"))
    } else if is_dated && (!is_renamed || subject.document.briefing().is_some()) {
        (subject.document.place(&["date"]), Some("date"))
    } else {
        (subject.top(), if is_renamed && subject.document.article().is_some() { None } else { Some("date") })
    }
}

/// A story whose file is gone, and whose address nothing answers.
pub(super) fn removed(former: &Former, prepared: &Prepared, found: &mut Findings) {
    let said = &former.said;
    let as_of = prepared.site().as_of.instant().as_second();
    if said.expires.is_some_and(|at| at <= as_of) || is_explained(&said.route, prepared) {
        return;
    }
    let message = format!("readers had this story at `{}`, and its file is gone", said.route);
    let help = format!(
        "put the file back, and withdraw the story with an entry in `updates`; or say in `{}` what becomes of its address, under `redirects` or `gone`",
        prepared.site().config.file()
    );
    found.push(rules::REMOVED_STORY, Place::file(&said.path), message, help);
}

/// Whether an address is answered, or the desk has said what becomes of it, or a build reports its loss.
fn is_explained(route: &Route, prepared: &Prepared) -> bool {
    let site = prepared.site();
    let is_listed = || site.lock.as_deref().is_some_and(|lock| lock.routes().any(|listed| listed == route));
    prepared.plan.find(route.as_str()).is_some()
        || site.config.gone.contains(route)
        || site.config.elsewhere.answers(route.as_str())
        || !site.scope.is_preview() && is_listed()
}
