# A second plan finds nothing and leaves nothing
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# Files on the hosts that were written since TIME, without those that running services and the login itself write.
written_since() { # TIME
  local host
  for host in "${databases[@]}" "${balancers[@]}"; do
    on "$host" "find / /tmp /dev/shm /run -xdev \( -path /var/lib/patroni -o -path /var/lib/etcd -o -path /var/log -o -path /proc -o -path /sys \
        -o -path /var/lib/postgresql -o -path /run/systemd -o -path /run/user -o -path /run/postgresql -o -path /run/dbus -o -path /run/motd.dynamic -o -path /dev/shm/PostgreSQL.\* \) -prune \
        -o -type f -newermt @$1 -printf '$host %p\n'" </dev/null
  done
}

deployed_fleet
moment=$(date +%s.%N)
before=$(invocations "${databases[@]}" "${balancers[@]}")
runs=3
[[ -z $long ]] || runs=10
for ((run = 1; run <= runs; run++)); do
  empty_plan "plan $run of $runs is empty"
done
prints 'nothing was written on any host' '' written_since "$moment"
prints 'nothing was restarted' "$before" invocations "${databases[@]}" "${balancers[@]}"
says 'an apply does nothing either' 0 'Apply complete: 0 added, 0 changed, 0 destroyed' pgha apply -auto-approve -no-color
prints 'and leaves nothing' '' written_since "$moment"
