"""interrupted.py [STEP]: deployments that are killed at each request (or at each STEPth), on real S3 servers.

After each kill a reader looks at the bucket, and the next deployment brings it to where one that nobody interrupts does.
"""

import gzip
import os
import queue
import re
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bucket import OWN, files, moto, site_of
from checks import Checks, conclude, folder, plain
from desk import Desk, picture
from program import Run, deploy
from proxy import Call, Proxy, at
from reader import DOORS, walk

BASE = "https://meridian.example"
STEP = int(sys.argv[1]) if len(sys.argv) > 1 else 1
WORKERS = 4


def old(desk):
    """The site before."""
    for number, topics in enumerate((["ICC"], ["ICC", "Oil"])):
        desk.story(f"story-0{number}", number, topics=topics)
    desk.write("static/style.css", "body { background: #0f0; }\n")


def new(desk):
    """New, changed and removed pages, pictures and style sheets."""
    desk.remove("content/articles/story-01.md")
    desk.story("fresh", 13, topics=["ICC", "Zanzibar"], image={"src": "/images/fresh.png", "alt": "A fresh chart."}, title="Zanzibar, a new story")
    desk.write("static/images/fresh.png", picture(200))
    desk.remove("static/images/chart.png")
    desk.story("story-00", 0, topics=["ICC"], image=None, body="This was written anew, see [the new story](fresh.md).")
    desk.write("static/style.css", "body { background: #00f; }\n")


def entries(things):
    """The manifest, but for when something was retired."""
    text = gzip.decompress(things[OWN + "manifest"].body).decode()
    return re.sub(r"^(.+\t.+\t.+)\t\d+$", r"\1\tretired", text, flags=re.M)


def superseded(things, desk):
    """Style sheets that stay for a while."""
    return [key for key in things if re.match(r"style\.[0-9a-f]{8}\.css$", key) and not os.path.exists(os.path.join(desk.public, key))]


class Worker:
    """A copy of the desk that deploys through a proxy of its own into a bucket of its own."""

    def __init__(self, store, desk, work, number):
        self.proxy, self.bucket = Proxy(store.port), store.bucket()
        self.desk = desk.copy(os.path.join(work, f"{store.name}-{number}"))
        self.desk.target(f"s3://{self.bucket.name}/", endpoint=self.proxy.endpoint, region="us-east-1")

    def start(self, before):
        self.proxy.start()
        # As before the deployment that is interrupted: what is new is not published yet.
        self.desk.forget()
        self.bucket.restore(before)

    def interrupt(self, number, signals=signal.SIGKILL, done=False):
        """A deployment that is sent a signal as its n-th request arrives, or once it is `done`."""
        ready = threading.Event()

        def act():
            ready.wait(10)
            run.kill(signals)

        self.proxy.start(at(number, Call(act, done)))
        run = Run(self.desk.folder, "deploy")
        ready.set()
        run.end()
        time.sleep(0.05)
        self.proxy.settle()
        return run


def seen(checks, worker, before, where):
    """What a reader finds in the bucket in the middle of a deployment."""
    things = worker.bucket.things()
    get = lambda key: plain(things[key].body) if key in things else None
    # Where nothing was before, nobody comes in by another door than the front page.
    _, missing = walk(get, BASE, DOORS if before else ["index.html"])
    checks.holds(not missing, where, f"pages lead to what is not there: {missing[:5]}")
    deleted = any("DELETE" in request.kind and request.status == 200 and request.key == "" for request in worker.proxy.log)
    if before and not deleted:
        held = [(key, thing.body) for key, thing in before.items() if key in DOORS]
        _, missing = walk(get, BASE, held=held)
        checks.holds(not missing, where, f"pages that a reader has open lead to what is not there: {missing[:5]}")
    if OWN + "manifest" in things:
        checks.holds(re.search(r"\nend\t\d+\n$", entries(things)), where, "half a manifest")
    return things


def reaches(checks, worker, after, where, *words, kept=()):
    """The next deployment ends where it must."""
    run = deploy(worker.desk.folder, *words)
    if not checks.ended(run, 0, where):
        return
    things = worker.bucket.things()
    checks.same_site(things, after, where, kept)
    checks.equal(entries(things), entries(after), where, "manifest")
    checks.free(things, where)


def case(worker, checks, store, job):
    """One interruption."""
    name, number, before, after, signals, embargo = job
    done = (number + (store.name == "moto")) % 2 == 0
    where = f"{store.name} {name}, {signal.Signals(signals).name} at request {number}{' (done)' if done else ''}"
    worker.start(before)
    run = worker.interrupt(number, signals, done)
    if run.code == 0 and len(worker.proxy.log) < number:
        # It took a request less than the one that was counted, and was over.
        return reaches(checks, worker, after, where)
    if signals == signal.SIGKILL:
        checks.holds(run.code == -9, where, f"it was not killed: {run}")
        seen(checks, worker, before, where)
        if embargo:
            return embargoed(worker, checks, store, where)
    else:
        checks.ended(run, 3, where)
        checks.says(run, "deploy-stopped", where)
        checks.free(seen(checks, worker, before, where), where)
    reaches(checks, worker, after, where, "--patience", "1")
    return None


def embargoed(worker, checks, store, where):
    """What an interrupted deployment put up is withheld before the next."""
    desk = worker.desk
    with open(os.path.join(desk.folder, "content/articles/fresh.md"), encoding="utf-8") as opened:
        whole = opened.read()
    with open(os.path.join(desk.folder, "content/articles/story-00.md"), encoding="utf-8") as opened:
        other = opened.read()
    desk.story("story-00", 0, topics=["ICC"], image=None)
    picture_of = os.path.join(desk.folder, "static/images/fresh.png")
    os.rename(picture_of, os.path.join(desk.folder, "fresh.away"))
    desk.write("content/articles/fresh.md", whole.replace("\n---\n\n", "\nembargo: 2024-03-09T00:00:00Z\n---\n\n", 1).replace("/images/fresh.png", "https://elsewhere.example/x.png"))
    checks.ended(deploy(desk.folder, "--patience", "1"), 0, where)
    things = worker.bucket.things()
    for key, thing in things.items():
        text = key.encode() + plain(thing.body)
        checks.holds(not re.search(rb"/fresh|anzibar", text), f"{where} {key}", "it knows what was embargoed after an interruption")
    checks.as_built(things, desk.public, store, where, kept=superseded(things, desk))
    checks.free(things, where)
    desk.write("content/articles/fresh.md", whole)
    desk.write("content/articles/story-00.md", other)
    os.rename(os.path.join(desk.folder, "fresh.away"), picture_of)


def on(store, work, checks):
    """All interruptions on one server."""
    desk = Desk(os.path.join(work, store.name), stories=2, feeds={"formats": ["atom"]}, base_url=BASE)
    old(desk)
    with Proxy(store.port) as proxy:
        bucket = store.bucket()
        desk.target(f"s3://{bucket.name}", endpoint=proxy.endpoint, region="us-east-1")
        checks.ended(deploy(desk.folder), 0, f"{store.name}: the site before")
        first, requests = bucket.things(), [len(proxy.settle())]
        olds = [Worker(store, desk, work, f"old-{number}") for number in range(WORKERS)]
        new(desk)
        proxy.start()
        checks.ended(deploy(desk.folder), 0, f"{store.name}: the site after")
        second, log = bucket.things(), proxy.settle()
        requests.append(len(log))
        checks.as_built(second, desk.public, store, f"{store.name}: the site after", kept=superseded(first, desk))
        news = [Worker(store, desk, work, f"new-{number}") for number in range(WORKERS)]
    kill = signal.SIGKILL
    jobs = [(olds, ("first deployment", number, {}, first, kill, False)) for number in range(1, requests[0] + 1, STEP)]
    jobs += [(news, ("changes", number, first, second, kill, False)) for number in range(1, requests[1] + 1, STEP)]
    jobs += [(news, ("changes, then an embargo", number, first, second, kill, True)) for number in range(4, requests[1] + 1, 4 * STEP)]
    jobs += [(news, ("changes", number, first, second, (signal.SIGINT, signal.SIGTERM)[number % 2], False)) for number in range(6, requests[1] - 2, 6 * STEP)]
    free = {id(group): queue.SimpleQueue() for group in (olds, news)}
    for group in (olds, news):
        for worker in group:
            free[id(group)].put(worker)

    def run(job):
        group, what = job
        worker, began = free[id(group)].get(), time.monotonic()
        try:
            case(worker, checks, store, what)
        except Exception as error:
            checks.wrong.append(f"{store.name} {what[0]} at request {what[1]}: it broke: {error!r}")
        finally:
            free[id(group)].put(worker)
            if os.environ.get("TIMES"):
                print(f"{time.monotonic() - began:6.1f} s  {store.name} {what[0]} at request {what[1]}, {what[4]!s}")

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(run, jobs))
    print(f"{store.name}: {len(jobs)} interruptions, of {requests[0]} and {requests[1]} requests")
    for worker in olds + news:
        worker.proxy.__exit__()


if __name__ == "__main__":
    found = Checks()
    with moto() as one, files() as two, folder() as work:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda store: on(store, work, found), (one, two)))
    conclude(found)
