# A second plan finds nothing and leaves nothing
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
moment=$(date +%s.%N)
before=$(invocations "${databases[@]}" "${balancers[@]}")
empty_plans 10
prints 'nothing was written on any host' '' written_since "$moment"
prints 'nothing was restarted' "$before" invocations "${databases[@]}" "${balancers[@]}"

# The server's own word for the connections; pgha's for the round trips.
logins() {
  local host
  for host in "${databases[@]}" "${balancers[@]}"; do
    on "$host" "printf '%s %s\n' $host \"\$(journalctl -u ssh -o cat | grep -c '^Accepted ')\"" </dev/null
  done
}
logged_in=$(logins)
PGHA_LOG=debug attempt pgha plan -no-color
[[ $status == 0 && $output == *'No changes.'* ]]
verdict $? 'a plan that tells what it does'
mentions 'says when the configuration was read and evaluated, who answered, and when it was planned' \
  'pgha +[0-9.]+ s  configuration read' 'pgha +[0-9.]+ s  evaluated: [0-9]+ instances' 'pgha +[0-9.]+ s  psql-db-3 connected \([0-9]+ ms\)' \
  'pgha +[0-9.]+ s  psql-lb-2 answered [0-9]+ questions \([0-9]+ ms\)' 'pgha +[0-9.]+ s  planned: 0 changes'
contacts=$(contacts_of <<<"$output")
output=$contacts
awk '{ print; hosts++ } $2 != 1 || $3 < 1 || $3 > 2 { bad = 1 } END { exit bad || hosts != 5 }' <<<"$contacts" >/dev/null
verdict $? 'it takes one connection and at most two round trips a host'
# One login more than before is the plan's, one is the question's before.
output=$(logins)
awk 'NR == FNR { before[$1] = $2; next } $2 != before[$1] + 2 { bad = 1 } END { exit bad || FNR != 5 }' <(printf '%s\n' "$logged_in") - <<<"$output"
verdict $? 'which the hosts confirm: each saw one login of it'

says 'an apply does nothing either' 0 'Apply complete: 0 added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
prints 'and leaves nothing' '' written_since "$moment"
