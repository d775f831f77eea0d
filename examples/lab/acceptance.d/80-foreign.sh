# What is there already and is not ours is never overwritten
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

lab kill all >/dev/null 2>&1
lab reset 2>/dev/null
fresh_project
on psql-lb-1 'apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qqy install haproxy
  printf "global\n  maxconn 7\n# made by hand\n" >/etc/haproxy/haproxy.cfg' >/dev/null 2>&1 </dev/null
on psql-db-1 'apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qqy install etcd-server etcd-client
  systemctl start etcd; etcdctl put precious data' >/dev/null 2>&1 </dev/null
for host in psql-db-2 psql-db-3; do
  lab run bash -c 'cat "$(sed "s/.*key_file = \"\([^\"]*\)\".*/\1/" <<<"$PGHA_VAR_pgdg")"' | on "$host" 'cat >/usr/share/keyrings/pgdg.asc
    printf "deb [signed-by=/usr/share/keyrings/pgdg.asc] file:/srv/pgdg trixie-pgdg main\n" >/etc/apt/sources.list.d/own.list
    apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qqy install postgresql-17' >/dev/null 2>&1
done
on psql-db-2 'systemctl start postgresql@17-main; runuser -u postgres -- createdb precious' >/dev/null 2>&1 </dev/null
on psql-db-3 'pg_dropcluster --stop 17 main; pg_createcluster --start 17 prod' >/dev/null 2>&1 </dev/null
own() {
  on psql-lb-1 'md5sum /etc/haproxy/haproxy.cfg' </dev/null
  on psql-db-1 'etcdctl get precious; etcdctl member list' </dev/null
  on psql-db-2 'runuser -u postgres -- psql -X -At -c "select datname from pg_database order by 1"; pg_lsclusters -h' </dev/null
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
