"""What the tests beside this file share: what a bucket must hold, whether it does, and how a test ends."""

import contextlib
import gzip
import os
import re
import shutil
import sys
import tempfile
import time
from urllib.parse import quote
from concurrent.futures import ThreadPoolExecutor

import program
from bucket import STORES, site_of
from built import Findings
from webserver import TYPES, headers_of, matches

STARTED = time.monotonic()
TEXT = re.compile(r"text/|image/svg\+xml|application/(json|xml|javascript)|.*\+(xml|json)")
LARGE = 32 * 1024 * 1024


class Wanted:
    """An object as it must be."""

    def __init__(self, body, headers, redirect):
        self.body, self.type, self.redirect = body, headers.get("Content-Type"), redirect
        # A store says nothing where it is not told to; browsers would then guess.
        self.cache = headers.get("Cache-Control", "public, max-age=300")


def wanted(public, base=""):
    """What a built folder must become in a bucket, by key: everything but private outputs and what speaks to hosts."""
    read = lambda name: open(os.path.join(public, name), encoding="utf-8").read()
    rules, redirects = headers_of(read("_headers")), {}
    if os.path.exists(os.path.join(public, "_redirects")):
        for line in read("_redirects").splitlines():
            source, target, status = line.split(" ")
            if status == "301":
                redirects[source] = target
    found = {}
    for folder, folders, names in os.walk(public):
        if folder == public:
            folders.remove(".dateline")
        for name in names:
            file = os.path.join(folder, name)
            key = os.path.relpath(file, public)
            if key in ("_headers", "_redirects"):
                continue
            path = f"{base}/" + re.sub(r"(^|/)index\.html$", r"\1", key)
            headers = {}
            for pattern, fields in rules:
                if matches(pattern, path):
                    headers.update(fields)
            with open(file, "rb") as opened:
                found[key] = Wanted(opened.read(), headers, redirects.get(path) or redirects.get(quote(path)))
    return found


class Checks(Findings):
    """Findings, with what runs said."""

    def ended(self, run, code, where):
        """A run ended with this code."""
        return self.holds(run.code == code, where, f"it does not end with {code}: {run}")

    def says(self, run, words, where):
        said = run.out + run.err
        for word in [words] if isinstance(words, str) else words:
            self.holds(word in said, where, f"it does not say `{word}`: {run}")

    def same_keys(self, found, expected, where, what):
        found, expected = set(found), set(expected)
        return self.holds(found == expected, where, f"{what}: missing {sorted(expected - found)[:8]}, too many {sorted(found - expected)[:8]}")

    def same_site(self, things, other, where, fingerprinted=()):
        """Two buckets hold the same site. Superseded style sheets may stay."""
        found = {key: thing for key, thing in site_of(things).items() if key in other or key not in fingerprinted}
        expected = site_of(other)
        if self.same_keys(found, expected, where, "keys"):
            wrong = [f"{key}: {found[key]}, not {expected[key]}" for key in expected if found[key] != expected[key]]
            self.holds(not wrong, where, f"not the same things: {wrong[:3]}")

    def as_built(self, things, public, store, where, base="", compress=False, kept=(), redirects=True):
        """A bucket holds what was built, and serves it as `_headers` and `_redirects` say."""
        expected = wanted(public, base)
        found = {key: thing for key, thing in site_of(things).items() if key not in kept}
        self.same_keys(found, expected, where, "keys")
        for key in found.keys() & expected.keys():
            thing, want, here = found[key], expected[key], f"{where} {key}"
            packed = thing.encoding == "gzip"
            body = plain(thing.body) if packed else thing.body
            self.holds(not packed or body is not thing.body, here, "it is said to be packed, and is not")
            self.holds(body == want.body, here, f"not the bytes that were built: {len(body)}, not {len(want.body)}")
            self.equal(thing.cache, want.cache, here, "Cache-Control")
            kind = thing.type or ""
            if want.type:
                self.equal(kind, want.type, here, "Content-Type")
            end = os.path.basename(key) if os.path.basename(key) in TYPES else os.path.splitext(key)[1]
            if end in TYPES:
                self.equal(kind.split(";")[0], TYPES[end], here, "Content-Type")
            is_text = bool(TEXT.match(kind))
            self.equal("charset=utf-8" in kind.lower(), is_text, here, f"a character set in {kind}")
            # What goes up in parts is never in memory as a whole, and is not packed.
            self.equal(packed, compress and is_text and len(want.body) <= LARGE, here, "gzip")
            if re.search(r"\.[0-9a-f]{8}\.(css|js|mjs)$", key):
                self.holds("immutable" in (thing.cache or ""), here, f"a fingerprint, but not immutable: {thing.cache}")
            else:
                self.holds("immutable" not in (thing.cache or ""), here, "immutable without a fingerprint")
            if store.redirects:
                self.equal(thing.redirect, want.redirect if redirects else None, here, "redirect")
            self.holds(re.fullmatch(r"[0-9a-f]{16,64}", (thing.metadata or {}).get("dateline", "")), here, f"no digest: {thing.metadata}")

    def free(self, things, where):
        """No deployment holds the bucket."""
        self.holds(not [key for key in things if key.endswith(".dateline/claim")], where, "the claim is still there")


def plain(body):
    """The bytes, unpacked where they are packed."""
    try:
        return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    except (OSError, EOFError):
        return body


@contextlib.contextmanager
def folder():
    """A folder that goes away."""
    path = tempfile.mkdtemp()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Nowhere:
    """For what needs no store."""

    name = "-"


NOWHERE = Nowhere()


def on_stores(scenarios, stores=STORES, at_once=3):
    """Runs each scenario on each store, and ends the test."""
    checks = Checks()

    def run(job):
        scenario, store = job
        began = time.monotonic()
        try:
            with folder() as work:
                scenario(store, work, checks)
        except Exception as error:  # a scenario that breaks is one more finding
            import traceback

            checks.wrong.append(f"{store.name} {scenario.__name__}: it broke: {error}\n{traceback.format_exc()[-1500:]}")
        return scenario.__name__, store.name, time.monotonic() - began

    only = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(store()) for store in stores] or [NOWHERE]
        jobs = [(scenario, store) for scenario in scenarios for store in running if not only or scenario.__name__ in only]
        with ThreadPoolExecutor(at_once) as pool:
            times = list(pool.map(run, jobs))
    if os.environ.get("TIMES"):
        for name, store, seconds in times:
            print(f"{seconds:6.1f} s  {store:7} {name}")
    conclude(checks)


def conclude(checks):
    """Says what is wrong, or how much was checked, and ends."""
    if os.environ.get("BROKEN") == "secrets":
        program.SECRETS.add("deployed to")
    for leak in program.leaks():
        checks.wrong.append(f"a secret was printed by {leak}")
    for wrong in checks.wrong[:40]:
        print(wrong)
    if len(checks.wrong) > 40:
        print(f"and {len(checks.wrong) - 40} more")
    seconds = f"{program.runs()} runs, {time.monotonic() - STARTED:.0f} s"
    if checks.wrong or not checks.checked:
        sys.exit(f"{len(checks.wrong)} of {checks.checked} checks failed; {seconds}")
    print(f"{checks.checked} checks, all hold; {seconds}")
