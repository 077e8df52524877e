"""servers.py FOLDER: the sites in FOLDER behind a real nginx and a real Caddy, set up with what the build wrote for them.

Both listen on loopback alone, at a free port, with their files in a folder of their own. What they answer must be what
`_redirects` and `_headers` say.
"""

import os
import re
import urllib.parse

from built import Findings, conclude, sites
from webserver import TYPES, Server, caddy, headers_of, matches, nginx

MOST = 40


def behind(program, site):
    """A site behind a web server, with the snippets that its build wrote."""
    root = os.path.abspath(site.folder)
    return Server(lambda work, port: program(root, os.path.join(root, ".dateline/private/hosting"), work, port))


def check(site, name, program, findings):
    where = f"{site.name} behind {name}"
    prefix = urllib.parse.urlsplit(site.base).path
    with behind(program, site) as running:
        if not findings.holds(running, where, "it does not start"):
            return
        gone, missing, redirects = [], [], []
        for line in site.text("_redirects").splitlines():
            source, target, status = line.split(" ")
            {"410": gone, "404": missing}.get(status, redirects).append((source, target, int(status)))
        for source, target, status in redirects:
            answer = running.ask(source)
            findings.equal(answer.status, status, f"{where} {source}", "status")
            location = answer.getheader("Location") or ""
            location = re.sub(r"^https?://[^/]+", "", location)
            findings.equal(urllib.parse.unquote(location), urllib.parse.unquote(target), f"{where} {source}", "Location")
        for source, _, status in gone:
            findings.equal(running.ask(source).status, status, f"{where} {source}", "status")
        # The error page of a language, for whatever is not there below its path.
        for source, target, status in missing:
            answer = running.ask(source.replace("*", "nobody/has/this/"))
            findings.equal(answer.status, status, f"{where} {source}", "status")
            page = site.bytes(target[len(prefix) + 1:])
            findings.holds(answer.body == page, f"{where} {source}", "not the error page of the language")
        rules = headers_of(site.text("_headers"))
        moved = {urllib.parse.unquote(source) for source, _, _ in redirects}
        seen = {}
        for file in site.files(""):
            # Those who publish take these two away, or their hosts do.
            if file in ("_redirects", "_headers"):
                continue
            path = "/" + re.sub(r"(^|/)index\.html$", r"\1", file)
            end = os.path.basename(file) if os.path.basename(file) in TYPES else os.path.splitext(file)[1]
            seen[end] = seen.get(end, 0) + 1
            if seen[end] > MOST or prefix + path in moved or path in moved:
                continue
            answer = running.ask(urllib.parse.quote(path))
            here = f"{where} {path}"
            if not findings.equal(answer.status, 200, here, "status"):
                continue
            findings.equal(answer.body, site.bytes(file), here, "the bytes") if len(answer.body) < 200 else \
                findings.holds(answer.body == site.bytes(file), here, "not the bytes of the file")
            kind = answer.getheader("Content-Type") or ""
            if end in TYPES:
                findings.equal(kind.split(";")[0], TYPES[end], here, "Content-Type")
            if end in (".html", "feed.xml", "rss.xml"):
                findings.holds("charset=utf-8" in kind.lower(), here, f"no charset: {kind}")
            expected = {}
            for pattern, fields in rules:
                if matches(pattern, prefix + path) or matches(pattern, path):
                    expected.update(fields)
            for field, value in expected.items():
                if field == "Content-Type":
                    continue
                findings.equal(answer.getheader(field), value, here, field)
            if re.search(r"\.[0-9a-f]{8,}\.[a-z0-9]+$", file):
                findings.holds("immutable" in (answer.getheader("Cache-Control") or ""), here, "a fingerprint, but not immutable")
            if end == ".html":
                for field in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):
                    findings.holds(answer.getheader(field), here, f"no {field}")
                findings.holds("immutable" not in (answer.getheader("Cache-Control") or ""), here, "an immutable page")
        answer = running.ask("/there/is/no/such/page/")
        findings.equal(answer.status, 404, where, "status of what is not there")
        findings.holds(answer.body == site.bytes("404.html"), where, "the page of what is not there")
        findings.holds(answer.getheader("Content-Security-Policy"), where, "the page of what is not there has no policy")
        for path in ("/.dateline/ledger", "/.dateline/", "/.dateline/private/hosting/nginx.conf", "/.dateline/private/hosting/Caddyfile",
                     "/%2edateline/ledger", "//.dateline/ledger", "/about/../.dateline/ledger"):
            findings.equal(running.ask(path).status, 404, f"{where} {path}", "status")


findings = Findings()
for each in sites():
    # Below a path a site is one part of a larger one, which sets its own server up.
    if urllib.parse.urlsplit(each.base).path:
        continue
    check(each, "nginx", nginx, findings)
    check(each, "Caddy", caddy, findings)
conclude(findings, "nginx and Caddy answer as they should")
