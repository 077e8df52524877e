//! The site in a browser while it is written.
//!
//! In: a request for a site, and where to listen. Out: pages, made when a browser asks for them, and news for open tabs
//! after each batch of saves. Nothing is written to the disk. Deliberately not here: how a page is made, and when files
//! have changed.
//!
//! One thread keeps the site ready ([`watch::keep`]) and puts each new one on the `scene::LiveSite`; the server's
//! threads answer from whatever stands there.

mod answer;
mod desk;
mod events;
mod host;
mod html;
mod inject;
mod range;
mod scene;
mod server;
mod stories;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use jiff::Timestamp;

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::stages::Stages;
use crate::pipeline::{self, Request};
use crate::watch::{self, Cause, Watch};
use scene::{LiveSite, Rebuild};
use server::Server;

/// A batch of saves ends when nothing has changed for so long. Short, since the site is made anew in milliseconds.
pub const QUIET: Duration = Duration::from_millis(5);
/// So many ports are tried.
const PORTS: u16 = 20;

/// Where to listen.
#[derive(Clone, Copy, Debug)]
pub struct Listen {
    /// The address: of this machine alone, or of all its networks.
    pub address: IpAddr,
    /// The port; the next free one is taken when it is not free, and any free one for 0.
    pub port: u16,
}

/// A listening server, which does not answer yet.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

/// What has happened.
#[derive(Debug)]
pub struct Remade<'a> {
    /// Why the site was made.
    pub cause: &'a Cause,
    /// All problems.
    pub report: &'a Report,
    /// How long it took.
    pub stages: &'a Stages,
}

/// Starts to listen.
pub fn listen(at: Listen) -> Result<Listening, Diagnostic> {
    let mut last = None;
    for port in at.port..=at.port.saturating_add(if at.port == 0 { 0 } else { PORTS }) {
        match TcpListener::bind((at.address, port)).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok(Listening { address: listener.local_addr()?, listener })
        }) {
            Ok(listening) => return Ok(listening),
            Err(error) => last = Some(error),
        }
    }
    let why = last.map_or_else(String::new, |error| format!(": {error}"));
    let place = SocketAddr::new(at.address, at.port);
    Err(Diagnostic::error(codes::IO, format!("cannot listen at `{place}` or a port after it{why}"))
        .help("give another port with `--port`, or another address with `--address`"))
}

impl Listening {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How this machine calls it: `http://127.0.0.1:4747`.
    pub fn origin(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        format!("http://{address}")
    }

    /// The site as it will be served: all its addresses lead here. Its path stays that of the configuration, whatever that becomes.
    pub fn here(&self, request: Request) -> Request {
        Request { origin: Some(self.origin()), ..request }
    }

    /// Serves a site that was told to be [here](Self::here), until the watch is stopped. `told` hears of each
    /// remaking.
    pub fn serve(
        self,
        request: Request,
        clock: Option<&dyn Fn() -> Timestamp>,
        watch: &mut Watch,
        mut told: impl FnMut(&Remade<'_>),
    ) -> Result<(), Diagnostic> {
        let failed = |error| Diagnostic::error(codes::IO, format!("the server cannot start: {error}"));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(failed)?;
        let remade = tokio::sync::watch::Sender::new(0);
        let is_live = clock.is_some();
        let first = Rebuild { report: Report::default(), stages: Stages::start(), cause: Cause::Start, is_live };
        let stage = LiveSite::new(request.root.clone(), first);
        let server = Arc::new(Server { stage, bound: self.address.ip(), remade });
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(self.listener).map_err(failed)?
        };
        let mut listener = Some(listener);
        watch::keep(request, clock, watch, |request, memory, cause| {
            let mut stages = Stages::start();
            let (prepared, report) = pipeline::prepare_again(request, memory, &mut stages);
            let report = pipeline::finish(report, &request.root);
            let next = prepared.as_ref().and_then(|prepared| prepared.site().next_change());
            let remaking = Arc::new(Rebuild { report, stages, cause: cause.clone(), is_live });
            let spent = server.stage.change(prepared, Arc::clone(&remaking));
            server.remade.send_modify(|count| *count += 1);
            // The first page is made when there is a site to make it of.
            if let Some(listener) = listener.take() {
                runtime.spawn(run(listener, Arc::clone(&server)));
            }
            told(&Remade { cause, report: &remaking.report, stages: &remaking.stages });
            drop(spent);
            next
        });
        // Tabs that wait for news would be waited for.
        runtime.shutdown_timeout(Duration::from_millis(200));
        Ok(())
    }
}

async fn run(listener: tokio::net::TcpListener, server: Arc<Server>) {
    let app = Router::new().fallback(move |method, uri, headers| {
        let (server, request) = (Arc::clone(&server), answer::Request { method, uri, headers });
        async move {
            if request.is_for_news(&server) {
                return events::stream(server, &request);
            }
            let answered = tokio::task::spawn_blocking(move || answer::answer(&server, &request)).await;
            answered.unwrap_or_else(|_| answer::failed())
        }
    });
    // It ends with the process only.
    let _ = axum::serve(listener, app).await;
}
