#!/bin/sh
# Feeds each target random input for ten minutes, from the examples in seeds/ on. Needs a nightly Rust, a C++ compiler and
# cargo-fuzz (`cargo install cargo-fuzz`). A find is left in artifacts/, and the run fails.
#
#   fuzz/run.sh                  all targets, ten minutes each
#   fuzz/run.sh 60 markdown http these, sixty seconds each
set -eu
cd "$(dirname "$0")"

seconds=${1:-600}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- front_matter markdown wire ledger source_cache templates http picture

# The library forbids unsafe code, so that no sanitizer is needed to see its faults: panics, endless loops, much memory.
cargo +nightly fuzz build --sanitizer none
failed=0
for target; do
    echo "== $target"
    mkdir -p "corpus/$target"
    cargo +nightly fuzz run --sanitizer none "$target" "corpus/$target" "seeds/$target" -- \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=4096 -print_final_stats=1 || failed=$((failed + 1))
done
echo "$# targets, $failed failed"
[ "$failed" -eq 0 ]
