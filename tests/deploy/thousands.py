"""thousands.py [STORIES]: a large site goes to a bucket, then one story more; what that costs is printed as a table.

The stories are those of benches/corpus.py. 10,000 of them want a release build: DATELINE=target/release/dateline.
"""

import json
import os
import sys
import time

from bucket import OWN, moto
from checks import Checks, conclude, folder, wanted
from program import Run
from proxy import Proxy

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "benches"))
import corpus  # noqa: E402

NOW = "2025-07-15T00:00:00Z"
MOST_REQUESTS, MOST_FILES = 45, 40


def make(site, stories, target):
    """The site of the benches, with a target."""
    articles = corpus.make(stories)
    corpus.around(site, "dateline", articles)
    for article in articles:
        corpus.write(f"{site}/{corpus.path_of(article, 'dateline')}", corpus.source_of(article, articles, "dateline"))
    settings = {"title": "The Bench", "base_url": "https://bench.example", "feeds": {"content": "summary"}, "deploy": {"production": target}}
    corpus.write(f"{site}/dateline.yaml", json.dumps(settings))
    return articles


def publish(site, articles):
    """One story more, newer than all."""
    fresh = corpus.extra(len(articles), 1)[0]
    corpus.write(f"{site}/{corpus.path_of(fresh, 'dateline')}", corpus.source_of(fresh, articles, "dateline"))
    return fresh


class Cost:
    """What a deployment sent and got."""

    def __init__(self, log, seconds):
        self.log, self.seconds = log, seconds

    def count(self, *kinds):
        return sum(request.kind in kinds for request in self.log)

    @property
    def sent(self):
        return sum(request.sent for request in self.log)

    @property
    def received(self):
        return sum(request.received for request in self.log)

    def row(self, name):
        files, lists, deletions = self.count("PUT object", "POST object"), self.count("LIST"), self.count("DELETE objects", "DELETE object", "DELETE claim")
        cells = [name, len(self.log), lists, files, deletions, len(self.log) - lists - files - deletions]
        sizes = [f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} kB" for size in (self.sent, self.received)]
        return f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else cell for cell in cells)} | {' | '.join(sizes)} | {self.seconds:.1f} s |"

    def kinds(self):
        """Requests, bytes up and bytes down by kind."""
        kinds = {}
        for request in self.log:
            found = kinds.setdefault(request.kind, [0, 0, 0])
            for place, more in enumerate((1, request.sent, request.received)):
                found[place] += more
        return ", ".join(f"{kind} {count}× ({sent:,} B up, {received:,} B down)" for kind, (count, sent, received) in sorted(kinds.items()))


def main():
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    checks, rows = Checks(), []
    with moto() as store, Proxy(store.port) as proxy, folder() as site:
        bucket = store.bucket()
        articles = make(site, stories, {"to": f"s3://{bucket.name}", "endpoint": proxy.endpoint, "region": "us-east-1"})

        def cost(name, *words):
            proxy.start()
            began = time.monotonic()
            checks.ended(Run(site, "deploy", *words, now=NOW).end(1200), 0, name)
            found = Cost(proxy.settle(), time.monotonic() - began)
            rows.append(found.row(name))
            return found

        first = cost("first deployment")
        pages = -(-len(bucket.keys()) // 1000)
        again = cost("nothing changed")
        checks.equal([request.kind for request in again.log], ["GET manifest"] + ["LIST"] * pages, "nothing changed", "requests")
        fresh = publish(site, articles)
        one = cost("one story published")
        checks.holds(any(request.key == f"{fresh.url[1:]}index.html" for request in one.log), "one story", "it was not put")
        checks.holds(len(one.log) <= MOST_REQUESTS, "one story", f"{len(one.log)} requests: {one.kinds()}")
        checks.holds(one.count("PUT object") <= MOST_FILES, "one story", f"{one.count('PUT object')} files: {one.kinds()}")
        os.remove(f"{site}/{corpus.path_of(fresh, 'dateline')}")
        os.remove(f"{site}/urls.lock")
        cost("the story withdrawn")
        keys, public = bucket.keys(), f"{site}/public"
        checks.same_keys([key for key in keys if not key.startswith(OWN)], wanted(public), "in the end", "keys")
        if len(keys) < 2000:
            checks.as_built(bucket.things(), public, store, "in the end")
        objects = len(keys)
    print(f"{stories:,} stories, {objects:,} objects\n")
    print("| deployment | requests | lists | files put | deletions | others | sent | received | time with the build |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    print("\n".join(rows))
    print(f"\none story: {one.kinds()}")
    checks.holds(first.count("PUT object") == objects - 1, "first deployment", f"{first.count('PUT object')} files for {objects} objects")
    conclude(checks)


main()
