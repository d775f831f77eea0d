# Data sources: read when a plan is made, and nothing is changed by them
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
cat >"$project/reading.pgha.hcl" <<'HCL'
data "patroni_cluster" "status" {
  cluster = patroni_cluster.main.id
}

data "host_file" "release" {
  for_each = host.db
  host     = each.value.id
  path     = "/etc/debian_version"
}

output "leads" {
  value = data.patroni_cluster.status.leader
}

output "streaming" {
  value = length([for member in data.patroni_cluster.status.members : member if member.state == "streaming"])
}

output "releases" {
  value = distinct([for file in data.host_file.release : chomp(file.content)])
}
HCL
moment=$(date +%s.%N)
attempt pgha plan -no-color -detailed-exitcode
[[ $status == 2 ]]
verdict $? 'the plan has what was read (status 2: outputs)'
mentions 'and changes nothing by it' "leads *= \"$(leader)\"" 'streaming *= 2' 'Plan: 0 to add, 0 to change, 0 to destroy\.'
says 'an apply records the outputs' 0 'Apply complete: 0 added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
prints 'who leads' "$(leader)" bash -c "cd '$project' && '$here/lab' run pgha output -raw leads"
prints 'what a file says' "[\"$(on psql-db-1 'cat /etc/debian_version' </dev/null)\"]" bash -c "cd '$project' && '$here/lab' run pgha output -json releases"
prints 'nothing was written on any host' '' written_since "$moment"
prints 'state has none of it' '' bash -c "cd '$project' && '$here/lab' run pgha state list | grep '^data'; true"
empty_plan 'nothing is left to do'
rm "$project/reading.pgha.hcl"
says 'what is read no more goes from the outputs' 0 'Apply complete' pgha apply -auto-approve -no-color
empty_plan 'as before'
