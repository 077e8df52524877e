"""agree.py FOLDER: one address and the same instants for each article, in every output of the sites in FOLDER."""

import datetime
import email.utils
import json
import re
import xml.etree.ElementTree as xml

from built import Findings, conclude, instant, sites

ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def check(site, findings):
    """Says what the outputs hold of each address: (output, address, first published, last changed)."""
    said = []
    for file in site.files("feed.xml", "rss.xml", "feed.json"):
        data = site.bytes(file)
        if file.endswith(".json"):
            for item in json.loads(data)["items"]:
                said.append((file, item["id"], item.get("date_published"), item.get("date_modified")))
                said.append((file, item["url"], None, None))
        elif b"<rss" in data[:500]:
            for item in xml.fromstring(data).iter("item"):
                date = email.utils.parsedate_to_datetime(item.findtext("pubDate"))
                said.append((file, item.findtext("link"), date.isoformat(), None))
                said.append((file, item.findtext("guid"), None, None))
        else:
            for entry in xml.fromstring(data).iter(f"{ATOM}entry"):
                said.append((file, entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")))
                link = [link.get("href") for link in entry.iter(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
                said += [(file, url, None, None) for url in link]
    for file in site.files(".xml"):
        if "sitemap" in file and file != "sitemap.xml":
            for url in xml.fromstring(site.bytes(file)).iter(f"{MAP}url"):
                said.append((file, url.findtext(f"{MAP}loc"), url.findtext(f".//{NEWS}publication_date"), url.findtext(f"{MAP}lastmod")))

    by_url = {page.url: page for page in site.pages.values() if page.family != "redirect"}
    # The id of a story that has moved is its oldest address, which leads to the present one.
    moved = {page.url: page.canonical for page in site.pages.values() if page.family == "redirect"}
    told = set()
    for file, url, published, modified in said:
        where = f"{site.name}/{file} {url}"
        # An item of an edition has the edition's address with a fragment, and what a feed tells of a correction too.
        page = by_url.get(moved.get(url, url))
        if page is None:
            findings.holds(url and "#" in url and url.split("#")[0] in by_url, where, "no page says that this is its address")
            continue
        told.add(page.url)
        for output, meta in ((published, "article:published_time"), (modified, "article:modified_time")):
            if output and page.first(meta) and page.family == "article" and not file.startswith("corrections"):
                day_only = re.fullmatch(r"\d{4}-\d\d-\d\d", page.first(meta))
                mine = instant(page.first(meta))
                if day_only:
                    findings.equal(output[:10], page.first(meta), where, meta)
                else:
                    findings.equal(instant(output), mine, where, meta)

    for page in site.pages.values():
        where = f"{site.name} {page.url}"
        if page.family in ("redirect", "not-found"):
            continue
        elsewhere = page.canonical and not page.canonical.startswith(site.base + "/")
        findings.equal(page.first("og:url"), page.canonical if elsewhere else page.url, where, "og:url")
        findings.holds(page.canonical and re.match("https?://", page.canonical), where, f"canonical: {page.canonical}")
        if not elsewhere:
            findings.equal(page.canonical, page.url, where, "canonical")
        for name in ("og:title", "og:url", "og:type"):
            findings.equal(len(page.properties.get(name, [])), 1, where, name)
        # Every language of a story names all, itself too.
        others = {link["hreflang"]: link["href"] for link in page.links if "hreflang" in link}
        if others:
            findings.holds(page.canonical in others.values() and "x-default" in others, where, f"hreflang: {others}")
            for url in others.values():
                other = by_url.get(url)
                if findings.holds(other, where, f"hreflang leads nowhere: {url}"):
                    theirs = {link["hreflang"]: link["href"] for link in other.links if "hreflang" in link}
                    findings.equal(theirs, others, where, f"hreflang of {url}")
    for page in site.articles():
        published, modified = page.first("article:published_time"), page.first("article:modified_time")
        where = f"{site.name} {page.url}"
        if published and modified and instant(published):
            findings.holds(instant(modified) >= instant(published), where, "changed before it was published")
            # A story may have a day without a time.
            for what, meta in (("published", published), ("changed", modified)):
                seen = any(instant(time) == instant(meta) or time == meta[:10] for time in page.times)
                findings.holds(seen, where, f"readers do not see when it was {what}")
        if page.indexed and page.canonical == page.url:
            findings.holds(page.url in told, where, "neither a feed nor a sitemap tells of it")


findings = Findings()
for each in sites():
    check(each, findings)
conclude(findings, "outputs agree")
