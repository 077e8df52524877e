//! Corrections in the entries of feeds.

use serde::Serialize;

use crate::base::route::Route;
use crate::base::text;
use crate::content::head::{Update, UpdateKind};
use crate::plan::SiteContext;
use crate::site::Edition;

/// A correction or another entry of the change log.
#[derive(Clone, Debug, Serialize)]
pub struct FeedUpdate {
    /// The instant, in RFC 3339.
    pub at: String,
    /// The kind.
    pub kind: UpdateKind,
    /// The text.
    pub text: String,
    /// In an edition, the address of the item that was put right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

pub(super) fn updates(context: &SiteContext, log: &[Update], route: &Route) -> Vec<FeedUpdate> {
    let corrections = log.iter().filter(|update| update.is_correction());
    corrections
        .map(|update| FeedUpdate {
            at: context.instant(update.at),
            kind: update.kind,
            text: update.text.clone().unwrap_or_default(),
            item: update.item.as_ref().map(|item| item_address(context, route, item)),
        })
        .collect()
}

fn item_address(context: &SiteContext, route: &Route, item: &str) -> String {
    format!("{}#{item}", context.site.config.base_url.absolute(route.as_str()))
}

/// Returns the corrections of an edition as HTML. One of an item links to it.
pub(super) fn edition_notes(context: &SiteContext, edition: &Edition, log: &[Update], language: &str) -> String {
    let note = |update: &Update| {
        let note = note(context, update, language);
        let item = update.item.as_ref().and_then(|id| edition.items().iter().position(|item| item.id == *id));
        let Some(index) = item else { return note };
        let item = &edition.items()[index];
        let mut link = format!("</strong> <a href=\"{}\">", item_address(context, &edition.route, &item.id));
        text::escape_html(&item.title(edition.fillings_of(index)), &mut link);
        note.replacen("</strong>", &format!("{link}</a>"), 1)
    };
    log.iter().filter(|update| update.is_correction()).map(note).collect()
}

/// Returns the corrections as HTML. They precede the text, because a reader may have seen the older version.
pub(super) fn notes(context: &SiteContext, log: &[Update], language: &str) -> String {
    log.iter().filter(|update| update.is_correction()).map(|update| note(context, update, language)).collect()
}

/// Returns an entry of the change log as a paragraph of a text in `language`. Its label and date are in the site's language.
pub(super) fn note(context: &SiteContext, update: &Update, language: &str) -> String {
    let mut label = String::from("<strong>");
    let site_words = &context.site.config.words;
    text::escape_html(site_words.text(update.kind.label()), &mut label);
    label.push_str("</strong> (");
    text::escape_html(&context.display_date(update.at).date, &mut label);
    label.push_str("):");
    let own = &context.site.config.language;
    if language != own {
        label = format!("<span dir=\"{}\" lang=\"{own}\">{label}</span>", text::direction(own));
    }
    let mut words = String::new();
    text::escape_html(update.text.as_deref().unwrap_or(site_words.text("withdrawn_note")), &mut words);
    format!("<p>{label} {words}</p>\n")
}
