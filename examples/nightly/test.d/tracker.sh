# shellcheck shell=sh
# What the stand-ins for gh and glab share: issues in a folder, $TRACKER/issues/N/{title,state,body,labels,comments},
# and every change as a line of $TRACKER/log.
set -eu
issues=$TRACKER/issues
mkdir -p "$issues"

refuse() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

log() { printf '%s\n' "$*" >>"$TRACKER/log"; }

new_issue() { # TITLE LABEL BODY
  n=$(($(find "$issues" -mindepth 1 -maxdepth 1 | wc -l) + 1))
  mkdir "$issues/$n"
  printf '%s' "$1" >"$issues/$n/title"
  printf '%s' "$2" >"$issues/$n/labels"
  printf '%s' "$3" >"$issues/$n/body"
  printf open >"$issues/$n/state"
  : >"$issues/$n/comments"
  log "open $n"
}

existing() { # NUMBER
  [ -d "$issues/$1" ] || refuse "there is no issue $1"
}

set_body() { # NUMBER BODY
  existing "$1"
  printf '%s' "$2" >"$issues/$1/body"
  log "body $1"
}

add_comment() { # NUMBER TEXT
  existing "$1"
  printf '%s\n--\n' "$2" >>"$issues/$1/comments"
  log "comment $1"
}

set_state() { # NUMBER STATE
  existing "$1"
  [ "$(cat "$issues/$1/state")" != "$2" ] || refuse "issue $1 is $2 already"
  printf %s "$2" >"$issues/$1/state"
  log "$2 $1"
}

# Those with a label as JSON, the newest first; their fields are named as the tool names them.
listed() { # LABEL NUMBER-FIELD BODY-FIELD OPEN CLOSED
  for n in $(find "$issues" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -rn); do
    [ "$(cat "$issues/$n/labels")" = "$1" ] || continue
    state=$4
    [ "$(cat "$issues/$n/state")" = open ] || state=$5
    jq -n --argjson n "$n" --arg number "$2" --arg name "$3" --arg state "$state" --rawfile body "$issues/$n/body" \
      '{($number): $n, state: $state, ($name): $body}'
  done | jq -s .
}
