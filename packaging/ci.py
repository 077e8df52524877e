"""ci.py DIST SITES: the steps by which the files of `dateline init --ci` install Dateline, run as they stand in an empty home.

DIST has the npm packages that packaging/build.sh has made; a registry on loopback serves them. SITES has a new site for each host,
named like it. Once the packages are there, and once the registry has none: then the program is to be compiled, by a `cargo` that
only writes down what it is asked for.
"""

import base64
import glob
import hashlib
import http.server
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
import urllib.parse

from ruamel.yaml import YAML

BIN = {"github": ".dateline/bin", "cloudflare": ".dateline/bin", "gitlab": ".program/bin", "netlify": ".program/bin"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def script(host, site):
    """What the host runs before it runs `dateline`, and the version that it names."""
    if host == "netlify":
        whole = read(os.path.join(site, "netlify/build.sh"))
        return whole[: whole.index("\ndateline check")]
    if host == "gitlab":
        pipeline = YAML(typ="safe").load(read(os.path.join(site, ".gitlab-ci.yml")))
        return "\n".join(pipeline["default"]["before_script"])
    name = {"github": "publish.yml", "cloudflare": "cloudflare.yml"}[host]
    workflow = YAML(typ="safe").load(read(os.path.join(site, ".github/workflows", name)))
    steps = next(iter(workflow["jobs"].values()))["steps"]
    return next(step["run"] for step in steps if step.get("name") == "Install Dateline")


def packuments(dist, address):
    """What a registry says of each package in `dist`, by name."""
    said = {}
    for path in glob.glob(os.path.join(dist, "*.tgz")):
        with tarfile.open(path) as archive:
            package = json.load(archive.extractfile("package/package.json"))
        with open(path, "rb") as file:
            integrity = "sha512-" + base64.b64encode(hashlib.sha512(file.read()).digest()).decode()
        package["dist"] = {"tarball": f"{address}/-/{os.path.basename(path)}", "integrity": integrity}
        version = package["version"]
        said[package["name"]] = {"name": package["name"], "dist-tags": {"latest": version}, "versions": {version: package}}
    return said


def registry(dist):
    """Serves the packages of `dist`, or none without it. Returns the server, which runs in a thread."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path = urllib.parse.unquote(self.path).lstrip("/")
            address = f"http://127.0.0.1:{self.server.server_port}"
            body = None
            if dist and path.startswith("-/"):
                with open(os.path.join(dist, os.path.basename(path)), "rb") as file:
                    body = file.read()
            elif dist and path in packuments(dist, address):
                body = json.dumps(packuments(dist, address)[path]).encode()
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def install(host, site, version, server):
    """Runs the script in an empty home. Returns its output, what `dateline --version` says then, and what Cargo was asked for."""
    with tempfile.TemporaryDirectory() as home:
        tools, asked = os.path.join(home, "tools"), os.path.join(home, "asked")
        os.mkdir(tools)
        for name in ("cargo", "rustup", "apt-get"):
            with open(os.path.join(tools, name), "w", encoding="utf-8") as file:
                file.write(f'#!/bin/sh\necho "{name} $*" >>"{asked}"\n')
            os.chmod(file.name, 0o755)
        environment = {
            "PATH": f"{tools}:{os.environ['PATH']}", "HOME": home, "DATELINE_VERSION": version,
            "npm_config_registry": f"http://127.0.0.1:{server.server_port}", "npm_config_cache": os.path.join(home, "cache"),
            "npm_config_fetch_retries": "0", "npm_config_update_notifier": "false",
        }
        run = subprocess.run(["bash", "-eo", "pipefail", "-c", script(host, site)], cwd=home, env=environment, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        program = os.path.join(home, BIN[host], "dateline")
        said = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout.strip() if os.path.exists(program) else ""
        return run, said, read(asked) if os.path.exists(asked) else ""


def main():
    dist, sites, version = sys.argv[1:]
    full, empty = registry(dist), registry(None)
    faults = 0
    for host in BIN:
        site = os.path.join(sites, host)
        run, said, asked = install(host, site, version, full)
        if run.returncode != 0 or said != f"dateline {version}" or asked:
            faults += 1
            print(f"fault: {host}: from npm: exit code {run.returncode}, `{said}`, asked for `{asked}`\n{run.stdout[-800:]}")
        run, said, asked = install(host, site, version, empty)
        compiled = [line for line in asked.splitlines() if line.startswith("cargo") and f"dateline --version {version}" in line]
        if run.returncode != 0 or said or len(compiled) != 1:
            faults += 1
            print(f"fault: {host}: without npm: exit code {run.returncode}, `{said}`, asked for `{asked}`\n{run.stdout[-800:]}")
    sys.exit(1 if faults else 0)


main()
