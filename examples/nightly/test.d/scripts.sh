# shellcheck shell=bash disable=SC2154
# The scripts as such.
if has shellcheck "the check of the scripts"; then
  for script in night fresh issue test.d/{gh,glab,curl,pgha,tracker.sh}; do
    output=$(cd "$here" && shellcheck -x -P SCRIPTDIR -s sh "$script" 2>&1)
    verdict $? "shellcheck $script" "$output"
  done
  for script in test test.d/{scripts,night,issue,files}.sh; do
    output=$(cd "$here" && shellcheck -s bash "$script" 2>&1)
    verdict $? "shellcheck $script" "$output"
  done
fi
