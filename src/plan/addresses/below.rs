//! What was below a former address of a topic, person or thread: feeds, older pages of the list, and pairs of topics.

use super::conflicts::{Folders, Taken, place};
use super::leading::leading_to;
use crate::base::route::Route;
use crate::plan::outputs::feed_files::file;
use crate::plan::{Output, OutputKind, SiteContext};
use crate::site::UrlsLock;

/// The folders of pages with feeds and lists of their own.
pub(super) const TOPICS: &str = "/topics/";
pub(super) const PEOPLE: &str = "/people/";
pub(super) const THREADS: &str = "/threads/";

/// What leads on whatever was below former addresses in a folder. What is answered already stays.
pub(super) struct Below<'c> {
    context: &'c SiteContext,
    /// The folder in this language: `/topics/`.
    folder: String,
    /// The pages of pairs that `urls.lock` lists.
    pairs: Vec<&'c Route>,
}

/// The outputs, and who has which file.
pub(super) struct Planned<'p> {
    pub(super) outputs: &'p mut Vec<Output>,
    pub(super) taken: &'p mut Taken,
    pub(super) folders: &'p mut Folders,
}

impl<'c> Below<'c> {
    /// What was below former addresses in a folder, such as [`TOPICS`].
    pub(super) fn of(context: &'c SiteContext, folder: &str) -> Self {
        let has_pairs = folder == TOPICS;
        let folder = context.own(folder);
        let lock = context.site.lock.as_deref();
        let routes = lock.into_iter().flat_map(|lock| lock.below(&folder));
        let is_pair = |route: &&Route| route.as_str().contains("/with/") || route.as_str().contains('+');
        let pairs = routes.filter(|route| has_pairs && is_pair(route)).collect();
        Self { context, folder, pairs }
    }

    /// The name in the address of a page in the folder.
    pub(super) fn slug<'r>(&self, route: &'r Route) -> Option<&'r str> {
        let slug = route.as_str().strip_prefix(&*self.folder)?.strip_suffix('/')?;
        (!slug.is_empty() && !slug.contains('/')).then_some(slug)
    }

    /// The page of a pair under the first of its topics.
    fn pair(&self, first: &str, second: Option<&str>) -> Option<String> {
        Some(format!("{}{first}/with/{}/", self.folder, second?.trim_end_matches('/')))
    }

    /// Leads the feeds of a former address to those of the page at `own`, and whatever `urls.lock` lists below it.
    pub(super) fn lead(&self, own: &Route, former: &Route, plan: &mut Planned<'_>) {
        if self.slug(former).is_some() {
            for format in &self.context.site.config.feeds.formats {
                let feed = Route::own(&format!("{own}{}", file(*format)));
                if let Some(index) = plan.taken.get(&place(&feed)).copied() {
                    let kind = leading_to(&plan.outputs[index], feed.as_str());
                    plan.add(Route::own(&format!("{former}{}", file(*format))), kind);
                }
            }
        }
        self.lead_listed(own, former, plan);
    }

    /// Leads on what `urls.lock` lists below `former`: to what the page at `own` has below it under the same name, or else
    /// to the page. A file that is not there stays unanswered.
    pub(super) fn lead_listed(&self, own: &Route, former: &Route, plan: &mut Planned<'_>) {
        let (Some(was), Some(is)) = (self.slug(former), self.slug(own)) else { return };
        let listed =
            self.context.site.lock.as_deref().into_iter().flat_map(|lock: &UrlsLock| lock.below(former.as_str()));
        for route in listed {
            let rest = &route.as_str()[former.as_str().len()..];
            if !rest.is_empty() {
                let wanted = [Some(format!("{own}{rest}")), self.pair(is, rest.strip_prefix("with/"))];
                plan.add_led(route, wanted, own);
            }
        }
        // A pair stands under the one of its topics that comes first, and is found as `/topics/gas+oil/` in either order.
        let middle = format!("/with/{was}/");
        for route in &self.pairs {
            if let Some((first, rest)) = route.as_str().split_once(&middle) {
                let wanted =
                    [Some(format!("{first}/with/{is}/{rest}")), self.pair(is, first.strip_prefix(&*self.folder))];
                plan.add_led(route, wanted, own);
            } else if let Some((first, second)) = self.slug(route).and_then(|slug| slug.split_once('+'))
                && (first == was || second == was)
            {
                let other = if first == was { second } else { first };
                let wanted = [self.pair(is, Some(other)), self.pair(other, Some(is))];
                plan.add_led(route, wanted, own);
            }
        }
    }
}

impl Planned<'_> {
    fn add(&mut self, route: Route, kind: OutputKind) {
        let place = place(&route);
        if !self.taken.contains_key(&place) && self.folders.leave(&route) {
            self.taken.insert(place, self.outputs.len());
            self.outputs.push(Output { route, kind, doc: None });
        }
    }

    /// Leads an address to the first of the `wanted` ones that is answered, or a page to `own`.
    fn add_led(&mut self, route: &Route, wanted: [Option<String>; 2], own: &Route) {
        let found = wanted.into_iter().flatten().find_map(|wanted| {
            let wanted = Route::former(&wanted).ok()?;
            self.taken.get(&place(&wanted)).map(|index| leading_to(&self.outputs[*index], wanted.as_str()))
        });
        let page = || route.as_str().ends_with('/').then(|| OutputKind::moved(own.to_string()));
        if let Some(kind) = found.or_else(page) {
            self.add(route.clone(), kind);
        }
    }
}
