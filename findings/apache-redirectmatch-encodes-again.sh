#!/bin/bash
# Apache httpd 2.4 (Debian 12's package `apache2-bin`), mod_alias.
#
# The target of `RedirectMatch` is taken for a path that is not encoded, and is encoded: `%20` in it becomes `%2520`, and the
# reader gets 404. It has to be written decoded, which no other server wants. The query of the target is left alone.
#
# Seen: "/new/a%20b/?x=a%20b" gives Location /new/a%2520b/?x=a%20b; "/new/a b/" gives /new/a%20b/.
set -eu
PATH=$PATH:/usr/sbin
command -v apache2 >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq apache2-bin >/dev/null; }
work=$(mktemp -d)
chmod 755 "$work"
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir public
{
    echo "ServerName localhost
ServerRoot $work
Listen 127.0.0.1:$port
PidFile $work/pid
ErrorLog $work/errors"
    for name in mpm_event authz_core alias; do echo "LoadModule ${name}_module /usr/lib/apache2/modules/mod_$name.so"; done
    [ "$(id -u)" -ne 0 ] || printf 'User nobody\nGroup nogroup\n'
    echo "DocumentRoot $work/public
RedirectMatch 301 \"^/encoded/\$\" \"/new/a%20b/?x=a%20b\"
RedirectMatch 301 \"^/decoded/\$\" \"/new/a b/\""
} >apache.conf
apache2 -f "$work/apache.conf" -D FOREGROUND >said 2>&1 &
pid=$!
for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.2; done
apache2 -v | head -n 1
location() { curl -s -o /dev/null -w '%{redirect_url}' "http://127.0.0.1:$port$1" | sed 's|^http://[^/]*||'; }
echo "encoded: $(location /encoded/)"
echo "decoded: $(location /decoded/)"
[ "$(location /encoded/)" = "/new/a%2520b/?x=a%20b" ] && [ "$(location /decoded/)" = "/new/a%20b/" ]
