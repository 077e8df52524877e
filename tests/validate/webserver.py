"""Servers on loopback that run while a block does, among them a real nginx and a real Caddy; and `_headers` as hosts read it."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

TYPES = {
    ".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain", ".mp3": "audio/mpeg",
    "feed.xml": "application/atom+xml", "rss.xml": "application/rss+xml", "feed.json": "application/feed+json",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(root, hosting, work, port):
    """The command of an nginx that serves `root` as the snippets in the folder `hosting` say."""
    maps = os.path.join(hosting, "nginx-http.conf")
    file = os.path.join(work, "nginx.conf")
    with open(file, "w", encoding="utf-8") as config:
        config.write(f"""
{"user root;" if os.getuid() == 0 else ""}
daemon off; worker_processes 1; pid {work}/nginx.pid; error_log stderr warn;
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c; uwsgi_temp_path {work}/d; scgi_temp_path {work}/e;
  {f"include {maps};" if os.path.exists(maps) else ""}
  server {{
    listen 127.0.0.1:{port};
    root "{root}";
    include "{hosting}/nginx.conf";
  }}
}}
""")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-p", work, "-c", file]


def caddy(root, hosting, work, port):
    """The same with Caddy."""
    file = os.path.join(work, "Caddyfile")
    with open(file, "w", encoding="utf-8") as config:
        config.write(f"""{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port} {{
	bind 127.0.0.1
	root * "{root}"
	import "{hosting}/Caddyfile"
	file_server
}}
""")
    return [shutil.which("caddy"), "run", "--adapter", "caddyfile", "--config", file]


def readable(folder):
    """Lets a server that gives its rights away read a folder of ours."""
    os.chmod(folder, 0o755)
    return folder


MODULES = "mpm_event authz_core authn_core dir mime alias headers"


def apache(root, work, port):
    """The command of an Apache that serves `root` and reads `.htaccess` in it."""
    readable(work)
    file = os.path.join(work, "apache.conf")
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES.split())
    with open(file, "w", encoding="utf-8") as config:
        config.write(f"""
ServerName localhost
ServerRoot "{work}"
Listen 127.0.0.1:{port}
PidFile "{work}/apache.pid"
ErrorLog /dev/stderr
LogLevel crit
{modules}
{"User nobody" if os.getuid() == 0 else ""}
{"Group nogroup" if os.getuid() == 0 else ""}
TypesConfig /etc/mime.types
DocumentRoot "{root}"
DirectoryIndex index.html
<Directory "{root}">
  AllowOverride FileInfo AuthConfig
  Require all granted
</Directory>
""")
    return [shutil.which("apache2") or "/usr/sbin/apache2", "-f", file, "-D", "FOREGROUND"]


def lighttpd(root, hosting, work, port):
    """The same with lighttpd."""
    file = os.path.join(work, "lighttpd.conf")
    with open(file, "w", encoding="utf-8") as config:
        config.write(f"""
server.modules = ( "mod_indexfile", "mod_access", "mod_redirect", "mod_setenv", "mod_staticfile" )
server.bind = "127.0.0.1"
server.port = {port}
server.document-root = "{root}"
server.upload-dirs = ( "{work}" )
mimetype.assign = ( ".html" => "text/html", ".xml" => "application/xml" )
index-file.names = ( "index.html" )
include "{hosting}/lighttpd.conf"
""")
    return [shutil.which("lighttpd") or "/usr/sbin/lighttpd", "-D", "-f", file]


class Server:
    """A server that runs while its block does, and is ended by its own id. `command` makes its command line of a folder
    for its files and a port."""

    def __init__(self, command, patience=20, **environment):
        self.command, self.patience, self.environment, self.failed = command, patience, environment, False

    def __enter__(self):
        self.work = tempfile.mkdtemp()
        self.port = free_port()
        self.said = open(os.path.join(self.work, "said"), "w+b")
        environment = dict(os.environ, HOME=self.work, XDG_DATA_HOME=self.work, XDG_CONFIG_HOME=self.work, **self.environment)
        self.process = subprocess.Popen(self.command(self.work, self.port), stdout=self.said, stderr=self.said, env=environment)
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        self.failed = True
        return None

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        if self.failed:
            self.said.seek(0)
            print(self.said.read().decode("utf-8", "replace")[-1500:])
        self.said.close()
        shutil.rmtree(self.work, ignore_errors=True)

    def words(self):
        """What it has said so far."""
        with open(os.path.join(self.work, "said"), "rb") as said:
            return said.read().decode("utf-8", "replace")

    def ask(self, path):
        return ask(self.port, path)


def ask(port, path):
    """The answer of a server on loopback, with its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def headers_of(text):
    """The rules of `_headers`: (pattern, {name: value})."""
    rules = []
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            rules.append((line.strip(), {}))
        elif line.strip():
            if line.strip().startswith("!"):
                continue
            name, value = line.strip().split(": ", 1)
            # A line with `!` takes off what other rules say of a header.
            rules[-1][1][name] = value
    return rules


def matches(pattern, path):
    parts = [".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part) for part in re.split(r"(\*|:[a-z]+)", pattern)]
    return re.fullmatch("".join(parts), path)
