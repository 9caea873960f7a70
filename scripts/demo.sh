#!/usr/bin/env bash
# Sets up what is missing and runs the demo; arguments go to `emoscope demo`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
export MALLOC_ARENA_MAX=2
exec node dist/cli/main.js demo "$@"
