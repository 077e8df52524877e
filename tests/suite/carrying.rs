//! Texts of another program's Markdown read here as they were read there. What the real programs make of such texts stands in
//! `tests/moving/`; here is what becomes of each kind of mark, and at which line that is said.

use dateline::import::moving::Program;

use crate::moving::Move;

/// The text of one post of Jekyll after the move, and what was said about it.
#[track_caller]
fn of_jekyll(config: &str, body: &str) -> (String, Vec<String>) {
    let site = Move::new(
        Program::Jekyll,
        &format!(
            "-- _config.yml --\nurl: https://a.example\n{config}\n-- _posts/2023-10-01-a.md --\n---\ntitle: A\n---\n{body}\n"
        ),
    );
    let (said, _) = site.build();
    let text = site.read("content/articles/2023/10/a.md");
    let body = text.splitn(3, "---\n").nth(2).expect("a body").trim_matches('\n').to_owned();
    let said = said.into_iter().filter(|line| line.starts_with("_posts/")).collect();
    (body, said)
}

#[track_caller]
fn becomes(body: &str, expected: &str) {
    let (found, said) = of_jekyll("", body);
    assert_eq!(found, expected, "{said:#?}");
    assert!(!said.iter().any(|line| line.contains("import-text")), "{said:#?}");
}

#[test]
fn what_both_read_alike_stays_as_it_was_written() {
    for text in [
        "One *two* **three** `four` [five](https://b.example/) -- \"six\".",
        "snake_case, 2 * 3, a*b*c and AT&T < 5",
        "> Quoted\n> lines",
        "* one\n* two\n  * three",
        "1. one\n2. two",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```sh\n* code\n```",
        "Noted.[^1]\n\n[^1]: A note.",
        "Draught\n: The depth of a hull.",
        "[a][b]\n\n[b]: https://b.example/",
    ] {
        becomes(text, text);
    }
}

#[test]
fn attributes_go_and_their_ids_stay() {
    becomes("## Custom\n{: #kid .lead}\n\nPara.\n{: .notice}", "## Custom {#kid}\n\nPara.");
    becomes("Para.\n{: #para}\n\n[to](#para)", "<span id=\"para\"></span>Para.\n\n[to](#para)");
    becomes("[out](https://b.example/){:target=\"_blank\"}, *soft*{: .red}.", "[out](https://b.example/), *soft*.");
    becomes("~~~\nputs 1\n~~~\n{: .language-ruby}", "```ruby\nputs 1\n```");
    becomes("{:ref: #named}\n\n> Quoted.\n{: ref}", "<div id=\"named\"></div>\n\n> Quoted.");
    let (text, said) = of_jekyll("", "* Contents\n{:toc}\n\n## A\n\nWords.\n{: .x}\n\n{: .y}\nMore.");
    assert_eq!(text, "## A\n\nWords.\n\nMore.");
    for expected in [
        "_posts/2023-10-01-a.md:4 import-mark a list of contents (`{:toc}`) is left out",
        "_posts/2023-10-01-a.md:9 import-mark attributes of kramdown (`{: … }`) are left out",
        "_posts/2023-10-01-a.md:13 import-mark attributes of kramdown (`{: … }`) are left out",
    ] {
        assert!(said.iter().any(|line| line == expected), "{expected} is not in {said:#?}");
    }
}

#[test]
fn tables_keep_all_cells() {
    becomes("| 1 | 2 |\n| 3 | 4 |", "|  |  |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |");
    becomes("a | b", "|  |  |\n|---|---|\n| a | b |");
    becomes("| A | B |\n|--|:-:|\n| 1 | 2 | 3 |", "| A | B |  |\n|---|:-:|---|\n| 1 | 2 | 3 |");
    becomes("|A|B|\n|-|-|\n|1|`2|3`|\n|==\n|4|5|", "| A | B |\n|---|---|\n| 1 | `2\\|3` |\n| 4 | 5 |");
    becomes("x | y\nnot a table", "x | y\nnot a table");
}

#[test]
fn html_is_read_by_its_attribute() {
    becomes("<div markdown=\"1\">\n*in*\n</div>", "<div>\n\n*in*\n\n</div>");
    becomes("<div>\n\n*raw*\n\n</div>", "<div>\n*raw*\n</div>");
    becomes("Text\n<div>x</div>\nmore", "Text\n\n<div>x</div>\n\nmore");
    becomes("{::nomarkdown}\n<b>*raw*</b>\n{:/}", "<div>\n<b>*raw*</b>\n</div>");
    becomes("The IMO.\n\n*[IMO]: Maritime \"Org\"", "The <abbr title=\"Maritime &quot;Org&quot;\">IMO</abbr>.");
}

#[test]
fn marks_mean_what_they_meant() {
    becomes("<<Mer>> << x >>", "«Mer» «\u{a0}x\u{a0}»");
    becomes("**bold:**text", "<strong>bold:</strong>text");
    becomes("~5~ tonnes", "\\~5\\~ tonnes");
    becomes("a \\& b", "a \\\\& b");
    becomes("One\\\\\ntwo", "One\\\ntwo");
    becomes("[file](/my file.pdf)", "[file](</my file.pdf>)");
    becomes("Words\n- item", "Words\n\n* item");
    becomes("In\n1986. Then", "In\n\n1. Then");
    becomes("3. three\n4. four", "1. three\n2. four");
    becomes("1. a\n  * b", "1. a\n   * b");
    becomes("* a\n^\n* b", "* a\n\n- b");
    becomes("1. [x]\n2. [x] a", "1. \\[x]\n2. [x] a");
    becomes("<div>a</div> <div>b</div> *c*\nd", "<div>a</div>\n\n<div>b</div>\n\n*c*\nd");
    becomes("Not\na title\n---", "Not\na title\n\\---");
    becomes("$$x_1$$ and\n\n$$\ny\n$$", "`x_1` and\n\n```math\ny\n```");
    becomes("{::options toc_levels=\"1\" /}\nA", "A");
    becomes(
        "{% include x.html a=\"*\" %}\n\n{% highlight sh %}\n* x\n{% endhighlight %}\n\n{{ x }}s*",
        "{% include x.html a=\"*\" %}\n\n```sh\n* x\n```\n\n{{ x }}s*",
    );
}

#[test]
fn settings_of_kramdown_are_obeyed() {
    assert_eq!(of_jekyll("kramdown: {hard_wrap: true}", "a\nb").0, "a\\\nb");
    assert_eq!(of_jekyll("kramdown: {parse_block_html: true}", "<div>\n*a*\n</div>").0, "<div>\n\n*a*\n\n</div>");
    assert_eq!(of_jekyll("kramdown: {input: kramdown}", "#Head\n\nWords\n- no item").0, "# Head\n\nWords\n\\- no item");
    assert_eq!(of_jekyll("markdown: CommonMark", "a\n{: .b}").0, "a\n{: .b}");
}

/// The text of one post of Hugo after the move, and what was said about it.
#[track_caller]
fn of_hugo(config: &str, body: &str) -> (String, Vec<String>) {
    let site = Move::new(
        Program::Hugo,
        &format!(
            "-- hugo.toml --\nbaseURL = \"https://a.example\"\n{config}\n-- content/posts/a.md --\n---\ntitle: A\ndate: 2023-10-01\n---\n{body}\n"
        ),
    );
    let (said, _) = site.build();
    let text = site.read("content/articles/2023/10/a.md");
    let body = text.splitn(3, "---\n").nth(2).expect("a body").trim_matches('\n').to_owned();
    (body, said.into_iter().filter(|line| line.starts_with("content/")).collect())
}

#[test]
fn settings_of_goldmark_are_obeyed() {
    let body = "A <b>c</b> www.a.example <<d>>\ne\n\n<p>SECRET</p>\n\nf";
    let (text, said) = of_hugo("", body);
    assert_eq!(text, "A c [www.a.example](https://www.a.example) «d»\ne\n\n<!-- raw HTML omitted -->\n\nf");
    let hidden = "content/posts/a.md:8 import-hidden HTML that readers never saw (`unsafe` is not on) is left out";
    assert!(said.iter().any(|line| line == hidden), "{said:#?}");
    let config = "[markup.goldmark]\nrenderer = {unsafe = true, hardWraps = true}\nextensions = {typographer = false, linkify = false}";
    let (text, _) = of_hugo(config, "A <b>c</b> www.a.example\n<i>e</i>");
    assert_eq!(text, "A <b>c</b> www.a.example\\\n<i>e</i>");
}

#[test]
fn only_what_is_a_link_is_changed() {
    let post = "-- content/posts/b.md --\n---\ntitle: B\ndate: 2023-10-01\n---\nB.\n";
    let config = format!("[markup.goldmark.renderer]\nunsafe = true\n{post}");
    let body = "[b](/posts/b/) and ](/posts/b/) and [[b]]\n[c]: /posts/b/\n\n    [[b]] [b](/posts/b/)\n\n<div>\n[[b]] <a href=\"/posts/b/\">b</a>\n</div>";
    let (text, _) = of_hugo(&config, body);
    assert_eq!(
        text,
        "[b](b.md) and ](/posts/b/) and \\[[b]]\n[c]: /posts/b/\n\n    [[b]] [b](/posts/b/)\n\n<div>\n[[b]] <a href=\"b.md\">b</a>\n</div>"
    );
}

mod anything {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
        /// No mark of kramdown, wherever it stands, costs a word or the build.
        #[test]
        fn no_word_is_lost_among_marks_of_kramdown(
            parts in proptest::collection::vec(
                "(\\* |1\\. |> |    |  |## |: |\\| |\\{: \\.a\\}|\\{:toc\\}|\\^|\\$\\$|~~|\\*\\*|_|`|<b>|</b>|<div>|</div>|<div markdown=\"1\">|\\{% if x %\\}|\\{\\{ y \\}\\}|<<|\\\\|\\[a|\\]\\(b c\\)|---|\\|--\\||~~~)(\n|\n\n| )",
                0..24,
            ),
        ) {
            let body: String = parts.iter().enumerate().map(|(at, part)| format!("{part}w{at}x ")).collect();
            let site = Move::new(Program::Jekyll, &format!("-- _config.yml --\nurl: https://a.example\n-- _posts/2023-10-01-a.md --\n---\ntitle: A\n---\n{body}\n"));
            let (_, said, _) = site.go();
            let text = site.read("content/articles/2023/10/a.md");
            let is_dropped = said.iter().any(|line| line.contains("{:toc}"));
            for at in 0..parts.len() {
                proptest::prop_assert!(is_dropped || text.contains(&format!("w{at}x")), "w{at}x is not in {text}");
            }
        }
    }
}
