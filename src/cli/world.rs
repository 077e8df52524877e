//! What a command finds around it: the site's folder, the clock, the environment.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::args::{AsOf, Globals};
use crate::base::codes;
use crate::base::date::Zone;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::pipeline::{Now, Request};
use crate::site::Scope;

/// The names of a configuration, the better one first.
pub(super) const CONFIGS: [&str; 2] = ["dateline.yaml", "dateline.yml"];

/// A site on the disk.
pub(super) struct Place {
    /// Its folder.
    pub(super) root: PathBuf,
    /// Its configuration.
    pub(super) config: PathBuf,
}

impl Place {
    /// A path below the site's folder, without a `./` in front.
    pub(super) fn below(&self, path: &str) -> PathBuf {
        below(&self.root, path)
    }
}

/// A path below `root`, without a `./` in front.
pub(super) fn below(root: &Path, path: &str) -> PathBuf {
    if root == Path::new(".") { PathBuf::from(path) } else { disk::join(root, path) }
}

/// The site that the options name, or the one that we stand in.
pub(super) fn place(globals: &Globals) -> Result<Place, Diagnostic> {
    let missing = |what: String| {
        Err(Diagnostic::error(codes::CONFIG_MISSING, what)
            .help("name the site's folder with `--root`, or start a site with `dateline init`"))
    };
    match (&globals.root, &globals.config) {
        (_, Some(config)) if !disk::exists(config) => missing(format!("there is no `{}`", config.display())),
        (Some(root), Some(config)) => Ok(Place { root: root.clone(), config: config.clone() }),
        (None, Some(config)) => {
            let folder = config.parent().filter(|folder| !folder.as_os_str().is_empty());
            Ok(Place { root: folder.unwrap_or(Path::new(".")).to_owned(), config: config.clone() })
        }
        (Some(root), None) => match config_in(root) {
            Some(config) => Ok(Place { config: below(root, config), root: root.clone() }),
            None => missing(format!("there is no `{}` in `{}`", CONFIGS[0], root.display())),
        },
        (None, None) => {
            let here = std::env::current_dir().map_err(|error| disk::Error::new("find", Path::new("."), error))?;
            let mut root = PathBuf::from(".");
            for (depth, folder) in here.ancestors().enumerate() {
                if let Some(config) = config_in(folder) {
                    return Ok(Place { config: below(&root, config), root });
                }
                root = if depth == 0 { PathBuf::from("..") } else { root.join("..") };
            }
            missing(format!("there is no `{}` in this folder or above it", CONFIGS[0]))
        }
    }
}

fn config_in(folder: &Path) -> Option<&'static str> {
    CONFIGS.into_iter().find(|name| disk::exists(&folder.join(name)))
}

/// A request for a site as it would be published, to be refined.
pub(super) fn request(place: &Place, as_of: AsOf, scope: Scope) -> Result<Request, Diagnostic> {
    let now = match as_of.now {
        Some(text) => Now::Text(text),
        None => Now::Clock(clock()?),
    };
    Ok(Request { root: place.root.clone(), config: place.config.clone(), base_url: None, origin: None, now, scope })
}

/// What stands for the clock where it is set.
const CLOCK: &str = "SOURCE_DATE_EPOCH";

/// The clock of a command that goes on; none when the site is made as of one instant.
pub(super) fn live_clock(as_of: &AsOf) -> Option<&'static dyn Fn() -> Timestamp> {
    let is_set = as_of.now.is_some() || std::env::var_os(CLOCK).is_some_and(|text| !text.is_empty());
    if is_set { None } else { Some(&Timestamp::now) }
}

/// The clock, unless `SOURCE_DATE_EPOCH` stands for it.
pub(super) fn clock() -> Result<Timestamp, Diagnostic> {
    let Some(text) = std::env::var_os(CLOCK).filter(|text| !text.is_empty()) else { return Ok(Timestamp::now()) };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
        Diagnostic::error(codes::USAGE, format!("`{CLOCK}` is `{}`, which is no time", text.to_string_lossy()))
            .help("it holds whole seconds since 1970-01-01 00:00 UTC")
    })
}

/// The time zone of this machine, where it has a name that we know.
pub(super) fn machine_zone() -> Zone {
    let system = jiff::tz::TimeZone::system();
    // Machines that keep no local time name their zone in many ways.
    let name = system.iana_name().filter(|name| !name.starts_with("Etc/"));
    name.and_then(Zone::new).unwrap_or_else(Zone::utc)
}

/// Folders that are never outputs.
pub(super) fn protected() -> Vec<PathBuf> {
    home().into_iter().collect()
}

/// The user's home.
pub(super) fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// The environment; what is not UTF-8 in it is nothing that we read.
#[cfg(feature = "deploy")]
pub(super) fn environment() -> std::collections::BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
