# A machine that nobody has: the AOT cache learns how pgha gets as far as a connection, and says that there is none.
resource "host" "nobody" {
  name     = "nobody"
  address  = "127.0.0.1"
  port     = 1
  user     = "root"
  password = "none"
  agent    = false
}

# So that there is a state to be read.
resource "terraform_data" "kept" {
  input = { numbers = [1, 2], text = "kept" }
}
