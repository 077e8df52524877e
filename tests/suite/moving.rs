//! `dateline import hugo|jekyll|zola`: a site of another program becomes one of ours.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dateline::base::report::Report;
use dateline::import::moving::{self, FileContent, Moving, Program};
use dateline::pipeline::{self, BuildOptions, Now, Request};
use dateline::site::Scope;
use tempfile::TempDir;

use crate::site_test::NOW;

/// A foreign site and the new one, side by side.
pub(crate) struct Move {
    pub(crate) folder: TempDir,
    program: Program,
}

impl Move {
    /// Writes the files of a literal: `-- path --` before each.
    pub(crate) fn new(program: Program, literal: &str) -> Self {
        let site = Self { folder: TempDir::new().expect("a temporary folder"), program };
        let mut files: Vec<(&str, String)> = Vec::new();
        for line in literal.lines() {
            match (line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")), files.last_mut()) {
                (Some(path), _) => files.push((path, String::new())),
                (None, Some((_, text))) => text.push_str(&format!("{line}\n")),
                (None, None) => {}
            }
        }
        for (path, text) in &files {
            site.write(&format!("old/{path}"), text);
        }
        site
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    pub(crate) fn new_root(&self) -> std::path::PathBuf {
        self.folder.path().join("new")
    }

    pub(crate) fn plan(&self) -> (Moving, Report) {
        let config = self.new_root().join("dateline.yaml");
        let existing = config.exists().then(|| pipeline::configure(&self.request()).0.expect("a configuration"));
        let (moving, report) =
            moving::plan(self.program, &self.folder.path().join("old"), &self.new_root(), existing.as_ref());
        (moving.unwrap_or_else(|| panic!("{report:?}")), report)
    }

    fn request(&self) -> Request {
        let root = self.new_root();
        let config = root.join("dateline.yaml");
        Request {
            config,
            root,
            language: None,
            base_url: None,
            origin: None,
            now: Now::Text(NOW.to_owned()),
            scope: Scope::default(),
        }
    }

    /// Moves, and checks that the new site has no errors; returns what was said and what check says.
    #[track_caller]
    pub(crate) fn go(&self) -> (Moving, Vec<String>, Vec<String>) {
        let (moving, report) = self.plan();
        let (done, written) = moving::write(&moving.files, &self.new_root());
        assert!(written.is_empty() && done == moving.files.len(), "{written:?}");
        let checked = pipeline::check(&self.request()).1;
        assert!(!checked.has_errors(), "{:#?}", lines(&checked));
        (moving, lines(&report), lines(&checked))
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        let there = tree(&self.new_root());
        String::from_utf8(there.get(path).unwrap_or_else(|| panic!("no {path} in {:#?}", there.keys())).clone())
            .expect("UTF-8")
    }
}

fn lines(report: &Report) -> Vec<String> {
    let place = |problem: &dateline::base::report::Diagnostic| {
        problem.place.as_ref().map(|place| format!("{}:{} ", place.file, place.line)).unwrap_or_default()
    };
    report
        .diagnostics()
        .iter()
        .map(|problem| format!("{}{} {}", place(problem), problem.code, problem.message))
        .collect()
}

pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

const HUGO: &str = "\
-- hugo.toml --
baseURL = \"https://old.example/news/\"
title = \"The Old\"
languageCode = \"en-gb\"
timeZone = \"Europe/Berlin\"
[permalinks]
posts = \"/:year/:month/:slug/\"
[params]
description = \"Daily.\"
-- content/posts/visit.md --
+++
title = \"A visit\"
date = 2023-10-01T10:00:00Z
lastmod = 2023-10-02
draft = false
publishDate = 2023-10-01T12:00:00Z
expiryDate = 2099-01-01
description = \"A dek.\"
authors = [\"Jane Roe\", \"World desk\"]
tags = [\"ICC\", \"Russia\"]
categories = [\"World\"]
series = [\"The visit\"]
aliases = [\"/old/visit/\", \"earlier\"]
weight = 3
slug = \"the-visit\"
[cover]
image = \"/images/map.svg\"
alt = \"A map\"
caption = \"The map\"
[params]
mood = \"calm\"
+++
Body with [a ref]({{< ref \"court.md\" >}}), [another]({{< relref \"posts/court.md#the-ruling\" >}}) and [one](/news/2023/10/court-rules/).
{{< youtube abc >}}
![map](/images/map.svg) and `[code](/news/2023/10/court-rules/)`.
-- content/posts/court.md --
---
title: Court rules
date: 2023-10-03
slug: court-rules
keywords: [courts, law]
---
## The ruling!

See [the visit](../the-visit/), [the absolute](https://old.example/news/2023/10/the-visit/#x) and [nothing](/news/nowhere/).
[host](/other/)
-- content/posts/bundle/index.md --
{
  \"title\": \"In a folder\",
  \"date\": \"2023-10-04\"
}

![chart](chart.svg) {{< figure src=\"chart.svg\" alt=\"Chart\" caption=\"A chart\" >}}
-- content/posts/bundle/chart.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>
-- content/posts/_index.md --
---
title: Posts
---
-- content/about.md --
---
title: About
date: 2020-01-01
---
Who we are. [[Not a link]] here.
-- content/posts/draft.md --
---
title: Unfinished
draft: true
---
Later.
-- static/images/map.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>
-- static/robots.txt --
User-agent: *
-- layouts/index.html --
{{ .Title }}
";

#[test]
fn a_site_of_hugo_moves() {
    let site = Move::new(Program::Hugo, HUGO);
    let (moving, said, checked) = site.go();
    assert_eq!(
        site.read("dateline.yaml"),
        "title: The Old\nbase_url: https://old.example/news\ndescription: Daily.\ntimezone: Europe/Berlin\nlanguage: en-gb\npermalink: /{year}/{month}/{slug}/\nredirects:
  /categories/: /topics/
  /categories/index.xml: /feed.xml
  /categories/world/: /topics/world/
  /categories/world/index.xml: /topics/world/feed.xml
  /index.xml: /feed.xml
  /posts/: /archive/
  /posts/index.xml: /feed.xml
  /tags/: /topics/
  /tags/icc/: /topics/icc/
  /tags/icc/index.xml: /topics/icc/feed.xml
  /tags/index.xml: /feed.xml
  /tags/russia/: /topics/russia/
  /tags/russia/index.xml: /topics/russia/feed.xml
"
    );
    assert_eq!(
        site.read("content/articles/2023/10/the-visit.md"),
        "---
title: A visit
summary: A dek.
date: 2023-10-01T12:00:00+02:00
updated: 2023-10-02
embargo: 2023-10-01T14:00:00+02:00
expires: 2099-01-01
authors:
- Jane Roe
- World desk
section: World
topics:
- ICC
- Russia
thread: The visit
image:
  src: /images/map.svg
  alt: A map
  caption: The map
aliases:
- /old/visit/
- /2023/10/earlier/
extra:
  mood: calm
  weight: 3
---

Body with [a ref](court-rules.md), [another](court-rules.md#the-ruling) and [one](court-rules.md).
{{< youtube abc >}}
![map](/images/map.svg) and `[code](/news/2023/10/court-rules/)`.
"
    );
    let court = site.read("content/articles/2023/10/court-rules.md");
    assert!(court.contains("topics:\n- courts\n- law\n"), "{court}");
    assert!(court.contains("[the absolute](the-visit.md#x) and [nothing](/nowhere/)"), "{court}");
    // What stands beside the path of the site is another site's.
    assert!(court.contains("[host](https://old.example/other/)"), "{court}");
    let bundle = site.read("content/articles/2023/10/in-a-folder/index.md");
    assert!(bundle.ends_with("![chart](chart.svg) ![Chart](chart.svg \"A chart\")\n"), "{bundle}");
    assert!(tree(&site.new_root()).contains_key("content/articles/2023/10/in-a-folder/chart.svg"));
    assert!(site.read("content/pages/about.md").contains("\\[[Not a link]] here."));
    assert!(site.read("content/articles/2023/10/draft.md").contains("date: 2023-10-04\ndraft: true\n"));
    assert!(!tree(&site.new_root()).contains_key("static/robots.txt"));
    for expected in [
        "content/posts/visit.md:24 import-call `{{< youtube >}}` is left as text",
        "content/posts/court.md:9 import-link a link leads to something that is not imported",
        "import-guess a date is taken from the newest story, for a draft that has none",
        "import-left a section's file without a text: lists make themselves here",
        "import-left a file that Dateline makes itself",
    ] {
        assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
    }
    assert_eq!((moving.counts.articles, moving.counts.pages, moving.counts.files), (4, 1, 2));
    assert_eq!(moving.counts.addresses_kept, 4, "{said:#?}");
    assert!(checked.iter().any(|line| line.contains("dead-path")), "{checked:#?}");
}

const JEKYLL: &str = "\
-- _config.yml --
title: The Old
url: https://old.example
baseurl: /blog
timezone: America/New_York
collections:
  guides: {output: true}
defaults:
- scope: {path: '', type: posts}
  values: {author: roe, layout: post}
exclude: [drop]
-- _data/authors.yml --
roe: {name: Jane Roe}
-- _posts/2023-10-01-a-visit.md --
---
title: \"A visit\"
categories: world russia
tags: icc war
excerpt: A dek.
redirect_from: [/old/visit, https://old.example/blog/older/]
last_modified_at: 2023-10-05 09:00:00 -0400
image: /assets/map.png
---
[Post]({% post_url 2023-10-02-court %}), [link]({{ site.baseurl }}{% link _posts/2023-10-02-court.html %}),
[abs]({{ '/world/russia/2023/10/01/a-visit.html' | absolute_url }}) [guide](/blog/guides/how.html#step-10)
![map]({{ \"/assets/map.png\" | relative_url }}) {{ site.title }}

{% highlight ruby %}
puts 1
{% endhighlight %}

{% raw %}{{ kept }}{% endraw %} {% include note.html %}
-- _posts/2023-10-02-court.html --
---
title: Court
---
<div>
    <p>Indented <a href=\"/blog/about/\">about</a></p>

    <p>More</p>
</div>
-- _posts/2023-10-02-Court.md --
---
title: The other court
published: false
---
Hidden.
-- _drafts/idea.md --
---
title: An idea
---
Some day.
-- _guides/how.md --
---
title: How
---
## Step 1.0

[back]({% link _posts/2023-10-01-a-visit.md %})
-- about.md --
---
title: About
permalink: /about/
---
Us.
-- index.html --
---
layout: home
---
{% for post in site.posts %}{{ post.title }}{% endfor %}
-- assets/map.png --
not really a picture
-- assets/site.scss --
---
---
a {}
-- drop/x.md --
---
title: Dropped
---
x
-- README.md --
Read me.
";

#[test]
fn a_site_of_jekyll_moves() {
    let site = Move::new(Program::Jekyll, JEKYLL);
    let (moving, said, _) = site.go();
    let visit = site.read("content/articles/2023/10/a-visit.md");
    assert_eq!(
        visit,
        "---
title: A visit
summary: A dek.
date: 2023-10-01
updated: 2023-10-05T09:00:00-04:00
authors:
- Jane Roe
topics:
- world
- russia
- icc
- war
image: /assets/map.png
aliases:
- /world/russia/2023/10/01/a-visit.html
- /old/visit/
- /older/
---

[Post](court.md), [link](court.md),
[abs](a-visit.md) [guide](../../../pages/guides/how.md#step-10)
![map](/assets/map.png) The Old

```ruby
puts 1
```

{{ kept }} {% include note.html %}
"
    );
    assert_eq!(moving.permalink, "/{year}/{month}/{day}/{slug}.html");
    let court = site.read("content/articles/2023/10/court.md");
    assert!(court.contains("\n<p>Indented <a href=\"../../../pages/about.md\">about</a></p>\n"), "{court}");
    // The same name on the same day, but for a capital.
    let other = site.read("content/articles/2023/10/court-2.md");
    assert!(other.contains("draft: true") && other.contains("Hidden."), "{other}");
    assert!(site.read("content/articles/2023/10/idea.md").contains("draft: true"));
    assert!(site.read("content/pages/guides/how.md").contains("[back](../../articles/2023/10/a-visit.md)"));
    let all = tree(&site.new_root());
    assert!(
        !all.keys().any(|path| path.contains("drop") || path.contains("README") || path.contains("scss")),
        "{all:?}"
    );
    for expected in [
        "_posts/2023-10-01-a-visit.md:18 import-call `{% include note.html %}` is left as text",
        "_posts/2023-10-02-Court.md:0 import-clash `/2023/10/02/court.html` would be its place, but \
         `_posts/2023-10-02-court.html` has it; it goes to `/2023/10/02/court-2.html`",
        "index.html:0 import-left a page that a template makes",
    ] {
        assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
    }
}

const ZOLA: &str = "\
-- config.toml --
base_url = \"https://old.example\"
title = \"The Old\"
-- content/_index.md --
+++
sort_by = \"date\"
+++
-- content/blog/2023-10-01-a-visit.md --
+++
title = \"A visit\"
[taxonomies]
tags = [\"ICC\"]
categories = [\"World\"]
authors = [\"Jane Roe\"]
[extra]
image = \"map.svg\"
lead = true
+++
[court](@/blog/court/index.md#the-ruling) {{ youtube(id=\"x\") }}
{% quote() %}
Said.
{% end %}
-- content/blog/court/index.md --
+++
title = \"Court\"
date = 2023-10-02
updated = 2023-10-01
aliases = [\"court.html\"]
path = \"rulings/court\"
+++
## The ruling

![p](pic.svg) [gone](@/blog/gone.md) [tag](/tags/icc/)
-- content/blog/court/pic.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>
-- content/blog/map.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>
-- content/docs/_index.md --
+++
title = \"Docs\"
+++
All of them: [one](@/docs/one.md), [by address](/docs/one).
-- content/help/_index.md --
+++
title = \"Help\"
+++
-- content/help/first.md --
+++
title = \"The [first]\"
+++
Text.
-- content/docs/one.md --
+++
+++
# First things

Text.
-- static/file.pdf --
pdf
";

#[test]
fn a_site_of_zola_moves() {
    let site = Move::new(Program::Zola, ZOLA);
    let (moving, said, _) = site.go();
    let visit = site.read("content/articles/2023/10/a-visit.md");
    assert!(
        visit.contains("authors:\n- Jane Roe\nsection: World\ntopics:\n- ICC\n")
            && visit.contains("extra:\n  lead: true\n"),
        "{visit}"
    );
    assert!(
        visit.contains("image: /blog/map.svg\n") && visit.contains("[court](court/index.md#the-ruling)"),
        "{visit}"
    );
    let court = site.read("content/articles/2023/10/court/index.md");
    // A change before publication is none; where nothing came along, an address says so.
    assert!(court.contains("extra:\n  updated: 2023-10-01\n") && court.contains("[gone](/blog/gone/)"), "{court}");
    assert!(court.contains("![p](pic.svg)") && court.contains("[tag](/topics/icc/)"), "{court}");
    assert!(court.contains("aliases:\n- /rulings/court/\n- /court.html\n"), "{court}");
    let docs = site.read("content/pages/docs.md");
    assert!(docs.contains("[one](docs/one.md), [by address](docs/one.md)"), "{docs}");
    // A section without a text lists its pages.
    assert!(site.read("content/pages/help.md").ends_with("---\n\n- [The first](<help/first.md>)\n"));
    assert!(site.read("content/pages/docs/one.md").starts_with("---\ntitle: First things\n---\n\nText.\n"));
    for expected in [
        "content/blog/2023-10-01-a-visit.md:11 import-call `{{ youtube() }}` is left as text",
        "content/blog/2023-10-01-a-visit.md:12 import-call `{% quote %}` is left as text",
        "import-guess a title is taken from the text or the name of the file",
        "import-key `updated` is earlier than the date of the story; it is kept under `extra`",
    ] {
        assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
    }
    assert_eq!((moving.counts.articles, moving.counts.pages, moving.counts.left), (2, 4, 2));
}

#[test]
fn the_same_site_gives_the_same_files_and_moves_once() {
    for (program, literal) in [(Program::Hugo, HUGO), (Program::Jekyll, JEKYLL), (Program::Zola, ZOLA)] {
        let (one, other) = (Move::new(program, literal), Move::new(program, literal));
        one.go();
        other.go();
        let all = tree(&one.new_root());
        assert_eq!(all, tree(&other.new_root()));
        let (again, _) = one.plan();
        assert_eq!((again.files.len(), again.present), (0, all.len() - 1), "{program:?}: all but the configuration");
        assert_eq!(tree(&one.new_root()), all);
    }
}

#[test]
fn nothing_is_overwritten_in_a_site_that_is_there() {
    let site = Move::new(Program::Zola, ZOLA);
    let own = "---\ntitle: Ours\n---\n\nOurs.\n";
    site.write("new/dateline.yaml", "title: Ours\nbase_url: https://ours.example\n");
    site.write("new/content/pages/docs.md", own);
    site.write("new/static/file.pdf", "ours");
    let (moving, said, _) = site.go();
    assert_eq!(site.read("content/pages/docs.md"), own);
    assert_eq!(site.read("static/file.pdf"), "ours");
    assert_eq!(site.read("static/file-2.pdf"), "pdf\n");
    assert!(site.read("content/pages/docs-2.md").contains("All of them"));
    assert!(moving.files.iter().all(|file| file.path != "dateline.yaml"));
    assert_eq!(moving.permalink, "/{year}/{month}/{day}/{slug}/");
    assert!(said.iter().any(|line| line.contains("with `permalink: ")), "{said:#?}");
    // A file that came in between stops everything.
    let late = Move::new(Program::Zola, ZOLA);
    let (planned, _) = late.plan();
    late.write("new/content/pages/docs.md", own);
    let (done, report) = moving::write(&planned.files, &late.new_root());
    assert_eq!((done, report.count(dateline::base::report::Severity::Error)), (0, 1));
    assert_eq!(tree(&late.new_root()).len(), 1);
}

#[test]
fn addresses_of_every_style_become_patterns_or_aliases() {
    // What a token gave for one story, a category or its day, is no part of the pattern for all.
    const OURS: &str = "/{year}/{month}/{day}/{slug}/";
    let post = "-- _posts/2023-10-01-a-b.md --\n---\ntitle: A\ncategory: x\n---\nText.\n";
    for (style, pattern, alias) in [
        ("date", OURS, Some("/x/2023/10/01/a-b.html")),
        ("pretty", OURS, Some("/x/2023/10/01/a-b/")),
        ("none", OURS, Some("/x/a-b.html")),
        ("ordinal", OURS, Some("/x/2023/274/a-b.html")),
        ("weekdate", OURS, Some("/x/2023/W39/Sun/a-b.html")),
        ("/:year/:month/:day/:title:output_ext", "/{year}/{month}/{day}/{slug}.html", None),
        ("/:year/:i_month/:i_day/:title/", OURS, Some("/2023/10/1/a-b/")),
        ("/:short_year/:month/:title/", OURS, Some("/23/10/a-b/")),
        ("/:year/:short_month/:slug/", OURS, Some("/2023/Oct/a-b/")),
        ("/:title", "/{slug}/", None),
        ("/:year/:title.php", "/{year}/{slug}/", None),
        ("/p/:title_x/", "/p/{slug}/", None),
        ("/News/:title/index.html", "/News/{slug}/", None),
        ("/topics/:title/", OURS, None),
        ("/ä/:title/", OURS, Some("/ä/a-b/")),
    ] {
        let site = Move::new(
            Program::Jekyll,
            &format!("-- _config.yml --\nurl: https://a.example\npermalink: {style}\n{post}"),
        );
        let (moving, said, _) = site.go();
        assert_eq!(moving.permalink, pattern, "{style}: {said:#?}");
        let text = moving.files.iter().find_map(|file| match &file.source {
            FileContent::Text(text) if file.path.starts_with("content/") => Some(text.clone()),
            _ => None,
        });
        let text = text.expect("an article");
        assert_eq!(text.contains("\naliases:"), alias.is_some(), "{style}: {text}");
        assert!(alias.is_none_or(|alias| text.contains(alias)), "{style}: {text}");
    }
}

#[test]
fn what_cannot_be_read_is_said_and_stays() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.yaml --\nbaseURL: /\n-- content/posts/a.md --\n---\ntitle: [x\n---\nText.\n-- content/posts/b.md --\n---\ntitle: B\ndate: soon\ntags: {a: b}\nauthor: 7\n---\nText.\n-- content/posts/c.md --\n---\ntitle: C\ndate: 2023-10-01\ndate: 2023-10-02\nimage: lost.jpg\nexpiryDate: 2023-01-01\n---\nText.\n-- content/posts/d.md --\nNo front matter.\n",
    );
    let (moving, said, _) = site.go();
    assert_eq!((moving.counts.articles, moving.counts.pages), (3, 0));
    // News that nothing dates is a draft, and so is what had expired before it began.
    let b = site.read("content/articles/2023/10/b.md");
    assert!(b.contains("  date: soon\n") && b.contains("  tags:\n    a: b\n") && b.contains("- '7'\n"), "{b}");
    assert!(b.contains("date: 2023-10-01\n") && b.contains("draft: true\n"), "{b}");
    let c = site.read("content/articles/2023/10/c.md");
    assert!(
        c.contains("date: 2023-10-01\ndraft: true\n")
            && c.contains("  image: lost.jpg\n")
            && c.contains("  expiryDate: 2023-01-01"),
        "{c}"
    );
    assert!(site.read("content/articles/2023/10/d.md").contains("title: D\ndate: 2023-10-01\ndraft: true\n"));
    for expected in [
        "content/posts/a.md:0 import-unread this file cannot be read",
        "import-key `date` is not a date that can be read; it is kept under `extra`",
        "import-guess news without a date becomes a draft, dated as the newest story",
        "content/posts/c.md:0 import-hidden a file that readers never saw (`expiryDate` is not later than its date) becomes a draft",
        "import-key a picture that is not there; it is kept under `extra`",
        "import-guess the site has no whole address: `base_url` in `dateline.yaml` is made up",
    ] {
        assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
    }
    let (none, report) = moving::plan(Program::Zola, &site.folder.path().join("old"), &site.new_root(), None);
    assert!(none.is_none() && report.has_errors());
}

#[test]
fn languages_become_stories_that_translate_each_other() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\ndefaultContentLanguage = \"en\"\n[languages.en]\n[languages.fr]\n-- content/posts/a.md --\n---\ntitle: A\ndate: 2023-10-01\n---\n[b](a.fr.md)\n-- content/posts/a.fr.md --\n---\ntitle: B\ndate: 2023-10-01\n---\nTexte.\n",
    );
    site.go();
    let french = site.read("content/articles/2023/10/a-fr.md");
    assert!(french.contains("lang: fr\n") && french.contains("translation_of: a.md\n"), "{french}");
    assert!(french.contains("aliases:\n- /fr/posts/a/\n"), "{french}");
    assert!(site.read("content/articles/2023/10/a.md").contains("[b](a-fr.md)"));
}

impl Move {
    /// Moves, builds the new site, and returns what was said and all files of the output.
    #[track_caller]
    pub(crate) fn build(&self) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
        let (_, said, _) = self.go();
        let output = self.folder.path().join("public");
        let how = BuildOptions {
            output: output.clone(),
            clean: true,
            verify: false,
            protected: Vec::new(),
            deny: pipeline::Deny::default(),
        };
        let report = pipeline::build(&self.request(), &how).report;
        assert!(!report.has_errors(), "{:#?}", lines(&report));
        (said, tree(&output))
    }
}

fn holds(output: &BTreeMap<String, Vec<u8>>, word: &str) -> Vec<String> {
    let has = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    output.iter().filter(|(_, bytes)| has(bytes)).map(|(path, _)| path.clone()).collect()
}

/// A file that no reader may see: what its front matter says besides its title.
fn secret(path: &str, front: &str) -> String {
    if front.contains(" = ") {
        return format!("-- {path} --\n+++\ntitle = \"SECRET\"\n{front}\n+++\nSECRET\n");
    }
    format!("-- {path} --\n---\ntitle: SECRET\n{front}\n---\nSECRET\n")
}

#[test]
fn notes_that_readers_never_saw_are_not_published() {
    for (program, files, secrets, said) in [
        (
            Program::Jekyll,
            "-- _config.yml --
url: https://a.example
-- _posts/2023-10-01-a.md --
---
title: A
---
Open. {% comment %} SECRET {% endcomment %} {%- comment -%}SECRET {% comment %}{% endcomment %}SECRET{%- endcomment -%}
{::comment}SECRET{:/comment} {::comment}SECRET{:/} {% assign note = \"SECRET\" %}{% capture x %}SECRET{% endcapture %}
<!-- SECRET -->

{::comment}
SECRET

SECRET
{:/comment}

{% if false %}SECRET{% endif %}
Shut.

```
{% comment %}SECRET{% endcomment %}
```

[gone](/nowhere/)
",
            &[("_posts/2023-10-02-b.md", "published: false")][..],
            &[
                "_posts/2023-10-01-a.md:4 import-hidden a note that readers never saw (`{% comment %}`) is left out",
                "_posts/2023-10-01-a.md:5 import-hidden a note that readers never saw (`{::comment}`) is left out",
                "_posts/2023-10-01-a.md:5 import-hidden a note that readers never saw (`{% assign %}`) is left out",
                "_posts/2023-10-01-a.md:5 import-hidden a note that readers never saw (`{% capture %}`) is left out",
                "_posts/2023-10-01-a.md:14 import-hidden a note that readers never saw (`{% if false %}`) is left out",
                "_posts/2023-10-01-a.md:21 import-link a link leads to something that is not imported",
            ][..],
        ),
        (
            Program::Hugo,
            "-- hugo.toml --
baseURL = \"https://a.example\"
-- content/posts/a.md --
---
title: A
date: 2023-10-01
---
Open. {{< comment >}} SECRET {{< /comment >}} {{% comment %}}

SECRET
{{% /comment %}} {{/* SECRET */}}
<!-- SECRET -->
Shut.
-- content/posts/e/index.md --
---
title: E
date: 2023-10-01
---
Open.
-- content/inside/_index.md --
---
title: Inside
cascade: {draft: true}
---
Shown.
",
            &[
                ("content/posts/b.md", "date: 2023-10-01\nheadless: true"),
                ("content/posts/c.md", "date: 2023-10-01\nbuild: {render: never}"),
                ("content/posts/d.md", ""),
                ("content/posts/e/notes.md", "date: 2023-10-01"),
                ("content/inside/f.md", "date: 2023-10-01"),
                ("content/g.md", "expiryDate: 2023-10-01"),
                ("content/h.md", "publishDate: 2030-10-01"),
                ("content/posts/i.md", "date: 2023-10-01\n_build: {render: false}"),
            ][..],
            &[
                "content/posts/a.md:5 import-hidden a note that readers never saw (`{{< comment >}}`) is left out",
                "content/posts/a.md:8 import-hidden a note that readers never saw (`{{/* … */}}`) is left out",
                "content/posts/b.md:0 import-hidden a file that readers never saw (`headless`) becomes a draft",
                "content/posts/e/notes.md:0 import-hidden a file that readers never saw (a file within a leaf bundle) becomes a draft",
                "content/posts/c.md:0 import-hidden a file that readers never saw (`build.render`) becomes a draft",
            ],
        ),
        (
            Program::Zola,
            "-- config.toml --
base_url = \"https://a.example\"
-- content/a.md --
+++
title = \"A\"
date = 2023-10-01
+++
Open. {# Shown. #}

<!-- SECRET -->

Shut.
",
            &[
                ("content/b.md", "date = 2023-10-01\nrender = false"),
                ("content/in/_index.md", "draft = true"),
                ("content/in/c.md", "date = 2023-10-01"),
            ][..],
            &[
                "content/b.md:0 import-hidden a file that readers never saw (`render = false`) becomes a draft",
                "content/in/c.md:0 import-hidden a file that readers never saw (its section is a draft) becomes a draft",
            ],
        ),
    ] {
        let secrets: String = secrets.iter().map(|(path, front)| secret(path, front)).collect();
        let site = Move::new(program, &format!("{files}{secrets}"));
        let (found, output) = site.build();
        assert_eq!(holds(&output, "SECRET"), Vec::<String>::new(), "{program:?}");
        assert!(!holds(&output, "Open.").is_empty() && !holds(&output, "Shut.").is_empty(), "{program:?}");
        for expected in said {
            assert!(found.iter().any(|line| line == expected), "{expected} is not in {found:#?}");
        }
    }
}

fn routes(output: &BTreeMap<String, Vec<u8>>, below: &str) -> Vec<String> {
    let pages = output.keys().filter_map(|path| path.strip_suffix("/index.html"));
    pages.filter_map(|path| path.strip_prefix(below)).map(|path| path.trim_start_matches('/').to_owned()).collect()
}

#[test]
fn former_addresses_are_those_that_hugo_made() {
    let post = |name: &str, at: usize| {
        format!("-- content/posts/{name}.md --\n---\ntitle: N{at}\ndate: 2023-10-{at:02}\n---\nText {at}.\n")
    };
    let names =
        ["Foo - Bar", "Krieg & Frieden", "हिन्दी समाचार", "ข่าวใหม่", "x @home", "2023-10-01-dated", "a%20b", "c# tips"];
    let posts: String = names.iter().zip(1..).map(|(name, at)| post(name, at)).collect();
    for (config, expected) in [
        (
            "",
            [
                "2023-10-01-dated",
                "a%20b",
                "foo---bar",
                "krieg--frieden",
                "x-@home",
                "हिन्दी-समाचार",
                "ข่าวใหม่",
                "c#-tips",
            ],
        ),
        (
            "disablePathToLower = true",
            ["2023-10-01-dated", "Foo-Bar", "Krieg-Frieden", "a%20b", "x-@home", "हिन्दी-समाचार", "ข่าวใหม่", "c#-tips"],
        ),
    ] {
        let site =
            Move::new(Program::Hugo, &format!("-- hugo.toml --\nbaseURL = \"https://a.example/\"\n{config}\n{posts}"));
        let (_, output) = site.build();
        for name in expected {
            let former = format!("posts/{name}");
            // On some disks capitals make no difference.
            let found = routes(&output, "");
            assert!(found.iter().any(|route| route.eq_ignore_ascii_case(&former)), "{former} is not in {found:#?}");
        }
        assert_eq!(holds(&tree(&site.new_root()), "- /posts/Foo-Bar/\n").is_empty(), config.is_empty());
        let rules = String::from_utf8_lossy(&output["_redirects"]).into_owned();
        assert!(
            rules.contains("/posts/c%23-tips/ /posts/c-sharp-tips/ 301"),
            "a sharp is no anchor of a former address: {rules}"
        );
    }
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --
baseURL = \"https://a.example/\"
uglyURLs = {old = true}
[frontmatter]
date = [\":filename\", \":default\"]
[[permalinks]]
pattern = \"/p/:sections[1:]/:slugorcontentbasename/:i\"
[permalinks.target]
path = \"/none/**\"
[[permalinks]]
pattern = \"/P/:sections[1:]/:year/:slugorcontentbasename.html\"
[permalinks.target]
path = \"/posts/**\"
-- content/posts/sub/2023-10-02-A + b.md --
---
title: One
---
One.
-- content/posts/in/_index.md --
---
title: In
---
-- content/posts/in/deep/c.md --
---
title: C
date: 2023-10-02
---
C.
-- content/old/Two Words.md --
---
title: Two
date: 2023-10-03
---
Two.
-- content/other/x.md --
---
title: Three
date: 2023-10-04
url: /My Url/Ä--x/
---
Three.
",
    );
    let (_, output) = site.build();
    for former in ["p/2023/a--b.html", "p/in/2023/c.html", "My Url/Ä--x"] {
        assert!(output.contains_key(&format!("{former}/index.html")), "{former} is not in {:#?}", output.keys());
    }
    assert!(output.contains_key("old/two-words.html"), "{:#?}", output.keys());
}

#[test]
fn former_addresses_are_those_that_jekyll_and_zola_made() {
    for (style, expected) in [
        ("/:year/:title/", ["a-b", "trail", "50-off", "foo-bar", "हिन्दी"]),
        ("/:year/:slug/", ["a-b", "trail", "50-off", "foo-bar", "हिन्दी"]),
    ] {
        let names = ["01-a--b", "02-trail-", "03-50%-off", "4-Foo Bar", "05-हिन्दी"];
        let posts: String = names
            .iter()
            .map(|name| format!("-- _posts/2023-10-{name}.md --\n---\ntitle: T {name}\n---\n{name}.\n"))
            .collect();
        let site = Move::new(
            Program::Jekyll,
            &format!("-- _config.yml --\nurl: https://a.example\npermalink: {style}\n{posts}"),
        );
        let (_, output) = site.build();
        for name in expected {
            assert!(output.contains_key(&format!("2023/{name}/index.html")), "{name} is not in {:#?}", output.keys());
        }
        let capitals = site.read("content/articles/2023/10/foo-bar.md").contains("- /2023/Foo-Bar/\n");
        assert_eq!(capitals, style.contains(":title"));
    }
    let site = Move::new(
        Program::Zola,
        "-- config.toml --\nbase_url = \"https://a.example\"\nslugify = {paths = \"safe\"}\n-- content/Big News/2023-10-01-Größe & Co?.md --\n+++\ntitle = \"A\"\n+++\nA.\n",
    );
    let (_, output) = site.build();
    assert!(output.contains_key("Big News/Größe & Co/index.html"), "{:#?}", output.keys());
}

#[test]
fn a_date_in_the_name_of_a_file_of_a_collection_is_its_date() {
    let site = Move::new(
        Program::Jekyll,
        "-- _config.yml --\ntitle: A\nurl: https://a.example\n\
         collections: {notes: {output: true, permalink: '/notes/:title/'}}\n\
         -- _posts/2023-10-02-newest.md --\n---\ntitle: Newest\n---\nOne.\n\
         -- _notes/2022-05-06-a-note.md --\n---\ntitle: A note\n---\nTwo.\n",
    );
    let (said, output) = site.build();
    let note = site.read("content/articles/2022/05/a-note.md");
    assert!(note.contains("date: 2022-05-06\n") && !note.contains("draft"), "{note}");
    assert!(!said.iter().any(|line| line.contains("import-guess")), "{said:#?}");
    assert!(output.contains_key("notes/a-note/index.html"), "{:#?}", output.keys());
}

#[test]
fn two_stories_with_one_former_address_are_told_apart() {
    for style in ["none", "/:title/", "/:title"] {
        let post = |day: &str| format!("-- _posts/{day}-weekly.md --\n---\ntitle: Weekly {day}\n---\nBody {day}.\n");
        let site = Move::new(
            Program::Jekyll,
            &format!(
                "-- _config.yml --\nurl: https://a.example\npermalink: {style}\n{}{}",
                post("2023-01-06"),
                post("2023-02-06")
            ),
        );
        let (said, _) = site.build();
        assert!(said.iter().any(|line| line.contains("import-clash")), "{style}: {said:#?}");
    }
}

#[test]
fn ids_of_headings_stay_what_they_were() {
    let ids = |output: &BTreeMap<String, Vec<u8>>| {
        let page = output.iter().find(|(path, _)| path.ends_with("a/index.html") || path.ends_with("a.html"));
        let page = String::from_utf8_lossy(page.expect("a page").1).into_owned();
        let prose = page.split_once("class=\"prose").map_or(String::new(), |(_, prose)| prose.to_owned());
        let found: Vec<String> =
            prose.split("<h2 id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect();
        found
    };
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --
baseURL = \"https://n.example/\"
-- content/posts/a.md --
---
title: A
date: 2023-10-01
---
[1](#größe--umfang) [2](#fazit-1) [3](#हनद-समचर) [4](#c--c) [5](#was-ist-in-128)

## Größe & Umfang

## Fazit

## Fazit

## हिन्दी समाचार

## C++ / C#

## Was ist in 1.28?
",
    );
    let (_, output) = site.build();
    let found = ids(&output);
    let old = ["größe--umfang", "fazit", "fazit-1", "हनद-समचर", "c--c", "was-ist-in-128"];
    assert_eq!(found[..old.len()], old, "{found:?}");
    let checked = lines(&pipeline::check(&site.request()).1);
    assert!(!checked.iter().any(|line| line.contains("broken-anchor")), "{checked:#?}");
}

#[test]
fn former_feeds_and_lists_lead_on() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --
baseURL = \"https://n.example/\"
-- content/posts/a.md --
---
title: A
date: 2023-10-01
tags: [Sea Ports, Rail]
---
Text.
-- content/posts/b.md --
---
title: B
date: 2023-10-02
tags: [Secret]
draft: true
---
Text.
",
    );
    let (_, output) = site.build();
    let config = site.read("dateline.yaml");
    for line in [
        "  /index.xml: /feed.xml",
        "  /posts/: /archive/",
        "  /posts/index.xml: /feed.xml",
        "  /tags/: /topics/",
        "  /tags/sea-ports/: /topics/sea-ports/",
        "  /tags/sea-ports/index.xml: /topics/sea-ports/feed.xml",
    ] {
        assert!(config.contains(line), "{line} is not in {config}");
    }
    assert!(!config.contains("secret"), "{config}");
    let checked = lines(&pipeline::check(&site.request()).1);
    assert!(!checked.iter().any(|line| line.contains("dead-path")), "{checked:#?}");
    assert!(output.contains_key("topics/sea-ports/feed.xml"), "{:#?}", output.keys());
    let zola = Move::new(
        Program::Zola,
        "-- config.toml --\nbase_url = \"https://n.example\"\ngenerate_feeds = true\ntaxonomies = [{name = \"tags\", feed = true}]\n-- content/blog/a.md --\n+++\ntitle = \"A\"\ndate = 2023-10-01\n[taxonomies]\ntags = [\"Rail\"]\n+++\nText.\n",
    );
    zola.build();
    let config = zola.read("dateline.yaml");
    for line in ["  /atom.xml: /feed.xml", "  /tags/rail/atom.xml: /topics/rail/feed.xml", "  /blog/: /archive/"] {
        assert!(config.contains(line), "{line} is not in {config}");
    }
}

/// Every imported site builds, whatever its files are called.
mod every_name {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
        #[test]
        fn every_imported_site_builds(
            names in proptest::collection::vec("(weekly|Weekly|topics|archive|page|feed|index|a\\.html|[a-cÄ日]|%2A|&|#|'|\\(|:|\\*| |--|\\.\\.|@|\\+|हिं){1,4}", 1..6),
            style in "(none|pretty|date|/:title|/:title\\.html|/:title:output_ext/|/:categories/:title/|/topics/:title/|/a\\.html/:slug/|/:year/:title)",
            tags in "(Topics|a, b|A\\*|\"x: y\"|C\\+\\+)",
            which in 0..3usize,
        ) {
            let mut literal = match which {
                0 => format!("-- hugo.toml --\nbaseURL = \"https://a.example\"\n[permalinks]\nposts = \"{}\"\n", style.replace(":output_ext", ".html").replace(":categories", ":sections")),
                1 => format!("-- _config.yml --\nurl: https://a.example\npermalink: \"{style}\"\n"),
                _ => "-- config.toml --\nbase_url = \"https://a.example\"\ngenerate_feeds = true\n[slugify]\npaths = \"safe\"\n".to_owned(),
            };
            for (at, name) in names.iter().enumerate() {
                let day = 1 + at % 3;
                let file = match which {
                    0 if at % 3 == 2 => format!("content/topics/{name}.md"),
                    0 => format!("content/posts/{name}.md"),
                    1 if at % 3 == 2 => format!("archive/{name}.md"),
                    1 => format!("_posts/2023-10-0{day}-{name}.md"),
                    _ => format!("content/{name}.md"),
                };
                let front = format!("title: \"T{at}\"\ndate: 2023-10-0{day}\ntags: [{tags}]\naliases: [\"/{name}/\", \"/x{at}.html\", \"/x0.html/y/\", \"/a:b/*\"]\n");
                let toml = format!("title = \"T{at}\"\ndate = 2023-10-0{day}\naliases = [\"/{name}/\", \"x0.html\"]\n");
                literal.push_str(&if which == 2 {
                    format!("-- {file} --\n+++\n{toml}+++\nText {at}.\n")
                } else {
                    format!("-- {file} --\n---\n{front}---\nText {at}.\n")
                });
            }
            let site = Move::new([Program::Hugo, Program::Jekyll, Program::Zola][which], &literal);
            site.build();
        }
    }
}

/// Whatever a body holds, all its words arrive, and the new site can be read.
mod anything {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
        #[test]
        fn no_word_of_a_body_is_lost(
            parts in proptest::collection::vec(
                "(word|é|## Heading|\\[a\\]\\(/b/\\)|\\[x\\]\\(\\.\\./y\\.md#z\\)|\\{\\{< ref \"a\\.md\" >\\}\\}|\\{\\{<|\\{% raw %\\}|\\{% x|```|`|~~~|<a href=\"/q\">|<!--|-->|\\[\\[w\\]\\]|\\[r\\]: /t|\\\\|\\||    code|\\+\\+\\+|---|\\{\\{ page\\.v \\}\\})( |\n|\n\n)",
                0..24,
            ),
            which in 0..3usize,
        ) {
            let body: String = parts.iter().enumerate().map(|(at, part)| format!("w{at}x {part}")).collect();
            let (program, name, config) = [
                (Program::Hugo, "content/posts/2023-10-01-s.md", "-- hugo.toml --\nbaseURL = \"https://a.example\"\n"),
                (Program::Jekyll, "_posts/2023-10-01-s.md", "-- _config.yml --\nurl: https://a.example\n"),
                (Program::Zola, "content/2023-10-01-s.md", "-- config.toml --\nbase_url = \"https://a.example\"\n"),
            ][which];
            let site = Move::new(program, &format!("{config}-- {name} --\n---\ntitle: T\n---\n{body}\n"));
            let (moving, _) = site.plan();
            let text = moving.files.iter().find_map(|file| match &file.source {
                FileContent::Text(text) if file.path.starts_with("content/") => Some(text.clone()),
                _ => None,
            }).expect("an article");
            for at in 0..parts.len() {
                proptest::prop_assert!(text.contains(&format!("w{at}x")), "w{at}x is not in {text}");
            }
            let (done, _) = moving::write(&moving.files, &site.new_root());
            proptest::prop_assert_eq!(done, moving.files.len());
            let (config, _) = pipeline::configure(&site.request());
            let path = moving.files[0].path.clone();
            let parts = dateline::content::front::split(&path, &text).expect("front matter");
            let (head, report) = dateline::content::front::article(&path, &parts, &config.expect("a configuration"));
            proptest::prop_assert!(head.is_some() && report.is_empty(), "{:?}", lines(&report));
        }
    }
}

#[cfg(unix)]
#[test]
fn what_links_out_of_the_other_site_lead_to_does_not_come_along() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.yaml --\nbaseURL: https://old.example/\n-- content/posts/a.md --\n---\ntitle: A\ndate: 2023-10-01\n---\nText.\n",
    );
    site.write("secret.md", "---\ntitle: Secret\ndate: 2023-10-02\n---\nText.\n");
    site.write("old/static/real.txt", "x");
    let old = site.folder.path().join("old");
    for (target, link) in
        [("../../secret.md", "static/x.md"), ("../../../secret.md", "content/posts/s.md"), ("real.txt", "static/y.txt")]
    {
        std::os::unix::fs::symlink(target, old.join(link)).expect("linked");
    }
    let (moving, said, _) = site.go();
    let left: Vec<&String> = said.iter().filter(|line| line.contains("import-left this symbolic link")).collect();
    assert_eq!(left.len(), 2, "{said:#?}");
    let files: Vec<&str> = moving.files.iter().map(|file| &*file.path).collect();
    assert!(files.contains(&"static/y.txt") && !files.iter().any(|file| file.ends_with("x.md")), "{files:?}");
    assert_eq!(moving.counts.articles, 1);
}
