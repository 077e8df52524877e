//! Timing of the stages of a command, for `--verbose`. No output depends on it.

use std::time::{Duration, Instant};

/// The stages so far, in order.
#[derive(Clone, Debug)]
pub struct Stages {
    done: Vec<(&'static str, Duration)>,
    since: Instant,
}

impl Stages {
    /// Starts the first stage.
    pub fn start() -> Self {
        Self { done: Vec::new(), since: Instant::now() }
    }

    /// Ends the current stage and starts the next one.
    pub fn end(&mut self, name: &'static str) {
        let now = Instant::now();
        self.done.push((name, now - self.since));
        self.since = now;
    }

    /// The stages that have ended, with their durations.
    pub fn done(&self) -> &[(&'static str, Duration)] {
        &self.done
    }

    /// Total duration.
    pub fn total(&self) -> Duration {
        self.done.iter().map(|(_, time)| *time).sum()
    }
}

impl std::fmt::Display for Stages {
    /// For example `read 12 ms, assemble 3 ms`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (name, time)) in self.done.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{name} {:.1} ms", time.as_secs_f64() * 1000.0)?;
        }
        Ok(())
    }
}
