#!/bin/sh
# Builds what is handed out of a release for this machine, below packaging/dist/: an archive of the program with completions and
# manual pages, its checksum, the Python wheel and the npm packages.
#
#   packaging/build.sh                  with the profile `dist`, which takes minutes
#   packaging/build.sh --profile NAME   with another profile of Cargo, such as `dev`, to try the packaging itself
#   packaging/build.sh --target TRIPLE  for another target of Rust that is installed; without the npm packages, which need all
#
# Needs Rust, Python 3.9 with venv, and Node with npm; maturin is installed on the way.
set -eu
cd "$(dirname "$0")/.."

profile=dist
target=
while [ $# -gt 0 ]; do
    case $1 in
    --profile) profile=$2 ;;
    --target) target=$2 ;;
    *)
        echo "usage: packaging/build.sh [--profile NAME] [--target TRIPLE]" >&2
        exit 2
        ;;
    esac
    shift 2
done

. tests/need.sh
need python3 python3
need npm npm
environment .tools/maturin packaging/requirements.txt
maturin=$PWD/.tools/maturin/bin/maturin
[ -e "$maturin" ] || maturin=$PWD/.tools/maturin/Scripts/maturin # on Windows

host=$(rustc -vV | sed -n 's/^host: //p')
target=${target:-$host}
version=$(packaging/version.sh)
folder=$profile
[ "$profile" != dev ] || folder=debug
binary=dateline
case $target in *windows*) binary=dateline.exe ;; esac

# A named target has a folder of its own; this machine's is not named, so that what other commands have built is found.
if [ "$target" = "$host" ]; then
    set --
    program=${CARGO_TARGET_DIR:-target}/$folder/$binary
else
    set -- --target "$target"
    program=${CARGO_TARGET_DIR:-target}/$target/$folder/$binary
fi
cargo build --locked --quiet --profile "$profile" "$@"

dist=packaging/dist
rm -rf "$dist"
mkdir -p "$dist"

# A wheel for glibc names the oldest glibc that it needs; maturin finds out which, and refuses what it cannot promise.
top=$PWD
(cd packaging/python && "$maturin" build --quiet --profile "$profile" "$@" --locked \
    --target-dir "${CARGO_TARGET_DIR:-$top/target}" --out "$top/$dist")

name=dateline-$version-$target
stage=$dist/$name
mkdir -p "$stage/completions" "$stage/man"
cp "$program" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$stage/"
if [ "$target" = "$host" ]; then runs=$program; else runs=${DATELINE:?names a program of this version that runs here}; fi
for shell in bash zsh fish powershell elvish; do
    "$runs" completions "$shell" >"$stage/completions/dateline.$shell"
done
"$runs" manual "$stage/man"
# The same sources give the same archive: names in order, one owner, one time.
if tar --version 2>/dev/null | grep -q GNU; then
    set -- --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}"
else
    set --
fi
tar -C "$dist" "$@" -cf - "$name" | gzip -9n >"$dist/$name.tar.gz"
(cd "$dist" && if command -v sha256sum >/dev/null; then sha256sum "$name.tar.gz"; else shasum -a 256 "$name.tar.gz"; fi >"$name.tar.gz.sha256")
rm -rf "$stage"

if [ "$target" = "$host" ]; then
    node packaging/npm/package.mjs "$dist/npm" "$version" "$target=$program"
    for package in "$dist"/npm/*/; do
        npm pack --silent --pack-destination "$dist" "./$package" >/dev/null
    done
    rm -rf "$dist/npm"
fi
ls -l "$dist"
