"""check.py FOLDER [HOST…]: the sites in FOLDER behind the real programs of hosts, which must answer each address of
`table.txt` as it says.

All listen on loopback alone, at free ports, with their files in folders of their own.
"""

import os
import re
import shutil
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests/validate"))

from built import Findings, conclude  # noqa: E402
from webserver import Server, apache, ask, caddy, lighttpd, nginx  # noqa: E402

TOOLS = os.path.join(ROOT, ".tools/hosts/node_modules")


def published(root, work):
    """What goes out to a host that is given a folder: the program's own records are left out by what gives it."""
    copy = os.path.join(work, "public")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".dateline"))
    return copy


def wrangler(root, work, port):
    return ["node", f"{TOOLS}/wrangler/bin/wrangler.js", "pages", "dev", published(root, work), "--port", str(port), "--ip", "127.0.0.1",
            "--compatibility-date", "2026-01-01", "--persist-to", os.path.join(work, "state"), "--show-interactive-dev-session=false"]


def netlify(root, work, port):
    return ["node", os.path.join(HERE, "netlify.js"), published(root, work), str(port)]


def firebase(root, work, port):
    return ["node", os.path.join(HERE, "firebase.js"), published(root, work), str(port)]


# Each host: its command, whether it knows redirects and 410, and whether its redirects know literals for all signs.
HOSTS = {
    "nginx": (lambda root, work, port: nginx(root, f"{root}/.dateline/private/hosting", work, port), "all"),
    "Caddy": (lambda root, work, port: caddy(root, f"{root}/.dateline/private/hosting", work, port), "all"),
    "Apache": (apache, "all"),
    "lighttpd": (lambda root, work, port: lighttpd(root, f"{root}/.dateline/private/hosting", work, port), "all"),
    "Netlify": (netlify, "most"),
    "Cloudflare": (wrangler, "most, no 410"),
    "Firebase": (firebase, "none"),
}


def table():
    with open(os.path.join(HERE, "table.txt"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                address, kind, *rest = line.split()
                yield address, kind, " ".join(rest)


def location(answer):
    found = answer.getheader("Location") or ""
    return re.sub(r"^http://127\.0\.0\.1(:\d+)?", "", found)


def leads_on(answer, target, base):
    """Whether an answer is a page that leads on."""
    path = target.split("?")[0] if target.startswith("/old") else target
    to = path if "://" in path else base + path
    text = answer.body.decode("utf-8", "replace").replace("&amp;", "&")
    return answer.status == 200 and f'content="0; url={to}"' in text


def error_page(answer, language, here, findings):
    """The page of what is not there, in the language of the address."""
    findings.holds(b"page-not-found" in answer.body, here, "not the page of what is not there")
    tag = f'<html lang="{language or "en"}"'
    findings.holds(tag.encode() in answer.body, here, f"the error page is not in `{language or 'en'}`")


def check(name, folder, base, findings):
    program, knows = HOSTS[name]
    root = os.path.join(folder, "whole" if not base else "root")
    site = root + base
    if base:
        def command(work, port):
            hosting = f"{site}/.dateline/private/hosting"
            return {"nginx": nginx, "Caddy": caddy, "lighttpd": lighttpd}[name](root, hosting, work, port) \
                if name != "Apache" else apache(root, work, port)
    else:
        def command(work, port):
            return program(root, work, port)
    environment = {"CI": "1", "WRANGLER_SEND_METRICS": "false", "NODE_PATH": TOOLS, "NO_COLOR": "1"}
    with Server(command, patience=90, **environment) as running:
        if not findings.holds(running, name, "it does not start"):
            return
        for address, kind, rest in table():
            here = f"{name} {base}{address}"
            answer = running.ask(base + address)
            path, _, query = address.partition("?")
            target = rest.split("?")[0] if query else rest
            if kind in ("moved", "literal", "ruled", "feed", "for-now", "anchor"):
                ruled = knows == "all" or knows.startswith("most") and kind != "literal"
                if kind == "ruled" and knows == "none":
                    findings.equal(answer.status, 404, here, "status")
                elif ruled:
                    findings.equal(answer.status, 302 if kind == "for-now" else 301, here, "status")
                    wanted = rest if "://" in rest else base + rest
                    found = location(answer)
                    # Netlify hands the query on by itself, outside of its redirector.
                    if name == "Netlify" and query and kind != "anchor":
                        found += "?" + query
                    # A host may keep the query, or replace it by an empty one, but never within the anchor.
                    if "#" in wanted:
                        found = re.sub(r"\?[^#]*#", "#", found)
                    findings.equal(urllib.parse.unquote(found), urllib.parse.unquote(wanted), here, "Location")
                elif kind == "feed":
                    feed = running.ask(base + rest)
                    findings.holds(answer.status == 200 and answer.body == feed.body, here, f"not the feed: {answer.status}")
                else:
                    findings.holds(leads_on(answer, target, base), here, f"no page that leads on: {answer.status} {answer.body[:60]!r}")
            elif kind == "gone":
                wanted = 404 if "no 410" in knows or knows == "none" else 410
                findings.equal(answer.status, wanted, here, "status")
                error_page(answer, "en" if knows == "none" else rest, here, findings)
            elif kind == "missing":
                findings.equal(answer.status, 404, here, "status")
                error_page(answer, "en" if knows == "none" else rest, here, findings)
            elif kind == "denied":
                findings.holds(answer.status in (403, 404), here, f"status {answer.status}")
                findings.holds(b"dateline ledger" not in answer.body, here, "the ledger")
            elif kind == "page":
                findings.equal(answer.status, 200, here, "status")
                found = (answer.getheader("Content-Type") or "").lower().replace("; charset", ";charset").replace(";", "; ")
                found = re.sub(r"\s+", " ", found)
                # Firebase has a list of types of its own; what serves for Netlify tells none.
                if name in ("Firebase", "Netlify"):
                    continue
                found = found.replace("application/javascript", "text/javascript")
                wanted = rest if "charset" in rest else rest.split(";")[0]
                findings.holds(found == wanted or "charset" not in rest and found.split(";")[0] == wanted, here, f"{found}, not {wanted}")
            else:
                sys.exit(f"table.txt: {kind}")
        headers(name, base, site, running, findings)
        if base:
            neighbour(name, root, running, findings)
        said = running.words()
        for line in said.splitlines():
            findings.holds("[warn]" not in line, name, line)


def headers(name, base, site, running, findings):
    """The headers of a page, and of what may be kept for ever."""
    if name in ("Firebase", "Netlify"):
        return
    page = running.ask(base + "/topics/ports/")
    findings.equal(page.getheader("Cache-Control"), "public, max-age=300", name, "Cache-Control of a page")
    findings.holds(page.getheader("Content-Security-Policy"), name, "no policy")
    field_of_the_desk(name, base, running, findings)
    policies(name, base, running, findings)
    # Scaled pictures, also those of a further language, whose folder is within that of its pages.
    for folder in ("renditions", "ar/renditions"):
        files = os.listdir(os.path.join(site, folder))
        findings.holds(files, name, f"no pictures in {folder}")
        for file in files:
            answer = running.ask(f"{base}/{folder}/{file}")
            findings.equal(answer.status, 200, f"{name} {file}", "status")
            findings.equal(answer.getheader("Cache-Control"), "public, max-age=31536000, immutable", f"{name} {folder}/{file}", "Cache-Control")
            findings.equal(answer.getheader("Content-Type"), "image/webp", f"{name} {file}", "Content-Type")
    for file in os.listdir(site):
        if re.search(r"\.[0-9a-f]{8,}\.(css|mjs)$", file):
            answer = running.ask(f"{base}/{file}")
            findings.equal(answer.status, 200, f"{name} {file}", "status")
            findings.equal(answer.getheader("Cache-Control"), "public, max-age=31536000, immutable", f"{name} {file}", "Cache-Control")
            findings.holds("script" in answer.getheader("Content-Type") or "css" in answer.getheader("Content-Type"), f"{name} {file}", answer.getheader("Content-Type"))


def policies(name, base, running, findings):
    """The desk in the browser has a policy of its own, and no page has it: neither one whose address begins alike, nor the one that is shown for what is not there."""
    for address, is_desk in (("/admin/", True), ("/admin/index.css", True), ("/", False), ("/topics/ports/", False), ("/administration/", False), ("/topics/admin/", False)):
        answer, here = running.ask(base + address), f"{name} {base}{address}"
        found = answer.headers.get_all("Content-Security-Policy") or []
        findings.equal(len(found), 1, here, "number of policies")
        findings.equal("'unsafe-inline'" in "".join(found), is_desk, here, "policy of the desk")
        findings.equal(answer.getheader("X-Robots-Tag"), "noindex" if is_desk else None, here, "X-Robots-Tag")
        findings.equal(answer.getheader("X-Content-Type-Options"), "nosniff", here, "X-Content-Type-Options")


def field_of_the_desk(name, base, running, findings):
    """The headers that the desk's own `_headers` and `.htaccess` set are sent, once, and ours beside them."""
    wanted = {
        "Cloudflare": {"/topics/ports/": {"X-Frame-Options": "DENY"}, "/feed.xml": {"X-Desk": "yes", "X-Frame-Options": "DENY"}},
        "Apache": {"/topics/ports/": {"X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}, "/data/tons.csv": {"Cache-Control": "no-store"}},
    }
    for address, fields in wanted.get(name, {}).items():
        answer = running.ask(base + address)
        for field, value in fields.items():
            findings.equal(answer.headers.get_all(field), [value], f"{name} {base}{address}", field)
        findings.equal(len(answer.headers.get_all("Content-Security-Policy") or []), 1, f"{name} {base}{address}", "number of policies")


def neighbour(name, root, running, findings):
    """What else stands on the server is as it was."""
    answer = running.ask("/other/")
    with open(os.path.join(root, "other/index.html"), "rb") as opened:
        findings.equal(answer.body, opened.read(), f"{name} /other/", "the page")
    for field in ("Content-Security-Policy", "Cache-Control"):
        findings.equal(answer.getheader(field), None, f"{name} /other/", field)
    feed = running.ask("/other/feed.xml")
    findings.holds("atom" not in (feed.getheader("Content-Type") or ""), f"{name} /other/feed.xml", "an Atom feed")
    missing = running.ask("/other/nothing/")
    findings.equal(missing.status, 404, f"{name} /other/nothing/", "status")
    findings.holds(b"page-not-found" not in missing.body, f"{name} /other/nothing/", "our page of what is not there")
    findings.holds(running.ask("/briefing").status in (301, 302, 307, 308), f"{name} /briefing", "no redirect to the folder")


findings = Findings()
for host in sys.argv[2:] or HOSTS:
    check(host, sys.argv[1], "", findings)
    if host in ("nginx", "Caddy", "Apache", "lighttpd"):
        check(host, sys.argv[1], "/briefing", findings)
conclude(findings, "hosts answer as they should")
