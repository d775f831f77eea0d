# Hand edits of each kind: each is planned as that very change, one apply repairs them all
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
until_true 60 one_vip_holder
holder=$(vip_holders)
idle=psql-lb-1
[[ $holder != psql-lb-1 ]] || idle=psql-lb-2

# The plan has the edit that was just made, as one difference of one instance, and else only the edits before it.
edited=()
planned_besides() { # WHAT ADDRESS PATTERN…
  edited+=("$2")
  attempt pgha plan -no-color -detailed-exitcode
  [[ $status == 2 ]] || {
    verdict 1 "$1 (status 2: there are changes)"
    return
  }
  planned_alone "$@"
  planned_only "  and nothing else, on no other host (${#edited[@]} to change)" "${edited[@]}"
}

on psql-db-2 'echo "# by hand" >>/etc/default/etcd' </dev/null
planned_besides 'a changed file, with its difference' 'etcd_member.db["psql-db-2"]' \
  'file /etc/default/etcd: [^'$'\n'']*# changed outside pgha' '-# by hand'
on psql-db-3 'chmod 0644 /etc/patroni/config.yml' </dev/null
planned_besides 'a changed mode' 'patroni_node.db["psql-db-3"]' \
  'file /etc/patroni/config\.yml: mode 0644 -> 0640 [^'$'\n'']*# changed outside pgha'
on psql-db-1 'systemctl -q disable patroni' 2>/dev/null </dev/null
planned_besides 'a disabled unit' 'patroni_node.db["psql-db-1"]' 'unit patroni\.service: disabled -> enabled [^'$'\n'']*# changed outside pgha'
on psql-db-1 'DEBIAN_FRONTEND=noninteractive apt-get -qqy remove etcd-client' >/dev/null 2>&1 </dev/null
planned_besides 'a removed package' 'etcd_member.db["psql-db-1"]' \
  'package etcd-client: not installed -> installed [^'$'\n'']*# removed outside pgha'
on psql-db-3 'patronictl -c /etc/patroni/config.yml edit-config --force --quiet -s ttl=40' >/dev/null </dev/null
planned_besides 'a setting changed in Patroni' patroni_cluster.main 'ttl *= 40 -> 30 [^'$'\n'']*# changed outside pgha'
on "$holder" 'sed -i "s/^    maxconn [0-9]*$/    maxconn 50/" /etc/haproxy/haproxy.cfg' </dev/null
planned_besides 'an edited haproxy.cfg' "haproxy_lb.main[\"$holder\"]" \
  'file /etc/haproxy/haproxy\.cfg: [^'$'\n'']*# changed outside pgha' '- *maxconn 50' '\+ *maxconn [0-9]+'
on "$idle" 'systemctl stop keepalived' </dev/null
planned_besides 'a stopped unit' "vip.main[\"$idle\"]" 'unit keepalived\.service: stopped -> running [^'$'\n'']*# changed outside pgha'
# Keepalived would put it back by itself; one that hangs does not.
on "$holder" "systemctl kill -s STOP keepalived; ip addr del $vip/24 dev eth0" </dev/null
prints '(the address is gone)' '' vip_holders
planned_besides 'a removed address' "vip.main[\"$holder\"]" \
  "address $vip: on no host -> on exactly one [^"$'\n'']*# nobody holds it'
mentions 'in all: eight changes, nothing added or destroyed' 'Plan: 0 to add, 8 to change, 0 to destroy'

untouched() { invocations "${databases[@]}" | grep -v '^psql-db-2 etcd '; invocations "${balancers[@]}" | grep -v ' keepalived '; }
before=$(untouched)
leader_before=$(leader)
says 'one apply repairs them all' 0 'Apply complete: 0 added, 8 changed, 0 destroyed' pgha apply -auto-approve -no-color
empty_plan 'nothing is left to repair'
prints 'and restarted nothing else' "$before" untouched
prints 'nobody else leads' "$leader_before" leader
prints 'the file is back' 0 on psql-db-2 'grep -c "by hand" /etc/default/etcd; true'
prints 'the mode is back' 640 on psql-db-3 'stat -c %a /etc/patroni/config.yml'
prints 'Patroni starts at boot again' enabled on psql-db-1 'systemctl is-enabled patroni'
prints 'the package is back' installed on psql-db-1 'dpkg-query -W -f "\${db:Status-Status}" etcd-client'
prints 'the setting is back' 'ttl: 30' on psql-db-3 'patronictl -c /etc/patroni/config.yml show-config | grep ^ttl:'
prints 'HAProxy runs with the file' "Maxconn: $(sed -n 's/^  maxconn  = //p' "$project/balancing.pgha.hcl")" on "$holder" 'echo show info | socat - /run/haproxy/admin.sock | grep ^Maxconn:'
prints 'Keepalived runs on both' $'active\nactive' bash -c "'$here/lab' ssh psql-lb-1 systemctl is-active keepalived; '$here/lab' ssh psql-lb-2 systemctl is-active keepalived"
on "$holder" 'systemctl kill -s CONT keepalived' </dev/null
within 30 'the address is on exactly one host' one_vip_holder
within 60 'the cluster is whole' whole_cluster

holder=$(vip_holders)
on "$holder" "ip addr del $vip/24 dev eth0" </dev/null
within 15 'an address removed beside a healthy Keepalived comes back by itself' one_vip_holder
empty_plan 'which the next plan leaves at that'

echo '-- a plan that is kept'
on psql-db-3 'chmod 0644 /etc/patroni/config.yml' </dev/null
says 'is saved' 0 'Saved to plan\.out' pgha plan -no-color -out=plan.out
on psql-db-2 'chmod 0644 /etc/patroni/config.yml' </dev/null
attempt pgha apply -no-color plan.out
[[ $status == 1 ]]
verdict $? 'is refused when another machine was changed since'
mentions 'with the instance that something else would be done with' 'no[[:space:]]+longer[[:space:]]+holds' 'patroni_node\.db\["psql-db-2"\]'
prints 'and nothing was done' 644 on psql-db-3 'stat -c %a /etc/patroni/config.yml'
on psql-db-2 'chmod 0640 /etc/patroni/config.yml' </dev/null
says 'is applied without a question where all is as it was' 0 'Apply complete: 0 added, 1 changed, 0 destroyed' pgha apply -no-color plan.out
prints 'and does what it said' 640 on psql-db-3 'stat -c %a /etc/patroni/config.yml'
says 'once' 1 'no[[:space:]]+longer[[:space:]]+holds' pgha apply -no-color plan.out
empty_plan 'then nothing is left to do'
