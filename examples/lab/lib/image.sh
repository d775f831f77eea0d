# shellcheck shell=bash
# The golden image: Debian 13 with sshd, and two signed package repositories inside it. Built once, cached.

readonly image_suite=trixie
readonly image_keyring=/usr/share/keyrings/debian-archive-keyring.gpg
readonly image_include=systemd,systemd-sysv,dbus,openssh-server,iproute2,iputils-ping,procps,psmisc,sudo,ca-certificates,netcat-openbsd

# A digest of everything that the image is made from: another recipe is another image.
image_recipe() {
  {
    declare -f image_build
    printf '%s\n' "$image_suite" "$image_include" "$(dpkg --print-architecture)"
    cat "$lab_lib/image-customize"
  } | sha256sum | cut -c1-16
}

image_path() { printf '%s\n' "$lab_home/images/$1"; }

# Mirrors of this machine's own apt configuration, as one-line sources for the image's suite.
image_sources() {
  local codename uri release component found=''
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  while read -r uri release component; do
    [[ $component == main ]] || continue
    case $release in
      "$codename") found=yes ;;
      "$codename-updates" | "$codename-security") ;;
      *) continue ;;
    esac
    printf 'deb [signed-by=%s] %s %s main\n' "$image_keyring" "$uri" "$image_suite${release#"$codename"}"
  done < <(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages')
  [[ -n $found ]] || cannot_run "this machine's apt sources name no Debian mirror ($codename main), which the image is built from: add one to /etc/apt/sources.list.d"
}

# How this machine's apt reaches its mirrors: proxies, and whether dates are checked.
image_apt_options() {
  apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-)[^ ]* "[^"]+";$' | sed 's/;$//' || true
}

# Makes sure that the image of the present recipe exists; prints nothing, sets image_hash.
image_ensure() {
  image_hash=$(image_recipe)
  if [[ -d $(image_path "$image_hash") ]]; then
    touch "$(image_path "$image_hash")" # in use today, see image_prune
    return
  fi
  hold_lock 8 "$lab_home/images/.lock" "another build of the image"
  if [[ ! -d $(image_path "$image_hash") ]]; then
    image_build
    image_prune
  fi
  exec 8>&-
}

image_build() {
  local target building log sources option started=$SECONDS
  local -a options=()
  target=$(image_path "$image_hash")
  building=$lab_home/images/.building
  log=$lab_home/images/build.log
  sources=$(image_sources) || exit
  while read -r option; do
    options+=("--aptopt=$option")
  done < <(image_apt_options)
  say "building the image of the hosts (Debian 13, about a minute, once); log: $log"
  rm -rf --one-file-system "$building"
  mkdir -p "$building"
  chmod 0755 "$building"
  # In its own process namespace: nothing that the build starts (apt, gpg-agent) outlives it, nor it this script.
  if ! setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
    mmdebstrap --mode=root --variant=minbase --format=directory --include="$image_include" \
    --aptopt='Acquire::Check-Valid-Until "false"' "${options[@]}" \
    --customize-hook="$lab_lib/image-customize" \
    "$image_suite" "$building/root" - <<<"$sources" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "building the image failed: the end of $log is above"
  fi
  mv "$building/root/srv/pgdg/key.asc" "$building/pgdg.asc"
  mv "$building" "$target"
  say "image built in $((SECONDS - started)) s: $target ($(du -sh "$target" | cut -f1))"
}

# Removes images that no lab and no snapshot is based on, and that nobody wanted for a day.
image_prune() {
  local image
  for image in "$lab_home"/images/*/; do
    image=${image%/}
    image=${image##*/}
    [[ -n $(find "$lab_home/images/$image" -maxdepth 0 -mmin +1440 2>/dev/null) ]] || continue
    if ! cat "$lab_home"/labs/*/image "$lab_home"/snapshots/*/image 2>/dev/null | grep -qx "$image"; then
      rm -rf --one-file-system "${lab_home:?}/images/$image"
    fi
  done
}
