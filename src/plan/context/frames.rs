//! The origins that pages load frames from: those of the configuration, and of the blocks of shown texts.

use std::collections::BTreeSet;

use crate::content::markdown::Body;
use crate::content::markdown::blocks::frame_origin;
use crate::site::Site;
use crate::site::stories::is_withdrawn;

/// All of them, in order.
pub(super) fn origins(site: &Site) -> Vec<String> {
    let mut origins: BTreeSet<String> = site.config.frames.iter().cloned().collect();
    let mut add = |body: &Body| {
        let bodies = std::iter::once(body).chain(body.entries.iter().map(|entry| &entry.body));
        let blocks = bodies.flat_map(|body| &body.blocks);
        origins.extend(blocks.filter_map(|block| frame_origin(block.value("frame")?)));
    };
    site.articles.iter().filter(|article| !is_withdrawn(&article.head)).for_each(|article| add(&article.body));
    site.pages.iter().for_each(|page| add(&page.body));
    site.people.iter().for_each(|person| add(&person.body));
    site.topics.iter().filter_map(|topic| topic.file.as_ref()).for_each(|file| add(&file.body));
    for file in site.editions.iter().filter_map(|edition| edition.file.as_ref()) {
        add(&file.body.intro);
        file.body.items.iter().for_each(|item| add(&item.body));
    }
    origins.into_iter().collect()
}
