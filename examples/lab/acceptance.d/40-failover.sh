# The leader's Patroni stops: another leads (6-9 of the guide)
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
old=$(leader)
others=()
for host in "${databases[@]}"; do
  [[ $host == "$old" ]] || others+=("$host")
done
sql_from=${others[0]}
other_leads() {
  local now
  now=$(leader)
  echo "$now"
  [[ -n $now && $now != "$old" ]]
}
archived() { # NUMBER: more segments than that, none failed since the statistics began
  leader_sql 'select archived_count, failed_count from pg_stat_archiver' | awk -F'|' -v least="$1" '{ print } { exit !($1 > least && $2 == 0) }'
}
segments() { leader_sql 'select archived_count from pg_stat_archiver'; }
archives() { # WHEN: a row is written, its segment is archived
  local before
  until_true 60 writes
  before=$(segments)
  leader_sql 'select pg_switch_wal()' >/dev/null
  within 60 "archiving works $1: more than $before segments, none failed" archived "${before:-none}"
}
archives before

attempt on "$old" systemctl stop patroni
within 90 'another leads' other_leads
within 60 'the VIP takes writes' writes
attempt pgha plan -no-color -detailed-exitcode
planned_only 'a plan straight after it has nothing to do but for the unit that was stopped' "patroni_node.db[\"$old\"]"
planned_alone 'which it is to start' "patroni_node.db[\"$old\"]" 'unit patroni\.service: stopped -> running [^'$'\n'']*# changed outside pgha'
archives after
on "$old" systemctl start patroni </dev/null
within 120 'the node returns as a streaming replica' whole_cluster
prints 'and the other still leads' yes bash -c "[[ '$(leader)' != '$old' ]] && echo yes"
sql_from=psql-db-1
empty_plans 10
