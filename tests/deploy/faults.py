"""faults.py [SCENARIO…]: deployments through a bad network, with wrong credentials, to stores that are not there.

Each says what is wrong, with which target, and the way out; none says a secret; the next good run completes.
"""

import json
import os
import time

import program
from bucket import OWN, Bucket, Moto, files, moto
from checks import on_stores, plain
from desk import Desk
from program import KEY, SECRET, TOKEN, deploy, home
from proxy import Answer, Call, Cut, Half, Hang, Lose, Proxy, at, each
from webserver import free_port

WRONG = "wr0ng/s3cr3t/of/the/tests/that/nobody/may/print"
program.SECRETS.add(WRONG)


def begin(store, work, port=None, bucket=None, stories=3):
    desk = Desk(os.path.join(work, "desk"), stories, feeds={"formats": ["atom"]})
    bucket = bucket or store.bucket()
    desk.target(f"s3://{bucket.name}", endpoint=f"http://127.0.0.1:{port or store.port}", region="us-east-1")
    return desk, bucket


def refused(checks, run, code, words, where, seconds=20):
    """A run that fails says why, to whom, and the way out, and takes no longer than it must."""
    checks.ended(run, code, where)
    checks.says(run, [*([words] if isinstance(words, str) else words), "help: "], where)
    checks.holds(run.seconds < seconds, where, f"it took {run.seconds:.0f} s: {run}")
    checks.holds("panicked" not in run.err and "RUST_BACKTRACE" not in run.err, where, f"it panicked: {run}")


def good(checks, desk, bucket, store, where, **more):
    """The next run completes."""
    checks.ended(deploy(desk.folder, "--patience", "1", **more), 0, f"{where}: the next run")
    things = bucket.things()
    checks.as_built(things, desk.public, store, f"{where}: the next run")
    checks.free(things, f"{where}: the next run")


def network(store, work, checks):
    """Requests that fail now and then, slow answers and cut connections do not stop a deployment."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, proxy.port)
        ways = {
            "503 now and then": each(4, Answer(503, "SlowDown")), "500 now and then": each(5, Answer(500, "InternalError")),
            "429 at once": at(1, Answer(429, "TooManyRequests")), "slow answers": each(3, Hang(0.3)), "cut connections": each(5, Cut()),
            "lost answers": each(7, Lose()), "half answers": each(6, Half()),
        }
        for name, fault in ways.items():
            where = f"{store.name} {name}"
            bucket.restore({})
            proxy.start(fault)
            run = deploy(desk.folder)
            checks.ended(run, 0, where)
            checks.holds(run.seconds < 60, where, f"it took {run.seconds:.0f} s")
            proxy.settle()
            things = bucket.things()
            checks.as_built(things, desk.public, store, where)
            checks.free(things, where)
            proxy.start()
            checks.ended(deploy(desk.folder), 0, where)
            checks.equal(len(proxy.settle()), 2, where, f"requests of the run after that: {proxy.log}")


def conditions(store, work, checks):
    """The answers to the writes that depend on a condition are lost: each is known again by what it wrote."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, proxy.port)
        for kind, number in (("PUT claim", 1), ("PUT claim", 2), ("PUT manifest", 1), ("DELETE objects", 1), ("HEAD manifest", 1), ("LIST", 1), ("GET manifest", 1)):
            for fault in (Lose(), Half(), Cut(), Answer(500, "InternalError")):
                where, seen = f"{store.name} {type(fault).__name__} of {kind} {number}", []

                def once(request, kind=kind, number=number, fault=fault, seen=seen):
                    if request.kind != kind:
                        return None
                    seen.append(request)
                    return fault if len(seen) == number else None

                proxy.start()
                desk.story("story-00", 0, body=f"{where} {time.monotonic()}")
                proxy.start(once)
                run = deploy(desk.folder, "--patience", "10")
                proxy.settle()
                checks.ended(run, 0, where)
                things = bucket.things()
                checks.as_built(things, desk.public, store, where)
                checks.free(things, where)
                checks.holds(seen, where, "there was no such request")


def late(store, work, checks):
    """A sign of life that the store gets late does not bring the claim back: nothing is left on its way at the end."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, proxy.port)
        where, seen = f"{store.name} a late sign of life", []

        def slow(request):
            if request.kind == "PUT object":
                return Hang(0.3)
            # The claim itself, and the question whether the store knows conditions, come before the first sign of life.
            if request.kind == "PUT claim":
                seen.append(request)
                # Only moto takes a request without headers that were signed.
                return Hang(3, unconditional=store.name == "moto") if len(seen) > 2 else None
            return None

        proxy.start(slow)
        checks.ended(deploy(desk.folder, "--patience", "8"), 0, where)
        checks.holds(len(seen) > 2, where, "it never said that it lives")
        proxy.settle()
        checks.free(bucket.things(), where)


def for_ever(store, work, checks):
    """A store that fails for ever is left in reasonable time; what was begun is taken up again."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, proxy.port)
        ways = {
            "everything": lambda request: Answer(503, "SlowDown", "Please reduce your request rate."),
            "writing": lambda request: Answer(500, "InternalError", "We encountered an internal error.") if request.method == "PUT" else None,
            "objects": lambda request: Answer(500, "InternalError", "We encountered an internal error.") if request.kind == "PUT object" else None,
            "the manifest": lambda request: Answer(500) if request.kind == "PUT manifest" else None,
        }
        for name, fault in ways.items():
            where = f"{store.name} {name} fails for ever"
            bucket.restore({})
            proxy.start(fault)
            refused(checks, deploy(desk.folder, "--patience", "5"), 3, ["store", bucket.name], where, 80)
            proxy.settle()
            good(checks, desk, bucket, store, where)


def expired(store, work, checks):
    """Credentials that are refused in the middle."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, proxy.port)
        for number in (2, 3, 5, 9, 20):
            where = f"{store.name} expired at request {number}"
            bucket.restore({})
            proxy.start(lambda request, number=number: Answer(403, "ExpiredToken", "The provided token has expired.") if request.number >= number else None)
            run = deploy(desk.folder, environment={"AWS_SESSION_TOKEN": TOKEN} if store.name == "moto" else {})
            # The fifth is a HEAD, whose answer has no body to say why.
            refused(checks, run, 3, ["error[store]", bucket.name, *(["403"] if number == 5 else ["ExpiredToken", "expired"])], where)
            proxy.settle()
            good(checks, desk, bucket, store, where)
        # A store that quotes what it was sent, secrets and all.
        proxy.start(lambda request: Answer(400, "Bad", f"you sent {SECRET} and {TOKEN} as {KEY}"))
        run = deploy(desk.folder, environment={"AWS_SESSION_TOKEN": TOKEN})
        refused(checks, run, 3, ["error[store]", bucket.name], f"{store.name} a quoted secret")
        proxy.settle()


def nowhere(store, work, checks):
    """No bucket, no store, no target, no credentials."""
    desk, bucket = begin(store, work)
    where, address = store.name, f"s3://{bucket.name}"
    right = dict(desk.targets["production"])

    def missing(key):
        desk.target(**{**right, **key})
        run = deploy(desk.folder)
        desk.target(**right)
        return run

    refused(checks, missing({"to": "s3://there-is-none"}), 3, ["error[store]", "there-is-none", "NoSuchBucket", "make the bucket"], f"{where} missing bucket")
    refused(checks, missing({"endpoint": f"http://127.0.0.1:{free_port()}"}), 3, ["error[store]", address, "refused", "endpoint"], f"{where} no store", 80)
    for key in ({"to": "s3://"}, {"to": "ftp://x/y"}, {"to": ""}, {"endpoint": "http://store.example"}, {"max_deletes": "many"}, {"keep": 0}, {"colour": "red"}, {"base_url": "nowhere"}):
        run = missing(key)
        checks.ended(run, 2, f"{where} {key}")
        checks.says(run, ["dateline.yaml"], f"{where} {key}")
    refused(checks, deploy(desk.folder, "producton"), 2, ["no-target", "did you mean `production`"], f"{where} no such target")
    desk.target(**{**right, "name": "staging"})
    desk.targets["live"] = desk.targets.pop("production")
    desk.configure()
    refused(checks, deploy(desk.folder), 2, ["no-target", "`live`", "`staging`"], f"{where} which target")
    desk.targets.clear()
    desk.configure()
    refused(checks, deploy(desk.folder), 2, ["no-target", "deploy:"], f"{where} no target")
    desk.target(**right)
    # Credentials.
    refused(checks, deploy(desk.folder, credentials=False), 2, ["no-credentials", "AWS_ACCESS_KEY_ID"], f"{where} no credentials")
    refused(checks, deploy(desk.folder, credentials=False, environment={"AWS_SECRET_ACCESS_KEY": SECRET}), 2, ["no-credentials"], f"{where} half of them")
    text = f"[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = {WRONG}\n\n[desk]\naws_access_key_id={KEY}\naws_secret_access_key={SECRET}\n"
    here = home("aws", {".aws/credentials": text, ".aws/config": "[default]\nregion = us-east-1\n[profile desk]\nregion = us-east-1\n"})
    refused(checks, deploy(desk.folder, credentials=False, environment={"HOME": here, "AWS_PROFILE": "nobody"}), 2, ["no-credentials", "nobody"], f"{where} no such profile")
    broken = home("broken", {".aws/credentials": f"[default\naws_secret_access_key {SECRET}\n{SECRET}\n"})
    refused(checks, deploy(desk.folder, credentials=False, environment={"HOME": broken}), 2, ["no-credentials"], f"{where} broken file")
    checks.equal(bucket.keys(), {}, where, "what was written with no credentials")
    checks.ended(deploy(desk.folder, credentials=False, environment={"HOME": here, "AWS_PROFILE": "desk"}), 0, f"{where} profile")
    checks.as_built(bucket.things(), desk.public, store, f"{where} profile")
    moved = {"AWS_SHARED_CREDENTIALS_FILE": os.path.join(here, ".aws/credentials"), "AWS_CONFIG_FILE": "/nowhere", "AWS_PROFILE": "desk"}
    checks.ended(deploy(desk.folder, credentials=False, environment=moved), 0, f"{where} moved file")
    if store.name == "s3s-fs":
        refused(checks, deploy(desk.folder, credentials=False, environment={"HOME": here}), 3, ["error[store]", address], f"{where} the other profile")
        refused(checks, deploy(desk.folder, environment={"AWS_SECRET_ACCESS_KEY": WRONG}), 3, ["error[store]", address, "SignatureDoesNotMatch"], f"{where} wrong secret")
        refused(checks, deploy(desk.folder, environment={"AWS_ACCESS_KEY_ID": "AKIANOBODY"}), 3, ["error[store]", address], f"{where} unknown key")


def guarded(store, work, checks):
    """A server that checks who asks and what they may, as S3 does."""
    if store.name != "moto":
        return
    with moto(INITIAL_NO_AUTH_ACTION_COUNT="5") as strict:
        iam = strict.client("iam")
        may = lambda actions: json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})
        keys = []
        for name, actions in (("desk", "*"), ("reader", ["s3:ListBucket", "s3:GetObject"])):
            iam.create_user(UserName=name)
            keys.append(iam.create_access_key(UserName=name)["AccessKey"])
            iam = strict.client("iam", keys[0]["AccessKeyId"], keys[0]["SecretAccessKey"]) if len(keys) == 2 else iam
            iam.put_user_policy(UserName=name, PolicyName="may", PolicyDocument=may(actions))
        program.SECRETS.update(key["SecretAccessKey"] for key in keys)
        desks, reads = ({"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]} for key in keys)
        mine = lambda service="s3": Moto.client(strict, service, desks["AWS_ACCESS_KEY_ID"], desks["AWS_SECRET_ACCESS_KEY"])
        mine().create_bucket(Bucket="guarded")
        bucket = object.__new__(Bucket)
        bucket.store, bucket.name, bucket.client = strict, "guarded", mine()
        desk, _ = begin(strict, work, bucket=bucket)
        refused(checks, deploy(desk.folder), 3, ["error[store]", "s3://guarded", "InvalidAccessKeyId", "AWS_ACCESS_KEY_ID"], "moto with IAM: unknown key")
        refused(checks, deploy(desk.folder, environment={**desks, "AWS_SECRET_ACCESS_KEY": WRONG}), 3, ["error[store]", "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"], "moto with IAM: wrong secret")
        refused(checks, deploy(desk.folder, environment={**desks, "AWS_SESSION_TOKEN": TOKEN}), 3, ["error[store]", "s3://guarded"], "moto with IAM: wrong token")
        refused(checks, deploy(desk.folder, environment=reads), 3, ["error[store]", "s3://guarded", "AccessDenied", "write"], "moto with IAM: may only read")
        checks.equal(bucket.keys(), {}, "moto with IAM", "what was written")
        good(checks, desk, bucket, strict, "moto with IAM", environment=desks)
        checks.ended(deploy(desk.folder, environment=reads), 0, "moto with IAM: nothing to do, and may only read")


if __name__ == "__main__":
    on_stores([for_ever, late, network, conditions, nowhere, expired, guarded], at_once=6)
