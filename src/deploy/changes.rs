//! The plan of a deployment: a pure comparison of the wanted objects with the manifest and the listing.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::{KnownObject, Manifest};
use super::objects::Object;
use super::refusal::Result;
use crate::base::codes;
use crate::base::picture::rendition::picture_of;
use crate::base::rank::Rank;
use crate::base::report::Diagnostic;
use crate::base::text::plural;
use crate::base::web::media::media_type;
use crate::config::Limit;

/// The time in seconds for which a fingerprinted file outlives the last page that links to it, since browsers and CDNs
/// still serve old copies of such pages.
const RETIREMENT: i64 = 3600;

/// Deletions that the default limit always allows, however small the site.
const FEW: usize = 10;
/// The default limit of deletions, in percent of the objects in the target.
const USUAL: usize = 25;

/// The kinds of change of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectChange {
    /// The target has no object with this key.
    Added,
    /// The object has other bytes or headers than the wanted ones, or unknown ones.
    Changed,
    /// The object is no longer wanted and is deleted.
    Removed,
}

/// The change of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The key below the prefix of the target.
    pub key: String,
    /// The kind of change.
    pub change: ObjectChange,
    /// The order among steps of the same kind.
    pub rank: Rank,
    /// The size in bytes before compression; of a removed object, its size in the target.
    pub size: u64,
    /// The index in `Published::objects`; `None` for a removal.
    pub object: Option<usize>,
}

/// The plan of a deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The steps in the order in which they are carried out: additions, changes, removals, each by rank.
    pub steps: Vec<Step>,
    /// The number of objects that are up to date.
    pub unchanged: usize,
    /// The number of unwanted fingerprinted objects that stay until their hour of grace has passed.
    pub retired: usize,
    /// The number of objects that Dateline did not put and that the site does not need; they are left alone.
    pub foreign: usize,
    /// The number of objects that Dateline did not put and that objects of the site replace.
    pub replaced: usize,
    /// The manifest entries of the objects that no step touches.
    pub(super) after: BTreeMap<String, KnownObject>,
    /// Whether the manifest must be written although no object changes.
    pub(super) record: bool,
}

impl Changes {
    /// The keys of all steps of this kind.
    pub fn keys(&self, change: ObjectChange) -> impl Iterator<Item = &String> {
        self.steps.iter().filter(move |step| step.change == change).map(|step| &step.key)
    }

    /// The number of steps of this kind.
    pub fn count(&self, change: ObjectChange) -> usize {
        self.steps.iter().filter(|step| step.change == change).count()
    }

    /// The bytes to upload, before compression.
    pub fn bytes(&self) -> u64 {
        self.steps.iter().filter(|step| step.change != ObjectChange::Removed).map(|step| step.size).sum()
    }

    /// Whether the target needs no write at all, not even of the manifest.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && !self.record
    }

    /// Sorts the steps by kind, rank and key, the front page last among the additions.
    pub(super) fn sort(&mut self) {
        // New objects have no links to them yet, except the front page, whose address everyone knows. So it follows all
        // others.
        let is_front = |step: &Step| step.change == ObjectChange::Added && step.key == "index.html";
        self.steps
            .sort_by(|a, b| (a.change, is_front(a), a.rank, &a.key).cmp(&(b.change, is_front(b), b.rank, &b.key)));
    }
}

/// The objects in a bucket: sizes in bytes, by key.
pub(super) type Listing = BTreeMap<String, u64>;

/// Plans the steps after which the target holds exactly `objects`. `pending` are keys of ours with unknown content,
/// listed in the claim of an interrupted deployment; `now` is in seconds since 1970.
pub(super) fn changes(
    objects: &[Object],
    manifest: &Manifest,
    listing: &Listing,
    pending: &BTreeSet<String>,
    now: i64,
) -> Changes {
    let mut changes = Changes::default();
    let known = |key: &str| manifest.objects.get(key).filter(|_| !pending.contains(key));
    for (index, object) in objects.iter().enumerate() {
        let put = |change| {
            let Object { key, rank, size, .. } = object;
            Step { key: key.clone(), change, rank: *rank, size: *size, object: Some(index) }
        };
        let there = listing.get(&object.key);
        match (there, known(&object.key)) {
            (None, _) => changes.steps.push(put(ObjectChange::Added)),
            (Some(size), Some(known))
                if known.digest == Some(object.digest) && known.size.is_none_or(|put| put == *size) =>
            {
                changes.unchanged += 1;
                changes.record |= known.retired.is_some();
                changes.after.insert(object.key.clone(), KnownObject { retired: None, ..known.clone() });
            }
            (Some(_), _) => {
                let is_ours = manifest.objects.contains_key(&object.key) || pending.contains(&object.key);
                changes.replaced += usize::from(!is_ours);
                changes.steps.push(put(ObjectChange::Changed));
            }
        }
    }
    let wanted: BTreeSet<&str> = objects.iter().map(|object| object.key.as_str()).collect();
    let pictures: BTreeSet<_> = objects.iter().filter_map(|object| picture_of(&object.key)).collect();
    // Of a picture that is not published any more, no page that is still open gets another size: it may have to go.
    let may_stay = |key: &str| is_fingerprinted(key) || picture_of(key).is_some_and(|of| pictures.contains(&of));
    let ours = manifest.objects.keys().chain(pending);
    let gone: BTreeSet<&String> = ours.filter(|key| !wanted.contains(key.as_str())).collect();
    for key in gone {
        if !listing.contains_key(key) {
            changes.record |= manifest.objects.contains_key(key);
            continue;
        }
        let retired = known(key).filter(|known| known.digest.is_some()).filter(|_| may_stay(key));
        let since = retired.map(|known| known.retired.unwrap_or(now));
        if let (Some(known), Some(since)) = (retired, since)
            && now - since < RETIREMENT
        {
            changes.retired += 1;
            changes.record |= known.retired.is_none();
            changes.after.insert(key.clone(), KnownObject { retired: Some(since), ..known.clone() });
        } else {
            let size = listing.get(key).copied().unwrap_or(0);
            // Pages are deleted first, so that no page that is still there lacks a picture.
            let rank = if media_type(key).starts_with("text/html") { Rank::Asset } else { Rank::Machine };
            let step = Step { key: key.clone(), change: ObjectChange::Removed, rank, size, object: None };
            changes.steps.push(step);
        }
    }
    let foreign = listing.keys().filter(|key| {
        !manifest.objects.contains_key(*key) && !pending.contains(*key) && !wanted.contains(key.as_str())
    });
    changes.foreign = foreign.count();
    changes.sort();
    changes
}

/// Whether the file name contains a fingerprint of the bytes: `style.3f9a1c2b.css`.
pub(super) fn is_fingerprinted(key: &str) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let mut parts = name.rsplit('.');
    let (Some(extension), Some(digest)) = (parts.next(), parts.next()) else { return false };
    parts.next().is_some()
        && matches!(extension, "css" | "js" | "mjs")
        && digest.len() == 8
        && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Fails when the plan deletes more objects than the limit allows, given `there` objects in the target. A wrong path or
/// an empty site would otherwise delete everything.
pub(super) fn check_deletions(changes: &Changes, there: usize, limit: Option<Limit>) -> Result<()> {
    let deletions = changes.count(ObjectChange::Removed);
    let share = |share: usize| there * share / 100;
    let most = match limit {
        Some(Limit::Count(count)) => count,
        Some(Limit::Share(of)) => share(of),
        None => share(USUAL).max(FEW),
    };
    if deletions <= most {
        return Ok(());
    }
    let first: Vec<String> = changes.keys(ObjectChange::Removed).take(3).map(|key| format!("`{key}`")).collect();
    let message = format!(
        "{} of {there} would be deleted, {} and so on; {} may be",
        plural(deletions, "object", "objects"),
        first.join(", "),
        if most == 0 { "none".to_owned() } else { most.to_string() }
    );
    let problem = Diagnostic::error(codes::TOO_MANY_DELETIONS, message);
    Err(Box::new(problem.help(format!("if that is right, run again with `--max-deletes {deletions}`"))))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::base::digest::Digest;
    use crate::deploy::objects::Headers;

    fn object(key: &str, content: &str, rank: Rank) -> Object {
        Object {
            key: key.to_owned(),
            file: PathBuf::new(),
            rank,
            size: content.len() as u64,
            content: Digest::of(content.as_bytes()),
            headers: Headers::default(),
            digest: Digest::of(content.as_bytes()),
        }
    }

    fn bucket(objects: &[(&str, &str)]) -> (Manifest, Listing) {
        let known = |content: &str| KnownObject {
            digest: Some(Digest::of(content.as_bytes())),
            size: Some(content.len() as u64),
            retired: None,
        };
        let manifest = objects.iter().map(|(key, content)| ((*key).to_owned(), known(content)));
        let listing = objects.iter().map(|(key, content)| ((*key).to_owned(), content.len() as u64));
        (Manifest { objects: manifest.collect(), stories: None }, listing.collect())
    }

    fn steps(changes: &Changes) -> Vec<String> {
        let sign = |change| match change {
            ObjectChange::Added => '+',
            ObjectChange::Changed => '~',
            ObjectChange::Removed => '-',
        };
        changes.steps.iter().map(|step| format!("{} {}", sign(step.change), step.key)).collect()
    }

    #[test]
    fn new_objects_come_before_changed_ones_and_deletions_last() {
        let wanted = [
            object("index.html", "new", Rank::Front),
            object("b/index.html", "b", Rank::Story),
            object("a.svg", "x", Rank::Asset),
            object("old/index.html", "new", Rank::Story),
            object("same", "same", Rank::Machine),
        ];
        let (manifest, listing) =
            bucket(&[("index.html", "old"), ("old/index.html", "old"), ("same", "same"), ("gone", "x")]);
        let changes = changes(&wanted, &manifest, &listing, &BTreeSet::new(), 0);
        assert_eq!(steps(&changes), ["+ a.svg", "+ b/index.html", "~ old/index.html", "~ index.html", "- gone"]);
        assert_eq!((changes.unchanged, changes.foreign, changes.bytes()), (1, 0, 8));
    }

    #[test]
    fn the_front_page_of_a_first_deployment_is_its_last_object() {
        let wanted = [
            object("index.html", "x", Rank::Front),
            object("topics/index.html", "x", Rank::Front),
            object("feed.xml", "x", Rank::Feed),
            object("robots.txt", "x", Rank::Machine),
        ];
        let changes = changes(&wanted, &Manifest::default(), &Listing::new(), &BTreeSet::new(), 0);
        assert_eq!(steps(&changes), ["+ topics/index.html", "+ feed.xml", "+ robots.txt", "+ index.html"]);
    }

    #[test]
    fn the_listing_is_believed_and_not_the_manifest() {
        let wanted = [object("a", "a", Rank::Story), object("b", "b", Rank::Story), object("c", "c", Rank::Story)];
        let (manifest, mut listing) = bucket(&[("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")]);
        listing.remove("a");
        listing.insert("b".to_owned(), 7);
        listing.remove("d");
        listing.insert("foreign".to_owned(), 1);
        let changes = changes(&wanted, &manifest, &listing, &BTreeSet::new(), 0);
        assert_eq!(steps(&changes), ["+ a", "~ b"]);
        assert_eq!((changes.unchanged, changes.foreign, changes.record), (1, 1, true));
    }

    #[test]
    fn what_an_interrupted_deployment_announced_is_put_or_deleted() {
        let wanted = [object("a", "a", Rank::Story), object("b", "b", Rank::Story)];
        let (manifest, mut listing) = bucket(&[("a", "a"), ("b", "b")]);
        listing.insert("embargoed".to_owned(), 3);
        let pending = ["a", "embargoed", "never-put"].map(str::to_owned).into();
        let changes = changes(&wanted, &manifest, &listing, &pending, 0);
        assert_eq!(steps(&changes), ["~ a", "- embargoed"]);
        assert_eq!((changes.unchanged, changes.foreign), (1, 0));
    }

    #[test]
    fn fingerprinted_files_stay_for_an_hour() {
        let (manifest, listing) = bucket(&[("style.3f9a1c2b.css", "x"), ("style.css", "x")]);
        let first = changes(&[], &manifest, &listing, &BTreeSet::new(), 100);
        assert_eq!(steps(&first), ["- style.css"]);
        assert_eq!((first.retired, first.record), (1, true));
        let (manifest, listing) =
            (Manifest { objects: first.after, stories: None }, Listing::from([("style.3f9a1c2b.css".to_owned(), 1)]));
        let soon = changes(&[], &manifest, &listing, &BTreeSet::new(), 100 + RETIREMENT - 1);
        assert!(soon.is_empty(), "{soon:?}");
        let later = changes(&[], &manifest, &listing, &BTreeSet::new(), 100 + RETIREMENT);
        assert_eq!(steps(&later), ["- style.3f9a1c2b.css"]);
        let again = [object("style.3f9a1c2b.css", "x", Rank::Asset)];
        let back = changes(&again, &manifest, &listing, &BTreeSet::new(), 200);
        assert_eq!((steps(&back).len(), back.record, back.after["style.3f9a1c2b.css"].retired), (0, true, None));
    }

    #[test]
    fn too_many_deletions_are_refused() {
        let keys: Vec<String> = (0..100).map(|n| format!("{n:03}")).collect();
        let contents: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "x")).collect();
        let (manifest, listing) = bucket(&contents);
        let wanted: Vec<Object> = keys.iter().skip(26).map(|key| object(key, "x", Rank::Story)).collect();
        let changes = changes(&wanted, &manifest, &listing, &BTreeSet::new(), 0);
        let refused = |limit| check_deletions(&changes, 100, limit).err().map(|problem| problem.message);
        assert_eq!(
            refused(None).as_deref(),
            Some("26 objects of 100 would be deleted, `000`, `001`, `002` and so on; 25 may be")
        );
        assert!(refused(Some(Limit::Count(0))).is_some() && refused(Some(Limit::Share(25))).is_some());
        assert!(refused(Some(Limit::Count(26))).is_none() && refused(Some(Limit::Share(26))).is_none());
        assert!(check_deletions(&Changes::default(), 0, Some(Limit::Count(0))).is_ok());
    }
}
