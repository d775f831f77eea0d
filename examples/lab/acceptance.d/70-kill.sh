# pgha is killed in the middle of the first apply: the next apply finishes
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# Points are numbers of journal records, or what a record says; the journal's length varies from run to run.
# In CI: before etcd runs anywhere, and when etcd runs and the first node is about to bootstrap the cluster.
declare -A point_is=(
  ['"description":"install etcd']='the first installation of etcd'
  ['systemctl start .*etcd']='the first start of etcd'
  ['systemctl start patroni']='the first start of Patroni'
  ['"id":"pg_role']='the first role'
)
points=('"description":"install etcd' 'systemctl start patroni')
[[ -z $long ]] || points=(3 14 '"description":"install etcd' 45 70 'systemctl start .*etcd' 110 'systemctl start patroni' '"id":"pg_role' 185)
for point in "${points[@]}"; do
  name=${point_is[$point]:-record $point}
  lab kill all >/dev/null 2>&1
  lab reset 2>/dev/null
  fresh_project
  apply_during "$point" kill_pgha
  killed_status=$? output=$(tail -n 5 "$work/apply.log")
  records=$(wc -l 2>/dev/null <"$project/pgha.state.journal" || echo 0)
  [[ $killed_status == 137 ]]
  verdict $? "killed at $name (the journal has $records records)"
  # What was going on goes on by itself: where etcd was started, it is a cluster by and by.
  [[ $point == *'install etcd' || $point == [0-9]* ]] || until_true 60 on psql-db-1 'etcdctl endpoint health'
  clusters_before=$(on psql-db-1 "etcdctl -w fields member list 2>/dev/null | grep ClusterID" </dev/null)
  members_before=$(on psql-db-1 'ls -i -d /var/lib/etcd/*/member 2>/dev/null' </dev/null)
  system_before=$(on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize 2>/dev/null' </dev/null)
  case $point in
    *'install etcd') prints 'etcd ran nowhere by then' '' for_each_database 'pgrep -x etcd; true' ;;
    *patroni) prints 'all of etcd ran by then' 3 on psql-db-1 'etcdctl member list | grep -c started' ;;
    *pg_role) prints 'the cluster was there by then' yes bash -c "[[ '$system_before' == [0-9]* ]] && echo yes" ;;
  esac
  until_true 20 pgha apply -auto-approve -no-color
  verdict $? "after $name: the next apply finishes"
  within 60 "after $name: the cluster is whole" whole_cluster
  if [[ -n $members_before ]]; then
    prints "after $name: no etcd member was wiped" "$members_before" on psql-db-1 'ls -i -d /var/lib/etcd/*/member'
  fi
  if [[ -n $clusters_before ]]; then
    prints "after $name: etcd is the same cluster" "$clusters_before" on psql-db-1 'etcdctl -w fields member list | grep ClusterID'
  fi
  if [[ -n $system_before ]]; then
    prints "after $name: PostgreSQL is the same cluster" "$system_before" on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize'
  fi
  prints "after $name: one cluster of PostgreSQL" 1 one_system_identifier
  within 60 "after $name: the passwords serve" writes
  empty_plan "after $name: then nothing is left to do"
done
