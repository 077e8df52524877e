use super::*;
use crate::base::report::Severity;
use crate::config::{BaseUrl, Config};

fn config() -> Config {
    Config::minimal("Test", BaseUrl::new("https://news.example", "/briefing"))
}

fn compile_text(text: &str) -> (Body, Report) {
    let config = config();
    compile(MarkdownSource {
        file: "content/articles/a.md",
        text,
        first_line: 5,
        prefix: "a",
        shared: true,
        twin: false,
        config: &config,
    })
}

fn html(text: &str) -> String {
    let (body, _) = compile_text(text);
    let fillings: Vec<Filling> = body
        .slots
        .iter()
        .map(|slot| match &slot.kind {
            SlotKind::Link { target, .. } | SlotKind::Address { target, .. } => {
                Filling::Href(format!("[{target:?}]").into())
            }
            SlotKind::Close | SlotKind::Block(_) | SlotKind::BlockEnd(_) => Filling::Close,
            SlotKind::Image { src: Target::Relative(src), .. } => {
                Filling::Image { src: src.as_str().into(), size: Some((4, 3)), renditions: None }
            }
            SlotKind::Image { src, .. } => Filling::Href(format!("[{src:?}]").into()),
        })
        .collect();
    body.fill(&fillings, Audience::Page)
}

#[test]
fn braces_are_text() {
    assert_eq!(html("Use {{ x }} and {% y %}"), "<p>Use {{ x }} and {% y %}</p>");
}

#[test]
fn references_bring_no_control_characters_and_no_marks_of_ours() {
    assert_eq!(html("a&#1;b&#x1f;c&#xFFFE;d&#9;e"), "<p>abcd\te</p>");
    let (body, report) = compile_text("[x](&#1;slug) [y](https://a.example/&#2;b \"t&#3;u\")");
    assert!(body.slots.iter().all(|slot| !matches!(&slot.kind, SlotKind::Link { target: Target::Slug { .. }, .. })));
    assert!(body.html.contains("https://a.example/b") && body.html.contains("tu"), "{}", body.html);
    assert!(!body.html.contains('\u{1}') && report.is_empty(), "{report:?}");
}

#[test]
fn headings_get_ids_and_leave_the_first_level_to_the_page() {
    let text = "# One\n\n## Two\n\n## Two\n";
    let (body, report) = compile_text(text);
    assert_eq!(body.anchors, ["a-one", "a-two", "a-two-2"]);
    assert!(html(text).starts_with("<h2 id=\"a-one\">One <a class=\"anchor\" href=\"#a-one\""));
    assert!(report.is_empty());
}

#[test]
fn a_given_id_that_repeats_is_reported_where_it_stands() {
    let (body, report) = compile_text("## A {#x}\n\n## B {#x}\n");
    assert_eq!(body.anchors, ["x", "x-2"]);
    let problem = &report.diagnostics()[0];
    assert_eq!((problem.code, problem.severity), (codes(), Severity::Warning));
    assert_eq!(problem.place.as_ref().map(|p| (p.line, p.column)), Some((7, 1)));
}

fn codes() -> crate::base::codes::Code {
    crate::base::codes::DUPLICATE_ANCHOR
}

#[test]
fn links_within_the_site_are_slots_and_others_are_marked() {
    let (body, _) =
        compile_text("[a](../b.md#x) [b](https://other.example/) [c](https://news.example/briefing/about/)");
    assert_eq!(body.slots.len(), 4);
    assert!(
        body.html.contains("<a href=\"https://other.example/\" class=\"external\" rel=\"external noopener\">b</a>")
    );
}

#[test]
fn slug_links_lose_their_brackets_and_links_with_brackets_keep_them() {
    let text = html("See [[visit]] and [[visit#talks|the talks]] and [[1]](https://other.example/).");
    assert!(text.contains("visit</a> and <a"), "{text}");
    assert!(text.contains(">the talks</a>"), "{text}");
    assert!(text.contains(">[1]</a>"), "{text}");
    assert!(!text.contains("[<a"), "{text}");
}

#[test]
fn footnotes_are_numbered_by_mention_and_lead_back() {
    let text = html("A[^b] and B[^a] and again[^b].\n\n[^a]: Alpha.\n[^b]: Beta.\n");
    assert!(text.contains("<sup class=\"footnote-ref\" id=\"fnref-a-1-2\"><a href=\"#fn-a-1\">1</a></sup>"), "{text}");
    assert!(text.contains("<li id=\"fn-a-1\"><p>Beta. <a class=\"footnote-back\""), "{text}");
    assert!(text.find("Beta") < text.find("Alpha"));
}

#[test]
fn an_undefined_footnote_and_reference_are_reported() {
    let (_, mut report) = compile_text("A[^x] and [b][c].");
    report.sort();
    let found: Vec<_> =
        report.diagnostics().iter().map(|d| (d.code.0, d.place.as_ref().map(|p| (p.line, p.column)))).collect();
    assert_eq!(found, [("footnote", Some((5, 2))), ("undefined-reference", Some((5, 11)))]);
}

#[test]
fn a_lone_picture_is_a_figure() {
    assert_eq!(
        html("![A *map*](map.svg \"The route\")"),
        "<figure class=\"image\"><img src=\"map.svg\" alt=\"A map\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\">\
         <figcaption><span class=\"caption\">The route</span></figcaption></figure>"
    );
}

#[test]
fn raw_html_is_made_harmless_and_slots_survive() {
    let text =
        html("<div onclick=\"x()\">[a](b.md) <script>alert(1)</script></div>\n\nA <b>bold</b> [c](d.md) ![i](e.png)\n");
    assert!(!text.contains("onclick") && !text.contains("script"), "{text}");
    assert!(text.contains("<b>bold</b>"), "{text}");
    assert!(text.contains("d.md") && text.contains("<img src=\"e.png\" alt=\"i\""), "{text}");
    assert_eq!(text.matches("<a ").count(), text.matches("</a>").count());
}

#[test]
fn comments_go_and_unsafe_links_are_reported() {
    assert_eq!(html("a\n\n<!-- more -->\n\nb"), "<p>a</p>\n<p>b</p>");
    let (body, report) = compile_text("[x](javascript:alert(1))");
    assert_eq!(body.html, "<p>x</p>");
    assert_eq!(report.diagnostics()[0].code.0, "unsafe-link");
}

#[test]
fn what_stands_in_raw_html_is_found_in_its_source() {
    let config = config();
    for (text, found) in [
        ("<img\n  src='/a.png'>\n", "/a.png"),
        ("> <p>x\n>   <a\n> href=/b/>y</a>\n", "/b/"),
        ("- Ü\n  <div>\n  é <a href=\"/c/\">y</a></div>\r\n", "/c/"),
        ("> Text <a\n> href=/d/>y</a>\n", "/d/"),
    ] {
        let source = MarkdownSource {
            file: "a.md",
            text,
            first_line: 1,
            prefix: "",
            shared: false,
            twin: false,
            config: &config,
        };
        let (body, _) = compile(source);
        let span = body.slots[0].span;
        let line = text.lines().nth(span.line as usize - 1).unwrap_or_default();
        let columns = span.column as usize - 1..span.end_column as usize - 1;
        let marked: String = line.chars().skip(columns.start).take(columns.len()).collect();
        assert_eq!(marked, found, "{text}");
    }
}

#[test]
fn an_image_in_a_link_leaves_the_link_whole() {
    let text = html("[![a](b.png) c](d.md) <b>x</b>");
    assert!(text.contains("c</a> <b>"), "{text}");
    let (body, _) = compile_text("[![a](b.png)](d.md) <b>x</b>");
    let fillings =
        [Filling::Withheld, Filling::Image { src: "/b.png".into(), size: None, renditions: None }, Filling::Close];
    assert!(body.fill(&fillings, Audience::Page).contains("alt=\"a\" loading=\"lazy\" decoding=\"async\"> <b>"));
}

#[test]
fn marks_of_the_sanitizer_are_nobody_elses() {
    let text =
        html("[a](b.md) <a href=\"dateline:0\" title=\"dateline:0\">x</a> <img srcset='dateline:0 1x' alt=dateline:1>");
    assert_eq!(text.matches("b.md").count(), 1, "{text}");
    assert!(text.contains("<a title=\"dateline:0\">x</a> <img alt=\"dateline:1\">"), "{text}");
}

#[test]
fn tables_are_aligned_by_class() {
    let text = html("| a | b |\n| --- | ---: |\n| 1 | 2 |\n");
    assert!(text.contains("<th scope=\"col\" class=\"align-right\">b</th>") && !text.contains("style="), "{text}");
}

#[test]
fn a_withheld_target_leaves_its_words() {
    let (body, _) = compile_text("See [the report](b.md).");
    assert_eq!(body.fill(&[Filling::Withheld, Filling::Close], Audience::Page), "<p>See the report.</p>");
}

#[test]
fn elsewhere_all_links_are_absolute() {
    let (body, _) = compile_text("## A\n\n[b](b.md) [c](#a-a)");
    let site = BaseUrl::new("https://news.example", "/briefing");
    let html = body.fill(
        &[Filling::Href("/briefing/b/".into()), Filling::Close],
        Audience::Elsewhere { site: &site, page: "https://news.example/briefing/a/" },
    );
    assert!(
        html.contains("href=\"https://news.example/briefing/b/\"")
            && html.contains("href=\"https://news.example/briefing/a/#a-a\""),
        "{html}"
    );
}

#[test]
fn the_opening_is_plain_text() {
    let (body, _) = compile_text("BEIJING — *He* said\nso.\n\nMore.");
    assert_eq!((body.text(&body.opening, &[]).as_str(), body.words), ("BEIJING — He said so. More.", 5));
}

#[test]
fn no_heading_level_is_skipped_and_equal_ones_stay_equal() {
    for (text, expected) in [
        ("### A\n\n##### B\n\n## C\n", "2 3 2"),
        ("## A\n\n## B\n\n# C\n\n## D\n", "2 2 2 3"),
        ("# A\n\n#### B\n\n#### C\n\n### D\n\n#### E\n", "2 3 3 3 4"),
    ] {
        let page = html(text);
        let levels: Vec<&str> = page.match_indices("<h").map(|(at, _)| &page[at + 2..at + 3]).collect();
        assert_eq!(levels.join(" "), expected, "{text}");
    }
}

#[test]
fn brackets_before_an_ordinary_link_are_no_reference() {
    let (_, report) = compile_text("[disposition: merge][Stabilize it](https://other.example/)");
    assert!(report.is_empty(), "{report:?}");
}
