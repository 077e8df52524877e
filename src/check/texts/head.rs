//! Rules about an article's front matter: headline, summary, sources, status.

use jiff::SignedDuration;

use crate::base::date::Moment;
use crate::base::rules;
use crate::base::text::plural;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::head::{ArticleHead, Status, StoryKind, UpdateKind};
use crate::content::markdown::Block;
use crate::site::Site;
use crate::site::documents::appearance;
use crate::site::urls_lock::Recorded;

/// Search engines and social networks truncate longer headlines.
const HEADLINE: usize = 110;
/// A text with at least this many `we` is its authors' own account, and its own source.
const OWN: usize = 3;
/// After this long without changes a story is no longer developing.
const SILENCE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A headline is longer than 110 characters.
pub(in crate::check) fn long_headline(subject: &Subject<'_>, found: &mut Findings) {
    let Some(head) = subject.article() else { return };
    let length = head.title.chars().count();
    if length > HEADLINE {
        let message = format!("this headline has {length} characters; many places cut it after {HEADLINE}");
        let help = "shorten it, and leave the rest to the `summary`";
        found.push(rules::LONG_HEADLINE, subject.document.place(&["title"]), message, help);
    }
}

/// An article without a `summary`.
pub(in crate::check) fn missing_dek(subject: &Subject<'_>, found: &mut Findings) {
    if subject.article().is_some_and(|head| head.summary.is_none() && !is_withdrawn(head)) {
        let help = "say in a sentence or two what it is about: lists, feeds and search engines show it";
        found.push(rules::MISSING_DEK, subject.top(), "this article has no `summary`", help);
    }
}

fn is_withdrawn(head: &ArticleHead) -> bool {
    head.updates.iter().any(|update| update.kind == UpdateKind::Withdrawn)
}

/// The `summary` repeats the first sentence of the text.
pub(in crate::check) fn dek_repeats(subject: &Subject<'_>, found: &mut Findings) {
    let Some(summary) = subject.article().and_then(|head| head.summary.as_deref()) else { return };
    let Some(block) = subject.prose.first_paragraph() else { return };
    if repeats(summary, block) {
        let key = if subject.document.front.lines().any(|line| line.starts_with("summary")) {
            "summary"
        } else {
            "description"
        };
        let help = "say something that the text says later, or what it means";
        let place = subject.document.place(&[key]);
        found.push(rules::DEK_REPEATS, place, "the summary repeats the first sentence of the text", help);
    }
}

/// Whether a summary equals the first sentences of a block.
fn repeats(summary: &str, block: &Block) -> bool {
    const SHORT: usize = 4;
    let same = |one: &str, other: &str| letters(one).eq(letters(other));
    let is_word = |token: &&str| token.contains(char::is_alphanumeric);
    let mut tokens = block.text.split_whitespace().filter(is_word);
    let mut matched = 0;
    let mut last = "";
    for word in summary.split_whitespace().filter(is_word) {
        match tokens.next() {
            Some(token) if same(word, token) => last = token,
            _ => return false,
        }
        matched += 1;
    }
    let is_end = last.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', '…']);
    let is_cut = summary.trim_end().ends_with('…') || summary.trim_end().ends_with("...");
    matched >= SHORT && (is_end || is_cut || tokens.next().is_none())
}

/// The letters and digits of a word in lower case.
fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// An article without a source: none in the front matter, no agency, no link, and no attribution.
pub(in crate::check) fn no_source(subject: &Subject<'_>, found: &mut Findings) {
    let Some(head) = subject.article() else { return };
    // An opinion needs no source. A translation or reprint has those of its original.
    let is_exempt = head.kind == StoryKind::Opinion
        || head.canonical.is_some()
        || head.translation_of.is_some()
        || is_withdrawn(head);
    let in_head = !head.sources.is_empty()
        || head.dateline.as_ref().is_some_and(|dateline| dateline.agency.is_some())
        || head.facts.iter().any(|fact| fact.source.is_some());
    if is_exempt || in_head || has_link(subject) || says_who(subject) {
        return;
    }
    let help = "name under `sources:` whom or what it comes from, or link to it in the text";
    found.push(rules::NO_SOURCE, subject.top(), "nothing says where this comes from", help);
}

fn has_link(subject: &Subject<'_>) -> bool {
    // A link to an earlier story is a source; a link within the text is not.
    subject.prose.links.iter().any(|link| !link.target.starts_with('#'))
        || ["<a ", "<A "].iter().any(|tag| subject.text[subject.body..].contains(tag))
        || subject.prose.plain.contains("://")
}

/// Whether the text attributes something: by English words of attribution, by first-person reporting, or, in any
/// language, by a quotation.
fn says_who(subject: &Subject<'_>) -> bool {
    const SAYING: [&str; 28] = [
        "said",
        "says",
        "say",
        "told",
        "tells",
        "announced",
        "announces",
        "according",
        "reported",
        "reports",
        "wrote",
        "writes",
        "stated",
        "states",
        "confirmed",
        "denied",
        "added",
        "asked",
        "testified",
        "warned",
        "argued",
        "argues",
        "explained",
        "explains",
        "declined",
        "estimates",
        "estimated",
        "published",
    ];
    const SELF: [&str; 5] = ["we", "our", "us", "i", "my"];
    let plain = &subject.prose.plain;
    if plain.contains(['“', '„', '«', '「']) {
        return true;
    }
    let is_one = |word: &str, known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    let mut own = 0;
    subject.is_english()
        && plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
            own += usize::from(word.len() <= 3 && word != "US" && is_one(word, &SELF));
            own >= OWN || is_one(word, &SAYING)
        })
}

/// `date` is later than the first appearance that `urls.lock` has recorded.
pub(in crate::check) fn kept_date(subject: &Subject<'_>, found: &mut Findings) {
    let Some(head) = subject.article() else { return };
    let Site { config, lock, .. } = subject.site;
    if let Some(Recorded::At(at)) = appearance::recorded(&subject.document, config, lock.as_deref())
        && head.date.instant() > at.instant()
    {
        let message =
            format!("readers have had this story since {}: pages and lists go by that", at.short(&config.zone));
        let help = "put `date` back, or correct the end of the story’s line in `urls.lock`";
        found.push(rules::KEPT_DATE, subject.document.place(&["date"]), message, help);
    }
}

/// A developing story, or live coverage that has not ended, has not changed for a week.
pub(in crate::check) fn stale_developing(subject: &Subject<'_>, found: &mut Findings) {
    let goes_on = |head: &&ArticleHead| match head.status {
        Some(Status::Developing) => true,
        Some(Status::Final) => false,
        None => head.live.is_some(),
    };
    let Some(own) = subject.article().filter(|head| head.status != Some(Status::Final)) else { return };
    // With the entries that are in files of their own.
    let whole = subject.site.article_at(subject.path()).filter(|_| own.kind == StoryKind::Live);
    let Some(head) = Some(whole.map_or(own, |article| &article.head)).filter(goes_on) else { return };
    let first = appearance::later(head.date, head.embargo).instant();
    let entry = head.live.and_then(|live| live.last).map(Moment::instant);
    let last = head.updates.iter().map(|update| update.at.instant()).chain(entry).fold(first, Ord::max);
    let silent = subject.site.as_of.instant().duration_since(last);
    if silent > SILENCE {
        let days = usize::try_from(silent.as_hours() / 24).unwrap_or(0);
        let (what, key) = match head.status {
            Some(_) => ("this story is `developing`", "status"),
            None => ("this live coverage has not ended", "kind"),
        };
        let message = format!("{what}, and has not changed for {}", plural(days, "day", "days"));
        let help = "write what is new, or set `status: final`";
        found.push(rules::STALE_DEVELOPING, subject.document.place(&[key]), message, help);
    }
}
