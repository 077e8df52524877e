//! `urls.lock`: every address that was published, so that none is lost by accident. The desk commits it.
//!
//! One route a line, sorted. A story that has moved carries its identity behind its route: the first address that it ever
//! had, under which feed readers know it.

use std::collections::BTreeMap;

use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;

/// The name of the file, beside `dateline.yaml`.
pub const NAME: &str = "urls.lock";
/// The first line: the format and its version.
const HEADER: &str = "# dateline urls 1: every address that was published. Written by `dateline lock`; commit it.";
const START: &str = "# dateline urls 1";

/// Addresses that were published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(BTreeMap<Route, Option<Route>>);

impl Lock {
    /// Reads the file. Lines that are no routes are reported, and so is a version that this program does not know.
    pub fn read(text: &str) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let mut lock = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !text.starts_with(START) {
            let problem =
                Diagnostic::error(codes::BAD_VALUE, "this is no list of addresses of a version that is known here");
            report.push(
                problem
                    .at(Place::line(NAME, text, 1, 1, 1))
                    .help("restore it from your repository; `dateline lock` wrote it"),
            );
            return (None, report);
        }
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let (route, identity) = match line.split_once('\t') {
                Some((route, identity)) => (Route::new(route), Some(Route::new(identity))),
                None => (Route::new(line.trim_end()), None),
            };
            match (route, identity.transpose()) {
                (Ok(route), Ok(identity)) => drop(lock.0.insert(route, identity)),
                (Err(reason), _) | (_, Err(reason)) => {
                    let problem = Diagnostic::error(codes::BAD_VALUE, format!("this is no route: {reason}"));
                    let line_number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                    let width = u32::try_from(line.chars().count()).unwrap_or(1);
                    report.push(
                        problem
                            .at(Place::line(NAME, text, line_number, 1, width))
                            .help("restore the line from your repository, or remove it"),
                    );
                }
            }
        }
        (Some(lock), report)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (route, identity) in &self.0 {
            match identity {
                Some(identity) => text.push_str(&format!("{route}\t{identity}\n")),
                None => text.push_str(&format!("{route}\n")),
            }
        }
        text
    }

    /// Adds an address; whether it is new.
    pub fn add(&mut self, route: Route, identity: Option<Route>) -> bool {
        let identity = identity.filter(|identity| *identity != route);
        self.0.insert(route, identity).is_none()
    }

    /// Removes an address that is gone for good.
    pub fn remove(&mut self, route: &Route) {
        self.0.remove(route);
    }

    /// All addresses, sorted.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.0.keys()
    }

    /// The address under which a story is known for ever. Where it was locked, that is on record. A story that has moved
    /// since is known by the first of its former addresses that was locked; one that was never locked by the first that
    /// it names, else by its own.
    pub fn identity<'r>(lock: Option<&'r Self>, route: &'r Route, former: &'r [Route]) -> &'r Route {
        let locked = |route: &'r Route| {
            let (route, identity) = lock?.0.get_key_value(route)?;
            Some(identity.as_ref().unwrap_or(route))
        };
        locked(route)
            .or_else(|| former.iter().find_map(locked))
            .or_else(|| former.first().filter(|_| lock.is_none()))
            .unwrap_or(route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(text: &str) -> Route {
        Route::own(text)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut lock = Lock::default();
        assert!(lock.add(route("/b/"), Some(route("/a/"))) && lock.add(route("/c/"), Some(route("/c/"))));
        assert!(!lock.add(route("/c/"), None));
        let (read, report) = Lock::read(&lock.text());
        assert!(report.is_empty());
        assert_eq!(read, Some(lock));
        let (_, report) = Lock::read(&format!("{HEADER}\n/a/\nb\n"));
        assert_eq!(report.diagnostics()[0].place.as_ref().map(|place| place.line), Some(3));
        assert!(Lock::read("nonsense").0.is_none());
    }

    #[test]
    fn an_identity_survives_moves_and_short_addresses() {
        let (old, new, short) = (route("/old/"), route("/new/"), route("/short/"));
        let identity =
            |lock: Option<&Lock>, route: &Route, former: &[Route]| Lock::identity(lock, route, former).clone();
        assert_eq!(identity(None, &new, &[]), new);
        assert_eq!(identity(None, &new, std::slice::from_ref(&old)), old);
        let mut lock = Lock::default();
        lock.add(old.clone(), None);
        assert_eq!(identity(Some(&lock), &new, &[short.clone(), old.clone()]), old, "it has moved");
        assert_eq!(identity(Some(&lock), &old, std::slice::from_ref(&short)), old, "a short address is no move");
        lock.add(new.clone(), Some(old.clone()));
        lock.add(short.clone(), Some(old.clone()));
        assert_eq!(identity(Some(&lock), &new, &[short, old.clone()]), old);
    }
}
