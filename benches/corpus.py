#!/usr/bin/env python3
"""corpus.py SIZE DIR [PROGRAM…]: writes SIZE invented articles for each program into DIR/PROGRAM/.

The articles are the same for every program, and the same on every run; only the form of the front matter and of links
between stories differs. DIR/corpus.json says which pages a site of them must have.
"""

import bisect
import datetime
import itertools
import json
import os
import random
import re
import sys

import words

PROGRAMS = ["dateline", "hugo", "zola", "eleventy"]
SEED = "dateline"
NEWEST = datetime.datetime(2025, 6, 30, 21, 0)
A_DAY = 20  # articles
PAGE_SIZE = 20


def slugify(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Topics:
    """Names with a long tail: a handful are heavy, most have few stories."""

    def __init__(self, size):
        names = [f"{field} {matter}" for field in words.FIELDS for matter in words.MATTERS]
        random.Random(f"{SEED} topics").shuffle(names)
        self.names = names[: min(len(names), round(200 * (size / 10_000) ** 0.3))]
        self.sums = list(itertools.accumulate(1 / (rank + 6) for rank in range(len(self.names))))

    def draw(self, rng):
        return self.names[bisect.bisect(self.sums, rng.random() * self.sums[-1])]


class Article:
    """What is known of an article before its text is written. Number 0 is the newest."""

    def __init__(self, number, topics, taken):
        rng = random.Random(f"{SEED} head {number}")
        day, place_in_day = divmod(number, A_DAY)
        self.number = number
        self.date = NEWEST - datetime.timedelta(days=day, minutes=place_in_day * 40 + rng.randrange(40))
        self.place = rng.choice(words.PLACES)
        body = rng.choice(words.BODIES)
        self.title = rng.choice(words.HEADLINES).format(
            B=body.capitalize(), b=body, p=self.place, t=rng.choice(words.THINGS), w=rng.choice(words.WRITES), n=rng.randrange(2, 900)
        )
        self.title = self.title[0].upper() + self.title[1:]
        base = slugify(self.title)
        taken[base] = taken.get(base, 0) + 1
        self.slug = base if taken[base] == 1 else f"{base}-{taken[base]}"
        self.section = rng.choice(words.SECTIONS)
        self.topics = list(dict.fromkeys(topics.draw(rng) for _ in range(rng.randint(1, 4))))
        self.authors = rng.sample(words.DESKS, rng.choice((1, 1, 1, 2)))
        self.summary = sentence(rng, plain=True)

    @property
    def folder(self):
        return f"{self.date:%Y/%m}"

    @property
    def url(self):
        return f"/{self.date:%Y/%m/%d}/{self.slug}/"

    @property
    def dateline(self):
        return f"{self.place.upper()}, {self.date:%b} {self.date.day} (Meridian)"


def sentence(rng, plain=False):
    pattern = rng.choice(words.SENTENCES)
    text = pattern.format(
        b=rng.choice(words.BODIES), p=rng.choice(words.PLACES), t=rng.choice(words.THINGS), d=rng.choice(words.DAYS),
        v=rng.choice(words.DONE), n=rng.randrange(11, 990), m=rng.randrange(2, 10),
    )
    return text.replace("*", "").replace("\"", "").replace(" --", "") if plain else text


def paragraph(rng):
    return " ".join(sentence(rng) for _ in range(rng.randint(2, 4)))


def text_of(article, articles, link):
    """The body: about 3 KB. `link` writes a link to another story."""
    rng = random.Random(f"{SEED} body {article.number}")
    blocks = [paragraph(rng) for _ in range(rng.choice((6, 7, 8, 8, 9, 10, 12)))]
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        other = rng.choice(articles)
        if other is not article:
            blocks[rng.randrange(len(blocks))] += f" Earlier: {link(article, other)}."
    if rng.random() < 0.4:
        blocks[rng.randrange(len(blocks))] += f" The [full figures](https://www.example.org/{article.slug}) are public."

    def put(block):
        blocks.insert(rng.randrange(1, len(blocks)), block)

    if rng.random() < 0.35:
        put("\n".join(f"- {sentence(rng)}" for _ in range(rng.randint(3, 5))))
    if rng.random() < 0.25:
        put(f"> {sentence(rng)}\n>\n> {sentence(rng)}")
    if rng.random() < 0.06:
        rows = [f"| {place} | {rng.randrange(900)} | {rng.randrange(900)} |" for place in rng.sample(words.PLACES, 5)]
        put("\n".join(["| Place | This year | Last year |", "|:---|---:|---:|", *rows]))
    if rng.random() < 0.5:
        for heading in rng.sample(words.CROSSHEADS, 2):
            put(f"## {heading}")
    return "\n\n".join(blocks) + "\n"


def quoted(value):
    """A text or a list of texts as YAML; JSON's form is YAML too."""
    return json.dumps(value, ensure_ascii=False)


def head_of(article, program):
    """The front matter as the program wants it. Elsewhere than in Dateline a section is one more topic."""
    date = f"{article.date:%Y-%m-%dT%H:%M:%SZ}"
    topics = quoted([article.section, *article.topics])
    lines = [f"title: {quoted(article.title)}", f"date: {date}"]
    if program == "dateline":
        lines += [
            f"summary: {quoted(article.summary)}", f"dateline: {quoted(article.dateline)}", f"authors: {quoted(article.authors)}",
            f"section: {article.section}", f"topics: {quoted(article.topics)}",
        ]
    elif program == "hugo":
        lines += [
            f"description: {quoted(article.summary)}", f"url: {article.url}", f"topics: {topics}", "params:",
            f"  dateline: {quoted(article.dateline)}", f"  authors: {quoted(article.authors)}",
        ]
    elif program == "zola":
        lines += [
            f"description: {quoted(article.summary)}", f"path: {article.url.strip('/')}", "taxonomies:", f"  topics: {topics}", "extra:",
            f"  dateline: {quoted(article.dateline)}", f"  authors: {quoted(article.authors)}",
        ]
    elif program == "eleventy":
        lines += [
            f"summary: {quoted(article.summary)}", f"permalink: {article.url}", f"topics: {topics}",
            f"dateline: {quoted(article.dateline)}", f"authors: {quoted(article.authors)}",
        ]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def link_for(program):
    """How a link from one story to another is written."""

    def link(here, there):
        path = f"{there.folder}/{there.slug}.md"
        target = {
            "dateline": os.path.relpath(path, here.folder),
            "hugo": f'{{{{< relref "/{path}" >}}}}',
            "zola": f"@/{path}",
            "eleventy": there.url,
        }[program]
        return f"[{there.title}]({target})"

    return link


def articles_folder(program):
    """Where a program's articles lie, below its site."""
    return "content/articles" if program == "dateline" else "content"


def path_of(article, program):
    return f"{articles_folder(program)}/{article.folder}/{article.slug}.md"


def source_of(article, articles, program):
    return head_of(article, program) + text_of(article, articles, link_for(program))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def around(site, program, articles):
    """The files beside the articles: sections of Dateline, and what makes month archives elsewhere."""
    months = sorted({article.folder for article in articles})
    if program == "dateline":
        for section in words.SECTIONS:
            write(f"{site}/content/topics/{slugify(section)}.md", f"---\ntitle: {section}\nkind: section\n---\n")
    if program == "hugo":
        for month in months:
            write(f"{site}/content/{month}/_index.md", f'---\ntitle: "{month}"\nurl: /{month}/\n---\n')
        for year in sorted({month[:4] for month in months}):
            write(f"{site}/content/{year}/_index.md", f'---\ntitle: "{year}"\nbuild: {{render: never, list: never}}\n---\n')
    if program == "zola":
        write(f"{site}/content/_index.md", "---\ntitle: Latest\nsort_by: date\n---\n")
        for year in sorted({month[:4] for month in months}):
            write(f"{site}/content/{year}/_index.md", f'---\ntitle: "{year}"\nrender: false\nsort_by: date\ntransparent: true\n---\n')
        for month in months:
            write(
                f"{site}/content/{month}/_index.md",
                f'---\ntitle: "{month}"\nsort_by: date\ntransparent: true\ntemplate: month.html\n---\n',
            )
    if program == "eleventy":
        for year in sorted({month[:4] for month in months}):
            write(f"{site}/content/{year}/{year}.json", '{"layout": "article.njk", "tags": ["article"]}\n')


def make(size):
    """The heads of `size` articles, newest first."""
    topics, taken = Topics(size), {}
    return [Article(number, topics, taken) for number in range(size)]


def extra(size, count):
    """Articles that are newer than all of the corpus, for the moments at which one is published."""
    topics, found = Topics(size), []
    for number in range(count):
        article = Article(size + number, topics, {})
        article.date = NEWEST + datetime.timedelta(hours=1 + number)
        article.slug = f"published-{number}-{article.slug}"
        found.append(article)
    return found


def must_have(articles):
    """The pages that a site of these articles has, whatever makes it."""
    topics = {}
    for article in articles:
        for name in [article.section, *article.topics]:
            topics[slugify(name)] = topics.get(slugify(name), 0) + 1
    return {
        "articles": [article.url for article in articles],
        "topics": topics,
        "months": sorted({article.folder for article in articles}),
    }


def main():
    size, folder = int(sys.argv[1]), sys.argv[2]
    articles = make(size)
    for program in sys.argv[3:] or PROGRAMS:
        site = f"{folder}/{program}"
        around(site, program, articles)
        for article in articles:
            write(f"{site}/{path_of(article, program)}", source_of(article, articles, program))
    with open(f"{folder}/corpus.json", "w", encoding="utf-8") as file:
        json.dump(must_have(articles), file)


if __name__ == "__main__":
    main()
