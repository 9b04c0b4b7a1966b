#!/usr/bin/env bash
# Runs the tests against whatever real engines run on this machine. SOHOA_REQUIRE_ELASTICSEARCH, SOHOA_REQUIRE_BROWSER,
# SOHOA_REQUIRE_VIEWER and SOHOA_REQUIRE_POSTGRESQL (=1) turn their skips into failures.
set -euo pipefail
cd "$(dirname "$0")/.."

if urls=$(.venv/bin/python -m scripts.elasticsearch_servers env 2>/dev/null); then
  export "${urls?}"
fi
if line=$(.venv/bin/python -m scripts.postgresql env 2>/dev/null); then
  eval "$line"
fi
exec .venv/bin/python -m pytest "$@"
