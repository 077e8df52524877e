//! Generates `.htaccess` for the document root of Apache. `AllowOverride FileInfo` suffices for all of it.

use super::facts::{FOREVER, Facts, HostRedirect, SHORT, feeds, regex};

/// Returns `.htaccess`: the site's own directives, then the generated ones.
pub(super) fn text(facts: &Facts, own: &str) -> String {
    let mut text = String::new();
    if !own.is_empty() {
        text.push_str(own.trim_end());
        text.push_str("\n\n");
    }
    text.push_str("# For Apache, in the folder that it serves. It is made anew by each build.\n");
    text.push_str(&format!("ErrorDocument 404 {0}\nErrorDocument 410 {0}\nAddDefaultCharset utf-8\n", facts.not_found));
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
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    text.push_str(&format!("Header always set Cache-Control \"{SHORT}\"\n"));
    let names = facts.immutable.iter().filter_map(|path| path.rsplit('/').next()).map(regex).collect::<Vec<_>>();
    if !names.is_empty() {
        text.push_str(&format!(
            "<FilesMatch \"^({})$\">\nHeader always set Cache-Control \"{FOREVER}\"\n</FilesMatch>\n",
            names.join("|")
        ));
    }
    text.push_str("</IfModule>\n<IfModule mod_alias.c>\n");
    text.push_str(&format!("RedirectMatch 404 \"^{}(/|$)\"\n", regex(&facts.link("/.dateline"))));
    for HostRedirect { from, plain, status, .. } in &facts.moved {
        // Apache percent-encodes the target of a redirect, so an encoded one would be encoded twice.
        let Some(to) = plain else { continue };
        let to = to.replace('\\', "\\\\").replace('$', "\\$").replace('"', "\\\"");
        text.push_str(&format!("RedirectMatch {status} \"^{}$\" \"{to}\"\n", regex(from)));
    }
    for path in &facts.gone {
        text.push_str(&format!("RedirectMatch 410 \"^{}$\"\n", regex(path)));
    }
    text.push_str("</IfModule>\n");
    text
}
