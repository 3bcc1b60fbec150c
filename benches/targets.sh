#!/usr/bin/env bash
# All targets of the province, its districts and communes over 400.000 households: the first count, a cold start from the kept
# counts, again at once, and again after one household was saved. On a copy of the load-test register.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"
cd "$VUON_REPO"

HOUSEHOLDS=${HOUSEHOLDS:-400000}
DATA=$(mktemp -d)
trap 'rm -rf "$DATA"' EXIT
"$CARGO_TARGET_DIR/release/vuon" sample fill --households "$HOUSEHOLDS" --data "$DATA" >/dev/null 2>&1
echo "targets over $HOUSEHOLDS households:"
"$CARGO_TARGET_DIR/release/vuon" target measure --data "$DATA"
