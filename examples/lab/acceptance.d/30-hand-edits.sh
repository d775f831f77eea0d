# Hand edits of each kind: each is planned as that very change, one apply repairs them all
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

until_true 60 whole_cluster
holder=$(vip_holders)
idle=psql-lb-1
[[ $holder != psql-lb-1 ]] || idle=psql-lb-2
on psql-db-2 'echo "# by hand" >>/etc/default/etcd' </dev/null
on psql-db-3 'chmod 0644 /etc/patroni/config.yml' </dev/null
on psql-db-1 'systemctl -q disable patroni' 2>/dev/null </dev/null
on psql-db-1 'DEBIAN_FRONTEND=noninteractive apt-get -qqy remove etcd-client' >/dev/null 2>&1 </dev/null
on psql-db-3 'patronictl -c /etc/patroni/config.yml edit-config --force --quiet -s ttl=40' >/dev/null </dev/null
on "$holder" 'sed -i "s/maxconn 400/maxconn 50/" /etc/haproxy/haproxy.cfg' </dev/null
on "$idle" 'systemctl stop keepalived' </dev/null

leader_before=$(leader)
attempt pgha plan -no-color -detailed-exitcode
[[ $status == 2 ]]
verdict $? 'the plan says that there are changes (status 2)'
mentions 'a changed file, with its difference' 'file /etc/default/etcd on psql-db-2: [^'$'\n'']*' '-# by hand'
mentions 'a changed mode' 'file /etc/patroni/config\.yml on psql-db-3: [^'$'\n'']*0644[^'$'\n'']*0640'
mentions 'a disabled unit' 'unit patroni\.service on psql-db-1: [^'$'\n'']*disabled -> enabled'
mentions 'a removed package' 'package etcd-client on psql-db-1: not installed -> installed'
mentions 'a setting changed in Patroni' 'ttl = 40 -> 30'
mentions 'an edited haproxy.cfg' "file /etc/haproxy/haproxy\\.cfg on $holder" '- *maxconn 50' '\+ *maxconn 400'
mentions 'a stopped unit' "unit keepalived\\.service on $idle: [^"$'\n'"]*stopped -> running"
mentions 'nothing is added or destroyed' 'Plan: 0 to add, [0-9]+ to change, 0 to destroy'

untouched() { invocations "${databases[@]}" | grep -v '^psql-db-2 etcd '; invocations "${balancers[@]}" | grep -v "^$idle keepalived"; }
before=$(untouched)
says 'one apply repairs them all' 0 'Apply complete: 0 added, [0-9]+ changed, 0 destroyed' pgha apply -auto-approve -no-color
empty_plan 'nothing is left to repair'
prints 'and restarted nothing else' "$before" untouched
prints 'nobody else leads' "$leader_before" leader
prints 'the file is back' 0 on psql-db-2 'grep -c "by hand" /etc/default/etcd; true'
prints 'the mode is back' 640 on psql-db-3 'stat -c %a /etc/patroni/config.yml'
prints 'HAProxy runs with the file' 'Maxconn: 400' on "$holder" 'echo show info | socat - /run/haproxy/admin.sock | grep ^Maxconn:'
within 60 'the cluster is whole' whole_cluster
