"""The table: medians and spreads, and Dateline's figures against its targets."""

import os
import platform
import statistics

import serve

NAMES = {
    "cold": "cold build", "noop": "nothing changed", "edit": "one text edited", "publish": "one article added",
    "check": "`check`", "serve": "save → new bytes", "instructions": "instructions of a cold build",
}
MET = {True: "met", False: "**missed**"}


def figure(value):
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values):
    """Median, and from least to most."""
    middle = figure(statistics.median(values))
    return middle if len(set(map(figure, values))) == 1 else f"{middle} ({figure(min(values))}–{figure(max(values))})"


def p95(values):
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


class Results:
    """What was measured, by size, scenario and program."""

    def __init__(self, rows):
        self.rows = rows

    def values(self, size, scenario, program, what):
        """All values of one thing: one a round."""
        rows = [row for row in self.rows if (row["size"], row["scenario"], row["program"]) == (size, scenario, program)]
        found = [row[what] for row in rows if what in row]
        return found[0] if scenario == "serve" and found else found

    def median(self, *key):
        values = self.values(*key)
        return statistics.median(values) if values else None

    def why(self, size, program):
        return next((row["why"] for row in self.rows if row["size"] == size and row["program"] == program and "why" in row), None)


def against(results, here, most, other, words, scale=1):
    """One target: a figure of Dateline as a part or multiple of another. With both themes, since only one is like the
    peers'."""
    parts = []
    for program, name in (("dateline", ""), ("dateline-plain", "plain: ")):
        mine = results.median(*here(program))
        theirs = other if isinstance(other, (int, float)) else results.median(*other(program))
        if mine is not None and theirs:
            parts.append(f"{name}{mine * scale / theirs:.2f} ×, {MET[mine * scale <= most * theirs]}")
    return [f"≤ {most:.3g} × {words}: {'; '.join(parts)}"] if parts else []


def limit(results, here, most, unit, of=statistics.median):
    """One target that is a number."""
    parts = []
    for program, name in (("dateline", ""), ("dateline-plain", "plain: ")):
        values = results.values(*here(program))
        if values:
            parts.append(f"{name}{MET[of(values) <= most]}")
    return [f"≤ {most} {unit}: {'; '.join(parts)}"] if parts else []


def rows_of(results, size, scenario, sizes):
    """The rows of one scenario: a name, how a program's cell is made, and the targets."""

    def of(scenario, what, *program):
        return lambda mine: (size, scenario, *(program or (mine,)), what)

    def cells(what, scale=1):
        def cell(program):
            values = results.values(size, scenario, program, what)
            return spread([value * scale for value in values]) if values else ""

        return cell

    def latency(what):
        def cell(program):
            values = results.values(size, scenario, program, what)
            few = f", {len(values)} edits" if len(values) < serve.EDITS else ""
            return f"{figure(statistics.median(values))} / {figure(p95(values))}{few}" if values else ""

        return cell

    if scenario == "serve":
        most = 25 if size <= 10_000 else 100
        for what, name in (("article", "the article"), ("list", "its topic")):
            targets = limit(results, of(scenario, what), most, "ms median")
            if size <= 10_000:
                targets += limit(results, of(scenario, what), 50, "ms p95", p95)
            yield f"{name}, ms: median / p95", latency(what), targets
        return
    if scenario == "instructions":
        targets = against(results, of(scenario, "instructions"), 0.5, of(scenario, "instructions", "earlier"), "earlier")
        yield "millions, one thread", cells("instructions", 1e-6), targets
        return
    cpu, wall = of(scenario, "cpu"), of(scenario, "wall")
    if scenario == "check":
        yield "CPU, s", cells("cpu"), against(results, cpu, 1.3, of("cold", "cpu"), "own cold build")
        yield "wall, s", cells("wall"), []
        yield "peak memory, MiB", cells("peak"), []
        return
    if scenario == "cold":
        yield "CPU, s", cells("cpu"), [
            *against(results, cpu, 2, of("cold", "cpu", "floor"), "floor"),
            *against(results, cpu, 0.25, of("cold", "cpu", "hugo"), "Hugo"),
            *against(results, cpu, 0.5, of("cold", "cpu", "earlier"), "earlier"),
        ]
        yield "wall, s", cells("wall"), against(results, wall, 0.25, of("cold", "wall", "hugo"), "Hugo")
        yield "peak memory, MiB", cells("peak"), against(results, of("cold", "peak"), 1 / 6, of("cold", "peak", "hugo"), "Hugo")
        least = min(sizes)
        growth = []
        if size > least:
            growth = against(results, cpu, 1.15, lambda mine: (least, "cold", mine, "cpu"), f"that at {least:,}", least / size)
        yield "CPU for an article, ms", cells("cpu", 1000 / size), growth
        yield "files", cells("files"), []
        yield "output, MB", cells("bytes", 1e-6), []
        return
    part = {"noop": 0.04, "edit": 0.08, "publish": 0.1}[scenario]
    yield "CPU, s", cells("cpu"), against(results, cpu, part, of("cold", "cpu"), "own cold build")
    yield "wall, s", cells("wall"), against(results, wall, part, of("cold", "wall"), "own cold build")
    targets = limit(results, of(scenario, "written"), 30, "files") if scenario == "publish" else []
    yield "files written", cells("written"), targets


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), model)
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    return f"{cores} cores of {model}, {platform.system()} {platform.release()}; load at the end {load:.1f}"


def page(rows, programs, missing, compiled, judged):
    """The whole report as Markdown. `compiled` has what clean builds of Dateline took, by program, if measured."""
    results = Results(rows)
    sizes = sorted({row["size"] for row in rows})
    counts = sorted({len(results.values(size, "cold", "dateline", "cpu")) for size in sizes} - {0})
    versions = ", ".join(f"{program.title} {program.version()}".strip() for program in programs if program.name not in ("floor", "dateline-plain"))
    lines = [f"Machine: {machine()}.", f"Versions: {versions}."]
    size = next((os.path.getsize(program.path) / 1e6 for program in programs if program.name == "dateline"), None)
    if judged and size:
        lines.append(f"Dateline's program: {size:.1f} MB (≤ 14 MB: {MET[size <= 14]}).")
    if compiled:
        now, then = compiled["dateline"], compiled.get("earlier")
        for what in ("wall", "CPU"):
            words = f"The first build of a clone (profile `{now['profile']}`), {what}: {now[what]:.0f} s"
            if then:
                part = now[what] / then[what]
                words += f"; earlier (`{then['profile']}`): {then[what]:.0f} s (≤ 0.45 ×: {part:.2f} ×, {MET[part <= 0.45]})"
            lines.append(f"{words}.")
    if counts:
        lines.append(f"Medians of {' or '.join(map(str, counts))} rounds (least–most).")
    lines = ["- " + line for line in lines]
    lines += [f"- Not measured: {title}: {why}" for title, why in missing.items()]
    header = ["", *(program.title for program in programs), "target: Dateline's figure"]
    lines += ["", "| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    notes = []
    for scenario, name in NAMES.items():
        for size in sizes:
            if not any(row["scenario"] == scenario and row["size"] == size for row in rows):
                continue
            for what, cell, targets in rows_of(results, size, scenario, sizes):
                cells = [cell(program.name) or "–" for program in programs]
                lines.append("| " + " | ".join([f"{name}, {size:,}: {what}", *cells, "; ".join(targets if judged else [])]) + " |")
            for program in programs:
                if scenario == "serve" and results.why(size, program.name):
                    notes.append(f"- Not measured: {program.title}, {name}, {size:,}: {results.why(size, program.name)}.")
    return "\n".join(lines + [""] + notes).rstrip()
