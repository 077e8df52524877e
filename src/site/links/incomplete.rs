//! The links of documents that have no page because of other errors, so that all problems are reported in one run.

use super::files::FileUse;
use super::resolver::{Findings, Resolver};
use crate::base::route::Route;
use crate::content::document::{Content, Document};
use crate::content::markdown::{Body, SlotKind, Target};

impl Resolver<'_> {
    /// Checks the links and files of a document without a page. It publishes none of its files.
    pub(in crate::site) fn incomplete(&self, document: &Document) -> Findings {
        // Nothing depends on the route but the addresses of files, which are dropped.
        let route = &Route::own("/");
        let mut found = Findings::default();
        for body in document.content.bodies() {
            self.checked(document, route, body, &mut found);
        }
        match &document.content {
            Content::Article(head, _) => {
                if let Some(image) = &head.image {
                    self.picture(document, route, image, &mut found);
                }
                if let Some(audio) = &head.audio {
                    self.file(document, route, audio, &FileUse::Sound, || document.place(&["audio"]), &mut found);
                }
                self.named(document, route, "sources", &head.sources, &mut found);
            }
            Content::Person(head, _) => {
                if let Some(image) = &head.image {
                    self.picture(document, route, image, &mut found);
                }
                self.named(document, route, "links", &head.links, &mut found);
            }
            Content::Entry(..) | Content::Briefing(..) | Content::Topic(..) | Content::Page(..) => {}
        }
        found.files.clear();
        found.renditions.clear();
        found
    }

    fn checked(&self, document: &Document, route: &Route, body: &Body, found: &mut Findings) {
        // Relative addresses in raw HTML may mean the page, whose address is not known.
        let is_known = |kind: &SlotKind| !matches!(kind, SlotKind::Address { target: Target::Relative(_), .. });
        for slot in body.slots.iter().filter(|slot| is_known(&slot.kind)) {
            let place = || slot.span.place(&document.path);
            match &slot.kind {
                SlotKind::Close | SlotKind::Block(_) | SlotKind::BlockEnd(_) => {}
                SlotKind::Address { target, role, .. } => {
                    self.address(document, route, (target, *role), slot.span, found);
                }
                SlotKind::Image { src, .. } => {
                    self.shown_picture(document, route, src, slot.span, found);
                }
                SlotKind::Link { target, .. } => {
                    self.link(document, route, target, place, found);
                }
            }
        }
        for name in &body.names {
            if let Some(span) = name.span {
                self.link(document, route, &name.target, || span.place(&document.path), found);
            }
        }
    }
}
