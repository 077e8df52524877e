#!/bin/sh
# Everything that must be green. Runs from any folder and needs nothing but Rust with rustfmt and clippy; what the
# validator of HTML, the browser and the benches need is installed on the way.
# The last line says how many steps passed and how many failed.
set -eu

cd "$(dirname "$0")/.."

# What other programs print must not depend on whose machine this is. Dateline's own tests set what they are about.
export LC_ALL=C.UTF-8 TZ=UTC

. tests/need.sh

passed=0
failed=0

# step NAME COMMAND…: runs a command, says so, and counts how it ended. A failure stops no later step.
step() {
    name=$1
    shift
    printf '\n== %s: %s\n' "$name" "$*"
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '== %s: FAILED\n' "$name"
    fi
}

dateline() {
    cargo run --quiet --locked -- "$@"
}

history() {
    HISTORIES=1 EDITS=200 cargo test --locked --quiet --test suite histories
}

smoke() {
    need python3 python3
    benches/run.sh --smoke
}

messages() {
    python3 tests/validate/messages.py --self-test && tests/validate/check.sh messages "$sites"
}

rustdoc() {
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items --quiet
}

step "formatting" cargo fmt --all -- --check
step "lints" cargo clippy --locked --all-targets --quiet -- -D warnings
step "tests" cargo test --locked --quiet
step "a history of 200 edits" history
step "documentation" rustdoc
step "example site" dateline check --deny-warnings

step "validators" tests/validate/install.sh
sites=.tools/sites
step "sites to validate" tests/validate/build.sh "$sites"
step "valid HTML" tests/validate/check.sh html "$sites"
step "feeds" tests/validate/check.sh feeds "$sites"
step "sitemaps" tests/validate/check.sh sitemaps "$sites"
step "structured data" tests/validate/check.sh jsonld "$sites"
step "agreement of outputs" tests/validate/check.sh agree "$sites"
step "links" tests/validate/check.sh links "$sites"
step "robots, trust and security" tests/validate/check.sh texts "$sites"
step "real servers" tests/validate/check.sh servers "$sites"
step "e-mails" messages
step "accessibility" tests/validate/check.sh access "$sites"
step "workflow files" tests/validate/workflows.sh
step "validators see what is broken" tests/validate/broken.sh "$sites"

step "programs of hosts" tests/hosts/install.sh
step "what hosts answer" tests/hosts/check.sh
step "tests of hosts see what is broken" tests/hosts/broken.sh

step "object stores" tests/deploy/install.sh
step "deployments" tests/deploy/check.sh stores
step "deployments to Azure" tests/deploy/check.sh azure
step "deployments to folders" tests/deploy/check.sh folder
step "deployments through a bad network" tests/deploy/check.sh faults
step "deployments at once" tests/deploy/check.sh together
step "deployments that are killed" tests/deploy/check.sh interrupted
step "deployments of a large site" tests/deploy/check.sh thousands 900
step "deployed sites in servers" tests/deploy/check.sh serving
step "tests of deployments see what is broken" tests/deploy/broken.sh

step "browser" tests/browser/install.sh
step "serve in a browser" tests/browser/run.sh

step "benches" smoke

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
