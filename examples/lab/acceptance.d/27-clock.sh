# Clocks: compared with the operator's; kept synchronised where a host has a clock of its own
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# The hosts of the lab are containers: they share this machine's clock and can't set it. So nothing is installed for it.
deployed_fleet
for host in "${databases[@]}" "${balancers[@]}"; do
  prints "$host is a container and was given no time service" $'systemd-nspawn\n0' on "$host" \
    'systemd-detect-virt --container; dpkg-query -W -f "\${db:Status-Status} \${Package}\n" chrony ntpsec systemd-timesyncd 2>/dev/null | grep -c ^installed; true'
done

# A `date` that is five seconds off stands for a clock that is, and a `systemd-detect-virt` that knows of none for a
# host that is no container: both before the real ones in the PATH of one host.
on psql-lb-1 'printf "#!/bin/sh\nexec /usr/bin/date -d \"@\$((\$(/usr/bin/date +%%s) - 5))\" \"\$@\"\n" >/usr/local/bin/date
  printf "#!/bin/sh\n[ \"\$1\" != --container ] && exec /usr/bin/systemd-detect-virt \"\$@\"\nexit 1\n" >/usr/local/bin/systemd-detect-virt
  chmod 0755 /usr/local/bin/date /usr/local/bin/systemd-detect-virt' </dev/null
attempt pgha plan -no-color -target='host.lb["psql-lb-1"]'
mentions 'a clock that is off: a warning that names the host and by how much' 'The clock of psql-lb-1 is off' '(4\.[5-9]|5\.[0-9]|6\.0) s behind' 'timedatectl'
planned 'a host with a clock of its own gets chrony, running and started at boot' 'host.lb["psql-lb-1"]' \
  'package chrony: not installed -> installed' 'unit chrony\.service: [^'$'\n'']*enabled' 'unit chrony\.service: [^'$'\n'']*running'
on psql-lb-1 'rm /usr/local/bin/date /usr/local/bin/systemd-detect-virt' </dev/null
empty_plan 'otherwise no plan has anything to do for it'
[[ $output != *'clock of'* ]]
verdict $? 'and clocks that agree are nothing to warn of'
