# shellcheck shell=bash disable=SC2154
# What somebody could change on the hosts, as text: two pictures of machines that nobody touched are the same.

# Files with all that a change leaves behind: a file can be given its old size and time again, but not its old ctime. Left out is only
# what changes while nobody does anything:
#   /proc, /sys                        the kernel's
#   /var/lib/etcd                      etcd's log: Patroni renews its lease all the time. Members and keys are asked for below
#   /var/lib/patroni                   PostgreSQL's data: but for its configuration, which is looked at below, as its settings are
#   /run/postgresql, /dev/shm/PostgreSQL.*  the lock file that PostgreSQL touches, and its shared memory
#   /var/log, /run/log                 what running services say, and who has logged in
#   /run/systemd, /run/user, /run/dbus, /run/motd.dynamic  sessions, which each login has, also this one: but for units, see below
#   /var/lib/systemd/timers            when timers last ran
# Of folders in /run, /tmp and /dev/shm times are left out too: the same logins and services make and remove files there.
picture_of_files() {
  cat <<'SH'
find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /dev/shm -o -path /var/lib/etcd -o -path /var/lib/patroni \
  -o -path /var/log -o -path /var/lib/systemd/timers \) -prune -o -printf '%p %y %m %u:%g %s %T@ %C@ %l\n'
find /run /tmp /dev/shm -xdev \( -path /run/systemd -o -path /run/user -o -path /run/dbus -o -path /run/log -o -path /run/postgresql \
  -o -path /run/motd.dynamic -o -path '/dev/shm/PostgreSQL.*' \) -prune -o -type d -printf '%p %y %m %u:%g\n' -o -printf '%p %y %m %u:%g %s %T@ %C@ %l\n'
for folder in /run/systemd/system /run/systemd/system.control /etc/systemd /usr/lib/systemd/system; do
  [ ! -d "$folder" ] || find "$folder" -printf '%p %y %m %u:%g %s %T@ %C@ %l\n'
done
if [ -d /var/lib/patroni ]; then
  stat -c '%n %a %U:%G' /var/lib/patroni
  find /var/lib/patroni -maxdepth 1 -type f \( -name '*.conf' -o -name '*.signal' -o -name 'patroni.dynamic.json' \) \
    -printf '%p %y %m %u:%g %s %T@ %C@ %l\n'
fi
SH
}

# Units as they are and as they will be after a boot; packages and holds; addresses. A login is a unit too.
picture_of_machine() {
  cat <<'SH'
systemctl list-unit-files --no-legend --no-pager | grep -v '^session-'
systemctl list-units --all --plain --no-legend --no-pager --type=service,socket,timer,path |
  awk '$1 !~ /^(user@|user-runtime-dir@|sshd?@)/ { print $1, $2, $3, $4 }'
for unit in etcd patroni haproxy keepalived; do
  echo "$unit $(systemctl show -P InvocationID "$unit") $(systemctl show -P ActiveEnterTimestampMonotonic "$unit")"
done
dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n'
ip -o -4 addr show | awk '{ print $2, $4 }'
crontab -l 2>&1
# What a server is told on its socket is in no file. Columns: proxy, server, status, weight, address.
[ ! -S /run/haproxy/admin.sock ] || echo 'show stat' | socat - /run/haproxy/admin.sock | cut -d , -f 1,2,18,19,74
if [ -d /var/lib/patroni ]; then
  runuser -u postgres -- psql -X -At -c 'select name, setting, source, pending_restart from pg_settings order by name'
fi
SH
}

# What all members agree on: Patroni's dynamic configuration with the revision of its last change, all keys, who is a member of etcd.
picture_of_cluster() {
  cat <<'SH'
etcdctl get -w fields /db/postgres/config | grep -E '"(CreateRevision|ModRevision|Value)"'
etcdctl get --prefix --keys-only /
etcdctl member list
etcdctl alarm list
patronictl -c /etc/patroni/config.yml list -f json | grep -o '"\(Member\|Role\|Host\)": "[^"]*"'
SH
}

# What is in every database, and who may do what.
picture_of_databases() {
  leader_sql "select rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolconnlimit, rolvaliduntil, md5(rolpassword) from pg_authid order by 1" </dev/null
  leader_sql "select roleid::regrole, member::regrole, admin_option from pg_auth_members order by 1, 2" </dev/null
  leader_sql "select datname, datdba::regrole, encoding, datcollate, datacl from pg_database order by 1" </dev/null
  leader_sql "select setdatabase, setrole::regrole, setconfig from pg_db_role_setting order by 1, 2" </dev/null
  leader_sql "select slot_name, slot_type, active from pg_replication_slots order by 1" </dev/null
}

# The hosts' overlay keeps a mark at folders that it takes away when such a folder is first read, and that is a new ctime: whoever
# takes the first picture takes it twice.
picture() { # FILE
  local host
  for host in "${databases[@]}" "${balancers[@]}"; do
    (picture_of_files && picture_of_machine) | on "$host" 'LC_ALL=C sh -s' | sed "s/^/$host /" | LC_ALL=C sort
  done >"$1" 2>&1
  {
    picture_of_cluster | on psql-db-1 'LC_ALL=C sh -s'
    picture_of_databases
  } >>"$1" 2>&1
  # A picture of nothing would be the same as any other: what each part has to have seen.
  [[ $(wc -l <"$1") -gt 10000 ]] || return 1
  for seen in '"ModRevision"' '"Role": "' '^psql-db-3 shared_buffers|' '^psql-lb-2 [^ ]*,BACKEND,' '^replicator|' '^postgres|'; do
    grep -q "$seen" "$1" || { echo "the picture lacks $seen" >&2; return 1; }
  done
}

# same_picture WHAT FILE: all is as it was when the picture in the file was taken.
same_picture() {
  picture "$2.now"
  output=$(diff "$2" "$2.now" | head -n 40)
  [[ -z $output ]]
  verdict $? "$1"
}
