#!/bin/sh
# The unmodified CodeCarbon client against a running Wattledger; see README.md here.
#   CODECARBON_DIR=/path/to/codecarbon WL_KEY_FILE=/path/to/key [WL_ENDPOINT_KEY_FILE=…] [WL_BASE=http://localhost:3000] [PYTHON=/usr/bin/python3] \
#     e2e/clients/codecarbon.sh [--only plain,endpoint,csv,tasks]
# Several released versions, one after the other, from a clone of its repository with its tags:
#   CODECARBON_GIT=/path/to/clone CODECARBON_VERSIONS="v2.8.4 v3.0.8 v3.2.9 3.3.0" WL_KEY_FILE=… e2e/clients/codecarbon.sh
set -eu
: "${WL_KEY_FILE:?a file that holds an API key with scopes ingest and read}"
here="$(dirname "$0")"
run() {
  folder="$1"
  shift
  "${PYTHON:-/usr/bin/python3}" "$here/codecarbon_run.py" \
    --codecarbon "$folder" --base "${WL_BASE:-http://localhost:3000}" --key-file "$WL_KEY_FILE" \
    ${WL_ENDPOINT_KEY_FILE:+--endpoint-key-file "$WL_ENDPOINT_KEY_FILE"} "$@"
}
if [ -z "${CODECARBON_GIT:-}" ]; then
  : "${CODECARBON_DIR:?a checkout of https://github.com/mlco2/codecarbon at a released tag, or CODECARBON_GIT: a clone of it}"
  run "$CODECARBON_DIR" "$@"
  exit
fi
failed=0
for version in ${CODECARBON_VERSIONS:-v2.8.4 v3.0.8 v3.2.9 3.3.0}; do
  folder="$(mktemp -d)"
  git -C "$CODECARBON_GIT" archive "$version" | tar -x -C "$folder"
  run "$folder" "$@" || failed=1
  rm -rf "$folder"
done
exit "$failed"
