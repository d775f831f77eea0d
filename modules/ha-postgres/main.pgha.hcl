locals {
  archive   = "/var/lib/postgresql/wal_archive"
  balancers = { for index, lb in var.balancers : lb.name => { address = lb.address, priority = 101 - index } }
}

resource "host" "db" {
  for_each = var.databases
  name     = each.key
  address  = each.value

  apt_sources = {
    pgdg = {
      uri        = var.pgdg.uri
      suite      = var.pgdg.suite
      components = ["main"]
      key        = file(var.pgdg.key_file)
    }
  }
}

resource "host" "lb" {
  for_each = local.balancers
  name     = each.key
  address  = each.value.address
}

resource "etcd_member" "db" {
  for_each      = var.databases
  host          = host.db[each.key].id
  name          = each.key
  cluster_token = var.name
  peers         = var.databases
}

resource "patroni_cluster" "main" {
  scope              = var.name
  namespace          = "/db/"
  postgresql_version = var.postgresql_version
  etcd_endpoints     = [for member in etcd_member.db : member.client_url]

  ttl                     = 30
  loop_wait               = 10
  retry_timeout           = 10
  maximum_lag_on_failover = 1048576
  use_pg_rewind           = true
  use_slots               = true

  parameters = merge(
    {
      wal_level               = "replica"
      hot_standby             = "on"
      max_connections         = "100"
      wal_keep_size           = "128MB"
      wal_log_hints           = "on"
      archive_mode            = "on"
      archive_timeout         = "1800s"
      archive_command         = "test ! -f ${local.archive}/%f && cp %p ${local.archive}/%f"
      password_encryption     = "scram-sha-256"
      unix_socket_directories = "/var/run/postgresql"
    },
    var.parameters,
  )
  archive_directory = local.archive
  recovery_conf     = { restore_command = "cp ${local.archive}/%f %p" }

  initdb = { auth = "scram-sha-256", encoding = "UTF8", data_checksums = true }
  pg_hba = concat(
    ["local all postgres peer", "host replication replicator 127.0.0.1/32 scram-sha-256"],
    [for address in var.databases : "host replication replicator ${address}/32 scram-sha-256"],
    [for address in var.databases : "host all all ${address}/32 scram-sha-256"],
    ["host all all ${var.clients} scram-sha-256"],
  )

  superuser   = { username = "postgres", password = var.passwords.postgres }
  replication = { username = "replicator", password = var.passwords.replicator }
  rest_api    = { username = "patroni", password = var.passwords.rest_api }
}

resource "patroni_node" "db" {
  for_each = var.databases
  host     = host.db[each.key].id
  cluster  = patroni_cluster.main.id
  data_dir = "/var/lib/patroni"
}

resource "pg_role" "admin" {
  cluster     = patroni_cluster.main.id
  name        = "admin"
  password    = var.passwords.admin
  create_role = true
  create_db   = true
}

resource "pg_database" "app" {
  for_each = var.databases_to_make
  cluster  = patroni_cluster.main.id
  name     = each.key
  owner    = pg_role.admin.name
}

resource "haproxy_lb" "main" {
  for_each = local.balancers
  host     = host.lb[each.key].id
  nodes    = [for node in patroni_node.db : node.id]
  maxconn  = 400
  retries  = 2
  timeouts = { client = "30m", connect = "4s", server = "30m", check = "5s" }
  check    = { inter = "1s", fastinter = "500ms", fall = 2, rise = 2 }

  listeners = {
    production = { port = var.ports.write, role = "primary", server_maxconn = 100 }
    standby    = { port = var.ports.read, role = "replica", server_maxconn = 100 }
  }
  stats = { port = var.ports.stats, uri = "/", username = "admin", password = var.passwords.stats }
}

resource "vip" "main" {
  for_each          = local.balancers
  host              = haproxy_lb.main[each.key].host
  address           = var.vip
  peers             = [for lb in local.balancers : lb.address]
  virtual_router_id = var.virtual_router_id
  priority          = each.value.priority
  preempt           = false
  auth_pass         = var.passwords.keepalived
  track_process     = "haproxy"
}
