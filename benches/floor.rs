//! The floor: the least that any program must do to make the site of `benches/corpus.py`. It reads every article,
//! parses its front matter with `serde_yaml` into a struct, renders its Markdown with `pulldown-cmark`, puts fixed
//! strings around it, and writes the same pages, lists and feeds; with `rayon` on all cores. It checks nothing, knows
//! no templates and keeps no records. What Dateline needs beyond this is the price of what Dateline does.
//!
//! `floor CONTENT OUTPUT` takes the folder of Dateline's articles and a folder that does not exist yet. Without
//! folders, as under `cargo bench`, it does nothing.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};
use rayon::prelude::*;
use serde::Deserialize;

const BASE: &str = "https://bench.example";
const PAGE_SIZE: usize = 20;
const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n<title>The Bench</title>\n\
    <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
    <nav><a href=\"/\">The Bench</a> <a href=\"/topics/\">Topics</a> <a href=\"/feed.xml\">Feed</a></nav>\n<main>\n";
const FOOT: &str = "</main>\n<footer><small>Everything here is invented.</small></footer>\n</body>\n</html>\n";

#[derive(Deserialize)]
struct Front {
    title: String,
    date: String,
    summary: String,
    dateline: String,
    authors: Vec<String>,
    section: String,
    topics: Vec<String>,
}

struct Article {
    front: Front,
    url: String,
    text: String,
    body: usize,
}

type Lists<'a> = BTreeMap<String, Vec<&'a Article>>;

fn main() -> Result<(), Box<dyn Error>> {
    let folders: Vec<PathBuf> = env::args_os().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    let [content, output] = folders.as_slice() else { return Ok(()) };

    let files: Vec<PathBuf> = walkdir::WalkDir::new(content)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    let mut articles: Vec<Article> =
        files.par_iter().map(|file| read(file)).collect::<Option<_>>().ok_or("an article cannot be read")?;
    articles.par_sort_unstable_by(|a, b| b.front.date.cmp(&a.front.date));
    let urls: BTreeMap<&str, &str> =
        articles.iter().filter_map(|article| Some((article.url.split('/').nth(4)?, article.url.as_str()))).collect();
    articles.par_iter().try_for_each(|article| put(output, &article.url, "index.html", &page(article, &urls)))?;

    let (mut topics, mut months) = (Lists::new(), Lists::new());
    for article in &articles {
        for name in [&article.front.section].into_iter().chain(&article.front.topics) {
            topics.entry(name.to_lowercase().replace(' ', "-")).or_default().push(article);
        }
        months.entry(article.url[..9].to_owned()).or_default().push(article);
    }
    topics.par_iter().try_for_each(|(slug, stories)| topic(output, &format!("/topics/{slug}/"), stories))?;
    months.par_iter().try_for_each(|(url, stories)| put(output, url, "index.html", &list(stories)))?;

    let newest: Vec<&Article> = articles.iter().take(30).collect();
    put(output, "/", "index.html", &list(&newest))?;
    put(output, "/", "feed.xml", &feed(&newest[..newest.len().min(PAGE_SIZE)]))?;
    let names = topics.keys().map(|slug| format!("/topics/{slug}/"));
    put(output, "/topics/", "index.html", &names.clone().fold(HEAD.to_owned(), |page, url| page + &url + "\n"))?;
    let all = articles.iter().map(|article| article.url.clone()).chain(names).chain(months.keys().cloned());
    let sitemap = all.fold(String::new(), |text, url| text + "<url><loc>" + BASE + &url + "</loc></url>\n");
    put(output, "/", "sitemap.xml", &sitemap)?;
    put(output, "/", "style.css", include_str!("sites/style.css"))?;
    // Leave the memory to the system, as Dateline does.
    std::process::exit(0)
}

fn read(file: &Path) -> Option<Article> {
    let text = fs::read_to_string(file).ok()?;
    let end = text.find("\n---\n")?;
    let front: Front = serde_yaml::from_str(&text[4..=end]).ok()?;
    let slug = file.file_stem()?.to_str()?;
    let url = format!("/{}/{slug}/", front.date.get(..10)?.replace('-', "/"));
    Some(Article { front, url, body: end + 5, text })
}

/// The page of an article. Links to other stories lead to their pages.
fn page(article: &Article, urls: &BTreeMap<&str, &str>) -> String {
    let front = &article.front;
    let mut page = String::with_capacity(2 * article.text.len());
    page.push_str(HEAD);
    let authors = front.authors.join(", ");
    let _ = write!(
        page,
        "<article>\n<h1>{}</h1>\n<p>{}</p>\n<p><b>{}</b></p>\n<p><small>{}, by {authors}</small></p>\n",
        front.title, front.summary, front.dateline, front.date
    );
    let options = Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_ext(&article.text[article.body..], options).map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let slug = dest_url.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
            let dest_url = urls.get(slug).map_or_else(|| dest_url.clone(), |url| CowStr::from(*url));
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        event => event,
    });
    html::push_html(&mut page, events);
    for name in [&front.section].into_iter().chain(&front.topics) {
        let _ = write!(page, "<a href=\"/topics/{}/\">{name}</a> ", name.to_lowercase().replace(' ', "-"));
    }
    page.push_str("</article>\n");
    page.push_str(FOOT);
    page
}

/// The pages of a topic, and its feed.
fn topic(output: &Path, url: &str, stories: &[&Article]) -> io::Result<()> {
    put(output, url, "feed.xml", &feed(&stories[..stories.len().min(PAGE_SIZE)]))?;
    for (at, stories) in stories.chunks(PAGE_SIZE).enumerate() {
        let url = if at == 0 { url.to_owned() } else { format!("{url}page/{}/", at + 1) };
        put(output, &url, "index.html", &list(stories))?;
    }
    Ok(())
}

fn list(stories: &[&Article]) -> String {
    let mut page = String::with_capacity(400 * (stories.len() + 2));
    page.push_str(HEAD);
    for Article { url, front, .. } in stories {
        let Front { title, date, summary, .. } = front;
        let _ = writeln!(page, "<li><a href=\"{url}\">{title}</a> <small>{date}</small><br>{summary}</li>");
    }
    page.push_str(FOOT);
    page
}

fn feed(stories: &[&Article]) -> String {
    let mut feed = String::with_capacity(500 * (stories.len() + 1));
    feed.push_str("<rss version=\"2.0\">\n<channel>\n<title>The Bench</title>\n");
    for Article { url, front, .. } in stories {
        let Front { title, date, summary, .. } = front;
        let _ = writeln!(
            feed,
            "<item><title>{title}</title><link>{BASE}{url}</link><pubDate>{date}</pubDate>\
             <description>{summary}</description></item>"
        );
    }
    feed.push_str("</channel>\n</rss>\n");
    feed
}

fn put(output: &Path, url: &str, name: &str, text: &str) -> io::Result<()> {
    let folder = output.join(&url[1..]);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), text)
}
