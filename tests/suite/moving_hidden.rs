//! What the settings of a site keep from its readers is not public after it moves.

use dateline::import::moving::Program;

use crate::moving::Move;

/// The names of the stories that are public on the new site, and what was said.
fn public(program: Program, literal: &str) -> (Vec<String>, Vec<String>) {
    let (said, output) = Move::new(program, literal).build();
    let pages = output.keys().filter_map(|path| path.strip_suffix("/index.html")?.strip_prefix("posts/"));
    (pages.map(str::to_owned).collect(), said)
}

fn post(path: &str) -> String {
    let title = path.replace(['/', '.'], "-");
    format!("-- {path} --\n---\ntitle: {title}\ndate: 2023-01-01\n---\nText of {title}.\n")
}

fn posts(paths: &[&str]) -> String {
    paths.iter().map(|path| post(path)).collect()
}

#[track_caller]
fn says(said: &[String], expected: &str) {
    assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
}

#[test]
fn files_and_languages_that_hugo_leaves_out_are_not_public() {
    let config = "-- hugo.toml --\nbaseURL = \"https://a.example/\"\ntitle = \"N\"\nignoreFiles = [\"secret/\", \"\\\\.notes\\\\.md$\", \"(\"]\n\
        disableLanguages = [\"fr\"]\ndefaultContentLanguage = \"en\"\n[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n[languages.de]\nweight = 3\ndisabled = true\n";
    let files = posts(&[
        "content/posts/a.md",
        "content/posts/x.notes.md",
        "content/posts/b.fr.md",
        "content/posts/c.de.md",
        "content/posts/secret/s.md",
        "content/posts/#draft.md",
    ]);
    let (pages, said) = public(Program::Hugo, &format!("{config}{files}"));
    assert_eq!(pages, ["a"], "{said:#?}");
    says(&said, "content/posts/secret/s.md:0 import-left a file that the site itself excludes");
    says(&said, "content/posts/x.notes.md:0 import-left a file that the site itself excludes");
    says(&said, "content/posts/b.fr.md:0 import-hidden a file that readers never saw (its language is disabled)");
    says(&said, "content/posts/c.de.md:0 import-hidden a file that readers never saw (its language is disabled)");
    says(&said, "`ignoreFiles` holds `(`, which cannot be read");
}

#[test]
fn a_mount_of_hugo_takes_what_its_globs_take() {
    let config = "-- hugo.toml --\nbaseURL = \"https://a.example/\"\ntitle = \"N\"\n\
        [[module.mounts]]\nsource = \"content\"\ntarget = \"content\"\nfiles = [\"! posts/hid/**\"]\n\
        [[module.mounts]]\nsource = \"old\"\ntarget = \"content/posts\"\nexcludeFiles = [\"**.no.md\"]\n\
        [[module.mounts]]\nsource = \"static\"\ntarget = \"static\"\nincludeFiles = [\"*.pdf\"]\n\
        -- static/a.pdf --\na\n-- static/b.psd --\nb\n";
    let files = posts(&["content/posts/a.md", "content/posts/hid/x.md", "old/c.md", "old/d.no.md"]);
    let site = Move::new(Program::Hugo, &format!("{config}{files}"));
    let (said, output) = site.build();
    let pages: Vec<&str> =
        output.keys().filter_map(|path| path.strip_suffix("/index.html")?.strip_prefix("posts/")).collect();
    assert_eq!(pages, ["a", "c"], "{said:#?}");
    assert!(output.contains_key("a.pdf"), "{:#?}", output.keys());
    for left in ["content/posts/hid/x.md", "old/d.no.md"] {
        says(&said, &format!("{left}:0 import-left a file that the site itself excludes"));
    }
}

#[test]
fn files_that_zola_leaves_out_are_not_public() {
    let config = "-- config.toml --\nbase_url = \"https://a.example\"\ntitle = \"N\"\nignored_content = [\"*.notes.md\", \"**/attic/**\"]\nignored_static = [\"**/*.psd\"]\n\
        -- static/big.psd --\nx\n-- static/in/big.psd --\nx\n-- static/a.pdf --\nx\n";
    let post = |path: &str| format!("-- {path} --\n+++\ntitle = \"{path}\"\ndate = 2023-01-01\n+++\nText.\n");
    let files: String =
        ["content/posts/a.md", "content/posts/b.notes.md", "content/posts/attic/c.md"].into_iter().map(post).collect();
    let site = Move::new(Program::Zola, &format!("{config}{files}"));
    let (said, output) = site.build();
    let found: Vec<&String> = output
        .keys()
        .filter(|path| path.starts_with("posts/") || ["psd", "pdf"].iter().any(|end| path.ends_with(end)))
        .collect();
    assert_eq!(found, ["a.pdf", "posts/a/index.html", "posts/index.html"], "{said:#?}");
    for left in ["content/posts/b.notes.md", "content/posts/attic/c.md", "static/big.psd", "static/in/big.psd"] {
        says(&said, &format!("{left}:0 import-left a file that the site itself excludes"));
    }
}

#[test]
fn a_cascade_is_for_the_pages_of_its_target() {
    let config = "-- hugo.toml --\nbaseURL = \"https://a.example/\"\ntitle = \"N\"\n[languages.en]\n[languages.de]\n\
        [[cascade]]\ndraft = true\n[cascade.target]\npath = \"/posts/x*\"\n\
        [[cascade]]\ndraft = true\n[cascade.target]\nkind = \"{section,home}\"\n\
        [[cascade]]\ndraft = true\n[cascade.target]\nlang = \"de\"\npath = \"/posts/g**\"\n\
        [[cascade]]\ndraft = true\n[cascade.target]\nenvironment = \"staging\"\n\
        -- content/posts/in/_index.md --\n---\ntitle: In\ncascade:\n  - build: {render: never}\n    _target: {path: /posts/in/n*}\n---\nText.\n";
    let files = posts(&[
        "content/posts/a.md",
        "content/posts/x1.md",
        "content/posts/g.md",
        "content/posts/g.de.md",
        "content/posts/in/m.md",
        "content/posts/in/n.md",
    ]);
    let (pages, said) = public(Program::Hugo, &format!("{config}{files}"));
    // `in/m` is the former address of one of them.
    assert_eq!(pages, ["a", "g", "in/m", "m"], "{said:#?}");
    for path in ["content/posts/x1.md", "content/posts/g.de.md"] {
        says(&said, &format!("{path}:0 import-hidden a file that readers never saw (`draft` of a `cascade`)"));
    }
    says(&said, "content/posts/in/n.md:0 import-hidden a file that readers never saw (`build.render`)");
}

#[test]
fn posts_of_jekyll_that_it_does_not_write_are_not_public() {
    let (pages, said) = public(
        Program::Jekyll,
        "-- _config.yml --\nurl: https://a.example\npermalink: /posts/:title/\ncollections: {posts: {output: false}}\n-- _posts/2023-01-01-a.md --\n---\ntitle: a\n---\nx\n",
    );
    assert_eq!(pages, [""; 0], "{said:#?}");
    says(&said, "import-hidden a file that readers never saw (`output: false` of its collection) becomes a draft");
}
