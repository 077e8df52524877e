// Reads the feeds that the command line names with feedsmith, and prints what it found as JSON: for feeds.py, which
// compares it with what another reader finds. Lines: {file, format, items: [{id, url, title, published, updated}]}.

import { readFileSync } from "node:fs";

const [library, ...files] = process.argv.slice(2);
const { parseFeed } = await import(library);
const alternate = (links) => (links ?? []).find((link) => !link.rel || link.rel === "alternate")?.href;
const text = (value) => (value && typeof value === "object" ? value.value : value);
const READ = {
  atom: (feed) => (feed.entries ?? []).map((entry) => ({
    id: entry.id, url: alternate(entry.links), title: text(entry.title), published: entry.published, updated: entry.updated,
  })),
  rss: (feed) => (feed.items ?? []).map((item) => ({
    id: item.guid?.value, url: item.link, title: item.title, published: item.pubDate,
  })),
  json: (feed) => (feed.items ?? []).map((item) => ({
    id: item.id, url: item.url, title: item.title, published: item.date_published, updated: item.date_modified,
  })),
};
for (const file of files) {
  const { format, feed } = parseFeed(readFileSync(file, "utf8"));
  console.log(JSON.stringify({ file, format, items: READ[format](feed) }));
}
