"""folder.py [SCENARIO…]: deployments to a folder with releases."""

import os
import random
import re
import stat
import threading
import time

from checks import on_stores, wanted
from desk import Desk
from program import Run, deploy


def begin(work, stories=8, **settings):
    """A desk, and the folder that it deploys to."""
    desk, target = Desk(os.path.join(work, "desk"), stories, **settings), os.path.join(work, "srv", "the meridian")
    desk.target(target)
    return desk, target


def files(root):
    """Paths and bytes below a folder."""
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as opened:
                found[os.path.relpath(path, root)] = opened.read()
    return found


def live(target):
    return os.path.join(target, "current", "public")


def releases(target):
    return sorted(os.listdir(os.path.join(target, "releases")))


def version(desk, number):
    """Lets all pages and the style sheet say a number."""
    desk.configure(title=f"Version {number} of the briefing")
    desk.write("static/style.css", f"/* version {number} */\nbody {{ color: #{number % 10}00; }}\n")


def as_built(checks, desk, target, where, base="", kept=()):
    """What is live is what was built."""
    expected = {(base.strip("/") + "/" if base else "") + key: want.body for key, want in wanted(desk.public, base).items()}
    found = {key: body for key, body in files(live(target)).items() if key not in kept}
    checks.same_keys(found, expected, where, "files")
    checks.holds(not [key for key in found.keys() & expected.keys() if found[key] != expected[key]], where, "not the bytes that were built")
    hosting = files(os.path.join(target, "current", "hosting"))
    checks.equal(hosting, files(os.path.join(desk.public, ".dateline", "private", "hosting")), where, "snippets for web servers")
    checks.holds(not [name for name in os.listdir(os.path.join(target, "releases")) if "~" in name], where, "half a release is there")


def superseded(desk, target):
    """Style sheets of former releases, for pages that are still open."""
    sheets = [name for name in os.listdir(live(target)) if re.fullmatch(r"style\.[0-9a-f]{8}\.css", name)]
    return [name for name in sheets if not os.path.exists(os.path.join(desk.public, name))]


def links(_, work, checks):
    """Releases share what did not change."""
    desk, target = begin(work)
    where = "releases"
    dry = deploy(desk.folder, "--dry-run")
    checks.ended(dry, 0, where)
    checks.holds(dry.out.startswith("+ ") and not os.path.exists(target), where, f"a dry run wrote something: {dry}")
    checks.ended(deploy(desk.folder), 0, where)
    as_built(checks, desk, target, where)
    first, link = os.path.realpath(os.path.join(target, "current")), os.readlink(os.path.join(target, "current"))
    checks.holds(re.fullmatch(r"releases/[0-9a-f]{16}", link), where, f"not a relative link: {link}")
    again = deploy(desk.folder)
    checks.ended(again, 0, where)
    checks.says(again, "nothing changed", where)
    checks.equal(len(releases(target)), 1, where, "releases after a run that had nothing to do")
    before = {path: os.stat(os.path.join(first, "public", path)) for path in files(os.path.join(first, "public"))}
    desk.story("late", 11)
    checks.ended(deploy(desk.folder), 0, where)
    as_built(checks, desk, target, where)
    second = os.path.realpath(os.path.join(target, "current"))
    one, two = files(os.path.join(first, "public")), files(os.path.join(second, "public"))
    for path in one.keys() & two.keys():
        same = before[path].st_ino == os.stat(os.path.join(second, "public", path)).st_ino
        checks.equal(same, one[path] == two[path], f"{where} {path}", "shared by both releases")
    checks.holds(sum(one[path] == two[path] for path in one.keys() & two.keys()) > 10, where, "next to nothing is the same")
    for path, then in before.items():
        now = os.stat(os.path.join(first, "public", path))
        checks.holds((now.st_mtime_ns, now.st_ino, stat.S_IMODE(now.st_mode)) == (then.st_mtime_ns, then.st_ino, stat.S_IMODE(then.st_mode)), f"{where} {path}", "the release before was touched")
        checks.holds(now.st_mode & 0o444 == 0o444, f"{where} {path}", f"a web server may not read it: {oct(now.st_mode)}")
    own = os.stat(os.path.join(desk.public, "index.html")).st_ino
    checks.holds(own != os.stat(os.path.join(live(target), "index.html")).st_ino, where, "a live file is one of the output folder, which the next build writes")


def keeping(_, work, checks):
    """`--keep` and `--rollback`."""
    desk, target = begin(work, 3)
    where, names, fronts = "keeping", [], []
    for number in range(4):
        version(desk, number)
        checks.ended(deploy(desk.folder, "--keep", "3"), 0, where)
        names.append(os.path.basename(os.path.realpath(os.path.join(target, "current"))))
        fronts.append(files(live(target))["index.html"])
    checks.equal(releases(target), sorted(names[1:]), where, "releases that are kept")
    for back in (2, 1):
        run = deploy(desk.folder, "--rollback")
        checks.ended(run, 0, where)
        checks.says(run, [names[back], names[back + 1]], where)
        checks.holds(files(live(target))["index.html"] == fronts[back], where, f"release {back} is not live again")
    run = deploy(desk.folder, "--rollback")
    checks.ended(run, 2, where)
    checks.says(run, ["no-release", "help: "], where)
    checks.holds(files(live(target))["index.html"] == fronts[1], where, "a rollback that failed changed something")
    # Forward again: the last state is deployed as it was, and a rollback leads to what was live before.
    checks.ended(deploy(desk.folder), 0, where)
    as_built(checks, desk, target, where, kept=superseded(desk, target))
    checks.holds(files(live(target))["index.html"] == fronts[3], where, "the last version is not live again")
    checks.ended(deploy(desk.folder, "--rollback"), 0, where)
    checks.holds(files(live(target))["index.html"] in fronts[1:3], where, "rolled back to something else")
    # The target's own number.
    desk.target(target, keep=1)
    checks.ended(deploy(desk.folder), 0, where)
    checks.equal(len(releases(target)), 1, where, "releases with keep: 1")
    as_built(checks, desk, target, where, kept=superseded(desk, target))
    empty = begin(os.path.join(work, "empty"), 1)[0]
    run = deploy(empty.folder, "--rollback")
    checks.ended(run, 2, where)
    checks.says(run, "no-release", where)


def reading(_, work, checks):
    """Readers never see a page without its style sheet, nor half a site."""
    desk, target = begin(work, 4)
    version(desk, 0)
    checks.ended(deploy(desk.folder), 0, "reading")
    over, seen = threading.Event(), []

    def read():
        while not over.is_set():
            try:
                with open(os.path.join(live(target), "index.html"), encoding="utf-8") as opened:
                    front = opened.read()
                number = re.search(r"Version (\d+) of", front)[1]
                sheet = re.search(r'href="/(style\.[0-9a-f]{8}\.css)"', front)[1]
                with open(os.path.join(live(target), sheet), encoding="utf-8") as opened:
                    said = re.search(r"version (\d+)", opened.read())[1]
                checks.holds(said == number, "reading", f"page {number}, style sheet {said}")
                # All of one release, looked at at once.
                release = os.path.realpath(os.path.join(target, "current"))
                with open(os.path.join(release, "public", "topics", "index.html"), encoding="utf-8") as one, open(os.path.join(release, "public", "404.html"), encoding="utf-8") as two:
                    pair = {re.search(r"Version (\d+) of", text)[1] for text in (one.read(), two.read())}
                checks.equal(len(pair), 1, "reading", f"versions in one release: {pair}")
                seen.append(number)
            except (OSError, TypeError) as error:
                checks.wrong.append(f"reading: {error!r} {getattr(error, 'filename', '')}")

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 9):
        version(desk, number)
        checks.ended(deploy(desk.folder, "--keep", "4"), 0, "reading")
    over.set()
    reader.join()
    checks.holds(len(set(seen)) >= 7, "reading", f"the reader saw only {sorted(set(seen))}")


def killed(_, work, checks):
    """A deployment that is killed at any moment harms nobody, and the next completes."""
    desk, target = begin(work, 6)
    version(desk, 0)
    checks.ended(deploy(desk.folder), 0, "killed")
    version(desk, 1)
    began = time.monotonic()
    checks.ended(deploy(desk.folder), 0, "killed")
    whole, rng, early = time.monotonic() - began, random.Random(5), 0
    for number in range(2, 26):
        where = f"killed, round {number}"
        version(desk, number)
        before = files(live(target))
        run = Run(desk.folder, "deploy", "--keep", "2")
        time.sleep(whole * (0.3 + 0.9 * rng.random()))
        run.kill()
        if run.end().code == 0:
            whole = 0.9 * run.seconds
        else:
            early, whole = early + 1, 1.1 * whole
        after = files(live(target))
        said = {re.search(rb"Version (\d+) of", body)[1] for path, body in after.items() if path.endswith(".html") and not path.startswith("old/")}
        checks.equal(len(said), 1, where, f"versions that are live: {said}")
        checks.holds(after == before or said == {str(number).encode()}, where, "neither the site before nor the one after")
        if number % 3 == 0:
            checks.ended(deploy(desk.folder, "--keep", "2"), 0, where)
            as_built(checks, desk, target, where, kept=superseded(desk, target))
            checks.holds(len(releases(target)) <= 2, where, f"releases: {releases(target)}")
    checks.holds(4 <= early < 24, "killed", f"{early} of 24 were killed in time, which says little")
    print(f"folder: {early} of 24 were killed before their end")


def together(_, work, checks):
    """Two at once into one folder."""
    desk, target = begin(work, 10)
    other = Desk(os.path.join(work, "other"), 10, title="Another briefing")
    other.target(target)
    for number in range(8):
        where = f"two at once, round {number}"
        version(desk, number)
        other.story("only", 3, body=f"Words of round {number}.")
        runs = [Run(each.folder, "deploy") for each in (desk, other)]
        codes = [run.end().code for run in runs]
        checks.holds(sorted(codes) in ([0, 0], [0, 3]), where, f"they end with {codes}: {runs[0]} {runs[1]}")
        for run in runs:
            if run.code == 3:
                checks.says(run, ["deploy-busy", target], where)
        front = files(live(target))["index.html"]
        winner = other if b"Another briefing" in front else desk
        as_built(checks, winner, target, where, kept=superseded(winner, target))


def elsewhere(_, work, checks):
    """Folders that hold something else are refused, and nothing in them changes."""
    desk, _ = begin(work, 2)
    papers = os.path.join(work, "papers")
    os.makedirs(os.path.join(papers, "deep"))
    for path in ("letter.txt", "deep/x"):
        with open(os.path.join(papers, path), "w", encoding="utf-8") as opened:
            opened.write("Mine.")
    for to in (papers, os.path.join(papers, "letter.txt"), ".", "content", "static", "..", work):
        desk.target(to)
        before = files(work)
        run = deploy(desk.folder)
        checks.ended(run, 2, f"elsewhere {to}")
        checks.says(run, "help: ", f"elsewhere {to}")
        changed = {path for path, body in files(work).items() if before.get(path) != body and "desk/public/" not in path and "/.dateline/" not in path}
        checks.equal(changed, set(), f"elsewhere {to}", "what has changed")
    # Relative to the site's root; below a path; with a slash at the end.
    desk.target("../out/")
    desk.configure(base_url="https://meridian.example/briefing")
    checks.ended(deploy(desk.folder), 0, "elsewhere: a path")
    as_built(checks, desk, os.path.join(work, "out"), "elsewhere: a path", base="/briefing")
    # Inside the output folder the next build would find it.
    desk.target("public")
    run = deploy(desk.folder)
    checks.ended(run, 2, "elsewhere: the output folder")


if __name__ == "__main__":
    on_stores([links, keeping, reading, killed, together, elsewhere], stores=[])
