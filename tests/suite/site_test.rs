//! The harness: a site as one text literal → a folder → a build → checks.
//!
//! A literal has files after lines `-- path --`. Without a `dateline.yaml` of its own a site gets a minimal one. All
//! builds are as of [`NOW`] unless a test says otherwise.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use dateline::base::report::{Diagnostic, Report};
use dateline::pipeline::{self, BuildOptions, Built, Deny, Now, Request};
use dateline::site::Scope;
use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

/// A picture of a size, from light at the left to dark at the right.
pub(crate) fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([(255 - 255 * x / width) as u8, (x ^ y) as u8 / 8, (200 * y / height) as u8])
    })
}

/// The same as PNG.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&picture(width, height), ImageFormat::Png)
}

/// A picture as the bytes of a file.
pub(crate) fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// The instant of all builds that do not say otherwise.
pub(crate) const NOW: &str = "2023-10-18T12:00:00Z";

const CONFIG: &str = "title: The Test\nbase_url: https://test.example\n";

/// A site in a temporary folder, and the folder that it is built into.
pub(crate) struct SiteTest {
    folder: TempDir,
    now: String,
    scope: Scope,
    clean: bool,
    language: Option<String>,
}

impl SiteTest {
    /// Writes the files of a literal into a new folder.
    pub(crate) fn new(literal: impl AsRef<str>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let site = Self { folder, now: NOW.to_owned(), scope: Scope::default(), clean: false, language: None };
        fs::create_dir_all(site.root()).expect("a new folder");
        site.write("dateline.yaml", CONFIG);
        site.write_all(literal.as_ref());
        site
    }

    /// Adds or replaces the files of a literal.
    pub(crate) fn write_all(&self, literal: &str) -> &Self {
        let mut current: Option<(&str, String)> = None;
        for line in literal.lines() {
            if let Some(path) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                if let Some((path, text)) = current.replace((path, String::new())) {
                    self.write(path, &text);
                }
            } else if let Some((_, text)) = &mut current {
                text.push_str(line);
                text.push('\n');
            }
        }
        if let Some((path, text)) = current {
            self.write(path, &text);
        }
        self
    }

    /// Adds or replaces one file.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
        self
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.root().join(path)).expect("it is there");
        self
    }

    /// Builds as of another instant.
    pub(crate) fn at(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self
    }

    /// Sets the instant of the next builds.
    pub(crate) fn set_now(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// Shows drafts and future stories.
    pub(crate) fn previewing(mut self, drafts: bool, future: bool) -> Self {
        self.scope = Scope { drafts, future };
        self
    }

    /// Builds the host of a language, or the main one.
    pub(crate) fn set_language(&mut self, language: Option<&str>) {
        self.language = language.map(str::to_owned);
    }

    /// The site's root.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The output folder.
    pub(crate) fn public(&self) -> PathBuf {
        self.folder.path().join(self.language.as_ref().map_or("public".to_owned(), |tag| format!("public-{tag}")))
    }

    /// Trusts no record of earlier builds.
    pub(crate) fn without_records(mut self) -> Self {
        self.clean = true;
        self
    }

    /// What a build into an empty folder makes of the same sources: all files with their bytes.
    pub(crate) fn fresh_tree(&self) -> BTreeMap<String, Vec<u8>> {
        self.fresh().0
    }

    /// What a build into an empty folder makes of the same sources, and what it says.
    fn fresh(&self) -> (BTreeMap<String, Vec<u8>>, Report) {
        let folder = TempDir::new().expect("a temporary folder");
        let how = BuildOptions { clean: true, ..self.how(folder.path().join("public")) };
        let built = pipeline::build(&self.request(), &how);
        assert!(!built.report.has_errors(), "{}", describe(&built.report));
        (tree(&folder.path().join("public")), built.report)
    }

    /// Builds, and checks that the output is what a build into an empty folder makes, and that it says the same.
    #[track_caller]
    pub(crate) fn build_and_compare(&self) -> Output {
        let output = self.build();
        let (tree, report) = self.fresh();
        assert_same(&self.tree(), &tree);
        assert_eq!(
            describe(&output.built.report),
            describe(&report),
            "an incremental build says what a clean one says"
        );
        let again = self.build().built;
        assert_eq!(describe(&again.report), describe(&report), "and says it again when nothing has changed");
        output
    }

    /// What a build is asked for.
    pub(crate) fn request(&self) -> Request {
        Request {
            root: self.root(),
            config: self.root().join("dateline.yaml"),
            language: self.language.clone(),
            base_url: None,
            origin: None,
            now: Now::Text(self.now.clone()),
            scope: self.scope,
        }
    }

    /// Builds the site, whatever comes of it.
    pub(crate) fn try_build(&self) -> Built {
        pipeline::build(&self.request(), &self.how(self.public()))
    }

    /// How to publish into a folder.
    pub(crate) fn how(&self, output: PathBuf) -> BuildOptions {
        BuildOptions { output, clean: self.clean, verify: false, protected: Vec::new(), deny: Deny::default() }
    }

    /// Builds the site; fails the test when there is an error.
    pub(crate) fn build(&self) -> Output {
        let built = self.try_build();
        assert!(!built.report.has_errors(), "{}", describe(&built.report));
        Output { public: self.public(), built }
    }

    /// Builds the site; fails the test when there is anything to report.
    pub(crate) fn build_clean(&self) -> Output {
        let output = self.build();
        assert!(output.built.report.is_empty(), "{}", describe(&output.built.report));
        output
    }

    /// The problems of a site as `code path:line:column`, in reading order; nothing may be written.
    pub(crate) fn problems(&self) -> Vec<String> {
        let (_, report) = pipeline::check(&self.request());
        report.diagnostics().iter().map(short).collect()
    }

    /// All files of the output with their bytes, without Dateline's own folder.
    pub(crate) fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.public())
    }
}

/// A site that was built.
pub(crate) struct Output {
    public: PathBuf,
    /// What the build said.
    pub built: Built,
}

impl Output {
    /// A file of the output.
    pub(crate) fn file(&self, path: &str) -> String {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let full = self.public.join(file.trim_start_matches('/'));
        fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether a route is answered.
    pub(crate) fn exists(&self, path: &str) -> bool {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        self.public.join(file.trim_start_matches('/')).exists()
    }

    /// What is inside `<main>` of a page.
    pub(crate) fn main(&self, path: &str) -> String {
        let page = self.file(path);
        let start = page.find("<main").unwrap_or_else(|| panic!("{path} has no <main>"));
        let end = page.find("</main>").unwrap_or_else(|| panic!("{path} has no </main>"));
        page[start..end].to_owned()
    }

    /// Addresses and words of the headlines that are links inside `<main>` of a page, in order.
    pub(crate) fn headlines(&self, path: &str) -> Vec<String> {
        headlines(&self.main(path))
    }

    /// The problems, as `code path:line:column`.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.built.report.diagnostics().iter().map(short).collect()
    }

    /// The routes that this build added, changed and removed.
    pub(crate) fn changes(&self) -> (Vec<String>, Vec<String>, Vec<String>) {
        let summary = self.built.summary.as_ref().expect("it was published");
        let texts = |routes: &[dateline::base::route::Route]| routes.iter().map(ToString::to_string).collect();
        (texts(&summary.added), texts(&summary.changed), texts(&summary.removed))
    }
}

/// A problem as `code path:line:column`.
pub(crate) fn short(problem: &Diagnostic) -> String {
    match &problem.place {
        Some(place) if place.line > 0 => format!("{} {}:{}:{}", problem.code, place.file, place.line, place.column),
        Some(place) => format!("{} {}", problem.code, place.file),
        None => problem.code.to_string(),
    }
}

/// All problems in full.
pub(crate) fn describe(report: &Report) -> String {
    let line = |d: &Diagnostic| format!("{}: {}: {} ({:?})\n", d.severity, short(d), d.message, d.help);
    report.diagnostics().iter().map(line).collect::<Vec<_>>().concat()
}

/// Whether a file of the output is an HTML page.
pub(crate) fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "html")
}

/// All files of a folder with their bytes, without Dateline's own folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    try_tree(folder).expect("the folder can be read")
}

/// The same of a folder that another thread may be writing: a file can vanish between its listing and its reading.
pub(crate) fn try_tree(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != ".dateline") {
                    folders.push(path);
                }
            } else {
                let name = path.strip_prefix(folder).expect("it is inside").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// Fails when `text` lacks one of the pieces, in this order.
#[track_caller]
pub(crate) fn assert_in_order(text: &str, pieces: &[&str]) {
    let mut from = 0;
    for piece in pieces {
        match text[from..].find(piece) {
            Some(at) => from += at + piece.len(),
            None => panic!("`{piece}` is missing, or not after the one before it, in:\n{text}"),
        }
    }
}

/// Fails, naming the first file that differs, unless two trees are the same.
#[track_caller]
pub(crate) fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(left), names(right));
    for (name, bytes) in left {
        let (left, right) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&right[name]));
        assert!(left == right, "{name} differs:\n{left}\n--- and ---\n{right}");
    }
}

/// Addresses and words of the headlines in a piece of HTML that are links, in order: `/2023/10/17/visit/ The visit`.
pub(crate) fn headlines(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in html.split(" class=\"headline").skip(1) {
        let Some((_, rest)) = piece.split_once("\"><a href=\"") else { continue };
        let address = rest.split('"').next().expect("a first part");
        let words = rest.split_once('>').expect("a tag has an end").1.split("</a>").next().expect("a first part");
        found.push(format!("{address} {words}"));
    }
    found
}

/// The values of an attribute in a piece of HTML or XML, in order, with character references resolved.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let pieces = html.split(&start).skip(1).map(|rest| rest.split('"').next().expect("a first part"));
    pieces.map(|value| value.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&")).collect()
}

/// What stands between two pieces of a text, the first time.
#[track_caller]
pub(crate) fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("`{from}` is missing in:\n{text}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("`{to}` is missing in:\n{rest}")).0
}

/// The literal of an article: its slug, further lines of front matter, and its text.
pub(crate) fn article(slug: &str, head: &str, body: &str) -> String {
    format!("-- content/articles/{slug}.md --\n---\ntitle: Title of {slug}\n{head}\n---\n{body}\n")
}

/// The literal of several articles, each with a date and the rest of its front matter.
pub(crate) fn articles(all: &[(&str, &str, &str)]) -> String {
    all.iter().map(|(slug, date, head)| article(slug, &format!("date: {date}\n{head}"), "Text.")).collect()
}
