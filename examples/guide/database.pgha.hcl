locals {
  archive = "/var/lib/postgresql/wal_archive"
}

resource "etcd_member" "db" {
  for_each      = local.db
  host          = host.db[each.key].id
  name          = each.value.etcd_name
  cluster_token = "etcd-cluster"
  peers         = { for db in local.db : db.etcd_name => db.address }
}

resource "patroni_cluster" "main" {
  scope              = "postgres"
  namespace          = "/db/"
  postgresql_version = 17
  etcd_endpoints     = [for member in etcd_member.db : member.client_url]

  ttl                     = 30
  loop_wait               = 10
  retry_timeout           = 10
  maximum_lag_on_failover = 1048576
  use_pg_rewind           = true
  use_slots               = true

  parameters = {
    wal_level                 = "replica"
    hot_standby               = true
    max_connections           = 100
    max_worker_processes      = 8
    wal_keep_size             = "128MB"
    max_wal_senders           = 10
    max_replication_slots     = 10
    max_prepared_transactions = 0
    max_locks_per_transaction = 64
    wal_log_hints             = true
    track_commit_timestamp    = false
    archive_mode              = true
    archive_timeout           = "1800s"
    archive_command           = "test ! -f ${local.archive}/%f && cp %p ${local.archive}/%f"
    password_encryption       = "scram-sha-256"
    unix_socket_directories   = "/var/run/postgresql"
  }
  archive_directory = local.archive
  recovery_conf     = { restore_command = "cp ${local.archive}/%f %p" }

  initdb = { auth = "scram-sha-256", encoding = "UTF8", data_checksums = true }
  pg_hba = concat(
    ["local all postgres peer", "host replication replicator 127.0.0.1/32 scram-sha-256"],
    [for db in local.db : "host replication replicator ${db.address}/32 scram-sha-256"],
    ["host all all 0.0.0.0/0 scram-sha-256"],
  )

  superuser   = { username = "postgres", password = var.passwords.postgres }
  replication = { username = "replicator", password = var.passwords.replicator }
  rest_api    = { username = "patroni", password = var.passwords.rest_api }
}

resource "patroni_node" "db" {
  for_each = local.db
  host     = host.db[each.key].id
  cluster  = patroni_cluster.main.id
  data_dir = "/var/lib/patroni"
  tags     = { nofailover = false, noloadbalance = false, clonefrom = false, nosync = false }
}

resource "pg_role" "admin" {
  cluster     = patroni_cluster.main.id
  name        = "admin"
  password    = var.passwords.admin
  create_role = true
  create_db   = true
}

resource "pg_database" "app" {
  cluster = patroni_cluster.main.id
  name    = "app"
  owner   = pg_role.admin.name
}
