# pgha is killed in the middle of the first apply (with --long of an update too): the next apply finishes
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# Points are numbers of journal records, or what a record says; the journal's length varies from run to run.
# In CI: before etcd runs anywhere, and when etcd runs and the first node is about to bootstrap the cluster.
# The folder of each member of etcd that has one, by its inode.
members() { for_each_database 'for folder in /var/lib/etcd/*/member; do [ ! -d "$folder" ] || echo "$(hostname) $(stat -c %i "$folder")"; done'; }

# Every password is the one that was given.
passwords_serve() { # WHEN
  local address
  address=192.168.228.14$(leader | grep -o '.$')
  prints "$1: the password of postgres serves" 1 sql "$address" 5432 postgres postgres 'select 1'
  succeeds "$1: that of the replicator" sql "$address" 5432 replicator replication=true IDENTIFY_SYSTEM
  prints "$1: that of the REST interface" 200 http_status rest_api patroni http://192.168.228.142:8008/config -X PATCH -d "'{\"ttl\": 30}'"
  prints "$1: that of the statistics" 200 http_status stats admin http://192.168.228.144:8080/
  prints "$1: that of Keepalived is on both" $'yes\nyes' bash -c "for host in psql-lb-1 psql-lb-2; do
    printf '%s' '$(password keepalived)' | '$here/lab' ssh \$host 'grep -qF \"auth_pass \$(cat)\" /etc/keepalived/keepalived.conf && echo yes'; done"
}
http_status() { # PASSWORD USER URL [CURL-OPTION…]: what psql-db-1 is answered
  password "$1" | on psql-db-1 "IFS= read -r password
    printf 'user = \"$2:%s\"\n' \"\$password\" | curl -s -o /dev/null -w '%{http_code}' --config - ${*:4} $3"
}

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
  members_before=$(members)
  system_before=$(on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize 2>/dev/null' </dev/null)
  case $point in
    *'install etcd') prints 'etcd ran nowhere by then' '' for_each_database 'pgrep -x etcd; true' ;;
    *patroni) prints 'all of etcd ran by then' 3 on psql-db-1 'etcdctl member list | grep -c started' ;;
    *pg_role) prints 'the cluster was there by then' yes bash -c "[[ '$system_before' == [0-9]* ]] && echo yes" ;;
  esac
  says "after $name: the next apply finishes" 0 'Apply complete' pgha apply -auto-approve -no-color
  within 60 "after $name: the cluster is whole" whole_cluster
  if [[ -n $members_before ]]; then
    # Those that were there are the same folders; others may have come.
    attempt members
    [[ $(grep -Fxc -f <(printf '%s\n' "$members_before") <<<"$output") == $(wc -l <<<"$members_before") ]]
    verdict $? "after $name: no etcd member was wiped ($(wc -l <<<"$members_before") there by then)"
  fi
  if [[ -n $clusters_before ]]; then
    prints "after $name: etcd is the same cluster" "$clusters_before" on psql-db-1 'etcdctl -w fields member list | grep ClusterID'
  fi
  if [[ -n $system_before ]]; then
    prints "after $name: PostgreSQL is the same cluster" "$system_before" on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize'
  fi
  prints "after $name: one cluster of PostgreSQL" 1 one_system_identifier
  within 60 "after $name: the cluster takes writes" writes
  passwords_serve "after $name"
  empty_plan "after $name: then nothing is left to do"
done

# The rest is long.
[[ -n $long ]] || return 0
echo '-- in the middle of an update, between a file and the restart or reload that reads it'
# A systemctl before the real one in the PATH of the hosts holds what is asked of it back, until pgha is dead: then nobody does it.
hold_back() { # VERB
  local host
  for host in "${databases[@]}"; do
    on "$host" 'cat >/usr/local/bin/systemctl && chmod 0755 /usr/local/bin/systemctl' <<END
#!/bin/sh
[ "\$1" != $1 ] || { echo \$\$ >/run/held-back; exec sleep 600; }
exec /usr/bin/systemctl "\$@"
END
  done
}
holding() { for_each_database 'test ! -s /run/held-back || hostname'; }
# shellcheck disable=SC2329 # by apply_during
kill_pgha_when_held() {
  until_true 60 eval '[[ -n $(holding) ]]'
  holding >"$work/held-on"
  kill_pgha
}
let_go() { for_each_database 'rm -f /usr/local/bin/systemctl; [ ! -s /run/held-back ] || kill "$(cat /run/held-back)"; rm -f /run/held-back'; }
with_setting() { for_each_database 'tr "\0" "\n" <"/proc/$(pgrep -x etcd)/environ" | grep -qx ETCD_AUTO_COMPACTION_RETENTION=7 && hostname; true'; }
with_tag() { for_each_database 'curl -s "http://$(hostname -I | cut -d" " -f1):8008/patroni" | grep -q "\"nosync\": true" && hostname; true'; }
tag_everywhere() { [[ $(with_tag | tee /dev/stderr) == "$all_databases" ]]; }
all_databases=$(printf '%s\n' "${databases[@]}")

deployed_fleet
sed -i '/^  settings  *= { ETCD/d; s/^  cluster_token = .*/&\n  settings      = { ETCD_AUTO_COMPACTION_RETENTION = "7" }/' "$project/database.pgha.hcl"
hold_back restart
apply_during '"intended","id":"etcd_member.*systemctl restart etcd' kill_pgha_when_held
killed_status=$? output=$(tail -n 5 "$work/apply.log") held=$(<"$work/held-on")
let_go
[[ $killed_status == 137 && $held == psql-db-? ]]
verdict $? "killed when etcd's file was written on $held, before etcd was restarted"
prints 'the file has the setting there' 1 on "$held" 'grep -c "ETCD_AUTO_COMPACTION_RETENTION=.*7" /etc/default/etcd'
prints 'etcd runs without it everywhere' '' with_setting

sed -i 's/nosync = false/nosync = true/' "$project/database.pgha.hcl"
hold_back reload
apply_during '"intended","id":"patroni_node.*systemctl reload patroni' kill_pgha_when_held
killed_status=$? output=$(tail -n 5 "$work/apply.log") held=$(<"$work/held-on")
let_go
prints 'the next apply has restarted etcd there too: it runs with the setting everywhere' "$all_databases" with_setting
[[ $killed_status == 137 && $held == psql-db-? ]]
verdict $? "that one killed when Patroni's file was written on $held, before Patroni was reloaded"
prints 'the file has the tag there' 1 on "$held" 'grep -c "nosync: true" /etc/patroni/config.yml'
prints 'Patroni runs without it everywhere' '' with_tag
says 'the next apply finishes' 0 'Apply complete' pgha apply -auto-approve -no-color
within 30 'Patroni was reloaded there too: it runs with the tag everywhere' tag_everywhere
within 60 'the cluster is whole' whole_cluster
empty_plan 'then nothing is left to do'
