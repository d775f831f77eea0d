# Hand edits of each kind: each is planned as that very change, one apply repairs them all
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
holder=$(vip_holders)
idle=psql-lb-1
[[ $holder != psql-lb-1 ]] || idle=psql-lb-2
on psql-db-2 'echo "# by hand" >>/etc/default/etcd' </dev/null
on psql-db-3 'chmod 0644 /etc/patroni/config.yml' </dev/null
on psql-db-1 'systemctl -q disable patroni' 2>/dev/null </dev/null
on psql-db-1 'DEBIAN_FRONTEND=noninteractive apt-get -qqy remove etcd-client' >/dev/null 2>&1 </dev/null
on psql-db-3 'patronictl -c /etc/patroni/config.yml edit-config --force --quiet -s ttl=40' >/dev/null </dev/null
on "$holder" 'sed -i "s/^    maxconn [0-9]*$/    maxconn 50/" /etc/haproxy/haproxy.cfg' </dev/null
on "$idle" 'systemctl stop keepalived' </dev/null

leader_before=$(leader)
attempt pgha plan -no-color -detailed-exitcode
[[ $status == 2 ]]
verdict $? 'the plan says that there are changes (status 2)'
planned 'a changed file, with its difference' 'etcd_member.db["psql-db-2"]' 'changed in place' 'file /etc/default/etcd: ' '-# by hand'
planned 'a changed mode' 'patroni_node.db["psql-db-3"]' 'file /etc/patroni/config\.yml: [^'$'\n'']*0644[^'$'\n'']*0640'
planned 'a disabled unit' 'patroni_node.db["psql-db-1"]' 'unit patroni\.service: [^'$'\n'']*disabled -> enabled'
planned 'a removed package' 'etcd_member.db["psql-db-1"]' 'package etcd-client: not installed -> installed'
planned 'a setting changed in Patroni' patroni_cluster.main 'ttl *= 40 -> 30'
planned 'an edited haproxy.cfg' "haproxy_lb.main[\"$holder\"]" 'file /etc/haproxy/haproxy\.cfg: ' '- *maxconn 50' '\+ *maxconn [0-9]+'
planned 'a stopped unit' "vip.main[\"$idle\"]" 'unit keepalived\.service: [^'$'\n'']*stopped -> running'
mentions 'nothing is added or destroyed' 'Plan: 0 to add, [0-9]+ to change, 0 to destroy'

untouched() { invocations "${databases[@]}" | grep -v '^psql-db-2 etcd '; invocations "${balancers[@]}" | grep -v "^$idle keepalived"; }
before=$(untouched)
says 'one apply repairs them all' 0 'Apply complete: 0 added, [0-9]+ changed, 0 destroyed' pgha apply -auto-approve -no-color
empty_plan 'nothing is left to repair'
prints 'and restarted nothing else' "$before" untouched
prints 'nobody else leads' "$leader_before" leader
prints 'the file is back' 0 on psql-db-2 'grep -c "by hand" /etc/default/etcd; true'
prints 'the mode is back' 640 on psql-db-3 'stat -c %a /etc/patroni/config.yml'
prints 'HAProxy runs with the file' "Maxconn: $(sed -n 's/^  maxconn  = //p' "$project/balancing.pgha.hcl")" on "$holder" 'echo show info | socat - /run/haproxy/admin.sock | grep ^Maxconn:'
within 60 'the cluster is whole' whole_cluster
