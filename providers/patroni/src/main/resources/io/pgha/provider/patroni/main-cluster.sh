# What is known of the cluster that Debian's package makes: $config, $main and $bin name its
# configuration, its data directory as the package would have made it, and PostgreSQL's programs.

# Whether there is anything of it. A folder in which nothing is left is nothing, and $own, the data
# directory of a node, is no cluster of the package's where it has no configuration there.
is_there() {
  { [ -e "$config" ] && [ -n "$(find "$config" ! -type d 2>/dev/null)" ]; } || [ -L "$config" ] ||
    { [ "$main" != "$own" ] && { [ -L "$main" ] || { [ -e "$main" ] && [ -n "$(ls -A "$main" 2>/dev/null)" ]; }; }; }
}

# Sets why to what keeps it from being proven to be as the package made it; to nothing where it is.
# What pg_dropcluster removes is gone for good: whatever can't be told counts as used.
prove() {
  why=$(doubt | head -n 1)
}

# Prints the first doubt. Each check stands on those before it.
doubt() {
  configuration && data && relations && catalogs
}

configuration() {
  # Where the data is follows from here: it may be anywhere, and then $main says nothing.
  said=$(sed 's/^[[:space:]]*//; s/[[:space:]]*#.*$//' "$config/postgresql.conf" 2>/dev/null) || {
    echo "$config/postgresql.conf can't be read, so nobody knows where its data is"
    return 1
  }
  where=$(printf '%s\n' "$said" | grep -iE '^(data_directory|include)')
  other=$(printf '%s\n' "$where" |
    grep -vxF -e "data_directory = '$main'" -e "include_dir = 'conf.d'" | head -n 1)
  if [ -n "$other" ]; then
    echo "$config/postgresql.conf says $other"
    return 1
  fi
  if ! printf '%s\n' "$where" | grep -qxF "data_directory = '$main'"; then
    echo "$config/postgresql.conf does not say that its data is in $main"
    return 1
  fi
  if [ -L "$main" ] || [ ! -d "$main" ]; then
    echo "its data directory $main is no folder, or is missing: perhaps a disk is not mounted"
    return 1
  fi
  # initdb writes PG_VERSION first; the configuration follows within seconds.
  born=$(stat -c %Y "$main/PG_VERSION" 2>/dev/null) || {
    echo "$main holds no PG_VERSION"
    return 1
  }
  for file in "$config"/* "$config"/.[!.]* "$config"/..?* "$config"/conf.d/*; do
    [ -e "$file" ] || [ -L "$file" ] || continue
    case ${file#"$config"/} in
      conf.d) continue ;;
      environment | pg_ctl.conf | pg_hba.conf | pg_ident.conf | postgresql.conf | start.conf) ;;
      *)
        echo "there is $file, which the package does not make"
        return 1
        ;;
    esac
    if [ -L "$file" ] || [ "$(stat -c %Y "$file")" -gt $((born + 300)) ]; then
      echo "somebody changed $file"
      return 1
    fi
  done
}

data() {
  # pg_dropcluster follows links: to tablespaces, and to a folder for the log.
  link=$(find "$main" -type l | head -n 1)
  if [ -n "$link" ]; then
    echo "$link is a symbolic link"
    return 1
  fi
  strange=$(ls -A "$main" | grep -vxE 'PG_VERSION|base|global|pg_(commit_ts|dynshmem|logical|multixact|notify|replslot|serial|snapshots|stat|stat_tmp|subtrans|tblspc|twophase|wal|xact)|postgresql\.auto\.conf|postmaster\.(opts|pid)' | head -n 1)
  if [ -n "$strange" ]; then
    echo "there is $main/$strange, which initdb does not make"
    return 1
  fi
  for folder in pg_tblspc pg_replslot pg_twophase; do
    if [ ! -d "$main/$folder" ] || [ -n "$(ls -A "$main/$folder")" ]; then
      echo "$main/$folder is not empty"
      return 1
    fi
  done
  if grep -qv '^[[:space:]]*\(#.*\)\{0,1\}$' "$main/postgresql.auto.conf"; then
    echo "ALTER SYSTEM changed its settings"
    return 1
  fi
}

# What users make has numbers from 16384 on, and so have the files of it.
relations() {
  for folder in "$main"/base/* "$main"/base/.[!.]* "$main/global"; do
    [ -e "$folder" ] || continue
    case ${folder##*/} in
      global) ;;
      *[!0-9]*)
        echo "there is $folder, which initdb does not make"
        return 1
        ;;
      *)
        if [ "${folder##*/}" -ge 16384 ]; then
          echo "it has a database of its own in $folder"
          return 1
        fi
        ;;
    esac
    strange=$(ls -A "$folder" | awk -F '[_.]' '
      /^(PG_VERSION|pg_control|pg_filenode\.map|pg_internal\.init)$/ { next }
      /^[0-9]+([_.].*)?$/ && $1 < 16384 { next }
      { print; exit }')
    if [ -n "$strange" ]; then
      echo "there is $folder/$strange, which initdb does not make"
      return 1
    fi
  done
  # pg_largeobject and its metadata, pg_db_role_setting: a new cluster has nothing in them, and a
  # large object may have a number that somebody chose.
  for file in "$main"/base/*/2613 "$main"/base/*/2995 "$main/global/2964"; do
    if [ -s "$file" ]; then
      echo "$file holds large objects or settings of roles or databases"
      return 1
    fi
  done
}

# A role, a function or a password is but a row in a file that every cluster has.
catalogs() {
  control=$(LC_ALL=C "$bin/pg_controldata" "$main" 2>/dev/null) || {
    echo "$bin/pg_controldata can't read $main"
    return 1
  }
  next=$(printf '%s\n' "$control" | sed -n "s/^Latest checkpoint's NextOID: *\([0-9]*\)$/\1/p")
  if [ -z "$next" ] || [ "$next" -ge 16384 ]; then
    echo "something was created in it (a role, a function, a type or the like)"
    return 1
  fi
  case $(printf '%s\n' "$control" | sed -n 's/^Database cluster state: *//p') in
    'shut down') ;;
    'in production') server ;;
    *)
      echo "it was not shut down as it should be"
      return 1
      ;;
  esac
}

# The control file tells what was at the last checkpoint; of what came later only the server knows.
server() {
  port=$(sed -n 4p "$main/postmaster.pid" 2>/dev/null)
  socket=$(sed -n 5p "$main/postmaster.pid" 2>/dev/null)
  for database in postgres template1; do
    made=$(ask "$database") || {
      echo "it seems to run, but does not answer on port $port"
      return 1
    }
    if [ -n "$made" ]; then
      echo "something was created in it: see" $made "in its database $database"
      return 1
    fi
  done
}

ask() {
  as_postgres "$bin/psql" -X -w -q -A -t -v ON_ERROR_STOP=1 -v main="$main" \
    -h "$socket" -p "$port" -d "$1" <<'SQL' 2>/dev/null
SET search_path = pg_catalog;
SELECT string_agg(
    format('SELECT DISTINCT %L FROM %s WHERE oid >= 16384', c.relname, c.oid::regclass),
    ' UNION ALL ')
  FROM pg_class c
  WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'oid')
\gexec
SELECT DISTINCT 'pg_largeobject_metadata' FROM pg_largeobject_metadata WHERE oid < 16384;
SELECT DISTINCT 'pg_db_role_setting' FROM pg_db_role_setting;
SELECT DISTINCT 'passwords in pg_authid' FROM pg_authid WHERE rolpassword IS NOT NULL;
SELECT 'data_directory' WHERE current_setting('data_directory') <> :'main';
SQL
}

as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  else
    "$@"
  fi
}
