//! The origin of an output's address: the file, and the key in it that gives the address.

use super::former;
use crate::base::report::Place;
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::plan::{FeedSubject, FileKind, List, Output, OutputKind, PageKind, SiteContext, TextKind};
use crate::site::{DocId, EditionId, PairId, Site, StoryId, ThreadId, TopicId};

/// The origin of an address, in the words of those who write the site.
pub(super) struct AddressClaim {
    /// `content/articles/a.md` with its key and line, or what the program makes by itself.
    pub(super) name: String,
    /// The place of the key; none for an output that no file asks for.
    pub(super) place: Option<Place>,
    /// The way to give it another address.
    pub(super) help: &'static str,
}

const SLUG: &str = "give one of them another `slug:` in its front matter";
const NAME: &str = "write the name otherwise, or give the other another address";
const RENAME: &str = "rename the file";
const DAY: &str = "let the name of the file start with its day and go on, such as `2023-10-17-evening.md`, or give it a `slug:`: a second edition of one day has an address of its own then";
const OTHER: &str = "give your file another address";

/// The file or function that claims an output's address.
pub(super) fn of(context: &SiteContext, output: &Output) -> AddressClaim {
    let (context, output) = context.resolve(output);
    let site = &context.site;
    match &output.kind {
        OutputKind::File(FileKind::Static(index)) => file(format!("static/{}", site.statics[*index].path)),
        OutputKind::File(FileKind::Rendition(index)) => {
            file(format!("content/{}", site.asset(site.renditions[*index].1).path))
        }
        OutputKind::File(FileKind::Beside(id)) => file(format!("content/{}", site.asset(*id).path)),
        OutputKind::Page(PageKind::Article(id)) | OutputKind::Text(TextKind::Twin(id) | TextKind::Live(id)) => {
            document(site, site.article(*id).doc)
        }
        OutputKind::Page(PageKind::Thread(id)) => thread(site, *id),
        OutputKind::Page(PageKind::Standing(id)) => document(site, site.page(*id).doc),
        OutputKind::Page(PageKind::Edition(id)) | OutputKind::Email(id, _) => edition(site, *id),
        OutputKind::Page(PageKind::Period(period)) => own(format!("the archive of {period}")),
        OutputKind::List(List::Topic(id), _) => topic(site, *id),
        OutputKind::List(List::Pair(id), _) => pair(site, *id),
        OutputKind::List(List::Person(id), _) => document(site, site.person(*id).doc),
        OutputKind::Feed(_, subject) => {
            let of = match subject {
                FeedSubject::Topic(id) => topic(site, *id),
                FeedSubject::Person(id) => document(site, site.person(*id).doc),
                FeedSubject::Thread(id) => thread(site, *id),
                FeedSubject::Live(id) => document(site, site.article(*id).doc),
                FeedSubject::Site | FeedSubject::Briefings | FeedSubject::Corrections => return made(output),
            };
            AddressClaim { name: format!("the feed of {}", of.name), ..of }
        }
        OutputKind::Redirect(_) => former_address(site, output),
        OutputKind::Page(_) | OutputKind::List(..) | OutputKind::Emptied(_) | OutputKind::Text(_) => made(output),
        OutputKind::Language(_, output) => of(context, output),
    }
}

/// The claim of an output that the program makes of the site as a whole.
fn made(output: &Output) -> AddressClaim {
    let kind = if output.is_page() { "page" } else { "file" };
    own(format!("Dateline’s own {} {kind}", output.kind.family().name))
}

fn own(name: String) -> AddressClaim {
    AddressClaim { name, place: None, help: OTHER }
}

fn file(path: String) -> AddressClaim {
    AddressClaim { name: format!("`{path}`"), place: Some(Place::file(path)), help: RENAME }
}

/// A file with a key of it.
fn keyed(document: &Document, path: &[&str], help: &'static str) -> AddressClaim {
    let place = document.place(path);
    let key = path.first().copied().unwrap_or_default();
    AddressClaim { name: format!("`{key}` in `{}`, line {}", document.path, place.line), place: Some(place), help }
}

fn document(site: &Site, doc: DocId) -> AddressClaim {
    let document = site.document(doc);
    let (slug, otherwise) = match &document.content {
        Content::Article(head, _) => (&head.slug, None),
        Content::Page(head, _) => (&head.slug, None),
        Content::Topic(head, _) => (&head.slug, Some("title")),
        Content::Person(head, _) => (&head.slug, Some("name")),
        Content::Briefing(head, _) => (&head.slug, None),
        // An entry has no address of its own.
        Content::Entry(..) => (&None, None),
    };
    match slug.as_ref().map(|_| "slug").or(otherwise) {
        Some(key) => keyed(document, &[key], SLUG),
        None if matches!(document.content, Content::Briefing(..)) => {
            AddressClaim { help: DAY, ..file(document.path.clone()) }
        }
        None => AddressClaim { help: SLUG, ..file(document.path.clone()) },
    }
}

/// A topic: its file, or the first story that names it.
fn topic(site: &Site, id: TopicId) -> AddressClaim {
    let topic = site.topic(id);
    match (topic.doc(), topic.stories.last()) {
        (Some(doc), _) => document(site, doc),
        (None, Some(story)) => naming(site, *story, &topic.folded),
        (None, None) => own(format!("the topic `{}`", topic.title)),
    }
}

/// A story that names a topic.
fn naming(site: &Site, story: StoryId, folded: &str) -> AddressClaim {
    let document = site.document(site.story(story).doc);
    let (section, topics) = match &document.content {
        Content::Article(head, _) => (head.section.as_deref(), head.topics.as_slice()),
        Content::Briefing(head, _) => (None, head.topics.as_slice()),
        _ => (None, &[][..]),
    };
    if section.is_some_and(|section| text::fold(section) == folded) {
        return keyed(document, &["section"], NAME);
    }
    match topics.iter().position(|name| text::fold(name) == folded) {
        Some(at) => keyed(document, &["topics", &at.to_string()], NAME),
        None => AddressClaim { help: NAME, ..file(document.path.clone()) },
    }
}

fn pair(site: &Site, id: PairId) -> AddressClaim {
    let pair = site.pair(id);
    let (first, second) = (site.topic(pair.first), site.topic(pair.second));
    let name = format!("the page of `{}` with `{}`", first.title, second.title);
    match pair.stories.last() {
        Some(story) => {
            let claim = naming(site, *story, &second.folded);
            AddressClaim { name: format!("{name} ({})", claim.name), ..claim }
        }
        None => own(name),
    }
}

fn thread(site: &Site, id: ThreadId) -> AddressClaim {
    let thread = site.thread(id);
    match thread.stories.first() {
        Some(story) => keyed(site.document(site.story(*story).doc), &["thread"], NAME),
        None => own(format!("the thread `{}`", thread.title)),
    }
}

fn edition(site: &Site, id: EditionId) -> AddressClaim {
    let edition = site.edition(id);
    match edition.doc() {
        Some(doc) => document(site, doc),
        None => own(format!("the composed edition at `{}`", edition.route)),
    }
}

/// A former address: an alias of a file, another name of a topic, or what else leads on.
fn former_address(site: &Site, output: &Output) -> AddressClaim {
    const HELP: &str = "an address can lead to one place only; remove one of the two";
    if let Some(doc) = output.doc {
        let document = site.document(doc);
        let at = document.aliases().iter().position(|alias| former::of_alias(alias) == output.route);
        return match at {
            Some(at) => keyed(document, &[document.aliases_key(), &at.to_string()], HELP),
            None => file(document.path.clone()),
        };
    }
    let redirect = site.config.redirects.iter().find(|redirect| former::of_alias(&redirect.from) == output.route);
    match redirect {
        Some(redirect) => {
            let name = format!("`redirects` in `{}`, line {}", redirect.place.file, redirect.place.line);
            AddressClaim { name, place: Some(redirect.place.clone()), help: HELP }
        }
        None => made(output),
    }
}
