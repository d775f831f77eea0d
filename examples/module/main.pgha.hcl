# The guide's cluster again, this time by the module: only what is one's own is said.

variable "passwords" {
  description = "postgres, replicator, admin, rest_api, stats and keepalived (8 characters at most)."
  type        = map(string)
  sensitive   = true
}

variable "pgdg" {
  description = "Where PostgreSQL's packages come from, and the file with the key that signs them."
  type        = object({ uri = string, suite = string, key_file = string })
}

module "postgres" {
  source = "../../modules/ha-postgres"

  databases = {
    psql-db-1 = "192.168.228.141"
    psql-db-2 = "192.168.228.142"
    psql-db-3 = "192.168.228.143"
  }
  balancers = [
    { name = "psql-lb-1", address = "192.168.228.144" },
    { name = "psql-lb-2", address = "192.168.228.145" },
  ]
  vip       = "192.168.228.140"
  passwords = var.passwords
  pgdg      = var.pgdg

  parameters = { max_connections = 200 }
}

output "endpoints" {
  value = module.postgres.endpoints
}
