//! A build that is killed at any moment: the next one ends as if it had never been.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::generated;
use crate::site_test::{SiteTest, assert_same, tree};

const STORIES: usize = 300;
const EDITED: usize = 200;
const TOPICS: usize = 10;
/// Every fifth build is the first into its folder.
const FOLDER: usize = 5;
/// A moment that a build was too fast for is waited for again, this many times.
const TRIES: usize = 4;

/// What stands in Dateline's own folder when the build is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// At least this many outputs are staged.
    Staged(usize),
    /// The commit has begun.
    Journal,
    /// The commit has begun, and at most this many outputs have not moved yet.
    Left(usize),
}

const MOMENTS: [Moment; 15] = [
    Moment::Staged(1),
    Moment::Staged(40),
    Moment::Staged(90),
    Moment::Staged(160),
    Moment::Staged(200),
    Moment::Staged(215),
    Moment::Journal,
    Moment::Left(210),
    Moment::Left(190),
    Moment::Left(150),
    Moment::Left(100),
    Moment::Left(60),
    Moment::Left(20),
    Moment::Left(3),
    Moment::Left(0),
];

impl Moment {
    fn has_come(self, output: &Path) -> bool {
        let own = output.join(".dateline");
        let has_begun = || own.join("journal").exists();
        match self {
            Self::Staged(count) => files(&own.join("staging")) >= count,
            Self::Journal => has_begun(),
            Self::Left(count) => has_begun() && files(&own.join("staging")) <= count,
        }
    }
}

/// How many files are below a folder, while others move them.
fn files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let entries = entries.flatten().map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { 1 });
    entries.sum()
}

fn start(site: &SiteTest, output: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "-q", "--root"])
        .arg(site.root())
        .args(["--now", "2023-12-31T00:00:00Z", "-o"])
        .arg(output)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs")
}

#[test]
fn a_build_that_is_killed_at_any_moment_is_completed_or_undone_by_the_next() {
    let site = generated::site(STORIES, TOPICS);
    // How files go live is tested, not what is in them: small templates leave more of the time to that.
    site.write("templates/article.html", "<main>{{ article.title }} {{ article.body | safe }}</main>\n");
    site.write("templates/topic-page.html", "<main>{% for story in stories %}{{ story.title }};{% endfor %}</main>\n");
    // Two states that differ in many pages and in which pages there are, so that each build has much to write and some
    // to delete.
    let set = |at: usize| {
        let state = ["one", "two"][at % 2];
        for number in 0..EDITED {
            site.write(&generated::path(number), generated::text(number, TOPICS, state));
        }
        let text = format!("---\ntitle: Changing\ndate: 2023-12-01\nslug: {state}\ntopics: [{state}]\n---\nText.\n");
        site.write("content/articles/changing.md", text);
    };
    let folder = site.root().parent().expect("a parent").to_owned();
    let mut clean = Vec::new();
    for at in 0..2 {
        set(at);
        let output = folder.join(format!("clean-{at}"));
        assert!(start(&site, &output).wait().expect("it ends").success());
        clean.push(tree(&output));
    }
    assert!(clean[0].len() > STORIES && clean[0] != clean[1]);
    let mut missed = Vec::new();
    let mut builds = 0;
    for moment in MOMENTS {
        let mut is_met = false;
        for _ in 0..TRIES {
            set(builds);
            let output = folder.join(format!("public-{}", builds / FOLDER));
            let mut build = start(&site, &output);
            let has_ended = loop {
                if build.try_wait().expect("it can be asked").is_some() {
                    break true;
                }
                if moment.has_come(&output) {
                    break false;
                }
            };
            build.kill().expect("it is ours");
            is_met = build.wait().expect("it ends").code().is_none() && !has_ended;
            assert!(start(&site, &output).wait().expect("it ends").success(), "after a kill at {moment:?}");
            assert_same(&tree(&output), &clean[builds % 2]);
            builds += 1;
            if is_met {
                break;
            }
        }
        if !is_met {
            missed.push(moment);
        }
    }
    // The last moments are short.
    assert!(missed.len() <= MOMENTS.len() / 3, "builds were too fast for {missed:?}");
}
