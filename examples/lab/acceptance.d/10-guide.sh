# The guide's cluster, from bare machines
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# answers ADDRESS PORT f|t: whether what answers there is in recovery.
answers() { [[ $(sql "$1" "$2" admin app 'select pg_is_in_recovery()' | tee /dev/stderr) == "$3" ]]; }

# Somebody who is none of the five has the address: here the operator's machine.
bridge=$(lab run ip -o -4 addr show to 192.168.228.1 | awk '{ print $2 }')
lab run ip addr add "$vip/24" dev "$bridge"
attempt pgha plan -no-color
[[ $status == 1 ]]
verdict $? 'a floating address that is in use: status 1'
mentions 'it is said which, who answers there, and what to do' "$vip is not free" 'none of the peers answers' 'Choose another'
lab run ip addr del "$vip/24" dev "$bridge"
for host in "${balancers[@]}"; do on "$host" "ip neigh flush to $vip" </dev/null 2>/dev/null; done

# A way between two of them is closed: etcd's first start would wait for it.
on psql-db-1 'ip route add unreachable 192.168.228.142' </dev/null
attempt pgha plan -no-color
mentions 'ports that a host does not reach are told by the plan' 'psql-db-1 does not reach ports' '192\.168\.228\.142:2380[[:space:]]+\(No[[:space:]]+route' '192\.168\.228\.142:5432' \
  'Plan: [0-9]+ to add'
on psql-db-1 'ip route del unreachable 192.168.228.142' </dev/null

# one_writer HOST: what its HAProxy says of its servers.
one_writer() {
  on "$1" 'echo "show stat" | socat - /run/haproxy/admin.sock | cut -d, -f1,2,18 | grep -E "^(production|standby),psql"' </dev/null |
    awk -F, '{ print } $3 == "UP" { up[$1]++ } END { exit !(NR == 6 && up["production"] == 1 && up["standby"] == 2) }'
}
attempt pgha plan -no-color
mentions 'the plan of bare machines says what will be made' 'Plan: [0-9]+ to add, 0 to change, 0 to destroy\.'
[[ $output != *'does not reach'* ]]
verdict $? 'without it, all are reached'
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
for host in "${databases[@]}" "${balancers[@]}"; do
  succeeds "$host reaches the others, all in one subnet" on "$host" 'for n in 141 142 143 144 145; do ping -q -c1 -W2 192.168.228.$n || exit; done
    [ "$(ip -o -4 route show 192.168.228.0/24 | wc -l)" = 1 ]'
done

echo '-- 6-2, 6-3: packages'
for host in "${databases[@]}"; do
  succeeds "$host takes PostgreSQL from the signed source" on "$host" \
    "grep -rqi 'signed-by' /etc/apt/sources.list.d/pgdg* && apt-cache policy postgresql-17 | grep -q srv/pgdg"
  prints "$host has the packages" '6' on "$host" \
    "dpkg-query -W -f '\${db:Status-Status}\n' postgresql-17 patroni python3-psycopg2 etcd-server etcd-client curl | grep -cx installed"
  prints "$host has no cluster of the distribution's, and none starts at boot" '' on "$host" \
    'pg_lsclusters -h; ls /etc/postgresql/17 2>/dev/null; systemctl is-enabled postgresql@17-main 2>/dev/null | grep -x enabled; true'
  prints "$host: Patroni finds PostgreSQL's programs" yes on "$host" \
    'dir=$(sed -nE "s/^  bin_dir: *[\"'"'"']?([^\"'"'"']*)[\"'"'"']?$/\1/p" /etc/patroni/config.yml); test -x "$dir/initdb" -a -x "$dir/pg_rewind" && echo yes'
done

echo '-- 6-4, 6-5: etcd'
# shellcheck disable=SC2016
prints 'three members with the ids of the guide' '38c2f5960a646674 started etcd-3 http://192.168.228.143:2380 http://192.168.228.143:2379
659f84d35a13cf2f started etcd-1 http://192.168.228.141:2380 http://192.168.228.141:2379
731fb9c8c2f57b00 started etcd-2 http://192.168.228.142:2380 http://192.168.228.142:2379' \
  on psql-db-2 "etcdctl member list | sed 's/, false\$//; s/,//g' | sort"
succeeds 'all healthy' on psql-db-1 \
  'etcdctl --endpoints=http://192.168.228.141:2379,http://192.168.228.142:2379,http://192.168.228.143:2379 endpoint health'

for host in "${databases[@]}"; do
  attempt on "$host" 'cat /etc/default/etcd; ss -Hltn | awk "{ print \$4 }"'
  mentions "$host: token, name, clients on 2379, peers on 2380" "ETCD_INITIAL_CLUSTER_TOKEN=['\"]?etcd-cluster" "ETCD_NAME=['\"]?etcd-${host##*-}" \
    "192\.168\.228\.14${host##*-}:2379"$'\n'? "192\.168\.228\.14${host##*-}:2380"
done

echo '-- 6-6: Patroni'
for host in "${databases[@]}"; do
  attempt on "$host" "cat /etc/patroni/config.yml; stat -c '%a %U %G %n' /etc/patroni/config.yml /var/lib/patroni"
  mentions "$host: scope, namespace, name, REST on 8008, etcd3, initdb, users, tags, in files for postgres alone" \
    'scope: "?postgres"?' 'namespace: "?/db/"?' "name: \"?$host\"?" 'listen: [^'$'\n'']*:8008' 'etcd3:' 'scram-sha-256' 'UTF8' 'data-checksums' \
    'superuser:' 'replication:' 'username: "?replicator' 'nofailover: false' 'noloadbalance: false' 'clonefrom: false' 'nosync: false' \
    '640 root postgres /etc/patroni/config.yml' '700 postgres postgres /var/lib/patroni'
done
for host in "${databases[@]}"; do
  prints "$host runs etcd and Patroni, after a boot too" $'active\nactive\nenabled\nenabled' on "$host" \
    'systemctl is-active etcd patroni; systemctl is-enabled etcd patroni'
done
within 60 'one leader, two streaming replicas, no lag' whole_cluster
attempt on psql-db-1 'patronictl -c /etc/patroni/config.yml show-config'
mentions 'the settings are in the dynamic configuration' 'ttl: 30' 'loop_wait: 10' 'retry_timeout: 10' \
  'maximum_lag_on_failover: 1048576' 'use_pg_rewind: true' 'use_slots: true' "wal_keep_size: '?128MB" 'max_connections: 100' \
  'max_locks_per_transaction: 64' 'archive_timeout: '
# The guide's parameters, each on every node; what it sets wrongly today as the expert would.
for host in "${databases[@]}"; do
  prints "$host: PostgreSQL has them" 'archive_command|test ! -f /var/lib/postgresql/wal_archive/%f && cp %p /var/lib/postgresql/wal_archive/%f
archive_mode|on
archive_timeout|1800
data_checksums|on
hot_standby|on
max_connections|100
max_locks_per_transaction|64
max_prepared_transactions|0
max_replication_slots|10
max_wal_senders|10
max_worker_processes|8
password_encryption|scram-sha-256
server_encoding|UTF8
track_commit_timestamp|off
unix_socket_directories|/var/run/postgresql
wal_keep_size|128
wal_level|replica
wal_log_hints|on' on "$host" "runuser -u postgres -- psql -X -At -c \"select name, setting from pg_settings where name in ('archive_command',
    'archive_mode', 'archive_timeout', 'data_checksums', 'hot_standby', 'max_connections', 'max_locks_per_transaction', 'max_prepared_transactions',
    'max_replication_slots', 'max_wal_senders', 'max_worker_processes', 'password_encryption', 'server_encoding',
    'track_commit_timestamp', 'unix_socket_directories', 'wal_keep_size', 'wal_level', 'wal_log_hints') order by name\""
  prints "$host: pg_hba.conf lets in whom the guide lets in, by scram" 'local|{all}|{postgres}||peer
host|{replication}|{replicator}|127.0.0.1|scram-sha-256
host|{replication}|{replicator}|192.168.228.141|scram-sha-256
host|{replication}|{replicator}|192.168.228.142|scram-sha-256
host|{replication}|{replicator}|192.168.228.143|scram-sha-256
host|{all}|{all}|0.0.0.0|scram-sha-256' on "$host" \
    'runuser -u postgres -- psql -X -At -c "select type, database, user_name, address, auth_method from pg_hba_file_rules order by rule_number"'
done
# Patroni gives it to whoever recovers.
prints 'replicas restore from the archive' $'cp /var/lib/postgresql/wal_archive/%f %p\ncp /var/lib/postgresql/wal_archive/%f %p' for_each_database \
  'runuser -u postgres -- psql -X -At -c "select setting from pg_settings where name = '"'restore_command'"' and pg_is_in_recovery()" | grep .; true'
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
  attempt on "$host" 'cat /etc/haproxy/haproxy.cfg; echo "show stat" | socat - /run/haproxy/admin.sock | cut -d, -f1,2,18 | grep -E "^(production|standby),psql"'
  mentions "$host: maxconn, time-outs, checks on 8008, sessions shut down with their server" 'maxconn 400' 'timeout client 30m' 'timeout connect 4s' \
    'timeout server 30m' 'timeout check 5s' 'OPTIONS uri /primary' 'OPTIONS uri /replica' 'check port 8008' 'on-marked-down shutdown-sessions'
  within 20 "$host: one server of three takes writes, two take reads" one_writer "$host"
  prints "$host: the statistics ask for a password" 401 on psql-db-1 "curl -s -o /dev/null -w '%{http_code}' http://$address:8080/"
done

echo '-- 6-8: Keepalived'
within 30 'the address is on exactly one of the two' one_vip_holder
for host in "${balancers[@]}"; do
  own=14$((3 + ${host##*-})) other=14$((6 - ${host##*-})) priority=$((102 - ${host##*-}))
  attempt on "$host" cat /etc/keepalived/keepalived.conf
  mentions "$host: router id 51, priority $priority, unicast to the other, a secret, HAProxy tracked, no failing back" 'virtual_router_id 51' \
    "priority $priority" 'unicast_src_ip 192\.168\.228\.'"$own" 'unicast_peer \{'$'\n'' *192\.168\.228\.'"$other" 'auth_type PASS' 'auth_pass' \
    'track_(process|script)' 'state BACKUP' 'nopreempt' 'enable_script_security'
done
secret() { on "$1" "sed -n 's/^ *auth_pass *//p' /etc/keepalived/keepalived.conf" </dev/null; }
prints 'the secret is the same on both' yes bash -c "[[ -n '$(secret psql-lb-1)' && '$(secret psql-lb-1)' == '$(secret psql-lb-2)' ]] && echo yes"
prints 'and for root alone' '640 root root' on psql-lb-1 "stat -c '%a %U %G' /etc/keepalived/keepalived.conf"
within 30 'through it, 5000 writes' writes
within 30 'and 5001 reads from a replica' answers "$vip" 5001 t
prints 'passwords are kept as scram' 'admin,postgres,replicator' leader_sql \
  "select string_agg(rolname, ',' order by rolname) from pg_authid where rolpassword like 'SCRAM-SHA-256%'"
says 'a wrong password is refused' 2 'password authentication failed' on psql-db-2 \
  "PGPASSWORD=wrong psql -X -h $vip -p 5000 -U admin -d app -c 'select 1'"
