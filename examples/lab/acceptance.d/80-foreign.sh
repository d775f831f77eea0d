# What is there already and is not ours is never overwritten
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
echo '-- a haproxy.cfg of others, on a cluster that is whole otherwise'
pgha state rm 'haproxy_lb.main["psql-lb-2"]' >/dev/null
on psql-lb-2 'cat >/etc/haproxy/haproxy.cfg && systemctl reload haproxy' <<'END'
# made by hand
global
  maxconn 7
defaults
  mode tcp
  timeout connect 5s
  timeout client 5s
  timeout server 5s
listen by-hand
  bind :7000
END
own() { on psql-lb-2 'md5sum /etc/haproxy/haproxy.cfg; systemctl show -P MainPID -P InvocationID haproxy; ss -Hltn "sport = :7000"' </dev/null; }
before=$(own 2>&1)
[[ $before == */etc/haproxy/haproxy.cfg*:7000* ]]
verdict $? 'HAProxy runs with it'
attempt pgha apply -auto-approve -no-color
[[ $status == 1 ]]
verdict $? 'apply ends with status 1'
mentions 'naming the file, its host and what to do' 'psql-lb-2' '/etc/haproxy/haproxy\.cfg' "pgha import[[:space:]]+'haproxy_lb\.main\[\"psql-lb-2\"\]'"
prints 'and has touched neither it nor HAProxy' "$before" own
says 'import takes it over' 0 'Imported haproxy_lb\.main\["psql-lb-2"\]' pgha import 'haproxy_lb.main["psql-lb-2"]'
prints 'and touches nothing either' "$before" own
attempt pgha plan -no-color -detailed-exitcode
planned_only 'the plan has that one to change' 'haproxy_lb.main["psql-lb-2"]'
planned 'with the difference of the file' 'haproxy_lb.main["psql-lb-2"]' 'will be changed.*imported' 'file /etc/haproxy/haproxy\.cfg' '-# made by hand' '- *maxconn 7' \
  '\+ *maxconn [0-9]+' '-listen by-hand' '\+listen production'
says 'apply brings it in line' 0 'Apply complete: 0 added, 1 changed, 0 destroyed' pgha apply -auto-approve -no-color
prints 'HAProxy listens where it should, and no longer where it did' $'5000\n5001\n8080' on psql-lb-2 \
  'ss -Hltn "sport = :5000 or sport = :5001 or sport = :8080 or sport = :7000" | sed -E "s/.*:([0-9]+) .*/\1/" | sort -u'
empty_plan 'then nothing is left to do'

echo '-- on machines that are otherwise bare'
lab kill all >/dev/null 2>&1
lab reset 2>/dev/null
fresh_project
on psql-lb-1 'apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qqy install haproxy
  printf "global\n  maxconn 7\n# made by hand\n" >/etc/haproxy/haproxy.cfg' >/dev/null 2>&1 </dev/null &
on psql-db-1 'apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qqy install etcd-server etcd-client
  systemctl start etcd; etcdctl put precious data' >/dev/null 2>&1 </dev/null &
for host in psql-db-2 psql-db-3; do
  lab run bash -c 'cat "$(sed "s/.*key_file = \"\([^\"]*\)\".*/\1/" <<<"$PGHA_VAR_pgdg")"' | on "$host" 'cat >/usr/share/keyrings/pgdg.asc
    printf "deb [signed-by=/usr/share/keyrings/pgdg.asc] file:/srv/pgdg trixie-pgdg main\n" >/etc/apt/sources.list.d/own.list
    apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qqy install postgresql-17
    rm /etc/apt/sources.list.d/own.list' >/dev/null 2>&1
done
on psql-db-2 'systemctl start postgresql@17-main; runuser -u postgres -- createdb precious' >/dev/null 2>&1 </dev/null
on psql-db-3 'pg_dropcluster --stop 17 main; pg_createcluster --start 17 prod' >/dev/null 2>&1 </dev/null
wait
own() {
  on psql-lb-1 'md5sum /etc/haproxy/haproxy.cfg' </dev/null
  on psql-db-1 'etcdctl get precious; etcdctl member list' </dev/null
  on psql-db-2 'runuser -u postgres -- psql -X -At -c "select datname from pg_database order by 1" -c "select pg_postmaster_start_time()"
    pg_lsclusters -h; md5sum /etc/postgresql/17/main/*.conf; systemctl is-enabled postgresql@17-main' </dev/null
  on psql-db-3 'pg_lsclusters -h' </dev/null
}
before=$(own 2>&1)
attempt own
mentions 'there are a member of etcd, two clusters of PostgreSQL and a haproxy.cfg of others' precious 'started' '17 +main +5432 online' '17 +prod +5432 online' 'haproxy\.cfg'
attempt pgha plan -no-color
[[ $status == 1 ]]
verdict $? 'the plan ends with status 1'
mentions 'naming the member of etcd' 'psql-db-1' 'etcd' 'import'
mentions 'the cluster of PostgreSQL' '17/main'
mentions 'the one that would stop with postgresql.service' 'Other clusters of PostgreSQL are on psql-db-3' '17/prod'
mentions 'and the haproxy.cfg' '/etc/haproxy/haproxy\.cfg'
# All of it, too, with --long: the other members of etcd then wait for the one that is refused until they give up.
only=(-target 'etcd_member.db["psql-db-1"]')
[[ -z $long ]] || only=()
attempt pgha apply -auto-approve -no-color "${only[@]}"
[[ $status == 1 ]]
verdict $? 'apply ends with status 1'
mentions 'naming the member of etcd' 'psql-db-1' 'etcd' 'import'
prints 'and has touched none of them' "$before" own

# A configuration in which 17/main is all that keeps the node from being made.
alone=$work/alone
rm -rf "$alone"
mkdir -p "$alone"
cp "$project"/{variables,machines}.pgha.hcl "$alone/"
sed -e '/^resource "\(etcd_member\|pg_role\|pg_database\)"/,/^}/d' -e 's|^  etcd_endpoints .*|  etcd_endpoints = ["http://192.168.228.141:2379"]|' \
  -e '/^resource "patroni_node"/,/^}/s/for_each = local.db/for_each = { psql-db-2 = local.db.psql-db-2 }/' "$project/database.pgha.hcl" >"$alone/database.pgha.hcl"
# What the whole apply has made there is not this one's.
[[ -z $long ]] || on psql-db-2 'rm -f /etc/apt/keyrings/pgdg.asc /etc/apt/sources.list.d/pgdg.sources' </dev/null
alone() { (cd "$alone" && lab run pgha "$@" </dev/null); }
attempt alone apply -auto-approve -no-color -target 'patroni_node.db["psql-db-2"]'
[[ $status == 1 ]]
verdict $? 'apply of a node where only 17/main is in the way ends with status 1'
mentions 'naming it, and nothing else that went wrong' 'psql-db-2' '17/main' 'database of its own' 'pg_dropcluster' '2 added, 0 changed, 0 destroyed\.'
prints 'and has touched none of them' "$before" own
