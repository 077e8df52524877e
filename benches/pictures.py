"""pictures.py [--count N] [--rounds N] DATELINE HUGO: photographs of 12 megapixels, scaled by Dateline and by Hugo to the same widths in WebP.

Both make one page with N photographs from the same files, with the widths and the quality that Dateline has by itself, from nothing and again
with what they have kept. Dateline makes a JPEG of each besides, for old browsers and feeds. CPU is user and system time of all threads; in each round
both run one after the other. Prints a table in Markdown. Needs Pillow, which draws the photographs.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTHS, QUALITY = [400, 800, 1200, 1600, 2000], 75
SIZE = (4000, 3000)
DRAWN = 4  # pictures that are drawn; the others have the pixels of one of them, and bytes of their own


def photograph(seed):
    """A picture with details of all sizes, as photographs have them: noise of each octave, half as strong as that of the one before."""
    random.seed(seed)
    channels = []
    shape = None
    for channel in range(3):
        whole = Image.new("L", SIZE, 90 + 20 * channel + random.randrange(40))
        for octave in range(8, 0, -1):
            small = Image.effect_noise((SIZE[0] >> octave or 1, SIZE[1] >> octave or 1), 120).resize(SIZE, Image.BICUBIC)
            whole = Image.blend(whole, small, 0.06 * octave)
        # Colours follow one light, with a little of their own.
        shape = shape or whole
        channels.append(Image.blend(shape, whole, 0.25))
    return Image.merge("RGB", channels)


def photographs(folder, count):
    os.makedirs(folder)
    for seed in range(min(count, DRAWN)):
        photograph(seed).save(f"{folder}/{seed}.jpg", quality=90)
    drawn = [open(f"{folder}/{seed}.jpg", "rb").read() for seed in range(min(count, DRAWN))]
    for number in range(count):
        jpeg, words = drawn[number % len(drawn)], f"No. {number}".encode()
        # A comment after the first marker makes it another file.
        comment = b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words
        with open(f"{folder}/{number}.jpg", "wb") as file:
            file.write(jpeg[:2] + comment + jpeg[2:])


def sites(folder, count):
    pictures = f"{folder}/pictures"
    photographs(pictures, count)
    story = "\n\n".join(f"![Picture {number}]({number}.jpg)" for number in range(count))
    dateline, hugo = f"{folder}/dateline", f"{folder}/hugo"
    for below, name, text in [
        (dateline, "dateline.yaml", "title: T\nbase_url: https://bench.example\n"),
        (dateline, "content/articles/a/index.md", f"---\ntitle: A\ndate: 2025-07-01\n---\n{story}\n"),
        (hugo, "hugo.toml", "baseURL = 'https://bench.example/'\ndisableKinds = ['taxonomy', 'term', 'rss', 'sitemap', '404', 'home', 'section']\n"),
        (hugo, "content/a/index.md", f"---\ntitle: A\ndate: 2025-07-01\n---\n{story}\n"),
        (hugo, "layouts/_default/single.html", "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"),
        (hugo, "layouts/_default/_markup/render-image.html",
         '{{ $p := .Page.Resources.GetMatch .Destination }}<img src="{{ $p.RelPermalink }}" srcset="{{ range $i, $w := slice '
         + " ".join(map(str, WIDTHS)) + f' }}}}{{{{ with $p.Resize (printf "%dx webp q{QUALITY} Lanczos" $w) }}}}{{{{ if $i }}}}, {{{{ end }}}}{{{{ .RelPermalink }}}} {{{{ $w }}}}w{{{{ end }}}}{{{{ end }}}}">'),
    ]:
        os.makedirs(os.path.dirname(f"{below}/{name}"), exist_ok=True)
        with open(f"{below}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    for site in (f"{dateline}/content/articles/a", f"{hugo}/content/a"):
        for number in range(count):
            os.link(f"{pictures}/{number}.jpg", f"{site}/{number}.jpg")
    return dateline, hugo


def made(out):
    """The WebP files of an output, by their widths, and their bytes."""
    found = {}
    for folder, _, names in os.walk(out):
        for name in names:
            if name.endswith(".webp"):
                path = f"{folder}/{name}"
                with Image.open(path) as picture:
                    count, size = found.get(picture.width, (0, 0))
                found[picture.width] = (count + 1, size + os.path.getsize(path))
    return found


def run(command):
    done = subprocess.run([sys.executable, f"{HERE}/once.py", *command], capture_output=True, text=True, check=False)
    result = json.loads(done.stdout.splitlines()[-1])
    if result["code"] != 0:
        sys.exit(f"{command[0]} failed:\n{done.stderr}")
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("dateline")
    parser.add_argument("hugo")
    order = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="dateline-bench-pictures-")
    try:
        dateline, hugo = sites(folder, order.count)
        commands = {
            "Dateline": [order.dateline, "--root", dateline, "build", "-q", "-o", f"{folder}/out-dateline"],
            "Hugo": [order.hugo, "--source", hugo, "--quiet", "--destination", f"{folder}/out-hugo"],
        }
        results = {}
        for _ in range(order.rounds):
            for kept in (f"{dateline}/.dateline", f"{hugo}/resources", f"{folder}/out-dateline", f"{folder}/out-hugo"):
                shutil.rmtree(kept, ignore_errors=True)
            for again in ("from nothing", "again"):
                for name, command in commands.items():
                    results.setdefault((name, again), []).append(run(command))
        for name in commands:
            found = made(f"{folder}/out-{name.lower()}")
            if {width: count for width, (count, _) in found.items()} != dict.fromkeys(WIDTHS, order.count):
                sys.exit(f"{name} made {found}")
            results[name] = sum(size for _, size in found.values())
        print(f"| {order.count} photographs | Dateline | Hugo | ratio |\n|:---|---:|---:|---:|")
        for again in ("from nothing", "again"):
            for field, unit, what in (("cpu", "s", "CPU"), ("wall", "s", "wall time"), ("peak", "MB", "peak memory")):
                ours, theirs = (statistics.median(one[field] for one in results[name, again]) for name in commands)
                print(f"| {again}: {what} | {ours:.2f} {unit} | {theirs:.2f} {unit} | {ours / theirs:.2f} |")
        ours, theirs = (results[name] / 1e6 for name in commands)
        print(f"| WebP | {ours:.1f} MB | {theirs:.1f} MB | {ours / theirs:.2f} |")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
