#!/bin/sh
# Doubles each input of a site five times (stories, topics, broken links, messages, a body …) and fails when CPU time or
# memory grow worse than linearly: when the fitted exponent is over 1.25.
#
#   benches/growth.sh                    large inputs and a release build: some twenty minutes
#   benches/growth.sh --short            small ones and a debug build: some minutes
#   benches/growth.sh --moving           the inputs of importing; with --short about a minute
#   benches/growth.sh 'dead links'       these inputs, by the start of their names
#
# Needs Rust and Python 3.9. DATELINE= names another program.
set -eu
cd "$(dirname "$0")/.."

if [ -z "${DATELINE:-}" ]; then
    case " $* " in
    *" --short "*) profile=debug ;;
    *) profile=release ;;
    esac
    if [ $profile = debug ]; then cargo build --locked --quiet; else cargo build --locked --quiet --release; fi
    DATELINE=${CARGO_TARGET_DIR:-target}/$profile/dateline
fi
exec python3 -B benches/growth.py --program "$DATELINE" "$@"
