//! The environment of a command: the site's folder, the clock, environment variables.

use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;

use super::args::{AsOf, Globals};
use crate::base::codes;
use crate::base::date::Zone;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::pipeline::{self, Now, Request};
use crate::site::Scope;

/// File names of a configuration, the preferred one first.
pub(super) const CONFIGS: [&str; 2] = ["dateline.yaml", "dateline.yml"];

/// The location of a site.
pub(super) struct SiteLocation {
    /// Root folder.
    pub(super) root: PathBuf,
    /// Configuration file.
    pub(super) config: PathBuf,
    /// The language whose host is meant; `None` for that of the main edition.
    pub(super) language: Option<String>,
}

impl SiteLocation {
    /// The default output folder: `public`, or one for the host of a language.
    pub(super) fn output(&self) -> PathBuf {
        pipeline::output(&self.root, self.language.as_deref())
    }

    /// A path below the root folder, without a leading `./`.
    pub(super) fn below(&self, path: &str) -> PathBuf {
        below(&self.root, path)
    }
}

/// A path below `root`, without a leading `./`.
pub(super) fn below(root: &Path, path: &str) -> PathBuf {
    if root == Path::new(".") { PathBuf::from(path) } else { disk::join(root, path) }
}

/// The site given by the options, or the one around the current folder.
pub(super) fn place(globals: &Globals) -> Result<SiteLocation, Diagnostic> {
    let language = globals.language.clone();
    let missing = |what: String| {
        Err(Diagnostic::error(codes::CONFIG_MISSING, what)
            .help("name the site's folder with `--root`, or start a site with `dateline init`"))
    };
    match (&globals.root, &globals.config) {
        (_, Some(config)) if !disk::exists(config) => missing(format!("there is no `{}`", config.display())),
        (Some(root), Some(config)) => Ok(SiteLocation { root: root.clone(), config: config.clone(), language }),
        (None, Some(config)) => {
            let folder = config.parent().filter(|folder| !folder.as_os_str().is_empty());
            Ok(SiteLocation { root: folder.unwrap_or(Path::new(".")).to_owned(), config: config.clone(), language })
        }
        (Some(root), None) => match config_in(root) {
            Some(config) => Ok(SiteLocation { config: below(root, config), root: root.clone(), language }),
            None => missing(format!("there is no `{}` in `{}`", CONFIGS[0], root.display())),
        },
        (None, None) => {
            let here = std::env::current_dir().map_err(|error| disk::Error::new("find", Path::new("."), error))?;
            let mut root = PathBuf::from(".");
            for (depth, folder) in here.ancestors().enumerate() {
                if let Some(config) = config_in(folder) {
                    return Ok(SiteLocation { config: below(&root, config), root, language });
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

/// The path of a file relative to the site's root, with `/`. A file is named as seen from the current folder, or as messages
/// name it, from the root.
pub(super) fn within(place: &SiteLocation, file: &Path) -> String {
    let slashed = disk::slashed(file);
    let plain = |path: &Path| {
        let mut plain = PathBuf::new();
        for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
            match part {
                Component::ParentDir => drop(plain.pop()),
                part => plain.push(part),
            }
        }
        plain
    };
    let inside = plain(file).strip_prefix(plain(&place.root)).ok().map(disk::slashed);
    let is_seen = disk::exists(file) || file.is_absolute() || !disk::exists(&place.below(&slashed));
    inside.filter(|_| is_seen).unwrap_or(slashed)
}

/// A request for the site as it would be published, to be adjusted by each command.
pub(super) fn request(place: &SiteLocation, as_of: AsOf, scope: Scope) -> Result<Request, Diagnostic> {
    let now = match as_of.now {
        Some(text) => Now::Text(text),
        None => Now::Clock(clock()?),
    };
    let SiteLocation { root, config, language } = place;
    let (root, config, language) = (root.clone(), config.clone(), language.clone());
    Ok(Request { root, config, language, base_url: None, origin: None, now, scope })
}

/// The environment variable that replaces the clock.
const CLOCK: &str = "SOURCE_DATE_EPOCH";

/// The clock of a command that runs on; `None` when the site is made as of one instant.
pub(super) fn live_clock(as_of: &AsOf) -> Option<fn() -> Timestamp> {
    let is_set = as_of.now.is_some() || std::env::var_os(CLOCK).is_some_and(|text| !text.is_empty());
    if is_set { None } else { Some(Timestamp::now) }
}

/// The clock, or `SOURCE_DATE_EPOCH`.
pub(super) fn clock() -> Result<Timestamp, Diagnostic> {
    let Some(text) = std::env::var_os(CLOCK).filter(|text| !text.is_empty()) else { return Ok(Timestamp::now()) };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
        Diagnostic::error(codes::USAGE, format!("`{CLOCK}` is `{}`, which is not a time", text.to_string_lossy()))
            .help("it holds whole seconds since 1970-01-01 00:00 UTC")
    })
}

/// Bytes that nobody can guess.
pub(super) fn random() -> Result<[u8; 16], Diagnostic> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Diagnostic::error(codes::IO, format!("this machine gives no random numbers: {error}")))?;
    Ok(bytes)
}

/// The machine's time zone, if its name is known.
pub(super) fn machine_zone() -> Zone {
    let system = jiff::tz::TimeZone::system();
    // Machines on UTC spell their zone in many ways.
    let name = system.iana_name().filter(|name| !name.starts_with("Etc/"));
    name.and_then(Zone::new).unwrap_or_else(Zone::utc)
}

/// Folders that must never become outputs.
pub(super) fn protected() -> Vec<PathBuf> {
    home().into_iter().collect()
}

/// The user's home folder.
pub(super) fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// Environment variables; values that are not UTF-8 are left out.
#[cfg(feature = "deploy")]
pub(super) fn environment() -> std::collections::BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
