# Packages on hold: a hold that somebody takes off is found and put back
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
cp "$project/database.pgha.hcl" "$work/database.before"
sed -i 's/^  data_dir = .*/&\n  hold_packages = true/; s/^  cluster_token = .*/&\n  hold_packages = true/' "$project/database.pgha.hcl"
pids=$(invocations "${databases[@]}")
says 'packages are put on hold' 0 'Apply complete: 0 added, 6 changed' pgha apply -auto-approve -no-color
prints 'those of the server, of Patroni and of etcd' 'etcd-client etcd-server patroni postgresql-17' on psql-db-1 'echo $(apt-mark showhold | sort)'
on psql-db-2 'apt-mark unhold patroni' >/dev/null </dev/null
attempt pgha plan -no-color -detailed-exitcode
planned 'a hold that is gone is drift' 'patroni_node.db["psql-db-2"]' 'package patroni: not on hold -> on hold *# changed outside pgha'
says 'and put back' 0 'Apply complete: 0 added, 1 changed' pgha apply -auto-approve -no-color
prints 'nothing was restarted' "$pids" invocations "${databases[@]}"
sed -i 's/hold_packages = true/hold_packages = false/' "$project/database.pgha.hcl"
says 'they are released' 0 'Apply complete: 0 added, 6 changed' pgha apply -auto-approve -no-color
prints 'on every host' '' on psql-db-3 'apt-mark showhold'
cp "$work/database.before" "$project/database.pgha.hcl"
says 'the argument goes again' 0 '' pgha apply -auto-approve -no-color
empty_plan 'nothing is left to do'
