"""jsonld.py FOLDER: the structured data of every page of the sites in FOLDER, field by field, against the page itself."""

import json
import re

from built import OFFSET, Findings, conclude, instant, sites

ARTICLES = {"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
            "LiveBlogPosting", "Article"}
# What a page of each kind must say of itself.
EXPECTED = {
    "front": {"WebSite", "CollectionPage", "NewsMediaOrganization", "Organization"},
    "article": ARTICLES,
    "topic": {"CollectionPage", "ItemList"},
    "briefing": {"CollectionPage", "PublicationIssue", "ItemList"} | ARTICLES,
    "person": {"ProfilePage", "Person", "Organization"},
}
KNOWN = ARTICLES | set().union(*EXPECTED.values()) | {
    "BreadcrumbList", "ListItem", "WebPage", "ImageObject", "AudioObject", "CorrectionComment", "CreativeWork", "CreativeWorkSeries",
    "Periodical", "Thing", "Place", "SearchAction", "EntryPoint", "AboutPage", "DefinedTerm", "Event", "PropertyValue", "BlogPosting"}


def strictly(text):
    """Parses JSON as the standard has it: no name twice, no NaN."""
    def pairs(found):
        if len({name for name, _ in found}) != len(found):
            raise ValueError("a name stands twice")
        return dict(found)

    def refuse(name):
        raise ValueError(name)
    return json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)


def nodes(value):
    """Every object in a value, from the outside in."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def absolute(url):
    return isinstance(url, str) and bool(re.match(r"https?://", url))


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def article(page, node, where, findings):
    headline = node.get("headline")
    findings.equal(headline, page.first("og:title"), where, "headline")
    for name, meta in (("datePublished", "article:published_time"), ("dateModified", "article:modified_time")):
        written = node.get(name, "")
        findings.holds(OFFSET.search(written) and instant(written) or re.fullmatch(r"\d{4}-\d\d-\d\d", written), where, f"{name}: {written!r}")
        if instant(written) and page.first(meta):
            findings.equal(instant(written), instant(page.first(meta)), where, f"{name} and {meta}")
    if instant(node.get("datePublished")) and instant(node.get("dateModified")):
        findings.holds(instant(node["datePublished"]) <= instant(node["dateModified"]), where, "modified before it was published")
    authors = node.get("author")
    if "class=\"byline\"" in page.source.split("</header>")[1]:
        findings.holds(isinstance(authors, list) and authors, where, f"author: {authors}")
    for author in listed(authors):
        findings.holds(isinstance(author, dict) and author.get("@type") in ("Person", "Organization", "NewsMediaOrganization"), where, f"author: {author}")
        name = author.get("name", "")
        findings.holds(name and not re.match(r"by\s", name, re.I) and " and " not in name.replace(" & ", ""), where, f"name of an author: {name!r}")
        findings.holds("url" not in author or absolute(author["url"]), where, f"url of an author: {author}")
    for linked in page.properties.get("article:author", []):
        findings.holds(linked in [author.get("url") for author in listed(authors)], where, f"no author has the url {linked}")
    publisher = node.get("publisher")
    findings.holds(isinstance(publisher, dict) and publisher.get("name") and publisher.get("@type"), where, f"publisher: {publisher}")
    main = node.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    findings.equal(main, page.first("og:url"), where, "mainEntityOfPage")
    findings.equal(node.get("url"), page.first("og:url"), where, "url")
    for image in listed(node.get("image")):
        findings.holds(absolute(image if isinstance(image, str) else image.get("url")), where, f"image: {image}")
    if page.first("og:image"):
        images = [image if isinstance(image, str) else image.get("url") for image in listed(node.get("image"))]
        findings.holds(page.first("og:image") in images, where, f"og:image is no image of the article: {images}")
    if page.first("article:section"):
        findings.equal(node.get("articleSection"), page.first("article:section"), where, "articleSection")
    section = node.get("articleSection")
    tags = [tag for tag in page.properties.get("article:tag", []) if tag != section]
    findings.equal([word for word in node.get("keywords", []) if word != section], tags, where, "keywords, and article:tag")
    findings.holds(isinstance(node.get("keywords", []), list), where, "keywords are no list")
    if re.search(r'<div class="story-text">.*class="dateline"', page.source, re.S):
        findings.holds(node.get("dateline"), where, "the dateline is missing")
    shown = len(re.findall(r'class="note note-(?:correction|clarification)"', page.source))
    corrections = listed(node.get("correction"))
    findings.equal(len(corrections), shown, where, "corrections, and those that the page shows")
    for correction in corrections:
        findings.holds(correction.get("@type") == "CorrectionComment" and correction.get("text") and correction.get("datePublished"), where, f"correction: {correction}")
    if 'aria-labelledby="theme--thread"' in page.source:
        findings.holds(any(part.get("name") for part in listed(node.get("isPartOf"))), where, "isPartOf does not name the thread")
    shown = re.search(r'aria-labelledby="theme--sources">(.*?)</section>', page.source, re.S)
    if shown:
        citations = listed(node.get("citation"))
        findings.equal(len(citations), shown[1].count("<li>"), where, "citations, and the sources that the page shows")
        for citation in citations:
            findings.holds(isinstance(citation, str) or citation.get("name"), where, f"citation: {citation}")
    findings.holds(isinstance(node.get("isAccessibleForFree", True), bool), where, "isAccessibleForFree")
    findings.holds(isinstance(node.get("wordCount", 1), int), where, "wordCount")


def check(site, findings):
    kinds = {}
    for page in site.pages.values():
        where = f"{site.name} {page.url[len(site.base):]}"
        found = []
        for script in page.scripts:
            findings.holds("<" not in script and "\u2028" not in script, where, "a raw < in the data")
            try:
                found.append(strictly(script))
            except ValueError as error:
                findings.holds(False, where, f"no JSON: {error}")
        for top in found:
            findings.holds(isinstance(top, dict) and top.get("@context") == "https://schema.org" and "@graph" not in top, where, "one node for each script")
        for node in nodes(found):
            kind = node.get("@type")
            findings.holds(isinstance(kind, str) and kind in KNOWN or set(node) <= {"@id"} and node, where, f"an unknown type: {kind!r} in {str(node)[:120]}")
            for name, value in node.items():
                findings.holds(value not in ("", None, [], {}), where, f"{kind}.{name} is empty")
                if name in ("url", "item", "contentUrl", "sameAs"):
                    for url in listed(value):
                        findings.holds(isinstance(url, dict) or absolute(url), where, f"{kind}.{name} is not absolute: {url}")
            if kind == "BreadcrumbList":
                steps = node.get("itemListElement", [])
                findings.equal([step.get("position") for step in steps], list(range(1, len(steps) + 1)), where, "positions of a trail")
                findings.holds(len(steps) >= 2 and all(step.get("name") and step.get("item") for step in steps), where, "a trail")
            if kind == "ItemList":
                steps = node.get("itemListElement", [])
                findings.equal([step.get("position") for step in steps], list(range(1, len(steps) + 1)), where, "positions of a list")
                findings.holds(all(step.get("name") and step.get("url") for step in steps), where, "an entry of a list without name or url")
                findings.equal(node.get("numberOfItems", len(steps)), len(steps), where, "numberOfItems")
        types = {top.get("@type") for top in found}
        stands = "story-withdrawn" not in page.source
        if page.family in EXPECTED and stands:
            kinds[page.family] = kinds.get(page.family, 0) + 1
            findings.holds(types & EXPECTED[page.family], where, f"a page of the kind {page.family} has only {types}")
        if page.family == "article" and stands:
            for top in found:
                if top.get("@type") in ARTICLES:
                    article(page, top, where, findings)
    # Not every site has editions and people.
    for family in EXPECTED if site.name != "foreign" else ("front", "article", "topic"):
        findings.holds(family in kinds, site.name, f"no page of the kind {family}")


findings = Findings()
for each in sites():
    check(each, findings)
conclude(findings, "structured data is right")
