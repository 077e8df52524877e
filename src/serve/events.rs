//! Server-sent events for open tabs (WHATWG HTML, section 9.2): the page has changed, there are errors, the errors are
//! fixed.
//!
//! A tab sends its state with the request: its path and the fingerprint of the page that it received. So the server
//! keeps no sessions, and a tab that reconnects after a restart is told only of real differences.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::html::OWN;
use super::inject::Fingerprint;
use super::request::Request;
use super::server::Server;
use crate::base::digest::Digest;
use crate::base::report::Report;

/// The interval of keep-alive comments, which stop proxies from closing an idle connection.
const ALIVE: Duration = Duration::from_secs(15);

/// The state of one open tab.
struct Tab {
    path: String,
    shows: Option<Fingerprint>,
    /// The JSON of the errors last sent to the tab; `None` when it shows none.
    errors: Option<String>,
}

impl Tab {
    /// The event for these errors; none when the tab was sent the same ones last, so that an overlay which its user
    /// closed stays closed after a save that changes nothing.
    fn errors(&mut self, report: &Report) -> Vec<Event> {
        let errors = serde_json::json!(report.diagnostics()).to_string();
        if self.errors.as_ref() == Some(&errors) {
            return Vec::new();
        }
        self.errors = Some(errors.clone());
        vec![Event::default().event("errors").data(errors)]
    }
}

/// Returns the event stream of a tab, which lasts until the tab is closed or the server shuts down.
pub(super) fn stream(server: Arc<Server>, request: &Request) -> axum::response::Response {
    let page = request.query("page").and_then(|page| Digest::parse(&page));
    let sheets = request.query("sheets").and_then(|sheets| serde_json::from_str(&sheets).ok()).unwrap_or_default();
    let shows = page.map(|page| Fingerprint { page, sheets });
    let mut tab = Tab { path: request.query("route").unwrap_or_default(), shows, errors: None };
    let (sender, receiver) = mpsc::channel::<Result<Event, Infallible>>(8);
    let mut remade = server.remade.subscribe();
    tokio::spawn(async move {
        // The first round compares before it waits, to catch changes between the response with the page and this
        // request.
        loop {
            remade.borrow_and_update();
            let server = Arc::clone(&server);
            let told = tokio::task::spawn_blocking(move || {
                let events = news(&server, &mut tab);
                (tab, events)
            });
            let Ok((same, events)) = told.await else { return };
            tab = same;
            for event in events {
                if sender.send(Ok(event)).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                changed = remade.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

/// The events that bring a tab up to date with the current version of the site, and records them in `tab`.
fn news(server: &Server, tab: &mut Tab) -> Vec<Event> {
    if tab.path.starts_with(OWN) {
        return vec![Event::default().event("remade").data("now")];
    }
    let state = server.stage.now();
    if state.rebuild.report.has_errors() {
        return tab.errors(&state.rebuild.report);
    }
    let Some(version) = state.version else { return Vec::new() };
    let base = version.prepared.site().config.base_url.path();
    let path = tab.path.strip_prefix(base).unwrap_or(&tab.path);
    let now = match version.fingerprint(path) {
        Ok(now) => now,
        Err(problem) => return tab.errors(&server.fault(path, *problem)),
    };
    let mut events = Vec::new();
    if tab.errors.take().is_some() {
        events.push(Event::default().event("fixed").data("now"));
    }
    match &tab.shows {
        Some(before) if *before == now => {}
        Some(before) if before.page == now.page => {
            let sheets = serde_json::json!(now.sheets).to_string();
            events.push(Event::default().event("css").data(sheets));
        }
        _ => events.push(Event::default().event("reload").data("now")),
    }
    tab.shows = Some(now);
    events
}
