//! Named links in front matter: the sources of a story, the links of a person.

use super::resolver::{Findings, Resolver};
use crate::base::route::Route;
use crate::content::document::Document;
use crate::content::head::CitedSource;
use crate::content::markdown::{Filling, Target};

impl Resolver<'_> {
    /// Resolves and checks the URLs of the list at `key` like links in texts. An entry whose target is withheld keeps
    /// its name without a URL.
    pub(in crate::site) fn named(
        &self,
        document: &Document,
        route: &Route,
        key: &str,
        entries: &[CitedSource],
        found: &mut Findings,
    ) -> Vec<CitedSource> {
        let mut link = |(index, entry): (usize, &CitedSource)| {
            let url = entry.url.as_ref().and_then(|url| {
                let Some(target) = Target::own(url, &self.config.base_url) else { return Some(url.clone()) };
                let place = || document.place(&[key, &index.to_string(), "url"]);
                match self.link(document, route, &target, place, found) {
                    Filling::Href(href) => Some(href.into()),
                    _ => None,
                }
            });
            CitedSource { name: entry.name.clone(), url }
        };
        entries.iter().enumerate().map(&mut link).collect()
    }
}
