//! An HTTP request, as far as answers depend on it.

use axum::http::header::{HOST, IF_RANGE, RANGE};
use axum::http::{HeaderMap, Method, Uri};

use super::host;
use super::html::OWN;
use super::server::Server;

/// The parts of an HTTP request that answers depend on.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
}

impl Request {
    /// The value of a header that occurs exactly once and is visible ASCII; `None` otherwise.
    pub(super) fn header(&self, name: axum::http::HeaderName) -> Option<&str> {
        let mut all = self.headers.get_all(name).iter();
        all.next().filter(|_| all.next().is_none())?.to_str().ok()
    }

    /// Whether this is a request for the event stream from an accepted host.
    pub(super) fn is_for_news(&self, server: &Server) -> bool {
        self.method == Method::GET
            && self.uri.path() == format!("{OWN}events")
            && host::is_ours(self.header(HOST), server.bound)
    }

    /// Whether there is a header of this name.
    pub(super) fn has(&self, name: &axum::http::HeaderName) -> bool {
        self.headers.contains_key(name)
    }

    /// The `Range` header, if it applies. It applies to `GET` alone (RFC 9110, section 14.2), and never with
    /// `If-Range`: responses carry no validator, so its condition is always false (section 13.1.5).
    pub(super) fn range(&self) -> Option<&str> {
        let may = self.method == Method::GET && !self.headers.contains_key(IF_RANGE);
        self.header(RANGE).filter(|_| may)
    }

    /// The decoded value of the first query parameter of this name.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        query(self.uri.query()?, name)
    }
}

/// The value of the first parameter `name` in a query, decoded as `application/x-www-form-urlencoded`.
fn query(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.into_iter().find(|(key, _)| *key == name)?;
    Some(crate::content::markdown::decode(&found.1.replace('+', " ")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn queries_are_read() {
        assert_eq!(super::query("q=oil+%26+gas&status=live", "q").as_deref(), Some("oil & gas"));
        assert_eq!(super::query("q=oil", "status"), None);
    }
}
