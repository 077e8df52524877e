#!/bin/sh
# Fetches the object stores that deployments are tried on into .tools/, which Git ignores: moto into a virtual environment,
# s3s-fs, which keeps objects as files, with cargo, and Microsoft's Azurite with npm. nginx and Caddy are those of the
# validators.
set -eu
cd "$(dirname "$0")/../.."

s3s=0.14.1

. tests/need.sh
need nginx nginx-light
need caddy caddy
need python3 python3
need node nodejs
need npm npm
mkdir -p .tools/azurite

environment .tools/deploy tests/deploy/requirements.txt

# What is installed in that version already is left alone. Later versions need a newer Rust than Dateline does. Without
# optimisation and debug information it compiles in half the time, and the tests ask little of it.
CARGO_PROFILE_DEV_DEBUG=0 cargo install --debug --quiet --locked --root .tools --version "$s3s" --features binary s3s-fs

lock=.tools/azurite/package-lock.json
if ! cmp -s tests/deploy/package-lock.json "$lock" || [ ! -e .tools/azurite/node_modules/.bin/azurite-blob ]; then
    cp tests/deploy/package.json tests/deploy/package-lock.json .tools/azurite/
    npm ci --prefix .tools/azurite --ignore-scripts --no-fund --no-audit
fi
