//! Generates `.htaccess` for the document root of Apache. `AllowOverride FileInfo` suffices for all of it.
//!
//! Among several directives of one kind Apache obeys the last, but among redirects the first. The site's own directives are
//! therefore in between. Headers have two tables, `always` and `onsuccess`, and one of each is sent: a header that the
//! site's own directives set is left out.

use std::collections::BTreeMap;

use super::facts::{FOREVER, Facts, HostRedirect, POLICY, RENDITION, SHORT, feeds, regex};

/// Returns `.htaccess`: the generated directives, with the site's own ones before the redirects.
pub(super) fn text(facts: &Facts, own: &str) -> String {
    let said = said(own);
    let mut text = String::from("# For Apache, in the folder that it serves. It is made anew by each build.\n");
    text.push_str(&format!("ErrorDocument 404 {0}\nErrorDocument 410 {0}\nAddDefaultCharset utf-8\n", facts.not_found));
    for (below, page) in &facts.languages {
        let below = regex(below);
        text.push_str(&format!(
            "<If \"%{{REQUEST_URI}} =~ m#^{below}#\">\nErrorDocument 404 {page}\nErrorDocument 410 {page}\n</If>\n"
        ));
    }
    text.push_str("<IfModule mod_mime.c>\n");
    for (ending, kind) in &facts.types {
        if let Some((essence, charset)) = kind.split_once("; charset=") {
            text.push_str(&format!("AddType {essence} .{ending}\nAddCharset {charset} .{ending}\n"));
        }
    }
    for (ending, kind) in facts.rare_types().filter(|(_, kind)| !kind.contains(';')) {
        text.push_str(&format!("AddType {kind} .{ending}\n"));
    }
    text.push_str("</IfModule>\n");
    for (name, kind) in feeds() {
        text.push_str(&format!("<Files \"{name}\">\nForceType \"{kind}; charset=utf-8\"\n</Files>\n"));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in &facts.security {
        text.push_str(&header(&said, name, value));
    }
    text.push_str(&header(&said, "Cache-Control", SHORT));
    if let Some((path, _)) = &facts.desk {
        let headers: String = facts
            .desk_security()
            .iter()
            .filter(|(name, _)| matches!(*name, POLICY | "X-Robots-Tag"))
            .map(|(name, value)| format!("Header always set {name} \"{value}\"\n"))
            .collect();
        text.push_str(&format!("<If \"%{{REQUEST_URI}} =~ m#^{}#\">\n{headers}</If>\n", regex(path)));
    }
    let forever = header(&said, "Cache-Control", FOREVER);
    let names = facts.immutable.iter().filter_map(|path| path.rsplit('/').next()).map(regex).collect::<Vec<_>>();
    if !names.is_empty() && !forever.is_empty() {
        text.push_str(&format!("<FilesMatch \"^({})$\">\n{forever}</FilesMatch>\n", names.join("|")));
    }
    for folder in facts.renditions.iter().filter(|_| !forever.is_empty()) {
        let pattern = format!("^{}{RENDITION}", regex(folder));
        text.push_str(&format!("<If \"%{{REQUEST_URI}} =~ m#{pattern}#\">\n{forever}</If>\n"));
    }
    text.push_str("</IfModule>\n");
    if !own.trim().is_empty() {
        text.push_str(&format!("\n{}\n\n", own.trim_end()));
    }
    text.push_str("<IfModule mod_alias.c>\n");
    text.push_str(&format!("RedirectMatch 404 \"^{}(/|$)\"\n", regex(&facts.link("/.dateline"))));
    for HostRedirect { from, plain, status, .. } in &facts.moved {
        // Apache percent-encodes the target of a redirect, so an encoded one would be encoded twice.
        let Some(to) = plain else { continue };
        let to = to.replace('\\', "\\\\").replace('$', "\\$").replace('"', "\\\"");
        // Apache appends the query of the request to the whole target, unless the target has one: an empty one keeps it
        // out of the fragment.
        let to = if to.contains('?') { to } else { to.replacen('#', "?#", 1) };
        text.push_str(&format!("RedirectMatch {status} \"^{}$\" \"{to}\"\n", regex(from)));
    }
    for path in &facts.gone {
        text.push_str(&format!("RedirectMatch 410 \"^{}$\"\n", regex(path)));
    }
    text.push_str("</IfModule>\n");
    text
}

/// The files for which the site's own directives set a header.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    /// In sections for some files, only in the table of successful responses.
    OnSuccess,
    /// In sections for some files, also in the table of all responses.
    Always,
    /// For all files.
    Everywhere,
}

/// Returns the directive for a header, unless the site's own directives set it for all files. Both are in the same table
/// where the own ones set it for some files, so that those replace it there.
fn header(said: &BTreeMap<String, Said>, name: &str, value: &str) -> String {
    match said.get(&name.to_ascii_lowercase()) {
        Some(Said::Everywhere) => String::new(),
        Some(Said::OnSuccess) => format!("Header set {name} \"{value}\"\n"),
        Some(Said::Always) | None => format!("Header always set {name} \"{value}\"\n"),
    }
}

/// Returns the headers that the site's own directives set or unset, in lower case.
fn said(own: &str) -> BTreeMap<String, Said> {
    let mut said = BTreeMap::new();
    let mut sections = 0_usize;
    for line in own.lines().map(str::trim) {
        let lower = line.to_ascii_lowercase();
        // These hold for all files or for none.
        let is_section = !lower.starts_with("<if") || lower.starts_with("<if ");
        if lower.starts_with("</") {
            sections = sections.saturating_sub(usize::from(!lower.starts_with("</if") || lower.starts_with("</if>")));
        } else if lower.starts_with('<') {
            sections += usize::from(is_section);
        }
        let mut words = lower.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
        if words.next() != Some("header") {
            continue;
        }
        let mut action = words.next();
        let is_always = action == Some("always");
        if matches!(action, Some("always" | "onsuccess")) {
            action = words.next();
        }
        let (Some("set" | "unset" | "setifempty"), Some(name)) = (action, words.next()) else { continue };
        let place = match (sections, is_always) {
            (0, _) => Said::Everywhere,
            (_, true) => Said::Always,
            (_, false) => Said::OnSuccess,
        };
        let known = said.entry(name.to_owned()).or_insert(place);
        *known = place.max(*known);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_the_site_is_left_out_or_can_be_replaced() {
        let own = "Header set A \"1\"\n<IfModule mod_headers.c>\nHeader always set B 1\n</IfModule>\n\
                   <Files \"x\">\nHeader set C 1\nheader  always unset D\n</Files>\nHeader append E 1\n<If \"true\">\nHeader set F 1\n</If>\n\
                   # Header set G 1\n<Files y>\nHeader onsuccess set \"H\" 1\n</Files>\nHeader unset C-D\n";
        let said = said(own);
        let lines = ["A", "B", "C", "D", "E", "F", "G", "H", "C-D"].map(|name| header(&said, name, "v"));
        assert_eq!(
            lines.each_ref().map(|line| line.trim_end()),
            [
                "",
                "",
                "Header set C \"v\"",
                "Header always set D \"v\"",
                "Header always set E \"v\"",
                "Header set F \"v\"",
                "Header always set G \"v\"",
                "Header set H \"v\"",
                "",
            ]
        );
    }
}
