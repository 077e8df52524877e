//! Request handling: an HTTP request becomes a response.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST,
    LOCATION,
};
use axum::http::{Method, Response, StatusCode};

use super::act::{self, Action};
use super::desk;
use super::gate;
use super::host;
use super::html::{self, OWN};
use super::inject::inject;
use super::live_site::{Served, SiteVersion};
use super::range::{ByteRange, part};
use super::request::Request;
use super::server::Server;
use super::stories::Query;
use crate::base::disk::{self, FileKind as OnDisk};
use crate::base::report::Diagnostic;
use crate::base::web::media::media_type;
use crate::content::asset::AssetBytes;
use crate::plan::EmailForm;

const HTML: &str = "text/html; charset=utf-8";

/// The policy of the desk. No other page may frame it, so that nobody can be led to press its buttons unseen.
const DESK_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; \
                           form-action 'self'; frame-ancestors 'none'";

/// Answers a request with any path. The host and the method are checked first, before anything of the site is read.
pub(super) fn answer(server: &Server, request: &Request) -> Response<Body> {
    if !host::is_ours(request.header(HOST), server.bound) {
        let sentence = "This server answers to localhost and to its addresses, not to other names.";
        return text(StatusCode::FORBIDDEN, HTML, html::plain(sentence));
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, HTML, html::plain("This server only shows pages."));
        response.headers_mut().insert(ALLOW, value("GET, HEAD"));
        return response;
    }
    let path = request.uri.path();
    match path.strip_prefix(OWN) {
        Some(own) => own_page(server, own, request),
        None if path == OWN.trim_end_matches('/') => moved(OWN, true),
        None => page(server, path, request),
    }
}

/// The action that is asked for: one that may be done, or the answer that refuses it; `None` for a request that is for
/// a page.
pub(super) fn action(server: &Server, request: &Request) -> Option<Result<Action, Box<Response<Body>>>> {
    let action = Action::named(request.uri.path().strip_prefix(OWN)?).filter(|_| request.method == Method::POST)?;
    let checked = gate::check(server, request, action.media_type());
    let refused = |(status, sentence)| Box::new(text(status, HTML, html::sentence(sentence)));
    Some(checked.map(|()| action).map_err(refused))
}

/// The answer to an action that was let through.
pub(super) fn acted(server: &Server, action: Action, body: &[u8]) -> Response<Body> {
    let (status, fragment) = act::act(server, action, body);
    text(status, HTML, fragment)
}

/// The answer to an action whose body is longer than its limit, or breaks off.
pub(super) fn too_long() -> Response<Body> {
    text(StatusCode::PAYLOAD_TOO_LARGE, HTML, html::sentence("This is more than the desk takes at once."))
}

fn own_page(server: &Server, name: &str, request: &Request) -> Response<Body> {
    if let Some(edition) = name.strip_prefix("email/") {
        return letter(server, edition);
    }
    let file = match name {
        // This is the answer to `HEAD`; `GET` is handled by `events::stream`.
        "events" => return text(StatusCode::OK, "text/event-stream", ""),
        "" => {
            let query = |name| request.query(name).unwrap_or_default();
            return match desk::page(server, &Query { words: query("q"), status: query("status") }) {
                Ok(page) => {
                    let mut response = text(StatusCode::OK, HTML, page);
                    response.headers_mut().insert(CONTENT_SECURITY_POLICY, value(DESK_POLICY));
                    response
                }
                Err(problem) => text(StatusCode::INTERNAL_SERVER_ERROR, HTML, html::plain(&problem.message)),
            };
        }
        "page" => return page_of(server, &request.query("file").unwrap_or_default()),
        "client.js" => include_str!("client.js"),
        "desk.js" => include_str!("desk.js"),
        "write.js" => include_str!("write.js"),
        "desk.css" => include_str!("desk.css"),
        "plain.css" => html::STYLE,
        _ => return text(StatusCode::NOT_FOUND, HTML, html::plain("There is nothing here.")),
    };
    text(StatusCode::OK, &media_type(name), file)
}

/// Leads to the page that a content file has in the version that is shown.
fn page_of(server: &Server, file: &str) -> Response<Body> {
    let state = server.stage.now();
    if let Some(address) = state.version.as_ref().and_then(|version| version.page_of(file)) {
        return moved(&address, false);
    }
    let sentence = "This file has no page here: drafts are shown with `dateline serve --drafts`, and what lies ahead with \
                    `--future`.";
    text(StatusCode::NOT_FOUND, HTML, html::plain(sentence))
}

/// The e-mail of an edition as it would be sent now: `2023-10-17/` is the HTML form, `2023-10-17.txt` the plain text
/// form.
fn letter(server: &Server, edition: &str) -> Response<Body> {
    let (edition, form) = match (edition.strip_suffix(".txt"), edition.strip_suffix('/')) {
        (Some(edition), _) => (edition, EmailForm::Text),
        (None, Some(edition)) => (edition, EmailForm::Html),
        (None, None) => return moved(&format!("{OWN}email/{edition}/"), true),
    };
    let state = server.stage.now();
    match state.version.as_ref().map(|version| version.letter(edition, form)) {
        Some(Ok(Served::Text(bytes, media_type))) => text(StatusCode::OK, &media_type, bytes),
        Some(Err(problem)) => {
            let page = html::problems("This e-mail cannot be made", &server.stage.report(*problem));
            text(StatusCode::INTERNAL_SERVER_ERROR, HTML, page)
        }
        _ => text(StatusCode::NOT_FOUND, HTML, html::plain("No edition of this name has an e-mail.")),
    }
}

/// A page or file of the site, with the status that a production server should give: 301 or 302, 404, 410.
fn page(server: &Server, path: &str, request: &Request) -> Response<Body> {
    let state = server.stage.now();
    let Some(version) = &state.version else {
        let page = html::problems("The site cannot be made", &state.rebuild.report);
        return shown(None, path, StatusCode::INTERNAL_SERVER_ERROR, page.into_bytes());
    };
    let base = version.prepared.site().config.base_url.path();
    let Some(below) = path.strip_prefix(base).filter(|below| below.starts_with('/')) else {
        let home = format!("{base}/");
        return if path == "/" || path == base { moved(&home, false) } else { not_found(server, version, path) };
    };
    match version.find(below) {
        Ok(Served::Text(bytes, media_type)) if media_type == HTML => {
            server.stage.remember(below, &bytes);
            shown(Some(version), below, StatusCode::OK, bytes)
        }
        Ok(Served::Text(bytes, media_type)) => text(StatusCode::OK, &media_type, bytes),
        Ok(Served::File(AssetBytes::Builtin(bytes), media_type)) => {
            ranged(request, &media_type, bytes.len() as u64, |first, last| {
                let range = usize::try_from(first).ok().zip(usize::try_from(last).ok());
                Ok(range.and_then(|(first, last)| bytes.get(first..=last)).unwrap_or_default().to_vec())
            })
        }
        Ok(Served::File(AssetBytes::File(file), media_type)) => from_disk(request, &media_type, &file),
        Ok(Served::Moved(target, for_good)) => moved(&target, for_good),
        Ok(Served::Gone) => match version.not_found(below) {
            Ok(page) => shown(Some(version), below, StatusCode::GONE, page),
            Err(problem) => broken(server, version, below, *problem),
        },
        Ok(Served::Missing) => not_found(server, version, below),
        Err(problem) => broken(server, version, below, *problem),
    }
}

fn not_found(server: &Server, version: &Arc<SiteVersion>, path: &str) -> Response<Body> {
    match version.not_found(path) {
        Ok(page) => shown(Some(version), path, StatusCode::NOT_FOUND, page),
        Err(problem) => broken(server, version, path, *problem),
    }
}

/// The response for a page whose template fails: the last good version of the page if there is one, otherwise the
/// error. In both cases the client script overlays the error.
fn broken(server: &Server, version: &Arc<SiteVersion>, path: &str, problem: Diagnostic) -> Response<Body> {
    let report = server.fault(path, problem);
    if let Some(page) = server.stage.last_good(path) {
        return shown(Some(version), path, StatusCode::OK, page);
    }
    let page = html::problems("This page cannot be made", &report);
    shown(Some(version), path, StatusCode::INTERNAL_SERVER_ERROR, page.into_bytes())
}

/// An HTML response with the client script.
fn shown(version: Option<&Arc<SiteVersion>>, path: &str, status: StatusCode, bytes: Vec<u8>) -> Response<Body> {
    let page = String::from_utf8_lossy(&bytes);
    let fingerprint = match version {
        Some(version) => version.fingerprint_of(&bytes),
        None => super::inject::Fingerprint::of(&page, |_| None),
    };
    text(status, HTML, inject(&page, &fingerprint, version.and_then(|version| version.preview(path)).as_deref()))
}

fn from_disk(request: &Request, media_type: &str, file: &Path) -> Response<Body> {
    // Assets may be symbolic links, which `stat` does not follow.
    let size = disk::resolve(file).and_then(|file| disk::stat(&file));
    let Ok(OnDisk::File(stamp)) = size else {
        return text(StatusCode::NOT_FOUND, HTML, html::plain("This file is gone."));
    };
    ranged(request, media_type, stamp.size, |first, last| disk::read_part(file, first, last))
}

fn ranged(
    request: &Request,
    media_type: &str,
    size: u64,
    read: impl Fn(u64, u64) -> disk::Result<Vec<u8>>,
) -> Response<Body> {
    let mut response = match part(request.range(), size) {
        ByteRange::None => {
            let mut response = text(StatusCode::RANGE_NOT_SATISFIABLE, media_type, "");
            response.headers_mut().insert(CONTENT_RANGE, value(&format!("bytes */{size}")));
            response
        }
        ByteRange::Whole if request.method == Method::HEAD || size == 0 => {
            let mut response = text(StatusCode::OK, media_type, "");
            response.headers_mut().insert(CONTENT_LENGTH, value(&size.to_string()));
            response
        }
        ByteRange::Whole => match read(0, size - 1) {
            Ok(bytes) => text(StatusCode::OK, media_type, bytes),
            Err(error) => unread(error),
        },
        ByteRange::Bytes(first, last) => match read(first, last) {
            Ok(bytes) => {
                let mut response = text(StatusCode::PARTIAL_CONTENT, media_type, bytes);
                response.headers_mut().insert(CONTENT_RANGE, value(&format!("bytes {first}-{last}/{size}")));
                response
            }
            Err(error) => unread(error),
        },
    };
    response.headers_mut().insert(ACCEPT_RANGES, value("bytes"));
    response
}

/// The response after a panic in a request handler.
pub(super) fn failed() -> Response<Body> {
    text(StatusCode::INTERNAL_SERVER_ERROR, HTML, html::plain("Dateline has a bug: this page could not be made."))
}

fn unread(error: disk::Error) -> Response<Body> {
    text(StatusCode::INTERNAL_SERVER_ERROR, HTML, html::plain(&Diagnostic::from(error).message))
}

fn moved(target: &str, for_good: bool) -> Response<Body> {
    let status = if for_good { StatusCode::MOVED_PERMANENTLY } else { StatusCode::FOUND };
    let mut response = text(status, HTML, html::plain("This page is elsewhere."));
    // Field values should be limited to visible ASCII (RFC 9110, section 5.5).
    let target: String = target
        .bytes()
        .map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    response.headers_mut().insert(LOCATION, value(&target));
    response
}

/// A response with `no-store`, since the next save may change it.
fn text(status: StatusCode, media_type: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, value(media_type));
    response.headers_mut().insert(CACHE_CONTROL, value("no-store"));
    response
}

fn value(text: &str) -> axum::http::HeaderValue {
    axum::http::HeaderValue::from_str(text).unwrap_or(axum::http::HeaderValue::from_static(""))
}
