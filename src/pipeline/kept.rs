//! The site of the last run in this process, for `serve` and `watch`: when only words in some articles have changed, the site
//! and its plan are taken over, and neither is made anew.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::codes;
use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};
use crate::config::Config;
use crate::plan::{self, Plan, SiteContext};
use crate::site::{self, Site, SiteInputs, UrlsLock};

/// The configuration of a further language, and the list of published addresses of its host.
pub(super) type OtherLanguage = (Arc<Config>, Option<Arc<UrlsLock>>);

/// An assembled site with what it was assembled from, as far as the site itself does not tell, and what follows from it.
#[derive(Debug)]
pub(super) struct KeptSite {
    config: Digest,
    /// Whether files have errors. What such a file explains depends on all of it, so that nothing is taken over then.
    has_unread: bool,
    /// The instant until which the same sources give the same site.
    until: Option<Moment>,
    site: Arc<Site>,
    /// The sites of the editions in further languages, those on other hosts too.
    others: Vec<Arc<Site>>,
    /// The problems of assembly.
    assembled: Report,
    /// The plan, with its problems, once it is made.
    planned: Option<(Arc<Plan>, Report)>,
    /// The scripts for which templates asked when it was made.
    asked: Vec<&'static str>,
}

impl KeptSite {
    /// Assembles the site, or takes it over from the last run. `others` are the configurations of further languages, each of
    /// which has a site of its own, with the list of addresses of its host.
    pub(super) fn assemble(last: Option<Self>, inputs: SiteInputs, others: Vec<OtherLanguage>) -> Self {
        let (config, has_unread) = (inputs.config.digest(), !inputs.unread.is_empty());
        let may_stay = |last: &Self| last.config == config && !last.has_unread && !has_unread;
        if let Some(last) = last.filter(may_stay)
            && let Some((site, others)) = last.reworded(&inputs, &others)
        {
            return Self { site, others, ..last };
        }
        let assemble = |(config, lock)| site::assemble(SiteInputs { config, lock, ..inputs.clone() });
        let mut others: Vec<(Site, Report)> = others.into_par_iter().map(assemble).collect();
        let (site, mut assembled) = site::assemble(inputs);
        used_in_any(&mut assembled, &mut others);
        let mut reported = |(other, said): (Site, Report)| {
            // The problems of an edition on another host are for its own build.
            assembled.extend(if other.config.host == site.config.host { said } else { Report::default() });
            Arc::new(other)
        };
        let others: Vec<Arc<Site>> = others.into_iter().map(&mut reported).collect();
        let until = std::iter::once(&site).chain(others.iter().map(|site| &**site)).filter_map(Site::stays_until);
        let until = until.min_by_key(|at| at.instant());
        Self { config, has_unread, until, site: Arc::new(site), others, assembled, planned: None, asked: Vec::new() }
    }

    /// The site with other words, and those of further languages; `None` when one of them must be assembled anew.
    fn reworded(&self, inputs: &SiteInputs, others: &[OtherLanguage]) -> Option<(Arc<Site>, Vec<Arc<Site>>)> {
        let Self { site, until, .. } = self;
        let is_same = inputs.scope == site.scope
            && inputs.as_of.instant() >= site.as_of.instant()
            && until.is_none_or(|until| inputs.as_of.instant() < until.instant())
            && inputs.as_of.is_day_only() == site.as_of.is_day_only()
            && inputs.lock == site.lock
            && *inputs.assets == *site.assets
            && *inputs.statics == *site.statics
            && inputs.data == site.data
            && self.others.len() == others.len()
            && self.others.iter().zip(others).all(|(known, (_, lock))| known.lock == *lock);
        if !is_same {
            return None;
        }
        let planned = self.planned.as_ref().map(|(_, said)| said);
        let said: Vec<&Report> = std::iter::once(&self.assembled).chain(planned).collect();
        let reworded = |site: &Site| site.reworded(&inputs.documents, inputs.as_of, &said).map(Arc::new);
        Some((reworded(site)?, self.others.iter().map(|other| reworded(other)).collect::<Option<_>>()?))
    }

    /// The sites of the editions in further languages, those on other hosts too.
    pub(super) fn others(&self) -> impl Iterator<Item = Arc<Site>> {
        self.others.iter().map(Arc::clone)
    }

    /// The site, and the problems of its assembly.
    pub(super) fn site(&self) -> (Arc<Site>, Report) {
        (Arc::clone(&self.site), self.assembled.clone())
    }

    /// The plan of the site.
    pub(super) fn plan(&mut self, context: &SiteContext) -> (Arc<Plan>, Report) {
        if self.asked != context.asked() {
            (self.planned, self.asked) = (None, context.asked().to_vec());
        }
        let (plan, said) = self.planned.get_or_insert_with(|| {
            let (plan, said) = plan::plan(context);
            (Arc::new(plan), said)
        });
        (Arc::clone(plan), said.clone())
    }
}

/// Leaves only those files reported as unused that no language uses.
fn used_in_any(main: &mut Report, others: &mut [(Site, Report)]) {
    let unused = |report: &Report| -> HashSet<Diagnostic> {
        report.diagnostics().iter().filter(|problem| problem.code == codes::UNUSED_FILE).cloned().collect()
    };
    let all: Vec<HashSet<Diagnostic>> = others.iter().map(|(_, report)| unused(report)).collect();
    let is_right =
        |problem: &Diagnostic| problem.code != codes::UNUSED_FILE || all.iter().all(|unused| unused.contains(problem));
    *main = std::mem::take(main).only(is_right);
    for (_, report) in others {
        *report = std::mem::take(report).only(|problem| problem.code != codes::UNUSED_FILE);
    }
}
