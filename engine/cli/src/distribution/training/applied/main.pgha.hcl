# Applied where the AOT cache is recorded, so that reading and writing a state is learned, too.
variable "names" {
  type    = list(string)
  default = ["a", "b"]
}

resource "terraform_data" "each" {
  for_each = toset(var.names)
  input    = { name = each.key, number = 1.5, flags = [true, null] }
}

resource "terraform_data" "all" {
  input = [for each in terraform_data.each : each.id]
}

output "ids" {
  value = terraform_data.all.output
}

locals {
  settings = merge({ work_mem = "4MB" }, { for name in var.names : "x-${name}" => format("%s", name) })
  text     = <<-EOT
    %{for name in var.names~}
    ${name}: ${lookup(local.settings, "x-${name}", "none")}
    %{endfor~}
  EOT
}

module "part" {
  for_each = toset(var.names)
  source   = "./part"
  name     = each.key
  size     = length(var.names) > 1 ? 3 : 1
}

output "parts" {
  value = { for name, part in module.part : name => part.ids }
}

output "text" {
  value     = local.text
  sensitive = true
}
