#!/usr/bin/env bash
# All certificates of one commune begun from its page, on a register that walked through a whole review: `benches/certificates.sh [count]`.
# A release build, SQLite; wanted under 2 minutes for 10,000.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/tools/env.sh
[ "${VUON_BIN:-}" ] || cargo build --release --locked --package cli --bin vuon
VUON_BIN="${VUON_BIN:-$CARGO_TARGET_DIR/release/vuon}" node benches/certificates.mjs "${1:-10000}"
