# What the scripts beside this one need of the system; read by them with `.`.

# need COMMAND PACKAGE: installs a Debian package where a command is missing.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    PATH=$PATH:/usr/sbin command -v "$1" >/dev/null 2>&1 && return
    echo "installing $2, since there is no \`$1\`"
    debian "$2"
}

# debian PACKAGE: installs a Debian package.
debian() {
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1"
}

# environment FOLDER REQUIREMENTS: a virtual environment of Python with what a file of requirements names. One that was made and
# not filled is made anew.
environment() {
    cmp -s "$2" "$1/requirements.txt" && return
    rm -rf "$1"
    python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv
    python3 -m venv "$1"
    scripts=bin
    [ -d "$1/bin" ] || scripts=Scripts # on Windows
    "$1/$scripts/pip" install --quiet --disable-pip-version-check -r "$2"
    cp "$2" "$1/"
}
