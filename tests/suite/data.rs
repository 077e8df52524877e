//! Data files: for templates, and for the blocks `table` and `chart`.

use crate::site_test::{SiteTest, article, assert_in_order, describe, short};

const MEMBERS: &str = "-- data/icc/members.csv --
Year,Members,Left
2002,76,
2010,114,
2019,122,\"2 <states>\"
";

const PAGE: &str = "-- templates/page.html --
{% extends \"builtin/page.html\" %}
{% block main %}{% for row in data(path=\"icc/members.csv\") %}<p>{{ row.Year + 1 }}: {{ row.Members }} {{ row.Left | default(value=\"none\") }}</p>{% endfor %}{% endblock main %}
-- content/pages/about.md --
---
title: About
---
";

fn site(text: &str) -> SiteTest {
    SiteTest::new(
        "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nmarkdown_twins: true\n".to_owned()
            + MEMBERS
            + &article("a", "date: 2023-10-17", text),
    )
}

#[test]
fn a_template_asks_for_data_and_its_page_alone_follows_it() {
    let site = site("Text.");
    site.write_all(PAGE);
    let output = site.build_and_compare();
    assert_in_order(&output.main("/about/"), &["<p>2003: 76 none</p>", "<p>2020: 122 2 &lt;states&gt;</p>"]);
    site.write_all(&MEMBERS.replace("76", "77"));
    let output = site.build_and_compare();
    assert_eq!(output.changes().1, ["/about/"]);
    for (path, text) in [("a.json", "[{\"Year\": 1}]"), ("b.yaml", "- Year: 1\n"), ("c.toml", "[[d]]\nYear = 1\n")] {
        site.write(&format!("data/{path}"), text);
        let rows = if path == "c.toml" { ".d" } else { "" };
        let template = format!(
            "{{% extends \"builtin/page.html\" %}}{{% block main %}}{{% set all = data(path=\"{path}\") %}}<p>{{{{ all{rows}[0].Year + 1 }}}}</p>{{% endblock main %}}"
        );
        site.write("templates/page.html", template);
        assert!(site.build_and_compare().main("/about/").contains("<p>2</p>"), "{path}");
    }
    site.write("templates/page.html", "{{ data(path=\"icc/member.csv\") | length }}");
    let said = describe(&site.try_build().report);
    assert!(
        said.contains("there is no file `icc/member.csv` under `data/`; did you mean `icc/members.csv`?"),
        "{said}"
    );
}

#[test]
fn a_table_shows_rows_everywhere() {
    let site =
        site("::: table icc/members.csv title=\"Members\" columns=\"Year, Left\" source=\"ICC & others\"\n:::\n");
    let output = site.build_clean();
    let table = "<tr><th scope=\"row\">2019</th><td>2 &lt;states&gt;</td></tr>";
    assert_in_order(
        &output.main("/2023/10/17/a/"),
        &[
            "<figure class=\"data-table\">",
            "Members</figcaption>",
            "<th scope=\"col\">Left</th>",
            table,
            "ICC &amp; others",
        ],
    );
    let feed = output.file("/feed.xml");
    assert!(feed.contains("2 &amp;lt;states&amp;gt;") && !feed.contains("block"), "{feed}");
    let twin = output.file("/2023/10/17/a/index.md");
    assert_in_order(
        &twin,
        &["Members\n\n| Year | Left |\n| --- | --- |\n", "| 2019 | 2 \\<states> |\n", "ICC & others"],
    );
    site.write_all(&MEMBERS.replace("2 <states>", "none"));
    let output = site.build_and_compare();
    assert!(output.main("/2023/10/17/a/").contains("<td>none</td>"));
}

#[test]
fn a_chart_is_drawn_with_its_table_beside() {
    let text = "::: chart icc/members.csv type=lines title=\"Members by year\" unit=states y=Members\n:::\n\n\
                ::: chart title=\"Own rows\"\n```csv\nPlace;A;B\nالرياض;1;2\nRome;3;4\n```\n:::\n";
    let site = site(text);
    let output = site.build_clean();
    let main = output.main("/2023/10/17/a/");
    assert_in_order(
        &main,
        &[
            "<figure class=\"chart\">",
            "<svg class=\"chart-lines\"",
            "direction=\"ltr\" role=\"img\" aria-label=\"Members by year\">",
            "<path class=\"line series-1\"",
            "<summary>The numbers as a table</summary>",
            "<td class=\"align-right\">122</td>",
            "<ul class=\"chart-legend\">",
            "<svg class=\"chart-bars\"",
            "الرياض</text>",
            "<th scope=\"row\">Rome</th><td class=\"align-right\">3</td>",
        ],
    );
    assert!(!main.contains("style=") && !main.contains("Place;A"), "{main}");
    let feed = output.file("/feed.json");
    assert!(!feed.contains("<svg") && feed.contains("Own rows") && feed.contains("Rome"), "{feed}");
    let twin = output.file("/2023/10/17/a/index.md");
    assert_in_order(&twin, &["Members by year", "| 2019 | 122 |", "Own rows", "| Rome | 3 | 4 |"]);
    site.write_all(&MEMBERS.replace("122", "124"));
    assert!(site.build_and_compare().main("/2023/10/17/a/").contains(">124</td>"));
}

#[test]
fn nothing_of_a_withheld_block_is_published() {
    let site = site("Text.");
    let secret = "::: chart title=\"Secret title\"\n```\nPlace,Secret column\nSecret place,1\n```\n:::\n\n\
                  ::: embed https://secret.example/@desk/12 title=\"Secret film\" :::\n\n\
                  ::: pullquote by=\"Secret speaker\"\nSecret words.\n:::\n";
    site.write_all(&article("secret", "date: 2023-10-17\nembargo: 2099-01-01", secret));
    site.build_and_compare();
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("Secret") && !text.contains("secret.example"), "{file}: {text}");
    }
}

#[test]
fn data_gone_wrong_is_reported_at_its_line() {
    for (text, message) in [
        (
            "::: chart icc/member.csv\n:::",
            "bad-data content/articles/a.md:5:5: there is no file `icc/member.csv` under `data/`",
        ),
        ("::: table\n:::", "`table` has no data"),
        (
            "::: table icc/members.csv columns=\"Yaer\"\n:::",
            "the data has no column `Yaer` (Some(\"did you mean `Year`?\"))",
        ),
        ("::: chart icc/members.csv y=Left\n:::", "`2 <states>` in row 3 of the column `Left` is not a number"),
        (
            "::: chart\n```\nYear,Members,Observers\n2002,60,5\n2023,123,\"1,200\"\n```\n:::",
            "`1,200` in row 2 of the column `Observers` is not a number",
        ),
        ("::: chart icc/members.csv type=pie\n:::", "there is no chart of the type `pie`"),
        ("::: chart\n```\na,b\n1\n```\n:::", "bad-data content/articles/a.md:8:1: this row has 1 cell"),
    ] {
        let said = describe(&site(text).try_build().report);
        assert!(said.contains(message), "{text}: {said}");
    }
    let site = site("Text.");
    site.write("data/b.json", "[\n1,,\n]").write("data/c.xlsx", "").write("data/README.md", "Read me.");
    let report = site.try_build().report;
    let problems: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(problems, ["bad-data data/b.json:2:3", "unused-file data/c.xlsx"]);
}
