# The examples and the module are valid
# shellcheck shell=bash disable=SC2154,SC2034,SC2016

example() { (cd "$here/../$1" && lab run pgha "${@:2}" </dev/null); }
says 'examples/guide is valid' 0 'valid' example guide validate -no-color
says 'examples/module is valid' 0 'valid' example module validate -no-color
says 'and plans the same cluster on bare machines' 0 'module\.postgres\.vip\.main.*Plan: 18 to add, 0 to change, 0 to destroy' \
  example module plan -no-color
[[ ! -e $here/../module/pgha.state.json && ! -e $here/../guide/pgha.state.json ]]
verdict $? 'neither leaves a file in the checkout'

[[ -z $long ]] || {
  echo '-- applied'
  # In a copy: its state must not be left in the checkout.
  mkdir -p "$work/module/examples"
  cp -r "$here/../module" "$work/module/examples/"
  cp -r "$here/../../modules" "$work/module/"
  module() { (cd "$work/module/examples/module" && lab run pgha "$@" </dev/null); }
  says 'the module makes the cluster' 0 'Apply complete: 18 added, 0 changed, 0 destroyed' module apply -auto-approve -no-color
  within 60 'it is whole' whole_cluster
  within 60 'and takes writes at its floating address' writes
  says 'a second plan is empty' 0 'No changes\.' module plan -no-color -detailed-exitcode
  says 'its output says where to connect' 0 "\"write\" *= \"$vip:5000\"" module output -no-color
  says 'destroy takes it away' 0 'Destroy complete: 0 added, 0 changed, 18 destroyed' module destroy -auto-approve -no-color
  lab kill all >/dev/null 2>&1
  lab reset 2>/dev/null
}
