# HAProxy dies on the holder of the address, for a moment and for good; all five machines lose power
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

deployed_fleet
until_true 60 one_vip_holder
# The same host for three seconds: longer than Keepalived takes to notice that HAProxy was away.
settled_holder() {
  local first _
  first=$(vip_holders)
  [[ $(wc -w <<<"$first") == 1 ]] || return
  for _ in 1 2 3; do
    sleep 1
    [[ $(vip_holders) == "$first" ]] || return
  done
  echo "$first"
}
look_who_holds() {
  until_true 60 settled_holder || verdict 1 'one host holds the address, and keeps it'
  holder=$output
  idle=psql-lb-1
  [[ $holder != psql-lb-1 ]] || idle=psql-lb-2
}
look_who_holds
# systemd starts it again within a moment, so that the address may stay or move: somebody has it, and it works.
before=$(on "$holder" systemctl show -P MainPID haproxy </dev/null)
haproxy_is_another() {
  local now
  now=$(on "$holder" 'systemctl is-active -q haproxy && systemctl show -P MainPID haproxy' </dev/null) || return
  echo "$now"
  [[ $now != "$before" ]]
}
on "$holder" 'systemctl kill -s KILL haproxy' </dev/null
within 20 "HAProxy killed on $holder, and nothing else done: systemd starts it again" haproxy_is_another
within 30 'exactly one of the two has the address' one_vip_holder
within 30 'and takes writes' writes
look_who_holds
prints_idle() { [[ $(vip_holders | tee /dev/stderr) == "$idle" ]]; }
# Held down: systemd would start it again at once.
on "$holder" 'systemctl kill -s KILL haproxy; systemctl stop haproxy' </dev/null
within 30 "HAProxy killed on $holder: the address moves to $idle" prints_idle
within 30 'and takes writes there' writes
on "$holder" 'systemctl reset-failed haproxy; systemctl start haproxy' </dev/null
within 30 'which stays so when HAProxy is back' prints_idle

lab kill all 2>/dev/null
lab start all 2>/dev/null
within 180 'after a power cut the cluster comes back by itself' whole_cluster
within 60 'with one holder of the address' one_vip_holder
within 60 'and takes writes' writes
empty_plan 'the next plan is empty'
