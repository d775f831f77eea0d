# shellcheck shell=bash
# The operator's side: the lab's key, known hosts and passwords, and commands that run with them.

# Makes the lab's key and passwords unless it has them, and reads them.
secrets_ensure() {
  install -d -m 0755 "$lab_home/labs" # overlay disks below are root's; the secrets are not readable
  install -d -m 0700 "$lab_state"
  [[ -e $lab_state/key ]] || {
    rm -f "$lab_state"/key.new*
    ssh-keygen -q -t ed25519 -N '' -C "pgha lab $lab_name" -f "$lab_state/key.new"
    mv "$lab_state/key.new.pub" "$lab_state/key.pub"
    mv "$lab_state/key.new" "$lab_state/key"
  }
  [[ -e $lab_state/secrets ]] || {
    (
      umask 077
      for name in postgres replicator admin rest_api stats; do
        printf 'password_%s=%s\n' "$name" "$(openssl rand -hex 12)"
      done
      printf 'password_keepalived=%s\n' "$(openssl rand -hex 4)" # keepalived reads 8 characters
      sudo=$(openssl rand -hex 8)
      printf 'lab_sudo_password=%s\nlab_sudo_hash=%q\n' "$sudo" "$(openssl passwd -6 -stdin <<<"$sudo")"
    ) >"$lab_state/secrets.new"
    chmod 0600 "$lab_state/secrets.new"
    mv "$lab_state/secrets.new" "$lab_state/secrets"
  }
  secrets_read
}

secrets_read() {
  [[ -r $lab_state/secrets ]] || die "the lab '$lab_name' is not up: 'lab up' makes it"
  # shellcheck source=/dev/null
  . "$lab_state/secrets"
}

# Writes what an operator would have noted at each machine's console: its host keys.
known_hosts_write() {
  local host file
  for host in "${lab_hosts[@]}"; do
    for file in "$(host_disk "$host")"/upper/etc/ssh/ssh_host_*_key.pub; do
      [[ ! -e $file ]] || printf '%s,%s %s\n' "${lab_address[$host]}" "$host" "$(cut -d' ' -f1,2 "$file")"
    done
  done >"$lab_state/known_hosts.new"
  mv "$lab_state/known_hosts.new" "$lab_state/known_hosts"
}

# ssh_to USER HOST [CMD]: OpenSSH, with the lab's files and none of the person's own.
ssh_to() {
  local user=$1 host=$2
  shift 2
  in_operator_namespace ssh -F none -i "$lab_state/key" -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes \
    -o "UserKnownHostsFile=$lab_state/known_hosts" -o GlobalKnownHostsFile=none -o StrictHostKeyChecking=yes \
    -o HostKeyAlias="${lab_address[$host]}" -o ConnectTimeout=10 -o ServerAliveInterval=15 -o LogLevel=ERROR \
    "$user@${lab_address[$host]}" "$@"
}

# Runs a command as the operator: on the lab's network, with all that pgha needs and no question asked.
operator_run() {
  local distribution
  secrets_read
  [[ -e /run/netns/$lab_net ]] || die "the lab '$lab_name' is not up: 'lab up' starts it"
  distribution=$(cd "$lab_lib/../../.." && pwd)/engine/cli/target/pgha/bin
  export PATH=$distribution:$PATH
  export PGHA_SSH_USER=root PGHA_SSH_KEY_FILE=$lab_state/key PGHA_SSH_KNOWN_HOSTS=$lab_state/known_hosts
  export PGHA_LAB_SUDO_PASSWORD=$lab_sudo_password
  # shellcheck disable=SC2154 # the secrets file sets them
  export PGHA_VAR_passwords="{ postgres = \"$password_postgres\", replicator = \"$password_replicator\", admin = \"$password_admin\", rest_api = \"$password_rest_api\", stats = \"$password_stats\", keepalived = \"$password_keepalived\" }"
  export PGHA_VAR_pgdg="{ uri = \"file:/srv/pgdg\", suite = \"$image_suite-pgdg\", key_file = \"$lab_state/pgdg.asc\" }"
  exec nsenter --net="/run/netns/$lab_net" -- "$@"
}
