//! Former addresses: `redirects`, `gone`, and the form that an alias of a story may have.

use std::collections::{BTreeMap, BTreeSet};

use super::base_url::BaseUrl;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::web::escape;
use crate::base::yaml::lenient::{Many, Table, Text};
use crate::base::yaml::source::{Problems, step};
use crate::config::values::bad;

/// A former address that redirects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The former address. Without a trailing `/` it may be a file.
    pub from: Route,
    /// The final target: a route of the site, possibly with query and fragment, or an absolute address.
    pub to: String,
    /// The key as written, for messages.
    pub key: String,
    /// Place of the key.
    pub place: Place,
}

/// The route of a former address, which is a path of this site or its full address, percent-encoded or not. The error
/// says why it is none, and what may have been meant.
pub fn former_route(address: &str, base: &BaseUrl) -> Result<Route, (String, Option<String>)> {
    let own = base.path_of(address).filter(|_| address.contains("://"));
    if own.is_none() && address.contains("://") {
        return Err((format!("it is not on this site, `{}`", base.whole()), None));
    }
    let path = own.as_deref().unwrap_or(address);
    if path.contains(['?', '#']) {
        return Err(("static hosts answer paths, without a query or an anchor".to_owned(), None));
    }
    let Some(decoded) = escape::decode(path) else {
        return Err(("its escapes are no UTF-8".to_owned(), None));
    };
    let fix = || format!("/{}", decoded.trim_start_matches(['.', '/']));
    Route::former(&decoded).map_err(|reason| (reason.to_string(), Route::new(&fix()).is_ok().then(fix)))
}

/// The base address against which others are read. Where the configuration has none yet, only paths can be on this
/// site.
fn known(base: Option<&BaseUrl>) -> BaseUrl {
    base.cloned().unwrap_or_else(|| BaseUrl::new("", ""))
}

/// Checks `gone`, which stands below the path `at`, such as `languages/ar/`.
pub(in crate::config) fn gone(
    raw: Option<Many<Text>>,
    (at, base): (&str, Option<&BaseUrl>),
    problems: &mut Problems,
) -> Vec<Route> {
    let Some(Many(raw)) = raw else { return Vec::new() };
    let mut gone = Vec::with_capacity(raw.len());
    for (index, Text(text)) in raw.into_iter().enumerate() {
        match former_route(text.trim(), &known(base)) {
            Ok(route) => gone.push(route),
            Err((reason, _)) => {
                let problem = bad(format!("`{text}` is not a route: {reason}"));
                problems.leave_out(format!("{at}gone/{index}"));
                problems.value(format!("{at}gone/{index}"), problem.help("write it as `/2023/10/12/retired-page/`"));
            }
        }
    }
    gone
}

/// Checks `redirects`, which stand below the path `at`, such as `languages/ar/`.
pub(in crate::config) fn redirects(
    raw: Option<Table<Text>>,
    (at, base): (&str, Option<&BaseUrl>),
    problems: &mut Problems,
) -> Vec<Redirect> {
    let Some(Table(raw)) = raw else { return Vec::new() };
    let base = known(base);
    let mut redirects: Vec<Redirect> = Vec::with_capacity(raw.len());
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (key, Text(target)) in raw {
        let path = format!("{at}redirects/{}", step(&key));
        if let Some(pattern) = pattern(&key) {
            let problem =
                bad(format!("`{key}` cannot be redirected: `{pattern}` is a pattern, and this is one address"));
            let help = "write a line for each address; patterns of your host stand in its own file, such as \
                        `static/_redirects`. Write `%2A` or `%3A` where the address itself has the sign";
            problems.key(path, problem.help(help));
            continue;
        }
        let from = match former_route(key.trim(), &base) {
            Ok(from) => from,
            Err((reason, fix)) => {
                let problem = bad(format!("`{key}` cannot be redirected: {reason}"));
                problems.key(
                    path,
                    match fix {
                        Some(fix) => problem.propose(fix),
                        None => problem.help("write the path of a former page, such as `/tags/ports/`"),
                    },
                );
                continue;
            }
        };
        let to = match target_of(target.trim(), &base) {
            Ok(to) => to,
            Err(reason) => {
                let problem = bad(format!("`{target}` is not a redirect target: {reason}"));
                problems
                    .value(path, problem.help("write a path of this site, such as `/feed.xml`, or a whole address"));
                continue;
            }
        };
        if let Some(first) = seen.get(&same(from.as_str())) {
            let problem = bad(format!("`{key}` is the same address as `{first}`"));
            problems.key(path, problem.help("an address can lead to one place only; keep one of them"));
            continue;
        }
        seen.insert(same(from.as_str()), key.clone());
        redirects.push(Redirect { from, to, key, place: Place::file("dateline.yaml") });
    }
    flatten(redirects, at, problems)
}

/// An unescaped character that hosts read as a pattern.
fn pattern(path: &str) -> Option<&'static str> {
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let is_name = |segment: &str| {
        segment.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    if path.contains('*') { Some("*") } else { path.split('/').any(is_name).then_some(":") }
}

/// A target in its stored form: a route with query and fragment, or an absolute address.
fn target_of(text: &str, base: &BaseUrl) -> Result<String, String> {
    let is_absolute = text.contains("://");
    let own = base.path_of(text).filter(|_| is_absolute);
    let path = match own.as_deref() {
        Some(path) => path,
        None if is_absolute => {
            let web = ["https://", "http://"].iter().any(|scheme| {
                text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                    && text.len() > scheme.len()
            });
            let sound = web && !text.contains(char::is_whitespace);
            return if sound { Ok(text.to_owned()) } else { Err("it is neither a path nor a web address".to_owned()) };
        }
        None => text,
    };
    let at = path.find(['?', '#']).unwrap_or(path.len());
    let (path, rest) = path.split_at(at);
    if pattern(path).is_some() {
        return Err("it has a placeholder, and a redirect leads from one address to one other".to_owned());
    }
    let decoded = escape::decode(path).ok_or("its escapes are no UTF-8")?;
    let route = Route::new(&decoded).map_err(|reason| reason.to_string())?;
    Ok(format!("{route}{rest}"))
}

/// A path in the form in which equivalent addresses are equal: without `index.html` and without a trailing slash.
fn same(path: &str) -> String {
    let path = path.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).unwrap_or(path);
    path.trim_end_matches('/').to_owned()
}

/// Replaces the target of each redirect by the end of its chain, so that readers are redirected once. Cycles are
/// errors.
fn flatten(redirects: Vec<Redirect>, at: &str, problems: &mut Problems) -> Vec<Redirect> {
    let target = |to: &str| same(to.split(['?', '#']).next().unwrap_or(to));
    let by_path: BTreeMap<String, usize> =
        redirects.iter().enumerate().map(|(index, redirect)| (same(redirect.from.as_str()), index)).collect();
    // The known end of each redirect, so that every chain is walked once. `None` inside: a cycle.
    let mut ends: Vec<Option<Option<String>>> = vec![None; redirects.len()];
    for first in 0..redirects.len() {
        let (mut chain, mut seen) = (Vec::new(), BTreeSet::new());
        let mut here = first;
        let end = loop {
            if let Some(end) = &ends[here] {
                break end.clone();
            }
            if !seen.insert(here) {
                break None;
            }
            chain.push(here);
            let to = &redirects[here].to;
            match by_path.get(&target(to)) {
                Some(next) if to.starts_with('/') => here = *next,
                _ => break Some(to.clone()),
            }
        };
        for here in chain {
            ends[here] = Some(end.clone());
        }
    }
    let mut kept = Vec::with_capacity(redirects.len());
    for (redirect, end) in redirects.into_iter().zip(ends) {
        if let Some(to) = end.flatten() {
            kept.push(Redirect { to, ..redirect });
        } else {
            let Redirect { key, to, .. } = redirect;
            let problem = bad(format!("`{key}` leads to `{to}`, and that leads back in a circle"));
            let help = "let one of them lead to a page of the site";
            problems.key(format!("{at}redirects/{}", step(&key)), problem.help(help));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_addresses_are_paths_of_this_site() {
        let base = BaseUrl::new("https://example.org", "/briefing");
        for (address, route) in [
            ("/a/b", "/a/b"),
            ("/a/b/", "/a/b/"),
            ("/a.html", "/a.html"),
            ("/briefing/a/", "/briefing/a/"),
            ("http://Example.org/briefing/a/", "/a/"),
            ("https://example.org/briefing", "/"),
            ("/a%20b/100%25/50%/", "/a b/100%/50%/"),
            ("https://example.org/briefing/caf%C3%A9", "/café"),
            ("/posts/c%23-tips/", "/posts/c#-tips/"),
        ] {
            assert_eq!(former_route(address, &base).map(String::from), Ok(route.to_owned()), "{address}");
        }
        for (address, fix) in [
            ("a/b", Some("/a/b")),
            ("../a/", Some("/a/")),
            ("//a//b", None),
            ("/?p=12", None),
            ("/a/%2e%2e/b/", None),
            ("/a#b/", None),
            ("/a%3Fb/", None),
            ("/caf%E9/", None),
            ("/%2edateline/x", Some("/dateline/x")),
            ("https://example.org/briefings/", None),
            ("https://other.org/a/", None),
        ] {
            assert_eq!(former_route(address, &base).expect_err(address).1.as_deref(), fix, "{address}");
        }
    }
}
