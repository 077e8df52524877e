//! Marks that the settings of a site switch on or off, and ids of headings, mean the same after it moves.

use dateline::base::html::decode;
use dateline::import::moving::Program;

use crate::moving::Move;

const HUGO: &str = "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n";

/// The page of a story called `a`, and what was said of it.
#[track_caller]
fn page(program: Program, config: &str, text: &str) -> (String, Vec<String>) {
    let story = match program {
        Program::Hugo => format!("-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\n---\n{text}"),
        Program::Jekyll => format!("-- _posts/2023-01-01-a.md --\n---\ntitle: a\n---\n{text}"),
        Program::Zola => format!("-- content/posts/a.md --\n+++\ntitle = \"a\"\ndate = 2023-01-01\n+++\n{text}"),
    };
    let (said, output) = Move::new(program, &format!("{config}{story}")).build();
    let path = output.keys().find(|path| path.ends_with("/a/index.html") || path.ends_with("/a.html")).expect("a page");
    (String::from_utf8_lossy(&output[path]).into_owned(), said)
}

#[track_caller]
fn shows(page: &str, expected: &[&str]) {
    for text in expected {
        assert!(page.contains(text), "{text} is not in {page}");
    }
}

#[track_caller]
fn says(said: &[String], expected: &[&str]) {
    for text in expected {
        assert!(said.iter().any(|line| line.contains(text)), "{text} is not in {said:#?}");
    }
}

#[test]
fn extensions_that_hugo_had_on_are_carried_over_or_named() {
    let config = format!(
        "{HUGO}enableEmoji = true\n[markup.goldmark.parser.attribute]\nblock = true\n[markup.goldmark.extensions.passthrough]\nenable = true\n[markup.goldmark.extensions.passthrough.delimiters]\nblock = [[\"$$\", \"$$\"]]\ninline = [[\"$\", \"$\"]]\n[markup.goldmark.extensions.extras.superscript]\nenable = true\n[markup.goldmark.extensions.extras.mark]\nenable = true\n"
    );
    let (html, said) = page(
        Program::Hugo,
        &config,
        "Fine :smile: x^2^ ==mark== and $x_i*y*z_i$.\n{.lead #first}\n\n> q\n{#qid}\n\n- a\n- b\n{.x}\n",
    );
    shows(
        &html,
        &[
            "<a id=\"first\"></a>Fine",
            "x<sup>2</sup> <mark>mark</mark>",
            "<code>$x_i*y*z_i$</code>",
            "<a id=\"qid\"></a>q",
            "<li>b</li>",
        ],
    );
    assert!(!html.contains("{.") && !html.contains("{#"), "{html}");
    says(
        &said,
        &[
            "content/posts/a.md:5 import-mark an emoji was written by its name, which stays",
            "content/posts/a.md:5 import-mark a formula is kept as code",
            "content/posts/a.md:6 import-mark attributes of a block (`{.…}`) are left out",
            "content/posts/a.md:13 import-mark attributes of a block",
        ],
    );
}

#[test]
fn extensions_that_hugo_had_off_make_nothing() {
    let config = format!(
        "{HUGO}[markup.goldmark.extensions]\ntable = false\ndefinitionList = false\ntaskList = false\nstrikethrough = false\n"
    );
    let (html, _) =
        page(Program::Hugo, &config, "Term\n: not one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] box\n\n~~a~~\n");
    shows(&html, &[": not one", "| a | b |", "[ ] box", "~~a~~"]);
    for element in ["<dl", "<table", "<input", "<del"] {
        assert!(!html.contains(element), "{element} is in {html}");
    }
    let (html, _) = page(Program::Hugo, HUGO, "H~2~O and ~c~.\n\nTerm\n: is one\n");
    shows(&html, &["H<del>2</del>O and <del>c</del>", "<dd>is one"]);
}

#[test]
fn what_zola_shows_stays() {
    let config = "-- config.toml --\nbase_url = \"https://a.example\"\n[markdown]\nrender_emoji = true\n";
    let text = "A {# shown #} b :smile:\n\nTerm\n: not a definition\n";
    let (html, said) = page(Program::Zola, config, text);
    shows(&html, &["A {# shown #} b :smile:", ": not a definition"]);
    assert!(!html.contains("<dl") && !said.iter().any(|line| line.contains("import-hidden")), "{said:#?}");
    says(&said, &["content/posts/a.md:5 import-mark an emoji was written by its name"]);
    let (html, _) = page(Program::Zola, &config.replace("render_emoji", "definition_list"), text);
    shows(&html, &["<dd>not a definition"]);
}

#[test]
fn code_stays_as_it_is() {
    let text = "    * [ ]quay\n\nText\n\n```\n- [ ]fenced\n```\n\n- item\n\n      - [ ]deep\n";
    let site = Move::new(
        Program::Hugo,
        &format!("{HUGO}-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\n---\n{text}"),
    );
    site.go();
    assert!(
        site.read("content/articles/2023/01/a.md").ends_with(text),
        "{}",
        site.read("content/articles/2023/01/a.md")
    );
}

#[test]
fn every_heading_has_the_id_that_it_had() {
    let ids = |program: Program, config: &str, text: &str| {
        let (html, _) = page(program, config, text);
        let prose = html.split_once("class=\"prose").map_or(String::new(), |(_, prose)| prose.to_owned());
        let found =
            prose.split("<h2 id=\"").skip(1).filter_map(|rest| Some(decode(rest.split_once('"')?.0).into_owned()));
        found.collect::<Vec<String>>()
    };
    let text = "## ~~Old~~ New\n\n## What&#39;s new\n\n## İlk Sayı\n\n## F {id=\"ided\"}\n\n#MeToo & more\n-------------\n\nText.\n\n## G -- h\n";
    let found = ids(Program::Hugo, HUGO, text);
    let expected = ["old-new", "what39s-new", "ilk-sayı", "ided", "metoo--more", "g--h"];
    assert_eq!(found.get(..expected.len()), Some(&expected.map(str::to_owned)[..]), "{found:?}");
    let plain = format!("{HUGO}[markup.goldmark.extensions]\ntypographer = false\n");
    assert_eq!(ids(Program::Hugo, &plain, "## G -- h\n")[0], "g----h");
    let jekyll = "-- _config.yml --\ntitle: N\nurl: https://a.example\ntimezone: UTC\n";
    let found = ids(Program::Jekyll, jekyll, "## ΝΕΑ ΤΗΣ ΗΜΕΡΑΣ\n\n## ~~Old~~ New\n");
    assert_eq!(found.get(..2), Some(&["νεα-τησ-ημερασ".to_owned(), "old-new".to_owned()][..]), "{found:?}");
    let zola = "-- config.toml --\nbase_url = \"https://a.example\"\n[slugify]\nanchors = \"safe\"\n";
    let found = ids(Program::Zola, zola, "## What's new -- \"here\"\n\n## ~~Old~~ New\n");
    assert_eq!(found.get(..2), Some(&["What's_new_--_\"here\"".to_owned(), "Old_New".to_owned()][..]), "{found:?}");
}

#[test]
fn lines_of_colons_stay_words() {
    for (program, config) in [
        (Program::Hugo, HUGO),
        (Program::Zola, "-- config.toml --\nbase_url = \"https://a.example\"\n"),
        (Program::Jekyll, "-- _config.yml --\nurl: https://a.example\n"),
    ] {
        let (page, _) = page(program, config, "::: note\nText.\n:::\n\n```\n::: code\n```\n");
        shows(&page, &["::: note", ":::</p>", ">::: code"]);
    }
}
