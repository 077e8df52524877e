"""sitemaps.py FOLDER: the sitemaps of the sites in FOLDER, against their schemas and against the pages."""

import os
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as xml

from built import Findings, conclude, instant, sites

HERE = os.path.dirname(os.path.abspath(__file__))
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MOST_URLS, MOST_BYTES, MOST_NEWS = 50_000, 52_428_800, 1_000


def local(tag):
    return tag.split("}")[-1]


def check(site, findings):
    robots = [line.split(":", 1)[1].strip() for line in site.text("robots.txt").splitlines() if line.startswith("Sitemap:")]
    findings.holds(f"{site.base}/sitemap.xml" in robots, site.name, "robots.txt does not name sitemap.xml")
    listed, maps = {}, [file for file in site.files(".xml") if "sitemap" in os.path.basename(file)]
    named = set(robots)
    for file in maps:
        where = f"{site.name}/{file}"
        root = xml.fromstring(site.bytes(file))
        schema = "sitemap-index.xsd" if local(root.tag) == "sitemapindex" else "sitemap-all.xsd"
        run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", os.path.join(HERE, schema), os.path.join(site.folder, file)],
                             capture_output=True, text=True)
        findings.holds(run.returncode == 0, where, run.stderr.strip())
        findings.holds(len(site.bytes(file)) <= MOST_BYTES, where, "larger than 50 MB")
        findings.holds(len(root) <= MOST_URLS, where, f"{len(root)} entries")
        news = root.findall(f".//{NEWS}news")
        findings.holds(len(news) <= MOST_NEWS, where, f"{len(news)} news")
        for entry in root:
            fields = {local(field.tag): (field.text or "").strip() for field in entry}
            loc = fields.get("loc", "")
            findings.holds(loc.startswith(site.base + "/") and len(loc) < 2048, where, f"not an address of the site: {loc}")
            if local(root.tag) == "sitemapindex":
                named.add(loc)
            elif os.path.basename(file) != "news-sitemap.xml":
                findings.holds(loc not in listed, where, f"twice: {loc}")
                listed[loc] = fields.get("lastmod")
            if "lastmod" in fields and "T" in fields["lastmod"]:
                findings.holds(instant(fields["lastmod"]), where, f"no offset: {fields['lastmod']}")
        for one in news:
            title = one.findtext(f"{NEWS}title") or ""
            findings.holds(instant(one.findtext(f"{NEWS}publication_date")), where, f"the date of {title!r}")
    for file in maps:
        findings.holds(site.url(file) in named, site.name, f"neither robots.txt nor the index names {file}")

    # A page that may be indexed stands in a sitemap, and no other does.
    decoded = {urllib.parse.unquote(loc): lastmod for loc, lastmod in listed.items()}
    for page in site.pages.values():
        if page.family in ("redirect", "not-found"):
            expected = False
        else:
            expected = page.indexed and page.canonical == page.url and "/page/" not in page.url
        found = urllib.parse.unquote(page.url) in decoded
        findings.equal(found, expected, f"{site.name} {page.url}", "it is in a sitemap")
        modified = page.first("article:modified_time")
        if found and modified:
            lastmod = decoded[urllib.parse.unquote(page.url)]
            findings.equal(instant(lastmod), instant(modified), f"{site.name} {page.url}", "lastmod and article:modified_time")
    for loc in decoded:
        findings.holds(loc in {urllib.parse.unquote(url) for url in site.pages}, site.name, f"a sitemap names what is not there: {loc}")


findings = Findings()
for each in sites():
    check(each, findings)
conclude(findings, "sitemaps are valid")
