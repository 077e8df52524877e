//! Assigns each story its file, its address, and its former addresses as aliases.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::claims::{Claims, Owner, file_of};
use super::hugo_paths;
use super::permalink_pattern::{is_own, slug_of};
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::text::slugify;
use crate::config::Config;
use crate::content::address::slug_from_path;
use crate::content::markdown::decode;
use crate::import::moving::front_matter::Head;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program};
use crate::plan::own_routes;

/// The placement of a story.
pub(in crate::import::moving) struct Placement {
    /// The path of the file, relative to the root of the site.
    pub(in crate::import::moving) path: String,
    /// The slug, if the file name does not imply it.
    pub(in crate::import::moving) slug: Option<String>,
    /// The former addresses that redirect to the story.
    pub(in crate::import::moving) aliases: Vec<String>,
    /// The former addresses that cannot be aliases.
    pub(in crate::import::moving) lost: Vec<String>,
    /// The new address.
    pub(super) route: String,
}

impl Placement {
    /// Returns the folder of the new address, with a slash at its end. The files of the story are published there.
    pub(in crate::import::moving) fn folder(&self) -> &str {
        &self.route[..self.route.rfind('/').map_or(0, |at| at + 1)]
    }
}

/// Returns the comparison key of an address: addresses with the same key are the same page, ignoring case.
pub(in crate::import::moving) fn normal(address: &str) -> String {
    exact(address).to_lowercase()
}

/// Returns the case-sensitive comparison key of an address: addresses with the same key are the same page.
pub(in crate::import::moving) fn exact(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let path = path.strip_suffix("/index.html").or_else(|| path.strip_suffix("/index.htm")).unwrap_or(path);
    let path = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
    if path.is_empty() { "/".to_owned() } else { decode(path) }
}

/// The paths and addresses that are in use.
struct TakenAddresses<'t> {
    paths: BTreeMap<String, Owner>,
    routes: BTreeMap<String, Owner>,
    claims: Claims,
    /// The first number that may be free, for each path and address that numbers were appended to.
    numbers: BTreeMap<String, u32>,
    /// The paths at which the site has another file.
    before: &'t BTreeSet<String>,
}

/// Places all stories. `before` are paths that must not be used.
pub(in crate::import::moving) fn place_all(
    stories: &[(MovedStory, Head)],
    config: &Config,
    settings: &Settings,
    program: Program,
    before: &BTreeSet<String>,
    log: &mut MigrationLog,
) -> Vec<Placement> {
    let fixed = || own_routes().filter(|route| route.is_fixed()).map(|route| route.form);
    let own = fixed().flat_map(|route| [normal(route), route.to_owned()]);
    let routes = own.map(|route| (route, Owner::Dateline)).collect();
    let mut claims = Claims::default();
    for route in fixed() {
        let _taken = claims.claim(route, &Owner::Dateline);
    }
    let mut taken = TakenAddresses { paths: BTreeMap::new(), routes, claims, numbers: BTreeMap::new(), before };
    // Published stories are placed before drafts, so that they keep their addresses.
    let mut order: Vec<usize> = (0..stories.len()).collect();
    order.sort_by_key(|index| stories[*index].0.is_draft);
    let mut placed: Vec<(usize, Placement)> = Vec::with_capacity(stories.len());
    for index in order {
        let (story, head) = &stories[index];
        let placement = match head.date.filter(|_| head.is_article) {
            Some(date) => article((story, head), date.date(&config.zone), config, &mut taken, log),
            None => page(story, &mut taken, log),
        };
        log.counts.addresses_kept += usize::from(normal(&placement.route) == normal(&story.address));
        placed.push((index, placement));
    }
    placed.sort_by_key(|(index, _)| *index);
    let mut placements: Vec<Placement> = placed.into_iter().map(|(_, placement)| placement).collect();
    for ((story, head), placement) in stories.iter().zip(&mut placements) {
        // A draft has no former address that readers know.
        let former = (!story.is_draft).then(|| (story.address.clone(), false)).into_iter();
        let mut seen = BTreeSet::new();
        for (alias, is_written) in former.chain(head.aliases.iter().map(|alias| (alias.clone(), true))) {
            let is_encoded = is_written || program == Program::Jekyll;
            let Some(alias) = alias_of(&alias, story, settings, (program, is_encoded)) else {
                let what = format!("`{alias}` is a former address that no host can answer, and no alias");
                if is_written {
                    placement.lost.push(alias);
                }
                log.add(codes::IMPORT_CLASH, what, Place::file(story.file.as_str()));
                continue;
            };
            // Hosts redirect to the address with a trailing slash.
            if alias == placement.route || format!("{alias}/") == placement.route || alias == "/" {
                continue;
            }
            if !seen.insert(alias.clone()) {
                continue;
            }
            if file_of(&alias) == file_of(&placement.route) {
                // This is the story's own address, possibly in other case, which hosts distinguish.
                if exact(&alias) != exact(&placement.route) {
                    placement.aliases.push(alias);
                }
                continue;
            }
            // `/a.html` and `/a/` are one address for hosts, and so of one story.
            let own = Owner::Moved(story.file.clone());
            let holder = taken.routes.get(&file_of(&alias)).filter(|owner| **owner != own);
            let owner = if is_own(&alias) { Some(&Owner::Dateline) } else { holder };
            let claimed = match owner {
                Some(owner) => Err(owner.clone()),
                None => taken.claims.claim(&alias, &own),
            };
            if let Err(owner) = claimed {
                let what = format!("`{alias}` is a former address, and no alias here: {}", owner.reason());
                log.add(codes::IMPORT_CLASH, what, Place::file(story.file.as_str()));
                placement.lost.push(alias);
                continue;
            }
            placement.aliases.push(alias);
        }
        log.counts.aliases += placement.aliases.len();
    }
    placements
}

/// Converts a former address to an alias; none when it is not a valid one.
fn alias_of(
    alias: &str,
    story: &MovedStory,
    settings: &Settings,
    (program, is_encoded): (Program, bool),
) -> Option<String> {
    // A path without a host is relative to the base path already.
    let path = settings.on_host(alias).and_then(|path| settings.below_base(path)).unwrap_or(alias);
    if path.contains("://") {
        return None;
    }
    let whole = if program == Program::Hugo && is_encoded {
        hugo_paths::alias(path, story, settings)
    } else if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    };
    let whole = if is_encoded { decode(&whole) } else { whole }.replace("//", "/");
    let whole = whole.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(&whole).to_owned();
    let last = whole.rsplit('/').next().unwrap_or_default();
    let whole = if last.is_empty() || last.contains('.') { whole } else { format!("{whole}/") };
    Route::former(&whole).is_ok().then_some(whole)
}

fn last_part(story: &MovedStory) -> String {
    let address = story.address.trim_end_matches('/');
    let last = address.rsplit('/').next().unwrap_or_default();
    let stem = last.strip_suffix(".html").or_else(|| last.strip_suffix(".htm")).unwrap_or(last);
    let decoded = decode(stem);
    slug_of(&decoded).unwrap_or_else(|| format!("story-{}", Digest::of(decoded.as_bytes()).short()))
}

fn article(
    (story, head): (&MovedStory, &Head),
    date: Date,
    config: &Config,
    taken: &mut TakenAddresses<'_>,
    log: &mut MigrationLog,
) -> Placement {
    let last = last_part(story);
    let base = match head.ours.get("lang").and_then(|tag| tag.as_str()).filter(|tag| *tag != config.language) {
        // A translation gets its language in the slug, because the permalink pattern has no language.
        Some(language) => format!("{last}-{}", slugify(language)),
        None => last,
    };
    let folder = format!("content/articles/{:04}/{:02}", date.year(), date.month());
    let route = |slug: &str| config.permalink.route(date, slug).as_str().to_owned();
    first_free(story, (&base, &folder), &route, taken, log)
}

fn page(story: &MovedStory, taken: &mut TakenAddresses<'_>, log: &mut MigrationLog) -> Placement {
    let parts: Vec<String> =
        story.address.split('/').map(|part| slugify(&decode(part))).filter(|part| !part.is_empty()).collect();
    let folders = parts.split_last().map_or_else(String::new, |(_, folders)| folders.join("/"));
    let base = if parts.is_empty() { "home".to_owned() } else { last_part(story) };
    // Dateline generates pages of its own in that folder.
    let folders = if !folders.is_empty() && is_own(&folders) { format!("former-{folders}") } else { folders };
    let below = if folders.is_empty() { String::new() } else { format!("/{folders}") };
    let route = |slug: &str| format!("{below}/{slug}/");
    first_free(story, (&base, &format!("content/pages{below}")), &route, taken, log)
}

/// Returns the first free placement: the base name, or the base name with a number.
fn first_free(
    story: &MovedStory,
    (base, folder): (&str, &str),
    route: &dyn Fn(&str) -> String,
    taken: &mut TakenAddresses<'_>,
    log: &mut MigrationLog,
) -> Placement {
    let is_bundle = story.bundle.is_some();
    // The file name and the slug are numbered independently, because stories of different days may share a slug.
    let numbered = |number: u32| if number == 1 { base.to_owned() } else { format!("{base}-{number}") };
    let file = |name: &str| if is_bundle { format!("{folder}/{name}/index.md") } else { format!("{folder}/{name}.md") };
    // The next number is remembered, so that stories of the same name do not try all numbers again.
    let wish = normal(&route(base));
    let first = taken.numbers.get(&wish).copied().unwrap_or(1);
    let mut slug = numbered(first);
    for number in first + 1.. {
        if taken.before.contains(&file(&slug)) {
            // The existing file at that path has that address.
            taken.routes.insert(normal(&route(&slug)), Owner::There(file(&slug)));
        }
        if !taken.routes.contains_key(&normal(&route(&slug))) {
            taken.numbers.insert(wish, number - 1);
            break;
        }
        slug = numbered(number);
    }
    // A folder and a file of the same name do not conflict on disk but would confuse editors.
    let both = |name: &str| [format!("{folder}/{name}/index.md"), format!("{folder}/{name}.md")];
    let occupant = |name: &str| {
        let path = file(name);
        // `index.md` is the page of its folder, so no story may have that name.
        let is_of_folder = !is_bundle && name == "index";
        let moved = both(name).iter().find_map(|path| taken.paths.get(&path.to_lowercase()).cloned());
        let there = || taken.before.contains(&path).then(|| Owner::There(path.clone()));
        moved.or_else(there).or_else(|| is_of_folder.then_some(Owner::Dateline))
    };
    let wish = file(&slug);
    let first = taken.numbers.get(&wish).copied().unwrap_or(1);
    let numbered = |number: u32| if number == 1 { slug.clone() } else { format!("{slug}-{number}") };
    let mut number = first;
    while occupant(&numbered(number)).is_some() {
        number += 1;
    }
    let name = numbered(number);
    let path = file(&name);
    let own = route(&slug);
    let clash = if slug != base {
        let wished = route(base);
        taken.routes.get(&normal(&wished)).map(|owner| (wished, owner.clone(), &own))
    } else if name != slug {
        occupant(&slug).map(|owner| (file(&slug), owner, &path))
    } else {
        None
    };
    if let Some((wished, owner, instead)) = clash {
        let what = format!("`{wished}` would be its place, but {}; it goes to `{instead}`", owner.reason());
        log.add(codes::IMPORT_CLASH, what, Place::file(story.file.as_str()));
    }
    let route = own;
    taken.numbers.insert(wish, number);
    let owner = Owner::Moved(story.file.clone());
    taken.paths.insert(path.to_lowercase(), owner.clone());
    taken.routes.insert(normal(&route), owner.clone());
    let _taken = taken.claims.claim(&route, &owner);
    Placement {
        slug: (slug_from_path(&path) != slug).then_some(slug),
        path,
        aliases: Vec::new(),
        lost: Vec::new(),
        route,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_form_are_one() {
        for (one, other) in
            [("/a/", "/a"), ("/a/index.html", "/a/"), ("/A.html", "/a"), ("/", "/index.html"), ("/%C3%A9/", "/é")]
        {
            assert_eq!(normal(one), normal(other));
        }
    }
}
