"""texts.py FOLDER: robots.txt, security.txt, trust.txt and _redirects of the sites in FOLDER."""

import os
import re
import urllib.robotparser

from built import Findings, conclude, sites

TRUST = {"member", "belongto", "control", "controlledby", "vendor", "customer", "social", "contact", "disclosure", "datatrainingallowed"}


def check(site, findings):
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(site.text("robots.txt").splitlines())
    findings.holds(robots.can_fetch("*", f"{site.base}/"), site.name, "robots.txt shuts everybody out")
    maps = robots.site_maps() or []
    findings.holds(maps, site.name, "robots.txt names no sitemap")
    for url in maps:
        findings.holds(url.startswith(site.base) and os.path.exists(os.path.join(site.folder, url[len(site.base) + 1:])), site.name,
                       f"robots.txt names a sitemap that is not there: {url}")
    for file in site.files("security.txt"):
        import sectxt
        parser = sectxt.Parser(site.bytes(file), urls=site.url(file))
        findings.holds(parser.is_valid(), f"{site.name}/{file}", str([error["message"] for error in parser.errors]))
    for file in site.files("trust.txt"):
        names = [line.split("=", 1)[0] for line in site.text(file).splitlines() if line.strip() and not line.startswith("#")]
        findings.holds(set(names) <= TRUST, f"{site.name}/{file}", f"unknown names: {set(names) - TRUST}")
        findings.holds(names.count("datatrainingallowed") <= 1, f"{site.name}/{file}", "datatrainingallowed stands twice")
    if os.path.exists(os.path.join(site.folder, "_redirects")):
        path = re.sub(r"^https?://[^/]+", "", site.base)
        seen = set()
        for line in site.text("_redirects").splitlines():
            where = f"{site.name}/_redirects {line}"
            words = line.split(" ")
            if not findings.holds(len(words) == 3 and words[2] in ("301", "302", "410") or line.endswith("404.html 404"), where, "not `from to status`"):
                continue
            findings.holds(words[0] not in seen, where, "twice")
            seen.add(words[0])
            file = words[1][len(path) + 1:].split("#")[0]
            file += "index.html" if file.endswith("/") or not file else ""
            findings.holds(words[0].startswith("/") and re.fullmatch(r"[!-~]+", words[0] + words[1]), where, "a sign that is not encoded")
            findings.holds(words[2] == "410" or os.path.exists(os.path.join(site.folder, file)), where, "it leads nowhere")


findings = Findings()
for each in sites():
    check(each, findings)
conclude(findings, "texts for machines are right")
