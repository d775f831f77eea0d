# Clocks: compared with the operator's; kept synchronised where a host has a clock of its own
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

# The hosts of the lab are containers: they share this machine's clock and can't set it. So nothing is installed for it.
deployed_fleet
for host in "${databases[@]}" "${balancers[@]}"; do
  prints "$host is a container and was given no time service" $'systemd-nspawn\n0' on "$host" \
    'systemd-detect-virt --container; dpkg-query -W -f "\${db:Status-Status} \${Package}\n" chrony ntpsec systemd-timesyncd 2>/dev/null | grep -c ^installed; true'
done

# A `find` before the real one in the PATH of a host tells the time of /proc/self, by which pgha knows a machine's clock, five
# seconds off: it stands for a clock that is. Without the file by which systemd says so the host is no container.
on psql-lb-1 'cat >/usr/local/bin/find && chmod 0755 /usr/local/bin/find && mv /run/systemd/container /run/systemd/container.aside' <<'END'
#!/bin/sh
/usr/bin/find "$@" | sed -z "s#/[0-9]*\(\.[0-9]*/[0-9]*\.[0-9]*//proc/self/\)\$#/$(($(date +%s) - 5))\1#"
END
attempt pgha plan -no-color -target='host.lb["psql-lb-1"]'
mentions 'a clock that is off: a warning that names the host and by how much' 'The clock of psql-lb-1 is off' '(4\.[5-9]|5\.[0-9]|6\.0) s behind' 'timedatectl'
planned 'a host with a clock of its own gets chrony, running and started at boot' 'host.lb["psql-lb-1"]' \
  'package chrony: not installed -> installed' 'unit chrony\.service: [^'$'\n'']*enabled' 'unit chrony\.service: [^'$'\n'']*running'
on psql-lb-1 'rm /usr/local/bin/find; mv /run/systemd/container.aside /run/systemd/container' </dev/null
empty_plan 'otherwise no plan has anything to do for it'
[[ $output != *'clock of'* ]]
verdict $? 'and clocks that agree are nothing to warn of'
