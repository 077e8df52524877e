//! Files with which a host builds and publishes a site by itself, on each push and on a schedule.
//!
//! They are whole files in `ci/`, so that the hosts' own validators can check them; only the version of Dateline is
//! filled in.

use super::NewFile;

/// A host that builds the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages, by GitHub Actions.
    Github,
    /// GitLab Pages, by GitLab CI.
    Gitlab,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages, by GitHub Actions.
    Cloudflare,
}

const GITHUB: &[(&str, &str)] = &[(".github/workflows/publish.yml", include_str!("ci/github.yml"))];

const GITLAB: &[(&str, &str)] = &[(".gitlab-ci.yml", include_str!("ci/gitlab.yml"))];

const NETLIFY: &[(&str, &str)] = &[
    ("netlify.toml", include_str!("ci/netlify/netlify.toml")),
    ("netlify/build.sh", include_str!("ci/netlify/build.sh")),
    ("netlify/functions/publish.mjs", include_str!("ci/netlify/publish.mjs")),
    ("netlify/records/index.js", include_str!("ci/netlify/index.js")),
    ("netlify/records/manifest.yml", include_str!("ci/netlify/manifest.yml")),
];

const CLOUDFLARE: &[(&str, &str)] = &[(".github/workflows/cloudflare.yml", include_str!("ci/cloudflare.yml"))];

/// The files for `host`, which install this version of Dateline.
pub fn files(host: Host) -> Vec<NewFile> {
    let files = match host {
        Host::Github => GITHUB,
        Host::Gitlab => GITLAB,
        Host::Netlify => NETLIFY,
        Host::Cloudflare => CLOUDFLARE,
    };
    let fill = |text: &str| text.replace("@version@", env!("CARGO_PKG_VERSION"));
    files.iter().map(|(path, text)| NewFile::text(*path, fill(text))).collect()
}
