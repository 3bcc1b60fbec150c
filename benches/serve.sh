#!/usr/bin/env bash
# A province's register behind `vuon serve`: how fast it starts, what it holds in memory, and what 50 people wait for.
# Fills a register once and keeps it in the cache, by size, so that the next bench starts at once. Start with serve.mjs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"

HOUSEHOLDS="${STORED_HOUSEHOLDS:-400000}"
vuon="$CARGO_TARGET_DIR/release/vuon"
register="$VUON_CACHE/bench-register-$HOUSEHOLDS-$(sha256sum "$vuon" | cut -c1-12)"

if [ ! -f "$register/filled" ]; then
  rm -rf "$VUON_CACHE"/bench-register-"$HOUSEHOLDS"-*
  mkdir -p "$register"
  "$vuon" sample fill --households "$HOUSEHOLDS" --data "$register" >"$VUON_CACHE/bench-fill.log" 2>&1 || {
    cat "$VUON_CACHE/bench-fill.log" >&2
    echo "serve.sh: the register was not filled; the words of vuon sample fill are above" >&2
    exit 1
  }
  touch "$register/filled"
fi

printf '\nserve: %s households stored, %s MB on disk\n' "$HOUSEHOLDS" "$(du --bytes --summarize "$register" | awk '{ printf "%.0f", $1 / 1e6 }')"
VUON_BIN="$vuon" node "$VUON_REPO/benches/serve.mjs" "$register"
