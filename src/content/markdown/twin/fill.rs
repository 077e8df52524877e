//! Fills the open links of a twin.

use super::super::body::{Body, Filling, Markdown, MarkdownPart as Part};
use super::escape::{destination, escaped};
use crate::config::BaseUrl;
use crate::content::markdown::links::addresses::{raw_address, seen_from};

impl Body {
    /// The twin of this text, starting with `lead`; `None` when the site has no twins. `page` is the absolute address
    /// of the page.
    pub fn markdown(&self, fillings: &[Filling], site: &BaseUrl, page: &str, lead: Option<&str>) -> Option<String> {
        let Markdown { parts, is_paragraph } = self.markdown.as_deref()?;
        let address = |slot: u32| {
            let href = match fillings.get(slot as usize)? {
                Filling::Href(href) | Filling::Headline { href, .. } => href,
                Filling::Image { src, .. } => src,
                Filling::Withheld | Filling::Close | Filling::Figure(_) => return None,
            };
            let absolute = site.absolute_link(href);
            Some(seen_from(page, &absolute).unwrap_or(absolute))
        };
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::If(slot, text) if address(*slot).is_some() => out.push_str(text),
                Part::Else(slot, text) if address(*slot).is_none() => out.push_str(text),
                Part::If(..) | Part::Else(..) => {}
                Part::Destination { slot, written, address: own } => match address(*slot) {
                    Some(address) if address == *own => out.push_str(written),
                    Some(address) => out.push_str(&destination(&address)),
                    None => {}
                },
                Part::Autolink { slot, written, text, address: own } => match address(*slot) {
                    Some(address) if address == *own => out.push_str(written),
                    Some(address) => push_link(&mut out, text, &address),
                    // With its colon, the address would become a link again.
                    None => out.push_str(&escaped(text).replacen("://", ":\\//", 1).replacen("www.", "www\\.", 1)),
                },
                Part::Headline { slot, written } => match (fillings.get(*slot as usize), address(*slot)) {
                    (Some(Filling::Headline { words, .. }), Some(address)) => push_link(&mut out, words, &address),
                    (_, Some(address)) => push_link(&mut out, written, &address),
                    // The name is that of the target, and as secret as the target.
                    (_, None) => out.push('…'),
                },
                Part::Words { slot, words } => {
                    if slot.is_none_or(|slot| address(slot).is_some()) {
                        out.push_str(&escaped(&self.text(words, fillings)));
                    }
                }
                Part::Caption(words) => {
                    out.push_str(&escaped(&self.text(words, fillings)).replace('"', "\\\""));
                }
                Part::Address { slot, attribute } => {
                    if let Some(address) = address(*slot) {
                        raw_address(&mut out, &address, attribute.as_deref(), None, false);
                    }
                }
                Part::Figure(slot) => {
                    if let Some(Filling::Figure(figure)) = fillings.get(*slot as usize) {
                        out.push_str(&figure.markdown(escaped));
                    }
                }
                Part::Page => out.push_str(page),
                Part::Scheme => out.push_str(page.split_once("//").map_or("https:", |(scheme, _)| scheme)),
            }
        }
        let out = without_blank_lines(&out);
        Some(match lead.map(escaped) {
            None => out.to_owned(),
            Some(lead) if *is_paragraph => format!("{lead} — {}", out.trim_start()),
            Some(lead) => format!("{lead} —\n\n{out}"),
        })
    }
}

fn push_link(out: &mut String, words: &str, address: &str) {
    out.extend(["[", &escaped(words), "](", &destination(address), ")"]);
}

/// A text without leading and trailing blank lines. Indentation of the first line is significant.
fn without_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let words = text.len() - text.trim_start().len();
    &text[text[..words].rfind('\n').map_or(0, |at| at + 1)..]
}
