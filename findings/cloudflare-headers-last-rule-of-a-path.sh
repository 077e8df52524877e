#!/bin/bash
# wrangler 4.86.0 (workerd 1.20260426.1), `_headers` of Cloudflare Pages.
#
# Rules of different paths that match one request are joined. Of two rules with the same path the later one replaces the
# earlier whole, headers that it does not name included: a policy in a first `/*` is gone once a second `/*` sets anything.
# Nothing is said about it. Netlify, whose format this is, joins both.
#
# Seen: /a.txt has X-Second and X-Narrow, and no X-First.
set -eu
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts --no-fund --no-audit wrangler@4.86.0
mkdir public
echo front >public/index.html
echo text >public/a.txt
printf '%s\n' '/*' '  X-First: one' '/a.txt' '  X-Narrow: yes' '/*' '  X-Second: two' >public/_headers
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
HOME=$work CI=1 WRANGLER_SEND_METRICS=false node node_modules/wrangler/bin/wrangler.js pages dev public --port "$port" --ip 127.0.0.1 \
    --compatibility-date 2026-01-01 >said 2>&1 &
pid=$!
for _ in $(seq 90); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 1; done
grep -i "header rule\|headers" said || true
curl -s -o /dev/null -D - "http://127.0.0.1:$port/a.txt" | tr -d '\r' | grep -i '^x-' | sort | tee headers
grep -qi '^x-second: two' headers && grep -qi '^x-narrow: yes' headers && ! grep -qi '^x-first' headers
echo "the later rule of one path replaces the earlier"
