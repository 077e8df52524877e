//! Corrections of earlier editions, which go out with the next one.

use std::sync::Arc;

use serde::Serialize;

use crate::base::text;
use crate::content::head::UpdateKind;
use crate::plan::SiteContext;
use crate::site::EditionId;
use crate::site::editions::title_language;
use crate::site::lists::corrections::Correction;

/// A correction of what an earlier edition said.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LetterCorrection {
    kind: UpdateKind,
    label: Arc<str>,
    /// Title of the edition, or headline of the story in it.
    pub(super) title: String,
    pub(super) title_lang: String,
    title_dir: &'static str,
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
    let entry = |correction: &Correction| {
        let lang = site.language(site.document(correction.doc));
        // An edition without a title of its own is called by words of the site.
        let title_lang = site.edition_of(correction.doc).map_or(lang, |edition| title_language(site, edition));
        LetterCorrection {
            kind: correction.update.kind,
            label: site.config.words.shared(correction.update.kind.label()),
            title: correction.title(site),
            title_lang: title_lang.to_owned(),
            title_dir: text::direction(title_lang),
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
