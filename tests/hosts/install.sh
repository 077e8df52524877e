#!/bin/sh
# Fetches the programs of hosts into .tools/hosts/, which Git ignores, and Debian packages where they are missing and there
# is `apt-get`: wrangler with Cloudflare's workerd, Netlify's redirector, Firebase's superstatic, nginx, Caddy, Apache,
# lighttpd.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need npm npm
need python3 python3
need nginx nginx-light
need caddy caddy
need apache2 apache2-bin
need lighttpd lighttpd
mkdir -p .tools/hosts
cp tests/hosts/package.json tests/hosts/package-lock.json .tools/hosts/
npm ci --prefix .tools/hosts --ignore-scripts --no-fund --no-audit
