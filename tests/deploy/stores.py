"""stores.py [SCENARIO…]: deployments to real S3 servers: what goes up, as what, and what stays."""

import gzip
import json
import os
import random
import re
import urllib.parse

import program
from bucket import OWN, site_of
from checks import on_stores, plain
from desk import Desk
from program import dateline, deploy
from proxy import Call, Proxy

STYLE = "body { background: #0f0; }\n"


def begin(store, work, prefix="", port=None, stories=12, **more):
    """A desk, and a bucket that it deploys to."""
    desk, bucket = Desk(os.path.join(work, "desk"), stories), store.bucket()
    desk.target(f"s3://{bucket.name}" + (f"/{prefix}" if prefix else ""), endpoint=f"http://127.0.0.1:{port or store.port}", region="us-east-1", **more)
    return desk, bucket


def puts(log):
    """The keys of the site that went up."""
    return [request.key for request in log if request.method == "PUT" and OWN not in request.key]


def keys_of(addresses):
    """The keys that addresses of the site name."""
    paths = (urllib.parse.unquote(urllib.parse.urlsplit(address).path)[1:] for address in addresses)
    return {path + "index.html" if not path or path.endswith("/") else path for path in paths}


def read_json(file):
    with open(file, encoding="utf-8") as opened:
        return json.load(opened)


def everything(store, work, checks):
    """The first deployment, and the second, which has nothing to do."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port, stories=30)
        desk.story("secret-summit", 3, title="A summit that is embargoed", embargo="2024-03-09T06:00:00Z", body="Nobody must know of Zanzibarian talks.", topics=["Clandestine"])
        desk.story("half-done", 4, title="A story that is half done", draft=True)
        where = f"{store.name} everything"
        checks.ended(deploy(desk.folder), 0, where)
        things, log = bucket.things(), proxy.settle()
        checks.as_built(things, desk.public, store, where)
        checks.free(things, where)
        checks.same_keys([key for key in things if key.startswith(OWN)], [OWN + "manifest"], where, "Dateline's own")
        first = [key for key in puts(log)]
        checks.equal(len(first), len(set(first)), where, "objects that went up, once each")
        checks.holds(first.index("index.html") > max(first.index(key) for key in first if key.startswith("2024/")), where, "the front page went up before a story")
        for key, thing in things.items():
            text = key.encode() + plain(thing.body) + repr(thing.headers()).encode()
            checks.holds(not re.search(rb"secret-summit|embargoed|Zanzibarian|andestine|half-done|half done", text), f"{where} {key}", "it knows what is withheld")
        if store.redirects:
            checks.holds(any(thing.redirect for thing in things.values()), where, "no redirect is kept")
        proxy.start()
        again = deploy(desk.folder)
        checks.ended(again, 0, where)
        checks.says(again, "nothing changed", where)
        checks.equal([request.kind for request in proxy.settle()], ["GET manifest", "LIST"], where, "requests of a deployment that has nothing to do")
        checks.same_site(bucket.things(), things, where)


def one_story(store, work, checks):
    """A story is added, and removed again."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port)
        where, file = f"{store.name} one story", os.path.join(work, "changes.json")
        checks.ended(deploy(desk.folder), 0, where)
        before = bucket.things()
        desk.story("fresh", 13, topics=["ICC", "A new topic"])
        checks.ended(dateline(desk.folder, "build", "--changes", file), 0, where)
        built = read_json(file)
        proxy.start()
        dry = deploy(desk.folder, "--dry-run")
        checks.ended(dry, 0, where)
        checks.equal([request.kind for request in proxy.settle()], ["GET manifest", "LIST"], where, "requests of a dry run")
        checks.same_site(bucket.things(), before, f"{where}: dry run")
        proxy.start()
        checks.ended(deploy(desk.folder, "--changes", file), 0, where)
        log, told = proxy.settle(), read_json(file)
        named = keys_of(built["added"] + built["changed"]) - {"_headers", "_redirects"}
        checks.same_keys(puts(log), named, where, "what `build --changes` names goes up")
        planned = dict(re.match(r"([+~-]) (\S+)", line).group(2, 1) for line in dry.out.splitlines())
        for sign, fate in (("+", "added"), ("~", "changed"), ("-", "removed")):
            checks.same_keys([key for key, found in planned.items() if found == sign], keys_of(told[fate]), where, f"what a dry run names as {fate}")
        for line in dry.out.splitlines():
            checks.holds(re.match(r"- |[+~] \S+  [\d.]+ [kM]?B  [a-z]+/", line), where, f"no line of a plan: {line}")
        checks.same_keys(puts(log), keys_of(told["added"] + told["changed"]), where, "what `deploy --changes` names")
        checks.holds(keys_of(built["added"]) == keys_of(told["added"]) and "2024/02/14/fresh/index.html" in keys_of(told["added"]), where, f"added: {told['added']}")
        checks.as_built(bucket.things(), desk.public, store, where)
        # And away again: pages go last, when nothing leads to them any more.
        os.remove(os.path.join(desk.folder, "content/articles/fresh.md"))
        lost = deploy(desk.folder)
        checks.ended(lost, 1, f"{where}: an address is lost")
        checks.says(lost, "lost-url", where)
        desk.configure(gone=["/2024/02/14/fresh/"] + [f"/topics/a-new-topic/{file}" for file in ("", "feed.xml", "rss.xml", "feed.json")])
        proxy.start()
        checks.ended(deploy(desk.folder, "--changes", file), 0, where)
        log, told = proxy.settle(), read_json(file)
        checks.holds("2024/02/14/fresh/index.html" in keys_of(told["removed"]), where, f"removed: {told['removed']}")
        steps = [request.kind for request in log if request.kind in ("PUT object", "DELETE objects", "DELETE object")]
        checks.holds(steps and steps == sorted(steps, reverse=True) and steps[-1] == "DELETE objects", where, f"not deleted last: {steps}")
        things = bucket.things()
        checks.as_built(things, desk.public, store, f"{where}: removed")
        checks.same_site(things, before, f"{where}: removed")
        checks.free(things, where)


def deletions(store, work, checks):
    """Too many deletions are refused."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port, stories=30)
        where = f"{store.name} deletions"
        checks.ended(deploy(desk.folder), 0, where)
        before = bucket.things()
        for number in range(28):
            desk.remove(f"content/articles/story-{number:02}.md")
        for words in ([], ["--max-deletes", "3"], ["--max-deletes", "5%"], ["--dry-run"]):
            proxy.start()
            refused = deploy(desk.folder, *words)
            checks.ended(refused, 1, f"{where} {words}")
            checks.says(refused, ["too-many-deletions", "--max-deletes"], f"{where} {words}")
            checks.holds({request.method for request in proxy.settle()} == {"GET"}, where, f"{words}: something was written: {proxy.log}")
        after = bucket.things()
        checks.same_site(after, before, where)
        checks.equal(after[OWN + "manifest"], before[OWN + "manifest"], where, "manifest")
        checks.free(after, where)
        checks.ended(deploy(desk.folder, "--max-deletes", "90%"), 0, where)
        checks.as_built(bucket.things(), desk.public, store, where)
        # What the target says counts too, and the command line counts more.
        desk.target(**{**desk.targets["production"], "max_deletes": 0})
        desk.remove("content/articles/story-28.md")
        checks.ended(deploy(desk.folder), 1, f"{where}: none may be")
        checks.ended(deploy(desk.folder, "--max-deletes", "100%"), 0, where)
        checks.as_built(bucket.things(), desk.public, store, where)


def others(store, work, checks):
    """Objects of others stay, and what others do to ours is mended."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port)
        where = f"{store.name} others"
        foreign = {"ads.txt": b"example.com, 1, DIRECT", "2024/01/other.html": b"<p>Not ours", "zz/ü +.bin": b"\0\1"}
        for key, body in foreign.items():
            bucket.put(key, body, ContentType="text/x-foreign")
        run = deploy(desk.folder)
        checks.ended(run, 0, where)
        checks.says(run, "3 not Dateline's left alone", where)
        things = bucket.things()
        for key, body in foreign.items():
            checks.holds(key in things and things[key].body == body and things[key].type == "text/x-foreign", where, f"{key} was not left alone")
        checks.as_built(things, desk.public, store, where, kept=foreign)
        # Someone deletes one object, writes another one over, and both are put again, alone.
        stories = sorted(key for key in things if key.startswith("2024/") and key.endswith("/index.html") and key.count("/") == 4)
        bucket.delete(stories[0])
        bucket.put(stories[1], b"defaced", ContentType="text/html")
        proxy.start()
        checks.ended(deploy(desk.folder), 0, where)
        checks.same_keys(puts(proxy.settle()), stories[:2], where, "what was put again")
        checks.same_site(bucket.things(), things, where)
        # A foreign object stands where a page is wanted.
        bucket.put("topics/a-new-topic/index.html", b"not ours", ContentType="text/html")
        desk.story("fresh", 13, topics=["ICC", "A new topic"])
        run = deploy(desk.folder)
        checks.ended(run, 0, where)
        checks.says(run, "not Dateline's replaced", where)
        checks.as_built(bucket.things(), desk.public, store, where, kept=foreign)


def manifests(store, work, checks):
    """A manifest that is lost or cannot be read is made anew, and nothing goes up again."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port)
        where = f"{store.name} manifests"
        checks.ended(deploy(desk.folder), 0, where)
        bucket.put("ads.txt", b"foreign", ContentType="text/plain")
        things = bucket.things()
        whole = things[OWN + "manifest"].body
        rubbish = {
            "deleted": None, "rubbish": b"\0\xff rubbish", "empty": b"", "html": b"<html>moved</html>", "cut": whole[: len(whole) // 2],
            "later version": gzip.compress(b"dateline manifest 99\nend\t0\n"), "short of a line": gzip.compress(gzip.decompress(whole).replace(b"\nindex.html\t", b"\nindex.htm\t\t", 1)),
        }
        for name, body in rubbish.items():
            here = f"{where}: {name}"
            if body is None:
                bucket.delete(OWN + "manifest")
            else:
                bucket.put(OWN + "manifest", body)
            proxy.start()
            run = deploy(desk.folder)
            checks.ended(run, 0, here)
            checks.says(run, "manifest-lost", here)
            checks.equal(puts(proxy.settle()), [], here, "what went up again")
            after = bucket.things()
            checks.same_site(after, things, here)
            checks.equal(plain(after[OWN + "manifest"].body), plain(whole), here, "the manifest")
            checks.free(after, here)
        # Lost together with changes: what is gone is deleted, what is new goes up, and the foreign object stays.
        bucket.delete(OWN + "manifest")
        desk.remove("content/articles/story-03.md")
        desk.story("fresh", 13)
        checks.ended(deploy(desk.folder), 0, where)
        checks.as_built({key: thing for key, thing in bucket.things().items() if key != "ads.txt"}, desk.public, store, where)
        checks.holds(bucket.get("ads.txt"), where, "the foreign object is gone")


def compression(store, work, checks):
    """With `compress: true` texts are packed. The switch changes every text, once."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port)
        where, target = f"{store.name} compression", desk.targets["production"]
        checks.ended(deploy(desk.folder), 0, where)
        texts = {key for key, thing in site_of(bucket.things()).items() if not key.endswith(".png")}
        for compress in (True, False):
            desk.target(**{**target, "compress": compress})
            proxy.start()
            checks.ended(deploy(desk.folder), 0, where)
            checks.same_keys(puts(proxy.settle()), texts, where, f"what went up with compress: {compress}")
            checks.as_built(bucket.things(), desk.public, store, where, compress=compress)
            proxy.start()
            checks.ended(deploy(desk.folder), 0, where)
            checks.equal(len(proxy.settle()), 2, where, f"requests of the run after that: {proxy.log}")


def names(store, work, checks):
    """A prefix, and keys with whatever an address may hold."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, prefix="web/the briefing", port=proxy.port)
        where = f"{store.name} names"
        strange = ["plus+sign.txt", "per%cent.txt", "per%41cent.txt", "a b  c.txt", "größe/ä.txt", "日本/東京.txt", "q?.txt", "h#.txt", "a&b=c;d.txt", "it's (1)!.txt", "~tilde@x,y$.txt", "e\u0301.txt"]
        for name in strange:
            desk.write(f"static/names/{name}", f"This is {name}.")
        desk.story("grüße-aus-köln", 6, title="Grüße aus Köln")
        desk.story("東京", 8, title="東京からの便り", lang="ja")
        # Beside the prefix others live, in names that begin alike.
        for key in ("web/the briefing2/x", "web/the briefing.txt", "web/y", "z"):
            bucket.put(key, b"foreign")
        checks.ended(deploy(desk.folder), 0, where)
        whole = bucket.things()
        checks.same_keys([key for key in whole if not key.startswith("web/the briefing/")], ["web/the briefing2/x", "web/the briefing.txt", "web/y", "z"], where, "foreign objects")
        checks.as_built(bucket.things("web/the briefing/"), desk.public, store, where)
        built = [os.path.relpath(os.path.join(folder, name), desk.public) for folder, _, files in os.walk(desk.public) for name in files]
        checks.holds(any("東京" in key for key in built) and any("+" in key for key in built) and any("%" in key for key in built), where, "no strange names were built")
        proxy.start()
        checks.ended(deploy(desk.folder), 0, where)
        checks.equal(len(proxy.settle()), 2, where, f"requests of the second run: {proxy.log}")
        for name in strange:
            desk.remove(f"static/names/{name}")
        desk.remove("content/articles/東京.md")
        checks.ended(deploy(desk.folder, "--max-deletes", "90%"), 0, where)
        checks.as_built(bucket.things("web/the briefing/"), desk.public, store, f"{where}: removed")


def large(store, work, checks):
    """Files that are larger than what goes up at once."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port, stories=2)
        where = f"{store.name} large"
        film, table = random.Random(1).randbytes(40 * 1024 * 1024), b"place;votes\n" * (3 * 1024 * 1024)
        desk.write("content/articles/film/index.md", "---\ntitle: A film\ndate: 2024-02-02\n---\n\n[The film](film.mp4) and [the table](table.csv).\n")
        desk.write("content/articles/film/film.mp4", film)
        desk.write("content/articles/film/table.csv", table)
        for compress in (False, True):
            desk.target(**{**desk.targets["production"], "compress": compress})
            checks.ended(deploy(desk.folder), 0, where)
            things = bucket.things()
            found = [key for key in things if key.endswith((".mp4", ".csv"))]
            checks.equal(len(found), 2, where, f"large files in {sorted(things)}")
            checks.as_built(things, desk.public, store, f"{where}: compress {compress}", compress=compress)
            for key in found:
                body = things[key].body
                checks.holds((plain(body) if things[key].encoding == "gzip" else body) == (film if key.endswith("mp4") else table), where, f"{key} is not whole")
            proxy.start()
            checks.ended(deploy(desk.folder), 0, where)
            checks.equal(len(proxy.settle()), 2, where, f"requests of the second run: {proxy.log}")
        # Killed between two parts: half a film is never there, and the next deployment puts a whole one.
        desk.write("content/articles/film/film.mp4", film[::-1])
        proxy.start(lambda request: Call(lambda: runs[0].kill(), True) if "partNumber" in request.query and request.query["partNumber"] == ["3"] else None)
        runs = [program.Run(desk.folder, "deploy")]
        checks.equal(runs[0].end().code, -9, where, "killed in a film")
        proxy.settle()
        checks.holds(any(thing.body == film for thing in bucket.things().values()), where, "the film is half there")
        checks.ended(deploy(desk.folder, "--patience", "1"), 0, where)
        checks.as_built(bucket.things(), desk.public, store, f"{where}: after a kill", compress=True)


def retirement(store, work, checks):
    """A superseded style sheet stays for an hour, for pages that are still open."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port, stories=4)
        where = f"{store.name} retirement"
        desk.write("static/style.css", STYLE)
        checks.ended(deploy(desk.folder), 0, where)
        sheets = lambda: {key for key in bucket.keys() if re.fullmatch(r"style\.[0-9a-f]{8}\.css", key)}
        old = sheets()
        desk.write("static/style.css", STYLE.replace("#0f0", "#00f"))
        run = deploy(desk.folder)
        checks.ended(run, 0, where)
        checks.says(run, "kept for pages that are still open", where)
        both = sheets()
        checks.holds(len(both) == 2 and old < both, where, f"style sheets: {both}")
        checks.as_built(bucket.things(), desk.public, store, where, kept=old)
        proxy.start()
        checks.ended(deploy(desk.folder), 0, where)
        checks.equal(len(proxy.settle()), 2, where, "requests soon after")
        # An hour passes: the manifest says since when.
        manifest = gzip.decompress(bucket.get(OWN + "manifest").body).decode()
        aged = re.sub(r"^(style\.\S+\t\S+\t\S+\t)(\d+)$", lambda found: f"{found[1]}{int(found[2]) - 3601}", manifest, flags=re.M)
        checks.holds(aged != manifest, where, f"the manifest does not say since when: {manifest[:200]}")
        bucket.put(OWN + "manifest", gzip.compress(aged.encode()))
        checks.ended(deploy(desk.folder), 0, where)
        checks.equal(sheets(), both - old, where, "style sheets after an hour")
        # The old one comes back in time.
        desk.write("static/style.css", STYLE)
        checks.ended(deploy(desk.folder), 0, where)
        desk.write("static/style.css", STYLE.replace("#0f0", "#00f"))
        checks.ended(deploy(desk.folder), 0, where)
        desk.write("static/style.css", STYLE)
        proxy.start()
        checks.ended(deploy(desk.folder), 0, where)
        checks.holds(not [key for key in puts(proxy.settle()) if key.startswith("style.") and key != "style.css"], where, "a sheet that was there went up")
        checks.as_built(bucket.things(), desk.public, store, where, kept=both - old)


def headers(store, work, checks):
    """A change of `_headers` or `_redirects` alone changes objects."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port)
        where = f"{store.name} headers"
        checks.ended(deploy(desk.folder), 0, where)
        with open(os.path.join(desk.public, "_headers"), encoding="utf-8") as opened:
            rules = opened.read()
        desk.write("static/_headers", rules + "/images/*\n  Cache-Control: no-store\n  Content-Disposition: attachment\n  Content-Language: fr\n")
        proxy.start()
        checks.ended(deploy(desk.folder), 0, where)
        checks.same_keys(puts(proxy.settle()), ["images/chart.png"], where, "what a header changes")
        thing = bucket.get("images/chart.png")
        checks.equal((thing.cache, thing.disposition, thing.language), ("no-store", "attachment", "fr"), where, "headers")
        checks.as_built(bucket.things(), desk.public, store, where)
        # A story moves: its old address leads to the new one.
        desk.remove("content/articles/story-05.md")
        desk.story("moved", 5, aliases=["/old/story-05/", "/2024/02/06/story-05/"])
        checks.ended(deploy(desk.folder), 0, where)
        checks.as_built(bucket.things(), desk.public, store, where)
        if store.redirects:
            checks.holds((bucket.get("2024/02/06/story-05/index.html") or thing).redirect, where, "the old address does not lead on")
        desk.target(**{**desk.targets["production"], "redirects": False})
        checks.ended(deploy(desk.folder), 0, where)
        checks.as_built(bucket.things(), desk.public, store, where, redirects=False)


def problems(store, work, checks):
    """A site with problems is not deployed; what else the command line asks for is done."""
    with Proxy(store.port) as proxy:
        desk, bucket = begin(store, work, port=proxy.port, stories=2)
        where = f"{store.name} problems"
        desk.write("content/articles/broken.md", "---\ntitle: No date\n---\n\nText.\n")
        run = deploy(desk.folder)
        checks.ended(run, 1, where)
        checks.says(run, "missing-key", where)
        desk.remove("content/articles/broken.md")
        desk.story("doubtful", 3, body="[A link](javascript:alert(1)).")
        checks.ended(deploy(desk.folder, "--deny-warnings"), 1, where)
        checks.equal(proxy.settle(), [], where, "requests")
        run = deploy(desk.folder, "--changes", "-", "-o", os.path.join(work, "elsewhere"))
        checks.ended(run, 0, where)
        checks.holds(not os.path.exists(desk.public), where, "`public` was made")
        checks.as_built(bucket.things(), os.path.join(work, "elsewhere"), store, where)
        checks.same_keys(keys_of(json.loads(run.out)["added"]), site_of(bucket.keys()), where, "what `--changes` names")


def preview(store, work, checks):
    """A target of its own address, and drafts: the folder that readers' site is built in is not touched."""
    desk, bucket = begin(store, work, base_url="https://preview.example/briefing")
    where = f"{store.name} preview"
    desk.story("half-done", 4, title="A story that is half done", draft=True)
    run = deploy(desk.folder, "--drafts")
    checks.ended(run, 0, where)
    things = bucket.things()
    checks.holds(not os.path.exists(desk.public), where, "`public` was made")
    checks.as_built(things, os.path.join(desk.folder, ".dateline", "deploy", "production"), store, where, base="/briefing")
    checks.holds(b'href="https://preview.example/briefing/"' in things["index.html"].body, where, "not the target's address")
    checks.holds("2024/01/05/half-done/index.html" in things, where, "no draft")
    checks.ended(deploy(desk.folder), 0, where)
    things = bucket.things()
    checks.holds(not any(b"half done" in plain(thing.body) or "half-done" in key for key, thing in things.items()), where, "the draft is still there")
    checks.as_built(things, os.path.join(desk.folder, ".dateline", "deploy", "production"), store, where, base="/briefing")


if __name__ == "__main__":
    on_stores([large, everything, one_story, deletions, others, manifests, compression, names, retirement, headers, preview, problems])
