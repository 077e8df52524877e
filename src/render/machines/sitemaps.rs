//! Sitemaps, as sitemaps.org 0.9 has them, and news sitemaps (sitemap-news 0.9).

use super::xml::Xml;
use crate::plan::SitemapEntry;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

const NEWS: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");

pub(in crate::render) fn sitemap(entries: &[SitemapEntry]) -> Vec<u8> {
    let mut xml = Xml::new();
    let is_news = entries.iter().any(|entry| entry.news.is_some());
    xml.element("urlset", if is_news { &[NAMESPACE, NEWS] } else { &[NAMESPACE] }, |xml| {
        for entry in entries {
            xml.element("url", &[], |xml| {
                xml.text("loc", &[], &entry.address);
                if let Some(modified) = &entry.modified {
                    xml.text("lastmod", &[], modified);
                }
                if let Some(news) = &entry.news {
                    xml.element("news:news", &[], |xml| {
                        xml.element("news:publication", &[], |xml| {
                            xml.text("news:name", &[], &news.publication);
                            xml.text("news:language", &[], &news.language);
                        });
                        xml.text("news:publication_date", &[], &news.published);
                        xml.text("news:title", &[], &news.title);
                    });
                }
            });
        }
    });
    xml.finish()
}

pub(in crate::render) fn index(addresses: &[String]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("sitemapindex", &[NAMESPACE], |xml| {
        for address in addresses {
            xml.element("sitemap", &[], |xml| xml.text("loc", &[], address));
        }
    });
    xml.finish()
}
