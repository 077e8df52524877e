//! The facts that the files for all hosts are generated from, and the escaping that they share.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::picture::rendition;
use crate::base::route::Route;
use crate::base::web::address;
use crate::base::web::escape;
use crate::base::web::media;
use crate::config::{FeedFormat, HtmlPolicy};
use crate::plan::context::files::fingerprinted;
use crate::plan::outputs::feed_files::file;
use crate::plan::{Former, Output, OutputKind, Plan, SiteContext, feed_type};

/// The `Cache-Control` of pages: five minutes, so that a reader who comes back sees the current one.
pub const SHORT: &str = "public, max-age=300";
/// The `Cache-Control` of files with a content hash in their name: a year, the longest time in practical use.
pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";

/// The header of the policy.
pub(super) const POLICY: &str = "Content-Security-Policy";

/// The policy of the desk that `init --cms` writes. It shows what an editor has just chosen, has styles within its page, and
/// speaks to the host of the repository.
const DESK: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data: blob:; \
                    font-src 'self'; media-src 'self' https: blob:; connect-src 'self' blob: data: https://api.github.com \
                    https://gitlab.com https://www.githubstatus.com https://status-api.hostedstatus.com; \
                    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A redirect from a former address, with its status code.
pub(super) struct HostRedirect {
    /// The decoded path, as servers match it.
    pub(super) from: String,
    /// The target, percent-encoded.
    pub(super) to: String,
    /// The target, decoded; none where decoding would be ambiguous.
    pub(super) plain: Option<String>,
    /// The status code: 301 or 302.
    pub(super) status: u16,
    /// Whether a copy of a file is at the former address, rather than a page that redirects.
    is_file: bool,
}

/// The facts about a site that host configuration depends on.
pub(super) struct Facts {
    /// The path of `base_url`: empty, or such as `/briefing`.
    pub(super) base: String,
    /// The path of the error page.
    pub(super) not_found: String,
    /// The paths below which a further language stands, such as `/ar/`, each with that of its error page.
    pub(super) languages: Vec<(String, String)>,
    /// The redirects from former addresses.
    pub(super) moved: Vec<HostRedirect>,
    /// The decoded paths that answer with 410 Gone.
    pub(super) gone: Vec<String>,
    /// The names and values of security headers, for all responses.
    pub(super) security: Vec<(&'static str, String)>,
    /// The path of the desk in the browser, such as `/admin/`, and its own policy; none without one.
    pub(super) desk: Option<(String, String)>,
    /// The paths of files with a content hash in their name.
    pub(super) immutable: Vec<String>,
    /// The folders of scaled pictures, such as `/renditions/`, all of whose files have a content hash in their name.
    pub(super) renditions: Vec<String>,
    /// The path patterns of pages, one per top-level directory. Each path gets its `Cache-Control` from one rule only,
    /// because hosts join the values of several.
    pub(super) pages: BTreeSet<String>,
    /// The file extensions of the site, with the media types that they must have.
    pub(super) types: Vec<(String, String)>,
    /// The former addresses whose extension suggests another media type than that of their content.
    pub(super) misnamed: Vec<(String, String)>,
}

impl Facts {
    pub(super) fn new(context: &SiteContext, plan: &Plan) -> Self {
        let pages = plan.outputs.iter().filter(|output| output.is_page());
        let folders: BTreeSet<(&str, &str)> = pages
            .map(|output| match output.route.as_str()[1..].split_once('/') {
                Some((folder, _)) => (folder, "/*"),
                None => (&output.route.as_str()[1..], ""),
            })
            .collect();
        let public = plan.outputs.iter().filter(|output| !output.route.is_private());
        let ending = |file: &str| {
            let (_, ending) = file.rsplit_once('.')?;
            let is_plain = !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_plain.then(|| (ending.to_ascii_lowercase(), media::media_type(file)))
        };
        // The media type follows from the name of the file, and nearly all files have the same few names.
        let names: BTreeSet<&str> = public.map(|output| output.route.file_name()).collect();
        let types: BTreeSet<(String, String)> = names.into_iter().filter_map(ending).collect();
        Self {
            base: context.link(""),
            not_found: context.link("/404.html"),
            languages: context.languages.iter().map(|one| (one.own_link("/"), one.own_link("/404.html"))).collect(),
            moved: moved(context, plan),
            gone: plan.gone.iter().map(|route| context.link(route.as_str())).collect(),
            security: security(context),
            desk: context
                .has_own(&Route::own("/admin/sveltia-cms.js"))
                .then(|| (context.link("/admin/"), DESK.to_owned())),
            immutable: context
                .statics
                .iter()
                .filter_map(fingerprinted)
                .map(|name| context.link(&format!("/{name}")))
                .collect(),
            renditions: context
                .editions()
                .filter(|edition| !edition.site.renditions.is_empty())
                .map(|edition| edition.own_link(rendition::FOLDER))
                .collect(),
            pages: folders.into_iter().map(|(name, rest)| context.link(&format!("/{name}{rest}"))).collect(),
            types: types.into_iter().collect(),
            misnamed: plan.outputs.iter().filter_map(|output| misnamed(context, output)).collect(),
        }
    }

    /// The security headers of the desk: its own policy in place of that of pages, and no place in search engines.
    pub(super) fn desk_security(&self) -> Vec<(&'static str, String)> {
        let Some((_, policy)) = &self.desk else { return Vec::new() };
        let headers = self.security.iter().map(|(name, value)| match *name {
            POLICY => (POLICY, policy.clone()),
            name => (name, value.clone()),
        });
        headers.chain([("X-Robots-Tag", "noindex".to_owned())]).collect()
    }

    /// Prefixes a path with the path of `base_url`.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The error page in the language of a path.
    pub(super) fn not_found_at(&self, path: &str) -> &str {
        let own = self.languages.iter().find(|(below, _)| path.starts_with(&**below));
        own.map_or(&self.not_found, |(_, page)| page)
    }

    /// Returns the media types that servers must be told, because their own list may lack them or differ.
    pub(super) fn rare_types(&self) -> impl Iterator<Item = &(String, String)> {
        self.types
            .iter()
            .filter(|(ending, _)| matches!(&**ending, "md" | "csv" | "webmanifest" | "mjs" | "avif" | "vtt" | "ics"))
    }
}

fn moved(context: &SiteContext, plan: &Plan) -> Vec<HostRedirect> {
    let redirect = |output: &Output| {
        let (target, is_permanent) = output.leads_to()?;
        let (to, decoded) = destination(context, target);
        let status = if is_permanent { 301 } else { 302 };
        let is_file = matches!(output.kind.plain(), OutputKind::Redirect(Former::Copy(_)));
        Some(HostRedirect { from: context.link(output.route.as_str()), to, plain: decoded, status, is_file })
    };
    let mut moved: Vec<HostRedirect> = plan.outputs.iter().chain(&plan.unfiled).filter_map(redirect).collect();
    // Copies of files come first, because hosts read a limited number of redirects: a feed reader has no page that
    // redirects it.
    moved.sort_by_key(|redirect| !redirect.is_file);
    moved
}

/// Returns the percent-encoded and the decoded address of a redirect's target.
fn destination(context: &SiteContext, target: &str) -> (String, Option<String>) {
    let link = context.link_to(target);
    let (path, rest) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    if target.starts_with('/') {
        return (
            format!("{}{}", escape::path(path), escape::address(rest)),
            Some(format!("{path}{}", escape::address(rest))),
        );
    }
    let decoded = escape::decode(path).filter(|_| !is_ambiguous(path));
    (escape::address(&link), decoded.map(|path| format!("{path}{}", escape::address(rest))))
}

/// Whether an encoded path has a sign that would mean something else when decoded, and that no server encodes again.
fn is_ambiguous(path: &str) -> bool {
    path.match_indices('%').any(|(at, _)| {
        let byte = path.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        byte.is_some_and(|byte| b"?#/$+!*'(),:;@&=".contains(&byte))
    })
}

/// Returns a former address and its true media type, when its extension suggests another one.
fn misnamed(context: &SiteContext, output: &Output) -> Option<(String, String)> {
    let OutputKind::Redirect(former) = output.kind.plain() else { return None };
    let (file, kind) = (output.route.file(), output.media_type());
    let is_so = match former {
        Former::Moved { .. } => Path::new(&file).extension().is_some_and(|ending| ending == "html"),
        Former::Copy(_) => media::media_type(&file) == kind,
    };
    (!is_so).then(|| (context.link(output.route.as_str()), kind))
}

/// Returns the security headers of every response.
fn security(context: &SiteContext) -> Vec<(&'static str, String)> {
    let config = &context.site.config;
    let frames = match context.frame_origins() {
        _ if config.html == HtmlPolicy::Trust => "; frame-src https:".to_owned(),
        [] => String::new(),
        origins => format!("; frame-src {}", origins.join(" ")),
    };
    let signup = config.signup.iter().filter_map(|signup| Some(address::web(&signup.action)?.origin));
    let forms: BTreeSet<String> = signup.chain(config.forms.iter().cloned()).collect();
    let forms: String = forms.iter().map(|origin| format!(" {origin}")).collect();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; \
         media-src 'self' https:; connect-src 'self'; manifest-src 'self'; form-action 'self'{forms}; base-uri 'none'; \
         frame-ancestors 'self'{frames}"
    );
    vec![
        (POLICY, policy),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
    ]
}

/// Returns the file names of feeds with their media types. The names are the same in every directory.
pub(super) fn feeds() -> [(&'static str, &'static str); 3] {
    [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json].map(|format| (file(format), feed_type(format)))
}

/// Escapes a path as a literal in a regular expression of PCRE or RE2. All special characters of the expression, and of
/// the configuration file around it, become `\xHH`.
pub(super) fn regex(path: &str) -> String {
    let piece = |c: char| match c {
        '/' | '-' | '_' => c.to_string(),
        _ if c.is_ascii_alphanumeric() || !c.is_ascii() => c.to_string(),
        _ => format!("\\x{:02x}", u32::from(c)),
    };
    path.chars().map(piece).collect()
}

/// The rest of a scaled picture's path after its folder, as a regular expression of PCRE or RE2: a page below the same folder has
/// another.
pub(super) const RENDITION: &str = "[^/]+\\x2e[0-9]+w\\x2e[0-9a-f]+\\x2e(webp|jpg|png)$";

/// Returns a text in double quotes, with `\` and `"` escaped.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
