#!/usr/bin/env python3
"""Reads every .eml below a folder as a mail program would, and fails on whatever one would stumble over.

    tests/validate/messages.py public/.dateline/private
    tests/validate/messages.py --self-test

Needs nothing but Python. Exit code 0: all are sound; 1: something is wrong; 2: there is nothing to read.
"""

import sys
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path


REQUIRED = ["From", "Date", "Message-ID", "MIME-Version", "Subject", "List-Unsubscribe", "X-Unsent"]
SCHEMES = ("https://", "http://", "mailto:", "tel:")
LARGEST = 102_400


class Addresses(HTMLParser):
    """Collects what is wrong with the HTML part."""

    def __init__(self, placeholder):
        super().__init__()
        self.placeholder = placeholder
        self.problems = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in {"script", "link", "svg", "form", "iframe", "object", "video"}:
            self.problems.append(f"<{tag}> in the HTML part")
        if tag == "img" and not {"alt", "width", "height"} <= attributes.keys():
            self.problems.append(f"a picture without alt, width or height: {attributes.get('src')}")
        for name in ("href", "src"):
            address = attributes.get(name)
            if address is not None and address != self.placeholder and not address.startswith(SCHEMES):
                self.problems.append(f"an address that leads nowhere in a mail program: {address!r}")


def check(raw):
    """All that is wrong with a message."""
    problems = []
    lines = raw.split(b"\r\n")
    if any(b"\n" in line or b"\r" in line for line in lines):
        problems.append("a line that does not end with CRLF")
    longest = max(map(len, lines))
    if longest > 998:
        problems.append(f"a line of {longest} octets")
    message = message_from_bytes(raw, policy=policy.default)
    for part in message.walk():
        problems += [f"a defect: {defect!r}" for defect in part.defects]
        for name, value in part.items():
            problems += [f"a defect of {name}: {defect!r}" for defect in value.defects]
    problems += [f"no {name}" for name in REQUIRED if message[name] is None]
    if message["Date"] is not None:
        try:
            parsedate_to_datetime(message["Date"])
        except ValueError as error:
            problems.append(f"the date cannot be read: {error}")
    unsubscribe = str(message["List-Unsubscribe"] or "")
    if not (unsubscribe.startswith("<") and unsubscribe.endswith(">")):
        problems.append(f"List-Unsubscribe holds no address: {unsubscribe!r}")
    one_click = message["List-Unsubscribe-Post"]
    if one_click is not None and not unsubscribe.startswith("<https://"):
        problems.append("List-Unsubscribe-Post without an https address")
    if message.get_content_type() != "multipart/alternative":
        return problems + [f"it is {message.get_content_type()}"]
    parts = list(message.iter_parts())
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        return problems + [f"its parts are {[part.get_content_type() for part in parts]}"]
    for part in parts:
        if part["Content-Transfer-Encoding"] != "quoted-printable" or part.get_content_charset() != "utf-8":
            problems.append(f"{part.get_content_type()} is not quoted-printable UTF-8")
    text, html = (part.get_content() for part in parts)
    for line in text.splitlines():
        if line != line.rstrip():
            problems.append(f"spaces at the end of a line of text: {line!r}")
        if len(line) > 78 and "://" not in line:
            problems.append(f"a line of text with {len(line)} characters: {line!r}")
    size = len(html.encode())
    if size > LARGEST:
        problems.append(f"{size} bytes of HTML, which Gmail cuts off")
    parser = Addresses(unsubscribe.strip("<>"))
    parser.feed(html)
    return problems + parser.problems


SOUND = (
    "From: The Desk <desk@a.example>\r\nDate: Tue, 17 Oct 2023 12:30:00 +0800\r\nMessage-ID: <1@a.example>\r\n"
    "Subject: =?utf-8?Q?=C3=BCber?=\r\nList-Unsubscribe: <{{unsubscribe_url}}>\r\nX-Unsent: 1\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="=_b"\r\n\r\n'
    '--=_b\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nText\r\n'
    '--=_b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    '<p><a href=3D"https://a.example/">A</a> <a href=3D"{{unsubscribe_url}}">U</a></p>\r\n--=_b--\r\n'
)

BROKEN = {
    "a bare LF": ("Text\r\n", "Text\n"),
    "a long line": ("Text", "x" * 999),
    "a lost header": ("Message-ID: <1@a.example>\r\n", ""),
    "no subject": ("Subject:", "X-Subject:"),
    "parts in the wrong order": ("text/plain", "text/html"),
    "no end": ("--=_b--", ""),
    "a relative link": ("https://a.example/", "/briefings/"),
    "a token that nobody filled in": ('href=3D"{{unsubscribe_url}}"', 'href=3D"{{other}}"'),
    "one click without https": ("X-Unsent: 1", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nX-Unsent: 1"),
    "a script": ("<p>", "<script></script><p>"),
    "a picture without a size": ("<p>", '<p><img src=3D"https://a.example/a.png" alt=3D"A">'),
    "a date that is none": ("Tue, 17 Oct 2023 12:30:00 +0800", "soon"),
}


def self_test():
    """Whether a sound message passes and each broken one does not."""
    wrong = [f"the sound message: {problem}" for problem in check(SOUND.encode())]
    for name, (before, after) in BROKEN.items():
        assert before in SOUND, name
        if not check(SOUND.replace(before, after, 1).encode()):
            wrong.append(f"it lets {name} pass")
    print("\n".join(wrong) or f"a sound message passes, {len(BROKEN)} broken ones do not")
    return 1 if wrong else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    files = sorted(Path(arguments[0]).rglob("*.eml"))
    if not files:
        print(f"no .eml below {arguments[0]}", file=sys.stderr)
        return 2
    found = [f"{file}: {problem}" for file in files for problem in check(file.read_bytes())]
    print("\n".join(found) or f"{len(files)} messages are sound")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
