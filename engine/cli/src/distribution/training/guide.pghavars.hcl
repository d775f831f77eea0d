# Values for examples/guide that serve no cluster: with them its configuration can be read and checked.
passwords = {
  postgres   = "postgres"
  replicator = "replicator"
  admin      = "admin"
  rest_api   = "rest"
  stats      = "stats"
  keepalived = "vrrp"
}
pgdg = { uri = "https://apt.postgresql.org/pub/repos/apt", suite = "trixie-pgdg", key_file = "../../engine/cli/src/distribution/training/key.asc" }
