#!/usr/bin/env bash
# 500 surveys sent at once over HTTP, each twice: all acknowledged, none stored twice, how long each waited.
# A release build, 500 households of ten villages, SQLite with every acknowledged write on the disk. `benches/surveys.sh [count]`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/tools/env.sh
[ "${VUON_BIN:-}" ] || cargo build --release --locked --package cli --bin vuon
VUON_BIN="${VUON_BIN:-$CARGO_TARGET_DIR/release/vuon}" node benches/surveys.mjs "${1:-500}"
