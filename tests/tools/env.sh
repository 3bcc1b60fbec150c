# Sourced by the tools here, by `make bench` and by hand: where things that outlive a clone are kept, and what the tests read.
# Never installs anything; that is setup.sh. Start with setup.sh, then test.sh.

VUON_REPO="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
VUON_CACHE="${VUON_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/vuon}"
export VUON_REPO VUON_CACHE
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$VUON_CACHE/target}"
export OLAP_TARGET_DIR="${OLAP_TARGET_DIR:-$VUON_CACHE/olap}"

# Python packages and a newer node, where the machine's own are missing or too old.
export PYTHONPATH="$VUON_CACHE/python${PYTHONPATH:+:$PYTHONPATH}"
if [ -x "$VUON_CACHE/node/bin/node" ]; then export PATH="$VUON_CACHE/node/bin:$PATH"; fi
