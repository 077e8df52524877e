//! Maps former feeds, lists and files to their successors, for `redirects` in the new configuration.
//!
//! In: the settings of the source site, its stories and their placements. Out: former addresses and their targets,
//! without those that the new site uses itself. Deliberately not here: the aliases of stories.

mod lists;
mod subjects;

use std::collections::BTreeMap;

pub(in crate::import::moving) use self::lists::zola_feeds;
use self::lists::{FEED, Wanted};
use super::claims::{Claims, Owner};
use super::permalink_pattern::is_own;
use super::placement::{Placement, normal};
use crate::import::moving::front_matter::Head;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program, SourceSite};
use crate::plan::own_routes;

/// The redirects of the new site, and the addresses that are in use.
pub(in crate::import::moving) struct Redirects {
    /// Former addresses, as keys of `redirects`, and their targets.
    pub(in crate::import::moving) map: BTreeMap<String, String>,
    claims: Claims,
}

/// Returns the redirects of former feeds and lists.
pub(in crate::import::moving) fn of(
    (program, folder): (Program, &Folder),
    (settings, site): (&Settings, &SourceSite),
    stories: &[(MovedStory, Head)],
    placements: &[Placement],
    log: &mut MigrationLog,
) -> Redirects {
    let mut wanted: Wanted = Vec::new();
    match program {
        Program::Hugo => lists::hugo(settings, stories, &mut wanted, log),
        Program::Jekyll => lists::jekyll_lists(folder, settings, stories, &mut wanted),
        Program::Zola => lists::zola(settings, stories, &mut wanted, log),
    }
    wanted.extend(site.feeds.iter().map(|feed| (feed.clone(), FEED.to_owned())));
    let mut claims = Claims::default();
    for route in own_routes().filter(|route| route.is_fixed()) {
        let _taken = claims.claim(route.form, &Owner::Dateline);
    }
    for (_, address) in &site.files {
        let _taken = claims.claim(address, &Owner::Dateline);
    }
    let mut pages: BTreeMap<String, &str> = BTreeMap::new();
    for ((story, _), placement) in stories.iter().zip(placements) {
        let owner = Owner::Moved(story.file.clone());
        for address in std::iter::once(&placement.route).chain(&placement.aliases) {
            // A conflict among the addresses of stories is reported elsewhere and does not matter here.
            let _taken = claims.claim(address, &owner);
        }
        pages.entry(normal(&story.address)).or_insert(&placement.route);
    }
    let mut redirects = Redirects { map: BTreeMap::new(), claims };
    for (from, to) in wanted {
        redirects.add(&from, &to);
    }
    for (from, to) in &site.leads {
        let list = || redirects.map.iter().find(|(list, _)| normal(list) == normal(to)).map(|(_, to)| to.clone());
        let to = pages.get(&normal(to)).map(|page| (*page).to_owned()).or_else(list).unwrap_or_else(|| to.clone());
        redirects.add(from, &to);
    }
    redirects
}

impl Redirects {
    /// Adds a former address, unless the new site uses it.
    pub(in crate::import::moving) fn add(&mut self, from: &str, to: &str) {
        let is_made = || own_routes().any(|route| !route.form.starts_with("/{") && route.fits(from));
        let is_free = from != to && from != "/" && !is_own(from) && !is_made() && !from.contains(['?', '\\']);
        if is_free && self.claims.claim(from, &Owner::Dateline).is_ok() {
            // These characters have a special meaning in the keys of `redirects`.
            let signs = [('%', "%25"), ('*', "%2A"), (':', "%3A"), ('#', "%23")];
            let key = signs.iter().fold(from.to_owned(), |text, (sign, escape)| text.replace(*sign, escape));
            self.map.insert(key, to.to_owned());
        }
    }
}
