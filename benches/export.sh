#!/usr/bin/env bash
# The benchmark of exports beside Python's icalendar, csv, json and XlsxWriter, in one run.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tools=${CARGO_TARGET_DIR:-$root/target}/bench-python
if [ ! -e "$tools/complete" ]; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install -q --disable-pip-version-check icalendar==7.3.0 xlsxwriter==3.3.1
    touch "$tools/complete"
fi
POSOLOGY_BENCH_PYTHON=$tools/bin/python cargo bench --manifest-path "$root/Cargo.toml" --bench export
