"""What the checks beside this file share: a built site, its pages, and a list of what is wrong."""

import datetime
import html.parser
import os
import re
import sys
import urllib.parse

# What XML 1.0 cannot hold.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What stands in an address as it is.
SAFE = "/+!$&'()*,;=:@~"
OFFSET = re.compile(r"(Z|[+-]\d\d:\d\d)$")


class Findings:
    """Everything that is wrong, so that one run shows it all."""

    def __init__(self):
        self.wrong = []
        self.checked = 0

    def holds(self, condition, where, what):
        self.checked += 1
        if not condition:
            self.wrong.append(f"{where}: {what}")
        return bool(condition)

    def equal(self, found, expected, where, what):
        return self.holds(found == expected, where, f"{what}: {found!r}, not {expected!r}")


class Page(html.parser.HTMLParser):
    """The parts of a page that machines read."""

    def __init__(self, file, url):
        super().__init__(convert_charrefs=True)
        self.file, self.url = file, url
        self.meta, self.properties, self.links, self.hrefs = {}, {}, [], []
        self.scripts, self.times, self.family, self.lang, self.title = [], [], "", "", ""
        self._data = None
        self._in_title = False
        with open(file, encoding="utf-8", newline="") as opened:
            self.source = opened.read()
        self.feed(self.source)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "html":
            self.lang = at.get("lang", "")
        elif tag == "meta" and "property" in at:
            self.properties.setdefault(at["property"], []).append(at.get("content", ""))
        elif tag == "meta" and "name" in at:
            self.meta[at["name"]] = at.get("content", "")
        elif tag == "link":
            self.links.append(at)
        elif tag == "a" and "href" in at:
            self.hrefs.append(at["href"])
        elif tag == "body":
            self.family = at.get("class", "").replace("page-", "").split(" ")[0]
        elif tag == "time":
            self.times.append(at.get("datetime", ""))
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "script" and at.get("type") == "application/ld+json":
            self._data = []

    def handle_data(self, data):
        if self._data is not None:
            self._data.append(data)
        elif self._in_title:
            self.title += data

    def handle_endtag(self, tag):
        if tag == "script" and self._data is not None:
            self.scripts.append("".join(self._data))
            self._data = None
        elif tag == "title":
            self._in_title = False

    @property
    def canonical(self):
        found = [link["href"] for link in self.links if link.get("rel") == "canonical"]
        return found[0] if len(found) == 1 else None

    def first(self, name):
        found = self.properties.get(name, [])
        return found[0] if found else None

    @property
    def indexed(self):
        return "noindex" not in self.meta.get("robots", "")


class Site:
    """A folder that Dateline built. Its address is what its front page calls canonical."""

    def __init__(self, folder):
        self.folder = folder
        self.name = os.path.basename(folder.rstrip("/"))
        front = Page(os.path.join(folder, "index.html"), "")
        self.base = (front.canonical or "").rstrip("/")
        self.pages = {}
        for file in self.files(".html"):
            url = self.url(file)
            self.pages[url] = Page(os.path.join(folder, file), url)

    def files(self, *ends):
        """Paths of what is served, in order."""
        found = []
        for folder, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if name != ".dateline"]
            for file in files:
                if file.endswith(ends):
                    found.append(os.path.relpath(os.path.join(folder, file), self.folder))
        return sorted(found)

    def url(self, file):
        """The address of a file, as links write it."""
        path = re.sub(r"(^|/)index\.html$", r"\1", file)
        return f"{self.base}/{urllib.parse.quote(path, SAFE)}"

    def bytes(self, file):
        with open(os.path.join(self.folder, file), "rb") as opened:
            return opened.read()

    def text(self, file):
        return self.bytes(file).decode("utf-8")

    def articles(self):
        """Pages of articles that stand: neither withdrawn nor leading elsewhere."""
        return [page for page in self.pages.values() if page.family == "article" and "story-withdrawn" not in page.source]


def instant(text):
    """The moment that a date with an offset names, or None."""
    if not text or not OFFSET.search(text):
        return None
    try:
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def sites():
    """The sites in the folder that the command line names."""
    folder = sys.argv[1]
    found = [Site(os.path.join(folder, name)) for name in sorted(os.listdir(folder))]
    if not found:
        sys.exit(f"there is no site in {folder}")
    return found


def conclude(findings, what):
    """Says what is wrong, or what was checked, and ends."""
    for wrong in findings.wrong[:60]:
        print(wrong)
    if len(findings.wrong) > 60:
        print(f"and {len(findings.wrong) - 60} more")
    if findings.wrong or not findings.checked:
        sys.exit(f"{len(findings.wrong)} of {findings.checked} checks failed")
    print(f"{what}; {findings.checked} checks")
