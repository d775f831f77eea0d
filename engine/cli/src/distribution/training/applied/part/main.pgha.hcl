variable "name" {
  type = string
}

variable "size" {
  type    = number
  default = 2
  validation {
    condition     = var.size > 0
    error_message = "The size must be positive."
  }
}

locals {
  words = { for i in range(var.size) : "word-${i}" => upper("${var.name}-${i}") if i < 10 }
}

resource "terraform_data" "counted" {
  count = var.size
  input = "${var.name}-${count.index}"
}

resource "terraform_data" "named" {
  for_each = local.words
  input = {
    first = terraform_data.counted[0].output
    text  = each.value
    key   = each.key
  }
  lifecycle {
    precondition {
      condition     = length(each.key) > 0
      error_message = "A key must say something."
    }
  }
}

output "ids" {
  value = [for each in terraform_data.counted : each.id]
}
