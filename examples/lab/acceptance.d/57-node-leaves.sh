# A node leaves: the leader hands over, its slot goes with it, and it comes back with its data
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
until_true 60 whole_cluster
leaving=$(leader)
cp "$project/database.pgha.hcl" "$work/database.before"
sed -i "/^resource \"patroni_node\"/,/^}/s/for_each = local.db/for_each = { for name, db in local.db : name => db if name != \"$leaving\" }/" "$project/database.pgha.hcl"
attempt pgha plan -no-color
mentions 'the plan hands over first' "hand over to a replica: $leaving leads" "have the leader drop the replication slot of $leaving"
says 'the node leaves' 0 'Apply complete: 0 added, [0-9]+ changed, 1 destroyed' pgha apply -auto-approve -no-color
there() { member_states | awk '{ print $1, $3 }' | sort | grep -v "^$leaving "; }
succeeds 'another one leads' test "$(leader)" != "$leaving" -a -n "$(leader)"
prints 'its unit is stopped and disabled' 'inactive disabled' on "$leaving" 'echo $(systemctl is-active patroni) $(systemctl is-enabled patroni)'
prints 'no slot of it is left on the leader' 0 leader_sql "select count(*) from pg_replication_slots where slot_name = '${leaving//-/_}'"
prints 'slots are kept for as long as before' '' on "$(leader)" 'patronictl -c /etc/patroni/config.yml show-config | grep member_slots_ttl; true'
empty_plan 'then nothing is left to do'
cp "$work/database.before" "$project/database.pgha.hcl"
says 'it comes back' 0 'Apply complete: 1 added' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
