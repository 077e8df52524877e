//! The loop of `watch` and `serve`: make the site, wait for a cause, make it again.

use std::time::Duration;

use jiff::Timestamp;

use super::wait::{Wake, Watch};
use crate::base::date::Moment;
use crate::pipeline::{self, BuildCache, Now, Request};

/// Longest sleep before the clock is read again: machines suspend, and clocks are set.
const DOZE: Duration = Duration::from_secs(30);

/// Why the site is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The loop has started.
    Start,
    /// These sources have changed.
    Changed(Vec<String>),
    /// A withheld story is due, or one expires.
    Due,
}

/// Runs `work` at once, again whenever sources change, and at the time that it returned, until the watch is stopped.
/// `clock` tells the time; `None` when the site is made as of a fixed time.
pub fn keep(
    mut request: Request,
    clock: Option<&dyn Fn() -> Timestamp>,
    watch: &mut Watch,
    mut work: impl FnMut(&Request, &mut BuildCache, &Cause) -> Option<Moment>,
) {
    let mut cache = BuildCache::load(&request);
    let mut cause = Cause::Start;
    pipeline::rescan(&request, &mut cache);
    loop {
        if let Some(clock) = clock {
            request.now = Now::Clock(clock());
        }
        let next = work(&request, &mut cache, &cause);
        cause = loop {
            let left = clock.zip(next).map(|(clock, next)| until(clock(), next));
            if left == Some(Duration::ZERO) {
                break Cause::Due;
            }
            match watch.wait(left.map(|left| left.min(DOZE))) {
                Wake::Stop => return,
                Wake::Due => {}
                Wake::Rescan(look) => {
                    cache.touch(look);
                    let changed = pipeline::rescan(&request, &mut cache);
                    if !changed.is_empty() {
                        break Cause::Changed(changed);
                    }
                }
            }
        };
    }
}

/// The time from `now` to `next`; zero when it has passed.
fn until(now: Timestamp, next: Moment) -> Duration {
    Duration::try_from(next.instant() - now).unwrap_or(Duration::ZERO)
}
