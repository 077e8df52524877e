//! Routes: the paths of outputs from the site's root.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The folder in the output folder for Dateline's own records, which is never deployed or served.
const OWN: &str = ".dateline";
/// Why some characters are not allowed in a route.
const SIGNS: &str = "it must not contain `?`, `#`, `\\` or control characters";
/// The prefix of all private routes.
const PRIVATE: &str = "/.dateline/private/";

/// A path from the site's root: `/topics/icc/` for a page, `/feed.xml` for a file. Always starts with `/`, has no
/// empty, `.` or `..` segment, and does not carry the base path of `base_url`.
///
/// A private route, such as that of an edition's e-mail, is the path of its file in the folder that is never deployed:
/// `/.dateline/private/briefings/2023-10-17/email.html`. Only the program makes such routes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Route(Arc<str>);

/// Why a text is not a route, as a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARoute(pub &'static str);

impl fmt::Display for NotARoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotARoute {}

impl Route {
    /// Checks a route.
    pub fn new(text: &str) -> Result<Self, NotARoute> {
        if text.contains('#') { Err(NotARoute(SIGNS)) } else { Self::former(text) }
    }

    /// Checks the route of a former address, which another program may have chosen: a `#` in it (`%23` in a URL) is
    /// literal. Routes of Dateline never contain one, because links to it would have to be encoded.
    pub fn former(text: &str) -> Result<Self, NotARoute> {
        let Some(rest) = text.strip_prefix('/') else {
            return Err(NotARoute("it must start with `/`"));
        };
        if text.contains(['?', '\\', '\0']) || text.chars().any(char::is_control) {
            return Err(NotARoute(SIGNS));
        }
        let inner = rest.strip_suffix('/').unwrap_or(rest);
        if !rest.is_empty() && inner.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(NotARoute("it must not have empty, `.` or `..` segments"));
        }
        // Case-insensitively, because many file systems are.
        if inner.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(OWN)) {
            return Err(NotARoute("`.dateline` is Dateline's own folder"));
        }
        // Servers compare bytes, so every address has one normalisation form.
        Ok(Self(super::text::composed(text).into()))
    }

    /// The private route of an output that is neither deployed nor served, made from what its public route would be.
    pub fn private(text: &str) -> Self {
        let Self(public) = Self::own(text);
        Self(format!("{PRIVATE}{}", &public[1..]).into())
    }

    /// Parses a route from Dateline's own records, which may be private.
    pub fn read_back(text: &str) -> Result<Self, NotARoute> {
        match text.strip_prefix(PRIVATE) {
            Some(below) => Self::new(&format!("/{below}")).map(|route| Self::private(route.as_str())),
            None => Self::former(text),
        }
    }

    /// Whether the output is neither deployed nor served.
    pub fn is_private(&self) -> bool {
        self.0.starts_with(PRIVATE)
    }

    /// A route that the program composes from slugs and numbers.
    pub fn own(text: &str) -> Self {
        Self::former(text).expect("routes are composed of slugs, numbers and checked routes")
    }

    /// The route as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of this route, relative to the output folder and with `/` on every platform: `topics/icc/index.html`
    /// for `/topics/icc/`.
    pub fn file(&self) -> String {
        let path = &self.0[1..];
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The name of that file, without its folder: `index.html` for `/topics/icc/`.
    pub fn file_name(&self) -> &str {
        match self.0.rsplit_once('/') {
            None | Some((_, "")) => "index.html",
            Some((_, name)) => name,
        }
    }

    /// The route of `name` below this page.
    pub fn join(&self, name: &str) -> Result<Self, NotARoute> {
        let folder = self.0.rfind('/').map_or("/", |at| &self.0[..=at]);
        Self::new(&format!("{folder}{name}"))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Route {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<Route> for String {
    fn from(route: Route) -> Self {
        route.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Route {
    type Error = NotARoute;

    fn try_from(text: String) -> Result<Self, NotARoute> {
        Self::former(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_folders_and_files_are_files() {
        assert_eq!(Route::own("/").file(), "index.html");
        assert_eq!(Route::own("/topics/icc/").file(), "topics/icc/index.html");
        assert_eq!(Route::own("/feed.xml").file(), "feed.xml");
        let names = ["/", "/topics/icc/", "/topics/feed.xml"].map(|route| Route::own(route).file_name().to_owned());
        assert_eq!(names, ["index.html", "index.html", "feed.xml"]);
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        for text in ["", "a/", "/../x", "/a//b", "/a/./b", "/a?b", "/a#b", "/a\\b", "/.dateline/x", "//x"] {
            assert!(Route::new(text).is_err(), "{text}");
            assert_eq!(Route::former(text).is_err(), text != "/a#b", "{text}");
        }
    }

    #[test]
    fn private_routes_are_made_by_the_program_alone() {
        let route = Route::private("/briefings/2023-10-17/email.html");
        assert_eq!(route.file(), ".dateline/private/briefings/2023-10-17/email.html");
        assert!(route.is_private() && !Route::own("/briefings/2023-10-17/").is_private());
        assert_eq!(Route::read_back(route.as_str()), Ok(route.clone()), "the ledger reads it back");
        assert_eq!(Route::read_back("/topics/"), Ok(Route::own("/topics/")));
        for text in [route.as_str(), "/.dateline/private/", "/.dateline", "/.DATELINE/private/x"] {
            assert!(Route::new(text).is_err(), "nobody else may write {text}");
        }
        for text in ["/.dateline/ledger", "/.dateline/private/../ledger", "/.dateline/private//x"] {
            assert!(Route::read_back(text).is_err(), "{text} is no output");
        }
        assert_eq!(Route::private("/a/").file(), ".dateline/private/a/index.html");
    }
}
