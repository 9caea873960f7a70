#!/usr/bin/env bash
# Installs what EmoScope needs: ffmpeg from the distribution, the npm packages from the lock file, and the build.
# usage: scripts/setup.sh [--tests | --production]
#   --tests        also installs what the tests use (RTSP server, Chromium, mosquitto …)
#   --production   leaves only what a running service needs
set -euo pipefail
cd "$(dirname "$0")/.."

tests=false
production=false
for arg in "$@"; do
  case "$arg" in
    --tests) tests=true ;;
    --production) production=true ;;
    *) echo "setup: unknown option $arg (known: --tests, --production)" >&2; exit 2 ;;
  esac
done

say() { echo "setup: $*" >&2; }

if ! command -v node >/dev/null || ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  say "Node.js 20.19 or newer is needed; found: $(node --version 2>/dev/null || echo none)"
  exit 1
fi

missing=()
need() { # need COMMAND PACKAGE…
  command -v "$1" >/dev/null || missing+=("${@:2}")
}
need ffmpeg ffmpeg
need ffprobe ffmpeg
if $tests; then
  need chromium chromium
  need pdftotext poppler-utils
  need mosquitto mosquitto
  need nginx nginx
  need openssl openssl
  need faketime faketime
  /usr/bin/python3 -c "import jinja2" 2>/dev/null || missing+=(python3-jinja2)
  if ! /usr/bin/python3 -c 'import gi; gi.require_version("GstRtspServer", "1.0"); from gi.repository import GstRtspServer' 2>/dev/null; then
    missing+=(python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad)
  fi
fi

if [ "${#missing[@]}" -gt 0 ]; then
  # shellcheck disable=SC2207
  missing=($(printf '%s\n' "${missing[@]}" | sort -u))
  run=()
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then run=(sudo); else run=(false); fi
  fi
  if command -v apt-get >/dev/null && [ "${run[0]:-}" != false ]; then
    say "installing from the distribution: ${missing[*]}"
    "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    say "these packages are missing and cannot be installed from here; please run:"
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    exit 1
  fi
fi

stamp=node_modules/.emoscope-lock
if ! cmp -s package-lock.json "$stamp" 2>/dev/null; then
  say "installing npm packages from the lock file"
  # A registry that stops in the middle of a package is asked again; what came before it is in npm's cache.
  for attempt in 1 2 3; do
    if npm ci --no-audit --no-fund --loglevel=error >&2; then break; fi
    if [ "$attempt" = 3 ]; then
      say "npm ci failed three times; see above"
      exit 1
    fi
    say "npm ci failed; trying again in $((attempt * 5)) s"
    sleep $((attempt * 5))
  done
  cp package-lock.json "$stamp"
fi

say "building"
npm run -s build >&2

if $production; then
  say "taking out what only builds and tests need"
  rm -f "$stamp"
  npm prune --omit=dev --no-audit --no-fund --loglevel=error >&2
  node scripts/slim.mjs
fi
