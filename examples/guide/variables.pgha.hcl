variable "passwords" {
  description = "All passwords of the cluster. keepalived's has 8 characters at most."
  type = object({
    postgres   = string
    replicator = string
    admin      = string
    rest_api   = string
    stats      = string
    keepalived = string
  })
  sensitive = true
}

variable "pgdg" {
  description = "Where PostgreSQL's packages come from, and the file with the key that signs them."
  type        = object({ uri = string, suite = string, key_file = string })
}
