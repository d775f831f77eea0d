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
