//! Generates `_redirects` and `_headers` for Netlify and Cloudflare, and checks them against Cloudflare's limits.
//!
//! Both hosts compare the path of a redirect with the path as the browser sends it, so paths are percent-encoded the
//! way browsers do it. A `*` or `:name` would make a path a pattern, and one such line makes Cloudflare treat all lines
//! after it as patterns. They are therefore encoded: the redirect matches requests that encode them, and all others get
//! the page that redirects.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::facts::{FOREVER, Facts, HostRedirect, POLICY, SHORT, feeds};
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::web::escape;

/// The maximum number of static redirects that Cloudflare reads.
const MOST_REDIRECTS: usize = 2_000;
/// The maximum number of dynamic redirects, those with a pattern, that Cloudflare reads.
const MOST_PATTERNS: usize = 100;
/// The maximum number of rules in `_headers` that Cloudflare reads.
const MOST_HEADERS: usize = 100;

/// Returns `_redirects`: the site's own static lines, the generated ones, then the site's own lines from the first
/// pattern on, because Cloudflare treats all lines after a pattern as patterns.
pub(super) fn redirects(facts: &Facts, own: &str) -> String {
    let start = own.lines().position(is_pattern).unwrap_or(usize::MAX);
    let mut lines: Vec<String> = own.lines().take(start).map(str::to_owned).collect();
    let known: BTreeSet<&str> = own.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let (odd, plain): (Vec<_>, Vec<_>) =
        ours(facts).partition(|(from, _)| from.contains("%2A") || from.contains("%3A"));
    lines.extend(plain.into_iter().chain(odd).filter(|(from, _)| !known.contains(&**from)).map(|(_, line)| line));
    let gone = |path: &String| format!("{} {} 410", escape::browser(path), escape::path(facts.not_found_at(path)));
    lines.extend(facts.gone.iter().map(gone));
    lines.extend(own.lines().skip(start).map(str::to_owned));
    // Where nothing else answers. Hosts that know no such rule show the nearest `404.html` by themselves.
    let missing = |(below, page): &(String, String)| format!("{}* {} 404", escape::path(below), escape::path(page));
    lines.extend(facts.languages.iter().map(missing));
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Returns the generated lines, each with its path.
fn ours(facts: &Facts) -> impl Iterator<Item = (String, String)> {
    facts.moved.iter().map(|HostRedirect { from, to, status, .. }| {
        let from = escape::browser(from);
        let line = format!("{from} {to} {status}");
        (from, line)
    })
}

/// Whether a line of `_redirects` is a dynamic redirect: its path has a splat or a placeholder.
fn is_pattern(line: &str) -> bool {
    let line = line.trim();
    let from = line.split_whitespace().next().unwrap_or("");
    let from = from.split_once("://").map_or(from, |(_, rest)| rest);
    !line.starts_with('#')
        && (from.contains('*')
            || from.split(':').skip(1).any(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())))
}

/// Whether a line of `_redirects` or `_headers` is a rule, not a comment or blank.
fn is_rule(line: &&str) -> bool {
    !line.trim().is_empty() && !line.trim().starts_with('#')
}

/// Path patterns of `_headers`, each with the names and values of its headers.
type Rules = Vec<(String, Vec<(String, String)>)>;

/// Returns `_headers`: the site's own rules, then the generated ones. A path has one rule, with the headers of both,
/// because Cloudflare reads only the last rule of a path. A generated header is left out where the site's own rules set
/// it for the same pattern or for all paths, because hosts join the values of several rules.
pub(super) fn headers(facts: &Facts, own: &str) -> String {
    let mut text = own_headers(own);
    let mut places: HashMap<String, usize> =
        text.iter().enumerate().map(|(at, rule)| (compared(&rule.pattern), at)).collect();
    let (ours, misnamed) = rules(facts, own);
    for (pattern, fields) in ours.into_iter().chain(misnamed) {
        let lines = fields
            .into_iter()
            .map(|(name, value)| if value.is_empty() { format!("  ! {name}") } else { format!("  {name}: {value}") });
        match places.entry(compared(&pattern)) {
            Entry::Occupied(place) => text[*place.get()].add(lines.collect()),
            Entry::Vacant(place) => {
                place.insert(text.len());
                text.push(WrittenRule { lines: std::iter::once(pattern.clone()).chain(lines).collect(), pattern });
            }
        }
    }
    text.into_iter().flat_map(|rule| rule.lines).map(|line| line + "\n").collect()
}

/// A rule of `_headers` as lines of text.
struct WrittenRule {
    /// The path; empty for comments before the first rule.
    pattern: String,
    /// The path and the headers, with comments and blank lines.
    lines: Vec<String>,
}

impl WrittenRule {
    /// Adds lines with headers, after the last one.
    fn add(&mut self, lines: Vec<String>) {
        let end = self.lines.iter().rposition(|line| is_rule(&&**line)).map_or(0, |at| at + 1);
        self.lines.splice(end..end, lines);
    }
}

/// Returns the rules of the site's own `_headers`, those of one path joined.
fn own_headers(own: &str) -> Vec<WrittenRule> {
    let mut rules: Vec<WrittenRule> = Vec::new();
    let mut current = None;
    for line in own.trim_end().lines() {
        let is_header = line.starts_with([' ', '\t']);
        if is_rule(&line) && !is_header {
            let pattern = line.trim();
            current = rules.iter().position(|rule| compared(&rule.pattern) == compared(pattern));
            if current.is_some() {
                continue;
            }
            rules.push(WrittenRule { pattern: pattern.to_owned(), lines: vec![line.to_owned()] });
        } else if let Some(rule) = current.and_then(|at: usize| rules.get_mut(at)) {
            rule.add(vec![line.to_owned()]);
        } else if let Some(rule) = rules.last_mut() {
            rule.lines.push(line.to_owned());
        } else {
            rules.push(WrittenRule { pattern: String::new(), lines: vec![line.to_owned()] });
        }
    }
    rules
}

/// A path of `_headers` in the form in which paths are compared: percent-decoded, except for the signs of patterns.
fn compared(pattern: &str) -> String {
    let kept = pattern.replace("%2A", "%252A").replace("%2a", "%252A").replace("%3A", "%253A").replace("%3a", "%253A");
    escape::decode(&kept).unwrap_or_else(|| pattern.to_owned())
}

/// Returns the generated rules, the most important first, and separately those of former addresses, which matter only
/// where redirects do not work. A header with an empty value is removed again.
fn rules(facts: &Facts, own: &str) -> (Rules, Rules) {
    let all = facts.link("/*");
    let said = said(own);
    let speaks = |pattern: &str, name: &str| {
        let name = name.to_ascii_lowercase();
        [pattern, all.as_str(), "/*"]
            .iter()
            .any(|pattern| said.get(&compared(pattern)).is_some_and(|names| names.contains(&name)))
    };
    let cache = |value: &str| ("Cache-Control".to_owned(), value.to_owned());
    let mut feed_rules: Rules = Vec::new();
    for (name, kind) in feeds() {
        // Hosts limit the number of rules, so one pattern covers the feeds of all directories.
        for folder in ["/", "/:folder/", "/:folder/:name/"] {
            let field = ("Content-Type".to_owned(), format!("{kind}; charset=utf-8"));
            feed_rules.push((format!("{}{name}", facts.link(folder)), vec![field]));
        }
    }
    let fixed = said.len()
        + 1
        + feed_rules.len()
        + facts.immutable.len()
        + facts.renditions.len()
        + usize::from(facts.desk.is_some());
    // When a rule for each directory would exceed the limit, one rule sets the header for all paths, and the rules of
    // immutable files replace it.
    let is_one = fixed + facts.pages.len() > MOST_HEADERS;
    let mut first: Vec<(String, String)> =
        facts.security.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    if is_one {
        first.push(cache(SHORT));
    }
    let mut rules: Rules = vec![(all.clone(), first)];
    rules.extend(feed_rules);
    if let Some((path, policy)) = &facts.desk {
        // Of several values, browsers obey all: that of pages is taken away first.
        let fields = [(POLICY, String::new()), (POLICY, policy.clone()), ("X-Robots-Tag", "noindex".to_owned())];
        rules.push((format!("{path}*"), fields.map(|(name, value)| (name.to_owned(), value)).to_vec()));
    }
    let forever = if is_one { vec![cache(""), cache(FOREVER)] } else { vec![cache(FOREVER)] };
    rules.extend(facts.immutable.iter().map(|path| (escape::browser(path), forever.clone())));
    if !is_one {
        rules.extend(facts.pages.iter().map(|pattern| (pattern.clone(), vec![cache(SHORT)])));
    }
    // The folder of an edition in a further language is within that of its pages, whose value is taken away first.
    for folder in &facts.renditions {
        let pattern = format!("{folder}*");
        let is_within = is_one
            || facts.pages.iter().any(|pages| pages.strip_suffix('*').is_some_and(|pages| folder.starts_with(pages)));
        // A page of the desk at this very address is none that may be kept.
        if !facts.pages.contains(&pattern) {
            rules.push((pattern, if is_within { vec![cache(""), cache(FOREVER)] } else { vec![cache(FOREVER)] }));
        }
    }
    for (pattern, fields) in &mut rules {
        fields.retain(|(name, _)| !speaks(pattern, name));
    }
    rules.retain(|(_, fields)| !fields.is_empty());
    let kind =
        |(path, kind): &(String, String)| (escape::browser(path), vec![("Content-Type".to_owned(), kind.clone())]);
    let misnamed = facts.misnamed.iter().map(kind).filter(|(path, _)| !speaks(path, "Content-Type"));
    (rules, misnamed.collect())
}

/// Returns the paths of the site's own `_headers`, as they are compared, with the names of their headers in lower case.
fn said(own: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in own.lines().filter(is_rule) {
        if line.starts_with([' ', '\t']) {
            let name = line.trim().trim_start_matches('!').split(':').next().unwrap_or("").trim();
            said.entry(current.clone()).or_default().insert(name.to_ascii_lowercase());
        } else {
            current = compared(line.trim());
            said.entry(current.clone()).or_default();
        }
    }
    said
}

/// Warns when `_redirects` or `_headers` exceed Cloudflare's limits.
pub(super) fn check(facts: &Facts, redirects: &str, headers: &str, report: &mut Report) {
    let (patterns, own): (Vec<&str>, Vec<&str>) = redirects.lines().filter(is_rule).partition(|line| is_pattern(line));
    let lines = own.len() + facts.moved.len();
    let mut beyond = |file: &str, count: usize, most: usize, what: &str| {
        if count > most {
            let message = format!(
                "`{file}` has {count} {what}, and Cloudflare reads {most}: the last {} are lost there",
                count - most
            );
            let help = "elsewhere all of them count; `hosting: {cloudflare: false}` in `dateline.yaml` says that the site is \
                        not on Cloudflare";
            let problem = Diagnostic::warning(codes::HOST_LIMIT, message).at(Place::file("dateline.yaml"));
            report.push(problem.help(help));
        }
    };
    beyond("_redirects", lines, MOST_REDIRECTS, "former addresses");
    beyond("_redirects", patterns.len(), MOST_PATTERNS, "patterns");
    let (ours, _) = rules(facts, headers);
    let own = said(headers);
    let added = ours.iter().filter(|(pattern, _)| !own.contains_key(&compared(pattern))).count();
    beyond("_headers", own.len() + added, MOST_HEADERS, "rules");
}
