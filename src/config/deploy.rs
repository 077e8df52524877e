//! The targets of `deploy`: as written → checked.

use std::collections::HashMap;

use super::addresses::base_url::BaseUrl;
use super::languages::LanguageEdition;
use super::raw::RawTarget;
use super::values::{bad, text_of};
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::yaml::lenient::{Table, Text};
use crate::base::yaml::source::Problems;

/// A deployment target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The name in the configuration: `production`.
    pub name: String,
    /// The bucket or folder.
    pub to: Destination,
    /// The address of the site there, when it differs from the site's `base_url`.
    pub base_url: Option<String>,
    /// The language whose host this is, where that is not the main one.
    pub language: Option<String>,
    /// The most that one deployment may delete.
    pub max_deletes: Option<Limit>,
}

/// The kind of a deployment target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A bucket of an object store.
    Bucket(Bucket),
    /// A folder of releases, with a symbolic link to the live one.
    Folder(Folder),
}

/// A bucket of an object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The provider, and so the protocol.
    pub provider: Provider,
    /// The bucket's name, or the container's on Azure.
    pub name: String,
    /// Prefix of all object keys, without slashes around it; may be empty.
    pub prefix: String,
    /// Region, for S3.
    pub region: Option<String>,
    /// Address of the store, when it is not the provider's own.
    pub endpoint: Option<String>,
    /// Whether text is uploaded compressed (`Content-Encoding: gzip`, RFC 9110, section 8.4).
    pub compress: bool,
    /// Whether former addresses become objects that redirect.
    pub redirects: bool,
}

/// Provider of an object store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Amazon S3 and compatible stores.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
}

/// A folder of releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Path, relative to the site's folder.
    pub path: String,
    /// Number of releases that are kept.
    pub keep: usize,
}

/// The most that one deployment may delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A number of objects.
    Count(usize),
    /// A percentage of the objects that are there.
    Share(usize),
}

impl Limit {
    /// Parses `20` or `25%`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(share) => share.trim_end().parse().ok().filter(|share| *share <= 100).map(Self::Share),
            None => text.parse().ok().map(Self::Count),
        }
    }
}

impl Destination {
    /// What is equal for all that name one place.
    fn place(&self) -> (String, Option<String>) {
        match self {
            Self::Bucket(bucket) => (bucket.address(), bucket.endpoint.clone()),
            Self::Folder(folder) => (folder.path.trim_end_matches('/').to_owned(), None),
        }
    }
}

impl Provider {
    /// The URL scheme of its buckets.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Google => "gs",
            Self::Azure => "az",
        }
    }
}

impl Bucket {
    /// The bucket's address: `s3://bucket/prefix`.
    pub fn address(&self) -> String {
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("/{}", self.prefix) };
        format!("{}://{}{prefix}", self.provider.scheme(), self.name)
    }
}

/// Default number of releases that are kept.
const RELEASES: usize = 5;

/// Checks `deploy`; `main` is the language of the site, and `languages` are the further ones.
pub(super) fn check_deploy(
    raw: Option<Table<RawTarget>>,
    (main, languages): (&str, &[LanguageEdition]),
    problems: &mut Problems,
) -> Vec<Target> {
    let Some(Table(targets)) = raw else { return Vec::new() };
    let mut checked: Vec<Target> = Vec::new();
    // The first target of each language at a place.
    let mut places: HashMap<_, Vec<(Option<String>, String)>> = HashMap::new();
    for (name, mut raw) in targets {
        let path = format!("deploy/{name}");
        let language = language(text_of(raw.language.take()), (main, languages), &path, problems);
        let Some(target) = target(name, raw, problems) else { continue };
        let target = Target { language, ..target };
        let there = places.entry(target.to.place()).or_default();
        if let Some((_, other)) = there.iter().find(|(language, _)| *language != target.language) {
            let message = format!("the editions of `{other}` and `{}` would replace each other here", target.name);
            let problem = Diagnostic::error(codes::CONFLICT, message);
            problems.value(format!("{path}/to"), problem.help("give each language a bucket or folder of its own"));
        }
        if there.iter().all(|(language, _)| *language != target.language) {
            there.push((target.language.clone(), target.name.clone()));
        }
        checked.push(target);
    }
    checked
}

/// The language whose host a target is; `None` for the main one.
fn language(
    tag: Option<String>,
    (main, languages): (&str, &[LanguageEdition]),
    path: &str,
    problems: &mut Problems,
) -> Option<String> {
    let tag = tag.filter(|tag| !tag.eq_ignore_ascii_case(main))?;
    let edition = languages.iter().find(|edition| edition.tag.eq_ignore_ascii_case(&tag));
    let problem = match edition {
        Some(edition) if edition.base_url.is_some() => return Some(edition.tag.clone()),
        Some(edition) => bad(format!("`{tag}` has no host of its own, and goes out with the site"))
            .help(format!("remove it: the edition is below `{}/`", edition.prefix)),
        None => bad(format!("`{tag}` is no language of the site")).help("list it under `languages`, with a `base_url`"),
    };
    problems.value(format!("{path}/language"), problem);
    None
}

fn target(name: String, raw: RawTarget, problems: &mut Problems) -> Option<Target> {
    let RawTarget { to: Text(to), region, endpoint, base_url, language: _, compress, redirects, max_deletes, keep } =
        raw;
    let path = |key: &str| format!("deploy/{name}/{key}");
    let base_url = text_of(base_url).and_then(|url| match BaseUrl::parse(&url) {
        Ok(_) => Some(url),
        Err(reason) => {
            let problem = bad(format!("`{url}` cannot be the site's address: {reason}"));
            problems.value(
                path("base_url"),
                problem.help("write it as `https://example.org` or `https://example.org/briefing`"),
            );
            None
        }
    });
    let max_deletes = text_of(max_deletes).and_then(|text| {
        let limit = Limit::parse(&text);
        if limit.is_none() {
            let problem = bad(format!("`max_deletes` cannot be `{text}`"));
            problems
                .value(path("max_deletes"), problem.help("write a number, such as `50`, or a share, such as `25%`"));
        }
        limit
    });
    let to = match place(to.trim()) {
        Ok(DeployPlace::Bucket(provider, bucket, prefix)) => {
            if keep.is_some() {
                let problem = bad("`keep` belongs to folders: a bucket keeps no releases");
                problems.key(path("keep"), problem.help("remove it; versioning of the bucket keeps what was there"));
            }
            if region.is_some() && provider != Provider::S3 {
                problems.key(path("region"), bad("`region` belongs to `s3://` alone").help("remove it"));
            }
            if redirects == Some(true) && provider != Provider::S3 {
                let problem = bad("only `s3://` has objects that redirect");
                problems.key(path("redirects"), problem.help("remove it: a page at each former address leads on"));
            }
            Destination::Bucket(Bucket {
                provider,
                name: bucket,
                prefix,
                region: text_of(region),
                endpoint: text_of(endpoint).and_then(|url| check_endpoint(&path("endpoint"), url, problems)),
                compress: compress.unwrap_or(false),
                redirects: redirects.unwrap_or(provider == Provider::S3),
            })
        }
        Ok(DeployPlace::Folder(folder)) => {
            let others = [
                ("region", region.is_some()),
                ("endpoint", endpoint.is_some()),
                ("compress", compress.is_some()),
                ("redirects", redirects.is_some()),
            ];
            for (key, _) in others.into_iter().filter(|(_, is_there)| *is_there) {
                let problem = bad(format!("`{key}` belongs to buckets, and `{folder}` is a folder"));
                problems.key(path(key), problem.help("remove it"));
            }
            let fits = |keep: &usize| (1..=1000).contains(keep);
            let keep = match keep {
                Some(count) => usize::try_from(count).ok().filter(fits).or_else(|| {
                    let problem = bad(format!("`keep` cannot be {count}"));
                    problems.value(path("keep"), problem.help("write a number from 1 to 1000"));
                    None
                }),
                None => None,
            };
            Destination::Folder(Folder { path: folder, keep: keep.unwrap_or(RELEASES) })
        }
        Err(reason) => {
            let problem = bad(format!("`{}` is not a deployment target: {reason}", to.trim()));
            problems.value(path("to"), problem.help("write a bucket, such as `s3://bucket/prefix`, or a folder"));
            return None;
        }
    };
    Some(Target { name, to, base_url, language: None, max_deletes })
}

enum DeployPlace {
    Bucket(Provider, String, String),
    Folder(String),
}

fn place(to: &str) -> Result<DeployPlace, String> {
    let Some((scheme, rest)) = to.split_once("://") else {
        if to.is_empty() {
            return Err("it is empty".to_owned());
        }
        return Ok(DeployPlace::Folder(to.to_owned()));
    };
    let provider = match scheme.to_ascii_lowercase().as_str() {
        "s3" => Provider::S3,
        "gs" | "gcs" => Provider::Google,
        "az" | "azure" => Provider::Azure,
        "file" => return Ok(DeployPlace::Folder(rest.to_owned())),
        _ => return Err(format!("`{scheme}://` is none of `s3://`, `gs://` and `az://`")),
    };
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '$');
    if bucket.is_empty() || !bucket.chars().all(fits) {
        return Err(format!("`{bucket}` is not a bucket name"));
    }
    let prefix = prefix.trim_matches('/');
    let is_odd =
        |part: &str| matches!(part, "" | "." | "..") || part.contains(|c: char| c.is_control() || "?#\\".contains(c));
    if !prefix.is_empty() && prefix.split('/').any(is_odd) {
        return Err(format!("keys of objects cannot start with `{prefix}`"));
    }
    Ok(DeployPlace::Bucket(provider, bucket.to_owned(), prefix.to_owned()))
}

/// Requires TLS, except to this machine: credentials must not be sent in clear text.
fn check_endpoint(path: &str, url: String, problems: &mut Problems) -> Option<String> {
    let reason = match BaseUrl::parse(&url) {
        Ok(base) => {
            let host = base.origin().split_once("://").map_or("", |(_, host)| host);
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            if url.starts_with("https://") || matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
                return Some(url.trim_end_matches('/').to_owned());
            }
            "without `https` it may only be on this machine".to_owned()
        }
        Err(reason) => reason,
    };
    let problem: Diagnostic = bad(format!("`{url}` cannot be the store's address: {reason}"));
    problems.value(path, problem.help("write it as `https://s3.example.org`"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;

    fn targets(deploy: &str) -> (Vec<Target>, Vec<String>) {
        let text = format!("title: A\nbase_url: https://a.example\ndeploy:\n{deploy}");
        let (config, report) = read("dateline.yaml", &text);
        let problems = report.diagnostics().iter().map(|problem| {
            let place = problem.place.as_ref().expect("a place");
            format!("{}:{} {}", place.line, place.column, problem.message)
        });
        (config.map_or_else(Vec::new, |config| config.deploy), problems.collect())
    }

    #[test]
    fn buckets_and_folders_are_told_apart() {
        let (targets, problems) = targets(
            "  production: {to: \"s3://bucket/a/b/\", region: eu-central-1, compress: true, max_deletes: 25%}\n  mirror: {to: gs://x}\n  web: {to: az://$web, max_deletes: 7}\n  here: {to: /srv/site, keep: 2, base_url: https://b.example/x}\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let addresses: Vec<String> = targets
            .iter()
            .map(|target| match &target.to {
                Destination::Bucket(bucket) => format!("{} {} {}", bucket.address(), bucket.compress, bucket.redirects),
                Destination::Folder(folder) => format!("{} {}", folder.path, folder.keep),
            })
            .collect();
        assert_eq!(
            addresses,
            ["s3://bucket/a/b true true", "gs://x false false", "az://$web false false", "/srv/site 2"]
        );
        assert_eq!(targets[0].max_deletes, Some(Limit::Share(25)));
        assert_eq!(targets[2].max_deletes, Some(Limit::Count(7)));
    }

    #[test]
    fn what_cannot_be_is_said_at_its_place() {
        let (_, problems) = targets(
            "  a: {to: \"ftp://x\"}\n  b: {to: \"s3:///x\"}\n  c: {to: ./out, region: x}\n  d: {to: \"s3://b\", keep: 3, max_deletes: 120%, endpoint: \"http://store.example\"}\n  e: {to: \"gs://b\", redirects: true, base_url: x}\n",
        );
        assert_eq!(
            problems,
            [
                "4:11 `ftp://x` is not a deployment target: `ftp://` is none of `s3://`, `gs://` and `az://`",
                "5:11 `s3:///x` is not a deployment target: `` is not a bucket name",
                "6:18 `region` belongs to buckets, and `./out` is a folder",
                "7:21 `keep` belongs to folders: a bucket keeps no releases",
                "7:43 `max_deletes` cannot be `120%`",
                "7:59 `http://store.example` cannot be the store's address: without `https` it may only be on this machine",
                "8:21 only `s3://` has objects that redirect",
                "8:48 `x` cannot be the site's address: it must start with `https://` or `http://`",
            ]
        );
    }
}
