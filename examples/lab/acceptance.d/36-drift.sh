# Drift: what somebody changed by hand is found, told once and graded, alone and all at once, and never anything else
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# shellcheck source-path=SCRIPTDIR source=drifts.sh
. "$here/acceptance.d/drifts.sh"
# shellcheck source-path=SCRIPTDIR source=picture.sh
. "$here/acceptance.d/picture.sh"

drift() { pgha drift -no-color "$@"; }
# drifted WHAT NAME…: pgha drift tells of these drifts and of nothing else.
drifted() {
  local what=$1 expected name text
  shift
  expected=$(for name; do "$name.found"; done | LC_ALL=C sort)
  attempt drift -out "json=$work/drift.json" "${drift_options[@]}"
  text=$output
  if [[ $status == 2 ]] && output=$(findings) && [[ $output == "$expected" ]]; then
    verdict 0 "$what"
  else
    output="expected:"$'\n'"$expected"$'\n'"found:"$'\n'"$output"$'\n'"$text"
    verdict 1 "$what"
  fi
}
clean() { says "$1" 0 'No drift' drift -pending-exitcode 5 "${drift_options[@]}"; }
# named_repair CODE: the command that the report in $work/drift.json names for the first finding of a kind.
named_repair() {
  lab ssh psql-db-1 "python3 -c '
import json, sys
found = [each for root in json.load(sys.stdin)[\"roots\"] for each in root[\"findings\"]]
print([each.get(\"repair\", \"\") for each in found if each[\"code\"] == sys.argv[1]][0])' $1" <"$work/drift.json"
}
# since CODE: who tells since when the first finding of a kind is there, and whether that was around $made.
since() {
  lab ssh psql-db-1 "python3 -c '
import datetime, json, sys
found = [each for root in json.load(sys.stdin)[\"roots\"] for each in root[\"findings\"] if each[\"code\"] == sys.argv[1]]
since = found[0][\"places\"][0][\"since\"]
at = datetime.datetime.fromisoformat(since[\"at\"]).timestamp()
print(since[\"witness\"] + \", \" + (\"just now\" if abs(at - $made) < 30 else since[\"at\"]))' $1" <"$work/drift.json"
}
by_command() { # CODE
  local command
  command=$(named_repair "$1") && (cd "$project" && lab run sh -c "$command" </dev/null)
}
# All that a run might leave in the folder with the state.
folder() { (cd "$project" && find . -printf '%p %s %T@ %C@\n' | LC_ALL=C sort && find . -type f -exec sha256sum {} + | LC_ALL=C sort); }

deployed_fleet
# What passes by itself is given a moment only: the cluster is calm here, and what is done to it stays.
drift_options=(-settle 1s)
cp -r "$project" "$work/project.before"
drift_fixture
succeeds 'holds, a role and a database more' pgha apply -auto-approve -no-color
look_around

echo '-- looking changes nothing'
files=$(folder)
picture "$work/picture"
succeeds 'a picture of all hosts' picture "$work/picture"
clean 'an untouched cluster is clean'
same_picture 'and all hosts are as they were' "$work/picture"
file-mode.make
succeeds 'a picture with a file that others may read' picture "$work/picture"
attempt diff "$work/picture" "$work/picture.now"
mentions 'shows that' '/etc/patroni/config\.yml f 6'
drifted 'it is told' file-mode
same_picture 'and all hosts are as they were' "$work/picture"
drift_options=(-settle 1s -record "$work/first-nights" -repair-plan "$work/first.plan" -out "html=$work/drift.html")
drifted 'it is kept, with a plan that repairs it' file-mode
same_picture 'and all hosts are as they were' "$work/picture"
drift_options=(-settle 1s)
prints 'the state and its folder are as they were: there is no journal and no lock' "$files" folder
prints 'the record and the plan are where they were asked for' 2 eval 'ls -d "$work/first-nights"/drift-*.json "$work/first.plan" | wc -l'
file-mode.undo
rm -r "$work/first-nights" "$work/first.plan"

echo '-- each alone'
alone=(
  file-mode-everywhere file-removed haproxy-reloaded patroni-file package-removed unit-override node-stopped
  parameter-restart paused altered-undeclared server-file hba-line pending-restart not-streaming
  stranger-node etcd-removed role-dropped server-added server-removed server-moved listener-closed no-holder
)
# The rest is made below too, all at once.
[[ -z $long ]] || alone+=(
  file-content file-owner folder-mode key-ring host-name package-hold unit-masked unit-older parameter-undeclared
  stranger-etcd database-dropped second-holder
  file-comment file-link folder-owner apt-source haproxy-file keepalived-file unit-stopped unit-failed unit-disabled unit-enabled
  etcd-stopped parameter setting setting-undeclared altered role-attribute role-password role-membership database-owner
  server-maintenance server-drained
)
for name in "${alone[@]}"; do
  "$name.make" || verdict 1 "$name is made"
  drifted "${name//-/ }, and nothing else" "$name"
  "$name.undo" || verdict 1 "$name is taken back"
  # The next one alone shows that this one is gone.
  [[ -z $long ]] || clean "${name//-/ } taken back: clean"
done
clean 'all of it taken back by hand: clean'

echo '-- each by the command that it names'
server-maintenance.make
file-mode.make
made=$(on "$idle" date +%s </dev/null)
drifted 'a balancer, and a node that it needs' server-maintenance file-mode
prints 'since when: that is in the log of HAProxy' "HAProxy's log, just now" since haproxy-server-out-of-service
prints 'and seen by the last change of the file' "the file's last change, just now" since file-permissions
succeeds "the balancer's drift is repaired by its command" by_command haproxy-server-out-of-service
drifted 'and by that nothing else' file-mode
succeeds "the node's is by its own" by_command file-permissions
clean 'then it is clean'
# Beside others it hides what Patroni sets right when its configuration changes.
paused.make
drifted 'that nobody takes over is told' paused
succeeds 'and ended by its command' by_command patroni-paused
calm || verdict 1 'the cluster is calm again'
clean 'then it is clean'
hba-line.make
drifted 'what a person has to look at is told' hba-line
prints 'and names no command' '' named_repair pg-hba
hba-line.undo
rm "$project/repair.plan"
clean 'taken back by hand: clean'

echo '-- all at once'
together=(
  file-content file-mode file-owner folder-mode folder-owner apt-source key-ring haproxy-file host-name
  package-hold unit-disabled unit-masked unit-enabled unit-older
  parameter parameter-undeclared setting setting-undeclared altered
  stranger-etcd role-attribute role-password role-membership database-owner database-dropped
  server-maintenance server-drained second-holder
)
look_around
first_before=$first
for name in "${together[@]}"; do "$name.make" || verdict 1 "$name is made"; done
drift_options=(-settle 1s -repair-plan "$work/repair.plan" -record "$work/nights")
drifted "${#together[@]} at once, each of them and nothing else" "${together[@]}"
drift_options=(-settle 1s -record "$work/nights")
says 'the plan that came of it repairs them all' 0 'Apply complete: 1 added, [0-9]+ changed, 0 destroyed' pgha apply -no-color "$work/repair.plan"
clean 'then it is clean'
empty_plan 'and as configuration says'
prints 'nobody else leads' "$first_before" leader
attempt pgha drift history -no-color -record "$work/nights"
mentions 'the history has each of them, found in one run and gone in the next' 'parameters\["wal_keep_size"\]' 'pg_role\.admin'
drift_options=(-settle 1s)

echo '-- what can not be beside those: it hides them, is the same thing, or is restarted otherwise'
# The plan of a round repairs all of it, and leaves nothing to do.
repaired_together() { # NAME…
  local name
  look_around
  for name; do "$name.make" || verdict 1 "$name is made"; done
  drift_options=(-settle 1s -repair-plan "$work/repair.plan")
  drifted "$# more at once, each of them and nothing else: $*" "$@"
  drift_options=(-settle 1s)
  says 'their plan repairs them all' 0 'Apply complete: [0-9]+ added, [0-9]+ changed, 0 destroyed' pgha apply -no-color "$work/repair.plan"
  # One that was stopped in its tracks and not restarted would stay so, which nobody sees.
  for name in "${balancers[@]}"; do quietly "$name" 'systemctl kill -s CONT keepalived'; done
  calm || verdict 1 'the cluster is calm again'
  clean 'then it is clean'
  empty_plan 'and as configuration says'
}
# What waits for a calm cluster comes first, what leads nobody to it last.
look_around
first_before=$first
repaired_together pending-restart patroni-file server-file role-dropped \
  server-added server-moved server-removed listener-closed etcd-removed no-holder
prints 'nobody else leads' "$first_before" leader
[[ -z $long ]] || {
  repaired_together file-mode-everywhere etcd-stopped node-stopped haproxy-reloaded file-link keepalived-file unit-stopped
  repaired_together parameter-restart file-removed file-comment package-removed
}

echo '-- what no plan repairs, beside what one does'
# The kinds in the report in $work/drift.json that name no command.
without_command() {
  lab ssh psql-db-1 'python3 -c "
import json, sys
print(*sorted(found[\"code\"] for root in json.load(sys.stdin)[\"roots\"] for found in root[\"findings\"] if not found.get(\"repair\")))"' <"$work/drift.json"
}
by_hand=(unit-override hba-line stranger-node altered-undeclared not-streaming)
look_around
for name in "${by_hand[@]}" parameter patroni-file; do "$name.make" || verdict 1 "$name is made"; done
drifted 'all of it is told' "${by_hand[@]}" parameter patroni-file
prints 'and just what a person repairs names no command' \
  'alter-system-undeclared patroni-foreign-member pg-hba replica-not-streaming unit-override' without_command
# The last one waits until all is calm again.
for name in parameter.undo patroni-file.undo altered-undeclared.undo hba-line.undo unit-override.undo stranger-node.forget not-streaming.undo; do
  "$name" || verdict 1 "$name is taken back"
done
clean 'taken back by hand: clean'

echo '-- configuration that is not applied yet'
sed -i 's/maxconn  = [0-9]*/maxconn  = 500/' "$project/balancing.pgha.hcl"
attempt drift
[[ $status == 0 ]]
verdict $? 'is no drift (status 0)'
mentions 'and is told' 'haproxy_lb\.main' 'maxconn' 'Not applied yet'
says 'with a status of its own, if asked for' 5 '' drift -pending-exitcode 5
file-mode.make
attempt drift -pending-exitcode 5
[[ $status == 2 ]]
verdict $? 'beside drift it counts less (status 2)'
mentions 'and both are told' 'haproxy_lb\.main' 'maxconn' '/etc/patroni/config\.yml'
file-mode.undo
sed -i 's/maxconn  = [0-9]*/maxconn  = 400/' "$project/balancing.pgha.hcl"
clean 'taken back, there is neither'

echo '-- nobody changes anything, and roles move'
# Each is over as soon as the role has moved; what follows is under way while pgha looks.
another_leads() {
  local now
  now=$(leader)
  [[ -n $now && $now != "$first" ]]
}
switchover() {
  look_around
  quietly "$first" "patronictl -c /etc/patroni/config.yml switchover postgres --candidate ${replicas[0]} --force"
  until_true 60 another_leads || verdict 1 'a switchover'
}
failover() {
  look_around
  quietly "$first" 'systemctl stop patroni'
  until_true 90 another_leads || verdict 1 'a failover'
  quietly "$first" 'systemctl start patroni'
}
address_moves() {
  look_around
  quietly "$holder" 'systemctl restart keepalived'
  until_true 60 one_vip_holder || verdict 1 'the address moves'
}
drift_options=()
runs=20
[[ -z $long ]] || runs=200
for ((run = 1; run <= runs; run++)); do
  clean "run $run of $runs is clean"
  case $((run % 18)) in
    5) switchover ;;
    10) failover ;;
    15) address_moves ;;
  esac
done
within 120 'the cluster is whole' whole_cluster

cp "$work/project.before"/*.pgha.hcl "$project/"
rm "$project/drifting.pgha.hcl"
says 'what was there for the drifts is taken away' 0 'Apply complete: 0 added, [0-9]+ changed, 2 destroyed' pgha apply -auto-approve -no-color
empty_plan 'then nothing is left to do'
