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
