//! External addresses in a compiled text.

use super::body::{Body, SlotKind};
use super::links::target::Target;
use crate::base::html::{self, Role, Token};

impl Body {
    /// Addresses of links and pictures on other sites, in order.
    pub fn outside(&self) -> impl Iterator<Item = String> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (token, _) in html::tokens(&self.html) {
            let Token::Open(tag) = token else { continue };
            let shown = tag.addresses().into_iter().filter(|address| address.role != Role::Endpoint);
            found.extend(shown.map(|address| (address.range.start, html::decode(address.value).into_owned())));
        }
        let pictures = self.slots.iter().filter_map(|slot| match &slot.kind {
            SlotKind::Image { src: Target::Outside(url), .. } => Some((slot.at as usize, url.clone())),
            _ => None,
        });
        let starts = self.slots.iter().filter_map(|slot| match slot.kind {
            SlotKind::Block(number) => {
                let url = self.blocks.get(number as usize)?.value("url")?;
                Some((slot.at as usize, url.to_owned()))
            }
            _ => None,
        });
        found.extend(pictures.chain(starts));
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, url)| url).filter(|url| url.starts_with("http://") || url.starts_with("https://"))
    }
}
