//! Public addresses below that of a withheld page: in `/guide/install/` the address `/guide/` is only a folder, and does
//! not reveal that it has a page.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::content::markdown::decode;
use crate::plan::Plan;
use crate::site::secrets::{Secret, What};

/// Adds to each address the names that follow it in public addresses.
pub(super) fn fill(secrets: &mut [Secret], plan: &Plan) {
    let mut found: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for secret in &*secrets {
        if matches!(secret.what, What::Address | What::Alias) {
            found.insert(secret.text.trim_end_matches('/'), BTreeSet::new());
        }
    }
    found.remove("");
    if found.is_empty() {
        return;
    }
    let outputs = plan.outputs.iter().chain(&plan.unfiled).map(|output| &output.route);
    for route in outputs.filter(|route| !route.is_private()).chain(&plan.gone) {
        let route = route.as_str();
        for (at, _) in route.match_indices('/').skip(1) {
            let name = route[at + 1..].split('/').next().unwrap_or("");
            if let Some(below) = found.get_mut(&route[..at]).filter(|_| !name.is_empty()) {
                below.insert(name.to_owned());
            }
        }
    }
    let mut found: HashMap<String, BTreeSet<String>> =
        found.into_iter().map(|(address, below)| (address.to_owned(), below)).collect();
    for secret in secrets {
        if let Some(below) = found.get_mut(secret.text.trim_end_matches('/')) {
            secret.below.clone_from(below);
        }
    }
}

/// The names that follow an address in public addresses.
pub(super) struct Below(HashSet<String>);

impl Below {
    pub(super) fn of(names: &BTreeSet<String>) -> Self {
        Self(names.iter().cloned().collect())
    }

    /// Whether the bytes after a match continue it to a public address, or to the pattern of a host for all addresses in
    /// the folder.
    pub(super) fn continues(&self, rest: &[u8]) -> bool {
        let slashes = [&b"/"[..], b"%2F", b"%2f"];
        let Some(rest) = slashes.into_iter().find_map(|slash| rest.strip_prefix(slash)) else { return false };
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'<>()[]{}`|^*".contains(byte);
        let name = &rest[..rest.iter().position(is_end).unwrap_or(rest.len())];
        if name.is_empty() {
            return rest.starts_with(b"*");
        }
        let name = String::from_utf8_lossy(name);
        let name = name.split("%2F").next().unwrap_or("").split("%2f").next().unwrap_or("");
        // Patterns of web servers escape the dot. What follows the name may be escaped, such as a quotation mark.
        let name = decode(name).replace("\\x2e", ".").replace("&amp;", "&");
        let is_punctuation = |c: char| c.is_ascii_punctuation() && !"-_~".contains(c);
        let cut = name.split(['&', '\\']).next().unwrap_or("");
        [&*name, cut]
            .iter()
            .any(|name| self.0.contains(*name) || self.0.contains(name.trim_end_matches(is_punctuation)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_continues_to_a_public_address_is_a_folder() {
        let below = Below::of(&["install", "a b.html", "x&y"].map(str::to_owned).into());
        for rest in [
            "/install/",
            "/install",
            "/install.",
            "/install),",
            "/install/x.svg",
            "%2Finstall%2F",
            "/a%20b.html\"",
            "/a%20b\\x2ehtml$",
            "/x&amp;y/",
            "/install&quot;&gt;x&lt;",
            "/install&amp;quot;",
            "/install\\u003c",
            "/install\\\"",
            "/*",
        ] {
            assert!(below.continues(rest.as_bytes()), "{rest}");
        }
        for rest in ["", "/", "/\"", "/other/", "/install-2/", "/ install", "/#install", "install", "/plan.pdf"] {
            assert!(!below.continues(rest.as_bytes()), "{rest}");
        }
    }
}
