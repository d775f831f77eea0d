output "endpoints" {
  description = "Where applications connect: write at the primary, read at a replica."
  value       = { write = "${var.vip}:${var.ports.write}", read = "${var.vip}:${var.ports.read}" }
}

output "etcd_endpoints" {
  description = "The client addresses of etcd's members."
  value       = [for member in etcd_member.db : member.client_url]
}

output "databases" {
  description = "The databases made for applications."
  value       = [for database in pg_database.app : database.name]
}
