#!/bin/sh
# Install without the internet:
#   sh deploy/offline.sh collect   on a machine with it, of the same system and Python: fills wheelhouse/
#   sh deploy/offline.sh install   on the server, beside the copied wheelhouse/: makes .venv from it and nothing else
# GROUP=telemetry takes requirements/telemetry.txt instead of service.txt.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3} GROUP=${GROUP:-service}
case "${1:-}" in
collect)
    "$PYTHON" -m venv build/collecting
    build/collecting/bin/python -m pip download --quiet --disable-pip-version-check --only-binary :all: \
        --require-hashes --dest wheelhouse -r "requirements/$GROUP.txt"
    ;;
install)
    "$PYTHON" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheelhouse \
        --require-hashes -r "requirements/$GROUP.txt"
    ;;
*)
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
    ;;
esac
