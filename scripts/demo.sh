#!/usr/bin/env bash
# Digitises the samples with the embedded engine and ends with two searches that must find something.
set -euo pipefail
cd "$(dirname "$0")/.."

store=demo-store
rm -rf "$store"
unset SOHOA_INDEX__ENGINE
# 3 = something was set aside: the samples hold a broken file and secret documents on purpose.
.venv/bin/sohoa digitise sample_scans --store "$store" --index embedded || [ $? -eq 3 ]
.venv/bin/sohoa status --store "$store"
for query in 'giao đất tái định cư' 'giao dat tai dinh cu'; do
  printf '\n$ sohoa search "%s"\n' "$query"
  .venv/bin/sohoa search "$query" --limit 2 --store "$store"
  hits=$(.venv/bin/sohoa search "$query" --json --store "$store" | .venv/bin/python -c 'import json, sys; print(json.load(sys.stdin)["total"]["value"])')
  [ "$hits" -gt 0 ] || { echo "KHÔNG TÌM THẤY (nothing found): $query" >&2; exit 1; }
done
printf '\nTrang tra cứu (search pages): .venv/bin/sohoa serve --store %s\n' "$store"
