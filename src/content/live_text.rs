//! The text of live coverage: an introduction, and an entry for each `##` heading that starts with a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::entry_head::EntryHead;
use super::entry_time::{EntryTime, Start};
use super::front::EntryFront;
use super::head::ArticleHead;
use super::markdown::{self, Body, Entry, Events, Ids, MarkdownSource, SectionHeading, Span, Words};
use crate::base::codes;
use crate::base::date::{Moment, Occurrence, Zone};
use crate::base::report::{Diagnostic, Report};
use crate::base::text;

/// The first line of a file, for an entry that has no heading.
const TOP: Span = Span { line: 1, column: 1, end_column: 4 };

/// An entry before its text is compiled.
struct Draft {
    heading: SectionHeading,
    at: Moment,
    /// Position of the time in the source.
    span: Span,
    /// The time as written.
    written: String,
    /// The anchor that its time makes.
    anchor: String,
    id: String,
    /// Index of the event after its text.
    end: usize,
}

/// Compiles the text of live coverage. One without a time in any heading is a text like others.
pub(super) fn compile(source: MarkdownSource<'_>, head: &ArticleHead) -> (Body, Report) {
    let mut report = Report::default();
    let events = report.take(Events::parse(source));
    let mut drafts = drafts(source, head, &events, &mut report);
    check_order(source, head, &drafts, &mut report);
    if is_newest_first(&drafts.iter().collect::<Vec<_>>()) {
        drafts.reverse();
    }
    drafts.sort_by_key(|draft| draft.at.instant());
    let mut ids = Ids::of([source.prefix]);
    claim_ids(source, &mut drafts, &mut ids, &mut report);

    let intro = drafts.iter().map(|draft| draft.heading.start).min().unwrap_or(events.len());
    let mut body = report.take(markdown::compile_part(source, &events, 0..intro, 1, &mut ids));
    for Draft { heading, at, id, end, .. } in drafts {
        let text = MarkdownSource { prefix: &id, shared: true, ..source };
        let mut own = report.take(markdown::compile_part(text, &events, heading.end..end, 3, &mut ids));
        let title = own.adopt(heading.title, heading.names);
        own.names.extend(heading.links);
        let (by, is_key, span) = (heading.by, heading.is_key, heading.span);
        body.entries.push(Arc::new(Entry { id, at, title, by, is_key, span, body: own }));
    }
    body.words += body.entries.iter().map(|entry| entry.words()).sum::<u32>();
    report.extend(ids.check());
    (body, report)
}

/// Compiles the text of an entry in a file of its own. The anchors in it start with its own, so that they are unique on the page
/// of its story whatever other files have.
pub(super) fn entry(source: MarkdownSource<'_>, front: EntryFront) -> ((EntryHead, Entry), Report) {
    let mut report = Report::default();
    let EntryFront { head, title, by, is_key, id } = front;
    let events = report.take(Events::parse(source));
    let mut ids = Ids::of([&*id]);
    // One that cannot be taken has been reported.
    ids.take(&id);
    let text = MarkdownSource { prefix: &id, shared: true, ..source };
    let body = report.take(markdown::compile_part(text, &events, 0..events.len(), 3, &mut ids));
    report.extend(ids.check());
    let at = head.embargo.filter(|embargo| embargo.instant() > head.date.instant()).unwrap_or(head.date);
    let title = title.map(Words::of).unwrap_or_default();
    let entry = Entry { id, at, title, by, is_key, span: TOP, body };
    ((head, entry), report)
}

/// The entries as written, in the order of the file.
fn drafts(source: MarkdownSource<'_>, head: &ArticleHead, events: &Events<'_>, report: &mut Report) -> Vec<Draft> {
    let zone = &source.config.zone;
    let mut day = head.date.date(zone);
    let mut drafts: Vec<Draft> = Vec::new();
    for start in events.sections() {
        let mut heading = events.entry_heading(start);
        let title = heading.title.start().to_owned();
        let mut problem = |words: &str, message: String, help: &str| {
            let place = events.in_heading(start, words).place(source.file);
            report.push(Diagnostic::error(codes::LIVE_ENTRY, message).at(place).help(help));
        };
        let time = match Start::of(&title) {
            Start::Time(time) => time,
            Start::Unreadable(written) => {
                problem(
                    written,
                    format!("`{written}` is not a time"),
                    "write it as `14:05`, or with its day as `2023-10-18 14:05`",
                );
                continue;
            }
            // Headings of the introduction.
            Start::Words if drafts.is_empty() => continue,
            Start::Words => {
                let help = "start it with its time, as in `## 14:05 Heading`; within an entry, write `###`";
                problem(title.trim(), "this heading of live coverage has no time".to_owned(), help);
                continue;
            }
        };
        // A day counts for the entries below it, up to the next one.
        match time.day.map(str::parse::<Date>) {
            Some(Ok(written)) => day = written,
            Some(Err(_)) => {
                problem(time.written, format!("`{}` is on no calendar", time.written), "correct the day");
                continue;
            }
            None => {}
        }
        let (at, shown) = match time.moment(day, zone) {
            Ok(found) => found,
            Err(error) => {
                problem(time.written, error.0, "write it as `14:05`, or with an offset as `14:05+08:00`");
                continue;
            }
        };
        if shown != Occurrence::Once {
            report.push(clock_change(source, &time, (at, shown), events.in_heading(start, time.written)));
        }
        report.extend(events.check_entry(start, &heading, source.file));
        for span in &heading.notes {
            let message = "a footnote in the heading of an entry has neither mark nor note: the heading is plain text";
            let problem = Diagnostic::warning(codes::FOOTNOTE, message).at(span.place(source.file));
            report.push(problem.help("move the mark into the text below"));
        }
        let (anchor, written, length) = (time.anchor(day), time.written.to_owned(), time.length);
        heading.title.drop_start(length);
        if let Some(before) = drafts.last_mut() {
            before.end = start;
        }
        let span = events.in_heading(start, &written);
        drafts.push(Draft { heading, at, span, written, anchor, id: String::new(), end: events.len() });
    }
    drafts
}

/// The instant that is used for a time that clocks skip or repeat.
fn clock_change(
    source: MarkdownSource<'_>,
    time: &EntryTime<'_>,
    (at, shown): (Moment, Occurrence),
    span: Span,
) -> Diagnostic {
    let zone = &source.config.zone;
    let how_often = if shown == Occurrence::Never { "never show" } else { "show twice" };
    let message = format!(
        "a time that the clocks of {} {how_often}: `{}` counts as {}",
        zone.name(),
        time.written,
        at.plain(zone)
    );
    let help = format!("write the offset: `## {}`", at.plain(zone).replacen(" +", "+", 1).replacen(" -", "-", 1));
    Diagnostic::note(codes::CLOCK_CHANGE, message).at(span.place(source.file)).help(help)
}

/// Whether entries stand with the newest first: by most pairs of neighbours, so that one that is out of order, or without its
/// day, decides nothing.
fn is_newest_first(drafts: &[&Draft]) -> bool {
    let falls = |one: &Draft, next: &Draft| one.at.instant().cmp(&next.at.instant()) as i64;
    let pairs: i64 = drafts.windows(2).map(|pair| falls(pair[0], pair[1])).sum();
    match drafts {
        [first, .., last] if pairs == 0 => falls(first, last) > 0,
        _ => pairs > 0,
    }
}

/// The entries that are older than their story and not just from the hours before it was published, by their indices. Such an
/// entry is most likely of the day after: it stands where the newest do.
fn strangers(drafts: &[Draft], from: Moment, zone: &Zone) -> BTreeSet<usize> {
    let is_early = |draft: &Draft| draft.at.instant() < from.instant();
    let late: Vec<&Draft> = drafts.iter().filter(|draft| !is_early(draft)).collect();
    let first = drafts.iter().position(|draft| !is_early(draft));
    let last = drafts.iter().rposition(|draft| !is_early(draft));
    let is_misplaced = |index: usize| {
        let is_among_newest =
            if is_newest_first(&late) { last.map(|last| index < last) } else { first.map(|first| index > first) };
        is_among_newest.unwrap_or(false)
    };
    let early = drafts.iter().enumerate().filter(|(_, draft)| is_early(draft));
    let strange = early.filter(|(index, draft)| draft.at.date(zone) < from.date(zone) || is_misplaced(*index));
    strange.map(|(index, _)| index).collect()
}

/// Reports entries that are older than the story, or not where they belong among the others.
fn check_order(source: MarkdownSource<'_>, head: &ArticleHead, drafts: &[Draft], report: &mut Report) {
    let zone = &source.config.zone;
    let starts = head.live.and_then(|live| live.starts);
    let from = starts.into_iter().chain([head.date]).min_by_key(|at| at.instant()).unwrap_or(head.date);
    let strangers = strangers(drafts, from, zone);
    for draft in strangers.iter().map(|index| &drafts[*index]) {
        let message = format!("the entry of {} is older than the story, of {}", draft.at.short(zone), from.short(zone));
        let problem = Diagnostic::error(codes::LIVE_ENTRY, message).at(draft.span.place(source.file));
        let (next, time) = (draft.at.date(zone).tomorrow(), draft.at.short(zone).split_off(11));
        let next = next.unwrap_or_else(|_| draft.at.date(zone));
        report.push(problem.help(format!(
            "if it is of another day, write that too: `## {next} {time}`; else correct its time, or say when coverage began: `live: {{starts: …}}`"
        )));
    }
    let others = drafts.iter().enumerate().filter(|(index, _)| !strangers.contains(index));
    let newest_first = is_newest_first(&others.map(|(_, draft)| draft).collect::<Vec<_>>());
    let first = if newest_first { "newest" } else { "oldest" };
    for (index, pair) in drafts.windows(2).enumerate() {
        let (before, own) = (&pair[0], &pair[1]);
        let (earlier, later) = if newest_first { (own, before) } else { (before, own) };
        let is_told = strangers.contains(&index) || strangers.contains(&(index + 1));
        if earlier.at.instant() > later.at.instant() && !is_told {
            let message = format!(
                "`{}` stands below `{}`, and this file has its {first} entry first",
                own.written, before.written
            );
            let problem = Diagnostic::error(codes::LIVE_ENTRY, message).at(own.span.place(source.file));
            let day = own.at.date(zone);
            let next = if newest_first { day.yesterday() } else { day.tomorrow() }.unwrap_or(day);
            let time = own.at.short(zone).split_off(11);
            report.push(problem.help(format!("move the entry, or write its day if it is another: `## {next} {time}`")));
        }
    }
}

/// Gives each entry its anchor: the one in its heading, else one made of its time. Of two entries of one minute, the later has a
/// number: an entry that is added does not change the anchors of those before it.
fn claim_ids(source: MarkdownSource<'_>, drafts: &mut [Draft], ids: &mut Ids, report: &mut Report) {
    for draft in &mut *drafts {
        let Some(id) = &draft.heading.id else { continue };
        if ids.take(id) {
            draft.id.clone_from(id);
            continue;
        }
        let (code, message) = if ids.is_reserved(id) {
            (codes::RESERVED_ANCHOR, format!("the page itself has the anchor `{id}`, or may come to have it"))
        } else {
            (codes::DUPLICATE_ANCHOR, format!("the anchor `{id}` occurs twice in this story"))
        };
        let problem = Diagnostic::error(code, message).at(draft.heading.span.place(source.file));
        report.push(problem.help("give one of the entries another `{#id}`"));
    }
    for draft in drafts {
        if draft.id.is_empty() {
            draft.id = ids.take_near(&draft.anchor);
        }
        ids.add_notes(&draft.id);
    }
}

impl Entry {
    /// The heading of an entry in a file of its own, where it names no story by its slug. It may be empty.
    pub fn heading(&self) -> &str {
        self.title.start()
    }

    /// The number of words, with those of the heading.
    pub fn words(&self) -> u32 {
        self.body.words + text::count_words(&self.title.without_names()) as u32
    }
}
