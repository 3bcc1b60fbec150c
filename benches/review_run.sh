#!/usr/bin/env bash
# A province's review list through `vuon review run`, beside what the calamine crate alone needs to read the same file.
# Both run in turns in one go, so that a busy machine slows both. We want a ratio of at most 4 and a peak under 400 MB.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"

RUNS="${RUNS:-5}"
COMMUNES="${COMMUNES:-216}"
HOUSEHOLDS="${HOUSEHOLDS:-130}"
release="$CARGO_TARGET_DIR/release"

scratch="$(mktemp -d /tmp/vuon-bench.XXXXXX)"
trap 'rm -rf "$scratch"' EXIT

# measured NAME ALLOWED COMMAND…: adds "seconds KiB" to NAME's figures; any exit code in ALLOWED is a good end.
measured() {
  local name="$1" allowed="$2" code=0
  shift 2
  /usr/bin/time --quiet --format '%e %M' --append --output "$scratch/$name" "$@" >"$scratch/$name.out" 2>&1 || code=$?
  case " $allowed " in
    *" $code "*) ;;
    *)
      cat "$scratch/$name.out" >&2
      echo "review_run.sh: $name ended with $code; its words are above" >&2
      exit 1
      ;;
  esac
}

# median NAME COLUMN
median() {
  awk -v column="$2" '{ print $column }' "$scratch/$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

spread() {
  awk '{ print $1 }' "$scratch/$1" | sort -n | awk 'NR == 1 { low = $1 } { high = $1 } END { print low "–" high }'
}

python3 "$VUON_REPO/tests/lists/make_review_list.py" --out "$scratch" --communes "$COMMUNES" --households "$HOUSEHOLDS" --faults 0.03 >"$scratch/made"
list="$scratch/danh-sach-ra-soat.xlsx"

for _ in $(seq "$RUNS"); do
  measured calamine 0 "$release/examples/calamine_floor" "$list"
  # 3 says that some households were set aside, as the list's faults make sure.
  measured vuon '0 3' "$release/vuon" review run "$list" --year 2023 --out "$scratch/out"
done

floor="$(median calamine 1)"
ours="$(median vuon 1)"
printf '\nreview run: %s; %s bytes; %s runs each\n' "$(cat "$scratch/made")" "$(stat --format %s "$list")" "$RUNS"
printf '  calamine alone   %s s (%s), %s\n' "$floor" "$(spread calamine)" "$(cat "$scratch/calamine.out")"
printf '  vuon review run  %s s (%s), all forms included\n' "$ours" "$(spread vuon)"
printf '  ratio of medians %s (wanted: at most 4)\n' "$(awk -v a="$ours" -v b="$floor" 'BEGIN { printf "%.2f", a / b }')"
printf '  peak memory      %s MB (wanted: under 400)\n' "$(awk '{ if ($2 > most) most = $2 } END { printf "%.0f", most * 1024 / 1e6 }' "$scratch/vuon")"
