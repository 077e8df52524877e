//! Waiting for the next batch of saves, or for a time.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::events::{self, Event, System};
use crate::base::codes;
use crate::base::disk::{self, Rescan};
use crate::base::report::Diagnostic;
use crate::content::folders::{CONTENT, DATA, STATIC, TEMPLATES, WORDS};
use crate::pipeline::Request;

/// The folders of a site's sources.
const FOLDERS: [&str; 5] = [CONTENT, STATIC, TEMPLATES, DATA, WORDS];

/// Quiet periods after which a batch ends even though files keep changing.
const LONGEST: u32 = 40;

/// Settings of a watch.
#[derive(Clone, Copy, Debug)]
pub struct WatchOptions {
    /// A batch of saves ends after this long without changes.
    pub quiet: Duration,
    /// Scan all files at this interval, and do not rely on events.
    pub poll: Option<Duration>,
}

/// Polling interval where the operating system cannot watch.
pub const POLL: Duration = Duration::from_secs(1);

/// Why waiting ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Files may have changed.
    Rescan(Rescan),
    /// The time has come.
    Due,
    /// The watch was stopped.
    Stop,
}

/// A watch on the sources of a site.
pub struct Watch {
    events: Receiver<Event>,
    sender: Sender<Event>,
    system: Option<System>,
    how: WatchOptions,
}

/// Stops a [`Watch`] from another thread.
#[derive(Clone)]
pub struct Stopper(Sender<Event>);

impl Stopper {
    /// Stops the watch.
    pub fn stop(&self) {
        // The send fails only when the watch is already gone.
        let _ = self.0.send(Event::Stop);
    }
}

impl Watch {
    /// Watches the sources of a site. When the operating system cannot watch them, all files are scanned every second
    /// instead, and the warning says why.
    pub fn start(request: &Request, how: WatchOptions) -> Result<(Self, Option<Diagnostic>), Diagnostic> {
        let Request { root, config, .. } = request;
        let (sender, events) = mpsc::channel();
        let mut watch = Self { events, sender, system: None, how };
        if how.poll.is_some() {
            return Ok((watch, None));
        }
        // Events carry real paths, so symbolic links above the site are resolved.
        let root = disk::resolve(root)?;
        let folder = config.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let config = disk::resolve(folder)?.join(config.file_name().unwrap_or_default());
        let request = Request { root, config, ..request.clone() };
        match System::start(request, &FOLDERS, watch.sender.clone()) {
            Ok(system) => {
                watch.system = Some(system);
                Ok((watch, None))
            }
            Err(reason) => {
                watch.how.poll = Some(POLL);
                Ok((watch, Some(falls_back(&reason))))
            }
        }
    }

    /// A handle that stops this watch.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Waits for a batch of saves, the time, or a stop.
    pub fn wait(&mut self, most: Option<Duration>) -> Wake {
        let due = most.map(|most| Instant::now() + most);
        let poll = self.how.poll.map(|poll| Instant::now() + poll);
        let (mut touched, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
        let mut everything = false;
        let mut first = None;
        loop {
            let now = Instant::now();
            let quiet = first.map(|first: Instant| (now + self.how.quiet).min(first + self.how.quiet * LONGEST));
            let until = quiet.or_else(|| due.into_iter().chain(poll).min());
            let event = match until {
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(until) => self.events.recv_timeout(until.saturating_duration_since(now)),
            };
            match event {
                // This watch holds a sender itself, so the channel never disconnects.
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
                Ok(Event::Touched(path)) => {
                    touched.insert(path);
                }
                Ok(Event::Elsewhere(path)) => {
                    elsewhere.insert(path);
                }
                Ok(Event::Lost) => everything = true,
                Err(RecvTimeoutError::Timeout) if first.is_some() => break,
                Err(RecvTimeoutError::Timeout) if poll.is_some_and(|poll| poll <= Instant::now()) => {
                    return Wake::Rescan(Rescan::All);
                }
                Err(RecvTimeoutError::Timeout) => return Wake::Due,
            }
            first.get_or_insert(now);
            if quiet.is_some_and(|quiet| quiet <= Instant::now()) {
                break;
            }
        }
        if let Some(system) = &mut self.system {
            everything |= system.refresh(&touched, &elsewhere);
        }
        Wake::Rescan(if everything { Rescan::All } else { Rescan::Paths(touched) })
    }
}

fn falls_back(reason: &events::Failure) -> Diagnostic {
    let (why, help) = match reason {
        events::Failure::TooMany => (
            "this user has reached the system's limit of watched folders".to_owned(),
            "raise the limit (`sysctl fs.inotify.max_user_watches=524288`), or use `--poll` and see no warning",
        ),
        events::Failure::Other(error) => {
            (format!("this system cannot watch the site: {error}"), "use `--poll` and see no warning")
        }
    };
    Diagnostic::warning(codes::WATCH_LIMIT, format!("{why}; the files are looked at every second instead")).help(help)
}
