#!/usr/bin/env bash
# `make bench`: what a user waits for, one after the other on an otherwise idle machine. Prints sizes, machine and figures.
# Never asserts; the figures are read beside what the README of this folder says we want.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tests/tools/env.sh"
cd "$VUON_REPO"

tests/tools/setup.sh compiler python node chromium time
source tests/tools/env.sh
cargo build --quiet --release --locked --package cli --bin vuon
cargo build --quiet --release --locked --package documents --example calamine_floor
cargo build --quiet --release --locked --package measures --example figures
cargo build --quiet --release --locked --package snapshots --example freeze
cargo build --quiet --release --locked --package cli --example frozen_years

printf 'machine: %s, %s cores, %s MiB, %s, %s\n' \
  "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
  "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" "$(uname -sr)" "$(rustc --version)"
printf 'commit: %s, day: %s\n' "$(git describe --always --dirty 2>/dev/null || echo none)" "$(date -u +%F)"

benches/review_run.sh
benches/papers.sh
benches/surveys.sh
benches/certificates.sh
benches/serve.sh
benches/figures.sh
benches/targets.sh
benches/snapshots.sh
