//! Generates the snippet that Caddy imports in a site block.
//!
//! Caddy's `path` matcher treats `*`, `[` and `{` as patterns and ignores case. A `map` compares whole strings, so each
//! address matches only itself.

use super::facts::{FOREVER, Facts, HostRedirect, POLICY, RENDITION, SHORT, feeds, regex};

/// Returns the directives for a site block.
pub(super) fn text(facts: &Facts) -> String {
    let mut text =
        String::from("# Import this inside a site, beside `root` and `file_server`. It is made anew by each build.\n");
    // Below a path, the same server hosts other sites, which these rules must not affect.
    let base = regex(&facts.base);
    let matcher = if facts.base.is_empty() { "" } else { "@dateline " };
    if !facts.base.is_empty() {
        text.push_str(&format!("@dateline path_regexp \"^{base}(/|$)\"\n"));
    }
    text.push_str(&format!("header {matcher}{{\n"));
    for (name, value) in &facts.security {
        // Of two `header` directives, the one for all paths would be the last.
        let value = if facts.desk.is_some() && *name == POLICY { "{dateline_policy}" } else { value };
        text.push_str(&format!("\t{name} \"{value}\"\n"));
    }
    text.push_str("}\n");
    if let Some((path, policy)) = &facts.desk {
        let strict = facts.security.iter().find(|(name, _)| *name == POLICY).map_or("", |(_, value)| value);
        text.push_str(&format!(
            "map {{http.request.uri.path}} {{dateline_policy}} {{\n\t~^{0} \"{policy}\"\n\tdefault \"{strict}\"\n}}\n\
             @dateline_desk path_regexp \"^{0}\"\nheader @dateline_desk X-Robots-Tag noindex\n",
            regex(path)
        ));
    }
    let map = |name: &str, entries: &[(&str, &str)], default: &str, patterns: &str| {
        let mut text = format!("map {{http.request.uri.path}} {{{name}}} {{\n{patterns}");
        for (path, value) in entries.iter().filter(|(path, _)| is_literal(path)) {
            text.push_str(&format!("\t{} \"{value}\"\n", quoted(path)));
        }
        text + &format!("\tdefault \"{default}\"\n}}\n")
    };
    let immutable: Vec<(&str, &str)> = facts.immutable.iter().map(|path| (path.as_str(), FOREVER)).collect();
    let pattern = |folder: &String| format!("\t~^{}{RENDITION} \"{FOREVER}\"\n", regex(folder));
    let patterns: String = facts.renditions.iter().map(pattern).collect();
    text.push_str(&map("dateline_cache", &immutable, SHORT, &patterns));
    text.push_str(&format!("header {matcher}Cache-Control {{dateline_cache}}\n"));
    let mut kind = |name: &str, pattern: String, kind: &str| {
        text.push_str(&format!(
            "@dateline_{name} path_regexp \"^{base}/(.*/)?{pattern}$\"\nheader @dateline_{name} Content-Type \"{kind}\"\n"
        ));
    };
    for (name, media) in feeds() {
        kind(&name.replace('.', "_"), regex(name), &format!("{media}; charset=utf-8"));
    }
    for (ending, media) in facts.rare_types() {
        kind(&format!("type_{ending}"), format!("[^/]*\\x2e{ending}"), media);
    }
    text.push_str(&format!("@dateline_own path_regexp \"^{base}/+\\x2edateline(/|$)\"\nerror @dateline_own 404\n"));
    for (name, status) in [("dateline_moved", 301), ("dateline_for_now", 302)] {
        let moved = facts.moved.iter().filter(|redirect| redirect.status == status);
        let moved: Vec<(&str, &str)> =
            moved.map(|HostRedirect { from, to, .. }| (from.as_str(), to.as_str())).collect();
        if moved.is_empty() {
            continue;
        }
        text.push_str(&map(name, &moved, "", ""));
        // The query string is kept, unless the target has one.
        text.push_str(&format!(
            "@{name}_query expression `{{{name}}} != \"\" && {{query}} != \"\" && !{{{name}}}.contains(\"?\") && !{{{name}}}.contains(\"#\")`\n\
             @{name} expression `{{{name}}} != \"\"`\nredir @{name}_query {{{name}}}?{{query}} {status}\nredir @{name} {{{name}}} {status}\n"
        ));
    }
    if !facts.gone.is_empty() {
        let gone: Vec<(&str, &str)> = facts.gone.iter().map(|path| (path.as_str(), "gone")).collect();
        text.push_str(&map("dateline_gone", &gone, "", ""));
        text.push_str("@dateline_gone expression `{dateline_gone} != \"\"`\nerror @dateline_gone 410\n");
    }
    let own = if facts.base.is_empty() {
        String::new()
    } else {
        format!(" && {{http.request.orig_uri.path}}.startsWith({})", quoted(&facts.link("/")))
    };
    text.push_str("handle_errors {\n");
    let mut missing = |name: &str, condition: &str, page: &str| {
        text.push_str(&format!(
            "\t@{name} expression `{{http.error.status_code}} in [404, 410]{condition}`\n\
             \thandle @{name} {{\n\t\trewrite * {}\n\t\tfile_server\n\t}}\n",
            quoted(page)
        ));
    };
    for (index, (below, page)) in facts.languages.iter().enumerate() {
        let condition = format!(" && {{http.request.orig_uri.path}}.startsWith({})", quoted(below));
        missing(&format!("dateline_missing_{index}"), &condition, page);
    }
    missing("dateline_missing", &own, &facts.not_found);
    text.push_str("}\n");
    text
}

/// Whether Caddy reads a path literally. In an imported file it replaces environment variables and import arguments
/// before parsing, even within quotes.
fn is_literal(path: &str) -> bool {
    !["{$", "{args", "{block", "{env."].iter().any(|start| path.contains(start))
}

fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('"', "\\\""))
}
