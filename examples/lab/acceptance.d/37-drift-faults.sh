# Drift when something is in the way: the right status and the right word, in bounded time, and never "clean"
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# shellcheck source-path=SCRIPTDIR source=drifts.sh
. "$here/acceptance.d/drifts.sh"

# Bounded: what hangs ends with status 124 or 137.
bounded() { (cd "$project" && lab run "${as[@]}" timeout -k 5 "${limit:-90}" pgha drift -no-color "$@" </dev/null); }
as=(env)
# unseen WHAT HOST PATTERN…: status 1, the host with its address and the reason, and no finding.
unseen() { # WHAT HOST PATTERN…
  local what=$1 host=$2
  shift 2
  attempt bounded -out "json=$work/drift.json"
  [[ $status == 1 ]]
  verdict $? "$what: status 1"
  mentions '  with the host and the reason' "$host" "$@"
  [[ $output != *'No drift'* && $output != *Exception* && $output != *'at io.pgha'* ]]
  verdict $? '  which is neither clean nor a stack trace'
}

deployed_fleet
look_around
says 'to begin with it is clean' 0 'No drift' bounded

echo '-- a host is down'
lab kill "$idle" 2>/dev/null
unseen 'a host without power' "$idle" 'no SSH connection|[Nn]o route|[Tt]imed out'
says 'with the status that was asked for' 4 "$idle" bounded -unreachable-exitcode 4
file-mode.make
attempt bounded -unreachable-exitcode 4
[[ $status == 2 ]]
verdict $? 'what has drifted elsewhere counts more than that status (status 2)'
mentions 'and both are told' "$idle" '/etc/patroni/config\.yml'
attempt bounded
[[ $status == 1 ]]
verdict $? 'but not more than an error (status 1)'
mentions 'and both are told' "$idle" '/etc/patroni/config\.yml'
file-mode.undo
lab start "$idle" 2>/dev/null
calm
says 'when it is back: clean' 0 'No drift' bounded

echo '-- SSH takes connections and says nothing'
# A session that was there before lets it go on.
coproc stalled { on "$idle" 'ssh=$(systemctl show -P MainPID ssh); kill -STOP "$ssh"; echo stopped; read -r _; kill -CONT "$ssh"; echo goes on' 2>/dev/null; }
stalled_pid=$stalled_PID
read -rt 30 word <&"${stalled[0]}"
output=${word:-} status=0
[[ $output == stopped ]]
verdict $? '(it is stopped)'
unseen 'an SSH server that is stalled' "$idle" 'within 10 s: nothing answers as an SSH server'
echo >&"${stalled[1]}"
read -rt 30 word <&"${stalled[0]}"
wait "$stalled_pid" 2>/dev/null
says 'when it goes on: clean' 0 'No drift' bounded

echo '-- sudo is refused'
quietly psql-db-2 'mkdir -p /root/kept; mv /etc/sudoers.d/deploy /root/kept/'
as=(env PGHA_SSH_USER=deploy)
unseen 'a user who may not become root on one host' psql-db-2 'sudo'
quietly psql-db-2 'mv /root/kept/deploy /etc/sudoers.d/'
says 'who may again: clean' 0 'No drift' bounded
as=(env)

echo '-- no room on a disk'
# As much room as is taken, and nothing more.
quietly psql-db-1 'for folder in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o size=4k full $folder; dd if=/dev/zero of=$folder/full bs=4k count=4; done
  mount -o remount,size=$(du -sk /run | cut -f1)k /run; dd if=/dev/zero of=/run/full bs=1k'
# A server that has no room answers no query: that is told as drift. Where it leads, it is not known either how its databases are.
attempt bounded
case $status in
  0) [[ $output != *Drift:* ]] ;;
  1) [[ $output != *Drift:* || $output == *'gave no answer'*'Drift: 1 finding '* ]] ;;
  *) [[ $status == 2 && $output == *'gave no answer'*'Drift: 1 finding '* ]] ;;
esac
verdict $? 'a full disk is no drift, but for a server that gives no answer'
[[ $status != 1 || $output == *'could not be looked at'* ]]
verdict $? 'and where it kept something from being seen, that is said'
quietly psql-db-1 'rm -f /run/full; mount -o remount,size=20% /run; umount /tmp /var/tmp /dev/shm'

echo '-- a command is missing'
quietly psql-db-2 'mv /usr/bin/curl /usr/bin/curl.away'
attempt bounded -out "json=$work/drift.json"
[[ $status == 2 ]]
verdict $? 'curl on a database host: not clean'
attempt findings
mentions 'by its name and the host' 'degraded command-missing command:curl .*@psql-db-2'
quietly psql-db-2 'mv /usr/bin/curl.away /usr/bin/curl'
quietly "$idle" 'mv /usr/bin/socat /usr/bin/socat.away'
attempt bounded -out "json=$work/drift.json"
[[ $status == 2 ]]
verdict $? 'socat on a load balancer: not clean'
prints 'by its name and the host, and by nothing else' "$(told degraded command-missing command:socat "$(balancer "$idle")")" findings
quietly "$idle" 'mv /usr/bin/socat.away /usr/bin/socat'
says 'when they are back: clean' 0 'No drift' bounded

echo '-- two of three members of etcd are down'
for host in psql-db-2 psql-db-3; do quietly "$host" 'systemctl stop etcd'; done
attempt bounded -settle 5s
[[ $status == 2 ]]
verdict $? 'is drift (status 2)'
mentions 'with the two members' 'unit:etcd\.service|etcd\.service' 'psql-db-2' 'psql-db-3' 'quorum'
for host in psql-db-2 psql-db-3; do quietly "$host" 'systemctl start --no-block etcd'; done
calm
says 'when they are back: clean' 0 'No drift' bounded
