//! Content files with errors that leave it open which addresses they have. What may be theirs is not reported as missing.

use std::collections::HashSet;

use super::address::slug_from_path;
use super::front;
use crate::base::text;

/// Most bytes of a file that are searched for its addresses.
const HEAD: usize = 16 * 1024;

/// The names of lists that exist only when something is in them.
const LISTS: [&str; 7] = ["topics", "people", "threads", "briefings", "corrections", "archive", "latest"];

/// A content file that has no page because of its errors.
#[derive(Clone, Debug)]
pub struct UnreadFile {
    /// Its path from the site's root, in composed form (NFC).
    pub path: String,
    /// Its slug, and the values in its front matter as slugs.
    names: HashSet<String>,
    /// The part of its front matter with its former addresses, as written.
    aliases: String,
}

impl UnreadFile {
    /// A file at `path` with the text `whole`.
    pub(super) fn new(path: &str, whole: &str) -> Self {
        let end = (0..=HEAD.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        let front = front::split(path, whole).map_or_else(|_| whole[..end].to_owned(), |parts| parts.front.to_owned());
        let mut names: HashSet<String> = HashSet::from([slug_from_path(path)]);
        for line in front.lines() {
            let value = line.split_once(": ").map_or(line, |(_, value)| value).trim_start_matches(['-', ' ']);
            let is_path = |part: &str| part.trim_start_matches([' ', '"', '\'', '[', '{']).starts_with(['/', '.']);
            let parts = value.split([',', '[', ']', '{', '}']).chain([value]).filter(|part| !is_path(part));
            names.extend(parts.map(|part| text::slugify(&text::fold(part))).filter(|name| !name.is_empty()));
        }
        let of_key = |key: &str| {
            let lines = front.lines().skip_while(|line| !line.starts_with(key));
            let is_inside = |(index, line): &(usize, &str)| *index == 0 || line.starts_with([' ', '\t', '-']);
            lines.enumerate().take_while(is_inside).map(|(_, line)| line).collect::<Vec<_>>().join("\n")
        };
        let aliases = format!("{}\n{}", of_key("aliases:"), of_key("redirect_from:"));
        Self { path: text::composed(path).into_owned(), names, aliases }
    }

    /// Whether `slug` may be that of the file.
    pub fn may_have(&self, slug: &str) -> bool {
        self.names.contains(slug)
    }

    /// Whether the address may be one of the file's page, of its former ones, or of a list that it would be in.
    pub fn may_answer(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return false;
        }
        if self.aliases.contains(path) {
            return true;
        }
        // Feeds, and files beside the page.
        parts.pop_if(|last| last.contains('.'));
        let Some(last) = parts.last() else { return false };
        let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
        is_number || LISTS.contains(last) || self.names.contains(&*text::slugify(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_file_with_errors_may_be_made_of_anything_in_it() {
        let text = "---\nextra: [\nsources: [/gone/]\ntitle: A\ndate: 2026-01-01\ntopics: [Nord Stream, \"ICC\"]\nauthors:\n  - Jane Roe\naliases: [/Old/x.php]\n---\nSome Words\n";
        let file = UnreadFile::new("content/articles/2026-01-01-visit.md", text);
        for path in [
            "/2026/01/01/visit/",
            "/2026/01/01/visit/p.svg",
            "/visit",
            "/2026/01/",
            "/archive/2026/",
            "/topics/nord-stream/",
            "/topics/icc/feed.xml",
            "/topics/icc/with/nord-stream/",
            "/people/jane-roe/",
            "/people/",
            "/Old/x.php",
        ] {
            assert!(file.may_answer(path), "{path}");
        }
        for path in ["/", "/2026/01/01/other/", "/topics/gas/", "/some-words/", "/feed.xml", "/old.pdf", "/gone/x.pdf"]
        {
            assert!(!file.may_answer(path), "{path}");
        }
        assert!(file.may_have("visit") && !file.may_have("other"));
    }
}
