//! Addresses in HTML: as they are written into it, and as they are seen from a page.

use std::fmt::Write;

use pulldown_cmark_escape::escape_href;

use crate::base::html;
use crate::base::web::{address, scheme};

/// Writes an address of raw HTML: with its attribute, where it is alone in it, and with the size of a picture.
pub(super) fn raw_address(
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

/// HTML with its relative addresses in absolute form, against `page`, an absolute address. Only anchors, what leads nowhere
/// and what has no scheme still are relative.
pub(super) fn resolve(html: &str, page: &str) -> String {
    html::with_addresses(html, |address| seen_from(page, address))
}

/// The absolute form of an address, as seen from `page`; none of one that has a scheme.
pub(super) fn seen_from(page: &str, address: &str) -> Option<String> {
    if address.is_empty() || address.starts_with('#') {
        return Some(format!("{page}{address}"));
    }
    if scheme::name(address).is_none() { address::join(page, address) } else { None }
}
