"""feeds.py FOLDER: every feed of the sites in FOLDER, against its schema and by readers that nobody here wrote.

Atom and RSS are read by feedparser and feedsmith, JSON Feed by atoma and feedsmith. What they find must be the same, in
each feed and from format to format.
"""

import datetime
import email.utils
import json
import os
import re
import subprocess
import xml.etree.ElementTree as xml

import atoma
import feedparser
import jsonschema

from built import FORBIDDEN, Findings, conclude, instant, sites

HERE = os.path.dirname(os.path.abspath(__file__))
FEEDSMITH = os.path.join(HERE, "../../.tools/node_modules/feedsmith/dist/index.mjs")
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$")
RELATIVE = re.compile(r"""<[a-z][^>]*?\s(?:href|src|poster)\s*=\s*["'](?!https?://|mailto:|tel:|data:)([^"']*)""", re.I)
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


def moment(text):
    """An instant from either way to write one."""
    if not text:
        return None
    if instant(text):
        return instant(text)
    try:
        return email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None


def absolute(url):
    return bool(re.match(r"https?://[^/]+/", url or ""))


def atom(site, file, findings):
    where = f"{site.name}/{file}"
    root = xml.fromstring(site.bytes(file))
    entries = root.findall(f"{ATOM}entry")
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    findings.equal(own, [site.url(file)], where, "links to itself")
    findings.holds(root.find(f"{ATOM}author") is not None or all(entry.find(f"{ATOM}author") is not None for entry in entries),
                   where, "no author on the feed, and not on every entry")
    updated = [moment(entry.findtext(f"{ATOM}updated")) for entry in entries]
    if updated:
        findings.equal(moment(root.findtext(f"{ATOM}updated")), max(updated), where, "updated of the feed, and the newest of its entries")
    for entry in entries:
        alternates = [(link.get("type"), link.get("hreflang")) for link in entry.findall(f"{ATOM}link") if link.get("rel") in (None, "alternate")]
        findings.holds(alternates and len(set(alternates)) == len(alternates), where, f"alternates of an entry: {alternates}")
        published = moment(entry.findtext(f"{ATOM}published"))
        findings.holds(published is None or published <= moment(entry.findtext(f"{ATOM}updated")), where, "an entry that is updated before it is published")
    for link in root.iter(f"{ATOM}link"):
        findings.holds(absolute(link.get("href")), where, f"not absolute: {link.get('href')}")
        if link.get("rel") == "enclosure":
            findings.holds(link.get("type") and (link.get("length") or "").isdigit(), where, f"enclosure: {link.attrib}")
    html = [part.text or "" for part in root.iter() if part.get("type") == "html"]
    return html


def rss(site, file, findings):
    """Ports of what the W3C's validator warns of for the best practices of RSS."""
    where = f"{site.name}/{file}"
    root = xml.fromstring(site.bytes(file))
    channel = root.find("channel")
    findings.equal(root.get("version"), "2.0", where, "version")
    findings.equal([child.tag for child in root], ["channel"], where, "an item stands beside the channel")
    for name in ("title", "link", "description"):
        findings.holds(channel.findtext(name), where, f"the channel has no {name}")
    own = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    findings.equal(own, [site.url(file)], where, "links to itself")
    image = channel.find("image")
    if image is not None:
        findings.equal(image.findtext("title"), channel.findtext("title"), where, "title of the image, and of the channel")
        findings.equal(image.findtext("link"), channel.findtext("link"), where, "link of the image, and of the channel")
        findings.holds(absolute(image.findtext("url")), where, "address of the image")
    findings.holds(channel.find("textInput") is None, where, "textInput")
    slash = [child.tag for child in channel.iter() if child.tag.startswith("{http://purl.org/rss/1.0/modules/slash/}")]
    findings.holds(not slash or channel.find("lastBuildDate") is not None, where, "comments without lastBuildDate")
    html = []
    for item in channel.findall("item"):
        tags = [child.tag for child in item]
        findings.holds("title" in tags or "description" in tags, where, "an item without title and description")
        findings.holds(tags.count("enclosure") <= 1, where, "more than one enclosure")
        if CONTENT in tags and "description" in tags:
            findings.holds(tags.index("description") < tags.index(CONTENT), where, "content before description")
        guid = item.find("guid")
        findings.holds(guid is not None and guid.get("isPermaLink") in ("true", None) and absolute(guid.text) or
                       guid is not None and guid.get("isPermaLink") == "false", where, "a guid that is no permanent link")
        findings.holds(absolute(item.findtext("link")), where, f"not absolute: {item.findtext('link')}")
        for enclosure in item.findall("enclosure"):
            findings.holds(absolute(enclosure.get("url")) and enclosure.get("type") and (enclosure.get("length") or "").isdigit(),
                           where, f"enclosure: {enclosure.attrib}")
        if CONTENT in tags:
            html.append(item.findtext(CONTENT))
    for element in channel.iter():
        if element.tag in ("pubDate", "lastBuildDate"):
            good = bool(RFC822.match(element.text or ""))
            if findings.holds(good, where, f"a date: {element.text}"):
                day = email.utils.parsedate_to_datetime(element.text).strftime("%a")
                findings.equal(element.text[:3], day, where, "the day of the week")
        if element.tag in ("author", "managingEditor", "webMaster"):
            findings.holds(re.match(r"\S+@\S+ \(.+\)$", element.text or ""), where, f"an e-mail address without a name: {element.text}")
    # In plain text these two are written as hexadecimal references, which every reader understands alike.
    outside = re.sub(rb"<!\[CDATA\[.*?\]\]>", b"", site.bytes(file), flags=re.S)
    findings.holds(not re.search(rb"<(title|category|dc:creator)\b[^>]*>[^<]*&(amp|lt|#38|#60);", outside), where, "& or < that is not &#x26; or &#x3C;")
    return html


def json_feed(site, file, findings):
    where = f"{site.name}/{file}"
    data = json.loads(site.text(file), parse_constant=lambda name: findings.holds(False, where, name))
    with open(os.path.join(HERE, "jsonfeed.schema.json"), encoding="utf-8") as opened:
        schema = json.load(opened)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    for error in jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(data):
        findings.holds(False, where, f"{error.json_path}: {error.message[:200]}")
    findings.equal(data["feed_url"], site.url(file), where, "feed_url")
    for item in data["items"]:
        for attachment in item.get("attachments", []):
            findings.holds(attachment.get("size_in_bytes"), where, f"attachment without size: {attachment}")
    return [item.get("content_html", "") for item in data["items"]]


def second(site, file, kind):
    """What feedparser, or atoma for JSON, finds."""
    data = site.bytes(file)
    if kind == "json":
        return [{"id": item.id_, "url": item.url, "title": item.title, "published": item.date_published, "updated": item.date_modified}
                for item in atoma.parse_json_feed_bytes(data).items]
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if found.bozo:
        raise ValueError(found.bozo_exception)
    # A feed without a date of change is one of RSS, for which feedparser falls back to the other date.
    utc = lambda parts: parts and datetime.datetime(*parts[:6], tzinfo=datetime.timezone.utc)
    return [{"id": entry.id, "url": entry.link, "title": entry.title, "published": utc(entry.get("published_parsed")),
             "updated": utc(entry.get("updated_parsed")) if kind == "atom" else None} for entry in found.entries]


def plain(title):
    return re.sub(r"\s+", " ", title or "").strip()


def check(site, findings):
    kinds = {"atom": atom, "rss": rss, "json": json_feed}
    feeds = {}
    for file in site.files("feed.xml", "rss.xml", "feed.json"):
        feeds[file] = "json" if file.endswith(".json") else "rss" if b"<rss" in site.bytes(file)[:500] else "atom"
    findings.holds(set(feeds.values()) == set(kinds), site.name, f"formats: {set(feeds.values())}")
    run = subprocess.run(["node", os.path.join(HERE, "feeds.mjs"), FEEDSMITH, *(os.path.join(site.folder, file) for file in feeds)],
                         capture_output=True, text=True)
    if not findings.holds(run.returncode == 0, site.name, f"feedsmith: {run.stderr[-400:]}"):
        return
    first = {os.path.relpath(one["file"], site.folder): one for one in map(json.loads, run.stdout.splitlines())}
    atoms = [os.path.join(site.folder, file) for file, kind in feeds.items() if kind == "atom"]
    run = subprocess.run(["jing", "-c", os.path.join(HERE, "atom.rnc"), *atoms], capture_output=True, text=True)
    findings.holds(run.returncode == 0, site.name, run.stdout.strip())
    items, gone = {}, set()
    for file, kind in feeds.items():
        where = f"{site.name}/{file}"
        text = site.text(file)
        bad = FORBIDDEN.search(json.dumps(json.loads(text), ensure_ascii=False) if kind == "json" else text)
        findings.holds(not bad, where, f"a forbidden character: {bad and hex(ord(bad[0]))}")
        if kind != "json":
            run = subprocess.run(["xmllint", "--nonet", "--noout", os.path.join(site.folder, file)], capture_output=True, text=True)
            if not findings.holds(run.returncode == 0, where, run.stderr.strip()):
                continue
        for html in kinds[kind](site, file, findings):
            relative = RELATIVE.search(html)
            findings.holds(not relative, where, f"a relative address: {relative and relative[0]}")
        one, other = first[file]["items"], second(site, file, kind)
        findings.equal(first[file]["format"], kind, where, "format")
        findings.equal(len(one), len(other), where, "items by both readers")
        ids = [item["id"] for item in one]
        findings.equal(len(set(ids)), len(ids), where, "unique ids")
        for mine, theirs in zip(one, other):
            for name in ("id", "url"):
                findings.equal(mine[name], theirs[name], where, f"{name} by both readers")
            findings.equal(plain(mine["title"]), plain(theirs["title"]), where, "title by both readers")
            for name in ("published", "updated"):
                findings.equal(moment(mine.get(name)), theirs[name], where, f"{name} of {mine['id']} by both readers")
        items[file] = one
    # The same stories stand in the three feeds of the site. What was withdrawn is a tombstone in Atom, and a notice in the others.
    if {"feed.xml", "rss.xml", "feed.json"} <= set(items):
        gone = {tombstone.get("ref") for tombstone in xml.fromstring(site.bytes("feed.xml")).iter(TOMBSTONE)}
        for file in ("rss.xml", "feed.json"):
            notices = {item["id"] for item in items[file]} & gone
            findings.equal(notices, gone, f"{site.name}/{file}", "notices of what was withdrawn")
        stories = [[item for item in items[file] if item["id"] not in gone] for file in ("feed.xml", "rss.xml", "feed.json")]
        for other in stories[1:]:
            findings.equal(len(other), len(stories[0]), site.name, "stories from format to format")
        for atom_item, rss_item, json_item in zip(*stories):
            for other in (rss_item, json_item):
                for name in ("id", "url"):
                    findings.equal(other[name], atom_item[name], site.name, f"{name} from format to format")
                findings.equal(plain(other["title"]), plain(atom_item["title"]), site.name, "title from format to format")
                findings.equal(moment(other["published"]), moment(atom_item["published"]), site.name, f"published of {other['id']} from format to format")
            findings.equal(moment(json_item["updated"]), moment(atom_item["updated"]), site.name, f"updated of {json_item['id']} from format to format")
    # The titles are those of the pages, with every sign that they hold.
    for file, found in items.items():
        for item in found:
            page = site.pages.get(item["url"])
            # A notice has the title of the story, which its page no longer shows.
            if page and item["id"] not in gone:
                findings.equal(plain(item["title"]).lstrip("\u200f"), plain(page.first("og:title")), f"{site.name}/{file}", "title, and that of the page")
    # Pages link to feeds under the name of their kind.
    types = {"application/atom+xml": "atom", "application/rss+xml": "rss", "application/feed+json": "json"}
    path = re.sub(r"^https?://[^/]+", "", site.base)
    for page in site.pages.values():
        for link in page.links:
            if link.get("type") in types and "alternate" in link.get("rel", ""):
                file = re.sub(r"^https?://[^/]+", "", link["href"])[len(path) + 1:]
                findings.equal(feeds.get(file), types[link["type"]], f"{site.name} {page.url}", f"the feed {link['href']}")


findings = Findings()
for each in sites():
    check(each, findings)
conclude(findings, "feeds are valid, and two readers agree on them")
