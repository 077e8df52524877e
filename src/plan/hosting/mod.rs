//! Configuration for web servers and hosts: `_redirects` and `_headers` for Netlify and Cloudflare, snippets for nginx,
//! Caddy, Apache and lighttpd, `CNAME` and `.nojekyll` for GitHub Pages.
//!
//! In: redirects, routes and media types (`facts.rs`). Out: the text of each file. Deliberately not here: which former
//! addresses there are (`plan::addresses`).
//!
//! Each server has a file of its own here. All write addresses as literals, with special characters escaped, and compare
//! them case-sensitively, so that a rule matches one address only. An address that a server cannot express literally is
//! left out of its file; the HTML page that redirects from there still works. If the site has a file of the same name in
//! `static/`, its rules precede the generated ones.

mod apache;
mod caddy;
mod facts;
mod lighttpd;
mod netlify;
mod nginx;

use super::{HostFile, Output, OutputKind, Plan, SiteContext, TextKind};
use crate::base::report::Report;
use crate::base::route::Route;
use facts::Facts;

pub use facts::SHORT;

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    // A host has one site, in all its languages.
    if !context.site.config.is_root() {
        return;
    }
    let settings = &context.site.config.hosting;
    let mut add = |route: Route, file| {
        outputs.push(Output { route, kind: OutputKind::Text(TextKind::Host(file)), doc: None });
    };
    add(Route::own("/_redirects"), HostFile::Redirects);
    add(Route::own("/_headers"), HostFile::Headers);
    add(Route::private("/hosting/nginx.conf"), HostFile::Nginx);
    add(Route::private("/hosting/Caddyfile"), HostFile::Caddy);
    add(Route::private("/hosting/htaccess"), HostFile::Htaccess);
    add(Route::private("/hosting/lighttpd.conf"), HostFile::Lighttpd);
    let htaccess = Route::own("/.htaccess");
    if settings.htaccess || context.has_own(&htaccess) {
        add(htaccess, HostFile::Htaccess);
    }
    let mut add_missing = |route: Route, file| {
        if !context.has_own(&route) {
            add(route, file);
        }
    };
    if settings.cname.is_some() {
        add_missing(Route::own("/CNAME"), HostFile::Cname);
    }
    if let Some(settings) = &context.site.config.indexnow {
        add_missing(Route::own(&format!("/{}", settings.file())), HostFile::IndexNow);
    }
    if settings.nojekyll {
        add_missing(Route::own("/.nojekyll"), HostFile::NoJekyll);
    }
}

pub(super) fn text(context: &SiteContext, plan: &Plan, file: HostFile) -> String {
    match file {
        HostFile::Redirects => netlify::redirects(&Facts::new(context, plan), own(context, "_redirects")),
        HostFile::Headers => netlify::headers(&Facts::new(context, plan), own(context, "_headers")),
        HostFile::Nginx => nginx::text(&Facts::new(context, plan)),
        HostFile::Caddy => caddy::text(&Facts::new(context, plan)),
        HostFile::Htaccess => apache::text(&Facts::new(context, plan), own(context, ".htaccess")),
        HostFile::Lighttpd => lighttpd::text(&Facts::new(context, plan)),
        HostFile::Cname => context.site.config.hosting.cname.iter().map(|name| format!("{name}\n")).collect(),
        HostFile::IndexNow => context.site.config.indexnow.iter().map(|settings| settings.key.clone()).collect(),
        HostFile::NoJekyll => String::new(),
    }
}

/// The words that the files for hosts contain on every site: names of headers, policies, media types, directives.
pub fn vocabulary(context: &SiteContext) -> String {
    let facts = Facts::new(context, &Plan { outputs: Vec::new(), gone: Vec::new(), unfiled: Vec::new() });
    let files = [netlify::headers(&facts, ""), apache::text(&facts, "")];
    files.into_iter().chain([nginx::text(&facts), caddy::text(&facts), lighttpd::text(&facts)]).collect()
}

/// Warns when the files exceed the limits of a host that the configuration names.
pub(super) fn check(context: &SiteContext, plan: &Plan, report: &mut Report) {
    if context.site.config.is_root() && context.site.config.hosting.cloudflare {
        netlify::check(&Facts::new(context, plan), own(context, "_redirects"), own(context, "_headers"), report);
    }
}

/// Returns the text of the site's own file of this name; empty if there is none.
fn own<'d>(context: &'d SiteContext, path: &str) -> &'d str {
    context.statics.iter().find(|asset| asset.path == path).and_then(|asset| asset.text.as_deref()).unwrap_or("")
}
