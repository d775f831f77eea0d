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
