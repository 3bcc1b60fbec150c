#!/usr/bin/env bash
# Papers through `vuon paper`: a posted list of 300 households as PDF, and 10,000 certificates in one run, left and taken up.
# We want the list under 0.5 s, the certificates under 2 minutes, and memory that does not grow with their number.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"

RUNS="${RUNS:-5}"
CERTIFICATES="${CERTIFICATES:-10000}"
vuon="$CARGO_TARGET_DIR/release/vuon"

scratch="$(mktemp -d /tmp/vuon-bench.XXXXXX)"
trap 'rm -rf "$scratch"' EXIT

# timed NAME COMMAND…: "seconds KiB" into NAME's figures.
timed() {
  local name="$1"
  shift
  /usr/bin/time --quiet --format '%e %M' --append --output "$scratch/$name" "$@" >"$scratch/$name.out" 2>&1 || {
    cat "$scratch/$name.out" >&2
    echo "papers.sh: $name failed; its words are above" >&2
    exit 1
  }
}

seconds() { awk '{ print $1 }' "$scratch/$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] " s (" v[1] "–" v[NR] ")" }'; }
peak() { awk '{ if ($2 > most) most = $2 } END { printf "%.0f MB", most * 1024 / 1e6 }' "$scratch/$1"; }

"$vuon" paper sample posted_list >"$scratch/posted.json"
"$vuon" paper sample certificate >"$scratch/certificate.json"
python3 - "$scratch" "$CERTIFICATES" <<'PYTHON'
import json, sys
folder, count = sys.argv[1], int(sys.argv[2])
posted = json.load(open(f"{folder}/posted.json"))
household = posted["groups"][0]["households"][0]
rows = [dict(household, head_name=f"Nguyễn Thị Thử {n}", birth_year=1940 + n % 60, persons=1 + n % 7) for n in range(1, 301)]
posted["groups"] = [{"title": "Hộ nghèo", "households": rows}]
json.dump(posted, open(f"{folder}/posted.json", "w"))
certificate = json.load(open(f"{folder}/certificate.json"))
for size in (count, max(count // 10, 1)):
    with open(f"{folder}/{size}.jsonl", "w") as lines:
        for n in range(1, size + 1):
            certificate["head"]["number"] = n
            certificate["head_name"] = certificate["members"][0]["name"] = f"Đỗ Văn Thử {n}"
            lines.write(json.dumps(certificate, ensure_ascii=False) + "\n")
PYTHON

for _ in $(seq "$RUNS"); do
  timed start "$vuon" paper kinds
  timed posted "$vuon" paper make posted_list "$scratch/posted.json" --out "$scratch/posted.pdf"
  timed word "$vuon" paper make posted_list "$scratch/posted.json" --out "$scratch/posted.docx"
done
tenth=$((CERTIFICATES / 10))
timed tenth "$vuon" paper many certificate "$scratch/$tenth.jsonl" --out "$scratch/papers-tenth"
timed many "$vuon" paper many certificate "$scratch/$CERTIFICATES.jsonl" --out "$scratch/papers-many"
rm "$(find "$scratch/papers-many" -name '*.pdf' | sort | tail -n 1)"
timed again "$vuon" paper many certificate "$scratch/$CERTIFICATES.jsonl" --out "$scratch/papers-many"

printf '\npapers: the whole command each time, with loading the norms and trying the templates; %s runs each\n' "$RUNS"
printf '  posted list, 300 households, PDF   %s, %s, %s bytes (wanted: under 0.5 s)\n' "$(seconds posted)" "$(peak posted)" "$(stat --format %s "$scratch/posted.pdf")"
printf '  the same as DOCX                   %s, %s\n' "$(seconds word)" "$(peak word)"
printf '  %s certificates                  %s, %s, %s files, %s MB of PDF (wanted: under 120 s)\n' "$CERTIFICATES" "$(seconds many)" "$(peak many)" \
  "$(find "$scratch/papers-many" -name '*.pdf' | wc -l)" "$(du -sm "$scratch/papers-many" | cut -f 1)"
printf '  %s certificates                   %s, %s (memory should be about the same)\n' "$tenth" "$(seconds tenth)" "$(peak tenth)"
printf '  taken up again, one file missing   %s\n' "$(seconds again)"
