variable "release" {
  type    = string
  default = "1"
}

module "group" {
  for_each = { for i in range(@groups@) : "group-${i}" => i }
  source   = "./group"
  name     = each.key
  size     = @size@
  release  = each.value == 0 ? var.release : "1"
}

output "leaders" {
  value = { for name, group in module.group : name => group.leader }
}
