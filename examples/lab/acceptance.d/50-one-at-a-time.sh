# A change never disturbs two members of one cluster at once
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# down_times UNIT HOST…: a line `host stopped started` in microseconds of the clock that all share.
down_times() {
  local unit=$1 host
  shift
  for host; do
    on "$host" "printf '%s %s %s\n' $host \$(systemctl show -P InactiveEnterTimestampMonotonic $unit) \$(systemctl show -P ActiveEnterTimestampMonotonic $unit)" </dev/null
  done | sort -n -k2
}
one_after_the_other() { # SINCE UNIT HOST…: each was down since, and up before the next went down
  down_times "${@:2}" | awk -v since="$1" '{ print; if ($2 <= since || $3 <= $2 || $2 < up) bad = 1; up = $3 } END { exit bad || NR < 2 }'
}
monotonic() { awk '{ printf "%d", $1 * 1000000 }' /proc/uptime; }

deployed_fleet
until_true 60 whole_cluster
pids=$(on psql-lb-1 systemctl show -P MainPID haproxy </dev/null; on psql-lb-2 systemctl show -P MainPID haproxy </dev/null)
cp "$project"/{database,balancing}.pgha.hcl "$work/"
sed -i 's/^  cluster_token = .*/&\n  settings      = { ETCD_AUTO_COMPACTION_RETENTION = "1" }/' "$project/database.pgha.hcl"
sed -i 's/maxconn  = [0-9]*/maxconn  = 450/' "$project/balancing.pgha.hcl"
attempt pgha plan -no-color
mentions 'the plan says the order' 'Order of etcd cluster[^'$'\n'']*'$'\n'' *1\. psql-db-.[^'$'\n'']*'$'\n'' *2\. psql-db-.[^'$'\n'']*'$'\n'' *3\. psql-db-.' 'Order of load balancers'
since=$(monotonic)
says 'settings of all etcd members and load balancers change' 0 'Apply complete: 0 added, 5 changed' pgha apply -auto-approve -no-color
succeeds 'etcd members went one after the other' one_after_the_other "$since" etcd "${databases[@]}"
succeeds 'load balancers were reloaded, not restarted' test "$pids" = \
  "$(on psql-lb-1 systemctl show -P MainPID haproxy </dev/null; on psql-lb-2 systemctl show -P MainPID haproxy </dev/null)"

sed -i 's/max_connections           = 100/max_connections           = 120/' "$project/database.pgha.hcl"
attempt pgha plan -no-color
planned 'a raised parameter: replicas first, then a switchover' patroni_cluster.main 'max_connections[^'$'\n'']*100"? -> "?120' 'replicas' 'switchover'
says 'it is applied' 0 'Apply complete: 0 added, [0-9]+ changed' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
started() {
  local host
  for host in "${databases[@]}"; do
    on "$host" "runuser -u postgres -- psql -X -At -c \"select '$host', current_setting('max_connections'), extract(epoch from pg_postmaster_start_time())\"" </dev/null
  done
}
succeeds 'every member has it, started at different times' bash -c \
  'awk -F"|" "{ print; if (\$2 != 120) bad = 1; if (\$3 in seen) bad = 1; seen[\$3] } END { exit bad || NR != 3 }" <<<"$1"' - "$(started)"
empty_plan 'then nothing is left to do'
within 60 'and the VIP takes writes' writes
