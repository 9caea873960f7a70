#!/usr/bin/env bash
# Sets up what is missing, the tests' needs included, and runs every check and test.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh --tests
exec npm run -s check
