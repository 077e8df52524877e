"""Doubles each input five times and fits how the CPU time and the memory of a build grow. `growth.sh` says what it takes."""

import argparse
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import growth_moving  # noqa: E402

LIMIT = 1.25  # the exponent from which on something is worse than linear
DOUBLINGS = 5
ROUNDS = 5  # how often an input is measured while it looks worse than linear
LARGER = 2  # how often all its sizes are doubled for that
# Below these, what is measured is the start of the program and the noise of the machine.
LEAST_SECONDS = 0.1
LEAST_KIB = 6_000

CONFIG = "title: T\nbase_url: https://a.example\n"


def article(number, head="", body="Text."):
    return f"content/articles/a{number}.md", f"---\ntitle: Story number {number}\ndate: 2023-10-{number % 28 + 1:02}\n{head}---\n{body}\n"


def articles(count, head=lambda n: "", body=lambda n: "Text."):
    return dict(article(number, head(number), body(number)) for number in range(count))


def topic(name, head=""):
    return f"content/topics/{name}.md", f"---\ntitle: {name}\n{head}---\n"


def with_config(text, files):
    return {"dateline.yaml": CONFIG + text, **files}


# Each input: its name, its smallest size, and its files for a size. What is said of some of them is an error, and that is as it
# should be: messages must not cost more than what they are about.
def stories(n):
    return articles(n)


def topics(n):
    return articles(n, lambda k: f"topics: [topic {k}, subject {k * 7}]\n")


def parents(n):
    chain = dict(topic(f"t{k}", f"parents: [t{k + 1}]\n") for k in range(n))
    return {**chain, **articles(2, lambda k: "topics: [t0]\n")}


def furniture(n):
    one = "::: pullquote by=\"A. Speaker\"\nWords.\n:::\n\n::: embed https://vimeo.com/1 title=\"A film\" :::\n\n"
    return dict([article(0, body=one * n)])


def open_furniture(n):
    return dict([article(0, body="::: pullquote\n" * n)])


def chart(n):
    rows = "".join(f"{k},{k * 7 % 1000}\n" for k in range(n))
    return {"data/rows.csv": "x,y\n" + rows, **dict([article(0, body="::: chart rows.csv type=lines\n:::\n")])}


def diamonds(n):
    levels = {}
    for k in range(n // 2):
        above = f"parents: [l{k + 1}a, l{k + 1}b]\n" if k + 1 < n // 2 else ""
        levels.update([topic(f"l{k}a", above), topic(f"l{k}b", above)])
    return {**levels, **articles(2, lambda k: "topics: [l0a]\n")}


def topics_of_one_story(n):
    return articles(1, lambda k: "topics:\n" + "".join(f"  - topic {k}\n" for k in range(n)))


def topics_alike(n):
    return articles(n, lambda k: f"topics: [ministry{letters(k)}]\n")


def one_slug(n):
    return articles(n, lambda k: f"topics: ['{accents(k)}']\n")


def closed_topics(n):
    known = dict(topic(f"known{letters(k)}") for k in range(n))
    return with_config("topics: closed\n", {**known, **articles(n, lambda k: f"topics: [knwon{letters(k)}]\n")})


def threads(n):
    return articles(n, lambda k: "thread: One long story\n")


def many_threads(n):
    return articles(n, lambda k: f"thread: Story {k // 2}\n")


def dead_links(n):
    return articles(n, body=lambda k: f"[a](/2023/10/{k % 28 + 1:02}/b{k}/) [b](/nowhere/{letters(k)}/)")


def broken_slugs(n):
    return articles(n, body=lambda k: f"[[b{k}]] and [[{letters(k)}]]")


def broken_paths(n):
    return articles(n, body=lambda k: f"[a](x{k}.md) and [b](../b{k}.md)")


def equal_headings(n):
    return articles(1, body=lambda k: "## The same\n\nText.\n\n" * n)


def broken_anchors(n):
    return articles(1, body=lambda k: "".join(f"## Heading {k}\n\n[x](#haeding-{k}) [[a0#heading-{k}x]]\n\n" for k in range(n)))


def own_anchors(n):
    return articles(1, body=lambda k: "".join(f"## Heading {k}\n\n[[a0#heading-{k}]]\n\n" for k in range(n)))


def unknown_keys(n):
    return articles(1, lambda k: "".join(f"key{k}: x\n" for k in range(n)))


def unread_files(n):
    return articles(n, lambda k: "tpoic: x\n" if k % 2 else "", lambda k: f"[[a{k + 1}]]")


def aliases(n):
    return articles(1, lambda k: "aliases:\n" + "".join(f"  - /old/{k}/\n" for k in range(n)))


def redirects(n):
    chain = "redirects:\n" + "".join(f"  /old/{k}/: /old/{k + 1}/\n" for k in range(n))
    return with_config(chain + f"  /old/{n}/: /\n", articles(1))


def gone(n):
    lines = "gone:\n" + "".join(f"  - /gone/{k}/\n" for k in range(n))
    return with_config(lines, articles(1))


def elsewhere(n):
    lines = "elsewhere:\n" + "".join(f"  - /program/{k}/\n" for k in range(n))
    return with_config(lines, articles(n, body=lambda k: f"[a](/program/{k}/x) [b](/progarm/{k}/x)"))


def deploy_targets(n):
    lines = "deploy:\n" + "".join(f"  target{k}: {{to: s3://bucket/{k}, regoin: x}}\n" for k in range(n))
    return with_config(lines, articles(1))


def lost_addresses(n):
    lock = "# dateline urls 1\n" + "".join(sorted(f"/2023/09/{k % 28 + 1:02}/a{k}x/\n" for k in range(n)))
    return {"urls.lock": lock, **articles(n)}


def blocks(n):
    return articles(1, body=lambda k: "\n".join("> " * (k % 90) + "- x" for k in range(n)))


def elements(n):
    return articles(1, body=lambda k: "\n\n".join("<div><b>x</b></div>" for k in range(n)))


def open_elements(n):
    return articles(1, body=lambda k: "<div><script>\n\nx\n\n" * n + "</script>\n")


def rows_of_html(n):
    return articles(1, body=lambda k: "<table>\n" + '<tr><td><a href="/topics/" id="x">x</a></td></tr>\n' * n + "</table>")


def dots(n):
    return articles(1, body=lambda k: "a" + "." * n)


def quotes(n):
    return articles(1, body=lambda k: '"' * n)


def mixed_quotes(n):
    return articles(1, body=lambda k: "\"a\" 'b " * n)


def mentions(n):
    drafts = articles(n, lambda k: "draft: true\n", lambda k: "Text.")
    teller = "\n\n".join(f"Story number {k}" for k in range(n))
    return {**drafts, "content/articles/teller.md": f"---\ntitle: Teller\ndate: 2023-10-17\n---\n{teller}\n"}


def footnotes(n):
    return articles(1, body=lambda k: "".join(f"x[^{k}]\n\n[^{k}]: Note.\n\n" for k in range(n)))


def messages_of_one_line(n):
    return articles(1, body=lambda k: "".join(f"[t][l{k}] " for k in range(n)))


def messages_of_one_file(n):
    return articles(1, body=lambda k: "".join(f"[t](/nowhere/{k}) [^n{k}]\n\n" for k in range(n)))


def templates(n):
    chain = {f"templates/t{k}.html": f"{{% extends \"t{k + 1}.html\" %}}\n" for k in range(n)}
    return {**chain, f"templates/t{n}.html": "x", **articles(1), "content/pages/p.md": "---\ntitle: P\ntemplate: t0.html\n---\n"}


def includes(n):
    chain = {f"templates/i{k}.html": f"{{% include \"i{k + 1}.html\" %}}\n" for k in range(n)}
    return {**chain, f"templates/i{n}.html": "x", **articles(1), "content/pages/p.md": "---\ntitle: P\ntemplate: i0.html\n---\n"}


def body(n):
    line = "A sentence of the usual length, with *emphasis* and a [link](https://b.example/x). "
    return articles(1, body=lambda k: (line * 6 + "\n\n") * (n // (len(line) * 6)))


def wire(text):
    return {"copy.txt": f"PORT CITY, Oct 17 (HW) - {text}\n", **articles(1)}


def dashes(n):
    return wire("The port - " + "it is said - " * n)


def slugs_of_wires(n):
    return {"copy.txt": "UPDATE 1-" * n + "Port opens\n\nPORT CITY, Oct 17 (HW) - The port is open.\n", **articles(1)}


def letters(number):
    return "".join(chr(ord("a") + int(digit)) * 2 for digit in str(number))


def accents(number):
    """Names that differ and make one slug."""
    return "".join("aáàâäãåā"[number // 8**place % 8] for place in range(6)) + "n"


BUILD = ["build", "--quiet"]
CHECK = ["check", "--quiet"]
WIRE = ["import", "wire", "--dry-run", "copy.txt"]

# Name, smallest size for the short form, for the long form, generator, command.
INPUTS = [
    ("articles", 20, 1000, stories, BUILD),
    ("topics", 10, 400, topics, BUILD),
    ("parents in a chain", 8, 250, parents, BUILD),
    ("parents in diamonds", 8, 250, diamonds, BUILD),
    ("topics of one story", 6, 60, topics_of_one_story, BUILD),
    ("topics alike", 10, 300, topics_alike, CHECK),
    ("topics of one slug", 10, 400, one_slug, BUILD),
    ("topics that are closed", 20, 400, closed_topics, BUILD),
    ("a thread", 10, 300, threads, BUILD),
    ("threads", 10, 400, many_threads, BUILD),
    ("dead links", 10, 500, dead_links, CHECK),
    ("broken [[slugs]]", 30, 1000, broken_slugs, BUILD),
    ("broken paths", 20, 1000, broken_paths, BUILD),
    ("equal headings", 100, 4000, equal_headings, BUILD),
    ("broken anchors", 40, 2000, broken_anchors, BUILD),
    ("[[a#h]] to itself", 50, 2000, own_anchors, BUILD),
    ("unknown keys", 100, 2000, unknown_keys, BUILD),
    ("unreadable files", 30, 1000, unread_files, BUILD),
    ("aliases", 12, 500, aliases, BUILD),
    ("redirects in a chain", 12, 500, redirects, BUILD),
    ("gone", 400, 2000, gone, BUILD),
    ("elsewhere", 10, 500, elsewhere, BUILD),
    ("lost addresses", 30, 1000, lost_addresses, BUILD),
    ("deploy targets", 50, 1000, deploy_targets, BUILD),
    ("nested blocks", 100, 4000, blocks, BUILD),
    ("furniture", 50, 2000, furniture, BUILD),
    ("furniture that stays open", 100, 2000, open_furniture, BUILD),
    ("rows of a chart", 100, 4000, chart, BUILD),
    ("elements", 100, 4000, elements, BUILD),
    ("elements that stay open", 100, 4000, open_elements, BUILD),
    ("rows of raw HTML", 50, 1000, rows_of_html, BUILD),
    ("dots", 1000, 30000, dots, BUILD),
    ("quotation marks", 1000, 20000, quotes, BUILD),
    ("quotation marks, mixed", 200, 6000, mixed_quotes, BUILD),
    ("mentions of withheld", 10, 200, mentions, BUILD),
    ("footnotes", 50, 2000, footnotes, BUILD),
    ("messages of a line", 100, 2000, messages_of_one_line, BUILD),
    ("messages of a file", 50, 2000, messages_of_one_file, BUILD),
    ("templates that extend", 2, 7, templates, BUILD),
    ("templates that include", 2, 2, includes, BUILD),
    ("wire copy with dashes", 200, 4000, dashes, WIRE),
    ("wire copy with UPDATE 1-", 100, 4000, slugs_of_wires, WIRE),
    ("bytes of a body", 20_000, 3_125_000, body, BUILD),
]


def write(folder, files):
    for path, text in {"dateline.yaml": CONFIG, **files}.items():
        file = f"{folder}/{path}"
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)


def measure(program, files, command, seconds):
    """CPU seconds and KiB of one run in a fresh folder; none when it was too slow. What went wrong with it is said."""
    folder = tempfile.mkdtemp(prefix="dateline-growth-")
    try:
        write(folder, files)
        # One thread: the figures of two are those of a busy machine.
        run = [sys.executable, "-S", "-E", os.path.abspath(__file__), "--once", program, *command]
        environment = {**os.environ, "RAYON_NUM_THREADS": "1", "NO_COLOR": "1"}
        try:
            done = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        code, cpu, kib = done.stdout.split()[-3:]
        if int(code) not in (0, 1, 2):
            sys.exit(f"{command} ended with {code}: {done.stderr[-2000:]}")
        return float(cpu), int(kib)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def once(command):
    """Runs a command and says its exit code, its CPU seconds and the most memory that it had."""
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    kib = used.ru_maxrss if sys.platform != "darwin" else used.ru_maxrss // 1024
    print(done.returncode, used.ru_utime + used.ru_stime, kib)


def exponent(sizes, costs, fixed, least):
    """The slope of a line through the logarithms of what goes beyond the fixed start; none when that is too little."""
    points = [(math.log(size), math.log(cost - fixed)) for size, cost in zip(sizes, costs) if cost - fixed >= least]
    if len(points) < 3:
        return None
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def judge(name, sizes, start, costs):
    """A row of the table, and whether it is worse than linear."""
    fits = []
    for part, least in [(0, LEAST_SECONDS), (1, LEAST_KIB)]:
        fits.append(exponent(sizes, [cost[part] for cost in costs], start[part], least))
    shown = ["    -" if value is None else f"{value:5.2f}" for value in fits]
    (cpu, kib), size = costs[-1], sizes[-1]
    row = f"{name:26} {size:>11,} {cpu:8.2f} s {shown[0]} {kib / 1024:7.0f} MiB {shown[1]}"
    return row, any(value is not None and value > LIMIT for value in fits)


def is_small(start, cost):
    """Whether the largest size costs so little that no three sizes above the noise can be worse than linear."""
    most = 2 ** (2 * LIMIT)
    return all(cost[part] - start[part] < least * most for part, least in [(0, LEAST_SECONDS), (1, LEAST_KIB)])


def fit(program, name, smallest, files, command, seconds):
    """Measures an input until it looks linear, each time anew and at first larger; a row, and whether it is worse."""
    least = {}

    def add(size):
        measured = measure(program, files(size), command, seconds)
        if measured is not None:
            # A busy machine only ever adds to a figure, so the least of several is the nearest to the truth.
            least[size] = tuple(map(min, least.get(size, measured), measured))
        return measured is not None

    for attempt in range(ROUNDS):
        # What only starts slowly is linear at larger sizes; what is worse than linear is still worse there.
        first = min(attempt, LARGER)
        sizes = [smallest * 2**step for step in range(first, first + DOUBLINGS + 1)]
        # At 1 is what it costs with next to nothing: a build that ends with an error has another start than one that publishes. The
        # largest comes before the others, which are not needed when it costs next to nothing, too.
        for size in [1, sizes[-1], *sizes[:-1]]:
            if not add(size):
                return f"{name:26} more than {seconds} s at {size:,}", True
            if size == sizes[-1] and is_small(least[1], least[size]):
                return judge(name, [size], least[1], [least[size]])
        row, is_worse = judge(name, sizes, least[1], [least[size] for size in sizes])
        if not is_worse:
            break
    return row, is_worse


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--short", action="store_true", help="small inputs, for a debug build")
    parser.add_argument("--moving", action="store_true", help="the inputs of `import hugo`, `jekyll` and `zola` instead")
    parser.add_argument("--timeout", type=float, default=600, help="seconds that one run may take")
    parser.add_argument("names", nargs="*", help="these inputs only, by the start of their names")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    print(f"{'input':26} {'largest':>11} {'CPU':>10} {'exp.':>5} {'memory':>11} {'exp.':>5}", flush=True)
    worse = []
    for name, short, long, files, command in growth_moving.INPUTS if arguments.moving else INPUTS:
        if arguments.names and not any(name.startswith(wanted) for wanted in arguments.names):
            continue
        smallest = short if arguments.short else long
        row, is_worse = fit(program, name, smallest, files, command, arguments.timeout)
        print(f"{row}{'  WORSE THAN LINEAR' if is_worse else ''}", flush=True)
        if is_worse:
            worse.append(name)
    if worse:
        sys.exit(f"worse than linear (an exponent over {LIMIT}): {', '.join(worse)}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(sys.argv[2:])
    else:
        main()
