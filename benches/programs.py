"""The programs that are compared: how each is called, and where its site has which page."""

import glob
import json
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(HERE)
TOOLS = f"{REPOSITORY}/.tools/bench"
NOW = "2025-07-15T00:00:00Z"  # what Dateline builds as of; all of the corpus is older


class Missing(Exception):
    """Why a program is not measured."""


class Program:
    """One program with one site. `form` is the form of its articles in the corpus."""

    name = title = form = ""
    months = ""  # where the archive of a month is, before its address
    serves = True
    checks = False  # whether it has a command that looks for mistakes

    def build(self, site, out):
        """The command that builds the site into a folder."""
        raise NotImplementedError

    def serve(self, site, out, port):
        """The command that starts the program's own server for people who write."""
        raise NotImplementedError

    def forget(self, site):
        """Removes what the program has kept beside the site, before a cold build."""

    def version(self):
        """The version as the program itself gives it."""
        raise NotImplementedError


def output_of(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def built(profile, kind, name):
    """Builds a target of this package and returns the path of the program."""
    command = ["cargo", "build", "--locked", "--quiet", "--message-format=json-render-diagnostics", *profile, f"--{kind}", name]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True)
    artifacts = [json.loads(line) for line in done.stdout.splitlines() if '"executable":"' in line]
    return next(artifact["executable"] for artifact in artifacts if artifact["target"]["name"] == name)


class Dateline(Program):
    name, title, form = "dateline", "Dateline", "dateline"
    months = "archive/"
    checks = True

    def __init__(self, profile):
        self.path = built(profile, "bin", "dateline")

    def build(self, site, out):
        return [self.path, "--root", site, "--quiet", "build", "--now", NOW, "--output", out]

    def serve(self, site, out, port):
        if subprocess.run([self.path, "serve", "--help"], capture_output=True, check=False).returncode != 0:
            raise Missing("this Dateline has no `serve`")
        return [self.path, "--root", site, "serve", "-p", str(port)]

    def forget(self, site):
        for folder in (".dateline", "public"):
            shutil.rmtree(f"{site}/{folder}", ignore_errors=True)

    def version(self):
        return output_of(self.path, "--version").split()[-1]


class Plain(Dateline):
    """Dateline with templates that are as plain as those of the others."""

    name, title = "dateline-plain", "Dateline, plain theme"


class Earlier(Dateline):
    """Dateline as it was at an earlier commit, in the form that was handed out then."""

    name = "earlier"
    checks = False

    def __init__(self, commit):
        self.commit, self.title = commit, f"Dateline {commit}"
        self.folder = f"{TOOLS}/earlier-{commit}"
        self.path = f"{self.folder}/target/release/dateline"
        if not os.path.exists(self.folder):
            os.makedirs(f"{self.folder}.part", exist_ok=True)
            packed = subprocess.run(["git", "archive", commit], cwd=REPOSITORY, stdout=subprocess.PIPE, check=True)
            subprocess.run(["tar", "-x", "-C", f"{self.folder}.part"], input=packed.stdout, check=True)
            os.rename(f"{self.folder}.part", self.folder)
        if not os.path.exists(self.path):
            subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=self.folder, check=True)

    def version(self):
        return ""


class Floor(Program):
    name, title, form = "floor", "floor", "dateline"
    serves = False

    def __init__(self, profile):
        self.path = built(profile, "bench", "floor")

    def build(self, site, out):
        return [self.path, f"{site}/content/articles", out]

    def version(self):
        return ""


def installed(name, pattern):
    """The path of a peer that `run.sh` has installed, or why there is none."""
    chosen = os.environ.get(name.upper())
    found = [chosen] if chosen else sorted(path for path in glob.glob(f"{TOOLS}/{pattern}") if os.path.isfile(path))
    if found:
        return found[0]
    try:
        with open(f"{TOOLS}/{name}.why", encoding="utf-8") as file:
            raise Missing(file.read().strip())
    except FileNotFoundError:
        raise Missing("it is not installed") from None


class Hugo(Program):
    name, title, form = "hugo", "Hugo", "hugo"

    def __init__(self):
        self.path = installed("hugo", "hugo/hugo/binaries/hugo*")

    def build(self, site, out):
        return [self.path, "--quiet", "--source", site, "--destination", out]

    def serve(self, site, out, port):
        return [self.path, "server", "--source", site, "--destination", out, "--bind", "127.0.0.1", "--port", str(port)]

    def forget(self, site):
        shutil.rmtree(f"{site}/resources", ignore_errors=True)

    def version(self):
        return re.search(r"v([\d.]+)", output_of(self.path, "version"))[1]


class Zola(Program):
    name, title, form = "zola", "Zola", "zola"

    def __init__(self):
        self.path = installed("zola", "zola/bin/zola")

    def build(self, site, out):
        return [self.path, "--root", site, "build", "--force", "--output-dir", out]

    def serve(self, site, out, port):
        command = [self.path, "--root", site, "serve", "--force", "--output-dir", out]
        return [*command, "--interface", "127.0.0.1", "--port", str(port)]

    def version(self):
        return output_of(self.path, "--version").split()[-1]


class Eleventy(Program):
    name, title, form = "eleventy", "Eleventy", "eleventy"

    def __init__(self):
        self.path = installed("eleventy", "eleventy/node_modules/@11ty/eleventy/cmd.cjs")

    def command(self, site, out):
        # It takes its folders from where it is started, and an output only relative to that.
        return ["env", "-C", site, "node", self.path, "--quiet", f"--output={os.path.relpath(out, site)}"]

    def build(self, site, out):
        return self.command(site, out)

    def serve(self, site, out, port):
        return [*self.command(site, out), "--serve", f"--port={port}"]

    def version(self):
        return output_of("node", self.path, "--version")


def all_of(profile, peers, earlier):
    """The programs that can be measured here, and why the others cannot. `earlier` is a commit of Dateline, if any."""
    # The floor first: with it Cargo builds a Dateline that has the features of the tests' dependencies. It stands at the
    # same path, and the second build replaces it by the one that users get.
    found, missing = [Floor(profile), Dateline(profile), Plain(profile)], {}
    if earlier:
        found.append(Earlier(earlier))
    for peer in (Hugo, Zola, Eleventy) if peers else ():
        try:
            found.append(peer())
        except Missing as why:
            missing[peer.title] = str(why)
    return found, missing


def lay(program, folder):
    """Puts configuration, templates and style around a program's articles."""
    own = "dateline" if program.name == "earlier" else program.name
    if own != "floor":
        shutil.copytree(f"{HERE}/sites/{own}", folder, dirs_exist_ok=True)
    if own not in ("floor", "dateline"):
        os.makedirs(f"{folder}/static", exist_ok=True)
        shutil.copy(f"{HERE}/sites/style.css", f"{folder}/static/style.css")


class Incomplete(Exception):
    """A program wrote less than the site has: an error, not a figure."""


def check(program, out, must, page_size=20):
    """Sees that each page of the site is there. Returns the number of files and of bytes."""
    wanted = [f"{url}index.html" for url in must["articles"]]
    wanted += [f"/topics/{slug}/{name}" for slug in must["topics"] for name in ("index.html", "feed.xml")]
    wanted += [f"/{program.months}{month}/index.html" for month in must["months"]]
    wanted += ["/index.html", "/topics/index.html", "/feed.xml", "/sitemap.xml", "/style.css"]
    missing = [path for path in wanted if not os.path.isfile(out + path)]
    pages = len(glob.glob(f"{out}/topics/*/index.html")) + len(glob.glob(f"{out}/topics/*/page/*/index.html"))
    # Dateline's first page of a topic holds up to twice as many stories as the others, so that full pages never change.
    fewest = sum(max(1, count // page_size) for count in must["topics"].values())
    if missing or pages < fewest:
        what = f"{len(missing)} pages are missing, such as {missing[0]}" if missing else f"{pages} pages of topics, not {fewest}"
        raise Incomplete(f"{program.title}: {what}")
    files = state(out)
    return len(files), sum(size for _, _, size in files.values())


def state(out):
    """All files of an output: when each was written, its number on the disk, and its size."""
    found = {}
    folders = [out]
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != ".dateline":
                    folders.append(entry.path)
            else:
                about = entry.stat(follow_symlinks=False)
                found[entry.path] = (about.st_mtime_ns, about.st_ino, about.st_size)
    return found
