//! The fast path for builds that have nothing to do: same sources, settings and templates, before the next scheduled
//! change.

use serde::{Deserialize, Serialize};

use super::configure::configure;
use super::how::{Publish, open};
use super::memory::BuildCache;
use super::now::moment;
use super::prepare::{Prepared, rescan_sources};
use super::request::Request;
use crate::base::date::Moment;
use crate::base::digest::{Digest, Digester};
use crate::base::disk;
use crate::base::report::Report;
use crate::content::gather;
use crate::publish;
use crate::site;

/// How much there is of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Articles.
    pub articles: usize,
    /// Pages that readers open.
    pub pages: usize,
    /// Documents that are withheld.
    pub withheld: usize,
    /// When the site next changes by itself.
    pub next_change: Option<Moment>,
    /// The desk's time zone.
    pub zone: String,
}

impl Overview {
    pub(super) fn of(prepared: &Prepared) -> Self {
        let site = prepared.site();
        Self {
            articles: site.articles.len(),
            pages: prepared.plan.outputs.iter().filter(|output| output.is_page()).count(),
            withheld: site.withheld.len(),
            next_change: site.next_change(),
            zone: site.config.zone.name().to_owned(),
        }
    }
}

/// The digest of all that a site is made from; none when not all of it can be read.
pub(super) fn inputs(request: &Request, memory: &mut BuildCache) -> Option<Digest> {
    let config = configure(request).0?;
    rescan_sources(request, &config, memory);
    let (templates, report) = gather::templates(&request.root, &gather::bounds(&request.root, Some(&config)));
    let is_whole = report.is_empty() && gather::missing_folders(&request.root, &config).is_empty();
    if !is_whole || !memory.sources.is_whole() {
        return None;
    }
    let mut digester = Digester::new();
    digester.part(crate::base::BUILD.as_bytes()).digest(config.digest()).value(&request.scope);
    digester.part(&disk::read(&request.root.join(site::lock::NAME)).unwrap_or_default());
    for (name, text) in &templates {
        digester.part(name.as_bytes()).part(text.as_bytes());
    }
    memory.sources.digest(&mut digester);
    Some(digester.finish())
}

/// What is said of a publication again when nothing has changed.
pub(super) type Note = (Overview, Report);

/// What is said of the output folder, when it is already what the site would be made into.
pub(super) fn unchanged(
    request: &Request,
    how: &Publish,
    inputs: Digest,
) -> Option<(Overview, Report, publish::Summary)> {
    if how.clean || how.verify || how.deny.warnings || how.deny.withheld || how.deny.mentions {
        return None;
    }
    let now = moment(&request.now, &configure(request).0?).0?;
    let settled = publish::BuildRecord::find(&how.output, inputs, now)?;
    let (overview, report): Note = serde_json::from_str(&settled.note).ok()?;
    let mut publication = open(request, how).ok()?;
    if !publication.keep_all(&settled) {
        return None;
    }
    publication.settle(settled);
    Some((overview, report, publication.commit().ok()?))
}
