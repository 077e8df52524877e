//! What the files for all hosts are made of, and how a text stands in them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::web::escape;
use crate::base::web::media;
use crate::config::{FeedFormat, HtmlPolicy};
use crate::plan::context::files::fingerprinted;
use crate::plan::outputs::feed_files::file;
use crate::plan::{Former, Output, OutputKind, Plan, SiteContext, feed_type};

/// How long browsers and proxies may keep a page: until a reader comes back.
pub const SHORT: &str = "public, max-age=300";
/// How long they may keep what has a name of its own for each of its versions: for ever.
pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";

/// A former address, where it leads, and the status that says so.
pub(super) struct HostRedirect {
    /// The path, as servers see it once it is decoded.
    pub(super) from: String,
    /// The address, encoded.
    pub(super) to: String,
    /// The same, not encoded; none where it cannot be told from its encoded form.
    pub(super) plain: Option<String>,
    pub(super) status: u16,
    /// Whether a copy of a file stands there, and no page that leads on.
    is_file: bool,
}

/// What the files for all hosts are made of.
pub(super) struct Facts {
    /// The path of the site's address: empty, or `/briefing`.
    pub(super) base: String,
    pub(super) not_found: String,
    pub(super) moved: Vec<HostRedirect>,
    pub(super) gone: Vec<String>,
    pub(super) security: Vec<(&'static str, String)>,
    /// The paths of files whose names change with their bytes.
    pub(super) immutable: Vec<String>,
    /// Patterns of pages, by their first folder: no rule but one speaks of a path's caching, since hosts join what
    /// several say.
    pub(super) pages: BTreeSet<String>,
    /// Endings of the site's files, with the media types that they are to have.
    pub(super) types: Vec<(String, String)>,
    /// Former addresses whose name tells another media type than what stands there.
    pub(super) misnamed: Vec<(String, String)>,
}

impl Facts {
    pub(super) fn new(context: &SiteContext, plan: &Plan) -> Self {
        let pages = plan.outputs.iter().filter(|output| output.is_page());
        let pattern = |output: &Output| match output.route.as_str()[1..].split_once('/') {
            Some((folder, _)) => context.link(&format!("/{folder}/*")),
            None => context.link(output.route.as_str()),
        };
        let public = plan.outputs.iter().filter(|output| !output.route.is_private());
        let ending = |output: &Output| {
            let file = output.route.file();
            let (_, ending) = file.rsplit('/').next()?.rsplit_once('.')?;
            let is_plain = !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_plain.then(|| (ending.to_ascii_lowercase(), media::media_type(&file)))
        };
        let types: BTreeSet<(String, String)> = public.filter_map(ending).collect();
        Self {
            base: context.link(""),
            not_found: context.link("/404.html"),
            moved: moved(context, plan),
            gone: plan.gone.iter().map(|route| context.link(route.as_str())).collect(),
            security: security(context),
            immutable: context
                .statics
                .iter()
                .filter_map(fingerprinted)
                .map(|name| context.link(&format!("/{name}")))
                .collect(),
            pages: pages.map(pattern).collect(),
            types: types.into_iter().collect(),
            misnamed: plan.outputs.iter().filter_map(|output| misnamed(context, output)).collect(),
        }
    }

    /// A path below the site's address.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The types that a server needs to be told, since its own list may lack them, or has them otherwise.
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
        let is_file = matches!(output.kind, OutputKind::Redirect(Former::Copy(_)));
        Some(HostRedirect { from: context.link(output.route.as_str()), to, plain: decoded, status, is_file })
    };
    let mut moved: Vec<HostRedirect> = plan.outputs.iter().chain(&plan.unfiled).filter_map(redirect).collect();
    // Hosts read so many and no more: readers of feeds have no page that leads them on.
    moved.sort_by_key(|redirect| !redirect.is_file);
    moved
}

/// The address that a target means, encoded and as it is.
fn destination(context: &SiteContext, target: &str) -> (String, Option<String>) {
    let link = context.link_to(target);
    let (path, rest) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    if target.starts_with('/') {
        return (
            format!("{}{}", escape::path(path), escape::address(rest)),
            Some(format!("{path}{}", escape::address(rest))),
        );
    }
    let decoded = escape::decode(path).filter(|path| !path.contains(['?', '#', '%']));
    (escape::address(&link), decoded.map(|path| format!("{path}{}", escape::address(rest))))
}

/// A former address that is named otherwise than what stands there.
fn misnamed(context: &SiteContext, output: &Output) -> Option<(String, String)> {
    let OutputKind::Redirect(former) = &output.kind else { return None };
    let (file, kind) = (output.route.file(), output.media_type());
    let is_so = match former {
        Former::Moved { .. } => Path::new(&file).extension().is_some_and(|ending| ending == "html"),
        Former::Copy(_) => media::media_type(&file) == kind,
    };
    (!is_so).then(|| (context.link(output.route.as_str()), kind))
}

/// The headers of every answer.
fn security(context: &SiteContext) -> Vec<(&'static str, String)> {
    let frames = if context.site.config.html == HtmlPolicy::Trust { "; frame-src https:" } else { "" };
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

/// The names of feeds, with their media types: in every folder they mean the same.
pub(super) fn feeds() -> [(&'static str, &'static str); 3] {
    [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json].map(|format| (file(format), feed_type(format)))
}

/// A path in a regular expression of PCRE or RE2, where it stands for itself. No sign of the expression, and none of the
/// file that holds it, is left as it is.
pub(super) fn regex(path: &str) -> String {
    let piece = |c: char| match c {
        '/' | '-' | '_' => c.to_string(),
        _ if c.is_ascii_alphanumeric() || !c.is_ascii() => c.to_string(),
        _ => format!("\\x{:02x}", u32::from(c)),
    };
    path.chars().map(piece).collect()
}

/// A text in double quotes, in which `\` and `"` are escaped.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
