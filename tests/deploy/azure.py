"""azure.py: deployments to Azurite, Microsoft's own emulator of Azure's object store, by the same protocol as to S3."""

import base64
import contextlib
import email.utils
import hashlib
import hmac
import http.client
import os
import re
import time
import urllib.parse

import program
from bucket import OWN, TOOLS, Bucket, Thing
from checks import on_stores
from desk import Desk
from program import Run, deploy
from proxy import Call, Proxy, at
from webserver import Server

ACCOUNT = "devstoreaccount1"
# The emulator's key is public, and the same everywhere.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
WRONG = base64.b64encode(b"a wrong key of the tests that nobody may print").decode()
program.SECRETS.update([KEY, WRONG])
CREDENTIALS = {"AZURE_STORAGE_ACCOUNT_NAME": ACCOUNT, "AZURE_STORAGE_ACCOUNT_KEY": KEY}


class Azurite:
    """The running emulator."""

    name, redirects = "Azurite", False

    def __init__(self, port):
        self.port, self.names = port, 0

    def ask(self, method, path, query="", body=b"", **headers):
        """A request with a shared key."""
        headers = {"x-ms-date": email.utils.formatdate(usegmt=True), "x-ms-version": "2021-08-06", **headers}
        own = "".join(f"{name}:{value}\n" for name, value in sorted(headers.items()) if name.startswith("x-ms-"))
        path = f"/{ACCOUNT}/{urllib.parse.quote(path)}"
        asked = "".join(f"\n{name}:{value}" for name, value in sorted(urllib.parse.parse_qsl(query)))
        standard = [str(len(body)) if body else "", "", headers.get("Content-Type", ""), "", "", "", "", "", ""]
        text = "\n".join([method, "", "", *standard]) + f"\n{own}/{ACCOUNT}{path}{asked}"
        signed = base64.b64encode(hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path + (f"?{query}" if query else ""), body or None, {**headers, "Authorization": f"SharedKey {ACCOUNT}:{signed}", "Content-Length": str(len(body))})
        answer = connection.getresponse()
        answer.data = answer.read()
        connection.close()
        return answer

    def bucket(self):
        self.names += 1
        container = object.__new__(Container)
        container.store, container.name = self, f"briefing-{self.names}"
        made = self.ask("PUT", container.name, "restype=container")
        if made.status != 201:
            raise AssertionError(f"no container: {made.status} {made.data}")
        return container


class Container(Bucket):
    """A container, looked at past all proxies."""

    def keys(self):
        answer = self.store.ask("GET", self.name, "comp=list&restype=container")
        text = answer.data.decode()
        return {key: int(size) for key, size in re.findall(r"<Name>(.*?)</Name>.*?<Content-Length>(\d+)</Content-Length>", text)}

    def get(self, key):
        answer = self.store.ask("GET", f"{self.name}/{key}")
        if answer.status == 404:
            return None
        thing = object.__new__(Thing)
        thing.body, thing.etag, thing.redirect = answer.data, answer.getheader("ETag"), None
        for field, name in (("type", "Content-Type"), ("cache", "Cache-Control"), ("encoding", "Content-Encoding"), ("disposition", "Content-Disposition"), ("language", "Content-Language")):
            setattr(thing, field, answer.getheader(name) or None)
        metadata = answer.getheader("x-ms-meta-dateline")
        thing.metadata = {"dateline": metadata} if metadata else None
        return thing

    def put(self, key, body, **_):
        self.store.ask("PUT", f"{self.name}/{key}", body=body, **{"x-ms-blob-type": "BlockBlob", "Content-Type": "text/plain"})

    def delete(self, *keys):
        for key in keys:
            self.store.ask("DELETE", f"{self.name}/{key}")


@contextlib.contextmanager
def azurite():
    program_file = os.path.join(TOOLS, "azurite", "node_modules", ".bin", "azurite-blob")
    command = lambda work, port: [
        program_file, "--silent", "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
        "--blobHost", "127.0.0.1", "--blobPort", str(port),
    ]
    with Server(command) as running:
        if not running:
            raise SystemExit("Azurite does not start: run tests/deploy/install.sh")
        yield Azurite(running.port)


def container(store, work, checks):
    """First and next deployments, changes, a lost manifest, a dead claim, wrong keys."""
    with Proxy(store.port) as proxy:
        desk, bucket, where = Desk(os.path.join(work, "desk"), 8), store.bucket(), "Azurite"
        desk.target(f"az://{bucket.name}/web", endpoint=f"{proxy.endpoint}/{ACCOUNT}", compress=True)
        again = lambda *words, **more: deploy(desk.folder, *words, **{"credentials": False, "environment": CREDENTIALS, **more})
        bucket.put("ads.txt", b"not ours")
        checks.ended(again(), 0, where)
        checks.as_built(bucket.things("web/"), desk.public, store, where, compress=True)
        checks.free(bucket.keys(), where)
        proxy.start()
        quiet = again()
        checks.ended(quiet, 0, where)
        checks.says(quiet, "nothing changed", where)
        checks.equal([request.method for request in proxy.settle()], ["GET", "GET"], where, f"requests of a deployment that has nothing to do: {proxy.log}")
        # Added, changed and removed.
        desk.story("fresh", 13, topics=["ICC", "Zanzibar"])
        desk.remove("content/articles/story-03.md")
        checks.ended(again(), 0, where)
        checks.as_built(bucket.things("web/"), desk.public, store, f"{where}: changes", compress=True)
        checks.holds(bucket.get("ads.txt"), where, "the foreign object is gone")
        # A manifest that is lost.
        bucket.delete(f"web/{OWN}manifest")
        proxy.start()
        lost = again()
        checks.ended(lost, 0, where)
        checks.says(lost, "manifest-lost", where)
        checks.equal([request.key for request in proxy.settle() if request.method == "PUT" and OWN not in request.key], [], where, "what went up again")
        # Killed in the middle, and taken over.
        for number in (4, 8, 12, 16):
            desk.story("fresh", 13, topics=["ICC", "Zanzibar"], body=f"Killed at request {number}.", summary=f"Before request {number}.")
            runs = []
            proxy.start(at(number, Call(lambda: (time.sleep(0.1), runs[0].kill()), done=number % 8 == 0)))
            runs.append(Run(desk.folder, "deploy", credentials=False, environment=CREDENTIALS))
            checks.equal(runs[0].end().code, -9, where, f"killed at request {number}")
            proxy.settle()
            checks.ended(again("--patience", "1"), 0, f"{where}: after a kill at request {number}")
            things = bucket.things("web/")
            checks.as_built(things, desk.public, store, f"{where}: after a kill at request {number}", compress=True)
            checks.free(things, where)
        # Not everybody may.
        for words, environment in (("authenticate", {**CREDENTIALS, "AZURE_STORAGE_ACCOUNT_KEY": WRONG}), ("container", CREDENTIALS)):
            if words == "container":
                desk.target("az://there-is-none", endpoint=f"{proxy.endpoint}/{ACCOUNT}")
            run = again(environment=environment)
            checks.ended(run, 3, f"{where}: wrong {words}")
            checks.says(run, ["error[store]", "help: ", words], f"{where}: wrong {words}")
        run = again(environment={})
        checks.holds(run.code in (2, 3), where, f"no credentials: {run}")
        checks.says(run, ["error[", "help: "], f"{where}: no credentials")


if __name__ == "__main__":
    on_stores([container], stores=[azurite])
