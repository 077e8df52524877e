//! The frames that readers can load: their origins, those of the configuration and of the blocks of shown texts.

use std::collections::BTreeSet;

use crate::content::markdown::Body;
use crate::content::markdown::blocks::frame_origin;
use crate::site::Site;
use crate::site::stories::is_withdrawn;

/// All of them, in order.
pub(super) fn origins(site: &Site) -> Vec<String> {
    let mut origins: BTreeSet<String> = site.config.frames.iter().cloned().collect();
    frames(site, |frame| origins.extend(frame_origin(frame)));
    origins.into_iter().collect()
}

/// Whether a shown text has a frame that a click loads.
pub(super) fn are_any(site: &Site) -> bool {
    let mut are_any = false;
    frames(site, |_| are_any = true);
    are_any
}

/// Passes on the address of each frame of a block in a shown text.
fn frames(site: &Site, mut found: impl FnMut(&str)) {
    let mut add = |body: &Body| {
        let bodies = std::iter::once(body).chain(body.entries.iter().map(|entry| &entry.body));
        let blocks = bodies.flat_map(|body| &body.blocks);
        blocks.filter_map(|block| block.value("frame")).for_each(&mut found);
    };
    site.articles.iter().filter(|article| !is_withdrawn(&article.head)).for_each(|article| add(&article.body));
    site.pages.iter().for_each(|page| add(&page.body));
    site.people.iter().for_each(|person| add(&person.body));
    site.topics.iter().filter_map(|topic| topic.file.as_ref()).for_each(|file| add(&file.body));
    for file in site.editions.iter().filter_map(|edition| edition.file.as_ref()) {
        add(&file.body.intro);
        file.body.items.iter().for_each(|item| add(&item.body));
    }
}
