"""servers.py FOLDER: the sites in FOLDER behind a real nginx and a real Caddy, set up with what the build wrote for them.

Both listen on loopback alone, at a free port, with their files in a folder of their own. What they answer must be what
`_redirects` and `_headers` say.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from built import Findings, conclude, sites

TYPES = {
    ".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain", ".mp3": "audio/mpeg",
    "feed.xml": "application/atom+xml", "rss.xml": "application/rss+xml", "feed.json": "application/feed+json",
}
MOST = 40


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(site, work, port):
    hosting = os.path.join(os.path.abspath(site.folder), ".dateline/private/hosting")
    maps = os.path.join(hosting, "nginx-http.conf")
    file = os.path.join(work, "nginx.conf")
    with open(file, "w", encoding="utf-8") as config:
        config.write(f"""
{"user root;" if os.getuid() == 0 else ""}
daemon off; worker_processes 1; pid {work}/nginx.pid; error_log stderr warn;
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c; uwsgi_temp_path {work}/d; scgi_temp_path {work}/e;
  {f"include {maps};" if os.path.exists(maps) else ""}
  server {{
    listen 127.0.0.1:{port};
    root "{os.path.abspath(site.folder)}";
    include "{hosting}/nginx.conf";
  }}
}}
""")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-p", work, "-c", file]


def caddy(site, work, port):
    root = os.path.abspath(site.folder)
    file = os.path.join(work, "Caddyfile")
    with open(file, "w", encoding="utf-8") as config:
        config.write(f"""{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port} {{
	bind 127.0.0.1
	root * "{root}"
	import "{root}/.dateline/private/hosting/Caddyfile"
	file_server
}}
""")
    return [shutil.which("caddy"), "run", "--adapter", "caddyfile", "--config", file]


class Server:
    """A server that runs while its block does, and is ended by its own id."""

    def __init__(self, setup, site):
        self.setup, self.site, self.failed = setup, site, False

    def __enter__(self):
        self.work = tempfile.mkdtemp()
        self.port = free_port()
        self.said = open(os.path.join(self.work, "said"), "w+b")
        environment = dict(os.environ, HOME=self.work, XDG_DATA_HOME=self.work, XDG_CONFIG_HOME=self.work)
        self.process = subprocess.Popen(self.setup(self.site, self.work, self.port), stdout=self.said, stderr=self.said, env=environment)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        self.failed = True
        return None

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        if self.failed:
            self.said.seek(0)
            print(self.said.read().decode("utf-8", "replace")[-1500:])
        self.said.close()
        shutil.rmtree(self.work, ignore_errors=True)

    def ask(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer


def headers_of(text):
    """The rules of `_headers`: (pattern, {name: value})."""
    rules = []
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            rules.append((line.strip(), {}))
        elif line.strip():
            name, value = line.strip().split(": ", 1)
            rules[-1][1][name] = value
    return rules


def matches(pattern, path):
    parts = [".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part) for part in re.split(r"(\*|:[a-z]+)", pattern)]
    return re.fullmatch("".join(parts), path)


def check(site, name, setup, findings):
    where = f"{site.name} behind {name}"
    prefix = urllib.parse.urlsplit(site.base).path
    with Server(setup, site) as running:
        if not findings.holds(running, where, "it does not start"):
            return
        gone, redirects = [], []
        for line in site.text("_redirects").splitlines():
            source, target, status = line.split(" ")
            (gone if status == "410" else redirects).append((source, target, int(status)))
        for source, target, status in redirects:
            answer = running.ask(source)
            findings.equal(answer.status, status, f"{where} {source}", "status")
            location = answer.getheader("Location") or ""
            location = re.sub(r"^https?://[^/]+", "", location)
            findings.equal(urllib.parse.unquote(location), urllib.parse.unquote(target), f"{where} {source}", "Location")
        for source, _, status in gone:
            findings.equal(running.ask(source).status, status, f"{where} {source}", "status")
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
