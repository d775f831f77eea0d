# shellcheck shell=bash disable=SC2154
# The fleet, the project that describes it, and questions to the cluster.

# shellcheck source-path=SCRIPTDIR source=contacts.sh
. "$here/acceptance.d/contacts.sh"

readonly databases=(psql-db-1 psql-db-2 psql-db-3) balancers=(psql-lb-1 psql-lb-2)
readonly vip=192.168.228.140

lab() { "$here/lab" "$@"; }
on() { lab ssh "$@"; }
pgha() { (cd "$project" && lab run pgha "$@" </dev/null); }

# An apply during which something happens: ACTION, once the journal has RECORDS lines, or a line that RECORDS matches.
# The status is the apply's (137: killed), its output is in $work/apply.log. It has 15 minutes.
apply_during() { # RECORDS ACTION…
  (
    cd "$project" || exit
    # lab run becomes nsenter, and that becomes pgha's launcher and Java: one process.
    "$here/lab" run pgha apply -auto-approve -no-color </dev/null >"$work/apply.log" 2>&1 &
    # shellcheck disable=SC2030 # for ACTION, which runs here too
    runner=$! happened='' deadline=$((SECONDS + 900))
    while kill -0 "$runner" 2>/dev/null; do
      if [[ -z $happened ]] && journal_reached "$1"; then
        happened=yes
        "${@:2}" >/dev/null 2>&1
      fi
      ((SECONDS < deadline)) || kill -KILL "$runner"
      sleep 0.02
    done
    wait "$runner"
  ) 2>/dev/null
}
# shellcheck disable=SC2031,SC2329
kill_pgha() { kill -KILL "$runner"; }
# shellcheck disable=SC2329
power_fails() { # HOST
  echo "$SECONDS" >"$work/power-failed"
  lab kill "$1"
}
journal_reached() { # RECORDS
  local journal=$project/pgha.state.journal
  [[ -r $journal ]] || return
  if [[ $1 =~ ^[0-9]+$ ]]; then
    (($(wc -l <"$journal") >= $1))
  else
    grep -qE -- "$1" "$journal"
  fi
}

# A project without state.
fresh_project() {
  rm -rf "$project"
  mkdir -p "$project"
  cp "$here"/../guide/*.pgha.hcl "$project/"
}

# The guide's cluster: as the scenarios before left it, or made on fresh hosts.
deployed_fleet() {
  if ! grep -q patroni_node "$project/pgha.state.json" 2>/dev/null; then
    lab kill all >/dev/null 2>&1
    lab reset 2>/dev/null
    fresh_project
    attempt pgha apply -auto-approve -no-color
    ((status == 0)) || verdict 1 'the cluster is there to begin with'
  fi
  until_true 120 whole_cluster || verdict 1 'the cluster is whole to begin with'
  until_true 60 writes || verdict 1 'the cluster takes writes to begin with'
}

# member_states: a line `name role state timeline lag` for each member, as Patroni sees them.
member_states() {
  local host
  for host in "${databases[@]}"; do
    on "$host" "curl -sf -m 5 http://\$(hostname -I | cut -d' ' -f1):8008/cluster | python3 -c '
import json, sys
for member in json.load(sys.stdin)[\"members\"]:
    print(member[\"name\"], member[\"role\"], member[\"state\"], member.get(\"timeline\"), member.get(\"lag\", 0))'" \
      </dev/null 2>/dev/null && return
  done
  return 1
}

leader() { member_states | awk '$2 == "leader" { print $1 }'; }

# One leader that runs, two replicas that stream on its timeline without lag.
whole_cluster() {
  local states
  states=$(member_states) || return
  printf '%s\n' "$states"
  awk '
    $2 == "leader" && $3 == "running" { leaders++; timeline = $4 }
    $2 == "replica" && $3 == "streaming" && $5 == 0 { replicas++; seen[$4] }
    END { exit !(leaders == 1 && replicas == 2 && length(seen) == 1 && (timeline in seen)) }' <<<"$states"
}

password() { # NAME
  # shellcheck disable=SC2016
  lab run printenv PGHA_VAR_passwords | sed "s/.* $1 = \"\([^\"]*\)\".*/\1/"
}

# sql HOST PORT USER DATABASE STATEMENT: over the network with a password, from a database host; one second to connect.
sql() {
  password "$3" | lab ssh "${sql_from:-psql-db-1}" "IFS= read -r PGPASSWORD; export PGPASSWORD
    PGCONNECT_TIMEOUT=3 psql -X -At -v ON_ERROR_STOP=1 -h $1 -p $2 -U $3 -d $4 -c \"$5\""
}

writes() { sql "$vip" 5000 admin app 'create table if not exists rows (n int); insert into rows values (1); select 1'; }

# On the leader itself, as postgres.
leader_sql() { on "$(leader)" "runuser -u postgres -- psql -X -At -c \"$1\""; }

for_each_database() { # CMD: on each of them
  local host
  for host in "${databases[@]}"; do
    on "$host" "$1" </dev/null
  done
}
# How many clusters the three data folders belong to.
one_system_identifier() {
  for_each_database '/usr/lib/postgresql/17/bin/pg_controldata /var/lib/patroni | grep "system identifier"' | sort -u | wc -l
}

vip_holders() {
  local host
  for host in "${balancers[@]}"; do
    if on "$host" "ip -o -4 addr show | grep -qF ' $vip/'" </dev/null 2>/dev/null; then
      echo "$host"
    fi
  done
}
one_vip_holder() { [[ $(vip_holders | tee /dev/stderr | wc -l) == 1 ]]; }

# What a run must leave alone: a line for each unit with its invocation, on each of the hosts named.
invocations() {
  local host
  for host; do
    on "$host" "for unit in etcd patroni haproxy keepalived; do
      printf '%s %s %s\n' $host \$unit \"\$(systemctl show -P InvocationID \$unit) \$(systemctl show -P ActiveEnterTimestampMonotonic \$unit)\"
    done" </dev/null
  done
}

# Files on the hosts that were written since TIME, without those that running services and the login itself write.
written_since() { # TIME
  local host
  for host in "${databases[@]}" "${balancers[@]}"; do
    on "$host" "find / /tmp /dev/shm /run -xdev \( -path /var/lib/patroni -o -path /var/lib/etcd -o -path /var/log -o -path /proc -o -path /sys \
        -o -path /var/lib/postgresql -o -path /run/systemd -o -path /run/user -o -path /run/postgresql -o -path /run/dbus -o -path /run/motd.dynamic -o -path /dev/shm/PostgreSQL.\* \) -prune \
        -o -type f -newermt @$1 -printf '$host %p\n'" </dev/null
  done
}

# A plan that finds nothing to do.
empty_plan() { # WHAT
  says "$1" 0 'No changes\. The machines are as the configuration says' pgha plan -no-color -detailed-exitcode
}

# So many of them in a row.
empty_plans() { # NUMBER
  local number=$1 run
  for ((run = 1; run <= number; run++)); do
    empty_plan "plan $run of $number is empty"
  done
}
