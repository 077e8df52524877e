//! The objects to deploy: the public outputs, each with its response headers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::refusal::Result;
use super::rules::Rules;
use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::disk;
use crate::base::rank::Rank;
use crate::base::report::Diagnostic;
use crate::base::route::Route;
use crate::base::web::media::media_type;
use crate::config::{Config, Destination, Target};
use crate::plan::SHORT;
use crate::publish::Ledger;
use crate::publish::LedgerEntry;

/// Configuration files for static hosts. Their rules are applied here, so the files themselves are not deployed.
const FOR_HOSTS: [&str; 3] = ["_headers", "_redirects", ".htaccess"];

/// The key of the error page for missing objects.
const NOT_FOUND: &str = "404.html";

/// The size in bytes above which files are uploaded in parts and uncompressed, so that they are never wholly in memory.
pub(super) const LARGE: u64 = 32 * 1024 * 1024;

/// The site to deploy, read from the output folder.
#[derive(Clone, Debug)]
pub struct Published {
    /// The path of the base URL, such as `/briefing`; empty at the root of a host.
    pub base: String,
    /// The public outputs, and objects that only redirect.
    pub objects: Vec<Object>,
    /// Configuration snippets for web servers: file names, and the files in the output folder.
    pub snippets: Vec<(String, PathBuf)>,
}

/// A file with the metadata under which it is stored and served.
#[derive(Clone, Debug)]
pub struct Object {
    /// The path relative to the base URL, without a leading `/`: `topics/icc/index.html`.
    pub key: String,
    /// The file in the output folder.
    pub file: PathBuf,
    /// The order of uploads: assets before the pages that use them.
    pub rank: Rank,
    /// The size of the file in bytes, before compression.
    pub size: u64,
    /// The digest of the uncompressed bytes.
    pub content: Digest,
    /// The response headers.
    pub headers: Headers,
    /// The digest of content and headers together, by which a deployment detects a change.
    pub digest: Digest,
}

/// The response headers that a store keeps with an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Headers {
    /// `Content-Type`, with `charset` for text.
    pub content_type: String,
    /// `Cache-Control`, by `_headers` or else the short default.
    pub cache_control: Option<String>,
    /// `Content-Disposition`, if `_headers` sets it.
    pub content_disposition: Option<String>,
    /// `Content-Language`, if `_headers` sets it.
    pub content_language: Option<String>,
    /// Whether the object is stored compressed, with `Content-Encoding: gzip`.
    pub gzip: bool,
    /// The target URL of a redirect, for an object at a former address.
    pub redirect: Option<String>,
}

/// Returns all objects of the output folder for `target`. Fails when the folder has no readable ledger.
pub(super) fn objects(output: &Path, config: &Config, target: &Target) -> Result<Published> {
    let ledger = Ledger::of_folder(output).ok_or_else(|| {
        let message = format!("`{}` holds no complete site", output.display());
        Box::new(Diagnostic::error(codes::IO, message).help("run `dateline build` and read its messages"))
    })?;
    let text = |name: &str| disk::read_to_string(&output.join(name)).unwrap_or_default();
    let rules = Rules::read(&text(FOR_HOSTS[0]), &text(FOR_HOSTS[1]));
    let base = config.base_url.path();
    let (gzip, redirects) = match &target.to {
        Destination::Bucket(bucket) => (bucket.compress, bucket.redirects),
        Destination::Folder(_) => (false, false),
    };
    let redirects: BTreeMap<&str, &str> = if redirects {
        // Only permanent redirects are objects: stores answer them with 301, which browsers may cache for good.
        let for_good = rules.redirects().iter().filter(|redirect| redirect.status == 301);
        for_good.map(|redirect| (redirect.from.as_str(), redirect.to.as_str())).collect()
    } else {
        BTreeMap::new()
    };
    let public = ledger.entries().iter().filter(|entry| !entry.route.is_private());
    // A folder may be served by Apache, which reads `.htaccess` itself.
    let taken = if matches!(target.to, Destination::Folder(_)) { &FOR_HOSTS[..2] } else { &FOR_HOSTS[..] };
    let public = public.filter(|entry| !taken.contains(&entry.route.file().as_str()));
    let mut objects: Vec<Object> = public.map(|entry| object(output, base, entry, &rules, &redirects, gzip)).collect();
    // A redirect from an address without a page, such as a variant in other capitals, needs an object of its own.
    let not_found = objects.iter().find(|object| object.key == NOT_FOUND).cloned();
    let keys: BTreeSet<&str> = objects.iter().map(|object| object.key.as_str()).collect();
    let extra = ruled(&redirects, base, &keys);
    objects.extend(not_found.iter().flat_map(|page| extra.iter().map(|(key, target)| leading_on(page, key, target))));
    let private = ledger.entries().iter().filter(|entry| entry.route.is_private());
    let snippets = private.filter_map(|entry| {
        let file = entry.route.file();
        let name = file.strip_prefix(".dateline/private/hosting/")?.to_owned();
        Some((name, disk::join(output, &file)))
    });
    Ok(Published { base: base.to_owned(), objects, snippets: snippets.collect() })
}

/// The keys and targets of redirects from addresses that have no object. Patterns match many addresses and have no key.
fn ruled(redirects: &BTreeMap<&str, &str>, base: &str, keys: &BTreeSet<&str>) -> Vec<(String, String)> {
    let is_name = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_pattern = |path: &str| path.contains('*') || path.split(':').skip(1).any(is_name);
    let ruled = redirects.iter().filter(|(from, _)| !is_pattern(from));
    let key = |from: &str| Some(Route::former(from.strip_prefix(base)?).ok()?.file());
    let keyed = ruled.filter_map(|(from, to)| Some((key(from)?, (*to).to_owned())));
    keyed.filter(|(key, _)| !keys.contains(key.as_str())).collect()
}

/// An object that redirects, with the bytes of `page`, which no browser shows.
fn leading_on(page: &Object, key: &str, target: &str) -> Object {
    let headers = Headers { redirect: Some(target.to_owned()), ..page.headers.clone() };
    let mut digester = Digester::new();
    digester.value(&page.content).value(&headers);
    Object { key: key.to_owned(), rank: Rank::Machine, digest: digester.finish(), headers, ..page.clone() }
}

fn object(
    output: &Path,
    base: &str,
    entry: &LedgerEntry,
    rules: &Rules,
    redirects: &BTreeMap<&str, &str>,
    gzip: bool,
) -> Object {
    let key = entry.route.file();
    let path = format!("{base}{}", entry.route);
    let header = |name: &str| rules.header(&path, name).map(str::to_owned);
    let content_type = header("content-type").unwrap_or_else(|| media_type(&key));
    let headers = Headers {
        cache_control: header("cache-control").or_else(|| Some(SHORT.to_owned())),
        content_disposition: header("content-disposition"),
        content_language: header("content-language"),
        gzip: gzip && is_text(&content_type) && entry.stamp.size <= LARGE,
        redirect: redirects.get(path.as_str()).map(|target| (*target).to_owned()),
        content_type,
    };
    let mut digester = Digester::new();
    digester.value(&entry.digest).value(&headers);
    Object {
        file: disk::join(output, &key),
        rank: entry.rank,
        size: entry.stamp.size,
        content: entry.digest,
        digest: digester.finish(),
        headers,
        key,
    }
}

/// Whether the media type is textual or otherwise compresses well.
fn is_text(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or(content_type).trim();
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("json")
        || matches!(essence, "application/xml" | "application/javascript" | "application/wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_without_an_object_has_one_that_redirects() {
        let redirects = BTreeMap::from([
            ("/b/2023/10/17/Visit/", "/b/2023/10/17/visit/"),
            ("/b/old/", "/b/2023/10/17/visit/"),
            ("/b/blog/*", "/b/"),
            ("/b/:year/", "/b/"),
            ("/elsewhere/", "/b/"),
            ("/b/old.html", "https://a.example/"),
        ]);
        let keys = BTreeSet::from(["old/index.html"]);
        assert_eq!(
            ruled(&redirects, "/b", &keys),
            [
                ("2023/10/17/Visit/index.html".to_owned(), "/b/2023/10/17/visit/".to_owned()),
                ("old.html".to_owned(), "https://a.example/".to_owned()),
            ]
        );
    }
}
