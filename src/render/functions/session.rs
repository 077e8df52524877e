//! The rendering session: records the questions that a template asks while its page renders.
//!
//! A page renders on one thread from start to end, and Tera hands its functions no value of ours (components do not
//! even see the page's context). So the session is thread-local, for as long as the page renders. There is no other
//! thread-local state.

use std::cell::RefCell;
use std::sync::Arc;

use tera::{Context, Error, TeraResult, Value};

use super::fragments::Fragments;
use crate::base::digest::Digest;
use crate::plan::context::questions::Question;

/// An answer as templates see it, or why there is none, with its digest.
#[derive(Clone)]
pub(in crate::render) struct Answered {
    pub(in crate::render) digest: Digest,
    pub(in crate::render) value: Result<Value, String>,
}

/// The site behind a page, as far as its template may reach.
pub(in crate::render) trait Host {
    /// The answer to a question; `line` is the question as text.
    fn answer(&self, question: &Question, line: &str) -> Answered;
    /// The site's origin.
    fn origin(&self) -> &str;
    /// A word of the interface, with values filled in. Words are part of every page's key.
    fn phrase(&self, name: &str, count: Option<u64>, values: &[(&str, &str)]) -> Option<String>;
    /// Renders a component for pages of a language: of the page it sees nothing else.
    fn component(&self, name: &str, arguments: &Context, lang: &Arc<str>) -> TeraResult<String>;
    /// The components that many pages share.
    fn fragments(&self) -> &Fragments;
}

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

struct Session {
    host: Arc<dyn Host>,
    lang: Arc<str>,
    asked: Vec<(String, Digest)>,
    /// Components that are among what was asked.
    components: Vec<String>,
    failed: Option<Error>,
}

/// A page that was rendered.
pub(in crate::render) struct Ended<T> {
    pub(in crate::render) result: T,
    /// The questions that it asked, with the digests of their answers.
    pub(in crate::render) asked: Vec<(String, Digest)>,
    /// The fault of a fragment, which an error of a function cannot hold.
    pub(in crate::render) failed: Option<Error>,
}

/// Runs `render`, and collects what it asks.
pub(in crate::render) fn with<T>(host: Arc<dyn Host>, lang: &str, render: impl FnOnce() -> T) -> Ended<T> {
    let session = Session { host, lang: lang.into(), asked: Vec::new(), components: Vec::new(), failed: None };
    SESSION.set(Some(session));
    let result = render();
    let (asked, failed) = SESSION.take().map(|session| (session.asked, session.failed)).unwrap_or_default();
    Ended { result, asked, failed }
}

/// Keeps the fault of a fragment, the innermost, and gives one that says so in a few words.
pub(super) fn failed(fault: Error) -> Error {
    let said = Error::message("this fragment failed");
    SESSION.with_borrow_mut(|session| {
        if let Some(session) = session {
            session.failed.get_or_insert(fault);
        }
    });
    said
}

/// The site behind the page that is being rendered, and its language.
pub(super) fn page() -> TeraResult<(Arc<dyn Host>, Arc<str>)> {
    SESSION.with_borrow(|session| {
        let session = session.as_ref().ok_or_else(outside)?;
        Ok((Arc::clone(&session.host), Arc::clone(&session.lang)))
    })
}

/// Runs `render` and hands back what it alone asks.
pub(super) fn capture<T>(render: impl FnOnce() -> T) -> (T, Vec<(String, Digest)>) {
    let before = swap((Vec::new(), Vec::new()));
    let result = render();
    (result, swap(before).0)
}

fn swap(other: (Vec<(String, Digest)>, Vec<String>)) -> (Vec<(String, Digest)>, Vec<String>) {
    SESSION.with_borrow_mut(|session| match session {
        Some(session) => {
            (std::mem::replace(&mut session.asked, other.0), std::mem::replace(&mut session.components, other.1))
        }
        None => other,
    })
}

/// Records questions that were asked, and answered, before.
pub(super) fn record(asked: &[(String, Digest)]) {
    SESSION.with_borrow_mut(|session| {
        let Some(session) = session else { return };
        for (line, digest) in asked {
            if !session.asked.iter().any(|(known, _)| known == line) {
                session.asked.push((line.clone(), *digest));
            }
        }
    });
}

fn outside() -> Error {
    Error::message("a template can ask only while a page renders")
}

/// Asks the site a question, and records it with the digest of its answer.
pub(super) fn ask(question: &Question) -> TeraResult<Value> {
    SESSION.with_borrow_mut(|session| {
        let session = session.as_mut().ok_or_else(outside)?;
        let line = question.to_line();
        let answer = session.host.answer(question, &line);
        if !session.asked.iter().any(|(asked, _)| *asked == line) {
            session.asked.push((line, answer.digest));
        }
        answer.value.map_err(Error::message)
    })
}

/// Records what a component is made of. A list calls the same one for each of its stories: it is recorded once.
pub(in crate::render) fn uses(component: &str) -> TeraResult<()> {
    let is_known = |session: &Option<Session>| {
        session.as_ref().is_some_and(|session| session.components.iter().any(|known| known == component))
    };
    if SESSION.with_borrow(is_known) {
        return Ok(());
    }
    ask(&Question::Component { name: component.to_owned() })?;
    SESSION.with_borrow_mut(|session| {
        if let Some(session) = session {
            session.components.push(component.to_owned());
        }
    });
    Ok(())
}

/// The site's origin, for absolute addresses. It is part of every page's key.
pub(super) fn origin() -> TeraResult<String> {
    SESSION.with_borrow(|session| {
        let session = session.as_ref().ok_or_else(outside)?;
        Ok(session.host.origin().to_owned())
    })
}
