#!/bin/sh
# Fetches the validators into .tools/, which Git ignores: those in JavaScript with npm, those in Python into a virtual
# environment, and the rest as Debian packages where they are missing and there is `apt-get`.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need java default-jre-headless
need npm npm
need xmllint libxml2-utils
need jing jing
need nginx nginx-light
need caddy caddy
need shellcheck shellcheck
need python3 python3
mkdir -p .tools
tests/browser/install.sh
cp tests/validate/package.json tests/validate/package-lock.json .tools/
npm ci --prefix .tools --ignore-scripts --no-fund --no-audit

environment .tools/python tests/validate/requirements.txt
