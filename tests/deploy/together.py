"""together.py [ROUNDS]: two deployments of different sites to one bucket at once, on real S3 servers.

Whatever their offset, the bucket holds one of the two in the end, no claim, and whoever did not win says so.
"""

import math
import os
import random
import signal
import sys
import time

from bucket import OWN, in_threads
from checks import on_stores
from desk import Desk
from program import Run, deploy
from proxy import Hang, Proxy

ROUNDS = int(sys.argv.pop(1)) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 12


def pair(store, work, stories=5):
    """Two desks that differ in stories, words, pictures and style, and what a bucket holds of each."""
    desks, sites = [], []
    for name in ("north", "south"):
        desk = Desk(os.path.join(work, name), stories, feeds={"formats": ["atom"]}, title=f"The {name} briefing")
        desk.write("static/style.css", f"body {{ color: #{len(name)}{ord(name[0]) % 10}0; }}\n")
        desk.story(f"only-{name}", ord(name[0]), topics=[name, "ICC"])
        bucket = store.bucket()
        desk.target(f"s3://{bucket.name}", endpoint=store.endpoint, region="us-east-1")
        first = deploy(desk.folder)
        if first.code:
            raise AssertionError(str(first))
        desks.append(desk)
        sites.append(bucket.things())
    return desks, sites


def sheets(sites):
    return [key for site in sites for key in site if key.startswith("style.") and key != "style.css"]


def judge(checks, bucket, sites, codes, where):
    """The bucket holds one of two sites, whole, and is free."""
    things = bucket.things()
    checks.free(things, where)
    front = [number for number, site in enumerate(sites) if things["index.html"] == site["index.html"]]
    if not checks.holds(len(front) == 1, where, "the front page is neither"):
        return
    checks.same_site(things, sites[front[0]], where, sheets(sites))
    if 3 in codes:
        checks.equal(front[0], codes.index(0), where, "the site of who won")


def offsets(store, work, checks):
    """Two at once, at many offsets."""
    desks, sites = pair(store, work)
    rng = random.Random(store.name)
    ways, broken = [], []

    def round_of(number):
        where = f"{store.name} at once, round {number}"
        bucket = store.bucket()
        copies = [desk.copy(os.path.join(work, f"{number}-{place}")) for place, desk in enumerate(desks)]
        if number % 3 == 2:
            # Not the first: something stands there.
            bucket.restore(sites[number % 2])
        with Proxy(store.port) as one, Proxy(store.port) as two:
            slow = rng.choice([0.005, 0.02, 0.05])
            for proxy, copy in zip((one, two), copies):
                delays = random.Random(f"{number} {proxy is one}")
                proxy.start(lambda request, delays=delays: Hang(delays.random() * slow))
                copy.target(f"s3://{bucket.name}", endpoint=proxy.endpoint, region="us-east-1")
            first = Run(copies[0].folder, "deploy", "--patience", "3")
            time.sleep(0.0 if number < 2 else 0.9 * number / ROUNDS * rng.random())
            second = Run(copies[1].folder, "deploy", "--patience", "3")
            runs = [first.end(), second.end()]
        codes = [run.code for run in runs]
        if both_claimed(one, two):
            # The store's fault, not Dateline's: two conditional writes of one object at once, and it let both pass.
            broken.append(number)
            return
        ways.append(tuple(codes))
        checks.holds(sorted(codes) in ([0, 0], [0, 3]), where, f"they end with {codes}: {runs[0]} {runs[1]}")
        for run in runs:
            if run.code == 3:
                checks.says(run, ["deploy-busy", bucket.name], where)
        if 0 in codes:
            judge(checks, bucket, sites, codes, where)

    in_threads(round_of, range(ROUNDS))
    checks.holds(len(broken) <= (0 if store.name == "moto" else ROUNDS // 2), f"{store.name} at once", f"the store let both pass {len(broken)} times")
    print(
        f"{store.name}: of {ROUNDS} pairs {ways.count((0, 0))} ran one after the other, {len(ways) - ways.count((0, 0))} times one gave way; "
        f"{len(broken)} times the store let two conditional writes pass"
    )


def both_claimed(one, two):
    """Whether two claims were made without one being given back in between."""
    held = []
    for proxy in (one, two):
        made = [request for request in proxy.log if request.kind == "PUT claim" and request.condition == "*" and request.status == 200]
        back = [request.at for request in proxy.log if request.method in ("DELETE", "POST") and request.number > made[0].number] if made else []
        held.append((made[0].at, back[-1] if back else math.inf) if made else None)
    return all(held) and held[0][0] <= held[1][1] and held[1][0] <= held[0][1]


def dead_and_alive(store, work, checks):
    """A dead claim is taken over after a while, a live one never."""
    desks, sites = pair(store, work, stories=3)
    bucket, where = store.bucket(), f"{store.name} claims"
    with Proxy(store.port) as slow, Proxy(store.port) as quick:
        for desk, proxy in zip(desks, (slow, quick)):
            desk.target(f"s3://{bucket.name}", endpoint=proxy.endpoint, region="us-east-1")
        # Alive: each object takes so long that the whole takes several times the other's patience.
        slow.start(lambda request: Hang(1.2) if request.kind == "PUT object" else None)
        first = Run(desks[0].folder, "deploy", "--patience", "1")
        claimed(slow)
        began = time.monotonic()
        busy = deploy(desks[1].folder, "--patience", "2")
        checks.ended(busy, 3, f"{where}: alive")
        checks.says(busy, ["deploy-busy", bucket.name], f"{where}: alive")
        checks.holds(time.monotonic() - began < 2, where, "it took its time to see that the other lives")
        checks.equal([request for request in quick.settle() if request.method not in ("GET", "HEAD")], [], where, "what who gave way wrote")
        dry = deploy(desks[1].folder, "--dry-run")
        checks.ended(dry, 0, f"{where}: dry run")
        checks.says(dry, "deploy-busy", f"{where}: dry run")
        checks.ended(first.end(), 0, f"{where}: alive")
        judge(checks, bucket, sites, [0, 3], f"{where}: alive")
        # Dead: the claim of one that was killed is taken over, and not before it was silent for long enough.
        desks[0].story("late", 40)
        slow.start(lambda request: Hang(0.5) if request.kind == "PUT object" else None)
        first = Run(desks[0].folder, "deploy", "--patience", "1")
        claimed(slow)
        first.kill()
        first.end()
        slow.settle()
        for words, least in ((["--patience", "2"], 2),):
            began = time.monotonic()
            checks.ended(deploy(desks[1].folder, *words), 0, f"{where}: dead")
            checks.holds(time.monotonic() - began >= least, where, "it had no patience")
        judge(checks, bucket, sites, [3, 0], f"{where}: dead")
        # Asleep: who was stopped, and wakes when the other has taken over, gives way.
        desks[0].story("later", 41)
        slow.start(lambda request: Hang(0.3) if request.kind == "PUT object" else None)
        first = Run(desks[0].folder, "deploy", "--patience", "1")
        claimed(slow, more=3)
        first.kill(signal.SIGSTOP)
        slow.settle()
        checks.ended(deploy(desks[1].folder, "--patience", "1"), 0, f"{where}: asleep")
        first.kill(signal.SIGCONT)
        woken = first.end()
        slow.settle()
        checks.ended(woken, 3, f"{where}: asleep")
        checks.says(woken, "deploy-busy", f"{where}: asleep")
        mended = deploy(desks[1].folder, "--patience", "1")
        checks.ended(mended, 0, f"{where}: asleep")
        checks.says(mended, "nothing changed", f"{where}: asleep")
        judge(checks, bucket, sites, [3, 0], f"{where}: asleep")


def between(store, work, checks):
    """Another deployment runs from its begin to its end between two requests of this one, which then looks again."""
    desks, sites = pair(store, work)
    for kind in ("GET manifest", "LIST", "PUT claim"):
        where, bucket, ran = f"{store.name} another one before {kind}", store.bucket(), []
        bucket.restore(sites[1])
        with Proxy(store.port) as proxy:
            desks[0].target(f"s3://{bucket.name}", endpoint=store.endpoint, region="us-east-1")
            desks[1].target(f"s3://{bucket.name}", endpoint=proxy.endpoint, region="us-east-1")
            desks[1].story("late", 40, body=f"Before {kind}.")

            def other(request, kind=kind, ran=ran):
                if request.kind == kind and not ran:
                    ran.append(None)
                    ran.append(deploy(desks[0].folder))

            proxy.start(other)
            checks.ended(deploy(desks[1].folder), 0, where)
            proxy.settle()
            checks.ended(ran[1], 0, where)
            things = bucket.things()
            checks.as_built(things, desks[1].public, store, where, kept=sheets([sites[0]]))
            checks.free(things, where)
            proxy.start()
            checks.ended(deploy(desks[1].folder), 0, where)
            checks.equal(len(proxy.settle()), 2, where, f"requests of the run after that: {proxy.log}")


def heirs(store, work, checks):
    """Two find a dead claim; one takes it over."""
    if store.name != "moto":
        return
    desks, sites = pair(store, work, stories=3)
    for number in range(3):
        where, bucket = f"{store.name} heirs, round {number}", store.bucket()
        with Proxy(store.port) as proxy, Proxy(store.port) as quick:
            desks[0].target(f"s3://{bucket.name}", endpoint=proxy.endpoint, region="us-east-1")
            proxy.start(lambda request: Hang(0.5) if request.kind == "PUT object" else None)
            first = Run(desks[0].folder, "deploy")
            claimed(proxy, more=5)
            first.kill()
            first.end()
            proxy.settle()
            desks[1].target(f"s3://{bucket.name}", endpoint=quick.endpoint, region="us-east-1")
            quick.start(lambda request: Hang(0.01 * (request.number % 4)))
            runs = [Run(desk.folder, "deploy", "--patience", "1") for desk in desks]
            codes = [run.end().code for run in runs]
            checks.holds(sorted(codes) in ([0, 0], [0, 3]), where, f"they end with {codes}: {runs[0]} {runs[1]}")
            judge(checks, bucket, sites, codes, where)


def rubbish(store, work, checks):
    """A claim that nobody can read is taken over, too; one of a later version as well."""
    desks, sites = pair(store, work, stories=2)
    where = f"{store.name} unreadable claims"
    for body in (b"", b"rubbish", b"\x1f\x8b\x08 cut"):
        bucket = store.bucket()
        desks[0].target(f"s3://{bucket.name}", endpoint=store.endpoint, region="us-east-1")
        bucket.put(OWN + "claim", body)
        run = deploy(desks[0].folder, "--patience", "1")
        checks.ended(run, 0, f"{where} {body!r}")
        judge(checks, bucket, sites, [0, 3], f"{where} {body!r}")


def claimed(proxy, more=1, seconds=20):
    """Waits until the claim was put, and some objects after it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        log = list(proxy.log)
        if any(request.kind == "PUT claim" and request.status == 200 for request in log) and sum(request.kind == "PUT object" for request in log) >= more:
            return
        time.sleep(0.01)
    raise AssertionError(f"no claim was put: {proxy.log}")


if __name__ == "__main__":
    on_stores([dead_and_alive, offsets, between, heirs, rubbish], at_once=4)
