//! Reads a Zola site: the role of each file and its former address.

use super::hugo::{EXCLUDED, NEWS};
use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::addresses::names::Zola;
use crate::import::moving::addresses::redirects::zola_feeds;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::date;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::patterns::{Patterns, Stars};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{
    MovedStory, SourceSite, folder_and_name, joined, stem_and_extension, stem_and_language,
};
use crate::import::moving::source::values::{get, text_of, texts, truth};

/// Collects all content and all other files of a site.
pub(super) fn gather(folder: &Folder, settings: &Settings, log: &mut MigrationLog) -> SourceSite {
    let mut site = SourceSite::default();
    let languages: Vec<String> = settings.map("languages").map_or_else(Vec::new, |map| map.keys().cloned().collect());
    let globs = |name: &str| {
        let all = get(&settings.keys, name).and_then(texts).unwrap_or_default();
        Patterns::globs(&all, Stars::CrossSlashes)
    };
    let (content, statics) = (globs("ignored_content"), globs("ignored_static"));
    for path in folder.files.keys() {
        // Zola compares whole paths of its disk, and of a section the folder.
        let whole = match folder_and_name(path) {
            (above, name) if name.starts_with("_index.") => format!("/{above}"),
            _ => format!("/{path}"),
        };
        let is_ignored = match path.strip_prefix("static/") {
            Some(inner) => statics.fits(inner) || statics.fits(&whole),
            None => path.starts_with("content/") && content.fits(&whole),
        };
        if is_ignored {
            log.add(codes::IMPORT_LEFT, EXCLUDED, Place::file(path.as_str()));
        } else if let Some(inner) = path.strip_prefix("content/").filter(|_| !Folder::is_hidden(path)) {
            if std::path::Path::new(inner).extension().is_some_and(|extension| extension == "md") {
                site.stories.extend(story(folder, settings, path, inner, &languages, log));
            } else {
                site.files.push((path.clone(), format!("/{inner}")));
            }
        } else if let Some(inner) = path.strip_prefix("static/") {
            site.files.push((path.clone(), format!("/{inner}")));
        }
    }
    lists(&mut site, settings, log);
    site
}

/// Notes the feeds of sections, and drops sections that only led on.
fn lists(site: &mut SourceSite, settings: &Settings, log: &mut MigrationLog) {
    let SourceSite { stories, feeds, leads, .. } = site;
    stories.retain(|story| {
        let front = &story.front;
        let (_, name) = folder_and_name(&story.file);
        if !name.starts_with("_index.") || story.is_draft {
            return true;
        }
        if ["generate_feed", "generate_feeds"].iter().any(|key| get(front, key).and_then(truth) == Some(true)) {
            feeds.extend(zola_feeds(&settings.keys).iter().map(|feed| format!("{}{feed}", story.address)));
        }
        let Some(to) = text_of(front, "redirect_to") else { return true };
        let to = if to.contains("://") { to } else { format!("/{}", to.trim_start_matches('/')) };
        log.add(codes::IMPORT_LEFT, "a section that only led on: its address is a redirect", Place::file(&*story.file));
        leads.push((story.address.clone(), to));
        false
    });
}

fn story(
    folder: &Folder,
    settings: &Settings,
    path: &str,
    inner: &str,
    languages: &[String],
    log: &mut MigrationLog,
) -> Option<MovedStory> {
    let parts = folder.parts(path, log)?;
    let (dirs, name) = folder_and_name(inner);
    let (stem, _) = stem_and_extension(name);
    let (stem, language) = stem_and_language(stem, |tag| languages.iter().any(|name| name == tag));
    let mut story = MovedStory::of(path, parts, "md");
    let is_bundle = stem == "index" && !dirs.is_empty();
    let (parents, own) = if is_bundle { folder_and_name(dirs) } else { (dirs, stem) };
    let timed = date::of_timed_name(own);
    if let Some((moment, ..)) = timed.filter(|_| text_of(&story.front, "date").is_none()) {
        story.front.insert("date".to_owned(), moment.into());
    }
    let named = date::of_name(own).or(timed.map(|(_, day, rest)| (day, rest)));
    let front = &story.front;
    let drafted = get(front, "draft").and_then(truth).unwrap_or(false);
    let prefix = language.unwrap_or_default();
    let slugs = Zola::of(settings, "paths");
    let keeps_dates = settings.map("slugify").and_then(|map| get(map, "paths_keep_dates")).and_then(truth);
    // Zola keeps directories as they are and slugifies only the last segment.
    let address = if let Some(path) = text_of(front, "path").filter(|_| stem != "_index") {
        joined(&[&path])
    } else if stem == "_index" || own == "index" {
        joined(&[prefix, dirs])
    } else {
        let bare = named.filter(|(_, rest)| !rest.is_empty() && keeps_dates != Some(true));
        let plain = bare.map_or(own, |(_, rest)| rest);
        let last = text_of(front, "slug").unwrap_or_else(|| plain.to_owned());
        joined(&[prefix, parents, &slugs.path(&last)])
    };
    let dated = text_of(front, "date").is_some() || named.is_some() || date::of_address(&address).is_some();
    let section = parents.split('/').next().unwrap_or_default().to_lowercase();
    let in_news = NEWS.contains(&section.as_str());
    Some(MovedStory {
        is_post: stem != "_index" && (dated || in_news),
        is_draft: drafted,
        named_date: named.map(|(date, _)| date),
        original: language.is_some().then(|| format!("content/{}{stem}.md", joined(&[dirs]).trim_start_matches('/'))),
        bundle: is_bundle.then(|| folder_and_name(path).0.to_owned()),
        language: language.map(str::to_owned),
        address,
        ..story
    })
}
