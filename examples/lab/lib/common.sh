# shellcheck shell=bash
# Settings, messages and small functions that every part of the lab shares.

lab_name=${PGHA_LAB:-lab}
lab_home=${PGHA_LAB_HOME:-/var/cache/pgha-lab}
export PGHA_LAB=$lab_name PGHA_LAB_HOME=$lab_home

lab_state=$lab_home/labs/$lab_name # disks, keys, passwords: survives a reboot of this machine
lab_run=/run/pgha-lab/$lab_name    # what belongs to running hosts: process ids, consoles
lab_net=pgha-$lab_name             # network namespace of the bridge and of the operator

declare -Ar lab_address=(
  [psql-db-1]=192.168.228.141
  [psql-db-2]=192.168.228.142
  [psql-db-3]=192.168.228.143
  [psql-lb-1]=192.168.228.144
  [psql-lb-2]=192.168.228.145
)
readonly -a lab_hosts=(psql-db-1 psql-db-2 psql-db-3 psql-lb-1 psql-lb-2)
readonly lab_operator_address=192.168.228.1
readonly lab_prefix=24

readonly exit_failure=1 exit_usage=2 exit_cannot_run=3

say() { printf 'lab: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit "$exit_failure"
}

usage_error() {
  say "$*"
  say "see 'lab help'"
  exit "$exit_usage"
}

cannot_run() {
  say "cannot run the lab here: $*"
  exit "$exit_cannot_run"
}

check_settings() {
  [[ $lab_name =~ ^[a-z0-9][a-z0-9-]{0,30}$ ]] ||
    usage_error "PGHA_LAB is '$lab_name': use at most 31 lower-case letters, digits and hyphens"
  [[ $lab_home =~ ^/[^:,\\]*$ ]] ||
    usage_error "PGHA_LAB_HOME is '$lab_home': use an absolute path without ':', ',' and '\\' (overlayfs options)"
}

check_host() {
  [[ -n ${lab_address[$1]:-} ]] || usage_error "unknown host '$1': the hosts are ${lab_hosts[*]}"
}

# The hosts that the arguments name: none and "all" mean all five.
selected_hosts() {
  if (($# == 0)) || [[ $* == all ]]; then
    printf '%s\n' "${lab_hosts[@]}"
    return
  fi
  local host
  for host; do
    check_host "$host"
    printf '%s\n' "$host"
  done
}

# Start time of a process in clock ticks since boot: together with its id it names a process for ever.
process_start_time() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  stat=${stat##*) } # the command name may hold spaces and brackets
  local -a field
  read -ra field <<<"$stat"
  [[ ${field[0]} != [ZX] ]] || return 1 # dead, and not yet collected by its parent
  printf '%s\n' "${field[19]}"
}

close_inherited_descriptors() {
  local descriptor
  for descriptor in /proc/self/fd/*; do
    descriptor=${descriptor##*/}
    ((descriptor <= 2 || descriptor == 255)) || eval "exec $descriptor>&-"
  done
}

# Waits until the rest of the arguments, a command, succeeds: `await SECONDS CMD…`.
await() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# Holds the lock FILE on descriptor FD until this process ends: `hold_lock FD FILE WHAT`.
# The file may be removed by whoever holds it, so the path is compared with what was locked.
hold_lock() {
  local fd=$1 file=$2 what=$3
  mkdir -p "${file%/*}"
  while :; do
    eval "exec $fd>>\"\$file\""
    if ! flock --nonblock "$fd"; then
      say "waiting for $what"
      flock --timeout 600 "$fd" || die "$what is still held after 600 s (lock file $file)"
    fi
    [[ "$(stat --format=%i "$file" 2>/dev/null)" == "$(stat --dereference --format=%i "/proc/self/fd/$fd")" ]] && return
  done
}

hold_lab_lock() { hold_lock 9 "/run/pgha-lab/.$lab_name.lock" "another command of the lab '$lab_name'"; }
