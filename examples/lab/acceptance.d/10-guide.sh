# The guide's cluster, from bare machines
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# answers ADDRESS PORT f|t: whether what answers there is in recovery.
answers() { [[ $(sql "$1" "$2" admin app 'select pg_is_in_recovery()' | tee /dev/stderr) == "$3" ]]; }

attempt pgha plan -no-color
mentions 'the plan of bare machines says what will be made' 'Plan: [0-9]+ to add, 0 to change, 0 to destroy\.'
planned 'the packages of a database' 'patroni_node.db["psql-db-1"]' 'will be created' 'package postgresql-17: not installed -> installed'
planned 'the file of a load balancer' 'haproxy_lb.main["psql-lb-2"]' 'file /etc/haproxy/haproxy\.cfg' '\+ *maxconn 400'
prints 'and made nothing' '' on psql-db-1 'command -v etcd patroni psql; true'
begun=$SECONDS
says 'apply makes it' 0 'Apply complete: [0-9]+ added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
echo "        in $((SECONDS - begun)) s"

echo '-- 6-1: machines'
for host in "${databases[@]}" "${balancers[@]}"; do
  prints "$host has its name" "$host" on "$host" hostname
done
succeeds 'hosts reach each other' on psql-db-1 'for n in 142 143 144 145; do ping -q -c1 -W2 192.168.228.$n || exit; done'

echo '-- 6-2, 6-3: packages'
for host in "${databases[@]}"; do
  succeeds "$host takes PostgreSQL from the signed source" on "$host" \
    "grep -rqi 'signed-by' /etc/apt/sources.list.d/pgdg* && apt-cache policy postgresql-17 | grep -q srv/pgdg"
  prints "$host has the packages" '6' on "$host" \
    "dpkg-query -W -f '\${db:Status-Status}\n' postgresql-17 patroni python3-psycopg2 etcd-server etcd-client curl | grep -cx installed"
  prints "$host has no cluster of the distribution's" '' on "$host" 'pg_lsclusters -h'
done

echo '-- 6-4, 6-5: etcd'
# shellcheck disable=SC2016
prints 'three members with the ids of the guide' '38c2f5960a646674 started etcd-3 http://192.168.228.143:2380 http://192.168.228.143:2379
659f84d35a13cf2f started etcd-1 http://192.168.228.141:2380 http://192.168.228.141:2379
731fb9c8c2f57b00 started etcd-2 http://192.168.228.142:2380 http://192.168.228.142:2379' \
  on psql-db-2 "etcdctl member list | sed 's/, false\$//; s/,//g' | sort"
succeeds 'all healthy' on psql-db-1 \
  'etcdctl --endpoints=http://192.168.228.141:2379,http://192.168.228.142:2379,http://192.168.228.143:2379 endpoint health'

echo '-- 6-6: Patroni'
prints 'its configuration is for postgres and no other' '640 root postgres' on psql-db-1 "stat -c '%a %U %G' /etc/patroni/config.yml"
prints 'the data folder too' '700 postgres postgres' on psql-db-3 "stat -c '%a %U %G' /var/lib/patroni"
for host in "${databases[@]}"; do
  prints "$host runs etcd and Patroni, after a boot too" $'active\nactive\nenabled\nenabled' on "$host" \
    'systemctl is-active etcd patroni; systemctl is-enabled etcd patroni'
done
within 60 'one leader, two streaming replicas, no lag' whole_cluster
attempt on psql-db-1 'patronictl -c /etc/patroni/config.yml show-config'
mentions 'the settings are in the dynamic configuration' 'ttl: 30' 'loop_wait: 10' 'retry_timeout: 10' \
  'maximum_lag_on_failover: 1048576' 'use_pg_rewind: true' 'use_slots: true' "wal_keep_size: '?128MB" 'max_connections: 100' \
  'max_locks_per_transaction: 64' 'archive_timeout: '
prints 'PostgreSQL has them' '100|replica|on|on|scram-sha-256|128MB|UTF8' leader_sql \
  "select concat_ws('|', current_setting('max_connections'), current_setting('wal_level'), current_setting('data_checksums'),
    current_setting('wal_log_hints'), current_setting('password_encryption'), current_setting('wal_keep_size'), current_setting('server_encoding'))"
prints 'the REST interface asks for a password before it changes anything' 401 on psql-db-2 \
  "curl -s -o /dev/null -w '%{http_code}' -X PATCH -d '{\"ttl\": 31}' http://192.168.228.142:8008/config"
prints 'replicas have their slots' 2 leader_sql "select count(*) from pg_replication_slots where active"

echo '-- 6-7: HAProxy'
for host in "${balancers[@]}"; do
  succeeds "$host keeps the distribution's file" on "$host" 'ls /etc/haproxy/haproxy.cfg.orig'
  succeeds "$host has a valid file" on "$host" 'haproxy -c -q -f /etc/haproxy/haproxy.cfg'
  prints "$host runs HAProxy and Keepalived, after a boot too" $'active\nactive\nenabled\nenabled' on "$host" \
    'systemctl is-active haproxy keepalived; systemctl is-enabled haproxy keepalived'
  address=$(on "$host" "hostname -I | tr ' ' '\n' | grep -v '\.140\$' | head -1" </dev/null)
  within 20 "$host: 5000 answers from the primary" answers "$address" 5000 f
  within 20 "$host: 5001 answers from a replica" answers "$address" 5001 t
  prints "$host: the statistics ask for a password" 401 on psql-db-1 "curl -s -o /dev/null -w '%{http_code}' http://$address:8080/"
done

echo '-- 6-8: Keepalived'
within 30 'the address is on exactly one of the two' one_vip_holder
attempt on psql-lb-1 cat /etc/keepalived/keepalived.conf
mentions 'router id 51, unicast, HAProxy tracked, no failing back' 'virtual_router_id 51' 'unicast_peer' 'track_(process|script)' 'nopreempt' 'priority 101'
within 30 'through it, 5000 writes' writes
within 30 'and 5001 reads from a replica' answers "$vip" 5001 t
prints 'passwords are kept as scram' 'admin,postgres,replicator' leader_sql \
  "select string_agg(rolname, ',' order by rolname) from pg_authid where rolpassword like 'SCRAM-SHA-256%'"
says 'a wrong password is refused' 2 'password authentication failed' on psql-db-2 \
  "PGPASSWORD=wrong psql -X -h $vip -p 5000 -U admin -d app -c 'select 1'"
