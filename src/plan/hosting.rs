//! Files for the program that serves the site: `_redirects` and `_headers` as Netlify and Cloudflare Pages read them,
//! snippets for nginx and Caddy, and what GitHub Pages looks for.

use std::collections::BTreeSet;

use super::assets::fingerprinted;
use super::desk::Desk;
use super::feed_links::{file, media_type};
use super::{Output, Plan, Spec};
use crate::base::route::Route;
use crate::config::{FeedFormat, HtmlPolicy};

/// How long browsers and proxies may keep a page: until a reader comes back.
pub const SHORT: &str = "public, max-age=300";
/// How long they may keep what has a name of its own for each of its versions: for ever.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// A file for the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFile {
    /// `_redirects`.
    Redirects,
    /// `_headers`.
    Headers,
    /// What nginx includes in a `server`.
    Nginx,
    /// What Caddy imports in a site.
    Caddy,
    /// The domain, for GitHub Pages.
    Cname,
    /// The key that `IndexNow` asks for.
    IndexNow,
    /// What tells GitHub Pages to leave the files as they are.
    NoJekyll,
}

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    let mut add = |route: Route, file| {
        if !desk.has_own(&route) {
            outputs.push(Output { route, spec: Spec::Host(file), doc: None });
        }
    };
    add(Route::own("/_redirects"), HostFile::Redirects);
    add(Route::own("/_headers"), HostFile::Headers);
    add(Route::private("/hosting/nginx.conf"), HostFile::Nginx);
    add(Route::private("/hosting/Caddyfile"), HostFile::Caddy);
    if desk.site.config.hosting.cname.is_some() {
        add(Route::own("/CNAME"), HostFile::Cname);
    }
    if let Some(settings) = &desk.site.config.indexnow {
        add(Route::own(&format!("/{}", settings.file())), HostFile::IndexNow);
    }
    if desk.site.config.hosting.nojekyll {
        add(Route::own("/.nojekyll"), HostFile::NoJekyll);
    }
}

pub(super) fn text(desk: &Desk, plan: &Plan, file: HostFile) -> String {
    match file {
        HostFile::Redirects => redirects(desk, plan),
        HostFile::Headers => headers(desk, plan),
        HostFile::Nginx => nginx(desk, plan),
        HostFile::Caddy => caddy(desk, plan),
        HostFile::Cname => desk.site.config.hosting.cname.iter().map(|name| format!("{name}\n")).collect(),
        HostFile::IndexNow => desk.site.config.indexnow.iter().map(|settings| settings.key.clone()).collect(),
        HostFile::NoJekyll => String::new(),
    }
}

/// A former address, where it leads, and the status that says so.
struct Redirect {
    from: String,
    to: String,
    status: u16,
}

fn moved(desk: &Desk, plan: &Plan) -> Vec<Redirect> {
    let redirect = |output: &Output| {
        let (target, for_good) = output.leads_to()?;
        let status = if for_good { 301 } else { 302 };
        Some(Redirect { from: desk.link(output.route.as_str()), to: desk.link_to(target), status })
    };
    plan.outputs.iter().filter_map(redirect).collect()
}

fn gone(desk: &Desk, plan: &Plan) -> Vec<String> {
    plan.gone.iter().map(|route| desk.link(route.as_str())).collect()
}

/// The headers of every answer.
fn security(desk: &Desk) -> Vec<(&'static str, String)> {
    let frames = if desk.site.config.html == HtmlPolicy::Trust { "; frame-src https:" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; \
         media-src 'self' https:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'self'{frames}"
    );
    vec![
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
    ]
}

/// The paths of files whose names change with their bytes.
fn immutable(desk: &Desk) -> Vec<String> {
    let names = desk.statics.iter().filter_map(fingerprinted);
    names.map(|name| desk.link(&format!("/{name}"))).collect()
}

/// The names of feeds, with their media types: in every folder they mean the same.
fn feeds() -> [(&'static str, &'static str); 3] {
    [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json].map(|format| (file(format), media_type(format)))
}

/// Patterns of pages, by their first folder: no rule but one speaks of a path's caching, since hosts join what several say.
fn page_patterns(desk: &Desk, plan: &Plan) -> BTreeSet<String> {
    let pages = plan.outputs.iter().filter(|output| output.is_page());
    let pattern = |output: &Output| match output.route.as_str()[1..].split_once('/') {
        Some((folder, _)) => desk.link(&format!("/{folder}/*")),
        None => desk.link(output.route.as_str()),
    };
    pages.map(pattern).collect()
}

fn redirects(desk: &Desk, plan: &Plan) -> String {
    let moved = moved(desk, plan);
    let mut lines: String = moved
        .iter()
        .map(|Redirect { from, to, status }| format!("{} {} {status}\n", encoded(from), encoded(to)))
        .collect();
    let gone = gone(desk, plan);
    lines.extend(gone.iter().map(|path| format!("{} {} 410\n", encoded(path), desk.link("/404.html"))));
    lines
}

fn headers(desk: &Desk, plan: &Plan) -> String {
    let mut text = format!("{}\n", desk.link("/*"));
    for (name, value) in security(desk) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for pattern in page_patterns(desk, plan) {
        text.push_str(&format!("{pattern}\n  Cache-Control: {SHORT}\n"));
    }
    for path in immutable(desk) {
        text.push_str(&format!("{path}\n  Cache-Control: {FOREVER}\n"));
    }
    // Hosts limit the number of rules: a pattern stands for the feeds of all folders.
    for (name, kind) in feeds() {
        for folder in ["/", "/:folder/", "/:folder/:name/"] {
            text.push_str(&format!("{}{name}\n  Content-Type: {kind}; charset=utf-8\n", desk.link(folder)));
        }
    }
    text
}

fn nginx(desk: &Desk, plan: &Plan) -> String {
    let quoted = |path: &str| format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""));
    let mut text = String::from(
        "# Include this inside `server`, after `root`. It is made anew by each build.\nabsolute_redirect off;\ncharset utf-8;\ncharset_types text/html text/plain text/css application/json application/xml application/atom+xml application/rss+xml application/feed+json;\n",
    );
    let not_found = desk.link("/404.html");
    text.push_str(&format!("error_page 404 410 {};\n", quoted(&not_found)));
    let add = |cache: &str| -> String {
        let all = security(desk).into_iter().chain([("Cache-Control", cache.to_owned())]);
        all.map(|(name, value)| format!("add_header {name} \"{value}\" always; "))
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
    text.push_str(&format!("{}\n", add(SHORT)));
    text.push_str(&format!("location ^~ {} {{ return 404; }}\n", quoted(&desk.link("/.dateline/"))));
    for path in immutable(desk) {
        text.push_str(&format!("location = {} {{ {} }}\n", quoted(&path), add(FOREVER)));
    }
    for (name, kind) in feeds() {
        let pattern = name.replace('.', "\\.");
        text.push_str(&format!("location ~ \"/{pattern}$\" {{ types {{ }} default_type {kind}; }}\n"));
    }
    for Redirect { from, to, status } in moved(desk, plan) {
        text.push_str(&format!("location = {} {{ return {status} {}; }}\n", quoted(&from), quoted(&encoded(&to))));
    }
    for path in gone(desk, plan) {
        text.push_str(&format!("location = {} {{ return 410; }}\n", quoted(&path)));
    }
    text
}

fn caddy(desk: &Desk, plan: &Plan) -> String {
    let quoted = |path: &str| format!("\"{}\"", path.replace('"', "\\\""));
    let mut text =
        String::from("# Import this inside a site, beside `root` and `file_server`. It is made anew by each build.\n");
    text.push_str("header {\n");
    for (name, value) in security(desk) {
        text.push_str(&format!("\t{name} \"{value}\"\n"));
    }
    text.push_str("}\n");
    let list = |paths: &[String]| paths.iter().map(|path| quoted(path)).collect::<Vec<_>>().join(" ");
    let immutable = immutable(desk);
    text.push_str(&format!(
        "@dateline_immutable path {}\n@dateline_short not path {}\n",
        list(&immutable),
        list(&immutable)
    ));
    text.push_str(&format!(
        "header @dateline_immutable Cache-Control \"{FOREVER}\"\nheader @dateline_short Cache-Control \"{SHORT}\"\n"
    ));
    for (name, kind) in feeds() {
        let matcher = name.replace('.', "_");
        text.push_str(&format!(
            "@dateline_{matcher} path */{name}\nheader @dateline_{matcher} Content-Type \"{kind}; charset=utf-8\"\n"
        ));
    }
    text.push_str(&format!("@dateline_own path {}\nerror @dateline_own 404\n", quoted(&desk.link("/.dateline/*"))));
    for Redirect { from, to, status } in moved(desk, plan) {
        text.push_str(&format!("redir {} {} {status}\n", quoted(&from), quoted(&encoded(&to))));
    }
    let gone = gone(desk, plan);
    if !gone.is_empty() {
        text.push_str(&format!("@dateline_gone path {}\nerror @dateline_gone 410\n", list(&gone)));
    }
    let not_found = quoted(&desk.link("/404.html"));
    text.push_str(&format!(
        "handle_errors {{\n\t@dateline_missing expression `{{http.error.status_code}} in [404, 410]`\n\
         \thandle @dateline_missing {{\n\t\trewrite * {not_found}\n\t\tfile_server\n\t}}\n}}\n"
    ));
    text
}

/// A path as it stands in an address: what is not ASCII, and spaces, percent-encoded.
fn encoded(path: &str) -> String {
    let piece = |byte: u8| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(piece).collect()
}
