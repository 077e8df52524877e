//! Text files at fixed addresses: `robots.txt`, `llms.txt`, `trust.txt` and `security.txt`.

use std::fmt::Write as _;

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::plan::outputs::feed_files::is_site_fed;
use crate::plan::{Output, OutputKind, Plan, SiteContext, Sitemap, TextFile, TextKind};
use crate::site::StoryId;
use crate::site::stories::StorySource;

/// Stories that `llms.txt` names.
const NAMED: usize = 20;
/// Days before the end of `security.txt` from which on a build warns.
const RENEW_DAYS: i64 = 30;

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    let config = &context.site.config;
    // They are for the whole site.
    if !config.is_root() {
        return;
    }
    let mut texts = vec![("/robots.txt", TextFile::Robots), ("/llms.txt", TextFile::Llms)];
    if config.trust.is_some() {
        texts.extend([("/trust.txt", TextFile::Trust), ("/.well-known/trust.txt", TextFile::Trust)]);
    }
    if config.security.is_some() {
        texts.push(("/.well-known/security.txt", TextFile::Security));
    }
    for (route, file) in texts {
        let route = Route::own(route);
        if !context.has_own(&route) {
            outputs.push(Output { route, kind: OutputKind::Text(TextKind::Machine(file)), doc: None });
        }
    }
}

pub(in crate::plan) fn text_file(context: &SiteContext, plan: &Plan, file: TextFile) -> String {
    match file {
        TextFile::Robots => robots(context, plan),
        TextFile::Llms => llms(context),
        TextFile::Trust => trust(context),
        TextFile::Security => security(context),
    }
}

fn robots(context: &SiteContext, plan: &Plan) -> String {
    let config = &context.site.config;
    let absolute = |route: &str| config.base_url.absolute(route);
    let mut text = String::new();
    let mut line =
        |words: std::fmt::Arguments<'_>| writeln!(text, "{words}").expect("writing to a string does not fail");
    for crawler in &config.blocked_crawlers {
        line(format_args!("User-agent: {crawler}"));
    }
    if !config.blocked_crawlers.is_empty() {
        line(format_args!("Disallow: /\n"));
    }
    line(format_args!("User-agent: *\nAllow: /\n\nSitemap: {}", absolute("/sitemap.xml")));
    // Sitemaps of other languages have indexes of their own.
    let is_index = |output: &&Output| matches!(output.kind.plain(), OutputKind::Text(TextKind::SitemapIndex));
    let others = plan.outputs.iter().filter(is_index).filter(|output| output.route.as_str() != "/sitemap.xml");
    let is_news =
        |output: &&Output| matches!(output.kind.plain(), OutputKind::Text(TextKind::Sitemap(Sitemap::News(_))));
    for output in others.chain(plan.outputs.iter().filter(is_news)) {
        line(format_args!("Sitemap: {}", absolute(output.route.as_str())));
    }
    text
}

/// Escapes text for the brackets of a Markdown link.
fn bracketed(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// The form of llmstxt.org: a title, a quote, and lists of links.
fn llms(context: &SiteContext) -> String {
    let site = &context.site;
    let config = &site.config;
    let mut text = format!("# {}\n", config.title);
    if let Some(description) = &config.description {
        text.push_str(&format!("\n> {}\n", description.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    let mut list = |heading: &str, links: Vec<(String, String, Option<String>)>| {
        if links.is_empty() {
            return;
        }
        text.push_str(&format!("\n## {heading}\n\n"));
        for (title, address, words) in links {
            let words = words.map(|words| format!(": {words}")).unwrap_or_default();
            text.push_str(&format!("- [{}]({address}){words}\n", bracketed(&title)));
        }
    };
    let absolute = |route: &str| config.base_url.absolute(route);
    let edition =
        site.editions.first().map(|edition| (context.briefing_title(edition), absolute(edition.route.as_str()), None));
    list(&context.say("llms_briefing"), edition.into_iter().collect());
    let stories =
        (0..site.stories.len()).map(StoryId).filter(|id| matches!(site.story(*id).kind, StorySource::Article(_)));
    let stories = stories.take(NAMED).map(|id| {
        let card = context.card(id);
        (
            card.title.clone(),
            context.absolute_link(&card.url),
            card.summary.as_deref().map(|dek| text::truncate(dek, 240)),
        )
    });
    list(&context.say("llms_stories"), stories.collect());
    let standing = site
        .pages
        .iter()
        .filter(|page| !page.head.noindex)
        .map(|page| (page.head.title.clone(), absolute(page.route.as_str()), page.head.summary.clone()));
    list(&context.say("llms_about"), standing.collect());
    let lists = [
        ("topics", "/topics/"),
        ("archive", "/archive/"),
        ("llms_feed", "/feed.xml"),
        ("llms_sitemap", "/sitemap.xml"),
    ];
    let lists = lists.into_iter().filter(|(_, route)| *route != "/feed.xml" || is_site_fed(site));
    list(&context.say("llms_lists"), lists.map(|(name, route)| (context.say(name), absolute(route), None)).collect());
    text
}

fn trust(context: &SiteContext) -> String {
    let lines = context.site.config.trust.iter().flatten();
    lines.map(|(name, value)| format!("{name}={value}\n")).collect()
}

fn security(context: &SiteContext) -> String {
    let config = &context.site.config;
    let Some(security) = &config.security else { return String::new() };
    let mut text = String::new();
    for (field, value) in &security.fields {
        text.push_str(&format!("{field}: {}\n", context.absolute(value)));
    }
    let canonical = config.base_url.absolute("/.well-known/security.txt");
    text.push_str(&format!("Expires: {}\nCanonical: {canonical}\n", context.instant(security.expires)));
    text
}

/// Warns of a `security.txt` that has expired or soon will, and of settings for crawlers that contradict each other.
pub(in crate::plan) fn check(context: &SiteContext, report: &mut Report) {
    let config = &context.site.config;
    if !config.is_root() {
        return;
    }
    if let Some(security) = &config.security {
        let left = security.expires.instant().duration_since(context.site.as_of.instant()).as_hours();
        let problem = if left < 0 {
            "`security.txt` is no longer to be relied on: its `expires` has passed"
        } else if left < RENEW_DAYS * 24 {
            "`security.txt` ends in less than 30 days"
        } else if left > 366 * 24 {
            "`expires` of `security.txt` is more than a year ahead"
        } else {
            ""
        };
        if !problem.is_empty() {
            let problem = Diagnostic::warning(codes::BAD_VALUE, problem).at(config.place(&["security", "expires"]));
            report.push(problem.help("set `security: {expires: …}` to a day within the next year (RFC 9116)"));
        }
    }
    let trains = config.trust.iter().flatten().any(|(name, value)| *name == "datatrainingallowed" && value == "yes");
    if trains && !config.blocked_crawlers.is_empty() {
        let problem = Diagnostic::warning(
            codes::CONFLICT,
            "`trust` allows training, and `robots` blocks crawlers that may train",
        );
        report.push(problem.at(config.place(&["trust", "datatrainingallowed"])).help("say the same in both"));
    }
}
