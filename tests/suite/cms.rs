//! The desk in the browser that `init --cms` writes. That its pages work is looked at in `tests/browser/cms.mjs`.

use std::process::{Command, Output};

use dateline::base::date::Zone;
use dateline::base::yaml::any;
use dateline::content::schema::schema;
use dateline::scaffold::cms::{Backend, SiteFacts, config};
use serde_json::Value;

use crate::site_test::{SiteTest, article, tree};

fn init(site: &SiteTest, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["--root", ".", "init"])
        .args(arguments)
        .current_dir(site.root())
        .output()
        .expect("it runs")
}

fn desk(depth: usize) -> Value {
    let zone = Zone::new("Asia/Shanghai").expect("bundled");
    let backend = Backend::parse("gitlab:group/part/site").expect("a backend");
    let text = config(&SiteFacts { zone, address: Some("https://test.example/".to_owned()), depth }, &backend);
    any::parse(&text).expect("YAML").into()
}

/// Compares the fields of a map with its keys in the schema, and those within them.
fn compare(place: &str, schema: &Value, fields: &Value) {
    let forms = |schema: &Value| -> Vec<Value> {
        let mut found = vec![schema.clone()];
        let mut at = 0;
        while at < found.len() {
            let one = found[at].clone();
            found.extend(one["anyOf"].as_array().into_iter().flatten().cloned());
            found.extend(one.get("items").cloned());
            at += 1;
        }
        found
    };
    let keys = schema["properties"].as_object().expect("keys");
    let fields = fields.as_array().expect("fields");
    let names: Vec<&str> =
        fields.iter().filter_map(|field| field["name"].as_str()).filter(|name| *name != "body").collect();
    assert_eq!(names, keys.keys().map(String::as_str).collect::<Vec<_>>(), "{place}");
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for field in fields.iter().filter(|field| field["name"] != "body") {
        let name = field["name"].as_str().expect("a name");
        let (about, place) = (&keys[name], format!("{place}.{name}"));
        let widget = field["widget"].as_str().expect("a widget");
        if widget != "hidden" {
            let is_dated = matches!(&*place, "article.date" | "briefing.date");
            assert_eq!(field["required"], is_dated || required.contains(&name), "{place}");
            assert_eq!(field["default"], Value::Null, "an old story without {place} would be given it");
            assert_eq!(field["hint"], about["description"], "{place}");
        }
        let forms = forms(about);
        let any = |test: &dyn Fn(&Value) -> bool| forms.iter().any(test);
        let is = |kind: &str| {
            any(&|form| form["type"] == kind || form["type"].as_array().is_some_and(|all| all.contains(&kind.into())))
        };
        let fits = match widget {
            "boolean" => is("boolean") && !is("string"),
            "number" => is("integer"),
            "select" => {
                let values = forms.iter().find_map(|form| form["oneOf"].as_array()).expect("values");
                let values: Vec<&Value> = values.iter().map(|value| &value["const"]).collect();
                field["options"].as_array().expect("options").iter().collect::<Vec<_>>() == values
            }
            "list" => is("array"),
            "relation" => field["multiple"].as_bool().unwrap_or_default() == is("array"),
            "object" | "keyvalue" => is("object"),
            "hidden" => name == "description" || any(&|form| form["additionalProperties"] == true),
            _ => is("string"),
        };
        assert!(fits, "{place} is {widget}");
        if field["fields"].is_array() {
            let inside = forms.iter().find(|form| form["properties"].is_object()).expect("keys");
            compare(&place, inside, &field["fields"]);
        }
    }
}

#[test]
fn every_key_of_every_kind_has_a_field_that_fits_it() {
    let (desk, schema) = (desk(2), schema());
    let collections = desk["collections"].as_array().expect("collections");
    let kinds = ["article", "briefing", "topic", "person", "page"];
    let all: Vec<&String> = schema.as_object().expect("kinds").keys().collect();
    // Entries of live coverage lie in the folders of their stories, where no collection finds them; settings and words
    // are not the newsroom's daily work.
    let all: Vec<&String> =
        all.into_iter().filter(|kind| !["config", "entry", "words"].contains(&kind.as_str())).collect();
    assert_eq!(all, kinds, "a new kind needs a collection");
    assert_eq!(collections.len(), kinds.len());
    let names: Vec<&str> = collections.iter().filter_map(|collection| collection["name"].as_str()).collect();
    for (kind, collection) in kinds.iter().zip(collections) {
        compare(kind, &schema[*kind], &collection["fields"]);
        let text = collection["fields"].to_string();
        for part in text.split("\"collection\":\"").skip(1) {
            let name = part.split('"').next().unwrap_or("");
            assert!(names.contains(&name), "{kind}: {name}");
        }
        for part in text.split("\"widget\":\"datetime\"").skip(1) {
            assert!(part.starts_with(",\"input_timezone\":\"Asia/Shanghai\",\"output_utc\":false"), "{part:.80}");
        }
        // With a format and a zone, the page stands still.
        assert!(!text.contains("\"format\""), "{kind}");
    }
    assert_eq!(desk["backend"], serde_json::json!({ "name": "gitlab", "repo": "group/part/site" }));
    assert_eq!(desk["publish_mode"], "editorial_workflow");
}

#[test]
fn pictures_names_and_sections_are_what_they_are() {
    let (flat, desk) = (desk(0), desk(2));
    let field = |kind: usize, name: &str| {
        let fields = desk["collections"][kind]["fields"].as_array().expect("fields").iter();
        fields.into_iter().find(|field| field["name"] == name).expect("it is there").clone()
    };
    assert_eq!(field(0, "topics")["collection"], "topics");
    assert_eq!(field(0, "authors")["collection"], "people");
    assert_eq!(field(1, "stories")["collection"], "articles");
    assert_eq!(field(0, "image")["fields"][0]["widget"], "image");
    assert_eq!(desk["collections"][0]["path"], "{{year}}/{{month}}/{{slug}}");
    assert_eq!(flat["collections"][0]["path"], Value::Null);
}

#[test]
fn the_desk_is_added_to_a_site_and_touches_nothing_else() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "One."));
    let before = tree(&site.root());
    site.write("content/articles/short.md", "---\ntitle: B\ndate: 2023-10-17\nimage: a.jpg\n---\nTwo.\n");
    let before = before.into_iter().chain(tree(&site.root())).collect::<std::collections::BTreeMap<_, _>>();
    let run = init(&site, &["--cms=github:owner/site"]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("`image` is in a form") && said.contains("content/articles/short.md"), "{said}");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let after = tree(&site.root());
    let fresh: Vec<&str> = after.keys().filter(|path| !before.contains_key(*path)).map(String::as_str).collect();
    let names = ["LICENSES.txt", "config.yml", "index.html", "material-symbols-outlined.woff2", "sveltia-cms.js"];
    assert_eq!(fresh, names.map(|name| format!("static/admin/{name}")));
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    let text = String::from_utf8_lossy(&after["static/admin/config.yml"]);
    assert!(text.contains("repo: owner/site") && text.contains("site_url: https://test.example/"), "{text:.300}");
    // What an editor of the site has changed stays.
    site.write("static/admin/config.yml", "mine");
    let again = init(&site, &["--cms"]);
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    assert_eq!(std::fs::read(site.root().join("static/admin/config.yml")).expect("it is there"), b"mine");
    let wrong = init(&site, &["--cms=bitbucket:a/b"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("github:OWNER/REPOSITORY"));
    // The desk is no page of the site.
    site.remove("content/articles/short.md");
    let output = site.build();
    assert!(output.exists("/admin/index.html") && !output.file("/sitemap.xml").contains("admin"));
}

#[test]
fn every_host_gives_the_desk_a_policy_of_its_own_and_pages_keep_theirs() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "One."));
    let plain = site.build();
    let files = [
        "/_headers",
        "/.dateline/private/hosting/nginx.conf",
        "/.dateline/private/hosting/Caddyfile",
        "/.dateline/private/hosting/htaccess",
        "/.dateline/private/hosting/lighttpd.conf",
    ];
    for file in files {
        let text = plain.file(file);
        assert!(!text.contains("unsafe-inline") && !text.contains("X-Robots-Tag"), "{file}: {text}");
    }
    let strict: Vec<String> = files.iter().map(|file| policies(&plain.file(file))[0].clone()).collect();
    site.write("static/admin/sveltia-cms.js", "0").write("static/admin/index.html", "<!doctype html>");
    let desk = site.build_and_compare();
    for (file, strict) in files.iter().zip(strict) {
        let text = desk.file(file);
        let policies = policies(&text);
        let (own, pages): (Vec<&String>, Vec<&String>) =
            policies.iter().partition(|policy| policy.contains("unsafe-inline"));
        assert_eq!(own.len(), 1, "{file}: {text}");
        assert!(!pages.is_empty() && pages.iter().all(|policy| **policy == strict), "{file}: {pages:?}");
        assert!(own[0].contains("script-src 'self';") && own[0].contains("frame-ancestors 'none'"), "{file}");
        assert!(text.contains("/admin/") && text.contains("noindex"), "{file}: {text}");
    }
}

/// The policies that a file names.
fn policies(text: &str) -> Vec<String> {
    text.split("default-src").skip(1).map(|part| part.split(['"', '\n']).next().unwrap_or("").to_owned()).collect()
}
