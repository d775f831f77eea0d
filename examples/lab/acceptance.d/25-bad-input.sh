# Bad input: what, where, what to do, and nothing half-written
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

bad=$work/bad
# A project of one machine with LINES in its host block, and MORE below it.
one_machine() { # LINES [MORE]
  rm -rf "$bad"
  mkdir -p "$bad"
  printf 'resource "host" "one" {\n  name    = "psql-lb-1"\n  address = "192.168.228.144"\n%s\n}\n%s\n' "$1" "${2:-}" >"$bad/main.pgha.hcl"
}
bad() { (cd "$bad" && lab run "$@" </dev/null); }
no_trace() { [[ -z $(cd "$bad" && find . -name 'pgha.state*' | grep . ) ]] && [[ $output != *'at io.pgha'* && $output != *Exception* ]]; }
refuses() { # WHAT PATTERN… -- CMD…
  local what=$1 patterns=()
  shift
  while [[ $1 != -- ]]; do
    patterns+=("$1")
    shift
  done
  shift
  attempt bad "$@"
  ((status == 1)) || {
    verdict 1 "$what (exit status 1)"
    return
  }
  mentions "$what" "${patterns[@]}"
}

one_machine '  adress = "x"'
refuses 'an unknown argument: its line and the likely name' 'main\.pgha\.hcl:4' 'adress' 'address' -- pgha plan -no-color
no_trace
verdict $? 'and no state, no stack trace'

one_machine '  port = "many"'
refuses 'a wrong type: its line and the type' 'main\.pgha\.hcl:4' 'number' -- pgha plan -no-color

one_machine '  files = { "/etc/motd" = { content = file("absent.txt") } }'
refuses 'a missing file: its line and name' 'main\.pgha\.hcl:4' 'absent\.txt' -- pgha plan -no-color

one_machine '' 'resource "hst" "x" {}'
refuses 'an unknown resource type' 'main\.pgha\.hcl:6' 'hst' -- pgha plan -no-color

one_machine '' 'output "x" { value = host.two.name }'
refuses 'an unknown reference' 'main\.pgha\.hcl:6' 'two' -- pgha plan -no-color

one_machine '  port = ]'
refuses 'a mistake in the syntax' 'main\.pgha\.hcl:4' -- pgha plan -no-color

one_machine ''
ssh-keygen -q -t ed25519 -N '' -f "$bad/other"
refuses 'a wrong key: the machine and what was tried' '192\.168\.228\.144' 'other' -- env PGHA_SSH_KEY_FILE="$bad/other" pgha plan -no-color
refuses 'a missing key' 'absent-key' -- env PGHA_SSH_KEY_FILE="$bad/absent-key" pgha plan -no-color

: >"$bad/known_hosts"
refuses 'an unknown host key: the machine, and how to trust it' '192\.168\.228\.144' '[Kk]ey' 'known_hosts|host_key' -- \
  env PGHA_SSH_KNOWN_HOSTS="$bad/known_hosts" pgha plan -no-color

sudo='  user = "operator"\n  sudo = { password = %s }'
# shellcheck disable=SC2059 # the format is ours
one_machine "$(printf "$sudo" 'var.sudo')" 'variable "sudo" { sensitive = true }'
refuses 'a wrong password for sudo: the machine, the user, and not the password' '192\.168\.228\.144|psql-lb-1' 'sudo' 'password' -- \
  env PGHA_VAR_sudo=not-the-password pgha plan -no-color
[[ $output != *not-the-password* ]]
verdict $? 'the password is not in the message'
# shellcheck disable=SC2016 # for the shell inside
says 'with the right one it plans' 0 'No changes|Plan:' bad bash -c 'PGHA_VAR_sudo=$PGHA_LAB_SUDO_PASSWORD pgha plan -no-color'
one_machine '  user = "operator"'
refuses 'sudo that asks for a password where none was given' 'psql-lb-1|192\.168\.228\.144' 'sudo' -- pgha plan -no-color

on psql-lb-1 'mkdir -p /mnt/small && mount -t tmpfs -o size=64k small /mnt/small' </dev/null
one_machine '  files = { "/mnt/small/big" = { content = file("big.txt") } }'
printf 'a line of text, many times over\n%.0s' {1..6000} >"$bad/big.txt"
refuses 'a full disk: the file, the machine and why' '/mnt/small/big' 'psql-lb-1' '[Nn]o space left|full' -- pgha apply -auto-approve -no-color
prints 'and no half of it' '' on psql-lb-1 'ls -A /mnt/small'
on psql-lb-1 'umount /mnt/small; rmdir /mnt/small' </dev/null
