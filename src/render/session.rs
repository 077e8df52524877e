//! What a template asks while its page renders.
//!
//! A page renders on one thread from start to end, and Tera hands its functions no value of ours (components do not
//! even see the page's context). So the page that is being rendered, and what it has asked, is kept per thread for as
//! long as it renders. This is the only such place.

use std::cell::RefCell;
use std::sync::Arc;

use tera::{Error, TeraResult, Value};

use super::context::Shelf;
use crate::base::digest::Digest;
use crate::plan::questions::{Answer, Question};

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

struct Session {
    shelf: Arc<Shelf>,
    asked: Vec<(String, Digest)>,
}

/// Runs `render`, and collects what it asks.
pub(super) fn with<T>(shelf: &Arc<Shelf>, render: impl FnOnce() -> T) -> (T, Vec<(String, Digest)>) {
    SESSION.set(Some(Session { shelf: Arc::clone(shelf), asked: Vec::new() }));
    let result = render();
    let asked = SESSION.take().map(|session| session.asked).unwrap_or_default();
    (result, asked)
}

/// Asks the site a question, and records it with the digest of its answer.
pub(super) fn ask(question: &Question) -> TeraResult<Value> {
    SESSION.with_borrow_mut(|session| {
        let session = session.as_mut().ok_or_else(|| Error::message("a template can ask only while a page renders"))?;
        let desk = &session.shelf.desk;
        let answer = desk.answer(question);
        let line = question.to_line();
        if !session.asked.iter().any(|(asked, _)| *asked == line) {
            session.asked.push((line, answer.digest(desk)));
        }
        match answer {
            Answer::Stories(ids) => Ok(session.shelf.cards(&ids)),
            Answer::Topics(topics) => Ok(Value::from_serializable(&topics)),
            Answer::Briefings(briefings) => Ok(Value::from_serializable(&briefings)),
            Answer::Address(address) => Ok(Value::normal_string(&address)),
            Answer::Unknown(what) => Err(Error::message(what)),
        }
    })
}

/// The site's origin, for absolute addresses. It is part of every page's key.
pub(super) fn origin() -> TeraResult<String> {
    SESSION.with_borrow(|session| {
        let session = session.as_ref().ok_or_else(|| Error::message("a template can ask only while a page renders"))?;
        Ok(session.shelf.desk.site.config.base_url.origin().to_owned())
    })
}
