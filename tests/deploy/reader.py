"""A reader's eye: what the pages of a site lead to, and whether it is there."""

import html.parser
import json
import re
import urllib.parse

# Where readers, their feed readers and search engines come in.
DOORS = ["index.html", "404.html", "feed.xml", "rss.xml", "feed.json", "sitemap.xml", "news-sitemap.xml", "robots.txt", "llms.txt"]
ADDRESSES = re.compile(r"<(?:loc|link|url)[^>]*>\s*(https?://[^<\s]+)|\b(?:href|src|url)=\"([^\"]+)\"|\]\((\S+?)\)|^Sitemap: (\S+)", re.M)
STYLES = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Links(html.parser.HTMLParser):
    """The addresses in a page: links, pictures, style sheets, and what machines read."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found, self.data = [], None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        for name in ("href", "src", "poster", "data"):
            if at.get(name):
                self.found.append(at[name])
        for candidate in (at.get("srcset") or "").split(","):
            self.found += candidate.split()[:1]
        if tag == "meta" and at.get("property") in ("og:url", "og:image"):
            self.found.append(at.get("content", ""))
        if tag == "meta" and (at.get("http-equiv") or "").lower() == "refresh":
            self.found += re.findall(r"url=(.+)", at.get("content", ""))
        self.data = [] if tag == "script" and at.get("type") == "application/ld+json" else None

    def handle_data(self, data):
        if self.data is not None:
            self.data.append(data)

    def handle_endtag(self, tag):
        if tag == "script" and self.data is not None:
            self.found += addresses("".join(self.data))
            self.data = None


def addresses(text):
    """All addresses of pages and pictures in JSON; identifiers with a fragment are none."""
    found = []

    def walk(value, name=""):
        if isinstance(value, dict):
            for key, below in value.items():
                walk(below, key)
        elif isinstance(value, list):
            for below in value:
                walk(below, name)
        elif isinstance(value, str) and value.startswith("http") and name in ("url", "mainEntityOfPage", "external_url", "home_page_url", "feed_url", "image", "item"):
            found.append(value)

    walk(json.loads(text))
    return found


def links(key, body):
    """The addresses in a file of a site."""
    if key.endswith(".html"):
        return Links(body.decode("utf-8")).found
    if key.endswith(".css"):
        return [first or second for first, second in STYLES.findall(body.decode("utf-8"))]
    if key.endswith(".json"):
        return addresses(body.decode("utf-8"))
    if key.endswith((".xml", ".txt")):
        return [next(filter(None, groups)).replace("&amp;", "&") for groups in ADDRESSES.findall(body.decode("utf-8"))]
    return []


def key_of(address, page, base):
    """The key that an address names as it stands on the page at an address; None when it leads elsewhere."""
    url = urllib.parse.urlsplit(urllib.parse.urljoin(page, address.strip()))
    home = urllib.parse.urlsplit(base)
    if (url.scheme, url.netloc) != (home.scheme, home.netloc):
        return None
    path, below = urllib.parse.unquote(url.path or "/"), home.path.rstrip("/")
    if path != below and not path.startswith(below + "/"):
        return f"(outside of the site) {path}"
    path = path[len(below) + 1 :]
    return path + "index.html" if path == "" or path.endswith("/") else path


def address_of(key, base):
    return base.rstrip("/") + "/" + urllib.parse.quote(re.sub(r"(^|/)index\.html$", r"\1", key), "/+!$&'()*,;=:@~")


def walk(get, base, doors=DOORS, held=()):
    """Follows all links from the doors, and from the files that a reader holds already, given as (key, bytes). Returns the
    keys that were reached, and what is missing: (page, key)."""
    reached, missing, queue = set(), [], []

    def look(key, body, name):
        for address in links(key, body):
            target = key_of(address, address_of(key, base), base)
            if target is not None and target not in reached:
                found = get(target)
                if found is None:
                    missing.append((name, target))
                else:
                    reached.add(target)
                    queue.append((target, found))

    for key, body in held:
        look(key, body, f"{key} as it was before")
    for key in doors:
        body = get(key)
        if body is not None and key not in reached:
            reached.add(key)
            queue.append((key, body))
    while queue:
        key, body = queue.pop()
        look(key, body, key)
    return reached, missing
