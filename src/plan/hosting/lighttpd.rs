//! Generates the file that lighttpd includes. It needs the modules `mod_access`, `mod_redirect` and `mod_setenv`.

use super::facts::{FOREVER, Facts, HostRedirect, RENDITION, SHORT, feeds, quoted, regex};

/// Returns the settings, in a condition on the path of the site.
pub(super) fn text(facts: &Facts) -> String {
    let mut text = String::from(
        "# Include this after `server.document-root`, with mod_access, mod_redirect and mod_setenv loaded. It is made anew \
         by each build.\n",
    );
    // All settings are in a condition: outside of one, an option may be set only once, and the server may have set it
    // already.
    let base = regex(&facts.base);
    text.push_str(&format!("$HTTP[\"url\"] =~ \"^{base}(/|$)\" {{\n"));
    let list = |entries: Vec<String>| format!("(\n  {}\n)\n", entries.join(",\n  "));
    let types = facts.types.iter().map(|(ending, kind)| format!("\".{ending}\" => \"{kind}\""));
    let types = types.chain(["\"\" => \"application/octet-stream\"".to_owned()]).collect();
    text.push_str(&format!("index-file.names = ( \"index.html\" )\nmimetype.assign = {}", list(types)));
    text.push_str(&format!("server.error-handler = {}\n", quoted(&facts.not_found)));
    for (below, page) in &facts.languages {
        text.push_str(&format!(
            "$HTTP[\"url\"] =~ \"^{}\" {{ server.error-handler = {} }}\n",
            regex(below),
            quoted(page)
        ));
    }
    let with = |security: &[(&str, String)], cache: &str| {
        let security = security.iter().map(|(name, value)| format!("\"{name}\" => \"{value}\""));
        format!(
            "setenv.set-response-header = {}",
            list(security.chain([format!("\"Cache-Control\" => \"{cache}\"")]).collect())
        )
    };
    let headers = |cache: &str| with(&facts.security, cache);
    text.push_str(&headers(SHORT));
    if let Some((path, _)) = &facts.desk {
        text.push_str(&format!(
            "$HTTP[\"url\"] =~ \"^{}\" {{\n{}}}\n",
            regex(path),
            with(&facts.desk_security(), SHORT)
        ));
    }
    for path in &facts.immutable {
        text.push_str(&format!("$HTTP[\"url\"] == {} {{\n{}}}\n", quoted(path), headers(FOREVER)));
    }
    for folder in &facts.renditions {
        text.push_str(&format!("$HTTP[\"url\"] =~ \"^{}{RENDITION}\" {{\n{}}}\n", regex(folder), headers(FOREVER)));
    }
    for (name, kind) in feeds() {
        text.push_str(&format!(
            "$HTTP[\"url\"] =~ \"/{}$\" {{ mimetype.assign = ( \"\" => \"{kind}; charset=utf-8\" ) }}\n",
            regex(name)
        ));
    }
    text.push_str(&format!("$HTTP[\"url\"] =~ \"^{base}/+\\x2edateline(/|$)\" {{ url.access-deny = ( \"\" ) }}\n"));
    for HostRedirect { from, to, status, .. } in &facts.moved {
        // `%` and `$` are escaped because they refer to captures. The query string is kept, unless the target has one.
        let query = if to.contains(['?', '#']) { "" } else { "${qsa}" };
        let to = to.replace('%', "%%").replace('$', "$$");
        let code = if *status == 301 { String::new() } else { format!("url.redirect-code = {status} ") };
        text.push_str(&format!(
            "$HTTP[\"url\"] == {} {{ {code}url.redirect = ( \"\" => \"{to}{query}\" ) }}\n",
            quoted(from)
        ));
    }
    for path in &facts.gone {
        let to = quoted(facts.not_found_at(path));
        text.push_str(&format!(
            "$HTTP[\"url\"] == {} {{ url.redirect-code = 410 url.redirect = ( \"\" => {to} ) }}\n",
            quoted(path)
        ));
    }
    text.push_str("}\n");
    text
}
