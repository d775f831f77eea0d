# A change never disturbs two members of one cluster at once
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# shellcheck source-path=SCRIPTDIR source=turns.sh
. "$here/acceptance.d/turns.sh"

deployed_fleet
until_true 60 whole_cluster
pids=$(on psql-lb-1 systemctl show -P MainPID haproxy </dev/null; on psql-lb-2 systemctl show -P MainPID haproxy </dev/null)
sed -i 's/^  cluster_token = .*/&\n  settings      = { ETCD_AUTO_COMPACTION_RETENTION = "1" }/' "$project/database.pgha.hcl"
sed -i 's/maxconn  = [0-9]*/maxconn  = 450/' "$project/balancing.pgha.hcl"
attempt pgha plan -no-color
mentions 'the plan says the order' 'Order of etcd cluster[^'$'\n'']*'$'\n'' *1\. psql-db-.[^'$'\n'']*'$'\n'' *2\. psql-db-.[^'$'\n'']*'$'\n'' *3\. psql-db-.' 'Order of load balancers'
members=$(planned_order 'etcd cluster') balancing=$(planned_order 'load balancers')
since=$(date +%s.%N)
says 'settings of all etcd members and load balancers change' 0 'Apply complete: 0 added, 5 changed' pgha apply -auto-approve -no-color
apart 'etcd members went one after the other, as planned' "$members" etcd_restarts "$since"
apart 'and so did the load balancers, the one with the address last' "$balancing" haproxy_reloads "$since"
succeeds 'which were reloaded, not restarted' test "$pids" = \
  "$(on psql-lb-1 systemctl show -P MainPID haproxy </dev/null; on psql-lb-2 systemctl show -P MainPID haproxy </dev/null)"

sed -i 's/max_connections           = 100/max_connections           = 120/' "$project/database.pgha.hcl"
attempt pgha plan -no-color
planned 'a raised parameter: replicas first, then a switchover' patroni_cluster.main 'max_connections[^'$'\n'']*100"? -> "?120' 'replicas' 'switchover'
servers=$(grep -oE 'POST /(restart to|switchover from) psql-db-.' <<<"$output" | sed 's/.* //' | paste -sd' ')
since=$(date +%s.%N)
says 'it is applied' 0 'Apply complete: 0 added, [0-9]+ changed' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
apart 'no server went before the one before it streamed again' "$servers" postgresql_restarts "$since"
with_value() { for_each_database 'runuser -u postgres -- psql -X -At -c "show max_connections"'; }
prints 'every one has it' $'120\n120\n120' with_value
empty_plan 'then nothing is left to do'
within 60 'and the VIP takes writes' writes

echo '-- with a member of etcd down'
on psql-db-3 systemctl stop etcd </dev/null
sed -i 's/ETCD_AUTO_COMPACTION_RETENTION = "1"/ETCD_AUTO_COMPACTION_RETENTION = "2"/' "$project/database.pgha.hcl"
untouched() { invocations "${databases[@]}"; for_each_database 'md5sum /etc/default/etcd; systemctl is-active etcd; true'; }
before=$(untouched)
attempt pgha apply -auto-approve -no-color
[[ $status == 1 ]]
verdict $? 'a change that would restart the others is refused'
mentions 'for the quorum, with what to do' 'would lose its quorum' '2 of its 3 members are healthy' 'Nothing was touched' 'Bring the other members back'
succeeds 'nothing was touched' test "$before" = "$(untouched)"
says 'the one that is down may be changed, and comes back' 0 'Apply complete: 0 added, 1 changed' \
  pgha apply -auto-approve -no-color -target='etcd_member.db["psql-db-3"]'
attempt pgha plan -no-color
members=$(planned_order 'etcd cluster')
since=$(date +%s.%N)
says 'then the others may' 0 'Apply complete: 0 added, 2 changed' pgha apply -auto-approve -no-color
apart 'one after the other' "$members" etcd_restarts "$since"
within 60 'the cluster is whole' whole_cluster
empty_plan 'and nothing is left to do'
