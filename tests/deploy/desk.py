"""A small newsroom: a folder of sources that a test makes, edits and deploys."""

import contextlib
import json
import os
import random
import shutil
import struct
import zlib

PLACES = ["Beijing", "Tulsa", "The Hague", "Nairobi", "Lima", "Oslo"]
TOPICS = ["ICC", "Oil", "Belt and Road", "Elections", "Café culture", "C++", "100% renewable", "日本"]
WORDS = "court oil forum vote river bridge port rail grain budget treaty strike storm island minister price".split()
STYLE = "body {{ background: #f{0}f; }}\n.figure {{ background-image: url(/images/chart.png); }}\n"


class Desk:
    """The sources of a site."""

    def __init__(self, folder, stories=30, base_url="https://meridian.example", title="The Meridian Briefing", **settings):
        self.folder = folder
        self.settings = {"title": title, "base_url": base_url, "feeds": {"formats": ["atom", "rss", "json"]}, **settings}
        self.targets = {}
        self.configure()
        self.write("static/images/chart.png", picture(7))
        self.write("static/house.css", STYLE.format("0"))
        for number in range(stories):
            self.story(f"story-{number:02}", number)

    def configure(self, **settings):
        self.settings.update(settings)
        self.write("dateline.yaml", json.dumps({**self.settings, "deploy": self.targets} if self.targets else self.settings, ensure_ascii=False))

    def target(self, to, name="production", **more):
        """Sets where the site is deployed to."""
        self.targets[name] = {"to": to, **more}
        self.configure()

    def write(self, path, content):
        file = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as opened:
            opened.write(content.encode() if isinstance(content, str) else content)
        return path

    def remove(self, path):
        """Removes a file."""
        os.remove(os.path.join(self.folder, path))
        self.forget()

    def forget(self):
        """Removes the list of published addresses, which would not let a story go."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(self.folder, "urls.lock"))

    def story(self, slug, number=0, **more):
        """Writes a story. Its topics, links and words follow from its number."""
        rng = random.Random(number)
        body = more.pop("body", None)
        head = {
            "title": f"{rng.choice(WORDS).capitalize()} and {rng.choice(WORDS)} in {rng.choice(PLACES)}: {slug}",
            "summary": f"What the {rng.choice(WORDS)} means, in {rng.randrange(2, 90)} words.",
            "date": f"2024-0{1 + number % 2}-{1 + number % 28:02}T0{number % 10}:30:00Z",
            "dateline": f"{rng.choice(PLACES)}, Jan 3 (Meridian)",
            "topics": [TOPICS[number % len(TOPICS)], TOPICS[(number * 3 + 1) % len(TOPICS)]],
            "authors": ["World desk"],
        }
        if number % 5 == 0:
            head["aliases"] = [f"/old/{slug}/"]
        if number % 7 == 0:
            head["image"] = {"src": "/images/chart.png", "alt": "A chart of prices."}
        head.update(more)
        lines = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value is not None)
        text = body or "\n\n".join(" ".join(rng.choice(WORDS) for _ in range(40)).capitalize() + "." for _ in range(4))
        return self.write(f"content/articles/{slug}.md", f"---\n{lines}\n---\n\n{text}\n")

    def copy(self, folder):
        """The same desk in another folder, with what was built."""
        shutil.copytree(self.folder, folder, symlinks=True)
        other = object.__new__(Desk)
        other.folder, other.settings = folder, dict(self.settings)
        other.targets = {name: dict(target) for name, target in self.targets.items()}
        return other

    @property
    def public(self):
        return os.path.join(self.folder, "public")


def picture(shade, size=8):
    """A small grey PNG."""
    rows = b"".join(b"\0" + bytes([shade] * size) for _ in range(size))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
