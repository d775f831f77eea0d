# shellcheck shell=bash
# Snapshots: the disks of a stopped lab with its key and passwords, for this lab or another one.

snapshot_path() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] ||
    usage_error "'$1' is no name for a snapshot: use at most 64 letters, digits, '.', '_' and '-'"
  printf '%s\n' "$lab_home/snapshots/$1"
}

check_all_off() {
  local host
  for host in "${lab_hosts[@]}"; do
    host_dead "$host" || die "$host is running: 'lab stop all' first ($1)"
  done
}

snapshot_save() {
  local path new host saved=0
  path=$(snapshot_path "$1") || exit
  [[ -e $lab_state/secrets ]] || die "the lab '$lab_name' has no disks to keep"
  check_all_off "a snapshot is of disks at rest"
  new=$lab_home/snapshots/.new.$lab_name
  rm -rf --one-file-system "$new"
  install -d -m 0700 "$lab_home/snapshots" "$new" "$new/hosts"
  cp -a "$lab_state"/{image,key,key.pub,secrets,pgdg.asc} "$new/"
  for host in "${lab_hosts[@]}"; do
    host_has_disk "$host" || continue
    mkdir "$new/hosts/$host"
    cp -a --reflink=auto "$(host_disk "$host")/"{upper,complete} "$new/hosts/$host/"
    saved=$((saved + 1))
  done
  ((saved > 0)) || die "the lab '$lab_name' has no disks to keep"
  rm -rf --one-file-system "$path"
  mv "$new" "$path"
  say "snapshot '$1' kept: $saved hosts, $(du -sh "$path" | cut -f1)"
}

snapshot_restore() {
  local path host disk image
  path=$(snapshot_path "$1") || exit
  [[ -d $path ]] || die "there is no snapshot '$1'; there are: $(snapshot_list | paste -sd' ')"
  image=$(<"$path/image")
  [[ -d $(image_path "$image") ]] || die "snapshot '$1' is based on an image that is gone ($image)"
  check_all_off "restoring replaces its disk"
  rm -rf --one-file-system "$lab_state"
  install -d -m 0755 "$lab_home/labs"
  install -d -m 0700 "$lab_state" "$lab_state/hosts"
  cp -a "$path"/{image,key,key.pub,secrets,pgdg.asc} "$lab_state/"
  for disk in "$path"/hosts/*/; do
    host=$(basename "$disk")
    install -d -m 0700 "$lab_state/hosts/$host"
    install -d -m 0755 "$lab_state/hosts/$host/work"
    cp -a --reflink=auto "$disk/upper" "$lab_state/hosts/$host/"
    : >"$lab_state/hosts/$host/complete"
  done
  known_hosts_write
  say "snapshot '$1' restored: 'lab start all' boots it"
}

snapshot_remove() {
  local path
  path=$(snapshot_path "$1") || exit
  [[ -d $path ]] || die "there is no snapshot '$1'"
  rm -rf --one-file-system "$path"
}

snapshot_list() {
  [[ ! -d $lab_home/snapshots ]] || ls -1 "$lab_home/snapshots"
}
