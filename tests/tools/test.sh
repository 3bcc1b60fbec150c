#!/usr/bin/env bash
# `make test`: all Rust tests with both databases, the country's engine on several processes, then the browser tests against the
# built program; the last line is the count.
# Never skips a database: when no test came to PostgreSQL the run fails. Start at the bottom.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
tools="$VUON_REPO/tests/tools"
cd "$VUON_REPO"

scratch="$(mktemp -d /tmp/vuon-test.XXXXXX)"
cluster="$scratch/postgres"
chmod 755 "$scratch"
finish() {
  [ -d "$cluster" ] && "$tools/postgres.sh" stop "$cluster"
  rm -rf "$scratch"
}
trap finish EXIT

# The pages that a Rust test renders, for the browser tests to judge.
export VUON_PAGES="$scratch/pages"

passed=0 failed=0 skipped=0 broken=no

# count LOG PATTERN: the sum of the numbers that stand before PATTERN in the lines of LOG.
count() {
  grep -oE "[0-9]+ $2" "$1" | awk '{ sum += $1 } END { print sum + 0 }' || true
}

# cargo_tests NAME ARGUMENTS…: runs the Rust tests of a workspace and counts them.
cargo_tests() {
  local log="$scratch/$1.log" counted="$scratch/$1.count"
  shift
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked "$@" 2>&1 | tee "$log" || broken=yes
    grep -E 'Summary \[' "$log" | sed 's/\x1b\[[0-9;]*m//g' >"$counted" || true
  else
    cargo test --locked --no-fail-fast "$@" 2>&1 | tee "$log" || broken=yes
    grep -E '^test result:' "$log" >"$counted" || true
  fi
  if [ ! -s "$counted" ]; then
    echo "make test: the Rust tests did not run; the compiler's lines above say why" >&2
    exit 1
  fi
  # nextest: "12 passed (1 slow), 1 failed, 1 timed out, 2 skipped"; cargo test: "12 passed; 1 failed; 2 ignored".
  passed=$((passed + $(count "$counted" passed)))
  failed=$((failed + $(count "$counted" '(failed|timed out|exec failed)')))
  skipped=$((skipped + $(count "$counted" '(skipped|ignored)')))
}

rust_tests() {
  cargo_tests rust --workspace
}

# Built by clippy's compiler: lints and tests come out of one build of an engine that takes minutes.
olap_tests() {
  RUSTC_WORKSPACE_WRAPPER="$(command -v clippy-driver || true)" cargo_tests olap --manifest-path olap/Cargo.toml --target-dir "$OLAP_TARGET_DIR"
}

postgres_was_reached() {
  local connections
  connections="$("$tools/postgres.sh" reached "$cluster")"
  if [ "$connections" -eq 0 ]; then
    echo "make test: no test came to PostgreSQL. The contract suite must run on it: it reads VUON_TEST_POSTGRES" >&2
    failed=$((failed + 1))
  else
    echo "make test: PostgreSQL let in $connections connections"
  fi
}

# browser_files NAME ABREAST FILES…: runs some of the browser's files, so many at once, and counts their tests.
browser_files() {
  local log="$scratch/$1.tap" abreast="$2"
  shift 2
  VUON_BIN="$CARGO_TARGET_DIR/debug/vuon" node --test --test-concurrency="$abreast" \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$log" "$@" || broken=yes
  passed=$((passed + $(awk '/^# pass / { print $3 }' "$log")))
  failed=$((failed + $(awk '/^# (fail|cancelled) / { sum += $3 } END { print sum + 0 }' "$log")))
  skipped=$((skipped + $(awk '/^# (skipped|todo) / { sum += $3 } END { print sum + 0 }' "$log")))
}

browser_tests() {
  cargo build --quiet --locked --package cli --bin vuon
  local together=()
  mapfile -t together < <(ls tests/browser/*.test.mjs | grep -v /timed)
  browser_files browser 2 "${together[@]}"
  # These hold a clock: nothing may run beside them.
  browser_files timed 1 tests/browser/timed.test.mjs
}

"$tools/setup.sh"
source "$tools/env.sh"
VUON_TEST_POSTGRES="$("$tools/postgres.sh" start "$cluster")"
export VUON_TEST_POSTGRES
rust_tests
postgres_was_reached
olap_tests
browser_tests

# A runner that fell over without counting a failure is a failure.
if [ "$broken" = yes ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
