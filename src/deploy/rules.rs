//! The parser of `_headers` and `_redirects`, in the format of Netlify and Cloudflare Pages.

use percent_encoding::percent_decode_str;

use crate::base::text::pattern::{PatternPart, matches};

/// The rules for static hosts.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    headers: Vec<HeaderRule>,
    redirects: Vec<Redirect>,
}

/// The headers for the paths that match a pattern.
#[derive(Clone, Debug)]
struct HeaderRule {
    paths: Vec<PatternPart>,
    /// Header names in lower case, and values.
    fields: Vec<(String, String)>,
}

/// A redirect from a former path to a path or URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Redirect {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) status: u16,
}

impl Rules {
    /// Parses both files. Lines that are not rules are skipped, as hosts do.
    pub(super) fn read(headers: &str, redirects: &str) -> Self {
        let mut rules = Self::default();
        for line in headers.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
            if !line.starts_with([' ', '\t']) {
                rules.headers.push(HeaderRule { paths: pattern(line.trim()), fields: Vec::new() });
            } else if let (Some(rule), Some((name, value))) = (rules.headers.last_mut(), line.split_once(':')) {
                rule.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        for line in redirects.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(from), Some(to)) = (words.next(), words.next()) else { continue };
            let status = words.next().map_or(Some(301), |word| word.trim_end_matches('!').parse().ok());
            let Some(status) = status else { continue };
            rules.redirects.push(Redirect {
                from: percent_decode_str(from).decode_utf8_lossy().into_owned(),
                to: to.to_owned(),
                status,
            });
        }
        rules
    }

    /// The value of a header for `path`, or `None`; `name` is in lower case. A later rule overrides an earlier one.
    pub(super) fn header(&self, path: &str, name: &str) -> Option<&str> {
        let rules = self.headers.iter().rev();
        let fields = rules.filter(|rule| matches(&rule.paths, path)).flat_map(|rule| rule.fields.iter().rev());
        fields.filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).next()
    }

    /// All redirects, in the order of the file.
    pub(super) fn redirects(&self) -> &[Redirect] {
        &self.redirects
    }
}

/// Parses a path pattern: `*` matches any text, `:name` one path segment.
fn pattern(text: &str) -> Vec<PatternPart> {
    let mut parts = Vec::new();
    for (index, segment) in text.split('/').enumerate() {
        if index > 0 {
            parts.push(PatternPart::Char('/'));
        }
        if segment.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            parts.push(PatternPart::Segment);
            continue;
        }
        for (index, literal) in segment.split('*').enumerate() {
            if index > 0 {
                parts.push(PatternPart::AnyText);
            }
            parts.extend(percent_decode_str(literal).decode_utf8_lossy().chars().map(PatternPart::Char));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rule_that_speaks_of_a_header_counts() {
        let text = "/*\n  X-A: 1\n  Cache-Control: short\n/b/style.1.css\n  Cache-Control: for: ever\n/:folder/feed.xml\n  Content-Type: application/atom+xml\n# no rule\n/x/:one/*\n  X-B: 2\n/caf%C3%A9/*.pdf\n  X-C: 3\n/r/*\n  ! Cache-Control\n  Cache-Control: kept\n/%2A/:1\n  X-D: 4\n";
        let rules = Rules::read(text, "");
        for (path, name, value) in [
            ("/b/style.1.css", "cache-control", Some("for: ever")),
            ("/b/", "cache-control", Some("short")),
            ("/r/a.400w.0a.webp", "cache-control", Some("kept")),
            ("/b/feed.xml", "content-type", Some("application/atom+xml")),
            ("/feed.xml", "content-type", None),
            ("/b/c/feed.xml", "content-type", None),
            ("/x/y/z/", "x-b", Some("2")),
            ("/x/y", "x-b", None),
            ("/b/", "x-b", None),
            ("/café/a/b.pdf", "x-c", Some("3")),
            ("/café/a/b.png", "x-c", None),
            ("/*/:1", "x-d", Some("4")),
            ("/a/b", "x-d", None),
        ] {
            assert_eq!(rules.header(path, name), value, "{path} {name}");
        }
    }

    #[test]
    fn redirects_are_read_with_their_status() {
        let rules = Rules::read("", "/old/ /new/ 301\n/caf%C3%A9 /x/ 302!\n# no\n/a /b\n/c /d x\n/100%/ /e/ 410\n");
        let found: Vec<_> = rules.redirects().iter().map(|r| (r.from.as_str(), r.to.as_str(), r.status)).collect();
        assert_eq!(found, [("/old/", "/new/", 301), ("/café", "/x/", 302), ("/a", "/b", 301), ("/100%/", "/e/", 410)]);
    }
}
