# shellcheck shell=bash disable=SC2154,SC2016,SC2046 # Markdown has backquotes; fingerprints have no spaces
# `issue`: every way from one night to the next, with both tools.

# report VERDICT UNSEEN FINGERPRINT…: what a night with one root has left
report() {
  mkdir -p "$work/look"
  printf '%s\n' "${@:3}" | jq -R . | jq -s --arg verdict "$1" --argjson unseen "$2" \
    '{format_version: "1.0", verdict: $verdict, roots: [{root: ".", lineage: "1f", verdict: $verdict, unseen: $unseen, ignored:
      [{finding: {fingerprint: "ffffffffffffffff"}}], findings: [.[] | select(. != "") | {fingerprint: .}]}]}' \
    >"$work/look/drift.json"
  printf '# Drift\n\n%s\n' "${*:3}" >"$work/look/drift.md"
}

# issue TOOL STATUS [KEY]: sets output, status, and log: what it changed
issue() {
  : >"$TRACKER/log"
  output=$(PATH=$here/test.d:$PATH "$here/issue" "$1" "$2" "$work/look" "${@:3}" 2>&1)
  status=$?
  log=$(paste -sd ',' "$TRACKER/log")
}

found() { cat "$TRACKER/issues/$1/$2"; }

a=aaaaaaaaaaaaaaa1 b=bbbbbbbbbbbbbbb2 c=ccccccccccccccc3
down='[{"host": "psql-db-3", "code": "unreachable"}]'

for tool in gh glab; do
  TRACKER=$work/$tool
  mkdir "$TRACKER"

  report clean '[]'
  issue $tool 0
  same "$tool: clean, and nothing was told: nothing is done" "0  issue: clean, and no issue is open" "$status $log $output"

  report drift '[]' $a $b
  PGHA_RUN_URL=https://ci.example.org/7 issue $tool 2
  same "$tool: drift opens an issue" "0 open 1 issue: 2 findings: an issue is opened" "$status $log ${output##*$'\n'}"
  same "$tool: with the report, and what the next night needs to know" \
    "<!-- pgha-drift key=nightly set=$(printf '%s\n' $a $b | cksum | tr ' ' -) count=2 of=$a,$b -->
# Drift

$a $b

[All reports of this run](https://ci.example.org/7)

This issue is kept by the nightly look at drift. It is closed when nothing is found any more. What shall not
be told belongs into \`.pghaignore\`, with a reason." "$(found 1 body)"
  same "$tool: titled and labelled" "pgha: drift pgha-drift" "$(found 1 title) $(found 1 labels)"

  report drift '[]' $b $a
  issue $tool 2
  same "$tool: the same drift brings it up to date without a word" \
    "0 body 1 issue: 2 findings, the same as before: #1 is up to date" "$status $log ${output##*$'\n'}"
  report drift '[]' $b $c
  issue $tool 2
  same "$tool: other drift is told" "0 body 1,comment 1" "$status $log"
  report drift '[]' $b
  issue $tool 2
  same "$tool: less drift too" "Changed: 1 finding now, 2 before. The description above is up to date.
--" "$(found 1 comments | tail -n 2)"

  report drift "$down" $b
  issue $tool 1
  same "$tool: a look that saw less and found nothing new changes nothing" "0 " "$status $log"
  report unknown "$down"
  issue $tool 1
  same "$tool: nor does one that found nothing" \
    "0  issue: the look did not see everything (status 1): all issues stay as they are" "$status $log $output"
  issue $tool 0
  same "$tool: whatever its status" "0 " "$status $log"
  issue $tool 5
  same "$tool: also one of -unreachable-exitcode" "0 " "$status $log"
  report drift "$down" $c
  issue $tool 1
  same "$tool: what it found anew is told" "0 body 1,comment 1" "$status $log"
  [[ $(found 1 body) == *" of=$b,$c "* ]]
  verdict $? "$tool: and what could not be seen is not gone" "$(found 1 body)"
  rm "$work/look/drift.json"
  issue $tool 1
  same "$tool: a look without reports changes nothing" \
    "0  issue: the look left no reports (status 1): all issues stay as they are" "$status $log $output"
  report clean '[]'
  issue $tool 1
  same "$tool: an error is never clean" "0 " "$status $log"
  issue $tool 137
  same "$tool: nor is a killed look" "0 " "$status $log"

  jq '.roots[0].lineage = ""' "$work/look/drift.json" >"$work/stateless"
  mv "$work/stateless" "$work/look/drift.json"
  issue $tool 0
  same "$tool: nor is a look without the state" "0 " "$status $log"
  report clean '[]'

  issue $tool 0
  same "$tool: clean closes it with a comment" "0 comment 1,closed 1 issue: clean: #1 is closed" \
    "$status $log ${output##*$'\n'}"
  issue $tool 0
  same "$tool: once" "0 " "$status $log"

  report drift '[]' $a
  issue $tool 2
  same "$tool: other drift after that is another issue" "0 open 2" "$status $log"
  report clean '[]'
  issue $tool 3
  same "$tool: clean but for pending configuration is clean" "0 comment 2,closed 2" "$status $log"
  report drift '[]' $c ddddddddddddddd4
  issue $tool 2
  same "$tool: drift that was told before opens its issue again" "0 body 1,open 1,comment 1" "$status $log"
  same "$tool: and says so" "Found again: 2 findings.
--" "$(found 1 comments | tail -n 2)"

  report drift '[]' $a
  issue $tool 2 other
  same "$tool: another key is another issue" "0 open 3 pgha: drift (other)" "$status $log $(found 3 title)"
  PGHA_ISSUE_REPO=dba/clusters issue $tool 2 other
  same "$tool: in another project where one is named" "0 in dba/clusters,in dba/clusters,body 3" "$status $log"

  # Somebody else's issue with the label, which only quotes the mark.
  mkdir "$TRACKER/issues/4"
  printf open >"$TRACKER/issues/4/state"
  printf pgha-drift >"$TRACKER/issues/4/labels"
  : >"$TRACKER/issues/4/comments"
  printf 'Why?\n<!-- pgha-drift key=third set=1-1 count=1 of=%s -->' $a >"$TRACKER/issues/4/body"
  issue $tool 2 third
  same "$tool: an issue that quotes the mark is left alone" "0 open 5" "$status $log"

  # One finding on three hosts, then on two of them.
  report drift '[]' $a
  jq --arg a $a --arg b $b --arg c $c '.roots[0].findings[0].places = [{fingerprint: $a}, {fingerprint: $b}, {fingerprint: $c}]' \
    "$work/look/drift.json" >"$work/three"
  cp "$work/three" "$work/look/drift.json"
  issue $tool 2 places
  [[ $(found 6 body | head -n 1) =~ \ count=1\ of=$a,$b,$c\ --\>$ ]]
  verdict $? "$tool: a finding is known by all of its places" "$(found 6 body | head -n 1)"
  report clean '[]'
  issue $tool 0 places
  jq --arg b $b --arg c $c '.roots[0].findings[0] = {fingerprint: $b, places: [{fingerprint: $b}, {fingerprint: $c}]}' \
    "$work/three" >"$work/look/drift.json"
  printf '# Drift\n' >"$work/look/drift.md"
  issue $tool 2 places
  same "$tool: and its issue is opened again where it is back on some of them" "0 body 6,open 6,comment 6" "$status $log"

  # Two roots, the same fingerprint: two findings.
  report drift '[]' $a
  jq '.roots += [.roots[0] | .root = "clusters/--> <b>"]' "$work/look/drift.json" >"$work/two"
  cp "$work/two" "$work/look/drift.json"
  issue $tool 2 fleet
  [[ $(found 7 body | head -n 1) =~ \ count=2\ of=$a-[0-9]+,$a-[0-9]+\ --\>$ ]]
  verdict $? "$tool: the same in two roots is two findings" "$(found 7 body | head -n 1)"
  jq '.roots[0].findings = [] | .roots[0].verdict = "error" | .roots[1].findings = [] | .roots[1].verdict = "clean"' \
    "$work/two" >"$work/look/drift.json"
  issue $tool 0 fleet
  same "$tool: one root that failed keeps the issue open" "0 " "$status $log"

  # More than an issue takes, and what GitLab would do.
  report drift '[]' $(printf '%016x\n' {1..3000})
  {
    printf '/close\n  /label ~x\n| /close |\n```text\n/close\n```\n<details>\n'
    printf '````diff\n'
    for _ in {1..2000}; do printf '+```\n+ä line of a diff that somebody made long\n'; done
    printf '````\n</details>\n'
  } >"$work/look/drift.md"
  issue $tool 2 huge
  same "$tool: a huge report is cut" "0 open 8" "$status $log"
  (($(found 8 body | wc -c) < 65536))
  verdict $? "$tool: to what an issue takes" "$(found 8 body | wc -c)"
  same "$tool: with its fences and details closed" '````

</details>

**The rest is left out here. Everything is in the reports of the run.**' \
    "$(found 8 body | grep -v '^+' | sed -n '/^````$/,/left out/p')"
  same "$tool: nothing in it is a command to GitLab" '\/close
  \/label ~x
| /close |
```text
/close' "$(found 8 body | sed -n 2,6p)"

  TRACKER_BROKEN=yes issue $tool 2
  same "$tool: where the tool fails nothing is done, and that is told" "1 " "$status $log"
  [[ $output == *"502"* && $output == *"issue: $tool could not list the issues" ]]
  verdict $? "$tool: in its words" "$output"
done

issue svn 2
same "another tool is refused" '1 issue: the tool is gh or glab, not "svn"' "$status $output"
issue gh two
same "a status is a number" '1 issue: "two" is no exit status' "$status $output"
issue gh 2 'a-->'
same "a key can't end the mark" '1 issue: the key has letters, digits, single - and _ only; "a-->" has not' "$status $output"
printf '{"format_version": "2.0"}' >"$work/look/drift.json"
issue gh 2
same "a report of another format is refused" \
  "1 issue: $work/look/drift.json is no report of pgha drift that this script can read" "$status $output"
