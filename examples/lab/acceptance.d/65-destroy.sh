# destroy leaves no units and no configuration, and data only where it is to stay
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
says 'destroy' 0 'Destroy complete: 0 added, 0 changed, [0-9]+ destroyed' pgha destroy -auto-approve -no-color
for host in "${databases[@]}"; do
  prints "$host runs none of it" '' on "$host" 'for unit in etcd patroni; do systemctl is-active -q $unit && echo $unit runs; systemctl is-enabled -q $unit 2>/dev/null && echo $unit enabled; done; true'
  prints "$host has no configuration, nor what served it" '' on "$host" 'ls /etc/patroni/config.yml /etc/apt/sources.list.d/pgdg* /etc/apt/keyrings/pgdg* \
    /var/lib/postgresql/.pgpass_patroni 2>/dev/null; find /etc /var/lib/postgresql -xdev \( -name "*.previous" -o -name "*.orig" \)
    grep -l "Written by pgha" /etc/default/etcd 2>/dev/null; grep "^create_main_cluster *= *false" /etc/postgresql-common/createcluster.conf; true'
  succeeds "$host keeps its data" on "$host" 'test -s /var/lib/patroni/PG_VERSION && ls -d /var/lib/etcd/*/member'
done
for host in "${balancers[@]}"; do
  prints "$host runs none of it" '' on "$host" 'for unit in haproxy keepalived; do systemctl is-active -q $unit && echo $unit runs; systemctl is-enabled -q $unit 2>/dev/null && echo $unit enabled; done; true'
  prints "$host has no configuration, nor what served it" '' on "$host" 'ls /etc/keepalived/keepalived.conf 2>/dev/null
    find /etc /var/lib/haproxy -xdev \( -name "*.previous" -o -name "*.orig" -o -name "server-state*" \); true'
  prints "$host has the distribution's haproxy.cfg again" '' on "$host" 'dpkg --verify haproxy'
done
prints 'nobody has the address' '' vip_holders
says 'a second destroy finds nothing' 0 'Nothing to destroy|0 destroyed' pgha destroy -auto-approve -no-color
says 'apply after it resumes with the data that was kept' 0 'Apply complete' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
prints 'with the rows from before' yes bash -c "[[ -n '$(sql "$vip" 5000 admin app 'select 1 from rows limit 1' 2>/dev/null)' ]] && echo yes"

echo '-- with the data'
system_identifier() { on psql-db-1 'etcdctl get --print-value-only /db/postgres/initialize' </dev/null; }
before=$(system_identifier)
cp "$project/database.pgha.hcl" "$work/"
sed -i -E 's/^(resource "(etcd_member|patroni_cluster)" .*)$/\1\n  delete_data_on_destroy = true/' "$project/database.pgha.hcl"
says 'delete_data_on_destroy is applied first, and disturbs nothing' 0 'Apply complete: 0 added, [0-9]+ changed' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
says 'destroy of the cluster alone' 0 'Destroy complete: 0 added, 0 changed, [0-9]+ destroyed' \
  pgha destroy -auto-approve -no-color -target=patroni_cluster.main
prints 'its keys in etcd are gone, and etcd runs on' $'0\n3' on psql-db-1 \
  'etcdctl get --prefix --keys-only /db/ | grep -c . ; etcdctl member list | grep -c started'
says 'destroy of the rest' 0 'Destroy complete: 0 added, 0 changed, [0-9]+ destroyed' pgha destroy -auto-approve -no-color
for host in "${databases[@]}"; do
  prints "$host has no data: not PostgreSQL's, nor its archive, nor etcd's" '' on "$host" \
    'ls -A /var/lib/patroni /var/lib/postgresql/wal_archive 2>/dev/null; find /var/lib/etcd -mindepth 1 2>/dev/null'
done
says 'apply makes a new cluster' 0 'Apply complete: [0-9]+ added' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
after=$(system_identifier)
prints 'it is another one' yes bash -c "[[ -n '$before' && -n '$after' && '$before' != '$after' ]] && echo yes"
prints 'without the rows from before' '' sql "$vip" 5000 admin app "select relname from pg_class where relname = 'rows'"
within 60 'it takes writes' writes
leader_sql 'select pg_switch_wal()' >/dev/null
archived_cleanly() { leader_sql 'select archived_count > 0 and failed_count = 0 from pg_stat_archiver' | grep -x t; }
within 60 'and archives' archived_cleanly
cp "$work/database.pgha.hcl" "$project/"
attempt pgha apply -auto-approve -no-color
empty_plan 'then nothing is left to do'
