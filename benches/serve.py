"""How long it takes from saving a story until a program's own server gives the new page."""

import http.client
import os
import socket
import subprocess
import time

PATIENCE = 60  # seconds that one answer may take
START = 600  # seconds until the first answer
EDITS = 20
BUDGET = 120  # seconds after which fewer edits must do


class NotServed(Exception):
    """Why there is no figure."""


class Server:
    """A program's server, running for one site. Stops with the block that it is made for."""

    def __init__(self, command, port, log):
        self.port = port
        self.connection = None
        with open(log, "wb") as file:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def get(self, url):
        """The bytes of a page, or none when there is no good answer."""
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.connection.request("GET", url)
            answer = self.connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            self.connection = None
            return b""

    def wait_for(self, url, token, seconds):
        """Polls a page until it holds the token. Returns the time that this took, or nothing."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if token in self.get(url):
                return time.monotonic() - started
            if self.process.poll() is not None:
                raise NotServed(f"the server ended with {self.process.returncode}")
            time.sleep(0.002)
        return None

    def rest(self):
        """Waits until the server has done nothing for half a second, so that no edit meets the work of the one before."""
        ticks, still = self.ticks(), time.monotonic()
        while time.monotonic() - still < 0.5:
            time.sleep(0.05)
            now = self.ticks()
            if now > ticks + 1:
                ticks, still = now, time.monotonic()

    def ticks(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def save(path, text):
    """Saves as most editors do: into the file that is there."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def latencies(server, path, text, url, edit, edits):
    """Saves edited forms of a file; returns how long each took until the page had it. The first does not count."""
    found, started = [], time.monotonic()
    for number in range(edits + 1):
        if len(found) >= 3 and time.monotonic() - started > BUDGET:
            break
        token = f"token{os.getpid()}x{number}x{url.count('/')}"
        server.rest()
        save(path, edit(text, token))
        took = server.wait_for(url, token.encode(), PATIENCE)
        if took is None:
            raise NotServed(f"{url} was not new within {PATIENCE} s")
        if number > 0:
            found.append(took * 1000)
    return found


def in_body(text, token):
    return f"{text}\nAdded: {token}.\n"


def in_title(text, token):
    head, rest = text.split('"\n', 1)
    return f'{head} {token}"\n{rest}'


def measure(program, site, out, log, path, urls, edits):
    """Milliseconds until the article, and until a list with its title, are new. Leaves the file as it was."""
    port = free_port()
    command = program.serve(site, out, port)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    article, topic = urls
    try:
        with Server(command, port, log) as server:
            if server.wait_for(article, b"</html>", START) is None:
                raise NotServed(f"no answer within {START} s")
            return {
                "article": latencies(server, path, text, article, in_body, edits),
                "list": latencies(server, path, text, topic, in_title, edits),
            }
    finally:
        save(path, text)
