# What a server runs with other than declared is told with its origin, and put right there alone
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
until_true 60 whole_cluster
first=$(leader)
replicas=()
for host in "${databases[@]}"; do [[ $host == "$first" ]] || replicas+=("$host"); done
as_postgres() { on "$1" "runuser -u postgres -- psql -X -At -c \"$2\" -c 'select pg_reload_conf()'" >/dev/null </dev/null; }
as_postgres "${replicas[0]}" "alter system set archive_timeout = '60s'"
as_postgres "${replicas[1]}" "alter system set archive_mode = 'always'"
on "${replicas[1]}" "patronictl -c /etc/patroni/config.yml restart postgres ${replicas[1]} --force" >/dev/null </dev/null
on "$first" "echo \"wal_keep_size = '1MB'\" >>/var/lib/patroni/postgresql.conf; runuser -u postgres -- psql -X -At -c 'select pg_reload_conf()'" >/dev/null </dev/null
until_true 60 whole_cluster
attempt pgha plan -no-color -detailed-exitcode
planned 'each with its server and where it comes from' patroni_cluster.main \
  "archive_timeout[^"$'\n'"]*${replicas[0]}: ALTER SYSTEM overrides it \(postgresql\.auto\.conf line [0-9]+\)" \
  "archive_mode[^"$'\n'"]*${replicas[1]}: ALTER SYSTEM overrides it" \
  "wal_keep_size[^"$'\n'"]*$first: changed in /var/lib/patroni/postgresql\.conf line [0-9]+" \
  "restart of ${replicas[1]}"
says 'one apply puts them right' 0 'Apply complete: 0 added, 1 changed' pgha apply -auto-approve -no-color
prints 'nobody else leads' "$first" leader
shown() { on "$1" "runuser -u postgres -- psql -X -At -c 'show $2'" </dev/null; }
prints 'ALTER SYSTEM is taken back' 30min shown "${replicas[0]}" archive_timeout
prints 'the server was restarted with what is declared' on shown "${replicas[1]}" archive_mode
prints 'the edited file was written anew' 128MB shown "$first" wal_keep_size
empty_plan 'then nothing is left to do'
