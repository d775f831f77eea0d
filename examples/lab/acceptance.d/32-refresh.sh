# Hand edits that are taken for what was last applied, and plans that ask no machine
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
says 'nobody has changed anything' 0 'No drift\. The machines are as they were last applied' pgha plan -no-color -refresh-only -detailed-exitcode

on psql-lb-1 'sed -i "s/^    maxconn [0-9]*$/    maxconn 50/" /etc/haproxy/haproxy.cfg' </dev/null
on psql-db-3 'patronictl -c /etc/patroni/config.yml edit-config --force --quiet -s ttl=40' >/dev/null </dev/null
on psql-db-2 'chmod 0644 /etc/patroni/config.yml' </dev/null
before=$(invocations "${databases[@]}" "${balancers[@]}")
moment=$(date +%s.%N)
attempt pgha plan -no-color -refresh-only -detailed-exitcode
[[ $status == 2 ]]
verdict $? 'three hand edits are found (status 2)'
mentions 'each where it is, and from what to what' 'haproxy_lb\.main\["psql-lb-1"\] was changed outside pgha' 'file /etc/haproxy/haproxy\.cfg: content' \
  'patroni_cluster\.main was changed outside pgha' 'ttl *= 30 -> 40' \
  'patroni_node\.db\["psql-db-2"\] was changed outside pgha' 'file /etc/patroni/config\.yml: mode 0640 -> 0644' \
  'Drift: 3 changed outside pgha, 0 gone\.'
says 'a plan that asks no machine knows nothing of them' 0 'No changes' pgha plan -no-color -refresh=false -detailed-exitcode
says 'they are recorded as they are' 0 'Apply complete: 3 recorded as they are, 0 added, 0 changed, 0 destroyed' pgha apply -refresh-only -auto-approve -no-color
prints 'nothing was written on any host' '' written_since "$moment"
prints 'nothing was restarted' "$before" invocations "${databases[@]}" "${balancers[@]}"
says 'that is what was last applied now' 0 'No drift' pgha plan -no-color -refresh-only -detailed-exitcode
attempt pgha plan -no-color -detailed-exitcode
[[ $status == 2 ]]
verdict $? 'configuration still says otherwise (status 2)'
mentions 'in these three' 'Plan: 0 to add, 3 to change, 0 to destroy\.'
says 'an apply follows configuration' 0 'Apply complete: 0 added, 3 changed, 0 destroyed' pgha apply -auto-approve -no-color
empty_plan 'then nothing is left to do'
says 'and nothing has drifted' 0 'No drift' pgha plan -no-color -refresh-only -detailed-exitcode
