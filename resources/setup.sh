#!/usr/bin/env bash
# resources/setup.sh run   installs what is missing, builds, and starts Hounsfield (the demo where there is no display)
# resources/setup.sh test  installs what is missing, builds, and runs all tests
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

install_packages() {
    local missing=()
    local package
    while read -r package; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done < resources/debian-packages.txt
    [ ${#missing[@]} -eq 0 ] && return
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    echo "Installing ${#missing[@]} packages …"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
}

build() {
    cmake --preset release
    cmake --build --preset release
}

case "${1:-}" in
run)
    install_packages
    build
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        exec build/release/bin/hounsfield "${@:2}"
    fi
    echo "There is no display: the demo runs in its place."
    exec build/release/bin/hounsfield-cli demo "${@:2}"
    ;;
test)
    install_packages
    build
    exec ctest --preset release "${@:2}"
    ;;
*)
    echo "usage: resources/setup.sh run | test" >&2
    exit 2
    ;;
esac
