//! The source cache, damaged: a site that is prepared with it is the same as one that is prepared without. The input is a
//! list of places and bytes to put there; the digest of the index is made right again, so that the index is read.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use dateline::base::digest::Digest;
use dateline::base::stages::Stages;
use dateline::pipeline::{self, BuildCache};
use dateline_fuzz::{request, write};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

const FILES: [(&str, &str); 5] = [
    ("dateline.yaml", "title: T\nbase_url: https://t.example\n"),
    ("content/articles/a.md", "---\ntitle: A\ndate: 2023-10-18\ntopics: [Ports]\n---\n\nSee [[b]].\n"),
    (
        "content/articles/b.md",
        "---\ntitle: B\ndate: 2023-10-17\nupdates:\n  - {date: 2023-10-18, note: N}\n---\n\nText[^1].\n\n[^1]: A note.\n",
    ),
    (
        "content/briefings/2023-10-18.md",
        "---\ndate: 2023-10-18\nstories: [a]\n---\n\nIntroduction.\n\n## An item\n\nText.\n",
    ),
    ("static/robots.txt", "User-agent: *\n"),
];
/// The first line of the file, and what stands before each segment: two lengths and a digest.
const FIRST: usize = 19;
const FRAME: usize = 8 + 8 + 32;

struct Cached {
    /// Removed when the process ends.
    _folder: TempDir,
    root: PathBuf,
    whole: Vec<u8>,
    prepared: String,
}

static SITE: LazyLock<Cached> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().to_path_buf();
    write(&root, &FILES);
    // A file that has just been saved is not trusted yet.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let mut cache = BuildCache::empty(&request(&root));
    let prepared = prepare(&root, &mut cache);
    cache.save();
    let whole = std::fs::read(root.join(".dateline/sources")).expect("it was saved");
    Cached { _folder: folder, root, whole, prepared }
});

fuzz_target!(|input: &[u8]| {
    let mut file = SITE.whole.clone();
    for patch in input.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([patch[0], patch[1]])) % (file.len() - FIRST) + FIRST;
        file[at] = patch[2];
    }
    if input.len() % 3 == 1 {
        file.truncate(file.len() - usize::from(input[input.len() - 1]) % file.len());
    }
    mend(&mut file);
    std::fs::write(SITE.root.join(".dateline/sources"), &file).expect("a file");
    let mut cache = BuildCache::load(&request(&SITE.root));
    assert_eq!(prepare(&SITE.root, &mut cache), SITE.prepared, "a damaged cache changes the site");
    cache.save();
});

/// Puts the digest of the first index right.
fn mend(file: &mut [u8]) -> Option<()> {
    let frame = file.get(FIRST..FIRST + FRAME)?;
    let number = |at: usize| Some(usize::try_from(u64::from_le_bytes(frame.get(at..at + 8)?.try_into().ok()?)).ok()?);
    let (length, bytes) = (number(0)?, number(8)?);
    let start = (FIRST + FRAME).checked_add(bytes)?;
    let digest = Digest::of(file.get(start..start.checked_add(length)?)?).to_string();
    file.get_mut(FIRST + 16..FIRST + FRAME)?.copy_from_slice(digest.as_bytes());
    Some(())
}

/// All outputs with their keys, and all problems.
fn prepare(root: &std::path::Path, cache: &mut BuildCache) -> String {
    let (prepared, report) = pipeline::prepare_again(&request(root), cache, &mut Stages::start());
    let prepared = prepared.unwrap_or_else(|| panic!("the site is right: {report:?}"));
    let keys = std::sync::Mutex::new(Vec::new());
    let problems = pipeline::render(
        &prepared,
        |_, output, key| {
            keys.lock().expect("no other thread has panicked").push(format!("{} {key}", output.route.as_str()));
            false
        },
        |_, _, _| Ok(()),
    );
    let mut keys = keys.into_inner().expect("no other thread has panicked");
    keys.sort();
    format!("{}\n{report:?}\n{problems:?}", keys.join("\n"))
}
