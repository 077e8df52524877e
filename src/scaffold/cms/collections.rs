//! The configuration: a collection for each kind of content.

use serde_json::{Map, Value, json};

use super::backend::Backend;
use super::fields;
use crate::base::date::Zone;
use crate::base::yaml::any;
use crate::content::folders::{CONTENT, STATIC, folder_of_story};
use crate::content::schema;

/// Longest slug of a new file, as `dateline new` has it.
const LONGEST_SLUG: usize = 80;

/// What stands above the configuration.
const HEAD: &str = "\
# Sveltia CMS, written by `dateline init --cms`. The fields are those of `dateline schema`. You may edit this file: Dateline never
# writes over it. To have it anew, with the keys of a newer Dateline, delete `static/admin/` and run the command again.
";

/// A collection: the kind in the schema, its folder, its name and icon for people, and what else it has.
struct Collection {
    kind: &'static str,
    folder: &'static str,
    label: &'static str,
    singular: &'static str,
    icon: &'static str,
    more: Value,
}

/// What the configuration says of a site.
#[derive(Clone, Debug)]
pub struct SiteFacts {
    /// Its time zone.
    pub zone: Zone,
    /// Its address, where it is known.
    pub address: Option<String>,
    /// The number of folders below `content/articles/` that articles lie in: 2 with `2023/10/`, as `dateline new` has it.
    pub depth: usize,
}

/// The configuration of a site's desk as YAML.
pub fn config(facts: &SiteFacts, backend: &Backend) -> String {
    let schema = schema::schema();
    let collections: Vec<Value> =
        collections(facts.depth).iter().map(|one| collection(one, &schema, &facts.zone)).collect();
    let mut config = json!({
        "backend": { "name": backend.host, "repo": backend.repository },
        // A story is a branch and a merge request until somebody publishes it.
        "publish_mode": "editorial_workflow",
        "media_folder": format!("{STATIC}/images"),
        "public_folder": "/images",
        // Pictures of newsrooms have a source; those of stock services are not offered.
        "media_libraries": { "default": { "config": { "slugify_filename": true } }, "stock_assets": { "providers": [] } },
        "slug": { "encoding": "ascii", "clean_accents": true, "maxlength": LONGEST_SLUG, "timezone": "local" },
        "output": { "omit_empty_optional_fields": true, "yaml": { "indent_sequences": true } },
        "collections": collections,
    });
    if let Some(address) = &facts.address {
        config["site_url"] = address.as_str().into();
    }
    format!("{HEAD}{}", config.as_object().map(any::emit).unwrap_or_default())
}

/// The path of an article below its folder, by the number of folders that it lies in. The desk lists those of this depth only.
fn path(depth: usize) -> Option<String> {
    let folders = ["{{year}}", "{{month}}", "{{day}}"];
    let depth = depth.min(folders.len());
    (depth > 0).then(|| format!("{}/{{{{slug}}}}", folders[..depth].join("/")))
}

fn collections(depth: usize) -> [Collection; 5] {
    [
        Collection {
            kind: "article",
            folder: "articles",
            label: "Articles",
            singular: "Article",
            icon: "article",
            more: match path(depth) {
                Some(path) => json!({ "path": path, "slug": "{{title}}", "sortable_fields": ["date", "title"] }),
                None => json!({ "slug": "{{title}}", "sortable_fields": ["date", "title"] }),
            },
        },
        Collection {
            kind: "briefing",
            folder: "briefings",
            label: "Briefings",
            singular: "Briefing",
            icon: "library_books",
            more: json!({ "slug": "{{year}}-{{month}}-{{day}}", "summary": "{{date | date('YYYY-MM-DD')}} {{title}}", "sortable_fields": ["date"] }),
        },
        Collection {
            kind: "topic",
            folder: "topics",
            label: "Topics",
            singular: "Topic",
            icon: "tag",
            more: json!({ "slug": "{{title}}" }),
        },
        Collection {
            kind: "person",
            folder: "people",
            label: "People",
            singular: "Person",
            icon: "group",
            more: json!({ "identifier_field": "name", "slug": "{{name}}" }),
        },
        Collection {
            kind: "page",
            folder: "pages",
            label: "Pages",
            singular: "Page",
            icon: "pages",
            more: json!({ "slug": "{{title}}" }),
        },
    ]
}

/// The kind of a content file in the schema, by its path from the site's root.
pub(super) fn kind_of(path: &str) -> Option<&'static str> {
    // The desk has no collection for entries of live coverage.
    if folder_of_story(path).is_some() {
        return None;
    }
    let folder = path.strip_prefix(CONTENT)?.strip_prefix('/')?.split_once('/')?.0;
    collections(0).into_iter().find(|one| one.folder == folder).map(|one| one.kind)
}

fn collection(one: &Collection, schema: &Value, zone: &Zone) -> Value {
    let Collection { kind, folder, label, singular, icon, more } = one;
    let mut fields = fields::of(kind, &schema[kind], zone);
    fields.push(fields::body(kind));
    let mut collection = Map::new();
    for (key, value) in [("name", *folder), ("label", label), ("label_singular", singular), ("icon", icon)] {
        collection.insert(key.to_owned(), value.into());
    }
    collection.insert("folder".to_owned(), format!("{CONTENT}/{folder}").into());
    collection.insert("create".to_owned(), true.into());
    // Said for each collection: one with a `path` would put pictures into a folder beside the story.
    collection.insert("media_folder".to_owned(), format!("/{STATIC}/images").into());
    collection.insert("public_folder".to_owned(), "/images".into());
    // A story keeps its former addresses by `aliases`, which Dateline asks for when it is missing.
    collection.insert("aliases_field".to_owned(), false.into());
    collection.extend(more.as_object().cloned().unwrap_or_default());
    collection.insert("fields".to_owned(), fields.into());
    collection.into()
}
