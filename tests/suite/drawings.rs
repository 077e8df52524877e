//! SVG: what of it goes out, and what is said of the rest.

use crate::serve::Served;
use crate::site_test::{SiteTest, article, short};

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\"><!-- by Ann -->\n<rect width=\"9\" onclick=\"x()\"/>\n\
    <script>x()</script><image href=\"https://far.example/p.png\"/>\n<a href=\"https://far.example/\"><path/></a></svg>\n";

const CLEANED: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\">\n<rect width=\"9\"/>\n<image/>\n\
    <a href=\"https://far.example/\"><path/></a></svg>\n";

fn site() -> SiteTest {
    let site = SiteTest::new(article("a/index", "date: 2023-10-17", "![A plan](plan.svg)\n\n![B](/logo.svg)"));
    site.write("content/articles/a/plan.svg", DRAWING)
        .write("static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    site
}

#[test]
fn a_drawing_goes_out_without_what_runs_and_each_part_is_told_at_its_line() {
    let site = site();
    let output = site.build_and_compare();
    let file = "content/articles/a/plan.svg";
    let expected = [(2, 1), (3, 1), (3, 21)].map(|(line, column)| format!("svg-left-out {file}:{line}:{column}"));
    assert_eq!(output.problems(), expected);
    let tree = site.tree();
    assert_eq!(String::from_utf8_lossy(&tree["2023/10/17/a/plan.svg"]), CLEANED);
    assert_eq!(tree["logo.svg"], b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    assert!(output.main("/2023/10/17/a/").contains("plan.svg\" alt=\"A plan\" width=\"300\" height=\"200\""));
    // What was read before says the same.
    site.write("static/logo.svg", DRAWING);
    assert_eq!(site.build_and_compare().problems().len(), 6);
    let served = Served::new(site);
    assert_eq!(served.get("/2023/10/17/a/plan.svg").text(), CLEANED);
    assert_eq!(served.get("/logo.svg").text(), CLEANED);
}

#[test]
fn a_drawing_that_no_browser_shows_is_an_error_at_its_place() {
    let site = site();
    for (text, problem) in [
        ("<svg>\n<g></svg>", "damaged-picture content/articles/a/plan.svg:2:4"),
        ("<svg>\n&nbsp;</svg>", "damaged-picture content/articles/a/plan.svg:2:1"),
    ] {
        site.write("content/articles/a/plan.svg", text);
        let found: Vec<String> = site.try_build().report.diagnostics().iter().map(short).collect();
        assert_eq!(found, [problem], "{text}");
    }
    site.write("content/articles/a/plan.svg", b"<svg>\xff</svg>");
    assert_eq!(site.problems(), ["damaged-picture content/articles/a/plan.svg"]);
}
