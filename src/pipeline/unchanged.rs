//! The fast path for builds that have nothing to do: same sources, settings and templates, before the next scheduled
//! change.

use serde::{Deserialize, Serialize};

use super::build_cache::BuildCache;
use super::build_options::{BuildOptions, open};
use super::input::now::moment;
use super::input::request::Request;
use super::prepare::{Prepared, rescan_sources};
use crate::base::date::Moment;
use crate::base::digest::{Digest, Digester};
use crate::base::disk;
use crate::base::report::Report;
use crate::config::Config;
use crate::content::gather;
use crate::publish;
use crate::site::{self, Site};

/// The counts of a site, for the summary of a build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The number of articles with a page.
    pub articles: usize,
    /// The number of HTML pages for readers, without redirects.
    pub pages: usize,
    /// The number of withheld documents.
    pub withheld: usize,
    /// The next instant at which the site changes without an edit: a story appears or expires.
    pub next_change: Option<Moment>,
    /// The IANA name of the site's time zone.
    pub zone: String,
}

impl Overview {
    pub(super) fn of(prepared: &Prepared) -> Self {
        let site = prepared.site();
        Self {
            articles: prepared.sites().map(|site| site.articles.len()).sum(),
            pages: prepared.plan.outputs.iter().filter(|output| output.is_page()).count(),
            withheld: site.withheld.len(),
            next_change: prepared.sites().filter_map(Site::next_change).min_by_key(|at| at.instant()),
            zone: site.config.zone.name().to_owned(),
        }
    }
}

/// Returns the digest of all inputs of a site: program, configuration, scope, `urls.lock`, templates, data, sources. Returns
/// none when one of them cannot be read.
pub(super) fn inputs(request: &Request, config: &Config, cache: &mut BuildCache) -> Option<Digest> {
    rescan_sources(request, config, cache);
    let bounds = gather::bounds(&request.root, Some(config));
    let (templates, report) = gather::templates(&request.root, &bounds);
    let (data, said) = gather::data(&request.root, &bounds);
    let is_whole = report.is_empty() && said.is_empty() && gather::missing_folders(&request.root, config).is_empty();
    if !is_whole || !cache.sources.is_whole() {
        return None;
    }
    let mut digester = Digester::new();
    digester.part(crate::base::BUILD.as_bytes()).digest(config.digest()).value(&request.scope);
    // Topics keep their addresses by the lists of their hosts, and pages name topics on other hosts.
    for name in config.hosts().map(site::urls_lock::name) {
        digester.part(&disk::read(&request.root.join(name)).unwrap_or_default());
    }
    for texts in [&templates, &data] {
        digester.value(&texts.len());
        for (name, text) in texts {
            digester.part(name.as_bytes()).part(text.as_bytes());
        }
    }
    cache.sources.digest(&mut digester);
    Some(digester.finish())
}

/// The note that is stored with a publication, and returned again when nothing has changed.
pub(super) type Note = (Overview, Report);

/// Returns the stored note and the summary when the output folder is already up to date; none when a build is needed,
/// or an option asks for one.
pub(super) fn unchanged(
    request: &Request,
    config: &Config,
    options: &BuildOptions,
    inputs: Digest,
) -> Option<(Overview, Report, publish::Summary)> {
    if options.clean || options.verify || options.deny.warnings || options.deny.withheld || options.deny.mentions {
        return None;
    }
    let now = moment(&request.now, config).0?;
    let record = publish::BuildRecord::find(&options.output, inputs, now)?;
    let (overview, report): Note = serde_json::from_str(&record.note).ok()?;
    let mut publication = open(request, options).ok()?;
    if !publication.keep_all(&record) {
        return None;
    }
    publication.set_build_record(record);
    Some((overview, report, publication.commit().ok()?))
}
