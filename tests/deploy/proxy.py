"""A faulty network: it stands before a server, passes requests on as they are, writes them down, and does harm on demand."""

import http.client
import http.server
import os
import threading
import time
import urllib.parse

CHUNK = 1 << 16
# What broken.sh lets the network do wrong, so that the tests are seen to fail: moto checks no signatures, and takes it.
BROKEN = os.environ.get("BROKEN", "")
CONDITIONS = ("if-match", "if-none-match")
DROPPED = {"headers": ("cache-control",), "conditions": CONDITIONS}.get(BROKEN, ())
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Answer:
    """The request is answered with a status, and never reaches the server."""

    def __init__(self, status, code="", message="said so by the test"):
        self.status = status
        self.body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode() if code else b""


class Hang:
    """The server gets the request after a while; with `unconditional` as one that looked at its conditions when it was sent."""

    def __init__(self, seconds, unconditional=False):
        self.seconds, self.unconditional = seconds, unconditional


class Cut:
    """The connection ends in the middle of the request, which the server never gets."""


class Lose:
    """The server does what it is asked, but the connection ends before the answer."""


class Half:
    """The connection ends in the middle of the answer."""


class Call:
    """`act` is called; the server gets the request before that, or never. No answer comes back."""

    def __init__(self, act, done):
        self.act, self.done = act, done


class Request:
    """A request as it was seen. Numbers begin with 1."""

    def __init__(self, number, method, target, headers):
        self.number, self.method, self.headers = number, method, headers
        path, _, query = target.partition("?")
        self.query = urllib.parse.parse_qs(query, keep_blank_values=True)
        self.bucket, _, self.key = urllib.parse.unquote(path).lstrip("/").partition("/")
        self.condition = headers.get("If-None-Match") or headers.get("If-Match")
        self.sent = int(headers.get("Content-Length") or 0)
        self.received, self.status, self.at = 0, None, time.monotonic()

    @property
    def kind(self):
        """What the request is for, in the words of a deployment."""
        own = {"manifest": "manifest", "claim": "claim"}.get(self.key.rsplit(".dateline/", 1)[-1])
        if own:
            return f"{self.method} {own}"
        if self.method == "GET" and "list-type" in self.query:
            return "LIST"
        if self.method == "POST" and "delete" in self.query:
            return "DELETE objects"
        return f"{self.method} object" if self.key else f"{self.method} bucket"

    def __repr__(self):
        return f"{self.number} {self.method} {self.key} {'?' if self.query else ''}{self.condition or ''} {self.status}"


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection of a client, and one to the server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120

    def setup(self):
        super().setup()
        self.upstream = None

    def finish(self):
        if self.upstream:
            self.upstream.close()
        try:
            super().finish()
        except OSError:
            pass

    def pass_on(self, request, cut=False, dropped=DROPPED):
        """Sends the request to the server without the `dropped` headers; with `cut` only half of the client's body is read, and
        nothing sent."""
        left = request.sent
        if cut:
            self.rfile.read(left // 2)
            return None
        if not self.upstream:
            self.upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=90)
        self.upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in ("connection", "keep-alive", *dropped):
                self.upstream.putheader(name, value)
        self.upstream.endheaders()
        while left:
            chunk = self.rfile.read(min(CHUNK, left))
            if not chunk:
                # The client is gone: so is the request.
                self.upstream.close()
                self.upstream = None
                return None
            self.upstream.send(chunk)
            left -= len(chunk)
        answer = self.upstream.getresponse()
        answer.body = answer.read()
        # Some servers end the connection after a refusal without saying so.
        if answer.will_close or answer.status >= 400:
            self.upstream.close()
            self.upstream = None
        return answer

    def reply(self, status, headers, body, length, half=False):
        head = [f"HTTP/1.1 {status} {http.client.responses.get(status, '')}"]
        head += [f"{name}: {value}" for name, value in headers if name.lower() not in HOP]
        head += [f"Content-Length: {length}", "", ""]
        whole = "\r\n".join(head).encode("latin-1") + body
        self.wfile.write(whole[: len(whole) - max(1, len(body) // 2)] if half else whole)

    def forward(self):
        proxy = self.server
        with proxy.changed:
            proxy.active += 1
            request = Request(len(proxy.log) + 1, self.command, self.path, self.headers)
            proxy.log.append(request)
        try:
            self.handle_one(request, proxy.fault(request) if proxy.fault else None)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            if self.upstream:
                self.upstream.close()
                self.upstream = None
        finally:
            with proxy.changed:
                proxy.active -= 1
                proxy.changed.notify_all()

    def handle_one(self, request, fault):
        if isinstance(fault, Hang):
            time.sleep(fault.seconds)
        elif isinstance(fault, Answer):
            self.rfile.read(request.sent)
            request.status = fault.status
            body = b"" if self.command == "HEAD" else fault.body
            return self.reply(fault.status, [("Content-Type", "application/xml")], body, len(body))
        elif isinstance(fault, Cut) or isinstance(fault, Call) and not fault.done:
            self.pass_on(request, cut=True)
            self.close_connection = True
            return fault.act() if isinstance(fault, Call) else None
        # The claim is given back by a request that is shorter.
        if BROKEN == "deletions" and request.kind == "DELETE objects" and request.sent > 150 or BROKEN == "puts" and request.kind == "PUT object" and request.number % 7 == 0:
            self.rfile.read(request.sent)
            return self.reply(200, [("ETag", '"0"')], b"<DeleteResult/>", 15)
        unconditional = isinstance(fault, Hang) and fault.unconditional
        answer = self.pass_on(request, dropped=CONDITIONS if unconditional else DROPPED)
        if BROKEN == "thief" and request.kind == "PUT claim" and answer:
            thief = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=20)
            thief.request("DELETE", f"/{request.bucket}/2024/01/01/story-00/index.html", headers={"Authorization": self.headers["Authorization"]})
            thief.getresponse().read()
            thief.close()
        if not answer or isinstance(fault, Lose):
            self.close_connection = True
            return None
        request.status, request.received = answer.status, len(answer.body)
        if isinstance(fault, Call):
            self.close_connection = True
            return fault.act()
        length = answer.getheader("Content-Length", "0") if self.command == "HEAD" else len(answer.body)
        self.reply(answer.status, answer.getheaders(), answer.body, length, half=isinstance(fault, Half))
        if isinstance(fault, Half):
            self.close_connection = True
        return None

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = forward

    def log_message(self, *_):
        pass


class Proxy(http.server.ThreadingHTTPServer):
    """The network before the server at a port. `fault` is asked at each request what shall become of it."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, upstream):
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream, self.fault, self.log, self.active = upstream, None, [], 0
        self.changed = threading.Condition()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, fault=None):
        """Forgets what was seen, and does harm as `fault` says from now on."""
        self.settle()
        self.log, self.fault = [], fault

    def settle(self, seconds=20):
        """Waits until nothing is under way, and lets everything pass."""
        self.fault = None
        with self.changed:
            self.changed.wait_for(lambda: self.active == 0, seconds)
        return self.log

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.settle(2)
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass


def at(number, fault):
    """Does harm at one request."""
    return lambda request: fault if request.number == number else None


def each(number, fault):
    """Does harm at every so-manieth request."""
    return lambda request: fault if request.number % number == 0 else None
