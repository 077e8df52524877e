//! A build that is killed at any moment: the next one ends as if it had never been.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::generated;
use crate::site_test::{SiteTest, assert_same, tree};

const STORIES: usize = 2000;
const EDITED: usize = 400;
const TOPICS: usize = 40;
const MOMENTS: u32 = 25;
/// So many builds at least must have been interrupted for the test to say anything.
const WANTED: u32 = 10;

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
    let mut fresh = Duration::ZERO;
    for at in 0..2 {
        set(at);
        let output = folder.join(format!("clean-{at}"));
        let begin = Instant::now();
        assert!(start(&site, &output).wait().expect("it ends").success());
        fresh = begin.elapsed();
        clean.push(tree(&output));
    }
    assert!(clean[0].len() > STORIES && clean[0] != clean[1]);
    // The first build into a folder, and one that finds another state there, take different times. Both are only where
    // to begin: a build that ended before it was killed is a sign to kill earlier.
    let mut durations = [fresh, fresh];
    let mut interrupted = 0;
    let mut moment = 0;
    while moment < MOMENTS || (interrupted < WANTED && moment < 4 * MOMENTS) {
        let at = moment as usize;
        set(at);
        // Every fifth build is the first into its folder.
        let output = folder.join(format!("public-{}", at / 5));
        let duration = &mut durations[usize::from(!at.is_multiple_of(5))];
        let mut build = start(&site, &output);
        // The commit is short and comes at the end: most moments lie there.
        let share = f64::from(moment % MOMENTS) / f64::from(MOMENTS - 1);
        let wait = duration.mul_f64(if moment.is_multiple_of(3) { share } else { 0.55 + 0.45 * share });
        let begin = Instant::now();
        while begin.elapsed() < wait && build.try_wait().expect("it can be asked").is_none() {
            std::thread::yield_now();
        }
        if build.try_wait().expect("it can be asked").is_some() {
            *duration = duration.mul_f64(0.8);
        } else {
            interrupted += 1;
        }
        build.kill().expect("it is ours");
        build.wait().expect("it ends");
        assert!(start(&site, &output).wait().expect("it ends").success(), "after a kill at {wait:?}");
        assert_same(&tree(&output), &clean[at % 2]);
        moment += 1;
    }
    assert!(interrupted >= WANTED, "only {interrupted} of {moment} builds were interrupted");
}
