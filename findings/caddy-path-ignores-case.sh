#!/bin/bash
# Caddy 2.6.2 (Debian 12's package `caddy`), the matcher `path` and the shorthand of `redir`.
#
# `path` makes no difference between capitals, and `{`, `[` and `*` in it are patterns: `redir /Story-A/ /story-a/` answers
# /story-a/ itself, and sends it to itself without end. A `map` on `{http.request.uri.path}` compares the texts as they are,
# so that `{x}`, `[b]` and capitals are themselves.
#
# Seen: by redir: /story-a/ 301 to /story-a/; by map: /Story-B/ 301, /story-b/ 200, /{x}/ 301.
set -eu
command -v caddy >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq caddy >/dev/null; }
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p public/story-a public/story-b
echo a >public/story-a/index.html
echo b >public/story-b/index.html
cat >Caddyfile <<EOF
{
	admin off
	auto_https off
}
http://127.0.0.1:$port {
	root * $work/public
	redir /Story-A/ /story-a/ 301
	map {http.request.uri.path} {to} {
		"/Story-B/" "/story-b/"
		"/{x}/" "/story-b/"
		default ""
	}
	@moved expression \`{to} != ""\`
	redir @moved {to} 301
	file_server
}
EOF
HOME=$work caddy run --adapter caddyfile --config Caddyfile >said 2>&1 &
pid=$!
for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.2; done
caddy version
seen=
for path in /story-a/ /Story-B/ /story-b/ /%7Bx%7D/; do
    answer=$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' "http://127.0.0.1:$port$path")
    echo "$path $answer"
    seen="$seen ${answer%% *}"
done
[ "$seen" = " 301 301 200 301" ]
