# shellcheck shell=bash
# What PGHA_LOG=debug told of a run (standard input), added up.

# A line `host connections round-trips` for each host.
contacts_of() {
  awk '$1 == "pgha" && $5 == "connected" { connections[$4]++ } $1 == "pgha" && $5 == "answered" { trips[$4]++ }
    END { for (host in connections) print host, connections[host], trips[host] + 0 }' | sort
}

# A line `seconds stage` for each stage: when it was reached, by the last host where it is the hosts'.
stages_of() {
  awk '$1 != "pgha" { next }
    $5 == "connected" || $5 == "answered" { at["hosts " $5] = $2; next }
    { stage = $0; sub(/^pgha +[0-9.]+ s  /, "", stage); sub(/:.*/, "", stage); at[stage] = $2 }
    END { for (stage in at) print at[stage], stage }' | sort -n
}
