# shellcheck shell=bash disable=SC2154,SC2016
# Whether members took turns: in which order they were to, and when each of them was out.

# When members were out, from the journals of the hosts, which share one clock: a line `from to host` in microseconds for
# each time. Out is a member of UNIT from a line that BEGIN matches to the next one that END matches.
spans() { # SINCE UNIT BEGIN END HOST…
  local since=$1 unit=$2 begin=$3 end=$4 host
  shift 4
  for host; do
    on "$host" "journalctl --since '@${since%.*}' -u $unit -o short-unix --no-pager" </dev/null |
      awk -v since="$since" -v begin="$begin" -v end="$end" -v host="$host" '
        $1 <= since { next }
        $0 ~ begin && !from { from = $1 }
        $0 ~ end && from { printf "%.0f %.0f %s\n", from * 1000000, $1 * 1000000, host; from = 0 }
        END { if (from) printf "%.0f - %s\n", from * 1000000, host }'
  done | sort -n
}
etcd_restarts() { spans "$1" etcd 'systemd.*: Stopping ' 'systemd.*: Started ' "${databases[@]}"; }
haproxy_reloads() { spans "$1" haproxy 'systemd.*: Reloading ' 'systemd.*: Reloaded ' "${balancers[@]}"; }
# A member that is back counts again once it streams.
postgresql_restarts() { spans "$1" patroni 'received fast shutdown request' 'started streaming WAL from primary' "${databases[@]}"; }

# apart WHAT HOSTS CMD…: the spans that CMD prints are of these hosts in this order, and none begins before the one before it is over.
apart() {
  local what=$1 hosts=$2
  attempt "${@:3}"
  awk -v hosts="$hosts" '{ if ($2 !~ /^[0-9]+$/ || $2 < $1 || $1 < over) bad = 1; over = $2; seen = seen (NR > 1 ? " " : "") $3 }
    END { exit bad || seen != hosts }' <<<"$output"
  verdict $? "$what: $hosts"
}
# planned_order TITLE: the hosts in the order that the plan found last gives for what begins so.
planned_order() {
  awk -v title="Order of $1" '
    index($0, title) { found = 1; next }
    found && $1 ~ /^[0-9]+\.$/ { printf "%s%s", (n++ ? " " : ""), $2; next }
    found { exit }' <<<"$output"
}
