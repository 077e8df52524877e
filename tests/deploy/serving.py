"""serving.py: deployed sites as readers get them: a folder behind a real nginx and a real Caddy, a bucket as S3 serves it.

All links are followed from the front page, feeds, sitemaps and structured data; every output must come with its bytes and
headers, at `/` and below a path, and after the next deployment without a restart.
"""

import gzip
import http.client
import http.server
import os
import re
import threading
import urllib.parse

from bucket import moto
from checks import Checks, conclude, folder, wanted
from desk import Desk
from program import deploy
from reader import address_of, key_of, walk
from webserver import Server, ask, caddy, headers_of, matches, nginx

HOST = "https://meridian.example"


class Website(http.server.ThreadingHTTPServer):
    """A bucket as the website endpoint of S3 shows it: index documents, an error document, redirects of objects."""

    daemon_threads = True

    def __init__(self, store, bucket, prefix):
        super().__init__(("127.0.0.1", 0), Page)
        self.store, self.bucket, self.prefix, self.port = store, bucket, prefix, self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def ask(self, path):
        return ask(self.port, path)

    def thing(self, key):
        connection = http.client.HTTPConnection("127.0.0.1", self.store.port, timeout=20)
        # moto shows objects to whoever says a name.
        name = "AWS4-HMAC-SHA256 Credential=reader/20240308/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
        connection.request("GET", f"/{self.bucket.name}/{urllib.parse.quote(key)}", headers={"Authorization": name})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        key = path[1:] + "index.html" if path.endswith("/") else path[1:]
        thing = self.server.thing(key)
        if thing.status == 404 and not path.endswith("/") and self.server.thing(f"{key}/index.html").status == 200:
            return self.answer(302, [("Location", urllib.parse.quote(path) + "/")], b"")
        if thing.status == 404:
            lost = self.server.thing(f"{self.server.prefix}404.html")
            return self.answer(404, self.kept(lost), lost.body)
        leads = thing.getheader("x-amz-website-redirect-location")
        if leads:
            return self.answer(301, [("Location", leads)], b"")
        return self.answer(thing.status, self.kept(thing), thing.body)

    def kept(self, thing):
        names = ("Content-Type", "Cache-Control", "Content-Encoding", "Content-Language", "Content-Disposition", "ETag")
        return [(name, thing.getheader(name)) for name in names if thing.getheader(name)]

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def body_of(answer):
    return gzip.decompress(answer.body) if answer.getheader("Content-Encoding") == "gzip" else answer.body


def crawl(checks, face, base, public, where, is_bucket):
    """Everything that a reader can get."""
    below = urllib.parse.urlsplit(base).path.rstrip("/")
    expected = wanted(public, below)
    with open(os.path.join(public, "_redirects"), encoding="utf-8") as opened:
        redirects = [line.split(" ") for line in opened.read().splitlines()]

    def get(key):
        """What a link leads to; a redirect leads on, once."""
        path = urllib.parse.urlsplit(address_of(key, base)).path
        answer = face.ask(path)
        if answer.status in (301, 302):
            target = urllib.parse.urljoin(HOST + path, answer.getheader("Location"))
            target = re.sub(r"^http://127.0.0.1:\d+", HOST, target)
            key = key_of(target, base, base)
            checks.holds(key is not None, f"{where} {path}", f"it leads away, to {target}")
            answer = face.ask(urllib.parse.urlsplit(target).path)
        return body_of(answer) if answer.status == 200 else None

    reached, missing = walk(get, base)
    checks.holds(not missing, where, f"links that lead nowhere: {missing[:6]}")
    moved = {urllib.parse.unquote(source) for source, _, status in redirects if status.startswith("30")}
    pages = {key for key in expected if key.endswith("/index.html") and urllib.parse.unquote(address_of(key, base))[len(HOST) :] not in moved}
    checks.holds(pages <= reached, where, f"pages that nothing leads to: {sorted(pages - reached)[:5]}")
    rules = headers_of(open(os.path.join(public, "_headers"), encoding="utf-8").read())
    for key, want in expected.items():
        path = urllib.parse.unquote(urllib.parse.urlsplit(address_of(key, base)).path)
        if path in moved and not (is_bucket and not want.redirect):
            continue
        answer, here = face.ask(urllib.parse.urlsplit(address_of(key, base)).path), f"{where} {path}"
        if not checks.equal(answer.status, 200, here, "status"):
            continue
        checks.holds(body_of(answer) == want.body, here, "not the bytes that were built")
        kind = answer.getheader("Content-Type") or ""
        if want.type:
            checks.equal(kind.lower(), want.type.lower(), here, "Content-Type")
        if key.endswith((".html", "feed.xml", "rss.xml", "feed.json")):
            checks.holds("charset=utf-8" in kind.lower(), here, f"no charset: {kind}")
        fields = {}
        for pattern, more in rules:
            if matches(pattern, path):
                fields.update(more)
        fields = {"Cache-Control": want.cache} if is_bucket else fields
        for name, value in fields.items():
            if name != "Content-Type":
                checks.equal(answer.getheader(name), value, here, name)
    for source, target, status in redirects:
        answer, here = face.ask(source), f"{where} {source}"
        # A bucket knows redirects for good alone: other former addresses are pages that lead on, or are not there.
        status = {"302": "200", "410": "404"}.get(status, status) if is_bucket else status
        checks.equal(answer.status, int(status), here, "status")
        if status in ("301", "302"):
            location = re.sub(r"^https?://[^/]+", "", answer.getheader("Location") or "")
            checks.equal(urllib.parse.unquote(location), urllib.parse.unquote(target), here, "Location")
    for path in ("/no/such/page/", "/no-such-page", "/.dateline/ledger", "/.dateline/private/hosting/nginx.conf", "/_headers", "/_redirects"):
        answer = face.ask(below + path)
        checks.equal(answer.status, 404, f"{where} {path}", "status")
        checks.holds(body_of(answer) == expected["404.html"].body, f"{where} {path}", "not the page of what is not there")
    return len(reached)


def newsroom(work, base):
    desk = Desk(os.path.join(work, "desk"), 16, base_url=base, briefings="daily", gone=["/retired/"], page_size=5)
    desk.write("content/pages/about.md", "---\ntitle: About\n---\n\nSee [the front page](/) and [a chart](/images/chart.png).\n")
    desk.story("grüße", 6, title="Grüße aus Köln", aliases=["/alt/grüße/"])
    return desk


def folders(checks, base):
    with folder() as work:
        desk, name = newsroom(work, base), "below a path" if base != HOST else "at the root"
        target = os.path.join(work, "srv", "the meridian")
        desk.target(target)
        checks.ended(deploy(desk.folder), 0, f"folder {name}")
        current = os.path.join(target, "current")
        with Server(lambda at, port: nginx(f"{current}/public", f"{current}/hosting", at, port)) as one, \
                Server(lambda at, port: caddy(f"{current}/public", f"{current}/hosting", at, port)) as two:
            for program, face in (("nginx", one), ("Caddy", two)):
                if checks.holds(face, f"{program} {name}", "it does not start"):
                    count = crawl(checks, face, base, desk.public, f"{program} {name}", False)
                    print(f"{program} {name}: {count} addresses were reached")
            # The next release is there without a restart. Redirects would need one.
            desk.story("late", 11, topics=["ICC", "A late topic"])
            checks.ended(deploy(desk.folder), 0, f"folder {name}, again")
            for program, face in (("nginx", one), ("Caddy", two)):
                if face:
                    crawl(checks, face, base, desk.public, f"{program} {name}, again", False)


def buckets(checks, store, base):
    below = urllib.parse.urlsplit(base).path.strip("/")
    for compress in (False, True):
        with folder() as work:
            desk, bucket = newsroom(work, base), store.bucket()
            where = f"bucket {'below a path' if below else 'at the root'}{', compressed' if compress else ''}"
            desk.target(f"s3://{bucket.name}/{below}", endpoint=store.endpoint, region="us-east-1", compress=compress)
            checks.ended(deploy(desk.folder), 0, where)
            with Website(store, bucket, f"{below}/" if below else "") as face:
                print(f"{where}: {crawl(checks, face, base, desk.public, where, True)} addresses were reached")


if __name__ == "__main__":
    found = Checks()
    with moto() as one:
        for each in (HOST, f"{HOST}/briefing"):
            folders(found, each)
            buckets(found, one, each)
    conclude(found)
