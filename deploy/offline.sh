#!/bin/sh
# Install without the internet:
#   sh deploy/offline.sh collect   on a machine with it, of the same system and Python: fills wheelhouse/
#   sh deploy/offline.sh install   on the server, beside the copied wheelhouse/: makes .venv from it and nothing else
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
case "${1:-}" in
collect)
    "$PYTHON" -m venv build/collecting
    build/collecting/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
    build/collecting/bin/python -m pip download --quiet --disable-pip-version-check --dest wheelhouse 'pip>=25.1'
    build/collecting/bin/python -m pip download --quiet --disable-pip-version-check --dest wheelhouse --group service
    ;;
install)
    "$PYTHON" -m venv .venv
    .venv/bin/python -m pip install --quiet --no-index --find-links wheelhouse --upgrade 'pip>=25.1'
    .venv/bin/python -m pip install --quiet --no-index --find-links wheelhouse --group service
    ;;
*)
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
