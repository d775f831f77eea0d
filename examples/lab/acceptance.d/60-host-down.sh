# A host is down during plan and apply
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
lab kill psql-lb-2 2>/dev/null
attempt pgha plan -no-color
[[ $status == 1 ]]
verdict $? 'a plan with a dead host ends with status 1'
mentions 'it names the host, its address and the reason' 'psql-lb-2' '192\.168\.228\.145' 'no SSH connection|[Nn]o route|[Tt]imed out'

sed -i 's/maxconn  = [0-9]*/maxconn  = 500/' "$project/balancing.pgha.hcl"
attempt pgha apply -auto-approve -no-color
[[ $status == 1 ]]
verdict $? 'an apply too'
mentions 'naming it' 'psql-lb-2' '192\.168\.228\.145'
prints "the other's work is done" 1 on psql-lb-1 "grep -c 'maxconn 500' /etc/haproxy/haproxy.cfg"
lab start psql-lb-2 2>/dev/null
attempt pgha plan -no-color
mentions 'what is left is planned when it is back' 'haproxy_lb\.main\["psql-lb-2"\] will be changed'
[[ $output != *'haproxy_lb.main["psql-lb-1"] will be'* ]]
verdict $? 'and nothing else'
says 'the next apply finishes' 0 'Apply complete' pgha apply -auto-approve -no-color
prints 'on that host' 1 on psql-lb-2 "grep -c 'maxconn 500' /etc/haproxy/haproxy.cfg"
empty_plan 'and then nothing is left'

down=psql-db-3
[[ $(leader) != psql-db-3 ]] || down=psql-db-2
lab kill "$down" 2>/dev/null
attempt pgha plan -no-color
[[ $status == 1 ]]
verdict $? "a plan with the database host $down dead: status 1"
mentions 'it names the host, its address and the reason' "$down" "192\.168\.228\.14${down##*-}" 'no SSH connection|[Nn]o route|[Tt]imed out'
[[ -z $(changed_instances) ]]
verdict $? 'and would change nothing on the others'
lab start "$down" 2>/dev/null
within 120 'when it is back the cluster is whole by itself' whole_cluster

echo '-- in the middle of an apply'
# What packages are taken away is installed again, and power fails meanwhile; the others have something to do too.
on psql-lb-2 'DEBIAN_FRONTEND=noninteractive apt-get -qqy purge haproxy socat' >/dev/null 2>&1 </dev/null
cp "$project/machines.pgha.hcl" "$work/"
# shellcheck disable=SC2016 # HCL
sed -i '0,/^  address  = each.value.address$/s//&\n  files    = { "\/etc\/acceptance" = { content = "${each.key}\\n" } }/' "$project/machines.pgha.hcl"
installs='"intended","id":"haproxy_lb.main...psql-lb-2.*"description":"install haproxy'
apply_during "$installs" power_fails psql-lb-2
status=$? output=$(<"$work/apply.log")
took=$((SECONDS - $(<"$work/power-failed")))
[[ $status == 1 ]]
verdict $? 'a host that dies while its packages are installed: exit status 1'
((took < 180))
verdict $? "without hanging: it ends $took s later, within 180"
mentions 'the error names the host, its address, the step and the reason' 'psql-lb-2' '192\.168\.228\.145' 'while doing: install haproxy' \
  'no SSH connection|[Nn]o route|[Tt]imed out|lost|no answer'
[[ $output != *'at io.pgha'* && $output != *Exception* ]]
verdict $? 'and is no stack trace'
for host in "${databases[@]}"; do
  prints "the work on $host is done" "$host" on "$host" cat /etc/acceptance
  says 'and recorded' 0 '/etc/acceptance' pgha state show -no-color "host.db[\"$host\"]"
done
lab start psql-lb-2 2>/dev/null
attempt pgha plan -no-color
planned_only 'when the host is back, what is left is planned and nothing else' 'haproxy_lb.main["psql-lb-2"]'
says 'the next apply finishes' 0 'Apply complete' pgha apply -auto-approve -no-color
prints 'the packages are whole' $'installed\ninstalled' on psql-lb-2 'dpkg --audit; dpkg-query -W -f "\${db:Status-Status}\n" haproxy socat'
prints 'HAProxy runs there' active on psql-lb-2 'systemctl is-active haproxy'
empty_plan 'then nothing is left'
cp "$work/machines.pgha.hcl" "$project/"
attempt pgha apply -auto-approve -no-color
prints 'what left the configuration is removed' '' on psql-db-2 'ls /etc/acceptance 2>/dev/null; true'
within 30 'the address is on exactly one host' one_vip_holder

[[ -z $long ]] || {
  echo '-- in the middle of the first apply'
  lab kill all >/dev/null 2>&1
  lab reset 2>/dev/null
  fresh_project
  apply_during '"intended","id":"patroni_node.db...psql-db-3.*"description":"install ' power_fails psql-db-3
  status=$? output=$(<"$work/apply.log")
  [[ $status == 1 ]]
  verdict $? "a database host dies while its packages are installed: exit status 1, $((SECONDS - $(<"$work/power-failed"))) s later"
  mentions 'the error names the host, its address, the step and the reason' 'psql-db-3' '192\.168\.228\.143' 'while doing: install ' \
    'no SSH connection|[Nn]o route|[Tt]imed out|lost|no answer'
  attempt pgha state list
  mentions "the others' work is recorded" 'host\.db\["psql-db-1"\]' 'host\.db\["psql-db-2"\]' 'host\.lb\["psql-lb-1"\]'
  lab start psql-db-3 2>/dev/null
  says 'the next apply finishes' 0 'Apply complete' pgha apply -auto-approve -no-color
  within 60 'the cluster is whole' whole_cluster
  empty_plan 'and then nothing is left'
}
