variable "hosts" {
  description = "The fleet's hosts: address by name. 'fleet run' sets it."
  type        = map(string)
}

# They have no systemd and no network beyond the fleet: nothing that needs a service or a package.
resource "host" "light" {
  for_each             = var.hosts
  name                 = each.key
  address              = each.value
  time_synchronisation = false
  prerequisites        = false
  packages             = ["openssh-server", "sudo"]

  files = {
    "/etc/profile.d/fleet.sh" = { content = "echo ${each.key} is one of ${length(var.hosts)}.\n" }
    "/etc/sysctl.d/60-postgresql.conf" = {
      content = "vm.swappiness = 1\nvm.overcommit_memory = 2\n"
    }
    "/etc/security/limits.d/60-postgresql.conf" = {
      content = "postgres soft nofile 65536\npostgres hard nofile 65536\n"
      mode    = "0640"
    }
  }
}
