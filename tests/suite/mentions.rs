//! Mentions of withheld stories in what authors have typed: in whatever spelling, at their places, and not where the same
//! words are public anyway.

use crate::site_test::{SiteTest, article, describe, short};

const TITLE: &str = "Ministers close the northern harbour für immer";

/// A draft with this title, and a public story with this front matter and body.
fn telling(title: &str, head: &str, body: &str) -> SiteTest {
    SiteTest::new(format!(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nfeeds: {{formats: [atom, rss, json]}}\nemail: {{from: desk@test.example}}\nmarkdown_twins: true\n\
         -- content/articles/draft.md --\n---\ntitle: {title}\nslug: d\ndate: 2023-10-17\ndraft: true\n---\nText.\n\
         -- content/articles/teller.md --\n---\ntitle: Teller\ndate: 2023-10-16\n{head}---\n{body}\n"
    ))
}

/// What the audit says, with severities.
fn told(site: &SiteTest) -> Vec<String> {
    let report = site.try_build().report;
    let said = report.diagnostics().iter().filter(|problem| problem.code.0 == "withheld-leak");
    said.map(|problem| format!("{} {}", problem.severity, short(problem))).collect()
}

#[test]
fn escapes_in_yaml_change_neither_what_is_typed_nor_by_whom() {
    let warning = "warning withheld-leak content/articles/teller.md:4:10";
    for value in [
        r#""Ministers close the northern harbour f\u00fcr immer""#,
        r#""Ministers close the northern harbour f\xfcr immer""#,
        r#""Ministers\tclose\_the northern harbour für immer""#,
        r#""\x4dinisters close the northern harbour für immer""#,
        "\"Ministers close the nor\\\n  thern harbour für immer\"",
    ] {
        let site = telling(TITLE, &format!("summary: {value}\n"), "Text.");
        assert_eq!(told(&site), [warning], "{value}");
        // The desk's own words are an error, at their place too.
        let site = telling(TITLE, "", "Text.");
        site.write("dateline.yaml", format!("title: T\nbase_url: https://test.example\ndescription: {value}\n"));
        assert_eq!(told(&site), ["error withheld-leak dateline.yaml:3:14"], "{value}");
    }
    let quoted = telling(
        "It's the harbour that ministers close",
        "summary: 'It''s the harbour that ministers close'\n",
        "Text.",
    );
    assert_eq!(told(&quoted), [warning.replace("4:10", "4:11")]);
    let folded = "summary: >\n  Ministers close the northern\n  harbour für immer\n";
    assert_eq!(told(&telling(TITLE, folded, "Text.")), [warning.replace("4:10", "5:3")]);
}

#[test]
fn words_with_something_left_out_between_them_are_typed() {
    for body in [
        "Ministers ~~often~~ close the northern harbour für immer.",
        "Ministers <del>often\ndo not</del> close the northern harbour für immer.",
        "Ministers <s>often</s> close the northern harbour für immer.",
        "Ministers close the northern[^1] harbour für immer.\n\n[^1]: A note.",
        "Ministers ![x](https://x.example/a.png \"caption\") close the northern harbour für immer.",
    ] {
        let site = telling(TITLE, "", body);
        assert_eq!(told(&site), ["warning withheld-leak content/articles/teller.md:5:1"], "{body}");
    }
    // In an item of an edition, which e-mails show.
    let site = telling(TITLE, "", "Text.");
    site.write(
        "content/briefings/2023-10-16.md",
        "---\ndate: 2023-10-16\n---\nIntro.\n\n## Item\n\nMinisters ~~often~~ close the northern[^1] harbour für immer.\n\n[^1]: A note.\n",
    );
    assert_eq!(told(&site), ["warning withheld-leak content/briefings/2023-10-16.md:8:1"]);
    let raised = telling("Output of CO₂ rises again this year", "", "Output of CO<sub>2</sub> rises again this year.");
    assert_eq!(told(&raised), ["warning withheld-leak content/articles/teller.md:5:1"]);
}

#[test]
fn no_spelling_of_any_script_hides_a_headline() {
    let greek = "Οι υπουργοί κλείνουν το λιμάνι της πόλης";
    let turkish = "Bakanlar limanı kapatıyor bu yıl İzmir’de";
    for (title, body) in [
        (TITLE, "Mi&shy;nis&shy;ters close the nor&shy;thern har&shy;bour für im&shy;mer."),
        (TITLE, "Mi\u{ad}nis\u{ad}ters close the nor\u{ad}thern har\u{ad}bour für im\u{ad}mer."),
        (TITLE, "M<b>inisters</b> c<b>lose</b> <b>t</b>he n<b>orthern</b> h<b>arbour</b> für immer."),
        ("Mi\u{ad}nisters close the nor\u{ad}thern har\u{ad}bour", "Ministers close the northern harbour."),
        (greek, "ΟΙ ΥΠΟΥΡΓΟΙ ΚΛΕΙΝΟΥΝ ΤΟ ΛΙΜΑΝΙ ΤΗΣ ΠΟΛΗΣ"),
        (greek, "ΟΙ ΥΠΟΥΡΓΟΊ ΚΛΕΊΝΟΥΝ ΤΟ ΛΙΜΆΝΙ ΤΗΣ ΠΌΛΗΣ"),
        ("ΟΙ ΥΠΟΥΡΓΟΙ ΚΛΕΙΝΟΥΝ ΤΟ ΛΙΜΑΝΙ ΤΗΣ ΠΟΛΗΣ", greek),
        (turkish, "BAKANLAR LİMANI KAPATIYOR BU YIL İZMİR’DE"),
        ("BAKANLAR LİMANI KAPATIYOR BU YIL İZMİR’DE", turkish),
        (turkish, "bakanlar limanı kapatıyor bu yıl izmir’de"),
        ("Strassen bleiben gesperrt, sagt Weiss", "Straßen bleiben gesperrt, sagt Weiß."),
        ("Straßen bleiben gesperrt, sagt Weiß", "STRASSEN BLEIBEN GESPERRT, SAGT WEISS."),
    ] {
        let site = telling(&format!("\"{title}\""), "", body);
        assert_eq!(told(&site), ["warning withheld-leak content/articles/teller.md:5:1"], "{title}: {body}");
    }
    let site = telling(TITLE, "", "Text.");
    site.write(
        "static/data.json",
        "{\"a\": \"\\u004dinisters close the \\u006eorthern h\\u0061rbour f\\u00fcr immer\"}",
    );
    assert_eq!(told(&site), ["warning withheld-leak static/data.json:1:8"]);
}

#[test]
fn a_dek_and_a_short_title_that_recur_are_no_secret() {
    let column =
        "summary: What moved the markets overnight, in five minutes.\nshort_title: The market report of the morning\n";
    let site = SiteTest::new(
        article("monday", &format!("date: 2023-10-16\n{column}"), "Text.")
            + &article("tuesday", &format!("date: 2023-10-17\n{column}"), "Text.")
            + &article("next", &format!("date: 2033-10-18\n{column}"), "Text."),
    );
    site.build_clean();
    // A dek that only contains the words tells them.
    let words = "summary: Ministers close the northern harbour\n";
    site.write_all(&article("next", &format!("date: 2033-10-18\n{words}"), "Text."));
    site.write_all(&article(
        "monday",
        &format!("date: 2023-10-16\n{}", words.replace("summary:", "summary: Soon, ")),
        "T.",
    ));
    assert_eq!(site.build().problems(), ["withheld-leak content/articles/monday.md:4:17"]);
}

#[test]
fn summaries_of_editions_and_pages_are_searched_for() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-17.md --\n---\ntitle: Edition\nembargo: 2099-01-01\nsummary: The minister will resign on Friday\n---\nText.\n\
         -- content/pages/sale.md --\n---\ntitle: Sale\ndraft: true\nsummary: The paper is sold to the bank\n---\nText.\n"
            .to_owned()
            + &article("teller", "date: 2023-10-16", "The minister will resign on Friday.\n\nThe paper is sold to the bank."),
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        ["withheld-leak content/articles/teller.md:5:1", "withheld-leak content/articles/teller.md:7:1"],
        "{}",
        describe(&output.built.report)
    );
}

#[test]
fn a_file_of_a_withdrawn_story_is_shown_elsewhere_with_a_warning() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let withdrawn = "title: Fire\ndate: 2023-10-16\nupdates: [{at: 2023-10-17, kind: withdrawn, text: Not true.}]";
    let site = SiteTest::new(article("other", "date: 2023-10-15", "![x](fire/p.svg) [y](fire/notes.csv)"));
    site.write("content/articles/fire/index.md", format!("---\n{withdrawn}\n---\n![x](p.svg)\n"));
    site.write("content/articles/fire/p.svg", picture).write("content/articles/fire/notes.csv", "a,b");
    let output = site.build_and_compare();
    assert_eq!(
        output.problems(),
        ["withdrawn-file content/articles/other.md:5:1", "withdrawn-file content/articles/other.md:5:18"],
        "{}",
        describe(&output.built.report)
    );
    assert!(output.exists("/2023/10/15/other/fire/p.svg"));
    // Another text of the same folder shows its own picture.
    let site = SiteTest::new(article("other", "date: 2023-10-15", "Text."));
    site.write("content/articles/fire/index.md", format!("---\n{withdrawn}\n---\nText.\n"));
    site.write("content/articles/fire/map.md", "---\ntitle: Map\ndate: 2023-10-16\n---\n![x](p.svg)\n");
    site.write("content/articles/fire/p.svg", picture);
    site.build_clean();
}
