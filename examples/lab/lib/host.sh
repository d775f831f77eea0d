# shellcheck shell=bash
# One host: its disk (an overlay over the image), its life as a process, its identity.
#
# Everything that a running host consists of (mounts, network, processes) lives in namespaces of one process, its
# supervisor: when that dies, however it dies, the kernel removes the rest. The process that is known outside is
# the supervisor's parent, 'unshare', whose death is the supervisor's.

host_disk() { printf '%s\n' "$lab_state/hosts/$1"; }

host_has_disk() { [[ -e $(host_disk "$1")/complete ]]; }

# The supervisor's process id, if that very process lives.
host_supervisor() {
  local pid started
  { read -r pid started <"$lab_run/$1/supervisor"; } 2>/dev/null || return 1
  [[ "$(process_start_time "$pid")" == "$started" ]] || return 1
  printf '%s\n' "$pid"
}

host_alive() { host_supervisor "$1" >/dev/null; }

host_dead() { ! host_alive "$1"; }

# Makes the host's disk: what Debian's installer would have written on a machine of this name.
host_create() {
  local host=$1 address=${lab_address[$1]} disk image upper type
  disk=$(host_disk "$host")
  image=$(lab_image)/root
  upper=$disk/upper
  host_discard "$host"
  install -d -m 0700 "$disk"
  install -d -m 0755 "$upper" "$upper/etc" "$upper/etc/ssh" "$upper/home" "$disk/work"
  printf '%s\n' "$host" >"$upper/etc/hostname"
  printf '127.0.0.1\tlocalhost\n%s\t%s\n::1\tlocalhost ip6-localhost ip6-loopback\n' "$address" "$host" >"$upper/etc/hosts"
  tr -d - </proc/sys/kernel/random/uuid >"$upper/etc/machine-id"
  for type in ed25519 ecdsa rsa; do
    # 2048 bits: a lab's key, and four times as fast to make.
    ssh-keygen -q -t "$type" $([[ $type == rsa ]] && echo -b 2048) -N '' -C "root@$host" -f "$upper/etc/ssh/ssh_host_${type}_key"
  done
  chmod 0444 "$upper/etc/machine-id"
  (umask 077 && sudo_hash=$lab_sudo_hash awk -F: -v OFS=: \
    '$1 == "operator" { $2 = ENVIRON["sudo_hash"] } { print }' "$image/etc/shadow" >"$upper/etc/shadow")
  chown --reference="$image/etc/shadow" "$upper/etc/shadow"
  chmod --reference="$image/etc/shadow" "$upper/etc/shadow"
  host_authorize "$upper" "$image" root operator deploy
  : >"$disk/complete"
}

# host_authorize UPPER IMAGE USER…: lets the lab's key log in as each user.
host_authorize() {
  local upper=$1 image=$2 user home
  shift 2
  for user; do
    home=/home/$user
    [[ $user != root ]] || home=/root
    [[ -d $upper$home ]] || install -d "$upper$home"
    chown --reference="$image$home" "$upper$home"
    chmod --reference="$image$home" "$upper$home"
    install -d -m 0700 "$upper$home/.ssh"
    install -m 0600 "$lab_state/key.pub" "$upper$home/.ssh/authorized_keys"
    chown -R --reference="$image$home" "$upper$home/.ssh"
  done
}

host_discard() { rm -rf --one-file-system "$(host_disk "$1")"; }

# Switches the host on. It goes on booting after this returns.
host_boot() {
  local host=$1 run=$lab_run/$1 pid
  host_kill "$host" # what an interrupted command may have left
  mkdir -p "$run/root"
  rm -f "$run/supervisor"
  # The locks of this command are not inherited, nor a caller's pipe; setsid keeps the terminal's Ctrl-C away.
  (
    cd /
    exec </dev/null >"$run/console" 2>&1
    close_inherited_descriptors
    cgroup_enter "$host"
    pid=$BASHPID
    printf '%s %s\n' "$pid" "$(process_start_time "$pid")" >"$run/supervisor.new"
    mv "$run/supervisor.new" "$run/supervisor"
    exec setsid unshare --mount --propagation slave --net --pid --fork --kill-child --mount-proc \
      "$lab_lib/supervise" "$host" "$(lab_image)/root"
  ) &
  await 60 test -s "$run/supervisor" || die "$host: the supervisor did not start; its output is in $run/console"
}

# Power loss: nobody on the network hears of it, and nothing is shut down.
host_kill() {
  local host=$1 pid
  link_exists "$host" && link_set "$host" down
  if pid=$(host_supervisor "$host"); then
    kill -KILL "$pid" || true
  fi
  await 60 cgroup_empty "$host" || die "$host: its processes do not die ($(cgroup_processes "$host" | paste -sd' '))"
  cgroup_remove "$host"
  link_exists "$host" && ip -n "$lab_net" link del "$host" 2>/dev/null
  rm -f "$lab_run/$host/supervisor"
}

# Clean shutdown.
host_stop() {
  local host=$1 pid
  pid=$(host_supervisor "$host") || return 0
  pkill -TERM --parent "$pid"
  await 180 host_dead "$host" || die "$host does not shut down within 180 s: 'lab kill $host' cuts its power"
  host_kill "$host"
}

# Succeeds once the host has booted and answers SSH. Knocks from within one process: five hosts that are waited
# for must not take from each other the processor that they boot with.
host_answers() {
  in_operator_namespace timeout 2 bash -c \
    "until : <>/dev/tcp/${lab_address[$1]}/22; do read -rt 0.05 <> <(:) || true; done" 2>/dev/null || return 1
  ssh_to root "$1" 'timeout 60 systemctl is-system-running --wait' >"$lab_run/$1/boot" 2>/dev/null </dev/null && return
  # "degraded" is up too, with a unit that failed; status tells it.
  [[ "$(<"$lab_run/$1/boot")" == degraded ]]
}

# Also ends when the command that waits ($$) was killed.
host_answers_or_died() {
  kill -0 $$ 2>/dev/null || exit
  host_dead "$1" || host_answers "$1"
}

host_await() {
  local host=$1
  if await 180 host_answers_or_died "$host" && host_alive "$host"; then
    return
  fi
  tail -n 15 "$lab_run/$host/console" >&2 || true
  if host_alive "$host"; then
    die "$host did not answer SSH within 180 s; the end of its console is above ($lab_run/$host/console)"
  fi
  die "$host went down while booting; the end of its console is above ($lab_run/$host/console)"
}

hosts_await() {
  local host status=0
  local -a pids=()
  for host; do
    host_await "$host" 9>&- &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || status=$?
  done
  return "$status"
}

# off (no process), booting, up, or degraded.
host_state() {
  local state
  if host_dead "$1"; then
    if host_has_disk "$1"; then echo off; else echo none; fi
    return
  fi
  state=$(ssh_to root "$1" 'systemctl is-system-running' 2>/dev/null </dev/null) || true
  case $state in
    running) echo up ;;
    '') echo 'no answer' ;;
    *) echo "$state" ;;
  esac
}
