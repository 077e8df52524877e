//! Sitemaps, as sitemaps.org 0.9 has them.

use super::feeds::Xml;
use crate::plan::SitemapEntry;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

pub(super) fn sitemap(entries: &[SitemapEntry]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("urlset", &[NAMESPACE], |xml| {
        for entry in entries {
            xml.element("url", &[], |xml| {
                xml.text("loc", &[], &entry.address);
                if let Some(modified) = &entry.modified {
                    xml.text("lastmod", &[], modified);
                }
            });
        }
    });
    xml.finish()
}

pub(super) fn index(addresses: &[String]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("sitemapindex", &[NAMESPACE], |xml| {
        for address in addresses {
            xml.element("sitemap", &[], |xml| xml.text("loc", &[], address));
        }
    });
    xml.finish()
}
