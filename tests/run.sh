#!/bin/sh
# Everything that must be green. Runs from any folder and needs nothing but Rust with rustfmt and clippy; what the
# validators, hosts, stores, browsers and benches need is installed on the way, by the steps whose names begin with `install`.
#
#   tests/run.sh             every step, as every machine runs them
#   tests/run.sh --quick     those that need only Rust: at most three minutes once it is compiled
#   tests/run.sh --list      the names of the steps, and which steps they need
#   tests/run.sh html links  these steps, and first what they need
#
# The last line says how many steps passed and how many failed; the lines before it, how long each took.
set -eu

cd "$(dirname "$0")/.."

# What other programs print must not depend on whose machine this is. Dateline's own tests set what they are about.
export LC_ALL=C.UTF-8 TZ=UTC

. tests/need.sh

sites=.tools/sites

dateline() {
    cargo run --quiet --locked -- "$@"
}

history() {
    HISTORIES=1 EDITS=200 YEAR_STORIES=300 cargo test --locked --quiet --test suite -- histories:: year::
}

rustdoc() {
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items --quiet
}

messages() {
    python3 tests/validate/messages.py --self-test && tests/validate/check.sh messages "$sites"
}

growth() {
    need python3 python3
    benches/growth.sh --short "$@"
}

smoke() {
    need python3 python3
    benches/run.sh --smoke
}

# The scripts, with the program that the tests have built; what is handed out has another profile.
packages() {
    packaging/build.sh --profile dev >/dev/null && packaging/test.sh
}

# The oldest Rust of Cargo.toml, Windows, and the nightly one of the fuzz targets: for these, rustup has to fetch something.
oldest=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)

install_rust() {
    need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
    need c++ g++
    rustup toolchain install "$oldest" --profile minimal --no-self-update
    rustup target add x86_64-pc-windows-gnu
}

oldest() {
    cargo "+$oldest" check --locked --quiet --target-dir target/oldest
}

windows() {
    cargo clippy --locked --all-targets --quiet --target x86_64-pc-windows-gnu -- -D warnings
}

fuzz_targets() {
    cargo check --locked --quiet --manifest-path fuzz/Cargo.toml --target-dir target/fuzz
}

disks() {
    need unshare util-linux
    tests/disks.sh
}

# Each line: the name of a step, the steps that it needs (`-` for none), and its command. They run in this order.
steps() {
    step format - cargo fmt --all -- --check
    step lints - cargo clippy --locked --all-targets --quiet -- -D warnings
    step no-features - cargo clippy --locked --no-default-features --quiet -- -D warnings
    step tests - cargo test --locked --quiet
    step history - history
    step rustdoc - rustdoc
    step example - dateline check --deny-warnings
    step disks - disks

    step install-rust - install_rust
    step oldest-rust install-rust oldest
    step windows install-rust windows
    step fuzz-targets install-rust fuzz_targets

    step install-validators - tests/validate/install.sh
    step sites - tests/validate/build.sh "$sites"
    for name in html feeds sitemaps jsonld agree links texts servers; do
        step "$name" install-validators,sites tests/validate/check.sh "$name" "$sites"
    done
    step e-mails install-validators,sites messages
    step access install-validators,sites tests/validate/check.sh access "$sites"
    step workflows install-validators tests/validate/workflows.sh
    step broken-sites install-validators,sites tests/validate/broken.sh "$sites"

    step install-hosts - tests/hosts/install.sh
    step hosts install-hosts tests/hosts/check.sh
    step broken-hosts install-hosts tests/hosts/broken.sh

    step install-generators - tests/moving/install.sh
    step moving install-generators tests/moving/check.sh
    step broken-moving install-generators tests/moving/broken.sh

    step packages install-validators packages

    step install-stores - tests/deploy/install.sh
    for name in stores azure folder faults together interrupted serving; do
        step "deploy-$name" install-stores tests/deploy/check.sh "$name"
    done
    step deploy-thousands install-stores tests/deploy/check.sh thousands 900
    step broken-stores install-stores tests/deploy/broken.sh

    step install-browser - tests/browser/install.sh
    step serve install-browser tests/browser/run.sh
    step desk install-browser tests/desk/run.sh
    step cms install-browser tests/browser/cms.sh
    step cms-vendored - packaging/cms/vendor.sh --check

    step benches - smoke
    step growth - growth
    step growth-moving - growth --moving
}

quick=format,lints,no-features,tests,rustdoc,example

# has LIST NAME: whether a name stands in a list with commas.
has() {
    case ",$1," in *",$2,"*) return 0 ;; esac
    return 1
}

list() {
    if [ "$2" = - ]; then echo "$1"; else echo "$1 (needs $2)"; fi
}

known=
know() {
    known=$known,$1
    # What a wanted step needs is wanted. Needs stand before those who need them and need nothing themselves.
    if has "$wanted" "$1" && [ "$2" != - ]; then wanted=$wanted,$2; fi
}

# run NAME NEEDS COMMAND…: runs a wanted step, says so, and counts how it ended. A failure stops no later step.
passed=0
failed=0
took=
run() {
    name=$1
    shift 2
    [ -z "$wanted" ] || has "$wanted" "$name" || return 0
    printf '\n== %s: %s\n' "$name" "$*"
    began=$(date +%s)
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '== %s: FAILED\n' "$name"
        name="$name: FAILED"
    fi
    took=$took$(printf '%6d s  %s' $(($(date +%s) - began)) "$name")'
'
}

wanted=
for word in "$@"; do
    case $word in
    --list)
        step() { list "$@"; }
        steps
        exit
        ;;
    --quick) wanted=$wanted,$quick ;;
    -*)
        echo "tests/run.sh [--quick | --list | STEP...]; there is no option $word" >&2
        exit 2
        ;;
    *) wanted=$wanted,$word ;;
    esac
done

asked=$wanted
step() { know "$@"; }
steps
for word in $(echo "$asked" | tr , ' '); do
    has "$known" "$word" && continue
    echo "tests/run.sh: there is no step $word; --list names them" >&2
    exit 2
done

step() { run "$@"; }
steps

printf '\n%s\n%d passed, %d failed\n' "$took" "$passed" "$failed"
[ "$failed" -eq 0 ]
