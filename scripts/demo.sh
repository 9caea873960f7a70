#!/usr/bin/env bash
# Sets up what is missing and runs the demo; arguments go to `emoscope demo`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 MALLOC_TRIM_THRESHOLD_=8388608
exec node dist/cli/main.js demo "$@"
