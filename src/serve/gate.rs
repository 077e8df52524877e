//! Who may write: the desk of this very server, in a browser on this machine.
//!
//! A page of another site can send requests to this server, and with DNS rebinding even read its answers. So a request
//! that writes needs a token that only the desk is given, a content type that no form can send, and an `Origin` that is
//! the server's own; and a server that other machines can reach writes nothing at all.

use std::net::IpAddr;

use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderName, StatusCode};

use super::host;
use super::request::Request;
use super::server::Server;

/// The header that carries the token.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-dateline-token");

/// Whether a server on this address may write.
pub(super) fn is_open(bound: IpAddr) -> bool {
    bound.is_loopback()
}

/// Checks a request with a body of `media_type`. Refuses with a status and a sentence. Nothing of the body was read yet.
pub(super) fn check(server: &Server, request: &Request, media_type: &str) -> Result<(), (StatusCode, &'static str)> {
    let forbidden = |sentence| Err((StatusCode::FORBIDDEN, sentence));
    if !is_open(server.bound) {
        return forbidden("This server can be reached by other machines, so it writes nothing.");
    }
    let host = request.header(HOST).filter(|host| host::is_ours(Some(host), server.bound));
    let Some(host) = host else {
        return forbidden("This server answers to localhost and to its addresses, not to other names.");
    };
    let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    if !request.header(ORIGIN).is_some_and(is_own) {
        return forbidden("Only the desk of this server may write.");
    }
    // Browsers say where a request comes from (W3C Fetch Metadata); older ones do not.
    let site = HeaderName::from_static("sec-fetch-site");
    if request.has(&site) && request.header(site) != Some("same-origin") {
        return forbidden("Only the desk of this server may write.");
    }
    let given = request.header(TOKEN).unwrap_or_default();
    if !server.token.is(given) {
        return forbidden("The token is missing or old: the server was started again. Load the desk anew.");
    }
    let sent = request.header(CONTENT_TYPE).and_then(|sent| sent.split(';').next()).unwrap_or_default().trim();
    if !sent.eq_ignore_ascii_case(media_type) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body has another content type than it must."));
    }
    Ok(())
}
