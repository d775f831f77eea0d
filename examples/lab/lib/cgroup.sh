# shellcheck shell=bash
# A control group for each host. Without it all the hosts' systemds would share one tree, and stopping a service
# on one host would stop it on all. It also names every process of a host, whatever became of its supervisor.

# Where the hierarchies that systemd uses are mounted: the unified one first, then the named one of a hybrid set-up.
cgroup_roots() {
  local root
  for root in /sys/fs/cgroup /sys/fs/cgroup/unified; do
    [[ "$(stat --file-system --format=%T "$root" 2>/dev/null)" == cgroup2fs ]] || continue
    printf '%s\n' "$root"
    [[ ! -e $root/../systemd/cgroup.procs || $root == /sys/fs/cgroup ]] || printf '%s\n' /sys/fs/cgroup/systemd
    return
  done
}

# Moves this process into the host's group.
cgroup_enter() {
  local root
  while read -r root; do
    mkdir -p "$root/pgha-lab/$lab_name/$1"
    echo "$BASHPID" >"$root/pgha-lab/$lab_name/$1/cgroup.procs"
  done < <(cgroup_roots)
}

cgroup_processes() {
  local root file
  while read -r root; do
    while read -r file; do
      cat "$file" 2>/dev/null || true
    done < <(find "$root/pgha-lab/$lab_name/$1" -name cgroup.procs 2>/dev/null)
  done < <(cgroup_roots) | sort -un
}

# Kills what is in the host's group; succeeds once nothing is.
cgroup_empty() {
  local -a pids
  mapfile -t pids < <(cgroup_processes "$1")
  ((${#pids[@]} > 0)) || return 0
  kill -KILL "${pids[@]}" 2>/dev/null || true
  return 1
}

cgroup_remove() {
  local root
  while read -r root; do
    find "$root/pgha-lab/$lab_name/$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done < <(cgroup_roots)
}

cgroups_remove() {
  local root
  while read -r root; do
    rmdir "$root/pgha-lab/$lab_name" "$root/pgha-lab" 2>/dev/null || true
  done < <(cgroup_roots)
}
