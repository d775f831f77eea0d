resource "haproxy_lb" "main" {
  for_each = local.lb
  host     = host.lb[each.key].id
  nodes    = [for node in patroni_node.db : node.id]
  maxconn  = 400
  log      = "127.0.0.1 local2"
  retries  = 2
  timeouts = { client = "30m", connect = "4s", server = "30m", check = "5s" }
  check    = { inter = "1s", fastinter = "500ms", fall = 2, rise = 2 }

  listeners = {
    production = { port = 5000, role = "primary", server_maxconn = 100 }
    standby    = { port = 5001, role = "replica", server_maxconn = 100 }
  }
  stats = { port = 8080, uri = "/", username = "admin", password = var.passwords.stats }
}

resource "vip" "main" {
  for_each          = local.lb
  host              = haproxy_lb.main[each.key].host
  address           = local.vip
  peers             = [for lb in local.lb : lb.address]
  virtual_router_id = 51
  priority          = each.value.priority
  preempt           = false
  auth_pass         = var.passwords.keepalived
  track_process     = "haproxy"
}

output "endpoints" {
  description = "Where applications connect: write at the primary, read at a replica."
  value       = { write = "${local.vip}:5000", read = "${local.vip}:5001" }
}
