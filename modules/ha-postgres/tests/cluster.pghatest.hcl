# What the module makes of its inputs. All that would be on a machine is a mock.

mock_provider "host" {}
mock_provider "etcd" {}
mock_provider "haproxy" {}
mock_provider "keepalived" {}

mock_provider "patroni" {
  mock_resource "patroni_node" {
    defaults = { role = "replica", state = "streaming" }
  }
}

variables {
  databases = { db-1 = "10.0.0.1", db-2 = "10.0.0.2", db-3 = "10.0.0.3" }
  balancers = [
    { name = "lb-1", address = "10.0.0.11" },
    { name = "lb-2", address = "10.0.0.12" },
  ]
  vip       = "10.0.0.20"
  passwords = { postgres = "p-1", replicator = "p-2", admin = "p-3", rest_api = "p-4", stats = "p-5", keepalived = "p-6" }
  pgdg      = { uri = "https://packages.example.org/pub", suite = "trixie-pgdg", key_file = "tests/pgdg.asc" }
}

run "a_whole_cluster" {
  override_resource {
    target = patroni_node.db["db-1"]
    values = { role = "primary", state = "running" }
  }

  assert {
    condition     = output.endpoints == { write = "10.0.0.20:5000", read = "10.0.0.20:5001" }
    error_message = "Applications are told of other endpoints."
  }

  assert {
    condition     = output.etcd_endpoints[0] == "http://10.0.0.1:2379"
    error_message = "etcd is somewhere else."
  }

  assert {
    condition     = [for name, node in patroni_node.db : name if node.role == "primary"] == ["db-1"]
    error_message = "There is not one primary."
  }

  assert {
    condition     = [for name, lb in vip.main : lb.priority] == [101, 100]
    error_message = "The first balancer is not the preferred one."
  }
}

run "another_database" {
  variables {
    databases_to_make = ["app", "reports"]
  }

  assert {
    condition     = output.databases == concat(run.a_whole_cluster.databases, ["reports"])
    error_message = "The database that was there is not there any more."
  }
}

run "an_even_number_of_databases" {
  command = plan

  variables {
    databases = { db-1 = "10.0.0.1", db-2 = "10.0.0.2" }
  }

  expect_failures = [var.databases]
}

run "one_balancer" {
  command = plan

  variables {
    balancers = [{ name = "lb-1", address = "10.0.0.11" }]
  }

  expect_failures = [var.balancers]
}
