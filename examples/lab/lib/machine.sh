# shellcheck shell=bash
# What this machine must have to run the lab, and how to get it.

# command=package, for Debian.
readonly -a machine_commands=(
  mmdebstrap=mmdebstrap
  systemd-nspawn=systemd-container
  ssh=openssh-client
  ssh-keygen=openssh-client
  ip=iproute2
  tc=iproute2
  apt-ftparchive=apt-utils
  gpg=gpg
  gpg-agent=gpg-agent
  gpgconf=gpgconf
  openssl=openssl
  nsenter=util-linux
  unshare=util-linux
  setpriv=util-linux
  pkill=procps
  flock=util-linux
)

missing_packages() {
  local entry
  for entry in "${machine_commands[@]}"; do
    command -v "${entry%%=*}" >/dev/null || printf '%s\n' "${entry#*=}"
  done | sort -u
  [[ -e $image_keyring ]] || printf '%s\n' debian-archive-keyring
}

# What every command needs.
check_machine() {
  [[ $(uname -s) == Linux ]] || cannot_run "it needs Linux (this is $(uname -s))"
  ((EUID == 0)) || cannot_run "it needs root: run it with sudo"
  local missing
  command -v apt-get dpkg >/dev/null || cannot_run "it needs a Debian or a relative of it, with apt"
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) ||
    cannot_run "missing packages: ${missing[*]}; get them with 'examples/lab/lab install'"
}

# What booting a host needs beyond that.
check_machine_boots() {
  grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null ||
    cannot_run "the kernel has no overlayfs: load the module 'overlay' or boot a kernel that has it"
  unshare --net true 2>/dev/null ||
    cannot_run "no new network namespace is allowed: in a container, start it with --privileged"
  [[ -n $(cgroup_roots) ]] ||
    cannot_run "no cgroup v2 is mounted: 'mkdir -p /sys/fs/cgroup/unified && mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified' mounts it"
  mkdir -p "$lab_home" /run/pgha-lab
  chmod 0755 "$lab_home" /run/pgha-lab
  check_overlay
}

# Some file systems cannot be the upper layer of an overlay (another overlay, NFS).
check_overlay() {
  local probe status=0
  probe=$(mktemp -d "$lab_home/.overlay.XXXXXX")
  mkdir "$probe"/{lower,upper,work,root}
  unshare --mount mount -t overlay overlay \
    -o "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" "$probe/root" 2>/dev/null || status=1
  rm -rf "$probe"
  ((status == 0)) ||
    cannot_run "no overlay can be mounted in $lab_home ($(stat --file-system --format=%T "$lab_home")): set PGHA_LAB_HOME to a folder on ext4, xfs, btrfs or tmpfs, and in a container start it with --privileged"
}

# Every host's systemd takes some inotify instances, all of them root's.
raise_inotify_limit() {
  local file=/proc/sys/fs/inotify/max_user_instances wanted=1024 now
  now=$(<"$file")
  ((now < wanted)) || return 0
  if { echo "$wanted" >"$file"; } 2>/dev/null; then
    say "raised fs.inotify.max_user_instances from $now to $wanted until this machine's next boot"
  fi
}

install_packages() {
  ((EUID == 0)) || cannot_run "installing packages needs root: run it with sudo"
  local missing
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    say "nothing to install"
    return
  fi
  command -v apt-get >/dev/null ||
    cannot_run "missing packages ${missing[*]}, and this machine has no apt-get to install them with"
  say "installing with apt-get: ${missing[*]}"
  apt-get -q update >&2 || die "'apt-get update' failed: see above"
  DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "${missing[@]}" >&2 ||
    die "'apt-get install ${missing[*]}' failed: see above"
}
