# Everything that production has, small: a replica to read from, traces of every request. About 175 US dollars a month.

environment         = "staging"
deletion_protection = false
monthly_budget      = 250

database = {
  tier            = "db-custom-1-3840"
  max_connections = 300
  pool_size       = 2
  replica         = true
}

scaling = { max_instances = 2 }

telemetry = { sample_ratio = 1 }
