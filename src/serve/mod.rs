//! The preview server: the site in a browser while it is written.
//!
//! In: a request for a site, and the address to listen on. Out: pages, rendered when a browser asks for them, and
//! events for open tabs after each batch of saves. The desk's actions write content files, as the commands of their name
//! do; nothing else is written to the disk. Deliberately not here: rendering, and the detection of changed files.
//!
//! One thread keeps the site prepared ([`watch::keep`]) and hands each new version to the `live_site::LiveSite`; the
//! server's threads answer every request from its current version.

mod act;
mod answer;
mod desk;
mod events;
mod findings;
mod gate;
mod host;
mod html;
mod inject;
mod live_site;
mod range;
mod request;
mod server;
mod stories;
mod token;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::stages::Stages;
use crate::base::sync::Mutex;
use crate::pipeline::{self, Request};
use crate::watch::{self, Cause, Watch};
use axum::Router;
use axum::body::Body;
use live_site::{LiveSite, Rebuild};
use server::Server;

pub use server::Clock;
pub use token::DeskToken;

/// The debounce interval: a batch of saves ends when no file has changed for this long. It is short because a rebuild
/// of the model takes milliseconds.
pub const QUIET: Duration = Duration::from_millis(5);
/// The number of ports tried after the first one, when it is taken.
const PORTS: u16 = 20;

/// The socket address to listen on.
#[derive(Clone, Copy, Debug)]
pub struct Listen {
    /// The interface: loopback for this machine alone, unspecified (`0.0.0.0`, `::`) for all its networks.
    pub address: IpAddr,
    /// The first port to try; 0 lets the system choose a free one.
    pub port: u16,
}

/// A bound socket that does not accept connections yet, so that its port is known before the site is made.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

/// A report on one rebuild of the site, for the terminal.
#[derive(Debug)]
pub struct Remade<'a> {
    /// The trigger: the start, changed files, or a story that fell due.
    pub cause: &'a Cause,
    /// All diagnostics of the rebuild, sorted and with source lines.
    pub report: &'a Report,
    /// The duration of each stage of the rebuild.
    pub stages: &'a Stages,
}

/// Binds the first free port of the range. Fails with a diagnostic that quotes the last error when none can be bound.
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
    /// The bound address, with the port that was chosen.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The origin for browsers on this machine, such as `http://127.0.0.1:4747`; an unspecified address becomes
    /// loopback.
    pub fn origin(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        format!("http://{address}")
    }

    /// Returns the request with this server as the site's origin, so that absolute URLs lead here. The base path stays
    /// as configured, even when the configuration changes later.
    pub fn here(&self, request: Request) -> Request {
        Request { origin: Some(self.origin()), ..request }
    }

    /// Serves the site of a request made with [`here`](Self::here) until the watch is stopped, calling `told` after
    /// each rebuild. Only requests with the token may write, and on loopback alone. Fails only when the server cannot start; problems of the site go into the report of each rebuild.
    pub fn serve(
        self,
        request: Request,
        clock: Option<Clock>,
        token: DeskToken,
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
        let server = Arc::new(Server {
            request: request.clone(),
            clock: clock.clone(),
            token,
            acting: Mutex::default(),
            stage,
            bound: self.address.ip(),
            remade,
        });
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(self.listener).map_err(failed)?
        };
        let mut listener = Some(listener);
        let tell = clock.as_deref().map(|clock| clock as &dyn Fn() -> jiff::Timestamp);
        watch::keep(request, tell, watch, |request, cache, cause| {
            let mut stages = Stages::start();
            let (prepared, report) = pipeline::prepare_again(request, cache, &mut stages);
            let report = pipeline::finish(report, &request.root);
            let next = prepared.as_ref().and_then(|prepared| prepared.site().next_change());
            let rebuild = Arc::new(Rebuild { report, stages, cause: cause.clone(), is_live });
            let spent = server.stage.change(prepared, Arc::clone(&rebuild));
            server.remade.send_modify(|count| *count += 1);
            // Connections are accepted only after the first rebuild, so that no request finds a server without a state.
            if let Some(listener) = listener.take() {
                runtime.spawn(run(listener, Arc::clone(&server)));
            }
            told(&Remade { cause, report: &rebuild.report, stages: &rebuild.stages });
            drop(spent);
            next
        });
        // Event streams of open tabs never end, so a graceful shutdown would wait for them forever.
        runtime.shutdown_timeout(Duration::from_millis(200));
        Ok(())
    }
}

async fn run(listener: tokio::net::TcpListener, server: Arc<Server>) {
    let app = Router::new().fallback(move |method, uri, headers, body: Body| {
        let (server, request) = (Arc::clone(&server), request::Request { method, uri, headers });
        async move {
            if request.is_for_news(&server) {
                return events::stream(server, &request);
            }
            let action = match answer::action(&server, &request) {
                Some(Ok(action)) => match axum::body::to_bytes(body, action.limit()).await {
                    Ok(bytes) => Some((action, bytes)),
                    Err(_) => return answer::too_long(),
                },
                Some(Err(refusal)) => return *refusal,
                None => None,
            };
            let answered = tokio::task::spawn_blocking(move || match action {
                Some((action, bytes)) => answer::acted(&server, action, &bytes),
                None => answer::answer(&server, &request),
            });
            answered.await.unwrap_or_else(|_| answer::failed())
        }
    });
    // The accept loop ends only with the runtime, and it returns no error worth reporting.
    let _ = axum::serve(listener, app).await;
}
