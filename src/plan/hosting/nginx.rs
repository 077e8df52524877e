//! Generates the file that nginx includes in a `server` block.

use std::path::Path;

use super::facts::{FOREVER, Facts, HostRedirect, RENDITION, SHORT, feeds, quoted, regex};

/// The media types that get a charset. `text/html` is always among them, and nginx warns when it is listed.
const TEXT: &str = "text/plain text/css text/xml text/markdown text/csv text/javascript application/javascript \
                    application/json application/xml application/atom+xml application/rss+xml application/feed+json \
                    application/manifest+json";

/// Returns the directives for the inside of a `server` block.
pub(super) fn text(facts: &Facts) -> String {
    let mut text = String::from("# Include this inside `server`, after `root`. It is made anew by each build.\n");
    let root = facts.link("/");
    let missing = missing(facts, &mut text);
    // Below a path, the same server hosts other sites, which these rules must not affect.
    let is_part = !facts.base.is_empty();
    if is_part {
        let base = quoted(&facts.base);
        let to = quoted(&format!("{root}$is_args$args"));
        text.push_str(&format!(
            "location = {base} {{ absolute_redirect off; return 301 {to}; }}\nlocation ^~ {} {{\n",
            quoted(&root)
        ));
    }
    text.push_str(&format!("absolute_redirect off;\ncharset utf-8;\ncharset_types {TEXT};\n"));
    text.push_str(&format!("error_page 404 410 {missing};\n"));
    let headers = |security: &[(&str, String)], cache: &str| -> String {
        let cache = ("Cache-Control", cache.to_owned());
        let all = security.iter().chain(std::iter::once(&cache));
        all.map(|(name, value)| format!("add_header {name} \"{value}\" always;")).collect::<Vec<_>>().join(" ")
    };
    let add = |cache: &str| headers(&facts.security, cache);
    text.push_str(&format!("{}\n", add(SHORT)));
    if let Some((path, _)) = &facts.desk {
        text.push_str(&format!("location ^~ {} {{ {} }}\n", quoted(path), headers(&facts.desk_security(), SHORT)));
    }
    text.push_str(&format!("location ^~ {} {{ return 404; }}\n", quoted(&facts.link("/.dateline"))));
    for path in &facts.immutable {
        let kind = if Path::new(path).extension().is_some_and(|ending| ending == "mjs") {
            "types { } default_type text/javascript; "
        } else {
            ""
        };
        text.push_str(&format!("location = {} {{ {kind}{} }}\n", quoted(path), add(FOREVER)));
    }
    for folder in &facts.renditions {
        text.push_str(&format!("location ~ \"^{}{RENDITION}\" {{ {} }}\n", regex(folder), add(FOREVER)));
    }
    for (name, kind) in feeds() {
        text.push_str(&format!("location ~ \"/{}$\" {{ types {{ }} default_type {kind}; }}\n", regex(name)));
    }
    for (ending, kind) in facts.rare_types() {
        let kind = kind.split(';').next().unwrap_or(kind);
        text.push_str(&format!("location ~ \"\\.{ending}$\" {{ types {{ }} default_type {kind}; }}\n"));
    }
    for HostRedirect { from, to, status, .. } in &facts.moved {
        // The query string is kept, unless the target has one.
        let query = if to.contains(['?', '#']) { "" } else { "$is_args$args" };
        text.push_str(&format!("location = {} {{ return {status} \"{to}{query}\"; }}\n", quoted(from)));
    }
    for path in &facts.gone {
        text.push_str(&format!("location = {} {{ return 410; }}\n", quoted(path)));
    }
    if is_part {
        text.push_str("}\n");
    }
    text
}

/// The error page, as a value: a path, or a variable that has the one in the language of the address. The variable is set
/// for all addresses of the server, and has a name of its own for each site that it hosts.
fn missing(facts: &Facts, text: &mut String) -> String {
    if facts.languages.is_empty() {
        return quoted(&facts.not_found);
    }
    let name: String = facts.base.bytes().map(|byte| format!("{byte:02x}")).collect();
    let variable = format!("$dateline_missing_{name}");
    text.push_str(&format!("set {variable} {};\n", quoted(&facts.not_found)));
    for (below, page) in &facts.languages {
        text.push_str(&format!("if ($uri ~ \"^{}\") {{ set {variable} {}; }}\n", regex(below), quoted(page)));
    }
    variable
}
