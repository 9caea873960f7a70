#!/usr/bin/env bash
# Runs every check, then every test. Linting takes about as long as the other checks together, so that they run beside it.
set -euo pipefail
cd "$(dirname "$0")/.."

npm run -s lint &
lint=$!
trap 'kill "$lint" 2>/dev/null || true' EXIT
npm run -s format:check
npm run -s types
npm run -s boundaries
wait "$lint"
trap - EXIT
npm run -s test
