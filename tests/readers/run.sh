#!/usr/bin/env bash
# Opens datasets with readers that know nothing of shiryo: DuckDB, pyarrow and frictionless from PyPI (in an environment of their own
# that is thrown away), LibreOffice where it is installed. What cannot be had is skipped, and said.
#
#   bash tests/readers/run.sh DATASET...      (datasets with all formats: --format json,csv,xlsx,parquet)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python=python3
if python3 -m venv "$tmp/venv" >"$tmp/log" 2>&1; then
  python=$tmp/venv/bin/python
  for package in duckdb pyarrow frictionless; do
    timeout 180 "$python" -m pip install --quiet --disable-pip-version-check "$package" >>"$tmp/log" 2>&1 ||
      echo "skipped: $package cannot be installed ($(tail -n 1 "$tmp/log" | cut -c1-120))"
  done
else
  echo "no environment for Python packages ($(tail -n 1 "$tmp/log" | cut -c1-120)); only what is installed already is used"
fi
for dataset in "$@"; do
  echo "$dataset"
  "$python" "$here/readers.py" "$dataset"
done
questions=$here/../../docs/examples/questions.py
if "$python" -c 'import duckdb' 2>/dev/null; then
  echo "docs/examples/questions.py"
  "$python" "$questions" "$here/../../output"
else
  echo "skipped: docs/examples/questions.py needs DuckDB"
fi
