locals {
  vip = "192.168.228.140"

  db = {
    psql-db-1 = { address = "192.168.228.141", etcd_name = "etcd-1" }
    psql-db-2 = { address = "192.168.228.142", etcd_name = "etcd-2" }
    psql-db-3 = { address = "192.168.228.143", etcd_name = "etcd-3" }
  }

  lb = {
    psql-lb-1 = { address = "192.168.228.144", priority = 101 }
    psql-lb-2 = { address = "192.168.228.145", priority = 100 }
  }
}

resource "host" "db" {
  for_each = local.db
  name     = each.key
  address  = each.value.address

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
  for_each = local.lb
  name     = each.key
  address  = each.value.address
}
