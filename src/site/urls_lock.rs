//! `urls.lock`: every address ever published, so that none is lost by accident. The desk commits it.
//!
//! The file has one route per line, sorted, with up to three more fields separated by tabs. The second is the identifier
//! of a moved story in feeds: the first address that it ever had, as a route, or as an absolute URL if it was on
//! another site. The third, for topics and threads, is the folded name from which the slug was made. The fourth, for
//! stories and editions, is when they first appeared: RFC 3339 in UTC, or a day. A line that starts with `@` is the base
//! URL of the site when the file was begun; identifiers are relative to it, even after the site has moved.
//!
//! Only what is published is ever recorded: a withheld story has no line, unless readers had it before.

use std::collections::BTreeMap;
use std::ops::Bound;

use jiff::SignedDuration;

use crate::base::codes;
use crate::base::date::{Moment, Zone};
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::config::BaseUrl;

/// The name of the file, beside `dateline.yaml`, for the host of a language: `urls.lock` for the main one, and
/// `urls.ar.lock` for one of its own.
pub fn name(host: Option<&str>) -> String {
    host.map_or_else(|| "urls.lock".to_owned(), |tag| format!("urls.{}.lock", tag.to_ascii_lowercase()))
}

/// The first line: the format and its version.
const HEADER: &str = "# dateline urls 3: every address that was published. Written by `dateline lock`; commit it.";
/// The starts of first lines of all versions that can be read.
const STARTS: [&str; 3] = ["# dateline urls 1", "# dateline urls 2", "# dateline urls 3"];

/// The content of `urls.lock`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlsLock {
    /// The base URL when the file was begun.
    base: Option<BaseUrl>,
    entries: BTreeMap<Route, LockEntry>,
}

/// The record of one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LockEntry {
    /// The permanent identifier of its story, if it is not this address.
    identity: Option<Identity>,
    /// The folded name from which the slug was made.
    name: Option<String>,
    /// When its story or edition first appeared; only a day is one in UTC, whatever the site's time zone.
    appeared: Option<Moment>,
}

/// What the list knows of the first appearance of a story whose address is on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is on record.
    At(Moment),
    /// The list is of a version that recorded none.
    Unknown,
}

/// The permanent identifier of a story in feeds, such as the Atom `id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A route below the base URL at which the file was begun.
    Route(Route),
    /// An absolute URL.
    Address(String),
}

impl Identity {
    fn read(text: &str) -> Result<Self, String> {
        if text.starts_with("https://") || text.starts_with("http://") {
            return Ok(Self::Address(text.to_owned()));
        }
        Route::former(text).map(Self::Route).map_err(|reason| reason.to_string())
    }

    fn text(&self) -> &str {
        match self {
            Self::Route(route) => route.as_str(),
            Self::Address(address) => address,
        }
    }
}

impl UrlsLock {
    /// Parses the file. Invalid lines are reported and skipped; for an unknown version, the lock is `None` and the
    /// report has an error.
    pub fn read(file: &str, text: &str) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let mut lock = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !STARTS.iter().any(|start| text.starts_with(start)) {
            let problem = Diagnostic::error(
                codes::BAD_VALUE,
                "this is not a list of addresses of a version that this Dateline knows",
            );
            report.push(
                problem
                    .at(Place::line(file, text, 1, 1, 1))
                    .help("restore it from your repository; `dateline lock` wrote it"),
            );
            return (None, report);
        }
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if let Err(reason) = lock.read_line(line) {
                let problem = Diagnostic::error(codes::BAD_VALUE, reason);
                let line_number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                let width = u32::try_from(line.chars().count()).unwrap_or(1);
                report.push(
                    problem
                        .at(Place::line(file, text, line_number, 1, width))
                        .help("restore the line from your repository, or remove it"),
                );
            }
        }
        (Some(lock), report)
    }

    fn read_line(&mut self, line: &str) -> Result<(), String> {
        if let Some(base) = line.strip_prefix('@') {
            self.base = Some(BaseUrl::parse(base.trim())?);
            return Ok(());
        }
        let mut fields = line.splitn(4, '\t');
        let route = fields.next().unwrap_or("").trim_end();
        let route = Route::former(route).map_err(|reason| format!("this is not a route: {reason}"))?;
        let mut field = || fields.next().filter(|text| !text.is_empty());
        let identity = field().map(Identity::read).transpose()?;
        let name = field().map(str::to_owned);
        let appeared = field().map(|text| Moment::parse(text, &Zone::utc())).transpose();
        let appeared = appeared.map_err(|error| error.to_string())?;
        self.entries.insert(route, LockEntry { identity, name, appeared });
        Ok(())
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        text.extend(self.base.iter().map(|base| format!("@{}\n", base.whole())));
        for (route, LockEntry { identity, name, appeared }) in &self.entries {
            let identity = identity.as_ref().map_or("", Identity::text);
            let name = name.as_deref().unwrap_or_default();
            let appeared = appeared.map_or_else(String::new, |at| at.iso(&Zone::utc()));
            let line = format!("{route}\t{identity}\t{name}\t{appeared}");
            text.push_str(line.trim_end_matches('\t'));
            text.push('\n');
        }
        text
    }

    /// The number of the line with this address in a file that [`text`](Self::text) wrote.
    pub fn line_of(&self, route: &Route) -> u32 {
        let above = 2 + usize::from(self.base.is_some());
        u32::try_from(self.entries.range(..route.clone()).count() + above).unwrap_or(u32::MAX)
    }

    /// Records the base URL, unless one is recorded.
    pub fn begin(&mut self, base: &BaseUrl) {
        self.base.get_or_insert_with(|| base.clone());
    }

    /// Adds an address and returns whether it is new. A recorded name is kept when `name` is `None`; the identity is
    /// replaced.
    pub fn add(&mut self, route: Route, identity: Option<Identity>, name: Option<String>) -> bool {
        let own = Identity::Route(route.clone());
        let identity = identity.filter(|identity| *identity != own);
        let known = self.entries.get(&route);
        let name = name.or_else(|| known.and_then(|known| known.name.clone()));
        let appeared = known.and_then(|known| known.appeared);
        self.entries.insert(route, LockEntry { identity, name, appeared }).is_none()
    }

    /// Records when the story or edition at a listed address first appeared, unless that is on record.
    pub fn add_appearance(&mut self, route: &Route, at: Moment, zone: &Zone) {
        if let Some(entry) = self.entries.get_mut(route) {
            let at = if at.is_day_only() { Moment::day(at.date(zone), &Zone::utc()) } else { at };
            entry.appeared.get_or_insert(at);
        }
    }

    /// The first appearance of the story at `route`, or else of one at a `former` address of it, in the site's `zone`.
    /// `None` when no such address is on the list.
    pub fn appearance(&self, route: &Route, former: impl Iterator<Item = Route>, zone: &Zone) -> Option<Recorded> {
        let own = self.entries.get(route);
        let mut entries = own.into_iter().chain(former.filter_map(|route| self.entries.get(&route)));
        let first = entries.next()?;
        let at = first.appeared.or_else(|| entries.find_map(|entry| entry.appeared));
        Some(at.map_or(Recorded::Unknown, |at| Recorded::At(in_zone(at, zone))))
    }

    /// The earliest recorded first appearance after an instant, in the site's `zone`.
    pub fn next_appearance(&self, after: Moment, zone: &Zone) -> Option<Moment> {
        // A day begins up to 14 hours before and after it does in UTC.
        let least = after.instant().checked_sub(SignedDuration::from_hours(24)).unwrap_or(after.instant());
        let recorded = self.entries.values().filter_map(|entry| entry.appeared).filter(|at| at.instant() > least);
        let appeared = recorded.map(|at| in_zone(at, zone));
        appeared.filter(|at| at.instant() > after.instant()).min_by_key(|at| at.instant())
    }

    /// Removes an address that was given up on purpose.
    pub fn remove(&mut self, route: &Route) {
        self.entries.remove(route);
    }

    /// All addresses, sorted.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.entries.keys()
    }

    /// The addresses that begin with `folder`, sorted.
    pub fn below<'l>(&'l self, folder: &str) -> impl Iterator<Item = &'l Route> + use<'l> {
        let folder = folder.to_owned();
        let start = Route::former(&folder).ok();
        let from = start.map_or(Bound::Unbounded, Bound::Included);
        let routes = self.entries.range((from, Bound::Unbounded)).map(|(route, _)| route);
        routes.take_while(move |route| route.as_str().starts_with(&folder))
    }

    /// Whether this address is in the file.
    pub fn has(&self, route: &str) -> bool {
        self.entries.contains_key(route)
    }

    /// The recorded name of an address.
    pub(super) fn name_of(&self, route: &str) -> Option<&str> {
        self.entries.get(route)?.name.as_deref()
    }

    /// The slugs of all addresses below `folder` that have a recorded name, with the names.
    pub fn names<'l>(&'l self, folder: &'l str) -> impl Iterator<Item = (&'l str, &'l str)> {
        self.entries.iter().filter_map(move |(route, entry)| {
            let slug = route.as_str().strip_prefix(folder)?.strip_suffix('/')?;
            Some((slug, entry.name.as_deref()?))
        })
    }

    /// The form in which `identity` is to be recorded: routes are relative to the recorded base URL, so a route below
    /// another one becomes absolute.
    pub fn identity_for(&self, identity: Identity, base: &BaseUrl) -> Identity {
        match identity {
            Identity::Route(route) if self.base.as_ref().is_some_and(|begun| begun != base) => {
                Identity::Address(base.absolute(route.as_str()))
            }
            identity => identity,
        }
    }

    /// The permanent identifier of the story at `route`, and whether it is on record. Without a record for its address,
    /// that of its first recorded former address is used. If there is none either, it is the first former address when
    /// there is no lock file, and the present one otherwise.
    pub fn identity(lock: Option<&Self>, route: &Route, former: &[Route]) -> (Identity, bool) {
        let locked = |route: &Route| {
            let entry = lock?.entries.get(route)?;
            Some(entry.identity.clone().unwrap_or_else(|| Identity::Route(route.clone())))
        };
        if let Some(identity) = locked(route).or_else(|| former.iter().find_map(locked)) {
            return (identity, true);
        }
        let first = former.first().filter(|_| lock.is_none()).unwrap_or(route);
        (Identity::Route(first.clone()), false)
    }

    /// Like [`identity`](Self::identity), as an absolute URL, which does not change when the site moves.
    pub fn address(lock: Option<&Self>, base: &BaseUrl, route: &Route, former: &[Route]) -> String {
        let begun = lock.and_then(|lock| lock.base.as_ref());
        match Self::identity(lock, route, former) {
            (Identity::Address(address), _) => address,
            (Identity::Route(route), true) => begun.unwrap_or(base).absolute(route.as_str()),
            (Identity::Route(route), false) => base.absolute(route.as_str()),
        }
    }
}

/// A recorded instant; a day is one of the site's `zone`.
fn in_zone(at: Moment, zone: &Zone) -> Moment {
    if at.is_day_only() { Moment::day(at.date(&Zone::utc()), zone) } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(text: &str) -> Route {
        Route::own(text)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut lock = UrlsLock::default();
        let identity = |text: &str| Some(Identity::Route(route(text)));
        assert!(lock.add(route("/b/"), identity("/a/"), None) && lock.add(route("/c/"), identity("/c/"), None));
        assert!(!lock.add(route("/c/"), None, Some("são paulo".to_owned())));
        assert!(!lock.add(route("/c/"), None, None), "the name stays");
        lock.begin(&BaseUrl::new("https://old.example", "/x"));
        let berlin = Zone::new("Europe/Berlin").expect("a zone");
        let (day, hour) = ("2023-10-18", "2023-10-19 06:00");
        let at = |text: &str| Moment::parse(text, &berlin).expect("a date");
        lock.add_appearance(&route("/b/"), at(day), &berlin);
        lock.add_appearance(&route("/c/"), at(hour), &berlin);
        lock.add_appearance(&route("/c/"), at(day), &berlin);
        let elsewhere = lock.identity_for(Identity::Route(route("/d/")), &BaseUrl::new("https://new.example", ""));
        lock.add(route("/d/"), Some(elsewhere), None);
        assert_eq!(
            lock.text().split_once('\n').expect("a first line").1,
            "@https://old.example/x\n/b/\t/a/\t\t2023-10-18\n/c/\t\tsão paulo\t2023-10-19T04:00:00Z\n/d/\thttps://new.example/d/\n"
        );
        assert_eq!(lock.line_of(&route("/c/")), 4);
        let (read, report) = UrlsLock::read("urls.lock", &lock.text());
        assert!(report.is_empty());
        assert_eq!(read.as_ref(), Some(&lock));
        let appeared =
            |own: &str, former: &[&str]| lock.appearance(&route(own), former.iter().map(|text| route(text)), &berlin);
        assert_eq!(appeared("/b/", &[]), Some(Recorded::At(at(day))), "a day is one of the site's");
        assert_eq!(appeared("/new/", &["/c/"]), Some(Recorded::At(at(hour))));
        assert_eq!((appeared("/d/", &[]), appeared("/new/", &[])), (Some(Recorded::Unknown), None));
        for wrong in ["b", "/b/\t\t\tsoon"] {
            let (_, report) = UrlsLock::read("urls.lock", &format!("{HEADER}\n/a/\n{wrong}\n"));
            assert_eq!(report.diagnostics()[0].place.as_ref().map(|place| place.line), Some(3));
        }
        assert!(UrlsLock::read("urls.lock", "nonsense").0.is_none());
    }

    #[test]
    fn an_identity_survives_moves_and_short_addresses() {
        let (old, new, short) = (route("/old/"), route("/new/"), route("/short/"));
        let identity = |lock: Option<&UrlsLock>, route: &Route, former: &[Route]| match UrlsLock::identity(
            lock, route, former,
        )
        .0
        {
            Identity::Route(route) => route,
            Identity::Address(address) => panic!("{address}"),
        };
        assert_eq!(identity(None, &new, &[]), new);
        assert_eq!(identity(None, &new, std::slice::from_ref(&old)), old);
        let mut lock = UrlsLock::default();
        lock.add(old.clone(), None, None);
        assert_eq!(identity(Some(&lock), &new, &[short.clone(), old.clone()]), old, "it has moved");
        assert_eq!(identity(Some(&lock), &old, std::slice::from_ref(&short)), old, "a short address is no move");
        lock.add(new.clone(), Some(Identity::Route(old.clone())), None);
        lock.add(short.clone(), Some(Identity::Route(old.clone())), None);
        assert_eq!(identity(Some(&lock), &new, &[short, old.clone()]), old);
    }
}
