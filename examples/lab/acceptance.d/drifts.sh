# shellcheck shell=bash disable=SC2154,SC2034,SC2016,SC2329
# Drifts made by hand: how each is made, how a person takes it back, and what pgha drift is to say of it, all of it.
#
# NAME.make and NAME.undo change the machines; NAME.found prints a line for each finding: its grade, its code, what differs, and
# the places, as in `security file-permissions file:/etc/x host.db["psql-db-1"]@psql-db-1`. Some last until the cluster is calm
# again. drift_fixture has what the example does not declare and a drift needs.

# Roles move: looked up before a drift is made, and kept until it is undone.
look_around() {
  local host
  until_true 120 whole_cluster
  first=$(leader) replicas=()
  for host in "${databases[@]}"; do [[ $host == "$first" ]] || replicas+=("$host"); done
  until_true 60 one_vip_holder
  holder=$(vip_holders) idle=psql-lb-1
  [[ $holder != psql-lb-1 ]] || idle=psql-lb-2
}

# Holds, memberships, a role and a database that nothing hangs on.
drift_fixture() {
  cat >"$project/drifting.pgha.hcl" <<'HCL'
resource "pg_role" "reader" {
  cluster   = patroni_cluster.main.id
  name      = "reader"
  password  = var.passwords.admin
  member_of = ["pg_monitor"]
}

resource "pg_database" "notes" {
  cluster           = patroni_cluster.main.id
  name              = "notes"
  owner             = pg_role.admin.name
  delete_on_destroy = true
}
HCL
  sed -i 's/^  data_dir = .*/&\n  hold_packages = true/; s/^  cluster_token = .*/&\n  hold_packages = true/' "$project/database.pgha.hcl"
}

told() { # GRADE CODE SUBJECT PLACE…
  printf '%s\n' "$*"
}
# Each finding of the report in $work/drift.json in the same form. Python is on the database hosts.
findings() {
  lab ssh psql-db-1 'python3 -c "
import json, sys
for root in json.load(sys.stdin)[\"roots\"]:
    for found in root[\"findings\"]:
        places = sorted(place[\"address\"] + \"@\" + place[\"host\"] for place in found[\"places\"])
        print(found[\"grade\"], found[\"code\"], found[\"subject\"], *places)"' <"$work/drift.json" | LC_ALL=C sort
}
machine() { [[ $1 == *-db-* ]] && echo "host.db[\"$1\"]@$1" || echo "host.lb[\"$1\"]@$1"; }
member() { echo "etcd_member.db[\"$1\"]@$1"; }
node() { echo "patroni_node.db[\"$1\"]@$1"; }
cluster() { echo "patroni_cluster.main@${1:-}"; }
balancer() { echo "haproxy_lb.main[\"$1\"]@$1"; }
floating() { echo "vip.main[\"$1\"]@$1"; }

declare -A host_address=([psql-db-1]=192.168.228.141 [psql-db-2]=192.168.228.142 [psql-db-3]=192.168.228.143)

quietly() { on "$@" >/dev/null 2>&1 </dev/null; }
# A person who puts a file back with its time, as from a backup.
keep() { quietly "$1" "mkdir -p /root/kept; cp -a $2 /root/kept/"; }
put_back() { quietly "$1" "mv /root/kept/${2##*/} $2"; }
psql_on() { quietly "$1" "runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 ${*:2}"; }
settings() { quietly psql-db-1 "patronictl -c /etc/patroni/config.yml edit-config --force --quiet $*"; }
haproxy() { quietly "$1" "printf '%s\n' '$2' | socat - /run/haproxy/admin.sock"; }

# What a drift waits for, before or after.
down() { # HOST UNIT
  on "$1" "! systemctl is-active -q $2" </dev/null
}
waiting() { # HOST…: for a restart
  local host
  for host; do on "$host" "curl -s http://${host_address[$host]}:8008/patroni | grep -q '\"pending_restart\": *true'" </dev/null || return; done
}
not_waiting() {
  local host
  for host; do
    [[ $(on "$host" 'runuser -u postgres -- psql -X -At -c "select count(*) from pg_settings where pending_restart"' </dev/null 2>&1) == 0 ]] || return
    on "$host" "! curl -s http://${host_address[$host]}:8008/patroni | grep -q '\"pending_restart\": *true'" </dev/null || return
  done
}
not_streaming() { member_states | awk -v name="$1" '$1 == name && $3 != "streaming" { found = 1 } END { exit !found }'; }
etcd_is_whole() { on psql-db-1 'etcdctl endpoint health --cluster' </dev/null 2>&1 | grep -c 'is healthy' | grep -qx 3; }
# One server takes writes, two are read from, and none is on its way up or down.
servers_agree() { # HOST…
  local host
  for host; do
    on "$host" 'echo show stat | socat - /run/haproxy/admin.sock' </dev/null | awk -F, '
      $2 ~ /^psql-db-/ { seen++; states[$1 " " $18]++; if ($18 != "UP" && $18 != "DOWN") moving = 1 }
      END { exit moving || seen != 6 || states["production UP"] != 1 || states["standby UP"] != 2 }' || return
  done
}
calm() { until_true 120 whole_cluster && until_true 60 etcd_is_whole && until_true 60 servers_agree "${balancers[@]}" && until_true 60 one_vip_holder; }

# -- files and folders

file-content.make() { keep psql-db-2 /etc/default/etcd && quietly psql-db-2 'echo "ETCD_SNAPSHOT_COUNT=\"5000\"" >>/etc/default/etcd'; }
file-content.undo() { put_back psql-db-2 /etc/default/etcd; }
file-content.found() { told degraded file-content file:/etc/default/etcd "$(member psql-db-2)"; }

# What nobody reads.
file-comment.make() { keep psql-db-3 /etc/default/etcd && quietly psql-db-3 'echo "# by hand" >>/etc/default/etcd'; }
file-comment.undo() { put_back psql-db-3 /etc/default/etcd; }
file-comment.found() { told cosmetic file-content file:/etc/default/etcd "$(member psql-db-3)"; }

file-mode.make() { quietly psql-db-3 'chmod 0644 /etc/patroni/config.yml'; }
file-mode.undo() { quietly psql-db-3 'chmod 0640 /etc/patroni/config.yml'; }
file-mode.found() { told security file-permissions file:/etc/patroni/config.yml "$(node psql-db-3)"; }

# One cause on three hosts.
file-mode-everywhere.make() { for_each_database 'chmod 0664 /etc/default/etcd'; }
file-mode-everywhere.undo() { for_each_database 'chmod 0644 /etc/default/etcd'; }
file-mode-everywhere.found() {
  told security file-permissions file:/etc/default/etcd "$(member psql-db-1)" "$(member psql-db-2)" "$(member psql-db-3)"
}

file-owner.make() { quietly "$idle" 'chown nobody /etc/haproxy/haproxy.cfg'; }
file-owner.undo() { quietly "$idle" 'chown root /etc/haproxy/haproxy.cfg'; }
file-owner.found() { told security file-permissions file:/etc/haproxy/haproxy.cfg "$(balancer "$idle")"; }

file-removed.make() { quietly "$idle" 'mkdir -p /root/kept; mv /etc/keepalived/keepalived.conf /root/kept/'; }
file-removed.undo() { put_back "$idle" /etc/keepalived/keepalived.conf; }
file-removed.found() { told degraded file-missing file:/etc/keepalived/keepalived.conf "$(floating "$idle")"; }

file-link.make() { keep "$idle" /etc/haproxy/haproxy.cfg && quietly "$idle" 'mv /etc/haproxy/haproxy.cfg /root/ && ln -s /root/haproxy.cfg /etc/haproxy/'; }
file-link.undo() { put_back "$idle" /etc/haproxy/haproxy.cfg && quietly "$idle" 'rm /root/haproxy.cfg'; }
file-link.found() { told security file-content file:/etc/haproxy/haproxy.cfg "$(balancer "$idle")"; }

folder-mode.make() { quietly psql-db-1 'chmod 0755 /var/lib/etcd/default'; }
folder-mode.undo() { quietly psql-db-1 'chmod 0700 /var/lib/etcd/default'; }
folder-mode.found() { told security directory-permissions directory:/var/lib/etcd/default "$(member psql-db-1)"; }

folder-owner.make() { quietly psql-db-2 'chown root /var/lib/postgresql/wal_archive'; }
folder-owner.undo() { quietly psql-db-2 'chown postgres /var/lib/postgresql/wal_archive'; }
folder-owner.found() { told security directory-permissions directory:/var/lib/postgresql/wal_archive "$(node psql-db-2)"; }

apt-source.make() { keep psql-db-1 /etc/apt/sources.list.d/pgdg.sources && quietly psql-db-1 'sed -i s/^Signed-By/#Signed-By/ /etc/apt/sources.list.d/pgdg.sources'; }
apt-source.undo() { put_back psql-db-1 /etc/apt/sources.list.d/pgdg.sources; }
apt-source.found() { told security file-content file:/etc/apt/sources.list.d/pgdg.sources "$(machine psql-db-1)"; }

key-ring.make() { keep psql-db-2 /etc/apt/keyrings/pgdg.asc && quietly psql-db-2 'echo "# by hand" >>/etc/apt/keyrings/pgdg.asc'; }
key-ring.undo() { put_back psql-db-2 /etc/apt/keyrings/pgdg.asc; }
key-ring.found() { told security file-content file:/etc/apt/keyrings/pgdg.asc "$(machine psql-db-2)"; }

haproxy-file.make() { keep "$holder" /etc/haproxy/haproxy.cfg && quietly "$holder" 'sed -i "s/^    maxconn [0-9]*$/    maxconn 50/" /etc/haproxy/haproxy.cfg'; }
haproxy-file.undo() { put_back "$holder" /etc/haproxy/haproxy.cfg; }
haproxy-file.found() { told degraded file-content file:/etc/haproxy/haproxy.cfg "$(balancer "$holder")"; }

haproxy-reloaded.make() { haproxy-file.make && quietly "$holder" 'systemctl reload haproxy'; }
haproxy-reloaded.undo() { haproxy-file.undo && quietly "$holder" 'systemctl reload haproxy' && until_true 20 servers_agree "$holder"; }
haproxy-reloaded.found() { haproxy-file.found; }

keepalived-file.make() { keep "$idle" /etc/keepalived/keepalived.conf && quietly "$idle" 'sed -i "s/priority .*/priority 42/" /etc/keepalived/keepalived.conf'; }
keepalived-file.undo() { put_back "$idle" /etc/keepalived/keepalived.conf; }
keepalived-file.found() { told degraded file-content file:/etc/keepalived/keepalived.conf "$(floating "$idle")"; }

patroni-file.make() { keep "${replicas[0]}" /etc/patroni/config.yml && quietly "${replicas[0]}" 'sed -i "s/nofailover: false/nofailover: true/" /etc/patroni/config.yml'; }
patroni-file.undo() { put_back "${replicas[0]}" /etc/patroni/config.yml; }
patroni-file.found() { told degraded file-content file:/etc/patroni/config.yml "$(node "${replicas[0]}")"; }

# -- the machine

host-name.make() { quietly psql-lb-2 'hostname impostor'; }
host-name.undo() { quietly psql-lb-2 'hostname psql-lb-2'; }
host-name.found() { told degraded host-name name "$(machine psql-lb-2)"; }

# -- packages

package-removed.make() { quietly psql-db-1 'DEBIAN_FRONTEND=noninteractive apt-get -qqy --allow-change-held-packages remove etcd-client'; }
package-removed.undo() { quietly psql-db-1 'DEBIAN_FRONTEND=noninteractive apt-get -qqy install etcd-client && apt-mark hold etcd-client'; }
package-removed.found() { told degraded package-missing package:etcd-client "$(member psql-db-1)"; }

package-hold.make() { quietly psql-db-2 'apt-mark unhold patroni'; }
package-hold.undo() { quietly psql-db-2 'apt-mark hold patroni'; }
package-hold.found() { told cosmetic package-hold package:patroni "$(node psql-db-2)"; }

# -- units

unit-stopped.make() { quietly "$idle" 'systemctl stop keepalived'; }
unit-stopped.undo() { quietly "$idle" 'systemctl start keepalived'; }
unit-stopped.found() { told degraded unit-state unit:keepalived.service "$(floating "$idle")"; }

unit-failed.make() { quietly "$idle" 'mkdir -p /run/systemd/system/haproxy.service.d
  printf "[Service]\nRestart=no\n" >/run/systemd/system/haproxy.service.d/hand.conf; systemctl daemon-reload; systemctl kill -s KILL haproxy'; until_true 10 down "$idle" haproxy; }
unit-failed.undo() { quietly "$idle" 'rm -r /run/systemd/system/haproxy.service.d; systemctl daemon-reload; systemctl reset-failed haproxy; systemctl start haproxy' && until_true 20 servers_agree "$idle" && until_true 20 one_vip_holder; }
unit-failed.found() {
  told degraded unit-state unit:haproxy.service "$(balancer "$idle")"
  told degraded unit-override unit:haproxy.service "$(balancer "$idle")"
}

unit-disabled.make() { quietly psql-db-1 'systemctl -q disable patroni'; }
unit-disabled.undo() { quietly psql-db-1 'systemctl -q enable patroni'; }
unit-disabled.found() { told degraded unit-state unit:patroni.service "$(node psql-db-1)"; }

unit-masked.make() { quietly "$idle" 'systemctl -q mask haproxy'; }
unit-masked.undo() { quietly "$idle" 'systemctl -q unmask haproxy && systemctl -q enable haproxy'; }
unit-masked.found() { told degraded unit-state unit:haproxy.service "$(balancer "$idle")"; }

unit-enabled.make() { quietly psql-db-2 'systemctl -q enable postgresql'; }
unit-enabled.undo() { quietly psql-db-2 'systemctl -q disable postgresql'; }
unit-enabled.found() { told degraded unit-state unit:postgresql.service "$(node psql-db-2)"; }

unit-override.make() { quietly psql-db-2 'mkdir -p /etc/systemd/system/etcd.service.d; printf "[Service]\nNice=5\n" >/etc/systemd/system/etcd.service.d/hand.conf; systemctl daemon-reload'; }
unit-override.undo() { quietly psql-db-2 'rm -r /etc/systemd/system/etcd.service.d; systemctl daemon-reload'; }
unit-override.found() { told degraded unit-override unit:etcd.service "$(member psql-db-2)"; }

unit-older.make() { keep psql-db-3 /etc/default/etcd && quietly psql-db-3 'touch /etc/default/etcd'; }
unit-older.undo() { put_back psql-db-3 /etc/default/etcd; }
unit-older.found() { told degraded older-configuration unit:etcd.service "$(member psql-db-3)"; }

node-stopped.make() { quietly "${replicas[0]}" 'systemctl stop patroni'; }
node-stopped.undo() { quietly "${replicas[0]}" 'systemctl start patroni' && calm; }
node-stopped.found() { told degraded unit-state unit:patroni.service "$(node "${replicas[0]}")"; }

# -- the dynamic configuration

parameter.make() { settings -p wal_keep_size=64MB; }
parameter.undo() { settings -p wal_keep_size=128MB; }
parameter.found() { told degraded dynamic-configuration 'parameters["wal_keep_size"]' "$(cluster)"; }

parameter-restart.make() { settings -p max_connections=120 && until_true 30 waiting "${databases[@]}"; }
# Patroni may say for one loop more that its server waits, after it has said already that it does not.
parameter-restart.undo() {
  settings -p max_connections=100 && until_true 30 not_waiting "${databases[@]}" || return
  local calm_since
  calm_since=$(date +%s)
  until_true 40 looped_since "$calm_since" && until_true 30 not_waiting "${databases[@]}"
}
looped_since() { # SECONDS
  local host
  for host in "${databases[@]}"; do
    on "$host" "seen=\$(curl -s http://${host_address[$host]}:8008/patroni | sed -n 's/.*\"dcs_last_seen\": *\([0-9]*\).*/\1/p'); [ \"\${seen:-0}\" -gt $(($1 + 1)) ]" </dev/null || return
  done
}
parameter-restart.found() { told degraded dynamic-configuration 'parameters["max_connections"]' "$(cluster)"; }

parameter-undeclared.make() { settings -p log_min_duration_statement=500; }
parameter-undeclared.undo() { settings -p log_min_duration_statement=null; }
parameter-undeclared.found() { told degraded dynamic-configuration-undeclared 'parameters["log_min_duration_statement"]' "$(cluster)"; }

setting.make() { settings -s ttl=40; }
setting.undo() { settings -s ttl=30; }
setting.found() { told degraded dynamic-configuration ttl "$(cluster)"; }

setting-undeclared.make() { settings -s primary_start_timeout=200; }
setting-undeclared.undo() { settings -s primary_start_timeout=null; }
setting-undeclared.found() { told degraded dynamic-configuration-undeclared dynamic_settings.primary_start_timeout "$(cluster)"; }

paused.make() { quietly psql-db-1 'patronictl -c /etc/patroni/config.yml pause --wait'; }
paused.undo() { quietly psql-db-1 'patronictl -c /etc/patroni/config.yml resume --wait' && calm; }
paused.found() { told danger patroni-paused dynamic_settings.pause "$(cluster)"; }

# -- what the servers run with

altered.make() { psql_on "${replicas[0]}" "-c \"alter system set archive_timeout = '60s'\" -c 'select pg_reload_conf()'"; }
altered.undo() { psql_on "${replicas[0]}" "-c 'alter system reset archive_timeout' -c 'select pg_reload_conf()'"; }
altered.found() { told degraded alter-system 'parameters["archive_timeout"]' "$(cluster "${replicas[0]}")"; }

altered-undeclared.make() { psql_on "${replicas[1]}" "-c \"alter system set work_mem = '7MB'\" -c 'select pg_reload_conf()'"; }
altered-undeclared.undo() { psql_on "${replicas[1]}" "-c 'alter system reset work_mem' -c 'select pg_reload_conf()'"; }
altered-undeclared.found() { told degraded alter-system-undeclared 'parameters["work_mem"]' "$(cluster "${replicas[1]}")"; }

server-file.make() { quietly "$first" "echo \"wal_keep_size = '1MB'\" >>/var/lib/patroni/postgresql.conf"; psql_on "$first" "-c 'select pg_reload_conf()'"; }
server-file.undo() { quietly "$first" "sed -i '\$d' /var/lib/patroni/postgresql.conf"; psql_on "$first" "-c 'select pg_reload_conf()'"; }
server-file.found() { told degraded running-setting 'parameters["wal_keep_size"]' "$(cluster "$first")"; }

hba-line.make() { quietly "${replicas[1]}" 'cp -a /var/lib/patroni/pg_hba.conf /root/ && echo "host all all 192.168.228.99/32 trust" >>/var/lib/patroni/pg_hba.conf'; }
hba-line.undo() { quietly "${replicas[1]}" 'mv /root/pg_hba.conf /var/lib/patroni/'; }
hba-line.found() { told security pg-hba file:/var/lib/patroni/pg_hba.conf "$(node "${replicas[1]}")"; }

# Restarted with another value, which was then taken back: what is written is right, and not what the server runs with.
pending-restart.make() {
  psql_on "${replicas[1]}" "-c 'alter system set max_files_per_process = 900'"
  quietly "${replicas[1]}" "patronictl -c /etc/patroni/config.yml restart postgres ${replicas[1]} --force"
  psql_on "${replicas[1]}" "-c 'alter system reset max_files_per_process' -c 'select pg_reload_conf()'"
  quietly "${replicas[1]}" 'systemctl reload patroni'
  calm && until_true 30 waiting "${replicas[1]}"
}
pending-restart.undo() { quietly "${replicas[1]}" "patronictl -c /etc/patroni/config.yml restart postgres ${replicas[1]} --force" && calm; }
pending-restart.found() { told degraded pending-restart 'parameters["max_files_per_process"]' "$(cluster)"; }

# -- the cluster

# The way to the leader's port alone is shut, so that nothing but the stream suffers.
not-streaming.make() { quietly "${replicas[0]}" "ip rule add to ${host_address[$first]} ipproto tcp dport 5432 blackhole" && quietly "${replicas[0]}" 'kill "$(runuser -u postgres -- psql -X -At -c "select pid from pg_stat_wal_receiver")"' && until_true 60 not_streaming "${replicas[0]}"; }
not-streaming.undo() { quietly "${replicas[0]}" "ip rule del to ${host_address[$first]} ipproto tcp dport 5432 blackhole" && calm; }
not-streaming.found() { told degraded replica-not-streaming state "$(node "${replicas[0]}")"; }

stranger-node.make() {
  quietly psql-db-1 'etcdctl put /db/postgres/members/stranger "{\"conn_url\":\"postgres://192.168.228.150:5432/postgres\",\"api_url\":\"http://192.168.228.150:8008/patroni\",\"state\":\"running\",\"role\":\"replica\",\"version\":\"4.0.7\",\"timeline\":1,\"tags\":{\"nofailover\":true,\"nostream\":true}}"'
}
stranger-node.forget() { quietly psql-db-1 'etcdctl del /db/postgres/members/stranger'; }
stranger-node.undo() { stranger-node.forget && calm; }
stranger-node.found() { told danger patroni-foreign-member 'scope["stranger"]' "$(cluster)"; }

stranger-etcd.make() { quietly psql-db-1 'etcdctl member add etcd-9 --learner --peer-urls=http://192.168.228.149:2380'; }
stranger-etcd.undo() { quietly psql-db-1 'etcdctl member remove $(etcdctl member list | sed -n "s/, unstarted.*//p")'; }
stranger-etcd.found() { told danger etcd-foreign-member "peers[\"$(stranger_id)\"]" "$(member psql-db-1)"; }
stranger_id() { on psql-db-1 'etcdctl member list' </dev/null | sed -n 's/, unstarted.*//p'; }

# Back by hand: with no data, and told that the cluster is there already.
etcd-removed.make() { quietly psql-db-1 'etcdctl member remove $(etcdctl member list | sed -n "s/, started, etcd-3,.*//p")' && until_true 20 down psql-db-3 etcd; }
etcd-removed.undo() {
  keep psql-db-3 /etc/default/etcd
  quietly psql-db-1 'etcdctl member add etcd-3 --peer-urls=http://192.168.228.143:2380'
  quietly psql-db-3 'rm -rf /var/lib/etcd/default/member; sed -i s/STATE=\"new\"/STATE=\"existing\"/ /etc/default/etcd; systemctl start etcd'
  put_back psql-db-3 /etc/default/etcd && calm
}
etcd-removed.found() { told degraded etcd-member-expelled '' "$(member psql-db-3)"; }

etcd-stopped.make() { quietly psql-db-2 'systemctl stop etcd'; }
etcd-stopped.undo() { quietly psql-db-2 'systemctl start etcd' && calm; }
etcd-stopped.found() { told degraded unit-state unit:etcd.service "$(member psql-db-2)"; }

# -- roles and databases

role-attribute.make() { psql_on "$first" "-c 'alter role admin superuser'"; }
role-attribute.undo() { psql_on "$first" "-c 'alter role admin nosuperuser'"; }
role-attribute.found() { told security role-attribute superuser 'pg_role.admin@'; }

role-password.make() { psql_on "$first" "-c \"alter role reader password 'by hand'\""; }
role-password.undo() { password admin | on "$first" "IFS= read -r p; runuser -u postgres -- psql -X -q -c \"alter role reader password '\$p'\"" >/dev/null 2>&1; }
role-password.found() { told security role-password password 'pg_role.reader@'; }

role-membership.make() { psql_on "$first" "-c 'grant pg_write_server_files to reader'"; }
role-membership.undo() { psql_on "$first" "-c 'revoke pg_write_server_files from reader'"; }
role-membership.found() { told security role-membership member_of 'pg_role.reader@'; }

role-dropped.make() { psql_on "$first" "-c 'drop role reader'"; }
role-dropped.undo() { role-dropped_again | on "$first" 'runuser -u postgres -- psql -X -q' >/dev/null 2>&1; }
role-dropped_again() { printf "create role reader login password '%s' in role pg_monitor;\n" "$(password admin)"; }
role-dropped.found() { told degraded role-missing '' 'pg_role.reader@'; }

database-owner.make() { psql_on "$first" "-c 'alter database app owner to postgres'"; }
database-owner.undo() { psql_on "$first" "-c 'alter database app owner to admin'"; }
database-owner.found() { told security database-owner owner 'pg_database.app@'; }

database-dropped.make() { psql_on "$first" "-c 'drop database notes'"; }
database-dropped.undo() { psql_on "$first" "-c 'create database notes owner admin'"; }
database-dropped.found() { told danger database-missing '' 'pg_database.notes@'; }

# -- the load balancers

server-maintenance.make() { haproxy "$idle" 'disable server production/psql-db-1'; }
server-maintenance.undo() { haproxy "$idle" 'enable server production/psql-db-1' && until_true 20 servers_agree "$idle"; }
server-maintenance.found() { told degraded haproxy-server-out-of-service server:production/psql-db-1 "$(balancer "$idle")"; }

server-drained.make() { haproxy "$holder" 'set server standby/psql-db-2 state drain'; }
server-drained.undo() { haproxy "$holder" 'set server standby/psql-db-2 state ready' && until_true 20 servers_agree "$holder"; }
server-drained.found() { told degraded haproxy-server-out-of-service server:standby/psql-db-2 "$(balancer "$holder")"; }

server-added.make() { haproxy "$holder" 'add server standby/stranger 192.168.228.150:5432' && haproxy "$holder" 'enable server standby/stranger'; }
server-added.undo() { haproxy "$holder" 'disable server standby/stranger' && haproxy "$holder" 'del server standby/stranger'; }
server-added.found() { told danger haproxy-server-undeclared server:standby/stranger "$(balancer "$holder")"; }

server-removed.make() { haproxy "$idle" 'disable server standby/psql-db-3' && haproxy "$idle" 'del server standby/psql-db-3'; }
server-removed.undo() { quietly "$idle" 'systemctl reload haproxy' && until_true 20 servers_agree "$idle"; }
server-removed.found() { told degraded haproxy-server-missing server:standby/psql-db-3 "$(balancer "$idle")"; }

server-moved.make() { haproxy "$holder" "set server standby/psql-db-2 addr 192.168.228.150 port 5433"; }
server-moved.undo() { haproxy "$holder" "set server standby/psql-db-2 addr ${host_address[psql-db-2]} port 5432" && until_true 20 servers_agree "$holder"; }
server-moved.found() { told danger haproxy-server-moved server:standby/psql-db-2 "$(balancer "$holder")"; }

listener-closed.make() { haproxy "$idle" 'disable frontend standby'; }
listener-closed.undo() { haproxy "$idle" 'enable frontend standby'; }
listener-closed.found() { told degraded listener-closed listener:standby "$(balancer "$idle")"; }

# -- the floating address

second-holder.make() { quietly "$idle" "ip addr add $vip/24 dev eth0"; }
second-holder.undo() { quietly "$idle" "ip addr del $vip/24 dev eth0"; }
second-holder.found() { told danger vip-second-holder "address:$vip" "$(floating "$idle")"; }

# Keepalived that hangs does not put the address back, nor does the other take it.
no-holder.make() { quietly "$idle" 'systemctl kill -s STOP keepalived' && quietly "$holder" "systemctl kill -s STOP keepalived; ip addr del $vip/24 dev eth0"; }
no-holder.undo() { quietly "$holder" 'systemctl kill -s CONT keepalived'; quietly "$idle" 'systemctl kill -s CONT keepalived'; until_true 30 one_vip_holder; }
no-holder.found() { told degraded vip-nowhere "address:$vip" "$(floating psql-lb-1)" "$(floating psql-lb-2)"; }
