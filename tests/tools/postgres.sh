#!/usr/bin/env bash
# A private PostgreSQL cluster for one run of the tests: own folder, own free port, loopback only, thrown away after.
# Never touches the machine's own cluster. `start DIR` prints the address; `reached DIR` counts who came; `stop DIR`.
set -euo pipefail

# The tests throw the cluster away, so it need not survive a power cut.
SETTINGS="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c log_connections=on"

as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

binaries() {
  local newest
  newest="$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)"
  [ -n "$newest" ] || {
    echo "postgres.sh: no PostgreSQL server found; run tests/tools/setup.sh postgres" >&2
    exit 1
  }
  printf '%s' "$newest"
}

free_port() {
  local port
  for port in $(seq 5473 5499); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s' "$port"
      return
    fi
  done
  echo "postgres.sh: ports 5473 to 5499 are all taken; stop what holds them" >&2
  exit 1
}

start() {
  local dir="$1" bin port
  bin="$(binaries)"
  port="$(free_port)"
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  as_postgres "$bin/initdb" --pgdata "$dir/data" --username vuon --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >"$dir.initdb.log" 2>&1
  as_postgres "$bin/pg_ctl" start --pgdata "$dir/data" --log "$dir/log" --wait --timeout 60 \
    --options "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir $SETTINGS" </dev/null >"$dir.start.log" 2>&1 || {
    cat "$dir.start.log" >&2
    cat "$dir/log" >&2 || true
    echo "postgres.sh: the cluster in $dir did not start; its log is above" >&2
    exit 1
  }
  printf 'postgres://vuon@127.0.0.1:%s/postgres\n' "$port"
}

# How many connections were let in since the start.
reached() {
  grep -c 'connection authorized' "$1/log" || true
}

stop() {
  local dir="$1"
  as_postgres "$(binaries)/pg_ctl" stop --pgdata "$dir/data" --mode immediate --wait </dev/null >/dev/null 2>&1 || true
  rm -rf "$dir" "$dir.initdb.log" "$dir.start.log"
}

case "${1:-}" in
  start | reached | stop) "$1" "${2:?postgres.sh $1 needs a folder}" ;;
  *)
    echo "usage: postgres.sh start|reached|stop DIR" >&2
    exit 2
    ;;
esac
