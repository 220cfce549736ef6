#!/bin/sh
# Install without the internet:
#   sh deploy/offline.sh collect [GROUP…]   on a machine with it, of the same system and Python: fills wheelhouse/
#   sh deploy/offline.sh install [GROUP…]   on the server, beside the copied wheelhouse/: makes .venv from it alone
# A group is a file of requirements/: service (without any), telemetry, ocr, cluster; all stands for these four.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
PIP="-m pip --quiet --disable-pip-version-check"
what=${1:-}
[ $# = 0 ] || shift
[ "$*" != all ] || set -- service telemetry ocr cluster
[ $# != 0 ] || set -- service
for group; do
    [ -f "requirements/$group.txt" ] || { echo "requirements/$group.txt is not there" >&2; exit 2; }
done
case "$what" in
collect)
    "$PYTHON" -m venv build/collecting
    for group; do
        build/collecting/bin/python $PIP download --only-binary :all: --no-binary pyspark --require-hashes \
            --dest wheelhouse -r "requirements/$group.txt"
    done
    ;;
install)
    "$PYTHON" -m venv .venv
    for group; do
        .venv/bin/python $PIP install --no-index --find-links wheelhouse --require-hashes -r "requirements/$group.txt"
    done
    ;;
*)
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
    ;;
esac
