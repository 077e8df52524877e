//! The desk: a page about the whole site for its editors. It exists only in the preview server, never in an output.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::findings;
use super::gate;
use super::html::OWN;
use super::live_site::{Rebuild, SiteVersion, State};
use super::server::Server;
use super::stories::{self, Draft, Query, Stories, StoryLink, When};
use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::route::Route;
use crate::base::text::plural;
use crate::plan::{SiteContext, email};
use crate::render::{self, Standalone};
use crate::site::topics::near;
use crate::site::{Edition, Topic, TopicId};
use crate::watch::Cause;

/// The most findings, upcoming changes, topics and pairs of topics listed, each.
const LISTED: usize = 100;

/// The most editions listed with their e-mails.
const LETTERS: usize = 20;

/// The most file paths listed in one row.
const NAMED: usize = 5;

#[derive(Serialize)]
struct View {
    title: String,
    home: Option<String>,
    /// The instant that decides which stories are published.
    as_of: Option<When>,
    zone: Option<String>,
    /// Whether that instant follows the clock, rather than being fixed by an option.
    is_live: bool,
    /// Whether the latest rebuild had no errors, so that the newest sources are shown.
    is_good: bool,
    errors: usize,
    warnings: usize,
    stories: Option<Stories>,
    /// The list of findings as HTML; empty when there is none.
    findings: String,
    listed: usize,
    /// The number of findings, listed or not.
    found: usize,
    /// The token for actions; none when this server writes nothing.
    token: Option<String>,
    /// Whether the program was built with the import of wire copy.
    has_wire: bool,
    drafts: Vec<Draft>,
    all_drafts: usize,
    upcoming: Vec<Upcoming>,
    all_upcoming: usize,
    withheld: usize,
    letters: Vec<LetterRow>,
    all_letters: usize,
    pairs: Vec<Pair>,
    topics: Vec<TopicRow>,
    all_topics: usize,
    /// The number of topics with exactly one story.
    single_topics: usize,
    remade: Remade,
}

#[derive(Serialize)]
struct Upcoming {
    at: When,
    effect: &'static str,
    title: String,
    path: String,
}

/// One edition with the URLs of its e-mail.
#[derive(Serialize)]
struct LetterRow {
    title: String,
    date: String,
    url: String,
    text_url: String,
}

#[derive(Serialize)]
struct TopicRow {
    link: StoryLink,
    count: usize,
}

#[derive(Serialize)]
struct Pair {
    more: TopicRow,
    fewer: TopicRow,
    /// The file of the topic with fewer stories, if it has one, and those of its stories.
    files: Vec<String>,
    /// The number of such files that are not listed.
    others: usize,
}

#[derive(Serialize)]
struct Remade {
    cause: String,
    files: Vec<String>,
    others: usize,
    total: String,
    stages: Vec<StageRow>,
    documents: usize,
    stories: usize,
    outputs: usize,
}

#[derive(Serialize)]
struct StageRow {
    name: &'static str,
    time: String,
    /// The share of the longest stage, in percent.
    percent: u32,
}

/// Renders the desk with the stories that match the query. Fails when the desk's own template does.
pub(super) fn page(server: &Server, query: &Query) -> Result<String, Box<Diagnostic>> {
    let stage = &server.stage;
    let State { version, rebuild } = &stage.now();
    let version = version.as_deref();
    let context = version.map(|version| &*version.prepared.context);
    let findings = problems(rebuild, &stage.faults());
    let drafts = context.map(stories::drafts).unwrap_or_default();
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let view = View {
        title: context.map_or_else(|| "Dateline".to_owned(), |context| context.site.config.title.clone()),
        home: context.map(|context| context.link("/")),
        as_of: context.map(|context| When::new(context, context.site.as_of)),
        zone: context.map(|context| context.site.config.zone.name().to_owned()),
        is_live: rebuild.is_live,
        is_good: !rebuild.report.has_errors(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        stories: context.map(|context| stories::stories(context, query)),
        found: findings.len(),
        listed: findings.len().min(LISTED),
        findings: findings::list(findings.iter().take(LISTED))?,
        token: gate::is_open(server.bound).then(|| server.token.text().to_owned()),
        has_wire: cfg!(feature = "import"),
        all_drafts: drafts.len(),
        drafts: drafts.into_iter().take(LISTED).collect(),
        upcoming: context.map(upcoming).unwrap_or_default(),
        all_upcoming: context.map_or(0, |context| context.site.upcoming.len()),
        withheld: context.map_or(0, |context| context.site.withheld.len()),
        letters: context.map(letters).unwrap_or_default(),
        all_letters: context
            .filter(|context| has_letters(context))
            .map_or(0, |context| context.editions().map(|one| one.site.editions.len()).sum()),
        pairs: version.map(pairs).unwrap_or_default(),
        topics: context.map(topics).unwrap_or_default(),
        all_topics: context.map_or(0, |context| all_topics(context).count()),
        single_topics: context
            .map_or(0, |context| all_topics(context).filter(|(_, topic)| topic.stories.len() == 1).count()),
        remade: remade(rebuild, version),
    };
    Standalone::new(include_str!("desk.html"))?.render(&view)
}

/// All diagnostics, the most severe first: those of the last rebuild and those found when pages were rendered.
fn problems(rebuild: &Rebuild, faults: &BTreeMap<String, Report>) -> Vec<Diagnostic> {
    let mut findings = rebuild.report.diagnostics().to_vec();
    let problems = faults
        .iter()
        .flat_map(|(path, report)| report.diagnostics().iter().map(|problem| (Route::new(path).ok(), problem.clone())));
    findings.extend_from_slice(render::group(problems.collect()).diagnostics());
    findings.sort_by_key(|finding| Reverse(finding.severity));
    findings
}

fn upcoming(context: &SiteContext) -> Vec<Upcoming> {
    let changes = context.site.upcoming.iter().take(LISTED);
    changes
        .map(|change| Upcoming {
            at: When::new(context, change.at),
            effect: change.effect.word(),
            title: change.title.clone(),
            path: change.path.clone(),
        })
        .collect()
}

fn has_letters(context: &SiteContext) -> bool {
    context.site.config.email.is_some()
}

fn letters(context: &SiteContext) -> Vec<LetterRow> {
    let all = context.editions().flat_map(|one| one.site.editions.iter().map(move |edition| (one, edition)));
    let mut editions: Vec<(&SiteContext, &Edition)> = all.filter(|_| has_letters(context)).collect();
    editions.sort_by_key(|(_, edition)| Reverse(edition.date.instant()));
    let editions = editions.into_iter().take(LETTERS);
    editions
        .map(|(context, edition)| {
            let name = email::name(edition);
            LetterRow {
                title: context.briefing_title(edition),
                date: edition.date.date(&context.site.config.zone).to_string(),
                url: format!("{OWN}email/{name}/"),
                text_url: format!("{OWN}email/{name}.txt"),
            }
        })
        .collect()
}

fn topics(context: &SiteContext) -> Vec<TopicRow> {
    let mut topics: Vec<(&SiteContext, &Topic)> = all_topics(context).collect();
    topics.sort_by_key(|(_, topic)| Reverse(topic.stories.len()));
    topics.into_iter().take(LISTED).map(|(context, topic)| row(context, topic)).collect()
}

/// The topics in all languages, each with the edition that it is of.
fn all_topics(context: &SiteContext) -> impl Iterator<Item = (&SiteContext, &Topic)> {
    context.editions().flat_map(|one| one.site.topics.iter().map(move |topic| (one, topic)))
}

fn row(context: &SiteContext, topic: &Topic) -> TopicRow {
    let link = StoryLink { title: topic.title.clone(), url: context.link(topic.route().as_str()) };
    TopicRow { link, count: topic.stories.len() }
}

fn pairs(version: &SiteVersion) -> Vec<Pair> {
    let context = &version.prepared.context;
    let site = &context.site;
    let pairs = version.near_topics.get_or_init(|| near::topics(site));
    let pair = |(more, fewer): &(TopicId, TopicId)| {
        let rarer = site.topic(*fewer);
        let mut docs: Vec<_> = rarer.doc().into_iter().collect();
        docs.extend(rarer.stories.iter().map(|story| site.story(*story).doc));
        docs.dedup();
        Pair {
            more: row(context, site.topic(*more)),
            fewer: row(context, rarer),
            files: docs.iter().take(NAMED).map(|doc| site.document(*doc).path.clone()).collect(),
            others: docs.len().saturating_sub(NAMED),
        }
    };
    pairs.iter().take(LISTED).map(pair).collect()
}

fn remade(rebuild: &Rebuild, version: Option<&SiteVersion>) -> Remade {
    let (cause, files) = match &rebuild.cause {
        Cause::Start => ("the start".to_owned(), &[][..]),
        Cause::Due => ("a story that was due".to_owned(), &[][..]),
        Cause::Changed(files) => (plural(files.len(), "file that changed", "files that changed"), files.as_slice()),
    };
    let stages = rebuild.stages.done();
    let longest = stages.iter().map(|(_, time)| time.as_secs_f64()).fold(f64::MIN_POSITIVE, f64::max);
    #[expect(clippy::cast_sign_loss, reason = "no time is negative")]
    let percent = |seconds: f64| (seconds / longest * 100.0).round() as u32;
    Remade {
        cause,
        files: files.iter().take(NAMED).cloned().collect(),
        others: files.len().saturating_sub(NAMED),
        total: milliseconds(rebuild.stages.total().as_secs_f64()),
        stages: stages
            .iter()
            .map(|(name, time)| StageRow {
                name,
                time: milliseconds(time.as_secs_f64()),
                percent: percent(time.as_secs_f64()),
            })
            .collect(),
        documents: version.map_or(0, |version| documents(&version.prepared.context)),
        stories: version.map_or(0, |version| version.prepared.site().stories.len()),
        outputs: version.map_or(0, |version| version.prepared.plan.outputs.len()),
    }
}

fn documents(context: &SiteContext) -> usize {
    let site = &context.site;
    let editions = site.editions.iter().filter(|edition| edition.file.is_some()).count();
    let topics = site.topics.iter().filter(|topic| topic.file.is_some()).count();
    site.articles.len() + editions + topics + site.people.len() + site.pages.len() + site.withheld.len()
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.1} ms", seconds * 1000.0)
}
