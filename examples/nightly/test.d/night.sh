# shellcheck shell=bash disable=SC2154,SC2153 # set by the test
# `night` and `fresh`.

# night_with STATUS [OPTION…]: sets output, status and heard
night_with() {
  : >"$HEARD"
  output=$(cd "$work" && PATH=$here/test.d:$PATH DRIFT_STATUS=$1 "$here/night" reports record "${@:2}" 2>&1)
  status=$?
  heard=$(tr '\n' ' ' <"$HEARD")
}

export PGHA_HEARTBEAT=https://watch.example.org/secret
night_with 0
same "a clean night ends with 0" 0 "$status"
same "it is told before and after" "$PGHA_HEARTBEAT/start $PGHA_HEARTBEAT " "$heard"
same "it says nothing itself" "" "$output"
same "pgha is asked for all reports" "drift
-no-color
-input=false
-out
json=$work/reports/drift.json
-out
junit=$work/reports/drift.xml
-out
sarif=$work/reports/drift.sarif
-out
markdown=$work/reports/drift.md
-out
html=$work/reports/drift.html
-record
$work/record" "$(cat "$ASKED")"
[[ -e $work/reports/complete ]]
verdict $? "a complete look is noted"
same "nobody else can read what it writes" "700 700 600" \
  "$(stat -c %a "$work/reports" "$work/record" "$work/reports/drift.json" | paste -sd ' ')"

PGHA_CHDIR='clusters/*' night_with 2 -exclude 'host.a b'
same "drift ends with 2" 2 "$status"
same "drift is a complete look" "$PGHA_HEARTBEAT/start $PGHA_HEARTBEAT " "$heard"
same "a pattern comes first" "-chdir=clusters/*" "$(head -n 1 "$ASKED")"
same "further options come last" "-exclude host.a b" "$(tail -n 2 "$ASKED" | paste -sd ' ')"
night_with 3 -pending-exitcode=3
same "pending configuration is a complete look" "3 $PGHA_HEARTBEAT/start $PGHA_HEARTBEAT " "$status $heard"

touch -d '3 days ago' "$work/reports/complete"
night_with 1
same "an error is told as a failure" "1 $PGHA_HEARTBEAT/start $PGHA_HEARTBEAT/fail " "$status $heard"
same "an error is not noted as a complete look" "fresh: the last complete look is older than 26 hours:" \
  "$("$here/fresh" "$work/reports" 2>&1 | cut -d: -f1-2):"
DRIFT_CRASHES=yes night_with 0
same "a look without reports is none" "1 $PGHA_HEARTBEAT/start $PGHA_HEARTBEAT/fail " "$status $heard"
same "reports of an earlier night are gone" complete "$(ls "$work/reports")"
DRIFT_REPORT='{ "lineage" : "" }' night_with 0
same "nor is one without the state" "1 $PGHA_HEARTBEAT/start $PGHA_HEARTBEAT/fail " "$status $heard"
PGHA=/no/such/pgha night_with 0
same "a missing pgha is a failure" "127 $PGHA_HEARTBEAT/start $PGHA_HEARTBEAT/fail " "$status $heard"
night_with 0 -unreachable-exitcode=5
same "unseen machines can't be waved through" "1 " "$status $heard"
CURL_STATUS=22 night_with 0
same "a deaf watchdog does not spoil the night" 0 "$status"
[[ $output == *"could not be told"* && $output != *secret* ]]
verdict $? "and its URL is in no message" "$output"
PGHA_HEARTBEAT=$'https://x"\noutput = "y' night_with 0
same "a URL can't smuggle options of curl in" "0 " "$status $heard"
PGHA_HEARTBEAT='' night_with 0
same "without a watchdog nobody is told" "0 " "$status $heard"
unset PGHA_HEARTBEAT

"$here/fresh" "$work/reports"
verdict $? "a look of just now is fresh"
touch -d '25 hours ago' "$work/reports/complete"
"$here/fresh" "$work/reports"
verdict $? "so is one of 25 hours ago"
touch -d '27 hours ago' "$work/reports/complete"
"$here/fresh" "$work/reports" 2>/dev/null
same "one of 27 hours ago is not" 1 $?
"$here/fresh" "$work/reports" 28
verdict $? "but where 28 hours are allowed"
same "where none was made, that is told" "fresh: no complete look was ever made: there is no $work/none/complete" \
  "$("$here/fresh" "$work/none" 2>&1)"
same "hours are a number" 'fresh: "2d" is no number of hours' "$("$here/fresh" "$work/none" 2d 2>&1)"
