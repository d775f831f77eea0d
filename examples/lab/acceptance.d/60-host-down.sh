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
