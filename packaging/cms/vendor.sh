#!/bin/sh
# Makes src/scaffold/cms/vendor/ of pinned packages: what `init --cms` writes to a site's `static/admin/`, so that its pages load nothing
# from elsewhere. Needs the network, npm and Python.
#
#   packaging/cms/vendor.sh           writes the files anew
#   packaging/cms/vendor.sh --check   fails when they are not those of the packages
#
# The script is Sveltia CMS as it is published, but for five places (script.mjs) that would load something from a content delivery
# network by themselves: two fonts for text are those of the machine, the font with the icons is beside the page, with the icons
# alone that the script or our configuration names; its own words are English; and it does not ask for newer versions.
set -eu
cd "$(dirname "$0")/../.."

CMS=0.221.1
INTEGRITY=sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==
FONTTOOLS=4.68.0
BROTLI=1.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$PWD
out=$work/vendor
mkdir "$out"

cd "$work"
npm pack --silent "@sveltia/cms@$CMS" >/dev/null
sum=sha512-$(openssl dgst -sha512 -binary sveltia-cms-$CMS.tgz | base64 -w0)
if [ "$sum" != "$INTEGRITY" ]; then echo "the package is another one: $sum" >&2; exit 1; fi
tar xzf sveltia-cms-$CMS.tgz
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install fonttools==$FONTTOOLS brotli==$BROTLI
python/bin/python "$here/packaging/cms/font.py" package "$here/src/scaffold/cms" "$out/material-symbols-outlined.woff2"
node "$here/packaging/cms/script.mjs" package "$out/sveltia-cms.js" "$work/bundled"
# The licences of what the script bundles are in the packages that its source map names.
mkdir licences
cd licences
# Those of Sveltia are parts of it, in versions of which some are in no registry; its own licence is theirs.
npm init --yes >/dev/null
# shellcheck disable=SC2046 # A list of names.
npm install --silent --no-fund --no-audit --ignore-scripts --force $(grep -v "^@sveltia/" "$work/bundled") >/dev/null
node "$here/packaging/cms/licences.mjs" "$work/package" "$work/licences" "$work/bundled" "$out/LICENSES.txt"
cd "$here"

if [ "${1:-}" = --check ]; then
    gzip -dc src/scaffold/cms/vendor/sveltia-cms.js.gz | cmp - "$out/sveltia-cms.js"
    cmp src/scaffold/cms/vendor/material-symbols-outlined.woff2 "$out/material-symbols-outlined.woff2"
    cmp src/scaffold/cms/vendor/LICENSES.txt "$out/LICENSES.txt"
    echo "the files are those of @sveltia/cms $CMS"
else
    gzip -9n "$out/sveltia-cms.js"
    mkdir -p src/scaffold/cms/vendor
    cp "$out"/* src/scaffold/cms/vendor/
    ls -l src/scaffold/cms/vendor
fi
