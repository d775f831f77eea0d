# shellcheck shell=bash
# The lab's network: a namespace that holds the bridge and in which the operator's commands run. Nothing of it
# is visible on the machine, and no route leads out of it.

in_operator_namespace() { nsenter --net="/run/netns/$lab_net" "$@"; }

network_exists() { [[ -e /run/netns/$lab_net ]] && ip -n "$lab_net" link show br0 &>/dev/null; }

network_ensure() {
  network_exists && return
  network_remove
  ip netns add "$lab_net"
  ip -n "$lab_net" link set lo up
  ip -n "$lab_net" link add br0 type bridge
  ip -n "$lab_net" addr add "$lab_operator_address/$lab_prefix" dev br0
  ip -n "$lab_net" link set br0 up
}

network_remove() {
  [[ ! -e /run/netns/$lab_net ]] || ip netns del "$lab_net"
}

# The bridge's port of a host has the host's name.
link_set() { ip -n "$lab_net" link set "$1" "$2"; }

link_exists() { [[ -e /run/netns/$lab_net ]] && ip -n "$lab_net" link show "$1" &>/dev/null; }

# up, cut or none.
link_state() {
  local shown
  shown=$(ip -n "$lab_net" -o link show "$1" 2>/dev/null) || shown=''
  case $shown in
    '') echo none ;;
    *[\<,]UP[,\>]*) echo up ;;
    *) echo cut ;;
  esac
}

network_cut() {
  host_alive "$1" || die "$1 is not running, so there is no link to cut"
  link_set "$1" down
  say "$1: link cut"
}

network_heal() {
  host_alive "$1" || die "$1 is not running: start it with 'lab start $1'"
  link_set "$1" up
  tc -n "$lab_net" qdisc del dev "$1" root &>/dev/null || true
  say "$1: link healed"
}

# network_netem HOST ARGUMENTS…: delay, loss and the like on what is sent to the host.
network_netem() {
  local host=$1
  shift
  host_alive "$host" || die "$host is not running"
  tc -n "$lab_net" qdisc replace dev "$host" root netem "$@" ||
    die "tc could not set 'netem $*' on the link of $host: see above (an unknown qdisc kind means that the kernel has no sch_netem)"
  say "$host: netem $*; 'lab heal $host' takes it off"
}
