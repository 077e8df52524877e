//! Corrections of earlier editions, which go out with the next one.

use serde::Serialize;

use crate::base::text;
use crate::content::head::UpdateKind;
use crate::plan::SiteContext;
use crate::site::EditionId;

/// A correction of what an earlier edition said.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LetterCorrection {
    kind: UpdateKind,
    label: &'static str,
    /// Title of the edition, or headline of the story in it.
    pub(super) title: String,
    /// Heading of the item, if it is one.
    pub(super) item: Option<String>,
    /// Absolute address of the correction.
    url: String,
    pub(super) text: Option<String>,
    pub(super) lang: String,
    dir: &'static str,
}

/// The corrections that go out with an edition, newest first.
pub(super) fn earlier(context: &SiteContext, id: EditionId) -> Vec<LetterCorrection> {
    let site = &context.site;
    let entry = |correction: &crate::site::lists::corrections::Correction| {
        let lang = site.language(site.document(correction.doc));
        LetterCorrection {
            kind: correction.update.kind,
            label: correction.update.kind.label(),
            title: correction.title(site),
            item: correction.item(site),
            url: format!("{}#{}", site.config.base_url.absolute(correction.route.as_str()), correction.anchor),
            text: correction.update.text.clone(),
            lang: lang.to_owned(),
            dir: text::direction(lang),
        }
    };
    context.corrections_in(id).into_iter().map(|(correction, _)| entry(correction)).collect()
}

/// Whether all of them are of the edition of the day before.
pub(super) fn are_of_yesterday(context: &SiteContext, id: EditionId) -> bool {
    let site = &context.site;
    let day = |id: EditionId| site.edition(id).date.date(&site.config.zone);
    let is_of_yesterday = |about: EditionId| day(about).tomorrow().is_ok_and(|next| next == day(id));
    context.corrections_in(id).into_iter().all(|(_, about)| is_of_yesterday(about))
}
