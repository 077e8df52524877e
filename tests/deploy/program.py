"""The program under test: runs of it in an environment of their own, and all that they said."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "validate"))

PROGRAM = os.path.abspath(os.environ["DATELINE"])
NOW = "2024-03-08T12:00:00Z"
KEY, SECRET = "AKIADATELINETESTS", "s3cr3t/of+the/tests/that+nobody/may+print"
TOKEN = "t0ken/of/the/tests/that/nobody/may/print=="

# What no run may print. Tests add what they hand out themselves.
SECRETS = {SECRET, TOKEN}
_said, _guard = [], threading.Lock()
_homes = tempfile.mkdtemp()
atexit.register(shutil.rmtree, _homes, ignore_errors=True)


class Run:
    """A run of the program, under way or at its end."""

    def __init__(self, root, *words, environment=None, credentials=True, now=NOW):
        home = os.path.join(_homes, "empty")
        os.makedirs(home, exist_ok=True)
        given = {"PATH": os.environ["PATH"], "HOME": home, "NO_COLOR": "1", "RUST_BACKTRACE": "0"}
        if credentials:
            given.update(AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET, AWS_REGION="us-east-1")
        given.update(environment or {})
        self.words = [PROGRAM, "--root", root, *words, *(["--now", now] if now else [])]
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=given)
        self.code = None

    def end(self, seconds=120):
        """Waits for the end."""
        try:
            out, err = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
            err += f"\n(killed by the test after {seconds} s)".encode()
        self.seconds = time.monotonic() - self.started
        self.code = self.process.returncode
        self.out, self.err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
        with _guard:
            _said.append((" ".join(self.words), self.out + self.err))
        return self

    def kill(self, signal=9):
        if self.process.poll() is None:
            self.process.send_signal(signal)

    def __str__(self):
        return f"`{' '.join(self.words[3:])}` ended with {self.code} after {self.seconds:.1f} s\n{self.out[:400]}{self.err[:1200]}"


def dateline(root, *words, **more):
    """Runs the program to its end."""
    return Run(root, *words, **more).end()


def deploy(root, *words, **more):
    """Deploys. The address of the store is in the configuration."""
    return dateline(root, "deploy", *words, **more)


def leaks():
    """Lines that a run printed and that hold a secret."""
    with _guard:
        return [f"{words}: {line}" for words, text in _said for line in text.splitlines() if any(secret in line for secret in SECRETS)]


def runs():
    """How many runs there were."""
    return len(_said)


def home(name, files):
    """A home for a run, with these files in it."""
    folder = os.path.join(_homes, name)
    for path, text in files.items():
        file = os.path.join(folder, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as opened:
            opened.write(text)
    return folder
