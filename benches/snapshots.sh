#!/usr/bin/env bash
# Frozen facts: how long a province of 400,000 reviewed households takes to freeze, in what memory, and how soon its family by
# commune is there; then the pages over two frozen years behind `vuon serve`, asked for the first time after a start; last the working
# figures of a year that is not frozen, and the forms of two whole lists after one household changed. Start with snapshots.mjs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"
cd "$VUON_REPO"

HOUSEHOLDS="${FROZEN_HOUSEHOLDS:-400000}"
TURNS="${RUNS:-5}"
vuon="$CARGO_TARGET_DIR/release/vuon"
beside="$CARGO_TARGET_DIR/release/examples/freeze"

scratch="$(mktemp -d /tmp/vuon-snapshots.XXXXXX)"
trap 'rm -rf "$scratch"' EXIT

printf '\nsnapshots: %s households in 216 communes, %s turns\n' "$HOUSEHOLDS" "$TURNS"
for _ in $(seq "$TURNS"); do
  "$beside" "$scratch/archive" "$HOUSEHOLDS"
  rm -rf "$scratch/archive"
done | tee "$scratch/lines"
# middle NAME: the median of a figure over the turns.
middle() { sed "s/.* $1=\([0-9.]*\).*/\1/" "$scratch/lines" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf '  freezing %s s, peak %s MiB; family by commune %s ms cold, hash and all (wanted: the page under 100 ms)\n' \
  "$(middle seconds)" "$(middle peak_mib)" "$(middle family_by_commune_ms)"

register="$VUON_CACHE/bench-sample-$(sha256sum "$vuon" | cut -c1-12)"
if [ ! -f "$register/filled" ]; then
  rm -rf "$VUON_CACHE"/bench-sample-*
  mkdir -p "$register"
  "$vuon" sample fill --households 1 --data "$register" >"$VUON_CACHE/bench-fill.log" 2>&1
  touch "$register/filled"
fi
# The same register, with the lists of 2023 sent commune by commune, then with that review approved as a whole.
years="$CARGO_TARGET_DIR/release/examples/frozen_years"
cp -r "$register" "$scratch/communes"
"$years" "$scratch/communes" communes
RUNS="$TURNS" VUON_BIN="$vuon" node benches/snapshots.mjs "$scratch/communes" 'a snapshot for each commune'
cp -r "$scratch/communes" "$scratch/province"
rm -rf "$scratch/communes"
"$years" "$scratch/province" province
RUNS="$TURNS" VUON_BIN="$vuon" node benches/snapshots.mjs "$scratch/province" 'one snapshot of the province'
rm -rf "$scratch/province"

mkdir "$scratch/working"
"$vuon" sample fill --households "$HOUSEHOLDS" --data "$scratch/working" >"$VUON_CACHE/bench-fill.log" 2>&1
"$years" "$scratch/working" working
# The same register, everybody on the lists of two years: the forms and the counts as they are kept, beside those counted anew.
"$years" "$scratch/working" forms
