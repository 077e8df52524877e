//! Tests of publications: sites as maps from route to text, published into one folder again and again.

mod histories;
mod interruptions;
mod outputs;
mod refusals;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::layout::*;
use super::transaction::commit::{self, Steps};
use super::*;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;
use crate::base::route::Route;

/// The route of an output that is never deployed.
const PRIVATE: &str = "/.dateline/private/briefings/2023-10-17/email.html";

type Site = BTreeMap<&'static str, &'static str>;

fn site(pages: &[(&'static str, &'static str)]) -> Site {
    pages.iter().copied().collect()
}

fn route(text: &str) -> Route {
    Route::read_back(text).expect("a route")
}

/// The rank that the pipeline would give to a route.
fn rank(route: &str) -> Rank {
    if route == PRIVATE {
        return Rank::Machine;
    }
    match route.rsplit('/').next() {
        Some("feed.xml") => Rank::Feed,
        Some("sitemap.xml") => Rank::Machine,
        Some("site.css" | "photo.png") => Rank::Asset,
        _ if route == "/" => Rank::Front,
        _ if route.contains("/page/") => Rank::List,
        _ => Rank::Story,
    }
}

fn open(output: &Path) -> Result<Publication, Diagnostic> {
    Publication::open(output, &[], PublishOptions { command: "dateline build".into(), ..PublishOptions::default() })
}

fn fill(publication: &Publication, site: &Site) -> Result<(), Diagnostic> {
    for (path, text) in site {
        let key = Digest::of(text.as_bytes());
        let questions = vec![("stories(limit=5)".to_owned(), key)];
        publication.put(&route(path), rank(path), key, "page", questions, Content::Bytes(text.as_bytes()))?;
    }
    Ok(())
}

fn publish(output: &Path, site: &Site) -> Result<Summary, Diagnostic> {
    let publication = open(output)?;
    fill(&publication, site)?;
    publication.commit()
}

/// The files below `output`, each with its text and time; of our private folder, only the private outputs.
fn tree(output: &Path) -> BTreeMap<String, (String, FileKind)> {
    let private = output.join(OWN).join("private");
    let private = if disk::exists(&private) { disk::contents(&private, "") } else { Vec::new() };
    let private = private.into_iter().map(|path| format!("{OWN}/private/{path}"));
    let all = disk::contents(output, OWN).into_iter().chain(private);
    all.map(|path| {
        let file = disk::join(output, &path);
        let text = disk::read_to_string(&file).expect("readable");
        (path, (text, disk::stat(&file).expect("there")))
    })
    .collect()
}

fn texts(output: &Path) -> BTreeMap<String, String> {
    tree(output).into_iter().map(|(path, (text, _))| (path, text)).collect()
}

fn expected(site: &Site, foreign: &[(&str, &str)]) -> BTreeMap<String, String> {
    let own = site.iter().map(|(path, text)| (route(path).file(), (*text).to_owned()));
    own.chain(foreign.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))).collect()
}

fn place(output: &Path, path: &str, text: &str) {
    let file = disk::join(output, path);
    disk::create_dir_all(file.parent().expect("it has one")).expect("made");
    disk::write(&file, text.as_bytes()).expect("written");
}

/// The routes as strings, for assertions.
fn routes(list: &[Route]) -> Vec<&str> {
    list.iter().map(Route::as_str).collect()
}

struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn at(&self, path: &str) -> PathBuf {
        disk::join(self.folder.path(), path)
    }

    fn output(&self) -> PathBuf {
        self.at("public")
    }
}

fn first() -> Site {
    site(&[
        ("/", "home"),
        ("/2023/10/17/court/", "court"),
        ("/2023/10/17/court/photo.png", "pixels"),
        ("/2023/10/18/gas/", "gas"),
        ("/topics/icc/", "icc"),
        ("/topics/icc/feed.xml", "<icc/>"),
        ("/topics/icc/page/2/", "older"),
        ("/old", "a file"),
        ("/about/", "a folder"),
        ("/site.css", "css"),
        ("/sitemap.xml", "<map/>"),
        (PRIVATE, "<p>court</p>"),
        ("/.dateline/private/briefings/2023-10-17/email.txt", "court"),
    ])
}

/// A second site in which `/old` becomes a folder, `/about/` a file, and some pages change, appear or disappear.
fn second() -> Site {
    site(&[
        ("/", "home, later"),
        ("/2023/10/17/court/", "court"),
        ("/2023/10/19/oil/", "oil"),
        ("/2023/10/19/oil/photo.png", "more pixels"),
        ("/topics/icc/", "icc, later"),
        ("/topics/icc/feed.xml", "<icc/>"),
        ("/topics/icc/page/2/", "older"),
        ("/topics/oil/", "oil"),
        ("/old/", "a folder"),
        ("/old/deep/er/", "deeper"),
        ("/about", "a file"),
        ("/site.css", "css"),
        ("/sitemap.xml", "<map>later</map>"),
        (PRIVATE, "<p>court, later</p>"),
        ("/.dateline/private/briefings/2023-10-19/email.html", "<p>oil</p>"),
    ])
}

fn names(folder: &Path) -> Vec<String> {
    let list = disk::list(folder).expect("a folder");
    list.into_iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
}

/// Runs a commit to `after` that ends after `steps` operations. Returns `None` when it completed before that.
fn interrupted(output: &Path, after: &Site, steps: usize) -> Option<()> {
    let publication = open(output).expect("opened");
    fill(&publication, after).expect("put");
    publication.commit_in(Steps::only(steps)).err().map(|error| assert_eq!(error.code, codes::IO))
}
