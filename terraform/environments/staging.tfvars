# Everything that production has, small: a service for each area, a replica to read from, traces of every request.

environment         = "staging"
deletion_protection = false
grouping            = "area"
monthly_budget      = 250

database = {
  tier            = "db-custom-1-4864"
  max_connections = 125
  pool_size       = 1
  replica         = true
}

# More than a new project has: ask for it first (docs/deploying.md).
quota = { backend_services = 35, cpus = 120 }

scaling = { max_instances = 1 }

function_overrides = {
  list_contacts = { max_instances = 2 }
  find_path     = { max_instances = 2 }
}

telemetry = { sample_ratio = 1 }
