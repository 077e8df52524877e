#!/bin/sh
# A desk's week, from `init` to a rollback: the real program, Git, nginx, and a browser where a person would use one.
set -eu
cd "$(dirname "$0")/../.."
. tests/need.sh
need git git
need nginx nginx-light
if [ -z "${DATELINE:-}" ]; then
    cargo build --quiet --locked
    DATELINE=${CARGO_TARGET_DIR:-target}/debug/dateline
fi
case $DATELINE in /*) ;; *) DATELINE=$PWD/$DATELINE ;; esac
NODE_PATH= node tests/desk/week.mjs "$DATELINE"
