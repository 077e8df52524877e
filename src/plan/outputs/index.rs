//! All outputs of a site, found by their routes.

use super::output::Output;
use crate::base::route::Route;

/// All outputs of a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// The outputs, by route.
    pub outputs: Vec<Output>,
    /// Addresses that are answered with 410, sorted.
    pub gone: Vec<Route>,
    /// Former addresses that have no file, since they differ from another output in capitals alone, by route.
    pub unfiled: Vec<Output>,
}

impl Plan {
    /// The output that answers a path of the site. Private outputs answer none.
    pub fn find(&self, path: &str) -> Option<&Output> {
        self.at(path).filter(|output| !output.route.is_private()).or_else(|| self.unfiled(path))
    }

    /// The private output that has this route, or would have it if it were not private.
    pub fn find_private(&self, route: &str) -> Option<&Output> {
        let route = Route::read_back(route).ok()?;
        if route.is_private() { self.at(route.as_str()) } else { self.at(Route::private(route.as_str()).as_str()) }
    }

    /// The former address without a file that has this path.
    fn unfiled(&self, path: &str) -> Option<&Output> {
        self.unfiled.binary_search_by(|output| output.route.as_str().cmp(path)).ok().map(|at| &self.unfiled[at])
    }

    fn at(&self, route: &str) -> Option<&Output> {
        self.outputs.binary_search_by(|output| output.route.as_str().cmp(route)).ok().map(|at| &self.outputs[at])
    }
}
