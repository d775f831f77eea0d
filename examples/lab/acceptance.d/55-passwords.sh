# New passwords of Patroni's own users: in PostgreSQL first, then node by node, no connection broken
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
until_true 60 whole_cluster
cp "$project/database.pgha.hcl" "$work/database.before"
streams() { leader_sql 'select application_name, pid, backend_start from pg_stat_replication order by 1'; }
before=$(streams)
sed -i 's/password = var\.passwords\.\(postgres\|replicator\|rest_api\) }/password = "${var.passwords.\1}-new" }/' "$project/database.pgha.hcl"
attempt pgha plan -no-color
planned 'the plan says that the server has another password, and not which' patroni_cluster.main \
  'superuser\.password *= \(sensitive value\) *# the server has another password' \
  'replication\.password *= \(sensitive value\) *# the server has another password'
says 'the passwords are changed' 0 'Apply complete: 0 added, 4 changed' pgha apply -auto-approve -no-color
prints 'no replica lost its connection' "$before" streams
prints 'the old replication password is refused' refused bash -c \
  "printf '%s' '$(password replicator)' | '$here/lab' ssh psql-db-2 'read -r PGPASSWORD; export PGPASSWORD; psql -X -w -At -h $(leader) -U replicator -d replication=true -c IDENTIFY_SYSTEM >/dev/null 2>&1 || echo refused'"
succeeds 'each replica has the new one' bash -c \
  "for host in psql-db-1 psql-db-2 psql-db-3; do [ \$host = $(leader) ] || '$here/lab' ssh \$host grep -q -e -new\\\$ /var/lib/postgresql/.pgpass_patroni </dev/null || exit 1; done"
prints 'no server wrote a verifier into its log' 0 on "$(leader)" 'journalctl -u patroni --since -5min | grep -c SCRAM-SHA-256; true'
empty_plan 'then nothing is left to do'
cp "$work/database.before" "$project/database.pgha.hcl"
says 'and back' 0 'Apply complete: 0 added, 4 changed' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
