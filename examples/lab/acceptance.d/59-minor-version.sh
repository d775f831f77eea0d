# A minor version of PostgreSQL: node by node, the leader hands over first (with --long)
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

[[ -n $long ]] || return 0
# shellcheck source-path=SCRIPTDIR source=turns.sh
. "$here/acceptance.d/turns.sh"

deployed_fleet
# Debian has one version at a time, so the next one has the same programs under a higher number.
next=$(on psql-db-1 'dpkg-query -W -f "\${Version}" postgresql-17' </dev/null)+next1
publish_next() {
  local host
  for host in "${databases[@]}"; do
    on "$host" "bash -s '$next'" <<'END' || return
set -euo pipefail
mkdir -p /srv/next
cd /srv/next
dpkg-deb -R /srv/pgdg/pool/postgresql-17_*.deb tree
sed -i "s/^Version: .*/Version: $1/" tree/DEBIAN/control
dpkg-deb -Zgzip -z1 -b tree next.deb >/dev/null
rm -r tree
{
  dpkg-deb -f next.deb
  printf 'Filename: ./next.deb\nSize: %s\nSHA256: %s\n' "$(stat -c %s next.deb)" "$(sha256sum next.deb | cut -d' ' -f1)"
} >Packages
echo 'deb [trusted=yes] file:/srv/next ./' >/etc/apt/sources.list.d/next.list
apt-get -qq update
END
  done
}
succeeds 'another version is published' publish_next
versions() { for_each_database 'dpkg-query -W -f "\${Version}\n" postgresql-17'; }
started_since() { for_each_database "runuser -u postgres -- psql -X -At -c \"select pg_postmaster_start_time() > to_timestamp($1)\""; }
empty_plan 'which nobody asks for'

# Somebody writes all the time; every row that was acknowledged is kept.
acknowledged=$work/acknowledged
: >"$acknowledged"
sql "$vip" 5000 admin app 'create table written (n int)' >/dev/null
(
  for ((row = 1; row <= 5000; row++)); do
    [[ ! -e $work/written ]] || break
    if sql "$vip" 5000 admin app "insert into written values ($row)" >/dev/null 2>&1; then echo "$row" >>"$acknowledged"; fi
  done
) &
writer=$!

sed -i "s/^  data_dir = .*/&\n  package_version = \"$next\"/" "$project/database.pgha.hcl"
old_leader=$(leader)
attempt pgha plan -no-color
planned 'a replica is given the package and restarted' "patroni_node.db[\"$(member_states | awk '$2 != "leader" { print $1; exit }')\"]" \
  "package postgresql-17: .* -> .*next1" 'POST /restart to'
planned 'the leader hands over first' "patroni_node.db[\"$old_leader\"]" 'POST /switchover from'
# The leader is out twice: when it hands over, and when it is restarted as a replica.
servers="$(planned_order patroni_cluster.main) $old_leader"
since=$(date +%s.%N)
says 'it is applied' 0 'Apply complete: 0 added, 3 changed' pgha apply -auto-approve -no-color
touch "$work/written"
wait "$writer"
within 60 'the cluster is whole' whole_cluster
apart 'no server went before the one before it streamed again' "$servers" postgresql_restarts "$since"
prints 'every node has the package' "$next"$'\n'"$next"$'\n'"$next" versions
prints 'and its server was started since' $'t\nt\nt' started_since "$since"
[[ $(leader) != "$old_leader" && $servers == *"$old_leader" ]]
verdict $? 'the leader went last, and another leads'
kept() { sql "$vip" 5000 admin app 'select n from written order by n'; }
attempt kept
lost=$(comm -23 <(sort "$acknowledged") <(sort <<<"$output") | wc -l)
[[ $status == 0 && $lost == 0 && -s $acknowledged ]]
verdict $? "none of $(wc -l <"$acknowledged") acknowledged writes is lost"
empty_plan 'then nothing is left to do'
for_each_database 'rm -r /etc/apt/sources.list.d/next.list /srv/next; apt-get -qq update'
sed -i '/^  package_version = /d' "$project/database.pgha.hcl"
says 'the argument goes again' 0 '' pgha apply -auto-approve -no-color
empty_plan 'and any version will do'
