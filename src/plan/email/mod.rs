//! E-mail editions: each edition as HTML, as plain text, and as a complete message. All three are made from one model,
//! `Letter`. They are private outputs: neither deployed nor served.
//!
//! In: an edition. Out: its outputs, and the letter for the templates. Deliberately not here: inlining styles, wrapping
//! lines and encoding the message (`render::email`).

mod address;
mod corrections;
mod counting;
mod find;
mod markup;
mod plain;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::context::briefing_view;
use super::outputs::family;
use super::page::Page;
use super::views::dateline;
use super::views::shapes::{ImageView, LinkView, TopicRef};
use super::{EmailForm, Output, OutputKind, SiteContext};
use crate::base::codes;
use crate::base::date::DisplayDate;
use crate::base::digest::inputs::Inputs;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::config::{EmailConfig, Mailbox, Unsubscribe};
use crate::content::document::Item;
use crate::content::markdown::{Audience, Body, Filling, in_words};
use crate::site::editions::{is_named, title_language};
use crate::site::stories::story_head;
use crate::site::{EditionEntry, EditionId, Preview, StoryId};

pub use address::{name, route};
use corrections::LetterCorrection;
pub use find::{Missing, find};
pub use plain::PlainText;

/// The size of HTML in bytes above which an e-mail is reported. It leaves room for what sending services add.
const LARGE: u64 = 80_000;
/// The size of HTML in bytes above which Gmail certainly clips an e-mail once a sending service has rewritten its links.
const TOO_LARGE: u64 = 100_000;
/// The size of HTML in bytes that Gmail shows.
const CLIPPED: u64 = 102_400;

impl EmailForm {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Html, Self::Text, Self::Message];

    /// Returns the file name; the folder has the edition's name.
    pub fn file(self) -> &'static str {
        match self {
            Self::Html => "email.html",
            Self::Text => "email.txt",
            Self::Message => "edition.eml",
        }
    }
}

/// The view of an e-mail: its form, and the data for the templates.
pub struct Email {
    /// The form.
    pub form: EmailForm,
    /// The letter, for the template of HTML.
    pub html: Option<Page>,
    /// The view of the same letter for the template of plain text.
    pub text: Option<Page>,
    /// The envelope, if the form is a message.
    pub envelope: Option<Envelope>,
}

/// The headers of a message.
#[derive(Clone, Debug, Serialize)]
pub struct Envelope {
    /// The sender.
    pub from: Mailbox,
    /// The address for replies, if it is not the sender's.
    pub reply_to: Option<Mailbox>,
    /// The subject.
    pub subject: String,
    /// The edition's date (RFC 5322).
    pub date: String,
    /// The edition's name in addresses: `2023-10-17`.
    pub name: String,
    /// The settings for unsubscribing.
    pub unsubscribe: Unsubscribe,
}

/// The data of an e-mail, as its templates see it.
#[derive(Clone, Debug, Serialize)]
struct Letter {
    title: String,
    /// Whether the title is written in the file, rather than generated from the date.
    named: bool,
    number: Option<u32>,
    date: DisplayDate,
    url: String,
    summary: Option<String>,
    preheader: String,
    preheader_lang: String,
    preheader_dir: &'static str,
    intro: Option<Passage>,
    items: Vec<LetterItem>,
    corrections: Vec<LetterCorrection>,
    /// Whether all of them are of the edition of the day before.
    corrected_yesterday: bool,
    minutes: usize,
    address: Vec<String>,
    unsubscribe: String,
    lang: String,
    dir: &'static str,
    preview: Option<Preview>,
}

/// A text as HTML and as plain text.
#[derive(Clone, Debug, Serialize)]
struct Passage {
    html: String,
    text: String,
    links: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct LetterItem {
    number: usize,
    id: String,
    title: String,
    url: String,
    body: Option<Passage>,
    topics: Vec<String>,
    image: Option<ImageView>,
    story: Option<LinkView>,
    lang: String,
    dir: &'static str,
}

impl Letter {
    /// The letter for plain text, in which marks stand in for the directions of elements. Each line is guessed by itself.
    fn in_plain_text(mut self, title_language: &str) -> Self {
        let mark = |text: &mut String, language: &str| {
            let lines: Vec<_> = text.split('\n').map(|line| text::with_direction_mark(line, language)).collect();
            *text = lines.join("\n");
        };
        mark(&mut self.title, title_language);
        for text in self.summary.iter_mut().chain(self.intro.iter_mut().map(|intro| &mut intro.text)) {
            mark(text, &self.lang);
        }
        for correction in &mut self.corrections {
            mark(&mut correction.title, &correction.title_lang);
            for text in correction.text.iter_mut().chain(&mut correction.item) {
                mark(text, &correction.lang);
            }
        }
        for item in &mut self.items {
            for text in item.body.iter_mut().map(|body| &mut body.text).chain([&mut item.title]) {
                mark(text, &item.lang);
            }
        }
        self
    }
}

impl Email {
    /// Passes everything that the e-mail shows to `inputs`, for its key and for `why`.
    pub(super) fn inputs(&self, context: &SiteContext, inputs: &mut impl Inputs) {
        inputs.value("form", &self.form);
        inputs.value("envelope", &self.envelope);
        for page in self.pages() {
            page.inputs(context, inputs);
        }
    }

    /// Returns the views of the e-mail's templates.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.html.iter().chain(&self.text)
    }
}

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    if context.site.config.email.is_none() {
        return;
    }
    for (index, edition) in context.site.editions.iter().enumerate() {
        for form in EmailForm::ALL {
            let kind = OutputKind::Email(EditionId(index), form);
            outputs.push(Output { route: route(edition, form), kind, doc: None });
        }
    }
}

pub(super) fn view(context: &SiteContext, id: EditionId, form: EmailForm) -> Email {
    let edition = context.site.edition(id);
    let config = context.site.config.email.as_ref().expect("only a site with `email` has outputs of this kind");
    let letter = letter(context, id, config);
    let title_language = title_language(&context.site, edition);
    let plain = letter.clone().in_plain_text(title_language);
    let page = |template: &str, letter: &Letter| {
        let meta = context.meta(&family::EMAIL, edition.route.as_str(), letter.title.clone()).language(&letter.lang);
        Page::new(meta).template(template).data("letter", letter.clone())
    };
    let envelope = || Envelope {
        from: Mailbox {
            name: config.from.name.clone().or_else(|| Some(context.site.config.title.clone())),
            address: config.from.address.clone(),
        },
        reply_to: config.reply_to.clone(),
        subject: text::with_direction_mark(&letter.title, title_language).into_owned(),
        date: edition.changed().rfc822(&context.site.config.zone),
        name: name(edition),
        unsubscribe: config.unsubscribe.clone(),
    };
    Email {
        form,
        html: (form != EmailForm::Text).then(|| page("email.html", &letter)),
        text: (form != EmailForm::Html).then(|| page("email.txt", &plain)),
        envelope: (form == EmailForm::Message).then(envelope),
    }
}

fn letter(context: &SiteContext, id: EditionId, config: &EmailConfig) -> Letter {
    let site = &context.site;
    let edition = site.edition(id);
    let url = site.config.base_url.absolute(edition.route.as_str());
    let audience = Audience::Elsewhere { site: &site.config.base_url, page: &url };
    let parts = briefing_view::parts(edition);
    let lang = edition.doc().map_or(site.config.language.as_str(), |doc| site.language(site.document(doc)));
    let passage =
        |body: &Body, fillings: &[Filling]| passage(&in_words(body.fill(fillings, audience), lang, &site.config.words));
    let cards = briefing_view::item_cards(context, edition);
    let own = |number: usize, index: usize, item: &Item| LetterItem {
        number,
        id: item.id.clone(),
        title: item.title(edition.fillings_of(index)),
        url: format!("{url}#{}", item.id),
        body: passage(&item.body, edition.fillings_of(index)),
        topics: cards.get(index).map_or_else(Vec::new, |card| titles(&card.topics)),
        image: None,
        story: None,
        lang: lang.to_owned(),
        dir: text::direction(lang),
    };
    let entry = |(at, entry): (usize, EditionEntry)| match entry {
        EditionEntry::Item(index) => edition.items().get(index).map(|item| own(at + 1, index, item)),
        EditionEntry::Story(story) => {
            let item = story_item(context, story, at + 1);
            Some(LetterItem { id: briefing_view::story_id(parts, at + 1), ..item })
        }
    };
    let items: Vec<LetterItem> = edition.entries().into_iter().enumerate().filter_map(entry).collect();
    let summary = parts.and_then(|(head, _)| head.summary.clone());
    // Headlines alone may all be in another language than the letter.
    let first = items.first().map_or(lang, |item| item.lang.as_str());
    let is_foreign = summary.is_none() && items.iter().all(|item| item.lang == first);
    let preheader_lang = if is_foreign { first.to_owned() } else { lang.to_owned() };
    let corrections = corrections::earlier(context, id);
    let headlines = || items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>().join("; ");
    Letter {
        title: context.briefing_title(edition),
        named: is_named(edition),
        number: edition.number,
        date: context.display_date(edition.date),
        preheader: summary.clone().unwrap_or_else(|| text::truncate(&headlines(), 140)),
        preheader_dir: text::direction(&preheader_lang),
        preheader_lang,
        summary,
        intro: parts.and_then(|(_, body)| passage(&body.intro, &edition.intro_fillings)),
        minutes: text::minutes(briefing_view::words(context, edition)),
        items,
        corrected_yesterday: corrections::are_of_yesterday(context, id),
        corrections,
        url,
        address: config.address.clone(),
        unsubscribe: config.unsubscribe.as_str().to_owned(),
        lang: lang.to_owned(),
        dir: text::direction(lang),
        preview: edition.preview,
    }
}

/// Makes the part of a listed story: its dateline and summary, and a link to the page.
fn story_item(context: &SiteContext, id: StoryId, number: usize) -> LetterItem {
    let card = context.card(id);
    let url = format!("{}{}", context.site.config.base_url.origin(), card.url);
    let dateline = story_head(&context.site, id).and_then(|head| head.dateline.as_ref());
    let body = card.summary.as_ref().map(|summary| {
        let mut html = String::from("<p>");
        text::escape_html(summary, &mut html);
        dateline::run_in(html + "</p>", dateline)
    });
    // A size makes pictures stand still while they load.
    let image = context.absolute_image(card.image.clone()).filter(|image| markup::is_shown(&image.src));
    let image = image.and_then(|image| {
        let (width, height) = markup::fitted(image.width?, image.height?);
        Some(ImageView { width: Some(width), height: Some(height), ..image })
    });
    LetterItem {
        number,
        id: String::new(),
        title: card.title.clone(),
        body: body.and_then(|html| passage(&html)),
        topics: card.section.iter().chain(&card.topics).map(|topic| topic.title.clone()).collect(),
        image,
        story: Some(LinkView { title: card.title.clone(), url: url.clone() }),
        url,
        lang: card.lang.clone(),
        dir: card.dir,
    }
}

fn titles(topics: &[Arc<TopicRef>]) -> Vec<String> {
    topics.iter().map(|topic| topic.title.clone()).collect()
}

/// Returns a text in both forms; none if it is empty.
fn passage(html: &str) -> Option<Passage> {
    let html = markup::letter(html);
    let PlainText { text, links } = plain::plain_text(&html);
    (!html.is_empty()).then_some(Passage { html, text, links })
}

/// Reports e-mails that mail programs may clip, by the sizes of their HTML; each edition once.
pub fn check_sizes(context: &SiteContext, sizes: &BTreeMap<Route, u64>) -> Report {
    let mut report = Report::default();
    let Some(config) = &context.site.config.email else { return report };
    for (index, edition) in context.site.editions.iter().enumerate() {
        let size = sizes.get(&route(edition, EmailForm::Html)).copied().unwrap_or(0);
        if size <= LARGE {
            continue;
        }
        let letter = letter(context, EditionId(index), config);
        let intro = letter.intro.iter().map(|intro| ("the introduction".to_owned(), intro.html.len()));
        let items = letter.items.iter().map(|item| (format!("`{}`", item.title), size_of(item)));
        let (largest, length) = intro.chain(items).max_by_key(|(_, length)| *length).unwrap_or_default();
        let route = &edition.route;
        let cut = if size > TOO_LARGE { ", and Gmail cuts it off" } else { "" };
        let message = format!(
            "the e-mail of `{route}` has {} bytes of HTML{cut}; its largest part, {largest}, has {}",
            grouped(size),
            grouped(length as u64),
        );
        let problem = Diagnostic::warning(codes::EMAIL_SIZE, message).help(format!(
            "shorten that part, or list an article in its place; Gmail shows {} bytes, and sending services add to them",
            grouped(CLIPPED)
        ));
        report.push(match edition.doc() {
            Some(doc) => problem.at(Place::file(&context.site.document(doc).path)),
            None => problem,
        });
    }
    report
}

fn size_of(item: &LetterItem) -> usize {
    item.body.as_ref().map_or(0, |body| body.html.len()) + item.title.len()
}

/// `84,120`.
fn grouped(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", grouped(number / 1000), number % 1000) }
}
