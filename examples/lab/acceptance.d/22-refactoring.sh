# What is renamed, given up and taken over: the plan says so, and no machine notices
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# Has the project call a resource otherwise, wherever it stands, and say so in a moved block.
rename() { # TYPE OLD NEW
  sed -i "s/\b$1\.$2\b/$1.$3/g; s/^resource \"$1\" \"$2\"/resource \"$1\" \"$3\"/" "$project"/*.pgha.hcl
  printf 'moved {\n  from = %s\n  to   = %s\n}\n' "$1.$2" "$1.$3" >>"$project/refactoring.pgha.hcl"
}
unnoticed() {
  prints 'nothing was written on any host' '' written_since "$moment"
  prints 'nothing was restarted' "$before" invocations "${databases[@]}" "${balancers[@]}"
  empty_plan 'then nothing is left to do'
}

deployed_fleet
cp -r "$project" "$work/project.before"
moment=$(date +%s.%N)
before=$(invocations "${databases[@]}" "${balancers[@]}")

rename host db database
rename etcd_member db member
rename haproxy_lb main front
attempt pgha plan -no-color -detailed-exitcode
[[ $status == 2 ]]
verdict $? 'the plan has something to say of what is renamed'
mentions 'which it would not touch' 'Plan: 8 to move, 0 to add, 0 to change, 0 to destroy\.' 'moved from etcd_member\.db\["psql-db-2"\]'
says 'it moves' 0 'Apply complete: 8 moved, 0 added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
unnoticed

address=$(sed -n '/^resource "vip"/,/^}/p' "$project/balancing.pgha.hcl")
sed -i '/^resource "vip"/,/^}/d' "$project/balancing.pgha.hcl"
printf 'removed {\n  from = vip.main\n  lifecycle {\n    destroy = false\n  }\n}\n' >"$project/given-up.pgha.hcl"
says 'what is given up is forgotten' 0 'Apply complete: 2 forgotten, 0 added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
prints 'state has none of it' '' bash -c "cd '$project' && '$here/lab' run pgha state list | grep '^vip'; true"
unnoticed
within 15 'the address is still held' one_vip_holder

rm "$project/given-up.pgha.hcl"
printf '%s\n' "$address" >>"$project/balancing.pgha.hcl"
for balancer in "${balancers[@]}"; do
  printf 'import {\n  to = vip.main["%s"]\n}\n' "$balancer" >>"$project/refactoring.pgha.hcl"
done
says 'it is taken over again' 0 'Apply complete: 2 imported, 0 added, 2 changed, 0 destroyed' pgha apply -auto-approve -no-color
unnoticed

rm -r "$project/refactoring.pgha.hcl"
rename host database db
rename etcd_member member db
rename haproxy_lb front main
says 'all is called as before' 0 'Apply complete: 8 moved, 0 added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
rm "$project/refactoring.pgha.hcl"
cp "$work/project.before"/*.pgha.hcl "$project/"
unnoticed
