# destroy leaves no units and no configuration, and data only
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
says 'destroy' 0 'Destroy complete: 0 added, 0 changed, [0-9]+ destroyed' pgha destroy -auto-approve -no-color
for host in "${databases[@]}"; do
  prints "$host runs none of it" '' on "$host" 'for unit in etcd patroni; do systemctl is-active -q $unit && echo $unit runs; systemctl is-enabled -q $unit 2>/dev/null && echo $unit enabled; done; true'
  prints "$host has no configuration" '' on "$host" 'ls /etc/patroni/config.yml /etc/apt/sources.list.d/pgdg* 2>/dev/null; grep -l "Written by pgha" /etc/default/etcd 2>/dev/null; true'
  succeeds "$host keeps its data" on "$host" 'test -s /var/lib/patroni/PG_VERSION && ls -d /var/lib/etcd/*/member'
done
for host in "${balancers[@]}"; do
  prints "$host runs none of it" '' on "$host" 'for unit in haproxy keepalived; do systemctl is-active -q $unit && echo $unit runs; systemctl is-enabled -q $unit 2>/dev/null && echo $unit enabled; done; true'
  prints "$host has no configuration" '' on "$host" 'ls /etc/keepalived/keepalived.conf 2>/dev/null; grep -l 228 /etc/haproxy/haproxy.cfg 2>/dev/null; true'
done
prints 'nobody has the address' '' vip_holders
says 'a second destroy finds nothing' 0 'Nothing to destroy|0 destroyed' pgha destroy -auto-approve -no-color
says 'apply after it resumes with the data that was kept' 0 'Apply complete' pgha apply -auto-approve -no-color
within 60 'the cluster is whole' whole_cluster
prints 'with the rows from before' yes bash -c "[[ -n '$(sql "$vip" 5000 admin app 'select 1 from rows limit 1' 2>/dev/null)' ]] && echo yes"
