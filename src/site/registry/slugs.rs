//! The assignment of slugs to names: readable, unique and stable.
//!
//! Different names may have the same natural slug, such as `São Paulo` and `Sao Paulo`. One of them gets it, and the
//! others get a suffix of hexadecimal digits. With a lock file, a published slug stays with its name.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use crate::base::digest::Digest;
use crate::base::text;
use crate::config::Config;
use crate::site::urls_lock::UrlsLock;

/// A name that needs a slug.
pub(in crate::site) struct SlugClaim<'a> {
    /// The name in folded form.
    pub(in crate::site) folded: &'a str,
    /// The slug that its file sets.
    pub(in crate::site) given: Option<&'a str>,
    /// Whether the name has a file.
    pub(in crate::site) has_file: bool,
    /// The date of the first story that uses it.
    pub(in crate::site) first: Option<Timestamp>,
}

/// The assignment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::site) struct Slugs {
    /// The slug of each claim, by index.
    pub(in crate::site) slugs: Vec<String>,
    /// The claims that did not get their natural slug, with the claim that has it, by index.
    pub(in crate::site) displaced: Vec<(usize, usize)>,
}

/// Assigns a slug to each claim. `family` is the folder of their pages, such as `topics`; `owner` finds the claim that a
/// recorded name denotes today, which may be by an alias.
pub(in crate::site) fn assign(
    claims: &[SlugClaim<'_>],
    family: &str,
    config: &Config,
    lock: Option<&UrlsLock>,
    owner: impl Fn(&str) -> Option<usize>,
) -> Slugs {
    let folder = &*config.own(&format!("/{family}/"));
    let kind = family.trim_end_matches('s');
    let wanted: Vec<String> = claims
        .iter()
        .map(|claim| match claim.given.map_or_else(|| text::slugify(claim.folded), str::to_owned) {
            slug if slug.is_empty() => format!("{kind}-{}", mark(claim.folded, if kind == "topic" { 4 } else { 8 })),
            slug => slug,
        })
        .collect();
    let is_listed = |slug: &str| lock.is_some_and(|lock| lock.has(&format!("{folder}{slug}/")));
    let is_named = |slug: &str| lock.is_some_and(|lock| lock.name_of(&format!("{folder}{slug}/")).is_some());
    // Published slugs whose recorded name still denotes a topic are reserved for it.
    let mut kept: HashMap<&str, usize> = HashMap::new();
    let mut own: HashMap<usize, Vec<&str>> = HashMap::new();
    for (slug, name) in lock.into_iter().flat_map(|lock| lock.names(folder)) {
        if let Some(claim) = owner(name) {
            kept.insert(slug, claim);
            own.entry(claim).or_default().push(slug);
        }
    }
    let mut slugs = vec![String::new(); claims.len()];
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (claim, slug)) in claims.iter().zip(&wanted).enumerate() {
        // A slug that was published with a suffix keeps it, even when the natural slug has become free.
        let marked = format!("{slug}-{}", mark(claim.folded, 4));
        let listed = own.get(&at).into_iter().flatten().find(|own| own.starts_with(&format!("{slug}-")));
        let before = listed.map(|own| (*own).to_owned()).or_else(|| is_listed(&marked).then_some(marked));
        match before.filter(|_| claim.given.is_none() && kept.get(slug.as_str()) != Some(&at)) {
            Some(before) => {
                taken.insert(before.clone(), at);
                slugs[at] = before;
            }
            None => groups.entry(slug).or_default().push(at),
        }
    }
    let mut displaced = Vec::new();
    for (slug, mut group) in groups {
        let holder = kept.get(slug).copied();
        // A published slug without a recorded name belonged to the topic with the earliest story.
        let by_age = is_listed(slug) && !is_named(slug);
        let rank = |at: &usize| {
            let claim = &claims[*at];
            let first = claim.first.filter(|_| by_age).unwrap_or(Timestamp::MAX);
            let plain = (!claim.has_file, !claim.folded.is_ascii(), claim.folded);
            (claim.given.is_none(), holder != Some(*at), first, plain)
        };
        group.sort_by(|a, b| rank(a).cmp(&rank(b)));
        let is_given = claims[group[0]].given.is_some();
        if let Some(holder) = holder.filter(|holder| !group.contains(holder) && !is_given) {
            displaced.extend(group.iter().map(|at| (*at, holder)));
        } else {
            taken.insert(slug.to_owned(), group[0]);
            slug.clone_into(&mut slugs[group[0]]);
            displaced.extend(group[1..].iter().map(|at| (*at, group[0])));
        }
    }
    let spoken_for: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    for (at, _) in &displaced {
        let marks = (4..=32).map(|length| format!("{}-{}", wanted[*at], mark(claims[*at].folded, length)));
        let is_free = |slug: &String| {
            !taken.contains_key(slug) && !spoken_for.contains(slug.as_str()) && !kept.contains_key(slug.as_str())
        };
        let slug = marks.into_iter().find(is_free).unwrap_or_else(|| format!("{}-{at}", wanted[*at]));
        taken.insert(slug.clone(), *at);
        slugs[*at] = slug;
    }
    // Claims that kept a published suffix are displaced as well, if another one has their natural slug.
    displaced.extend(
        (0..claims.len()).filter(|at| slugs[*at] != wanted[*at]).filter_map(|at| Some((at, *taken.get(&wanted[at])?))),
    );
    displaced.sort_unstable();
    displaced.dedup_by_key(|(at, _)| *at);
    Slugs { slugs, displaced }
}

/// The first `length` hexadecimal digits of the name's digest, as a suffix.
fn mark(folded: &str, length: usize) -> String {
    let mut digits = Digest::of(folded.as_bytes()).to_string();
    digits.truncate(length);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(folded: &str, first: i64) -> SlugClaim<'_> {
        SlugClaim { folded, given: None, has_file: false, first: Timestamp::from_second(first).ok() }
    }

    fn slugs(claims: &[SlugClaim<'_>], lock: Option<&str>) -> Vec<String> {
        let lock = lock.map(|text| UrlsLock::read("urls.lock", text).0.expect("a list"));
        let owner = |name: &str| claims.iter().position(|claim| claim.folded == name);
        let config = Config::minimal("A", crate::config::BaseUrl::new("https://a.example", ""));
        assign(claims, "topics", &config, lock.as_ref(), owner).slugs
    }

    #[test]
    fn the_plain_slug_is_that_of_who_had_it() {
        let both = [claim("são paulo", 1), claim("sao paulo", 2)];
        let mark = |name: &str| format!("sao-paulo-{}", mark(name, 4));
        assert_eq!(slugs(&both, None), [mark("são paulo"), "sao-paulo".to_owned()]);
        let named = "# dateline urls 2\n/topics/sao-paulo/\t\tsão paulo\n";
        assert_eq!(slugs(&both, Some(named)), ["sao-paulo".to_owned(), mark("sao paulo")]);
        let unnamed = "# dateline urls 1\n/topics/sao-paulo/\n";
        assert_eq!(slugs(&both, Some(unnamed)), ["sao-paulo".to_owned(), mark("sao paulo")], "the older one");
        let marked = format!("{unnamed}/topics/{}/\n", mark("são paulo"));
        assert_eq!(slugs(&both, Some(&marked)), [mark("são paulo"), "sao-paulo".to_owned()], "it has its own");
        assert_eq!(slugs(&[claim("sao paulo", 2)], Some(named)), ["sao-paulo"], "nobody is left who had it");
        assert_eq!(slugs(&[claim("são paulo", 2)], Some(&marked)), [mark("são paulo")], "it stays where it was");
    }

    #[test]
    fn a_given_slug_is_kept_and_a_mark_is_never_that_of_another() {
        let both = [claim("são paulo", 1), SlugClaim { given: Some("sao-paulo"), ..claim("the city", 2) }];
        assert_eq!(slugs(&both, None)[1], "sao-paulo");
        let marked = format!("sao-paulo-{}", mark("são paulo", 4));
        let third = [
            claim("são paulo", 1),
            SlugClaim { given: Some("sao-paulo"), ..claim("the city", 2) },
            SlugClaim { given: Some(&marked), ..claim("other", 2) },
        ];
        assert_eq!(slugs(&third, None)[0], format!("sao-paulo-{}", mark("são paulo", 5)));
    }
}
