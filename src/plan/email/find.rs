//! An edition by what people call it: its date, its number, its name, or `latest`.

use jiff::civil::Date;

use super::address::name;
use crate::base::text;
use crate::content::document::Content;
use crate::plan::SiteContext;
use crate::site::{Edition, EditionId, Withheld};

/// Editions that a message suggests when there is none of the given name.
const NAMED: usize = 3;

/// Why an edition was not found.
#[derive(Debug)]
pub enum Missing<'s> {
    /// There is none at all.
    Empty,
    /// It is withheld.
    Withheld(&'s Withheld),
    /// Nothing is called so; these are the nearest.
    Unknown(Vec<String>),
}

/// The edition that people call so, with the context of its language: `latest`, `2023-10-17`, or `ar/latest` for one below
/// the path of a further language.
pub fn find<'s>(context: &'s SiteContext, called: &str) -> Result<(&'s SiteContext, EditionId), Missing<'s>> {
    let called = called.trim();
    let below = |language: &'s SiteContext| {
        let path = called.trim_start_matches('/').strip_prefix(&language.site.config.prefix[1..])?;
        Some((language, path.strip_prefix('/')?))
    };
    match context.languages.iter().find_map(|language| below(language)) {
        Some((language, called)) => find_in(language, called).map(|id| (language, id)),
        None => find_in(context, called).map(|id| (context, id)),
    }
}

fn find_in<'s>(context: &'s SiteContext, called: &str) -> Result<EditionId, Missing<'s>> {
    let site = &context.site;
    if called == "latest" {
        let waits = |held: &&Withheld| {
            let document = site.document(held.doc);
            document.briefing().is_some() && site.config.has_language(document.language())
        };
        let missing = || site.withheld.iter().find(waits).map_or(Missing::Empty, Missing::Withheld);
        return if site.editions.is_empty() { Err(missing()) } else { Ok(EditionId(0)) };
    }
    let (word, day, number) = (word(called), called.parse::<Date>().ok(), called.trim_start_matches('#').parse().ok());
    let day_of = |edition: &Edition| edition.date.date(&site.config.zone);
    let by_name = site.editions.iter().position(|edition| self::word(edition.route.as_str()) == word);
    let by_number = || site.editions.iter().position(|edition| number.is_some() && edition.number == number);
    let by_day = || site.editions.iter().position(|edition| day == Some(day_of(edition)));
    if let Some(index) = by_name.or_else(by_number).or_else(by_day) {
        return Ok(EditionId(index));
    }
    let is_meant = |held: &&Withheld| match &site.document(held.doc).content {
        Content::Briefing(head, _) => {
            let document = site.document(held.doc);
            let route = document.route.as_ref().map(|route| self::word(route.as_str()));
            route == Some(word)
                || number.is_some() && head.number == number
                || day == Some(head.date.date(&site.config.zone))
        }
        _ => false,
    };
    if let Some(held) = site.withheld.iter().find(is_meant) {
        return Err(Missing::Withheld(held));
    }
    let mut near: Vec<&Edition> = site.editions.iter().collect();
    match (day, number) {
        (Some(day), _) => near.sort_by_key(|edition| days_between(day_of(edition), day)),
        (_, Some(number)) => near.sort_by_key(|edition| edition.number.map_or(u32::MAX, |own| own.abs_diff(number))),
        _ => {
            let own = |edition: &&Edition| self::word(edition.route.as_str()).to_owned();
            let names: Vec<String> = near.iter().map(own).collect();
            let nearest = text::nearest(word, names.iter().map(String::as_str)).map(str::to_owned);
            near.sort_by_key(|edition| nearest.as_deref() != Some(self::word(edition.route.as_str())));
        }
    }
    let names = near.into_iter().take(NAMED).map(name).collect::<Vec<_>>();
    Err(if names.is_empty() { Missing::Empty } else { Missing::Unknown(names) })
}

/// The last part of a route or of a file's path.
fn word(called: &str) -> &str {
    let path = called.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

fn days_between(one: Date, other: Date) -> u32 {
    one.until(other).map_or(u32::MAX, |span| span.get_days().unsigned_abs())
}
