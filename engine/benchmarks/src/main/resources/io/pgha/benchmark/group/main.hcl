variable "name" {
  type = string
}

variable "size" {
  type = number
}

variable "release" {
  type = string
}

locals {
  members = floor((var.size - 2) / 2)
}

resource "terraform_data" "leader" {
  input = { name = var.name, members = local.members }
}

resource "terraform_data" "note" {
  input = var.release
}

resource "terraform_data" "member" {
  count = local.members
  input = "${terraform_data.leader.output.name}-${count.index}"
}

resource "terraform_data" "label" {
  for_each = { for i in range(var.size - 2 - local.members) : "label-${i}" => i }
  input = {
    leader = terraform_data.leader.id
    member = terraform_data.member[each.value % local.members].output
    key    = each.key
  }
}

output "leader" {
  value = terraform_data.leader.id
}
