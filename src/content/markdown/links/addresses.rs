//! Addresses in HTML: writing them into raw HTML, and resolving them for feeds.

use std::fmt::Write;

use pulldown_cmark_escape::escape_href;

use crate::base::html;
use crate::base::web::{address, scheme};

/// Fills an address into raw HTML: with its attribute, when that contains nothing else, and with the size of a picture.
pub(in super::super) fn raw_address(
    html: &mut String,
    address: &str,
    attribute: Option<&str>,
    size: Option<(u32, u32)>,
    sized: bool,
) {
    if let Some(name) = attribute {
        write!(html, "{name}=\"").expect("writing to a string does not fail");
    }
    escape_href(&mut *html, address).expect("writing to a string does not fail");
    if attribute.is_some() {
        html.push('"');
    }
    if let (true, Some((width, height))) = (sized, size) {
        write!(html, " width=\"{width}\" height=\"{height}\"").expect("writing to a string does not fail");
    }
}

/// Resolves relative addresses in HTML against `page`, an absolute address. Fragments stay as they are when they belong
/// to no page, and so do invalid addresses.
pub(in super::super) fn resolve(html: &str, page: &str) -> String {
    html::with_addresses(html, |address| seen_from(page, address))
}

/// Resolves an address against `page`; `None` when it has a scheme.
pub(in super::super) fn seen_from(page: &str, address: &str) -> Option<String> {
    if address.is_empty() || address.starts_with('#') {
        return Some(format!("{page}{address}"));
    }
    if scheme::name(address).is_none() { address::join(page, address) } else { None }
}
