#!/usr/bin/env bash
# Classes and the whole Alkire–Foster family of 10 and 28 million invented households: ours, the fastest general engines of
# scoring.py, and the floor (decoding the needed columns and nothing else), in turns, five each. Then the figures file.
# Installs its Python engines and makes its data once, in the cache. Ours is timed as a whole process, theirs after their imports.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"
cd "$VUON_REPO"

SIZES="${FIGURES_SIZES:-10000000 28000000}"
TURNS="${RUNS:-5}"
venv="$VUON_CACHE/bench-venv"
vuon="$CARGO_TARGET_DIR/release/vuon"
beside="$CARGO_TARGET_DIR/release/examples/figures"
pack=benches/pack.yaml
by=nation,province,district,commune,area,ethnic
export PYTHONDONTWRITEBYTECODE=1

if ! "$venv/bin/python" -c 'import numpy, pyarrow, pandas, duckdb, polars, datafusion' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 pyarrow==26.0.1 pandas==3.1.1 \
    duckdb==2.0.0 polars==2.1.0 datafusion==55.0.0 </dev/null
fi

scratch="$(mktemp -d /tmp/vuon-figures.XXXXXX)"
trap 'rm -rf "$scratch"' EXIT

# median FILE: of the numbers in it.
median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
spread() { sort -g "$1" | awk 'NR == 1 { low = $1 } { high = $1 } END { printf "%.3f-%.3f", low, high }'; }

# ours TASK ARGUMENTS...: seconds and peak of the whole process.
ours() {
  local task="$1"
  shift
  /usr/bin/time -f '%e %M' -o "$scratch/time" "$vuon" "$@" >"$scratch/$task.line"
  awk '{ print $1 }' "$scratch/time" >>"$scratch/$task.ours"
  awk '{ print $2 / 1024 }' "$scratch/time" >>"$scratch/$task.peak"
}

# theirs TASK NAME ARGUMENTS...: seconds as scoring.py takes them, and the peak of its process.
theirs() {
  local task="$1" name="$2" line
  shift 2
  line="$("$venv/bin/python" benches/scoring.py --survey "$survey" --repeat 1 --threads 2 --out "$scratch/$name" "$@" | tail -n 1)"
  echo "$line" >"$scratch/$task.$name.line"
  sed 's/.*_wall_s=\([0-9.]*\).*/\1/' <<<"$line" >>"$scratch/$task.$name"
  sed 's/.*peak_mib=\([0-9]*\).*/\1/' <<<"$line" >"$scratch/$task.$name.peak"
}

floor() { "$beside" floor "$survey" "$pack" "$1" | sed 's/floor_s=//' >>"$scratch/$1.floor"; }

report() {
  local task="$1" own low
  shift
  own="$(median "$scratch/$task.ours")" low="$(median "$scratch/$task.floor")"
  printf '%s: ours %.3f s (%s), peak %.0f MiB; floor (decoding alone) %.3f s, ratio %.2f\n' "$task" "$own" "$(spread "$scratch/$task.ours")" \
    "$(sort -g "$scratch/$task.peak" | tail -n 1)" "$low" "$(awk "BEGIN { print $own / $low }")"
  for name in "$@"; do
    local other
    other="$(median "$scratch/$task.$name")"
    printf '  %s %.3f s (%s), peak %s MiB; ours / theirs %.2f\n' "$name" "$other" "$(spread "$scratch/$task.$name")" \
      "$(cat "$scratch/$task.$name.peak")" "$(awk "BEGIN { print $own / $other }")"
  done
}

for size in $SIZES; do
  data="$VUON_CACHE/bench-data/$((size / 1000000))m"
  survey="$data/survey.parquet"
  if [ ! -f "$survey" ]; then
    mkdir -p "$data"
    "$venv/bin/python" benches/population.py --households "$size" --out "$data" >/dev/null
  fi
  rm -f "$scratch"/*.{ours,peak,floor,polars,duckdb,datafusion} 2>/dev/null || true
  cat "$survey" >/dev/null
  for _ in $(seq "$TURNS"); do
    ours classify classify --survey "$survey" --pack "$pack" --out "$scratch/classes.parquet"
    theirs classify polars --engine polars --variant gather --task score
    theirs classify duckdb --engine duckdb --variant list --task score
    floor classify
    ours family measure --survey "$survey" --pack "$pack" --by "$by" --k 1..12 --out "$scratch/af.parquet"
    theirs family duckdb --engine duckdb --task af
    theirs family datafusion --engine datafusion --task af
    floor family
  done
  printf '\nfigures: %s households, %s turns each, two threads\n' "$size" "$TURNS"
  report classify polars duckdb
  report family duckdb datafusion
  printf 'result files: ours %s bytes (household as it came, the rest packed without a codec), polars %s\n' \
    "$(stat -c %s "$scratch/classes.parquet")" "$(stat -c %s "$scratch/polars/score.parquet")"
  "$venv/bin/python" benches/figures_equal.py "$scratch/classes.parquet" "$scratch/polars/score.parquet" \
    "$scratch/af.parquet" "$scratch/duckdb/af.parquet"
  "$beside" figures "$survey" "$pack" "$scratch/figures.parquet"
done
