# pgha is killed in the middle of the first apply: the next apply finishes
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# A process that waits for the journal's n-th record and kills pgha then; both end together.
killed_at() { # RECORDS
  (
    cd "$project" || exit
    "$here/lab" run pgha apply -auto-approve -no-color </dev/null >"$work/killed.log" 2>&1 &
    runner=$!
    while kill -0 "$runner" 2>/dev/null; do
      if [[ -r pgha.state.journal && $(wc -l <pgha.state.journal) -ge $1 ]]; then
        # lab run becomes nsenter, and that becomes pgha's launcher and Java: one process.
        kill -KILL "$runner"
        break
      fi
      sleep 0.02
    done
    wait "$runner"
  ) 2>/dev/null
}

points=(14 60)
[[ -z $long ]] || points=(3 10 20 30 40 50 60 70 80 95)
for point in "${points[@]}"; do
  lab kill all >/dev/null 2>&1
  lab reset 2>/dev/null
  fresh_project
  killed_at "$point"
  killed_status=$?
  records=$(wc -l 2>/dev/null <"$project/pgha.state.journal" || echo 0)
  [[ $killed_status == 137 ]]
  verdict $? "killed at record $point (the journal has $records)"
  clusters_before=$(on psql-db-1 "etcdctl -w fields member list 2>/dev/null | grep ClusterID" </dev/null)
  members_before=$(on psql-db-1 'ls -i -d /var/lib/etcd/*/member 2>/dev/null' </dev/null)
  system_before=$(on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize 2>/dev/null' </dev/null)
  until_true 20 pgha apply -auto-approve -no-color
  verdict $? "after $point records: the next apply finishes"
  within 60 "after $point records: the cluster is whole" whole_cluster
  if [[ -n $members_before ]]; then
    prints "after $point records: no etcd member was wiped" "$members_before" on psql-db-1 'ls -i -d /var/lib/etcd/*/member'
  fi
  if [[ -n $clusters_before ]]; then
    prints "after $point records: etcd is the same cluster" "$clusters_before" on psql-db-1 'etcdctl -w fields member list | grep ClusterID'
  fi
  if [[ -n $system_before ]]; then
    prints "after $point records: PostgreSQL is the same cluster" "$system_before" on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize'
  fi
  prints "after $point records: one cluster of PostgreSQL" 1 bash -c "for host in ${databases[*]}; do
    '$here/lab' ssh \$host '/usr/lib/postgresql/17/bin/pg_controldata /var/lib/patroni | grep \"system identifier\"' </dev/null; done | sort -u | wc -l"
  within 60 "after $point records: the passwords serve" writes
  empty_plan "after $point records: then nothing is left to do"
done
