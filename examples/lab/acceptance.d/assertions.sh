# shellcheck shell=bash
# Assertions: each says one line; a failed one shows what was found.

passed=0 failed=0
output='' status=0

attempt() {
  output=$("$@" 2>&1 </dev/null)
  status=$?
}

# verdict 0|1 WHAT: counts and shows; what `attempt` found last where it is not 0.
verdict() {
  if (($1 == 0)); then
    passed=$((passed + 1))
    printf 'ok      %s\n' "$2"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s\n        status %s, output: %s\n' "$2" "$status" "${output//$'\n'/$'\n'        }"
  fi
}

# succeeds WHAT CMD…
succeeds() {
  attempt "${@:2}"
  verdict $((status != 0)) "$1"
}

# prints WHAT EXPECTED CMD…: exactly that, with status 0.
prints() {
  attempt "${@:3}"
  [[ $status == 0 && $output == "$2" ]]
  verdict $? "$1"
}

# says WHAT STATUS PATTERN CMD…: a regular expression in its output.
says() {
  attempt "${@:4}"
  [[ $status == "$2" && $output =~ $3 ]]
  verdict $? "$1"
}

# mentions WHAT PATTERN…: every regular expression is in what `attempt` found last.
mentions() {
  local what=$1 pattern missing=()
  shift
  for pattern; do
    [[ $output =~ $pattern ]] || missing+=("$pattern")
  done
  ((${#missing[@]} == 0)) || output+=$'\n'"without: ${missing[*]}"
  verdict $((${#missing[@]} != 0)) "$what"
}

# until_true SECONDS CMD…: waits for a condition; its last output is kept.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  while :; do
    attempt "$@"
    ((status != 0)) || return 0
    ((SECONDS < deadline)) || return 1
    sleep 0.3
  done
}

# within SECONDS WHAT CMD…
within() {
  until_true "$1" "${@:3}"
  verdict $? "$2"
}

# planned WHAT ADDRESS PATTERN…: what the plan found last says of an instance, up to the next empty line.
planned() {
  local what=$1 address=$2 whole=$output
  shift 2
  output=$(awk -v RS='' -v address="$address " 'index($0, address)' <<<"$whole")
  mentions "$what" "${@}"
  output=$whole
}

# planned_alone WHAT ADDRESS PATTERN…: as planned, and that one difference is all that it says of the instance.
planned_alone() {
  local whole=$output differences
  differences=$(awk -v RS='' -v address="$2 " 'index($0, address)' <<<"$whole" | grep -cE '^    [-+~] ')
  if [[ $differences != 1 ]]; then
    output+=$'\n'"differences of $2: $differences"
    verdict 1 "$1"
  else
    planned "$@"
  fi
  output=$whole
}

# planned_only WHAT ADDRESS…: the plan found last changes these instances and no other, on their hosts and no other.
planned_only() {
  local what=$1 whole=$output
  output=$(changed_instances; changed_hosts)
  shift
  [[ $output == "$(printf '%s\n' "$@" | LC_ALL=C sort
    printf '%s\n' "$@" | sed -nE 's/.*\["(psql-[^"]*)"\].*/\1/p' | LC_ALL=C sort -u)" ]]
  verdict $? "$what"
  output=$whole
}
# What the plan in $output has changes for: instances, and the hosts under whose heading they stand.
changed_instances() {
  sed -nE 's/^  [^ ]+ (.+) (will be (created|changed in place|destroyed)|must be made anew).*/\1/p' <<<"$output" | LC_ALL=C sort
}
changed_hosts() { grep -E '^psql-[a-z0-9-]+$' <<<"$output" | LC_ALL=C sort -u; }
