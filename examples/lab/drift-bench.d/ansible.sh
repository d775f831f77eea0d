# shellcheck shell=bash disable=SC2154
# Debian's own Ansible, of the release that the lab's hosts have: an older one knows nothing of their Python. It gets a
# root folder of its own beside the lab's images, made from the same mirrors, and runs in that.

readonly ansible_include=ansible-core,openssh-client,python3-passlib
# What the module for packages needs on a host, and the lab's repository doesn't have.
readonly ansible_host_packages=(python3-apt python-apt-common distro-info-data)

ansible_hash() { printf '%s\n' "$image_suite" "$ansible_include" "${ansible_host_packages[@]}" | sha256sum | cut -c1-16; }

# Sets ansible_root; fails where it can't be made. The log of the making is kept.
ansible_ensure() {
  local building=$lab_home/images/.ansible log=$lab_home/images/ansible.log sources option
  local -a options=()
  ansible_root=$lab_home/images/ansible-$(ansible_hash)/root
  if [[ -d $ansible_root ]]; then
    touch "${ansible_root%/root}" # in use today, see image_prune
    return
  fi
  sources=$(image_sources) || return
  while read -r option; do
    options+=("--aptopt=$option")
  done < <(image_apt_options)
  say "making a root folder for Ansible (Debian 13, about a minute, once); log: $log"
  rm -rf --one-file-system "$building"
  mkdir -p "$building"
  # shellcheck disable=SC2016 # for the hook's shell
  setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
    mmdebstrap --mode=root --variant=minbase --format=directory --include="$ansible_include" \
    --aptopt='Acquire::Check-Valid-Until "false"' "${options[@]}" \
    --customize-hook='mkdir "$1/srv/host" && cd "$1/srv/host" && APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get -q -o APT::Sandbox::User=root download '"${ansible_host_packages[*]}" \
    "$image_suite" "$building/root" - <<<"$sources" >"$log" 2>&1 || return
  mv "$building" "${ansible_root%/root}"
}

# Python and what the module for packages needs, on every host.
# shellcheck disable=SC2016 # for the host's shell
ansible_prepare_host() { # HOST
  lab ssh "$1" 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qqy install --no-install-recommends python3' </dev/null &&
    tar -C "$ansible_root/srv/host" -cf - . | lab ssh "$1" 'd=$(mktemp -d) && tar -C "$d" -xf - && dpkg --install "$d"/*.deb && rm -r "$d"'
}
