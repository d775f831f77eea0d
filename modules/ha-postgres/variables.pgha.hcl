variable "databases" {
  description = "The database machines, by host name. Each runs PostgreSQL, Patroni and a member of etcd: so an odd number."
  type        = map(string)

  validation {
    condition     = length(var.databases) >= 3 && length(var.databases) % 2 == 1
    error_message = "Give an odd number of database machines, 3 at least: etcd needs a majority of them to be up."
  }
}

variable "balancers" {
  description = "The load balancers, by host name, the preferred one first. Each runs HAProxy and Keepalived."
  type        = list(object({ name = string, address = string }))

  validation {
    condition     = length(var.balancers) >= 2
    error_message = "Give two load balancers at least: the floating address needs somewhere to go."
  }
}

variable "vip" {
  description = "The address that floats between the load balancers: free, and in their subnet."
  type        = string
}

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

  validation {
    condition     = length(var.passwords.keepalived) <= 8
    error_message = "keepalived reads only the first 8 characters of its password: give one of 8 at most."
  }
}

variable "pgdg" {
  description = "Where PostgreSQL's packages come from: an apt source, and the file with the key that signs it."
  type        = object({ uri = string, suite = string, key_file = string })
}

variable "name" {
  description = "The cluster's name: Patroni's scope and etcd's token."
  type        = string
  default     = "postgres"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.name))
    error_message = "Use lower-case letters, digits and hyphens, a letter first."
  }
}

variable "postgresql_version" {
  description = "PostgreSQL's major version."
  type        = number
  default     = 17
}

variable "parameters" {
  description = "PostgreSQL's parameters, over the module's own."
  type        = map(string)
  default     = {}
}

variable "databases_to_make" {
  description = "Databases for applications; the role admin owns them."
  type        = set(string)
  default     = ["app"]
}

variable "clients" {
  description = "The network that applications come from."
  type        = string
  default     = "0.0.0.0/0"

  validation {
    condition     = can(cidrnetmask(var.clients))
    error_message = "Give an IPv4 network such as 192.168.228.0/24."
  }
}

variable "ports" {
  description = "Where the load balancers listen: write at the primary, read at a replica, statistics."
  type        = object({ write = optional(number, 5000), read = optional(number, 5001), stats = optional(number, 8080) })
  default     = {}
}

variable "virtual_router_id" {
  description = "Keepalived's number for this address: unique in the subnet."
  type        = number
  default     = 51

  validation {
    condition     = var.virtual_router_id >= 1 && var.virtual_router_id <= 255
    error_message = "Give a number from 1 to 255."
  }
}
