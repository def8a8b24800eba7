#!/bin/sh
# The unmodified CodeCarbon client against a running Wattledger; see README.md here.
#   CODECARBON_DIR=/path/to/codecarbon WL_KEY_FILE=/path/to/key [WL_BASE=http://localhost:3000] [PYTHON=/usr/bin/python3] e2e/clients/codecarbon.sh
set -eu
: "${CODECARBON_DIR:?a checkout of https://github.com/mlco2/codecarbon at a released tag}"
: "${WL_KEY_FILE:?a file that holds an API key with scopes ingest and read}"
exec "${PYTHON:-/usr/bin/python3}" "$(dirname "$0")/codecarbon_run.py" \
  --codecarbon "$CODECARBON_DIR" --base "${WL_BASE:-http://localhost:3000}" --key-file "$WL_KEY_FILE" "$@"
