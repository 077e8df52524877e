//! `dateline serve`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::watch as watching;
use crate::cli::args::{AsOf, Globals, Preview};
use crate::cli::outcome::{Exit, Outcome};
use crate::cli::output::print::Printer;
use crate::cli::output::problems::Reported;
use crate::cli::{stop, world};
use crate::pipeline;
use crate::serve::{self, DeskToken, Listen};
use crate::watch::{self, Watch, WatchOptions};

/// Show the site in a browser and reload it on changes
///
/// Nothing is built. Files are written only by the buttons of the desk, `/_dateline/`, and on this machine alone.
#[derive(clap::Args)]
pub(in super::super) struct ServeArgs {
    /// The address to listen on; `0.0.0.0` allows other machines
    #[arg(short, long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// The port; the next free one when it is taken
    #[arg(short, long, value_name = "PORT", default_value_t = 4747)]
    port: u16,
    /// Open the front page in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
    /// Scan all files every second instead of relying on file system events; for network and container file systems
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(args: ServeArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let ServeArgs { address, port, open, as_of, preview, poll } = args;
    let place = world::place(globals)?;
    let clock = world::live_clock(&as_of).map(|clock| -> serve::Clock { std::sync::Arc::new(clock) });
    let request = world::request(&place, as_of, preview.scope())?;
    let listening = serve::listen(Listen { address, port })?;
    let request = listening.here(request);
    let how = WatchOptions { quiet: serve::QUIET, poll: poll.then_some(watch::POLL) };
    let (mut watch, warning) = Watch::start(&request, how)?;
    if let Some(warning) = warning {
        printer.problem(&warning);
    }
    let stopper = watch.stopper();
    stop::on_signals(move || stopper.stop())?;

    let at = reached(listening.address());
    let path = pipeline::configure(&request).0.map_or_else(String::new, |config| config.base_url.path().to_owned());
    let home = format!("http://{at}{path}");
    let mut is_first = true;
    let mut said = Reported::default();
    listening.serve(request, clock, DeskToken::new(world::random()?), &mut watch, |remade| {
        printer.report_new(remade.report, &mut said);
        printer.detail(&format!("stages: {}", remade.stages));
        let counts = remade.report.counts().map_or_else(String::new, |counts| format!("; {counts}"));
        let took = remade.stages.total().as_millis();
        printer.closing(&format!("{}; made in {took} ms{counts}", watching::words(remade.cause)));
        if std::mem::take(&mut is_first) {
            if at.port() != port && port != 0 {
                printer.closing(&format!("port {port} is taken, so this is port {}", at.port()));
            }
            printer.closing(&format!("serving {home}/ (the desk: http://{at}/_dateline/)"));
            if open && let Err(error) = opener::open_browser(format!("{home}/")) {
                printer.closing(&format!("no browser could be opened: {error}"));
            }
        }
    })?;
    Ok(Exit::Success)
}

/// The address at which a browser on this machine reaches the server.
fn reached(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port()),
        _ => address,
    }
}
