# shellcheck shell=bash disable=SC2154,SC2016 # set by the test; the shells inside expand
# The files for CI servers, systemd and Kubernetes: they are read as what they are, their shell passes shellcheck, and the
# steps of the CI servers are run here with stand-ins for pgha, gh, glab and curl.

secret=5ecret
report='{"format_version": "1.0", "roots": [{"root": ".", "lineage": "1f", "verdict": "drift", "unseen": [],
  "findings": [{"fingerprint": "aaaaaaaaaaaaaaa1"}]}]}'

# A checkout of a team, with this folder as nightly. Variables are those that the CI server would set.
# run_step NAME STATUS SCRIPT [VARIABLE=VALUE…]: sets output and status
run_step() {
  local checkout=$work/run/$1
  rm -rf "$checkout"
  mkdir -p "$checkout"
  ln -s "$here" "$checkout/nightly"
  printf state >"$checkout/applied.json"
  TRACKER=$checkout/tracker
  mkdir "$TRACKER"
  output=$(cd "$checkout" && env "${@:4}" PATH="$here/test.d:$PATH" TRACKER="$TRACKER" RECORD="$checkout/record" ROOT=. \
    DRIFT_STATUS="$2" DRIFT_REPORT="$report" RUNNER_TEMP="$checkout" GITHUB_ENV="$checkout/env" \
    GITHUB_OUTPUT="$checkout/output" GITHUB_STEP_SUMMARY="$checkout/summary" CI_PROJECT_DIR="$checkout" \
    CI_PROJECT_PATH=dba/clusters PGHA_HEARTBEAT="https://watch.example.org/$secret" sh -euc "$3" 2>&1)
  status=$?
}

no_secret() { # WHAT
  [[ $output != *"$secret"* ]]
  verdict $? "$1 shows no secret" "$output"
}

# shell NAME: what comes over the standard input passes shellcheck
shell() {
  local text
  text=$(cat)
  [[ -n $text ]]
  verdict $? "$1 has a script"
  [[ $text != *'${{'* ]]
  verdict $? "$1: nothing is pasted into the script" "$text"
  if has shellcheck "$1"; then
    output=$(printf '#!/bin/sh\n%s\n' "$text" | shellcheck - 2>&1)
    verdict $? "shellcheck $1" "$output"
  fi
}

# yaml FILE: as JSON, read by pgha
yaml() {
  local folder=$work/yaml
  rm -rf "$folder"
  mkdir "$folder"
  cp "$here/$1" "$folder/file.yaml"
  printf 'output "json" { value = jsonencode(yamldecode(file("file.yaml"))) }\n' >"$folder/main.pgha.hcl"
  (cd "$folder" && "$pgha" apply -auto-approve -input=false -no-color && "$pgha" output -raw json >"$work/json") \
    >"$work/log" 2>&1
  verdict $? "$1 is YAML" "$(cat "$work/log")"
}

# holds WHAT CONDITION: of the YAML read last
holds() {
  jq -e "$2" "$work/json" >"$work/log" 2>&1
  verdict $? "$1" "$2: $(cat "$work/log")"
}

if has jq "YAML"; then
  yaml github-actions.yml
  holds "GitHub: no rights but those of the job" \
    '.permissions == {} and .jobs.drift.permissions == {contents: "read", issues: "write", "security-events": "write"}'
  holds "GitHub: one at a time, and not for ever" \
    '.concurrency == {group: "drift", "cancel-in-progress": false} and .jobs.drift."timeout-minutes" == 30'
  holds "GitHub: at night" '.true.schedule[0].cron == "17 3 * * *"'
  holds "GitHub: the key goes in any case" '[.jobs.drift.steps[] | select(.if == "${{ always() }}") | .run | test("rm -rf")] == [true]'
  holds "GitHub: secrets only where they are needed" \
    '[.jobs.drift | .env, (.steps[] | select(.name == "Issue" or .name == "Reports" or .name == "Verdict") | .env)
      | tostring | test("secrets")] | any | not'
  step() { jq -r --arg name "$1" '.jobs.drift.steps[] | select(.name == $name) | .run' "$work/json"; }
  for name in Access Look Issue 'Away with the key' Verdict; do step "$name" | shell "GitHub, $name"; done
  run_step access 0 "$(step Access)" SSH_KEY="$secret" KNOWN_HOSTS=known STATE=applied.json
  same "GitHub: the key is where pgha finds it" "0 600 $secret PGHA_SSH_KEY_FILE=$work/run/access/pgha/key" \
    "$status $(stat -c %a "$work/run/access/pgha/key") $(cat "$work/run/access/pgha/key") $(head -n 1 "$work/run/access/env")"
  same "GitHub: and the state where it looks" state "$(cat "$work/run/access/pgha.state.json")"
  no_secret "GitHub, Access"
  run_step look 2 "$(step Look)" PGHA_CHDIR=.
  # The summary page is pgha's own work, where GITHUB_STEP_SUMMARY is set.
  same "GitHub: drift is told to the steps that follow" "0 status=2" "$status $(cat "$work/run/look/output")"
  no_secret "GitHub, Look"
  run_step issue 2 "$(step Look)
$(step Issue)" PGHA_CHDIR=. STATUS=2
  same "GitHub: an issue is opened" "0 open 1" "$status $(tail -n 1 "$TRACKER/log")"
  for ends in 0 1 2; do
    run_step verdict 0 "$(step Verdict)" STATUS=$ends
    same "GitHub: the job ends with $ends as the look does" $ends $status
  done
  run_step verdict 0 "$(step Verdict)" STATUS=
  same "GitHub: and with 1 where there was none" 1 $status

  yaml gitlab-ci.yml
  holds "GitLab: by a schedule only" '.drift.rules == [{if: "$CI_PIPELINE_SOURCE == \"schedule\""}]'
  holds "GitLab: one at a time, and not for ever" \
    '.drift | .resource_group == "drift" and .timeout == "30 minutes" and .interruptible == false'
  holds "GitLab: reports are kept also of a bad night" \
    '.drift.artifacts | .when == "always" and .reports == {junit: "reports/drift.xml", codequality: "reports/codequality.json"}'
  jq -r '.drift.script[]' "$work/json" >"$work/script"
  shell GitLab <"$work/script"
  for ends in 0 1 2; do
    run_step gitlab $ends "$(cat "$work/script")" PGHA_STATE=applied.json
    same "GitLab: the job ends with $ends as the look does" $ends $status
    no_secret "GitLab, $ends"
  done
  same "GitLab: an issue is opened in this project" "in dba/clusters,in dba/clusters,open 1" "$(paste -sd , "$TRACKER/log")"
  [[ -s $work/run/gitlab/reports/codequality.json && -s $work/run/gitlab/pgha.state.json ]]
  verdict $? "GitLab: its own report is there, and the state"
  run_step gitlab 0 "$(cat "$work/script")" TRACKER_BROKEN=yes
  same "GitLab: a failure to tell of it is a failure" 1 $status

  for file in drift fresh; do
    yaml "kubernetes/$file.yaml"
    holds "Kubernetes, $file: a job at a time, which is not repeated" \
      '.kind == "CronJob" and .spec.concurrencyPolicy == "Forbid" and .spec.jobTemplate.spec.backoffLimit == 0
        and .spec.jobTemplate.spec.activeDeadlineSeconds > 0'
    holds "Kubernetes, $file: with no rights" \
      '.spec.jobTemplate.spec.template.spec | .automountServiceAccountToken == false and .securityContext.runAsNonRoot
        and all(.containers[].securityContext; .allowPrivilegeEscalation == false and .readOnlyRootFilesystem
          and .capabilities.drop == ["ALL"])'
    holds "Kubernetes, $file: what is mounted is there" \
      '.spec.jobTemplate.spec.template.spec | ([.containers[].volumeMounts[].name] | sort) == ([.volumes[].name] | sort)'
    holds "Kubernetes, $file: runs what the image has" \
      '.spec.jobTemplate.spec.template.spec.containers[0].args[0] | test("^/opt/pgha/nightly/(night|fresh)$")'
  done
fi

# A Jenkinsfile is Groovy, for which there is nothing here: its scripts are run, and its braces counted.
# jenkins N: its Nth script
jenkins() {
  awk -v wanted="$1" "{
    marks = gsub(/'''/, \"&\")
    if (inside && !marks && n == wanted) print
    if (marks == 1) { inside = !inside; if (inside) n++ }
  }" "$here/Jenkinsfile"
}
jenkins 1 | shell "Jenkins, Look"
jenkins 2 | shell "Jenkins, Issue"
same "Jenkins: braces, brackets and parentheses are closed" "" "$(sed "s|'[^']*'||g; s|\"[^\"]*\"||g; s|//.*||" "$here/Jenkinsfile" |
  awk '/'\'\'\''/ { inside = !inside }
    !inside { for (i = 1; i <= length; i++) { c = substr($0, i, 1)
      if (index("({[", c)) stack = stack c
      else if (p = index(")}]", c)) {
        if (substr(stack, length(stack)) != substr("({[", p, 1)) { print "line " NR; exit }
        stack = substr(stack, 1, length(stack) - 1) } } }
    END { if (stack) print "open: " stack }')"
! grep -q "env\.[A-Z]* *[!=]= *''" "$here/Jenkinsfile"
verdict $? "Jenkins: a variable that is empty is none, and compares with nothing"
[[ $(cat "$here/Jenkinsfile") != *'"""'* ]] && ! grep -q 'sh *(*"' "$here/Jenkinsfile"
verdict $? "Jenkins: Groovy puts nothing into a script"
run_step jenkins 2 "$(jenkins 1)" STATE=applied.json
same "Jenkins: the look's status is its script's" "2 state" "$status $(cat "$work/run/jenkins/pgha.state.json")"
no_secret "Jenkins, Look"
if has jq "Jenkins, Issue"; then
  run_step jenkins 2 "($(jenkins 1)) || :
$(jenkins 2)" STATE= ISSUES=glab STATUS=2 TOKEN="$secret"
  same "Jenkins: an issue is opened" "0 open 1" "$status $(tail -n 1 "$TRACKER/log")"
  no_secret "Jenkins, Issue"
fi

if has systemd-analyze "the units"; then
  mkdir -p "$work/units"
  for unit in "$here"/systemd/*; do
    sed "s|/opt/pgha/nightly|$here|" "$unit" >"$work/units/${unit##*/}"
  done
  for unit in pgha-drift.service pgha-drift.timer pgha-drift-fresh.service pgha-drift-fresh.timer \
    pgha-drift-failed@pgha-drift.service.service; do
    output=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$work/units/$unit" 2>&1)
    [[ $? == 0 && $output != *"$work/units"* && $output != *pgha-drift* ]]
    verdict $? "systemd-analyze verify $unit" "$output"
  done
fi
for unit in pgha-drift pgha-drift-fresh; do
  grep -qx 'OnFailure=pgha-drift-failed@%n.service' "$here/systemd/$unit.service"
  verdict $? "people are told where $unit fails"
done
