//! Mentions of a withheld story that authors of public documents and files have typed: one warning for each pair of a
//! withheld story and a public source, with its places.
//!
//! References such as `[[slug]]`, links to source files and `stories:` do not count: the program resolves them, and is
//! responsible for whatever of them reaches an output.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::carried::{Carrier, Carriers};
use super::formats::Form;
use super::searched::{self, FRONT, SearchedSite, also, file_of, searching};
use super::sources::{REFERENCES, SearchedSource};
use super::words::is_long;
use crate::base::codes;
use crate::base::html::{self, Tag, Token};
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::yaml::scalars::ScalarTexts;
use crate::base::yaml::spanned;
use crate::content::document::{Content, Document};
use crate::content::folders::JOINED;
use crate::content::markdown::{Body, SlotKind, Target};
use crate::plan::{Output, OutputKind, TextKind};
use crate::site::WithheldReason;
use crate::site::secrets::Secret;

/// The number of sources above which a short headline counts as a common phrase that gives nothing away.
const PHRASE: usize = 3;

/// For each pair of a withheld story and a public source, by path: the indices of the secrets that the source's author
/// typed.
pub(super) type Typed = BTreeMap<(String, String), BTreeSet<usize>>;

/// Separates the secrets that authors typed from those that only the program or a template can have put into an output.
pub(super) fn apart(
    subject: SearchedSite<'_>,
    found: BTreeMap<usize, BTreeSet<Route>>,
) -> (Typed, BTreeMap<usize, BTreeSet<Route>>) {
    let mut sources: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut rest: BTreeMap<usize, BTreeSet<Route>> = BTreeMap::new();
    for (secret, routes) in found {
        for route in routes {
            match file_of(subject, &route) {
                Some(file) => drop(sources.entry(secret).or_default().insert(file)),
                None => drop(rest.entry(secret).or_default().insert(route)),
            }
        }
    }
    let authors = authors(subject, &rest.keys().copied().collect::<Vec<_>>());
    let mut ours: BTreeMap<usize, BTreeSet<Route>> = BTreeMap::new();
    let mut tellers: BTreeMap<usize, [BTreeSet<String>; 2]> = BTreeMap::new();
    let showing = showing(subject, &rest, &authors);
    let own_sources = own_sources(subject, &showing);
    for (secret, route, showing) in showing {
        let [own, others] = tellers.entry(secret).or_default();
        if showing.is_empty() {
            let is_typed = |path: &&str| own_sources.get(path).is_some_and(|found| found.contains(&secret));
            match source_of(subject, route).filter(is_typed) {
                Some(path) => drop(own.insert(path.to_owned())),
                None => drop(ours.entry(secret).or_default().insert(route.clone())),
            }
        }
        for Shown { path, is_own } in showing {
            if is_own { &mut *own } else { &mut *others }.insert(path.to_owned());
        }
    }
    for (secret, [own, others]) in tellers {
        // A source whose own page does not show the words typed them in a part that is left out, such as a link to a
        // withheld page.
        sources.entry(secret).or_default().extend(if own.is_empty() { others } else { own });
    }
    let mut typed = Typed::new();
    for (secret, files) in sources {
        let Secret { path, what, reason, .. } = &subject.secrets[secret];
        let is_phrase = what.is_title() && !is_long(&subject.secrets[secret].text) && files.len() > PHRASE;
        // An expired story was public once, so its readers may mention it.
        if is_phrase || *reason == WithheldReason::Expired {
            continue;
        }
        for file in files {
            typed.entry((path.clone(), file)).or_default().insert(secret);
        }
    }
    (typed, ours)
}

fn output<'p>(subject: SearchedSite<'p>, route: &Route) -> Option<&'p Output> {
    let plan = &subject.prepared.plan;
    plan.find(route.as_str()).or_else(|| plan.find_private(route.as_str()))
}

/// Returns the path of the document that an output belongs to. Its description can show text that is missing from its
/// body, such as the rest of an unclosed comment.
fn source_of<'p>(subject: SearchedSite<'p>, route: &Route) -> Option<&'p str> {
    Some(&subject.prepared.site().document(output(subject, route)?.doc?).path)
}

/// Returns the sources of outputs whose secrets no author is known to have typed, and those of the secrets that are found
/// in the source as a file.
fn own_sources<'s>(
    subject: SearchedSite<'s>,
    showing: &[(usize, &Route, Vec<Shown<'_>>)],
) -> BTreeMap<&'s str, BTreeSet<usize>> {
    let mut wanted: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (secret, route, shown) in showing {
        if let Some(path) = source_of(subject, route).filter(|_| shown.is_empty()) {
            wanted.entry(path).or_default().insert(*secret);
        }
    }
    let wanted: Vec<_> = wanted.into_iter().collect();
    let found = wanted.into_par_iter().map(|(path, secrets)| {
        let secrets: Vec<usize> = secrets.into_iter().collect();
        (path, SearchedSource::new(subject, path, &secrets).secrets().collect())
    });
    found.collect()
}

/// A source whose author typed a secret, and part of which an output shows.
struct Shown<'a> {
    path: &'a str,
    /// Whether this is the source's own output, which shows all of it.
    is_own: bool,
}

/// Returns each pair of a secret and an output, with the sources that can have brought the secret there.
fn showing<'r>(
    subject: SearchedSite<'_>,
    found: &'r BTreeMap<usize, BTreeSet<Route>>,
    authors: &'r BTreeMap<usize, BTreeMap<String, bool>>,
) -> Vec<(usize, &'r Route, Vec<Shown<'r>>)> {
    let mut outputs: BTreeMap<&Route, Vec<usize>> = BTreeMap::new();
    for (secret, routes) in found {
        for route in routes {
            outputs.entry(route).or_default().push(*secret);
        }
    }
    let site = subject.prepared.site();
    let documents = authors.values().flat_map(BTreeMap::keys).map(|path| site.page_path(path)).collect();
    let carriers = Carriers::new(subject, &documents);
    let outputs: Vec<(&Route, Vec<usize>)> = outputs.into_iter().collect();
    let shown = outputs.par_iter().flat_map_iter(|(route, secrets)| {
        let output = output(subject, route);
        let carrier = output.map(|output| carriers.of(output));
        let shown = |secret: &usize| match (output, &carrier, authors.get(secret)) {
            (Some(output), Some(carrier), Some(typing)) => shows(subject, output, carrier, typing),
            _ => Vec::new(),
        };
        secrets.iter().map(|secret| (*secret, *route, shown(secret))).collect::<Vec<_>>()
    });
    shown.collect()
}

/// Returns the sources whose typed text an output can show. Other pages show only a story's front matter and an
/// edition's items; feeds and e-mails hold whole texts. A secret that no source can have brought there is the program's
/// own leak, even if some author typed the same words elsewhere.
fn shows<'a>(
    subject: SearchedSite<'_>,
    output: &Output,
    carrier: &Carrier<'_>,
    typing: &'a BTreeMap<String, bool>,
) -> Vec<Shown<'a>> {
    let doc = subject.prepared.context.source_of(output);
    let (_, output) = subject.prepared.context.resolve(output);
    let own = doc.map(|doc| subject.prepared.site().document(doc).path.as_str());
    let is_for_host = matches!(output.kind, OutputKind::Text(TextKind::Host(_)));
    let site = subject.prepared.site();
    let is_own = |path: &str| own == Some(site.page_path(path)) || is_for_host && path.starts_with("static/");
    let is_whole = matches!(output.kind, OutputKind::Feed(..) | OutputKind::Email(..));
    let mut shown: Vec<Shown<'a>> =
        typing.keys().filter(|path| is_own(path)).map(|path| Shown { path, is_own: true }).collect();
    let others_typed: Vec<&'a str> = typing
        .iter()
        .filter(|(path, carried)| (**carried || is_whole) && !is_own(path))
        .map(|(path, _)| path.as_str())
        .collect();
    if others_typed.is_empty() {
        return shown;
    }
    let others = |of: &BTreeSet<&str>| -> Vec<Shown<'a>> {
        let shown = others_typed.iter().filter(|path| of.contains(site.page_path(path)));
        shown.map(|path| Shown { path, is_own: false }).collect()
    };
    shown.extend(others(carrier.made_of()));
    if shown.is_empty() { others(carrier.linked()) } else { shown }
}

/// Returns the public documents whose authors typed each of these secrets, and whether they did so in a part that other
/// pages show.
fn authors(subject: SearchedSite<'_>, wanted: &[usize]) -> BTreeMap<usize, BTreeMap<String, bool>> {
    let Some(search) = searching(subject, wanted) else { return BTreeMap::new() };
    let documents: Vec<&Document> = subject.prepared.site().shown().collect();
    let found: Vec<(usize, String, bool)> = documents
        .par_iter()
        .flat_map_iter(|document| {
            let mut found: BTreeMap<usize, bool> = BTreeMap::new();
            let is_edition = matches!(document.content, Content::Briefing(..));
            for (text, form) in texts(document) {
                found.extend(search.find(text.as_bytes(), form).into_iter().map(|secret| (secret, is_edition)));
            }
            let front = search.find(front(document).as_bytes(), Form::of(FRONT));
            found.extend(front.into_iter().map(|secret| (secret, true)));
            let found = found.into_iter();
            found.map(|(secret, carried)| (wanted[secret], document.path.clone(), carried)).collect::<Vec<_>>()
        })
        .collect();
    let mut authors: BTreeMap<usize, BTreeMap<String, bool>> = BTreeMap::new();
    for (secret, document, is_carried) in found {
        authors.entry(secret).or_default().insert(document, is_carried);
    }
    // The site's own `_redirects`, `_headers` and the like are merged into the generated files, so they count as
    // authors too.
    for file in subject.prepared.context.statics.iter().filter(|file| JOINED.contains(&&*file.path)) {
        for secret in search.find(file.text.as_deref().unwrap_or("").as_bytes(), Form::PLAIN) {
            authors.entry(wanted[secret]).or_default().insert(format!("static/{}", file.path), false);
        }
    }
    authors
}

/// Returns the values of a document's front matter as parsed, without references to documents. Keys and comments are left
/// out, because they reach no output.
fn front(document: &Document) -> String {
    let values = spanned::parse(&document.front).map(|tree| ScalarTexts::of(&tree, &document.front, REFERENCES));
    values.map(|values| values.parsed).unwrap_or_default()
}

/// Returns the texts of a document's body as typed by its author. Links within the site are not resolved in them.
fn texts(document: &Document) -> Vec<(Cow<'_, str>, Form)> {
    let heads = document.content.items().iter().flat_map(|item| {
        let title = (Cow::Owned(item.title.without_names()), Form::PLAIN);
        [title, (Cow::Borrowed(item.id.as_str()), Form::PLAIN)]
    });
    let entries = document.content.entries().iter();
    let entries = entries.map(|entry| (Cow::Owned(entry.title.without_names()), Form::PLAIN));
    document.content.bodies().flat_map(parts).chain(heads).chain(entries).collect()
}

fn parts(body: &Body) -> Vec<(Cow<'_, str>, Form)> {
    let form = Form::of("body.html");
    let mut parts = vec![
        (Cow::Borrowed(body.html.as_str()), form),
        // The text in descriptions, feeds and e-mails, which have something else between the words.
        (Cow::Owned(body.opening.without_names()), Form::PLAIN),
        (Cow::Owned(without_left_out(&body.html)), form),
    ];
    for block in &body.blocks {
        let values = block.values.iter().filter_map(|(_, value)| value.as_deref());
        parts.extend(values.map(|value| (Cow::Borrowed(value), Form::PLAIN)));
    }
    for slot in &body.slots {
        match &slot.kind {
            SlotKind::Link { target, title, .. } => {
                parts.extend(written(target).map(|target| (Cow::Borrowed(target), Form::PLAIN)));
                parts.push((Cow::Borrowed(title), Form::PLAIN));
            }
            SlotKind::Image { src, alt } => {
                parts.extend(written(src).map(|src| (Cow::Borrowed(src), Form::PLAIN)));
                parts.push((Cow::Owned(alt.without_names()), Form::PLAIN));
            }
            SlotKind::Address { target, .. } => {
                parts.extend(written(target).map(|target| (Cow::Borrowed(target), Form::PLAIN)));
            }
            SlotKind::Close | SlotKind::Block(_) | SlotKind::BlockEnd(_) => {}
        }
    }
    parts
}

/// Returns the HTML of a body without what plain texts leave out: struck-out text, marks of footnotes, figures, and
/// elements that hold no text.
fn without_left_out(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    // The outermost element that is left out, and the number of open elements of its name.
    let mut left_out: Option<(&str, usize)> = None;
    for (token, range) in html::tokens(html) {
        match (&token, &mut left_out) {
            (Token::Open(tag), None) if is_left_out(tag) => left_out = Some((tag.name, 1)),
            (Token::Open(tag), Some((name, depth))) if tag.is(name) => *depth += 1,
            (Token::Close(closed), Some((name, depth))) if closed.eq_ignore_ascii_case(name) => {
                *depth -= 1;
                if *depth == 0 {
                    left_out = None;
                }
            }
            (_, Some(_)) => {}
            (_, None) => kept.push_str(&html[range]),
        }
    }
    kept
}

fn is_left_out(tag: &Tag<'_>) -> bool {
    let is = |names: &[&str]| names.iter().any(|name| tag.is(name));
    let is_mark = tag.is("sup") && tag.get("class").is_some_and(|class| class == "footnote-ref");
    !is(html::VOID) && (is(&["del", "s", "strike", "figure"]) || is_mark || tag.is_unseen())
}

/// Returns a link target that the author typed as an address; none for a reference that the program resolves.
fn written(target: &Target) -> Option<&str> {
    match target {
        Target::Path(path) | Target::Relative(path) | Target::Outside(path) => Some(path),
        Target::Source { .. } | Target::Slug { .. } => None,
    }
}

/// Returns the diagnostics: one for each pair of a withheld story and a source.
pub(super) fn report(subject: SearchedSite<'_>, typed: &Typed, denied: bool) -> Report {
    let mut report = Report::default();
    let mut sources: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for ((_, source), secrets) in typed {
        sources.entry(source).or_default().extend(secrets);
    }
    let sources: Vec<_> = sources.into_iter().collect();
    let searched: BTreeMap<&str, SearchedSource> =
        sources.par_iter().map(|(source, wanted)| (*source, SearchedSource::new(subject, source, wanted))).collect();
    for ((_, source), secrets) in typed {
        let wanted: Vec<usize> = secrets.iter().copied().collect();
        let Some(message) = searched::message(subject, &wanted) else { continue };
        let places = searched.get(&**source).map(|found| found.places(source, &wanted)).unwrap_or_default();
        let also = also(&places);
        let problem = if denied {
            Diagnostic::error(codes::WITHHELD_LEAK, message)
        } else {
            Diagnostic::warning(codes::WITHHELD_LEAK, message)
        };
        let place = places.into_iter().next().unwrap_or_else(|| Place::file(source));
        report.push(problem.at(place).help(format!(
            "its author wrote so{also}: remove it, or wait until the story is public; `--deny-withheld` publishes nothing until then"
        )));
    }
    report
}
