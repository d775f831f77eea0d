# The examples and the module are valid
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

example() { (cd "$here/../$1" && lab run pgha "${@:2}" </dev/null); }
says 'examples/guide is valid' 0 'valid' example guide validate -no-color
says 'examples/module is valid' 0 'valid' example module validate -no-color
says 'and plans the same cluster on bare machines' 0 'module\.postgres\.vip\.main.*Plan: 18 to add, 0 to change, 0 to destroy' \
  example module plan -no-color
[[ ! -e $here/../module/pgha.state.json && ! -e $here/../guide/pgha.state.json ]]
verdict $? 'neither leaves a file in the checkout'
