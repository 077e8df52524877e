"""Builds the same site with each program and prints one table. `run.sh` says what it takes."""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

import corpus
import programs
import report
import serve

SCENARIOS = ["cold", "noop", "edit", "publish", "check", "serve"]
INSTRUCTIONS = "instructions"  # only when it is asked for: it needs Valgrind
COMPILE = "compile"  # only when it is asked for: it takes minutes, and is the same for all sizes
SIZES = [1_000, 10_000, 100_000]
LARGE = 100_000  # from here on the peers are measured only when asked for
TRASH_LIMIT = 4_000_000_000  # bytes


def say(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    """The sites of one size, and what was measured on them."""

    def __init__(self, size, candidates, rounds, edits, folder):
        self.size, self.candidates, self.rounds, self.edits = size, candidates, rounds, edits
        self.folder, self.trash, self.trashed = f"{folder}/{size}", f"{folder}/trash", 0
        os.makedirs(self.trash, exist_ok=True)
        self.articles = corpus.make(size)
        self.must = corpus.must_have(self.articles)
        self.results = []
        self.added = []
        self.restore = {}

    def prepare(self):
        """Writes the corpus for each program, from nothing."""
        say(f"{self.size:,} articles: writing the corpus")
        # Where two programs share a folder, it is laid for the last: Dateline, after the floor.
        for site, program in {self.site(program): program for program in self.candidates}.items():
            corpus.around(site, program.form, self.articles)
            for article in self.articles:
                path = f"{site}/{corpus.path_of(article, program.form)}"
                corpus.write(path, corpus.source_of(article, self.articles, program.form))
            programs.lay(program, site)
        os.makedirs(f"{self.folder}/out", exist_ok=True)
        os.sync()

    def site(self, program):
        """The folder of a program's site. The floor reads what Dateline reads."""
        return f"{self.folder}/{'dateline' if program.name == 'floor' else program.name}"

    def out(self, program):
        return f"{self.folder}/out/{program.name}"

    def discard(self, program, size):
        """Moves an output away. To delete it here would slow what follows: some file systems avoid for minutes what was
        freed just now, and pay for that with each new file."""
        if os.path.exists(self.out(program)):
            os.rename(self.out(program), f"{self.trash}/{time.monotonic_ns()}")
            self.trashed += size

    def sweep(self):
        """Deletes what was moved away, between two rounds, when it takes too much room to wait until the end."""
        if self.trashed > TRASH_LIMIT:
            for entry in os.listdir(self.trash):
                shutil.rmtree(f"{self.trash}/{entry}", ignore_errors=True)
            self.trashed = 0
            os.sync()

    def run(self, program, command=None):
        """One build, or another command, as a process of its own. Returns what it cost."""
        log = f"{self.folder}/{program.name}.log"
        command = command or program.build(self.site(program), self.out(program))
        command = [sys.executable, "-S", "-E", f"{programs.HERE}/once.py", *command]
        time.sleep(0.2)
        with open(log, "ab") as file:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=file, check=False)
        cost = json.loads(done.stdout)
        if cost["code"] != 0:
            with open(log, encoding="utf-8", errors="replace") as file:
                raise SystemExit(f"{program.title} failed with {cost['code']}:\n{file.read()[-2000:]}")
        return cost

    def rounds_of(self, scenario, wanted, each):
        """Runs all programs one after another, in an order that changes from round to round."""
        for number in range(self.rounds):
            say(f"{self.size:,} articles: {scenario}, round {number + 1} of {self.rounds}")
            at = number % max(1, len(wanted))
            for program in wanted[at:] + wanted[:at]:
                cost = each(program, number)
                self.results.append({"size": self.size, "scenario": scenario, "program": program.name, **cost})
            self.sweep()

    def read_all(self):
        """Reads the sources once, so that no program pays for the disk."""
        for folder, _, files in os.walk(self.folder):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    file.read()

    def cold(self):
        self.read_all()
        sizes = {}

        def each(program, _):
            self.discard(program, sizes.get(program.name, 0))
            program.forget(self.site(program))
            cost = self.run(program)
            cost["files"], cost["bytes"] = programs.check(program, self.out(program), self.must)
            sizes[program.name] = cost["bytes"]
            return cost

        self.rounds_of("cold", self.candidates, each)

    def again(self, scenario, change):
        """Changes something, builds into the same folder, and counts the files that were written."""
        wanted = [program for program in self.candidates if program.serves]
        for program in wanted:
            # The scenario before has put its changes back, and the output does not know yet.
            if scenario != "noop" or not os.path.exists(self.out(program)):
                self.run(program)

        def each(program, number):
            must = dict(self.must, articles=self.must["articles"] + change(program, number))
            before = programs.state(self.out(program))
            cost = self.run(program)
            after = programs.state(self.out(program))
            programs.check(program, self.out(program), must)
            cost["written"] = sum(1 for path, about in after.items() if before.get(path) != about)
            return cost

        self.rounds_of(scenario, wanted, each)
        self.put_back()

    def noop(self):
        self.again("noop", lambda program, number: [])

    def edit(self):
        article = self.articles[len(self.articles) // 2]

        def change(program, number):
            path = f"{self.site(program)}/{corpus.path_of(article, program.form)}"
            with open(path, encoding="utf-8") as file:
                text = file.read()
            self.restore.setdefault(path, text)
            serve.save(path, serve.in_body(text, f"round {number + 1}"))
            return []

        self.again("edit", change)

    def publish(self):
        new = corpus.extra(self.size, self.rounds)

        def change(program, number):
            path = f"{self.site(program)}/{corpus.path_of(new[number], program.form)}"
            corpus.write(path, corpus.source_of(new[number], self.articles, program.form))
            self.added.append(path)
            return [article.url for article in new[: number + 1]]

        self.again("publish", change)

    def check(self):
        """Looks for mistakes, with what the build before has left."""
        wanted = [program for program in self.candidates if program.checks]
        for program in wanted:
            self.run(program)
        command = lambda program: [program.path, "--root", self.site(program), "--quiet", "check", "--now", programs.NOW]
        self.rounds_of("check", wanted, lambda program, _: self.run(program, command(program)))

    def instructions(self):
        """Counts the instructions of a cold build on one thread. They do not depend on what else the machine does."""
        for program in self.candidates:
            if program.form != "dateline":
                continue
            say(f"{self.size:,} articles: instructions, {program.title}")
            self.discard(program, 0)
            program.forget(self.site(program))
            command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *program.build(self.site(program), self.out(program))]
            done = subprocess.run(command, env={**os.environ, "RAYON_NUM_THREADS": "1"}, stderr=subprocess.PIPE, text=True, check=True)
            count = int(re.search(r"Collected : (\d+)", done.stderr)[1])
            self.results.append({"size": self.size, "scenario": INSTRUCTIONS, "program": program.name, "instructions": count})

    def put_back(self):
        """Undoes what a scenario has changed in the sources."""
        for path, text in self.restore.items():
            serve.save(path, text)
        for path in self.added:
            os.remove(path)
        self.restore, self.added = {}, []

    def serve(self):
        article = self.articles[0]
        urls = (article.url, f"/topics/{corpus.slugify(article.topics[0])}/")
        for program in self.candidates:
            if not program.serves:
                continue
            say(f"{self.size:,} articles: serve, {program.title}")
            site, out = self.site(program), f"{self.folder}/out/serve-{program.name}"
            path = f"{site}/{corpus.path_of(article, program.form)}"
            row = {"size": self.size, "scenario": "serve", "program": program.name}
            try:
                log = f"{self.folder}/serve-{program.name}.log"
                self.results.append({**row, **serve.measure(program, site, out, log, path, urls, self.edits)})
            except (programs.Missing, serve.NotServed) as why:
                self.results.append({**row, "why": str(why)})
            if os.path.exists(out):
                os.rename(out, f"{self.trash}/{time.monotonic_ns()}")


def first_build(folder, source):
    """What a clean build of Dateline takes with the profile that the README's first command names, or `release` where there was no
    other yet; its dependencies are downloaded before. Seconds of wall time, and of CPU time of all processes, which depends less on
    what else the machine does."""
    with open(f"{source}/Cargo.toml", encoding="utf-8") as file:
        profile = "quick" if "[profile.quick]" in file.read() else "release"
    say(f"compiling {source} from nothing: profile {profile}")
    subprocess.run(["cargo", "fetch", "--locked"], cwd=source, check=True)
    command = ["cargo", "build", "--profile", profile, "--locked", "--offline", "--quiet", "--target-dir", f"{folder}/target"]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=source, check=True)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(f"{folder}/target")
    return {"profile": profile, "wall": wall, "CPU": after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime}


def arguments():
    parser = argparse.ArgumentParser(prog="benches/run.sh", description="Compares Dateline with its peers.")
    parser.add_argument("what", nargs="*", help=f"scenarios ({', '.join(SCENARIOS)}; instructions, compile) and numbers of articles")
    parser.add_argument("--quick", action="store_true", help="1,000 articles and 3 rounds")
    parser.add_argument("--smoke", action="store_true", help="50 articles, 1 round, without peers: sees that the scripts work")
    parser.add_argument("--all", action="store_true", help="measure the peers at 100,000 articles too")
    parser.add_argument("--earlier", metavar="COMMIT", help="measure Dateline as it was at this commit too")
    parser.add_argument("--folder", help="where the sites and outputs stand, such as a folder in memory; default: .tools/bench/work")
    parser.add_argument("--rounds", type=int, help="how often everything is run; default: 5, and 3 from 100,000 articles on")
    parser.add_argument("--edits", type=int, default=serve.EDITS, help="how often something is saved; default: %(default)s")
    parser.add_argument("--only", metavar="NAME,…", help="these programs alone: floor, dateline, dateline-plain, earlier, hugo, zola, eleventy")
    chosen = parser.parse_args()
    chosen.sizes = [int(word) for word in chosen.what if word.isdigit()]
    chosen.scenarios = [word for word in chosen.what if not word.isdigit()]
    for word in set(chosen.scenarios) - {*SCENARIOS, INSTRUCTIONS, COMPILE}:
        parser.error(f"`{word}` is neither a scenario nor a number")
    chosen.sizes = chosen.sizes or ([50] if chosen.smoke else [1_000] if chosen.quick else SIZES)
    chosen.compile = COMPILE in chosen.scenarios
    chosen.scenarios = SCENARIOS if not chosen.scenarios else [name for name in [*SCENARIOS, INSTRUCTIONS] if name in chosen.scenarios]
    chosen.rounds = chosen.rounds or (1 if chosen.smoke else 3 if chosen.quick else None)
    return chosen


def main():
    chosen = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # servers and folders go as well
    folder = chosen.folder or f"{programs.TOOLS}/{'smoke' if chosen.smoke else 'work'}"
    if chosen.folder and os.path.exists(folder) and os.listdir(folder):
        raise SystemExit(f"{folder} is not empty, and what is made there is deleted afterwards: name another")
    shutil.rmtree(folder, ignore_errors=True)
    # The smoke test takes the profile that the tests have built already.
    found, missing = programs.all_of([] if chosen.smoke else ["--profile", "dist"], not chosen.smoke, chosen.earlier)
    if chosen.only:
        found = [program for program in found if program.name in chosen.only.split(",")]
    results, compiled = [], {}
    try:
        for program in found if chosen.compile else ():
            if program.name in ("dateline", "earlier"):
                source = programs.REPOSITORY if program.name == "dateline" else program.folder
                compiled[program.name] = first_build(folder, source)
        for size in chosen.sizes if chosen.scenarios else []:
            candidates = [program for program in found if size < LARGE or chosen.all or program.form == "dateline"]
            bench = Bench(size, candidates, chosen.rounds or (3 if size >= LARGE else 5), chosen.edits, folder)
            bench.prepare()
            for scenario in chosen.scenarios:
                getattr(bench, scenario)()
            results += bench.results
            with open(f"{programs.TOOLS}/results.json", "w", encoding="utf-8") as file:
                json.dump(results, file, indent=1)
        print(report.page(results, found, missing, compiled, judged=not chosen.smoke), flush=True)
    except programs.Incomplete as what:
        raise SystemExit(f"{what}; nothing is reported") from None
    finally:
        say("deleting what was made")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
